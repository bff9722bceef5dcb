//! Passwords behind a word for them that is not of Latin letters.

use crate::judge::{Form, after, is_secret};
use crate::kind::Kind;
use crate::scan::Scan;

/// The words, in Japanese, Korean and Chinese.
const WORDS: &[&str] = &[
    "パスワード",
    "暗証番号",
    "비밀번호",
    "패스워드",
    "암호",
    "密码",
    "密碼",
    "口令",
];

/// What is between a word and its value.
const SIGNS: &[&str] = &[":", "=", "：", "＝", "は"];

/// Notes the values.
pub(crate) fn passwords(text: &str, scan: &mut Scan<'_>) {
    for word in WORDS {
        for (at, _) in text.match_indices(word) {
            let at = at + word.len();
            let rest = after(text.as_bytes(), at, 120);
            let line = rest.split(|b| *b == b'\n').next().unwrap_or_default();
            let signs = line.trim_ascii_start();
            let Some(value) = SIGNS
                .iter()
                .find_map(|sign| signs.strip_prefix(sign.as_bytes()))
            else {
                continue;
            };
            let value = value.trim_ascii_start();
            let start = at + line.len() - value.len();
            let length = value.iter().take_while(|b| b.is_ascii_graphic()).count();
            let ends = value
                .get(length)
                .is_none_or(|b| *b == b' ' || !b.is_ascii());
            if ends && is_secret(&value[..length], Form::Loose) {
                scan.hit(Kind::Setting, start..start + length);
            }
        }
    }
}
