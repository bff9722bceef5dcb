//! A proposal as the text of a map.

use std::fmt::Write as _;

use crate::domain::FieldPath;
use crate::domain::shape::Need;
use crate::manifest::leaves::leaves;
use crate::sheet::dates::Order;
use crate::sheet::headings::{Headings, Target};
use crate::sheet::suggest::cells::{Days, Word};
use crate::sheet::suggest::{Column, Proposal, Use};
use crate::sheet::unread::key;

impl Proposal<'_> {
    /// Writes the map.
    pub(super) fn text(&self, name: &str) -> String {
        let file = crate::diag::place::file_name(name);
        let mut text = format!(
            "# A map for {}, proposed from its headings and cells. Check every line.\n# A line behind `#` is a question: complete it and remove the `#`, or delete it.\n\n",
            one_line(file)
        );
        self.sheet(&mut text);
        self.columns_text(&mut text);
        self.values(&mut text);
        self.days_text(&mut text);
        self.rows(&mut text);
        self.constants(&mut text);
        text.replace("\n\n\n", "\n\n")
    }

    fn sheet(&self, text: &mut String) {
        if let Some(sheet) = self
            .grid
            .sheet
            .name
            .as_deref()
            .filter(|_| !self.others.is_empty())
        {
            let others: Vec<String> = self.others.iter().map(|one| one_line(one)).collect();
            let _ = writeln!(
                text,
                "sheet: {}  # not read: {}",
                key(sheet),
                others.join(", ")
            );
        }
    }

    fn columns_text(&self, text: &mut String) {
        let _ = writeln!(
            text,
            "\ncolumns:  # the headings are in row {}",
            self.heading_row + 1
        );
        for column in &self.columns {
            let Some((to, why)) = self.leads(column) else {
                continue;
            };
            let why = why.map_or_else(String::new, |why| format!("  # {}", one_line(&why)));
            let _ = writeln!(text, "  {}: {to}{why}", key(&column.heading));
        }
    }

    /// Returns what a column leads to; nothing if its heading says so.
    fn leads(&self, column: &Column) -> Option<(String, Option<String>)> {
        match &column.what {
            Use::Ignored(why) => Some(("ignore".to_owned(), why.clone())),
            Use::Family => Some(("family".to_owned(), None)),
            Use::Status => Some(("ignore".to_owned(), Some("see `rows`".to_owned()))),
            Use::Fields(targets) => {
                let mut routes: Vec<String> =
                    targets.iter().map(|one| one.route.to_string()).collect();
                if routes == ["product.models"] {
                    routes.extend(
                        self.label_numbers()
                            .iter()
                            .map(|label| format!("labels[{label}].models")),
                    );
                }
                match routes.as_slice() {
                    [_] if column.is_plain => None,
                    [one] => Some((one.clone(), None)),
                    many => {
                        let quoted: Vec<String> =
                            many.iter().map(|one| format!("\"{one}\"")).collect();
                        Some((format!("[{}]", quoted.join(", ")), None))
                    }
                }
            }
        }
    }

    /// Returns the numbers of the labels that have columns but no column of models.
    fn label_numbers(&self) -> Vec<usize> {
        let has = |route: &str| {
            let mut routes = self.routes();
            routes.any(|other| other.to_string().starts_with(route))
        };
        let labels =
            (0..self.schemes.len().max(1)).filter(|label| has(&format!("labels[{label}].")));
        labels
            .filter(|label| !has(&format!("labels[{label}].models")))
            .collect()
    }

    fn routes(&self) -> impl Iterator<Item = &FieldPath> {
        let targets = self.columns.iter().filter_map(|one| match &one.what {
            Use::Fields(targets) => Some(targets),
            _ => None,
        });
        targets.flatten().map(|target: &Target| &target.route)
    }

    fn values(&self, text: &mut String) {
        let mut begun = false;
        for column in &self.columns {
            let Use::Fields(targets) = &column.what else {
                continue;
            };
            for target in targets {
                let words = self.words(column.at, target);
                if words.is_empty() {
                    continue;
                }
                if !begun {
                    text.push_str(
                        "\nvalues:  # words of the sheet, and what a manifest has for them\n",
                    );
                    begun = true;
                }
                let _ = writeln!(text, "  {}:", target.route);
                for word in &words {
                    value(text, word);
                }
            }
        }
    }

    fn days_text(&self, text: &mut String) {
        text.push('\n');
        match self.days() {
            Days::Clear => {}
            Days::Order(order) => {
                let _ = writeln!(text, "dates: {}", name(order));
            }
            Days::Open(day, cell) => {
                let _ = writeln!(
                    text,
                    "# dates: dmy  # or mdy, ymd: which day is {} in {cell}?",
                    one_line(&day)
                );
            }
        }
        if let Some((cell, n)) = self.numbers() {
            let cells = if n == 1 {
                "a number".to_owned()
            } else {
                format!("{n} numbers")
            };
            let _ = writeln!(
                text,
                "numbers: text  # {cells}, first in {cell}; Excel stores 1.10 as 1.1, so compare them"
            );
        }
    }

    fn rows(&self, text: &mut String) {
        for column in self
            .columns
            .iter()
            .filter(|one| matches!(one.what, Use::Status))
        {
            let found = self.different(column.at);
            let Some((most, _)) = found.iter().rev().max_by_key(|(_, n)| *n) else {
                continue;
            };
            let listed: Vec<String> = found
                .iter()
                .take(8)
                .map(|(word, n)| format!("{} ({n})", one_line(word)))
                .collect();
            let _ = writeln!(
                text,
                "# rows: {{ where: {{ {}: [{}] }} }}  # which rows count? {}",
                key(&column.heading),
                key(most),
                listed.join(", ")
            );
        }
    }

    /// Asks for what every application needs and no column gives.
    fn constants(&self, text: &mut String) {
        text.push_str("\nconstants:  # the same for every row\n");
        for (label, scheme) in self.schemes.iter().enumerate() {
            let route = format!("labels[{label}].scheme");
            if !self.routes().any(|other| other.to_string() == route) {
                let _ = writeln!(
                    text,
                    "  {route}: {scheme}  # for rows with a grade or number of their own"
                );
            }
        }
        for line in self.asked() {
            let _ = writeln!(text, "  # {line}");
        }
    }

    fn asked(&self) -> Vec<String> {
        let has = |route: &str| {
            self.routes()
                .any(|other| other.to_string().starts_with(route))
        };
        let mut lines = Vec::new();
        let headings = Headings::new();
        let is_asked = |route: &str| {
            let leaf = leaves()
                .into_iter()
                .find(|leaf| leaf.route(0).to_string() == route);
            leaf.is_some_and(|leaf| leaf.need == Need::Required) && headings.find(route).is_some()
        };
        let groups: [(&str, &str); 2] = [
            (
                "applicant",
                "applicant: { name: , uen: , address: , contact: { name: , email: , phone: } }  # abroad: registration: { country: , number: } for uen",
            ),
            (
                "signatory",
                "signatory: { name: , title: , place: , date: }",
            ),
        ];
        if !has("application.submission") {
            lines.push("application.submission: 2026-12-01  # the day of submission".to_owned());
        }
        for (route, line) in groups {
            if !has(route) {
                lines.push(line.to_owned());
            }
        }
        for leaf in leaves() {
            let route = leaf.route(0).to_string();
            if route.starts_with("product.")
                && leaf.numbered.is_none()
                && is_asked(&route)
                && !has(&route)
            {
                lines.push(format!("{route}:   # {}", leaf.doc));
            }
        }
        for label in self.label_numbers() {
            let route = format!("labels[{label}].evidence");
            if !has(&route) {
                lines.push(format!(
                    "{route}: evidence/certificates.pdf  # the certificates"
                ));
            }
        }
        if !has("evidence.label-photo") {
            lines.push(
                "evidence.label-photo: evidence/labels.pdf  # photos of the type labels".to_owned(),
            );
        }
        lines
    }
}

/// Writes a word with its meaning, or as a question.
fn value(text: &mut String, word: &Word) {
    let at = match word.n_cells {
        1 => word.cell.clone(),
        n => format!("{n} cells, first {}", word.cell),
    };
    let _ = match word.meaning {
        Some(meaning) if word.is_sure => {
            let meaning = if meaning.is_empty() { "\"\"" } else { meaning };
            writeln!(text, "    {}: {meaning}  # {at}", key(&word.text))
        }
        Some(meaning) => {
            let asked = match word.others.as_slice() {
                [] => "is it this?".to_owned(),
                others => format!("or {}?", others.join(", ")),
            };
            writeln!(
                text,
                "    # {}: {meaning}  # {at}; {asked}",
                key(&word.text)
            )
        }
        None => writeln!(text, "    # {}:   # {at}; what is it?", key(&word.text)),
    };
}

const fn name(order: Order) -> &'static str {
    match order {
        Order::Dmy => "dmy",
        Order::Mdy => "mdy",
        Order::Ymd => "ymd",
    }
}

/// Texts of the sheet stay within their comment.
fn one_line(text: &str) -> String {
    crate::domain::text::shown(&text.replace(['\n', '\r'], " "))
}
