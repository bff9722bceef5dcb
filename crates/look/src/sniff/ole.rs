//! The container of old office files, a small file system: sectors in chains, and a list of names.
//!
//! Read here rather than by a library, since every step is counted against the size of the file: a chain cannot
//! be longer than the file has sectors, so one that goes in a circle ends.

/// The names that a file may have; each takes 128 bytes.
const MAX_ENTRIES: usize = 100_000;
/// Streams of this size are never kept in small sectors.
const MAX_SMALL: usize = 4096;
/// The first number that is no sector.
const LAST: u32 = 0xffff_fffa;

/// A container that was opened.
pub(super) struct Ole<'b> {
    bytes: &'b [u8],
    /// The size of a sector, and of a small one.
    sector: usize,
    small: usize,
    /// Streams shorter than this are kept in small sectors.
    cutoff: usize,
    /// The sector that follows each sector.
    next: Vec<u32>,
    next_small: Vec<u32>,
    /// The stream of small sectors.
    smalls: Vec<u8>,
    entries: Vec<Entry>,
}

/// A storage or a stream.
struct Entry {
    name: String,
    is_stream: bool,
    start: u32,
    size: usize,
}

impl<'b> Ole<'b> {
    /// Opens a container; `None` if it is broken, or the file ends before it does.
    pub(super) fn open(bytes: &'b [u8]) -> Option<Self> {
        let shift = |at| short(bytes, at).filter(|shift| (6..=12).contains(shift));
        let sector = 1 << shift(30)?;
        let mut ole = Self {
            bytes,
            sector,
            small: 1 << shift(32)?,
            cutoff: (long(bytes, 56)? as usize).min(MAX_SMALL),
            next: Vec::new(),
            next_small: Vec::new(),
            smalls: Vec::new(),
            entries: Vec::new(),
        };
        ole.next = ole.table()?;
        let (start, size) = ole.list(long(bytes, 48)?)?;
        let small_list = ole.chain(long(bytes, 60)?, usize::MAX)?;
        ole.next_small = longs(&small_list);
        ole.smalls = ole.chain(start, size)?;
        Some(ole)
    }

    /// Returns the names of all storages and streams.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// Returns true if there is a storage or stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names().any(|one| one == name)
    }

    /// Returns a stream; `None` if it is not there as a whole.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let mut streams = self.entries.iter().filter(|entry| entry.is_stream);
        let entry = streams.find(|entry| entry.name == name)?;
        if entry.size >= self.cutoff {
            return self.chain(entry.start, entry.size);
        }
        self.small_chain(entry.start, entry.size)
    }

    /// Returns the bytes of a chain of small sectors; `None` if they end before it, or it has a circle.
    fn small_chain(&self, start: u32, size: usize) -> Option<Vec<u8>> {
        let mut found = Vec::new();
        let mut at = start;
        let mut left = self.smalls.len() / self.small + 1;
        while found.len() < size {
            left = left.checked_sub(1)?;
            let from = (at as usize).checked_mul(self.small)?;
            // The last one may be short, and none is empty.
            let rest = self.smalls.get(from..).filter(|rest| !rest.is_empty())?;
            found.extend_from_slice(&rest[..rest.len().min(self.small)]);
            at = *self.next_small.get(at as usize)?;
        }
        found.truncate(size);
        Some(found)
    }

    fn n_sectors(&self) -> usize {
        self.bytes.len() / self.sector
    }

    /// Returns a sector; the last one of a file may be short.
    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let from = (number as usize + 1).checked_mul(self.sector)?;
        let rest = self.bytes.get(from..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..rest.len().min(self.sector)])
    }

    /// Returns up to `size` bytes of a chain; `None` if the file ends before it, or it has a circle.
    fn chain(&self, start: u32, size: usize) -> Option<Vec<u8>> {
        let mut found = Vec::new();
        let mut at = start;
        let mut left = self.n_sectors() + 1;
        while at < LAST && found.len() < size {
            left = left.checked_sub(1)?;
            found.extend_from_slice(self.sector(at)?);
            at = *self.next.get(at as usize)?;
        }
        if size != usize::MAX && found.len() < size {
            return None;
        }
        found.truncate(size);
        Some(found)
    }

    /// Reads which sector follows which. The list of the sectors that say so begins in the header.
    fn table(&self) -> Option<Vec<u32>> {
        let mut sectors: Vec<u32> = (0..109)
            .filter_map(|i| long(self.bytes, 76 + 4 * i))
            .collect();
        let mut more = long(self.bytes, 68)?;
        let mut left = self.n_sectors() + 1;
        while more < LAST {
            left = left.checked_sub(1)?;
            let mut numbers = longs(self.sector(more)?);
            more = numbers.pop()?;
            sectors.append(&mut numbers);
        }
        let mut next = Vec::new();
        for number in sectors.into_iter().filter(|number| *number < LAST) {
            if next.len() > self.n_sectors() {
                break;
            }
            next.append(&mut longs(self.sector(number)?));
        }
        Some(next)
    }

    /// Reads the names; returns where the small sectors are.
    fn list(&mut self, start: u32) -> Option<(u32, usize)> {
        let list = self
            .chain(start, MAX_ENTRIES * 128)
            .or_else(|| self.chain(start, usize::MAX))?;
        let mut root = (LAST, 0);
        for entry in list.chunks_exact(128).take(MAX_ENTRIES) {
            let n_bytes = usize::from(short(entry, 64)?).saturating_sub(2).min(62);
            let units = entry[..n_bytes].chunks_exact(2);
            let units: Vec<u16> = units
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                .collect();
            let (start, size) = (long(entry, 116)?, long(entry, 120)? as usize);
            match entry[66] {
                5 => root = (start, size),
                kind @ (1 | 2) => self.entries.push(Entry {
                    name: String::from_utf16_lossy(&units),
                    is_stream: kind == 2,
                    start,
                    size,
                }),
                _ => {}
            }
        }
        Some(root)
    }
}

/// Returns the number of two bytes at a place.
pub(super) fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let found = bytes.get(at..)?.first_chunk::<2>()?;
    Some(u16::from_le_bytes(*found))
}

/// Returns the number of four bytes at a place.
pub(super) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let found = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*found))
}

fn longs(bytes: &[u8]) -> Vec<u32> {
    (0..bytes.len() / 4)
        .filter_map(|i| long(bytes, 4 * i))
        .collect()
}
