//! A writer that fails once. An archive writer that is dropped tries to finish what it began, and says on the
//! terminal what goes wrong then; by that time the first failure has been reported.

use std::io::{self, Seek, SeekFrom, Write};

/// Hands everything on until the first failure; then it swallows what comes, as if it were written.
pub(crate) struct Quiet<W> {
    to: W,
    fault: Option<io::ErrorKind>,
    /// Where the next byte would go, and how many there are: what is swallowed has a place, too.
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
    /// Something could not be written, whoever was told.
    pub(crate) fn into_inner(self) -> io::Result<W> {
        match self.fault {
            Some(kind) => Err(kind.into()),
            None => Ok(self.to),
        }
    }

    fn see<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &done
            && error.kind() != io::ErrorKind::Interrupted
        {
            self.fault = Some(error.kind());
            // Whatever was to be amended further in front, the archive goes on behind all that it wrote.
            self.at = self.end;
        }
        done
    }

    fn moved(&mut self, n_bytes: usize) -> usize {
        self.at = self.at.saturating_add(n_bytes as u64);
        self.end = self.end.max(self.at);
        n_bytes
    }
}

impl<W: Write> Write for Quiet<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.fault.is_some() {
            return Ok(self.moved(bytes.len()));
        }
        let written = self.to.write(bytes);
        let n_bytes = self.see(written)?;
        Ok(self.moved(n_bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.fault.is_some() {
            return Ok(());
        }
        let flushed = self.to.flush();
        self.see(flushed)
    }
}

impl<W: Seek> Seek for Quiet<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if self.fault.is_some() {
            let (from, by) = match to {
                SeekFrom::Start(at) => (at, 0),
                SeekFrom::End(by) => (self.end, by),
                SeekFrom::Current(by) => (self.at, by),
            };
            self.at = from.saturating_add_signed(by);
            return Ok(self.at);
        }
        let sought = self.to.seek(to);
        self.at = self.see(sought)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk with so much room.
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
            let write = |zip: &mut zip::ZipWriter<_>| -> io::Result<()> {
                for name in ["a", "b", "c"] {
                    zip.start_file(name, zip::write::SimpleFileOptions::default())?;
                    zip.write_all(&[7; 300])?;
                }
                Ok(())
            };
            let written = write(&mut zip);
            let finished = zip.finish().map_err(io::Error::from);
            // After a fault that somebody was told of, the rest is finished into nothing.
            let quiet = match (written, finished) {
                (Err(_), finished) => finished.unwrap(),
                (Ok(()), Ok(quiet)) => quiet,
                (Ok(()), Err(_)) => continue,
            };
            let closed = quiet
                .into_inner()
                .and_then(|buffer| Ok(buffer.into_inner()?));
            let kind = closed.err().map(|error| error.kind());
            assert_eq!(kind, Some(io::ErrorKind::StorageFull), "{room}");
        }
    }
}
