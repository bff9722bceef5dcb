//! Tags: the structure of the text as a tree of PDF tags. Every node appears once, in reading order, with its pieces
//! of page content.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use krilla::geom::Rect;
use krilla::tagging::{
    BBox, Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};

use crate::block::Meta;
use crate::page::{NodeId, Role, Structure};

/// Collects the content of each node while pages are drawn.
pub(super) struct Tags<'a> {
    structure: &'a Structure,
    entries: Vec<Vec<Entry>>,
    placed: Vec<bool>,
    /// The page and area of each figure.
    areas: BTreeMap<NodeId, (usize, Rect)>,
}

enum Entry {
    Leaf(Identifier),
    Child(NodeId),
}

impl<'a> Tags<'a> {
    /// Adds block nodes to their parents at the start, so that an empty cell is still a cell. Inline nodes are added
    /// with their first text.
    pub(super) fn new(structure: &'a Structure) -> Self {
        let mut entries: Vec<Vec<Entry>> = structure.iter().map(|_| Vec::new()).collect();
        let mut placed = vec![true; entries.len()];
        for (node, role, parent) in structure.iter() {
            if role.is_inline() {
                placed[node.0] = false;
            } else if let Some(parent) = parent {
                entries[parent.0].push(Entry::Child(node));
            }
        }
        Self {
            structure,
            entries,
            placed,
            areas: BTreeMap::new(),
        }
    }

    pub(super) fn area(&mut self, node: NodeId, page: usize, area: Rect) {
        self.areas.insert(node, (page, area));
    }

    /// Notes that marked content or a link area belongs to a node.
    pub(super) fn leaf(&mut self, node: NodeId, identifier: Identifier) {
        if !std::mem::replace(&mut self.placed[node.0], true)
            && let Some(parent) = self.structure.parent(node)
        {
            self.entries[parent.0].push(Entry::Child(node));
        }
        self.entries[node.0].push(Entry::Leaf(identifier));
    }

    pub(super) fn tree(mut self, meta: &Meta) -> TagTree {
        let children = self.children(Structure::ROOT);
        TagTree {
            children,
            lang: Some(meta.language.clone()),
        }
    }

    fn children(&mut self, node: NodeId) -> Vec<Node> {
        let entries = std::mem::take(&mut self.entries[node.0]);
        let nodes = entries.into_iter().map(|entry| match entry {
            Entry::Leaf(identifier) => Node::Leaf(identifier),
            Entry::Child(child) => {
                let tag = match self.structure.role(child) {
                    Role::Figure(alt) => {
                        let area = self.areas.get(&child);
                        let area = area.map(|(page, area)| BBox::new(*page, *area));
                        Tag::Figure(Some(alt.clone())).with_bbox(area).into()
                    }
                    role => tag(role),
                };
                Node::Group(TagGroup::with_children(tag, self.children(child)))
            }
        });
        nodes.collect()
    }
}

fn tag(role: &Role) -> TagKind {
    match role {
        Role::Root | Role::Group => Tag::Div.into(),
        Role::Heading(level, title) => {
            let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(title.clone())).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::Table => Tag::Table.into(),
        Role::TableHead => Tag::THead.into(),
        Role::TableBody => Tag::TBody.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHeader => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHeader => Tag::TH(TableHeaderScope::Row).into(),
        Role::Cell => Tag::TD.into(),
        Role::List(true) => Tag::L(ListNumbering::Decimal).into(),
        Role::List(false) => Tag::L(ListNumbering::Disc).into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::ItemBody => Tag::LBody.into(),
        Role::Code => Tag::Code.into(),
        Role::Link(_) => Tag::Link.into(),
        Role::Figure(alt) => Tag::Figure(Some(alt.clone())).into(),
    }
}
