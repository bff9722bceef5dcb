//! Writing: pages in, the bytes of a PDF out. Conformance to PDF/A-2a and PDF/UA-1 is checked while writing. Every
//! text with a meaning gets a tag; everything else is an artifact. Only this file and those in `pdf/` name krilla.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

mod pictures;
mod tags;

use std::collections::BTreeMap;
use std::ops::Range;

use krilla::SerializeSettings;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{
    Accessibility, Archival, Configuration, ConfigurationBuilder, ValidationError,
};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::{Location, Surface};
use krilla::tagging::{Artifact, ArtifactType, ContentTag};
use krilla::text::{Font, GlyphId};

use super::block::Meta;
use super::error::PdfError;
use super::fonts::{self, Face};
use super::page::{Glyph, Page, Pages, Role, Text};
use super::style::{self, Colour};
use pictures::Pictures;
use tags::Tags;

/// Writes PDFs; keep one for many documents, since it keeps parsed fonts.
#[derive(Default)]
pub(super) struct Writer {
    fonts: BTreeMap<Face, Font>,
}

impl Writer {
    pub(super) fn write(&mut self, pages: &Pages, meta: &Meta) -> Result<Vec<u8>, PdfError> {
        let settings = SerializeSettings {
            configuration: configuration()?,
            ..Default::default()
        };
        let mut document = krilla::Document::new_with(settings);
        let mut tags = Tags::new(&pages.structure);
        let pictures = Pictures::open(&pages.pictures)?;
        for (number, page) in pages.sheets.iter().enumerate() {
            let mut sheet = document.start_page_with(settings_of_page());
            let mut surface = sheet.surface();
            self.draft(&mut surface, &pages.draft)?;
            fills(&mut surface, page);
            pictures.draw(&mut surface, &page.pictures, number, &mut tags);
            self.texts(&mut surface, page, &mut tags)?;
            surface.finish();
            links(&mut sheet, page, pages, &mut tags);
            sheet.finish();
        }
        document.set_metadata(metadata(meta));
        document.set_outline(outline(pages, &meta.title));
        document.set_tag_tree(tags.tree(meta));
        document
            .finish()
            .map_err(|error| pictures.blame(&error).unwrap_or_else(|| explain(&error)))
    }

    fn texts(
        &mut self,
        surface: &mut Surface<'_>,
        page: &Page,
        tags: &mut Tags<'_>,
    ) -> Result<(), PdfError> {
        self.artifact(surface, &page.head, ArtifactType::Header)?;
        for group in page.texts.chunk_by(|left, right| left.node == right.node) {
            let Some(node) = group.first().and_then(|text| text.node) else {
                self.artifact(surface, group, ArtifactType::PaginationOther)?;
                continue;
            };
            tags.leaf(node, surface.start_tagged(ContentTag::Other));
            for text in group {
                self.text(surface, text, false)?;
            }
            surface.end_tagged();
        }
        self.artifact(surface, &page.foot, ArtifactType::Footer)
    }

    fn artifact(
        &mut self,
        surface: &mut Surface<'_>,
        texts: &[Text],
        kind: ArtifactType,
    ) -> Result<(), PdfError> {
        if texts.is_empty() {
            return Ok(());
        }
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        for text in texts {
            self.text(surface, text, false)?;
        }
        surface.end_tagged();
        Ok(())
    }

    /// Draws the draft mark as outlines instead of text, so that nobody copies it or finds it by searching.
    fn draft(&mut self, surface: &mut Surface<'_>, mark: &[Text]) -> Result<(), PdfError> {
        if mark.is_empty() {
            return Ok(());
        }
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
            ArtifactType::Watermark,
        )));
        let (x, y) = (style::PAGE_WIDTH / 2.0, style::PAGE_HEIGHT / 2.0);
        let (cosine, sine) = style::DRAFT_TURN;
        surface.push_transform(&Transform::from_row(cosine, sine, -sine, cosine, x, y));
        for text in mark {
            self.text(surface, text, true)?;
        }
        surface.pop();
        surface.end_tagged();
        Ok(())
    }

    fn text(
        &mut self,
        surface: &mut Surface<'_>,
        text: &Text,
        outlined: bool,
    ) -> Result<(), PdfError> {
        let font = self.font(text.face)?;
        surface.set_fill(Some(fill(text.colour)));
        surface.set_stroke(text.embolden.then(|| Stroke {
            paint: colour(text.colour).into(),
            width: text.size * style::EMBOLDEN,
            ..Stroke::default()
        }));
        let start = Point::from_xy(text.x, text.y);
        surface.draw_glyphs(start, &text.glyphs, font, &text.source, text.size, outlined);
        surface.set_stroke(None);
        Ok(())
    }

    fn font(&mut self, face: Face) -> Result<Font, PdfError> {
        if let Some(font) = self.fonts.get(&face) {
            return Ok(font.clone());
        }
        let data = fonts::files()[face.file].1;
        let font = Font::new(data.into(), face.index)
            .ok_or_else(|| PdfError::Writer("an embedded font cannot be read".to_owned()))?;
        self.fonts.insert(face, font.clone());
        Ok(font)
    }
}

fn settings_of_page() -> PageSettings {
    PageSettings::from_wh(style::PAGE_WIDTH, style::PAGE_HEIGHT).unwrap_or_default()
}

/// The areas of a page that link to an address.
fn links(sheet: &mut krilla::page::Page<'_>, page: &Page, pages: &Pages, tags: &mut Tags<'_>) {
    for text in &page.texts {
        let Some(node) = text.node else { continue };
        if let Role::Link(address) = pages.structure.role(node)
            && let Some(area) = link_area(text)
        {
            let target = Target::Action(Action::Link(LinkAction::new(address.clone())));
            let link =
                Annotation::new_link(LinkAnnotation::new(area, target), Some(address.clone()));
            tags.leaf(node, sheet.add_tagged_annotation(link));
        }
    }
}

