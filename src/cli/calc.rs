//! `clspack calc`: the calculations that an assessor checks.

use std::io::{BufRead as _, Read as _};

use crate::calc::{Guessing, Measure, Outcome, Password, Rule, guessing, support};
use crate::cli::args::{BruteForce, CalcCommand, Options};
use crate::cli::output::Output;
use crate::cli::{Exit, read};
use crate::domain::{Confidence, Date};
use crate::error::{Error, Result};
use crate::plan::LimitedBy;
use crate::report::json::records::{BruteForceRecord, PasswordRecord, PointRecord, SupportRecord};
use crate::report::json::schema::Document as _;
use crate::rules::guidance::{Assessment, Guidance};
use crate::rules::{RuleBook, read_guidance};
use crate::world::World;

/// The longest password that is read, in bytes.
const LONGEST: u64 = 1_000;

pub(crate) fn run(
    what: &CalcCommand,
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<Exit> {
    let (files, book) = read::rules(options, world)?;
    let on = options.on.unwrap_or_else(|| world.today());
    let (guidance, _) = read_guidance(&files);
    let sources = Sources {
        book: &book,
        guidance: guidance.as_ref(),
    };
    let is_met = match what {
        CalcCommand::BruteForce(asked) => brute_force(asked, &sources, output)?,
        CalcCommand::Support { until } => of_support(*until, on, &book, output),
        CalcCommand::Password { user } => password(user.as_deref(), &sources, output)?,
    };
    Ok(if is_met { Exit::Done } else { Exit::Findings })
}

/// Where limits come from.
struct Sources<'a> {
    book: &'a RuleBook,
    guidance: Option<&'a Guidance>,
}

impl Sources<'_> {
    /// Returns a limit and its source in words, such as the guidance states it for one provision.
    fn limit<T>(
        &self,
        provision: &str,
        of: impl Fn(&Assessment) -> Option<&T>,
    ) -> Result<(&T, String)> {
        let row = self.guidance.and_then(|guidance| guidance.row(provision));
        let assessment = row.and_then(|row| row.assessment.as_ref());
        let limit = assessment.and_then(|one| Some((of(one)?, self.named(one))));
        let none = || Error::Rules(format!("the guidance on `{provision}` has no such limit"));
        limit.ok_or_else(none)
    }

    fn named(&self, assessment: &Assessment) -> String {
        let (id, place) = assessment.place();
        let mut known = self.book.sources.publications.iter();
        let known = known.find(|one| one.id == id);
        let title = known.map_or(id, |one| one.title.as_str());
        let scope = match assessment.other_devices {
            Some(Confidence::Inferred) => "; for home gateways, inferred for other devices",
            Some(Confidence::Official | Confidence::Secondary) | None => "",
        };
        format!("{title}, {}{scope}", place.unwrap_or_default())
    }
}

fn brute_force(asked: &BruteForce, sources: &Sources<'_>, output: &Output) -> Result<bool> {
    let (limits, source) = sources.limit("5.1-5", |one| one.guessing.as_ref())?;
    let attempts = asked.attempts;
    let measure = match (asked.lockout, asked.addresses) {
        (Some(seconds), _) => Measure::Delay { attempts, seconds },
        (None, addresses) => Measure::Block {
            attempts,
            addresses: addresses.unwrap_or(1),
        },
    };
    let found = guessing(asked.alphabet, asked.length, measure);
    let is_met = found.is_enough(limits.least_days, limits.below_percent);
    let passwords = found.passwords.to_string();
    let (per_day, days, percent, limit) = match found.of {
        Outcome::Days { per_day, days } => (
            Some(per_day.to_string()),
            Some(days.to_string()),
            None,
            format!("at least {} days", limits.least_days),
        ),
        Outcome::Attempts(attempts) => (
            None,
            None,
            Some(Guessing::percent(attempts, found.passwords)),
            format!("below {} %", limits.below_percent),
        ),
    };
    if output.is_json() {
        let record = BruteForceRecord {
            passwords,
            at_least: found.is_least,
            attempts_per_day: per_day,
            days,
            percent,
            limit,
            met: is_met,
            source,
        };
        output.json(&record.written());
        return Ok(is_met);
    }
    let least = if found.is_least { "more than " } else { "" };
    let mut lines = vec![("passwords", format!("{least}{}", grouped(&passwords)))];
    lines.extend(per_day.map(|n| ("attempts", format!("{} in 24 hours", grouped(&n)))));
    lines.extend(days.map(|n| {
        (
            "time",
            format!("{least}{} days for half of the passwords", grouped(&n)),
        )
    }));
    lines.extend(percent.map(|n| ("chance", format!("{n} %"))));
    lines.push(("limit", format!("{limit}: {}", met(is_met))));
    lines.push(("source", source));
    print(&lines, output);
    Ok(is_met)
}

