//! What an honest archive does not have. Callers decide which of it they refuse, and say so in their own words.

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
    /// The list goes on after all entries that it counts.
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
    /// Packed by a method that not every program has.
    Method(u16),
    /// Stored as it is, with two different sizes.
    StoredInTwoSizes,
    /// Stored as it is, with a size that follows it: programs find different ends.
    StoredWithoutEnd,
    /// A comment, or the number of another part of the archive.
    Comment,
    /// Extra fields that break off.
    ExtraCut,
    /// A second name, which differs from the first.
    SecondName,
    /// An extra field of no ordinary program, or one that is too large.
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
    /// Its header or data overlaps with what follows it.
    OverlapsNext,
    /// Bytes before it belong to no entry.
    BytesBefore,
    /// Bytes after it belong to no entry.
    BytesBehind,
    /// There is no header where the list says.
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
    /// The header has extra fields of no ordinary program.
    HeaderExtra,
    /// Its sizes should follow it, and something else does.
    NoSizesBehind,
    /// The sizes after it differ from those in the list.
    OtherSizesBehind,
}

/// Returns the oddities that are there.
pub(crate) fn present(found: &[(bool, Oddity)]) -> Vec<Oddity> {
    let found = found.iter().filter(|(is, _)| *is);
    found.map(|(_, oddity)| *oddity).collect()
}

/// An oddity, and the name of the entry that has it, if it is about one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The name of the entry.
    pub entry: Option<String>,
    /// What is odd.
    pub oddity: Oddity,
}

/// The oddities of an archive, the first of many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Oddities {
    /// Those that are named.
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
