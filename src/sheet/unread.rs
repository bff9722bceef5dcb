//! Columns that are no fields: which of them need no word, and what is reported of the others.

use crate::diag::nearest::one_of;
use crate::diag::place::letters;
use crate::domain::text::shown;
use crate::sheet::headings::Headings;

/// The most headings that one finding names.
const MAX_NAMED: usize = 30;

/// Returns true for a heading in brackets or behind `#`: a column for people.
pub(super) fn is_free(heading: &str) -> bool {
    const BRACKETS: &[(char, char)] = &[
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('<', '>'),
        ('（', '）'),
        ('【', '】'),
        ('［', '］'),
        ('「', '」'),
        ('〔', '〕'),
    ];
    let heading = heading.trim();
    let is_within =
        |(open, close): &(char, char)| heading.starts_with(*open) && heading.ends_with(*close);
    heading.starts_with(['#', '＃']) || BRACKETS.iter().any(is_within)
}

/// Returns message and help for the columns that were left out. `meant` is the field that a heading most likely means.
pub(super) fn texts(
    headings: &[&str],
    unnamed: &[u32],
    meant: impl Fn(&str) -> Option<String>,
) -> (String, String) {
    let named: Vec<String> = headings
        .iter()
        .take(MAX_NAMED)
        .map(|heading| shown(heading))
        .collect();
    let letters: Vec<String> = unnamed
        .iter()
        .take(MAX_NAMED)
        .map(|one| letters(*one))
        .collect();
    let of_headings = format!(
        "no field is called {}",
        one_of(named.iter().map(String::as_str))
    );
    let of_letters = format!("cells in column {} have no heading", letters.join(", "));
    let (what, is_one) = match (named.is_empty(), letters.is_empty()) {
        (false, true) => (of_headings, named.len() == 1),
        (true, _) => (of_letters, letters.len() == 1),
        (false, false) => (format!("{of_headings}, and {of_letters}"), false),
    };
    let left_out = if is_one {
        "the column was"
    } else {
        "the columns were"
    };
    let help = if named.is_empty() {
        "write headings over the cells, or delete the cells".to_owned()
    } else {
        let entry = |(heading, shown): (&&str, &String)| {
            let meant = meant(heading).unwrap_or_else(|| "ignore".to_owned());
            format!("{}: {meant}", key(shown))
        };
        let entries: Vec<String> = headings.iter().zip(&named).map(entry).collect();
        format!(
            "write `columns: {{ {} }}` into the map, with the name of a field in place of `ignore` where a column is one",
            entries.join(", ")
        )
    };
    (format!("{what}; {left_out} left out"), help)
}

/// Returns which fields were probably meant.
pub(super) fn nears(known: &Headings, headings: &[&str]) -> Option<String> {
    let near = headings.iter().take(MAX_NAMED).filter_map(|heading| {
        let near = known.likely(heading)?;
        Some(format!("`{}` is like {near}", shown(heading)))
    });
    let near: Vec<String> = near.collect();
    (!near.is_empty()).then(|| near.join("; "))
}

/// Returns a text as the key of a YAML table.
pub(super) fn key(text: &str) -> String {
    let is_plain = text.starts_with(char::is_alphabetic)
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || " -_".contains(c))
        && !text.ends_with(' ')
        && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_lowercase().as_str());
    if is_plain {
        return text.to_owned();
    }
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", escaped.replace('\n', "\\n").replace('\t', "\\t"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_for_people_need_no_word() {
        for heading in ["(internal)", "[x]", "#", "# owner", "（社内）", "【備考】"] {
            assert!(is_free(heading), "{heading}");
        }
        for heading in ["Remarks", "Status (internal)", "C#", ""] {
            assert!(!is_free(heading), "{heading}");
        }
    }

    #[test]
    fn a_key_is_read_back_as_it_was() {
        assert_eq!(key("Remarks"), "Remarks");
        assert_eq!(key("製品名"), "製品名");
        assert_eq!(key("No"), "\"No\"");
        assert_eq!(key("FW: \"old\""), "\"FW: \\\"old\\\"\"");
    }
}
