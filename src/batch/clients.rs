//! One client's data has no place in another's application.

use std::collections::BTreeMap;

use crate::diag::{Code, Finding, Place};
use crate::domain::{Applicant, Application, Registration};

/// A text shorter than this is a word rather than a name.
const SHORTEST: usize = 6;

/// Who applies in a batch, by registration.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clients(BTreeMap<String, Client>);

#[derive(Clone, Debug)]
struct Client {
    name: String,
    /// What tells of it: name, number, address; each in small letters, single spaces between words.
    marks: Vec<(&'static str, String)>,
}

impl Clients {
    /// Adds who applies.
    pub(crate) fn add(&mut self, applicant: &Applicant) {
        let Some(registration) = &applicant.registration else {
            return;
        };
        let number = Registration::number(registration).to_string();
        let texts = [
            ("name", applicant.name.clone()),
            ("registration", Some(number.clone())),
            ("address", applicant.address.clone()),
        ];
        let marks = texts
            .into_iter()
            .filter_map(|(what, text)| Some((what, plain(&text?))))
            .filter(|(_, text)| text.chars().count() >= SHORTEST);
        let client = self.0.entry(key(registration)).or_insert_with(|| Client {
            name: applicant.name.clone().unwrap_or_default(),
            marks: Vec::new(),
        });
        for mark in marks {
            if !client.marks.contains(&mark) {
                client.marks.push(mark);
            }
        }
    }

    /// Returns how many there are.
    pub(crate) fn n_clients(&self) -> usize {
        self.0.len()
    }

    /// Returns a finding for each field that holds the name, number or address of another client.
    pub(crate) fn strangers_in(&self, application: &Application) -> Vec<Finding> {
        let Some(own) = application.applicant.registration.as_ref().map(key) else {
            return Vec::new();
        };
        let texts: Vec<(String, String)> = application
            .texts()
            .into_iter()
            .map(|(field, text)| (field, plain(text)))
            .collect();
        let own_texts = self.own_texts(&own, application);
        let mut findings = Vec::new();
        for (_, client) in self.0.iter().filter(|(key, _)| **key != own) {
            for (what, mark) in client
                .marks
                .iter()
                .filter(|(_, mark)| !own_texts.iter().any(|own| own.contains(mark.as_str())))
            {
                let found = texts.iter().find(|(_, text)| has_word(text, mark));
                findings.extend(found.map(|(field, _)| {
                    let message = format!(
                        "the {what} of another client stands here: `{}`",
                        client.name
                    );
                    let help = "replace it; it was most likely copied from that client's manifest";
                    Finding::at(Code::OtherClient, field.clone(), message, help)
                }));
            }
        }
        findings
    }

    /// Returns a finding for each template that names another client: it would stand in this one's papers.
    pub(crate) fn strangers_in_templates<'t>(
        &self,
        application: &Application,
        templates: impl Iterator<Item = (&'t str, &'t str)>,
    ) -> Vec<Finding> {
        let Some(own) = application.applicant.registration.as_ref().map(key) else {
            return Vec::new();
        };
        let own_texts = self.own_texts(&own, application);
        let mut findings = Vec::new();
        for (name, text) in templates {
            let text = plain(text);
            let others = self.0.iter().filter(|(key, _)| **key != own);
            let marks =
                others.flat_map(|(_, client)| client.marks.iter().map(move |mark| (client, mark)));
            let is_own = |mark: &str| own_texts.iter().any(|own| own.contains(mark));
            findings.extend(
                marks
                    .filter(|(_, (_, mark))| !is_own(mark) && has_word(&text, mark))
                    .map(|(client, (what, _))| {
                        let message = format!(
                            "the template `{name}` holds the {what} of another client: `{}`",
                            client.name
                        );
                        let help = "put a field in its place, such as `{{ applicant.name }}`";
                        Finding::new(
                            Code::OtherClient,
                            Place::File(name.to_owned()),
                            message,
                            help,
                        )
                    }),
            );
        }
        findings
    }

    /// What an applicant may say: its own marks, and those of who files for it.
    fn own_texts(&self, own: &str, application: &Application) -> Vec<String> {
        let own = self.0.get(own).into_iter().flat_map(|client| &client.marks);
        let mut texts: Vec<String> = own.map(|(_, mark)| mark.clone()).collect();
        let filer = application.applicant.filed_by.as_ref();
        texts.extend(filer.and_then(|filer| filer.name.as_deref()).map(plain));
        texts.extend(
            filer
                .and_then(|filer| filer.uen.as_ref())
                .map(|uen| plain(&uen.to_string())),
        );
        texts
    }
}

fn key(registration: &Registration) -> String {
    plain(&registration.to_string())
}

fn plain(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// Returns true if a text holds another as words of its own.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let is_apart = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        is_apart(text[..at].chars().next_back()) && is_apart(text[at + word.len()..].chars().next())
    })
}
