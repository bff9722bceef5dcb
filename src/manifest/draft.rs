//! A manifest to go on from: what is known filled in, what is missing left open with a word on what
//! to write, so that `check` names every open line.

use std::fmt::Write as _;

use crate::domain::{Date, Level, Scheme};
use crate::rules::RuleBook;
use crate::rules::tables::{DeviceClass, LabelField};

/// What is known at the start.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The company that applies.
    pub applicant: Option<String>,
    /// Its UEN.
    pub uen: Option<String>,
    /// The brand.
    pub brand: Option<String>,
    /// The product's name.
    pub name: Option<String>,
    /// The models.
    pub models: Vec<String>,
    /// The category.
    pub category: Option<String>,
    /// The level applied for.
    pub level: Option<String>,
    /// The day of submission.
    pub submission: Option<String>,
    /// The last day of support.
    pub support_until: Option<String>,
    /// Labels held: scheme and grade.
    pub labels: Vec<(String, Option<String>)>,
}

/// Returns the text of the manifest.
pub fn text(given: &Given, book: &RuleBook, on: Date) -> String {
    let mut out = String::from(
        "# Manifest of one product for clspack. Lines without a value are to be filled in;\n# `clspack check` names each of them. Text stays text: 1.10 is not 1.1.\nschema: 1\n\napplication:\n",
    );
    match &given.level {
        Some(level) => line(&mut out, 1, "level", Some(level), "1 to 4"),
        None => out.push_str(
            "  # level: 3                     # 1 to 4; left out, the labels held decide\n",
        ),
    }
    match &given.submission {
        Some(day) => line(
            &mut out,
            1,
            "submission",
            Some(day),
            "the intended day of submission",
        ),
        None => out.push_str(
            "  # submission: 2026-12-01       # the intended day of submission; left out, today\n",
        ),
    }
    if given.level.is_none() && given.submission.is_none() {
        out = out.replace("application:\n", "application: {}                   # level and submission go here, indented, without the braces\n");
    }
    applicant(&mut out, given);
    product(&mut out, given);
    labels(&mut out, given, book);
    out.push_str("\n# laboratory:                    # needed by the standard forms\n#   name:\n#   reference:\n#   date:\n#   report: evidence/laboratory-report.pdf\n");
    provisions(&mut out, given, book, on);
    out.push_str("\n# evidence:                      # files that belong to the whole product\n#   label-photo: evidence/label.jpg\n#   sbom: evidence/sbom.pdf\n#   binary-scan: evidence/binary-scan.pdf\n#   penetration-test: evidence/penetration-test.pdf\n");
    out.push_str("\nsignatory:\n");
    for (name, doc) in [
        ("name", "who signs the declaration"),
        ("title", "the job title"),
    ] {
        line(&mut out, 1, name, None, doc);
    }
    out.push_str("  # name_latin:                  # name and job title in Latin letters, if they are in another script\n  # title_latin:\n");
    out.push_str("  # place: Singapore\n  # date: 2026-11-20\n");
    out
}

fn applicant(out: &mut String, given: &Given) {
    out.push_str("\napplicant:\n");
    line(
        out,
        1,
        "name",
        given.applicant.as_ref(),
        "the registered name of the company",
    );
    line(
        out,
        1,
        "uen",
        given.uen.as_ref(),
        "or for a firm abroad: registration: { country: KR, number: \"…\" }",
    );
    line(out, 1, "address", None, "the postal address");
    out.push_str("  # name_latin:                  # the same in Latin letters, if they are in another script\n  # address_latin:\n");
    out.push_str("  contact:\n");
    line(out, 2, "name", None, "the person whom an officer may ask");
    line(out, 2, "email", None, "");
    out.push_str("    # name_latin:                # the same in Latin letters, if the name is in another script\n    # phone: \"+65 6000 0000\"\n  # filed_by: { name: …, uen: … }  # a consultancy that files for the applicant\n");
}

fn product(out: &mut String, given: &Given) {
    out.push_str("\nproduct:\n");
    line(
        out,
        1,
        "brand",
        given.brand.as_ref(),
        "the brand on the box",
    );
    line(out, 1, "name", given.name.as_ref(), "the name on the box");
    let models = (!given.models.is_empty()).then(|| {
        format!(
            "[{}]",
            given
                .models
                .iter()
                .map(|model| yaml(model))
                .collect::<Vec<_>>()
                .join(", ")
        )
    });
    raw_line(
        out,
        1,
        "models",
        models.as_deref(),
        "a list, each spelt exactly as on the type label",
    );
    line(
        out,
        1,
        "category",
        given.category.as_ref(),
        "what kind of product it is",
    );
    out.push_str("  # hardware_version: \"2.1\"\n");
    line(
        out,
        1,
        "firmware_version",
        None,
        "in quotes if it looks like a number",
    );
    out.push_str("  # companion_apps: [{ name: …, platform: android, version: \"1.0\" }]\n  # url: https://…\n  support:\n");
    line(
        out,
        2,
        "until",
        given.support_until.as_ref(),
        "the last day of security updates, as published",
    );
    line(out, 2, "url", None, "the page that publishes it");
    line(
        out,
        1,
        "vulnerability_disclosure",
        None,
        "the page of the disclosure policy",
    );
    out.push_str("  # traits: [telemetry]          # `clspack rules show traits` lists them\n");
}

