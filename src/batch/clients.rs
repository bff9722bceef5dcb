//! One client's data has no place in another's application.

use std::collections::BTreeMap;

use crate::diag::{Code, Finding, Place};
use crate::domain::{Applicant, Application, Registration};

/// A text shorter than this is a word rather than a name.
const SHORTEST: usize = 6;

/// Who applies in a batch, by registration.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clients {
    names: BTreeMap<String, String>,
    /// What tells of a client, and how many applications of which registration say it: name, number, address;
    /// in small letters, single spaces between words.
    marks: BTreeMap<(String, &'static str), BTreeMap<String, usize>>,
}

impl Clients {
    /// Adds who applies.
    pub(crate) fn add(&mut self, applicant: &Applicant) {
        let Some(registration) = &applicant.registration else {
            return;
        };
        let own = key(registration);
        let name = applicant.name.clone().unwrap_or_default();
        self.names.entry(own.clone()).or_insert(name);
        let number = Registration::number(registration).to_string();
        let texts = [
            ("name", applicant.name.clone()),
            ("registration", Some(number)),
            ("address", applicant.address.clone()),
        ];
        for (what, text) in texts {
            let text = plain(&text.unwrap_or_default());
            if text.chars().count() >= SHORTEST {
                let users = self.marks.entry((text, what)).or_default();
                *users.entry(own.clone()).or_default() += 1;
            }
        }
    }

    /// Returns whose a mark is: the registration that says it most often. Where two say it equally often, it
    /// is nobody's, and every application that says it is to be looked at.
    fn owner(users: &BTreeMap<String, usize>) -> Option<&str> {
        let most = users.values().max()?;
        let mut owners = users.iter().filter(|(_, count)| *count == most);
        let (owner, _) = owners.next()?;
        owners.next().is_none().then_some(owner.as_str())
    }

    /// Returns the marks that are not those of a client, with the name of whose they are.
    fn foreign<'c>(
        &'c self,
        own: &'c str,
    ) -> impl Iterator<Item = (&'c str, &'static str, String)> {
        self.marks.iter().filter_map(move |((text, what), users)| {
            let owner = Self::owner(users);
            let others = users.keys().find(|key| key.as_str() != own);
            let whose = owner
                .or(others.map(String::as_str))
                .filter(|whose| *whose != own)?;
            Some((
                text.as_str(),
                *what,
                self.names.get(whose).cloned().unwrap_or_default(),
            ))
        })
    }

    /// Returns how many there are.
    pub(crate) fn n_clients(&self) -> usize {
        self.names.len()
    }

    /// Returns a finding for each field that holds the name, number or address of another client.
    pub(crate) fn strangers_in(&self, application: &Application) -> Vec<Finding> {
        let Some(own) = application.applicant.registration.as_ref().map(key) else {
            return Vec::new();
        };
        let texts = application.texts();
        let texts: Vec<(String, String)> = texts
            .into_iter()
            .map(|(field, text)| (field, plain(text)))
            .collect();
        let own_texts = self.own_texts(&own, application);
        let mut findings = Vec::new();
        for (mark, what, name) in self.foreign(&own) {
            if own_texts.iter().any(|own| own.contains(mark)) {
                continue;
            }
            let found = texts.iter().find(|(_, text)| has_word(text, mark));
            findings.extend(found.map(|(field, _)| {
                let message = format!("the {what} of another client stands here: `{name}`");
                let help = "replace it; it was most likely copied from that client's manifest";
                Finding::at(Code::OtherClient, field.clone(), message, help)
            }));
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
        for (template, text) in templates {
            let text = plain(text);
            for (mark, what, name) in self.foreign(&own) {
                if has_word(&text, mark) && !own_texts.iter().any(|own| own.contains(mark)) {
                    let message = format!(
                        "the template `{template}` holds the {what} of another client: `{name}`"
                    );
                    let help = "put a field in its place, such as `{{ applicant.name }}`";
                    let place = Place::File(template.to_owned());
                    findings.push(Finding::new(Code::OtherClient, place, message, help));
                }
            }
        }
        findings
    }

    /// What an applicant may say: the marks that are its own, and those of who files for it.
    fn own_texts(&self, own: &str, application: &Application) -> Vec<String> {
        let is_own = |users: &BTreeMap<String, usize>| Self::owner(users) == Some(own);
        let marks = self.marks.iter().filter(|(_, users)| is_own(users));
        let mut texts: Vec<String> = marks.map(|((text, _), _)| text.clone()).collect();
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
