//! Judges the marks that were added to a page: signatures, meaningless marks, and marks that a person has to look at.

use crate::domain::text::shown;
use crate::pdf::{Mark, MarkKind, Page};
use crate::signing::place::described;
use crate::signing::strokes::Strokes;
use crate::signing::words::Harmless;

/// A mark that covers more of a page than this, in thousandths, may hide declared text.
pub(super) const MUCH: u16 = 250;
/// How many letters all marks together may hide or cross on the page that is signed.
const HIDES: u32 = 40;
/// How many letters they may hide in the signature rows and below.
const HIDES_ROWS: u32 = 60;
/// How many letters transparent pictures may cover on that page.
const OVER: u32 = 150;
/// How many letters lines may cross on other pages.
const HARDLY: u32 = 1;
/// Marks that end below this height, in hundredths of a point, are at the foot of a page, where no answer is.
const FOOT: i64 = 6_000;
/// A line that crosses more letters than this crosses out a word.
const WORD: u32 = 2;
/// A path with at most this many lines is a line, a wave or a cross, not handwriting.
const LINES: u32 = 4;
/// A signature is wider or higher than this, in hundredths of a point.
const SMALL: i64 = 1_200;
/// Marks thinner than this, in hundredths of a point, are lines.
const THIN: i64 = 300;

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// A signature is where the page is signed.
    pub(super) signs: bool,
    /// Possible signatures if there is no clear one, with their places.
    pub(super) perhaps: Vec<String>,
    /// A drawing is more than a line or a box, but too small to recognise as a signature.
    pub(super) is_small: bool,
    /// Harmless marks that are no signature.
    pub(super) idle: Vec<String>,
    /// Marks that say, or may say, something about the content.
    pub(super) alters: Vec<String>,
    /// Marks that may hide words, or change their meaning.
    pub(super) over: Vec<String>,
    /// Marks that only a person can tell from a signature.
    pub(super) unclear: Vec<String>,
}

/// Returns the marks of a page that the prepared page lacks, and how many marks of the prepared page it lacks. Links
/// are invisible, so a missing link does not count. A missing picture or path cancels an added one, since a program
/// that prints a page again draws each of them in its own way.
pub(super) fn changes<'p>(prepared: &Page, copy: &'p Page) -> (Vec<&'p Mark>, usize) {
    let mut old = sorted(prepared).into_iter().peekable();
    let (mut added, mut missing) = (Vec::new(), Vec::new());
    for mark in sorted(copy) {
        while let Some(one) = old.next_if(|one| key(one) < key(mark)) {
            missing.push(one);
        }
        if old.next_if(|one| key(one) == key(mark)).is_none() {
            added.push(mark);
        }
    }
    missing.extend(old);
    missing
        .retain(|mark| !matches!(&mark.kind, MarkKind::Note { subtype, .. } if subtype == "Link"));
    for mark in &missing {
        let like = added
            .iter()
            .enumerate()
            .filter_map(|(at, one)| Some((likeness(mark, one)?, at)));
        if let Some((_, at)) = like.min() {
            added.remove(at);
        }
    }
    (added, missing.len())
}

const fn key(mark: &Mark) -> (&MarkKind, u64) {
    (&mark.kind, mark.hash)
}

fn sorted(page: &Page) -> Vec<&Mark> {
    let mut marks: Vec<&Mark> = page.marks.iter().collect();
    marks.sort_by(|one, other| key(one).cmp(&key(other)));
    marks
}

/// Returns how much two marks differ that may be the same, drawn again.
fn likeness(one: &Mark, other: &Mark) -> Option<u32> {
    match (&one.kind, &other.kind) {
        (MarkKind::Image, MarkKind::Image) => Some(one.covers.abs_diff(other.covers).into()),
        (
            MarkKind::Path { segments: one, .. },
            MarkKind::Path {
                segments: other, ..
            },
        ) => Some(one.abs_diff(*other)),
        _ => None,
    }
}

/// Returns true for a picture with a mask at the foot of a page, where people put their initials.
fn is_initials(mark: &Mark) -> bool {
    matches!(mark.kind, MarkKind::Image) && mark.hides == 0 && !mark.pale && mark.bounds[3] <= FOOT
}

