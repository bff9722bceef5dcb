//! Finds the paragraphs of a part and the tags in their text. Office programs split a paragraph into runs anywhere,
//! even inside a tag, so tags are searched in the text of all runs together.

use std::ops::Range;

use crate::FaultKind;
use crate::tags::{self, Kind};
use crate::tree::{Item, Script, Space, Tree, attributes};
use crate::{Advice, Fault};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Texts {
    /// In the runs of paragraphs.
    InParagraphs,
    /// In any element that contains only text: the properties of the document, and the data of its content controls.
    InElements,
}

/// A tag in a part.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) kind: Kind,
    pub(super) inside: String,
    pub(super) trims: (bool, bool),
    /// The number of its paragraph in the part, from 0.
    pub(super) paragraph: usize,
    /// The element of text in which it begins.
    pub(super) t: usize,
    /// The byte where it begins.
    pub(super) at: usize,
    /// Whether it begins in a CDATA section.
    pub(super) in_cdata: bool,
    /// The bytes of its characters.
    pub(super) holes: Vec<Range<usize>>,
    /// The elements of text that contain a part of it.
    pub(super) touches: Vec<usize>,
}

#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) paragraphs: Vec<usize>,
    /// The text of the paragraphs that have tags, by number.
    pub(super) texts: Vec<(usize, String)>,
    /// The tags in the order of the part.
    pub(super) tags: Vec<Tag>,
    /// The positions of everything that is neither tag nor space: text, pictures, page breaks. In order.
    pub(super) solid: Vec<usize>,
    pub(super) faults: Vec<Fault>,
}

/// Elements that show something.
const SEEN: &[&str] = &[
    "drawing",
    "pict",
    "object",
    "sym",
    "fldChar",
    "fld",
    "footnoteReference",
    "endnoteReference",
    "footnoteRef",
    "endnoteRef",
    "annotationRef",
    "separator",
    "continuationSeparator",
    "oMath",
    "AlternateContent",
];

/// A stretch of a paragraph's text.
struct Piece {
    t: usize,
    range: Range<usize>,
    written: Written,
}

enum Written {
    Text(Script),
    /// An element that represents one character: a tab, a line break, a hyphen.
    Element(char),
}

struct Char {
    c: char,
    range: Range<usize>,
    t: usize,
    in_cdata: bool,
}

pub(super) fn scan(part: &str, tree: &Tree<'_>, texts: Texts) -> Scan {
    let mut scanning = Scanning {
        part,
        tree,
        texts,
        scan: Scan::default(),
        pieces: Vec::new(),
        paragraph_of: Vec::with_capacity(tree.nodes.len()),
        is_gone: Vec::with_capacity(tree.nodes.len()),
    };
    for item in &tree.items {
        match item {
            Item::Open(node) => scanning.open(*node),
            Item::Text {
                node,
                range,
                script,
            } => scanning.text(*node, range, *script),
        }
    }
    scanning.finish()
}

struct Scanning<'t> {
    part: &'t str,
    tree: &'t Tree<'t>,
    texts: Texts,
    scan: Scan,
    pieces: Vec<Vec<Piece>>,
    paragraph_of: Vec<Option<usize>>,
    /// Whether an element is in a tracked deletion.
    is_gone: Vec<bool>,
}

