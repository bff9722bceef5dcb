//! What no test can lay on a real disk everywhere: links, devices, files without leave, huge files.

use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use clspack::case;
use clspack::diag::Code;
use clspack::domain::Date;
use clspack::world::{Kind, Os, Walked, World};

use crate::support;

/// What is the matter with one file.
#[derive(Clone, Copy, Debug)]
enum Matter {
    /// It is not found to be anywhere, for this reason.
    NotFound(ErrorKind),
    /// It is a link to this path.
    LeadsTo(&'static str),
    /// It is this kind of thing.
    Is(Kind),
    /// It can be found, but not opened.
    NotOpened(ErrorKind),
    /// It can be opened, but breaks off with a fault.
    BreaksOff,
}

/// The real world, but for the file `evidence/sbom.pdf`.
struct Changed(Matter);

impl Changed {
    fn matter(&self, path: &Path) -> Option<Matter> {
        path.ends_with("sbom.pdf").then_some(self.0)
    }
}

struct Faulty;

impl Read for Faulty {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is worn out"))
    }
}

impl World for Changed {
    fn today(&self) -> Date {
        Os.today()
    }

    fn variable(&self, name: &str) -> Option<String> {
        Os.variable(name)
    }

    fn kind(&self, path: &Path) -> io::Result<Kind> {
        match self.matter(path) {
            Some(Matter::Is(kind)) => Ok(kind),
            _ => Os.kind(path),
        }
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        match self.matter(path) {
            Some(Matter::NotFound(kind)) => Err(kind.into()),
            Some(Matter::LeadsTo(target)) => Ok(PathBuf::from(target)),
            _ => Os.real_path(path),
        }
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        match self.matter(path) {
            Some(Matter::NotOpened(kind)) => Err(kind.into()),
            Some(Matter::BreaksOff) => Ok(Box::new(Faulty)),
            _ => Os.open(path),
        }
    }

    fn walk(&self, folder: &Path, enter: &dyn Fn(&str) -> bool, visit: &mut dyn FnMut(Walked)) {
        Os.walk(folder, enter, visit);
    }
}

/// Returns the findings about `evidence/sbom.pdf` in a world where something is the matter with it.
fn findings(matter: Matter) -> Vec<(Code, String)> {
    let manifest = support::repository("tests/bases/mra/manifest.yaml");
    let case = case::read(&manifest, &support::book(), None, &Changed(matter)).unwrap();
    case.findings()
        .iter()
        .map(|finding| (finding.code, finding.message.clone()))
        .collect()
}

#[track_caller]
fn only(matter: Matter, code: Code, message: &str) {
    assert_eq!(findings(matter), [(code, message.to_owned())], "{matter:?}");
}

#[test]
fn a_link_that_leads_out_is_not_followed() {
    let message = "`evidence/sbom.pdf` is a link that leads out of the manifest's folder";
    only(
        Matter::LeadsTo("/srv/secret/sbom.pdf"),
        Code::EvidenceLinksOut,
        message,
    );
    // A folder whose name only begins like the manifest's.
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bases/mra-old/sbom.pdf");
    only(Matter::LeadsTo(beside), Code::EvidenceLinksOut, message);
}

#[test]
fn a_fault_of_the_machine_is_not_called_a_link() {
    only(
        Matter::NotFound(ErrorKind::TimedOut),
        Code::EvidenceUnreadable,
        "`evidence/sbom.pdf` cannot be read: timed out",
    );
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_called_so() {
    let scratch = tempfile::tempdir().unwrap();
    support::copy(&support::repository("tests/bases/mra"), scratch.path());
    let sbom = scratch.path().join("evidence/sbom.pdf");
    std::fs::remove_file(&sbom).unwrap();
    std::os::unix::fs::symlink("sbom.pdf", &sbom).unwrap();
    let ran = crate::binary::run(scratch.path(), &["check", "."]).expect(1);
    let says = "`evidence/sbom.pdf` is a link that leads in a circle";
    assert!(ran.stdout.contains(says), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn a_link_within_the_folder_is_followed() {
    let inside = support::repository("tests/bases/mra/evidence/scan.pdf")
        .canonicalize()
        .unwrap();
    let inside: &'static str = Box::leak(inside.display().to_string().into_boxed_str());
    // The same content twice is another finding, and the only one.
    let codes: Vec<_> = findings(Matter::LeadsTo(inside))
        .into_iter()
        .map(|(code, _)| code)
        .collect();
    assert_eq!(codes, [Code::EvidenceRepeated]);
}

#[test]
fn a_file_without_leave_is_said_to_be_unreadable() {
    let message = "`evidence/sbom.pdf` cannot be read: you have no permission";
    only(
        Matter::NotFound(ErrorKind::PermissionDenied),
        Code::EvidenceUnreadable,
        message,
    );
    only(
        Matter::NotOpened(ErrorKind::PermissionDenied),
        Code::EvidenceUnreadable,
        message,
    );
}

#[test]
fn a_disk_that_fails_is_said_to_fail() {
    only(
        Matter::BreaksOff,
        Code::EvidenceUnreadable,
        "`evidence/sbom.pdf` cannot be read: the disk reports a fault",
    );
}

#[test]
fn a_device_is_not_evidence() {
    only(
        Matter::Is(Kind::Other),
        Code::EvidenceNotAFile,
        "`evidence/sbom.pdf` is a device or a pipe",
    );
}

#[test]
fn the_largest_file_of_all_is_still_taken() {
    let most = 500_000_000;
    assert_eq!(findings(Matter::Is(Kind::File(most))), []);
    only(
        Matter::Is(Kind::File(most + 1)),
        Code::EvidenceTooLarge,
        "`evidence/sbom.pdf` is larger than 500 MB",
    );
}

#[test]
#[cfg(unix)]
fn a_real_link_that_leads_out_is_not_followed() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("product");
    support::copy(&support::repository("tests/bases/mra"), &folder);
    std::fs::rename(
        folder.join("evidence/sbom.pdf"),
        scratch.path().join("sbom.pdf"),
    )
    .unwrap();
    std::os::unix::fs::symlink("../../sbom.pdf", folder.join("evidence/sbom.pdf")).unwrap();
    let case = support::read(&folder.join("manifest.yaml"), None);
    let codes: Vec<_> = case.findings().iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::EvidenceLinksOut]);
}
