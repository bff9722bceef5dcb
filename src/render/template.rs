//! Loads templates, checks them, and fills them. Faults are reported when a template is loaded, with their lines: the
//! engine would take an unknown name for false.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use serde_json::Value;
use tera::{Context, Tera};

use crate::diag::Finding;
use crate::domain::Sha256;
use crate::error::{Error, Result};
use crate::render::complaint::unusable;
use crate::render::lint::is_warning;
use crate::render::{Opened, View, as_written, date, kinds, link};

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
    (VOLUME, include_str!("../../templates/evidence-pages.html")),
    (
        "upload-sheet.html",
        include_str!("../../templates/upload-sheet.html"),
    ),
    ("summary.html", include_str!("../../templates/summary.html")),
    ("letter.html", include_str!("../../templates/letter.html")),
    ("style.html", include_str!("../../templates/style.html")),
    (REPORT, include_str!("../../templates/report.html")),
    (WORKLIST, include_str!("../../templates/worklist.html")),
    (CONTENTS, include_str!("../../templates/contents.html")),
];

/// The sheets of a volume with pages of evidence.
pub(crate) const VOLUME: &str = "evidence-pages.html";

/// The pages of a batch. They stay HTML, belong to no pack, and are filled with values of their own.
pub(crate) const REPORT: &str = "report.html";
pub(crate) const WORKLIST: &str = "worklist.html";
/// The covering list of what a client is handed.
pub(crate) const CONTENTS: &str = "contents.html";
const PAGES: [&str; 3] = [REPORT, WORKLIST, CONTENTS];

/// Returns true for a page of a batch.
pub(super) fn is_page(name: &str) -> bool {
    PAGES.contains(&name)
}

/// Invented values for the pages of a batch, written by a test from a report.
const REPORT_SAMPLE: &str = include_str!("../../templates/report-sample.json");

/// Pictures that templates may show, by name.
pub type Pictures = BTreeMap<String, Arc<[u8]>>;

/// The templates that a run uses. A template is checked when it is loaded, and not again when a document is filled.
pub struct Templates {
    all: BTreeMap<String, Loaded>,
    are_built_in: bool,
    /// The built-in ones, where others are in use: loaded when a signed copy is first compared with them.
    built_in: OnceLock<Box<Self>>,
    /// What may be meant in the user's templates.
    warnings: Vec<Finding>,
    pictures: Pictures,
    engine: Tera,
    opened: Opened,
}

/// A template with its version and hash, which every pack records.
struct Loaded {
    text: String,
    version: String,
    sha256: Sha256,
}

