//! Where a pack goes: a zip file, a folder, or a list of what would be written.

use std::fs;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};
use zip::write::FileOptions;
use zip::{CompressionMethod, System, ZipWriter};

use crate::diag::{Code, Finding};
use crate::domain::Sha256;
use crate::error::{Error, Result};
use crate::pack::write::{
    IfThere, REPLACED, Sink, Written, builder, folder_builder, make_parent, same_bytes,
};
use crate::pack::{Content, Entry, verify};
use crate::world::Os;

pub(crate) struct ZipSink {
    zip: ZipWriter<Quiet<io::BufWriter<NamedTempFile>>>,
    prefix: String,
    path: PathBuf,
    if_there: IfThere,
}

impl ZipSink {
    pub(crate) fn new(path: &Path, name: &str, if_there: IfThere) -> Result<Self> {
        let parent = make_parent(path)?;
        let file = builder()
            .tempfile_in(&parent)
            .map_err(|cause| Error::Write {
                path: parent.display().to_string(),
                cause,
            })?;
        Ok(Self {
            zip: ZipWriter::new(Quiet {
                to: io::BufWriter::new(file),
                has_failed: false,
            }),
            prefix: name.to_owned(),
            path: path.to_path_buf(),
            if_there,
        })
    }
}

impl Sink for ZipSink {
    fn entry(&mut self, entry: &Entry, from: &mut dyn Read) -> io::Result<()> {
        let method = method(entry);
        // Everything that could differ from run to run or machine to machine is set: time, mode, system.
        let options = FileOptions::<()>::DEFAULT
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644)
            .system(System::Unix)
            .compression_method(method)
            .compression_level((method == CompressionMethod::Deflated).then_some(LEVEL))
            .large_file(entry.content.size() >= u64::from(u32::MAX));
        self.zip
            .start_file(format!("{}/{}", self.prefix, entry.path), options)?;
        io::copy(from, &mut self.zip).map(drop)
    }

    fn close(self: Box<Self>) -> Result<Written> {
        let Self {
            zip,
            path,
            if_there,
            ..
        } = *self;
        let fault = |cause| Error::Write {
            path: path.display().to_string(),
            cause,
        };
        let mut file = zip
            .finish()
            .map_err(io::Error::from)
            .and_then(|quiet| {
                quiet
                    .to
                    .into_inner()
                    .map_err(io::IntoInnerError::into_error)
            })
            .map_err(fault)?;
        file.flush()
            .and_then(|()| file.as_file().sync_all())
            .map_err(fault)?;
        match fs::symlink_metadata(&path) {
            Ok(there) if there.is_file() && same_bytes(file.path(), &path).map_err(fault)? => {
                return Ok(Written::Unchanged(path));
            }
            Ok(there) if if_there == IfThere::Refuse || !there.is_file() => {
                return Err(Error::Exists(path.display().to_string()));
            }
            _ => {}
        }
        match if_there {
            // Renaming without replacing closes the gap between the look and the rename.
            IfThere::Refuse => {
                file.persist_noclobber(&path)
                    .map_err(|error| match error.error.kind() {
                        io::ErrorKind::AlreadyExists => Error::Exists(path.display().to_string()),
                        _ => fault(error.error),
                    })?
            }
            IfThere::Replace => file.persist(&path).map_err(|error| fault(error.error))?,
        };
        Ok(Written::New(path))
    }
}

/// How hard entries are packed. The next level takes half as long again, and saves nothing on our documents.
const LEVEL: i64 = 5;

/// What is compressed already is stored: packing it again costs time and gains little. Tagged PDFs that we
/// made halve; those of others are mostly pictures and packed streams.
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

/// Fails once. The archive writer tries to finish what it began when it is dropped, and says on the
/// terminal what goes wrong then; by that time the first failure has been reported.
struct Quiet<W> {
    to: W,
    has_failed: bool,
}

impl<W: Write> Write for Quiet<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.has_failed {
            return Ok(bytes.len());
        }
        let written = self.to.write(bytes);
        self.has_failed = written.is_err();
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.has_failed {
            Ok(())
        } else {
            self.to.flush()
        }
    }
}

impl<W: Seek> Seek for Quiet<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let sought = self.to.seek(to);
        match sought {
            Err(_) if self.has_failed => Ok(0),
            sought => sought,
        }
    }
}

pub(crate) struct FolderSink {
    folder: TempDir,
    path: PathBuf,
    if_there: IfThere,
}

impl FolderSink {
    pub(crate) fn new(path: &Path, if_there: IfThere) -> Result<Self> {
        let parent = make_parent(path)?;
        let folder = folder_builder()
            .tempdir_in(&parent)
            .map_err(|cause| Error::Write {
                path: parent.display().to_string(),
                cause,
            })?;
        Ok(Self {
            folder,
            path: path.to_path_buf(),
            if_there,
        })
    }
}

impl Sink for FolderSink {
    fn entry(&mut self, entry: &Entry, from: &mut dyn Read) -> io::Result<()> {
        let path = self.folder.path().join(entry.path.as_str());
        fs::create_dir_all(path.parent().unwrap_or(self.folder.path()))?;
        let mut file = fs::File::create_new(&path)?;
        io::copy(from, &mut file)?;
        file.sync_all()
    }

    fn close(self: Box<Self>) -> Result<Written> {
        let Self {
            folder,
            path,
            if_there,
        } = *self;
        let fault = |cause| Error::Write {
            path: path.display().to_string(),
            cause,
        };
        if fs::symlink_metadata(&path).is_err() {
            fs::rename(folder.path(), &path).map_err(fault)?;
            // The folder lies under its own name now; there is nothing left to remove.
            let _ = folder.keep();
            return Ok(Written::New(path));
        }
        if verify::same_folder(folder.path(), &path) {
            return Ok(Written::Unchanged(path));
        }
        if if_there == IfThere::Refuse || !path.is_dir() {
            return Err(Error::Exists(path.display().to_string()));
        }
        if holds_more_than_a_pack(&path) {
            return Err(Error::Foreign(path.display().to_string()));
        }
        replace_folder(folder, &path).map_err(fault)?;
        Ok(Written::New(path))
    }
}

/// Returns true if something in the folder is not as a pack was written: somebody's work, perhaps a
/// signed declaration, which no switch may delete.
fn holds_more_than_a_pack(folder: &Path) -> bool {
    let ours =
        |finding: &Finding| matches!(finding.code, Code::EntryMissing | Code::OtherPackFormat);
    verify::verify(folder, &Os).map_or(true, |verdict| !verdict.findings.iter().all(ours))
}

/// Moves the old folder aside, the new one in, and puts the old one back if that fails.
fn replace_folder(folder: TempDir, path: &Path) -> io::Result<()> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let aside = folder_builder().tempdir_in(parent)?;
    let old = aside.path().join(REPLACED);
    fs::rename(path, &old)?;
    if let Err(error) = fs::rename(folder.path(), path) {
        if fs::rename(&old, path).is_err() {
            // The old pack stays where it is rather than being removed with the folder around it.
            let kept = aside.keep().join(REPLACED);
            return Err(io::Error::other(format!(
                "{error}; the pack that was there is now `{}`",
                kept.display()
            )));
        }
        return Err(error);
    }
    let _ = folder.keep();
    // The new pack is in place; what is left of the old one is no fault of this run.
    let _ = aside.close();
    Ok(())
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

    fn close(self: Box<Self>) -> Result<Written> {
        Ok(Written::Listed(self.0))
    }
}