fn of_support(until: Date, on: Date, book: &RuleBook, output: &Output) -> bool {
    let found = support(book, on, until);
    if output.is_json() {
        let limited_by = found.as_ref().map(|one| {
            if one.is_bound {
                LimitedBy::Support
            } else {
                LimitedBy::Cap
            }
        });
        let record = SupportRecord {
            support_until: until,
            issued: on,
            label_until: found.as_ref().map(|one| one.until),
            limited_by,
            longest: found.as_ref().map(|one| one.cap),
            gain_days: found.as_ref().map(|one| one.gain_days),
            sources: found
                .as_ref()
                .map(|one| one.sources.clone())
                .unwrap_or_default(),
        };
        output.json(&record.written());
        return found.is_some();
    }
    let mut lines = vec![("support", format!("until {until}"))];
    match &found {
        Some(one) => {
            lines.push(("label", format!("{} to {} (estimate)", one.from, one.until)));
            lines.push(("because", because(one)));
            let sources = one.sources.iter();
            lines.extend(sources.map(|source| ("source", source.to_string())));
        }
        None => lines.push((
            "label",
            format!("none: support must reach beyond the day of issue, {on}"),
        )),
    }
    print(&lines, output);
    found.is_some()
}

fn because(one: &crate::calc::Support) -> String {
    if one.is_bound {
        let gain = one.gain_days;
        format!(
            "support ends first; support until {} would gain {gain} days",
            one.cap
        )
    } else {
        format!(
            "{} is the longest term; longer support gains nothing",
            one.cap
        )
    }
}

fn password(user: Option<&str>, sources: &Sources<'_>, output: &Output) -> Result<bool> {
    let (form, source) = sources.limit("5.1-1", |one| one.passwords.as_ref())?;
    let mut line = String::new();
    let stdin = std::io::stdin().lock();
    let unread = |cause| Error::Read {
        path: "the password on standard input".to_owned(),
        cause,
    };
    stdin.take(LONGEST).read_line(&mut line).map_err(unread)?;
    let password = Password(line.trim_end_matches(['\r', '\n']));
    let points = password.against(&Rule { form, user });
    let is_met = points.iter().all(|point| point.is_met);
    if output.is_json() {
        let points = points.into_iter().map(|point| PointRecord {
            asks: point.asks,
            met: point.is_met,
        });
        let record = PasswordRecord {
            points: points.collect(),
            met: is_met,
            source,
        };
        output.json(&record.written());
        return Ok(is_met);
    }
    let lines = points
        .iter()
        .map(|point| (met(point.is_met), point.asks.clone()));
    let lines: Vec<(&str, String)> = lines.chain([("source", source)]).collect();
    print(&lines, output);
    Ok(is_met)
}

const fn met(is_met: bool) -> &'static str {
    if is_met { "met" } else { "not met" }
}

fn print(lines: &[(&str, String)], output: &Output) {
    let lines = lines
        .iter()
        .map(|(name, text)| format!("  {name:<10} {text}\n"));
    output.data(&lines.collect::<String>());
}

/// Writes a number with a comma after each three digits.
fn grouped(digits: &str) -> String {
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Reads a time such as `30s`, `15m`, `2h` or `1d`, in seconds.
pub(crate) fn seconds(text: &str) -> std::result::Result<u64, String> {
    let units = [('s', 1), ('m', 60), ('h', 3_600), ('d', 86_400)];
    let time = units.iter().find_map(|(unit, length)| {
        let number: u64 = text.strip_suffix(*unit)?.parse().ok()?;
        number.checked_mul(*length).filter(|seconds| *seconds > 0)
    });
    time.ok_or_else(|| "write a number and a unit, such as 30s, 15m, 2h or 1d".to_owned())
}
