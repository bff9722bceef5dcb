//! A file that a manifest names as evidence, with what people should know about it.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::domain::record::{Line, Many, Record as _, Single, Texts, Value, record};
use crate::domain::shape::Kind;
use crate::domain::{Date, EvidencePath, Field, FieldPath, NotAWord};

/// The pages of a document that matter, from 1: `3`, `2-4`, `2-4, 9`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    written: String,
    ranges: Vec<(u32, u32)>,
}

impl FromStr for Pages {
    type Err = NotAWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.trim().parse::<u32>().ok().filter(|page| *page > 0);
        let mut ranges = Vec::new();
        for part in text.split(',') {
            // Word processors turn the hyphen of a range into a dash.
            let (from, to) = part.split_once(['-', '\u{2013}']).unwrap_or((part, part));
            let range = number(from).zip(number(to));
            ranges.push(range.filter(|(from, to)| from <= to).ok_or(NotAWord)?);
        }
        let written = ranges.iter().map(|(from, to)| {
            if from == to {
                from.to_string()
            } else {
                format!("{from}\u{2013}{to}")
            }
        });
        Ok(Self {
            written: written.collect::<Vec<_>>().join(", "),
            ranges,
        })
    }
}

impl Pages {
    /// Returns the first and the last page of each range, from 1, in the order in which they are written.
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    /// Returns true if this page is among them.
    pub fn include(&self, page: u32) -> bool {
        let mut ranges = self.ranges.iter();
        ranges.any(|(from, to)| (*from..=*to).contains(&page))
    }

    /// Returns the highest page.
    pub fn last(&self) -> u32 {
        self.ranges.iter().map(|(_, to)| *to).max().unwrap_or(0)
    }
}

impl fmt::Display for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.written)
    }
}

/// A file that the manifest names as evidence, at one of the places that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exhibit {
    /// The file.
    pub path: EvidencePath,
    /// The pages to look at.
    pub pages: Option<Pages>,
    /// The day that the document itself shows.
    pub date: Option<Date>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The last day on which it is recent enough.
    pub expires: Option<Date>,
    /// What it shows, in a sentence.
    pub about: Option<String>,
    /// The files of which it is a new revision, the newest first.
    pub replaces: Vec<EvidencePath>,
}

record! {
    /// A file of evidence, written as a table.
    ExhibitTable "a file of evidence" {
        Required file: EvidencePath => "the path of the file";
        Optional pages: Pages => "the pages to look at, such as 3-5 or 2, 7";
        Optional date: Date => "the day that the document shows, not the day of the file";
        Optional owner: Line<120> => "the person or department that answers for it";
        Optional expires: Date => "the last day on which it is recent enough";
        Optional about: Line<300> => "what it shows, in one sentence";
        Optional replaces: Many<EvidencePath> => "the file of which it is a new revision; of several, the newest first";
    }
}

impl From<EvidencePath> for Exhibit {
    fn from(path: EvidencePath) -> Self {
        Self {
            path,
            pages: None,
            date: None,
            owner: None,
            expires: None,
            about: None,
            replaces: Vec::new(),
        }
    }
}

impl Single for Exhibit {
    type Value = Self;
    const KIND: &'static Kind = &Kind::Exhibit;

    fn pick(value: &Value) -> Option<Self> {
        match value {
            Value::Path(path) => Some(path.clone().into()),
            Value::Table(table) => {
                let table = ExhibitTable::of(table);
                Some(Self {
                    pages: table.pages.given(),
                    date: table.date.given(),
                    owner: table.owner.given(),
                    expires: table.expires.given(),
                    about: table.about.given(),
                    replaces: table.replaces.to_vec(),
                    ..table.file.given()?.into()
                })
            }
            _ => None,
        }
    }

    fn texts_of<'a>(value: &'a Self, at: &FieldPath, texts: &mut Texts<'a>) {
        EvidencePath::texts_of(&value.path, at, texts);
        let named = [("owner", &value.owner), ("about", &value.about)];
        let given = named.into_iter();
        texts.extend(given.filter_map(|(name, text)| Some((at.key(name), text.as_deref()?))));
        for (i, path) in value.replaces.iter().enumerate() {
            EvidencePath::texts_of(path, &at.key("replaces").index(i), texts);
        }
    }
}

impl Field<Exhibit> {
    /// Returns the path of the file.
    pub fn path(&self) -> Option<&EvidencePath> {
        self.as_ref().map(|exhibit| &exhibit.path)
    }
}

/// What all the places that name a file say of it. One that says nothing of a day agrees with the others.
#[derive(Clone, Debug, Default)]
pub struct Described<'a> {
    /// The day that the document shows.
    pub date: Option<Date>,
    /// Everybody who answers for it, in the order of the manifest.
    pub owners: Vec<&'a str>,
    /// The last day on which it is recent enough.
    pub expires: Option<Date>,
    /// The files of which it is a new revision, the newest first.
    pub replaces: &'a [EvidencePath],
}

impl<'a> Described<'a> {
    /// Returns what is stated about each file.
    pub fn all(exhibits: impl Iterator<Item = &'a Exhibit>) -> BTreeMap<&'a EvidencePath, Self> {
        let mut all: BTreeMap<&EvidencePath, Self> = BTreeMap::new();
        for exhibit in exhibits {
            let file = all.entry(&exhibit.path).or_default();
            file.date = file.date.or(exhibit.date);
            file.expires = file.expires.or(exhibit.expires);
            if file.replaces.is_empty() {
                file.replaces = &exhibit.replaces;
            }
            let owner = exhibit.owner.as_deref();
            let is_new = |owner: &&str| !file.owners.contains(owner);
            file.owners.extend(owner.filter(is_new));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_numbers_and_ranges() {
        let pages = |text: &str| text.parse::<Pages>();
        assert_eq!(pages("2-4,9").unwrap().to_string(), "2–4, 9");
        assert_eq!(pages("12").unwrap().last(), 12);
        assert_eq!(pages("3 – 5").unwrap().last(), 5);
        assert_eq!(pages("7, 1-2").unwrap().ranges(), [(7, 7), (1, 2)]);
        let includes = |page| pages("7, 2-4").unwrap().include(page);
        assert_eq!(
            [1, 2, 4, 5, 7].map(includes),
            [false, true, true, false, true]
        );
        for wrong in ["", "0", "4-2", "p. 3", "3-", "1,,2", "-1"] {
            assert!(pages(wrong).is_err(), "{wrong}");
        }
    }
}
