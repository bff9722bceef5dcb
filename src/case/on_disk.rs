//! Manifests on the disk: a folder means the manifest in it, and manifests extend bases.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::gather::Folders;
use crate::manifest::{self, Bases};
use crate::world::{self, Kind, World};

/// The manifest of a folder.
pub const MANIFEST: &str = "manifest.yaml";

pub struct OnDisk<'w> {
    /// The folder of each layer.
    pub folders: Folders,
    /// The manifests read so far, with links followed.
    pub(super) seen: Vec<PathBuf>,
    /// A manifest that is its own base, directly or through others.
    pub(super) circle: Option<PathBuf>,
    world: &'w dyn World,
}

impl<'w> OnDisk<'w> {
    /// Starts with the folder of the manifest or sheet.
    pub fn new(folder: PathBuf, world: &'w dyn World) -> Self {
        Self {
            folders: Folders::new(folder),
            seen: Vec::new(),
            circle: None,
            world,
        }
    }
}

impl Bases for OnDisk<'_> {
    fn base(&mut self, from: usize, path: &str) -> std::result::Result<(String, Vec<u8>), String> {
        let folder = self.folders.layer(from).to_path_buf();
        if Path::new(path).is_absolute() || path.as_bytes().get(1) == Some(&b':') {
            return Err("it is an absolute path; write it as seen from this file".to_owned());
        }
        if path.contains('\\') {
            return Err(
                "it is written with backslashes; write `/`, which works on Windows too".to_owned(),
            );
        }
        let path =
            manifest_path(&folder.join(path), self.world).map_err(|error| error.to_string())?;
        let real = self
            .world
            .real_path(&path)
            .map_err(|_| "there is no such file".to_owned())?;
        if self.seen.contains(&real) {
            self.circle = Some(real);
            return Err("it extends itself".to_owned());
        }
        self.seen.push(real);
        let bytes = world::read(self.world, &path, manifest::MAX_BYTES)
            .map_err(|error| error.to_string())?;
        let bytes = bytes.ok_or("it is too large for a manifest")?;
        self.folders
            .push(path.parent().map(Path::to_path_buf).unwrap_or_default());
        Ok((path.display().to_string(), bytes))
    }
}

/// Returns the path of a manifest; a folder means the `manifest.yaml` in it.
pub(super) fn manifest_path(path: &Path, world: &dyn World) -> Result<PathBuf> {
    match world.kind(path) {
        Ok(Kind::Folder) => {
            let inside = path.join(MANIFEST);
            match world.kind(&inside) {
                Ok(_) => Ok(inside),
                Err(_) => Err(Error::Usage(format!(
                    "the folder `{}` has no `{MANIFEST}`; name the manifest itself, or run `clspack init`",
                    path.display()
                ))),
            }
        }
        _ => Ok(path.to_path_buf()),
    }
}
