//! Tables, and tables of labels and values. A row is one piece and never splits, unless it is taller than a page:
//! then it becomes a stack of slices, cut between lines. The header row repeats wherever a page starts inside the
//! table.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

use std::rc::Rc;

use super::block::{Block, Cell, Column, KeyValue, ParagraphStyle};
use super::columns::column_areas;
use super::error::PdfError;
use super::flow::{Flow, Piece};
use super::layout::{Area, Composer};
use super::page::{Fill, Role};
use super::style;

/// Lines of one cell with their distance from the top of the row.
type Placed = Vec<(f32, Piece)>;

#[derive(Clone, Copy)]
struct RowLook {
    /// The row is at least this high.
    least: f32,
    /// A taller row is cut into slices.
    most: f32,
    header: bool,
}

impl Composer<'_> {
    /// A table as pieces, one per row.
    pub(super) fn table(
        &mut self,
        columns: &[Column],
        header: &[Cell],
        rows: &[Vec<Cell>],
        area: Area,
    ) -> Result<Vec<Piece>, PdfError> {
        let areas = column_areas(columns, header, rows, area);
        let table = self.structure.add(area.node, Role::Table);
        let mut pieces = Vec::with_capacity(rows.len() + 1);
        let mut repeat: Option<Rc<Piece>> = None;
        if !header.is_empty() {
            let head = self.structure.add(table, Role::TableHead);
            let look = RowLook {
                least: 0.0,
                most: self.room,
                header: true,
            };
            let mut row = self.row(header, 0, &areas, Area { node: head, ..area }, look)?;
            for piece in &mut row {
                piece.glue = true;
            }
            // A header that would leave no room for rows is not repeated.
            if let [only] = row.as_slice() {
                repeat = (only.height < self.room / 3.0).then(|| Rc::new(only.decoration()));
            }
            pieces.append(&mut row);
        }
        let node = self.structure.add(table, Role::TableBody);
        let most = self.room - repeat.as_ref().map_or(0.0, |header| header.height);
        let look = RowLook {
            least: 0.0,
            most,
            header: false,
        };
        for (index, cells) in rows.iter().enumerate() {
            let mut row = self.row(cells, index + 1, &areas, Area { node, ..area }, look)?;
            let before_last = index + 2 == rows.len() && row.len() == 1;
            for piece in &mut row {
                piece.repeat.clone_from(&repeat);
                piece.glue = before_last;
            }
            pieces.append(&mut row);
        }
        Ok(pieces)
    }

    /// Labels and values as pieces, one per row.
    pub(super) fn key_values(
        &mut self,
        rows: &[KeyValue],
        fill_in: bool,
        area: Area,
    ) -> Result<Vec<Piece>, PdfError> {
        let label_width = area.width * style::LABEL_SHARE;
        let areas = [
            Area {
                width: label_width,
                body: style::LABEL,
                ..area
            },
            Area {
                x: area.x + label_width,
                width: area.width - label_width,
                body: style::VALUE,
                ..area
            },
        ];
        let table = self.structure.add(area.node, Role::Table);
        let node = self.structure.add(table, Role::TableBody);
        let least = if fill_in { style::FILL_IN_HEIGHT } else { 0.0 };
        let mut pieces = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let label = Block::Paragraph {
                style: ParagraphStyle::Normal,
                text: row.key.clone(),
            };
            let cells = [
                Cell {
                    blocks: vec![label],
                    heading: true,
                },
                row.value.clone(),
            ];
            let look = RowLook {
                least,
                most: self.room,
                header: false,
            };
            pieces.append(&mut self.row(&cells, index + 1, &areas, Area { node, ..area }, look)?);
        }
        Ok(pieces)
    }

    fn row(
        &mut self,
        cells: &[Cell],
        number: usize,
        areas: &[Area],
        row_area: Area,
        look: RowLook,
    ) -> Result<Vec<Piece>, PdfError> {
        if cells.len() != areas.len() {
            let (cells, columns) = (cells.len(), areas.len());
            return Err(PdfError::UnevenRow {
                row: number,
                cells,
                columns,
            });
        }
        let node = self.structure.add(row_area.node, Role::Row);
        let mut placed: Placed = Vec::new();
        for (cell, area) in cells.iter().zip(areas) {
            let role = match (look.header, cell.heading) {
                (true, _) => Role::ColumnHeader,
                (false, true) => Role::RowHeader,
                (false, false) => Role::Cell,
            };
            let node = self.structure.add(node, role);
            let body = if look.header {
                style::CELL_HEADER
            } else {
                area.body
            };
            let inside = Area {
                x: area.x + style::CELL_HORIZONTAL,
                width: (area.width - 2.0 * style::CELL_HORIZONTAL).max(1.0),
                node,
                body,
                tallest: self.room / 2.0,
            };
            placed.append(&mut stack(self.blocks(&cell.blocks, inside)?));
        }
        Ok(cut(placed, row_area, look))
    }
}

