//! Whose products a batch holds, and what tells of each client: its name, registration number and address.
//!
//! The folder `clients/<name>` says whose product lies in it, whatever its manifest says; elsewhere the
//! applicant's registration does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::batch::words::{Words, weight};
use crate::domain::{Applicant, Registration};

/// The folder whose folders are those of clients.
const FOLDER: &str = "clients";

/// A lighter text is a word rather than a name.
const LIGHTEST: usize = 6;

/// Who applies, as far as it tells of a client.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Who {
    name: Option<String>,
    registration: Option<Registration>,
    address: Option<String>,
}

/// The clients of a batch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clients {
    /// What each is called, by its key.
    names: BTreeMap<String, String>,
    /// What tells of a client, by what it is and says.
    marks: BTreeMap<(What, String), Mark>,
}

/// What tells of a client.
#[derive(Clone, Debug, Default)]
struct Mark {
    /// The words to look for. A number does not say of which country's register it is; its key does.
    words: Words,
    /// How many products of which client say it.
    users: BTreeMap<String, usize>,
}

/// What a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    Name,
    Registration,
    Address,
}

/// A mark that an application of one client may not bear.
pub(crate) struct Foreign<'c> {
    pub(crate) what: What,
    /// The words to look for.
    pub(crate) words: &'c Words,
    /// What the client is called whose it is.
    pub(crate) whose: &'c str,
    /// Whether as many products of either client say it, so that nobody can tell whose it is.
    pub(crate) is_shared: bool,
}

impl From<&Applicant> for Who {
    fn from(applicant: &Applicant) -> Self {
        Self {
            name: applicant.name.clone(),
            registration: applicant.registration.clone(),
            address: applicant.address.clone(),
        }
    }
}

impl Clients {
    /// Collects the clients; returns the key of that of each product, in their order. `products` gives the
    /// folder that says whose the product is, if one does, and who applies.
    pub(crate) fn of(products: &[(Option<String>, Option<&Who>)]) -> (Self, Vec<Option<String>>) {
        let mut clients = Self::default();
        for (folder, applicant) in products {
            if let Some((folder, applicant)) = folder.as_ref().zip(*applicant) {
                clients.add(folder, folder, applicant);
            }
        }
        // A row elsewhere may be of a client that has a folder.
        let with_folders = clients.clone();
        let mut keys = Vec::new();
        for (folder, applicant) in products {
            let key = folder.clone().or_else(|| {
                let number = applicant.as_ref()?.registration.as_ref()?.to_string();
                let mark = with_folders
                    .marks
                    .get(&(What::Registration, number.clone()));
                Some(mark.and_then(Mark::owner).map_or(number, str::to_owned))
            });
            if let (None, Some(key), Some(applicant)) = (folder, &key, applicant) {
                let name = applicant.name.as_deref().unwrap_or_default();
                clients.add(key, name, applicant);
            }
            keys.push(key);
        }
        (clients, keys)
    }

    fn add(&mut self, key: &str, name: &str, applicant: &Who) {
        let names = &mut self.names;
        names
            .entry(key.to_owned())
            .or_insert_with(|| name.to_owned());
        let mut add = |what, id: String, text: &str| {
            let words = Words::of(text);
            if weight(words.as_str()) >= LIGHTEST {
                let mark = self.marks.entry((what, id)).or_default();
                mark.words = words;
                *mark.users.entry(key.to_owned()).or_default() += 1;
            }
        };
        let texts = [
            (What::Name, &applicant.name),
            (What::Address, &applicant.address),
        ];
        for (what, text) in texts {
            let text = text.as_deref().unwrap_or_default();
            add(what, Words::of(text).as_str().to_owned(), text);
        }
        if let Some(registration) = &applicant.registration {
            let number = Registration::number(registration);
            add(What::Registration, registration.to_string(), number);
        }
    }

    /// Returns how many there are.
    pub(crate) fn n_clients(&self) -> usize {
        self.names.len()
    }

