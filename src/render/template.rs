//! Finds and fills templates; the one file that knows the template engine. A name that the view does
//! not have is an error with its line, also where the engine would take it for false.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as _;
use std::sync::Arc;

use serde_json::Value;
use tera::{Context, Tera};

use crate::diag::{Finding, Place};
use crate::domain::Sha256;
use crate::error::{Error, Result};
use crate::render::{TemplateFault, View, as_written, date, kinds, names};

/// The built-in templates.
pub(crate) const BUILT_IN: &[(&str, &str)] = &[
    (
        "declaration.html",
        include_str!("../../templates/declaration.html"),
    ),
    (
        "supporting-evidence.html",
        include_str!("../../templates/supporting-evidence.html"),
    ),
    (
        "upload-sheet.html",
        include_str!("../../templates/upload-sheet.html"),
    ),
    ("summary.html", include_str!("../../templates/summary.html")),
    ("letter.html", include_str!("../../templates/letter.html")),
    ("style.html", include_str!("../../templates/style.html")),
    (REPORT, include_str!("../../templates/report.html")),
];

/// The page of a batch. It stays HTML, belongs to no pack, and is filled with values of its own.
pub(crate) const REPORT: &str = "report.html";

/// Invented values for the page of a batch, written by a test from a report.
const REPORT_SAMPLE: &str = include_str!("../../templates/report-sample.json");

/// Pictures that templates may show, by name.
pub type Pictures = BTreeMap<String, Arc<[u8]>>;

/// The templates that a run uses.
pub struct Templates {
    texts: BTreeMap<String, String>,
    /// What may be meant in those of the user's.
    warnings: Vec<TemplateFault>,
    pictures: Pictures,
    engine: Tera,
}

impl Templates {
    /// Returns the templates of the binary.
    ///
    /// # Errors
    /// One of them is faulty, which a test rules out.
    pub fn built_in() -> Result<Self> {
        Self::new(Self::built_in_texts())
    }

