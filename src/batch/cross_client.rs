//! Searches each application for data of other clients: its manifest, the templates of its documents, its evidence
//! and the names of its files. Files that cannot be searched are in the plan's list of files that were not searched.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::batch::basis::{Basis, files};
use crate::batch::clients::{Clients, Foreign, ForeignMark, MarkKind};
use crate::batch::report::Unread;
use crate::batch::search::{Found, Search};
use crate::diag::{Code, Finding, Place, Span};
use crate::domain::{
    Application, EvidencePath, FieldPath, Sha256, SignedDeclaration, Uen, Unsearched, field,
};
use crate::error::{Error, Result};
use crate::gather::{Folders, Looks};
use crate::look::look;
use crate::manifest::Manifest;
use crate::render::Templates;
use crate::sniff::MAX_WHOLE;
use crate::world::{self, World};

/// How many files are remembered by their content; a larger batch searches some again.
const MOST: usize = 50_000;

#[derive(Debug)]
pub(crate) struct CrossClientData<F> {
    /// Findings and warnings.
    pub(crate) found: Vec<F>,
    /// The files that could not be searched, besides those in its plan.
    pub(crate) unread: Vec<Unread>,
}

impl<F> Default for CrossClientData<F> {
    fn default() -> Self {
        Self {
            found: Vec::new(),
            unread: Vec::new(),
        }
    }
}

impl<F> CrossClientData<F> {
    pub(crate) const fn is_empty(&self) -> bool {
        self.found.is_empty() && self.unread.is_empty()
    }
}

/// The marks in a file, and why it was not searched to its end.
type Searched = (Found, BTreeSet<Unsearched>);

/// What the applications of a batch are searched for, and the means to do it.
pub(crate) struct CrossClient<'a> {
    clients: &'a Clients,
    search: Search,
    /// Name and marks of each template.
    templates: Vec<(&'a str, Found)>,
    /// The marks in a file, by its content and type: files of a family are searched once.
    files: Mutex<BTreeMap<(Sha256, String), Arc<Searched>>>,
    /// The texts of evidence from the scan.
    looks: &'a Looks,
    world: &'a dyn World,
}

