//! A finding as text for people, with the lines that it is about; the one file that knows the renderer.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title,
};

use crate::diag::source::PartView;
use crate::diag::{Cell, Finding, Origins, Place, Severity, SourceFile, Span};
use crate::domain::text::{is_hidden, visible as shown};

/// Whether the text bears colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// For a terminal.
    On,
    /// For a file, a pipe, or where colour is not wanted.
    Off,
}

/// A manifest made ready for showing findings in it.
#[derive(Debug)]
pub struct Page<'a> {
    source: &'a SourceFile,
    origins: &'a Origins,
    /// The text with hidden characters made visible, so that a manifest cannot write on the terminal.
    text: String,
    /// Where each line begins.
    starts: Vec<usize>,
    renderer: Renderer,
}

impl<'a> Page<'a> {
    /// Makes a manifest ready.
    pub fn new(source: &'a SourceFile, origins: &'a Origins, colour: Colour) -> Self {
        let text = visible(&source.text);
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(i, _)| i + 1))
            .collect();
        let renderer = match colour {
            Colour::On => Renderer::styled(),
            Colour::Off => Renderer::plain(),
        };
        Self {
            source,
            origins,
            text,
            starts,
            renderer: renderer.term_width(120),
        }
    }

    /// Returns a finding as text.
    pub fn finding(&self, finding: &Finding) -> String {
        let level = match finding.severity() {
            Severity::Error => Level::ERROR,
            Severity::Confirm => Level::INFO.with_name("confirm"),
            Severity::Warning => Level::WARNING,
        };
        let title = level
            .primary_title(shown(&finding.message))
            .id(finding.code.number());
        let mut group = match self.origins.locate(&finding.place) {
            Some(span) if !self.text.is_empty() => self.with_snippets(title, finding, span),
            _ => self.with_name(title, &finding.place),
        };
        if let Some(note) = &finding.note {
            group = group.element(Level::NOTE.message(shown(note)));
        }
        if let Some(source) = &finding.source {
            group = group.element(
                Level::NOTE
                    .with_name("source")
                    .message(shown(&source.to_string())),
            );
        }
        group = group.element(Level::HELP.message(shown(&finding.help)));
        let text = self.renderer.render(&[group]);
        self.without_lines_of_cells(finding, text)
    }

    /// A cell is a place by itself; the renderer would add line and column to it.
    fn without_lines_of_cells(&self, finding: &Finding, text: String) -> String {
        let places = finding.also.iter().map(|(place, _)| place);
        let spans = places
            .chain([&finding.place])
            .filter_map(|place| self.origins.locate(place));
        spans.fold(text, |text, span| match self.source.part(span.start) {
            PartView {
                name,
                cell: Some(cell),
                ..
            } => {
                let path = cell_path(name, cell);
                let (line, column) = self.source.line_and_column(span.start);
                text.replace(&format!("{path}:{line}:{column}"), &path)
            }
            PartView { cell: None, .. } => text,
        })
    }

    fn with_name<'f>(&'f self, title: Title<'f>, place: &'f Place) -> Group<'f> {
        let name = match place {
            Place::File(name) => name,
            Place::Field(_) | Place::Key(_) | Place::Bytes(_) => &self.source.name,
        };
        title.element(Origin::path(shown(name)))
    }

    /// Shows each part of the text that a finding names, that of its own place first. In a part the lines run
    /// from the first place to the last; the rest of the text is not handed to the renderer, which would
    /// read it anew for each finding.
    fn with_snippets<'f>(
        &'f self,
        title: Title<'f>,
        finding: &'f Finding,
        span: Span,
    ) -> Group<'f> {
        let also = finding.also.iter();
        let also =
            also.filter_map(|(place, words)| Some((self.origins.locate(place)?, words.as_str())));
        let mut spans: Vec<(Span, Option<&str>)> = vec![(span, None)];
        spans.extend(also.map(|(span, words)| (span, Some(words))));
        let part_of = |span: Span| self.source.part(span.start).start;
        let mut group = Group::with_title(title);
        while let Some((first, _)) = spans.first() {
            let part = part_of(*first);
            let (here, others) = spans
                .into_iter()
                .partition(|(span, _)| part_of(*span) == part);
            spans = others;
            let view = self.source.part(part);
            let snippet = self.snippet(&here, view);
            group = match view.cell {
                Some(cell) => group.element(snippet.path(cell_path(view.name, cell))),
                None => group.element(snippet.path(shown(view.name))),
            };
        }
        group
    }

    /// Shows the lines of one part that hold these places.
    fn snippet<'f>(
        &'f self,
        spans: &[(Span, Option<&'f str>)],
        view: PartView<'f>,
    ) -> Snippet<'f, Annotation<'f>> {
        let starts = || spans.iter().map(|(span, _)| span.start);
        let first = self.line_of(starts().min().unwrap_or(0));
        let last = self.line_of(starts().max().unwrap_or(0));
        let from = self.starts[first].max(view.start);
        let to = self
            .starts
            .get(last + 1)
            .copied()
            .unwrap_or(self.text.len())
            .min(view.end);
        let part = &self.text[from..to];
        let annotation = |(span, words): &(Span, Option<&'f str>)| {
            let range = clamped(
                span.start.saturating_sub(from),
                span.end.saturating_sub(from),
                part,
            );
            match words {
                None => AnnotationKind::Primary.span(range),
                Some(words) => AnnotationKind::Context.span(range).label(shown(words)),
            }
        };
        Snippet::source(part)
            .line_start(self.source.line_and_column(from).0)
            .annotations(spans.iter().map(annotation).collect::<Vec<_>>())
    }

    fn line_of(&self, byte: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= byte.min(self.text.len()))
            .saturating_sub(1)
    }
}

fn cell_path(name: &str, cell: &Cell) -> String {
    format!("{}, cell {}", shown(name), shown(&cell.name))
}

/// A span within the text that ends on the line on which it begins.
fn clamped(start: usize, end: usize, text: &str) -> std::ops::Range<usize> {
    let boundary = |mut i: usize| {
        while i < text.len() && !text.is_char_boundary(i) {
            i += 1;
        }
        i.min(text.len())
    };
    let start = boundary(start);
    let line_end = text[start..]
        .find(['\r', '\n'])
        .map_or(text.len(), |i| start + i);
    start..boundary(end).clamp(start, line_end.max(start))
}

/// The text with hidden characters replaced by visible ones of the same length in bytes, so that
/// spans still hold.
fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\r' | '\t' => c,
        c if is_hidden(c) => match c.len_utf8() {
            1 => '?',
            2 => '\u{b7}',
            3 => '\u{fffd}',
            _ => '\u{1f78d}',
        },
        c => c,
    };
    text.chars().map(shown).collect()
}
