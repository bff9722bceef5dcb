//! The structure of an archive, byte by byte, so that no two programs can read it differently.
//!
//! Some programs read the list at the end of an archive, others the header before each entry. An archive
//! passes when both say the same and every byte belongs to exactly one entry, the list or the end record.

use std::io::{self, Read, Seek, SeekFrom};

use crate::{Oddities, list, local, unpack};

/// What an archive may have at most.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes of its list.
    pub list: u64,
    /// Bytes of a name.
    pub name: usize,
    /// Bytes of an entry once it is unpacked.
    pub entry: u64,
}

/// The structure of an archive that has no oddities.
#[derive(Debug)]
pub struct Layout {
    /// Its entries, in the order of its list.
    pub entries: Vec<Entry>,
}

/// An entry of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its name; what is not UTF-8 is replaced by U+FFFD.
    pub name: String,
    /// Its size once it is unpacked, as both headers state it.
    pub size: u64,
    /// Whether the name has characters outside of ASCII without the flag for UTF-8.
    pub is_unmarked: bool,
    /// Everything that says how it was written: versions, flags, time, attributes.
    pub style: Style,
    /// Whether either header has extra fields.
    pub has_extra: bool,
    pub(crate) raw_name: Vec<u8>,
    pub(crate) packed: u64,
    pub(crate) crc: u32,
    /// Where its header begins.
    pub(crate) header: u64,
    /// Where its data begin.
    pub(crate) data: u64,
}

/// How an entry was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The version and system that it was made by.
    pub made_by: u16,
    /// The version that is needed to unpack it.
    pub needs: u16,
    /// Its flags: bit 11 marks a name in UTF-8.
    pub flags: u16,
    /// How it is packed: 0 is stored, 8 is deflated.
    pub method: u16,
    /// The time of day, as DOS writes it.
    pub time: u16,
    /// The day, as DOS writes it.
    pub date: u16,
    /// Whether it is said to be a text.
    pub internal: u16,
    /// Its attributes on the system that it was made by.
    pub attributes: u32,
}

impl Entry {
    /// Returns true if the entry is a folder.
    pub fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }

    /// Returns true if the name is stored neither in UTF-8 nor with the claim to be that.
    pub fn has_foreign_name(&self) -> bool {
        self.is_unmarked && std::str::from_utf8(&self.raw_name).is_err()
    }
    /// Opens the entry for reading. Reading fails where the content differs from the headers.
    ///
    /// # Errors
    /// The system reports a fault.
    pub fn unpacked<R: Read + Seek>(&self, mut from: R) -> io::Result<impl Read + use<R>> {
        from.seek(SeekFrom::Start(self.data))?;
        Ok(unpack::reader(from, self))
    }
}

/// Why an archive is not read.
#[derive(Debug)]
pub enum Refused {
    /// The system reports a fault.
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
