//! When labels end: at most forty bars of a month, a quarter, a year or more.

use std::collections::BTreeMap;

use crate::domain::Date;

/// The most bars that people can read.
const MAX_BARS: i64 = 40;

/// A bar of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bar {
    /// Its period: `2029-12`, `2029 Q4`, `2029`, `2020 to 2024`.
    pub(crate) name: String,
    /// How many labels end in it.
    pub(crate) n: usize,
}

/// Returns the bars from the first end date to the last, empty ones included. `days` has the number of labels that
/// end on each day.
pub(crate) fn timeline(days: &BTreeMap<Date, usize>) -> Vec<Bar> {
    let month = |day: Date| {
        let (year, month, _) = day.parts();
        i64::from(year) * 12 + i64::from(month) - 1
    };
    let mut months: BTreeMap<i64, usize> = BTreeMap::new();
    for (day, n) in days {
        *months.entry(month(*day)).or_default() += n;
    }
    let (Some(first), Some(last)) = (
        months.keys().next().copied(),
        months.keys().next_back().copied(),
    ) else {
        return Vec::new();
    };
    let step = step(first, last);
    let mut bars: Vec<Bar> = (first / step..=last / step)
        .map(|at| Bar {
            name: name(at * step, step),
            n: 0,
        })
        .collect();
    for (month, n) in months {
        let at = usize::try_from(month / step - first / step).unwrap_or(0);
        bars[at].n += n;
    }
    bars
}

/// The shortest step, in months, with few enough bars.
fn step(first: i64, last: i64) -> i64 {
    let fits = |step: &i64| last / step - first / step < MAX_BARS;
    let years = (1..).map(|years| years * 12);
    let mut steps = [1, 3].into_iter().chain(years);
    steps.find(fits).unwrap_or(12_000)
}

fn name(month: i64, step: i64) -> String {
    let year = month / 12;
    match step {
        1 => format!("{year}-{:02}", month % 12 + 1),
        3 => format!("{year} Q{}", month % 12 / 3 + 1),
        12 => year.to_string(),
        _ => format!("{year} to {}", year + step / 12 - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(days: &[&str]) -> Vec<(String, usize)> {
        let mut ends = BTreeMap::new();
        for day in days {
            *ends.entry(day.parse().unwrap()).or_default() += 1;
        }
        let bars = timeline(&ends);
        bars.into_iter().map(|bar| (bar.name, bar.n)).collect()
    }

    #[test]
    fn months_then_quarters_then_years() {
        let bar = |name: &str, n| (name.to_owned(), n);
        assert_eq!(of(&[]), []);
        assert_eq!(
            of(&["2029-12-01", "2030-02-28", "2029-12-31"]),
            [bar("2029-12", 2), bar("2030-01", 0), bar("2030-02", 1)]
        );
        let quarters = of(&["2026-11-01", "2031-01-01"]);
        assert_eq!(quarters.first(), Some(&bar("2026 Q4", 1)));
        assert_eq!(quarters.last(), Some(&bar("2031 Q1", 1)));
        assert_eq!(of(&["2026-11-01", "2046-11-01"]).len(), 21);
        let far = of(&["0001-01-01", "9999-12-31"]);
        assert!(far.len() <= 40, "{far:?}");
    }
}
