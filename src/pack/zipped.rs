//! Writes a zip archive: the headers of its entries, and its list. Everything that could differ between runs or
//! machines is fixed: time, mode, system.

use std::io::{self, Seek, SeekFrom, Write};

use flate2::Crc;

use crate::domain::Date;
use crate::pack::press::Pressed;

/// Stored as it is, or deflated: the two methods that every program has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Stored,
    Deflated,
}

/// An archive that is written entry by entry.
pub(crate) struct ZipFile<W> {
    to: W,
    /// The day of every entry, as archives write it.
    date: u16,
    at: u64,
    entries: Vec<Header>,
}

/// The facts in the header of an entry, which the list repeats.
#[derive(Clone, Debug)]
struct Header {
    name: String,
    method: Method,
    crc: u32,
    packed: u64,
    size: u64,
    at: u64,
}

/// An entry whose content is being written.
pub(crate) struct Open {
    header: Header,
    crc: Crc,
}

/// The system that the file attributes are for: Unix.
const UNIX: u16 = 3 << 8;
/// A plain file that everybody may read and its owner may write.
const MODE: u32 = 0o100_644 << 16;
/// The flag for names in UTF-8.
const IN_UTF8: u16 = 1 << 11;

impl<W: Write + Seek> ZipFile<W> {
    pub(crate) const fn new(to: W, date: u16) -> Self {
        Self {
            to,
            date,
            at: 0,
            entries: Vec::new(),
        }
    }

    /// Begins an entry. Its header gets sizes and checksum when it is closed.
    pub(crate) fn open(&mut self, name: &str, method: Method) -> io::Result<Open> {
        let header = Header {
            name: name.to_owned(),
            method,
            crc: 0,
            packed: 0,
            size: 0,
            at: self.at,
        };
        let bytes = self.local(&header)?;
        self.put(&bytes)?;
        let crc = Crc::new();
        Ok(Open { header, crc })
    }

    /// Adds the next piece of an entry.
    pub(crate) fn add(&mut self, open: &mut Open, piece: &Pressed) -> io::Result<()> {
        let written = match (open.header.method, &piece.deflated) {
            (Method::Deflated, Some(deflated)) => deflated,
            (Method::Stored, _) => &piece.bytes,
            (Method::Deflated, None) => return Err(io::Error::other("a piece is not compressed")),
        };
        self.put(written)?;
        open.crc.combine(&piece.crc);
        open.header.packed += written.len() as u64;
        open.header.size += piece.bytes.len() as u64;
        Ok(())
    }

    /// Ends an entry, and goes back to complete its header.
    pub(crate) fn close(&mut self, open: Open) -> io::Result<()> {
        let Open { mut header, crc } = open;
        header.crc = crc.sum();
        let bytes = self.local(&header)?;
        self.to.seek(SeekFrom::Start(header.at))?;
        self.to.write_all(&bytes)?;
        self.to.seek(SeekFrom::Start(self.at))?;
        self.entries.push(header);
        Ok(())
    }

    /// Writes the list, and returns the writer.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        let start = self.at;
        let entries = std::mem::take(&mut self.entries);
        for header in &entries {
            let bytes = self.listed(header)?;
            self.put(&bytes)?;
        }
        let n_entries = two(entries.len() as u64)?;
        let mut end = Vec::from(*b"PK\x05\x06\0\0\0\0");
        end.extend([n_entries, n_entries].concat());
        end.extend(four(self.at - start)?);
        end.extend(four(start)?);
        end.extend([0, 0]);
        self.put(&end)?;
        Ok(self.to)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len() as u64;
        self.to.write_all(bytes)
    }

    /// Returns the header before an entry.
    fn local(&self, header: &Header) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::from(*b"PK\x03\x04");
        bytes.extend(self.shared(header)?);
        bytes.extend(header.name.bytes());
        Ok(bytes)
    }

    /// Returns the line of an entry in the list.
    fn listed(&self, header: &Header) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::from(*b"PK\x01\x02");
        bytes.extend((UNIX | header.needs()).to_le_bytes());
        bytes.extend(self.shared(header)?);
        // No comment, in the only part of the archive, without notes on its content.
        bytes.extend([0; 6]);
        bytes.extend(MODE.to_le_bytes());
        bytes.extend(four(header.at)?);
        bytes.extend(header.name.bytes());
        Ok(bytes)
    }

    /// Returns the fields that header and list share: from the version that is needed to the length of extra fields.
    fn shared(&self, header: &Header) -> io::Result<Vec<u8>> {
        let flags = if header.name.is_ascii() { 0 } else { IN_UTF8 };
        let method = match header.method {
            Method::Stored => 0_u16,
            Method::Deflated => 8,
        };
        let start_of_day = 0_u16;
        let mut bytes = Vec::new();
        for number in [header.needs(), flags, method, start_of_day, self.date] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(header.crc.to_le_bytes());
        bytes.extend(four(header.packed)?);
        bytes.extend(four(header.size)?);
        bytes.extend(two(header.name.len() as u64)?);
        bytes.extend([0, 0]);
        Ok(bytes)
    }
}