fn configuration() -> Result<Configuration, PdfError> {
    ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PdfError::Writer(format!("{error:?}")))
}

fn metadata(meta: &Meta) -> Metadata {
    let mut metadata = Metadata::new()
        .title(meta.title.clone())
        .description(meta.subject.clone())
        .language(meta.language.clone())
        .producer(
            meta.producer
                .as_deref()
                .unwrap_or(super::PRODUCER)
                .to_owned(),
        )
        .document_id(meta.identifier.clone());
    if !meta.author.is_empty() {
        metadata = metadata.authors(vec![meta.author.clone()]);
    }
    match meta.date {
        Some((year, month, day)) => metadata.creation_date(
            DateTime::new(year)
                .month(month)
                .day(day)
                .hour(0)
                .minute(0)
                .second(0)
                .utc_offset_hour(0)
                .utc_offset_minute(0),
        ),
        None => metadata,
    }
}

/// The headings as a tree. PDF/UA requires an outline, so without headings it consists of the title.
fn outline(pages: &Pages, title: &str) -> Outline {
    let mut headings = Vec::new();
    for (index, page) in pages.sheets.iter().enumerate() {
        for (node, y) in &page.headings {
            if let Role::Heading(level, words) = pages.structure.role(*node) {
                headings.push((*level, words.as_str(), index, *y));
            }
        }
    }
    if headings.is_empty() {
        headings.push((1, title, 0, 0.0));
    }
    let mut outline = Outline::new();
    for node in branches(&headings) {
        outline.push_child(node);
    }
    outline
}

/// The level and words of a heading, its page, and its height on the page.
type Entrance<'a> = (u8, &'a str, usize, f32);

fn branches(headings: &[Entrance<'_>]) -> Vec<OutlineNode> {
    let mut nodes = Vec::new();
    let mut rest = headings;
    while let [(level, words, page, y), below @ ..] = rest {
        let inside = below.iter().take_while(|(inner, ..)| inner > level).count();
        let target = XyzDestination::new(*page, Point::from_xy(style::MARGIN, *y));
        let mut node = OutlineNode::new((*words).to_owned(), target);
        let (children, next) = below.split_at(inside);
        for child in branches(children) {
            node.push_child(child);
        }
        nodes.push(node);
        rest = next;
    }
    nodes
}

fn fills(surface: &mut Surface<'_>, page: &Page) {
    if page.fills.is_empty() {
        return;
    }
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
        ArtifactType::Layout,
    )));
    for group in page
        .fills
        .chunk_by(|left, right| left.colour == right.colour)
    {
        let mut path = PathBuilder::new();
        for area in group {
            if let Some(area) = Rect::from_xywh(area.x, area.y, area.width, area.height) {
                path.push_rect(area);
            }
        }
        surface.set_fill(group.first().map(|area| fill(area.colour)));
        path.finish()
            .into_iter()
            .for_each(|path| surface.draw_path(&path));
    }
    surface.end_tagged();
}

fn link_area(text: &Text) -> Option<Rect> {
    let top = text.y - style::ASCENT * text.size;
    let height = (style::ASCENT + style::DESCENT) * text.size;
    Rect::from_xywh(text.x, top, text.width, height)
}

impl krilla::text::Glyph for Glyph {
    fn glyph_id(&self) -> GlyphId {
        GlyphId::new(self.id)
    }

    fn text_range(&self) -> Range<usize> {
        self.range.clone()
    }

    fn x_advance(&self, size: f32) -> f32 {
        self.advance * size
    }

    fn x_offset(&self, size: f32) -> f32 {
        self.x * size
    }

    fn y_offset(&self, size: f32) -> f32 {
        self.y * size
    }

    fn y_advance(&self, _: f32) -> f32 {
        0.0
    }

    fn location(&self) -> Option<Location> {
        None
    }
}

fn colour(colour: Colour) -> rgb::Color {
    rgb::Color::new(colour.0, colour.1, colour.2)
}

fn fill(of: Colour) -> Fill {
    Fill {
        paint: colour(of).into(),
        ..Fill::default()
    }
}

fn explain(error: &KrillaError) -> PdfError {
    let KrillaError::Validation(errors) = error else {
        return PdfError::Writer(error.to_string());
    };
    let mut reasons: Vec<String> = errors.iter().map(|(error, _)| reason(error)).collect();
    reasons.dedup();
    PdfError::NotConforming(reasons)
}

fn reason(error: &ValidationError) -> String {
    match error {
        ValidationError::TooLongString => "a text such as the title is too long".to_owned(),
        ValidationError::ContainsNotDefGlyph(_, _, text) => format!("no glyph for \"{text}\""),
        ValidationError::NoDocumentLanguage => "the document names no language".to_owned(),
        ValidationError::NoDocumentTitle => "the document has no title".to_owned(),
        ValidationError::MissingDocumentDate => "the document has no date".to_owned(),
        ValidationError::MissingHeadingTitle => "a heading is empty".to_owned(),
        ValidationError::InvalidCodepointMapping(_, _, character, _)
        | ValidationError::UnicodePrivateArea(_, _, character, _) => {
            format!(
                "the character U+{:04X} is not allowed in it",
                u32::from(*character)
            )
        }
        other => {
            let name = format!("{other:?}");
            name.split('(').next().unwrap_or_default().to_owned()
        }
    }
}
