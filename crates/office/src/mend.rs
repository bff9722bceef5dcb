//! Repairs what a block that printed nothing leaves behind: a table without rows, a cell without a paragraph. Office
//! programs call such a document damaged, so empty tables are removed and empty cells get a paragraph.

use crate::edits::Edit;
use crate::tree::{Space, Tree};

/// Word elements whose last child has to be a paragraph.
const HOLDERS: &[&str] = &[
    "tc",
    "hdr",
    "ftr",
    "txbxContent",
    "footnote",
    "endnote",
    "comment",
];

/// Returns the edits that repair a filled part. `had_tables_side_by_side` tells whether the template has tables with
/// nothing between them. If it has none, tables that become adjacent are separated, since Word would merge them.
pub(super) fn mend(tree: &Tree<'_>, had_tables_side_by_side: bool) -> Vec<Edit> {
    let gone = tables_without_rows(tree);
    let mut edits: Vec<Edit> = gone
        .iter()
        .map(|node| Edit::cut(tree.node(*node).range()))
        .collect();
    for (i, node) in tree.nodes.iter().enumerate() {
        let is_content = node.is(Space::Word, "sdtContent")
            && tree.around(i).nth(2).is_some_and(|around| {
                let around = tree.node(around);
                HOLDERS.contains(&around.name) || around.name == "body"
            });
        let is_holder = node.space == Space::Word && HOLDERS.contains(&node.name);
        let left = || {
            tree.children(i)
                .filter(|child| gone.binary_search(child).is_err())
        };
        let last = left().last().map(|last| tree.node(last));
        let needs_one = match last {
            _ if node.name == "txBody" => !left().any(|child| tree.node(child).is_paragraph()),
            Some(last) => is_holder && matches!(last.name, "tbl" | "tcPr"),
            None => is_holder || is_content,
        };
        if needs_one {
            edits.push(in_end(tree, i, &paragraph(tree, i)));
        }
    }
    if !had_tables_side_by_side {
        for table in tables_side_by_side(tree) {
            let at = tree.node(table).end;
            edits.push(Edit::replace(
                at..at,
                format!("<{}p/>", tree.node(table).prefix),
            ));
        }
    }
    edits
}

/// Inserts text at the end of an element.
fn in_end(tree: &Tree<'_>, node: usize, what: &str) -> Edit {
    let node = tree.node(node);
    if node.close < node.end {
        return Edit::replace(node.close..node.close, what.to_owned());
    }
    let start = tree.text[node.start.clone()].trim_end_matches("/>");
    let whole = format!("{start}>{what}</{}{}>", node.prefix, node.name);
    Edit::replace(node.range(), whole)
}

fn paragraph(tree: &Tree<'_>, holder: usize) -> String {
    let holder = tree.node(holder);
    if holder.space == Space::Word {
        return format!("<{}p/>", holder.prefix);
    }
    "<a:p xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"/>".to_owned()
}

/// Finds tables without a row; on a slide, together with their frame.
fn tables_without_rows(tree: &Tree<'_>) -> Vec<usize> {
    let mut has_row = vec![false; tree.nodes.len()];
    for node in tree.nodes.iter().filter(|node| node.is_named("tr")) {
        let mut around = node
            .parent
            .into_iter()
            .flat_map(|parent| tree.around(parent));
        if let Some(table) = around.find(|node| tree.node(*node).is_named("tbl")) {
            has_row[table] = true;
        }
    }
    let tables = (0..tree.nodes.len()).filter(|i| tree.node(*i).is_named("tbl") && !has_row[*i]);
    let mut gone: Vec<usize> = tables
        .map(|table| {
            let mut around = tree.around(table);
            around
                .find(|node| tree.node(*node).name == "graphicFrame")
                .unwrap_or(table)
        })
        .collect();
    gone.sort_unstable();
    gone.dedup();
    gone
}

/// Finds the tables that another table follows directly.
pub(super) fn tables_side_by_side(tree: &Tree<'_>) -> Vec<usize> {
    let is_table = |node: usize| tree.node(node).is(Space::Word, "tbl");
    let followed = |table: &usize| {
        let node = tree.node(*table);
        let next = tree.nodes.get(node.next);
        is_table(*table)
            && next.is_some_and(|next| next.parent == node.parent && is_table(node.next))
    };
    (0..tree.nodes.len()).filter(followed).collect()
}
