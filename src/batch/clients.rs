//! The clients of a batch, and the marks that identify each: its name, whole or short, its registration number and
//! its address.
//!
//! A product belongs to the client whose folder (`clients/<name>`) it is in, even if its manifest differs; outside such
//! a folder, the registration number of the applicant decides.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::batch::search::{Found, Search};
use crate::batch::short_names::short_name;
use crate::batch::words::{Words, weight};
use crate::domain::{Applicant, Registration};

/// The folder with one folder for each client.
pub(crate) const FOLDER: &str = "clients";

/// A lighter text is a word rather than a name.
const LIGHTEST: usize = 6;

/// The parts of an applicant that identify a client.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ApplicantId {
    name: Option<String>,
    name_latin: Option<String>,
    registration: Option<Registration>,
    address: Option<String>,
}

/// The clients of a batch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clients {
    /// The name of each client and its words, by its key.
    names: BTreeMap<String, (String, Words)>,
    /// The marks, by their kind and text.
    marks: BTreeMap<(MarkKind, String), Mark>,
}

/// A text that identifies a client.
#[derive(Clone, Debug, Default)]
struct Mark {
    /// The words to search for. A registration number alone does not name its country; its key does.
    words: Words,
    /// How many products of each client have this mark.
    users: BTreeMap<String, usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MarkKind {
    Name,
    Registration,
    Address,
    /// The name without the legal form and the place at its end.
    ShortName,
}

/// What to search for in one client's applications.
pub(crate) struct Foreign<'c> {
    /// The marks that must not appear in them.
    pub(crate) marks: Vec<ForeignMark<'c>>,
    /// How each mark of the batch relates to this client, by number.
    sides: Vec<Side>,
}

/// A mark of another client that must not appear in an application.
pub(crate) struct ForeignMark<'c> {
    /// Its number among all marks of the batch.
    pub(crate) id: usize,
    pub(crate) what: MarkKind,
    /// Its text, with the country of a number.
    pub(crate) says: &'c str,
    pub(crate) words: &'c Words,
    /// The name of the client that it identifies.
    pub(crate) whose: &'c str,
    /// Whether as many products of either client have it, so that nobody can tell to whom it belongs.
    pub(crate) is_shared: bool,
}

/// How a mark relates to a client.
#[derive(Clone, Copy)]
struct Side {
    what: MarkKind,
    /// It belongs to the client, or to one that the client may name.
    is_own: bool,
}

impl From<&Applicant> for ApplicantId {
    fn from(applicant: &Applicant) -> Self {
        Self {
            name: applicant.name.clone().given(),
            name_latin: applicant.name_latin.clone().given(),
            registration: applicant.registered(),
            address: applicant.address.clone().given(),
        }
    }
}

