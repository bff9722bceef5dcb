//! Recognises answers that say nothing, contradict `yes` or `no`, or refer to something else.

use std::sync::LazyLock;

use crate::domain::phrases::{Patterns, Prose, Word};
use crate::domain::pointing::{self, Target};
use crate::domain::vocabulary as words;

static DENIAL: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(words::DENIAL));
static ATTACHED: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(words::ATTACHED));
static ABOVE: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(words::ABOVE));
static DISCUSSED: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(words::DISCUSSED));

/// The longest text that may only repeat the answer, in words.
const MAX_EMPTY: usize = 12;

/// What an answer refers to in place of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// An attached file, and the text says nothing else.
    Attached,
    /// An attached file, and the text also answers.
    AlsoAttached,
    /// A document, and the text says nothing else.
    Document,
    /// Another answer.
    Answer,
    /// The answer before.
    Above,
    /// A conversation.
    Discussed,
}

/// Returns true for a text that only repeats the answer `yes`: "Supported.", "OK".
pub fn only_affirms(text: &str) -> bool {
    let prose = Prose::of(text);
    let is_sign = |c: char| {
        matches!(
            c,
            '✓' | '✔' | '☑' | '✅' | '○' | '◯' | '〇' | '-' | '–' | '—' | '.'
        )
    };
    if prose.words.is_empty() {
        return text.trim().chars().all(|c| is_sign(c) || c.is_whitespace());
    }
    all_of(
        &prose.words,
        &[words::SAYS_YES, words::FILLERS],
        words::SAYS_YES,
    )
}

/// Returns true for a text that gives no reason why something does not apply: "Not applicable.", "Battery".
pub fn gives_no_reason(text: &str) -> bool {
    let prose = Prose::of(text);
    let one_word = prose.words.len() <= 1 && text.is_ascii();
    let kinds = [
        words::NO_REASON,
        words::SAYS_YES,
        words::DENIES,
        words::FILLERS,
        words::HEDGES,
    ];
    one_word
        || all_of(
            &prose.words,
            &kinds,
            &[words::NO_REASON, words::DENIES, words::SAYS_YES].concat(),
        )
}

/// Returns the clause in which the text of a `yes` says no or not yet.
pub(crate) fn denies<'t>(text: &'t str, prose: &Prose) -> Option<&'t str> {
    let whole = text.trim();
    let bare = whole.trim_end_matches(['.', '。', '!']).to_lowercase();
    if words::NOT_APPLICABLE.contains(&bare.as_str()) {
        return Some(whole);
    }
    let only_denies = |clause: &[Word]| {
        let kinds = [
            words::DENIES,
            words::SAYS_YES,
            words::FILLERS,
            words::HEDGES,
        ];
        all_of(clause, &kinds, words::DENIES)
            && all_of(clause, &kinds, &[words::SAYS_YES, words::DENIES].concat())
    };
    // After another sentence, "it is not supported" is about the subject of that sentence.
    let first = prose
        .clauses()
        .next()
        .filter(|clause| only_denies(clause) && is_plain(clause));
    let found = first
        .map(|clause| 0..clause.len())
        .or_else(|| DENIAL.find(prose));
    if let Some(found) = found {
        let (first, last) = (
            prose.words.get(found.start)?,
            prose.words.get(found.end.checked_sub(1)?)?,
        );
        return text.get(first.bytes.start..last.bytes.end);
    }
    let is_short = text.trim().chars().count() <= words::MAX_SHORT_CJK;
    let short = words::DENIAL_CJK_SHORT.iter().filter(|_| is_short);
    let found = words::DENIAL_CJK.iter().chain(short).find_map(|words| {
        let start = text.find(words)?;
        text.get(start..start + words.len())
    });
    found.filter(|_| !text.is_ascii())
}

/// Returns what an answer refers to.
pub(crate) fn elsewhere(text: &str, prose: &Prose) -> Option<Elsewhere> {
    let is_one = prose.clauses().count() == 1;
    if is_one && ABOVE.find_whole(prose).is_some() {
        return Some(Elsewhere::Above);
    }
    if is_one && DISCUSSED.find_whole(prose).is_some() {
        return Some(Elsewhere::Discussed);
    }
    let target = pointing::target(text, prose);
    let in_cjk = words::ATTACHED_CJK.iter().any(|words| text.contains(words));
    let found = ATTACHED.find(prose);
    if found.is_none() && !in_cjk {
        return target.map(|target| match target {
            Target::Document => Elsewhere::Document,
            Target::Answer => Elsewhere::Answer,
            Target::Above => Elsewhere::Above,
        });
    }
    let only = match found {
        Some(found) => is_one && found.start == 0,
        None => target.is_some(),
    };
    Some(if only || target.is_some() {
        Elsewhere::Attached
    } else {
        Elsewhere::AlsoAttached
    })
}

/// Returns true for a text that refers to something else and says nothing itself.
pub fn only_refers(text: &str) -> bool {
    let found = elsewhere(text, &Prose::of(text));
    matches!(
        found,
        Some(Elsewhere::Above | Elsewhere::Attached | Elsewhere::Document | Elsewhere::Answer)
    )
}

