//! Opens a pack for reading, zip or folder, without trusting a byte of it.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use crate::world::{Found, Kind, World};

/// A thing in a pack, under the name that the pack gives it.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Its path below the pack's folder.
    pub(crate) path: String,
    /// A plain file, rather than a link or something else.
    pub(crate) is_file: bool,
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
    /// Names that stand in the archive's list more than once.
    pub(crate) repeated: Vec<String>,
}

impl<'w> Source<'w> {
    /// Opens a pack.
    pub(crate) fn open(path: &Path, world: &'w dyn World) -> io::Result<Self> {
        if world.kind(path)? == Kind::Folder {
            let items = world.files_below(path)?.into_iter().map(
                |Found {
                     path: name,
                     is_file,
                 }| Item {
                    place: Place::File(path.join(&name)),
                    path: name,
                    is_file,
                },
            );
            return Ok(Self {
                archive: None,
                world,
                items: items.collect(),
                repeated: Vec::new(),
            });
        }
        let mut archive = ZipArchive::new(BufReader::new(File::open(path)?))?;
        let mut items = Vec::new();
        for i in 0..archive.len() {
            let entry = archive.by_index_raw(i)?;
            if entry.is_dir() {
                continue;
            }
            items.push(Item {
                path: entry.name()?.into_owned(),
                is_file: entry.is_file() && !entry.is_symlink(),
                place: Place::Zip(i),
            });
        }
        let repeated = repeated_names(path, archive.central_directory_start())?;
        let mut source = Self {
            archive: Some(archive),
            world,
            items,
            repeated,
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
        let inventory = self.items.iter().find_map(|item| {
            item.path
                .strip_suffix(&format!("/{}", crate::pack::INVENTORY))
        });
        let Some(folder) = inventory
            .filter(|folder| !folder.contains('/'))
            .map(|folder| format!("{folder}/"))
        else {
            return;
        };
        for item in &mut self.items {
            if let Some(rest) = item.path.strip_prefix(&folder) {
                item.path = rest.to_owned();
            }
        }
    }
}

/// Walks the archive's own list, since the reader keeps one entry of each name: two of one name let
/// one program see other bytes than the next.
fn repeated_names(path: &Path, start: u64) -> io::Result<Vec<String>> {
    use std::io::{Seek as _, SeekFrom};
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
    names.sort();
    let mut repeated: Vec<_> = names
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0].clone())
        .collect();
    repeated.dedup();
    Ok(repeated)
}
