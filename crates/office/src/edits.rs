//! Turns a part into a template of the engine: its bytes unchanged, with tags in place of the fields.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use crate::Language;
use crate::engine;
use crate::places::{Place, Places};
use crate::scan::{Scan, Tag, Texts};
use crate::tags::Kind;
use crate::tree::{Node, Space, Tree, attributes, local};

#[derive(Debug)]
pub(super) struct Edit {
    range: Range<usize>,
    with: String,
    tags: Vec<usize>,
}

impl Edit {
    pub(super) fn cut(range: Range<usize>) -> Self {
        Self::replace(range, String::new())
    }

    pub(super) fn replace(range: Range<usize>, with: String) -> Self {
        Self {
            range,
            with,
            tags: Vec::new(),
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Compiled {
    pub(super) template: String,
    /// The XML of a line break at each printed field, by the number of the field.
    pub(super) breaks: Vec<String>,
    /// The position of each tag in the template, in order.
    pub(super) order: Vec<(usize, usize)>,
}

/// Writes the template of a part.
pub(super) fn compile(
    tree: &Tree<'_>,
    scan: &Scan,
    places: &Places,
    texts: Texts,
    mut edits: Vec<Edit>,
    language: &dyn Language,
) -> Compiled {
    let mut writing = Writing {
        tree,
        texts,
        language,
        breaks: Vec::new(),
        numbers: BTreeMap::new(),
    };
    let mut instead: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut touched: Vec<usize> = Vec::new();
    for (i, (tag, place)) in scan.tags.iter().zip(&places.of).enumerate() {
        edits.extend(tag.holes.iter().cloned().map(Edit::cut));
        touched.extend(&tag.touches);
        let (at, with) = match *place {
            Place::Here => (tag.at, writing.here(tag)),
            Place::Split(common) => (tag.at, writing.split(tag, common)),
            Place::Before(unit) => (tree.node(unit).start.start, writing.tag(tag)),
            Place::After(unit) => (tree.node(unit).end, writing.tag(tag)),
            Place::Instead(unit) => {
                instead.entry(unit).or_default().push(i);
                continue;
            }
        };
        edits.push(Edit {
            range: at..at,
            with,
            tags: vec![i],
        });
    }
    for (unit, tags) in instead {
        edits.push(Edit {
            range: tree.node(unit).range(),
            with: tags
                .iter()
                .map(|tag| writing.tag(&scan.tags[*tag]))
                .collect(),
            tags,
        });
    }
    edits.extend(
        places
            .empty
            .iter()
            .map(|node| Edit::cut(tree.node(*node).range())),
    );
    touched.sort_unstable();
    touched.dedup();
    edits.extend(touched.iter().filter_map(|t| keep_space(tree, *t)));
    let (template, order) = apply(tree.text, edits);
    Compiled {
        template,
        breaks: writing.breaks,
        order,
    }
}

/// Replaces bytes. Edits inside bytes that are replaced already are dropped.
pub(super) fn apply(text: &str, mut edits: Vec<Edit>) -> (String, Vec<(usize, usize)>) {
    edits.sort_by_key(|edit| {
        let is_cut = edit.range.end > edit.range.start;
        (
            edit.range.start,
            is_cut,
            edit.tags.first().copied(),
            std::cmp::Reverse(edit.range.end),
        )
    });
    let mut out = String::with_capacity(text.len());
    let mut order = Vec::new();
    let mut at = 0;
    for edit in edits {
        if edit.range.start < at {
            continue;
        }
        out.push_str(&text[at..edit.range.start]);
        order.extend(edit.tags.iter().map(|tag| (out.len(), *tag)));
        out.push_str(&edit.with);
        at = edit.range.end;
    }
    out.push_str(&text[at..]);
    (out, order)
}

/// XML drops space at the ends of a text unless an attribute keeps it; a filled value may end in space.
fn keep_space(tree: &Tree<'_>, t: usize) -> Option<Edit> {
    let node = tree.node(t);
    let is_text = node.is(Space::Word, "t");
    is_text.then(|| Edit::replace(node.start.clone(), start(tree, node)))
}

/// The start tag of an element, as it is in the filled part.
fn start(tree: &Tree<'_>, node: &Node<'_>) -> String {
    let start = &tree.text[node.start.clone()];
    if !node.is(Space::Word, "t") {
        return start.to_owned();
    }
    match attributes(start)
        .iter()
        .find(|one| local(one.name) == "space")
    {
        Some(space) => {
            let (before, after) = (&start[..space.value.start], &start[space.value.end..]);
            format!("{before}preserve{after}")
        }
        None => format!("{} xml:space=\"preserve\">", start.trim_end_matches('>')),
    }
}

struct Writing<'t> {
    tree: &'t Tree<'t>,
    texts: Texts,
    language: &'t dyn Language,
    breaks: Vec<String>,
    numbers: BTreeMap<String, usize>,
}

impl Writing<'_> {
    fn tag(&mut self, tag: &Tag) -> String {
        match tag.kind {
            Kind::Comment => String::new(),
            Kind::Print => {
                let number = self.number(tag.t);
                engine::print(
                    &self.language.rewritten(&tag.inside, true),
                    tag.trims,
                    number,
                )
            }
            Kind::Open(_) | Kind::Middle | Kind::Close(_) => {
                engine::block(&self.language.rewritten(&tag.inside, false), tag.trims)
            }
        }
    }

    fn here(&mut self, tag: &Tag) -> String {
        let written = self.tag(tag);
        if tag.in_cdata {
            format!("]]>{written}<![CDATA[")
        } else {
            written
        }
    }

    /// Ends the elements around a tag and begins them again after it.
    fn split(&mut self, tag: &Tag, common: usize) -> String {
        let chain: Vec<usize> = self
            .tree
            .around(tag.t)
            .take_while(|node| *node != common)
            .collect();
        let mut text = String::new();
        if tag.in_cdata {
            text.push_str("]]>");
        }
        for node in &chain {
            let node = self.tree.node(*node);
            let _ = write!(text, "</{}{}>", node.prefix, node.name);
        }
        text.push_str(&self.tag(tag));
        for node in chain.iter().rev() {
            text.push_str(&start(self.tree, self.tree.node(*node)));
            text.push_str(self.properties(*node));
        }
        if tag.in_cdata {
            text.push_str("<![CDATA[");
        }
        text
    }

    /// The properties of a run, repeated in its second half.
    fn properties(&self, run: usize) -> &str {
        let mut children = self.tree.children(run);
        let properties = children.find(|child| self.tree.node(*child).is_named("rPr"));
        properties.map_or("", |one| &self.tree.text[self.tree.node(one).range()])
    }

    /// The number of the line break XML for this element of text.
    fn number(&mut self, t: usize) -> usize {
        let written = self.line_break(t);
        let next = self.breaks.len();
        *self.numbers.entry(written.clone()).or_insert_with(|| {
            self.breaks.push(written);
            next
        })
    }

    fn line_break(&self, t: usize) -> String {
        let node = self.tree.node(t);
        let run = node.parent.filter(|run| self.tree.node(*run).is_named("r"));
        match (self.texts, node.space, run) {
            (Texts::InParagraphs, Space::Word, Some(_)) => {
                let w = node.prefix;
                format!("</{w}t><{w}br/><{w}t xml:space=\"preserve\">")
            }
            (Texts::InParagraphs, Space::Drawing, Some(run)) => {
                let a = node.prefix;
                let properties = self.properties(run);
                let begin = start(self.tree, self.tree.node(run));
                format!("</{a}t></{a}r><{a}br>{properties}</{a}br>{begin}{properties}<{a}t>")
            }
            _ => " ".to_owned(),
        }
    }
}
