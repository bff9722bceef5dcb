//! Blanks in the text of a template that nothing fills: braces of another width, tags of other programs, words that
//! announce a value. A certain blank is an error; a word that may be part of the text is only a warning.

mod lists;
mod page;

use serde_json::Value;

use crate::diag::nearest::nearest;
use crate::diag::{Advice, Code};
use crate::render::View;
use crate::render::blanks::lists::{ASKED, FIELDS, PROMPTS, WORDS};

pub(crate) use clspack_office::TAG;
pub(crate) use page::visible;

/// Braces that look like the plain ones of tags.
const OPEN: &[char] = &['｛', '﹛', '❴', '⦃', '{'];
const CLOSE: &[char] = &['｝', '﹜', '❵', '⦄', '}'];

/// A blank, with the byte where it begins.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Blank {
    pub(crate) at: usize,
    end: usize,
    pub(crate) code: Code,
    pub(crate) advice: Advice,
}

/// The names that a template may use, by which a blank of another kind is known.
#[derive(Debug)]
pub(crate) struct Names {
    paths: Vec<String>,
}

impl Names {
    /// Returns the names of the invented view.
    pub(crate) fn known() -> Self {
        let mut names = Self { paths: Vec::new() };
        names.collect(&View::sample().values(), "");
        names.paths.sort();
        names.paths.dedup();
        names
    }

    fn collect(&mut self, value: &Value, before: &str) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let path = if before.is_empty() {
                        name.clone()
                    } else {
                        format!("{before}.{name}")
                    };
                    self.collect(value, &path);
                    self.paths.push(path);
                }
            }
            Value::Array(items) => {
                if let Some(first) = items.first() {
                    self.collect(first, before);
                }
            }
            _ => {}
        }
    }

    /// What to write instead, if a name of ours is meant.
    fn meant(&self, written: &str) -> Option<String> {
        let plain = written.trim().to_lowercase().replace([' ', '-'], "_");
        let paths = || self.paths.iter().map(String::as_str);
        if let Some(path) = paths().find(|path| *path == plain || path.replace('.', "_") == plain) {
            return Some(format!("write `{{{{ {path} }}}}`"));
        }
        if let Some(path) = paths().find(|path| path.rsplit('.').next() == Some(&plain)) {
            return Some(format!("did you mean `{{{{ {path} }}}}`?"));
        }
        let near = nearest(&plain, paths()).filter(|_| plain.contains('.'))?;
        Some(format!("did you mean `{{{{ {near} }}}}`?"))
    }
}

/// Finds the blanks of a text in which each tag is one [`TAG`].
pub(crate) fn find(text: &str, names: &Names) -> Vec<Blank> {
    let mut found = Vec::new();
    let mut done = 0;
    for (at, c) in text.char_indices() {
        if at < done {
            continue;
        }
        let rest = &text[at..];
        let blank = match c {
            c if OPEN.contains(&c) => braces(text, at, names),
            c if CLOSE.contains(&c) => closing(rest),
            '＜' | '<' | '«' | '‹' => arrows(rest, names),
            '[' | '［' | '【' => brackets(rest),
            _ => None,
        };
        if let Some((length, code, advice)) = blank {
            done = at + length;
            found.push(Blank {
                at,
                end: done,
                code,
                advice,
            });
        }
    }
    words(text, &mut found);
    found.sort_by_key(|blank| blank.at);
    found
}

type Found = (usize, Code, Advice);

/// The text from a sign to the one that closes it, if it is near.
fn inside<'t>(rest: &'t str, open: usize, close: &[char]) -> Option<(&'t str, usize)> {
    let from = rest.char_indices().nth(open)?.0;
    let (length, c) = rest[from..]
        .char_indices()
        .take(80)
        .find(|(_, c)| close.contains(c))?;
    Some((&rest[from..from + length], from + length + c.len_utf8()))
}

fn shown(text: &str) -> String {
    let short: String = text
        .chars()
        .take(60)
        .map(|c| if c == TAG { '…' } else { c })
        .collect();
    format!("`{}`", short.trim())
}

/// A name as programs write it: `company`, `product.name`, `Company Name`.
fn is_name(text: &str) -> bool {
    let text = text.trim();
    let is_guid = text.len() >= 32 && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().count() <= 40
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ' ' | '-'))
        && !is_guid
}

