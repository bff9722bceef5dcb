//! The targets of a pack: a zip file, a folder, or a list of its entries.

use std::collections::VecDeque;
use std::fs;
use std::io::{self, Read, Seek as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::domain::Sha256;
use crate::error::{Error, Result};
use crate::pack::press::{PIECE, Press, Pressed, Raw};
use crate::pack::replace::{file_may_go, folder_may_go, hash_of, there};
use crate::pack::temporary::{Staging, file_beside};
use crate::pack::write::{IfThere, Sink, Written, write_fault};
use crate::pack::zipped::{self, Method, Open, ZipFile};
use crate::pack::{Content, Entry, Pack, verify};
use crate::world::World;

pub(crate) struct ZipSink {
    zip: ZipFile<io::BufWriter<NamedTempFile>>,
    prefix: String,
    path: PathBuf,
    press: Press,
    /// The entries that are not written to their end, in their order.
    names: VecDeque<String>,
    open: Option<Open>,
}

impl ZipSink {
    /// Makes a zip file. With several threads, files are compressed while others are read and written.
    pub(crate) fn new(path: &Path, pack: &Pack, threads: usize) -> Result<Self> {
        let file = file_beside(path)?;
        let sizes = pack.entries().iter().map(|entry| entry.content.size());
        let is_small = sizes.sum::<u64>() < WORTH_THREADS;
        Ok(Self {
            zip: ZipFile::new(io::BufWriter::new(file), zipped::date(pack.on)),
            prefix: pack.name.clone(),
            path: path.to_path_buf(),
            press: Press::new(if is_small { 1 } else { threads }),
            names: VecDeque::new(),
            open: None,
        })
    }

    /// Writes the oldest piece that is in the press. Returns false if there is none.
    fn write_oldest(&mut self) -> io::Result<bool> {
        let Some(piece) = self.press.take()? else {
            return Ok(false);
        };
        let mut open = match self.open.take() {
            Some(open) => open,
            None => self.begin(&piece)?,
        };
        self.zip.add(&mut open, &piece)?;
        if piece.is_last {
            self.zip.close(open)?;
        } else {
            self.open = Some(open);
        }
        Ok(true)
    }

    /// Writes what is left, and the list of the archive.
    fn finish(mut self) -> io::Result<NamedTempFile> {
        while self.write_oldest()? {}
        let buffer = self.zip.finish()?;
        buffer.into_inner().map_err(io::IntoInnerError::into_error)
    }

    /// Begins the next entry. A file whose first piece hardly shrinks is stored: programs open it faster.
    fn begin(&mut self, first: &Pressed) -> io::Result<Open> {
        let shrinks = |deflated: &Vec<u8>| deflated.len() < first.bytes.len() / 16 * 15;
        let method = match first.deflated.as_ref().filter(|deflated| shrinks(deflated)) {
            Some(_) => Method::Deflated,
            None => Method::Stored,
        };
        let name = self.names.pop_front().unwrap_or_default();
        self.zip.open(&name, method)
    }
}

/// Reads the next piece of a file; it is shorter than a whole one only at the end.
fn next_piece(from: &mut dyn Read, room: u64) -> io::Result<Vec<u8>> {
    let most = PIECE as u64;
    let room = usize::try_from(room.min(most)).unwrap_or(PIECE);
    let mut piece = Vec::with_capacity(room);
    from.take(most).read_to_end(&mut piece)?;
    Ok(piece)
}

impl Sink for ZipSink {
    fn entry(&mut self, entry: &Entry, from: &mut dyn Read) -> io::Result<()> {
        self.names
            .push_back(format!("{}/{}", self.prefix, entry.path));
        let level = level(entry);
        let mut left = entry.content.size();
        let mut bytes = next_piece(from, left)?;
        loop {
            left = left.saturating_sub(bytes.len() as u64);
            let next = if bytes.len() < PIECE {
                Vec::new()
            } else {
                next_piece(from, left)?
            };
            let is_last = next.is_empty();
            while self.press.is_full() {
                self.write_oldest()?;
            }
            self.press.put(Raw {
                bytes,
                level,
                is_last,
            });
            if is_last {
                return Ok(());
            }
            bytes = next;
        }
    }

    fn close(self: Box<Self>, if_there: IfThere, world: &dyn World) -> Result<Written> {
        let path = self.path.clone();
        let fault = |cause| write_fault(&path, cause);
        let file = self.finish().map_err(fault)?;
        file.as_file().sync_all().map_err(fault)?;
        let Some(found) = there(&path)? else {
            // Another program may have created the file since it was checked, so the rename must not replace
            // anything.
            file.persist_noclobber(&path)
                .map_err(|error| match error.error.kind() {
                    io::ErrorKind::AlreadyExists => Error::Exists(path.display().to_string()),
                    _ => fault(error.error),
                })?;
            return Ok(Written::New(path));
        };
        // Read through its own handle: on Windows the lock keeps every other handle from reading it.
        let mut written = file.as_file();
        written.rewind().map_err(fault)?;
        let (hash, _) = Sha256::of_reader(written, |_| {}).map_err(fault)?;
        if found.is_file() && hash_of(&path, world) == Some(hash) {
            return Ok(Written::Unchanged(path));
        }
        file_may_go(&path, &found, if_there, world)?;
        file.persist(&path).map_err(|error| fault(error.error))?;
        Ok(Written::New(path))
    }
}

/// The compression level of our documents. The next one takes half as long again, and saves nothing on them.
const OF_DOCUMENTS: u32 = 5;
/// The level of the user's files, which may be large: half the time of level 5 for a tenth more of logs.
const OF_FILES: u32 = 2;
/// From this many bytes on, threads save more time than it takes to start them.
const WORTH_THREADS: u64 = 4_000_000;

/// Returns the level at which an entry is compressed. Compressed formats are stored: compressing them again costs time
/// and gains little. Our own tagged PDFs halve; those of others are mostly pictures and compressed streams.
fn level(entry: &Entry) -> Option<u32> {
    let path = entry.path.as_str();
    let extension = path.rsplit('.').next().unwrap_or_default();
    let is_evidence = matches!(entry.content, Content::File { .. });
    match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "png" | "gif" | "docx" | "xlsx" | "pptx" | "zip" | "gz" | "xz" | "7z"
        | "mp4" => None,
        "pdf" if is_evidence => None,
        _ if is_evidence => Some(OF_FILES),
        _ => Some(OF_DOCUMENTS),
    }
}