fn labels(out: &mut String, given: &Given, book: &RuleBook) {
    if given.labels.is_empty() {
        out.push_str("\n# labels:                        # labels held under other schemes\n#   - scheme: kisa-cic           # bsi, kisa-cic, traficom, jc-star or uk-psti\n#     level: basic\n");
        return;
    }
    out.push_str("\nlabels:\n");
    for (scheme, level) in &given.labels {
        let _ = writeln!(out, "  - scheme: {scheme}");
        let timeline = scheme
            .parse()
            .ok()
            .and_then(|scheme: Scheme| book.arrangements.get(&scheme));
        let Some(edition) = timeline.and_then(|timeline| timeline.editions().last()) else {
            continue;
        };
        let form = &edition.body.label;
        for field in &form.needs {
            let (value, doc) = match field {
                LabelField::Level => (level.as_deref(), "the grade on the label"),
                LabelField::Number => (None, "the number on the label"),
                LabelField::Issued => (None, "the day on which it was issued"),
                LabelField::Expires => (None, "the last day on which it is valid"),
                LabelField::Models => (None, "a list, as the label spells them"),
                LabelField::Evidence => (None, "a list of files, such as [evidence/statement.pdf]"),
            };
            raw_line(out, 2, field.as_str(), value, doc);
        }
        if form.reviewed_every_days.is_some() {
            raw_line(
                out,
                2,
                "reviewed",
                None,
                "the day of the last annual review",
            );
        }
        out.push_str(
            "    # firmware_version: \"1.0\"\n    # evidence: [evidence/certificate.pdf]\n",
        );
    }
}

/// Lists the provisions of the level, or of Level 1, so that nobody has to look the numbers up.
fn provisions(out: &mut String, given: &Given, book: &RuleBook, on: Date) {
    let level = given
        .level
        .as_ref()
        .and_then(|level| level.parse::<Level>().ok())
        .unwrap_or(Level::ALL[0]);
    let category = given
        .category
        .as_ref()
        .and_then(|category| category.parse().ok());
    let scope = book.scope.in_force_on(on).and_then(|edition| {
        edition
            .body
            .rows
            .iter()
            .find(|row| category.is_some_and(|category| row.categories.contains(&category)))
    });
    let class = scope
        .and_then(|row| row.class)
        .unwrap_or(DeviceClass::Generic);
    let table = book
        .levels
        .get(&class)
        .and_then(|timeline| timeline.in_force_on(on));
    let (Some(table), Some(catalogue)) = (table, book.provisions.in_force_on(on)) else {
        return;
    };
    let asked: Vec<&str> = table
        .body
        .rows
        .iter()
        .filter(|row| row.level <= level)
        .flat_map(|row| {
            row.provisions
                .iter()
                .map(crate::domain::ProvisionId::as_str)
        })
        .collect();
    let _ = write!(
        out,
        "\n# provisions:                    # asked for by the standard form of Level {level}\n"
    );
    for row in catalogue
        .body
        .rows
        .iter()
        .filter(|row| asked.contains(&row.id.as_str()))
    {
        let _ = writeln!(
            out,
            "#   # {}\n#   {}: {{ support: yes, detail: , evidence: [] }}",
            row.title, row.id
        );
    }
}

fn line(out: &mut String, indent: usize, name: &str, value: Option<&String>, doc: &str) {
    let value = value.map(|value| yaml(value));
    raw_line(out, indent, name, value.as_deref(), doc);
}

fn raw_line(out: &mut String, indent: usize, name: &str, value: Option<&str>, doc: &str) {
    let field = format!(
        "{}{name}:{}{}",
        "  ".repeat(indent),
        if value.is_some() { " " } else { "" },
        value.unwrap_or_default()
    );
    let comment = if doc.is_empty() {
        String::new()
    } else {
        format!("# {doc}")
    };
    let _ = writeln!(out, "{}", format!("{field:<32} {comment}").trim_end());
}

/// A text as a YAML scalar: plain where that is safe, else in double quotes.
fn yaml(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || " ._/+()-".contains(c);
    let begins_well = text.starts_with(char::is_alphanumeric);
    if begins_well && text.chars().all(plain) && !text.ends_with(' ') {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}
