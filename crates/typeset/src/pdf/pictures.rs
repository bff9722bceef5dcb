//! Pictures on the pages of the PDF: a figure with a description, or an artifact for decoration. A picture whose
//! content turns out to be broken is reported by name.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

use krilla::error::KrillaError;
use krilla::geom::{Rect, Size, Transform};
use krilla::image::Image;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};

use super::tags::Tags;
use crate::error::PdfError;
use crate::page::Placed;
use crate::picture::{Kind, Loaded, Turn};

pub(super) struct Pictures<'a> {
    images: Vec<(Image, &'a Loaded)>,
}

impl<'a> Pictures<'a> {
    /// Reads the headers; pixels are read when the document is finished.
    pub(super) fn open(loaded: &'a [Loaded]) -> Result<Self, PdfError> {
        let open = |picture: &'a Loaded| {
            let data = picture.bytes.to_vec().into();
            let image = match picture.facts.kind {
                Kind::Png => Image::from_png(data, false),
                Kind::Jpeg => Image::from_jpeg(data, false),
            };
            let image = image.map_err(|error| broken(&picture.name, &error))?;
            Ok((image, picture))
        };
        let images = loaded.iter().map(open).collect::<Result<_, _>>()?;
        Ok(Self { images })
    }

    pub(super) fn draw(
        &self,
        surface: &mut Surface<'_>,
        placed: &[Placed],
        page: usize,
        tags: &mut Tags<'_>,
    ) {
        for picture in placed {
            let Some((image, loaded)) = self.images.get(picture.index) else {
                continue;
            };
            if let Some(node) = picture.node {
                let (x, y) = (picture.x, picture.y);
                if let Some(area) = Rect::from_xywh(x, y, picture.width, picture.height) {
                    tags.area(node, page, area);
                }
                tags.leaf(node, surface.start_tagged(ContentTag::Other));
            } else {
                let artifact = Artifact::with_kind(ArtifactType::Layout);
                surface.start_tagged(ContentTag::Artifact(artifact));
            }
            if let Some(unit) = Size::from_wh(1.0, 1.0) {
                surface.push_transform(&upright(picture, loaded.facts.turn));
                surface.draw_image(image.clone(), unit);
                surface.pop();
            }
            surface.end_tagged();
        }
    }

    /// The error about the picture that krilla could not read.
    pub(super) fn blame(&self, error: &KrillaError) -> Option<PdfError> {
        let (image, reason) = match error {
            KrillaError::Image(image, _, reason) => (image, reason.as_str()),
            KrillaError::SixteenBitImage(image, _) => (image, "16 bits"),
            _ => return None,
        };
        let (_, loaded) = self.images.iter().find(|(known, _)| known == image)?;
        Some(broken(&loaded.name, reason))
    }
}

fn broken(name: &str, reason: &str) -> PdfError {
    PdfError::picture(name, format!("is broken ({reason}); save it again"))
}

/// The transform from the unit square to the place of a picture.
fn upright(at: &Placed, turn: Turn) -> Transform {
    let (across, x) = if turn.across {
        (-at.width, at.x + at.width)
    } else {
        (at.width, at.x)
    };
    let (down, y) = if turn.down {
        (-at.height, at.y + at.height)
    } else {
        (at.height, at.y)
    };
    if turn.transposed {
        Transform::from_row(0.0, down, across, 0.0, x, y)
    } else {
        Transform::from_row(across, 0.0, 0.0, down, x, y)
    }
}
