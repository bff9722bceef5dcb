//! A manifest to start from: it has what the form asks for and nothing else. Known values are filled in; each missing
//! one is an open line that says what to write, and `check` names it.

use std::fmt::Write as _;

use crate::domain::{FieldPath, Scheme, field};
use crate::rules::RuleBook;
use crate::rules::tables::LabelField;

/// The values known at the start, as a manifest spells them.
#[derive(Clone, Debug, Default)]
pub struct Prefilled {
    pub applicant: Option<String>,
    pub uen: Option<String>,
    /// The country of a registration abroad.
    pub country: Option<String>,
    /// The number of a registration abroad.
    pub registration: Option<String>,
    pub brand: Option<String>,
    pub name: Option<String>,
    pub models: Vec<String>,
    pub category: Option<String>,
    /// The level applied for.
    pub level: Option<String>,
    pub submission: Option<String>,
    /// The last day of support.
    pub support_until: Option<String>,
    /// Labels held: scheme and grade.
    pub labels: Vec<(String, Option<String>)>,
}

impl Prefilled {
    /// Returns true if the company is known to be registered abroad.
    pub const fn is_abroad(&self) -> bool {
        self.country.is_some() || self.registration.is_some()
    }
}

/// What the form asks for beyond what every application needs.
#[derive(Clone, Debug, Default)]
pub struct Asks {
    pub fields: Vec<FieldPath>,
    /// Provisions that are to be answered.
    pub provisions: Vec<Asked>,
}

/// A provision or lifecycle item that is to be answered.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its number.
    pub id: String,
    pub title: String,
    /// Whether it belongs to the lifecycle.
    pub is_lifecycle: bool,
}

impl Asked {
    /// Returns the field that holds the answer.
    pub fn field(&self) -> FieldPath {
        let section = if self.is_lifecycle {
            field!(lifecycle)
        } else {
            field!(provisions)
        };
        section.key(self.id.clone())
    }
}

impl Asks {
    fn has(&self, field: &FieldPath) -> bool {
        self.fields.contains(field)
    }
}

/// Returns the text of the manifest.
pub fn text(given: &Prefilled, book: &RuleBook, asks: &Asks) -> String {
    let mut out = String::from(HEAD);
    request(&mut out, given);
    applicant(&mut out, given);
    product(&mut out, given, asks);
    labels(&mut out, given, book);
    laboratory(&mut out, asks);
    answers(
        &mut out,
        "provisions",
        asks.provisions.iter().filter(|one| !one.is_lifecycle),
    );
    answers(
        &mut out,
        "lifecycle",
        asks.provisions.iter().filter(|one| one.is_lifecycle),
    );
    evidence(&mut out, asks);
    out.push_str("\nsignatory:\n");
    line(&mut out, 1, "name", None, "who signs the declaration");
    line(&mut out, 1, "title", None, "the job title of that person");
    if given.is_abroad() {
        out.push_str("  # name_latin:                  # name and job title in Latin letters, if they are in another script\n  # title_latin:\n");
    }
    out
}

/// The first line is for editors; they read the schema from the file that it names.
const HEAD: &str = "\
# yaml-language-server: $schema=clspack-manifest.schema.json
# To let an editor check this file as you type: clspack schema > clspack-manifest.schema.json
# Fill in the lines without a value; `clspack check` names each of them. `clspack schema` describes every field.
schema: 1
";

fn request(out: &mut String, given: &Prefilled) {
    if given.level.is_none() && given.submission.is_none() {
        return;
    }
    out.push_str("\napplication:\n");
    if given.level.is_some() {
        line(
            out,
            1,
            "level",
            given.level.as_ref(),
            "the level applied for",
        );
    }
    if given.submission.is_some() {
        line(
            out,
            1,
            "submission",
            given.submission.as_ref(),
            "the intended day of submission",
        );
    }
}

fn applicant(out: &mut String, given: &Prefilled) {
    out.push_str("\napplicant:\n");
    line(
        out,
        1,
        "name",
        given.applicant.as_ref(),
        "the registered name of the company",
    );
    if given.is_abroad() {
        out.push_str("  registration:\n");
        line(
            out,
            2,
            "country",
            given.country.as_ref(),
            "as a code of two letters",
        );
        let number = given.registration.as_deref().map(quoted);
        raw_line(
            out,
            2,
            "number",
            number.as_deref(),
            "the number in that country's register",
        );
    } else {
        let doc = "or for a company abroad: registration: { country: JP, number: \"…\" }";
        let doc = if given.uen.is_some() { "" } else { doc };
        line(out, 1, "uen", given.uen.as_ref(), doc);
    }
    line(out, 1, "address", None, "the postal address, in quotes");
    if given.is_abroad() {
        out.push_str("  # name_latin:                  # name and address in Latin letters, if they are in another script\n  # address_latin:\n");
    }
    out.push_str("  contact:\n");
    line(out, 2, "name", None, "the person whom an officer may ask");
    line(out, 2, "email", None, "");
}

