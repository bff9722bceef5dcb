//! Files that support a claim.

use std::fmt;
use std::str::FromStr;

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
