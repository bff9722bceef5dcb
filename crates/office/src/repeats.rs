//! Things that a document may contain only once: identifiers, bookmarks, notes. In text that is repeated they are
//! removed or numbered again; otherwise office programs call the document damaged.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::blocks::Pair;
use crate::edits::Edit;
use crate::engine::FRESH;
use crate::places::{Place, Places};
use crate::scan::Scan;
use crate::tags::Block;
use crate::tree::{Space, Tree, attributes, local};
use crate::{Advice, Fault};

/// Returns the edits that make the blocks of a part safe to repeat or leave out.
pub(super) fn repeats(
    part: &str,
    tree: &Tree<'_>,
    scan: &Scan,
    pairs: &[Pair],
    places: &Places,
) -> (Vec<Edit>, Vec<Fault>) {
    let position = |tag: &usize| match places.of[*tag] {
        Place::Here | Place::Split(_) => scan.tags[*tag].at,
        Place::Before(unit) | Place::Instead(unit) => tree.node(unit).start.start,
        Place::After(unit) => tree.node(unit).end,
    };
    let repeated: Vec<Range<usize>> = merged(
        pairs
            .iter()
            .filter(|pair| pair.block == Block::For)
            .filter_map(|pair| Some(position(pair.tags.first()?)..position(pair.tags.last()?)))
            .collect(),
    );
    let mut edits = Vec::new();
    let mut faults = Vec::new();
    for range in &repeated {
        let first = tree
            .nodes
            .partition_point(|node| node.start.start < range.start);
        let inside = tree.nodes[first..].iter().enumerate();
        for (i, _) in inside.take_while(|(_, node)| node.start.start < range.end) {
            match once(tree, first + i) {
                Ok(edit) => edits.extend(edit),
                Err(advice) => faults.push(Fault {
                    paragraph: Some(scan.paragraphs.partition_point(|one| *one <= first + i)),
                    ..Fault::of_part(part, advice)
                }),
            }
        }
    }
    let segments = Segments::new(pairs, &position);
    let gone = merged(gone(tree, places));
    edits.extend(markers(tree, &segments, &repeated, &gone));
    (edits, faults)
}

fn gone(tree: &Tree<'_>, places: &Places) -> Vec<Range<usize>> {
    let instead = places.of.iter().filter_map(|place| match place {
        Place::Instead(unit) => Some(*unit),
        Place::Here | Place::Split(_) | Place::Before(_) | Place::After(_) => None,
    });
    instead
        .chain(places.empty.iter().copied())
        .map(|unit| tree.node(unit).range())
        .collect()
}

/// Joins ranges that overlap, in order.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

fn is_in(ranges: &[Range<usize>], at: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= at);
    after > 0 && ranges[after - 1].contains(&at)
}

/// Removes from a repeated element what may occur only once.
fn once(tree: &Tree<'_>, node: usize) -> Result<Vec<Edit>, Advice> {
    let one = tree.node(node);
    let names = match (one.space, one.name) {
        (Space::Word, "footnoteReference" | "endnoteReference") => {
            return Err(Advice::new(
                "a footnote is in a range that is repeated, and a note can occur only once",
                "write it as plain text",
            ));
        }
        (Space::Word, "id") if tree.parent(node).is_some_and(|one| one.name == "sdtPr") => {
            return Ok(vec![Edit::cut(one.range())]);
        }
        (Space::Word, "commentReference") => return Ok(vec![Edit::cut(one.range())]),
        (Space::Other, "docPr") => ["id", ""],
        (Space::Other, "rowId" | "colId") => ["val", ""],
        (Space::Word, "p" | "tr") => ["paraId", "textId"],
        _ => return Ok(Vec::new()),
    };
    let start = &tree.text[one.start.clone()];
    let found = attributes(start).into_iter();
    let found = found.filter(|attribute| names.contains(&local(attribute.name)));
    let edit = |attribute: crate::tree::Attribute<'_>| {
        let shift =
            |range: Range<usize>| range.start + one.start.start..range.end + one.start.start;
        if one.space == Space::Word {
            Edit::cut(shift(attribute.whole))
        } else {
            Edit::replace(shift(attribute.value), FRESH.to_string())
        }
    };
    Ok(found.map(edit).collect())
}

/// The stretches between the tags of blocks. Everything in one stretch is printed together or not at all.
struct Segments {
    begin: Vec<(usize, usize)>,
}

impl Segments {
    fn new(pairs: &[Pair], position: &impl Fn(&usize) -> usize) -> Self {
        let mut tags: Vec<(usize, usize, bool, bool)> = Vec::new();
        for pair in pairs {
            for (i, tag) in pair.tags.iter().enumerate() {
                tags.push((position(tag), *tag, i == 0, i + 1 == pair.tags.len()));
            }
        }
        tags.sort_unstable();
        let mut open = vec![0];
        let mut begin = vec![(0, 0)];
        for (i, (at, _, is_first, is_last)) in tags.into_iter().enumerate() {
            if !is_first {
                open.pop();
            }
            if !is_last {
                open.push(i + 1);
            }
            begin.push((at, open.last().copied().unwrap_or(0)));
        }
        Self { begin }
    }

    fn at(&self, at: usize) -> usize {
        let after = self.begin.partition_point(|(begin, _)| *begin <= at);
        self.begin[after.saturating_sub(1)].1
    }
}

/// Removes bookmarks and other ranges of which one end could be printed without the other, or twice.
fn markers(
    tree: &Tree<'_>,
    segments: &Segments,
    repeated: &[Range<usize>],
    gone: &[Range<usize>],
) -> Vec<Edit> {
    let mut ends: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, node) in tree.nodes.iter().enumerate() {
        let name = node
            .name
            .strip_suffix("Start")
            .or(node.name.strip_suffix("End"));
        if let (Space::Word, Some(name), Some(id)) = (node.space, name, tree.attribute(i, "id")) {
            ends.entry((name, id)).or_default().push(i);
        }
    }
    let mut edits = Vec::new();
    for nodes in ends.values() {
        let at = |node: &usize| tree.node(*node).start.start;
        let Some(first) = nodes.first().map(at) else {
            continue;
        };
        let is_safe = |at: usize| {
            !is_in(repeated, at) && !is_in(gone, at) && segments.at(at) == segments.at(first)
        };
        if !nodes.iter().map(at).all(is_safe) {
            edits.extend(nodes.iter().map(|node| Edit::cut(tree.node(*node).range())));
        }
    }
    edits
}
