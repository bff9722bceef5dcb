//! What is a blank, what may be one, and what is none.

use super::*;

fn codes(text: &str) -> Vec<(usize, &'static str)> {
    let found = find(text, &Names::known());
    found
        .iter()
        .map(|blank| (blank.at, blank.code.number()))
        .collect()
}

#[test]
fn certain_blanks_are_errors() {
    for text in [
        "｛｛ signatory.name ｝｝",
        "｛{ signatory.name }｝",
        "｛％ if draft ％｝",
        "｛product.name｝",
        "{product.name}",
        "{ product.nmae }",
        "{Product Name}",
        "{firmware_version}",
        "${company}",
        "{#items}",
        "{/items}",
        "{ MERGEFIELD Company \\* MERGEFORMAT }",
        "<<Company>>",
        "«Company_Name»",
        "«product.title»",
    ] {
        assert_eq!(
            codes(text),
            [(0, "T002")].map(|(at, code)| (if text.starts_with('$') { 1 } else { at }, code)),
            "{text}"
        );
    }
}

#[test]
fn what_may_be_meant_is_a_warning() {
    for text in [
        "[Company]",
        "[Insert date here]",
        "【company name】",
        "TBD",
        "Click or tap here to enter text.",
        "Klicken oder tippen Sie hier, um Text einzugeben.",
        "XXX",
        "xxxx",
        "{x}",
        "«Firma»",
        "dd.mm.yyyy",
    ] {
        assert_eq!(codes(text), [(0, "T102")], "{text}");
    }
}

#[test]
fn ordinary_text_is_none() {
    for text in [
        "as in EN 303 645 [1], [EN 303 645] and [sic]",
        "{} {1, 2} {3F2504E0-4F89-11D3-9A0C-0305E82C3301}",
        "« Bonjour à tous »",
        "model TBC-100 of TODO-Design, mail tbd@example.com",
        "a < b and c > d, x << 2",
        "{\u{fffc}} \u{fffc}",
        "an ordinary sentence",
        "Level XX",
    ] {
        assert_eq!(codes(text), [], "{text}");
    }
}
