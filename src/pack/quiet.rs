//! A writer that reports a failure only at the end. When the archive writer of a library is dropped, it tries to finish
//! the archive, and prints errors to the terminal, so this writer accepts everything.

use std::io::{self, Seek, SeekFrom, Write};

/// Passes everything on until the first failure, and discards everything after it.
pub(crate) struct Quiet<W> {
    to: W,
    fault: Option<io::Error>,
    /// The position and length as if every byte had been written.
    at: u64,
    end: u64,
}

impl<W> Quiet<W> {
    pub(crate) const fn new(to: W) -> Self {
        Self {
            to,
            fault: None,
            at: 0,
            end: 0,
        }
    }

    /// Returns the writer.
    ///
    /// # Errors
    /// The first failure.
    pub(crate) fn into_inner(self) -> io::Result<W> {
        self.fault.map_or(Ok(self.to), Err)
    }

    /// Remembers a failure.
    fn fails(&mut self, error: io::Error) -> io::Result<()> {
        if error.kind() == io::ErrorKind::Interrupted {
            return Err(error);
        }
        // After a seek back to amend a header, the archive continues at its end.
        self.at = self.end;
        self.fault = Some(error);
        Ok(())
    }

    fn moved(&mut self, n_bytes: usize) -> usize {
        self.at = self.at.saturating_add(n_bytes as u64);
        self.end = self.end.max(self.at);
        n_bytes
    }
}

impl<W: Write> Write for Quiet<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.fault.is_none() {
            match self.to.write(bytes) {
                Ok(n_bytes) => return Ok(self.moved(n_bytes)),
                Err(error) => self.fails(error)?,
            }
        }
        Ok(self.moved(bytes.len()))
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.fault.is_some() {
            return Ok(());
        }
        match self.to.flush() {
            Err(error) => self.fails(error),
            Ok(()) => Ok(()),
        }
    }
}

impl<W: Seek> Seek for Quiet<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if self.fault.is_none() {
            match self.to.seek(to) {
                Ok(at) => {
                    self.at = at;
                    return Ok(at);
                }
                Err(error) => self.fails(error)?,
            }
        }
        let (from, by) = match to {
            SeekFrom::Start(at) => (at, 0),
            SeekFrom::End(by) => (self.end, by),
            SeekFrom::Current(by) => (self.at, by),
        };
        self.at = from.saturating_add_signed(by);
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk with this much space.
    struct Disk(io::Cursor<Vec<u8>>, usize);

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let room = self.1.saturating_sub(self.0.get_ref().len());
            if room == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.0.write(&bytes[..bytes.len().min(room)])
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Seek for Disk {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }

    #[test]
    fn an_archive_on_a_full_disk_fails_once_and_can_be_finished() {
        for room in 0..200 {
            let disk = Disk(io::Cursor::new(Vec::new()), room);
            let mut zip = zip::ZipWriter::new(Quiet::new(io::BufWriter::with_capacity(64, disk)));
            for name in ["a", "b", "c"] {
                zip.start_file(name, zip::write::SimpleFileOptions::default())
                    .unwrap();
                zip.write_all(&[7; 300]).unwrap();
            }
            let closed = zip
                .finish()
                .unwrap()
                .into_inner()
                .and_then(|buffer| Ok(buffer.into_inner()?));
            let kind = closed.err().map(|error| error.kind());
            assert_eq!(kind, Some(io::ErrorKind::StorageFull), "{room}");
        }
    }
}
