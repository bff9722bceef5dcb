//! A copy that was signed for other content: which hash it shows, and which parts of the content have changed since.

use crate::diag::{Code, Finding};
use crate::domain::text::shown;
use crate::domain::{SignedDeclaration, field};
use crate::render::{Declared, Part};
use crate::signing::words::squeezed;

/// How many of the changed texts of a part are named.
const NAMED: usize = 3;

/// What to do about a copy that was signed for something else.
pub(super) const SIGN_NEW: &str = "have the new declaration signed, or undo the change; remove `declaration` from the manifest until then";

/// The same where the declaration is named in a cell.
pub(super) const SIGN_NEW_IN_CELL: &str = "have the new declaration signed, or undo the change; empty the cells of the signed copy until then";

/// Reports that the manifest states another hash than that of the content.
pub(super) fn stated(declared: &Declared, stated: &str) -> Finding {
    let message = now(declared, stated);
    Finding::at(
        Code::SignedForOtherContent,
        field!(declaration.signed_for),
        message,
        SIGN_NEW,
    )
    .in_cell(SIGN_NEW_IN_CELL)
}

fn now(declared: &Declared, signed: &str) -> String {
    let short = declared.hash.short();
    format!("the declaration was signed for `{signed}`, but its content is now `{short}`")
}

/// Reports that a copy shows another hash, and what has changed since it was signed, as far as its text tells.
pub(super) fn outdated(declared: &Declared, text: &str, signed: &str) -> Finding {
    let message = now(declared, signed);
    let finding = Finding::at(
        Code::SignedForOtherContent,
        SignedDeclaration::field(),
        message,
        SIGN_NEW,
    )
    .in_cell(SIGN_NEW_IN_CELL);
    let has_parts = declared.parts.iter().any(|part| shows(part, text));
    let looked_at = declared
        .parts
        .iter()
        .filter(|part| !has_parts || has_changed(part, text));
    let found: Vec<String> = looked_at
        .filter_map(|part| in_words(part, text, has_parts))
        .collect();
    let introduction = if has_parts {
        "changed since"
    } else {
        "the signed copy shows no hashes of its parts, and lacks"
    };
    match found.as_slice() {
        [] => finding,
        found => finding.because(format!("{introduction}: {}", found.join("; "))),
    }
}

/// Returns true if the copy shows a hash of the part.
fn shows(part: &Part, text: &str) -> bool {
    let digits = |at: usize| text.get(at + part.name.len()..at + part.name.len() + 8);
    let is_hash = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.match_indices(part.name)
        .any(|(at, _)| digits(at).is_some_and(is_hash))
}

/// Returns true if the copy shows a hash of the part, and another one.
fn has_changed(part: &Part, text: &str) -> bool {
    shows(part, text) && !text.contains(&format!("{}{}", part.name, part.digest()))
}

/// Names the part, with those of its texts that the copy lacks; nothing for a part whose texts the copy may all have.
fn in_words(part: &Part, text: &str, is_changed: bool) -> Option<String> {
    let new: Vec<&String> = part
        .says
        .iter()
        .filter(|says| !text.contains(&squeezed(says)))
        .collect();
    let named: Vec<_> = new
        .iter()
        .take(NAMED)
        .map(|says| format!("`{}`", shown(says)))
        .collect();
    match (named.is_empty(), new.len() - named.len()) {
        (true, _) => is_changed.then(|| part.name.to_owned()),
        (false, 0) => Some(format!("{} (now {})", part.name, named.join(", "))),
        // So many missing texts mean another layout rather than changes.
        (false, _) => Some(part.name.to_owned()),
    }
}
