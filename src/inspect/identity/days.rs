//! Reads dates as certificates write them: `2025-07-01`, `1 July 2025`, `01.07.2025`, `2025年7月1日`, `令和7年7月1日`.

use crate::domain::Date;

/// A date in a text, with each day that it may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) start: usize,
    pub(super) end: usize,
    /// `07/01/2025` may be two days.
    pub(super) dates: Vec<Date>,
}

impl Day {
    /// Returns true if it may mean this day.
    pub(super) fn is(&self, date: Date) -> bool {
        self.dates.contains(&date)
    }
}

/// The beginnings of month names in lower case.
const MONTHS: &[&[&str]] = &[
    &["jan", "jän", "tammi", "ene"],
    &["feb", "helmi", "fév"],
    &["mar", "mär", "maalis"],
    &["apr", "huhti", "avr", "abr"],
    &["may", "mai", "touko"],
    &["jun", "kesä", "juin"],
    &["jul", "heinä", "juil"],
    &["aug", "elo", "août", "ago"],
    &["sep", "syys"],
    &["oct", "okt", "loka"],
    &["nov", "marras"],
    &["dec", "dez", "joulu", "déc", "dic"],
];

/// Eras of Japan and Taiwan with the year before each, to add to the year of the era.
const ERAS: &[(&str, i16)] = &[
    ("令和", 2018),
    ("平成", 1988),
    ("民國", 1911),
    ("民国", 1911),
];

/// Returns the dates in a folded text, in order.
pub(super) fn days(text: &str) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    let mut before = ' ';
    let mut skip = 0;
    for (start, c) in text.char_indices() {
        let begins = match c {
            // A dash may separate two dates, but usually is part of a longer number.
            '0'..='9' => {
                !before.is_ascii_digit()
                    && (!matches!(before, '.' | '-' | '/') || start == skip + 1)
            }
            '令' | '平' | '民' => true,
            c => c.is_ascii_alphabetic() && !before.is_alphanumeric(),
        };
        before = c;
        if begins
            && start >= skip
            && let Some((length, dates)) = day(&text[start..])
        {
            skip = start + length;
            days.push(Day {
                start,
                end: skip,
                dates,
            });
        }
    }
    days
}

/// Reads a day at the beginning of a text; returns its length.
fn day(text: &str) -> Option<(usize, Vec<Date>)> {
    let mut at = At { text, at: 0 };
    let readings = [At::era, At::year_first, At::month_first, At::day_first];
    readings.into_iter().find_map(|read| {
        at.at = 0;
        let dates = read(&mut at)?;
        // More digits follow: it is a longer number.
        let rest = at.rest();
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        let goes_on = rest.starts_with(|c: char| c.is_ascii_digit());
        (!goes_on && !dates.is_empty()).then_some((at.at, dates))
    })
}

/// A place in a text.
struct At<'t> {
    text: &'t str,
    at: usize,
}

