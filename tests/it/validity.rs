//! How long a label lasts, by the product's support and the day.

use clspack::plan::{LimitedBy, ValidityEstimate};

use crate::support;

#[track_caller]
fn estimate(on: &str, support_until: &str) -> Option<ValidityEstimate> {
    let scratch = tempfile::tempdir().unwrap();
    support::copy(&support::repository("tests/bases/mra"), scratch.path());
    let path = scratch.path().join("manifest.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let line = text.lines().find(|line| line.contains("until: ")).unwrap();
    let until = &line[line.find("until: ").unwrap()..][..17];
    std::fs::write(
        &path,
        text.replace(until, &format!("until: {support_until}")),
    )
    .unwrap();
    support::read(&path, Some(on.parse().unwrap()))
        .plan
        .unwrap()
        .validity
}

#[track_caller]
fn check(on: &str, support_until: &str, until: &str, limited_by: LimitedBy, gain_days: i64) {
    let validity = estimate(on, support_until).unwrap();
    assert_eq!(validity.from.to_string(), on);
    assert_eq!(validity.until.to_string(), until);
    assert_eq!(validity.limited_by, limited_by);
    assert_eq!(validity.gain_days, gain_days);
}

#[test]
fn three_years_at_the_most() {
    check("2026-12-01", "2035-01-01", "2029-12-01", LimitedBy::Cap, 0);
}

#[test]
fn support_that_ends_first_ends_the_label() {
    check(
        "2026-12-01",
        "2029-11-30",
        "2029-11-30",
        LimitedBy::Support,
        1,
    );
    check(
        "2026-12-01",
        "2028-12-01",
        "2028-12-01",
        LimitedBy::Support,
        365,
    );
}

#[test]
fn support_to_the_last_day_is_no_limit() {
    check("2026-12-01", "2029-12-01", "2029-12-01", LimitedBy::Cap, 0);
}

#[test]
fn a_leap_day_becomes_the_twenty_eighth() {
    check("2028-02-29", "2040-01-01", "2031-02-28", LimitedBy::Cap, 0);
}

#[test]
fn support_that_has_ended_leaves_nothing() {
    assert!(estimate("2026-12-01", "2026-12-01").is_none());
    assert!(estimate("2026-12-01", "2020-01-01").is_none());
    assert!(estimate("2026-12-01", "2026-12-02").is_some());
}
