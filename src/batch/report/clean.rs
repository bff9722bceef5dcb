//! Foreign texts made fit to show: one line, nothing hidden, nothing that changes the reading order or controls a
//! terminal.

use crate::domain::text::{is_hidden, safe_name};

/// Returns a text on one line, with invisible characters spelt out.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\n' | '\t' => clean.push(' '),
            '\r' => {}
            c if is_hidden(c) => clean.extend(c.escape_unicode()),
            c => clean.push(c),
        }
    }
    clean
}

/// Returns a text as it was written, spaces at its ends included, with invisible characters spelt out.
pub(crate) fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' | '\r' => literal.extend(c.escape_default()),
            c if is_hidden(c) => literal.extend(c.escape_unicode()),
            c => literal.push(c),
        }
    }
    literal
}

/// Joins texts with commas.
pub(crate) fn list(texts: &[String]) -> String {
    let texts: Vec<_> = texts.iter().map(|text| clean(text)).collect();
    texts.join(", ")
}

/// Returns a path that may become a link: plain names below the folder of the report, no scheme, no `..`. Any other
/// path is shown as text.
pub(crate) fn link(path: &str) -> Option<&str> {
    let is_below = !path.split('/').any(str::is_empty);
    (is_below && safe_name(path) == path).then_some(path)
}

/// Returns where the link of a pack leads: to a zip file, or to the upload sheet of a folder.
pub(crate) fn pack_link(path: &str) -> Option<String> {
    let path = link(path)?;
    let is_zip = path.to_ascii_lowercase().ends_with(".zip");
    let sheet = if is_zip { "" } else { "/00-upload-sheet.html" };
    Some(format!("{path}{sheet}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_spelt_out() {
        assert_eq!(clean("a\u{202e}b\r\nc\u{1b}[2J"), "a\\u{202e}b c\\u{1b}[2J");
    }

    #[test]
    fn a_literal_text_keeps_its_spaces() {
        assert_eq!(literal(" HX\t1 \u{200b}"), " HX\\t1 \\u{200b}");
    }

    #[test]
    fn a_folder_is_opened_at_its_sheet() {
        let of = |path| pack_link(path).unwrap_or_default();
        assert_eq!(of("a/HX_2026.zip"), "a/HX_2026.zip");
        assert_eq!(of("a/HX_2026"), "a/HX_2026/00-upload-sheet.html");
        assert_eq!(of("../HX_2026"), "");
    }

    #[test]
    fn only_what_lies_below_becomes_a_link() {
        assert_eq!(link("acme/HX-200_2026.zip"), Some("acme/HX-200_2026.zip"));
        for path in [
            "",
            "/etc/passwd",
            "../x.zip",
            "a//b",
            "javascript:alert(1)",
            "a b.zip",
            "x?y",
            "a\\b",
        ] {
            assert_eq!(link(path), None, "{path}");
        }
    }
}