impl At<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    /// Passes blanks and one end of a line, where a sentence or a narrow cell breaks a day.
    fn gap(&mut self) {
        self.blanks();
        let rest = self.rest();
        if let Some(next) = rest.strip_prefix("\r\n").or(rest.strip_prefix('\n')) {
            self.at += rest.len() - next.len();
            self.blanks();
        }
    }

    /// Takes a number of so many digits.
    fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
        let rest = self.rest();
        let n = rest.bytes().take(5).take_while(u8::is_ascii_digit).count();
        let number = rest[..n].parse().ok().filter(|_| digits.contains(&n))?;
        self.at += n;
        Some(number)
    }

    /// Takes one of these signs, with the blanks around it.
    fn sign(&mut self, signs: &str) -> Option<char> {
        self.blanks();
        let sign = self.rest().chars().next().filter(|c| signs.contains(*c))?;
        self.at += sign.len_utf8();
        // A line breaks behind these, but a point may be the end of a sentence.
        if matches!(sign, '-' | '年' | '月' | '년' | '월') {
            self.gap();
        }
        self.blanks();
        Some(sign)
    }

    fn month_and_day(&mut self, year: i16, sign: &str) -> Option<Vec<Date>> {
        let month = self.number(1..=2)?;
        self.sign(sign)?;
        let day = self.number(1..=2)?;
        let end = self.at;
        if self.sign("日일").is_none() {
            self.at = end;
        }
        Some(date(year, month, day).into_iter().collect())
    }

    fn era(&mut self) -> Option<Vec<Date>> {
        let (name, before) = ERAS.iter().find(|(name, _)| self.text.starts_with(name))?;
        self.at = name.len();
        self.blanks();
        let year = match self.rest().strip_prefix('元') {
            Some(_) => {
                self.at += '元'.len_utf8();
                1
            }
            None => self.number(1..=3)?,
        };
        self.sign("年")?;
        self.month_and_day(before + year, "月")
    }

    fn year_first(&mut self) -> Option<Vec<Date>> {
        if let Some(plain) = self
            .text
            .get(..8)
            .filter(|plain| plain.bytes().all(|b| b.is_ascii_digit()))
        {
            self.at = 8;
            let number = |range: std::ops::Range<usize>| plain[range].parse().unwrap_or(0);
            let year = number(0..4);
            let is_near = (1990..2100).contains(&year);
            return is_near.then(|| date(year, number(4..6), number(6..8)).into_iter().collect());
        }
        let year = self.number(4..=4)?;
        match self.sign("-./年년\u{fffd}")? {
            '년' => self.month_and_day(year, "월"),
            '年' => self.month_and_day(year, "月"),
            sign => {
                if let Some(month) = self.month() {
                    self.sign("-./ ");
                    let day = self.number(1..=2)?;
                    return Some(date(year, month, day).into_iter().collect());
                }
                self.month_and_day(year, sign.encode_utf8(&mut [0; 4]))
            }
        }
    }

    /// `July 1, 2025`
    fn month_first(&mut self) -> Option<Vec<Date>> {
        let month = self.month()?;
        self.gap();
        self.sign("-");
        let day = self.number(1..=2)?;
        self.ordinal();
        self.sign(",-");
        self.gap();
        let year = self.number(4..=4)?;
        Some(date(year, month, day).into_iter().collect())
    }

    /// `1 July 2025`, `01.07.2025`, `1/7/2025`
    fn day_first(&mut self) -> Option<Vec<Date>> {
        let day = self.number(1..=2)?;
        self.ordinal();
        let sign = self.sign(".-/");
        let end = self.at;
        self.gap();
        if let Some(month) = self.month() {
            self.sign("-,/.");
            self.gap();
            let year = self.number(4..=4)?;
            return Some(date(year, month, day).into_iter().collect());
        }
        self.at = end;
        let sign = sign?;
        let month = self.number(1..=2)?;
        self.sign(sign.encode_utf8(&mut [0; 4]))?;
        let year = self.number(2..=4)?;
        let year = if year < 100 { 2000 + year } else { year };
        let mut dates: Vec<Date> = date(year, month, day).into_iter().collect();
        if sign != '.' && month != day {
            dates.extend(date(year, day, month));
        }
        Some(dates)
    }

    fn ordinal(&mut self) {
        let endings = ["st", "nd", "rd", "th"];
        if endings.iter().any(|ending| self.rest().starts_with(ending)) {
            self.at += 2;
        }
        self.blanks();
        if self.rest().starts_with("of ") {
            self.at += 3;
        }
    }

    /// Takes the name of a month, whole or shortened.
    fn month(&mut self) -> Option<i16> {
        let rest = self.rest();
        let letters = rest.chars().take(14).take_while(|c| c.is_alphabetic());
        let name: String = letters.collect();
        let lower = name.to_lowercase();
        let i = MONTHS
            .iter()
            .position(|names| names.iter().any(|start| lower.starts_with(start)))?;
        self.at += name.len();
        if self.rest().starts_with('.') {
            self.at += 1;
        }
        i16::try_from(i + 1).ok()
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).filter(|_| year >= 1900)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_every_notation() {
        for text in [
            "2025-07-01",
            "2025/7/1",
            "2025.07.01",
            "2025. 7. 1.",
            "20250701",
            "1 July 2025",
            "1st of July 2025",
            "July 1, 2025",
            "Jul. 1, 2025",
            "01-Jul-2025",
            "01.07.2025",
            "1. 7. 2025",
            "1. Juli 2025",
            "1. heinäkuuta 2025",
            "2025年7月1日",
            "2025 年 7 月 1 日",
            "令和7年7月1日",
            "令和 7 年 7 月 1 日",
            "2025년 7월 1일",
            "2025년7월1일",
            "民國114年7月1日",
            "01.07.25",
            "1 JUL 2025",
            "2025-Jul-01",
            "1.\nJuli 2025",
            "1 July\n2025",
            "July 1,\r\n2025",
            "2025-07-\n01",
            "2025年7月\n1日",
        ] {
            let found = days(text);
            let expected: Date = "2025-07-01".parse().unwrap();
            assert!(
                found.len() == 1 && found[0].dates == [expected],
                "{text}: {found:?}"
            );
        }
        assert_eq!(days("07/01/2025")[0].dates.len(), 2);
        assert_eq!(
            days("令和元年5月1日")[0].dates,
            ["2019-05-01".parse().unwrap()]
        );
    }

    #[test]
    fn a_term_has_two_days() {
        for text in [
            "3. November 2025 bis 2. November 2027",
            "2025-11-03 to 2027-11-02",
            "2025-11-03~2027-11-02",
            "2025. 11. 3. ~ 2027. 11. 2.",
            "2025-11-03 から 2027-11-02 まで",
            "2025年11月3日から2027年11月2日まで",
            "Nov 3, 2025 - Nov 2, 2027",
            "03.11.2025-02.11.2027",
        ] {
            let found: Vec<String> = days(text)
                .iter()
                .map(|day| day.dates[0].to_string())
                .collect();
            assert_eq!(found, ["2025-11-03", "2027-11-02"], "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_days() {
        for text in [
            "1.10.3",
            "192.168.77.1",
            "65 6000 0000",
            "CIC-2025-0417",
            "EN 303 645",
            "5.3-13",
            "2025-13-01",
            "20251301",
            "3.4.2026.1",
            "3.\n11.2025",
        ] {
            assert_eq!(days(text), [], "{text}");
        }
    }
}
