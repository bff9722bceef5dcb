//! The pack: named bytes in a fixed order, with an inventory. This module knows nothing of forms.

mod archive;
pub(crate) mod contents;
pub(crate) mod inventory;
mod names;
mod prepared;
mod press;
mod quiet;
mod recorded;
mod records;
mod replace;
mod sinks;
mod temporary;
pub mod verify;
mod write;
mod zipped;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

pub use inventory::{INVENTORY, inventory};
pub use prepared::{Prepared, new_file, put_back, set_aside};
pub(crate) use prepared::{new_private_file, remove_own};
pub use recorded::Records;
pub(crate) use replace::{hash_of, plain_file, refuse_read_only, there};
pub use replace::{refuse, refuse_file};
pub use temporary::sweep;
pub(crate) use write::write_fault;
pub use write::{IfThere, Target, Written, make_folder, write};

use crate::domain::{Date, Sha256, text};

/// The number of the pack's format. Format 1 dates every entry of an archive on 1 January 1980, format 2 on the day of
/// the plan. A pack of a later format is refused.
pub const FORMAT: u64 = 2;

/// A path in a pack: relative, with `/` between its parts; each part is a name that every system accepts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryPath(String);

/// The text cannot be a path in a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnsafePath;

impl EntryPath {
    /// Makes a path of any name, replacing characters that some system would reject.
    pub fn made_safe(path: &str) -> Self {
        Self(text::safe_name(path))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EntryPath {
    type Err = UnsafePath;

    fn from_str(path: &str) -> Result<Self, UnsafePath> {
        let part = |part: &str| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && !part.contains(['\\', ':', '\n', '\r', '\0'])
        };
        if path.split('/').all(part) {
            Ok(Self(path.to_owned()))
        } else {
            Err(UnsafePath)
        }
    }
}

impl fmt::Display for EntryPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[derive(Clone, Debug)]
pub enum Content {
    /// Bytes made by the tool.
    Made(Vec<u8>),
    /// A file of the user, read when the pack is written.
    File {
        from: PathBuf,
        /// Its size when it was checked, in bytes.
        size: u64,
        /// Its hash when it was checked; the file is refused if its hash is different now.
        sha256: Sha256,
    },
}

impl Content {
    pub const fn size(&self) -> u64 {
        match self {
            Self::Made(bytes) => bytes.len() as u64,
            Self::File { size, .. } => *size,
        }
    }

    pub fn sha256(&self) -> Sha256 {
        match self {
            Self::Made(bytes) => Sha256::of(bytes),
            Self::File { sha256, .. } => *sha256,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Entry {
    /// Its path below the pack's folder.
    pub path: EntryPath,
    pub content: Content,
}

#[derive(Clone, Debug)]
pub struct Pack {
    /// The name of its folder, and of its zip file without the extension.
    pub name: String,
    /// The day that its entries have in an archive.
    pub(crate) on: Date,
    /// The entries, by path, the inventory last.
    entries: Vec<Entry>,
}

impl Pack {
    /// Makes a pack, and adds the inventory.
    pub fn new(name: &str, on: Date, mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|one, other| one.path.cmp(&other.path));
        let inventory = Entry {
            path: EntryPath(INVENTORY.to_owned()),
            content: Content::Made(inventory(&entries).into_bytes()),
        };
        entries.push(inventory);
        Self {
            name: text::safe_name(name),
            on,
            entries,
        }
    }

    /// Returns the entries, by path, the inventory last.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}