fn braces(text: &str, at: usize, names: &Names) -> Option<Found> {
    let rest = &text[at..];
    let mut chars = rest.chars();
    let (first, second) = (chars.next()?, chars.next()?);
    let is_plain = first == '{';
    let doubles = OPEN.contains(&second) || matches!(second, '%' | '％');
    if doubles && !(is_plain && matches!(second, '{' | '%')) {
        let close = rest.char_indices().skip(2).take(120);
        let mut close = close
            .filter(|(_, c)| CLOSE.contains(c))
            .map(|(i, c)| i + c.len_utf8());
        let end = close.next().map_or(
            rest.len().min(first.len_utf8() + second.len_utf8()),
            |end| close.next().filter(|next| *next - end <= 3).unwrap_or(end),
        );
        let advice = Advice::new(
            format!(
                "{} is a blank that nothing fills, since its braces or its percent sign are not plain ones",
                shown(&rest[..end])
            ),
            "write `{{ }}` or `{% %}`",
        );
        return Some((end, Code::TemplateUnusable, advice));
    }
    let (within, length) = inside(rest, 1, CLOSE)?;
    let written = shown(&rest[..length]);
    let before = text[..at].chars().next_back();
    let first_word = within.split_whitespace().next().unwrap_or_default();
    if FIELDS.contains(&first_word.to_uppercase().as_str()) && within.trim() != first_word {
        return Some(certain(
            length,
            &written,
            "a field of mail merge that is only text",
        ));
    }
    let bare = within.trim_start_matches(['#', '/', '^', '>', '@', '&', '%']);
    if !is_name(bare) {
        return None;
    }
    if before == Some('$') {
        let written = format!("`${}", &written[1..]);
        return Some(certain(length, &written, "a blank of another program"));
    }
    if bare.len() < within.len() {
        return Some(certain(length, &written, "a blank of another program"));
    }
    Some(match names.meant(within) {
        Some(help) => (
            length,
            Code::TemplateUnusable,
            Advice::new(format!("{written} is a blank that nothing fills"), help),
        ),
        None => (length, Code::TemplatePlaceholder, perhaps(&written)),
    })
}

fn closing(rest: &str) -> Option<Found> {
    let mut chars = rest.chars();
    let (first, second) = (chars.next()?, chars.next()?);
    let is_wide = first != '}' || second != '}';
    (CLOSE.contains(&second) && is_wide).then(|| {
        let length = first.len_utf8() + second.len_utf8();
        (
            length,
            Code::TemplateUnusable,
            Advice::new(
                format!("{} ends a blank that nothing fills", shown(&rest[..length])),
                "write `{{ }}` with plain braces",
            ),
        )
    })
}

fn arrows(rest: &str, names: &Names) -> Option<Found> {
    let first = rest.chars().next()?;
    let (close, doubles): (&[char], bool) = match first {
        '<' => (&['>'], true),
        '＜' => (&['＞'], true),
        '«' => (&['»'], false),
        _ => (&['›'], false),
    };
    if doubles && rest.chars().nth(1)? != first {
        return None;
    }
    let (within, length) = inside(rest, if doubles { 2 } else { 1 }, close)?;
    let is_word = is_name(within) && !within.contains(' ');
    if !is_word || (doubles && !rest[length..].starts_with(close[0])) {
        return None;
    }
    let length = if doubles {
        length + close[0].len_utf8()
    } else {
        length
    };
    let written = shown(&rest[..length]);
    let is_certain = doubles || within.contains('_') || names.meant(within).is_some();
    Some(if is_certain {
        certain(length, &written, "a blank of a mail merge")
    } else {
        (length, Code::TemplatePlaceholder, perhaps(&written))
    })
}

fn brackets(rest: &str) -> Option<Found> {
    let (within, length) = inside(rest, 1, &[']', '］', '】'])?;
    let lowered = within.to_lowercase();
    let mut words = lowered.split(|c: char| !c.is_alphanumeric());
    let asks = words.any(|word| ASKED.contains(&word));
    let is_name = within
        .trim_start()
        .starts_with(|c: char| c.is_alphabetic() || c == '[');
    (asks && is_name).then(|| {
        (
            length,
            Code::TemplatePlaceholder,
            perhaps(&shown(&rest[..length])),
        )
    })
}

fn words(text: &str, found: &mut Vec<Blank>) {
    let mut add = |at: usize, written: &str| {
        let is_known = found.iter().any(|blank| blank.at <= at && at < blank.end);
        if !is_known {
            found.push(Blank {
                at,
                end: at + written.len(),
                code: Code::TemplatePlaceholder,
                advice: perhaps(&shown(written)),
            });
        }
    };
    // Letters keep their length here, so that places stay the same.
    let lowered: String = text.chars().map(|c| c.to_ascii_lowercase()).collect();
    let mut is_within = false;
    for (at, c) in lowered.char_indices() {
        // Words of the Latin alphabet begin somewhere, those of others anywhere.
        let may_begin = !c.is_ascii() || !is_within;
        is_within = c.is_alphanumeric();
        if may_begin && is_within {
            let prompt = PROMPTS
                .iter()
                .find(|prompt| lowered[at..].starts_with(**prompt));
            if let Some(prompt) = prompt {
                add(at, &text[at..at + prompt.len()]);
            }
        }
    }
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_crosses = bare.len() >= 3 && bare.chars().all(|c| matches!(c, 'x' | 'X'));
        // A part of a longer name, such as a model TBC-100, is no blank.
        let joins = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '_' | '@'));
        let is_part = joins(text[..at].chars().next_back())
            || (joins(text[at + bare.len()..].chars().next())
                && text[at + bare.len() + 1..].starts_with(char::is_alphanumeric));
        if !is_part && (WORDS.contains(&bare) || is_crosses) {
            add(at, bare);
        }
        at += word.len();
    }
}

fn certain(length: usize, written: &str, what: &str) -> Found {
    let advice = Advice::new(
        format!("{written} is {what}, and nothing fills it"),
        "write a name of `docs/templates.md` in `{{ }}`",
    );
    (length, Code::TemplateUnusable, advice)
}

fn perhaps(written: &str) -> Advice {
    Advice::new(
        format!("{written} looks like a blank that is still to be filled"),
        "fill it, or keep it if the document is to say so",
    )
}

#[cfg(test)]
mod tests;
