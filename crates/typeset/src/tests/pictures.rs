//! Pictures on their pages.

use std::sync::Arc;

use super::{document, inside_margins, page_words, paragraphs, table};
use crate::block::{Block, Cell, Document, Picture};
use crate::page::{Pages, Role};
use crate::{PdfError, Typesetter, pdf, style};

/// 520 by 260 pixels, in four colours.
const LABEL: &[u8] = include_bytes!("../../examples/label.png");
/// 200 by 300 pixels, to be turned to the right.
const PHOTO: &[u8] = include_bytes!("../../examples/photo.jpg");
/// With transparent pixels.
const LOGO: &[u8] = include_bytes!("../../examples/logo.png");
const CMYK: &[u8] = include_bytes!("../../tests/pictures/cmyk.jpg");

fn picture(src: &str, alt: &str, width: Option<f32>) -> Block {
    Block::Picture(Picture {
        src: src.to_owned(),
        alt: alt.to_owned(),
        width,
    })
}

/// A document with three pictures.
pub(super) fn store(body: Vec<Block>) -> Document {
    let mut source = document(body);
    let files = [
        ("label.png", LABEL),
        ("photo.jpg", PHOTO),
        ("logo.png", LOGO),
    ];
    let files = files.map(|(name, bytes)| (name.to_owned(), Arc::from(bytes)));
    source.pictures = files.into();
    source
}

fn set(source: &Document) -> Pages {
    Typesetter::new()
        .pages(source)
        .unwrap_or_else(|error| panic!("{error}"))
}

/// The width and height of the only picture, in points.
fn size(width: Option<f32>, src: &str) -> (f32, f32) {
    let set = set(&store(vec![picture(src, "A picture", width)]));
    let placed = set.sheets[0].pictures[0];
    (placed.width, placed.height)
}

fn close(left: (f32, f32), right: (f32, f32)) -> bool {
    (left.0 - right.0).abs() < 0.1 && (left.1 - right.1).abs() < 0.1
}

#[test]
fn a_picture_has_its_own_size_or_a_part_of_its_column() {
    assert!(close(size(None, "label.png"), (249.6, 124.8)));
    let half = style::TEXT_WIDTH / 2.0;
    assert!(close(size(Some(50.0), "label.png"), (half, half / 2.0)));
    assert!(close(size(None, "photo.jpg"), (144.0, 96.0)), "turned");
}

#[test]
fn a_picture_is_never_taller_than_its_page() {
    let tall = Arc::from(png(50, 5000).as_slice());
    let mut source = store(vec![
        Block::text("x"),
        picture("tall.png", "Tall", Some(100.0)),
    ]);
    source.pictures.insert("tall.png".to_owned(), tall);
    let set = set(&source);
    let placed = set.sheets[1].pictures[0];
    assert!(placed.y + placed.height < style::PAGE_HEIGHT - style::FOOTER_BOTTOM);
    assert!(placed.height > style::PAGE_HEIGHT / 2.0);
    assert!(pdf(&source).is_ok());
}

#[test]
fn what_a_picture_shows_is_a_figure_and_decoration_is_none() {
    let shows = picture("label.png", "The type label", None);
    let set = set(&store(vec![shows, picture("logo.png", "", None)]));
    let [label, logo] = set.sheets[0].pictures[..] else {
        panic!("two pictures")
    };
    let role = label.node.map(|node| set.structure.role(node).clone());
    assert_eq!(role, Some(Role::Figure("The type label".to_owned())));
    assert_eq!(logo.node, None);
}

#[test]
fn a_picture_moves_to_the_next_page_whole() {
    for lead in 20..45 {
        let mut body = paragraphs(lead);
        body.push(picture("label.png", "A picture", Some(100.0)));
        body.push(Block::text("after"));
        let set = set(&store(body));
        let bottom = style::PAGE_HEIGHT - style::FOOTER_BOTTOM;
        let shown: Vec<_> = set.sheets.iter().flat_map(|page| &page.pictures).collect();
        assert!(
            shown.len() == 1 && shown[0].y + shown[0].height < bottom,
            "after {lead}"
        );
        inside_margins(&set);
    }
}

