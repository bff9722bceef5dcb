//! One client's data has no place in another's application: not in its manifest, not in the templates that its
//! papers are made from, not in its evidence. A picture says nothing here, and neither does a scan.

use std::collections::BTreeSet;

use crate::batch::clients::{Clients, Foreign, plain};
use crate::diag::{Code, Finding, Place};
use crate::domain::text::unspaced;
use crate::domain::{Application, EvidencePath};
use crate::gather::Folders;
use crate::pdftext;
use crate::render::{Templates, words};
use crate::world::{self, World};

/// The largest file of evidence that is searched, in bytes; larger ones are pictures.
const MAX_BYTES: u64 = 20_000_000;

/// A shorter text, without its white space, may stand in another word by chance.
const SHORTEST: usize = 9;

/// What every application of a batch is searched for, and with.
pub(crate) struct Leaks<'a> {
    clients: &'a Clients,
    /// Name and plain text of each template.
    templates: Vec<(&'a str, String)>,
    world: &'a dyn World,
}

impl<'a> Leaks<'a> {
    /// Prepares the search.
    pub(crate) fn new(
        clients: &'a Clients,
        templates: &'a Templates,
        world: &'a dyn World,
    ) -> Self {
        let templates = templates.texts();
        Self {
            clients,
            templates: templates.map(|(name, text)| (name, plain(text))).collect(),
            world,
        }
    }

    /// Returns a finding for each place of an application that bears another client's data.
    pub(crate) fn of(
        &self,
        client: &str,
        application: &Application,
        folders: &Folders,
    ) -> Vec<Finding> {
        let filer = application.applicant.filed_by.as_ref();
        let number = filer
            .and_then(|filer| filer.uen.as_ref())
            .map(ToString::to_string);
        let name = filer.and_then(|filer| filer.name.clone());
        let filer: Vec<String> = name.iter().chain(&number).map(|text| plain(text)).collect();
        let foreign = self.clients.foreign(client, &filer);
        let mut findings = in_manifest(&foreign, application);
        findings.extend(self.in_templates(&foreign));
        findings.extend(self.in_files(&foreign, application, folders));
        findings
    }

    fn in_templates(&self, foreign: &[Foreign<'_>]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (template, text) in &self.templates {
            for mark in foreign.iter().filter(|mark| has_word(text, mark.text)) {
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
        foreign: &[Foreign<'_>],
        application: &Application,
        folders: &Folders,
    ) -> Vec<Finding> {
        let own = application.templates.paths();
        let own = own.map(|(field, path)| (field.to_owned(), path));
        let mut seen = BTreeSet::new();
        let mut findings = Vec::new();
        for (field, path) in own.chain(application.evidence_paths()) {
            if foreign.is_empty() || !seen.insert(path) {
                continue;
            }
            let text = self.words(path, folders).unwrap_or_default();
            let holds = |mark: &&Foreign<'_>| {
                let mark = unspaced(mark.text);
                mark.chars().count() >= SHORTEST && text.contains(&mark)
            };
            for mark in foreign.iter().filter(holds) {
                let message = format!("`{path}` holds {}", mark.said());
                let help = "take it out of the file; if it has to stand there, run a batch for each client";
                findings.push(Finding::at(Code::OtherClient, field.clone(), message, help));
            }
        }
        findings
    }

    /// Returns the words of a file, in small letters and without white space; nothing for what has none, or
    /// cannot be read.
    fn words(&self, path: &EvidencePath, folders: &Folders) -> Option<String> {
        let read = || world::read(self.world, &folders.join(path), MAX_BYTES).ok()?;
        match path.extension().as_str() {
            "pdf" => Some(pdftext::read(read()?).ok()?.text),
            "docx" | "pptx" | "xlsx" => words(&read()?).map(|text| unspaced(&text)),
            "txt" | "md" | "csv" | "log" | "json" | "xml" | "html" | "htm" | "yaml" | "yml" => {
                Some(unspaced(&String::from_utf8_lossy(&read()?)))
            }
            _ => None,
        }
    }
}

impl Foreign<'_> {
    fn said(&self) -> String {
        let (what, whose) = (self.what.word(), self.whose);
        if self.is_shared {
            format!("the {what} that the client `{whose}` gives too")
        } else {
            format!("the {what} of another client, `{whose}`")
        }
    }
}

/// Returns a finding for each mark, at the first field that holds it.
fn in_manifest(foreign: &[Foreign<'_>], application: &Application) -> Vec<Finding> {
    let registration = application.applicant.registration.as_ref();
    let number =
        registration.map(|registration| ("applicant.uen".to_owned(), registration.number()));
    let texts = number.into_iter().chain(application.texts());
    let texts: Vec<(String, String)> = texts.map(|(field, text)| (field, plain(text))).collect();
    let mut findings = Vec::new();
    for mark in foreign {
        let found = texts.iter().find(|(_, text)| has_word(text, mark.text));
        findings.extend(found.map(|(field, _)| {
            let message = format!("here stands {}", mark.said());
            let help = if mark.is_shared {
                "correct it where it is wrong; if both clients have it, run a batch for each"
            } else {
                "replace it; it was most likely copied from that client's manifest"
            };
            Finding::at(Code::OtherClient, field.clone(), message, help)
        }));
    }
    findings
}

/// Returns true if a text holds another as words of its own.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let is_apart = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        is_apart(text[..at].chars().next_back()) && is_apart(text[at + word.len()..].chars().next())
    })
}
