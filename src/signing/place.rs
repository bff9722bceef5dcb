//! Where a page is signed: around the rows with name, place, date and signature, and from there to its foot.
//!
//! People sign above and below the row, beside the name and over the date. A letterhead, a code or a stamp of a mail
//! system is elsewhere.

use crate::domain::Application;
use crate::pdf::{Mark, Page};
use crate::signing::words::squeezed;

/// How far above the first row a signature may be, in hundredths of a point.
const ABOVE: i64 = 12_000;
/// The height of the head of a page, where letterheads are, in hundredths of a point.
const HEAD: i64 = 6_500;
/// How the words of a signature row begin.
const ROWS: [&str; 3] = ["signature", "signed", "contentdeclared"];

/// The part of a page where it is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The height of its first row.
    first: i64,
    /// Marks whose middle is above this are outside.
    top: i64,
}

impl Place {
    /// A page without such rows, which may be signed anywhere.
    const ANYWHERE: Self = Self {
        first: i64::MAX,
        top: i64::MAX,
    };

    /// Returns where a prepared page is to be signed.
    pub(super) fn of(page: &Page, application: &Application) -> Self {
        let name = application.signatory.name.as_deref().map(squeezed);
        let name = name.filter(|name| !name.is_empty());
        let row_of_name = name.and_then(|name| height(page, page.text.rfind(&name)?));
        let row = ROWS.iter().find_map(|word| {
            let mut starts = page.starts.iter().rev();
            let is_row = |(at, _): &&(usize, i64)| {
                let text = page.text.get(*at..);
                text.is_some_and(|text| text.starts_with(word))
            };
            starts.find(is_row).map(|(_, height)| *height)
        });
        let Some(first) = row_of_name.max(row) else {
            return Self::ANYWHERE;
        };
        let top = (first + ABOVE).min(page.size.1 - HEAD).max(first);
        Self { first, top }
    }

    /// Returns true if the page has signature rows.
    pub(super) fn is_known(self) -> bool {
        self != Self::ANYWHERE
    }

    /// Returns true if a mark is where the page is signed.
    pub(super) const fn has(self, mark: &Mark) -> bool {
        let [_, lower, _, upper] = mark.bounds;
        i64::midpoint(lower, upper) <= self.top
    }

    /// Returns true if a mark hides declared words, and not only those around a signature.
    pub(super) fn is_declaration_hidden(self, mark: &Mark) -> bool {
        /// How much higher the words of a row may begin.
        const ROW: i64 = 200;
        mark.highest
            .is_some_and(|highest| highest > self.first.saturating_add(ROW))
    }
}

/// Returns the height of the words at this position of the text.
fn height(page: &Page, at: usize) -> Option<i64> {
    let n_before = page.starts.partition_point(|(start, _)| *start <= at);
    let before = n_before.checked_sub(1)?;
    page.starts.get(before).map(|(_, height)| *height)
}

/// Describes where a mark is on its page, in millimetres.
pub(super) fn described(what: &str, mark: &Mark, number: usize) -> String {
    let [left, lower, ..] = mark.bounds;
    let millimetres = |hundredths: i64| hundredths * 254 / 72_000;
    format!(
        "{what} on page {number}, {} mm from the left edge and {} mm above the bottom of the page",
        millimetres(left),
        millimetres(lower)
    )
}
