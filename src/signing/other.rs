//! A copy whose pages are clearly not those of the declaration: other content, other wording, another day, or
//! missing, blank or additional pages. No statement in the manifest overrules this.

use crate::diag::{Code, Finding, Told};
use crate::domain::text::shown;
use crate::domain::{Date, SignedDeclaration};
use crate::error::Result;
use crate::signing::compare::{Compared, Document, Text, difference, fits};
use crate::signing::outdated::{SIGN_NEW, SIGN_NEW_IN_CELL, outdated};
use crate::signing::words::{hashes, other_dates};
use crate::signing::{Claim, Remake, Wording};

/// How many days are tried as the day of a copy.
const DAYS: usize = 4;
/// The text in a draft instead of a hash.
const DRAFT: &str = "contentdeclared:none";
/// The text on a page that a signing service adds.
const CERTIFICATE: &[&str] = &[
    "certificate",
    "envelope",
    "audittrail",
    "auditreport",
    "signingrecord",
    "signaturereport",
    "agreementhistory",
];

/// How a copy differs that does not have exactly the pages of the declaration.
pub(super) enum Differs {
    /// It is the declaration for this day.
    ForDay(Date),
    /// The declaration, followed by a page of a signing service.
    HasCertificate,
    /// It is not the declaration.
    Is(Box<Finding>),
}

fn unusable(message: impl Into<Told>, help: impl Into<Told>) -> Differs {
    let finding = Finding::at(
        Code::SignedCopyUnusable,
        SignedDeclaration::field(),
        message,
        help,
    );
    Differs::Is(Box::new(finding))
}

fn refusal(message: impl Into<Told>, help: impl Into<Told>) -> Differs {
    let finding = Finding::at(
        Code::SignedForOtherContent,
        SignedDeclaration::field(),
        message,
        help,
    );
    Differs::Is(Box::new(finding))
}

