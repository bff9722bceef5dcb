//! The targets of a pack: a zip file, a folder, or a list of its entries.

use std::fs;
use std::io::{self, Read, Seek as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use zip::write::FileOptions;
use zip::{CompressionMethod, System, ZipWriter};

use crate::domain::{Date, Sha256};
use crate::error::{Error, Result};
use crate::pack::quiet::Quiet;
use crate::pack::replace::{file_may_go, folder_may_go, hash_of, there};
use crate::pack::temporary::{Staging, file_beside};
use crate::pack::write::{IfThere, Sink, Written, write_fault};
use crate::pack::{Content, Entry, verify};
use crate::world::World;

pub(crate) struct ZipSink {
    zip: ZipWriter<Quiet<io::BufWriter<NamedTempFile>>>,
    prefix: String,
    when: zip::DateTime,
    path: PathBuf,
}

impl ZipSink {
    pub(crate) fn new(path: &Path, name: &str, on: Date) -> Result<Self> {
        let file = file_beside(path)?;
        Ok(Self {
            zip: ZipWriter::new(Quiet::new(io::BufWriter::new(file))),
            prefix: name.to_owned(),
            when: start_of(on),
            path: path.to_path_buf(),
        })
    }
}

impl Sink for ZipSink {
    fn entry(&mut self, entry: &Entry, from: &mut dyn Read) -> io::Result<()> {
        let method = method(entry);
        // Everything that could differ between runs or machines is fixed: time, mode, system. The time is the day of
        // the plan, so that a person who opens the archive does not see 1980.
        let options = FileOptions::<()>::DEFAULT
            .last_modified_time(self.when)
            .unix_permissions(0o644)
            .system(System::Unix)
            .compression_method(method)
            .compression_level((method == CompressionMethod::Deflated).then_some(LEVEL))
            .large_file(entry.content.size() >= u64::from(u32::MAX));
        self.zip
            .start_file(format!("{}/{}", self.prefix, entry.path), options)?;
        io::copy(from, &mut self.zip).map(drop)
    }

    fn close(self: Box<Self>, if_there: IfThere, world: &dyn World) -> Result<Written> {
        let Self { zip, path, .. } = *self;
        let fault = |cause| write_fault(&path, cause);
        let buffer = zip.finish().map_err(io::Error::from);
        let file = buffer
            .and_then(Quiet::into_inner)
            .and_then(|buffer| buffer.into_inner().map_err(io::IntoInnerError::into_error))
            .map_err(fault)?;
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

/// Returns the first moment of a day as archives write it. They count from 1980 to 2107; another day is left out.
fn start_of(on: Date) -> zip::DateTime {
    let (year, month, date) = on.parts();
    let day = |year, month, day| {
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        zip::DateTime::from_date_and_time(u16::try_from(year).ok()?, month, day, 0, 0, 0).ok()
    };
    day(year, month, date).unwrap_or_default()
}

/// The compression level. The next one takes half as long again, and saves nothing on our documents.
const LEVEL: i64 = 5;

/// Compressed formats are stored: compressing them again costs time and gains little. Our own tagged PDFs halve;
/// those of others are mostly pictures and compressed streams.
fn method(entry: &Entry) -> CompressionMethod {
    let path = entry.path.as_str();
    let extension = path.rsplit('.').next().unwrap_or_default();
    let is_evidence = matches!(entry.content, Content::File { .. });
    match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "png" | "gif" | "docx" | "xlsx" | "pptx" | "zip" | "gz" | "xz" | "7z"
        | "mp4" => CompressionMethod::Stored,
        "pdf" if is_evidence => CompressionMethod::Stored,
        _ => CompressionMethod::Deflated,
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
