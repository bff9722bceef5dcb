//! Masked excerpts: enough to find a secret in the file, never enough to use it.

/// Returns the beginning and the end of a text, never more than four and two characters, and less of a short text.
pub fn masked(text: &str) -> String {
    let text: Vec<char> = text
        .chars()
        .map(|c| if c.is_control() || c == '`' { '?' } else { c })
        .collect();
    let (first, last) = match text.len() {
        16.. => (4, 2),
        10..16 => (2, 2),
        6..10 => (1, 1),
        _ => (1, 0),
    };
    let first = first.min(text.len());
    let head: String = text.iter().take(first).collect();
    let tail: String = text.iter().skip(text.len() - last).collect();
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_too_little_to_be_used() {
        assert_eq!(masked("abcdefghijklmnopqrst"), "abcd…st");
        assert_eq!(masked("abcdefghij"), "ab…ij");
        assert_eq!(masked("abcdef"), "a…f");
        assert_eq!(masked("abc"), "a…");
        assert_eq!(masked(""), "…");
        assert_eq!(masked("日本語日本語"), "日…語");
    }
}
