//! The filter `date`: a date as people write it. Months are in English, as the documents are.

use std::fmt::Write as _;

use tera::{Error, Kwargs, State, TeraResult, Value};

use crate::diag::Advice;
use crate::domain::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// 15 December 2026.
const USUAL: &str = "%e %B %Y";

/// What a draft shows for a date that is missing.
const MISSING: &str = "(missing)";

/// Writes a date. A value that is missing stays what it is; anything else that is no date is an error.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands a filter's arguments over"
)]
pub(super) fn date(value: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let format = kwargs.get::<&str>("format")?.unwrap_or(USUAL);
    if let Some(message) = fault(format) {
        return Err(Error::message(message));
    }
    if value.is_empty() || value == MISSING {
        return Ok(Value::from(value));
    }
    let date: Date = value
        .parse()
        .map_err(|_| Error::message(format!("`{value}` is no date, and `date` takes one")))?;
    Ok(Value::from(written(date, format)))
}

/// Says what is wrong with a format.
pub(super) fn fault(format: &str) -> Option<Advice> {
    let mut rest = format;
    while let Some((_, after)) = rest.split_once('%') {
        let code = after.chars().next();
        if !matches!(code, Some('d' | 'e' | 'm' | 'b' | 'B' | 'Y' | '%')) {
            let code = code.map_or_else(String::new, String::from);
            return Some(Advice::new(
                format!("`%{code}` is no part of a date"),
                "write %d (05), %e (5), %m (12), %b (Dec), %B (December) or %Y (2026)",
            ));
        }
        rest = &after[1..];
    }
    None
}

fn written(date: Date, format: &str) -> String {
    let (year, month, day) = date.parts();
    let name = usize::try_from(month)
        .ok()
        .and_then(|month| MONTHS.get(month.checked_sub(1)?))
        .map_or("", |name| *name);
    let mut text = String::new();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        let _ = match (c, if c == '%' { chars.next() } else { None }) {
            ('%', Some('d')) => write!(text, "{day:02}"),
            ('%', Some('e')) => write!(text, "{day}"),
            ('%', Some('m')) => write!(text, "{month:02}"),
            ('%', Some('b')) => text.write_str(&name[..name.len().min(3)]),
            ('%', Some('B')) => text.write_str(name),
            ('%', Some('Y')) => write!(text, "{year}"),
            ('%', Some(other)) | (other, _) => text.write_char(other),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_asked() {
        let date: Date = "2026-12-05".parse().unwrap();
        assert_eq!(written(date, USUAL), "5 December 2026");
        assert_eq!(written(date, "%d/%m/%Y, %b 100%%"), "05/12/2026, Dec 100%");
        assert_eq!(fault("%e %B %Y"), None);
        assert!(fault("%d %H").is_some_and(|advice| advice.message.starts_with("`%H` is no part")));
        assert!(fault("100 %").is_some());
        assert!(fault("%é").is_some());
    }
}