impl Scanning<'_> {
    fn open(&mut self, node: usize) {
        let one = self.tree.node(node);
        let parent = one.parent;
        let is_paragraph = match self.texts {
            Texts::InParagraphs => one.is_paragraph(),
            Texts::InElements => one.next == node + 1,
        };
        if is_paragraph {
            self.paragraph_of.push(Some(self.pieces.len()));
            self.pieces.push(Vec::new());
            self.scan.paragraphs.push(node);
        } else {
            let around = parent.and_then(|parent| self.paragraph_of[parent]);
            self.paragraph_of.push(around);
        }
        let is_gone = parent.is_some_and(|parent| self.is_gone[parent])
            || one.is(Space::Word, "del")
            || one.is(Space::Word, "moveFrom");
        self.is_gone.push(is_gone);
        if !is_gone {
            self.mark_seen(node);
        }
        self.attributes(node);
    }

    /// Records what an element itself adds to its paragraph.
    fn mark_seen(&mut self, node: usize) {
        let one = self.tree.node(node);
        let Some(paragraph) = self.paragraph_of[node] else {
            return;
        };
        let in_run = self
            .tree
            .parent(node)
            .is_some_and(|parent| parent.is(Space::Word, "r"));
        let c = match (one.space, one.name) {
            (Space::Word, "br") if self.tree.attribute(node, "type").is_some() => None,
            (Space::Word, "tab" | "br" | "cr" | "ptab") if in_run => Some(' '),
            (Space::Drawing, "br") => Some(' '),
            (Space::Word, "noBreakHyphen") => Some('-'),
            _ => None,
        };
        if let Some(c) = c {
            self.pieces[paragraph].push(Piece {
                t: node,
                range: one.range(),
                written: Written::Element(c),
            });
        } else if one.name == "sectPr" {
            // It ends a section after the paragraph, wherever in the paragraph it is.
            let close = self.tree.node(self.scan.paragraphs[paragraph]).close;
            self.scan.solid.push(close);
        } else if SEEN.contains(&one.name) || one.is(Space::Word, "br") {
            self.scan.solid.push(one.start.start);
        }
    }

    fn text(&mut self, node: usize, range: &Range<usize>, script: Script) {
        if self.is_gone[node] {
            return;
        }
        let one = self.tree.node(node);
        let is_text = match self.texts {
            Texts::InParagraphs => one.is_named("t"),
            Texts::InElements => one.next == node + 1,
        };
        match self.paragraph_of[node] {
            Some(paragraph) if is_text => self.pieces[paragraph].push(Piece {
                t: node,
                range: range.clone(),
                written: Written::Text(script),
            }),
            _ if one.name.starts_with("del") => {}
            _ if holds_tag(&self.tree.text[range.clone()]) => {
                let place = match one.name {
                    "instrText" => "in a field code",
                    "v" | "f" => "in the data of a chart",
                    _ => "outside of the text of a paragraph",
                };
                self.fault_at(
                    node,
                    Advice::new(
                        format!("a tag is {place}, where nothing is filled in"),
                        "move it",
                    ),
                );
            }
            _ => {}
        }
    }

    fn attributes(&mut self, node: usize) {
        let start = &self.tree.text[self.tree.node(node).start.clone()];
        if !holds_tag(start) || self.texts == Texts::InElements {
            return;
        }
        for attribute in attributes(start) {
            if holds_tag(&start[attribute.value.clone()]) {
                self.fault_at(
                    node,
                    Advice::new(
                        format!(
                            "a tag is in `{}` of an element, where nothing is filled in",
                            attribute.name
                        ),
                        "take it out of alternative texts, names and links",
                    ),
                );
            }
        }
    }

    fn fault_at(&mut self, node: usize, advice: Advice) {
        self.scan.faults.push(Fault {
            kind: FaultKind::Unusable,
            part: self.part.to_owned(),
            paragraph: self.paragraph_of[node].map(|paragraph| paragraph + 1),
            text: String::new(),
            advice,
        });
    }

    fn finish(mut self) -> Scan {
        for (number, pieces) in std::mem::take(&mut self.pieces).iter().enumerate() {
            self.paragraph(number, pieces);
        }
        let mut scan = self.scan;
        scan.tags.sort_by_key(|tag| tag.at);
        scan.solid.sort_unstable();
        scan
    }

    fn paragraph(&mut self, number: usize, pieces: &[Piece]) {
        let has_brace = pieces.iter().any(|piece| match piece.written {
            Written::Text(Script::Reference(c)) => matches!(c, '{' | '}'),
            Written::Text(_) => self.tree.text[piece.range.clone()].contains(['{', '}']),
            Written::Element(_) => false,
        });
        if !has_brace {
            let seen = pieces.iter().filter_map(|piece| {
                let text = self.tree.text[piece.range.clone()].trim_end();
                let is_text = matches!(piece.written, Written::Text(_)) && !text.is_empty();
                is_text.then_some(piece.range.start + text.len() - 1)
            });
            let seen: Vec<usize> = seen.collect();
            self.scan.solid.extend(seen);
            return;
        }
        let chars: Vec<Char> = pieces.iter().flat_map(|piece| self.chars(piece)).collect();
        let text: Vec<char> = chars.iter().map(|one| one.c).collect();
        let (found, faults) = tags::find(&text);
        if found.is_empty() && faults.is_empty() {
            let seen = chars.iter().filter(|one| !one.c.is_whitespace());
            self.scan.solid.extend(seen.map(|one| one.range.start));
            return;
        }
        self.scan
            .texts
            .push((number, text.iter().take(200).collect()));
        for (at, advice) in faults {
            self.scan.faults.push(Fault {
                kind: FaultKind::Unusable,
                part: self.part.to_owned(),
                paragraph: Some(number + 1),
                text: text.iter().skip(at.saturating_sub(20)).take(61).collect(),
                advice,
            });
        }
        let mut at = 0;
        for one in found {
            self.solid(&chars[at..one.from]);
            at = one.to;
            self.scan
                .tags
                .push(tag(number, &chars[one.from..one.to], one));
        }
        self.solid(&chars[at..]);
    }

    fn solid(&mut self, chars: &[Char]) {
        let seen = chars.iter().filter(|one| !one.c.is_whitespace());
        self.scan.solid.extend(seen.map(|one| one.range.start));
    }

    fn chars(&self, piece: &Piece) -> Vec<Char> {
        let one = |c, range| Char {
            c,
            range,
            t: piece.t,
            in_cdata: matches!(piece.written, Written::Text(Script::Cdata)),
        };
        match piece.written {
            Written::Element(c) | Written::Text(Script::Reference(c)) => {
                vec![one(c, piece.range.clone())]
            }
            Written::Text(Script::Plain | Script::Cdata) => self.tree.text[piece.range.clone()]
                .char_indices()
                .map(|(i, c)| {
                    let at = piece.range.start + i;
                    one(c, at..at + c.len_utf8())
                })
                .collect(),
        }
    }
}

