//! Compares a signed copy with the declaration as it was prepared, page by page.

use crate::pdf::{Mark, MarkKind, Page, Pdf, Unread};
use crate::signing::marks::changes;
use crate::signing::words::plain;

/// A picture that covers more of a page than this, in thousandths, is taken for a scan of the page.
const WHOLE: u16 = 500;
/// How many more paths than the prepared page a page has if its letters became outlines.
const OUTLINES: usize = 60;
/// How many letters in ligatures a page may have.
const LIGATURES: usize = 60;
/// How far the size of a page may differ, in hundredths of a point.
const SIZE: i64 = 150;

/// A PDF with its texts in comparable form.
pub(super) struct Document<'p> {
    pub(super) pdf: &'p Pdf,
    pub(super) texts: Vec<String>,
}

impl<'p> Document<'p> {
    pub(super) fn new(pdf: &'p Pdf) -> Self {
        let texts = pdf.pages.iter().map(|page| plain(&page.text)).collect();
        Self { pdf, texts }
    }

    pub(super) fn n_pages(&self) -> usize {
        self.pdf.pages.len()
    }

    pub(super) fn text(&self) -> String {
        self.texts.concat()
    }
}

/// How the text of a page differs from that of the prepared page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// The same text, with these texts before or after it.
    Same(Vec<String>),
    /// The page is a picture, or its letters are.
    Picture,
    /// The same letters and digits in another order.
    SetAgain,
    /// Only ligatures differ. Some programs that print a file again write them as other letters.
    Ligatures,
    Blank,
    Other,
}

/// How a page of the copy differs from the prepared page.
#[derive(Debug)]
pub(super) struct Compared<'p> {
    pub(super) text: Text,
    /// The marks that the prepared page lacks.
    pub(super) added: Vec<&'p Mark>,
    /// How many marks and lines of text of the prepared page are missing on it.
    pub(super) n_missing: usize,
    /// Whether it is cropped or rotated.
    pub(super) is_resized: bool,
}

/// Compares the first pages of a copy with the prepared pages.
pub(super) fn compare<'p>(prepared: &Document<'_>, copy: &Document<'p>) -> Vec<Compared<'p>> {
    let pages = prepared.pdf.pages.iter().zip(&copy.pdf.pages);
    let texts = prepared.texts.iter().zip(&copy.texts);
    let compared = pages.zip(texts).map(|((old, new), (old_text, new_text))| {
        let (added, n_missing) = changes(old, new);
        let n_missing = n_missing + missing(&old.lines, &new.lines);
        let differs = |one: i64, other: i64| (one - other).abs() > SIZE;
        Compared {
            text: text(old, old_text, new, new_text),
            added,
            n_missing,
            is_resized: differs(old.size.0, new.size.0) || differs(old.size.1, new.size.1),
        }
    });
    compared.collect()
}

/// Returns true if every page with text has the text of the prepared page.
pub(super) fn fits(prepared: &Document<'_>, copy: &Document<'_>) -> bool {
    let n_pages = prepared.n_pages();
    let is_same = |page: &Compared<'_>| matches!(page.text, Text::Same(_));
    let is_other = |page: &Compared<'_>| matches!(page.text, Text::Other | Text::Blank);
    let pages = compare(prepared, copy);
    copy.n_pages() == n_pages && pages.iter().any(is_same) && !pages.iter().any(is_other)
}

/// Returns true if every page has words, and no more pictures, lines or annotations than the prepared page. Then
/// nothing was added that could be a signature, even if another program printed the file again.
pub(super) fn is_bare(prepared: &Document<'_>, copy: &Pdf, pages: &[Compared<'_>]) -> bool {
    let is_legible = |page: &Compared<'_>| {
        matches!(page.text, Text::Same(_) | Text::SetAgain | Text::Ligatures) && !page.is_resized
    };
    let is_harmless = |why: &Unread| matches!(why, Unread::Scan | Unread::Attachment);
    let mut both = prepared.pdf.pages.iter().zip(&copy.pages);
    prepared.n_pages() == copy.pages.len()
        && copy.signatures.is_empty()
        && !copy.is_repaired
        && copy.unread.iter().all(is_harmless)
        && pages.iter().all(is_legible)
        && both.all(|(old, new)| has_no_more(old, new))
}

