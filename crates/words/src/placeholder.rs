//! Finds placeholders: words, blanks to fill in, and phrases of drafts.

use std::sync::LazyLock;

use crate::drafts::{
    BLANKS, BLANKS_BEGIN, COMPANY_FORMS, DRAFT_WORDS, SMALL_DRAFT_WORDS, UNWRITTEN, UNWRITTEN_CJK,
    UNWRITTEN_CJK_SHORT, WHOLE,
};
use crate::phrases::{Patterns, Prose, Word};

/// How many characters a text has at most of which one phrase without blanks is nearly all.
pub const MAX_SHORT_CJK: usize = 14;

/// The longest text between the brackets of a blank to fill in, in characters.
const MAX_BLANK: usize = 60;

static PHRASES: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(UNWRITTEN));

/// Returns the placeholder in a text.
pub fn placeholder(text: &str) -> Option<&str> {
    let trimmed = text.trim();
    let lower = trimmed.to_lowercase();
    let bare = lower.trim_end_matches(['.', '!', '…']).trim();
    if WHOLE.contains(&lower.as_str()) || WHOLE.contains(&bare) || only_x(&lower) {
        return Some(trimmed);
    }
    let fields = [
        ("{{", "}}"),
        ("${", "}"),
        ("<<", ">>"),
        ("[insert", "]"),
        ("[your", "]"),
        ("<insert", ">"),
        ("<your", ">"),
    ];
    // A quick test: few texts have one of these characters, and only they are searched for all placeholders.
    let may_have = text.contains(['{', '<', '[', '$']);
    for (open, close) in fields.into_iter().filter(|_| may_have) {
        let Some(start) = find_ignoring_case(text, open) else {
            continue;
        };
        let rest = &text[start..];
        return Some(
            rest.find(close)
                .map_or(rest, |end| &rest[..end + close.len()]),
        );
    }
    let word = text
        .split(|c: char| !c.is_alphanumeric())
        .find(|word| DRAFT_WORDS.contains(word));
    word.or_else(|| blank(text))
}

/// Returns the sentence of a longer text that is a placeholder.
pub fn unwritten(text: &str) -> Option<&str> {
    let prose = Prose::of(text);
    let phrase = PHRASES.find(&prose).and_then(|found| {
        let (first, last) = (
            prose.words.get(found.start)?,
            prose.words.get(found.end - 1)?,
        );
        text.get(first.bytes.start..last.bytes.end)
    });
    phrase
        .or_else(|| small_word(text, &prose))
        .or_else(|| in_cjk(text))
}

/// Returns the text if the whole of it is a placeholder phrase.
pub fn unwritten_whole(text: &str) -> Option<&str> {
    let trimmed = text.trim();
    let whole = PHRASES.find_whole(&Prose::of(trimmed)).map(|_| trimmed);
    whole.or_else(|| {
        let is_short = trimmed.chars().count() <= MAX_SHORT_CJK;
        in_cjk(trimmed).filter(|_| is_short).map(|_| trimmed)
    })
}

/// Returns true for a placeholder that is a plain word within a longer text, `TBC` in `TBC-100`.
pub fn is_word_within(found: &str, text: &str) -> bool {
    found.len() < text.trim().len() && found.chars().all(char::is_alphanumeric)
}

/// Returns true if a word of drafts begins the name of a company wherever it is: `TBC Corporation`.
pub fn is_of_company(found: &str, text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let mut at = words
        .iter()
        .enumerate()
        .filter(|(_, word)| **word == found)
        .peekable();
    let is_form = |next: &&str| COMPANY_FORMS.contains(next);
    at.peek().is_some() && at.all(|(i, _)| words.get(i + 1).is_some_and(is_form))
}

/// A word of drafts in small letters, and `xxx` where it is a separate word.
fn small_word<'t>(text: &'t str, prose: &Prose) -> Option<&'t str> {
    let is_one = |word: &&Word| {
        let around =
            |at: Option<char>| at.is_none_or(|c| !matches!(c, '.' | '-' | '/' | ':' | '_'));
        let before = text
            .get(..word.bytes.start)
            .and_then(|text| text.chars().next_back());
        let after = text.get(word.bytes.end..).unwrap_or_default();
        let is_end = word.last && after.starts_with('.') || around(after.chars().next());
        let only = word.text.len() >= 3 && only_x(&word.text);
        text.get(word.bytes.clone()).is_some_and(is_small_draft)
            || (only && around(before) && is_end)
    };
    let word = prose.words.iter().find(is_one)?;
    text.get(word.bytes.clone())
}

/// `TBC` in capitals is judged with the other words of drafts: it may begin a name.
fn is_small_draft(word: &str) -> bool {
    let is_written = word.contains('.') || word == word.to_lowercase();
    is_written && SMALL_DRAFT_WORDS.contains(&word.to_lowercase().as_str())
}

fn in_cjk(text: &str) -> Option<&str> {
    if text.is_ascii() {
        return None;
    }
    let is_short = text.trim().chars().count() <= MAX_SHORT_CJK;
    let short = UNWRITTEN_CJK_SHORT.iter().filter(|_| is_short);
    UNWRITTEN_CJK.iter().chain(short).find_map(|words| {
        let start = text.find(words)?;
        text.get(start..start + words.len())
    })
}

