//! Days of the calendar, as far as spreadsheets know them.

use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, shown as `2026-12-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

/// What day 0 of a workbook is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Epoch {
    /// Day 1 is 1 January 1900, and 1900 counts as a leap year.
    Y1900,
    /// Day 0 is 1 January 1904, as on old Macintoshes.
    Y1904,
}

impl Day {
    /// Returns the day of a serial number, within the range of Excel.
    pub fn of_serial(serial: i64, epoch: Epoch) -> Option<Self> {
        // Days since the first of March of the year 0, with which the leap day is the last of its year.
        let days = match (epoch, serial) {
            (Epoch::Y1900, 1..=59) => serial + 693_900,
            // 60 is 29 February 1900, which never was.
            (Epoch::Y1900, 61..=2_958_465) => serial + 693_899,
            (Epoch::Y1904, 0..=2_957_003) => serial + 695_361,
            _ => return None,
        };
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (month, is_next) = if month < 10 {
            (month + 3, 0)
        } else {
            (month - 9, 1)
        };
        Some(Self {
            year: u16::try_from(era * 400 + year + is_next).ok()?,
            month: u8::try_from(month).ok()?,
            day: u8::try_from(day).ok()?,
        })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A text that is not a day as workbooks store it, `2026-12-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADay;

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let shape = |(i, byte): (usize, u8)| match i {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        };
        let is_shaped = text.len() == 10 && text.bytes().enumerate().all(shape);
        let mut parts = text.split('-').map(str::parse::<u16>);
        let (Some(Ok(year)), Some(Ok(month @ 1..=12)), Some(Ok(day)), true) =
            (parts.next(), parts.next(), parts.next(), is_shaped)
        else {
            return Err(NotADay);
        };
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            2 => 28 + u16::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let small = |n: u16| u8::try_from(n).map_err(|_| NotADay);
        if !(1..=last).contains(&day) {
            return Err(NotADay);
        }
        Ok(Self {
            year,
            month: small(month)?,
            day: small(day)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_are_days() {
        let day = |serial, epoch| Day::of_serial(serial, epoch).map(|day| day.to_string());
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(day(46_357, Epoch::Y1900), is("2026-12-01"));
        assert_eq!(day(44_895, Epoch::Y1904), is("2026-12-01"));
        assert_eq!(day(1, Epoch::Y1900), is("1900-01-01"));
        assert_eq!(day(59, Epoch::Y1900), is("1900-02-28"));
        assert_eq!(day(60, Epoch::Y1900), None);
        assert_eq!(day(61, Epoch::Y1900), is("1900-03-01"));
        assert_eq!(day(36_585, Epoch::Y1900), is("2000-02-29"));
        assert_eq!(day(36_586, Epoch::Y1900), is("2000-03-01"));
        assert_eq!(day(46_022, Epoch::Y1900), is("2025-12-31"));
        assert_eq!(day(46_023, Epoch::Y1900), is("2026-01-01"));
        assert_eq!(day(73_109, Epoch::Y1900), is("2100-02-28"));
        assert_eq!(day(73_110, Epoch::Y1900), is("2100-03-01"));
        assert_eq!(day(0, Epoch::Y1904), is("1904-01-01"));
        assert_eq!(day(2_957_003, Epoch::Y1904), is("9999-12-31"));
        assert_eq!(day(2_958_465, Epoch::Y1900), is("9999-12-31"));
        assert_eq!(day(2_958_466, Epoch::Y1900), None);
        assert_eq!(day(-1, Epoch::Y1900), None);
        assert_eq!(day(i64::MAX, Epoch::Y1904), None);
    }

    #[test]
    fn every_day_is_after_the_one_before() {
        let days = (61..=2_958_465).map(|serial| Day::of_serial(serial, Epoch::Y1900).unwrap());
        let mut before = Day::of_serial(59, Epoch::Y1900).unwrap();
        for day in days {
            assert!(before < day, "{before} {day}");
            assert_eq!(day.to_string().parse(), Ok(day));
            before = day;
        }
    }

    #[test]
    fn only_days_are_read() {
        for text in ["2026-12-01", "2024-02-29", "2000-02-29", "0001-01-01"] {
            assert_eq!(text.parse::<Day>().unwrap().to_string(), text);
        }
        for text in [
            "2026-12-32",
            "2025-02-29",
            "1900-02-29",
            "2026-00-01",
            "2026-13-01",
            "2026-01-00",
            "2026-1-01",
            "+026-01-01",
            "2026-12-01T",
            "２０２６-12-01",
            "",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }
}
