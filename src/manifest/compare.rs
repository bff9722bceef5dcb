//! A manifest as the values that were written, to be compared with another one.

use crate::manifest::layers;
use crate::manifest::tree::{self, Node};

/// The values of a manifest as they were written.
#[derive(Clone, Debug)]
pub struct Tree(Node);

/// A value in a tree.
#[derive(Clone, Copy, Debug)]
pub struct TreeNode<'t>(&'t Node);

/// Reads the tree of a manifest that needs no other; nothing if it cannot be read.
pub fn tree_of(bytes: &[u8]) -> Option<Tree> {
    let text = super::text_of(bytes, "").ok()?;
    tree::parse(&text).ok().map(|(root, _)| Tree(root))
}

impl Tree {
    pub const fn root(&self) -> TreeNode<'_> {
        TreeNode(&self.0)
    }
}

impl<'t> TreeNode<'t> {
    /// Returns the fields of a table, in the order of the file.
    pub fn entries(self) -> Option<Vec<(&'t str, Self)>> {
        match self.0 {
            Node::Map(entries, _) => {
                let entries = entries.iter();
                Some(
                    entries
                        .map(|(key, value)| (key.text.as_str(), Self(value)))
                        .collect(),
                )
            }
            Node::Scalar(_) | Node::List(..) => None,
        }
    }

    pub fn items(self) -> Option<Vec<Self>> {
        match self.0 {
            Node::List(items, _) => Some(items.iter().map(Self).collect()),
            Node::Scalar(_) | Node::Map(..) => None,
        }
    }

    /// Returns a single value as text.
    pub const fn text(self) -> Option<&'t str> {
        match self.0 {
            Node::Scalar(scalar) => Some(scalar.text.as_str()),
            Node::Map(..) | Node::List(..) => None,
        }
    }

    /// Returns true for no value, an empty table or an empty list.
    pub fn is_nothing(self) -> bool {
        match self.0 {
            Node::Scalar(scalar) => scalar.is_null(),
            Node::Map(entries, _) => entries.is_empty(),
            Node::List(items, _) => items.is_empty(),
        }
    }

    /// Returns the value in one line, as a manifest could have it.
    pub fn in_one_line(self) -> String {
        layers::written(self.0)
    }
}
