//! HTML and XML without trusting a byte of them: tags, and the texts between them and in them.
//!
//! Nothing is expanded but characters written by name or number: what a document type declares is read as text.

use crate::Unsearched;
use crate::{Look, MAX_TEXT, entities};

/// A piece of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// An element begins: its name without prefix, and what else is in the tag.
    Open(&'t str, &'t str),
    /// An element ends.
    Close(&'t str),
    /// Text, with references.
    Text(&'t str),
    /// Text without references: CDATA.
    Cdata(&'t str),
    /// A comment, an instruction, a document type, a script.
    Other(&'t str),
    /// What follows is no markup, since a tag does not end.
    Broken(&'t str),
}

/// Cuts a document into pieces.
pub(super) struct Pieces<'t> {
    rest: &'t str,
    /// The element of which all content up to its end is a script.
    script: Option<&'t str>,
    is_html: bool,
}

impl<'t> Pieces<'t> {
    /// Begins; in HTML scripts and styles hold no tags.
    pub(super) fn of(text: &'t str, is_html: bool) -> Self {
        Self {
            rest: text,
            script: None,
            is_html,
        }
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (piece, rest) = self.rest.split_at(length);
        self.rest = rest;
        piece
    }

    /// Takes what is between a beginning and an end.
    fn between(&mut self, open: &str, close: &str, what: fn(&'t str) -> Piece<'t>) -> Piece<'t> {
        let inside = &self.rest[open.len()..];
        match inside.find(close) {
            Some(at) => {
                self.take(open.len() + at + close.len());
                what(&inside[..at])
            }
            None => self.broken(),
        }
    }

    fn broken(&mut self) -> Piece<'t> {
        Piece::Broken(self.take(self.rest.len()))
    }

    fn tag(&mut self) -> Piece<'t> {
        let rest = self.rest;
        if rest.starts_with("<!--") {
            return self.between("<!--", "-->", Piece::Other);
        }
        if rest.starts_with("<![CDATA[") {
            return self.between("<![CDATA[", "]]>", Piece::Cdata);
        }
        if rest.starts_with("<?") {
            return self.between("<?", if self.is_html { ">" } else { "?>" }, Piece::Other);
        }
        if rest.starts_with("<!") {
            let end = rest.find('>').unwrap_or(rest.len());
            let has_declarations = rest[..end].contains('[');
            return self.between(
                "<!",
                if has_declarations { "]>" } else { ">" },
                Piece::Other,
            );
        }
        let Some(end) = end_of_tag(rest) else {
            return self.broken();
        };
        let inside = &self.take(end + 1)[1..end];
        if let Some(name) = inside.strip_prefix('/') {
            return Piece::Close(local(name.trim_end()));
        }
        let length = inside.find(|c: char| c.is_whitespace() || c == '/');
        let (name, attributes) = inside.split_at(length.unwrap_or(inside.len()));
        let name = local(name);
        let is_script = ["script", "style"]
            .iter()
            .any(|script| name.eq_ignore_ascii_case(script));
        if self.is_html && is_script && !attributes.ends_with('/') {
            self.script = Some(name);
        }
        Piece::Open(name, attributes)
    }

    fn script(&mut self, name: &str) -> Option<Piece<'t>> {
        let bytes = self.rest.as_bytes();
        let is_end = |at: &usize| {
            let after = &bytes[at + 2..];
            after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        };
        let end = self.rest.match_indices("</").map(|(at, _)| at).find(is_end);
        let text = self.take(end.unwrap_or(self.rest.len()));
        (!text.is_empty()).then_some(Piece::Other(text))
    }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        if let Some(script) = self.script.take().and_then(|name| self.script(name)) {
            return Some(script);
        }
        if self.rest.is_empty() {
            return None;
        }
        let begins = |at: usize| {
            let next = self.rest.as_bytes().get(at + 1);
            next.is_some_and(|b| b.is_ascii_alphabetic() || b"/!?_".contains(b) || *b >= 0x80)
        };
        let mut tags = self.rest.match_indices('<').map(|(at, _)| at);
        Some(match tags.find(|at| begins(*at)) {
            Some(0) => self.tag(),
            Some(at) => Piece::Text(self.take(at)),
            None => Piece::Text(self.take(self.rest.len())),
        })
    }
}

