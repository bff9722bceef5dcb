//! Finds results that stop an application: failed, draft, withdrawn, open findings.

use crate::diag::{Code, Finding};
use crate::domain::text::shown;
use crate::inspect::identity::labels::Kind;
use crate::inspect::identity::proof::Proof;
use crate::inspect::identity::stamp;
use crate::inspect::identity::verdict_words::{DRAFTS, FAILED};
use crate::look::InFile;

/// States in which a certificate is not valid.
pub(super) const ENDED: &[&str] = &[
    "revoked",
    "withdrawn",
    "suspended",
    "expired",
    "cancelled",
    "canceled",
    "terminated",
    "void",
    "invalid",
    "widerrufen",
    "zurückgezogen",
    "abgelaufen",
    "ungültig",
    "ausgesetzt",
    "peruutettu",
    "失効",
    "取消",
    "取り消し",
    "취소",
    "정지",
    "만료",
    "撤销",
    "暂停",
    "已失效",
];

/// Returns a finding if a certificate is withdrawn, failed or a draft.
pub(super) fn of_certificate(proof: &Proof<'_>) -> Option<Finding> {
    let ended = labelled(proof, |value| begins(value, ENDED) || has_not_passed(value));
    if let Some((at, value)) = ended {
        return Some(negative(proof, at, value));
    }
    stamp::ended(proof).or_else(|| draft(proof))
}

/// Returns findings if a report is failed, a draft, or has failed or open rows.
pub(super) fn of_report(proof: &Proof<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(draft(proof));
    match labelled(proof, has_not_passed) {
        Some((at, value)) => findings.push(negative(proof, at, value)),
        None => findings.extend(failed_row(proof)),
    }
    findings.extend(left_open(proof));
    findings
}

fn negative(proof: &Proof<'_>, at: &InFile, value: &str) -> Finding {
    let message = format!("{} has the result `{}`", proof.at(at), shown(value));
    let help = "name a document that says that the product passed";
    proof.finding(Code::VerdictNegative, message, help)
}

fn labelled<'p>(proof: &'p Proof<'_>, is: impl Fn(&str) -> bool) -> Option<(&'p InFile, &'p str)> {
    let values = proof.values(Kind::Verdict).find(|one| is(one.value))?;
    Some((values.at, values.value))
}

/// Returns true for a result that begins with a failure, or a short sentence with one.
fn has_not_passed(value: &str) -> bool {
    let is_short = value.split_whitespace().count() <= 15;
    let says = [
        "FAIL",
        "FAILED",
        "did not pass",
        "does not pass",
        "not passed",
        "nicht bestanden",
        "does not comply",
        "does not meet",
    ];
    begins(value, FAILED)
        || (is_short && has_failed(value) && says.iter().any(|word| value.contains(word)))
        || (is_short && denies(value))
}

/// A sentence by which the product does not comply, without a word that turns it around.
fn denies(value: &str) -> bool {
    let lower = value.to_lowercase();
    let says = [
        "does not comply",
        "do not comply",
        "does not conform",
        "does not meet",
        "did not pass",
        "does not pass",
        "has not passed",
        "entspricht nicht",
    ];
    let turned = ["no ", "none", "nothing", "if ", "where ", "kein", "only "];
    says.iter().any(|word| lower.contains(word))
        && !turned
            .iter()
            .any(|word| lower.starts_with(word) || lower.contains(&format!(" {word}")))
}

fn begins(value: &str, words: &[&str]) -> bool {
    let lower = value
        .trim_start_matches(['(', '[', '"', '☒', '✗', '❌', ' ', '*', ':', '-'])
        .to_lowercase();
    words.iter().any(|word| {
        lower.strip_prefix(word).is_some_and(|rest| {
            // `Failures: none` and `Fail-safe` are no verdicts; `failed` and `nonconforming` are.
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_lowercase());
            let tail = lower[word.len()..lower.len() - rest.len()].to_owned();
            let is_noun = matches!(
                tail.as_str(),
                "ure" | "ures" | "over" | "s" | "afe" | "back"
            );
            let is_count = rest.trim_start().starts_with([':', '-', '/', '=', '0']);
            !is_noun
                && !is_count
                && (*word != "ng" || (tail.is_empty() && value.trim_start().starts_with("NG")))
        })
    })
}

/// Returns a finding if a page is marked as a draft.
fn draft(proof: &Proof<'_>) -> Option<Finding> {
    let is_mark = |line: &str| {
        let plain = line
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        let closed: String = plain.chars().filter(|c| !c.is_whitespace()).collect();
        // A mark across the page is often set with wide spaces.
        DRAFTS.contains(&plain.as_str())
            || matches!(closed.as_str(), "draft" | "entwurf" | "preliminary")
    };
    let in_title = |line: &str| {
        let lower = line.to_lowercase();
        let words = [
            "draft ",
            "draft, ",
            "(draft)",
            "- draft",
            ": draft",
            "[draft]",
            "entwurf",
            "(preliminary)",
            "preliminary ",
            "(vorläufig)",
        ];
        words
            .iter()
            .any(|word| lower.starts_with(word) || (!word.ends_with(' ') && lower.ends_with(word)))
    };
    let mark = proof
        .text
        .lines()
        .find(|(_, line)| line.len() <= 80 && is_mark(line));
    let title = || {
        let line = proof
            .text
            .head(4)
            .find(|line| line.len() <= 120 && in_title(line))?;
        proof.text.lines().find(|(_, other)| *other == line)
    };
    let status = proof
        .values(Kind::Verdict)
        .find(|one| begins(one.value, DRAFTS));
    let (at, line) = mark
        .or_else(title)
        .or_else(|| status.map(|one| (one.at, one.value)))?;
    let message = format!("{} is marked `{}`", proof.at(at), shown(line));
    let help = "name the final document";
    Some(proof.finding(Code::VerdictNegative, message, help))
}

