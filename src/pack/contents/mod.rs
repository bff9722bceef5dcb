//! The files of a pack, zip or folder, by their paths below the pack's folder, with findings about names and layout.

mod zipped;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clspack_archive::Refused;

use crate::diag::Code;
use crate::domain::text::composed;
use crate::pack::archive::Archive;
use crate::pack::names;
use crate::pack::verify::Report;
use crate::pack::{INVENTORY, verify};
use crate::world::{Found, Kind, World};
use zipped::{Judged, judged, refused, top, wrapping};

/// The most files that a pack may have.
const MAX_FILES: usize = 100_000;
/// The largest file of macOS in a folder that is ignored.
const MAX_LEFT: u64 = 1024 * 1024;

/// The files of a pack.
pub(crate) struct Contents<'w> {
    archive: Option<Archive>,
    folder: PathBuf,
    world: &'w dyn World,
    /// By path in composed form.
    files: BTreeMap<String, File>,
    /// Files with names in an old code page, by the legible part of the name, with the stored name.
    foreign: Vec<(String, String, File)>,
    /// Stored names of entries that were refused.
    refused: BTreeSet<String>,
    /// The folder around everything in an archive; nothing for a pack on the disk.
    pub(crate) top: Option<String>,
    /// Changes that another program made to the wrapping.
    pub(crate) wrapping: BTreeSet<&'static str>,
}

#[derive(Clone, Debug)]
pub(crate) struct File {
    /// Its size in bytes.
    pub(crate) size: u64,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    Archive(usize),
    Disk(String),
}

impl<'w> Contents<'w> {
    /// Opens a pack and judges all names in it. Returns nothing if it is no pack or must not be unpacked.
    pub(crate) fn open(
        path: &Path,
        world: &'w dyn World,
        report: &mut Report,
    ) -> io::Result<Option<Self>> {
        match world.kind(path)? {
            Kind::Folder => Self::of_folder(path, world, report),
            Kind::File(_) => Self::of_zip(path, world, report),
            Kind::Other => {
                report.no_pack(path, "it is a device or a pipe");
                Ok(None)
            }
        }
    }

    fn empty(folder: &Path, world: &'w dyn World) -> Self {
        Self {
            archive: None,
            folder: folder.to_path_buf(),
            world,
            files: BTreeMap::new(),
            foreign: Vec::new(),
            refused: BTreeSet::new(),
            top: None,
            wrapping: BTreeSet::new(),
        }
    }

    fn of_folder(
        path: &Path,
        world: &'w dyn World,
        report: &mut Report,
    ) -> io::Result<Option<Self>> {
        // Without an inventory it is no pack, and walking a whole disk is spared.
        if world.kind(&path.join(INVENTORY)).is_err() {
            report.no_pack(path, format!("it has no `{INVENTORY}`"));
            return Ok(None);
        }
        let Some(found) = found_below(path, world)? else {
            let message = format!("it has more than {MAX_FILES} files");
            report.about(path, Code::PackTooLarge, message, verify::AGAIN);
            return Ok(None);
        };
        let mut contents = Self::empty(path, world);
        let twins = names::twins(found.iter().map(|one| one.path.as_str()));
        for (at, found) in found.into_iter().enumerate() {
            let Found {
                path: name,
                is_file,
                at: _,
            } = found;
            let fault = names::fault(&name).or_else(|| twins.get(&at).copied());
            let fault = fault.or((!is_file).then_some("it is a link, a device or a pipe"));
            if let Some(message) = fault {
                report.add(Code::EntryUnsafe, &name, message, verify::DO_NOT_OPEN);
                contents.refused.insert(name);
                continue;
            }
            let size = match world.kind(&path.join(&name)) {
                Ok(Kind::File(size)) => size,
                _ => 0,
            };
            let place = Place::Disk(name.clone());
            contents.add(&name, File { size, place }, report);
        }
        Ok(Some(contents))
    }