    /// Returns the texts of the binary's templates, by name.
    pub fn built_in_texts() -> BTreeMap<String, String> {
        let texts = BUILT_IN.iter();
        texts
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    /// Returns true if a template of this name and content is the binary's.
    pub fn is_built_in(name: &str, hash: Sha256) -> bool {
        let mut all = BUILT_IN.iter();
        all.any(|(known, text)| *known == name && Sha256::of(text.as_bytes()) == hash)
    }

    /// Returns true if every template is the binary's.
    pub fn are_built_in(&self) -> bool {
        self.of_packs()
            .all(|(name, _, hash)| Self::is_built_in(name, hash))
    }

    /// Takes the built-in templates, with those of the same name replaced.
    ///
    /// # Errors
    /// One of them is faulty.
    pub fn with(replaced: BTreeMap<String, String>) -> Result<Self> {
        let (warnings, faults): (Vec<_>, Vec<_>) = as_written(&replaced)
            .into_iter()
            .partition(TemplateFault::is_warning);
        if !faults.is_empty() {
            let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
            return Err(Error::Template(faults.join("\n")));
        }
        let mut texts = Self::built_in_texts();
        texts.extend(replaced);
        let templates = Self::new(texts)?;
        Ok(Self {
            warnings,
            ..templates
        })
    }

    /// Returns what may be meant in the user's own templates, as findings.
    pub fn findings(&self) -> Vec<Finding> {
        let finding = |fault: &TemplateFault| {
            let place = Place::File(fault.template.clone());
            let (message, help) = fault
                .message
                .rsplit_once("; ")
                .unwrap_or((&fault.message, ""));
            // What is about the whole template has no place in it.
            let message = match (fault.line, fault.column) {
                (1, 1) => message.to_owned(),
                (line, column) => format!("line {line} column {column}: {message}"),
            };
            Finding::new(fault.code, place, message, help)
        };
        self.warnings.iter().map(finding).collect()
    }

    fn new(texts: BTreeMap<String, String>) -> Result<Self> {
        let mut engine = engine();
        let pairs = texts.iter();
        let pairs = pairs.map(|(name, text)| (name.clone(), as_filled(name, text)));
        engine
            .add_raw_templates(pairs)
            .map_err(|error| fault(&error))?;
        Ok(Self {
            texts,
            warnings: Vec::new(),
            pictures: Pictures::new(),
            engine,
        })
    }

    /// Adds pictures, which lie beside the templates.
    #[must_use]
    pub fn showing(self, pictures: Pictures) -> Self {
        Self { pictures, ..self }
    }

    /// Returns the pictures.
    pub(crate) const fn pictures(&self) -> &Pictures {
        &self.pictures
    }

    /// Fills a template.
    pub fn fill(&self, name: &str, view: &View) -> Result<String> {
        let version = self.text(name).map_or("", version);
        self.fill_value(name, &Self::value(view, version))
    }

    /// Fills a template that is no paper of a pack, with values of its own.
    ///
    /// # Errors
    /// The template names what is not among the values, or cannot be filled.
    pub fn fill_page(&self, name: &str, mut value: Value) -> Result<String> {
        value["template"] = self.text(name).map_or("", version).into();
        self.check(name, &value)?;
        let mut context = Context::new();
        let Value::Object(fields) = value else {
            return self.fill_value(name, &value);
        };
        for (field, value) in fields {
            // The page of ten thousand products is not held twice: each item goes over alone.
            let value = match value {
                Value::Array(items) => {
                    let items = items.into_iter();
                    let items = items.map(|item| tera::Value::try_from_serializable(&item));
                    items
                        .collect::<std::result::Result<Vec<_>, _>>()
                        .map(tera::Value::from)
                }
                value => tera::Value::try_from_serializable(&value),
            };
            context.insert_value(field, value.map_err(|error| fault(&error))?);
        }
        let filled = self.engine.render(name, &context);
        filled.map_err(|error| fault(&error))
    }

    /// Fills a template with invented values.
    ///
    /// # Errors
    /// The template names what is not among the values, or cannot be filled.
    pub fn fill_sample(&self, name: &str) -> Result<String> {
        self.fill_page(name, Self::sample(name))
    }

    /// Returns the invented values of a template.
    pub(crate) fn sample(name: &str) -> Value {
        if name == REPORT {
            let mut value: Value = serde_json::from_str(REPORT_SAMPLE).unwrap_or_default();
            value["template"] = "".into();
            return value;
        }
        Self::value(&View::sample(), "")
    }

    /// Returns a view as the engine takes it.
    pub(crate) fn value(view: &View, version: &str) -> Value {
        let mut value = view.values();
        value["template"] = version.into();
        value
    }

    /// Fills a template with values.
    pub(crate) fn fill_value(&self, name: &str, value: &Value) -> Result<String> {
        self.check(name, value)?;
        let context = Context::from_serialize(value);
        let filled = context.and_then(|context| self.engine.render(name, &context));
        filled.map_err(|error| fault(&error))
    }

    /// Refuses a template that names what is not among the values.
    fn check(&self, name: &str, values: &Value) -> Result<()> {
        let text = self.text(name).ok_or_else(|| missing(name))?;
        let found = names::unknown(text, values).into_iter();
        let mut faults: Vec<_> = found.map(|fault| said(name, &fault)).collect();
        faults.extend(self.check_included(text, values)?);
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Error::Template(faults.join("\n")))
        }
    }

    /// Returns what is wrong with the names of the templates that a text includes.
    fn check_included(&self, text: &str, values: &Value) -> Result<Vec<String>> {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open = included(text);
        let mut faults = Vec::new();
        while let Some(name) = open.pop() {
            let (name, text) = self
                .texts
                .get_key_value(name)
                .ok_or_else(|| missing(name))?;
            if seen.insert(name) {
                let found = names::unknown(text, values).into_iter();
                faults.extend(found.map(|fault| said(name, &fault)));
                open.extend(included(text));
            }
        }
        Ok(faults)
    }

    /// Returns name, version and hash of each template, by name.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str, Sha256)> {
        let texts = self.texts.iter();
        texts.map(|(name, text)| (name.as_str(), version(text), Sha256::of(text.as_bytes())))
    }

    /// Returns the same of the templates that make the papers of a pack.
    pub fn of_packs(&self) -> impl Iterator<Item = (&str, &str, Sha256)> {
        self.all().filter(|(name, ..)| *name != REPORT)
    }

    /// Returns name and text of each template, by name.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let texts = self.texts.iter();
        texts.map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Returns the text of a template.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }
}

/// Returns an engine with the filters that templates may use.
pub(crate) fn engine() -> Tera {
    let mut engine = Tera::new();
    engine.register_filter("date", date::date);
    engine
}

/// Returns the text that the engine gets of a template.
fn as_filled(name: &str, text: &str) -> String {
    if name == REPORT {
        return text.to_owned();
    }
    kinds::listed(text).into_owned()
}

/// Returns the version that a template declares; nothing if it declares none.
fn version(text: &str) -> &str {
    let content = text.split_once("<meta name=\"template\" content=\"");
    content
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("", |(version, _)| version)
}

/// Returns the names of the templates that a text includes.
fn included(text: &str) -> Vec<&str> {
    let rest = text.split("include \"").skip(1);
    let names = rest.filter_map(|rest| rest.split_once('"'));
    names.map(|(name, _)| name).collect()
}

fn missing(name: &str) -> Error {
    Error::Template(format!("there is no template `{name}`"))
}

fn said(name: &str, fault: &names::Unknown) -> String {
    let names::Unknown {
        line,
        column,
        message,
    } = fault;
    format!("{name}, line {line} column {column}: {message}")
}

/// The engine's chain of causes in one text.
fn fault(error: &tera::Error) -> Error {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    Error::Template(text)
}