/// Returns where a tag ends: at the first `>` outside of quotes.
fn end_of_tag(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    loop {
        let here = bytes.get(at..)?;
        at += here.iter().position(|b| matches!(b, b'>' | b'"' | b'\''))?;
        let quote = bytes[at];
        if quote == b'>' {
            return Some(at);
        }
        // A quote in a name or in running text opens nothing.
        let opens = bytes[..at].iter().rev().find(|b| !b.is_ascii_whitespace()) == Some(&b'=');
        at += 1;
        if opens {
            at += 1 + bytes[at..].iter().position(|b| *b == quote)?;
        }
    }
}

/// Returns a name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Calls `see` with the name and the value of each attribute.
pub(super) fn attributes<'t>(tag: &'t str, mut see: impl FnMut(&'t str, &'t str)) {
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once('=') {
        let name = before
            .trim()
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or(before);
        let after = after.trim_start();
        let value;
        (value, rest) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inside = &after[1..];
                inside.split_once(quote).unwrap_or((inside, ""))
            }
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        see(name, value);
    }
}

/// Elements of HTML that may be within a word or a line; all others set words apart.
const WITHIN: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
    "var", "wbr",
];

/// Reads a page: its text, its comments and scripts, and what its tags say beside names.
pub(super) fn html(text: &str, look: &mut Look) {
    let is_within =
        |name: &str, _: &str| WITHIN.iter().any(|known| name.eq_ignore_ascii_case(known));
    read(Pieces::of(text, true), is_within, look);
}

/// Reads an XML file, whose every element sets words apart, but for those of SVG that change how a part of a word
/// looks and not where it is.
pub(super) fn xml(text: &str, look: &mut Look) {
    let is_within = |name: &str, tag: &str| {
        let mut is_placed = false;
        if name == "tspan" {
            attributes(tag, |name, _| {
                is_placed |= matches!(name, "x" | "y" | "dx" | "dy");
            });
        }
        matches!(name, "tspan" | "textPath") && !is_placed
    };
    read(Pieces::of(text, false), is_within, look);
}

fn read(pieces: Pieces<'_>, is_within: impl Fn(&str, &str) -> bool, look: &mut Look) {
    // What a tag says never comes between two parts of a word.
    let mut aside = String::new();
    // The element of a password, whose text follows.
    let mut named = None;
    look.say("");
    for piece in pieces {
        if look.is_full() || aside.len() > MAX_TEXT {
            look.miss(Unsearched::Bound);
            return;
        }
        match piece {
            Piece::Open(name, tag) => {
                if !is_within(name, tag) {
                    look.say("");
                }
                attributes(tag, |name, value| note(&mut aside, name, value));
                note_pair(&mut aside, tag);
                named = Some(name).filter(|name| !tag.ends_with('/') && names_secret(name));
            }
            Piece::Close(name) => {
                named = None;
                if !is_within(name, "") {
                    look.say("");
                }
            }
            Piece::Text(text) => {
                look.append_markup(text);
                named
                    .take()
                    .into_iter()
                    .for_each(|name| note_secret(&mut aside, name, &entities::read(text)));
            }
            Piece::Cdata(text) => {
                look.append(text);
                named
                    .take()
                    .into_iter()
                    .for_each(|name| note_secret(&mut aside, name, text));
            }
            Piece::Other(text) => {
                aside.push('\n');
                aside.push_str(text);
            }
            Piece::Broken(text) => {
                look.miss(Unsearched::Damaged);
                look.say(text);
            }
        }
    }
    look.say(&aside);
}

/// Returns true for the name of an element or attribute that may hold a password, a key or the like. Its name is kept
/// beside the value, since the value alone is only a word.
fn names_secret(name: &str) -> bool {
    const ENDS: &[&str] = &[
        "password",
        "passwd",
        "pwd",
        "pass",
        "passphrase",
        "secret",
        "token",
        "psk",
        "key",
    ];
    let name = name.to_ascii_lowercase();
    // The name of a pair is no secret.
    name != "key"
        && ENDS.iter().any(|end| {
            name.trim_end_matches(|c: char| c.is_ascii_digit())
                .ends_with(end)
        })
}