/// Returns true if a mark covers words of the content.
pub(super) fn is_over_words(mark: &Mark) -> bool {
    mark.hides > 0 || mark.over > 0 && !is_initials(mark)
}

/// Where a mark is, relative to the place where its page is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    There,
    /// It is on another part of the page, or on another page.
    Elsewhere,
    /// A later mark hides it.
    Below,
}

pub(super) struct Sheet<'s> {
    /// Its number, from 1.
    pub(super) number: usize,
    /// Whether it is to be signed.
    pub(super) is_signed: bool,
    /// Whether it has signature rows, so that words beside them are not taken for declared text.
    pub(super) has_rows: bool,
    /// Whether a mark hides declared text.
    pub(super) hides: &'s dyn Fn(&Mark) -> bool,
    pub(super) position: &'s dyn Fn(&Mark) -> Position,
}

impl Meaning {
    /// Judges the marks that were added to a page.
    ///
    /// A signature may hide some letters in its place, and none elsewhere. Many marks together may hide no more than
    /// one.
    pub(super) fn of(added: &[&Mark], sheet: &Sheet<'_>, harmless: &Harmless) -> Self {
        let mut meaning = Self::default();
        meaning.words(added, sheet);
        let mut strokes = Strokes::default();
        for mark in added {
            match mark.kind {
                MarkKind::Path { segments, filled } if mark.covers <= MUCH => {
                    if mark.pale {
                        meaning
                            .idle
                            .push("lines in the color of the page".to_owned());
                    } else if !is_box(mark, segments, filled) {
                        strokes.add(mark, segments, (sheet.position)(mark));
                    } else if mark.hides > 0 {
                        meaning.over.push("a filled box over words".to_owned());
                    } else {
                        meaning.idle.push("a filled box".to_owned());
                    }
                }
                _ => meaning.judge(mark, sheet, harmless),
            }
        }
        strokes.judge(&mut meaning, sheet.number);
        meaning.idle.dedup();
        meaning
    }

    /// Counts a mark as a signature, or as a possible one.
    fn sign(&mut self, what: &str, mark: &Mark, sheet: &Sheet<'_>) {
        let position = (sheet.position)(mark);
        let what = match position {
            Position::Below => format!("{what} below something else"),
            _ if is_square(mark) => format!("{what} as high as wide, like a code or a seal,"),
            Position::There => {
                self.signs = true;
                return;
            }
            Position::Elsewhere => what.to_owned(),
        };
        self.perhaps.push(described(&what, mark, sheet.number));
    }

    /// Checks what the marks do to the words below them.
    fn words(&mut self, added: &[&Mark], sheet: &Sheet<'_>) {
        let sum = |of: &dyn Fn(&Mark) -> u32| {
            let numbers = added.iter().map(|mark| of(mark));
            numbers.fold(0, u32::saturating_add)
        };
        let is_picture = |mark: &Mark| matches!(mark.kind, MarkKind::Image);
        let hidden = sum(&|mark| mark.hides);
        let crossed = sum(&|mark| if is_picture(mark) { 0 } else { mark.over });
        let over = sum(&|mark| match mark.kind {
            MarkKind::Image if !is_initials(mark) => mark.over,
            _ => 0,
        });
        let (most_hidden, most_crossed, most_over) = if sheet.has_rows {
            (HIDES_ROWS, HIDES, OVER)
        } else if sheet.is_signed {
            (HIDES, HIDES, OVER)
        } else {
            (0, HARDLY, 0)
        };
        let hides_more = |mark: &&Mark| mark.hides > 0 && (sheet.hides)(mark);
        if hidden > most_hidden || added.iter().copied().any(|mark| hides_more(&mark)) {
            self.over.push("something over words".to_owned());
        }
        let is_crossed_out = |mark: &&Mark| {
            matches!(mark.kind, MarkKind::Path { segments, .. } if segments <= LINES)
                && mark.hides.saturating_add(mark.over) > WORD
        };
        if crossed > most_crossed || added.iter().copied().any(|mark| is_crossed_out(&mark)) {
            self.over.push("a line through words".to_owned());
        }
        if over > most_over {
            self.over.push("a picture over words".to_owned());
        }
        // A white mark can only hide something.
        if added
            .iter()
            .any(|mark| mark.pale && mark.hides.saturating_add(mark.over) > 0)
        {
            self.over
                .push("something in the color of the page over words".to_owned());
        }
    }

