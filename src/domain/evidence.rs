//! Files that support a claim.

use std::fmt;
use std::str::FromStr;

use crate::domain::record::{Record as _, Single, Texts, Value, record};
use crate::domain::shape::Kind;
use crate::domain::{FieldPath, Sha256, field};

words! {
    /// What a file of the `evidence` section is.
    EvidenceKind {
        LabelPhoto = "label-photo",
        Sbom = "sbom",
        BinaryScan = "binary-scan",
        PenetrationTest = "penetration-test",
    }
}

impl EvidenceKind {
    /// Returns the field that names such a file.
    pub fn field(self) -> FieldPath {
        field!(evidence).key(self.as_str())
    }
}

/// The purpose for which a manifest names a file. Files of one role are searched in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The certificate of a label.
    Label,
    /// The laboratory's report.
    Report,
    /// A file of the `evidence` section.
    Evidence(EvidenceKind),
    /// Evidence for an answer.
    Answer,
    /// A signed declaration or a template.
    Other,
}

impl Role {
    /// Returns the role of a file that this field names.
    pub fn of(field: &FieldPath) -> Self {
        match field.section() {
            "labels" => Self::Label,
            "laboratory" => Self::Report,
            "provisions" | "lifecycle" => Self::Answer,
            "evidence" => field.name().parse().map_or(Self::Other, Self::Evidence),
            _ => Self::Other,
        }
    }
}

/// A path relative to the manifest and within its folder, with `/` between its parts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EvidencePath {
    path: String,
    /// The layer that names it: 0 for the manifest, 1 for its base.
    root: usize,
}

/// Why a text is not an evidence path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathError {
    /// It starts at a root or a drive.
    Absolute,
    /// It climbs out by `..`.
    Climbs,
    /// It has a backslash, which is a separator only on Windows.
    Backslash,
    /// It names a folder, or nothing.
    NoFile,
}

impl FromStr for EvidencePath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        let drive = text.as_bytes().get(1) == Some(&b':');
        if text.contains('\\') {
            return Err(PathError::Backslash);
        }
        if text.starts_with('/') || drive {
            return Err(PathError::Absolute);
        }
        let parts: Vec<_> = text
            .split('/')
            .filter(|part| !matches!(*part, "" | "."))
            .collect();
        if parts.contains(&"..") {
            return Err(PathError::Climbs);
        }
        if parts.is_empty() || text.ends_with('/') || text.ends_with("/.") {
            return Err(PathError::NoFile);
        }
        Ok(Self {
            path: parts.join("/"),
            root: 0,
        })
    }
}

impl EvidencePath {
    pub fn as_str(&self) -> &str {
        &self.path
    }

    /// Returns the path as a path of another layer.
    #[must_use]
    pub fn seen_from(self, root: usize) -> Self {
        Self { root, ..self }
    }

    /// Returns the layer that names it, whose folder it is in.
    pub const fn root(&self) -> usize {
        self.root
    }

    /// Returns the path in a pack, below `evidence/`. Letters with marks are composed, since a combining mark would not
    /// survive in a safe name.
    pub fn in_pack(&self) -> String {
        let below = self.path.strip_prefix("evidence/").unwrap_or(&self.path);
        let below = crate::domain::text::composed(below);
        crate::domain::text::safe_name(&format!("evidence/{below}"))
    }

    /// Returns the name of the file.
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Returns the extension in lower case.
    pub fn extension(&self) -> String {
        let name = self.file_name();
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is_one = extension.bytes().all(|b| b.is_ascii_alphanumeric());
        if is_one {
            extension.to_lowercase()
        } else {
            String::new()
        }
    }
}

impl fmt::Display for EvidencePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.path)
    }
}

/// The relevant pages of a document, from 1: `3`, `2-4`, `2-4, 9`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    written: String,
    /// First and last page of each part, as written.
    ranges: Vec<(u32, u32)>,
}

impl FromStr for Pages {
    type Err = crate::domain::NotAWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.trim().parse::<u32>().ok().filter(|page| *page > 0);
        let mut parts = Vec::new();
        let mut ranges = Vec::new();
        for part in text.split(',') {
            // Word processors turn the hyphen of a range into a dash.
            let (from, to) = part.split_once(['-', '\u{2013}']).unwrap_or((part, part));
            let (from, to) = number(from)
                .zip(number(to))
                .filter(|(from, to)| from <= to)
                .ok_or(crate::domain::NotAWord)?;
            ranges.push((from, to));
            parts.push(if from == to {
                from.to_string()
            } else {
                format!("{from}\u{2013}{to}")
            });
        }
        Ok(Self {
            written: parts.join(", "),
            ranges,
        })
    }
}

impl Pages {
    /// Returns the highest page.
    pub fn last(&self) -> u32 {
        let last = self.ranges.iter().map(|(_, to)| *to);
        last.max().unwrap_or_default()
    }

    /// Returns true if this page is among them.
    pub fn include(&self, page: u32) -> bool {
        let mut ranges = self.ranges.iter();
        ranges.any(|(from, to)| (*from..=*to).contains(&page))
    }
}

impl fmt::Display for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.written)
    }
}

/// A file of an answer, and the relevant pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exhibit {
    pub path: EvidencePath,
    pub pages: Option<Pages>,
}

record! {
    /// A file of an answer, written as a table.
    ExhibitTable "an item of `evidence`" {
        Required file: EvidencePath => "the path of the file";
        Optional pages: Pages => "the pages to look at, such as 3-5 or 2, 7";
    }
}

impl Single for Exhibit {
    type Value = Self;
    const KIND: &'static Kind = &Kind::Exhibit;

    fn pick(value: &Value) -> Option<Self> {
        match value {
            Value::Path(path) => Some(Self {
                path: path.clone(),
                pages: None,
            }),
            Value::Table(table) => {
                let ExhibitTable { file, pages } = ExhibitTable::of(table);
                let (path, pages) = (file.given()?, pages.given());
                Some(Self { path, pages })
            }
            _ => None,
        }
    }

    fn texts_of<'a>(value: &'a Self, at: &FieldPath, texts: &mut Texts<'a>) {
        EvidencePath::texts_of(&value.path, at, texts);
    }
}

/// A file that was read to its end. Whether it is usable, its findings report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceFile {
    pub path: EvidencePath,
    pub size: u64,
    pub sha256: Sha256,
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
        let includes = |page| pages("7, 2-4").unwrap().include(page);
        assert_eq!(
            [1, 2, 4, 5, 7].map(includes),
            [false, true, true, false, true]
        );
        for wrong in ["", "0", "4-2", "p. 3", "3-", "1,,2", "-1"] {
            assert!(pages(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn stays_in_the_folder() {
        let parse = |text: &str| text.parse::<EvidencePath>();
        assert_eq!(
            parse("./evidence//a.pdf").unwrap().as_str(),
            "evidence/a.pdf"
        );
        assert_eq!(parse("../a.pdf"), Err(PathError::Climbs));
        assert_eq!(parse("a/../../b.pdf"), Err(PathError::Climbs));
        assert_eq!(parse("/etc/passwd"), Err(PathError::Absolute));
        assert_eq!(parse("C:evidence.pdf"), Err(PathError::Absolute));
        assert_eq!(parse("evidence\\a.pdf"), Err(PathError::Backslash));
        assert_eq!(parse("evidence/"), Err(PathError::NoFile));
        assert_eq!(parse("evidence/..pdf").unwrap().file_name(), "..pdf");
        assert_eq!(parse("証明書.PDF").unwrap().extension(), "pdf");
    }
}