fn holds_tag(text: &str) -> bool {
    [("{{", "}}"), ("{%", "%}")].iter().any(|(open, close)| {
        text.find(open)
            .is_some_and(|at| text[at + 2..].contains(close))
    })
}

fn tag(paragraph: usize, chars: &[Char], found: tags::Found) -> Tag {
    let mut holes: Vec<Range<usize>> = Vec::new();
    let mut touches: Vec<usize> = Vec::new();
    for one in chars {
        match holes.last_mut() {
            Some(hole) if hole.end == one.range.start => hole.end = one.range.end,
            _ => holes.push(one.range.clone()),
        }
        if touches.last() != Some(&one.t) {
            touches.push(one.t);
        }
    }
    Tag {
        kind: found.kind,
        inside: found.inside,
        trims: found.trims,
        paragraph,
        t: chars.first().map_or(0, |one| one.t),
        at: chars.first().map_or(0, |one| one.range.start),
        in_cdata: chars.first().is_some_and(|one| one.in_cdata),
        holes,
        touches,
    }
}

impl Scan {
    /// A fault of a tag, at its place.
    pub(super) fn fault(&self, part: &str, tag: usize, advice: impl Into<Advice>) -> Fault {
        let paragraph = self.tags[tag].paragraph;
        let text = self
            .texts
            .binary_search_by_key(&paragraph, |(number, _)| *number)
            .map_or("", |at| self.texts[at].1.as_str());
        Fault {
            kind: FaultKind::Unusable,
            part: part.to_owned(),
            paragraph: Some(paragraph + 1),
            text: text.to_owned(),
            advice: advice.into(),
        }
    }
}
