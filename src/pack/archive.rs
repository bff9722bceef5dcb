//! The archive that a pack is in: opened once its layout is beyond doubt, or refused with the reasons.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clspack_archive::{Bounds, Entry, Layout, Oddity, Refused};

use crate::diag::Code;

/// The largest entry that is unpacked, in bytes.
pub(crate) const MAX_ENTRY: u64 = 1 << 30;

const BOUNDS: Bounds = Bounds {
    // A list of 65,535 names of ordinary length is far smaller.
    list: 32 << 20,
    name: 4096,
    entry: MAX_ENTRY,
};

/// An archive whose structure was checked.
#[derive(Debug)]
pub(crate) struct Archive {
    path: PathBuf,
    /// Its entries, in the order of its list.
    pub(crate) entries: Vec<Entry>,
}

impl Archive {
    /// Opens an archive and checks its structure. Nothing is unpacked.
    pub(crate) fn open(path: &Path) -> Result<Self, Refused> {
        let Layout { entries } = Layout::read(File::open(path)?, &BOUNDS)?;
        let path = path.to_path_buf();
        Ok(Self { path, entries })
    }

    /// Opens an entry for reading. Reading fails where the content differs from the headers.
    pub(crate) fn read(&self, at: usize) -> io::Result<Box<dyn Read>> {
        let entry = self.entries.get(at);
        let entry = entry.ok_or_else(|| io::Error::other("there is no such entry"))?;
        Ok(Box::new(entry.unpacked(File::open(&self.path)?)?))
    }
}

/// Returns true if an entry is written as `clspack` writes one: a plain file made on Unix that everybody may
/// read, without extra fields.
pub(crate) fn is_plain(entry: &Entry) -> bool {
    let style = entry.style;
    let needs = if style.method == 0 { 10 } else { 20 };
    // The only flag is the one for names in UTF-8.
    let flags = if entry.name.is_ascii() { 0 } else { 1 << 11 };
    style.needs == needs
        && style.made_by == 3 << 8 | needs
        && style.flags == flags
        && style.internal == 0
        && style.attributes == 0o100_644 << 16
        && !entry.has_extra
        && !entry.is_folder()
}

/// Returns the code of the finding about an oddity.
pub(crate) const fn code(oddity: Oddity) -> Code {
    use Oddity as O;
    match oddity {
        O::FolderAsFile
        | O::FileAsFolder
        | O::Link
        | O::Device
        | O::SetOwner
        | O::NoFileOnWindows
        | O::FullFolder => Code::EntryUnsafe,
        O::Large => Code::EntryTooLarge,
        O::Zip64 | O::LongList => Code::PackTooLarge,
        _ => Code::ArchiveAmbiguous,
    }
}

/// Says what is odd, as the message of a finding.
pub(crate) fn in_words(oddity: Oddity) -> Cow<'static, str> {
    use Oddity as O;
    Cow::Borrowed(match oddity {
        O::Trailing => "bytes follow the end of the archive, or it says that a comment does",
        O::OneOfSeveral => "the archive is one of several parts",
        O::Zip64 => {
            "the archive is in the ZIP64 format, for more than 65,534 entries or 4 GB, which no pack needs"
        }
        O::BytesOutside => {
            "the archive has bytes before its first entry, or between its list and its end"
        }
        O::LongList => "the list of the archive is larger than 32 MiB",
        O::ListEndsEarly => "the list of the archive is shorter than it says",
        O::ListGoesOn => "the list of the archive has more entries than it counts",
        O::BytesBeforeList => "the archive has bytes before its list that belong to no entry",
        O::Twins => "two entries have the same name",
        O::LongName => "it has a name of more than 4,096 bytes",
        O::Locked => "it is encrypted",
        O::RareFeatures => "it uses features of zip that not every program has",
        O::Method(method) => {
            return Cow::Owned(format!(
                "it is packed by method {method}, which not every program has"
            ));
        }
        O::StoredInTwoSizes => "it is stored, and has two sizes",
        O::StoredWithoutEnd => {
            "it is stored, and its size follows it: programs find different ends"
        }
        O::Comment => "it has a comment, or belongs to another part of the archive",
        O::ExtraCut => "it has extra fields that break off",
        O::SecondName => "it has a second name, which differs from the first",
        O::Extra(id) => {
            return Cow::Owned(format!(
                "it has an extra field that no pack needs ({id:#06x})"
            ));
        }
        O::Large => "it unpacks to more than 1 GiB",
        O::FolderAsFile => "it is marked as a folder, and has the name of a file",
        O::FileAsFolder => "it is marked as a file, and has the name of a folder",
        O::Link => "it is a link",
        O::Device => "it is a device, a pipe or a socket",
        O::SetOwner => "it would run with the rights of its owner",
        O::NoFileOnWindows => "Windows would take it for a folder, a link or a label",
        O::FullFolder => "it is a folder with content",
        O::Overlaps => "it overlaps with another entry",
        O::OverlapsNext => "it overlaps with what follows it",
        O::BytesBefore => "it has bytes before it that belong to no entry",
        O::BytesBehind => "it has bytes behind it that belong to no entry",
        O::NoHeader => "it has no header where the list says",
        O::OtherName => "it has another name in its header than in the list",
        O::OtherFlags => "it has other flags in its header than in the list",
        O::OtherMethod => "it has another method in its header than in the list",
        O::OtherTime => "it has another time or version in its header than in the list",
        O::OtherSizes => "it has other sizes or another checksum in its header than in the list",
        O::HeaderExtra => "it has extra fields in its header that no pack needs",
        O::NoSizesBehind => "it is not followed by its sizes alone, as its flags say",
        O::OtherSizesBehind => "it has other sizes behind it than in the list",
    })
}
