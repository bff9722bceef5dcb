//! Opens a pack for reading, zip or folder, without trusting a byte of it.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use crate::domain::text::shown;
use crate::world::{Found, Kind, World};

/// A thing in a pack, under the name that the pack gives it.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Its path below the pack's folder; the whole path where it lies outside of it.
    pub(crate) path: String,
    /// A plain file, rather than a link or something else.
    pub(crate) is_file: bool,
    /// It lies in the pack's folder.
    pub(crate) is_inside: bool,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    Zip(usize),
    File(PathBuf),
}

/// A pack that can be read.
pub(crate) struct Source<'w> {
    archive: Option<ZipArchive<BufReader<File>>>,
    world: &'w dyn World,
    /// What it holds.
    pub(crate) items: Vec<Item>,
    /// What is odd about the archive itself: programs may see different things in it.
    pub(crate) oddities: Vec<String>,
}

impl<'w> Source<'w> {
    /// Opens a pack.
    pub(crate) fn open(path: &Path, world: &'w dyn World) -> io::Result<Self> {
        match world.kind(path)? {
            Kind::Folder => Self::of_folder(path, world),
            Kind::File(_) => Self::of_zip(path, world),
            Kind::Other => Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "it is a device or a pipe",
            )),
        }
    }

    fn of_folder(path: &Path, world: &'w dyn World) -> io::Result<Self> {
        let item = |Found {
                        path: name,
                        is_file,
                        at,
                    }| Item {
            place: Place::File(at),
            path: name,
            is_file,
            is_inside: true,
        };
        let items = world.files_below(path)?.into_iter().map(item).collect();
        Ok(Self {
            archive: None,
            world,
            items,
            oddities: Vec::new(),
        })
    }

    fn of_zip(path: &Path, world: &'w dyn World) -> io::Result<Self> {
        let mut archive = ZipArchive::new(BufReader::new(File::open(path)?))?;
        let mut items = Vec::new();
        for i in 0..archive.len() {
            let entry = archive.by_index_raw(i)?;
            // Folders of their own are none of ours, and no file hides behind such a name.
            let is_file = entry.is_file() && !entry.is_symlink() && !entry.is_dir();
            items.push(Item {
                path: entry.name()?.into_owned(),
                is_file,
                is_inside: true,
                place: Place::Zip(i),
            });
        }
        let oddities = oddities(path, &archive)?;
        let mut source = Self {
            archive: Some(archive),
            world,
            items,
            oddities,
        };
        source.strip_folder();
        Ok(source)
    }

    /// Reads an item, at most `limit` bytes of it.
    pub(crate) fn read(&mut self, item: &Item, limit: u64) -> io::Result<Box<dyn Read + '_>> {
        match (&item.place, &mut self.archive) {
            (Place::Zip(i), Some(archive)) => Ok(Box::new(archive.by_index(*i)?.take(limit))),
            (Place::File(path), _) => Ok(Box::new(self.world.open(path)?.take(limit))),
            (Place::Zip(_), None) => Err(io::Error::other("the archive is closed")),
        }
    }

    /// Entries of a zip lie in one folder, named like the pack; what lies beside it keeps its name.
    fn strip_folder(&mut self) {
        let inventory = format!("/{}", crate::pack::INVENTORY);
        let mut folders = self
            .items
            .iter()
            .filter_map(|item| item.path.strip_suffix(&inventory));
        let folder = folders
            .find(|folder| !folder.contains('/'))
            .map(|folder| format!("{folder}/"));
        for item in &mut self.items {
            match folder
                .as_ref()
                .and_then(|folder| item.path.strip_prefix(folder))
            {
                Some(rest) => item.path = rest.to_owned(),
                None => item.is_inside = false,
            }
        }
    }
}

/// Says what lets one program see other bytes in an archive than the next: two entries of one name,
/// entries that its list does not count, bytes before or after it.
fn oddities(path: &Path, archive: &ZipArchive<BufReader<File>>) -> io::Result<Vec<String>> {
    let names = listed_names(path, archive.central_directory_start())?;
    let mut oddities = Vec::new();
    for (i, name) in names.iter().enumerate() {
        if names[..i].contains(name) {
            oddities.push(format!("it has two entries named `{}`", shown(name)));
        }
    }
    if names.len() != archive.len() && oddities.is_empty() {
        oddities.push("its list names more entries than it counts".to_owned());
    }
    if archive.offset() > 0 || !archive.comment().is_empty() {
        oddities.push("it holds bytes that belong to no entry".to_owned());
    }
    Ok(oddities)
}

/// Walks the archive's own list, since the reader keeps one entry of each name.
fn listed_names(path: &Path, start: u64) -> io::Result<Vec<String>> {
    let mut file = BufReader::new(File::open(path)?);
    file.seek(SeekFrom::Start(start))?;
    let mut names = Vec::new();
    let mut head = [0_u8; 46];
    while file.read_exact(&mut head).is_ok() && head.starts_with(b"PK\x01\x02") {
        let length = |at: usize| i64::from(u16::from_le_bytes([head[at], head[at + 1]]));
        let mut name = vec![0; usize::try_from(length(28)).unwrap_or(0)];
        file.read_exact(&mut name)?;
        names.push(String::from_utf8_lossy(&name).into_owned());
        file.seek_relative(length(30) + length(32))?;
    }
    Ok(names)
}
