//! The files of a pack as a world of their own, under the names in its manifest.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::domain::text::composed;
use crate::domain::{Application, Date};
use crate::pack::contents::Contents;
use crate::render;
use crate::world::{Kind, Walked, World};

/// The folder of the manifest in that world.
pub(super) const FOLDER: &str = "pack";

/// A world with the evidence of one pack and nothing else.
pub(super) struct Inside<'c> {
    contents: &'c Contents<'c>,
    real: &'c dyn World,
    /// The path of each file in the pack, by its path in this world.
    files: BTreeMap<PathBuf, String>,
}

impl<'c> Inside<'c> {
    /// Adds the files that an application names.
    pub(super) fn new(
        contents: &'c Contents<'c>,
        application: &Application,
        real: &'c dyn World,
    ) -> Self {
        let folder = Path::new(FOLDER);
        let mut files: BTreeMap<PathBuf, String> = application
            .evidence_paths()
            .into_iter()
            .map(|(_, path)| (folder.join(path.as_str()), composed(&path.in_pack())))
            .collect();
        let signed = application.declaration.signed.as_ref();
        let copy = signed.zip(signed_copy(contents));
        files.extend(copy.map(|(path, copy)| (folder.join(path.as_str()), copy)));
        files.retain(|_, path| contents.files().contains_key(path));
        Self {
            contents,
            real,
            files,
        }
    }
}

/// Returns the path of the signed declaration in a pack.
pub(super) fn signed_copy(contents: &Contents<'_>) -> Option<String> {
    render::signed_copy(contents.files().keys()).cloned()
}

impl World for Inside<'_> {
    fn today(&self) -> Date {
        self.real.today()
    }

    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn kind(&self, path: &Path) -> io::Result<Kind> {
        if path == Path::new(FOLDER) {
            return Ok(Kind::Folder);
        }
        let inside = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        let file = self.contents.files().get(inside);
        let file = file.ok_or(io::ErrorKind::NotFound)?;
        Ok(Kind::File(file.size))
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.kind(path).map(|_| path.to_path_buf())
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        let inside = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        self.contents.read(inside)
    }

    fn walk(&self, _: &Path, _: &dyn Fn(&str) -> bool, _: &mut dyn FnMut(Walked)) {
        // Files beside the evidence are not in the pack.
    }
}