    fn of_zip(path: &Path, world: &'w dyn World, report: &mut Report) -> io::Result<Option<Self>> {
        let archive = match Archive::open(path) {
            Ok(archive) => archive,
            Err(Refused::Io(error)) => return Err(error),
            Err(Refused::NotZip) => {
                report.no_pack(path, "the file is no zip archive, or a part of one");
                return Ok(None);
            }
            Err(Refused::Odd(found)) => {
                refused(path, &found, report);
                return Ok(None);
            }
        };
        let mut contents = Self::empty(path, world);
        let Judged {
            safe,
            folders,
            refused,
        } = judged(&archive, report);
        contents.refused = refused;
        let Some(top) = top(&archive, &safe) else {
            report.no_pack(path, format!("it has no `{INVENTORY}`"));
            return Ok(None);
        };
        contents.wrapping = wrapping(&archive);
        let prefix = match &top {
            Some(top) => format!("{top}/"),
            None => String::new(),
        };
        for at in safe {
            let entry = &archive.entries[at];
            let is_foreign = entry.has_foreign_name();
            let file = File {
                size: entry.size,
                place: Place::Archive(at),
            };
            match entry.name.strip_prefix(&prefix) {
                Some(path) if is_foreign => {
                    let foreign = (legible(path), entry.name.clone(), file);
                    contents.foreign.push(foreign);
                }
                Some(path) => contents.add(path, file, report),
                None => contents.beside(&entry.name, &file, report),
            }
        }
        contents.empty_folders(&folders, &prefix, report);
        if top.is_none() {
            contents.wrapping.insert("without the folder around it");
        }
        contents.top = top;
        contents.archive = Some(archive);
        Ok(Some(contents))
    }

    /// Adds a file of the pack.
    fn add(&mut self, path: &str, file: File, report: &mut Report) {
        if self.is_passed_over(path, &file) {
            return;
        }
        if self.files.insert(composed(path), file).is_some() {
            report.add(
                Code::EntryUnsafe,
                path,
                "another file of the pack has the same name",
                verify::DO_NOT_OPEN,
            );
        }
    }

    /// Notes files that a system left behind; their content is not read.
    fn is_passed_over(&mut self, name: &str, file: &File) -> bool {
        let is_left = names::is_left_by_a_system(name) && file.size <= MAX_LEFT;
        if is_left {
            self.wrapping.insert(match name.rsplit('/').next() {
                _ if name.starts_with("__MACOSX/") => "with `__MACOSX`",
                Some(".DS_Store") => "with `.DS_Store`",
                _ => "with `Thumbs.db`, `desktop.ini` or `.directory`",
            });
        }
        is_left
    }

    /// Handles an entry beside the pack's folder in an archive.
    fn beside(&mut self, name: &str, file: &File, report: &mut Report) {
        if self.is_passed_over(name, file) {
            return;
        }
        if name.contains('/') || name == INVENTORY {
            let message = "it is outside of the pack's folder; an archive of a pack has one folder";
            report.add(Code::EntryUnsafe, name, message, verify::DO_NOT_OPEN);
        } else {
            let message = "it is beside the pack's folder, and the inventory does not name it";
            report.add(Code::EntryExtra, name, message, verify::REMOVE);
        }
    }

    /// Reports folders of an archive without a file of the pack in them.
    fn empty_folders(&self, folders: &[&str], prefix: &str, report: &mut Report) {
        // In sorted order, the files below a folder follow its name directly.
        let has_file = |folder: &str| {
            let mut behind = self.files.range(composed(folder)..);
            behind
                .next()
                .is_some_and(|(path, _)| path.starts_with(&composed(folder)))
        };
        for folder in folders {
            let is_known = folder.strip_prefix(prefix).is_some_and(has_file);
            if !is_known && !folder.starts_with("__MACOSX/") {
                let message = "it is a folder without a file of the pack";
                report.add(Code::EntryExtra, folder, message, verify::REMOVE);
            }
        }
    }

