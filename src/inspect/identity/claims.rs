//! Reads from a certificate what the manifest says about its label, with the place and the line of each value.

use clspack_words::company::name_in;

use crate::domain::{ClaimOf, Date, LabelLevel, Scheme};
use crate::inspect::identity::certificate::first_word;
use crate::inspect::identity::days::{Day, days};
use crate::inspect::identity::grade::{grade, in_sentence};
use crate::inspect::identity::labels::Kind;
use crate::inspect::identity::party::is_name;
use crate::inspect::identity::terms::{is_end, is_range, is_until};
use crate::inspect::identity::text::{Labelled, Text};
use crate::inspect::identity::words::Words;
use crate::inspect::identity::{model, version};
use crate::look::InFile;

/// A value in a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub of: ClaimOf,
    /// The value as the manifest writes it.
    pub value: String,
    pub at: InFile,
    /// The line that says it.
    pub excerpt: String,
}

/// How schemes, authorities and numbers of labels are named, in lower case. Each is found in no other certificate.
const SCHEMES: &[(Scheme, &[&str])] = &[
    (
        Scheme::Bsi,
        &[
            "it-sicherheitskennzeichen",
            "it security label",
            "bundesamt für sicherheit in der informationstechnik",
        ],
    ),
    (
        Scheme::KisaCic,
        &[
            "certification of iot cybersecurity",
            "kisa",
            "iot 보안인증",
            "iot보안인증",
            "사물인터넷 보안인증",
            "한국인터넷진흥원",
        ],
    ),
    (
        Scheme::Traficom,
        &[
            "traficom",
            "tietoturvamerk",
            "finnish cybersecurity label",
            "liikenne- ja viestintävirasto",
        ],
    ),
    (
        Scheme::JcStar,
        &[
            "jc-star",
            "jcstar",
            "セキュリティ要件適合評価及びラベリング制度",
        ],
    ),
    (Scheme::UkPsti, &["psti"]),
];

/// The beginnings of label numbers, in lower case, for certificates that print the number without a label.
const NUMBERS: &[&str] = &["sik-", "cic-", "k-cic-", "jcstar-", "jc-star-"];

/// The most characters of a line that are shown.
const LONGEST: usize = 120;

/// Returns what a certificate says, by field, each value once. Fields with several values have been read in several ways,
/// except models.
pub(in crate::inspect) fn claims(words: &Words) -> Vec<Claim> {
    let text = Text::of(words);
    let reader = Reader {
        labelled: text.labelled(),
        text: &text,
    };
    let schemes = reader.schemes();
    let mut claims = reader.levels(&schemes);
    claims.extend(schemes);
    claims.extend(reader.numbers());
    claims.extend(reader.term());
    claims.extend(reader.models());
    claims.extend(reader.firmware());
    claims.extend(reader.holders());
    let mut known: Vec<Claim> = Vec::new();
    for claim in claims {
        let is_known = |one: &Claim| one.of == claim.of && one.value == claim.value;
        if !known.iter().any(is_known) {
            known.push(claim);
        }
    }
    known.sort_by_key(|claim| claim.of);
    known
}

struct Reader<'t> {
    labelled: Vec<Labelled<'t>>,
    text: &'t Text<'t>,
}

