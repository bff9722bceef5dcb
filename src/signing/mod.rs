//! Decides whether a signed declaration is the current declaration, with a signature on it.
//!
//! clspack makes the unsigned declaration again and compares the copy with it page by page: every page must be there
//! with the same text, and something must be added that people add to sign. If that cannot be seen (a scan, a print
//! by another program), a person compares, and states the hash in the manifest.

mod compare;
mod covered;
mod doubts;
mod marks;
mod other;
mod outdated;
mod own;
mod place;
mod repeated;
mod shown;
mod strokes;
mod uncertainty;
mod words;

#[cfg(test)]
mod tests;

use crate::diag::{Code, Finding};
use crate::domain::{Application, Date, ShortHash, SignedDeclaration};
use crate::error::Result;
use crate::gather::SignedPdf;
use crate::pdf::{Pdf, Unread};
use crate::render::Declared;
use compare::{Compared, Document, Text, compare};
use doubts::Doubts;
use other::{Differs, differs};
pub use shown::Shown;

/// What a signed copy is compared with.
pub struct Claim<'a> {
    pub declared: &'a Declared,
    /// The content that it was signed for, according to the manifest.
    pub stated: Option<&'a ShortHash>,
    /// The application, whose signatory may add words when signing.
    pub application: &'a Application,
    /// The day of the plan, which the declaration prints.
    pub on: Date,
    /// Whether that day is only today's, so that a copy may be of another day.
    pub day_is_open: bool,
    /// The name of the Word or PowerPoint template, if one is in use.
    pub own: Option<&'a str>,
    /// Whether that template prints the hash, as far as that is known.
    pub own_prints_hash: bool,
    /// Whether the templates in use are the built-in ones.
    pub is_built_in: bool,
}

/// The templates from which a declaration is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    InUse,
    BuiltIn,
}

/// Makes the unsigned declaration for a day, and reads it; `None` if it cannot be read.
pub type Remake<'p> = dyn FnMut(Wording, Date) -> Result<Option<Pdf>> + 'p;

/// Returns the finding about a signed copy; nothing if it is the declaration, signed. A copy without a PDF is a
/// picture.
///
/// # Errors
/// The unsigned declaration cannot be made.
pub fn check(
    claim: &Claim<'_>,
    copy: Option<&SignedPdf>,
    remake: &mut Remake<'_>,
) -> Result<Option<Finding>> {
    let Some(signed) = copy else {
        let doubts = Doubts::of("it is a picture");
        return Ok(doubts.settled(claim));
    };
    if let Some(finding) = doubts::unfit(signed) {
        return Ok(Some(finding));
    }
    let copy = Document::new(&signed.pdf);
    if let Some(name) = claim.own {
        return own::check(claim, name, signed, &copy, remake);
    }
    let Some(pdf) = remake(Wording::InUse, claim.on)? else {
        return Ok(cannot_be_made().settled(claim));
    };
    let prepared = Document::new(&pdf);
    let pages = compare(&prepared, &copy);
    if copy.pdf.unread.contains(&Unread::Damaged) {
        return Ok(Some(damaged(&pages)));
    }
    let mut doubts = Doubts::default();
    if is_whole(&prepared, &copy, &pages) {
        return Ok(signature(claim, &prepared, signed, &pages, doubts));
    }
    match differs(claim, &prepared, &copy, &pages, remake)? {
        Differs::Is(finding) => Ok(Some(*finding)),
        Differs::HasCertificate => {
            doubts.add("pages of a signing service follow the declaration");
            Ok(signature(claim, &prepared, signed, &pages, doubts))
        }
        Differs::ForDay(day) => {
            let Some(pdf) = remake(Wording::InUse, day)? else {
                return Ok(cannot_be_made().settled(claim));
            };
            let prepared = Document::new(&pdf);
            let pages = compare(&prepared, &copy);
            Ok(signature(claim, &prepared, signed, &pages, doubts))
        }
    }
}

fn cannot_be_made() -> Doubts {
    Doubts::of("the declaration cannot be made again to compare it with")
}

/// Returns true if the copy has as many pages, and none of them is clearly different.
fn is_whole(prepared: &Document<'_>, copy: &Document<'_>, pages: &[Compared<'_>]) -> bool {
    let unread = &copy.pdf.unread;
    let is_blind = [Unread::Garbled, Unread::UnknownFilter, Unread::Bound]
        .iter()
        .any(|why| unread.contains(why));
    let is_other = |page: &Compared<'_>| match page.text {
        Text::Same(_) | Text::Picture | Text::SetAgain | Text::Ligatures => false,
        Text::Blank | Text::Other => !is_blind,
    };
    // A scan may have more pages, such as the empty backs of sheets.
    let is_scan = pages.iter().all(|page| page.text == Text::Picture);
    let (n_pages, total) = (copy.n_pages(), prepared.n_pages());
    (n_pages == total || n_pages > total && is_scan) && !pages.iter().any(is_other)
}

/// Decides whether a copy with every page is signed.
fn signature(
    claim: &Claim<'_>,
    prepared: &Document<'_>,
    signed: &SignedPdf,
    pages: &[Compared<'_>],
    mut doubts: Doubts,
) -> Option<Finding> {
    if let Some(finding) = doubts.pages(claim, prepared, signed, pages) {
        return Some(finding);
    }
    doubts.signatures(prepared, signed);
    doubts.settled(claim)
}

/// Reports which page is damaged, if that is known.
fn damaged(pages: &[Compared<'_>]) -> Finding {
    let is_same = |page: &Compared<'_>| matches!(page.text, Text::Same(_));
    let page = pages.iter().position(|page| !is_same(page));
    let what = page.map_or_else(
        || "a part of the signed copy".to_owned(),
        |page| format!("page {} of the signed copy", page + 1),
    );
    let message = format!("{what} is damaged");
    let help = "ask the signatory for the file again, as it was when it was signed";
    Finding::at(
        Code::SignedCopyUnusable,
        SignedDeclaration::field(),
        message,
        help,
    )
}