    /// Matches files whose names are stored in an old code page, as some programs on Windows do, with the only listed
    /// name that fits. Their content is compared afterwards like any other.
    pub(crate) fn adopt<'s>(
        &mut self,
        listed: impl Iterator<Item = &'s String>,
        report: &mut Report,
    ) {
        if self.foreign.is_empty() {
            return;
        }
        let mut missing: BTreeMap<String, Vec<&String>> = BTreeMap::new();
        for path in listed.filter(|path| !path.is_ascii() && !self.files.contains_key(*path)) {
            missing.entry(legible(path)).or_default().push(path);
        }
        for (legible, stored, file) in std::mem::take(&mut self.foreign) {
            if let Some([path]) = missing.remove(&legible).as_deref() {
                self.files.insert((*path).clone(), file);
                self.wrapping.insert("with names in an old code page");
            } else {
                let message = "its name is not stored as UTF-8";
                report.add(Code::EntryUnsafe, &stored, message, verify::DO_NOT_OPEN);
            }
        }
    }

    pub(crate) const fn is_archive(&self) -> bool {
        self.archive.is_some()
    }

    pub(crate) const fn files(&self) -> &BTreeMap<String, File> {
        &self.files
    }

    /// Returns true if an entry with this path exists but was refused.
    pub(crate) fn has_refused(&self, path: &str) -> bool {
        match &self.top {
            Some(top) => self.refused.contains(&format!("{top}/{path}")),
            None => self.refused.contains(path),
        }
    }

    /// Opens a file for reading.
    pub(crate) fn read(&self, path: &str) -> io::Result<Box<dyn Read>> {
        let file = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        match (&file.place, &self.archive) {
            (Place::Archive(at), Some(archive)) => archive.read(*at),
            (Place::Disk(name), _) => self.world.open(&self.folder.join(name)),
            (Place::Archive(_), None) => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Returns the bytes of a file; nothing if it cannot be read or is larger than `limit`.
    pub(crate) fn bytes(&self, path: &str, limit: u64) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let from = self.read(path).ok()?;
        from.take(limit + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= limit).then_some(bytes)
    }

    /// Notes that a name is stored in another spelling than in the inventory.
    pub(crate) fn stored_as(&mut self, path: &str, listed: &str) {
        let stored = match (self.files.get(path).map(|file| &file.place), &self.archive) {
            (Some(Place::Disk(name)), _) => name.as_str(),
            (Some(Place::Archive(at)), Some(archive)) => &archive.entries[*at].name,
            _ => return,
        };
        let is_foreign = stored.contains('\u{fffd}');
        if !stored.ends_with(listed) && !is_foreign {
            self.wrapping.insert("with letters of names taken apart");
        }
    }
}

/// Returns a name with every character replaced that code pages read differently.
fn legible(name: &str) -> String {
    let legible = |c: char| if c.is_ascii() { c } else { '\u{fffd}' };
    name.chars().map(legible).collect()
}

/// Lists the files below a folder; nothing if there are too many.
fn found_below(path: &Path, world: &dyn World) -> io::Result<Option<Vec<Found>>> {
    let mut found = Vec::new();
    let mut fault = None;
    let n_folders = std::cell::Cell::new(0_usize);
    let enter = |_: &str| {
        n_folders.set(n_folders.get() + 1);
        n_folders.get() <= MAX_FILES
    };
    world.walk(path, &enter, &mut |one| match one {
        Ok(one) if found.len() <= MAX_FILES => found.push(one),
        Ok(_) => n_folders.set(MAX_FILES + 1),
        Err((_, cause)) => fault = Some(cause),
    });
    found.sort();
    if found.len() > MAX_FILES || n_folders.get() > MAX_FILES {
        return Ok(None);
    }
    fault.map_or(Ok(Some(found)), Err)
}