#[test]
fn every_place_for_a_picture_is_accepted_by_the_validators() {
    let shows = |src| picture(src, "Shown, “with” <signs> & 東京", None);
    let cell = |src| Cell {
        blocks: vec![Block::text("above"), shows(src)],
        heading: false,
    };
    let mut source = store(vec![
        Block::Note(vec![shows("label.png"), Block::text("x")]),
        table(vec![vec![cell("photo.jpg"), cell("logo.png")]]),
        Block::List {
            ordered: true,
            items: vec![vec![shows("label.png")]],
        },
        picture("logo.png", "", Some(5.0)),
    ]);
    source.header = vec![picture("logo.png", "", None), Block::text("beside")];
    let set = set(&source);
    assert_eq!(set.sheets[0].pictures.len(), 6);
    assert!(page_words(&set)[0].contains("above"));
    let first = pdf(&source);
    assert!(first.is_ok(), "{first:?}");
    assert_eq!(first, pdf(&source));
}

#[test]
fn a_picture_that_cannot_be_shown_is_named() {
    let reason = |bytes: Option<&[u8]>| {
        let mut source = store(vec![picture("it.png", "x", None)]);
        if let Some(bytes) = bytes {
            source.pictures.insert("it.png".to_owned(), bytes.into());
        }
        match pdf(&source) {
            Err(PdfError::Picture { name, reason }) if name == "it.png" => reason,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(reason(None), "is named but not given");
    assert_eq!(reason(Some(b"GIF89a")), "is neither PNG nor JPEG");
    assert_eq!(
        reason(Some(CMYK)),
        "is a JPEG in the colours of print (CMYK); save it in RGB"
    );
    assert_eq!(
        reason(Some(&PHOTO[..PHOTO.len() - 40])),
        "is a JPEG that ends too early"
    );
    assert_eq!(reason(Some(&PHOTO[..60])), "is a broken JPEG");
    assert!(reason(Some(&LABEL[..LABEL.len() / 2])).starts_with("is broken ("));
    let mut scratched = LABEL.to_vec();
    scratched[300] ^= 0xff;
    assert!(reason(Some(&scratched)).starts_with("is broken ("));
    assert_eq!(reason(Some(&LABEL[..20])), "is a broken PNG");
    assert!(reason(Some(&png(9000, 9000))).starts_with("has 9000 × 9000 pixels; the most"));
    assert!(reason(Some(&png(20_000, 1))).contains("16384 on a side"));
    assert_eq!(reason(Some(&png(0, 1))), "has no pixels");
}

#[test]
fn a_picture_that_no_block_names_is_not_looked_at() {
    let mut source = store(Vec::new());
    source
        .pictures
        .insert("odd".to_owned(), Arc::from(&b"odd"[..]));
    assert!(pdf(&source).is_ok());
}

/// A white PNG of this size, whose pixels are only there when they are few.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = width.to_be_bytes().to_vec();
    header.extend(height.to_be_bytes());
    header.extend([1, 0, 0, 0, 0]);
    chunk(&mut bytes, b"IHDR", &header);
    if width <= 64 {
        let row = usize::try_from(width.div_ceil(8)).unwrap_or(0) + 1;
        let pixels = vec![0; row * usize::try_from(height).unwrap_or(0)];
        chunk(&mut bytes, b"IDAT", &stored(&pixels));
        chunk(&mut bytes, b"IEND", &[]);
    }
    bytes
}

fn chunk(bytes: &mut Vec<u8>, name: &[u8], content: &[u8]) {
    bytes.extend(u32::try_from(content.len()).unwrap_or(0).to_be_bytes());
    let start = bytes.len();
    bytes.extend(name);
    bytes.extend(content);
    let sum = checksum(&bytes[start..]);
    bytes.extend(sum.to_be_bytes());
}

/// Zlib without compression.
fn stored(content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap_or(0);
    let mut bytes = vec![0x78, 0x01, 1];
    bytes.extend(length.to_le_bytes());
    bytes.extend((!length).to_le_bytes());
    bytes.extend(content);
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in content {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    bytes.extend((high << 16 | low).to_be_bytes());
    bytes
}

/// CRC-32.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| {
        if sum & 1 == 1 {
            sum >> 1 ^ 0xedb8_8320
        } else {
            sum >> 1
        }
    };
    !bytes
        .iter()
        .fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}
