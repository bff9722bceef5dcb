//! Expands the inputs of a batch: folders to search, patterns, lists of paths, files.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use crate::batch::skipped::{self, Skipped};
/// The file that makes a folder a product.
pub(super) use crate::case::MANIFEST;
use crate::error::{Error, Result};
/// The file that makes a folder a pack, which contains a manifest that is not a product.
pub(super) use crate::pack::INVENTORY;
use crate::world::patterns::{Folders, Matches, Pattern};
pub(super) use crate::world::patterns::{above, name_of};
use crate::world::{self, Found, Kind, Walked, World};

/// The largest list of paths that is read, in bytes.
const MAX_LIST: u64 = 10_000_000;

pub(super) struct Search<'w> {
    /// The output folder, with links followed; nothing in it is found.
    out: Option<PathBuf>,
    world: &'w dyn World,
    /// Paths that could not be read. The rest is found nevertheless.
    pub(super) faults: Vec<Error>,
    /// Files that look like products but were left out, each with what to do.
    pub(super) notes: Vec<(String, &'static str)>,
    /// Folders with files that look like evidence, but no manifest.
    pub(super) orphans: Vec<PathBuf>,
}

impl<'w> Search<'w> {
    pub(super) fn new(out: &Path, world: &'w dyn World) -> Self {
        Self {
            out: world.real_path(out).ok(),
            world,
            faults: Vec::new(),
            notes: Vec::new(),
            orphans: Vec::new(),
        }
    }

    /// Expands an input: a folder, a pattern, a list of paths, a file.
    pub(super) fn expand(&mut self, input: &Path) -> Result<Vec<PathBuf>> {
        if let Some(list) = list_of(input) {
            return self.listed(&list);
        }
        match self.world.kind(input) {
            Ok(Kind::Folder) if self.world.real_path(input).ok() == self.out => {
                let name = input.display();
                Err(Error::Usage(format!(
                    "`{name}` is the output folder; choose another one with `-o`"
                )))
            }
            Ok(Kind::Folder) => self.in_folder(input),
            Ok(_) => Ok(vec![input.to_path_buf()]),
            Err(cause) => match Pattern::of(input, self.world)? {
                Some(pattern) => self.matching(&pattern),
                None => Err(fault(input, cause)),
            },
        }
    }

    /// Returns every manifest below a folder. Hidden folders, packs and the output folder are skipped.
    fn in_folder(&mut self, folder: &Path) -> Result<Vec<PathBuf>> {
        let mut seen = Skipped::default();
        let mut manifests = Vec::new();
        let hidden = RefCell::new(Vec::new());
        let world = self.world;
        let wanted = |path: &str| {
            let is_hidden = name_of(path).starts_with('.');
            if is_hidden {
                hidden.borrow_mut().push(path.to_owned());
            }
            !is_hidden
        };
        self.walk(folder, &wanted, &mut |found| {
            if found.is_file && name_of(&found.path) == MANIFEST {
                manifests.push(found.clone());
            }
            seen.record(found, world);
        });
        for path in hidden.take() {
            // A file that is still being written is no product.
            if !skipped::is_passed_over(name_of(&path)) && !self.is_out(&folder.join(&path)) {
                seen.hidden(folder, &path, world);
            }
        }
        let (notes, orphans) = seen.notes(folder);
        self.notes.extend(notes);
        self.orphans.extend(orphans);
        manifests.retain(|found| !seen.is_in_pack(&found.path));
        if manifests.is_empty() {
            return Err(self.faults.pop().unwrap_or_else(|| {
                let why = format!("`{}` contains no `{MANIFEST}`", folder.display());
                let notes = self.notes.iter();
                let notes = notes.map(|(note, help)| format!("{note}; {help}"));
                let lines: Vec<_> = std::iter::once(why).chain(notes).collect();
                Error::Usage(lines.join("\n"))
            }));
        }
        Ok(manifests.into_iter().map(|found| found.at).collect())
    }

    /// Returns the paths that a pattern matches.
    fn matching(&mut self, pattern: &Pattern) -> Result<Vec<PathBuf>> {
        let mut matches = Matches::new(pattern, Folders::ByFile(MANIFEST), INVENTORY);
        let enter = |path: &str| pattern.may_match(path);
        self.walk(pattern.root(), &enter, &mut |found| matches.visit(found));
        matches.done()
    }

    /// Reads a list: one path a line, relative to the folder of the list; empty lines and lines that begin with `#`
    /// are ignored. A line whose path does not exist is a fault of its own.
    fn listed(&mut self, list: &Path) -> Result<Vec<PathBuf>> {
        let name = list.display();
        let bytes = world::read(self.world, list, MAX_LIST)?;
        let bytes =
            bytes.ok_or_else(|| Error::Usage(format!("the list `{name}` is larger than 10 MB")))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Error::Usage(format!("the list `{name}` is not stored as UTF-8")))?;
        let folder = list.parent().unwrap_or(Path::new(""));
        let mut found = Vec::new();
        for line in text.trim_start_matches('\u{feff}').lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let paths = if line.starts_with('@') {
                let why = format!(
                    "`{line}` in the list `{name}` is a list itself; name it beside this one"
                );
                Err(Error::Usage(why))
            } else {
                self.expand(&folder.join(line))
            };
            match paths {
                Ok(paths) => found.extend(paths),
                Err(fault) => self.faults.push(fault),
            }
        }
        Ok(found)
    }

    /// Visits everything below a folder, except the output folder and unwanted folders.
    fn walk(&mut self, root: &Path, wanted: &dyn Fn(&str) -> bool, visit: &mut dyn FnMut(&Found)) {
        let real = self.world.real_path(root).ok();
        let is_out = |path: &str| {
            let here = real.as_ref().map(|real| real.join(path));
            here.is_some() && here == self.out
        };
        let enter = |path: &str| wanted(path) && !is_out(path);
        let faults = &mut self.faults;
        if is_out("") {
            return;
        }
        self.world.walk(root, &enter, &mut |one: Walked| match one {
            Ok(one) => visit(&one),
            Err((path, cause)) => faults.push(fault(&path, cause)),
        });
    }

    fn is_out(&self, path: &Path) -> bool {
        self.out.is_some() && self.world.real_path(path).ok() == self.out
    }
}

/// Returns the list that an input `@FILE` names.
fn list_of(input: &Path) -> Option<PathBuf> {
    #[cfg(unix)]
    {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;
        let name = input.as_os_str().as_bytes().strip_prefix(b"@")?;
        Some(PathBuf::from(OsStr::from_bytes(name)))
    }
    #[cfg(not(unix))]
    {
        input.to_string_lossy().strip_prefix('@').map(PathBuf::from)
    }
}

fn fault(path: &Path, cause: std::io::Error) -> Error {
    Error::Read {
        path: path.display().to_string(),
        cause,
    }
}