    fn judge(&mut self, mark: &Mark, sheet: &Sheet<'_>, harmless: &Harmless) {
        match &mark.kind {
            MarkKind::Image if mark.covers > MUCH => {
                self.unclear
                    .push("a picture that covers much of it".to_owned());
            }
            MarkKind::Image if mark.covers == 0 => self.unclear.push("a tiny picture".to_owned()),
            MarkKind::Image | MarkKind::Ink | MarkKind::Stamp { .. } if mark.pale => {
                self.idle
                    .push("something in the color of the page".to_owned());
            }
            MarkKind::Image | MarkKind::Ink | MarkKind::Stamp { .. } if mark.blank => {
                self.idle.push("a picture that shows nothing".to_owned());
            }
            MarkKind::Ink | MarkKind::Stamp { .. } if mark.ruled => {
                self.unclear.push("ruled lines or boxes".to_owned());
            }
            MarkKind::Ink | MarkKind::Stamp { drawn: true, .. } if is_tiny(mark.bounds) => {
                self.unclear.push("a tiny mark".to_owned());
            }
            MarkKind::Image => self.sign("a picture", mark, sheet),
            MarkKind::Ink => self.sign("ink", mark, sheet),
            MarkKind::Letters => self.unclear.push("letters that are drawings".to_owned()),
            MarkKind::Path { .. } => {
                self.unclear
                    .push("a drawing that covers much of it".to_owned());
            }
            MarkKind::Stamp { drawn, says } => match (drawn, harmless.are_all(says)) {
                (true, true) => self.sign("a stamp", mark, sheet),
                (false, true) => self.idle.push("a stamp of words".to_owned()),
                (_, false) => self.alters.push(format!("a stamp `{}`", shown(says))),
            },
            MarkKind::Note { subtype, says } => self.note(mark.drawn, subtype, says, harmless),
            MarkKind::EmptySignatureField => {
                self.idle.push("a signature field that is empty".to_owned());
            }
            // The signature itself is judged, not its field.
            MarkKind::SignatureField => {}
            MarkKind::Field { drawn, says } => match (drawn, harmless.are_all(says)) {
                (_, false) => self.alters.push(format!("a form field `{}`", shown(says))),
                (true, true) => self.unclear.push("a form field with a drawing".to_owned()),
                (false, true) => self.idle.push("a form field".to_owned()),
            },
        }
    }

    fn note(&mut self, drawn: bool, subtype: &str, says: &str, harmless: &Harmless) {
        match (subtype, harmless.are_all(says)) {
            ("Link" | "Popup", true) if !drawn => {}
            ("Link" | "Popup", true) => self.unclear.push("a link with a drawing".to_owned()),
            ("Highlight" | "Underline" | "Squiggly", true) => {
                self.idle.push("a highlight".to_owned());
            }
            ("FreeText" | "Text", true) => self.idle.push("a typed note".to_owned()),
            (_, true) => self
                .alters
                .push(format!("a mark of the kind {}", shown(subtype))),
            (_, false) => self.alters.push(format!("a typed note `{}`", shown(says))),
        }
    }
}

/// Returns true for a mark too small for a signature.
pub(super) fn is_tiny([left, lower, right, upper]: [i64; 4]) -> bool {
    (right - left).max(upper - lower) < SMALL
}

/// Returns true for a mark about as high as wide.
const fn is_square(mark: &Mark) -> bool {
    let [left, lower, right, upper] = mark.bounds;
    let (wide, high) = (right - left, upper - lower);
    10 * (wide - high).abs() <= if wide > high { wide } else { high }
}

/// Returns true for a filled area with few corners, such as a white box over a word. A thin one is a line.
pub(super) const fn is_box(mark: &Mark, segments: u32, filled: bool) -> bool {
    let [left, lower, right, upper] = mark.bounds;
    filled && segments <= 5 && right - left >= THIN && upper - lower >= THIN
}
