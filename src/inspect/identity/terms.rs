//! Compares day of issue and expiry date of a certificate with the manifest.

use crate::diag::{Code, Finding, told};
use crate::domain::text::shown;
use crate::domain::{Date, Label};
use crate::inspect::identity::days::{Day, days};
use crate::inspect::identity::labels::Kind;
use crate::inspect::identity::proof::Proof;
use crate::look::InFile;

/// A date behind a label.
#[derive(Clone, Debug)]
struct Said<'p> {
    proof: &'p Proof<'p>,
    at: &'p InFile,
    day: Day,
    written: String,
}

/// The dates in all certificates of a label.
#[derive(Debug, Default)]
struct Terms<'p> {
    issued: Vec<Said<'p>>,
    expires: Vec<Said<'p>>,
    /// The first days of terms, which may be later than the day of issue.
    starts: Vec<Said<'p>>,
    /// True if a certificate gives its term as a length, so that the last day may be missing.
    has_length: bool,
}

/// Returns the differences between the dates of a label and its certificates.
pub(super) fn findings(label: &Label, proofs: &[Proof<'_>], all_read: bool) -> Vec<Finding> {
    let terms = terms(proofs);
    let mut findings = Vec::new();
    if let Some(issued) = label.issued.given() {
        let said = if terms.issued.is_empty() {
            &terms.starts
        } else {
            &terms.issued
        };
        findings.extend(differs(
            "was issued on",
            "issued",
            issued,
            said,
            proofs,
            all_read,
        ));
    }
    if let Some(expires) = label.expires.given() {
        let all_read = all_read && !terms.has_length;
        findings.extend(differs(
            "is valid until",
            "expires",
            expires,
            &terms.expires,
            proofs,
            all_read,
        ));
    }
    findings
}

fn differs(
    what: &str,
    field: &str,
    date: Date,
    said: &[Said<'_>],
    proofs: &[Proof<'_>],
    all_read: bool,
) -> Option<Finding> {
    if said.iter().any(|one| one.day.is(date)) {
        return None;
    }
    let is_there = proofs.iter().any(|proof| names(proof, date));
    match said.first() {
        // If the date of the manifest is also in the text, it may be the right one.
        Some(one) => {
            let code = if is_there {
                Code::PaperAmbiguous
            } else {
                Code::LabelDateDiffers
            };
            let message = told(|m| {
                format!(
                    "{} {what} {}, but {m} says `{date}`",
                    one.proof.at(one.at),
                    as_read(one)
                )
            });
            let help = format!("correct `{field}` of the label, or name the right certificate");
            Some(one.proof.finding(code, message, help))
        }
        None if all_read && !is_there => {
            let proof = proofs.first()?;
            let message = format!(
                "`{}` does not have the date `{date}` of `{field}`",
                proof.paper.path
            );
            let help = "compare the date with the certificate, and correct the one that is wrong";
            Some(proof.finding(Code::ClaimNotFound, message, help))
        }
        None => None,
    }
}

fn as_read(one: &Said<'_>) -> String {
    let date = one
        .day
        .dates
        .first()
        .map(ToString::to_string)
        .unwrap_or_default();
    if one.written == date {
        format!("`{date}`")
    } else {
        format!("`{}` ({date})", shown(&one.written))
    }
}

/// Returns true if a document contains a date in any notation.
pub(super) fn names(proof: &Proof<'_>, date: Date) -> bool {
    proof
        .text
        .passages
        .iter()
        .any(|one| days(&one.text).iter().any(|day| day.is(date)))
}

fn terms<'p>(proofs: &'p [Proof<'p>]) -> Terms<'p> {
    let mut terms = Terms::default();
    for proof in proofs {
        for one in &proof.labelled {
            if !matches!(one.kind, Kind::Issued | Kind::Expires | Kind::Term) {
                continue;
            }
            let mut days = days(one.value).into_iter().map(|day| Said {
                proof,
                at: one.at,
                written: one.value[day.start..day.end].trim().to_owned(),
                day,
            });
            let (first, second) = (days.next(), days.next());
            terms.has_length |= one.kind == Kind::Term && first.is_none() && is_length(one.value);
            match (one.kind, first, second) {
                (Kind::Issued, Some(issued), end) => {
                    let end = end.filter(|end| is_end(one.value, &issued.day, &end.day));
                    terms.issued.push(issued);
                    terms.expires.extend(end);
                }
                (Kind::Expires, Some(first), Some(second))
                    if !is_range(one.value, &first.day, &second.day) =>
                {
                    terms.expires.extend([first, second]);
                }
                (_, Some(start), Some(end)) => {
                    terms.starts.push(start);
                    terms.expires.push(end);
                }
                (Kind::Expires, Some(end), None) => terms.expires.push(end),
                (_, Some(only), None) if is_until(one.value, &only.day) => terms.expires.push(only),
                (_, Some(only), None)
                    if is_length(&one.value[..only.day.start])
                        || is_length(&one.value[only.day.end..]) =>
                {
                    terms.starts.push(only);
                    terms.has_length = true;
                }
                _ => {}
            }
        }
    }
    terms
}

/// `valid until 2027-11-02`, `2027年11月2日まで`
pub(super) fn is_until(value: &str, day: &Day) -> bool {
    let before = value[..day.start].trim().to_lowercase();
    let after = value[day.end..].trim_start();
    let leads = [
        "until", "till", "to", "through", "bis", "bis zum", "asti", "~", "-", "up to", "至",
    ];
    leads.iter().any(|lead| before.ends_with(lead))
        || ["まで", "까지", "asti", "止"]
            .iter()
            .any(|end| after.starts_with(end))
}

/// Returns true if two days are a range: nothing but a sign or a word for that is between them.
pub(super) fn is_range(value: &str, start: &Day, end: &Day) -> bool {
    let between = value.get(start.end..end.start).unwrap_or_default();
    let between = between.trim().to_lowercase();
    [
        "", "-", "\u{2013}", "\u{2014}", "~", "\u{301c}", "\u{ff5e}", "/", "to", "until", "till",
        "up to", "through", "bis", "bis zum", "から", "부터", "至", "到",
    ]
    .contains(&between.as_str())
}

/// Returns true for a day that ends what began on the day before it. An audit or a first issue in the same line does
/// not.
pub(super) fn is_end(value: &str, start: &Day, end: &Day) -> bool {
    let before = value.get(..end.start).unwrap_or_default();
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || ":|(".contains(c));
    let before = before.to_lowercase();
    let leads = [
        "expires",
        "expires on",
        "expiring on",
        "expiry",
        "expiry date",
        "ablauf",
        "ablaufdatum",
        "päättyy",
        "有効期限",
        "満了日",
        "만료일",
        "만료",
    ];
    is_range(value, start, end)
        || is_until(value, end)
        || leads.iter().any(|lead| before.ends_with(lead))
}

/// `3 years`, `24 Monate`, `3년`
fn is_length(value: &str) -> bool {
    let lower = value.to_lowercase();
    let units = [
        "year", "month", "jahr", "monat", "vuotta", "vuosi", "kuukau", "年間", "年", "か月",
        "ヶ月", "년", "개월", "个月",
    ];
    units.iter().any(|unit| lower.contains(unit))
}
