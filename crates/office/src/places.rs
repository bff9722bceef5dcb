//! Decides where the tags of blocks go: into the text, or before, after or in place of a paragraph or a row.
//!
//! A block covers the smallest whole elements around its tags. Then everything that is repeated or left out is well-formed
//! XML, and office programs open the result. This is the hard part of filling office files: in `word/document.xml`
//! the tags of one block are often in different runs, paragraphs or cells, because the program that wrote the file
//! splits text wherever it likes.

use crate::blocks::Pair;
use crate::scan::Scan;
use crate::tags::Kind;
use crate::tree::{Space, Tree};
use crate::{Advice, Fault};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Here,
    /// In the text. The elements around it, up to this one, are closed before the tag and opened again after it.
    Split(usize),
    Before(usize),
    After(usize),
    /// The element contains nothing else, and is removed.
    Instead(usize),
}

/// What a block covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    /// Text and runs of one paragraph.
    Runs,
    /// Whole paragraphs, and everything between them.
    Paragraphs,
    Rows,
    /// The row whose cells contain the tags.
    Row,
}

/// Runs, and the elements inside a paragraph that can be closed and opened again.
const SPLITS: &[&str] = &["t", "r", "hyperlink", "ins", "moveTo", "dir", "bdo"];

#[derive(Debug)]
pub(super) struct Places {
    pub(super) of: Vec<Place>,
    /// Paragraphs that are removed, besides those that a tag replaces.
    pub(super) empty: Vec<usize>,
}

/// Finds the place of every tag.
pub(super) fn place(
    part: &str,
    tree: &Tree<'_>,
    scan: &Scan,
    pairs: &[Pair],
) -> (Places, Vec<Fault>) {
    let mut placing = Placing {
        part,
        tree,
        scan,
        fields: fields(tree),
        levels: vec![None; scan.tags.len()],
        places: vec![Place::Here; scan.tags.len()],
        empty: Vec::new(),
        faults: Vec::new(),
    };
    for pair in pairs {
        placing.level(pair);
    }
    placing.sides();
    let places = Places {
        of: placing.places,
        empty: placing.empty,
    };
    (places, placing.faults)
}

struct Placing<'p> {
    part: &'p str,
    tree: &'p Tree<'p>,
    scan: &'p Scan,
    /// Where each field code begins to apply.
    fields: Vec<(usize, usize)>,
    /// For each tag of a block: what the block covers, and the element of the tag.
    levels: Vec<Option<(Level, usize)>>,
    places: Vec<Place>,
    empty: Vec<usize>,
    faults: Vec<Fault>,
}