fn product(out: &mut String, given: &Prefilled, asks: &Asks) {
    out.push_str("\nproduct:\n");
    line(
        out,
        1,
        "brand",
        given.brand.as_ref(),
        "the brand on the box",
    );
    line(out, 1, "name", given.name.as_ref(), "the name on the box");
    let models: Vec<String> = given.models.iter().map(|model| quoted(model)).collect();
    let models = (!models.is_empty()).then(|| format!("[{}]", models.join(", ")));
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
    line(
        out,
        1,
        "firmware_version",
        None,
        "in quotes if it looks like a number",
    );
    out.push_str("  support:\n");
    let until = given.support_until.as_ref();
    line(
        out,
        2,
        "until",
        until,
        "the last day of security updates, as published",
    );
    if asks.has(&field!(product.support.url)) {
        line(out, 2, "url", None, "the page that publishes it");
    }
    if asks.has(&field!(product.vulnerability_disclosure)) {
        line(
            out,
            1,
            "vulnerability_disclosure",
            None,
            "the page of the disclosure policy",
        );
    }
}

fn labels(out: &mut String, given: &Prefilled, book: &RuleBook) {
    if given.labels.is_empty() {
        return;
    }
    out.push_str("\nlabels:\n");
    for (scheme, level) in &given.labels {
        let _ = writeln!(out, "  - scheme: {scheme}");
        for (name, doc) in label_fields(scheme, book) {
            let value = level.as_deref().filter(|_| name == "level");
            raw_line(out, 2, name, value, doc);
        }
    }
}

/// Returns the fields that every label of a scheme needs, with what to write.
pub fn label_fields(scheme: &str, book: &RuleBook) -> Vec<(&'static str, &'static str)> {
    let scheme = scheme.parse::<Scheme>().ok();
    let timeline = scheme.and_then(|scheme| book.arrangements.get(&scheme));
    let Some(edition) = timeline.and_then(|timeline| timeline.editions().last()) else {
        return Vec::new();
    };
    let form = &edition.body.label;
    let doc = |field: &LabelField| match field {
        LabelField::Level => "the grade on the label",
        LabelField::Number => "the number on the label",
        LabelField::Issued => "the day on which it was issued",
        LabelField::Expires => "the last day on which it is valid",
        LabelField::Models => "a list, as the label spells them",
        LabelField::Evidence => "a list of files, such as [evidence/statement.pdf]",
    };
    let needed = form.needs.iter().map(|field| (field.as_str(), doc(field)));
    let is_reviewed = form.reviewed_every_days.is_some();
    let reviewed = is_reviewed.then_some(("reviewed", "the day of the last annual review"));
    needed.chain(reviewed).collect()
}

fn laboratory(out: &mut String, asks: &Asks) {
    if !asks.has(&field!(laboratory)) {
        return;
    }
    out.push_str("\nlaboratory:\n");
    line(out, 1, "name", None, "the name of the test laboratory");
    line(out, 1, "reference", None, "the number of its report");
    line(out, 1, "date", None, "the date of its report");
    line(
        out,
        1,
        "report",
        None,
        "the file, such as evidence/laboratory-report.pdf",
    );
}

/// Lists the provisions of the level as comments, so that nobody has to look up the numbers. No answer is suggested.
fn answers<'a>(out: &mut String, section: &str, asked: impl Iterator<Item = &'a Asked>) {
    let mut asked = asked.peekable();
    if asked.peek().is_none() {
        return;
    }
    let _ = write!(
        out,
        "\n# Remove the `#` before each line that you answer; `support` is yes, no or n/a.\n# {section}:\n"
    );
    for one in asked {
        let _ = writeln!(
            out,
            "#   # {}\n#   {}: {{ support: , detail: , evidence: [] }}",
            one.title, one.id
        );
    }
}

fn evidence(out: &mut String, asks: &Asks) {
    let files: Vec<&FieldPath> = asks
        .fields
        .iter()
        .filter(|field| field.section() == "evidence")
        .collect();
    if files.is_empty() {
        return;
    }
    out.push_str("\nevidence:\n");
    for field in files {
        let name = field.name();
        raw_line(
            out,
            1,
            name,
            None,
            &format!("the file, such as evidence/{name}.pdf"),
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
    // A value that is filled in needs no help.
    let comment = if doc.is_empty() || value.is_some() {
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
        quoted(text)
    }
}

/// A JSON string is a YAML string too. Models and numbers are always quoted, so that editors see texts.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