/// Returns a finding for a table row that ends in `FAIL`. A retest may have passed, so this is a warning.
fn failed_row(proof: &Proof<'_>) -> Option<Finding> {
    let again = ["retest", "re-test", "second run", "repeated", "nachprüfung"];
    let mut passages = proof.text.passages.iter();
    let is_repeated = passages.any(|one| again.iter().any(|word| one.lower.contains(word)));
    let mut lines = proof.text.lines();
    let (at, line) = lines.find(|(_, line)| {
        has_failed(line) && !is_legend(line) && !(is_repeated && ends_passed(line))
    })?;
    let message = format!("{} has a failed test: `{}`", proof.at(at), shown(line));
    let help =
        "check whether the test was repeated and passed; if not, wait for the report that shows it";
    Some(proof.finding(Code::ReportDoubtful, message, help))
}

/// The verdicts that a report may give, beside each other: `PASS, FAIL, INCONCLUSIVE`.
fn is_legend(line: &str) -> bool {
    let lower = line
        .to_lowercase()
        .replace(" / ", ", ")
        .replace(" or ", ", ");
    let verdicts = ["pass", "inconclusive", "n/a", "not applicable"];
    verdicts.iter().any(|verdict| {
        let pairs = [("fail", *verdict), ("failed", verdict), (verdict, "fail")];
        let mut pairs = pairs.iter();
        pairs.any(|(one, other)| lower.contains(&format!("{one}, {other}")))
    })
}

/// A row whose last run passed.
fn ends_passed(line: &str) -> bool {
    let passed = [" PASS", " PASSED", " Pass", " Passed", " bestanden"];
    passed.iter().any(|word| line.ends_with(word)) && !line.ends_with("nicht bestanden")
}

fn has_failed(line: &str) -> bool {
    let lower = line.to_lowercase();
    let words = [
        "FAIL",
        "FAILED",
        "NOT PASSED",
        "Nicht bestanden",
        "nicht bestanden",
        "不合格",
        "부적합",
        "불합격",
        "NOT COMPLIANT",
        "Not passed",
        "not passed",
        "Failed",
    ];
    let passed = [
        "pass/fail",
        "pass / fail",
        "pass or fail",
        "retest",
        "passed",
        "no fail",
        "0 fail",
        "fail: 0",
        "fail = ",
        "pass =",
        "fail-safe",
        "bestanden /",
        "合格/",
        "적합/",
        "適合/",
        "合格・",
        "if ",
        "wenn ",
    ];
    let verdict = words.iter().any(|word| {
        line.match_indices(word).any(|(start, _)| {
            let after = line[start + word.len()..].trim_start();
            let before = &line[..start];
            let goes_on = line[start + word.len()..]
                .starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-');
            let is_part = before
                .ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-' || c == '/');
            // At the end of a row or cell.
            !goes_on
                && !is_part
                && (after.is_empty()
                    || matches!(*word, "FAIL" | "FAILED")
                    || after.starts_with(['|', '(', '.', ',']))
                && !after.starts_with(['/', '=', ':', '0'])
        })
    });
    verdict
        && !passed.iter().any(|word| {
            lower.contains(word)
                && !words.iter().any(|own| {
                    own.to_lowercase().contains(word)
                        && lower.contains(&own.to_lowercase())
                        && *word == "passed"
                })
        })
}

/// Returns a finding for a row of high severity that is open.
fn left_open(proof: &Proof<'_>) -> Option<Finding> {
    let grave = [
        "critical", "high", "kritisch", "hoch", "높음", "심각", "緊急", "重大", "严重", "高危",
    ];
    let open = [
        "open",
        "unresolved",
        "unfixed",
        "not fixed",
        "not mended",
        "offen",
        "미조치",
        "미해결",
        "未対応",
        "未解決",
        "未修复",
        "unpatched",
        "won't fix",
        "wont fix",
    ];
    let (at, line) = proof.text.lines().find(|(_, line)| {
        let lower = line.to_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .filter(|word| !word.is_empty())
            .collect();
        let has = |list: &[&str]| {
            list.iter().any(|one| {
                if one.contains(' ') || !one.is_ascii() {
                    lower.contains(one)
                } else {
                    words.contains(one)
                }
            })
        };
        let denies = [
            "no", "none", "closed", "0", "not open", "keine", "zero", "without", "ports", "port",
            "above", "left",
        ];
        words.len() <= 20 && has(&grave) && has(&open) && !has(&denies)
    })?;
    let message = format!(
        "{} has an open finding of high severity: `{}`",
        proof.at(at),
        shown(line)
    );
    let help = "have it fixed and tested again, or explain in the answer why it can stay open";
    Some(proof.finding(Code::ReportDoubtful, message, help))
}
