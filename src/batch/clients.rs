//! Whose products a batch holds, and what tells of each client: its name, registration number and address.
//!
//! The folder `clients/<name>` says whose product lies in it, whatever its manifest says; elsewhere the
//! applicant's registration does.

use std::collections::BTreeMap;
use std::path::Path;

use crate::domain::{Applicant, Registration};

/// The folder whose folders are those of clients.
const FOLDER: &str = "clients";

/// A text shorter than this is a word rather than a name.
const SHORTEST: usize = 6;

/// The clients of a batch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clients {
    /// What each is called, by its key.
    names: BTreeMap<String, String>,
    /// What tells of a client, and how many products of which client say it.
    marks: BTreeMap<(String, What), BTreeMap<String, usize>>,
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
    /// In small letters, single spaces between words.
    pub(crate) text: &'c str,
    pub(crate) what: What,
    /// What the client is called whose it is.
    pub(crate) whose: &'c str,
    /// Whether as many products of either client say it, so that nobody can tell whose it is.
    pub(crate) is_shared: bool,
}

impl Clients {
    /// Collects the clients; returns the key of that of each product, in their order. `products` gives the
    /// folder that says whose the product is, if one does, and who applies.
    pub(crate) fn of(
        products: &[(Option<String>, Option<&Applicant>)],
    ) -> (Self, Vec<Option<String>>) {
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
            let by_number = applicant.and_then(|applicant| applicant.registration.as_ref());
            keys.push(folder.clone().or_else(|| {
                let key = plain(&by_number?.to_string());
                let number = (plain(by_number?.number()), What::Registration);
                let owner = with_folders.marks.get(&number).and_then(owner);
                Some(owner.map_or(key, str::to_owned))
            }));
            if let (None, Some(key), Some(applicant)) =
                (folder, keys.last().and_then(Option::as_ref), applicant)
            {
                let name = applicant.name.as_deref().unwrap_or_default();
                clients.add(key, name, applicant);
            }
        }
        (clients, keys)
    }

    fn add(&mut self, key: &str, name: &str, applicant: &Applicant) {
        self.names
            .entry(key.to_owned())
            .or_insert_with(|| name.to_owned());
        let number = applicant.registration.as_ref().map(Registration::number);
        let texts = [
            (What::Name, applicant.name.as_deref()),
            (What::Registration, number),
            (What::Address, applicant.address.as_deref()),
        ];
        for (what, text) in texts {
            let text = plain(text.unwrap_or_default());
            if text.chars().count() >= SHORTEST {
                let users = self.marks.entry((text, what)).or_default();
                *users.entry(key.to_owned()).or_default() += 1;
            }
        }
    }

    /// Returns how many there are.
    pub(crate) fn n_clients(&self) -> usize {
        self.names.len()
    }

    /// Returns the marks that an application of a client may not bear. What stands in a mark of its own, or in
    /// one of `others`, such as the name of who files for it, is none.
    pub(crate) fn foreign(&self, own: &str, others: &[String]) -> Vec<Foreign<'_>> {
        let is_own = |users: &BTreeMap<String, usize>| owner(users) == Some(own);
        let own_marks = self.marks.iter().filter(|(_, users)| is_own(users));
        let allowed: Vec<&str> = own_marks
            .map(|((text, _), _)| text.as_str())
            .chain(others.iter().map(String::as_str))
            .collect();
        let mut found = Vec::new();
        for ((text, what), users) in &self.marks {
            let owner = owner(users);
            let other = users.keys().map(String::as_str).find(|key| *key != own);
            let whose = owner.or(other).filter(|whose| *whose != own);
            let whose = whose.and_then(|whose| self.names.get(whose));
            if let Some(whose) = whose
                && !allowed.iter().any(|own| own.contains(text.as_str()))
            {
                found.push(Foreign {
                    text,
                    what: *what,
                    whose,
                    is_shared: owner.is_none(),
                });
            }
        }
        found.sort_by_key(|mark| mark.what);
        found
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

/// Returns whose a mark is: the client's that says it most often. Where two say it equally often, it is
/// nobody's, and every application that says it is to be looked at.
fn owner(users: &BTreeMap<String, usize>) -> Option<&str> {
    let most = users.values().max()?;
    let mut owners = users.iter().filter(|(_, count)| *count == most);
    let (owner, _) = owners.next()?;
    owners.next().is_none().then_some(owner.as_str())
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

/// Returns a text as it is compared: small letters, single spaces between words.
pub(crate) fn plain(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_below_clients_says_whose_a_product_is() {
        for (path, folder) in [
            (
                "/work/clients/hanbit/hub/manifest.yaml",
                Some("clients/hanbit"),
            ),
            ("/work/Clients/Hanbit/models.xlsx", Some("clients/Hanbit")),
            ("/clients/a/clients/b/manifest.yaml", Some("clients/b")),
            ("/work/clients/manifest.yaml", None),
            ("/work/hanbit/manifest.yaml", None),
            ("manifest.yaml", None),
        ] {
            assert_eq!(folder_of(Path::new(path)).as_deref(), folder, "{path}");
        }
    }
}
