//! Writes an archive again with some of its members changed.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use zip::result::ZipResult;
use zip::write::FileOptions;
use zip::{CompressionMethod, System, ZipWriter};

use crate::{Archive, Unread};

impl Archive<'_> {
    /// Writes the archive with some members changed and some added; the others keep their bytes, packed as they
    /// are. Nothing in it depends on the machine or the time.
    ///
    /// # Errors
    /// A member cannot be copied, or the archive would be larger than the format allows.
    pub fn rewritten(
        &mut self,
        changed: &BTreeMap<String, String>,
        added: &[(String, String)],
    ) -> Result<Vec<u8>, Unread> {
        let written = self.write(changed, added);
        written.map_err(|error| Unread::at_begin(&error))
    }

    fn write(
        &mut self,
        changed: &BTreeMap<String, String>,
        added: &[(String, String)],
    ) -> ZipResult<Vec<u8>> {
        let room = Vec::with_capacity(self.bytes.len());
        let mut out = ZipWriter::new(Cursor::new(room));
        let options = FileOptions::<()>::DEFAULT
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644)
            .system(System::Unix)
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6));
        for i in 0..self.zip.len() {
            let entry = self.zip.by_index_raw(i)?;
            let name = entry.name()?.into_owned();
            match changed.get(&name) {
                None => out.raw_copy_file(entry)?,
                Some(text) => {
                    out.start_file(name, options)?;
                    out.write_all(text.as_bytes())?;
                }
            }
        }
        for (name, text) in added {
            out.start_file(name, options)?;
            out.write_all(text.as_bytes())?;
        }
        Ok(out.finish()?.into_inner())
    }
}
