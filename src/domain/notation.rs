//! Dates as people write them: which days a text may mean. A text with one reading is a date; one with two is asked about.

use clspack_words::plain::half_width;

use crate::domain::Date;
use crate::domain::date::MONTHS;

/// The months in German and their short forms, each with its number.
const OTHER_MONTHS: &[(&str, i8)] = &[
    ("januar", 1),
    ("jänner", 1),
    ("jan", 1),
    ("februar", 2),
    ("feb", 2),
    ("märz", 3),
    ("maerz", 3),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("apr", 4),
    ("mai", 5),
    ("juni", 6),
    ("jun", 6),
    ("juli", 7),
    ("jul", 7),
    ("aug", 8),
    ("sept", 9),
    ("sep", 9),
    ("oktober", 10),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dezember", 12),
    ("dec", 12),
    ("dez", 12),
];

/// Japanese eras, each with the year before its first.
const ERAS: &[(&str, i16)] = &[("令和", 2018), ("平成", 1988), ("昭和", 1925)];

/// The order of day, month and year in a text of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// `31/12/2030`.
    Dmy,
    /// `12/31/2030`.
    Mdy,
    /// `30/12/31`.
    Ymd,
}

/// Returns the days that a text may mean, each once; none if it is not a date of the calendar.
pub fn days(text: &str) -> Vec<Date> {
    days_in(text, None)
}

/// Returns the days that a text may mean if its numbers have this order.
pub(crate) fn days_in(text: &str, order: Option<Order>) -> Vec<Date> {
    let text = half_width(text.trim());
    let text = text.strip_suffix("T00:00:00").unwrap_or(&text);
    // No longer text is a date.
    if text.chars().nth(40).is_some() {
        return Vec::new();
    }
    // A minus sign before a number means something: `-2030-06-30`.
    if text.starts_with(|c: char| !c.is_alphanumeric()) {
        return Vec::new();
    }
    if let Some(day) = compact(text) {
        return vec![day];
    }
    let text = with_year_of_era(text).unwrap_or_else(|| text.to_owned());
    let parts = parts(&text.to_lowercase());
    let readings = order.and_then(|order| ordered(&parts, order));
    let readings = readings.unwrap_or_else(|| self::readings(&parts));
    let mut days: Vec<Date> = readings.into_iter().flatten().collect();
    days.dedup();
    days
}

/// Reads `20261215`.
fn compact(text: &str) -> Option<Date> {
    let is_whole = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = |range| text.get(range).and_then(|digits: &str| digits.parse().ok());
    is_whole.then(|| date(number(0..4)?, number(4..6)?, number(6..8)?))?
}

/// A piece of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A number and how many digits it has.
    Number(i16, usize),
    /// A month by its name.
    Month(i8),
    /// Something else.
    Other,
}

fn readings(parts: &[Part]) -> Vec<Option<Date>> {
    use Part::{Month, Number};
    match *parts {
        [Number(year, 4), Number(month, 1 | 2), Number(day, 1 | 2)] => {
            vec![date(year, month, day)]
        }
        [Number(day, 1 | 2), Month(month), Number(year, 4)]
        | [Month(month), Number(day, 1 | 2), Number(year, 4)]
        | [Number(year, 4), Month(month), Number(day, 1 | 2)] => {
            vec![date(year, month.into(), day)]
        }
        // Two digits may be the year of this century or the day.
        [Number(one, 1 | 2), Month(month), Number(other, 2)] => vec![
            date(2000 + other, month.into(), one),
            date(2000 + one, month.into(), other).filter(|_| one >= 20),
        ],
        [Number(one, 1 | 2), Number(other, 1 | 2), Number(year, 4)] => {
            vec![date(year, other, one), date(year, one, other)]
        }
        _ => Vec::new(),
    }
}

/// Returns the reading of numbers in this order; nothing if their order is clear without it.
fn ordered(parts: &[Part], order: Order) -> Option<Vec<Option<Date>>> {
    use Part::{Month, Number};
    let day = match *parts {
        [Number(one, 1 | 2), Month(month), Number(other, 2)] => match order {
            Order::Ymd => date(2000 + one, month.into(), other),
            Order::Dmy | Order::Mdy => date(2000 + other, month.into(), one),
        },
        [Number(one, 1 | 2), Number(other, 1 | 2), Number(year, 4)] => match order {
            Order::Dmy => date(year, other, one),
            Order::Mdy => date(year, one, other),
            Order::Ymd => return None,
        },
        [Number(a, 1 | 2), Number(b, 1 | 2), Number(c, 1 | 2)] => match order {
            Order::Dmy => date(2000 + c, b, a),
            Order::Mdy => date(2000 + c, a, b),
            Order::Ymd => date(2000 + a, b, c),
        },
        _ => return None,
    };
    Some(vec![day])
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    let small = |n: i16| i8::try_from(n).ok();
    Date::new(year, small(month)?, small(day)?).filter(|_| year > 0)
}

