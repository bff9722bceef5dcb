//! Opens a Word or PowerPoint file without trusting a byte of it, and writes it with some parts changed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};

use zip::write::FileOptions;
use zip::{CompressionMethod, System, ZipArchive, ZipWriter};

use crate::Fault;
use clspack_words::shown;

/// No template has more entries, by far.
const MOST_ENTRIES: usize = 5_000;
/// The most bytes of one part, unpacked.
pub(super) const LARGEST_PART: usize = 32 * 1024 * 1024;
/// The most bytes of all parts, unpacked.
const LARGEST: u64 = 256 * 1024 * 1024;
/// Content that compresses better than this, and is not small, was made to fill a disk.
const BEST_RATIO: u64 = 400;
const SMALL: u64 = 8 * 1024 * 1024;

/// The parts of a file that are XML, in the order of the file.
#[derive(Debug)]
pub(super) struct Package {
    pub(super) parts: Vec<(String, String)>,
    /// The names of all entries.
    pub(super) names: Vec<String>,
}

impl Package {
    pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let refuse = |message: &str| vec![Fault::of_part(file, message)];
        if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            return Err(refuse(
                "it is encrypted, or in the format of 2003 and before; save it as .docx or .pptx without a password",
            ));
        }
        if !bytes.starts_with(b"PK") {
            return Err(refuse(
                "it is no Word or PowerPoint file; save it as .docx or .pptx",
            ));
        }
        let broken = |error: &dyn std::fmt::Display| refuse(&format!("it is damaged: {error}"));
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        if archive.len() > MOST_ENTRIES {
            return Err(refuse("it has too many parts for a document"));
        }
        if archive.offset() > 0 {
            return Err(refuse("it contains bytes that belong to no part"));
        }
        if archive.has_duplicate_names() {
            return Err(refuse("two of its parts have one name"));
        }
        let mut package = Self {
            parts: Vec::new(),
            names: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        let mut left = LARGEST;
        for i in 0..archive.len() {
            let content = entry(&mut archive, i, &mut left).map_err(|message| refuse(&message))?;
            if !seen.insert(content.0.to_lowercase()) {
                return Err(refuse(&format!(
                    "two of its parts are named `{}`",
                    shown(&content.0)
                )));
            }
            package.add(content)?;
        }
        Ok(package)
    }

    fn add(&mut self, (name, content): (String, Vec<u8>)) -> Result<(), Vec<Fault>> {
        let extension = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        if matches!(extension.as_str(), "xml" | "rels") {
            match String::from_utf8(content) {
                Ok(text) => self.parts.push((name.clone(), text)),
                // Data of other programs, in any encoding; it is kept as it is.
                Err(_) if name.starts_with("customXml/") => {}
                Err(_) => {
                    let message = "it is not written in UTF-8, which alone is read";
                    return Err(vec![Fault::of_part(&name, message)]);
                }
            }
        }
        self.names.push(name);
        Ok(())
    }

    pub(super) fn part(&self, name: &str) -> Option<&str> {
        let mut parts = self.parts.iter();
        let found = parts.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, text)| text.as_str())
    }
}

/// Reads one entry. The sizes that the file declares are not trusted.
fn entry(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    i: usize,
    left: &mut u64,
) -> Result<(String, Vec<u8>), String> {
    let mut entry = archive
        .by_index(i)
        .map_err(|error| format!("it is damaged: {error}"))?;
    let name = entry
        .name()
        .map_err(|error| format!("it is damaged: {error}"))?
        .into_owned();
    if !is_safe(&name) {
        return Err(format!(
            "the name `{}` of a part leads out of it",
            shown(&name)
        ));
    }
    if entry.is_symlink() {
        return Err(format!("its part `{}` is a link", shown(&name)));
    }
    let packed = entry.compressed_size();
    let limit = u64::try_from(LARGEST_PART)
        .unwrap_or(u64::MAX)
        .min(*left)
        .min(SMALL.max(packed.saturating_mul(BEST_RATIO)));
    let mut content = Vec::new();
    let n_read = entry
        .by_ref()
        .take(limit + 1)
        .read_to_end(&mut content)
        .map_err(|error| format!("its part `{}` is damaged: {error}", shown(&name)))?;
    let n_read = u64::try_from(n_read).unwrap_or(u64::MAX);
    if n_read > limit {
        return Err(format!(
            "its part `{}` unpacks to more than a document has",
            shown(&name)
        ));
    }
    *left -= n_read;
    Ok((name, content))
}

fn is_safe(name: &str) -> bool {
    let path = name.strip_suffix('/').unwrap_or(name);
    !path.contains(['\\', ':', '\0'])
        && path.split('/').all(|step| !matches!(step, "" | "." | ".."))
}

/// Writes a file with some parts changed and some added; the others keep their compressed bytes.
pub(super) fn write(
    bytes: &[u8],
    changed: &BTreeMap<String, String>,
    added: &[(String, String)],
) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    // As in a pack, nothing depends on the run or the machine.
    let options = FileOptions::<()>::DEFAULT
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644)
        .system(System::Unix)
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6));
    for i in 0..archive.len() {
        let entry = archive.by_index_raw(i)?;
        let name = entry.name()?.into_owned();
        match changed.get(&name) {
            None => out.raw_copy_file(entry)?,
            Some(text) => {
                out.start_file(name, options)?;
                out.write_all(text.as_bytes())?;
            }
        }
    }
    for (name, text) in added {
        out.start_file(name, options)?;
        out.write_all(text.as_bytes())?;
    }
    Ok(out.finish()?.into_inner())
}
