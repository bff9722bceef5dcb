//! One client's data has no place in another's application: not in its manifest, not in the templates that its
//! documents are made from, not in its evidence or the names of its files. What cannot be searched is in the
//! plan's list of files that were not searched.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::batch::clients::{Clients, Foreign, ForeignMark, What};
use crate::batch::search::{Found, Search};
use crate::diag::{Code, Finding, Place, Span};
use crate::domain::{Application, EvidencePath, Sha256, Uen};
use crate::gather::Folders;
use crate::look::look;
use crate::manifest::Manifest;
use crate::render::Templates;
use crate::sniff::MAX_WHOLE;
use crate::world::{self, World};

/// How many files are remembered by their content; a batch of more looks again.
const MOST: usize = 50_000;

/// What every application of a batch is searched for, and with.
pub(crate) struct Leaks<'a> {
    clients: &'a Clients,
    search: Search,
    /// Name and marks of each template.
    templates: Vec<(&'a str, Found)>,
    /// The marks in a file, by its content and type: files of a family are searched once.
    files: Mutex<BTreeMap<(Sha256, String), Arc<Found>>>,
    world: &'a dyn World,
}

impl<'a> Leaks<'a> {
    /// Prepares the search.
    pub(crate) fn new(
        clients: &'a Clients,
        templates: &'a Templates,
        world: &'a dyn World,
    ) -> Self {
        let search = clients.search();
        let templates = templates.texts();
        Self {
            clients,
            templates: templates
                .map(|(name, text)| (name, search.file(&look("html", text.as_bytes()))))
                .collect(),
            search,
            files: Mutex::default(),
            world,
        }
    }

    /// Returns a finding for each place of an application that holds another client's data.
    pub(crate) fn of(&self, client: &str, manifest: &Manifest, folders: &Folders) -> Vec<Finding> {
        let Some(application) = &manifest.application else {
            return Vec::new();
        };
        let product = &application.product;
        let names = [&product.brand, &product.name].map(|name| name.as_deref().unwrap_or_default());
        let foreign = self.clients.foreign(client, &friends(application), &names);
        if foreign.marks.is_empty() {
            return Vec::new();
        }
        let mut findings = self.in_manifest(&foreign, manifest, application);
        findings.extend(self.in_templates(&foreign));
        findings.extend(self.in_files(&foreign, application, folders));
        findings
    }

    fn in_templates(&self, foreign: &Foreign<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (template, found) in &self.templates {
            for mark in foreign
                .marks
                .iter()
                .filter(|mark| foreign.shown(mark, found))
            {
                let message = format!("the template `{template}` holds {}", mark.said());
                let help = "put a field in its place, such as `{{ applicant.name }}`";
                let place = Place::File((*template).to_owned());
                findings.push(Finding::new(Code::OtherClient, place, message, help));
            }
        }
        findings
    }

    /// Looks into the applicant's own templates and the evidence.
    fn in_files(
        &self,
        foreign: &Foreign<'_>,
        application: &Application,
        folders: &Folders,
    ) -> Vec<Finding> {
        let mut seen = BTreeSet::new();
        let mut findings = Vec::new();
        for (field, path) in files(application) {
            if !seen.insert(path) {
                continue;
            }
            let Some(found) = self.file(path, folders) else {
                continue;
            };
            for mark in foreign
                .marks
                .iter()
                .filter(|mark| foreign.shown(mark, &found))
            {
                let message = format!("`{path}` holds {}", mark.said());
                let help = format!(
                    "take it out of the file; if the file has to hold it, {}",
                    mark.way_out()
                );
                findings.push(Finding::at(Code::OtherClient, field.clone(), message, help));
            }
        }
        findings
    }

    /// Returns the marks in a file; nothing if it cannot be read, which is said where evidence is gathered.
    fn file(&self, path: &EvidencePath, folders: &Folders) -> Option<Arc<Found>> {
        let bytes = world::read(self.world, &folders.join(path), MAX_WHOLE as u64);
        let bytes = bytes.ok()??;
        let key = (Sha256::of(&bytes), path.extension());
        let files = || self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let known = files().get(&key).map(Arc::clone);
        if known.is_some() {
            return known;
        }
        let found = Arc::new(self.search.file(&look(&key.1, &bytes)));
        let mut files = files();
        if files.len() < MOST {
            files.insert(key, Arc::clone(&found));
        }
        Some(found)
    }