/// Splits a text into its pieces; separators mean nothing.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_like = |c: char| {
            c.is_ascii_digit() == first.is_ascii_digit()
                && c.is_alphanumeric() == first.is_alphanumeric()
        };
        let end = rest.find(|c| !is_like(c)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        parts.extend(part(piece, parts.last()));
    }
    parts
}

fn part(piece: &str, before: Option<&Part>) -> Option<Part> {
    let first = piece.chars().next()?;
    if first.is_ascii_digit() {
        let number = piece
            .parse()
            .ok()
            .map(|number| Part::Number(number, piece.len()));
        return Some(number.unwrap_or(Part::Other));
    }
    if !first.is_alphanumeric() {
        let is_between =
            piece.trim().chars().all(|c| "-/.,".contains(c)) && piece.trim().len() <= 1;
        return (!is_between).then_some(Part::Other);
    }
    let is_unit = matches!(piece, "年" | "月" | "日" | "년" | "월" | "일")
        || matches!(piece, "st" | "nd" | "rd" | "th");
    if is_unit && matches!(before, Some(Part::Number(..))) {
        return None;
    }
    if matches!(piece, "of" | "den" | "the") {
        return None;
    }
    let long = (1..)
        .zip(MONTHS)
        .find(|(_, name)| *name == piece)
        .map(|(n, _)| n);
    let short = || {
        OTHER_MONTHS
            .iter()
            .find(|(name, _)| *name == piece)
            .map(|(_, n)| *n)
    };
    Some(long.or_else(short).map_or(Part::Other, Part::Month))
}

/// Returns the text with the year of our calendar in place of the year of an era: `令和12年` is 2030.
fn with_year_of_era(text: &str) -> Option<String> {
    if let Some(text) = with_initial(text) {
        return Some(text);
    }
    let (era, before) = ERAS.iter().find(|(era, _)| text.starts_with(era))?;
    let (year, rest) = text[era.len()..].split_once('年')?;
    let year = match year.trim() {
        "元" => 1,
        digits => digits
            .parse::<i16>()
            .ok()
            .filter(|year| (1..=99).contains(year))?,
    };
    Some(format!("{}年{rest}", before + year))
}

/// Reads an era by its initial: `R12.12.31`.
fn with_initial(text: &str) -> Option<String> {
    let rest = text.strip_prefix(['R', 'H'])?;
    let before = if text.starts_with('R') { 2018 } else { 1988 };
    let (year, days) = rest.split_once(['.', '/'])?;
    let is_year = (1..=2).contains(&year.len()) && year.bytes().all(|b| b.is_ascii_digit());
    let year: i16 = year.parse().ok().filter(|year| is_year && *year > 0)?;
    Some(format!("{}.{days}", before + year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        days(text).iter().map(Date::to_string).collect()
    }

    #[test]
    fn one_reading_is_a_day() {
        for (text, day) in [
            ("2026/12/15", "2026-12-15"),
            ("2026.1.5", "2026-01-05"),
            ("２０２６／１２／１５", "2026-12-15"),
            ("20261215", "2026-12-15"),
            ("15 December 2026", "2026-12-15"),
            ("December 15, 2026", "2026-12-15"),
            ("15th of December 2026", "2026-12-15"),
            ("15-Dec-2026", "2026-12-15"),
            ("15. Dezember 2026", "2026-12-15"),
            ("3. März 2027", "2027-03-03"),
            ("31.12.2030", "2030-12-31"),
            ("12/31/2026", "2026-12-31"),
            ("05.05.2026", "2026-05-05"),
            ("2026年12月15日", "2026-12-15"),
            ("2026년 12월 15일", "2026-12-15"),
            ("令和12年12月31日", "2030-12-31"),
            ("令和元年5月1日", "2019-05-01"),
            ("28-Feb-28", "2028-02-28"),
            ("3-Feb-28", "2028-02-03"),
            ("R12.12.31", "2030-12-31"),
            ("2026-12-15T00:00:00", "2026-12-15"),
        ] {
            assert_eq!(read(text), [day], "{text}");
        }
    }

    #[test]
    fn two_readings_are_a_question() {
        assert_eq!(read("05/06/2026"), ["2026-06-05", "2026-05-06"]);
        assert_eq!(read("5.6.2026"), ["2026-06-05", "2026-05-06"]);
        assert_eq!(read("27-Feb-28"), ["2028-02-27", "2027-02-28"]);
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in [
            "2026-02-30",
            "31 June 2026",
            "1.10",
            "3.0.5",
            "12/2026",
            "December 2026",
            "2026-12-15T09:00:00",
            "Mayor 3 2030",
            "R12",
            "tomorrow",
            "-2030-06-30",
            "令和100年1月1日",
            "15 December",
            "2026--12--15",
            "",
            "13/13/2026",
            "2026-12-15 2026-12-16",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }
}
