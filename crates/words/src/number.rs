//! Numbers of labels, and the words that people write before they have one.

use crate::plain::{folded, tokens};

/// Words for a number that is still to come.
const TO_COME: &[&str] = &[
    "pending",
    "progress",
    "applied",
    "application",
    "ongoing",
    "expected",
    "planned",
    "awaiting",
    "submitted",
    "processing",
    "tbd",
    "tba",
    "tbc",
    "beantragt",
    "arbeit",
    "bearbeitung",
    "prüfung",
    "geplant",
    "folgt",
];

/// The same in scripts without blanks.
const TO_COME_CJK: &[&str] = &[
    "見込",
    "予定",
    "申請",
    "審査",
    "取得中",
    "예정",
    "신청",
    "심사",
    "진행",
    "申请",
    "审核",
    "审查",
    "预计",
];

/// Returns true for a text that is no number of a label, or not yet: it has no digit, or says that one is to come.
pub fn is_to_come(text: &str) -> bool {
    let folded = folded(text);
    !folded.contains(|c: char| c.is_ascii_digit())
        || tokens(&folded)
            .iter()
            .any(|word| TO_COME.contains(&word.as_str()))
        || TO_COME_CJK.iter().any(|words| folded.contains(words))
        || folded.contains("to be ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_digits_and_is_given() {
        for text in [
            "×",
            "yes",
            "有",
            "see mail",
            "in progress",
            "in Arbeit",
            "to be issued",
            "pending (2027)",
            "2027年取得予定",
            "2026.12 예정",
            "Application 1234",
            "to be issued in 2027",
        ] {
            assert!(is_to_come(text), "{text}");
        }
        for text in [
            "CIC-EXAMPLE-0001",
            "X-1",
            "４２",
            "No. 7 (issued 2025)",
            "第12号",
            "BSI-ARBEIT7",
        ] {
            assert!(!is_to_come(text), "{text}");
        }
    }
}
