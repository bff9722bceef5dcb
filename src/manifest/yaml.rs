//! Writes a tree as one YAML text, for the record of a manifest that has bases or comes from a row.

use std::fmt::Write as _;

use crate::manifest::tree::Node;

/// Returns the text. Every value is quoted, so that it is read back as a text.
pub(crate) fn text(root: &Node) -> String {
    let mut out = String::from("# Put together from a manifest and its bases.\n");
    block(root, 0, &mut out);
    out
}

fn block(node: &Node, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match node {
        Node::Map(entries, _) => {
            for (key, value) in entries {
                let _ = write!(out, "{indent}{}:", key_text(&key.text));
                below(value, depth, out);
            }
        }
        Node::List(items, _) => {
            for item in items {
                let _ = write!(out, "{indent}-");
                below(item, depth, out);
            }
        }
        Node::Scalar(_) => below(node, depth, out),
    }
}

fn below(node: &Node, depth: usize, out: &mut String) {
    match node {
        Node::Scalar(scalar) if scalar.is_null() => out.push_str(" null\n"),
        Node::Scalar(scalar) => {
            let _ = writeln!(out, " {}", quoted(&scalar.text));
        }
        Node::Map(entries, _) if entries.is_empty() => out.push_str(" {}\n"),
        Node::List(items, _) if items.is_empty() => out.push_str(" []\n"),
        Node::Map(..) | Node::List(..) => {
            out.push('\n');
            block(node, depth + 1, out);
        }
    }
}

fn key_text(key: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if key.starts_with(|c: char| c.is_ascii_alphanumeric()) && key.chars().all(is_plain) {
        key.to_owned()
    } else {
        quoted(key)
    }
}

/// A JSON string is a YAML string too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
