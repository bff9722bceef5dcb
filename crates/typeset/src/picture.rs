//! Pictures: which files are accepted, and how large they are shown. A picture that a PDF reader could not show, or
//! that is implausibly large, is an error with its name. Photographs are shown upright, whichever way the camera was
//! held.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

mod jpeg;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::block::Picture;
use super::error::PdfError;
use super::page::Placed;
use super::style;

/// Files with more pixels are not meant for a form; decoding one would take 100 MB.
const MOST_PIXELS: u32 = 25_000_000;
const LONGEST_SIDE: u32 = 16_384;
const MOST_BYTES: usize = 20_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Png,
    Jpeg,
}

/// How stored pixels are turned upright: first the axes change places, then the picture is mirrored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Turn {
    /// Rows are shown as columns.
    pub transposed: bool,
    /// Left and right change places.
    pub across: bool,
    pub down: bool,
}

/// The facts in the first bytes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts {
    pub kind: Kind,
    /// Pixels in a row, as stored.
    pub width: u32,
    /// Rows, as stored.
    pub height: u32,
    pub turn: Turn,
}

#[derive(Debug, Clone)]
pub(super) struct Loaded {
    pub name: String,
    pub bytes: Arc<[u8]>,
    pub facts: Facts,
}

/// The pictures of a document. Each picture in use is checked once.
pub(super) struct PictureStore<'a> {
    files: &'a BTreeMap<String, Arc<[u8]>>,
    /// The pictures in use, in the order of their first use.
    pub loaded: Vec<Loaded>,
}

impl<'a> PictureStore<'a> {
    pub(super) fn new(files: &'a BTreeMap<String, Arc<[u8]>>) -> Self {
        Self {
            files,
            loaded: Vec::new(),
        }
    }

    /// A picture at its size, at the left top corner, without a node.
    pub(super) fn place(
        &mut self,
        picture: &Picture,
        column: f32,
        tallest: f32,
    ) -> Result<Placed, PdfError> {
        let index = self.find(&picture.src)?;
        let (across, down) = self.loaded[index].facts.upright();
        let wanted = match picture.width {
            Some(percent) => column * percent / 100.0,
            None => across * style::PIXEL,
        };
        let width = wanted.min(column).min(tallest * across / down);
        Ok(Placed {
            index,
            x: 0.0,
            y: 0.0,
            width,
            height: width * down / across,
            node: None,
        })
    }

    fn find(&mut self, name: &str) -> Result<usize, PdfError> {
        if let Some(index) = self.loaded.iter().position(|known| known.name == name) {
            return Ok(index);
        }
        let bytes = self
            .files
            .get(name)
            .ok_or_else(|| PdfError::picture(name, "is named but not given"))?;
        let facts = read(bytes).map_err(|reason| PdfError::picture(name, reason))?;
        self.loaded.push(Loaded {
            name: name.to_owned(),
            bytes: Arc::clone(bytes),
            facts,
        });
        Ok(self.loaded.len() - 1)
    }
}

impl Facts {
    /// Width and height of the upright picture in pixels.
    #[expect(clippy::cast_precision_loss, reason = "sides are bounded")]
    fn upright(self) -> (f32, f32) {
        let (width, height) = (self.width as f32, self.height as f32);
        if self.turn.transposed {
            (height, width)
        } else {
            (width, height)
        }
    }
}

/// Width and height of a picture in pixels, once it is upright, or why it cannot be shown.
pub fn upright_size(bytes: &[u8]) -> Result<(u32, u32), String> {
    let Facts {
        width,
        height,
        turn,
        ..
    } = read(bytes)?;
    Ok(if turn.transposed {
        (height, width)
    } else {
        (width, height)
    })
}

/// The width at which a picture of this size is easy to read, in percent of the text: no wider than the text, no
/// higher than half a page, and no larger than its pixels allow.
pub fn reading_width((across, down): (u32, u32)) -> u8 {
    #[expect(clippy::cast_precision_loss, reason = "sides are bounded")]
    let (across, down) = (across.max(1) as f32, down.max(1) as f32);
    let width = (across * style::PIXEL).min(style::READING_HEIGHT * across / down);
    let percent = (100.0 * width / style::TEXT_WIDTH).floor();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between the two"
    )]
    let percent = percent.clamp(1.0, 100.0) as u8;
    percent
}

/// The facts about a file, or why it cannot be shown.
fn read(bytes: &[u8]) -> Result<Facts, String> {
    if bytes.len() > MOST_BYTES {
        let size = bytes.len() / 1_000_000;
        let most = MOST_BYTES / 1_000_000;
        return Err(format!("is a file of {size} MB; the most is {most} MB"));
    }
    let facts = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png(bytes).ok_or("is a broken PNG")?
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        jpeg::read(bytes)?
    } else {
        return Err("is neither PNG nor JPEG".to_owned());
    };
    let Facts { width, height, .. } = facts;
    if width == 0 || height == 0 {
        return Err("has no pixels".to_owned());
    }
    if width.max(height) > LONGEST_SIDE || width * height > MOST_PIXELS {
        let most = MOST_PIXELS / 1_000_000;
        return Err(format!(
            "has {width} × {height} pixels; the most is {most} million, and {LONGEST_SIDE} on a side"
        ));
    }
    Ok(facts)
}

/// Reads the header of a PNG, which always comes first. The rest is read when it is drawn.
fn png(bytes: &[u8]) -> Option<Facts> {
    let number = |at: usize| {
        let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(bytes))
    };
    (bytes.get(12..16)? == b"IHDR").then_some(Facts {
        kind: Kind::Png,
        width: number(16)?,
        height: number(20)?,
        turn: Turn::default(),
    })
}
