//! One client's data has no place in another's application: not in its manifest, not in the templates that its
//! papers are made from, not in its evidence. A picture says nothing here, and neither does a scan.

use std::collections::BTreeSet;

use crate::batch::clients::{Clients, Foreign, What};
use crate::batch::words::{Words, unspaced};
use crate::diag::{Code, Finding, Place, Span};
use crate::domain::{Application, EvidencePath, Uen};
use crate::gather::Folders;
use crate::manifest::Manifest;
use crate::pdftext;
use crate::render::{Templates, words};
use crate::world::{self, World};

/// The largest file of evidence that is searched, in bytes; larger ones are pictures.
const MAX_BYTES: u64 = 20_000_000;

/// What every application of a batch is searched for, and with.
pub(crate) struct Leaks<'a> {
    clients: &'a Clients,
    /// Name and words of each template.
    templates: Vec<(&'a str, Words)>,
    world: &'a dyn World,
}

/// What a file says.
enum Text {
    Words(Words),
    /// The blanks between its words are lost.
    Unspaced(String),
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
            templates: templates
                .map(|(name, text)| (name, Words::of(text)))
                .collect(),
            world,
        }
    }

    /// Returns a finding for each place of an application that bears another client's data.
    pub(crate) fn of(&self, client: &str, manifest: &Manifest, folders: &Folders) -> Vec<Finding> {
        let Some(application) = &manifest.application else {
            return Vec::new();
        };
        let foreign = self.clients.foreign(client, &friends(application));
        let mut findings = in_manifest(&foreign, manifest, application);
        findings.extend(self.in_templates(&foreign));
        findings.extend(self.in_files(&foreign, application, folders));
        findings
    }

    fn in_templates(&self, foreign: &[Foreign<'_>]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (template, text) in &self.templates {
            for mark in foreign.iter().filter(|mark| text.hold(mark.words)) {
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
            let Some(text) = self.text(path, folders) else {
                continue;
            };
            for mark in foreign.iter().filter(|mark| text.holds(mark.words)) {
                let message = format!("`{path}` holds {}", mark.said());
                let help = format!(
                    "take it out of the file; if it has to stand there, {}",
                    mark.way_out()
                );
                findings.push(Finding::at(Code::OtherClient, field.clone(), message, help));
            }
        }
        findings
    }

    /// Returns what a file says; nothing for what has no words, or cannot be read.
    fn text(&self, path: &EvidencePath, folders: &Folders) -> Option<Text> {
        let read = || world::read(self.world, &folders.join(path), MAX_BYTES).ok()?;
        match path.extension().as_str() {
            "pdf" => {
                let text = pdftext::read(read()?).ok()?.text;
                Some(Text::Unspaced(unspaced(&text)))
            }
            "docx" | "pptx" | "xlsx" => Some(Text::Words(Words::of(&words(&read()?)?))),
            "txt" | "md" | "csv" | "log" | "json" | "xml" | "html" | "htm" | "yaml" | "yml" => {
                Some(Text::Words(Words::of(&plain(&read()?))))
            }
            _ => None,
        }
    }
}

/// Returns what a text file says: UTF-16 if it begins as that does, otherwise UTF-8.
fn plain(bytes: &[u8]) -> String {
    let units = |of: fn([u8; 2]) -> u16| -> Vec<u16> {
        let pairs = bytes.chunks_exact(2);
        pairs.map(|pair| of([pair[0], pair[1]])).collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => String::from_utf16_lossy(&units(u16::from_le_bytes)),
        [0xfe, 0xff, ..] => String::from_utf16_lossy(&units(u16::from_be_bytes)),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

impl Text {
    fn holds(&self, mark: &Words) -> bool {
        match self {
            Self::Words(words) => words.hold(mark),
            Self::Unspaced(text) => mark.stand_unspaced_in(text),
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

    fn way_out(&self) -> String {
        format!("name `{}` in `applicant.shares_with`", self.whose)
    }
}

/// Whom an application may name: who files it, who tested the product, and whom it says itself.
fn friends(application: &Application) -> Vec<&str> {
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

/// Returns a finding for each mark, at the first field that holds it, else at the remark that does.
fn in_manifest(
    foreign: &[Foreign<'_>],
    manifest: &Manifest,
    application: &Application,
) -> Vec<Finding> {
    let texts = application.texts().into_iter();
    let texts: Vec<(String, Words)> = texts
        .map(|(field, text)| (field, Words::of(text)))
        .collect();
    let registration = application.applicant.registration.as_ref();
    let number = registration.map(|registration| Words::of(registration.number()));
    let remarks = remarks(&manifest.source.text);
    let mut findings = Vec::new();
    for mark in foreign {
        let is_number = mark.what == What::Registration && number.as_ref() == Some(mark.words);
        let field = texts.iter().find(|(_, text)| text.hold(mark.words));
        let field = field.map(|(field, _)| Place::Field(field.clone()));
        let number = is_number.then(|| Place::Field(number_field(manifest)));
        let remark = || {
            let found = remarks.iter().find(|(_, text)| text.hold(mark.words));
            found.map(|(span, _)| Place::Bytes(*span))
        };
        findings.extend(number.or(field).or_else(remark).map(|place| {
            let help = if mark.is_shared {
                format!(
                    "correct it where it is wrong; if both have it, {}",
                    mark.way_out()
                )
            } else {
                format!(
                    "replace it, if it was copied from that client; if it has to stand here, {}",
                    mark.way_out()
                )
            };
            let message = format!("here stands {}", mark.said());
            Finding::new(Code::OtherClient, place, message, help)
        }));
    }
    findings
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

/// Returns the lines of a manifest with a remark: they go into the record of the pack as they are.
fn remarks(text: &str) -> Vec<(Span, Words)> {
    let mut start = 0;
    let mut remarks = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(at) = line.find('#') {
            let end = start + line.trim_end().len();
            let span = Span {
                start: start + at,
                end,
            };
            remarks.push((span, Words::of(&line[at..])));
        }
        start += line.len();
    }
    remarks
}
