//! From the bytes of a manifest to an application and its findings.
//!
//! Everything that can be said about the manifest alone is said here; what needs the rules is
//! said by `plan`, what needs the files by `gather`.

mod build;
mod checks;
pub mod draft;
pub(crate) mod leaves;
mod read;
mod scalar;
pub mod schema;
pub(crate) mod shape;
pub(crate) mod tree;
mod value;

use crate::diag::{Code, Finding, Origins, Place, SourceFile, sort};
use crate::domain::Application;

/// The largest manifest that is read, in bytes.
pub const MAX_BYTES: u64 = 1024 * 1024;

/// A manifest that was read as far as it can be.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// The text, with the name under which findings show it.
    pub source: SourceFile,
    /// The bytes as they are, for the pack's record.
    pub bytes: Vec<u8>,
    /// Where each field stands.
    pub origins: Origins,
    /// What it says; `None` when its YAML cannot be read, so that there is nothing to plan.
    pub application: Option<Application>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

/// Parses a manifest. `name` is the path as the user wrote it.
pub fn parse(name: &str, bytes: Vec<u8>) -> Manifest {
    let mut manifest = Manifest {
        source: SourceFile {
            name: name.to_owned(),
            text: String::new(),
        },
        bytes,
        ..Manifest::default()
    };
    match text_of(&manifest.bytes, name) {
        Ok(text) => manifest.source.text = text,
        Err(finding) => {
            manifest.findings.push(*finding);
            return manifest;
        }
    }
    let (root, faults) = match tree::parse(&manifest.source.text) {
        Ok(parsed) => parsed,
        Err(finding) => {
            manifest.findings.push(*finding);
            return manifest;
        }
    };
    let mut reader = read::Reader {
        findings: faults,
        ..read::Reader::default()
    };
    let table = reader
        .table(&root, &shape::MANIFEST, "")
        .unwrap_or_default();
    manifest.application = Some(build::application(&table));
    manifest.origins = reader.origins;
    manifest.findings = reader.findings;
    if let Some(application) = &manifest.application {
        manifest
            .findings
            .extend(checks::run(application, &manifest.origins));
    }
    sort(&mut manifest.findings, &manifest.origins);
    manifest
}

/// Returns the finding for a manifest that is larger than is read.
pub fn too_large(name: &str) -> Finding {
    let message = format!("the manifest is larger than {} KiB", MAX_BYTES / 1024);
    Finding::new(
        Code::FileTooLarge,
        Place::File(name.to_owned()),
        message,
        "check that it is the right file; put long texts into files of evidence",
    )
}

/// Decodes the text; a byte order mark is dropped, line ends stay as they are.
fn text_of(bytes: &[u8], name: &str) -> Result<String, Box<Finding>> {
    let fault = |code, message: &str, help: &str| {
        let place = Place::File(name.to_owned());
        Err(Box::new(Finding::new(code, place, message, help)))
    };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return fault(
            Code::NotText,
            "the manifest is stored as UTF-16",
            "save it as UTF-8: in Windows Notepad, choose Save as, Encoding, UTF-8",
        );
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return fault(
            Code::EmptyFile,
            "the manifest is empty",
            "run `clspack init` to write one to start from",
        );
    }
    if bytes.contains(&0) {
        return fault(
            Code::NotText,
            "the manifest is not a text file",
            "name the `.yaml` file that describes the product",
        );
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            let line = before.matches('\n').count() + 1;
            let message = format!("line {line} of the manifest is not stored as UTF-8");
            fault(
                Code::NotText,
                &message,
                "save the file as UTF-8; it looks like an older Windows or Japanese encoding",
            )
        }
    }
}

/// Checks one value as a manifest would hold it; `route` leaves out the numbers of lists.
///
/// # Errors
/// What is wrong with it, and what to write.
pub fn check_value(route: &str, text: &str) -> Result<(), String> {
    let mut shape = &shape::MANIFEST;
    let mut found = None;
    for name in route.split('.') {
        let field = shape
            .fields
            .iter()
            .find(|field| field.name == name)
            .ok_or_else(|| format!("`{route}` is not a field"))?;
        shape = match &field.kind {
            shape::Kind::Table(inner) | shape::Kind::List(shape::Kind::Table(inner)) => inner,
            _ => shape,
        };
        found = Some(field);
    }
    let Some(field) = found else { return Ok(()) };
    let kind = match &field.kind {
        shape::Kind::List(item) => item,
        kind => kind,
    };
    scalar::parse(text, kind).map(drop).map_err(|fault| {
        let finding = fault.into_finding(text, field.doc, route);
        format!("{}: {}", finding.message, finding.help)
    })
}