pub(crate) struct FolderSink {
    staging: Staging,
    path: PathBuf,
}

impl FolderSink {
    pub(crate) fn new(path: &Path) -> Result<Self> {
        Ok(Self {
            staging: Staging::beside(path)?,
            path: path.to_path_buf(),
        })
    }
}

impl Sink for FolderSink {
    fn entry(&mut self, entry: &Entry, from: &mut dyn Read) -> io::Result<()> {
        let path = self.staging.new_pack().join(entry.path.as_str());
        fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
        let mut file = fs::File::create_new(&path)?;
        io::copy(from, &mut file)?;
        file.sync_all()
    }

    fn close(self: Box<Self>, if_there: IfThere, world: &dyn World) -> Result<Written> {
        let Self { staging, path } = *self;
        let fault = |cause| write_fault(&path, cause);
        let Some(found) = there(&path)? else {
            staging.move_to(&path).map_err(fault)?;
            return Ok(Written::New(path));
        };
        if found.is_dir() && verify::same_folder(&staging.new_pack(), &path, world) {
            return Ok(Written::Unchanged(path));
        }
        folder_may_go(&path, &found, if_there, world)?;
        staging.replace(&path).map_err(fault)?;
        Ok(Written::New(path))
    }
}

#[derive(Default)]
pub(crate) struct ListSink(Vec<(u64, Sha256, String)>);

impl Sink for ListSink {
    fn entry(&mut self, entry: &Entry, from: &mut dyn Read) -> io::Result<()> {
        let size = io::copy(from, &mut io::sink())?;
        self.0
            .push((size, entry.content.sha256(), entry.path.to_string()));
        Ok(())
    }

    fn close(self: Box<Self>, _: IfThere, _: &dyn World) -> Result<Written> {
        Ok(Written::Listed(self.0))
    }
}