/// Returns how a copy differs from the declaration if a page is missing, added, or has another text.
pub(super) fn differs(
    claim: &Claim<'_>,
    prepared: &Document<'_>,
    copy: &Document<'_>,
    pages: &[Compared<'_>],
    remake: &mut Remake<'_>,
) -> Result<Differs> {
    if copy.text().contains(DRAFT) {
        return Ok(unusable(
            "the signed copy is a draft, which declares nothing",
            "sign the declaration that `clspack pack` writes without `--draft`",
        ));
    }
    if let Some(found) = of_other_content(claim, copy, pages) {
        return Ok(found);
    }
    if let Some(found) = by_wording_or_day(claim, prepared, copy, remake)? {
        return Ok(found);
    }
    let blank = pages.iter().position(|page| page.text == Text::Blank);
    if let Some(page) = blank.filter(|_| pages.iter().any(is_same)) {
        return Ok(unusable(
            format!("page {} of the signed copy is blank or damaged", page + 1),
            "ask the signatory for the file again",
        ));
    }
    Ok(match copy.n_pages().cmp(&prepared.n_pages()) {
        std::cmp::Ordering::Less => fewer(claim, prepared, copy),
        std::cmp::Ordering::Greater => more(prepared, copy, pages),
        std::cmp::Ordering::Equal => text_differs(claim, prepared, copy, pages),
    })
}

fn is_same(page: &Compared<'_>) -> bool {
    matches!(page.text, Text::Same(_))
}

/// A page with another hash belongs to another declaration.
fn of_other_content(
    claim: &Claim<'_>,
    copy: &Document<'_>,
    pages: &[Compared<'_>],
) -> Option<Differs> {
    let short = claim.declared.hash.short();
    let mut old: Option<(usize, &str)> = None;
    let mut has_present = false;
    for (index, text) in copy.texts.iter().enumerate() {
        let is_compared = pages
            .get(index)
            .is_some_and(|page| is_same(page) || page.text == Text::Picture);
        let shown = hashes(text);
        has_present |= is_compared || shown.iter().any(|one| one.digits == short);
        let other = shown.iter().find(|one| one.digits != short);
        if let Some(other) = other.filter(|_| !is_compared && old.is_none()) {
            old = Some((index + 1, other.digits));
        }
    }
    let (page, hash) = old?;
    if !has_present {
        let finding = outdated(claim.declared, &copy.text(), hash);
        return Some(Differs::Is(Box::new(finding)));
    }
    let message = format!(
        "page {page} of the signed copy is from another declaration: it shows `{hash}`, other pages `{short}`"
    );
    let help = "name a copy in which all pages are from the present declaration";
    Some(refusal(message, help))
}

/// The same content may have been printed for another day, or from another template.
fn by_wording_or_day(
    claim: &Claim<'_>,
    prepared: &Document<'_>,
    copy: &Document<'_>,
    remake: &mut Remake<'_>,
) -> Result<Option<Differs>> {
    let days = other_dates(&copy.text(), &prepared.text());
    for day in days.into_iter().take(DAYS) {
        let document = remake(Wording::InUse, day)?;
        if !document.is_some_and(|document| fits(&Document::new(&document), copy)) {
            continue;
        }
        if claim.day_is_open {
            return Ok(Some(Differs::ForDay(day)));
        }
        let message = format!(
            "the declaration was signed for the day {day}, but is now for the day {}",
            claim.on
        );
        let help = format!(
            "write `submission: {day}` below `application`, or have the declaration signed for the new day"
        );
        let in_cell = format!(
            "write {day} as the day of submission, or have the declaration signed for the new day"
        );
        return Ok(Some(match refusal(message, help) {
            Differs::Is(finding) => Differs::Is(Box::new(finding.in_cell(in_cell))),
            other => other,
        }));
    }
    if claim.is_built_in {
        return Ok(None);
    }
    let document = remake(Wording::BuiltIn, claim.on)?;
    let is_built_in = document.is_some_and(|document| fits(&Document::new(&document), copy));
    Ok(is_built_in.then(|| on_built_in_template("the templates of `--templates` are")))
}

/// Reports that the signed copy has the wording of the built-in template.
pub(super) fn on_built_in_template(in_use: &str) -> Differs {
    let message = format!(
        "the declaration was signed on the built-in template, but {in_use} in use now, with another wording"
    );
    let help = "have the new declaration signed, or use the built-in template";
    refusal(message, help)
}

/// Pages are missing, or the file is another document.
fn fewer(claim: &Claim<'_>, prepared: &Document<'_>, copy: &Document<'_>) -> Differs {
    let is_there = |text: &&String| copy.texts.iter().any(|page| page.contains(text.as_str()));
    let n_there = prepared.texts.iter().filter(is_there).count();
    let is_text = copy.texts.iter().any(|text| !text.is_empty());
    if n_there == 0 && is_text {
        return another_document(claim, copy);
    }
    let (n_pages, total) = (copy.n_pages(), prepared.n_pages());
    let mut missing = prepared.texts.iter().enumerate();
    let missing = missing.find(|(_, text)| !is_there(text) && n_there == n_pages);
    let which = missing.map_or_else(String::new, |(index, _)| {
        format!("; page {} is missing", index + 1)
    });
    unusable(
        format!("the signed copy has {n_pages} of {total} pages{which}"),
        "name a copy of the whole declaration",
    )
}

fn another_document(claim: &Claim<'_>, copy: &Document<'_>) -> Differs {
    let short = claim.declared.hash.short();
    let quotes = hashes(&copy.text()).iter().any(|one| one.digits == short);
    let message = if quotes {
        "the file shows the hash of the declaration, but is another document"
    } else {
        "the file is another document than the declaration"
    };
    unusable(
        message,
        "name the signed declaration itself, with all its pages",
    )
}

/// Pages follow the declaration, or precede it.
fn more(prepared: &Document<'_>, copy: &Document<'_>, pages: &[Compared<'_>]) -> Differs {
    let n_pages = prepared.n_pages();
    let is_other = |page: &Compared<'_>| matches!(page.text, Text::Other | Text::Blank);
    if pages.iter().any(is_other) {
        let message = format!(
            "the signed copy has {} pages, the declaration has {n_pages}",
            copy.n_pages()
        );
        return unusable(message, "name a copy of only the declaration");
    }
    let added = copy.texts.get(n_pages..).unwrap_or_default();
    let is_of_service =
        |text: &String| text.is_empty() || CERTIFICATE.iter().any(|word| text.contains(word));
    let is_declared = |text: &String| !hashes(text).is_empty();
    if added.iter().all(is_of_service) && !added.iter().any(is_declared) {
        return Differs::HasCertificate;
    }
    unusable(
        format!(
            "page {} of the signed copy is not a page of the declaration",
            n_pages + 1
        ),
        "name a copy of only the declaration, as it was signed",
    )
}

/// The number of pages is right, but a page has another text.
fn text_differs(
    claim: &Claim<'_>,
    prepared: &Document<'_>,
    copy: &Document<'_>,
    pages: &[Compared<'_>],
) -> Differs {
    let is_other = |page: &Compared<'_>| matches!(page.text, Text::Other | Text::Blank);
    let short = claim.declared.hash.short();
    let is_declared = hashes(&copy.text()).iter().any(|one| one.digits == short);
    let Some(index) = pages.iter().position(is_other).filter(|_| is_declared) else {
        return another_document(claim, copy);
    };
    let (now, signed) = difference(&prepared.texts[index], &copy.texts[index]);
    let message = format!(
        "page {} of the signed copy differs from the declaration",
        index + 1
    );
    let help = if claim.is_built_in && !pages.iter().any(is_same) {
        "if it was signed on a template of your own, name its folder with `--templates`; otherwise have the new declaration signed"
    } else {
        SIGN_NEW
    };
    let finding = Finding::at(
        Code::SignedForOtherContent,
        SignedDeclaration::field(),
        message,
        help,
    );
    let finding = if help == SIGN_NEW {
        finding.in_cell(SIGN_NEW_IN_CELL)
    } else {
        finding
    };
    let note = format!(
        "without spaces, the copy has `{}` where the declaration has `{}`",
        shown(&signed),
        shown(&now)
    );
    Differs::Is(Box::new(finding.because(note)))
}
