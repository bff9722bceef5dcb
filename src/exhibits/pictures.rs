//! The pictures that Supporting Evidence shows, up to a size that people still open.

use crate::render::{Pictures, Shown};
use crate::typeset::{reading_width, upright_size};

/// The largest picture that is shown, in bytes.
pub(super) const MAX_BYTES: u64 = 10_000_000;
/// How many bytes and pixels all pictures together have at most.
const MAX_ALL_BYTES: usize = 40_000_000;
const MAX_ALL_PIXELS: u64 = 200_000_000;
const MAX_PICTURES: usize = 500;

#[derive(Default)]
pub(super) struct Album {
    pub(super) pictures: Pictures,
    n_bytes: usize,
    n_pixels: u64,
}

impl Album {
    pub(super) fn take(&mut self, number: &str, bytes: Vec<u8>) -> Shown {
        let size = match upright_size(&bytes) {
            Ok(size) => size,
            Err(why) => return Shown::ByName(format!("it {why}")),
        };
        let n_bytes = self.n_bytes + bytes.len();
        let n_pixels = self.n_pixels + u64::from(size.0) * u64::from(size.1);
        let is_full = n_bytes > MAX_ALL_BYTES || n_pixels > MAX_ALL_PIXELS;
        if is_full || self.pictures.len() >= MAX_PICTURES {
            return Shown::ByName("the pictures before it fill this document".to_owned());
        }
        (self.n_bytes, self.n_pixels) = (n_bytes, n_pixels);
        self.pictures.insert(number.to_owned(), bytes.into());
        Shown::Picture(reading_width(size))
    }
}

pub(super) fn too_large() -> String {
    format!("it is larger than {} MB", MAX_BYTES / 1_000_000)
}
