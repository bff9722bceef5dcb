//! One pass over a text. Each word and a few signs may begin a secret; only the text after them is examined.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::kind::Kind;
use crate::{commands, headers, keys, labelled, languages, numbers, settings, tokens, urls};

/// The most hits of one kind in one text. Other kinds are still found.
const MOST: usize = 200;
/// The same for what may be harmless, so that what comes later matters: addresses and telephone numbers.
const MOST_OF_PEOPLE: usize = 20_000;

/// Something found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the text.
    pub span: Range<usize>,
}

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// In the order of the text, none inside another.
    pub hits: Vec<Hit>,
    /// True if the text holds more addresses or numbers than were looked at.
    pub is_cut: bool,
}

/// A text on its way through the rules.
pub(crate) struct Scan<'t> {
    pub(crate) bytes: &'t [u8],
    pub(crate) hits: Vec<Hit>,
    counts: BTreeMap<Kind, usize>,
    /// The end of the text that was already searched for long keys and headers, so that it is searched once.
    pub(crate) looked: usize,
    /// How many identity card numbers were judged.
    pub(crate) n_looked: usize,
    /// How many addresses of e-mail were looked at closely.
    pub(crate) n_addresses: usize,
    /// Whether the text names an identity card anywhere, such as in a table heading.
    pub(crate) names_cards_of_identity: bool,
    /// How many long numbers are not card numbers. Among many of them, a right check digit is chance.
    pub(crate) n_other_numbers: usize,
    /// Whether something that might be a hit was passed over.
    pub(crate) is_cut: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Sign,
    Other,
}

static CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut classes = [Class::Other; 256];
    let mut b = 0_u8;
    loop {
        classes[b as usize] = match b {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' => Class::Word,
            b'@' | b'$' | b'-' | b'{' => Class::Sign,
            _ => Class::Other,
        };
        if b == u8::MAX {
            return classes;
        }
        b += 1;
    }
}

/// Finds what should not be in a text.
pub fn search(text: &str) -> Vec<Hit> {
    search_all(text).hits
}

/// Finds what should not be in a text, and says whether that is all.
pub(crate) fn search_all(text: &str) -> Found {
    let bytes = text.as_bytes();
    let mut scan = Scan {
        bytes,
        hits: Vec::new(),
        counts: BTreeMap::new(),
        looked: 0,
        n_looked: 0,
        n_addresses: 0,
        names_cards_of_identity: false,
        n_other_numbers: 0,
        is_cut: false,
    };
    let mut at = 0;
    while at < bytes.len() {
        match CLASSES[usize::from(bytes[at])] {
            Class::Other => at += 1,
            Class::Word => {
                let start = at;
                while at < bytes.len() && CLASSES[usize::from(bytes[at])] == Class::Word {
                    at += 1;
                }
                scan.word(start..at);
            }
            Class::Sign => at = scan.sign(at),
        }
    }
    if !text.is_ascii() {
        languages::passwords(text, &mut scan);
    }
    Found {
        is_cut: scan.is_cut,
        hits: scan.settle(),
    }
}

impl<'t> Scan<'t> {
    pub(crate) fn hit(&mut self, kind: Kind, span: Range<usize>) {
        let count = self.counts.entry(kind).or_default();
        let is_of_people = matches!(kind, Kind::Email | Kind::Phone);
        let most = if is_of_people { MOST_OF_PEOPLE } else { MOST };
        self.is_cut |= is_of_people && *count >= most;
        if *count < most {
            *count += 1;
            self.hits.push(Hit { kind, span });
        }
    }

    pub(crate) fn slice(&self, span: Range<usize>) -> &'t [u8] {
        self.bytes.get(span).unwrap_or_default()
    }

    fn word(&mut self, span: Range<usize>) {
        let first = self.bytes[span.start];
        if first.is_ascii_digit() {
            return numbers::number(self, span);
        }
        if first.is_ascii_uppercase() && span.len() <= 8 {
            numbers::of_parted_identity(self, span.start);
        }
        if span.len() < 2 {
            return;
        }
        if first.is_ascii_uppercase() && span.len() >= 8 && span.len() <= 10 {
            numbers::of_identity(self, &span);
        }
        if self.bytes[span.clone()].starts_with(b"LS0tLS1CRUdJTi") {
            keys::encoded(self, span.start);
        }
        commands::command(self, &span);
        tokens::token(self, &span);
        headers::header(self, &span);
        labelled::label(self, &span);
        settings::setting(self, &span);
    }

    /// Examines a sign; returns where to continue.
    fn sign(&mut self, at: usize) -> usize {
        match self.bytes[at] {
            b'@' => urls::at_sign(self, at),
            b'$' | b'{' => keys::hash(self, at),
            _ => {
                let end = at + self.bytes[at..].iter().take_while(|b| **b == b'-').count();
                if end - at >= 5 {
                    keys::block(self, end);
                }
                return end;
            }
        }
        at + 1
    }

    /// Drops hits inside other hits, and judges numbers by the whole text.
    fn settle(self) -> Vec<Hit> {
        let n_cards = self
            .hits
            .iter()
            .filter(|hit| hit.kind == Kind::LikelyCard)
            .count();
        let are_numbers = self.n_other_numbers > n_cards;
        let mut hits = self.hits;
        hits.retain(|hit| hit.kind != Kind::LikelyCard || !are_numbers);
        for hit in &mut hits {
            if hit.kind == Kind::LikelyIdentity && self.names_cards_of_identity {
                hit.kind = Kind::Identity;
            }
        }
        hits.sort_by_key(|hit| (hit.span.start, hit.kind));
        let mut end = 0;
        hits.retain(|hit| {
            let is_new = hit.span.start >= end;
            end = end.max(hit.span.end);
            is_new
        });
        hits
    }
}