impl<'t> Reader<'t> {
    fn values(&self, kind: Kind) -> impl Iterator<Item = &Labelled<'t>> {
        self.labelled.iter().filter(move |one| one.kind == kind)
    }

    fn claim(&self, of: ClaimOf, value: impl Into<String>, one: &Labelled<'t>) -> Claim {
        Claim {
            of,
            value: value.into(),
            at: one.at.clone(),
            excerpt: self.line_of(one),
        }
    }

    /// Returns the line of a value, with the line before it if that has the label.
    fn line_of(&self, one: &Labelled<'t>) -> String {
        let mut before = "";
        for (_, line) in self.text.lines() {
            if !line.as_bytes().as_ptr_range().contains(&one.value.as_ptr()) {
                before = if line.is_empty() { before } else { line };
                continue;
            }
            let is_alone = line.starts_with(one.value) && !before.is_empty();
            return shortened(&if is_alone {
                format!("{before} | {line}")
            } else {
                line.to_owned()
            });
        }
        shortened(one.value)
    }

    /// Returns the schemes that the text names, each at its first line.
    fn schemes(&self) -> Vec<Claim> {
        let named = SCHEMES.iter().filter_map(|(scheme, names)| {
            // The first name says most.
            let (at, line) = names.iter().find_map(|name| {
                let mut lines = self.text.lines();
                lines.find(|(_, line)| line.to_lowercase().contains(name))
            })?;
            Some(Claim {
                of: ClaimOf::Scheme,
                value: scheme.to_string(),
                at: at.clone(),
                excerpt: shortened(line),
            })
        });
        named.collect()
    }

    /// Returns the grades: those with a label, else those in sentences. Only two of the schemes have grades.
    fn levels(&self, schemes: &[Claim]) -> Vec<Claim> {
        let names = |scheme: Scheme| {
            let mut named = schemes.iter();
            schemes.is_empty() || named.any(|one| one.value == scheme.as_str())
        };
        let fits = |level: LabelLevel| {
            names(if level.as_str().starts_with("star") {
                Scheme::JcStar
            } else {
                Scheme::KisaCic
            })
        };
        let cells = self.values(Kind::Grade).filter_map(|one| {
            let level = grade(one.value).filter(|level| fits(*level))?;
            Some(self.claim(ClaimOf::Level, level.as_str(), one))
        });
        let cells: Vec<Claim> = cells.collect();
        if !cells.is_empty() {
            return cells;
        }
        let lines = self.text.lines().flat_map(|(at, line)| {
            let found = in_sentence(line).into_iter();
            found.map(move |(_, level)| (at, line, level))
        });
        let lines = lines.filter(|(_, _, level)| fits(*level));
        lines
            .map(|(at, line, level)| Claim {
                of: ClaimOf::Level,
                value: level.as_str().to_owned(),
                at: at.clone(),
                excerpt: shortened(line),
            })
            .collect()
    }

    /// Returns the numbers: those with a label, else the words that begin like one.
    fn numbers(&self) -> Vec<Claim> {
        let cells = self.values(Kind::Number).filter_map(|one| {
            let number = first_word(one.value).filter(|number| number.len() >= 4)?;
            Some(self.claim(ClaimOf::Number, number, one))
        });
        let cells: Vec<Claim> = cells.collect();
        if !cells.is_empty() {
            return cells;
        }
        let lines = self.text.lines().flat_map(|(at, line)| {
            let words = line.split(|c: char| c.is_whitespace() || "|,;:()".contains(c));
            words.map(move |word| (at, line, word.trim_end_matches('.')))
        });
        let is_number = |word: &str| {
            let lower = word.to_lowercase();
            let begins = NUMBERS.iter().any(|start| lower.starts_with(start));
            begins && lower.bytes().any(|b| b.is_ascii_digit())
        };
        lines
            .filter(|(_, _, word)| is_number(word))
            .map(|(at, line, word)| Claim {
                of: ClaimOf::Number,
                value: word.to_owned(),
                at: at.clone(),
                excerpt: shortened(line),
            })
            .collect()
    }

    /// Returns the days of issue and expiry. The first day of a term counts where no day of issue is named.
    fn term(&self) -> Vec<Claim> {
        let (mut claims, mut starts) = (Vec::new(), Vec::new());
        let mut has_issue = false;
        for one in &self.labelled {
            let said = days(one.value);
            let add = |of: ClaimOf, day: &Day, to: &mut Vec<Claim>| {
                // One notation may mean two days, and a person has to choose.
                to.extend(
                    day.dates
                        .iter()
                        .map(|date: &Date| self.claim(of, date.to_string(), one)),
                );
            };
            match (one.kind, said.as_slice()) {
                (Kind::Issued, [issued, rest @ ..]) => {
                    has_issue = true;
                    add(ClaimOf::Issued, issued, &mut claims);
                    let end = rest.first();
                    let end = end.filter(|end| is_end(one.value, issued, end));
                    if let Some(end) = end {
                        add(ClaimOf::Expires, end, &mut claims);
                    }
                }
                // Such as an expiry date and the day of the next audit: a person has to choose.
                (Kind::Expires, [first, second, ..]) if !is_range(one.value, first, second) => {
                    for end in [first, second] {
                        add(ClaimOf::Expires, end, &mut claims);
                    }
                }
                (Kind::Expires | Kind::Term, [start, end, ..]) => {
                    add(ClaimOf::Issued, start, &mut starts);
                    add(ClaimOf::Expires, end, &mut claims);
                }
                (Kind::Expires, [end]) => add(ClaimOf::Expires, end, &mut claims),
                (Kind::Term, [only]) if is_until(one.value, only) => {
                    add(ClaimOf::Expires, only, &mut claims);
                }
                (Kind::Term, [only]) => add(ClaimOf::Issued, only, &mut starts),
                _ => {}
            }
        }
        if !has_issue {
            claims.extend(starts);
        }
        claims
    }

    fn models(&self) -> Vec<Claim> {
        let found = self.values(Kind::Model).flat_map(|one| {
            let models = model::listed(one.value).into_iter();
            models.map(|name| self.claim(ClaimOf::Models, name, one))
        });
        found.collect()
    }

    /// Returns the firmware: versions that are alone in a cell, else those in sentences.
    fn firmware(&self) -> Vec<Claim> {
        let versions = version::given(Kind::Firmware, self.text, &self.labelled);
        let has_cell = versions.iter().any(|one| one.is_apart);
        let versions = versions.iter().filter(|one| one.is_apart || !has_cell);
        let claims = versions.filter_map(|one| {
            let labelled = Labelled {
                kind: Kind::Firmware,
                value: one.value,
                is_apart: one.is_apart,
                at: one.at,
            };
            let value = version::first(one.value)?;
            Some(self.claim(ClaimOf::FirmwareVersion, value, &labelled))
        });
        claims.collect()
    }

    fn holders(&self) -> Vec<Claim> {
        let named = self.values(Kind::Holder);
        let named = named.filter(|one| is_name(one.value, one.is_apart));
        named
            .map(|one| self.claim(ClaimOf::Holder, name_in(one.value), one))
            .collect()
    }
}

