//! Patterns of paths, such as `examples/*/manifest.yaml`, for shells that do not expand them: on every system the same
//! paths in the same order. Hidden files and folders match only a pattern that names them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::world::{Found, Walked, World};

/// The signs that make a path a pattern.
const SIGNS: [char; 3] = ['*', '?', '['];

/// What a pattern may match besides files.
#[derive(Clone, Copy, Debug)]
pub enum Folders<'a> {
    /// A folder that contains this file means the file.
    ByFile(&'a str),
    /// A folder that contains this file means itself.
    Whole(&'a str),
}

/// A pattern.
#[derive(Debug)]
pub struct Pattern {
    written: String,
    /// What comes before the first sign, up to a `/`.
    folder: String,
    rest: glob::Pattern,
    names_hidden: bool,
    /// Whether it ends in `/`.
    only_folders: bool,
}

/// Collects what a pattern matches while folders are walked.
pub struct Matches<'a> {
    pattern: &'a Pattern,
    folders: Folders<'a>,
    /// The file whose folder is closed: nothing below it matches.
    closed_by: &'a str,
    /// By their names; two paths may have one name, since bytes that are not text are replaced.
    found: BTreeSet<(String, PathBuf)>,
    closed: BTreeSet<String>,
}

impl Pattern {
    /// Reads an input as a pattern. Returns nothing if it has no signs of one, or if a file or folder has this very
    /// name.
    ///
    /// # Errors
    /// The pattern cannot be read.
    pub fn of(input: &Path, world: &dyn World) -> Result<Option<Self>> {
        let written = input.to_string_lossy().into_owned();
        if !written.contains(SIGNS) || world.kind(input).is_ok() {
            return Ok(None);
        }
        let path = written.replace('\\', "/");
        let wild = path.find(SIGNS).unwrap_or(0);
        let (folder, rest) = path.split_at(path[..wild].rfind('/').map_or(0, |i| i + 1));
        let only_folders = rest.ends_with('/');
        let rest = rest.trim_end_matches('/');
        let read = glob::Pattern::new(rest);
        let fault = |error: glob::PatternError| format!("cannot be read: {}", error.msg);
        let read = read.map_err(|error| usage(&written, &fault(error)))?;
        Ok(Some(Self {
            folder: folder.to_owned(),
            names_hidden: rest.split('/').any(|step| step.starts_with('.')),
            rest: read,
            only_folders,
            written,
        }))
    }

    /// Returns the folder below which it matches.
    pub fn root(&self) -> &Path {
        Path::new(if self.folder.is_empty() {
            "."
        } else {
            &self.folder
        })
    }

    /// Returns true if it may match a file or folder of this name, or something below it.
    pub fn may_match(&self, path: &str) -> bool {
        self.names_hidden || !name_of(path).starts_with('.')
    }

    fn matches(&self, path: &str) -> bool {
        let options = glob::MatchOptions {
            require_literal_separator: true,
            ..glob::MatchOptions::default()
        };
        self.rest.matches_with(path, options)
    }

    /// Returns a path that was found as the user would name it: relative to the current folder if the pattern is, with
    /// the same separators on every system. A path that is no text keeps its bytes.
    fn as_named(&self, path: &str, at: PathBuf) -> PathBuf {
        match (at.to_str(), at.strip_prefix(".")) {
            (Some(_), _) => PathBuf::from(format!("{}{path}", self.folder)),
            (None, Ok(below)) if self.folder.is_empty() => below.to_path_buf(),
            (None, _) => at,
        }
    }
}

impl<'a> Matches<'a> {
    pub fn new(pattern: &'a Pattern, folders: Folders<'a>, closed_by: &'a str) -> Self {
        Self {
            pattern,
            folders,
            closed_by,
            found: BTreeSet::new(),
            closed: BTreeSet::new(),
        }
    }

    /// Takes in a file below the root of the pattern.
    pub fn visit(&mut self, file: &Found) {
        let path = &file.path;
        let name = name_of(path);
        if name == self.closed_by {
            self.closed.extend(above(path).next().map(str::to_owned));
        }
        // Excel keeps a `~$` file for each workbook that is open.
        if !file.is_file || name.starts_with("~$") || !self.pattern.may_match(path) {
            return;
        }
        let (Folders::ByFile(mark) | Folders::Whole(mark)) = self.folders;
        let folder = path
            .strip_suffix(mark)
            .and_then(|path| path.strip_suffix('/'));
        match (
            folder.filter(|folder| self.pattern.matches(folder)),
            self.folders,
        ) {
            (Some(folder), Folders::Whole(_)) => {
                let at = file.at.parent().map(Path::to_path_buf).unwrap_or_default();
                self.found.insert((folder.to_owned(), at));
            }
            (Some(_), Folders::ByFile(_)) => {
                self.found.insert((path.clone(), file.at.clone()));
            }
            (None, _) if !self.pattern.only_folders && self.pattern.matches(path) => {
                self.found.insert((path.clone(), file.at.clone()));
            }
            (None, _) => {}
        }
    }

    /// Returns the paths, in the order of their names.
    ///
    /// # Errors
    /// There are none.
    pub fn done(self) -> Result<Vec<PathBuf>> {
        let Self {
            pattern,
            mut found,
            closed,
            ..
        } = self;
        found.retain(|(path, _)| !above(path).any(|folder| closed.contains(folder)));
        if found.is_empty() {
            return Err(Error::NoMatch {
                pattern: pattern.written.clone(),
                folder: pattern.root().to_string_lossy().into_owned(),
            });
        }
        Ok(found
            .into_iter()
            .map(|(path, at)| pattern.as_named(&path, at))
            .collect())
    }
}

/// Returns the paths that an input means: those that it matches as a pattern, otherwise itself. Nothing below a folder
/// with the file `closed_by` matches.
///
/// # Errors
/// The pattern cannot be read or matches nothing, or a folder cannot be listed.
pub fn expand(
    input: &Path,
    folders: Folders<'_>,
    closed_by: &str,
    world: &dyn World,
) -> Result<Vec<PathBuf>> {
    let Some(pattern) = Pattern::of(input, world)? else {
        return Ok(vec![input.to_path_buf()]);
    };
    let mut matches = Matches::new(&pattern, folders, closed_by);
    let mut fault = None;
    let enter = |path: &str| pattern.may_match(path);
    world.walk(pattern.root(), &enter, &mut |one: Walked| match one {
        Ok(one) => matches.visit(&one),
        // A pattern in a folder that does not exist matches nothing.
        Err((path, _)) if path == pattern.root() => {}
        Err((path, cause)) => {
            let path = path.display().to_string();
            fault = fault.take().or(Some(Error::Read { path, cause }));
        }
    });
    fault.map_or_else(|| matches.done(), Err)
}

fn usage(pattern: &str, why: &str) -> Error {
    Error::Usage(format!("the pattern `{pattern}` {why}"))
}

/// Returns the last part of a path.
pub fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns the folders above a path, from the nearest to the root of the walk, which is an empty text.
pub fn above(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.rmatch_indices('/').map(|(end, _)| end);
    ends.map(|end| &path[..end]).chain([""])
}
