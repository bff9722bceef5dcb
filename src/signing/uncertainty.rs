//! Why a page cannot be compared with certainty, in words.

/// How many additions are named.
const NAMED: usize = 6;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Uncertainty {
    Picture,
    Order,
    Letters,
    Drawn,
    Cut,
}

impl Uncertainty {
    /// Writes the reason for these pages.
    pub(super) fn describe(self, pages: &[usize]) -> String {
        let (one, many) = match self {
            Self::Picture => ("is a picture", "are pictures"),
            Self::Order => (
                "has its text in another order",
                "have their text in another order",
            ),
            Self::Letters => (
                "has letters that cannot be read",
                "have letters that cannot be read",
            ),
            Self::Drawn => (
                "has its text, lines or pictures drawn differently",
                "have their text, lines or pictures drawn differently",
            ),
            Self::Cut => ("is cut or turned", "are cut or turned"),
        };
        match pages {
            [page] => format!("page {page} {one}"),
            pages => {
                let numbers: Vec<_> = pages.iter().take(NAMED).map(usize::to_string).collect();
                let more = if pages.len() > NAMED { ", …" } else { "" };
                format!("pages {}{more} {many}", numbers.join(", "))
            }
        }
    }
}

/// Names the first additions, and counts the rest.
pub(super) fn listed(what: &[&str]) -> String {
    let named = what
        .iter()
        .take(NAMED)
        .copied()
        .collect::<Vec<_>>()
        .join("; ");
    match what.len().saturating_sub(NAMED) {
        0 => named,
        n => format!("{named}; and {n} more"),
    }
}
