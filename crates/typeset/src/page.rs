//! What layout hands to the PDF writer: pages of positioned text and rectangles, and a tree that gives each text its
//! role. Lengths are points from the top left corner of the page. Text without a node is decoration: the repeated
//! header of a table, the head and foot of a page.

use std::rc::Rc;

use super::fonts::Face;
use super::picture::Loaded;
use super::style::Colour;

#[derive(Debug, Default)]
pub(super) struct Pages {
    pub sheets: Vec<Page>,
    /// The role of each text.
    pub structure: Structure,
    /// The draft mark in outline, the same on each page.
    pub draft: Vec<Text>,
    /// The pictures that the pages show.
    pub pictures: Vec<Loaded>,
}

#[derive(Debug, Default)]
pub(super) struct Page {
    /// Rectangles, drawn before the text.
    pub fills: Vec<Fill>,
    /// The text in reading order.
    pub texts: Vec<Text>,
    /// Pictures, drawn before the text.
    pub pictures: Vec<Placed>,
    pub head: Vec<Text>,
    pub foot: Vec<Text>,
    /// Headings that start on this page and their height.
    pub headings: Vec<(NodeId, f32)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fill {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
    pub colour: Colour,
}

/// A picture at its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// Which one of [`Pages::pictures`].
    pub index: usize,
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
    /// Its figure in the structure; none for decoration.
    pub node: Option<NodeId>,
}

/// A stretch of glyphs in one style on one baseline.
#[derive(Debug, Clone)]
pub(super) struct Text {
    /// Where the first glyph starts.
    pub x: f32,
    /// The baseline.
    pub y: f32,
    /// The sum of the advances.
    pub width: f32,
    pub face: Face,
    /// Size in points.
    pub size: f32,
    pub colour: Colour,
    /// Drawn bolder, because the face has no bold sibling.
    pub embolden: bool,
    /// The glyphs from left to right.
    pub glyphs: Rc<Vec<Glyph>>,
    /// The text the glyph ranges point into.
    pub source: Rc<str>,
    /// The index of the run in its paragraph.
    pub run: usize,
    /// The node of the text; none for decoration.
    pub node: Option<NodeId>,
}

/// One glyph; distances are in parts of the size.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    /// Index in the face.
    pub id: u32,
    /// How far the next glyph starts.
    pub advance: f32,
    pub x: f32,
    pub y: f32,
    /// The bytes of the source text that this glyph represents.
    pub range: std::ops::Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NodeId(pub usize);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    Root,
    /// A group that belongs together.
    Group,
    /// A heading with its level and words.
    Heading(u8, String),
    Paragraph,
    Table,
    /// The header rows of a table.
    TableHead,
    /// The body rows of a table.
    TableBody,
    Row,
    /// A cell naming its column.
    ColumnHeader,
    /// A cell naming its row.
    RowHeader,
    Cell,
    /// A list, ordered or not.
    List(bool),
    /// An item of a list.
    Item,
    /// The bullet or number of an item.
    Label,
    /// The content of an item.
    ItemBody,
    /// An identifier or path.
    Code,
    /// A link to this address.
    Link(String),
    /// A picture, and its description.
    Figure(String),
}

/// The roles of all texts, as a tree.
#[derive(Debug)]
pub(super) struct Structure {
    nodes: Vec<(Role, Option<NodeId>)>,
}

impl Structure {
    pub(super) const ROOT: NodeId = NodeId(0);

    /// Adds a node as the last child of another.
    pub(super) fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        self.nodes.push((role, Some(parent)));
        NodeId(self.nodes.len() - 1)
    }

    /// Every node in the order of creation, with its role and parent.
    pub(super) fn iter(&self) -> impl Iterator<Item = (NodeId, &Role, Option<NodeId>)> {
        self.nodes
            .iter()
            .enumerate()
            .map(|(index, (role, parent))| (NodeId(index), role, *parent))
    }

    pub(super) fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.nodes[node.0].1
    }

    pub(super) fn role(&self, node: NodeId) -> &Role {
        &self.nodes[node.0].0
    }
}

impl Default for Structure {
    fn default() -> Self {
        Self {
            nodes: vec![(Role::Root, None)],
        }
    }
}

impl Role {
    /// Returns true if text flows around this node, so that its place among its siblings depends on the place of its
    /// text.
    pub(super) fn is_inline(&self) -> bool {
        matches!(self, Self::Code | Self::Link(_))
    }
}
