//! Reads one entry: exactly the bytes that its headers state, or an error.

use std::io::{self, BufReader, Read, Take};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use crate::Entry;
use crate::fields::STORED;

/// Returns a reader of an entry whose data begins where the file is now.
pub(crate) fn reader<R: Read>(file: R, entry: &Entry) -> impl Read + use<R> {
    let packed = BufReader::new(file).take(entry.packed);
    let from = if entry.style.method == STORED {
        Packed::Stored(packed)
    } else {
        Packed::Deflated(Box::new(DeflateDecoder::new(packed)))
    };
    Unpacked {
        from,
        packed: entry.packed,
        left: entry.size,
        crc: Crc::new(),
        stated: entry.crc,
    }
}

enum Packed<R: Read> {
    Stored(Take<BufReader<R>>),
    Deflated(Box<DeflateDecoder<Take<BufReader<R>>>>),
}

struct Unpacked<R: Read> {
    from: Packed<R>,
    packed: u64,
    left: u64,
    crc: Crc,
    stated: u32,
}

impl<R: Read> Unpacked<R> {
    /// Makes sure that the entry ends where its headers say, with the checksum that they state.
    fn end(&mut self) -> io::Result<usize> {
        let is_whole = match &mut self.from {
            Packed::Stored(_) => true,
            Packed::Deflated(from) => from.read(&mut [0])? == 0 && from.total_in() == self.packed,
        };
        if is_whole && self.crc.sum() == self.stated {
            Ok(0)
        } else {
            Err(io::ErrorKind::InvalidData.into())
        }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if self.left == 0 {
            return self.end();
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX);
        let most = most.min(buffer.len());
        let buffer = &mut buffer[..most];
        let n_read = match &mut self.from {
            Packed::Stored(from) => from.read(buffer)?,
            Packed::Deflated(from) => from.read(buffer)?,
        };
        if n_read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.crc.update(&buffer[..n_read]);
        self.left -= n_read as u64;
        Ok(n_read)
    }
}
