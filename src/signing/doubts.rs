//! Weighs the observations on a copy that has every page of the declaration: was a signature added, and is there
//! anything that only a person can judge?

use std::collections::BTreeMap;

use crate::diag::{Code, Finding, told};
use crate::domain::SignedDeclaration;
use crate::gather::SignedPdf;
use crate::pdf::{DigestCheck, Mark, Page, Signature, SignatureKind, Unread};
use crate::signing::Claim;
use crate::signing::compare::{Compared, Document, Text, fits, is_bare};
use crate::signing::covered;
use crate::signing::marks::{Meaning, Position, Sheet, is_over_words};
use crate::signing::outdated::{outdated, stated};
use crate::signing::place::Place;
use crate::signing::repeated::Repeated;
use crate::signing::uncertainty::{Uncertainty, listed};
use crate::signing::words::{Harmless, hashes, is_near};

/// Words on the page to be signed; a document without them may be signed anywhere.
const PLACE: [&str; 2] = ["contentdeclared:", "signature"];

/// Returns the pages on which a document is to be signed: those with the declared content, and the last page that
/// mentions a signature. Other pages may mention one in an answer.
pub(super) fn places(texts: &[String]) -> Vec<usize> {
    let [declared, signature] = PLACE;
    let of = |word: &str| {
        let pages = texts.iter().enumerate();
        pages
            .filter_map(move |(index, text)| text.contains(word).then_some(index))
            .collect::<Vec<_>>()
    };
    let mut places = of(declared);
    places.extend(of(signature).last());
    places
}

#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Doubts {
    /// A mark was added that people add to sign.
    signs: bool,
    /// A mark may be a signature, but cannot be recognised as one.
    may_sign: bool,
    /// Nothing at all was added to a document whose words are text, so nothing there could be a signature.
    is_bare: bool,
    /// A drawing was added that is too small to recognise as a signature.
    is_small: bool,
    /// A picture or drawing is on every page, in the same place.
    has_logo: bool,
    /// Possible signatures if there is no clear one, with their places.
    perhaps: Vec<String>,
    /// Why the pages cannot be compared with certainty.
    why: Vec<String>,
    pages: BTreeMap<Uncertainty, Vec<usize>>,
    /// Additions that may hide words, and are no signature.
    over: Vec<String>,
    /// Additions with text.
    alters: Vec<String>,
    /// Other additions that are no signature.
    idle: Vec<String>,
}

impl Doubts {
    /// A copy that cannot be compared at all.
    pub(super) fn of(why: &str) -> Self {
        Self {
            may_sign: true,
            why: vec![why.to_owned()],
            ..Self::default()
        }
    }

    /// Adds a reason why a person has to look.
    pub(super) fn add(&mut self, why: impl Into<String>) {
        self.why.push(why.into());
    }

    fn page(&mut self, why: Uncertainty, number: usize) {
        self.pages.entry(why).or_default().push(number);
    }

