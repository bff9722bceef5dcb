//! Finds what a template must not leave in a filled document: other kinds of blanks, hints of content controls, merge
//! fields, embedded objects, comments and tracked changes. Filled documents are not reviewed, since their text is the
//! user's.

use std::collections::BTreeSet;

use crate::language::TAG;
use crate::safety::codes_of_fields;
use crate::tags;
use crate::tree::{Item, Node, Script, Space, Tree};
use crate::{Advice, Fault, FaultKind, Language};

/// Fields that a mail merge fills, or the person who opens the document.
const MERGED: &[&str] = &[
    "MERGEFIELD",
    "MERGEREC",
    "MERGESEQ",
    "NEXT",
    "NEXTIF",
    "SKIPIF",
    "GREETINGLINE",
    "ADDRESSBLOCK",
    "FILLIN",
    "ASK",
];

/// Returns what an element embeds that is no text.
fn embeds(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "OLEObject" | "oleObj" => (
            "an embedded object, which nobody looks into",
            "paste it as text or as a picture",
        ),
        "altChunk" => (
            "another document that is taken in when it is opened",
            "paste its content instead",
        ),
        "subDoc" => (
            "a part of a master document",
            "put its parts together first",
        ),
        "control" => ("a control that runs code", "take it out"),
        _ => return None,
    })
}

/// Returns true if an element records a change.
fn is_change(name: &str) -> bool {
    matches!(
        name,
        "ins"
            | "del"
            | "moveFrom"
            | "moveTo"
            | "rPrChange"
            | "pPrChange"
            | "sectPrChange"
            | "tblPrChange"
            | "trPrChange"
            | "tcPrChange"
            | "cellIns"
            | "cellDel"
    )
}

#[derive(Debug, Default)]
pub(super) struct Review {
    pub(super) faults: Vec<Fault>,
    pub(super) warnings: Vec<Fault>,
    /// Whether a header or footer prints the page number, and the number of pages.
    pub(super) numbers: (bool, bool),
    /// The controls that show a stored value: the place, and the last name of its path. Those with a tag are filled.
    pub(super) bound: Vec<(Fault, String)>,
}

impl Review {
    pub(super) fn add(&mut self, mut other: Self) {
        self.faults.append(&mut other.faults);
        self.warnings.append(&mut other.warnings);
        self.bound.append(&mut other.bound);
        self.numbers.0 |= other.numbers.0;
        self.numbers.1 |= other.numbers.1;
    }
}

pub(super) fn review(part: &str, tree: &Tree<'_>, language: &dyn Language) -> Review {
    let mut looking = Looking::new(part, tree);
    looking.embedded();
    looking.fields();
    let hinted = looking.hints();
    looking.blanks(language, &hinted);
    looking.changes(language.recipient());
    looking.bound();
    looking.review
}

struct Looking<'t> {
    part: &'t str,
    tree: &'t Tree<'t>,
    paragraph_of: Vec<Option<usize>>,
    texts: Vec<String>,
    /// The same text by element.
    pieces: Vec<(usize, String)>,
    review: Review,
}

impl<'t> Looking<'t> {
    fn new(part: &'t str, tree: &'t Tree<'t>) -> Self {
        let mut looking = Self {
            part,
            tree,
            paragraph_of: Vec::with_capacity(tree.nodes.len()),
            texts: Vec::new(),
            pieces: Vec::new(),
            review: Review::default(),
        };
        let mut is_gone: Vec<bool> = Vec::with_capacity(tree.nodes.len());
        for item in &tree.items {
            match item {
                Item::Open(node) => {
                    let one = tree.node(*node);
                    is_gone.push(
                        one.parent.is_some_and(|parent| is_gone[parent])
                            || one.is(Space::Word, "del")
                            || one.is(Space::Word, "moveFrom"),
                    );
                    looking.open(*node);
                }
                Item::Text {
                    node,
                    range,
                    script,
                } if !is_gone[*node] => {
                    let text = match script {
                        Script::Reference(c) => String::from(*c),
                        Script::Plain | Script::Cdata => tree.text[range.clone()].to_owned(),
                    };
                    looking.text(*node, text);
                }
                Item::Text { .. } => {}
            }
        }
        looking
    }

