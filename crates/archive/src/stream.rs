//! A member that is unpacked as it is read, and why it is not.

use std::fmt;
use std::io::{self, Cursor, Read};

use zip::read::ZipFile;
use zip::result::ZipError;

use crate::Budget;

/// Why a member is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The kind of reason.
    pub why: Why,
    says: String,
}

/// Kinds of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It has no header where the list says.
    NoHeader,
    /// It needs a password.
    Locked,
    /// It uses a feature that is not known.
    Unsupported,
    /// Its content cannot be unpacked, or is not what its size and checksum say.
    Damaged,
    /// It unpacks to more than one member may.
    TooLarge,
    /// It unpacks to more than is left for all, or to more than its packed bytes explain.
    Spent,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.says)
    }
}

impl Unread {
    pub(crate) fn new(why: Why, says: impl fmt::Display) -> Self {
        let says = says.to_string();
        Self { why, says }
    }

    pub(crate) fn at_begin(error: &ZipError) -> Self {
        let why = match error {
            ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => Why::Locked,
            ZipError::UnsupportedArchive(_) => Why::Unsupported,
            _ => Why::Damaged,
        };
        Self::new(why, error)
    }
}

const BEYOND: &str = "it goes beyond what is read";

/// A member that is unpacked as it is read. Reading fails where it goes beyond the budget, or where its content is
/// not what its size and checksum say.
pub struct Stream<'a, 'b> {
    file: ZipFile<'a, Cursor<&'b [u8]>>,
    /// What the list says that is still to come.
    left: u64,
    /// How much may still come.
    room: u64,
    past: Why,
    is_past: bool,
    budget: &'a mut Budget,
}

impl<'a, 'b> Stream<'a, 'b> {
    pub(crate) fn begin(
        file: ZipFile<'a, Cursor<&'b [u8]>>,
        budget: &'a mut Budget,
    ) -> Result<Self, Unread> {
        let begun = budget.begin(file.compressed_size());
        let (room, is_bound_by_member) = begun.ok_or_else(|| Unread::new(Why::Spent, BEYOND))?;
        let past = if is_bound_by_member {
            Why::TooLarge
        } else {
            Why::Spent
        };
        let left = file.size();
        Ok(Self {
            file,
            left,
            room,
            past,
            is_past: false,
            budget,
        })
    }

    /// Returns the size that the list states.
    pub fn size(&self) -> u64 {
        self.file.size()
    }

    /// Reads it to its end.
    ///
    /// # Errors
    /// It cannot be unpacked to its end, or goes beyond the budget.
    pub fn content(mut self) -> Result<Vec<u8>, Unread> {
        let mut content = Vec::new();
        let read = self.read_to_end(&mut content);
        read.map_err(|error| self.unread(&error)).map(|_| content)
    }

    /// Unpacks it to its end, and keeps nothing.
    ///
    /// # Errors
    /// As [`content`](Self::content).
    pub fn pass_over(mut self) -> Result<(), Unread> {
        let passed = io::copy(&mut self, &mut io::sink());
        passed.map_err(|error| self.unread(&error)).map(drop)
    }

    fn unread(&self, error: &io::Error) -> Unread {
        let why = if self.is_past {
            self.past
        } else {
            Why::Damaged
        };
        Unread::new(why, error)
    }
}

impl Read for Stream<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // One byte more than there is room for shows that there is more.
        let most = usize::try_from(self.room.saturating_add(1)).unwrap_or(usize::MAX);
        let most = most.min(buffer.len());
        let n_read = self.file.read(&mut buffer[..most])?;
        self.budget.take(n_read as u64);
        let Some(room) = self.room.checked_sub(n_read as u64) else {
            self.is_past = true;
            self.budget.spend();
            return Err(io::Error::other(BEYOND));
        };
        self.room = room;
        self.left = self.left.saturating_sub(n_read as u64);
        if n_read == 0 && most > 0 && self.left > 0 {
            let message = "it is smaller than its declared size";
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        Ok(n_read)
    }
}
