//! Lists. The bullet or number is on the first line of its item; numbers are aligned at their right end.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

use super::block::{Block, Run};
use super::error::PdfError;
use super::flow::{Flow, Piece};
use super::layout::{Area, Composer};
use super::page::{Role, Text};
use super::style;

/// What all items of a list share.
#[derive(Clone, Copy)]
struct ListLook {
    ordered: bool,
    indent: f32,
}

impl Composer<'_> {
    pub(super) fn list(
        &mut self,
        ordered: bool,
        items: &[Vec<Block>],
        area: Area,
    ) -> Result<Flow, PdfError> {
        let node = self.structure.add(area.node, Role::List(ordered));
        let area = Area { node, ..area };
        let widest = if ordered {
            self.number_width(items.len(), area)?
        } else {
            0.0
        };
        let indent = style::LIST_INDENT.max(widest + style::LIST_NUMBER_GAP);
        let look = ListLook { ordered, indent };
        let mut flow = Flow::default();
        for (index, item) in items.iter().enumerate() {
            let pieces = self.item(index + 1, item, look, area)?;
            flow.push(0.0, pieces, style::ITEM_GAP);
        }
        flow.after = style::PARAGRAPH_GAP;
        Ok(flow)
    }

    fn item(
        &mut self,
        number: usize,
        blocks: &[Block],
        look: ListLook,
        area: Area,
    ) -> Result<Vec<Piece>, PdfError> {
        let node = self.structure.add(area.node, Role::Item);
        let label = self.label(number, look, Area { node, ..area })?;
        let node = self.structure.add(node, Role::ItemBody);
        let x = area.x + look.indent;
        let width = (area.width - look.indent).max(1.0);
        let mut pieces = self
            .blocks(
                blocks,
                Area {
                    x,
                    width,
                    node,
                    ..area
                },
            )?
            .pieces;
        for piece in &mut pieces {
            piece.before = piece.before.min(style::ITEM_GAP);
        }
        match pieces.first_mut() {
            Some(first) => {
                first.before = 0.0;
                drop(first.texts.splice(0..0, label));
            }
            None => pieces.push(Piece {
                texts: label,
                ..Piece::blank(area.body.leading)
            }),
        }
        Ok(pieces)
    }

    fn label(&mut self, number: usize, look: ListLook, area: Area) -> Result<Vec<Text>, PdfError> {
        let node = self.structure.add(area.node, Role::Label);
        let words = if look.ordered {
            format!("{number}.")
        } else {
            "•".to_owned()
        };
        let lines = self.lines(&[Run::plain(words)], &[Some(node)], area.body, area)?;
        let mut texts: Vec<Text> = lines.into_iter().flat_map(|line| line.texts).collect();
        let width: f32 = texts.iter().map(|text| text.width).sum();
        let shift = if look.ordered {
            look.indent - style::LIST_NUMBER_GAP - width
        } else {
            style::LIST_LABEL
        };
        for text in &mut texts {
            text.x += shift;
        }
        Ok(texts)
    }

    /// The width of the longest number. All digits are equally wide.
    fn number_width(&mut self, count: usize, area: Area) -> Result<f32, PdfError> {
        let lines = self.lines(&[Run::plain(format!("{count}."))], &[None], area.body, area)?;
        Ok(lines
            .iter()
            .flat_map(|line| &line.texts)
            .map(|text| text.width)
            .sum())
    }
}