    /// Returns a finding for each mark, at the first field that holds it, else at the remark that does.
    fn in_manifest(
        &self,
        foreign: &Foreign<'_>,
        manifest: &Manifest,
        application: &Application,
    ) -> Vec<Finding> {
        let fields = self.fields(application);
        let registration = application.applicant.registration.as_ref();
        let number = registration.map(ToString::to_string);
        let remarks = self.remarks(&manifest.source.text);
        let mut findings = Vec::new();
        for mark in &foreign.marks {
            let is_number = mark.what == What::Registration && number.as_deref() == Some(mark.says);
            let field = fields.iter().find(|(_, found)| foreign.shown(mark, found));
            let field = field.map(|(field, _)| Place::Field(field.clone()));
            let number = is_number.then(|| Place::Field(number_field(manifest)));
            let remark = || {
                let found = remarks.iter().find(|(_, found)| foreign.shown(mark, found));
                found.map(|(span, _)| Place::Bytes(*span))
            };
            let place = number.or(field).or_else(remark);
            findings.extend(place.map(|place| mark.in_field(place)));
        }
        findings
    }

    /// Returns the marks in each field: its text, and the name of the file that it names.
    fn fields(&self, application: &Application) -> Vec<(String, Found)> {
        let texts = application.texts().into_iter();
        let texts = texts.map(|(field, text)| (field, self.search.text(text)));
        let paths = files(application).into_iter();
        let signed = &application.declaration.signed;
        let signed = signed
            .iter()
            .map(|path| ("declaration.signed".to_owned(), path));
        let paths = paths.chain(signed);
        let paths = paths.map(|(field, path)| (field, self.search.path(path.as_str())));
        let holds_some = |(_, found): &(String, Found)| *found != Found::default();
        texts.chain(paths).filter(holds_some).collect()
    }

    /// Returns the lines of a manifest with a remark: they go into the record of the pack as they are.
    fn remarks(&self, text: &str) -> Vec<(Span, Found)> {
        let mut start = 0;
        let mut remarks = Vec::new();
        for line in text.split_inclusive('\n') {
            if let Some(at) = line.find('#') {
                let end = start + line.trim_end().len();
                let span = Span {
                    start: start + at,
                    end,
                };
                remarks.push((span, self.search.text(&line[at..])));
            }
            start += line.len();
        }
        remarks
    }
}

impl ForeignMark<'_> {
    fn said(&self) -> String {
        let (what, whose) = (self.what.word(), self.whose);
        if self.is_shared {
            return format!("the {what} that the client `{whose}` gives too");
        }
        match self.what {
            What::ShortName => {
                format!(
                    "the {what} `{}` of another client, `{whose}`",
                    self.words.as_str()
                )
            }
            _ => format!("the {what} of another client, `{whose}`"),
        }
    }

    fn way_out(&self) -> String {
        format!("name `{}` in `applicant.shares_with`", self.whose)
    }

    fn in_field(&self, place: Place) -> Finding {
        let help = if self.is_shared {
            format!(
                "correct it where it is wrong; if both have it, {}",
                self.way_out()
            )
        } else {
            format!(
                "replace it if it was copied from that client; if it belongs here, {}",
                self.way_out()
            )
        };
        let message = format!("this field holds {}", self.said());
        Finding::new(Code::OtherClient, place, message, help)
    }
}

/// Returns the applicant's own templates and the evidence, with the fields that name them.
fn files(application: &Application) -> Vec<(String, &EvidencePath)> {
    let own = application.templates.paths();
    let own = own.map(|(field, path)| (field.to_owned(), path));
    own.chain(application.evidence_paths()).collect()
}

/// Whom an application may name: who files it, who tested the product, and whom it says itself.
pub(crate) fn friends(application: &Application) -> Vec<&str> {
    let applicant = &application.applicant;
    let filer = applicant.filed_by.as_ref();
    let name = filer.and_then(|filer| filer.name.as_deref());
    let number = filer.and_then(|filer| filer.uen.as_ref());
    let laboratory = application.laboratory.as_ref();
    let laboratory = laboratory.and_then(|laboratory| laboratory.name.as_deref());
    let shared = applicant.shares_with.iter().map(String::as_str);
    let named = [name, number.map(Uen::as_str), laboratory];
    named.into_iter().flatten().chain(shared).collect()
}

fn number_field(manifest: &Manifest) -> String {
    let abroad = "applicant.registration.number";
    let field = if manifest.origins.has(abroad) {
        abroad
    } else {
        "applicant.uen"
    };
    field.to_owned()
}
