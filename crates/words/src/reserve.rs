//! Words that deny what a text says, or put it off, so that the rest of the text does not mean what it says.

use crate::plain::folded;

/// How much of what a text says it takes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reserve {
    /// Nothing.
    None,
    /// It denies something: `no OTA`.
    Denied,
    /// It holds in part, or not yet: `partially supported`.
    Doubt,
}

/// Words that deny, in the singular, in which words are compared.
const DENIALS: &[&str] = &[
    "no",
    "not",
    "non",
    "none",
    "without",
    "never",
    "nor",
    "neither",
    "cannot",
    "lack",
    "lacking",
    "isn",
    "doesn",
    "aren",
    "don",
    "disabled",
    "removed",
    "nein",
    "nicht",
    "ohne",
    "nie",
    "deaktiviert",
    "sans",
    "aucun",
    "sin",
];

/// The beginning of German words that deny.
const DENIALS_BEGIN: &str = "kein";

/// The same in scripts without blanks, anywhere in a text.
const DENIALS_CJK: &[&str] = &[
    "なし",
    "無し",
    "ない",
    "ません",
    "未",
    "不",
    "非",
    "没",
    "없",
    "않",
    "아니",
    "아님",
    "미지원",
    "미구현",
    "미적용",
    "불가",
];

/// Words that say that something holds in part, or not yet.
const DOUBTS: &[&str] = &[
    "partial",
    "partially",
    "partly",
    "planned",
    "planning",
    "pending",
    "soon",
    "roadmap",
    "yet",
    "progress",
    "ongoing",
    "unclear",
    "unknown",
    "unless",
    "tbd",
    "todo",
    "teilweise",
    "teil",
    "geplant",
    "noch",
    "künftig",
    "bald",
];

/// The same in scripts without blanks.
const DOUBTS_CJK: &[&str] = &[
    "予定",
    "一部",
    "部分",
    "計画",
    "今後",
    "検討",
    "対応中",
    "開発中",
    "実装中",
    "计划",
    "尚",
    "暂",
    "예정",
    "일부",
    "부분",
    "계획",
    "진행",
];

/// Beginnings that turn a word into its opposite.
const PREFIXES: &[&str] = &["un", "non", "not", "in", "dis", "nicht"];

impl Reserve {
    /// Returns how much a text takes back.
    pub(crate) fn of(text: &str, tokens: &[String]) -> Self {
        let folded = folded(text);
        let has = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.as_str()));
        let holds = |words: &[&str]| words.iter().any(|word| folded.contains(word));
        if has(DOUBTS) || holds(DOUBTS_CJK) {
            return Self::Doubt;
        }
        let is_denial = |token: &String| token.starts_with(DENIALS_BEGIN);
        if has(DENIALS) || tokens.iter().any(is_denial) || holds(DENIALS_CJK) {
            return Self::Denied;
        }
        Self::None
    }
}

/// Returns true if the letters directly before a word make it its opposite: `un` in `unsupported`.
pub(crate) fn is_denied_by(before: &str) -> bool {
    PREFIXES.iter().any(|prefix| before.ends_with(prefix))
}

/// Returns true for a number with a sign that may change it: `-3`, `(3)`, `3+`.
pub(crate) fn is_signed_number(text: &str) -> bool {
    let folded = folded(text);
    let text = folded.trim();
    let is_sign = |c: char| !c.is_alphanumeric() && c.is_ascii();
    let is_number = text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || is_sign(c));
    is_number && (text.starts_with(is_sign) || text.ends_with('+'))
}
