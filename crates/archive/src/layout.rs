//! The structure of an archive, byte by byte, so that no two programs can read it differently.
//!
//! Some programs read the list at the end of an archive, others the header before each entry. An archive
//! passes when both say the same and every byte belongs to exactly one entry, the list or the end record.

use std::io::{self, Read, Seek, SeekFrom};

use crate::{Oddities, list, local, unpack};

/// The limits of an archive.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes of its list.
    pub list: u64,
    /// Bytes of a name.
    pub name: usize,
    /// Bytes of an unpacked entry.
    pub entry: u64,
}

/// The structure of an archive that has no oddities.
#[derive(Debug)]
pub struct Layout {
    /// Its entries, in the order of its list.
    pub entries: Vec<Entry>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its name; bytes that are not UTF-8 are replaced by U+FFFD.
    pub name: String,
    /// Its size when unpacked, as both headers state it.
    pub size: u64,
    /// Whether the name has characters outside of ASCII without the flag for UTF-8.
    pub is_unmarked: bool,
    /// The other properties of the writing program: versions, flags, time, attributes.
    pub style: Style,
    /// Whether either header has extra fields.
    pub has_extra: bool,
    pub(crate) raw_name: Vec<u8>,
    pub(crate) packed: u64,
    pub(crate) crc: u32,
    pub(crate) header: u64,
    pub(crate) data: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The version and system that made it.
    pub made_by: u16,
    /// The version needed to unpack it.
    pub needs: u16,
    /// Its flags: bit 11 marks a name in UTF-8.
    pub flags: u16,
    /// The compression method: 0 is stored, 8 is deflated.
    pub method: u16,
    /// The time of day, as DOS writes it.
    pub time: u16,
    /// The day, as DOS writes it.
    pub date: u16,
    /// The mark of a text file.
    pub internal: u16,
    /// Its attributes on the system that made it.
    pub attributes: u32,
}

impl Entry {
    pub fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }

    /// Returns true if the name is neither stored in UTF-8 nor marked as such.
    pub fn has_foreign_name(&self) -> bool {
        self.is_unmarked && std::str::from_utf8(&self.raw_name).is_err()
    }
    /// Opens the entry for reading. Reading fails if the content differs from the headers.
    ///
    /// # Errors
    /// The system reports an error.
    pub fn unpacked<R: Read + Seek>(&self, mut from: R) -> io::Result<impl Read + use<R>> {
        from.seek(SeekFrom::Start(self.data))?;
        Ok(unpack::reader(from, self))
    }
}

/// Why an archive is not read.
#[derive(Debug)]
pub enum Refused {
    Io(io::Error),
    /// It is no zip archive, or a part of one.
    NotZip,
    /// Programs may read it differently.
    Odd(Oddities),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::NotZip,
            _ => Self::Io(error),
        }
    }
}

impl Oddities {
    pub(crate) fn refuse(self) -> Result<(), Refused> {
        if self.named.is_empty() {
            Ok(())
        } else {
            Err(Refused::Odd(self))
        }
    }
}

impl Layout {
    /// Reads the structure of an archive. Nothing is unpacked.
    ///
    /// # Errors
    /// It cannot be read, is no archive, or has oddities.
    pub fn read<R: Read + Seek>(mut from: R, bounds: &Bounds) -> Result<Self, Refused> {
        let end = list::end(&mut from, bounds)?;
        let mut oddities = Oddities::default();
        let mut entries = list::entries(&mut from, &end, bounds, &mut oddities)?;
        oddities.refuse()?;
        let mut oddities = Oddities::default();
        local::walk(from, &mut entries, end.list, &mut oddities)?;
        oddities.refuse()?;
        Ok(Self { entries })
    }
}