impl Header {
    /// Returns the version of the format that a reader needs.
    const fn needs(&self) -> u16 {
        match self.method {
            Method::Stored => 10,
            Method::Deflated => 20,
        }
    }
}

/// Returns a day as archives write it. They count from 1980 to 2107; another day becomes their first.
pub(crate) fn date(on: Date) -> u16 {
    let (year, month, day) = on.parts();
    let year = u16::try_from(i32::from(year) - 1980).ok();
    let year = year.filter(|year| *year < 128);
    let parts = u16::try_from(month).ok().zip(u16::try_from(day).ok());
    let date = year.zip(parts);
    date.map_or(1 << 5 | 1, |(year, (month, day))| {
        year << 9 | month << 5 | day
    })
}

/// Returns a number in two bytes. The largest would mean the longer form of archives, ZIP64, which `verify` refuses.
fn two(number: u64) -> io::Result<[u8; 2]> {
    let number = u16::try_from(number).ok().filter(|one| *one < u16::MAX);
    number.map(u16::to_le_bytes).ok_or_else(too_large)
}

fn four(number: u64) -> io::Result<[u8; 4]> {
    let number = u32::try_from(number).ok().filter(|one| *one < u32::MAX);
    number.map(u32::to_le_bytes).ok_or_else(too_large)
}

fn too_large() -> io::Error {
    io::Error::other(
        "a zip file cannot have more than 4 GB or 65,534 files; `--dir` writes a folder",
    )
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::*;
    use crate::pack::press::{Press, Raw};

    #[test]
    fn other_programs_read_the_archive() {
        let day = date("2026-12-01".parse().unwrap());
        let mut zip = ZipFile::new(Cursor::new(Vec::new()), day);
        let mut press = Press::new(1);
        let texts = [("a/plain.txt", "a".repeat(500)), ("a/ü.txt", String::new())];
        for (name, text) in &texts {
            press.put(Raw {
                bytes: text.clone().into_bytes(),
                level: Some(5),
                is_last: true,
            });
            let piece = press.take().unwrap().unwrap();
            for method in [Method::Stored, Method::Deflated] {
                let mut open = zip.open(&format!("{name}.{method:?}"), method).unwrap();
                zip.add(&mut open, &piece).unwrap();
                zip.close(open).unwrap();
            }
        }
        let mut archive = zip::ZipArchive::new(zip.finish().unwrap()).unwrap();
        assert_eq!(archive.len(), 4);
        for i in 0..4 {
            let mut entry = archive.by_index(i).unwrap();
            let mut read = String::new();
            entry.read_to_string(&mut read).unwrap();
            assert_eq!(read, texts[i / 2].1);
            assert_eq!(
                entry.last_modified().unwrap().to_string(),
                "2026-12-01 00:00:00"
            );
        }
    }

    #[test]
    fn days_that_archives_cannot_write_become_their_first() {
        for (day, written) in [
            ("2026-12-01", (46 << 9) | (12 << 5) | 1),
            ("1979-12-31", 33),
            ("2107-12-31", (127 << 9) | (12 << 5) | 31),
            ("2108-01-01", 33),
        ] {
            assert_eq!(date(day.parse().unwrap()), written, "{day}");
        }
    }

    #[test]
    fn an_archive_in_the_longer_form_is_refused() {
        assert!(four(u64::from(u32::MAX)).is_err() && two(u64::from(u16::MAX)).is_err());
        assert!(four(u64::from(u32::MAX) - 1).is_ok() && two(65_534).is_ok());
    }
}