/// Returns true if a page has pictures only where the prepared page has them, and no more lines and annotations.
fn has_no_more(old: &Page, new: &Page) -> bool {
    let n_segments = |page: &Page| {
        let segments = page.marks.iter().map(|mark| match mark.kind {
            MarkKind::Path { segments, .. } => segments,
            _ => 0,
        });
        segments.fold(0, u32::saturating_add)
    };
    let is_near = |one: &Mark, other: &Mark| {
        let edges = one.bounds.iter().zip(&other.bounds);
        one.kind == other.kind
            && edges
                .into_iter()
                .all(|(one, other)| (one - other).abs() <= 2 * SIZE)
    };
    let is_old = |mark: &Mark| match &mark.kind {
        MarkKind::Path { .. } => true,
        MarkKind::Note { subtype, .. } if subtype == "Link" => !mark.drawn,
        _ => old.marks.iter().any(|one| is_near(one, mark)),
    };
    let n_others = |page: &Page| {
        let is_other = |mark: &&Mark| match &mark.kind {
            MarkKind::Path { .. } => false,
            MarkKind::Note { subtype, .. } => subtype != "Link",
            _ => true,
        };
        page.marks.iter().filter(is_other).count()
    };
    n_segments(new) <= n_segments(old)
        && n_others(new) <= n_others(old)
        && new.marks.iter().all(is_old)
}

/// Returns how many lines of text are missing on a page: they are in another place, font or color.
fn missing(old: &[u64], new: &[u64]) -> usize {
    let sorted = |lines: &[u64]| {
        let mut lines = lines.to_vec();
        lines.sort_unstable();
        lines
    };
    let (old, new) = (sorted(old), sorted(new));
    let mut new = new.iter().peekable();
    let mut n_missing = 0;
    for line in &old {
        while new.next_if(|one| *one < line).is_some() {}
        n_missing += usize::from(new.next_if(|one| *one == line).is_none());
    }
    n_missing
}

fn text(prepared: &Page, prepared_text: &str, copy: &Page, copy_text: &str) -> Text {
    if let Some((before, after)) = around(copy_text, prepared_text) {
        let added = [before, after].into_iter().filter(|text| !text.is_empty());
        return Text::Same(added.map(str::to_owned).collect());
    }
    let n_paths = |page: &Page| {
        let is_path = |mark: &&Mark| matches!(mark.kind, MarkKind::Path { .. });
        page.marks.iter().filter(is_path).count()
    };
    let is_scan = |mark: &Mark| mark.kind == MarkKind::Image && mark.covers > WHOLE;
    let is_outlined = copy_text.is_empty() && n_paths(copy) > n_paths(prepared) + OUTLINES;
    if is_outlined || copy.marks.iter().any(is_scan) {
        Text::Picture
    } else if copy_text.is_empty() {
        Text::Blank
    } else {
        match lost(&letters(prepared_text), &letters(copy_text)) {
            Some(0) => Text::SetAgain,
            Some(_) => Text::Ligatures,
            None => Text::Other,
        }
    }
}

/// Returns how many letters a text has lost and gained compared with another; nothing if there are more than
/// ligatures explain.
fn lost(one: &[char], other: &[char]) -> Option<usize> {
    let (mut lost, mut gained) = (0, 0);
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    loop {
        match (one.peek(), other.peek()) {
            (None, None) => break,
            (Some(a), Some(b)) if a == b => {
                one.next();
                other.next();
            }
            (Some(a), b) if b.is_none_or(|b| a < b) => {
                if !matches!(a, 'f' | 'i' | 'l') {
                    return None;
                }
                lost += 1;
                one.next();
            }
            _ => {
                gained += 1;
                other.next();
            }
        }
    }
    (gained <= lost && lost <= LIGATURES).then_some(lost + gained)
}

/// Returns the text before and after a part of another; an empty part is found only in an empty text.
fn around<'t>(text: &'t str, what: &str) -> Option<(&'t str, &'t str)> {
    if what.is_empty() {
        return text.is_empty().then_some(("", ""));
    }
    text.split_once(what)
}

/// Returns the letters and digits of a text, sorted.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

/// Returns the first place where two texts differ: a few characters of each, from shortly before it.
pub(super) fn difference(one: &str, other: &str) -> (String, String) {
    const BEFORE: usize = 12;
    const SHOWN: usize = 40;
    let same = one.chars().zip(other.chars());
    let n_same = same.take_while(|(one, other)| one == other).count();
    let start = n_same.saturating_sub(BEFORE);
    let part = |text: &str| text.chars().skip(start).take(SHOWN).collect::<String>();
    (part(one), part(other))
}
