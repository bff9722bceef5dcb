//! ZIP archives: whether they open, and whether each part unpacks to what its checksum says.

use std::io::{Cursor, Read as _};

use crate::sniff::{Fault, Judged, office};

/// How much is unpacked of an archive, in bytes; each part counts for a little more than it has, so that many
/// empty ones are bounded, too.
const MAX_UNPACKED: u64 = 200_000_000;
const EACH: u64 = 512;
/// The largest part whose content is judged, unpacked.
const MAX_JUDGED: u64 = 100_000_000;

/// An archive that was opened.
pub(super) struct Archive<'b> {
    zip: zip::ZipArchive<Cursor<&'b [u8]>>,
    left: u64,
}

impl<'b> Archive<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Option<Self> {
        let zip = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
        let left = MAX_UNPACKED;
        Some(Self { zip, left })
    }

    /// Returns the names of its parts, those that are no text left out.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        let names = self.zip.file_names();
        names.filter_map(|name| Some(name.ok()?.into_owned()))
    }

    /// Returns a part, found whatever the case of its name, if it has at most so many bytes.
    pub(super) fn part(&mut self, name: &str, limit: u64) -> Option<Vec<u8>> {
        let found = self.names().find(|one| one.eq_ignore_ascii_case(name))?;
        let part = self.zip.by_name(&found).ok()?;
        let mut bytes = Vec::new();
        part.take(limit + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= limit).then_some(bytes)
    }

    /// Unpacks every part once, and judges the content of those that are wanted.
    pub(super) fn verify(
        &mut self,
        wants: impl Fn(&str) -> bool,
        judge: impl Fn(&str, &[u8]) -> Judged,
    ) -> Judged {
        for i in 0..self.zip.len() {
            let Ok(raw) = self.zip.by_index_raw(i) else {
                return Err(lost("a part"));
            };
            let name = raw
                .name()
                .map_or_else(|_| String::new(), std::borrow::Cow::into_owned);
            let method = raw.compression();
            if raw.encrypted() {
                return Err(Fault::locked("is locked by a password"));
            }
            drop(raw);
            // Other methods are rare, and another program may know them.
            if !matches!(
                method,
                zip::CompressionMethod::Stored | zip::CompressionMethod::Deflated
            ) {
                continue;
            }
            let part = self.zip.by_index(i);
            let quoted = format!("`{}`", crate::domain::text::shown(&name));
            let mut part = part.map_err(|_| lost(&quoted))?.take(self.left);
            let n_read = if wants(&name) {
                let mut bytes = Vec::new();
                let mut part = part.take(MAX_JUDGED + 1);
                let n_read = part.read_to_end(&mut bytes).map_err(|_| lost(&quoted))? as u64;
                if n_read > MAX_JUDGED {
                    return Err(Fault::unopened(format!(
                        "holds a part {quoted} of more than {} MB, which was not checked",
                        MAX_JUDGED / 1_000_000
                    )));
                }
                judge(&quoted, &bytes)?;
                n_read
            } else {
                std::io::copy(&mut part, &mut std::io::sink()).map_err(|_| lost(&quoted))?
            };
            self.left = self.left.saturating_sub(n_read + EACH);
            if self.left == 0 {
                return Err(Fault::unopened(format!(
                    "unpacks to more than {} MB and was not checked to its end",
                    MAX_UNPACKED / 1_000_000
                )));
            }
        }
        Ok(())
    }
}

fn lost(part: &str) -> Fault {
    Fault::damaged(format!("is damaged: {part} in it cannot be unpacked"))
}

/// The list of parts is at the end, so it is missing when the end is.
pub(super) fn unopened() -> Fault {
    Fault::cut("breaks off: the list of what it holds, at its end, is missing")
}

/// Judges an archive that is no office file of a newer format.
pub(super) fn check(bytes: &[u8]) -> Judged {
    let mut archive = Archive::open(bytes).ok_or_else(unopened)?;
    if office::is_locked_open_document(&mut archive) {
        return Err(Fault::locked("is locked by a password"));
    }
    if office::has_macros(&archive) {
        return Err(Fault::macros());
    }
    archive.verify(|_| false, |_, _| Ok(()))
}
