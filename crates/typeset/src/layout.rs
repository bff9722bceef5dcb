//! Measuring: blocks in, pieces out. The horizontal position of text is final here; its height on the page is decided
//! by `paginate.rs`. Every text gets a node of the structure tree that names its role.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

use super::block::{Block, ParagraphStyle, Picture, Run};
use super::error::PdfError;
use super::flow::{Flow, Piece, guard_lines};
use super::page::{Fill, NodeId, Role, Structure, Text};
use super::picture::PictureStore;
use super::style::{self, TextStyle};
use super::text::{Paragraph, Shaper};

/// Where blocks go: a column of the page and a node of the structure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub x: f32,
    pub width: f32,
    /// The node the blocks belong to.
    pub node: NodeId,
    /// The look of normal paragraphs.
    pub body: TextStyle,
    /// A picture is at most this high.
    pub tallest: f32,
}

/// A tinted box, as wide as its area. Its height is known only once the pages are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub x: f32,
    pub width: f32,
}

pub(super) struct Composer<'a> {
    pub shaper: &'a mut Shaper,
    /// The structure, growing as blocks are set.
    pub structure: Structure,
    /// The tinted boxes that pieces refer to.
    pub frames: Vec<Frame>,
    /// The pictures that blocks name.
    pub store: PictureStore<'a>,
    /// Height of the text on a page.
    pub room: f32,
}

