//! An archive as ordinary programs open it: by the list at its end.

use std::io::Cursor;

use zip::read::ZipFileEntry;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use crate::oddity::present;
use crate::{Budget, Oddity, Stream, Unread, Why};

#[derive(Debug)]
pub struct Archive<'b> {
    pub(crate) bytes: &'b [u8],
    pub(crate) zip: ZipArchive<Cursor<&'b [u8]>>,
    members: Vec<Member>,
}

/// The entry of a member in the list.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name. Without the mark for UTF-8 it is read in the old code page of DOS, unless it is valid UTF-8.
    pub name: String,
    /// Its compressed size in bytes.
    pub packed: u64,
    /// Its unpacked size in bytes.
    pub size: u64,
    /// Whether it is a link, needs a password, or has an unusual compression method.
    pub oddities: Vec<Oddity>,
}

impl Member {
    fn new(entry: &ZipFileEntry) -> Self {
        let name = entry.name().map_or_else(
            |_| String::from_utf8_lossy(entry.name_raw()).into_owned(),
            std::borrow::Cow::into_owned,
        );
        let method = entry.compression();
        let is_common = matches!(
            method,
            CompressionMethod::Stored | CompressionMethod::Deflated
        );
        #[expect(deprecated, reason = "a method is named by its number")]
        let rare = Oddity::Method(method.to_u16());
        let found = [
            (entry.is_symlink(), Oddity::Link),
            (entry.encrypted(), Oddity::Locked),
            (!is_common, rare),
        ];
        Self {
            name,
            packed: entry.compressed_size(),
            size: entry.size(),
            oddities: present(&found),
        }
    }

    pub fn is_folder(&self) -> bool {
        self.name.ends_with(['/', '\\'])
    }

    /// Returns true if its compression method is supported by every program.
    pub fn has_common_method(&self) -> bool {
        !self
            .oddities
            .iter()
            .any(|one| matches!(one, Oddity::Method(_)))
    }
}

/// Why an archive is not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unopened {
    /// It has this many members, which is more than allowed.
    TooMany(usize),
    /// Its list cannot be read.
    Damaged(String),
}

impl<'b> Archive<'b> {
    /// Opens an archive with at most `most` members. They are counted before the list is read into memory.
    ///
    /// # Errors
    /// It has more, or its list cannot be read.
    pub fn open(bytes: &'b [u8], most: usize) -> Result<Self, Unopened> {
        // Stored archives within it are counted too.
        let n_members = memchr::memmem::find_iter(bytes, b"PK\x01\x02").count();
        if n_members > most {
            return Err(Unopened::TooMany(n_members));
        }
        let damaged = |error: ZipError| Unopened::Damaged(error.to_string());
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        let members = (0..zip.len()).map(|i| zip.by_index_data(i).map(|entry| Member::new(&entry)));
        let members = members.collect::<Result<_, _>>().map_err(damaged)?;
        Ok(Self {
            bytes,
            zip,
            members,
        })
    }

    /// Returns the members in the order of the list; of those with the same name only one.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Returns the member with a name, ignoring case.
    pub fn find(&self, name: &str) -> Option<usize> {
        let mut members = self.members.iter();
        members.position(|member| member.name.eq_ignore_ascii_case(name))
    }

    /// Returns the comment at the end.
    pub fn comment(&self) -> &[u8] {
        self.zip.comment()
    }

    /// Returns what is odd about the archive as a whole: bytes before it, two members of one name.
    pub fn oddities(&self) -> Vec<Oddity> {
        present(&[
            (self.zip.offset() > 0, Oddity::BytesOutside),
            (self.zip.has_duplicate_names(), Oddity::Twins),
        ])
    }

    /// Returns true if the data of two members overlap. The header of each is read for it.
    ///
    /// # Errors
    /// A member has no header where the list says.
    pub fn overlaps(&mut self) -> Result<bool, Unread> {
        let overlaps = self.zip.has_overlapping_files();
        overlaps.map_err(|error| Unread::new(Why::NoHeader, error))
    }

    /// Opens a member for reading.
    ///
    /// # Errors
    /// It cannot be unpacked, or nothing is left of the budget.
    pub fn stream<'a>(
        &'a mut self,
        i: usize,
        budget: &'a mut Budget,
    ) -> Result<Stream<'a, 'b>, Unread> {
        // Without its header nothing is known of it; that comes before all else.
        let no_header = |error| Unread::new(Why::NoHeader, error);
        drop(self.zip.by_index_raw(i).map_err(no_header)?);
        let file = self
            .zip
            .by_index(i)
            .map_err(|error| Unread::at_begin(&error))?;
        Stream::begin(file, budget)
    }

    /// Unpacks a member.
    ///
    /// # Errors
    /// It cannot be unpacked to its end, or goes beyond the budget.
    pub fn read(&mut self, i: usize, budget: &mut Budget) -> Result<Vec<u8>, Unread> {
        self.stream(i, budget)?.content()
    }
}
