//! Texts in lines that fit on a screen.

use std::fmt::Write as _;

/// The longest line, in characters.
const WIDTH: usize = 100;

/// Returns a text in lines of at most [`WIDTH`] characters, if its words allow it.
pub(super) fn filled(text: &str, first: &str, rest: &str) -> String {
    let mut filled = String::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in text.split_whitespace() {
        let longer = line.chars().count() + 1 + word.chars().count();
        if !is_empty && longer > WIDTH {
            let _ = writeln!(filled, "{line}");
            rest.clone_into(&mut line);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    let _ = writeln!(filled, "{line}");
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_filled_up_to_the_width() {
        let word = "a".repeat(50);
        assert_eq!(
            filled(&format!("{word} {word} b"), "- ", "  "),
            format!("- {word}\n  {word} b\n")
        );
        assert_eq!(filled("", "- ", "  "), "- \n");
    }
}
