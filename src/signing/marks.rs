//! What was added to a page: which marks a person adds to sign, which say nothing, and which make the page one
//! that a person has to look at.

use crate::domain::text::shown;
use crate::pdf::{Mark, MarkKind, Page, Pdf};
use crate::signing::words::Harmless;

/// What covers more of a page than this, in thousandths, may hide what was declared.
pub(super) const MUCH: u16 = 250;
/// How many letters all marks may hide or cross on the page on which the declaration is signed.
const HIDES: u32 = 40;
/// How many letters pictures that show what is below them may be over on that page.
const OVER: u32 = 150;
/// How many letters marks may hide, cross or be over on another page.
const HARDLY: u32 = 1;
/// What ends below this height, in hundredths of a point, is at the foot of a page, where no answer is.
const FOOT: i64 = 6_000;
/// A line that crosses more letters than this crosses a word out.
const WORD: u32 = 2;
/// A path of no more lines than this is a line, a wave or a cross, and no writing.
const LINES: u32 = 4;
/// How many lines a signature has at least, where a curve counts as two; a box has four, a cross two, a circle eight.
const STROKES: u32 = 9;
/// A drawing of more lines than this may be a small signature: it is more than a box.
const BOX: u32 = 4;
/// What is thinner than this, in hundredths of a point, is a line.
const THIN: i64 = 300;

/// What the marks that were added to a page mean.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// Something is there that a person adds to sign.
    pub(super) signs: bool,
    /// A drawing is there that is more than a line or a box, and too small to tell whether it is a signature.
    pub(super) is_small: bool,
    /// What is no signature, and harmless.
    pub(super) idle: Vec<String>,
    /// What is no signature, and says or may say something about the content.
    pub(super) alters: Vec<String>,
    /// What may be a signature, or may hide what is below it.
    pub(super) unclear: Vec<String>,
}

/// Returns the marks of a page that the prepared page lacks, and how many of the prepared page's are not on it. A
/// link is invisible, so that nothing is missing without it. A picture or path that is missing takes one away that
/// was added: a program that prints a page again draws each of them in its own way.
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

/// Returns true if a mark is on every page, in the same place: a logo in a header, not a signature.
pub(super) fn is_on_every_page(mark: &Mark, copy: &Pdf) -> bool {
    let has = |page: &Page| {
        let mut marks = page.marks.iter();
        marks.any(|one| one.kind == mark.kind && one.hash == mark.hash)
    };
    copy.pages.len() > 1 && copy.pages.iter().all(has)
}

/// Returns true for a picture with a mask at the foot of a page, where people put their initials.
fn is_initials(mark: &Mark) -> bool {
    matches!(mark.kind, MarkKind::Image) && mark.hides == 0 && !mark.pale && mark.bounds[3] <= FOOT
}

/// Returns true if a mark is over words of the content.
pub(super) fn is_over_words(mark: &Mark) -> bool {
    mark.hides > 0 || mark.over > 0 && !is_initials(mark)
}

impl Meaning {
    /// Judges the marks that were added to a page.
    ///
    /// A signature may hide some letters where it is to be; elsewhere hardly any. What many marks hide together
    /// counts as what one hides.
    pub(super) fn of(added: &[&Mark], is_place: bool, harmless: &Harmless) -> Self {
        let mut meaning = Self::default();
        meaning.words(added, is_place);
        let (mut n_segments, mut n_ruled) = (0_u32, 0_u32);
        for mark in added {
            match mark.kind {
                MarkKind::Path { segments, filled } if mark.covers <= MUCH => {
                    if mark.pale {
                        meaning.idle.push("lines in the color of paper".to_owned());
                    } else if mark.ruled && !is_box(mark, segments, filled) {
                        n_ruled = n_ruled.saturating_add(segments);
                    } else if !is_box(mark, segments, filled) {
                        n_segments = n_segments.saturating_add(segments);
                    } else if mark.hides > 0 {
                        meaning.unclear.push("a filled box over words".to_owned());
                    } else {
                        meaning.idle.push("a filled box".to_owned());
                    }
                }
                _ => meaning.one(mark, harmless),
            }
        }
        match n_segments.saturating_add(n_ruled) {
            0 => {}
            STROKES.. if n_segments >= STROKES => meaning.signs = true,
            // Letters may be drawn by level and upright lines, but no pen does so.
            STROKES.. => meaning.unclear.push("ruled lines or boxes".to_owned()),
            n_lines => {
                meaning.is_small = n_lines > BOX && n_segments > 0;
                meaning.idle.push(if meaning.is_small {
                    "a small drawing".to_owned()
                } else {
                    "a line".to_owned()
                });
            }
        }
        meaning.idle.dedup();
        meaning
    }

    /// Looks at what the marks do to the words below them.
    fn words(&mut self, added: &[&Mark], is_place: bool) {
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
        let (most, most_over) = if is_place {
            (HIDES, OVER)
        } else {
            (HARDLY, HARDLY)
        };
        if hidden > most {
            self.unclear.push("something over words".to_owned());
        }
        let is_crossed_out = |mark: &&Mark| {
            matches!(mark.kind, MarkKind::Path { segments, .. } if segments <= LINES)
                && mark.hides.saturating_add(mark.over) > WORD
        };
        if crossed > most || added.iter().copied().any(|mark| is_crossed_out(&mark)) {
            self.unclear.push("a line through words".to_owned());
        }
        if over > most_over {
            self.unclear.push("a picture over words".to_owned());
        }
        // What has the color of paper is there to hide.
        if added
            .iter()
            .any(|mark| mark.pale && mark.hides.saturating_add(mark.over) > 0)
        {
            self.unclear
                .push("something in the color of paper over words".to_owned());
        }
    }

    fn one(&mut self, mark: &Mark, harmless: &Harmless) {
        match &mark.kind {
            MarkKind::Image if mark.covers > MUCH => {
                self.unclear
                    .push("a picture that covers much of it".to_owned());
            }
            MarkKind::Image if mark.covers == 0 => self.unclear.push("a tiny picture".to_owned()),
            MarkKind::Image | MarkKind::Ink | MarkKind::Stamp { .. } if mark.pale => {
                self.idle.push("something in the color of paper".to_owned());
            }
            MarkKind::Image | MarkKind::Ink | MarkKind::Stamp { .. } if mark.blank => {
                self.idle.push("a picture that shows nothing".to_owned());
            }
            MarkKind::Ink | MarkKind::Stamp { .. } if mark.ruled => {
                self.unclear.push("ruled lines or boxes".to_owned());
            }
            MarkKind::Image | MarkKind::Ink => self.signs = true,
            MarkKind::Path { .. } => {
                self.unclear
                    .push("a drawing that covers much of it".to_owned());
            }
            MarkKind::Stamp { drawn, says } => match (drawn, harmless.are_all(says)) {
                (true, true) => self.signs = true,
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

/// Returns true for a filled area with few corners, such as a white box over a word. A thin one is a line.
const fn is_box(mark: &Mark, segments: u32, filled: bool) -> bool {
    let [left, lower, right, upper] = mark.bounds;
    filled && segments <= 5 && right - left >= THIN && upper - lower >= THIN
}
