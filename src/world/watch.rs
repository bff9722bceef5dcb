//! Notes which files a run reads in its output folder, so that no output replaces an input.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::{Identity, Kind, Walked, World};
use crate::domain::Date;

/// How many folders are remembered.
const MOST_FOLDERS: usize = 1000;

/// A world that notes which files are read. Only files that could be outputs are noted: a batch reads more files than
/// should be remembered.
pub struct Watch<'w> {
    world: &'w dyn World,
    /// The existing outputs, each with the first input that is the same file.
    outputs: Mutex<BTreeMap<Identity, Option<PathBuf>>>,
    /// The output folder, with links followed, and the file that marks a folder in it as an output.
    folder: Option<(PathBuf, &'static str)>,
    /// The files that were read in such folders: the real path, and the name.
    below: Mutex<BTreeMap<PathBuf, PathBuf>>,
    /// Folders of files that were read, each with its real path if it is inside such a folder.
    folders: Mutex<BTreeMap<PathBuf, Option<PathBuf>>>,
}

impl<'w> Watch<'w> {
    /// Watches the files in a folder, and everything below those of its folders that contain a file named `mark`.
    pub fn new(folder: &Path, mark: Option<&'static str>, world: &'w dyn World) -> Self {
        let mut outputs = BTreeMap::new();
        world.walk(folder, &|_| false, &mut |one| {
            let known = one.ok().and_then(|one| world.identity(&one.at).ok());
            outputs.extend(known.map(|known| (known, None)));
        });
        Self {
            world,
            outputs: Mutex::new(outputs),
            folder: world.real_path(folder).ok().zip(mark),
            below: Mutex::default(),
            folders: Mutex::default(),
        }
    }

    fn note(&self, path: &Path) {
        if let Ok(identity) = self.world.identity(path) {
            let mut outputs = self.outputs.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(read) = outputs.get_mut(&identity) {
                read.get_or_insert_with(|| path.to_path_buf());
            }
        }
        if let Some(real) = self.below_outputs(path) {
            let mut below = self.below.lock().unwrap_or_else(PoisonError::into_inner);
            below.entry(real).or_insert_with(|| path.to_path_buf());
        }
    }

    /// Returns the real path of a file inside an output. Its folder is looked up once.
    fn below_outputs(&self, path: &Path) -> Option<PathBuf> {
        let (outputs, mark) = self.folder.as_ref()?;
        let (parent, name) = (path.parent()?, path.file_name()?);
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if !folders.contains_key(parent) {
            if folders.len() >= MOST_FOLDERS {
                folders.clear();
            }
            let is_here = parent.as_os_str().is_empty();
            let real = self
                .world
                .real_path(if is_here { Path::new(".") } else { parent });
            let is_output = |real: &PathBuf| {
                let below = real.strip_prefix(outputs).ok();
                let first = below.and_then(|below| below.iter().next());
                first.is_some_and(|first| self.world.kind(&outputs.join(first).join(mark)).is_ok())
            };
            folders.insert(parent.to_path_buf(), real.ok().filter(is_output));
        }
        let folder = folders.get(parent).and_then(Option::as_ref)?;
        Some(folder.join(name))
    }
}

impl World for Watch<'_> {
    fn today(&self) -> Date {
        self.world.today()
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.world.variable(name)
    }

    fn kind(&self, path: &Path) -> io::Result<Kind> {
        self.world.kind(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.world.real_path(path)
    }

    fn identity(&self, path: &Path) -> io::Result<Identity> {
        self.world.identity(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        self.note(path);
        self.world.open(path)
    }

    fn was_read(&self, path: &Path) -> Option<PathBuf> {
        if let Ok(identity) = self.world.identity(path) {
            let outputs = self.outputs.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(Some(read)) = outputs.get(&identity) {
                return Some(read.clone());
            }
        }
        self.folder.as_ref()?;
        let real = self.world.real_path(path).ok()?;
        let below = self.below.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, name) = below.range(real.clone()..).next()?;
        at.starts_with(real).then(|| name.clone())
    }

    fn watched(&self) -> Option<&dyn World> {
        Some(self.world)
    }

    fn walk(&self, folder: &Path, enter: &dyn Fn(&str) -> bool, visit: &mut dyn FnMut(Walked)) {
        self.world.walk(folder, enter, visit);
    }
}