/// Returns true for "not supported" and "we do not support this": a verb or an adjective and few other words. Longer
/// sentences usually deny something else.
fn is_plain(clause: &[Word]) -> bool {
    let is_no = clause.len() == 1;
    let says = |word: &Word| {
        words::SAYS_YES.contains(&word.text.as_str())
            || word.text.starts_with("un")
            || word.text.starts_with("non")
    };
    is_no || clause.iter().any(says)
}

/// Returns true if every word is in one of these lists, and at least one is a core word.
fn all_of(clause: &[Word], kinds: &[&[&str]], core: &[&str]) -> bool {
    let is_of = |word: &Word, kind: &[&str]| kind.contains(&word.text.as_str());
    clause.len() <= MAX_EMPTY
        && clause
            .iter()
            .all(|word| kinds.iter().any(|kind| is_of(word, kind)))
        && clause.iter().any(|word| is_of(word, core))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_say_nothing_are_known() {
        for text in [
            "Yes.",
            "OK",
            "Done",
            "Supported",
            "The product complies with this requirement.",
            "-",
            "✓",
            "はい",
            "対応済み",
            "예",
            "符合",
            "Erfüllt.",
        ] {
            assert!(only_affirms(text), "{text}");
        }
        for text in [
            "Supported by a secure element.",
            "Yes, by TLS 1.3.",
            "Not supported.",
            "Implemented in the boot loader.",
            "All ports are closed.",
        ] {
            assert!(!only_affirms(text), "{text}");
        }
        for text in [
            "not applicable.",
            "N/A because not relevant",
            "Battery",
            "Not applicable to this product.",
            "該当なし",
            "Out of scope.",
        ] {
            assert_eq!(
                gives_no_reason(text),
                text != "N/A because not relevant",
                "{text}"
            );
        }
        for text in [
            "The router offers no guest Wi-Fi.",
            "No passwords.",
            "出荷時のパスワードはありません。",
            "No camera",
        ] {
            assert!(!gives_no_reason(text), "{text}");
        }
    }

    #[test]
    fn denials_are_told_from_honest_negations() {
        for text in [
            "Not supported.",
            "Not implemented yet.",
            "This feature is not supported.",
            "We do not support this.",
            "No.",
            "The product does not yet verify signatures.",
            "Planned for the next release.",
            "Coming soon.",
            "Signatures will be supported in the next firmware release.",
            "It will be added in a future update.",
            "Noch nicht umgesetzt.",
            "未対応",
            "次期バージョンで対応します。",
            "지원 예정입니다.",
            "暂不支持",
            "Keys are stored. Planned for Q3 2027.",
            "The device does not meet this requirement.",
            "unsupported",
            "Entfällt.",
            "該当なし",
            "해당 없음",
            "不适用",
        ] {
            assert!(denies(text, &Prose::of(text)).is_some(), "{text}");
        }
        for text in [
            "Telnet is not supported.",
            "Telnet was removed. It is not supported.",
            "No password is set at the factory.",
            "Unsigned images are not accepted.",
            "A device that has not yet been paired shows a code.",
            "The next penetration test is planned for March 2027.",
            "Updates will be provided for five years.",
            "Not one port is open.",
            "There is no debug interface.",
            "The key rotation planned each January is logged.",
            "弱いパスワードは対応していません。利用者が十文字以上のものを決めます。",
            "Images of the next release are refused.",
            "No unit leaves the factory with a password.",
            "Passwords of one device do not work on another.",
            "Not even the administrator reads the key.",
            "Telnet wird nicht unterstützt.",
            "Nothing is planned without review.",
        ] {
            assert_eq!(denies(text, &Prose::of(text)), None, "{text}");
        }
    }

    #[test]
    fn answers_elsewhere_are_known() {
        for (text, found) in [
            ("See attached.", Some(Elsewhere::Attached)),
            (
                "Please refer to the attached document.",
                Some(Elsewhere::Attached),
            ),
            (
                "Keys are fused, see the attached report.",
                Some(Elsewhere::AlsoAttached),
            ),
            ("Siehe Anlage 3.", Some(Elsewhere::Attached)),
            ("添付資料参照", Some(Elsewhere::Attached)),
            ("Same as above.", Some(Elsewhere::Above)),
            ("As discussed with the lab.", Some(Elsewhere::Discussed)),
            (
                "As discussed with the lab, keys are fused at production.",
                None,
            ),
            ("The label is attached to the bottom.", None),
            ("See the privacy notice.", None),
            ("See evidence.", Some(Elsewhere::Document)),
            (
                "Supported. See the attached report.",
                Some(Elsewhere::Attached),
            ),
            ("Same as 5.1-1.", Some(Elsewhere::Answer)),
            ("See previous answer.", Some(Elsewhere::Above)),
            ("The same as above the line is shown below.", None),
        ] {
            assert_eq!(elsewhere(text, &Prose::of(text)), found, "{text}");
        }
    }
}
