//! Tables as text of a given width.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How the texts of a column are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextColumn {
    pub(crate) head: &'static str,
    pub(crate) side: Side,
    /// The width to which a column may be cut; nothing for a column that is always shown whole.
    pub(crate) least: Option<usize>,
    /// The order in which columns are dropped if room is short: the highest first, 0 never.
    pub(crate) spare: u8,
}

const GAP: usize = 2;

/// Returns a table with its heading, in lines of at most `width`, as far as columns can be cut or dropped.
pub(crate) fn table(columns: &[TextColumn], rows: &[Vec<String>], width: usize) -> String {
    let widest = |at: usize| {
        let texts = rows.iter().filter_map(|row| row.get(at));
        let widths = texts.map(|text| text.width());
        widths.fold(columns[at].head.width(), usize::max)
    };
    let natural: Vec<usize> = (0..columns.len()).map(widest).collect();
    let least = |at: usize| {
        columns[at]
            .least
            .map_or(natural[at], |least| least.min(natural[at]))
    };
    let mut shown: Vec<usize> = (0..columns.len()).collect();
    while total(&shown, least) > width {
        let spare = shown.iter().copied().max_by_key(|at| columns[*at].spare);
        match spare.filter(|at| columns[*at].spare > 0) {
            Some(at) => shown.retain(|one| *one != at),
            None => break,
        }
    }
    let widths = widths(&shown, &natural, least, width);
    let line = |text: &dyn Fn(usize) -> String| {
        let cells = shown.iter().zip(&widths);
        let cells = cells.map(|(at, width)| cell(&text(*at), *width, columns[*at].side));
        let cells: Vec<_> = cells.collect();
        format!("{}\n", cells.join(&" ".repeat(GAP)).trim_end())
    };
    let rules: Vec<_> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut text = line(&|at| columns[at].head.to_owned());
    text.push_str(&rules.join(&" ".repeat(GAP)));
    text.push('\n');
    for row in rows {
        text.push_str(&line(&|at| row.get(at).cloned().unwrap_or_default()));
    }
    text
}

fn total(shown: &[usize], of: impl Fn(usize) -> usize) -> usize {
    let gaps = GAP * shown.len().saturating_sub(1);
    shown.iter().map(|at| of(*at)).sum::<usize>() + gaps
}

/// Gives room, one character after the other, to the narrowest column that is still cut.
fn widths(
    shown: &[usize],
    natural: &[usize],
    least: impl Fn(usize) -> usize,
    width: usize,
) -> Vec<usize> {
    let mut widths: Vec<usize> = shown.iter().map(|at| least(*at)).collect();
    let mut room = width.saturating_sub(total(shown, &least));
    while room > 0 {
        let cut = (0..shown.len()).filter(|i| widths[*i] < natural[shown[*i]]);
        let Some(narrowest) = cut.min_by_key(|i| widths[*i]) else {
            break;
        };
        widths[narrowest] += 1;
        room -= 1;
    }
    widths
}

fn cell(text: &str, width: usize, side: Side) -> String {
    let text = cut(text, width);
    let blank = " ".repeat(width.saturating_sub(text.width()));
    match side {
        Side::Left => text + &blank,
        Side::Right => blank + &text,
    }
}

/// Returns a text of at most this width, with a mark where it was cut.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used >= width {
            break;
        }
        kept.push(c);
    }
    kept.trim_end().to_owned() + "…"
}

/// Returns a text in lines of at most this width, broken at spaces where there are any.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(10);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let wide = word.width();
        if used > 0 && used + 1 + wide <= width {
            push(&mut lines, " ");
            used += 1;
        } else if used > 0 {
            lines.push(String::new());
            used = 0;
        }
        for c in word.chars() {
            let wide = c.width().unwrap_or(0);
            if used + wide > width {
                lines.push(String::new());
                used = 0;
            }
            push(&mut lines, c.encode_utf8(&mut [0; 4]));
            used += wide;
        }
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_count_two() {
        assert_eq!(cut("日本電機", 5), "日本…");
        assert_eq!(cut("日本電機", 8), "日本電機");
        assert_eq!(wrap("日本電機日本電機", 10), ["日本電機日", "本電機"]);
    }

    #[test]
    fn lines_break_at_spaces_and_in_long_words() {
        assert_eq!(
            wrap("a word and averyverylongword", 10),
            ["a word and", "averyveryl", "ongword"]
        );
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn spare_columns_go_before_others_are_cut_too_far() {
        let column = |head, least, spare| TextColumn {
            head,
            side: Side::Left,
            least,
            spare,
        };
        let columns = [
            column("Name", Some(6), 0),
            column("Note", Some(4), 1),
            column("No", None, 0),
        ];
        let rows = vec![vec![
            "a long name".to_owned(),
            "note".to_owned(),
            "1".to_owned(),
        ]];
        assert_eq!(
            table(&columns, &rows, 15),
            "Name         No\n-----------  --\na long name  1\n"
        );
        assert_eq!(
            table(&columns, &rows, 18),
            "Name      Note  No\n--------  ----  --\na long…   note  1\n"
        );
    }
}
