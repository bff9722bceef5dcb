//! A copy of a declaration from a Word or PowerPoint template. Another program makes its PDF, so clspack cannot make
//! it again, and a person has to compare it.

use crate::diag::{Code, Finding, told};
use crate::domain::SignedDeclaration;
use crate::error::Result;
use crate::gather::SignedPdf;
use crate::pdf::{Mark, MarkKind, Unread};
use crate::signing::compare::{Document, fits};
use crate::signing::doubts::Doubts;
use crate::signing::other::{Differs, on_built_in_template};
use crate::signing::outdated::{outdated, stated};
use crate::signing::words::hashes;
use crate::signing::{Claim, Remake, Wording, damaged};

/// Returns the finding about a copy; nothing if the manifest states what it was signed for.
pub(super) fn check(
    claim: &Claim<'_>,
    name: &str,
    signed: &SignedPdf,
    copy: &Document<'_>,
    remake: &mut Remake<'_>,
) -> Result<Option<Finding>> {
    if copy.pdf.unread.contains(&Unread::Damaged) {
        return Ok(Some(damaged(&[])));
    }
    let document = remake(Wording::BuiltIn, claim.on)?;
    if document.is_some_and(|document| fits(&Document::new(&document), copy)) {
        let differs = on_built_in_template(&format!("the template `{name}` is"));
        if let Differs::Is(finding) = differs {
            return Ok(Some(*finding));
        }
    }
    let text = copy.text();
    let short = claim.declared.hash.short();
    let shown = hashes(&text);
    if let Some(other) = shown.iter().find(|one| one.digits != short) {
        return Ok(Some(outdated(claim.declared, &text, other.digits)));
    }
    if !shown.is_empty() && !shown.iter().any(|one| one.declares) {
        let message = "the file shows the hash of the declaration, but is another document";
        let help = "name the signed declaration; your own template prints `Content declared:` before the hash";
        return Ok(Some(unusable(message, help)));
    }
    let has_text = has_text(copy);
    if has_text && shown.is_empty() && claim.own_prints_hash {
        let message = "the file is another document than the declaration, which shows its hash";
        let help = "name the signed declaration itself, with all its pages";
        return Ok(Some(unusable(message, help)));
    }
    if let Some(finding) = excerpt(&text, copy.n_pages()) {
        return Ok(Some(finding));
    }
    let mut doubts = Doubts::default();
    for page in &copy.pdf.pages {
        if let Some(finding) = doubts.misread(claim, &page.hidden) {
            return Ok(Some(finding));
        }
    }
    if has_text && !is_marked(signed) {
        return Ok(Some(doubts.not_signed(&short, true)));
    }
    Ok(match claim.stated {
        Some(one) if one.as_str() == short => None,
        Some(one) => Some(stated(claim.declared, one.as_str())),
        None => Some(Finding::at(
            Code::SignedContentUnknown,
            SignedDeclaration::field(),
            format!(
                "the signed copy was made from the template `{name}` by another program, so it cannot be compared here"
            ),
            told(|m| {
                format!(
                    "compare every page of it with the declaration in the pack; if they say the same and it is signed, write {}",
                    m.signed_for(&short)
                )
            }),
        )),
    })
}

fn unusable(message: &str, help: &str) -> Finding {
    let field = SignedDeclaration::field();
    Finding::at(Code::SignedCopyUnusable, field, message, help)
}

/// Returns true if the pages have readable words; letters may also be drawn.
fn has_text(copy: &Document<'_>) -> bool {
    const LETTERS: usize = 16;
    let unread = &copy.pdf.unread;
    let is_blind = [
        Unread::Garbled,
        Unread::UnknownFilter,
        Unread::Bound,
        Unread::Scan,
    ];
    let n_letters: usize = copy.texts.iter().map(|text| text.chars().count()).sum();
    n_letters >= LETTERS && !is_blind.iter().any(|why| unread.contains(why))
}

/// Returns true if there is a possible signature: a picture, a path, ink, a stamp or a digital signature.
fn is_marked(signed: &SignedPdf) -> bool {
    let mut marks = signed.pdf.pages.iter().flat_map(|page| &page.marks);
    let is_none = |mark: &Mark| {
        matches!(
            mark.kind,
            MarkKind::Note { .. } | MarkKind::EmptySignatureField
        ) || matches!(&mark.kind, MarkKind::Field { drawn: false, .. })
            || mark.blank
    };
    !signed.pdf.signatures.is_empty() || marks.any(|mark| !is_none(mark))
}

/// The document prints its number of pages; a copy with fewer lacks some of the declared content.
fn excerpt(text: &str, n_pages: usize) -> Option<Finding> {
    let number = |text: &str| -> Option<usize> {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let totals = text.match_indices("page").filter_map(|(at, word)| {
        let rest = text.get(at + word.len()..)?;
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        (digits > 0).then_some(())?;
        number(rest.get(digits..)?.strip_prefix("of")?)
    });
    // Digits that follow the number may stick to it, so the smallest is the right one.
    let total = totals.min()?;
    (n_pages < total).then(|| {
        let message = format!("the signed copy has {n_pages} of {total} pages");
        let help = "name a copy of the whole declaration";
        Finding::at(
            Code::SignedCopyUnusable,
            SignedDeclaration::field(),
            message,
            help,
        )
    })
}
