//! Tags in the text of a paragraph: `{{ }}`, `{% %}` and `{# #}`, with the curly quotes, special spaces and dashes
//! that office programs substitute while one types.

use clspack_words::nearest::{nearest, one_of};

use crate::Advice;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `{{ … }}` prints a value.
    Print,
    /// `{% if … %}` or `{% for … %}` begins a block.
    Open(Block),
    /// `{% elif … %}` or `{% else %}` divides one.
    Middle,
    /// `{% endif %}` or `{% endfor %}` ends one.
    Close(Block),
    /// `{# … #}` is left out.
    Comment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    If,
    For,
}

impl Block {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::If => "if",
            Self::For => "for",
        }
    }
}

/// A tag in a text of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) from: usize,
    /// The first character after it.
    pub(super) to: usize,
    pub(super) kind: Kind,
    /// Its content in plain characters, without the marks of `{%-` and `-%}`.
    pub(super) inside: String,
    /// Whether the space before and after it is removed too: `{%-`, `-%}`.
    pub(super) trims: (bool, bool),
}

/// Finds the tags of a paragraph. Each tag that cannot be read has the position of its first character.
pub(super) fn find(text: &[char]) -> (Vec<Found>, Vec<(usize, Advice)>) {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    let mut at = 0;
    // If one comment is not closed, no later one is.
    let mut may_comment = true;
    while at + 1 < text.len() {
        match (text[at], text[at + 1]) {
            // A brace before a field.
            ('{', '{') if text.get(at + 2) == Some(&'{') => at += 1,
            ('{', '#') if !may_comment => at += 2,
            ('{', mark @ ('{' | '%' | '#')) => match end(text, at + 2, mark) {
                Some(to) => {
                    match tag(&text[at + 2..to - 2], mark) {
                        Ok((kind, inside, trims)) => found.push(Found {
                            from: at,
                            to,
                            kind,
                            inside,
                            trims,
                        }),
                        Err(advice) => faults.push((at, advice)),
                    }
                    at = to;
                }
                // `{#` may be ordinary text; the other marks are not.
                None if mark == '#' => {
                    may_comment = false;
                    at += 2;
                }
                None => {
                    let close = if mark == '{' { "}}" } else { "%}" };
                    faults.push((
                        at,
                        Advice::new(
                            "a tag is not closed in its paragraph",
                            format!("end it with `{close}`"),
                        ),
                    ));
                    at = text.len();
                }
            },
            (mark @ ('}' | '%'), '}') => {
                faults.push((
                    at,
                    format!("`{mark}}}` ends no tag that begins in this paragraph").into(),
                ));
                at += 2;
            }
            _ => at += 1,
        }
    }
    (found, faults)
}

/// Finds the end of a tag; quoted text inside does not end it.
fn end(text: &[char], from: usize, mark: char) -> Option<usize> {
    let mark = if mark == '{' { '}' } else { mark };
    let mut quote = None;
    for at in from..text.len() {
        let c = plain(text[at]);
        if quote.is_some() && c == quote {
            quote = None;
        } else if quote.is_none() && mark != '#' && matches!(c, Some('"' | '\'')) {
            quote = c;
        } else if quote.is_none() && text[at] == mark && text.get(at + 1) == Some(&'}') {
            return Some(at + 2);
        }
    }
    // A stray quote must not hide where a tag ends.
    (from..text.len())
        .find(|at| text[*at] == mark && text.get(at + 1) == Some(&'}'))
        .map(|at| at + 2)
}

/// The plain character for a character in a tag; nothing for characters without width.
fn plain(c: char) -> Option<char> {
    match c {
        '“' | '”' | '„' | '‟' | '″' => Some('"'),
        '‘' | '’' | '‚' | '‛' | '′' => Some('\''),
        '–' | '—' | '‑' | '−' => Some('-'),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

/// The characters of a tag as plain ones. Text between two straight or two curly quotes keeps its dashes and spaces,
/// since it is printed.
fn plain_text(inside: &[char]) -> String {
    let mut text = String::new();
    let mut quote = None;
    for c in inside {
        let read = plain(*c);
        if quote.is_some() {
            if read == quote {
                quote = None;
                text.extend(read);
            } else {
                text.push(if c.is_control() { ' ' } else { *c });
            }
            continue;
        }
        if matches!(read, Some('"' | '\'')) {
            quote = read;
        }
        text.extend(read);
    }
    text
}

type Read = (Kind, String, (bool, bool));

fn tag(inside: &[char], mark: char) -> Result<Read, Advice> {
    let text = plain_text(inside);
    let before = text.starts_with('-');
    let rest = text.strip_prefix('-').unwrap_or(&text);
    let after = rest.ends_with('-');
    let inside = rest.strip_suffix('-').unwrap_or(rest).trim().to_owned();
    let kind = match mark {
        '#' => Kind::Comment,
        '{' if inside.is_empty() => return Err(Advice::new("the tag is empty", "name a field")),
        '{' => Kind::Print,
        _ => block(&inside)?,
    };
    Ok((kind, inside, (before, after)))
}

fn block(inside: &str) -> Result<Kind, Advice> {
    let word = inside
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
        .unwrap_or_default();
    Ok(match word {
        "if" => Kind::Open(Block::If),
        "for" => Kind::Open(Block::For),
        "elif" | "else" => Kind::Middle,
        "endif" => Kind::Close(Block::If),
        "endfor" => Kind::Close(Block::For),
        "" => {
            return Err(Advice::new(
                "the tag is empty",
                "write `if`, `for`, `endif` or `endfor`",
            ));
        }
        _ => {
            let known = ["if", "elif", "else", "endif", "for", "endfor"];
            let help = nearest(word, known).map_or_else(
                || format!("write {}", one_of(known)),
                |near| format!("write `{near}`"),
            );
            return Err(Advice::new(format!("unknown tag `{word}`"), help));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (Vec<String>, Vec<String>) {
        let text: Vec<char> = text.chars().collect();
        let (found, faults) = find(&text);
        (
            found.into_iter().map(|tag| tag.inside).collect(),
            faults
                .into_iter()
                .map(|(_, advice)| advice.to_string())
                .collect(),
        )
    }

    #[test]
    fn reads_what_an_office_program_makes_of_a_tag() {
        let (tags, faults) =
            found("{{\u{a0}a | default(value=“x – }}”) }} {%– if a == ‘b’ %} {# “ #} {# text");
        assert_eq!(tags, ["a | default(value=\"x – }}\")", "if a == 'b'", "\""]);
        assert_eq!(faults, [""; 0]);
        assert_eq!(found("{{ it's }} {{ a }}").0, ["it's", "a"]);
    }
}
