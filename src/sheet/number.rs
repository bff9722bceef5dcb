//! Numbers of a workbook become text, once, here: Excel stores dates, versions and telephone numbers
//! alike as a floating number, and nothing after this file sees one.

use crate::domain::Date;
use crate::sheet::grid::Value;

/// What day 0 of a workbook is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Day 1 is 1 January 1900, and 1900 counts as a leap year.
    Y1900,
    /// Day 0 is 1 January 1904, as on old Macintoshes.
    Y1904,
}

/// Returns a number that is not formatted as a date.
pub(super) fn plain(number: f64, epoch: Epoch) -> Value {
    let text = digits(number);
    let day = text.parse().ok().and_then(|serial| date(serial, epoch));
    Value::Number(text, day)
}

/// Returns a number that is formatted as a date: a day, or more than a day.
pub(super) fn formatted(number: f64, epoch: Epoch) -> Value {
    let exact = digits(number);
    // Less than a tenth of a second is what calculating has left of a whole day.
    let rounded = format!("{number:.6}");
    let text = rounded.strip_suffix(".000000").unwrap_or(&exact);
    let (serial, part) = text.split_once('.').unwrap_or((text, ""));
    let day = serial.parse().ok().and_then(|serial| date(serial, epoch));
    match day {
        Some(day) if part.is_empty() => Value::Date(day),
        Some(day) => Value::Moment(format!("{day} with a time of day")),
        None => Value::Moment(exact),
    }
}

/// Returns the shortest digits that are the number. Excel writes 1.1 as 1.1000000000000001 and reads
/// it back as the same number, so that the shortest are what was typed.
fn digits(number: f64) -> String {
    let text = format!("{number}");
    if text.len() > 25 {
        format!("{number:e}")
    } else {
        text
    }
}

/// Returns the day of a serial number, within what Excel itself knows.
pub(super) fn date(serial: i64, epoch: Epoch) -> Option<Date> {
    // Days from the start of 1970.
    let day = match (epoch, serial) {
        (Epoch::Y1900, 1..=59) => serial - 25_568,
        (Epoch::Y1900, 61..=2_958_465) => serial - 25_569,
        // Not 60: it is 29 February 1900, a day that never was.
        (Epoch::Y1904, 0..=2_957_003) => serial - 24_107,
        _ => return None,
    };
    // Midnight in Singapore comes eight hours before that of UTC.
    Date::in_singapore(day * 86_400 - 8 * 3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_are_days() {
        let day = |serial, epoch| date(serial, epoch).map(|day| day.to_string());
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(day(46_357, Epoch::Y1900), is("2026-12-01"));
        assert_eq!(day(44_895, Epoch::Y1904), is("2026-12-01"));
        assert_eq!(day(1, Epoch::Y1900), is("1900-01-01"));
        assert_eq!(day(59, Epoch::Y1900), is("1900-02-28"));
        assert_eq!(day(60, Epoch::Y1900), None);
        assert_eq!(day(61, Epoch::Y1900), is("1900-03-01"));
        assert_eq!(day(0, Epoch::Y1904), is("1904-01-01"));
        assert_eq!(day(2_958_465, Epoch::Y1900), is("9999-12-31"));
        assert_eq!(day(-1, Epoch::Y1900), None);
        assert_eq!(day(i64::MAX, Epoch::Y1904), None);
    }

    #[test]
    fn digits_are_what_was_typed() {
        for (number, text) in [
            (1.1, "1.1"),
            (123.0, "123"),
            (-0.5, "-0.5"),
            (6_560_000_000.0, "6560000000"),
            (1e5, "100000"),
            (1e300, "1e300"),
        ] {
            assert_eq!(digits(number), text);
        }
    }

    #[test]
    fn a_time_of_day_is_not_a_day() {
        assert!(matches!(formatted(46_357.0, Epoch::Y1900), Value::Date(_)));
        for nearly in [46_357.000_000_000_1, 46_356.999_999_999_9] {
            let day = "2026-12-01".parse().ok().map(Value::Date);
            assert_eq!(Some(formatted(nearly, Epoch::Y1900)), day, "{nearly}");
        }
        assert!(matches!(
            formatted(46_357.000_02, Epoch::Y1900),
            Value::Moment(_)
        ));
        assert!(matches!(
            formatted(46_357.5, Epoch::Y1900),
            Value::Moment(_)
        ));
        assert!(matches!(
            formatted(f64::NAN, Epoch::Y1900),
            Value::Moment(_)
        ));
    }
}