fn note_secret(aside: &mut String, name: &str, value: &str) {
    if !value.trim().is_empty() {
        aside.extend(["\n<", name, ">", value.trim(), "</", name, ">"]);
    }
}

/// Keeps a name and a value that are two attributes: `<add key="Password" value="…"/>`.
fn note_pair(aside: &mut String, tag: &str) {
    let (mut of, mut is) = (None, None);
    attributes(tag, |name, value| match name {
        "name" | "key" | "id" | "Name" if names_secret(value) => of = Some(value),
        "value" | "Value" => is = Some(entities::read(value)),
        _ => {}
    });
    if let (Some(of), Some(is)) = (of, is) {
        note_secret(aside, of, &is);
    }
}

/// Keeps the value of an attribute, unless it is a file written into a page or the name of a language of XML.
fn note(aside: &mut String, name: &str, value: &str) {
    if !value.starts_with("data:") && !name.starts_with("xmlns") {
        let value = entities::read(value);
        if names_secret(name) {
            return note_secret(aside, name, &value);
        }
        for text in [Some(value.as_ref()), entities::unquoted(&value).as_deref()] {
            aside.push('\n');
            aside.push_str(text.unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(read: fn(&str, &mut Look), text: &str) -> (String, Option<Unsearched>) {
        let mut look = Look::default();
        read(text, &mut look);
        let words: Vec<_> = look.spaced.split_whitespace().collect();
        (words.join(" "), look.reason())
    }

    #[test]
    fn a_page_says_its_text_and_more() {
        for (page, said) in [
            ("<p>Han<b>bit</b> Living<br>Ltd", "Hanbit Living Ltd"),
            ("<td>Han</td><td>bit</td>", "Han bit"),
            (
                "<img alt='Hanbit &amp; Co' src=\"data:image/png;base64,AAAA\">",
                "Hanbit & Co",
            ),
            (
                "<a href=https://hanbit.example title=\"a > b\">x</a>",
                "x https://hanbit.example a > b",
            ),
            ("1 < 2 <!-- Hanbit --> 3", "1 < 2 3 Hanbit"),
            ("<script>if (a<b) 'Hanbit'</SCRIPT>x", "x if (a<b) 'Hanbit'"),
            (
                "<!DOCTYPE a [<!ENTITY c 'Hanbit'>]><a>&c;</a>",
                "&c; DOCTYPE a [<!ENTITY c 'Hanbit'>",
            ),
        ] {
            assert_eq!(words(html, page), (said.to_owned(), None), "{page}");
        }
        let cut = words(html, "<p>Hanbit <a href=\"x");
        assert_eq!(
            cut,
            ("Hanbit <a href=\"x".to_owned(), Some(Unsearched::Damaged))
        );
    }

    #[test]
    fn an_xml_file_says_what_its_attributes_say() {
        let said = words(
            xml,
            "<x:a n:b='1 &lt; 2'><![CDATA[Han]]>bit<c/>Living</x:a>",
        );
        assert_eq!(said, ("Hanbit Living 1 < 2".to_owned(), None));
        for (written, said) in [
            (
                "<user><password>a&amp;b</password></user>",
                "a&b <password>a&b</password>",
            ),
            ("<user dbPassword='a1'/>", "<dbPassword>a1</dbPassword>"),
            (
                "<add key='ApiKey' value='a1'/>",
                "ApiKey a1 <ApiKey>a1</ApiKey>",
            ),
            ("<password/>then", "then"),
        ] {
            assert_eq!(words(xml, written).0, said, "{written}");
        }
        let drawing =
            "<text>Han<tspan class='b'>bit</tspan><tspan x='0' dy='9'>Living</tspan></text>";
        assert_eq!(words(xml, drawing).0, "Hanbit Living b 0 9");
    }
}
