//! Expands the inputs of a batch: folders to search, patterns, lists of paths, files.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::batch::skipped::{self, Skipped};
use crate::error::{Error, Result};
use crate::world::{self, Found, Kind, Walked, World};

/// The largest list of paths that is read, in bytes.
const MAX_LIST: u64 = 10_000_000;

/// The file that makes a folder a product.
pub(super) const MANIFEST: &str = "manifest.yaml";
/// The file that makes a folder a pack, which contains a manifest that is not a product.
pub(super) const INVENTORY: &str = "SHA256SUMS";

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
        let text = input.to_string_lossy();
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
            Err(_) if text.contains(['*', '?', '[']) => self.matching(&text),
            Err(cause) => Err(fault(input, cause)),
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

    /// Returns the paths that a pattern matches, for shells that do not expand patterns.
    fn matching(&mut self, pattern: &str) -> Result<Vec<PathBuf>> {
        let usage = |why: String| Error::Usage(format!("the pattern `{pattern}` {why}"));
        let written = pattern.replace('\\', "/");
        let wild = written.find(['*', '?', '[']).unwrap_or(0);
        let (folder, rest) = written.split_at(written[..wild].rfind('/').map_or(0, |i| i + 1));
        let glob = glob::Pattern::new(rest)
            .map_err(|error| usage(format!("cannot be read: {}", error.msg)))?;
        let options = glob::MatchOptions {
            require_literal_separator: true,
            ..glob::MatchOptions::default()
        };
        // Hidden files match only a pattern that names them explicitly.
        let names_hidden = rest.split('/').any(|step| step.starts_with('.'));
        let wanted = |name: &str| names_hidden || !name.starts_with('.');
        let root = Path::new(if folder.is_empty() { "." } else { folder });
        let mut found = BTreeSet::new();
        let mut packs = BTreeSet::new();
        let enter = |path: &str| wanted(name_of(path));
        self.walk(root, &enter, &mut |found_there| {
            let path = &found_there.path;
            let name = name_of(path);
            if name == INVENTORY {
                packs.extend(above(path).next().map(str::to_owned));
            }
            // Excel keeps a `~$` file for each workbook that is open.
            if !found_there.is_file || name.starts_with("~$") || !wanted(name) {
                return;
            }
            // A pattern may match the file, or the folder of a manifest.
            let parent = path
                .strip_suffix(MANIFEST)
                .and_then(|path| path.strip_suffix('/'));
            let by_folder = parent.is_some_and(|parent| glob.matches_with(parent, options));
            if by_folder || glob.matches_with(path, options) {
                found.insert((path.clone(), found_there.at.clone()));
            }
        });
        found.retain(|(path, _)| !above(path).any(|parent| packs.contains(parent)));
        if found.is_empty() {
            return Err(usage("matches no file".to_owned()));
        }
        // Relative to the current folder, as the pattern is.
        let seen = |(path, at): (String, PathBuf)| {
            if folder.is_empty() {
                at.strip_prefix(".")
                    .map_or(PathBuf::from(path), Path::to_path_buf)
            } else {
                at
            }
        };
        Ok(found.into_iter().map(seen).collect())
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

/// Returns the last part of a path.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns the folders above a path, from the nearest to the root of the walk, which is an empty text.
pub(super) fn above(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.rmatch_indices('/').map(|(end, _)| end);
    ends.map(|end| &path[..end]).chain([""])
}

fn fault(path: &Path, cause: std::io::Error) -> Error {
    Error::Read {
        path: path.display().to_string(),
        cause,
    }
}