/// One piece for the row, or slices if it is taller than a page.
fn cut(placed: Placed, area: Area, look: RowLook) -> Vec<Piece> {
    let text = placed
        .iter()
        .map(|(top, piece)| top + piece.height)
        .fold(0.0, f32::max);
    let height = (text + 2.0 * style::CELL_VERTICAL).max(look.least);
    let edges = if height <= look.most {
        vec![text]
    } else {
        free_edges(&placed)
    };
    let mut pieces = slices(placed, &edges);
    if let Some(first) = pieces.first_mut() {
        first.height += style::CELL_VERTICAL;
        first.shift(style::CELL_VERTICAL);
    }
    if let Some(last) = pieces.last_mut() {
        last.height += style::CELL_VERTICAL;
        // In a row to be filled in, the text is at the bottom, where a pen would write.
        let spare = (look.least - last.height).max(0.0);
        last.shift(spare);
        last.height += spare;
        let y = last.height - style::RULE;
        last.fills
            .push(strip(area, y, style::RULE, style::HAIRLINE));
    }
    if look.header {
        for piece in &mut pieces {
            let tint = strip(area, 0.0, piece.height, style::HEADER_TINT);
            piece.fills.insert(0, tint);
        }
    }
    pieces
}

fn strip(area: Area, y: f32, height: f32, colour: style::Colour) -> Fill {
    Fill {
        x: area.x,
        y,
        width: area.width,
        height,
        colour,
    }
}

/// The pieces of a cell with their distance from its top.
fn stack(flow: Flow) -> Placed {
    let mut top = 0.0;
    let mut placed = Vec::with_capacity(flow.pieces.len());
    for piece in flow.pieces {
        if !placed.is_empty() {
            top += piece.before;
        }
        let height = piece.height;
        placed.push((top, piece));
        top += height;
    }
    placed
}

/// The heights at which a cut crosses no line of any cell. Cells of one row have lines at different heights, so a row
/// can be cut only where all of them are between two lines.
fn free_edges(placed: &Placed) -> Vec<f32> {
    const TOUCH: f32 = 0.01;
    let straddles = |edge: f32| {
        placed
            .iter()
            .any(|(top, piece)| top + TOUCH < edge && edge < top + piece.height - TOUCH)
    };
    let mut edges: Vec<f32> = placed
        .iter()
        .map(|(top, piece)| top + piece.height)
        .collect();
    edges.retain(|&edge| !straddles(edge));
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|left, right| (*left - *right).abs() < TOUCH);
    edges
}

/// Merges the pieces between two cuts into one piece each.
fn slices(mut placed: Placed, edges: &[f32]) -> Vec<Piece> {
    let mut start = 0.0;
    let mut pieces = Vec::with_capacity(edges.len());
    for &edge in edges {
        let mut slice = Piece::blank(edge - start);
        for (top, mut piece) in placed.extract_if(.., |(top, _)| *top < edge) {
            piece.shift(top - start);
            slice.pictures.append(&mut piece.pictures);
            slice.texts.append(&mut piece.texts);
            slice.fills.append(&mut piece.fills);
        }
        pieces.push(slice);
        start = edge;
    }
    pieces
}
