//! Finds secrets and personal numbers in the texts of a manifest, which the documents print.

use crate::diag::{Finding, Place, Span};
use crate::domain::{Application, FieldPath};
use crate::sensitive::{Kind, masked, search};

use super::kind::code_in_text;

/// Returns a finding for each kind in each text. It shows a masked excerpt, never the text around the secret.
pub fn in_texts(application: &Application) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (field, text) in application.texts() {
        // Other checks examine file names, product names and addresses.
        let is_free = is_of(&field, &["provisions", "lifecycle"], &["detail"]);
        let is_person = is_of(
            &field,
            &["applicant", "signatory", "laboratory"],
            &["name", "title", "place", "address"],
        );
        let mut kinds = Vec::new();
        for hit in search(text) {
            // A name or an address has no number of an identity card either.
            let is_of_person =
                is_person && matches!(hit.kind, Kind::Identity | Kind::LikelyIdentity);
            let Some(code) = code_in_text(hit.kind)
                .filter(|_| (is_free || is_of_person) && !kinds.contains(&hit.kind))
            else {
                continue;
            };
            kinds.push(hit.kind);
            let bytes = text.as_bytes().get(hit.span).unwrap_or_default();
            let shown = masked(&String::from_utf8_lossy(bytes));
            let message = format!("the text contains {}: `{shown}`", hit.kind.name());
            let help = if hit.kind.is_secret() {
                "remove it from the text, and change it if it is in use"
            } else {
                "remove it from the text"
            };
            findings.push(Finding::at(code, &field, message, help));
        }
    }
    findings
}

/// Returns true for a field of one of these names in one of these sections.
fn is_of(field: &FieldPath, sections: &[&str], names: &[&str]) -> bool {
    sections.contains(&field.section()) && names.contains(&field.name())
}

/// Finds them in the remarks of a manifest, which goes into the pack as it is.
pub fn in_remarks(manifest: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for hit in search(manifest) {
        let Some(code) = code_in_text(hit.kind) else {
            continue;
        };
        let start = hit.span.start;
        let line = manifest.get(..start).unwrap_or_default();
        let line = line.rsplit('\n').next().unwrap_or_default();
        if !is_remark(line) {
            continue;
        }
        let shown = masked(manifest.get(hit.span.clone()).unwrap_or_default());
        let span = Span {
            start,
            end: hit.span.end,
        };
        let message = format!("a remark contains {}: `{shown}`", hit.kind.name());
        let help = "remove it: the pack holds the manifest with its remarks";
        findings.push(Finding::new(code, Place::Span(span), message, help));
    }
    findings
}

/// Returns true if a line that begins so is within a remark by now.
fn is_remark(line: &str) -> bool {
    line.match_indices('#').any(|(at, _)| {
        let before = &line[..at];
        let is_apart = before.is_empty() || before.ends_with([' ', '\t']);
        let is_closed = |quote: char| before.matches(quote).count().is_multiple_of(2);
        is_apart && is_closed('"') && is_closed('\'')
    })
}

/// Returns a text with every secret replaced by stars, byte for byte, so that places in it stay the same; `None` if it
/// has none.
pub fn hidden(text: &str) -> Option<String> {
    let hits = search(text);
    let mut bytes = text.as_bytes().to_vec();
    let mut is_changed = false;
    for hit in hits.iter().filter(|hit| code_in_text(hit.kind).is_some()) {
        let secret = bytes.get_mut(hit.span.clone()).unwrap_or_default();
        for b in secret.iter_mut().filter(|b| !b.is_ascii_whitespace()) {
            *b = b'*';
        }
        is_changed = true;
    }
    is_changed.then(|| String::from_utf8_lossy(&bytes).into_owned())
}
