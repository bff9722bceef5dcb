//! Recognises answers that only point to something else: "See evidence.", "Same as 5.1-1", 資料参照. Every word of such
//! a text points, names a document or an answer, or adds nothing, so an honest answer that also refers to a document
//! is not one of them.

use crate::domain::phrases::{Prose, Word};
use crate::domain::vocabulary as words;

/// The longest text that may only point, in words.
const MAX_WORDS: usize = 20;

/// What a text only points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A document.
    Document,
    /// Another answer.
    Answer,
    /// The text before.
    Above,
}

/// What one word of a text does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Refers,
    Document,
    Answer,
    Above,
    /// A part of a word in a script without blanks.
    Fragment,
    Beside,
    Affirms,
}

/// Returns what a text points to, if it says nothing else.
pub(crate) fn target(text: &str, prose: &Prose) -> Option<Target> {
    // An address can be opened, and may be what a provision asks for.
    if prose.words.len() > MAX_WORDS || text.contains("://") {
        return None;
    }
    let roles: Option<Vec<Vec<Role>>> = prose.words.iter().map(roles).collect();
    let roles = roles?.concat();
    let has = |role| roles.contains(&role);
    let names = has(Role::Document) || has(Role::Answer) || has(Role::Fragment);
    let only_names = names && !has(Role::Affirms) && !has(Role::Above);
    // Korean and Chinese may put the word that points last.
    let only_fragments = has(Role::Fragment) && has(Role::Refers) && !has(Role::Affirms);
    let mut clauses = prose.clauses();
    if !clauses.any(sends_clause) && !only_names && !only_fragments {
        return None;
    }
    // A document has pages, such as 6-8, which look like a provision.
    if has(Role::Document) || is_attached(prose) {
        Some(Target::Document)
    } else if has(Role::Above) {
        Some(Target::Above)
    } else if has(Role::Answer) {
        Some(Target::Answer)
    } else {
        has(Role::Fragment).then_some(Target::Document)
    }
}

/// Returns true for a text that sends its reader elsewhere: `See …`, 参照.
pub(crate) fn sends(prose: &Prose) -> bool {
    prose.clauses().next().is_some_and(sends_clause)
}

fn sends_clause(clause: &[Word]) -> bool {
    let is_polite = |word: &&Word| ["please", "kindly", "bitte"].contains(&word.text.as_str());
    let mut words = clause.iter().skip_while(is_polite);
    let first = words.next().and_then(roles).unwrap_or_default();
    first.contains(&Role::Refers)
}

/// Returns the numbers of provisions in a text.
pub(crate) fn answers(prose: &Prose) -> impl Iterator<Item = &str> {
    let words = prose.words.iter().map(|word| word.text.as_str());
    words.flat_map(|word| {
        word.split(|c: char| !is_of_number(c))
            .filter(|run| is_answer(run))
    })
}

fn is_attached(prose: &Prose) -> bool {
    let attached = ["attached", "enclosed", "appended", "beigefügt"];
    let mut words = prose.words.iter();
    words.any(|word| attached.contains(&word.text.as_str()))
}

/// Returns what the parts of a word do, or nothing if it says something.
fn roles(word: &Word) -> Option<Vec<Role>> {
    let text = word.text.as_str();
    if word.first && words::REFERS_FIRST.contains(&text) {
        return Some(vec![Role::Refers]);
    }
    if let Some(role) = role(text) {
        return Some(vec![role]);
    }
    if !text.is_ascii() {
        return fragments(text);
    }
    let parts = text.split(['.', '-', '_']);
    let roles: Option<Vec<Role>> = parts.map(role).collect();
    roles
}

fn role(text: &str) -> Option<Role> {
    let is_in = |list: &[&str]| list.contains(&text);
    let ending = text.rsplit_once('.').map(|(_, ending)| ending);
    if is_answer(text) {
        Some(Role::Answer)
    } else if is_in(words::REFERS) {
        Some(Role::Refers)
    } else if is_in(words::DOCUMENTS)
        || ending.is_some_and(|ending| words::ENDINGS.contains(&ending))
    {
        Some(Role::Document)
    } else if is_in(words::ABOVE_WORDS) {
        Some(Role::Above)
    } else if is_in(words::ANSWERS) {
        Some(Role::Answer)
    } else if is_in(words::BESIDE) || is_in(words::REFERS_FIRST) || is_number(text) {
        Some(Role::Beside)
    } else {
        [words::SAYS_YES, words::FILLERS, words::QUALIFIES]
            .iter()
            .any(|list| is_in(list))
            .then_some(Role::Affirms)
    }
}