    fn open(&mut self, node: usize) {
        let one = self.tree.node(node);
        if one.is_paragraph() {
            self.paragraph_of.push(Some(self.texts.len()));
            self.texts.push(String::new());
            return;
        }
        let around = one.parent.and_then(|parent| self.paragraph_of[parent]);
        self.paragraph_of.push(around);
        if let Some(paragraph) = around
            && matches!(one.name, "tab" | "br" | "cr")
        {
            self.texts[paragraph].push(' ');
        }
    }

    fn text(&mut self, node: usize, text: String) {
        let is_text = self.tree.node(node).is_named("t");
        if let Some(paragraph) = self.paragraph_of[node].filter(|_| is_text) {
            self.texts[paragraph].push_str(&text);
            self.pieces.push((node, text));
        }
    }

    fn fault(&self, kind: FaultKind, node: usize, text: &str, advice: Advice) -> Fault {
        Fault {
            kind,
            part: self.part.to_owned(),
            paragraph: self.paragraph_of[node].map(|paragraph| paragraph + 1),
            text: text.chars().take(200).collect(),
            advice,
        }
    }

    fn embedded(&mut self) {
        for (node, one) in self.tree.nodes.iter().enumerate() {
            let advice = match embeds(one.name) {
                Some((what, help)) if one.space != Space::Drawing => {
                    Advice::new(format!("it contains {what}"), help)
                }
                _ if one.is(Space::Word, "mailMerge") => Advice::new(
                    "it is connected with a mail-merge list",
                    "under Mailings, Start Mail Merge, choose Normal Word Document",
                ),
                _ => continue,
            };
            let fault = self.fault(FaultKind::Unusable, node, "", advice);
            self.review.faults.push(fault);
        }
    }

    fn fields(&mut self) {
        let root = self.tree.nodes.first().map_or("", |root| root.name);
        let is_around = matches!(root, "hdr" | "ftr");
        for (node, code) in codes_of_fields(self.tree) {
            let mut words = code.split_whitespace();
            let name = words.next().unwrap_or_default().to_uppercase();
            let is_plain = |word: &&str| word.chars().all(|c| c.is_alphanumeric() || c == '_');
            let short: Vec<&str> = words.take(1).filter(is_plain).collect();
            if MERGED.contains(&name.as_str()) {
                let fault = self.fault(
                    FaultKind::Unusable,
                    node,
                    "",
                    Advice::new(format!("the field `{}` is filled by a mail merge or by the person who opens the document, and here by nothing",
                        [&[name.as_str()], short.as_slice()].concat().join(" ")), "write a tag in its place"),
                );
                self.review.faults.push(fault);
            }
            if is_around {
                self.review.numbers.0 |= name == "PAGE";
                self.review.numbers.1 |= matches!(name.as_str(), "NUMPAGES" | "SECTIONPAGES");
            }
        }
    }

    /// The text of an element in the order of its pieces, and the element of the first.
    fn text_of(&self, node: usize) -> (String, Option<usize>) {
        let next = self.tree.node(node).next;
        let from = self.pieces.partition_point(|(piece, _)| *piece < node);
        let pieces = self.pieces[from..].iter();
        let pieces: Vec<_> = pieces.take_while(|(piece, _)| *piece < next).collect();
        let text = pieces.iter().map(|(_, text)| text.as_str()).collect();
        (text, pieces.first().map(|(piece, _)| *piece))
    }

    /// The content control of a property.
    fn control(&self, property: usize) -> Option<usize> {
        let mut around = self.tree.around(property);
        around.find(|node| self.tree.node(*node).is(Space::Word, "sdt"))
    }

