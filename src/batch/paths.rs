//! What the inputs of a batch name: folders that are searched, patterns, lists of paths, files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::world::{self, Found, Kind, Walked, World};

/// The largest list of paths that is read, in bytes.
const MAX_LIST: u64 = 10_000_000;

/// The file that makes a folder a product.
pub(super) const MANIFEST: &str = "manifest.yaml";
/// The file that makes a folder a pack, which holds a manifest that is no product.
const INVENTORY: &str = "SHA256SUMS";

/// A search for products.
pub(super) struct Search<'w> {
    /// The output folder, links followed: what lies in it is not found.
    out: Option<PathBuf>,
    world: &'w dyn World,
    /// What could not be looked at. The rest is found all the same.
    pub(super) faults: Vec<Error>,
    /// What looks like a product and was left out, and what to do about it.
    pub(super) notes: Vec<(String, &'static str)>,
}

impl<'w> Search<'w> {
    /// Begins a search.
    pub(super) fn new(out: &Path, world: &'w dyn World) -> Self {
        Self {
            out: world.real_path(out).ok(),
            world,
            faults: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Takes an input apart: a folder, a pattern, a list of paths, a file.
    pub(super) fn expand(&mut self, input: &Path) -> Result<Vec<PathBuf>> {
        let text = input.to_string_lossy();
        if let Some(list) = text.strip_prefix('@') {
            return self.listed(Path::new(list));
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

    /// Returns every manifest below a folder; hidden folders, packs and the output are left out.
    fn in_folder(&mut self, folder: &Path) -> Result<Vec<PathBuf>> {
        let mut manifests = Vec::new();
        let mut packs = BTreeSet::new();
        let mut left_out = Vec::new();
        let world = self.world;
        self.walk(folder, &|name| !name.starts_with('.'), &mut |found| {
            let path = &found.path;
            let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
            match name {
                MANIFEST if found.is_file => manifests.push(path.clone()),
                INVENTORY => drop(packs.insert(parent.to_owned())),
                _ => left_out.extend(left(found, folder, world).map(|(why, help)| {
                    (
                        path.clone(),
                        format!("{}: {why}", folder.join(path).display()),
                        help,
                    )
                })),
            }
        });
        left_out.retain(|(path, ..)| !above(path).any(|parent| packs.contains(parent)));
        let notes = left_out.into_iter().map(|(_, note, help)| (note, help));
        self.notes.extend(notes);
        manifests.retain(|path| !above(path).any(|parent| packs.contains(parent)));
        if manifests.is_empty() {
            return Err(self.faults.pop().unwrap_or_else(|| {
                let why = format!("`{}` holds no `{MANIFEST}`", folder.display());
                let notes = self.notes.iter();
                let notes = notes.map(|(note, help)| format!("{note}; {help}"));
                let lines: Vec<_> = std::iter::once(why).chain(notes).collect();
                Error::Usage(lines.join("\n"))
            }));
        }
        Ok(manifests.iter().map(|path| folder.join(path)).collect())
    }

    /// Returns what a pattern names, for shells that leave patterns to the program.
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
        // What is hidden is meant only by a pattern that says so.
        let names_hidden = rest.split('/').any(|step| step.starts_with('.'));
        let wanted = |name: &str| names_hidden || !name.starts_with('.');
        let root = Path::new(if folder.is_empty() { "." } else { folder });
        let mut found = BTreeSet::new();
        let mut packs = BTreeSet::new();
        self.walk(root, &wanted, &mut |found_there| {
            let path = &found_there.path;
            let name = path.rsplit('/').next().unwrap_or(path);
            if name == INVENTORY {
                packs.extend(above(path).next().map(str::to_owned));
            }
            // Excel notes in `~$` files what it has open.
            if !found_there.is_file || name.starts_with("~$") || !wanted(name) {
                return;
            }
            // A pattern may name the file, or the folder in which a manifest lies.
            let parent = path
                .strip_suffix(MANIFEST)
                .and_then(|path| path.strip_suffix('/'));
            let by_folder = parent.is_some_and(|parent| glob.matches_with(parent, options));
            if by_folder || glob.matches_with(path, options) {
                found.insert(path.clone());
            }
        });
        found.retain(|path| !above(path).any(|parent| packs.contains(parent)));
        if found.is_empty() {
            return Err(usage("matches no file".to_owned()));
        }
        let found = found.iter().map(|path| Path::new(folder).join(path));
        Ok(found.collect())
    }

    /// Reads a list: a path on each line, seen from the folder of the list; empty lines and those that begin
    /// with `#` say nothing. A line that leads nowhere is a fault of its own.
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

    /// Shows what lies below a folder, but for what lies in the output, and in folders whose names are not wanted.
    fn walk(&mut self, root: &Path, wanted: &dyn Fn(&str) -> bool, visit: &mut dyn FnMut(&Found)) {
        let real = self.world.real_path(root).ok();
        let is_out = |path: &str| {
            let here = real.as_ref().map(|real| real.join(path));
            here.is_some() && here == self.out
        };
        let enter = |path: &str| wanted(path.rsplit('/').next().unwrap_or(path)) && !is_out(path);
        let faults = &mut self.faults;
        if is_out("") {
            return;
        }
        self.world.walk(root, &enter, &mut |one: Walked| match one {
            Ok(one) => visit(&one),
            Err((path, cause)) => faults.push(fault(&path, cause)),
        });
    }
}

/// Says why something that looks like a product or a folder of products is left out.
fn left(found: &Found, folder: &Path, world: &dyn World) -> Option<(&'static str, &'static str)> {
    const ITSELF: &str = "name it beside the folder if it holds products";
    let name = found.path.rsplit('/').next().unwrap_or_default();
    let lower = name.to_lowercase();
    if found.is_file {
        let is_near = lower == MANIFEST || lower == "manifest.yml";
        // Reports are of this program's own making.
        let is_sheet = lower.rsplit_once('.').is_some_and(|(_, end)| end == "xlsx")
            && !lower.starts_with("~$")
            && !lower.starts_with("report");
        return if is_near {
            Some((
                "left out, since it is not named `manifest.yaml`",
                "rename it if it is a product",
            ))
        } else {
            is_sheet.then_some((
                "a workbook, which is read only if it is named itself",
                ITSELF,
            ))
        };
    }
    let path = folder.join(&found.path);
    if name == MANIFEST {
        return Some((
            "left out, since it is no plain file but a link or a device",
            "put the file itself there",
        ));
    }
    let leads = world.kind(&path).is_ok_and(|kind| kind == Kind::Folder);
    leads.then_some(("a link to a folder, which is not followed", ITSELF))
}

/// Returns the folders above a path, from the nearest to the root of the walk, which is an empty text.
fn above(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.rmatch_indices('/').map(|(end, _)| end);
    ends.map(|end| &path[..end]).chain([""])
}

fn fault(path: &Path, cause: std::io::Error) -> Error {
    Error::Read {
        path: path.display().to_string(),
        cause,
    }
}
