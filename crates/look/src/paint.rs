//! Words of office files in the color of the paper: white, where nothing below them is of another color.
//!
//! What a style, a table or a drawing may fill below the words is not followed: such words count as visible.

use std::collections::{BTreeMap, BTreeSet};

use crate::markup::{Piece, Pieces};
use crate::sheets::value;
use crate::{HazardKind, InFile, Look};

/// The color of a run of Word, and what may be below it.
#[derive(Default)]
pub(super) struct Paint {
    is_white: bool,
    is_filled: bool,
    /// The paragraph has a fill, or a style that may have one.
    is_styled: bool,
    /// How many tables and drawings are open.
    depth: usize,
}

/// Elements that may fill what is below their words.
const FILLS: &[&str] = &["tbl", "txbxContent", "sdtContent"];

impl Paint {
    pub(super) fn begin_run(&mut self) {
        (self.is_white, self.is_filled) = (false, false);
    }

    pub(super) fn open(&mut self, name: &str, tag: &str, in_paragraph: bool) {
        match name {
            "p" => self.is_styled = false,
            "pStyle" => self.is_styled = true,
            // It is below everything that follows.
            "background" => self.depth += 1,
            "color" if !in_paragraph => {
                let color = value(tag, "val");
                self.is_white = color.is_some_and(|color| color.eq_ignore_ascii_case("ffffff"));
            }
            "highlight" | "shd" | "rStyle" if in_paragraph => self.is_styled = true,
            "highlight" | "shd" | "rStyle" => self.is_filled = true,
            _ if FILLS.contains(&name) && !tag.ends_with('/') => self.depth += 1,
            _ => {}
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        if FILLS.contains(&name) {
            self.depth = self.depth.saturating_sub(1);
        }
    }

    pub(super) const fn is_white_on_white(&self) -> bool {
        self.is_white && !self.is_filled && !self.is_styled && self.depth == 0
    }
}

/// The first cell of a workbook in each format, and the formats whose words are white on white.
#[derive(Default)]
pub(super) struct Cells {
    pub(super) white: BTreeSet<usize>,
    first: BTreeMap<usize, (InFile, String)>,
}

/// How many formats are kept. A workbook has no more.
const MOST: usize = 64_000;

impl Cells {
    /// Notes the cells of a sheet that hold something. Formats that depend on values, and those of tables, may fill
    /// the cells, so such a sheet is left out.
    pub(super) fn sheet(&mut self, at: &InFile, text: &str) {
        if text.contains("<conditionalFormatting") || text.contains("<tableParts") {
            return;
        }
        let mut cell = None;
        for piece in Pieces::of(text, false) {
            match piece {
                Piece::Open("c", tag) => {
                    let format = value(tag, "s").and_then(|number| number.parse().ok());
                    cell = format.map(|format| (format, tag));
                }
                Piece::Text(text) if !text.trim().is_empty() => {
                    let Some((format, tag)) = cell.take() else {
                        continue;
                    };
                    if self.first.len() < MOST && !self.first.contains_key(&format) {
                        let cell = value(tag, "r").unwrap_or_default();
                        let says = format!("white on white in cell {cell}");
                        self.first.insert(format, (at.clone(), says));
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn say(self, look: &mut Look) {
        for (format, (at, says)) in self.first {
            if self.white.contains(&format) {
                look.warn_of(HazardKind::HiddenText, at, &says);
            }
        }
    }
}

/// Returns true for the color white of a font or fill. Color 0 of the theme is the paper.
fn is_white(tag: &str) -> bool {
    let has_tint =
        value(tag, "tint").is_some_and(|tint| !tint.trim_matches(['0', '.', '-']).is_empty());
    let rgb = value(tag, "rgb").is_some_and(|rgb| rgb.to_ascii_lowercase().ends_with("ffffff"));
    rgb || value(tag, "theme").as_deref() == Some("0") && !has_tint
}

/// Returns the numbers of the formats with white letters on no fill or a white one.
pub(super) fn white_formats(text: &str) -> BTreeSet<usize> {
    let (mut fonts, mut fills): (Vec<bool>, Vec<bool>) = (Vec::new(), Vec::new());
    let (mut inside, mut number, mut formats) = ("", 0, BTreeSet::new());
    for piece in Pieces::of(text, false) {
        let (name, tag) = match piece {
            Piece::Open(name, tag) => (name, tag),
            Piece::Close(name) if name == inside => {
                inside = "";
                continue;
            }
            _ => continue,
        };
        match (inside, name) {
            ("", "fonts" | "fills" | "cellXfs") => inside = name,
            ("fonts", "font") => fonts.push(false),
            ("fonts", "color") => fonts
                .last_mut()
                .into_iter()
                .for_each(|white| *white = is_white(tag)),
            ("fills", "fill") => fills.push(false),
            ("fills", "patternFill") => {
                let is_none = value(tag, "patternType").is_none_or(|kind| kind == "none");
                fills
                    .last_mut()
                    .into_iter()
                    .for_each(|pale| *pale = is_none);
            }
            ("fills", "fgColor") => {
                fills
                    .last_mut()
                    .into_iter()
                    .for_each(|pale| *pale |= is_white(tag));
            }
            ("cellXfs", "xf") => {
                let of = |list: &[bool], id: &str| {
                    let id = value(tag, id).and_then(|id| id.parse::<usize>().ok());
                    list.get(id.unwrap_or(0)).copied().unwrap_or(false)
                };
                if of(&fonts, "fontId") && of(&fills, "fillId") {
                    formats.insert(number);
                }
                number += 1;
            }
            _ => {}
        }
    }
    formats
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLES: &str = "<fonts><font><color theme='1'/></font><font><color rgb='FFFFFFFF'/></font><font><color theme='0'/></font></fonts>\
        <fills><fill><patternFill patternType='none'/></fill><fill><patternFill patternType='solid'><fgColor rgb='FF1F3864'/></patternFill></fill>\
        <fill><patternFill patternType='solid'><fgColor rgb='FFFFFFFF'/></patternFill></fill></fills>\
        <cellStyleXfs><xf fontId='1' fillId='0'/></cellStyleXfs>\
        <cellXfs><xf fontId='0' fillId='0'/><xf fontId='1' fillId='0'/><xf fontId='1' fillId='1'/><xf fontId='2' fillId='2'/></cellXfs>";

    #[test]
    fn white_cells_without_a_fill_are_found() {
        assert_eq!(
            white_formats(STYLES).into_iter().collect::<Vec<_>>(),
            [1, 3]
        );
        let say = |sheet: &str| {
            let mut cells = Cells {
                white: white_formats(STYLES),
                ..Cells::default()
            };
            cells.sheet(&InFile::File, sheet);
            let mut look = Look::default();
            cells.say(&mut look);
            look.hazards
                .into_iter()
                .map(|one| one.text)
                .collect::<Vec<_>>()
        };
        let sheet = "<row><c r='A1' s='0'><v>1</v></c><c r='B1' s='1'/><c r='B2' s='1'><v>2</v></c><c r='C2' s='2'><v>3</v></c></row>";
        assert_eq!(say(sheet), ["white on white in cell B2"]);
        assert!(say(&format!("{sheet}<tableParts count='1'/>")).is_empty());
    }

    #[test]
    fn white_words_on_nothing_are_told_from_those_on_a_fill() {
        let white = ("color", " w:val='FFFFFF'");
        for (tags, is_white) in [
            (&[white][..], true),
            (&[("color", " w:val='auto'")], false),
            (&[("shd", " w:fill='1F3864'"), white], false),
            (&[("pStyle", " w:val='Banner'"), white], false),
            (&[("tbl", ""), white], false),
            (&[("background", " w:color='000000'"), white], false),
        ] {
            let mut paint = Paint::default();
            for (name, tag) in tags {
                paint.open(name, tag, *name == "pStyle");
            }
            assert_eq!(paint.is_white_on_white(), is_white, "{tags:?}");
        }
    }
}
