//! Numbers in headers, and the meanings of flags and methods.

/// Reads numbers from a header; bytes beyond its end are 0.
pub(crate) struct Fields<'b>(pub(crate) &'b [u8]);

impl Fields<'_> {
    pub(crate) fn u16(&self, at: usize) -> u16 {
        let bytes = self.0.get(at..at + 2);
        bytes.map_or(0, |bytes| u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    pub(crate) fn u32(&self, at: usize) -> u32 {
        u32::from(self.u16(at)) | u32::from(self.u16(at + 2)) << 16
    }
}

/// The flag for an entry that needs a password.
pub(crate) const LOCKED: u16 = 1;
/// The flag for a size that follows the data.
pub(crate) const SIZE_FOLLOWS: u16 = 1 << 3;
/// The flag for a name in UTF-8.
pub(crate) const UTF_8: u16 = 1 << 11;
/// Flags without effect for the reader: the compression level, and the two above.
pub(crate) const HARMLESS: u16 = 0b110 | SIZE_FOLLOWS | UTF_8;
pub(crate) const STORED: u16 = 0;
pub(crate) const DEFLATED: u16 = 8;
