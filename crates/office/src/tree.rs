//! The XML of a part as byte ranges of elements and texts. The text itself is never rebuilt, so everything that is
//! not edited stays byte for byte.

use std::ops::Range;

use crate::reading;

/// The namespaces of elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// `w:`, Word's paragraphs and tables.
    Word,
    /// `a:`, the paragraphs and tables of drawings and slides.
    Drawing,
    Other,
}

#[derive(Debug)]
pub(super) struct Node<'t> {
    pub(super) space: Space,
    /// The name without its prefix.
    pub(super) name: &'t str,
    /// The prefix with its colon, or nothing.
    pub(super) prefix: &'t str,
    /// The bytes of the start tag.
    pub(super) start: Range<usize>,
    /// The start of the end tag; the end of the element if it has none.
    pub(super) close: usize,
    pub(super) end: usize,
    pub(super) parent: Option<usize>,
    pub(super) depth: usize,
    /// The number of the first element after this one and its descendants.
    pub(super) next: usize,
}

impl Node<'_> {
    pub(super) fn is(&self, space: Space, name: &str) -> bool {
        self.space == space && self.name == name
    }

    /// Returns true for a paragraph of a text or a drawing.
    pub(super) fn is_paragraph(&self) -> bool {
        self.space != Space::Other && self.name == "p"
    }

    /// Returns true for an element of this name in a text or a drawing.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.space != Space::Other && self.name == name
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start.start..self.end
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Plain,
    /// One character, `&amp;` or `&#38;`.
    Reference(char),
    /// `<![CDATA[…]]>`.
    Cdata,
}

/// The contents of a document, in order.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Open(usize),
    /// Text in an element; the range is that of its characters.
    Text {
        node: usize,
        range: Range<usize>,
        script: Script,
    },
}

#[derive(Debug)]
pub(super) struct Tree<'t> {
    pub(super) text: &'t str,
    pub(super) nodes: Vec<Node<'t>>,
    pub(super) items: Vec<Item>,
}

impl<'t> Tree<'t> {
    pub(super) fn read(text: &'t str) -> Result<Self, String> {
        reading::read(text)
    }

    pub(super) fn node(&self, node: usize) -> &Node<'t> {
        &self.nodes[node]
    }

    pub(super) fn parent(&self, node: usize) -> Option<&Node<'t>> {
        self.nodes[node].parent.map(|parent| &self.nodes[parent])
    }

    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes[node].next;
        let first = (node + 1 < end).then_some(node + 1);
        std::iter::successors(first, move |child| {
            Some(self.nodes[*child].next).filter(|next| *next < end)
        })
    }

    /// The element and those around it, from the inside out.
    pub(super) fn around(&self, node: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(node), |node| self.nodes[*node].parent)
    }

    /// The innermost element around both.
    pub(super) fn common(&self, mut one: usize, mut other: usize) -> usize {
        while one != other {
            let deeper = if self.nodes[one].depth >= self.nodes[other].depth {
                &mut one
            } else {
                &mut other
            };
            match self.nodes[*deeper].parent {
                Some(parent) => *deeper = parent,
                None => break,
            }
        }
        one
    }

    /// The value of an attribute by its name without prefix, not unescaped.
    pub(super) fn attribute(&self, node: usize, name: &str) -> Option<&'t str> {
        let start = &self.text[self.nodes[node].start.clone()];
        attributes(start)
            .into_iter()
            .find(|one| local(one.name) == name)
            .map(|one| &start[one.value])
    }
}

/// Returns true if XML 1.0 allows this character.
pub(super) fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// An attribute in a start tag: its name, all its bytes with the space before it, and the bytes of its value.
#[derive(Debug)]
pub(super) struct Attribute<'t> {
    pub(super) name: &'t str,
    pub(super) whole: Range<usize>,
    pub(super) value: Range<usize>,
}

/// The attributes of a start tag that is known to be well formed.
pub(super) fn attributes(tag: &str) -> Vec<Attribute<'_>> {
    let mut found = Vec::new();
    let mut at = tag.find(char::is_whitespace).unwrap_or(tag.len());
    while let Some(equals) = tag[at..].find('=').map(|i| at + i) {
        let Some(open) = tag[equals..].find(['"', '\'']).map(|i| equals + i) else {
            break;
        };
        let quote = char::from(tag.as_bytes()[open]);
        let Some(close) = tag[open + 1..].find(quote).map(|i| open + 1 + i) else {
            break;
        };
        found.push(Attribute {
            name: tag[at..equals].trim(),
            whole: at..close + 1,
            value: open + 1..close,
        });
        at = close + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_where_everything_stands() {
        let text = "\u{feff}<?xml version=\"1.0\"?><w:p xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main' w:a = \"x\"><w:r/>a&amp;<![CDATA[b]]></w:p>";
        let tree = Tree::read(text).unwrap();
        assert!(tree.node(0).is(Space::Word, "p"));
        assert_eq!(&text[tree.node(1).range()], "<w:r/>");
        assert_eq!(tree.attribute(0, "a"), Some("x"));
        let texts: Vec<_> = tree
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Text { range, .. } => Some(&text[range.clone()]),
                Item::Open(_) => None,
            })
            .collect();
        assert_eq!(texts, ["a", "&amp;", "b"]);
    }

    #[test]
    fn refuses_what_is_broken() {
        for text in [
            "",
            "text",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a>&x;</a>",
            "<a>&#1;</a>",
            "<a>\u{1}</a>",
            "<a b='1' b='2'/>",
            "<a b='&x;'/>",
            "<x:a/>",
            "<!DOCTYPE a><a/>",
            "<a/>text",
        ] {
            assert!(Tree::read(text).is_err(), "{text}");
        }
        assert!(Tree::read(&"<a>".repeat(100_000)).is_err());
    }
}
