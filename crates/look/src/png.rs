//! The header of a PNG picture, for all who open one.

/// The size of a picture, and how its pixels are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Header {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Bits of a color.
    pub(crate) depth: u8,
    /// How colors are written: 3 means by a table.
    pub(crate) colors: u8,
    /// Bits of a pixel.
    pub(crate) bits: u16,
    pub(crate) is_interlaced: bool,
}

impl Header {
    /// Reads the content of the first chunk.
    pub(crate) fn read(content: &[u8]) -> Option<Self> {
        let (size, [depth, colors, _, _, interlace]) = content.split_at_checked(8)? else {
            return None;
        };
        let (width, height) = size.split_first_chunk::<4>()?;
        let n_parts = match colors {
            0 | 3 => 1,
            2 => 3,
            4 => 2,
            6 => 4,
            _ => return None,
        };
        Some(Self {
            width: u32::from_be_bytes(*width),
            height: u32::from_be_bytes(*height.first_chunk()?),
            depth: *depth,
            colors: *colors,
            bits: n_parts * u16::from(*depth),
            is_interlaced: *interlace != 0,
        })
    }
}
