//! How wide the letters of a font are, for a file that is read closely.
#![expect(
    clippy::float_arithmetic,
    reason = "widths are fractions of the size of a font"
)]

use std::collections::BTreeMap;

use super::file::File;
use super::fuel::ENTRY;
use super::object::{Dict, Object};

/// The width of a letter of which nothing is known.
const USUAL: f64 = 0.5;

/// Widths by code, in sizes of the font.
#[derive(Debug)]
pub(super) struct Widths {
    /// Stretches of codes by their first, with their last.
    known: BTreeMap<u32, (u32, f64)>,
    usual: f64,
}

impl Default for Widths {
    fn default() -> Self {
        Self {
            known: BTreeMap::new(),
            usual: USUAL,
        }
    }
}

impl Widths {
    /// Reads the widths of a font.
    pub(super) fn of(file: &File<'_>, font: &Dict) -> Self {
        let mut widths = Self::default();
        let is = |kind: &str| file.look(font, "Subtype").is_name(kind);
        if is("Type0") {
            let below = file.look(font, "DescendantFonts");
            let below = below.items().first().map(|font| file.get(font));
            if let Some(below) = below.as_ref().and_then(Object::dict) {
                let usual = file.look(below, "DW").number().unwrap_or(1000.0);
                widths.usual = usual / 1000.0;
                widths.composite(file, file.look(below, "W").items());
            }
        } else if !is("Type3") {
            let first = file.look(font, "FirstChar").size().unwrap_or(0);
            let all = file.look(font, "Widths");
            widths.list(file, u32::try_from(first).unwrap_or(u32::MAX), all.items());
        }
        widths
    }

    /// Returns how wide a letter is.
    pub(super) fn width(&self, code: u32) -> f64 {
        let known = self.known.range(..=code).next_back();
        let known = known.filter(|(_, (last, _))| code <= *last);
        known.map_or(self.usual, |(_, (_, width))| *width)
    }

    /// Adds widths of codes that follow each other.
    fn list(&mut self, file: &File<'_>, first: u32, widths: &[Object]) {
        for (code, width) in (first..).zip(widths) {
            if !file.fuel.spend(ENTRY) {
                return;
            }
            if let Some(width) = file.get(width).number() {
                self.known.insert(code, (code, width / 1000.0));
            }
        }
    }

    /// Adds widths as `code [width …]` and `first last width`.
    fn composite(&mut self, file: &File<'_>, mut items: &[Object]) {
        let code = |item: &Object| {
            let size = file.get(item).size();
            size.and_then(|size| u32::try_from(size).ok())
        };
        while let [first, second, rest @ ..] = items {
            let Some(first) = code(first).filter(|_| file.fuel.spend(ENTRY)) else {
                return;
            };
            items = rest;
            if let Object::Array(widths) = file.get(second) {
                self.list(file, first, &widths);
                continue;
            }
            let (Some(last), [width, rest @ ..]) = (code(second), rest) else {
                return;
            };
            items = rest;
            if let Some(width) = file.get(width).number() {
                self.known.insert(first, (last, width / 1000.0));
            }
        }
    }
}
