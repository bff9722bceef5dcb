//! Inline pictures in the content of a page.

use super::canvas::Hash;
use super::draw::Run;
use super::lex::{Lexer, is_regular, is_white};
use super::parse::Parser;
use super::{blank, ops};

/// How far behind an end mark text must follow.
const LOOK_AHEAD: usize = 12;

/// Draws the picture after `BI`, and skips its data. Returns nothing if it has no end.
pub(super) fn picture(run: &mut Run<'_, '_, '_>, lexer: &mut Lexer<'_>) -> Option<()> {
    let mut parser = Parser::new(lexer.clone());
    let dict = parser.dict(0);
    let start = parser.lexer.at + 1;
    let length = length(lexer.bytes.get(start..)?)?;
    let data = &lexer.bytes[start..start + length];
    lexer.at = start + length;
    lexer.at += lexer.bytes[lexer.at..]
        .iter()
        .position(|byte| *byte == b'I')?
        + 1;
    let cost = u64::try_from(length).unwrap_or(u64::MAX);
    if run.is_seen() && !run.only_words && lexer.fuel.spend(3 * cost) {
        let size =
            |long: &str, short: &str| dict.raw(long).int().or(dict.raw(short).int()).unwrap_or(0);
        let file = run.painter.file;
        let hash = if file.is_close {
            Hash::of(data)
                .number(size("Width", "W"))
                .number(size("Height", "H"))
                .value()
        } else {
            0
        };
        let has_color = ["ColorSpace", "CS"].map(|key| !dict.raw(key).is_null());
        let blank = file.is_close && blank::is_blank_inline(file, &dict, data);
        let is_colored = has_color.contains(&true);
        let look = blank::Visibility {
            blank,
            is_colored,
            is_solid: is_colored,
        };
        ops::picture(run, hash, look);
    }
    Some(())
}

/// Returns the length of the data: up to an `EI` between white space that is followed by text.
fn length(rest: &[u8]) -> Option<usize> {
    for at in memchr::memmem::find_iter(rest, b"EI") {
        let opens = at == 0 || is_white(rest[at - 1]);
        let after = &rest[at + 2..];
        let closes = after.first().is_none_or(|byte| !is_regular(*byte));
        let is_text = after
            .iter()
            .take(LOOK_AHEAD)
            .all(|byte| matches!(byte, 32..=126) || is_white(*byte) && *byte != 0);
        if opens && closes && is_text {
            return Some(at);
        }
    }
    None
}