    /// Returns the folders in which several companies apply, and their registrations: whose data is whose
    /// among them, nobody compares.
    pub(crate) fn mixed(&self) -> Vec<(&str, Vec<&str>)> {
        let mut numbers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for ((what, id), mark) in &self.marks {
            if let (What::Registration, Some(owner)) = (what, mark.owner())
                && owner.starts_with(FOLDER)
            {
                numbers.entry(owner).or_default().push(id);
            }
        }
        numbers
            .into_iter()
            .filter(|(_, ids)| ids.len() > 1)
            .collect()
    }

    /// Returns the marks that an application of a client may not bear. What stands in a mark of its own is none,
    /// and neither is one of a client that it may name: `friends` are names and registration numbers.
    pub(crate) fn foreign(&self, own: &str, friends: &[&str]) -> Vec<Foreign<'_>> {
        let friends = self.called(friends);
        let marks = self.marks.values();
        let own_marks = marks.filter(|mark| mark.owner() == Some(own));
        let own_words: Vec<&Words> = own_marks.map(|mark| &mark.words).collect();
        let mut found = Vec::new();
        for ((what, _), mark) in &self.marks {
            let owner = mark.owner();
            let others = mark.users.keys().map(String::as_str);
            let mut others = others.filter(|key| *key != own && !friends.contains(key));
            let whose = match owner {
                Some(owner) => others.find(|key| *key == owner),
                None => others.next(),
            };
            let whose = whose.and_then(|whose| self.names.get(whose));
            if let Some(whose) = whose
                && !own_words.iter().any(|own| own.hold(&mark.words))
            {
                found.push(Foreign {
                    what: *what,
                    words: &mark.words,
                    whose,
                    is_shared: owner.is_none(),
                });
            }
        }
        found
    }

    /// Returns the clients that have one of these names or numbers.
    fn called(&self, texts: &[&str]) -> BTreeSet<&str> {
        let texts: Vec<Words> = texts.iter().map(|text| Words::of(text)).collect();
        let marks = self.marks.iter();
        let named =
            marks.filter(|((what, _), mark)| *what != What::Address && texts.contains(&mark.words));
        let by_mark = named.filter_map(|(_, mark)| mark.owner());
        let by_name = self.names.iter();
        let by_name = by_name.filter(|(_, name)| texts.contains(&Words::of(name)));
        by_mark
            .chain(by_name.map(|(key, _)| key.as_str()))
            .collect()
    }
}

impl Mark {
    /// Returns whose it is: the client's that says it most often. Where two say it equally often, it is
    /// nobody's, and every application that says it is to be looked at.
    fn owner(&self) -> Option<&str> {
        let most = self.users.values().max()?;
        let mut owners = self.users.iter().filter(|(_, count)| *count == most);
        let (owner, _) = owners.next()?;
        owners.next().is_none().then_some(owner.as_str())
    }
}

impl What {
    /// What people call it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Registration => "registration number",
            Self::Address => "address",
        }
    }
}

/// Returns the folder of the client in whose folder something lies, `clients/hanbit`.
pub(crate) fn folder_of(path: &Path) -> Option<String> {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let folders = parts.get(..parts.len().checked_sub(1)?)?;
    let at = folders
        .iter()
        .rposition(|part| part.eq_ignore_ascii_case(FOLDER))?;
    Some(format!("{FOLDER}/{}", folders.get(at + 1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_below_clients_says_whose_a_product_is() {
        for (path, folder) in [
            (
                "/home/ra/clients/hanbit/hub/manifest.yaml",
                Some("clients/hanbit"),
            ),
            (
                "/home/ra/Clients/Hanbit/models.xlsx",
                Some("clients/Hanbit"),
            ),
            ("/clients/a/clients/b/manifest.yaml", Some("clients/b")),
            ("/home/ra/clients/manifest.yaml", None),
            ("/home/ra/hanbit/manifest.yaml", None),
            ("manifest.yaml", None),
        ] {
            assert_eq!(folder_of(Path::new(path)).as_deref(), folder, "{path}");
        }
    }
}
