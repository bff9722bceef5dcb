//! Every rule of the subset, checked on the whole tree. Building a tree without faults needs no further checks.

use clspack_words::Advice;

use super::Faults;
use super::rules::{self, Allowed};
use super::scan::{Child, Element};
use crate::fonts;
use crate::script::turns_direction;

/// The `meta` names that have a meaning.
const META_NAMES: [&str; 6] = [
    "author",
    "subject",
    "date",
    "identifier",
    "draft",
    "template",
];

/// Checks a whole document under its nameless parent.
pub(super) fn check(root: &Element, asks_fonts: bool, faults: &mut Faults) {
    let mut checker = Checker {
        faults,
        asks_fonts,
        heading: 0,
        inside: Vec::new(),
    };
    checker.children(root, Allowed::Only(&["html"]));
    match root.named("html").collect::<Vec<_>>().as_slice() {
        [] => checker.faults.add(0, "the document has no <html> element"),
        [html] => checker.html(html),
        [_, second, ..] => checker.faults.add(second.at, "a second <html> element"),
    }
}

/// What to do about a picture without words for those who cannot see it.
const ALT: &str = "say what the picture shows, or write alt=\"\" for decoration";

fn unknown(what: &str, known: &[&str]) -> Advice {
    let known = known.join(", ");
    Advice::new(format!("unknown {what}"), format!("use one of: {known}"))
}

/// One fault for each stretch of characters that no font draws.
pub(super) fn characters(text: &str, at: usize, faults: &mut Faults) {
    let mut before = false;
    for (offset, character) in text.char_indices() {
        let missing = !character.is_ascii_whitespace() && !fonts::covers(character);
        if missing && !before {
            let code = u32::from(character);
            let shown = character.escape_debug();
            let advice = if turns_direction(character) {
                Advice::new(
                    format!("U+{code:04X} turns the direction of the text around it"),
                    "leave it out",
                )
            } else {
                format!("the embedded fonts cannot draw \"{shown}\" (U+{code:04X})").into()
            };
            faults.add(at + offset, advice);
        }
        before = missing;
    }
}

struct Checker<'a> {
    faults: &'a mut Faults,
    /// Whether fonts are asked for each character.
    asks_fonts: bool,
    /// The level of the last heading.
    heading: u8,
    /// The names of the elements around the current one.
    inside: Vec<String>,
}

