//! A row of a sheet as a manifest: each cell is a value at its path.

use crate::diag::{Part, Place, Span};
use crate::domain::{FieldPath, Step};
use crate::manifest::layers::Layers;
use crate::manifest::tree::{Node, Scalar};

/// A value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowField {
    pub route: FieldPath,
    pub text: String,
    /// The cell, or the line of the mapping that adds it.
    pub place: Place,
}

/// Builds the tree of a row; the source joins the texts of its cells.
pub(crate) fn tree(fields: &[RowField], layers: &mut Layers<'_>) -> Node {
    let mut root = Node::Map(Vec::new(), Span::NOWHERE);
    for field in fields {
        let source = &mut layers.source;
        if !source.text.is_empty() {
            source.text.push('\n');
        }
        let start = source.text.len();
        source.parts.push(Part {
            start,
            place: field.place.clone(),
            root: 0,
        });
        source.text.push_str(&field.text);
        let span = Span {
            start,
            end: source.text.len(),
        };
        let value = Node::Scalar(scalar(&field.text, span));
        put(&mut root, field.route.steps(), value, span);
    }
    root
}

/// Adds the number of the format, which a row need not have: the sheet is of this release.
pub(crate) fn with_schema(mut root: Node) -> Node {
    if let Node::Map(entries, span) = &mut root
        && !entries.iter().any(|(key, _)| key.text == "schema")
    {
        let value = Node::Scalar(scalar("1", *span));
        entries.insert(0, (scalar("schema", *span), value));
    }
    root
}

fn scalar(text: &str, span: Span) -> Scalar {
    Scalar {
        text: text.to_owned(),
        span,
        comment: None,
        // The word `null` in a cell is a text.
        plain: false,
    }
}

/// The field of a file of evidence that has its path.
const FILE: &str = "file";

/// Puts a value at the end of its route. Where other cells already describe it, the value is the path of
/// a file.
fn put_value(node: &mut Node, value: Node, span: Span) {
    match node {
        Node::Map(entries, _) if !entries.is_empty() => entries.push((scalar(FILE, span), value)),
        _ => *node = value,
    }
}

/// Makes a table of a value that further cells describe, which is the path of a file.
fn open_value(node: &mut Node, span: Span) {
    if let Node::Scalar(_) = node {
        let file = std::mem::replace(node, Node::Map(Vec::new(), Span::NOWHERE));
        *node = Node::Map(vec![(scalar(FILE, span), file)], Span::NOWHERE);
    }
}

/// Puts a value at the end of a path and makes the tables and lists before it. A list is filled in order.
fn put(node: &mut Node, steps: &[Step], value: Node, span: Span) {
    let Some((step, rest)) = steps.split_first() else {
        put_value(node, value, span);
        return;
    };
    if let Step::Name(_) = step {
        open_value(node, span);
    }
    // A table that a row only implies is in no cell.
    let (next, key) = match rest.first() {
        Some(Step::Index(_)) => (Node::List(Vec::new(), Span::NOWHERE), Span::NOWHERE),
        Some(Step::Name(_)) => (Node::Map(Vec::new(), Span::NOWHERE), Span::NOWHERE),
        None => (Node::Map(Vec::new(), Span::NOWHERE), span),
    };
    match (node, step) {
        (Node::Map(entries, _), Step::Name(name)) => {
            let found = entries.iter().position(|(key, _)| key.text == *name);
            let i = found.unwrap_or_else(|| {
                entries.push((scalar(name, key), next));
                entries.len() - 1
            });
            put(&mut entries[i].1, rest, value, span);
        }
        (Node::List(items, _), Step::Index(i)) => {
            let i = (*i).min(items.len());
            if i == items.len() {
                items.push(next);
            }
            put(&mut items[i], rest, value, span);
        }
        // A field cannot be both a table and a list; the paths come from one shape.
        _ => {}
    }
}
