//! Tables in text: what is below a head that calls its column a password.

use crate::judge::{Form, is_secret};
use crate::kind::Kind;
use crate::scan::{Found, Hit, search_all};
use crate::settings;

/// The most columns that are looked at.
const MOST_COLUMNS: usize = 64;

/// After so many passwords in columns the rest of a table is not read.
const MOST_HITS: usize = 20;

/// Finds what should not be in the text of a file, and says whether that is all. A table may call a whole column a
/// password.
pub fn search_file(text: &str, is_table: bool) -> Found {
    let mut found = search_all(text);
    if is_table {
        add(text, &mut found.hits);
    }
    found
}

/// Adds the passwords in the columns of a table to what was found in it.
fn add(text: &str, hits: &mut Vec<Hit>) {
    let mut lines = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    let Some((_, head)) = lines.find(|(_, line)| !line.trim().is_empty()) else {
        return;
    };
    let count = |sign: &char| head.matches(*sign).count();
    let Some(sign) = [',', ';', '\t'].into_iter().max_by_key(count) else {
        return;
    };
    let columns: Vec<usize> = cells(head, sign)
        .enumerate()
        .filter(|(_, (_, name))| settings::is_of_secret(name.as_bytes()))
        .map(|(i, _)| i)
        .collect();
    if columns.is_empty() {
        return;
    }
    let n_before = hits.len();
    for (start, line) in lines {
        for (i, (at, value)) in cells(line, sign).enumerate() {
            let span = start + at..start + at + value.len();
            if !columns.contains(&i) || !is_secret(value.as_bytes(), Form::Loose) {
                continue;
            }
            let mut known = hits[..n_before].iter();
            if !known.any(|hit| hit.span.start < span.end && span.start < hit.span.end) {
                hits.push(Hit {
                    kind: Kind::Setting,
                    span,
                });
            }
        }
        if hits.len() > n_before + MOST_HITS {
            break;
        }
    }
    hits.sort_by_key(|hit| hit.span.start);
}

/// Returns the first cells of a line without their quotes, and where each begins.
fn cells(line: &str, sign: char) -> impl Iterator<Item = (usize, &str)> {
    let cells = line
        .split(sign)
        .take(MOST_COLUMNS)
        .scan(0, move |at, cell| {
            let start = *at;
            *at += cell.len() + sign.len_utf8();
            Some((start, cell))
        });
    cells.map(|(start, cell)| {
        let is_around = |c: char| c.is_whitespace() || c == '"';
        let skipped = cell.len() - cell.trim_start_matches(is_around).len();
        (start + skipped, cell.trim_matches(is_around))
    })
}