    /// Finds content controls that show their hint. Returns their paragraphs.
    fn hints(&mut self) -> BTreeSet<usize> {
        let mut hinted = BTreeSet::new();
        for (node, one) in self.tree.nodes.iter().enumerate() {
            if !one.is(Space::Word, "showingPlcHdr") {
                continue;
            }
            let is_off = self.tree.attribute(node, "val");
            if matches!(is_off, Some("0" | "false" | "off")) {
                continue;
            }
            let Some((text, Some(first))) = self.control(node).map(|control| self.text_of(control))
            else {
                continue;
            };
            if text.trim().is_empty() || has_tag(&text) {
                continue;
            }
            hinted.extend(self.paragraph_of[first]);
            let advice = Advice::new(
                "a content control shows its hint, and nothing fills it",
                "write a tag or the text itself into it",
            );
            let fault = self.fault(FaultKind::Unusable, first, &text, advice);
            self.review.faults.push(fault);
        }
        hinted
    }

    fn blanks(&mut self, language: &dyn Language, hinted: &BTreeSet<usize>) {
        for (number, text) in self.texts.iter().enumerate() {
            let masked = masked(text);
            for blank in language.blanks(&masked) {
                let kind = if blank.is_certain {
                    FaultKind::Unusable
                } else {
                    FaultKind::Placeholder
                };
                let fault = Fault {
                    kind,
                    part: self.part.to_owned(),
                    paragraph: Some(number + 1),
                    text: text.chars().take(200).collect(),
                    advice: blank.advice,
                };
                match kind {
                    FaultKind::Unusable => self.review.faults.push(fault),
                    _ if hinted.contains(&number) => {}
                    _ => self.review.warnings.push(fault),
                }
            }
        }
    }

    fn changes(&mut self, recipient: &str) {
        let nodes = &self.tree.nodes;
        let root = nodes.first().map_or("", |root| root.name);
        let comment = match root {
            "comments" => "comment",
            "cmLst" => "cm",
            _ => "",
        };
        let n_comments = nodes.iter().filter(|one| one.name == comment).count();
        let is_change = |one: &&Node<'_>| one.space == Space::Word && is_change(one.name);
        let n_changes = nodes.iter().filter(is_change).count();
        let many = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
        if n_comments > 0 {
            self.warn(Advice::new(
                format!(
                    "the template has {}, which {recipient} would read",
                    many(n_comments, "comment")
                ),
                "delete them under Review",
            ));
        }
        if n_changes > 0 {
            self.warn(Advice::new(
                format!(
                    "the template has {}, which {recipient} would see",
                    many(n_changes, "tracked change")
                ),
                "accept or reject them under Review",
            ));
        }
    }

    fn warn(&mut self, advice: Advice) {
        let warning = Fault::of_part(self.part, advice);
        self.review.warnings.push(Fault {
            kind: FaultKind::UnderReview,
            ..warning
        });
    }

    /// Finds the content controls without a tag that show a stored value.
    fn bound(&mut self) {
        for (node, one) in self.tree.nodes.iter().enumerate() {
            if one.name != "dataBinding" {
                continue;
            }
            let path = self.tree.attribute(node, "xpath").unwrap_or_default();
            let (text, first) = self
                .control(node)
                .map_or_else(Default::default, |control| self.text_of(control));
            if has_tag(&text) {
                continue;
            }
            let last = path.rsplit('/').next().unwrap_or_default();
            let last = last.split('[').next().unwrap_or_default();
            let last = last.rsplit(':').next().unwrap_or_default().to_owned();
            let advice = Advice::new(
                format!(
                    "this content control is bound to the stored value `{last}`, which has a tag, but shows another text"
                ),
                "write the tag into the control, too",
            );
            let fault = self.fault(FaultKind::Unusable, first.unwrap_or(node), &text, advice);
            self.review.bound.push((fault, last));
        }
    }
}

fn has_tag(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}

/// The text of a paragraph with each tag as one sign.
fn masked(text: &str) -> String {
    if !text.contains(['{', '}']) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for tag in tags::find(&chars).0 {
        out.extend(&chars[at..tag.from]);
        out.push(TAG);
        at = tag.to;
    }
    out.extend(&chars[at..]);
    out
}

/// Returns the names of the elements with a tag, in a part that stores values.
pub(super) fn stored_tags(tree: &Tree<'_>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in &tree.items {
        if let Item::Text { node, range, .. } = item
            && has_tag(&tree.text[range.clone()])
        {
            names.insert(tree.node(*node).name.to_owned());
        }
    }
    names
}
