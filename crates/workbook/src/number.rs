//! Numbers of a workbook as text: Excel stores dates, versions and telephone numbers alike as floating numbers, and no
//! code after this file sees one.

use crate::cells::Value;
use crate::day::{Day, Epoch};

/// Returns a number that is not formatted as a date.
pub(crate) fn plain(number: f64, epoch: Epoch) -> Value {
    let text = digits(number);
    let day = text
        .parse()
        .ok()
        .and_then(|serial| Day::of_serial(serial, epoch));
    Value::Number(text, day)
}

/// Returns a number that is formatted as a date: a day, or more than a day.
pub(crate) fn formatted(number: f64, epoch: Epoch) -> Value {
    let exact = digits(number);
    // Calculating leaves less than a tenth of a second beside a whole day.
    let rounded = format!("{number:.6}");
    let text = rounded.strip_suffix(".000000").unwrap_or(&exact);
    let (serial, part) = text.split_once('.').unwrap_or((text, ""));
    let day = serial
        .parse()
        .ok()
        .and_then(|serial| Day::of_serial(serial, epoch));
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

#[cfg(test)]
mod tests {
    use super::*;

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
