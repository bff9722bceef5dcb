//! Compares the grade of a label with its certificates: `Basic`, `STAR-1`, `★★`, `스탠다드`.

use crate::diag::{Code, Finding, told};
use crate::domain::LabelLevel;
use crate::domain::text::shown;
use crate::inspect::identity::labels::Kind;
use crate::inspect::identity::proof::Proof;

const GRADES: &[(LabelLevel, &[&str])] = &[
    (LabelLevel::Lite, &["lite", "라이트"]),
    (LabelLevel::Basic, &["basic", "베이직", "기본형"]),
    (
        LabelLevel::Standard,
        &["standard", "스탠다드", "스탠더드", "표준형"],
    ),
    (
        LabelLevel::Star1,
        &[
            "star-1",
            "star 1",
            "star1",
            "★1",
            "☆1",
            "レベル1",
            "level 1",
            "lv1",
            "lv.1",
            "1",
        ],
    ),
    (
        LabelLevel::Star2,
        &[
            "star-2",
            "star 2",
            "star2",
            "★2",
            "☆2",
            "レベル2",
            "level 2",
            "lv2",
            "lv.2",
            "★★",
            "2",
        ],
    ),
    (
        LabelLevel::Star3,
        &[
            "star-3",
            "star 3",
            "star3",
            "★3",
            "☆3",
            "レベル3",
            "level 3",
            "lv3",
            "lv.3",
            "★★★",
            "3",
        ],
    ),
    (
        LabelLevel::Star4,
        &[
            "star-4",
            "star 4",
            "star4",
            "★4",
            "☆4",
            "レベル4",
            "level 4",
            "lv4",
            "lv.4",
            "★★★★",
            "4",
        ],
    ),
];

/// Returns the grades that a value names at its beginning.
pub(super) fn grade(value: &str) -> Option<LabelLevel> {
    let value = value
        .trim_start_matches(['(', '[', '"', ' ', '☑', '■', '✓', '✔', '"'])
        .to_lowercase();
    let n_stars = value.chars().take_while(|c| *c == '★').count();
    if n_stars > 1 || (n_stars == 1 && !value[3..].starts_with(|c: char| c.is_ascii_digit())) {
        let stars = [
            LabelLevel::Star1,
            LabelLevel::Star2,
            LabelLevel::Star3,
            LabelLevel::Star4,
        ];
        return stars.get(n_stars - 1).copied();
    }
    let named = GRADES.iter().find(|(_, names)| {
        names.iter().any(|name| {
            value
                .strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        })
    });
    named.map(|(level, _)| *level)
}

/// Returns a finding if the certificates have another grade.
pub(super) fn finding(level: LabelLevel, proofs: &[Proof<'_>]) -> Option<Finding> {
    let is_star = |level: LabelLevel| level.as_str().starts_with("star");
    for proof in proofs {
        let values = proof
            .values(Kind::Grade)
            .filter_map(|one| Some((one.at, one.value.to_owned(), grade(one.value)?)));
        let in_lines = proof.text.lines().flat_map(|(at, line)| {
            in_sentence(line)
                .into_iter()
                .map(move |(written, level)| (at, written, level))
        });
        let values: Vec<_> = values
            .chain(in_lines)
            .filter(|(_, _, other)| is_star(*other) == is_star(level))
            .collect();
        let cells = proof.values(Kind::Grade).filter_map(|one| grade(one.value));
        let cells: Vec<LabelLevel> = cells
            .filter(|other| is_star(*other) == is_star(level))
            .collect();
        let names_own = if cells.is_empty() {
            values.iter().any(|(_, _, other)| *other == level)
        } else {
            cells.contains(&level)
        };
        // A form may list every grade and tick one, and the tick is not text.
        let n_named = GRADES
            .iter()
            .filter(|(other, _)| values.iter().any(|(_, _, value)| value == other))
            .count();
        if names_own || n_named > 2 {
            continue;
        }
        if let Some((at, written, other)) = values.first() {
            let message = told(|m| {
                format!(
                    "{} has the grade `{}` ({other}), but {m} has `{level}`",
                    proof.at(at),
                    shown(written)
                )
            });
            let help = "correct `level` of the label, or name the certificate of that grade";
            return Some(proof.finding(Code::LabelGradeDiffers, message, help));
        }
    }
    None
}

/// Returns the grades that a sentence names: `CIC Basic`, `grade Lite`, `STAR-2`, `★★`.
pub(super) fn in_sentence(line: &str) -> Vec<(String, LabelLevel)> {
    let lower = line.to_lowercase();
    let mut found = Vec::new();
    for lead in [
        "cic ",
        "cic-",
        "grade ",
        "grade: ",
        "등급 ",
        "★",
        "star-",
        "jc-star ★",
        "등급: ",
    ] {
        for (start, _) in lower.match_indices(lead) {
            let is_word = !lower[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
            // `JC-STAR-0007` is a number.
            let is_sign = matches!(lead, "★" | "star-");
            let value = if is_sign {
                &lower[start..]
            } else {
                &lower[start + lead.len()..]
            };
            let is_bare_star = lead == "star-" && lower[..start].ends_with('-');
            if is_word
                && !is_bare_star
                && let Some(level) = grade(value)
            {
                let written: String = value
                    .chars()
                    .take_while(|c| !c.is_whitespace())
                    .take(20)
                    .collect();
                found.push((written, level));
            }
        }
    }
    found
}