    /// Examines every page. Returns a finding that no statement in the manifest overrules.
    pub(super) fn pages(
        &mut self,
        claim: &Claim<'_>,
        prepared: &Document<'_>,
        signed: &SignedPdf,
        pages: &[Compared<'_>],
    ) -> Option<Finding> {
        let harmless = Harmless::of(claim.application);
        self.is_bare = is_bare(prepared, &signed.pdf, pages);
        let places = places(&prepared.texts);
        let repeated = Repeated::of(&signed.pdf, pages);
        let copy = signed.pdf.pages.iter().zip(&prepared.texts);
        for (index, (page, (shown, _))) in pages.iter().zip(copy).enumerate() {
            let number = index + 1;
            match &page.text {
                Text::Same(added) => {
                    let is_place = places.is_empty() || places.contains(&index);
                    self.added(added, number, is_place, &harmless);
                    let old = prepared.pdf.pages.get(index);
                    let place = old.map(|old| Place::of(old, claim.application));
                    let place = place.filter(|_| is_place);
                    self.marks(page, shown, number, place, &repeated, &harmless);
                }
                Text::Picture => {
                    self.may_sign = true;
                    self.page(Uncertainty::Picture, number);
                    let text = [shown.text.as_str(), &shown.hidden].concat();
                    if let Some(finding) = self.misread(claim, &text) {
                        return Some(finding);
                    }
                }
                Text::SetAgain => {
                    self.may_sign = true;
                    self.page(Uncertainty::Order, number);
                }
                Text::Ligatures | Text::Blank | Text::Other => {
                    self.may_sign = true;
                    self.page(Uncertainty::Letters, number);
                }
            }
        }
        let pages = std::mem::take(&mut self.pages);
        self.why
            .extend(pages.iter().map(|(why, pages)| why.describe(pages)));
        let unread = &signed.pdf.unread;
        let is_harmless = |why: Unread| matches!(why, Unread::Scan | Unread::Attachment);
        if signed.pdf.is_repaired {
            self.add("the file is damaged, and other programs may show something else");
        }
        if self.why.is_empty() && unread.iter().any(|why| !is_harmless(*why)) {
            self.add("a part of the file cannot be read");
        }
        None
    }

    /// Examines the words that were added to a page.
    fn added(&mut self, added: &[String], number: usize, is_place: bool, harmless: &Harmless) {
        let is_harmless =
            |text: &str| harmless.are_all_elsewhere(text) || (is_place && harmless.are_all(text));
        for text in added.iter().filter(|text| !is_harmless(text)) {
            let text = crate::domain::text::shown(text);
            self.alters.push(format!("`{text}` on page {number}"));
        }
    }

    /// Examines the marks that were added to a page; `place` is where it is signed.
    fn marks(
        &mut self,
        page: &Compared<'_>,
        copy: &Page,
        number: usize,
        place: Option<Place>,
        repeated: &Repeated<'_>,
        harmless: &Harmless,
    ) {
        let (logos, added): (Vec<&Mark>, Vec<&Mark>) =
            page.added.iter().partition(|mark| repeated.has(mark));
        if logos.iter().any(|mark| is_over_words(mark)) {
            let what = format!("page {number} has words below the picture that is on every page");
            self.over.push(what);
        }
        if !logos.is_empty() && number == 1 {
            self.has_logo = true;
            self.idle
                .push("the same picture or drawing on every page, like a logo".to_owned());
        }
        let hidden = covered::hidden(copy, &page.added);
        let is_there = |mark: &Mark| place.is_some_and(|place| place.has(mark));
        let sheet = Sheet {
            number,
            is_signed: place.is_some(),
            has_rows: place.is_some_and(Place::is_known),
            hides: &|mark| place.is_some_and(|place| place.is_declaration_hidden(mark)),
            position: &|mark| match (hidden.contains(&std::ptr::from_ref(mark)), is_there(mark)) {
                (true, _) => Position::Below,
                (false, true) => Position::There,
                (false, false) => Position::Elsewhere,
            },
        };
        let meaning = Meaning::of(&added, &sheet, harmless);
        self.signs |= meaning.signs;
        self.may_sign |= !meaning.perhaps.is_empty();
        self.perhaps.extend(meaning.perhaps);
        let on = |what: &String| format!("{what} on page {number}");
        self.idle.extend(meaning.idle.iter().map(on));
        self.alters.extend(meaning.alters.iter().map(on));
        let has = |what: &String| format!("page {number} has {what}");
        self.over.extend(meaning.over.iter().map(has));
        self.is_small |= meaning.is_small;
        self.may_sign |= !meaning.unclear.is_empty();
        self.why.extend(meaning.unclear.iter().map(has));
        if page.n_missing > 0 {
            self.page(Uncertainty::Drawn, number);
        }
        if page.is_resized {
            self.page(Uncertainty::Cut, number);
        }
    }

    /// The text behind a picture may be misread. A hash that is clearly another one shows other content.
    pub(super) fn misread(&mut self, claim: &Claim<'_>, text: &str) -> Option<Finding> {
        let short = claim.declared.hash.short();
        let text = crate::signing::words::squeezed(text);
        for hash in hashes(&text) {
            if !is_near(hash.digits, &short) {
                return Some(outdated(claim.declared, &text, hash.digits));
            }
            if hash.digits != short {
                let why = format!(
                    "its hidden text reads `{}`, which may be `{short}` misread by the scanner",
                    hash.digits
                );
                if !self.why.contains(&why) {
                    self.add(why);
                }
            }
        }
        None
    }

    /// Examines the digital signatures. A signature with later changes counts if the file was the same declaration
    /// when it was signed. A time stamp is nobody's signature.
    pub(super) fn signatures(&mut self, prepared: &Document<'_>, signed: &SignedPdf) {
        let all = signed.pdf.signatures.iter().zip(&signed.states);
        let mut is_broken = false;
        let mut is_unknown = false;
        let mut is_good = false;
        for (signature, state) in all {
            if signature.kind == SignatureKind::TimeStamp {
                self.idle.push("a time stamp".to_owned());
                continue;
            }
            let says_the_same = match state {
                None => signature.bytes_after == 0,
                Some(state) => fits(prepared, &Document::new(state)),
            };
            let is_valid = signature.covers_file && says_the_same;
            let is_known = signature.digest == DigestCheck::Fits;
            is_good |= is_valid && is_known;
            is_unknown |= is_valid && !is_known;
            is_broken |= !is_valid;
        }
        self.signs |= is_good;
        if is_broken && !is_good {
            self.may_sign = true;
            self.add("the file was changed after the digital signature was made");
        }
        if is_unknown && !self.signs {
            self.may_sign = true;
            self.add("clspack cannot check whether the digital signature was made on this file");
        }
    }

    /// Returns the finding, taking the statement in the manifest into account.
    pub(super) fn settled(self, claim: &Claim<'_>) -> Option<Finding> {
        let short = claim.declared.hash.short();
        if let Some(one) = claim.stated.filter(|one| one.as_str() != short) {
            return Some(stated(claim.declared, one.as_str()));
        }
        let is_stated = claim.stated.is_some();
        if self.is_bare {
            return Some(self.not_signed(&short, true));
        }
        let is_sure = self.why.is_empty();
        if !self.signs && !self.may_sign {
            let is_sure = is_sure && !self.has_logo && !self.is_small;
            return (is_sure || !is_stated).then(|| self.not_signed(&short, is_sure));
        }
        let is_clear = is_sure && self.over.is_empty() && self.alters.is_empty() && self.signs;
        (!is_clear && !is_stated).then(|| self.question(&short))
    }

    /// Reports that no signature was added.
    pub(super) fn not_signed(&self, short: &str, is_sure: bool) -> Finding {
        let message = "no signature found in this PDF: no image, ink, pen stroke or digital signature was added to the declaration";
        let help = if is_sure {
            "name the copy that was signed".into()
        } else {
            told(|m| {
                format!(
                    "name the copy that was signed; if this one is, compare every page with the declaration in the pack, look for the signature, and write {}",
                    m.signed_for(short)
                )
            })
        };
        let finding = Finding::at(Code::NotSigned, SignedDeclaration::field(), message, help);
        let seen: Vec<&str> = [&self.alters, &self.idle, &self.over, &self.why]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        match seen.as_slice() {
            [] => finding,
            seen => finding.because(format!("found instead: {}", listed(seen))),
        }
    }

    /// Reports that an addition need not be the signature.
    fn doubtful(&self, short: &str) -> Finding {
        let seen: Vec<&str> = self.perhaps.iter().map(String::as_str).collect();
        let message = format!(
            "no signature found where the declaration is signed, only {}",
            listed(&seen)
        );
        let help = told(|m| {
            format!(
                "have the declaration signed in the row for the signature; if it is signed, compare every page with the declaration in the pack, and write {}",
                m.signed_for(short)
            )
        });
        Finding::at(
            Code::SignatureDoubtful,
            SignedDeclaration::field(),
            message,
            help,
        )
    }

    /// Reports that a person has to compare.
    fn question(&self, short: &str) -> Finding {
        let alters = self
            .alters
            .iter()
            .map(|what| format!("the signed copy has {what}"));
        let why = self.over.iter().chain(&self.why).cloned();
        let mut why = why.chain(alters);
        let Some(first) = why.next() else {
            return self.doubtful(short);
        };
        let message = format!("a person has to compare the signed copy: {first}");
        let help = told(|m| {
            format!(
                "compare every page with the declaration in the pack; if they say the same, show `{short}`, and are signed, write {}",
                m.signed_for(short)
            )
        });
        let finding = Finding::at(
            Code::SignedContentUnknown,
            SignedDeclaration::field(),
            message,
            help,
        );
        let perhaps = if self.signs {
            &[]
        } else {
            self.perhaps.as_slice()
        };
        let rest: Vec<String> = why.chain(perhaps.iter().cloned()).collect();
        let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
        match rest.as_slice() {
            [] => finding,
            rest => finding.because(format!("also: {}", listed(rest))),
        }
    }
}

/// Reports a digital signature that does not match the file, even beside valid ones: everybody who opens
/// the file sees that warning.
pub(super) fn unfit(signed: &SignedPdf) -> Option<Finding> {
    let is_unfit = |signature: &Signature| {
        signature.kind == SignatureKind::Person && signature.digest == DigestCheck::Differs
    };
    let message = "the digital signature in the file does not fit its content: it was changed after it was signed, or the signature is of another document";
    let help = "ask the signatory for the file again, as it was when it was signed";
    (signed.pdf.signatures.iter().any(is_unfit)).then(|| {
        Finding::at(
            Code::SignedCopyUnusable,
            SignedDeclaration::field(),
            message,
            help,
        )
    })
}
