//! Finds secrets and personal numbers in the texts of a manifest, which the documents print.

use crate::diag::Finding;
use crate::domain::Application;

use super::mask::masked;
use super::scan::scan;

/// Returns a finding for each kind in each text. It shows a masked excerpt, never the text around the secret.
pub fn in_texts(application: &Application) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (field, text) in application.texts() {
        // Other checks examine file names, product names and addresses.
        let is_free = ["provisions.", "lifecycle."]
            .iter()
            .any(|section| field.starts_with(section))
            && field.ends_with(".detail");
        let mut kinds = Vec::new();
        for hit in scan(text) {
            let Some(code) = hit
                .kind
                .code_in_text()
                .filter(|_| is_free && !kinds.contains(&hit.kind))
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
            findings.push(Finding::at(code, field.clone(), message, help));
        }
    }
    findings
}

/// Returns a text with every secret replaced by stars, byte for byte, so that places in it stay the same; `None` if it
/// has none.
pub fn hidden(text: &str) -> Option<String> {
    let hits = scan(text);
    let mut bytes = text.as_bytes().to_vec();
    let mut is_changed = false;
    for hit in hits.iter().filter(|hit| hit.kind.code_in_text().is_some()) {
        let secret = bytes.get_mut(hit.span.clone()).unwrap_or_default();
        for b in secret.iter_mut().filter(|b| !b.is_ascii_whitespace()) {
            *b = b'*';
        }
        is_changed = true;
    }
    is_changed.then(|| String::from_utf8_lossy(&bytes).into_owned())
}