fn shortened(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;
    use crate::look::look;

    /// Returns what is read of a text, as lines.
    fn read(text: &str) -> Vec<String> {
        let look = look("txt", text.as_bytes());
        let words = Words::of(&look, text.as_bytes(), "txt", Role::Label);
        let claims = claims(&words).into_iter();
        claims
            .map(|one| format!("{}: {}", one.of, one.value))
            .collect()
    }

    #[test]
    fn certificates_of_four_schemes_are_read() {
        for (text, expected) in [
            (
                "KISA CIC certificate\nGrade: Basic\nCertificate number: CIC-B-2025-0417 (copy)\nModel: HX-200, HX-200K\n\
                 Firmware version: 1.10\nHolder: Hanbit Living Co., Ltd., Seoul\nValid: 2025-07-01 to 2028-06-30",
                "scheme: kisa-cic, level: basic, number: CIC-B-2025-0417, issued: 2025-07-01, expires: 2028-06-30, \
                 models: HX-200, models: HX-200K, firmware_version: 1.10, holder: Hanbit Living Co., Ltd.",
            ),
            (
                "IT-Sicherheitskennzeichen\nKennzeichen: sik-00042\nHersteller: Wächterblick GmbH, Köln\nModell: WB-K300/K310\n\
                 Laufzeit: 3. November 2025 bis 2. November 2027",
                "scheme: bsi, number: sik-00042, issued: 2025-11-03, expires: 2027-11-02, models: WB-K300, models: WB-K310, \
                 holder: Wächterblick GmbH",
            ),
            (
                "JC-STAR 適合ラベル\nレベル / Level: ★1 (STAR-1)\n登録番号：JCSTAR-0007\n型番：RC-110\n\
                 登録日：令和8年6月15日\n有効期限：令和10年6月14日",
                "scheme: jc-star, level: star-1, number: JCSTAR-0007, issued: 2026-06-15, expires: 2028-06-14, models: RC-110",
            ),
            (
                "Traficom: Tietoturvamerkki\nTunnus: FI-0031\nMalli: HX-9\nMyönnetty: 1. heinäkuuta 2025",
                "scheme: traficom, number: FI-0031, issued: 2025-07-01, models: HX-9",
            ),
            (
                "KISA 사물인터넷 보안인증\n등급: 스탠다드\n인증번호: CIC-2025-3\n모델명: VR7MD\n발급일: 2025. 7. 1.",
                "scheme: kisa-cic, level: standard, number: CIC-2025-3, issued: 2025-07-01, models: VR7MD",
            ),
        ] {
            assert_eq!(read(text).join(", "), expected, "{text}");
        }
    }

    #[test]
    fn two_readings_are_both_told() {
        let found =
            read("KISA\nIssued: 07/01/2025\nCertificate no. A-100\nCertificate number: A-101");
        let expected = "scheme: kisa-cic, number: A-100, number: A-101, issued: 2025-01-07, issued: 2025-07-01";
        let mut found_sorted = found.clone();
        found_sorted.sort();
        let mut expected: Vec<&str> = expected.split(", ").collect();
        expected.sort_unstable();
        assert_eq!(found_sorted, expected, "{found:?}");
    }

    #[test]
    fn another_day_behind_a_day_is_no_expiry_date() {
        let found = read("KISA\nIssued: 2025-07-01, audit 2026-03-01").join(", ");
        assert_eq!(found, "scheme: kisa-cic, issued: 2025-07-01");
        let found = read("KISA\nValid until 2028-06-30 (audit 2026-12-31)").join(", ");
        let expected = "scheme: kisa-cic, expires: 2028-06-30, expires: 2026-12-31";
        assert_eq!(found, expected);
    }

    #[test]
    fn a_text_about_something_else_says_nothing() {
        assert!(read("Minutes of the meeting\nThe camera was shown to the client.").is_empty());
    }

    #[test]
    fn a_value_below_its_label_is_shown_with_it() {
        let text = "KISA\nCertificate number\nCIC-77\n";
        let look = look("txt", text.as_bytes());
        let words = Words::of(&look, text.as_bytes(), "txt", Role::Label);
        let claims = claims(&words);
        let number = claims.iter().find(|one| one.of == ClaimOf::Number).unwrap();
        assert_eq!(number.excerpt, "Certificate number | CIC-77");
    }
}
