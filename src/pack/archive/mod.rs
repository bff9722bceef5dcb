//! Reads the structure of a zip archive and refuses every archive that two programs could read differently.
//!
//! Some programs read the list at the end of an archive, others the header before each entry. An archive
//! passes when both say the same and every byte belongs to exactly one entry, the list or the end record.

mod extra;
mod list;
mod local;
mod unpack;

pub(crate) use list::MAX_ENTRY;

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

/// An archive whose structure was checked.
#[derive(Debug)]
pub(crate) struct Archive {
    path: PathBuf,
    /// Its entries, in the order of its list.
    pub(crate) members: Vec<Member>,
}

/// An entry of an archive.
#[derive(Clone, Debug, Default)]
pub(crate) struct Member {
    /// Its name; bytes that are not UTF-8 are replaced by U+FFFD.
    pub(crate) name: String,
    /// Its size when unpacked, as both headers state it.
    pub(crate) size: u64,
    /// Whether the name has characters outside of ASCII without the flag for UTF-8.
    pub(crate) is_unmarked: bool,
    /// The other properties of the writing program: versions, flags, time, attributes.
    pub(crate) style: Style,
    raw_name: Vec<u8>,
    has_extra: bool,
    packed: u64,
    crc: u32,
    header: u64,
    data: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    made_by: u16,
    needs: u16,
    flags: u16,
    method: u16,
    time: u16,
    date: u16,
    internal: u16,
    attributes: u32,
}

/// The flag for a size that follows the data.
const SIZE_FOLLOWS: u16 = 1 << 3;
const UTF_8: u16 = 1 << 11;
/// Flags without effect for the reader: the compression level, and the two above.
const HARMLESS: u16 = 0b110 | SIZE_FOLLOWS | UTF_8;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

impl Member {
    pub(crate) fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }

    /// Returns true if the entry is written as `clspack` writes it: a plain file, made on Unix, readable for
    /// everybody, without extra fields.
    pub(crate) fn is_plain(&self) -> bool {
        let Style {
            made_by,
            needs,
            flags,
            method,
            internal,
            attributes,
            ..
        } = self.style;
        made_by == 3 << 8 | needs
            && needs == if method == STORED { 10 } else { 20 }
            && flags & !UTF_8 == 0
            && (flags & UTF_8 == 0) == self.name.is_ascii()
            && internal == 0
            && attributes == 0o100_644 << 16
            && !self.has_extra
            && !self.is_folder()
    }

    /// Returns true if the name is neither stored in UTF-8 nor marked as such.
    pub(crate) fn has_foreign_name(&self) -> bool {
        self.is_unmarked && std::str::from_utf8(&self.raw_name).is_err()
    }

    /// Returns true if both have the same time.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        let of = |style: Style| (style.time, style.date);
        of(self.style) == of(other.style)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// The entry, if it concerns one.
    pub(crate) entry: Option<String>,
    pub(crate) kind: FaultKind,
    /// The fault, as part of a sentence.
    pub(crate) message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// Programs may read different contents.
    Ambiguous,
    /// The entry is no plain file.
    Unsafe,
    /// It unpacks to more than the limit.
    TooLarge,
}

/// Why an archive cannot be read.
#[derive(Debug)]
pub(crate) enum Refused {
    Io(io::Error),
    /// It is no zip archive, or a part of one.
    NotZip,
    Faults(Faults),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::NotZip,
            _ => Self::Io(error),
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    pub(crate) named: Vec<Fault>,
    /// How many more there are.
    pub(crate) n_more: usize,
}

/// How many faults of an archive are named.
const NAMED: usize = 40;

impl Faults {
    fn add(&mut self, kind: FaultKind, entry: Option<&str>, message: impl Into<String>) {
        if self.named.len() >= NAMED {
            self.n_more += 1;
            return;
        }
        self.named.push(Fault {
            entry: entry.map(str::to_owned),
            kind,
            message: message.into(),
        });
    }

    fn whole(&mut self, message: impl Into<String>) {
        self.add(FaultKind::Ambiguous, None, message);
    }

    fn refuse(self) -> Result<(), Refused> {
        if self.named.is_empty() {
            Ok(())
        } else {
            Err(Refused::Faults(self))
        }
    }
}

impl Archive {
    /// Opens an archive and checks its structure. Nothing is unpacked.
    pub(crate) fn open(path: &Path) -> Result<Self, Refused> {
        let mut file = File::open(path)?;
        let end = list::end(&mut file)?;
        let mut faults = Faults::default();
        let mut members = list::members(&mut file, &end, &mut faults)?;
        faults.refuse()?;
        let mut faults = Faults::default();
        local::walk(&file, &mut members, end.list, &mut faults)?;
        faults.refuse()?;
        Ok(Self {
            path: path.to_path_buf(),
            members,
        })
    }

    /// Opens an entry for reading. Reading fails if the content differs from the headers.
    pub(crate) fn read(&self, member: usize) -> io::Result<Box<dyn Read>> {
        let member = self.members.get(member);
        let member = member.ok_or_else(|| io::Error::other("there is no such entry"))?;
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(member.data))?;
        Ok(unpack::reader(file, member))
    }
}

/// Reads numbers from a header; bytes beyond its end are 0.
struct Fields<'b>(&'b [u8]);

impl Fields<'_> {
    fn u16(&self, at: usize) -> u16 {
        let bytes = self.0.get(at..at + 2);
        bytes.map_or(0, |bytes| u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    fn u32(&self, at: usize) -> u32 {
        u32::from(self.u16(at)) | u32::from(self.u16(at + 2)) << 16
    }
}
