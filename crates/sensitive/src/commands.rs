//! Finds passwords that a command line hands to a program: `curl -u admin:…`, `sshpass -p …`.

use std::ops::Range;

use crate::judge::after;
use crate::kind::Kind;
use crate::scan::Scan;
use crate::urls;

/// How many bytes after its name a command may have.
const LONGEST: usize = 400;

/// A program, its options, and whether a name and a colon are before the password.
type Rule = (&'static str, &'static [&'static str], bool);

const RULES: &[Rule] = &[
    ("curl", &["-u", "--user", "-U", "--proxy-user"], true),
    ("wget", &["--http-password", "--password"], false),
    ("sshpass", &["-p"], false),
];

/// Notes a password in the command that begins with this word.
pub(crate) fn command(scan: &mut Scan<'_>, word: &Range<usize>) {
    let text = scan.slice(word.clone());
    let Some((_, options, is_login)) = RULES.iter().find(|(name, ..)| name.as_bytes() == text)
    else {
        return;
    };
    let command = line(after(scan.bytes, word.end, LONGEST));
    for option in *options {
        let Some(place) = argument(command, option) else {
            continue;
        };
        let login = &command[place.clone()];
        let colon = login.iter().position(|b| *b == b':');
        let skip = match (is_login, colon) {
            (true, Some(colon)) => colon + 1,
            (true, None) => continue,
            (false, _) => 0,
        };
        if urls::is_password(login, &login[skip..]) {
            let start = word.end + place.start + skip;
            scan.hit(Kind::Password, start..word.end + place.end);
        }
    }
}

/// Returns the command up to the end of its line; a backslash at the end of a line continues it.
fn line(text: &[u8]) -> &[u8] {
    let is_end = |at: &usize| text[*at] == b'\n' && !text[..*at].trim_ascii_end().ends_with(b"\\");
    let end = (0..text.len()).find(is_end).unwrap_or(text.len());
    &text[..end]
}

/// Returns where the argument of an option is, without its quotes.
fn argument(command: &[u8], option: &str) -> Option<Range<usize>> {
    let option = option.as_bytes();
    let is_option =
        |at: &usize| command[*at].is_ascii_whitespace() && command[at + 1..].starts_with(option);
    let start = (0..command.len()).find(is_option)? + 1 + option.len();
    let is_long = option.starts_with(b"--");
    let gap = command[start..]
        .iter()
        .take_while(|b| b.is_ascii_whitespace() || is_long && **b == b'=')
        .count();
    // A short option may be joined with its argument, a long one may not.
    if gap == 0 && is_long {
        return None;
    }
    let start = start + gap;
    let (start, quote) = match command.get(start)? {
        quote @ (b'"' | b'\'') => (start + 1, Some(*quote)),
        _ => (start, None),
    };
    let is_end = |b: &u8| {
        quote.map_or(
            b.is_ascii_whitespace() || b"\"'`<>|;".contains(b),
            |quote| *b == quote,
        )
    };
    let length = command[start..]
        .iter()
        .position(is_end)
        .unwrap_or(command.len() - start);
    Some(start..start + length)
}