impl Composer<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block], area: Area) -> Result<Flow, PdfError> {
        let mut flow = Flow::default();
        for block in blocks {
            let (before, next) = self.block(block, area)?;
            if matches!(block, Block::PageBreak) {
                flow.pieces
                    .last_mut()
                    .into_iter()
                    .for_each(|piece| piece.page_break = true);
            } else {
                flow.append(before, next);
            }
        }
        Ok(flow)
    }

    /// One block and the space above it.
    fn block(&mut self, block: &Block, area: Area) -> Result<(f32, Flow), PdfError> {
        match block {
            Block::Heading { level, text } => self.heading(*level, text, area),
            Block::Paragraph { style, text } => {
                let pieces = self.paragraph(text, look(*style, area.body), area)?;
                let after = style::PARAGRAPH_GAP;
                Ok((0.0, Flow { pieces, after }))
            }
            Block::KeyValues { rows, fill_in } => {
                let pieces = self.key_values(rows, *fill_in, area)?;
                Ok((
                    0.0,
                    Flow {
                        pieces,
                        after: style::BLOCK_GAP,
                    },
                ))
            }
            Block::Table {
                columns,
                header,
                rows,
            } => {
                let pieces = self.table(columns, header, rows, area)?;
                Ok((
                    0.0,
                    Flow {
                        pieces,
                        after: style::BLOCK_GAP,
                    },
                ))
            }
            Block::List { ordered, items } => {
                let flow = self.list(*ordered, items, area)?;
                Ok((0.0, flow))
            }
            Block::Picture(picture) => Ok((0.0, self.picture(picture, area)?)),
            Block::Keep {
                blocks,
                with_previous,
            } => {
                let node = self.structure.add(area.node, Role::Group);
                let mut flow = self.blocks(blocks, Area { node, ..area })?;
                flow.keep_within(self.room);
                if let Some(first) = flow.pieces.first_mut() {
                    first.with_previous |= with_previous;
                }
                Ok((style::BLOCK_GAP, flow))
            }
            Block::Note(inner) => Ok((style::BLOCK_GAP, self.note(inner, area)?)),
            Block::Rule => Ok((style::BLOCK_GAP, rule(area))),
            Block::PageBreak => Ok((0.0, Flow::default())),
        }
    }

    fn heading(&mut self, level: u8, text: &[Run], area: Area) -> Result<(f32, Flow), PdfError> {
        if is_empty(text) {
            return Ok((0.0, Flow::default()));
        }
        let words = text
            .iter()
            .map(|run| run.text.as_str())
            .collect::<String>()
            .replace('\n', " ");
        let node = self.structure.add(area.node, Role::Heading(level, words));
        let nodes = self.inline_nodes(text, node);
        let mut pieces = self.lines(text, &nodes, style::heading(level), area)?;
        for piece in &mut pieces {
            piece.glue = true;
        }
        if let Some(first) = pieces.first_mut() {
            first.heading = Some(node);
        }
        let after = style::heading_after(level);
        Ok((style::heading_before(level), Flow { pieces, after }))
    }

    fn paragraph(
        &mut self,
        text: &[Run],
        style: TextStyle,
        area: Area,
    ) -> Result<Vec<Piece>, PdfError> {
        if is_empty(text) {
            return Ok(Vec::new());
        }
        let node = self.structure.add(area.node, Role::Paragraph);
        let nodes = self.inline_nodes(text, node);
        let mut pieces = self.lines(text, &nodes, style, area)?;
        guard_lines(&mut pieces);
        Ok(pieces)
    }

    /// The node of each run. Links and identifiers get nodes of their own below `parent`.
    fn inline_nodes(&mut self, runs: &[Run], parent: NodeId) -> Vec<Option<NodeId>> {
        let mut nodes: Vec<Option<NodeId>> = Vec::with_capacity(runs.len());
        for (index, run) in runs.iter().enumerate() {
            let before = index
                .checked_sub(1)
                .and_then(|last| runs.get(last).zip(nodes.get(last)));
            let node = match (&run.link, before) {
                // A link of several runs is still one link.
                (Some(_), Some((last, node))) if last.link == run.link => *node,
                (Some(address), _) => Some(self.structure.add(parent, Role::Link(address.clone()))),
                (None, _) if run.code => Some(self.structure.add(parent, Role::Code)),
                _ => Some(parent),
            };
            nodes.push(node);
        }
        nodes
    }

    /// Lines of text as pieces, with the thin line under links.
    pub(super) fn lines(
        &mut self,
        runs: &[Run],
        nodes: &[Option<NodeId>],
        style: TextStyle,
        area: Area,
    ) -> Result<Vec<Piece>, PdfError> {
        if runs.iter().any(|run| run.field.is_some()) {
            return Err(PdfError::FieldInBody);
        }
        let lines = self
            .shaper
            .lines(&Paragraph { runs, nodes, style }, area.width)?;
        let pieces = lines.into_iter().map(|line| {
            let mut piece = Piece {
                texts: line.texts,
                ..Piece::blank(style.leading)
            };
            piece.texts.iter_mut().for_each(|text| text.x += area.x);
            piece.fills = piece.texts.iter().filter_map(underline).collect();
            piece
        });
        Ok(pieces.collect())
    }

    fn picture(&mut self, picture: &Picture, area: Area) -> Result<Flow, PdfError> {
        let mut placed = self.store.place(picture, area.width, area.tallest)?;
        placed.x = area.x;
        placed.node = (!picture.alt.is_empty()).then(|| {
            self.structure
                .add(area.node, Role::Figure(picture.alt.clone()))
        });
        let piece = Piece {
            pictures: vec![placed],
            ..Piece::blank(placed.height)
        };
        Ok(Flow {
            pieces: vec![piece],
            after: style::PARAGRAPH_GAP,
        })
    }

    fn note(&mut self, inner: &[Block], area: Area) -> Result<Flow, PdfError> {
        let node = self.structure.add(area.node, Role::Group);
        let frame = self.frames.len();
        self.frames.push(Frame {
            x: area.x,
            width: area.width,
        });
        let inset = style::NOTE_BAR + style::NOTE_PADDING;
        let inside = Area {
            x: area.x + inset,
            width: area.width - inset - style::NOTE_PADDING,
            node,
            tallest: area.tallest - 2.0 * style::NOTE_PADDING,
            ..area
        };
        let mut content = self.blocks(inner, inside)?;
        content.glue_to_next();
        content.after = 0.0;
        content
            .pieces
            .first_mut()
            .into_iter()
            .for_each(|first| first.before = 0.0);
        let mut flow = Flow::default();
        // The letters leave some white above them in their line already, so the padding is a little smaller here.
        flow.push(
            0.0,
            vec![Piece {
                glue: true,
                ..Piece::blank(style::NOTE_PADDING - 2.0)
            }],
            0.0,
        );
        flow.append(0.0, content);
        flow.push(
            0.0,
            vec![Piece::blank(style::NOTE_PADDING - 2.0)],
            style::BLOCK_GAP,
        );
        flow.pieces
            .iter_mut()
            .for_each(|piece| piece.frame = Some(frame));
        flow.keep_within(self.room * style::NOTE_KEEP_SHARE);
        Ok(flow)
    }
}

/// Returns true for text without any character. A page number counts as text.
fn is_empty(runs: &[Run]) -> bool {
    runs.iter()
        .all(|run| run.text.is_empty() && run.field.is_none())
}

fn look(style: ParagraphStyle, body: TextStyle) -> TextStyle {
    match style {
        ParagraphStyle::Normal => body,
        ParagraphStyle::Small => style::SMALL,
        ParagraphStyle::Lead => style::LEAD,
        ParagraphStyle::Muted => TextStyle {
            colour: style::MUTED,
            ..body
        },
    }
}

fn rule(area: Area) -> Flow {
    let fill = Fill {
        x: area.x,
        y: 0.0,
        width: area.width,
        height: style::RULE,
        colour: style::HAIRLINE,
    };
    let piece = Piece {
        fills: vec![fill],
        ..Piece::blank(style::RULE)
    };
    Flow {
        pieces: vec![piece],
        after: style::BLOCK_GAP,
    }
}

/// The line under a link, so that colour is not its only sign.
fn underline(text: &Text) -> Option<Fill> {
    (text.colour == style::LINK).then_some(Fill {
        x: text.x,
        y: text.y + style::UNDERLINE,
        width: text.width,
        height: style::UNDERLINE_WIDTH,
        colour: text.colour,
    })
}
