//! Whether a signed declaration stands for what is declared now.
//!
//! The declaration bears a short hash of its content, and one of each of its parts. A signed copy whose
//! text bears the same hash is good. One without text is good for the hash that the manifest states.

use crate::diag::{Code, Finding};
use crate::domain::ShortHash;
use crate::domain::text::shown;
use crate::pdftext::PdfText;
use crate::render::{Declared, Part};

/// The word before the hash, as it is found in a text without white space; `declared:` may follow it.
const MARK: &str = "content";
/// The field of the manifest.
const FIELD: &str = "declaration.signed";
/// How many of the changed texts of a part are named.
const NAMED: usize = 3;

/// Returns what is wrong with a signed copy; nothing if it stands for what is declared. `stated` is what the
/// manifest says it was signed for.
pub fn check(declared: &Declared, copy: &PdfText, stated: Option<&ShortHash>) -> Option<Finding> {
    let short = declared.hash.short();
    let text = copy.text.as_str();
    // Other papers of a pack bear the hash too, but only the declaration declares it.
    if text.contains(&format!("{MARK}declared:{short}")) {
        if let Some(finding) = excerpt(copy) {
            return Some(finding);
        }
        let is_stated = stated.is_some_and(|stated| stated.as_str() == short);
        return unsigned(copy, &short).filter(|_| !is_stated);
    }
    if hash_in(text) == Some(&short) {
        let message = "the file is another paper than the declaration: it bears the hash of what is declared, and does not declare it";
        let help = "name the signed declaration; one from a template of your own says `Content declared:` before the hash";
        return Some(Finding::at(Code::SignedCopyUnusable, FIELD, message, help));
    }
    if let Some(signed) = hash_in(text) {
        return Some(outdated(declared, text, signed));
    }
    match stated {
        Some(stated) if stated.as_str() == short => None,
        Some(stated) => Some(Finding::at(
            Code::SignedForOtherContent,
            "declaration.signed_for",
            format!("the declaration was signed for `{stated}`, but its content is now `{short}`"),
            SIGN_ANEW,
        )),
        None => Some(Finding::at(
            Code::SignedContentUnknown,
            FIELD,
            "the signed declaration holds no text that says for which content it was signed",
            format!(
                "compare the page with the content `{short}`; if it bears these digits, write `signed_for: {short}`"
            ),
        )),
    }
}

/// The paper says how many pages it has; a copy of fewer lacks some of what is declared.
fn excerpt(copy: &PdfText) -> Option<Finding> {
    let number = |text: &str| -> Option<usize> {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let totals = copy.text.match_indices("page").filter_map(|(at, word)| {
        let rest = copy.text.get(at + word.len()..)?;
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        (digits > 0).then_some(())?;
        number(rest.get(digits..)?.strip_prefix("of")?)
    });
    // Digits that follow the number may stick to it, so the smallest is the right one.
    let total = totals.min()?;
    (copy.n_pages < total).then(|| {
        let message = format!("the signed copy has {} of {total} pages", copy.n_pages);
        let help = "name a copy of the whole declaration";
        Finding::at(Code::SignedCopyUnusable, FIELD, message, help)
    })
}

/// A file on which nothing was laid bears no signature that can be seen from here. Pictures and drawings may
/// be one; only their absence tells.
fn unsigned(copy: &PdfText, short: &str) -> Option<Finding> {
    (!copy.is_marked).then(|| {
        let message =
            "nothing in the file tells of a signature: no picture, no drawing, no signature field";
        let help = format!(
            "name the copy that was signed; if this one is, write `signed_for: {short}` too"
        );
        Finding::at(Code::NotSigned, FIELD, message, help)
    })
}

const SIGN_ANEW: &str = "have the present declaration signed, or take back what was changed since; remove `declaration` until then";

fn outdated(declared: &Declared, text: &str, signed: &str) -> Finding {
    let short = declared.hash.short();
    let message =
        format!("the declaration was signed for `{signed}`, but its content is now `{short}`");
    let finding = Finding::at(Code::SignedForOtherContent, FIELD, message, SIGN_ANEW);
    let bears_parts = declared.parts.iter().any(|part| bears(part, text));
    let looked_at = declared
        .parts
        .iter()
        .filter(|part| !bears_parts || has_changed(part, text));
    let found: Vec<String> = looked_at
        .filter_map(|part| in_words(part, text, bears_parts))
        .collect();
    let said = if bears_parts {
        "changed since"
    } else {
        "the signed copy bears no hashes of its parts; it does not say"
    };
    match found.as_slice() {
        [] => finding,
        found => finding.because(format!("{said}: {}", found.join("; "))),
    }
}

/// Returns the hash that a text bears after its mark.
fn hash_in(text: &str) -> Option<&str> {
    text.match_indices(MARK).find_map(|(at, mark)| {
        let rest = text.get(at + mark.len()..)?;
        let rest = rest.strip_prefix("declared").unwrap_or(rest);
        let digits = rest.strip_prefix(':').unwrap_or(rest).get(..16)?;
        digits
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit())
            .then_some(digits)
    })
}

/// Returns true if the copy bears a hash of the part.
fn bears(part: &Part, text: &str) -> bool {
    let digits = |at: usize| text.get(at + part.name.len()..at + part.name.len() + 8);
    let is_hash = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.match_indices(part.name)
        .any(|(at, _)| digits(at).is_some_and(is_hash))
}

/// Returns true if the copy bears a hash of the part, and another one.
fn has_changed(part: &Part, text: &str) -> bool {
    bears(part, text) && !text.contains(&format!("{}{}", part.name, part.digest))
}

/// Names the part, with the texts of it that the copy does not bear; nothing for a part of which the copy may
/// say everything.
fn in_words(part: &Part, text: &str, is_changed: bool) -> Option<String> {
    let plain = |says: &String| says.split_whitespace().collect::<String>().to_lowercase();
    let new: Vec<&String> = part
        .says
        .iter()
        .filter(|says| !text.contains(&plain(says)))
        .collect();
    let named: Vec<_> = new
        .iter()
        .take(NAMED)
        .map(|says| format!("`{}`", shown(says)))
        .collect();
    match (named.is_empty(), new.len() - named.len()) {
        (true, _) => is_changed.then(|| part.name.to_owned()),
        (false, 0) => Some(format!("{} (now {})", part.name, named.join(", "))),
        // So many are rather set otherwise in the copy than changed.
        (false, _) => Some(part.name.to_owned()),
    }
}