impl Placing<'_> {
    fn level(&mut self, pair: &Pair) {
        let (Some(first), Some(last)) = (pair.tags.first(), pair.tags.last()) else {
            return;
        };
        let t = |tag: &usize| self.scan.tags[*tag].t;
        let common = pair
            .tags
            .iter()
            .map(t)
            .fold(t(first), |one, other| self.tree.common(one, other));
        let paragraph = |tag: &usize| self.scan.tags[*tag].paragraph;
        if pair
            .tags
            .iter()
            .any(|tag| self.field(*tag) != self.field(*first))
        {
            let message =
                "a block begins inside of a field and ends outside of it, or the other way round";
            self.fault(*first, Advice::new(message, "move its tags"));
        } else if pair
            .tags
            .iter()
            .all(|tag| paragraph(tag) == paragraph(first))
        {
            self.runs(pair, common);
        } else {
            let units: Vec<usize> = pair
                .tags
                .iter()
                .map(|tag| self.below(t(tag), common))
                .collect();
            let all = |name: &str| {
                units
                    .iter()
                    .all(|unit| self.tree.node(*unit).is_named(name))
            };
            // A text box is in a paragraph and contains paragraphs.
            let mut own =
                pair.tags.iter().zip(&units).map(|(tag, unit)| {
                    self.scan.paragraphs[self.scan.tags[*tag].paragraph] == *unit
                });
            if all("p") && own.all(|is_own| is_own) {
                self.set(pair, Level::Paragraphs, &units);
            } else if all("tr") {
                self.set(pair, Level::Rows, &units);
            } else if all("tc") {
                self.row(pair, common);
            } else {
                let advice = self.crossing(*first, *last, &units);
                self.fault(*first, advice);
            }
        }
    }

    fn runs(&mut self, pair: &Pair, common: usize) {
        for tag in &pair.tags {
            let mut chain = self
                .tree
                .around(self.scan.tags[*tag].t)
                .take_while(|node| *node != common);
            if let Some(fixed) = chain.find(|node| !SPLITS.contains(&self.tree.node(*node).name)) {
                let advice = Advice::new(
                    format!(
                        "a block begins inside of {} and ends outside of it, or the other way round",
                        words(self.tree.node(fixed).name)
                    ),
                    "move its tags",
                );
                self.fault(*tag, advice);
                return;
            }
        }
        for tag in &pair.tags {
            self.levels[*tag] = Some((Level::Runs, common));
            if self.scan.tags[*tag].t != common {
                self.places[*tag] = Place::Split(common);
            }
        }
    }

    fn row(&mut self, pair: &Pair, row: usize) {
        if let [_, middle, .., _] = pair.tags[..] {
            let advice = Advice::new(
                format!(
                    "`{}` is in another cell than the start or end of its block",
                    self.scan.tags[middle].inside
                ),
                "put a block over several cells around the whole row",
            );
            self.fault(middle, advice);
        }
        self.set(pair, Level::Row, &vec![row; pair.tags.len()]);
    }

    fn set(&mut self, pair: &Pair, level: Level, units: &[usize]) {
        for (tag, unit) in pair.tags.iter().zip(units) {
            self.levels[*tag] = Some((level, *unit));
        }
    }

    /// Decides on which side of its element each tag goes, if its block covers whole elements.
    fn sides(&mut self) {
        let seen_in_rows = self.visible_tags(|level| level != Level::Rows);
        let seen_in_cells =
            self.visible_tags(|level| matches!(level, Level::Runs | Level::Paragraphs));
        let seen_in_paragraphs = self.visible_tags(|level| level == Level::Runs);
        let mut last_end = None;
        for i in 0..self.levels.len() {
            let Some((level, unit)) = self.levels[i] else {
                continue;
            };
            match level {
                Level::Runs => {}
                Level::Row => {
                    let is_end = matches!(self.scan.tags[i].kind, Kind::Close(_));
                    if is_end {
                        last_end = Some(unit);
                        self.places[i] = Place::After(unit);
                    } else {
                        if last_end == Some(unit) {
                            let message = "a second block over cells of this row";
                            let help = "put one into the other, or give each a row";
                            self.fault(i, Advice::new(message, help));
                        }
                        self.places[i] = Place::Before(unit);
                    }
                }
                Level::Paragraphs => self.side(i, unit, &seen_in_paragraphs),
                Level::Rows => self.side(i, unit, &seen_in_rows),
            }
        }
        self.lone_row_tags(&seen_in_cells);
    }

    /// Returns the positions of content that would be lost if its element were removed.
    fn visible_tags(&self, is_seen: impl Fn(Level) -> bool) -> Vec<usize> {
        let tags = self.scan.tags.iter().zip(&self.levels);
        let tags = tags.filter(|(tag, level)| {
            tag.kind == Kind::Print || level.is_some_and(|(level, _)| is_seen(level))
        });
        let mut seen = self.scan.solid.clone();
        seen.extend(tags.map(|(tag, _)| tag.at));
        seen.sort_unstable();
        seen
    }

    fn side(&mut self, i: usize, unit: usize, seen: &[usize]) {
        let at = self.scan.tags[i].at;
        let range = self.tree.node(unit).range();
        let is_before = contains(seen, range.start, at);
        let is_after = contains(seen, at, range.end);
        self.places[i] = match (is_before, is_after) {
            (false, false) => Place::Instead(unit),
            (false, true) => Place::Before(unit),
            (true, false) => Place::After(unit),
            (true, true) => {
                let advice = Advice::new(
                    format!(
                        "`{}` is in the middle of {}, but its block continues in another",
                        self.scan.tags[i].inside,
                        if self.tree.node(unit).is_named("tr") {
                            "a row"
                        } else {
                            "a paragraph"
                        }
                    ),
                    "put it at the start or the end, or alone",
                );
                self.fault(i, advice);
                Place::Here
            }
        };
    }

    /// Finds the paragraphs of cells that contain only tags of row blocks. They would leave an empty line in every
    /// cell. The only paragraph of a cell stays, since a cell must have one.
    fn lone_row_tags(&mut self, seen: &[usize]) {
        for (tag, level) in self.scan.tags.iter().zip(&self.levels) {
            let paragraph = self.scan.paragraphs[tag.paragraph];
            let range = self.tree.node(paragraph).range();
            let is_about_rows = matches!(level, Some((Level::Row | Level::Rows, _)));
            if is_about_rows && !contains(seen, range.start, range.end) {
                let parent = self.tree.node(paragraph).parent;
                let n_beside = parent.map_or(0, |parent| {
                    let beside = self.tree.children(parent);
                    beside
                        .filter(|one| self.tree.node(*one).is_paragraph())
                        .take(2)
                        .count()
                });
                if n_beside > 1 && self.empty.last() != Some(&paragraph) {
                    self.empty.push(paragraph);
                }
            }
        }
    }

    /// The child of `common` that contains a text.
    fn below(&self, t: usize, common: usize) -> usize {
        self.tree
            .around(t)
            .take_while(|node| *node != common)
            .last()
            .unwrap_or(t)
    }

    fn field(&self, tag: usize) -> usize {
        let at = self.scan.tags[tag].at;
        let n_before = self.fields.partition_point(|(begins, _)| *begins < at);
        n_before.checked_sub(1).map_or(0, |i| self.fields[i].1)
    }

    fn crossing(&self, first: usize, last: usize, units: &[usize]) -> Advice {
        let other = units.iter().map(|unit| self.tree.node(*unit).name);
        let place = other
            .filter(|name| *name != "p")
            .map(words)
            .next()
            .unwrap_or("a text box");
        Advice::new(
            format!(
                "`{}` of paragraph {} and `{}` of paragraph {} are not in the same text: one is inside of {place}",
                self.scan.tags[first].inside,
                self.scan.tags[first].paragraph + 1,
                self.scan.tags[last].inside,
                self.scan.tags[last].paragraph + 1
            ),
            "put both in or both out",
        )
    }

    fn fault(&mut self, tag: usize, advice: Advice) {
        self.faults.push(self.scan.fault(self.part, tag, advice));
    }
}

fn contains(seen: &[usize], from: usize, to: usize) -> bool {
    let first = seen.partition_point(|at| *at < from);
    seen.get(first).is_some_and(|at| *at < to)
}

/// The everyday word for an element.
fn words(name: &str) -> &'static str {
    match name {
        "tbl" | "graphicFrame" => "a table",
        "tr" => "a row of a table",
        "tc" => "a cell of a table",
        "sdt" | "sdtContent" => "a content control",
        "fldSimple" | "fld" => "a field",
        "r" | "drawing" | "AlternateContent" | "Choice" | "Fallback" | "sp" | "pict" => {
            "a text box"
        }
        "footnote" | "endnote" | "comment" => "a note",
        _ => "another part of the text",
    }
}

/// Returns where field codes begin and end, and which one applies from there.
fn fields(tree: &Tree<'_>) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut fields = Vec::new();
    for (i, node) in tree.nodes.iter().enumerate() {
        if node.is(Space::Word, "fldChar") {
            match tree.attribute(i, "fldCharType") {
                Some("begin") => open.push(i),
                Some("end") => {
                    open.pop();
                }
                _ => continue,
            }
            fields.push((node.end, open.last().copied().unwrap_or(0)));
        }
    }
    fields
}
