//! Texts without what people type differently: width, case, hyphens, blanks, the plural.

use std::borrow::Cow;

use crate::text::composed;

/// Returns the ASCII character that a keyboard of another language writes as this one, if there is one.
pub const fn half(c: char) -> Option<char> {
    Some(match c {
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(c as u32 - 0xfee0) {
            Some(c) => c,
            None => return None,
        },
        '\u{3000}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        _ => return None,
    })
}

/// The katakana of the old half-width set, in their order: U+FF66 to U+FF9D.
const KATAKANA: &str = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

/// Returns the full-width form of a half-width katakana. The marks of voiced sounds become those that `composed`
/// puts together with the letter before them.
fn katakana(c: char) -> Option<char> {
    match c {
        '\u{ff66}'..='\u{ff9d}' => KATAKANA.chars().nth(c as usize - 0xff66),
        '\u{ff9e}' => Some('\u{3099}'),
        '\u{ff9f}' => Some('\u{309a}'),
        '\u{ff65}' => Some('・'),
        _ => None,
    }
}

/// Returns true for a character that an East Asian keyboard writes in place of one of ASCII.
pub fn is_full_width(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{3000}')
}

/// Returns the text with ASCII characters in place of those that another keyboard writes for them.
pub fn half_width(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| half(c).is_none()) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| half(c).unwrap_or(c)).collect()
}

/// Returns a code, such as a model number, in ASCII if another keyboard wrote nothing else than letters, digits,
/// blanks, hyphens and the like for it; nothing if it is ASCII already.
pub fn ascii_code(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    // The long vowel mark is on the hyphen's key of a Japanese keyboard.
    let one = |c: char| match c {
        'ー' | 'ｰ' => Some('-'),
        c if c.is_ascii() => Some(c),
        c => half(c).filter(|c| c.is_ascii_alphanumeric() || " -./_+()#&".contains(*c)),
    };
    text.chars().map(one).collect()
}

/// Returns the text in plain width, small letters and composed characters.
pub fn folded(text: &str) -> String {
    let plain = half_width(text);
    let wide = plain.chars().map(|c| katakana(c).unwrap_or(c));
    let lower: String = wide.flat_map(char::to_lowercase).collect();
    composed(&lower)
}

/// Returns the text without blanks, hyphens, points and underscores, in plain width and small letters.
pub(crate) fn squeezed(text: &str) -> String {
    let is_between = |c: char| c.is_whitespace() || "-_.,・·'’()/".contains(c);
    let folded = folded(text);
    // A word that is nothing but such signs stays what it is.
    folded.chars().filter(|c| !is_between(*c)).collect()
}

/// Returns the words of a text, each in the singular as far as English spelling shows it.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let folded = folded(text);
    let is_between = |c: char| c.is_whitespace() || "-_.,;:・·'’()/&+".contains(c);
    let parts = folded.split(is_between).filter(|part| !part.is_empty());
    parts.map(singular).collect()
}

fn singular(word: &str) -> String {
    let is_plural =
        word.is_ascii() && word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    match word.strip_suffix("ies") {
        Some(stem) if is_plural && stem.len() > 2 => format!("{stem}y"),
        _ if is_plural => word[..word.len() - 1].to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_other_keyboards_are_plain() {
        assert_eq!(ascii_code("ＭＨ－３００").as_deref(), Some("MH-300"));
        assert_eq!(ascii_code("MH‐300").as_deref(), Some("MH-300"));
        assert_eq!(ascii_code("ＭＨー３００　Ｊ").as_deref(), Some("MH-300 J"));
        for text in ["MH-300", "ＭＨ，３００", "МH-300", "掃除機ー３"] {
            assert_eq!(ascii_code(text), None, "{text}");
        }
    }

    #[test]
    fn half_width_katakana_are_katakana() {
        assert_eq!(folded("ﾈｯﾄﾜｰｸｶﾒﾗ"), "ネットワークカメラ");
        assert_eq!(folded("ｽﾏｰﾄﾛｯｸ"), "スマートロック");
        assert_eq!(folded("ｹﾞｰﾄｳｪｲ"), "ゲートウェイ");
        assert_eq!(folded("ﾌﾟﾗｸﾞ"), "プラグ");
        assert_eq!(folded("ｦﾝ･A"), "ヲン・a");
        assert_eq!(KATAKANA.chars().count(), 0xff9d - 0xff66 + 1);
    }

    #[test]
    fn the_plural_is_no_other_word() {
        assert_eq!(tokens("Smart Doorbells"), ["smart", "doorbell"]);
        assert_eq!(tokens("batteries"), ["battery"]);
        assert_eq!(tokens("gas"), ["gas"]);
        assert_eq!(tokens("glass"), ["glass"]);
    }
}