impl Clients {
    /// Collects the clients. Returns the key of the client of each product, in the order of the products. `products`
    /// gives the client folder, if there is one, and the applicant.
    pub(crate) fn of(
        products: &[(Option<String>, Option<&ApplicantId>)],
    ) -> (Self, Vec<Option<String>>) {
        let mut clients = Self::default();
        for (folder, applicant) in products {
            if let Some((folder, applicant)) = folder.as_ref().zip(*applicant) {
                clients.add(folder, folder, applicant);
            }
        }
        // A row of a sheet elsewhere may belong to a client with a folder.
        let with_folders = clients.clone();
        let mut keys = Vec::new();
        for (folder, applicant) in products {
            let key = folder.clone().or_else(|| {
                let number = applicant.as_ref()?.registration.as_ref()?.to_string();
                let mark = with_folders
                    .marks
                    .get(&(MarkKind::Registration, number.clone()));
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

    fn add(&mut self, key: &str, name: &str, applicant: &ApplicantId) {
        let names = &mut self.names;
        names
            .entry(key.to_owned())
            .or_insert_with(|| (name.to_owned(), Words::of(name)));
        let mut add = |what, id: String, words: Words| {
            if weight(words.as_str()) >= LIGHTEST {
                let mark = self.marks.entry((what, id)).or_default();
                mark.words = words;
                *mark.users.entry(key.to_owned()).or_default() += 1;
            }
        };
        let text = |text: &Option<String>| text.as_deref().map(Words::of);
        let texts = [
            (MarkKind::Name, text(&applicant.name)),
            (MarkKind::Name, text(&applicant.name_latin)),
            (MarkKind::Address, text(&applicant.address)),
            (
                MarkKind::ShortName,
                applicant.name.as_deref().and_then(short_name),
            ),
            (
                MarkKind::ShortName,
                applicant.name_latin.as_deref().and_then(short_name),
            ),
        ];
        for (what, words) in texts {
            if let Some(words) = words {
                add(what, words.as_str().to_owned(), words);
            }
        }
        if let Some(registration) = &applicant.registration {
            let number = Registration::number(registration);
            add(
                MarkKind::Registration,
                registration.to_string(),
                Words::of(number),
            );
        }
    }

    /// Returns the key of each client.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    pub(crate) fn n_clients(&self) -> usize {
        self.names.len()
    }

    /// Returns the folders in which several companies apply, with their registrations. The data of these companies is
    /// not compared with each other.
    pub(crate) fn mixed(&self) -> Vec<(&str, Vec<&str>)> {
        let mut numbers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for ((what, id), mark) in &self.marks {
            if let (MarkKind::Registration, Some(owner)) = (what, mark.owner())
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

    /// Prepares the search for all marks, numbered as in [`ForeignMark`].
    pub(crate) fn search(&self) -> Search {
        Search::new(self.marks.values().map(|mark| &mark.words))
    }

    /// Returns what to search for in an application of a client. Skips marks of clients listed in `friends` (by name
    /// or registration number), and short names within one of `names`, the application's own product names: nobody
    /// could tell to whom they belong.
    pub(crate) fn foreign(&self, own: &str, friends: &[&str], names: &[&str]) -> Foreign<'_> {
        let friends = self.called(friends);
        let names: Vec<Words> = names.iter().map(|name| Words::of(name)).collect();
        let mut marks = Vec::new();
        let mut sides = Vec::new();
        for (id, ((what, says), mark)) in self.marks.iter().enumerate() {
            let owner = mark.owner();
            let is_own = owner.is_some_and(|owner| owner == own || friends.contains(owner));
            sides.push(Side {
                what: *what,
                is_own,
            });
            let others = mark.users.keys().map(String::as_str);
            let mut others = others.filter(|key| *key != own && !friends.contains(key));
            let whose = match owner {
                Some(owner) => others.find(|key| *key == owner),
                None => others.next(),
            };
            // Companies of one group share a short name. Of a third client it is no part.
            let is_used = |key: &str| mark.users.contains_key(key);
            let is_of_group = is_used(own) || friends.iter().any(|friend| is_used(friend));
            let is_unclear = *what == MarkKind::ShortName
                && (is_of_group || names.iter().any(|name| name.hold(&mark.words)));
            let whose = whose.and_then(|whose| self.names.get(whose));
            if let Some((whose, _)) = whose.filter(|_| !is_unclear) {
                marks.push(ForeignMark {
                    id,
                    what: *what,
                    says,
                    words: &mark.words,
                    whose,
                    is_shared: owner.is_none() && is_of_group,
                });
            }
        }
        Foreign { marks, sides }
    }

    /// Returns whether an application may name another client: `friends` are names and registration numbers.
    pub(crate) fn may_name(&self, other: &str, friends: &[&str]) -> bool {
        self.called(friends).contains(other)
    }

    pub(crate) fn name<'c>(&'c self, key: &'c str) -> &'c str {
        self.names.get(key).map_or(key, |(name, _)| name)
    }

    /// Returns the clients that have one of these names or numbers.
    fn called(&self, texts: &[&str]) -> BTreeSet<&str> {
        let texts: Vec<Words> = texts.iter().map(|text| Words::of(text)).collect();
        let marks = self.marks.iter();
        let named = marks
            .filter(|((what, _), mark)| *what != MarkKind::Address && texts.contains(&mark.words));
        let by_mark = named.filter_map(|(_, mark)| mark.owner());
        let by_name = self.names.iter();
        let by_name = by_name.filter(|(_, (_, words))| texts.contains(words));
        by_mark
            .chain(by_name.map(|(key, _)| key.as_str()))
            .collect()
    }
}

impl Mark {
    /// Returns the client with most products that have this mark. If two have equally many, it belongs to nobody, and
    /// every application with the mark is to be looked at.
    fn owner(&self) -> Option<&str> {
        let most = self.users.values().max()?;
        let mut owners = self.users.iter().filter(|(_, count)| *count == most);
        let (owner, _) = owners.next()?;
        owners.next().is_none().then_some(owner.as_str())
    }
}

impl Foreign<'_> {
    /// Returns true if a text shows a mark outside of any mark that is allowed there.
    ///
    /// A client's own name hides the names in it ("Hanbit" in "Hanbit Living"), and an address hides other addresses.
    /// An address with a name ("c/o Hanbit") hides nothing, since it is a leak itself. A short name within a whole
    /// name is not reported twice.
    pub(crate) fn shown(&self, mark: &ForeignMark<'_>, found: &Found) -> bool {
        let hides = |around: &usize| {
            let side = self.sides.get(*around);
            side.is_some_and(|side| {
                let is_own = side.is_own && (side.what.is_name() || side.what == mark.what);
                is_own || mark.what == MarkKind::ShortName && side.what.is_name()
            })
        };
        found.of(mark.id).any(|around| !around.iter().any(hides))
    }
}

impl MarkKind {
    const fn is_name(self) -> bool {
        matches!(self, Self::Name | Self::ShortName)
    }

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Registration => "registration number",
            Self::Address => "address",
            Self::ShortName => "short name",
        }
    }
}

/// Returns the client folder that a path is in, such as `clients/hanbit`.
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
