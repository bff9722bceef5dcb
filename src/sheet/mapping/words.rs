//! What a mapping says of cells and rows: what words mean, how days and numbers are read, which rows count.

use crate::diag::nearest::nearest;
use crate::diag::{Code, Span};
use crate::domain::{FieldPath, Step};
use crate::manifest::tree::{Node, Scalar};
use crate::sheet::dates::Order;
use crate::sheet::headings::alike;
use crate::sheet::mapping::{Chosen, Reader, Words, plain};

impl Reader {
    /// Reads `values: { product.category: { robot vacuum: household-robot } }`.
    pub(super) fn words(&mut self, node: &Node) {
        for (field, table) in self.entries(node, "`values`") {
            let Some(target) = self.target(&field) else {
                continue;
            };
            let route = names(&target.route);
            if self.mapping.words.iter().any(|one| one.route == route) {
                let message = format!("`{}` is in `values` twice", target.route);
                let help = "write its words into one table";
                self.fault(Code::MappingContradicts, field.span, message, help);
                continue;
            }
            let words = self.meanings(&field, &table);
            self.mapping.words.push(Words { route, words });
        }
    }

    fn meanings(&mut self, field: &Scalar, table: &Node) -> Vec<(String, String)> {
        let mut words: Vec<(String, String)> = Vec::new();
        for (word, meaning) in self.entries(table, &format!("`{}`", field.text)) {
            let Some(meaning) = text_of(&meaning) else {
                let message = format!("`{}` leads to {}", word.text, meaning.what());
                let help = "write the word that a manifest has, or `\"\"` for an empty cell";
                self.fault(Code::MappingUnusable, word.span, message, help);
                continue;
            };
            let known = words.iter().find(|(other, _)| alike(other, &word.text));
            if let Some((other, _)) = known.filter(|(_, other)| *other != meaning) {
                let message = format!("`{}` and `{other}` are one word", word.text);
                let help = "keep one; case, blanks and hyphens do not matter";
                self.fault(Code::MappingContradicts, word.span, message, help);
                continue;
            }
            words.push((word.text, meaning));
        }
        words
    }

    /// Reads `dates: dmy`.
    pub(super) fn dates(&mut self, node: &Node) {
        let word = plain(node).map(|scalar| scalar.text.trim().to_lowercase());
        self.mapping.dates = match word.as_deref() {
            Some("dmy") => Some(Order::Dmy),
            Some("mdy") => Some(Order::Mdy),
            Some("ymd") => Some(Order::Ymd),
            _ => {
                let help =
                    "write `dmy` for 31/12/2030, `mdy` for 12/31/2030, or `ymd` for 30/12/31";
                self.unusable_value(
                    node.span(),
                    "dates",
                    "an order of day, month and year",
                    help,
                );
                return;
            }
        };
    }

    /// Reads `numbers: text`.
    pub(super) fn numbers(&mut self, node: &Node) {
        let is_text = plain(node).is_some_and(|word| word.text.trim().eq_ignore_ascii_case("text"));
        self.mapping.numbers_as_text = is_text;
        if !is_text {
            let help = "write `text` to take 4101 as the text that Excel shows, or remove the line";
            self.unusable_value(node.span(), "numbers", "`text`", help);
        }
    }

    fn unusable_value(&mut self, span: Span, key: &str, what: &str, help: &str) {
        let message = format!("`{key}` is not {what}");
        self.fault(Code::MappingUnusable, span, message, help);
    }

    /// Reads `rows: { where: { Status: active }, skip: [Total, discontinued] }`.
    pub(super) fn rows(&mut self, node: &Node) {
        for (key, value) in self.entries(node, "`rows`") {
            match key.text.as_str() {
                "where" => self.chosen(&value),
                "skip" => {
                    if let Some(words) = texts_of(&value) {
                        self.mapping.skipped = words;
                        continue;
                    }
                    let help = "write the words of the rows to leave out, such as `[discontinued]`";
                    self.unusable_value(key.span, "skip", "a list of words", help);
                }
                other => {
                    let message = format!("unknown field `{other}` of `rows`");
                    let help = nearest(other, ["where", "skip"]).map_or_else(
                        || "write `where` or `skip`".to_owned(),
                        |near| format!("write `{near}`"),
                    );
                    self.fault(Code::MappingUnknown, key.span, message, help);
                }
            }
        }
        self.both_ways(node.span());
    }

    fn chosen(&mut self, node: &Node) {
        for (heading, value) in self.entries(node, "`where`") {
            if let Some(words) = texts_of(&value) {
                let line = self.line(heading.span);
                self.mapping.chosen.push(Chosen {
                    heading: heading.text,
                    words,
                    line,
                });
                continue;
            }
            let message = format!("`{}` leads to {}", heading.text, value.what());
            let help = "write the word of the rows that count, or a list of words";
            self.fault(Code::MappingUnusable, heading.span, message, help);
        }
    }

    /// A word cannot both choose rows and leave them out.
    fn both_ways(&mut self, span: Span) {
        let skipped = &self.mapping.skipped;
        let mut chosen = self.mapping.chosen.iter().flat_map(|one| &one.words);
        let twice = chosen.find(|word| skipped.iter().any(|skip| alike(skip, word)));
        if let Some(word) = twice {
            let message = format!("`{word}` is in `where` and in `skip`");
            self.fault(Code::MappingContradicts, span, message, "keep one of them");
        }
    }
}

/// Returns a text; an empty one is a text, too.
fn text_of(node: &Node) -> Option<String> {
    plain(node)
        .filter(|scalar| !scalar.plain || !scalar.text.is_empty())
        .map(|scalar| scalar.text.trim().to_owned())
}

/// Returns a word or a list of words.
fn texts_of(node: &Node) -> Option<Vec<String>> {
    let words = match node {
        Node::List(items, _) if !items.is_empty() => items.iter().map(text_of).collect(),
        Node::Scalar(_) => text_of(node).map(|word| vec![word]),
        _ => None,
    };
    words.filter(|words: &Vec<String>| !words.is_empty())
}

/// Returns the names of a route without the numbers of items: what a word means in one label, it means in all.
pub(super) fn names(route: &FieldPath) -> Vec<String> {
    let names = route.steps().iter().filter_map(|step| match step {
        Step::Name(name) => Some(name.to_string()),
        Step::Index(_) => None,
    });
    names.collect()
}