/// Splits a word of a script without blanks into the longest fragments that are known.
fn fragments(word: &str) -> Option<Vec<Role>> {
    let mut roles = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let known = words::FRAGMENTS
            .iter()
            .filter(|known| rest.starts_with(**known));
        if let Some(known) = known.max_by_key(|known| known.len()) {
            let refers = words::FRAGMENTS_REFER
                .iter()
                .any(|refers| known.contains(refers));
            roles.push(Role::Fragment);
            roles.extend(refers.then_some(Role::Refers));
            rest = rest.get(known.len()..)?;
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii()).unwrap_or(rest.len());
        let run = rest.get(..end).filter(|run| !run.is_empty())?;
        roles.push(role(run)?);
        rest = rest.get(end..)?;
    }
    let places = ["上", "前", "위", "상기", "이전", "앞"];
    if places.iter().any(|place| word.contains(place)) {
        roles.push(Role::Above);
    }
    Some(roles)
}

fn is_number(text: &str) -> bool {
    let is_letter = text.len() == 1;
    is_letter || (!text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || "-.".contains(c)))
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-.".contains(c)
}

/// Returns true for the number of a provision, `5.1-1`, `6-1` or `ck-lp-01`.
fn is_answer(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix("ck-lp-") {
        return rest.len() == 2 && rest.chars().all(|c| c.is_ascii_digit());
    }
    let Some((clause, part)) = text.split_once('-') else {
        return false;
    };
    let is_digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let is_clause = clause == "6"
        || clause
            .split_once('.')
            .is_some_and(|(a, b)| is_digits(a) && is_digits(b));
    let part = part
        .strip_suffix(|c: char| c.is_ascii_lowercase())
        .unwrap_or(part);
    is_clause && is_digits(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Target> {
        target(text, &Prose::of(text))
    }

    #[test]
    fn texts_that_only_point_are_known() {
        for text in [
            "See evidence",
            "See the test report, page 4.",
            "Refer to disclosure.pdf",
            "evidence/a-b.pdf",
            "As per evidence.",
            "Evidence attached",
            "Supported. See evidence.",
            "Described in the user manual",
            "Siehe Nachweis",
            "証拠参照",
            "資料を参照してください。",
            "첨부 파일 참조",
            "참고 자료",
            "详见附件",
            "见证据。",
            "See Annex B",
        ] {
            assert_eq!(of(text), Some(Target::Document), "{text}");
        }
        for text in [
            "Same as 5.1-1.",
            "See answer to 5.1-1",
            "cf. CK-LP-01",
            "Siehe 5.1-1",
            "See below.",
            "5.1-1と同じ",
            "5.1-1에 동일",
            "同5.1-1",
        ] {
            assert_eq!(of(text), Some(Target::Answer), "{text}");
        }
        for text in [
            "See previous answer",
            "As above",
            "上記のとおり",
            "위 참조",
            "参见上文",
        ] {
            assert_eq!(of(text), Some(Target::Above), "{text}");
        }
    }

    #[test]
    fn texts_that_also_say_something_are_left_alone() {
        for text in [
            "See 5.1-1 for the password rule; in addition the unit locks after ten attempts.",
            "Same as 5.1-1, with a key of its own for each unit.",
            "Keys are fused, see evidence.",
            "As in 5.1-1, the user sets the password.",
            "See https://hanbit.example/security",
            "See the privacy notice.",
            "5.1-1と同じ鍵を使い、通信を暗号化します。",
            "5.1-1과 동일한 키로 통신을 암호화합니다.",
            "与5.1-1相同的密钥用于加密通信。",
            "The product has a manual.",
            "The user is given the manual as a file.",
            "No website.",
            "Evidence of tampering is stored.",
            "Supported",
            "ok",
            "The device is tested.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_of_provisions_are_found() {
        let prose = Prose::of("See 5.1-1, 5.3-4A and CK-LP-01; page 4-6, 1.10, 6-2と同じ.");
        let found: Vec<&str> = answers(&prose).collect();
        assert_eq!(found, ["5.1-1", "5.3-4a", "ck-lp-01", "6-2"]);
    }
}