impl<'a> CrossClient<'a> {
    pub(crate) fn new(
        clients: &'a Clients,
        templates: &'a Templates,
        looks: &'a Looks,
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
            looks,
            world,
        }
    }

    /// Returns a finding for each place in an application with another client's data.
    ///
    /// # Errors
    /// A file has changed since the scan.
    pub(crate) fn of(
        &self,
        client: &str,
        manifest: &Manifest,
        folders: &Folders,
        basis: &Basis,
    ) -> Result<CrossClientData<Finding>> {
        let Some(application) = &manifest.application else {
            return Ok(CrossClientData::default());
        };
        let product = &application.product;
        let names = [&product.brand, &product.name].map(|name| name.as_deref().unwrap_or_default());
        let foreign = self.clients.foreign(client, &friends(application), &names);
        if foreign.marks.is_empty() {
            return Ok(CrossClientData::default());
        }
        let mut data = CrossClientData {
            found: self.in_manifest(&foreign, manifest, application),
            unread: Vec::new(),
        };
        data.found.extend(self.in_templates(&foreign));
        self.in_files(&foreign, application, folders, basis, &mut data)?;
        Ok(data)
    }

    fn in_templates(&self, foreign: &Foreign<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (template, found) in &self.templates {
            for mark in foreign
                .marks
                .iter()
                .filter(|mark| foreign.shown(mark, found))
            {
                let message = format!("the template `{template}` contains {}", mark.description());
                let help = "put a field in its place, such as `{{ applicant.name }}`";
                let place = Place::File((*template).to_owned());
                findings.push(Finding::new(Code::OtherClient, place, message, help));
            }
        }
        findings
    }

    /// Searches every file that goes into the pack and was read in the scan.
    fn in_files(
        &self,
        foreign: &Foreign<'_>,
        application: &Application,
        folders: &Folders,
        basis: &Basis,
        data: &mut CrossClientData<Finding>,
    ) -> Result<()> {
        // Files that cannot be read, or are too large, are reported where evidence is gathered.
        for (field, path, hash) in &basis.searched {
            let searched = self.file(path, *hash, folders)?;
            let (found, unsearched) = &*searched;
            let marks = foreign.marks.iter();
            let marks = marks.filter(|mark| foreign.shown(mark, found));
            let found = marks.map(|mark| mark.in_file(path, field));
            data.found.extend(found);
            if *field == SignedDeclaration::field() {
                unread_copy(path, unsearched, application, data);
            }
        }
        Ok(())
    }

    /// Returns the marks in a file. Its text is remembered from the scan, or is read again and must have the same
    /// hash.
    fn file(&self, path: &EvidencePath, hash: Sha256, folders: &Folders) -> Result<Arc<Searched>> {
        let key = (hash, path.extension());
        let files = || self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let known = files().get(&key).map(Arc::clone);
        if let Some(known) = known {
            return Ok(known);
        }
        let look = match self.looks.text(hash, &key.1) {
            Some(look) => look,
            None => Arc::new(look(&key.1, &self.read_again(path, hash, folders)?)),
        };
        let found = Arc::new((self.search.file(&look), look.unsearched.clone()));
        let mut files = files();
        if files.len() < MOST {
            files.insert(key, Arc::clone(&found));
        }
        Ok(found)
    }

    fn read_again(&self, path: &EvidencePath, hash: Sha256, folders: &Folders) -> Result<Vec<u8>> {
        let bytes = world::read(self.world, &folders.join(path), MAX_WHOLE as u64);
        let same = bytes
            .ok()
            .flatten()
            .filter(|bytes| Sha256::of(bytes) == hash);
        same.ok_or_else(|| Error::Changed(path.to_string()))
    }

    /// Returns a finding for each mark, at the first field with it, otherwise at the first comment with it.
    fn in_manifest(
        &self,
        foreign: &Foreign<'_>,
        manifest: &Manifest,
        application: &Application,
    ) -> Vec<Finding> {
        let fields = self.fields(application);
        let registration = application.applicant.registered();
        let number = registration.map(|registration| registration.to_string());
        let remarks = self.remarks(&manifest.source.text);
        let mut findings = Vec::new();
        for mark in &foreign.marks {
            let is_number =
                mark.what == MarkKind::Registration && number.as_deref() == Some(mark.says);
            let field = fields.iter().find(|(_, found)| foreign.shown(mark, found));
            let field = field.map(|(field, _)| Place::Field(field.clone()));
            let number = is_number.then(|| Place::Field(number_field(manifest)));
            let remark = || {
                let found = remarks.iter().find(|(_, found)| foreign.shown(mark, found));
                found.map(|(span, _)| Place::Span(*span))
            };
            let place = number.or(field).or_else(remark);
            findings.extend(place.map(|place| mark.in_field(place)));
        }
        findings
    }

    /// Returns the marks in each field: in its text, and in the name of the file that it gives.
    fn fields(&self, application: &Application) -> Vec<(FieldPath, Found)> {
        let texts = application.texts().into_iter();
        let texts = texts.map(|(field, text)| (field, self.search.text(text)));
        let paths = files(application).into_iter();
        let paths = paths.map(|(field, path)| (field, self.search.path(path.as_str())));
        let holds_some = |(_, found): &(FieldPath, Found)| *found != Found::default();
        texts.chain(paths).filter(holds_some).collect()
    }

    /// Returns the lines of a manifest whose comments have a mark. The pack's record contains the manifest with its
    /// comments.
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
    fn description(&self) -> String {
        let (what, whose) = (self.what.word(), self.whose);
        if self.is_shared {
            return format!("the {what} that the client `{whose}` gives too");
        }
        match self.what {
            MarkKind::ShortName => {
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

    fn in_file(&self, path: &EvidencePath, field: &FieldPath) -> Finding {
        let message = format!("`{path}` contains {}", self.description());
        let way_out = self.way_out();
        let help = if *field == SignedDeclaration::field() {
            format!(
                "have the declaration signed without it; if the file must contain it, {way_out}"
            )
        } else {
            format!("take it out of the file; if the file must contain it, {way_out}")
        };
        Finding::at(Code::OtherClient, field, message, help)
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
        let message = format!("this field contains {}", self.description());
        Finding::new(Code::OtherClient, place, message, help)
    }
}

/// Lists a signed declaration that could not be searched to its end. A person who states its hash in the manifest has
/// compared its pages, so a scan needs no second look; content hidden beside the pages was not compared.
fn unread_copy(
    path: &EvidencePath,
    unsearched: &BTreeSet<Unsearched>,
    application: &Application,
    data: &mut CrossClientData<Finding>,
) {
    let is_stated = application.declaration.signed_for.is_given();
    let is_compared = |why: &Unsearched| is_stated && *why == Unsearched::Scan;
    let open = unsearched.iter().find(|why| !is_compared(why));
    let Some(reason) = open.or(unsearched.first()).copied() else {
        return;
    };
    let named = application.looked_through.iter();
    let is_named = named
        .map(EvidencePath::as_str)
        .any(|one| one == path.as_str());
    let looked_through = open.is_none() || is_named;
    data.unread.push(Unread {
        file: path.to_string(),
        reason,
        looked_through,
    });
    if looked_through {
        return;
    }
    let why = reason.says();
    let message = format!("`{path}` was not searched for other clients' data: {why}");
    let help = format!("look through the file, then add `{path}` to `looked_through`");
    let code = Code::EvidenceNotSearched;
    data.found
        .push(Finding::at(code, SignedDeclaration::field(), message, help));
}

/// Returns the companies that an application may name: its filer, its laboratory, and those in `shares_with`.
pub(crate) fn friends(application: &Application) -> Vec<&str> {
    let applicant = &application.applicant;
    let filer = applicant.filed_by.as_ref();
    let name = filer.and_then(|filer| filer.name.as_deref());
    let latin = filer.and_then(|filer| filer.name_latin.as_deref());
    let number = filer.and_then(|filer| filer.uen.as_ref());
    let laboratory = application.laboratory.as_ref();
    let laboratory = laboratory.and_then(|laboratory| laboratory.name.as_deref());
    let shared = applicant.shares_with.iter().map(String::as_str);
    let named = [name, latin, number.map(Uen::as_str), laboratory];
    named.into_iter().flatten().chain(shared).collect()
}

fn number_field(manifest: &Manifest) -> FieldPath {
    let abroad = field!(applicant.registration.number);
    if manifest.origins.has(&abroad) {
        abroad
    } else {
        field!(applicant.uen)
    }
}