/// Returns a blank to fill in: a line of underscores or points, or the name of what is missing in brackets.
fn blank(text: &str) -> Option<&str> {
    if let Some(line) = line(text, '_', 3).or_else(|| line(text, '.', 5)) {
        return Some(line);
    }
    let pairs = [
        ('[', ']'),
        ('<', '>'),
        ('{', '}'),
        ('【', '】'),
        ('［', '］'),
    ];
    for (open, close) in pairs {
        for (start, _) in text.match_indices(open) {
            let rest = &text[start + open.len_utf8()..];
            let mut near = rest.char_indices().take(MAX_BLANK);
            let Some((end, _)) = near.find(|(_, c)| *c == close) else {
                continue;
            };
            let after = end + close.len_utf8();
            // A link in Markdown has its words in brackets.
            let is_link = rest[after..].starts_with('(');
            if names_what_is_missing(&rest[..end]) && !is_link {
                return Some(&text[start..start + open.len_utf8() + after]);
            }
        }
    }
    None
}

fn lower_begins(lower: &str, begin: &str) -> bool {
    let rest = lower.strip_prefix(begin);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':']))
}

fn names_what_is_missing(inside: &str) -> bool {
    let lower = inside.trim().to_lowercase();
    let n_words = lower.split_whitespace().count();
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '_');
    let last = lower.rsplit([' ', '_', '-']).next().unwrap_or_default();
    let is_plain = (1..=3).contains(&n_words) && lower.chars().all(plain);
    (is_plain && (BLANKS.contains(&last) || BLANKS.contains(&lower.as_str())))
        || BLANKS_BEGIN.iter().any(|begin| lower_begins(&lower, begin))
        || only_x(&lower)
        || ["please confirm", "please check", "to confirm", "to check"]
            .iter()
            .any(|asks| lower.ends_with(asks))
}

/// Returns a run of a sign outside words: `__init__` is a name.
fn line(text: &str, sign: char, min: usize) -> Option<&str> {
    let mut rest = text;
    loop {
        let start = text.len() - rest.len() + rest.find(sign)?;
        let run = &text[start..];
        let end = start + run.len() - run.trim_start_matches(sign).len();
        let is_name = |c: Option<char>| sign == '_' && c.is_some_and(char::is_alphanumeric);
        let (before, after) = (
            text[..start].chars().next_back(),
            text[end..].chars().next(),
        );
        if end - start >= min && !is_name(before) && !is_name(after) {
            return text.get(start..end);
        }
        rest = &text[end..];
    }
}

fn only_x(lower: &str) -> bool {
    lower.len() >= 2 && lower.chars().all(|c| c == 'x')
}

fn find_ignoring_case(text: &str, what: &str) -> Option<usize> {
    text.char_indices().map(|(i, _)| i).find(|&i| {
        text.as_bytes()[i..]
            .get(..what.len())
            .is_some_and(|part| part.eq_ignore_ascii_case(what.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_stands_for_nothing() {
        for (text, found) in [
            ("TBD", "TBD"),
            ("  test ", "test"),
            ("xxx", "xxx"),
            ("N.A.", "N.A."),
            ("Dear {{ name }}, yes", "{{ name }}"),
            ("will be added, TBD by Alex", "TBD"),
            ("<Your company>", "<Your company>"),
            ("{{broken", "{{broken"),
            ("The [component] checks it", "[component]"),
            (
                "[JL: please confirm] Keys are stored.",
                "[JL: please confirm]",
            ),
            ("By [product name].", "[product name]"),
            ("Signed by ____ in May", "____"),
            ("None.", "None."),
        ] {
            assert_eq!(placeholder(text), Some(found), "{text}");
        }
    }

    #[test]
    fn finds_phrases_of_drafts() {
        for (text, found) in [
            ("Lorem ipsum dolor sit amet.", "Lorem ipsum"),
            (
                "Keys are stored. Details to be added later.",
                "Details to be added later",
            ),
            ("To be confirmed by the lab", "To be confirmed by the lab"),
            ("t.b.d. by the lab", "t.b.d"),
            ("Der Bericht wird nachgereicht.", "wird nachgereicht"),
            ("시험 성적서는 추후 제출", "추후 제출"),
            ("要確認", "要確認"),
            ("Protected by xxx in flash", "xxx"),
            (
                "Copy from the HX-100 application.",
                "Copy from the HX-100 application",
            ),
        ] {
            assert_eq!(unwritten(text), Some(found), "{text}");
        }
    }

    #[test]
    fn leaves_real_names_alone() {
        for text in [
            "Testo Pte. Ltd.",
            "ABC Learning Centre",
            "X",
            "XX-200",
            "Nil Karaibrahimgil",
            "a < b",
            "Todoist",
            "see [1] and [RFC 8446]",
            "calls __init__ first",
        ] {
            assert_eq!(placeholder(text), None, "{text}");
        }
    }

    #[test]
    fn leaves_honest_prose_alone() {
        for text in [
            "Rules that are still to be applied wait for the next start.",
            "A device to be added is confirmed by a press of the button.",
            "Changes have to be confirmed by the owner.",
            "Updates are confirmed, and logs are to be updated hourly.",
            "The mask 192.168.xxx.xxx is refused.",
            "Todo el tráfico va cifrado.",
            "設定変更のたびに要確認画面を表示し、利用者の承認を得ます。",
        ] {
            assert_eq!(unwritten(text), None, "{text}");
        }
    }

    #[test]
    fn a_word_within_a_name_is_told_from_a_blank_to_fill_in() {
        for (text, expected) in [
            ("TBC-100", true),
            ("TODO Design Pte. Ltd.", true),
            ("TBC", false),
            ("{{ name }} Ltd.", false),
            ("[Your company] Ltd.", false),
        ] {
            let found = placeholder(text).unwrap();
            assert_eq!(is_word_within(found, text), expected, "{text}");
        }
    }
}
