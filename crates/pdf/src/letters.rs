//! The folded form of texts for comparison: lower case, no white space, ligatures and full-width forms as plain
//! letters.

/// Returns a text in the form of page texts: the same words have the same letters, however they are typeset.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|c| push(&mut folded, c));
    folded
}

/// Adds a character to a folded text.
pub(super) fn push(text: &mut String, c: char) {
    match c {
        '!'..='@' | '['..='~' => text.push(c),
        'A'..='Z' => text.push(c.to_ascii_lowercase()),
        _ if c.is_whitespace() || c.is_control() || is_silent(c) => {}
        _ => match ligature(c) {
            Some(letters) => text.push_str(letters),
            None => text.extend(plain(c).to_lowercase()),
        },
    }
}

/// Returns true for invisible characters: soft hyphens, joiners, direction marks.
pub(super) fn is_silent(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        'Ĳ' | 'ĳ' => "ij",
        '…' => "...",
        '№' => "no",
        '™' => "tm",
        _ => return None,
    })
}

/// Returns the plain form of full-width letters and of non-breaking hyphens.
fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xff01 + u32::from('!')).unwrap_or(c)
        }
        '\u{2010}' | '\u{2011}' | '\u{2043}' | '\u{fe63}' => '-',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn the_same_words_have_the_same_letters() {
        for set in [
            "Office Lock",
            "O\u{fb03}ce\u{a0}Lock",
            "Of\u{ad}fice\u{200b} lock",
            "Ｏｆｆｉｃｅ　Ｌｏｃｋ",
        ] {
            assert_eq!(fold(set), "officelock", "{set}");
        }
        assert_eq!(fold("Müller\u{2011}Lüdenscheidt"), "müller-lüdenscheidt");
        assert_eq!(
            fold("Μ1"),
            "μ1",
            "a letter of another script stays what it is"
        );
    }
}
