//! Oddities that no honest archive has. Callers decide which of them to refuse, and in which words.

/// Something odd about an archive or one of its entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// Bytes follow the end record, or it announces a comment.
    Trailing,
    /// It is one of several parts of an archive.
    OneOfSeveral,
    /// It is in the ZIP64 format.
    Zip64,
    /// Bytes come before the first entry, or between the list and the end record.
    BytesOutside,
    /// The list is larger than allowed.
    LongList,
    /// The list ends before all entries that it counts.
    ListEndsEarly,
    /// The list continues after all entries that it counts.
    ListGoesOn,
    /// Bytes between the entries and the list belong to no entry.
    BytesBeforeList,
    /// Two entries have the same name.
    Twins,

    /// The name is longer than allowed.
    LongName,
    /// A password is needed.
    Locked,
    /// Features of zip that not every program has.
    RareFeatures,
    /// Compressed with a method that not every program supports.
    Method(u16),
    /// Stored, with two different sizes.
    StoredInTwoSizes,
    /// Stored, with its size after it: programs find different ends.
    StoredWithoutEnd,
    /// A comment, or the number of another part of the archive.
    Comment,
    /// Truncated extra fields.
    ExtraCut,
    /// A second name, which differs from the first.
    SecondName,
    /// An unusual extra field, or one that is too large.
    Extra(u16),
    /// It unpacks to more than allowed.
    Large,

    /// Marked as a folder, with the name of a file.
    FolderAsFile,
    /// Marked as a file, with the name of a folder.
    FileAsFolder,
    /// A link.
    Link,
    /// A device, a pipe or a socket.
    Device,
    /// It would run with the rights of its owner.
    SetOwner,
    /// Windows would take it for a folder, a link or a label.
    NoFileOnWindows,
    /// A folder with content.
    FullFolder,

    /// It overlaps with another entry.
    Overlaps,
    /// Its header or data overlaps with the bytes after it.
    OverlapsNext,
    /// Bytes before it belong to no entry.
    BytesBefore,
    /// Bytes after it belong to no entry.
    BytesBehind,
    /// There is no header at the place in the list.
    NoHeader,
    /// The header has another name than the list.
    OtherName,
    /// The header has other flags.
    OtherFlags,
    /// The header has another method.
    OtherMethod,
    /// The header has another time or version.
    OtherTime,
    /// The header has other sizes or another checksum.
    OtherSizes,
    /// The header has unusual extra fields.
    HeaderExtra,
    /// Other bytes follow it than its sizes.
    NoSizesBehind,
    /// The sizes after it differ from those in the list.
    OtherSizesBehind,
}

pub(crate) fn present(found: &[(bool, Oddity)]) -> Vec<Oddity> {
    let found = found.iter().filter(|(is, _)| *is);
    found.map(|(_, oddity)| *oddity).collect()
}

/// An oddity, and the name of its entry, if it concerns one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub entry: Option<String>,
    pub oddity: Oddity,
}

/// The first oddities of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Oddities {
    pub named: Vec<Found>,
    /// How many more there are.
    pub n_more: usize,
}

/// How many oddities of an archive are named.
const NAMED: usize = 40;

impl Oddities {
    pub(crate) fn add(&mut self, entry: Option<&str>, oddity: Oddity) {
        if self.named.len() >= NAMED {
            self.n_more += 1;
            return;
        }
        let entry = entry.map(str::to_owned);
        self.named.push(Found { entry, oddity });
    }

    pub(crate) fn whole(&mut self, oddity: Oddity) {
        self.add(None, oddity);
    }
}
