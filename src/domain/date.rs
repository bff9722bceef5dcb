//! Days of the calendar. Rules count days, never hours.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan as _;

/// The months in English, in small letters.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A day of the Gregorian calendar, written `2026-12-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(jiff::civil::Date);

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It is not written year-month-day with four, two and two digits.
    Form,
    /// It is written like a date, but the calendar has no such day.
    NoSuchDay,
}

impl Date {
    /// Returns the day, if it exists.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Returns the day that the clock shows in Singapore (UTC+8, no summer time),
    /// `seconds` after the start of 1970 in UTC.
    pub fn in_singapore(seconds: i64) -> Option<Self> {
        let day = seconds.checked_add(8 * 3600)?.div_euclid(86_400);
        let start = jiff::civil::date(1970, 1, 1);
        start
            .checked_add(jiff::Span::new().try_days(day).ok()?)
            .ok()
            .map(Self)
    }

    /// Returns the same day of a later year; 29 February becomes 28 February
    /// where that year has no 29 February. Past year 9999 the last day of that year.
    #[must_use]
    pub fn plus_years(self, years: u8) -> Self {
        Self(self.0.saturating_add(i64::from(years).years()))
    }

    /// Returns the number of days from this day to `later`; negative if that is before.
    pub fn days_until(self, later: Self) -> i64 {
        let span = self.0.until((jiff::Unit::Day, later.0));
        span.map_or(0, |span| i64::from(span.get_days()))
    }

    /// Returns year, month and day as numbers.
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let bytes = text.as_bytes();
        let formed = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, byte)| match i {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !formed {
            return Err(DateError::Form);
        }
        let number = |range: std::ops::Range<usize>| text[range].parse::<i16>().unwrap_or(0);
        let small = |range| i8::try_from(number(range)).unwrap_or(0);
        Self::new(number(0..4), small(5..7), small(8..10))
            .filter(|date| date.parts().0 > 0)
            .ok_or(DateError::NoSuchDay)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        f.pad(&format!("{year:04}-{month:02}-{day:02}"))
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(from)?;
        text.parse()
            .map_err(|_| serde::de::Error::custom(format!("`{text}` is not a date")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn three_years_later_is_the_same_day() {
        assert_eq!(date("2026-12-01").plus_years(3), date("2029-12-01"));
    }

    #[test]
    fn the_leap_day_becomes_the_twenty_eighth() {
        assert_eq!(date("2028-02-29").plus_years(3), date("2031-02-28"));
        assert_eq!(date("2028-02-29").plus_years(4), date("2032-02-29"));
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "2026-1-01",
            "01.02.2026",
            "2026-12-01 ",
            "２０２６-12-01",
            "2026/12/01",
        ] {
            assert_eq!(text.parse::<Date>(), Err(DateError::Form), "{text}");
        }
        for text in ["2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01"] {
            assert_eq!(text.parse::<Date>(), Err(DateError::NoSuchDay), "{text}");
        }
    }

    #[test]
    fn singapore_is_a_day_ahead_in_its_morning() {
        let just_before =
            date("1970-01-01").days_until(date("2026-11-20")) * 86_400 + 16 * 3600 - 1;
        assert_eq!(Date::in_singapore(just_before), Some(date("2026-11-20")));
        assert_eq!(
            Date::in_singapore(just_before + 1),
            Some(date("2026-11-21"))
        );
    }
}