impl Checker<'_> {
    fn children(&mut self, parent: &Element, allowed: Allowed) {
        for child in &parent.children {
            match child {
                Child::Element(element) => self.element(element, parent, allowed),
                Child::Text(text, at) if allowed.allows_text() => {
                    if self.asks_fonts && !self.is_inside("head") {
                        characters(text, *at, self.faults);
                    }
                }
                Child::Text(text, at) => {
                    if let Some(start) = text.find(|letter: char| !letter.is_ascii_whitespace()) {
                        let message = format!("text is not allowed directly in {}", tag(parent));
                        self.faults.add(at + start, message);
                    }
                }
            }
        }
    }

    fn element(&mut self, element: &Element, parent: &Element, allowed: Allowed) {
        let name = element.name.as_str();
        let Some(rule) = rules::rule(name) else {
            self.faults
                .add(element.at, format!("unknown element <{name}>"));
            // The rules for the content of an unknown element are unknown too.
            self.children(element, Allowed::Anything);
            return;
        };
        if !allowed.allows(name) {
            self.faults.add(
                element.at,
                format!("<{name}> is not allowed in {}", tag(parent)),
            );
        }
        self.attributes(element, &rule);
        self.special(element);
        self.inside.push(name.to_owned());
        self.children(element, rule.allowed);
        self.inside.pop();
    }

    fn is_inside(&self, name: &str) -> bool {
        self.inside.iter().any(|one| one == name)
    }

    fn attributes(&mut self, element: &Element, rule: &rules::Rule) {
        for attribute in &element.attributes {
            let name = attribute.name.as_str();
            if name != "class" || rule.classes.is_empty() {
                if !rule.attributes.contains(&name) {
                    let message = format!("unknown attribute \"{name}\" on <{}>", element.name);
                    self.faults.add(attribute.at, message);
                }
                continue;
            }
            for class in attribute.value.split_whitespace() {
                if !rule.classes.contains(&class) {
                    let what = format!("class \"{class}\" on <{}>", element.name);
                    let advice = unknown(&what, rule.classes);
                    self.faults.add(attribute.at, advice);
                }
            }
        }
    }

    /// Checks the rules of one kind of element.
    fn special(&mut self, element: &Element) {
        match element.name.as_str() {
            "meta" => self.meta(element),
            "header" | "footer" => self.running_head(element),
            "h1" => self.heading(element, 1),
            "h2" => self.heading(element, 2),
            "h3" => self.heading(element, 3),
            "a" => self.link(element),
            "img" => self.picture(element),
            "span" => self.span(element),
            "div" if element.attribute("class").is_none() => {
                self.faults
                    .add(element.at, "<div> needs the class note or signature");
            }
            "dl" => self.pairs(element),
            "table" => self.table(element),
            "col" => self.column(element),
            "ul" | "ol" if element.named("li").next().is_none() => {
                self.faults
                    .add(element.at, format!("<{}> has no <li>", element.name));
            }
            "th" => {
                if let Some(scope) = element.attribute("scope")
                    && !matches!(scope, "col" | "row")
                {
                    self.faults
                        .add(element.at, "scope is either \"col\" or \"row\"");
                }
            }
            _ => {}
        }
    }

    fn html(&mut self, html: &Element) {
        if html
            .attribute("lang")
            .is_none_or(|lang| lang.trim().is_empty())
        {
            self.faults.add(
                html.at,
                "<html> needs a lang attribute, such as lang=\"en\"",
            );
        }
        for name in ["head", "body"] {
            match html.named(name).nth(1) {
                Some(second) => self.faults.add(second.at, format!("a second <{name}>")),
                None if html.named(name).next().is_none() => {
                    self.faults.add(html.at, format!("<html> has no <{name}>"));
                }
                None => {}
            }
        }
        for head in html.named("head") {
            if head
                .named("title")
                .all(|title| title.text().trim().is_empty())
            {
                self.faults.add(head.at, "<head> needs a <title> with text");
            }
        }
        for body in html.named("body") {
            for name in ["header", "footer", "main"] {
                if let Some(second) = body.named(name).nth(1) {
                    self.faults.add(second.at, format!("a second <{name}>"));
                }
            }
        }
    }

    fn meta(&mut self, element: &Element) {
        let (name, content) = (element.attribute("name"), element.attribute("content"));
        match (name, content, element.attribute("charset")) {
            (None, None, Some(charset)) => {
                if !charset.eq_ignore_ascii_case("utf-8") {
                    self.faults.add(element.at, "the charset is always utf-8");
                }
            }
            (Some("date"), Some(content), None) => {
                if super::build::date(content).is_none() {
                    self.faults.add(
                        element.at,
                        format!("\"{content}\" is not a date like 2026-05-31"),
                    );
                }
            }
            (Some(name), Some(_), None) if META_NAMES.contains(&name) => {}
            (Some("viewport"), Some(_), None) => {}
            (Some(name), Some(_), None) => {
                let what = format!("meta name \"{name}\"");
                self.faults.add(element.at, unknown(&what, &META_NAMES));
            }
            _ => self.faults.add(
                element.at,
                "<meta> needs name and content, or charset alone",
            ),
        }
    }

    fn running_head(&mut self, element: &Element) {
        if !(1..=3).contains(&element.elements().count()) {
            let message = format!("<{}> must have one to three <p> or <img>", element.name);
            self.faults.add(element.at, message);
        }
    }

    fn heading(&mut self, element: &Element, level: u8) {
        if level > self.heading + 1 {
            let message = format!("<h{level}> without an <h{}> above it", level - 1);
            self.faults.add(element.at, message);
        }
        self.heading = level;
        if element.text().trim().is_empty() {
            self.faults.add(element.at, format!("<h{level}> is empty"));
        }
    }

    fn link(&mut self, element: &Element) {
        if self.is_inside("a") {
            self.faults
                .add(element.at, "<a> is not allowed in another <a>");
        }
        match element.attribute("href") {
            None => self.faults.add(element.at, "<a> needs an href attribute"),
            Some(address) => {
                let schemes = ["http://", "https://", "mailto:"];
                if !schemes.iter().any(|scheme| address.starts_with(scheme)) {
                    let message =
                        format!("\"{address}\" does not start with http, https or mailto");
                    self.faults.add(element.at, message);
                }
            }
        }
    }

    fn picture(&mut self, element: &Element) {
        let mut fault = |advice: Advice| self.faults.add(element.at, advice);
        match element.attribute("src") {
            None => fault("<img> needs a src attribute".into()),
            Some(name) if !is_plain_name(name) => {
                let message =
                    "src is the plain name of a picture, such as \"logo.png\", no path or address";
                fault(message.into());
            }
            Some(_) => {}
        }
        match element.attribute("alt") {
            None => fault(Advice::new("<img> needs an alt attribute", ALT)),
            Some(words) if !words.is_empty() && words.trim().is_empty() => {
                fault(Advice::new("alt is blank", ALT));
            }
            Some(words)
                if words
                    .chars()
                    .any(|letter| letter.is_control() || turns_direction(letter)) =>
            {
                fault("alt has a character that cannot be read aloud".into());
            }
            Some(_) => {}
        }
        if element.attribute("style").and_then(super::build::percent) == Some(0.0) {
            fault("a picture without width is not seen".into());
        }
        self.column(element);
    }

    fn span(&mut self, element: &Element) {
        let field = element.has_class("page") || element.has_class("pages");
        if field && !self.is_inside("header") && !self.is_inside("footer") {
            let message = "page numbers are allowed only in <header> and <footer>";
            self.faults.add(element.at, message);
        }
        if field && !element.text().trim().is_empty() {
            self.faults.add(
                element.at,
                Advice::new("a page number is filled in", "leave the <span> empty"),
            );
        }
    }

    fn pairs(&mut self, element: &Element) {
        let mut expected = "dt";
        let mut last = element.at;
        for child in element
            .elements()
            .filter(|child| matches!(child.name.as_str(), "dt" | "dd"))
        {
            if child.name != expected {
                let message = format!("<{}> where <{expected}> is expected", child.name);
                self.faults.add(child.at, message);
            }
            expected = if child.name == "dt" { "dd" } else { "dt" };
            last = child.at;
        }
        if expected == "dd" {
            self.faults.add(last, "<dt> without a <dd>");
        } else if element.elements().next().is_none() {
            self.faults.add(element.at, "<dl> is empty");
        }
    }

    fn table(&mut self, table: &Element) {
        let head_rows: Vec<&Element> = table
            .named("thead")
            .flat_map(|head| head.named("tr"))
            .collect();
        if let Some(second) = head_rows.get(1) {
            self.faults.add(second.at, "a table has one header row");
        }
        for cell in head_rows.iter().flat_map(|row| row.named("td")) {
            self.faults
                .add(cell.at, "a header row takes <th>, not <td>");
        }
        let columns: usize = table
            .named("colgroup")
            .map(|group| group.named("col").count())
            .sum();
        let body_rows = table.named("tbody").flat_map(|body| body.named("tr"));
        let rows: Vec<&Element> = head_rows.into_iter().chain(body_rows).collect();
        let expected = match (columns, rows.first()) {
            (0, Some(first)) => first.elements().count(),
            (columns, _) => columns,
        };
        if rows.is_empty() {
            self.faults.add(table.at, "<table> has no rows");
        }
        for row in rows {
            let found = row.elements().count();
            if found != expected || found == 0 {
                let message = format!("this row has {found} cells instead of {expected}");
                self.faults.add(row.at, message);
            }
        }
    }

    fn column(&mut self, element: &Element) {
        if let Some(style) = element.attribute("style")
            && super::build::percent(style).is_none()
        {
            let message = format!("\"{style}\" is not a width like \"width: 12%\"");
            self.faults.add(element.at, message);
        }
    }
}

/// A name that can be neither a path nor an address.
fn is_plain_name(name: &str) -> bool {
    let odd = |letter: char| letter.is_control() || "/\\:".contains(letter);
    !name.is_empty() && name.trim() == name && !name.starts_with('.') && !name.contains(odd)
}

fn tag(element: &Element) -> String {
    if element.name.is_empty() {
        "the document".to_owned()
    } else {
        format!("<{}>", element.name)
    }
}
