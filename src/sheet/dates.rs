//! Days as people write them. Without the word of a mapping, only what has one reading is taken for a day.

use crate::domain::Date;

/// The order of the numbers in a day, where a text leaves it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// `31/12/2030`.
    DayFirst,
    /// `12/31/2030`.
    MonthFirst,
    /// `30/12/31`.
    YearFirst,
}

/// Eras of the Japanese calendar and the year before their first.
const ERAS: &[(&str, i16)] = &[("令和", 2018), ("平成", 1988), ("R", 2018), ("H", 1988)];

/// The first letters of the months in English and German.
const MONTHS: &[(&str, i16)] = &[
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("mär", 3),
    ("apr", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
];

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A number, and how many digits it has.
    Number(i16, usize),
    /// A month by its name.
    Month(i16),
}

/// Returns the day that a text means, if it has one reading or the order decides.
pub(super) fn read(text: &str, order: Option<Order>) -> Option<Date> {
    let text = narrow(text);
    if let Some(day) = in_era(&text) {
        return Some(day);
    }
    let parts = parts(&text)?;
    let [one, two, three] = *parts.as_slice() else {
        return None;
    };
    let readings = readings(one, two, three, order);
    match readings.as_slice() {
        [day] => Some(*day),
        [day, rest @ ..] if rest.iter().all(|other| other == day) => Some(*day),
        _ => None,
    }
}

/// Returns the orders that the days of a list may have: those that fit a text with numbers alone.
pub(super) fn orders(text: &str) -> Vec<Order> {
    let orders = [Order::DayFirst, Order::MonthFirst, Order::YearFirst];
    let is_open = read(text, None).is_none();
    let fits = |order: &Order| is_open && read(text, Some(*order)).is_some();
    orders.into_iter().filter(fits).collect()
}

/// Full-width digits and signs become plain ones.
fn narrow(text: &str) -> String {
    let plain = |c: char| match u32::from(c) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
        0x3000 => ' ',
        _ => c,
    };
    text.trim().chars().map(plain).collect()
}

/// Reads `令和12年12月31日` and `R12.12.31`.
fn in_era(text: &str) -> Option<Date> {
    let (rest, before) = ERAS
        .iter()
        .find_map(|(era, before)| Some((text.strip_prefix(era)?, *before)))?;
    let rest = rest.replace('元', "1");
    match *parts(&rest)?.as_slice() {
        [
            Part::Number(year, 1..=2),
            Part::Number(month, 1..=2),
            Part::Number(day, 1..=2),
        ] if year > 0 => date(before + year, month, day),
        _ => None,
    }
}

/// Cuts a text into its numbers and months; nothing if it holds anything else.
fn parts(text: &str) -> Option<Vec<Part>> {
    let is_between = |c: char| " .,/-年月日년월일".contains(c);
    let words = text.split(is_between).filter(|word| !word.is_empty());
    words.map(part).collect()
}

fn part(word: &str) -> Option<Part> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 4 {
        return Some(Part::Number(word.parse().ok()?, word.len()));
    }
    let lower = word.to_lowercase();
    let is_word = lower.chars().all(char::is_alphabetic) && lower.chars().count() >= 3;
    let month = MONTHS.iter().find(|(first, _)| lower.starts_with(first));
    month
        .filter(|_| is_word)
        .map(|(_, number)| Part::Month(*number))
}

/// Returns the days that three parts may mean.
fn readings(one: Part, two: Part, three: Part, order: Option<Order>) -> Vec<Date> {
    use Part::{Month, Number};
    let days = match (one, two, three) {
        (Number(year, 4), Number(month, 1..=2) | Month(month), Number(day, 1..=2)) => {
            vec![date(year, month, day)]
        }
        (Number(day, 1..=2), Month(month), Number(year, 4))
        | (Month(month), Number(day, 1..=2), Number(year, 4)) => vec![date(year, month, day)],
        (Number(first, 1..=2), Month(month), Number(last, 2)) => match order {
            Some(Order::YearFirst) => vec![date(2000 + first, month, last)],
            Some(_) => vec![date(2000 + last, month, first)],
            None => vec![
                date(2000 + first, month, last),
                date(2000 + last, month, first),
            ],
        },
        (Number(first, 1..=2), Number(second, 1..=2), Number(year, 4)) => match order {
            Some(Order::DayFirst) => vec![date(year, second, first)],
            Some(Order::MonthFirst) => vec![date(year, first, second)],
            _ => vec![date(year, second, first), date(year, first, second)],
        },
        (Number(a, 1..=2), Number(b, 1..=2), Number(c, 1..=2)) => match order {
            Some(Order::DayFirst) => vec![date(2000 + c, b, a)],
            Some(Order::MonthFirst) => vec![date(2000 + c, a, b)],
            Some(Order::YearFirst) => vec![date(2000 + a, b, c)],
            // Two digits for a year are never clear of themselves.
            None => Vec::new(),
        },
        _ => Vec::new(),
    };
    days.into_iter().flatten().collect()
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written() {
        let day = |text, order| read(text, order).map_or_else(String::new, |day| day.to_string());
        for (text, expected) in [
            ("2030-12-31", "2030-12-31"),
            ("2025/03/03", "2025-03-03"),
            ("2025.3.3.", "2025-03-03"),
            ("2025年3月3日", "2025-03-03"),
            ("２０２５年３月３日", "2025-03-03"),
            ("2025년 3월 3일", "2025-03-03"),
            ("令和12年12月31日", "2030-12-31"),
            ("令和元年5月1日", "2019-05-01"),
            ("R12.12.31", "2030-12-31"),
            ("31.12.2030", "2030-12-31"),
            ("12/31/2030", "2030-12-31"),
            ("05.05.2030", "2030-05-05"),
            ("28 Feb 2028", "2028-02-28"),
            ("March 3, 2025", "2025-03-03"),
            ("3. März 2025", "2025-03-03"),
            ("31-Dec-30", ""),
            ("30-Feb-28", "2030-02-28"),
            ("28-Feb-28", "2028-02-28"),
            ("03/04/2025", ""),
            ("1/2/25", ""),
            ("2025-02-30", ""),
            ("3.0.5", ""),
            ("in 2030", ""),
            ("2030", ""),
            ("next year", ""),
        ] {
            assert_eq!(day(text, None), expected, "{text}");
        }
        assert_eq!(day("03/04/2025", Some(Order::DayFirst)), "2025-04-03");
        assert_eq!(day("03/04/2025", Some(Order::MonthFirst)), "2025-03-04");
        assert_eq!(day("31-Dec-30", Some(Order::DayFirst)), "2030-12-31");
        assert_eq!(day("25/4/3", Some(Order::YearFirst)), "2025-04-03");
        assert_eq!(day("31/12/2030", Some(Order::MonthFirst)), "");
    }

    #[test]
    fn a_text_tells_which_orders_it_may_have() {
        let first = [Order::DayFirst, Order::MonthFirst];
        assert_eq!(orders("03/04/2025"), first);
        assert_eq!(orders("2025/03/03"), []);
        assert_eq!(orders("31-Dec-30").len(), 3);
    }
}