impl Templates {
    /// Returns the templates of the binary, in which a test finds no fault.
    ///
    /// # Errors
    /// The engine refuses one of them, which the same test rules out.
    pub fn built_in() -> Result<Self> {
        Self::load(Self::built_in_texts())
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

    /// Returns true if every template that makes documents is the binary's.
    pub const fn are_built_in(&self) -> bool {
        self.are_built_in
    }

    /// Returns the binary's templates, beside those in use.
    ///
    /// # Errors
    /// As [`built_in`](Self::built_in).
    pub(crate) fn or_built_in(&self) -> Result<&Self> {
        if self.are_built_in {
            return Ok(self);
        }
        if let Some(known) = self.built_in.get() {
            return Ok(known);
        }
        let loaded = Box::new(Self::built_in()?);
        Ok(self.built_in.get_or_init(|| loaded))
    }

    /// Takes the built-in templates, with those of the same name replaced.
    ///
    /// # Errors
    /// One of them is faulty.
    pub fn with(replaced: BTreeMap<String, String>) -> Result<Self> {
        let (warnings, faults): (Vec<_>, Vec<_>) =
            as_written(&replaced).into_iter().partition(is_warning);
        if !faults.is_empty() {
            return Err(unusable(&faults));
        }
        let mut texts = Self::built_in_texts();
        texts.extend(replaced);
        let templates = Self::load(texts)?;
        Ok(Self {
            warnings,
            ..templates
        })
    }

    /// Returns what may be meant in the user's own templates, as findings.
    pub fn findings(&self) -> Vec<Finding> {
        self.warnings.clone()
    }

    fn load(texts: BTreeMap<String, String>) -> Result<Self> {
        let mut engine = engine();
        let pairs = texts.iter();
        let pairs = pairs.map(|(name, text)| (name.clone(), as_filled(name, text)));
        engine
            .add_raw_templates(pairs)
            .map_err(|error| fault(&error))?;
        let mut documents = texts.iter().filter(|(name, _)| !is_page(name));
        Ok(Self {
            are_built_in: documents.all(|one| BUILT_IN.contains(&(one.0, one.1))),
            built_in: OnceLock::new(),
            warnings: Vec::new(),
            pictures: Pictures::new(),
            engine,
            opened: Opened::default(),
            all: texts.into_iter().map(Loaded::named).collect(),
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

    /// Returns the Word and PowerPoint templates that the products of the run have opened.
    pub(crate) const fn opened(&self) -> &Opened {
        &self.opened
    }

    /// Fills a template.
    pub(crate) fn fill(&self, name: &str, values: &mut Values) -> Result<String> {
        values.set("template", self.version(name));
        let filled = self.engine.render(name, &values.0);
        filled.map_err(|error| fault(&error))
    }

    /// Fills a template that is no document of a pack, with values of its own.
    ///
    /// # Errors
    /// The template cannot be filled.
    pub fn fill_page(&self, name: &str, value: Value) -> Result<String> {
        self.fill(name, &mut Values::of_page(value)?)
    }

    /// Fills a template with invented values.
    ///
    /// # Errors
    /// The template cannot be filled.
    pub fn fill_sample(&self, name: &str) -> Result<String> {
        self.fill_page(name, Self::sample(name))
    }

    /// Returns the invented values of a template.
    pub(crate) fn sample(name: &str) -> Value {
        let mut value = if is_page(name) {
            serde_json::from_str(REPORT_SAMPLE).unwrap_or_default()
        } else {
            View::sample().values()
        };
        value["template"] = "".into();
        value
    }

    /// Returns name, version and hash of each template, by name.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str, Sha256)> {
        let all = self.all.iter();
        all.map(|(name, one)| (name.as_str(), one.version.as_str(), one.sha256))
    }

    /// Returns the same of the templates that make the documents of a pack.
    pub fn of_packs(&self) -> impl Iterator<Item = (&str, &str, Sha256)> {
        self.all().filter(|(name, ..)| !is_page(name))
    }

    /// Returns name and text of each template, by name.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.all.iter();
        all.map(|(name, one)| (name.as_str(), one.text.as_str()))
    }

    /// Returns the text of a template.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.all.get(name).map(|one| one.text.as_str())
    }

    fn version(&self, name: &str) -> &str {
        self.all.get(name).map_or("", |one| one.version.as_str())
    }
}

impl Loaded {
    fn named((name, text): (String, String)) -> (String, Self) {
        let loaded = Self {
            version: version(&text).to_owned(),
            sha256: Sha256::of(text.as_bytes()),
            text,
        };
        (name, loaded)
    }
}

/// A view as the engine takes it, converted once for all documents of a pack.
pub(crate) struct Values(Context);

impl Values {
    pub(crate) fn of(view: &View) -> Result<Self> {
        let context = Context::from_serialize(view);
        context.map(Self).map_err(|error| fault(&error))
    }

    /// Converts the values of a page, item by item, so that ten thousand products are not in memory twice.
    fn of_page(value: Value) -> Result<Self> {
        let mut values = Self(Context::new());
        let Value::Object(fields) = value else {
            return Ok(values);
        };
        for (field, value) in fields {
            let value = match value {
                Value::Array(items) => {
                    let items = items.into_iter();
                    let items = items.map(|item| tera::Value::try_from_serializable(&item));
                    let items: std::result::Result<Vec<_>, _> = items.collect();
                    items.map(tera::Value::from)
                }
                value => tera::Value::try_from_serializable(&value),
            };
            let value = value.map_err(|error| fault(&error))?;
            values.0.insert_value(field, value);
        }
        Ok(values)
    }

    /// Replaces a value.
    pub(crate) fn set<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.0.insert(name, value);
    }

    /// Returns the values for a Word or PowerPoint template, which has no version.
    pub(crate) fn of_office(&mut self) -> &Context {
        self.set("template", "");
        &self.0
    }
}

/// Returns an engine with the filters that templates may use.
pub(crate) fn engine() -> Tera {
    let mut engine = Tera::new();
    engine.register_filter("date", date::date);
    engine.register_filter("link", link::link);
    engine
}

/// Returns the text that the engine gets of a template.
fn as_filled(name: &str, text: &str) -> String {
    if is_page(name) {
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
