//! A finding as text for people, with the lines that it is about; the one file that knows the renderer.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title,
};

use crate::diag::{Finding, Origins, Place, Severity, SourceFile, Span};
use crate::domain::text::is_hidden;

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
            .primary_title(finding.message.as_str())
            .id(finding.code.number());
        let mut group = match self.origins.locate(&finding.place) {
            Some(span) if !self.text.is_empty() => title.element(self.snippet(finding, span)),
            _ => self.with_name(title, &finding.place),
        };
        if let Some(note) = &finding.note {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        if let Some(source) = &finding.source {
            group = group.element(Level::NOTE.with_name("source").message(source.to_string()));
        }
        group = group.element(Level::HELP.message(finding.help.as_str()));
        self.renderer.render(&[group])
    }

    fn with_name<'f>(&'f self, title: Title<'f>, place: &'f Place) -> Group<'f> {
        let name = match place {
            Place::File(name) => name,
            Place::Field(_) | Place::Key(_) | Place::Bytes(_) => &self.source.name,
        };
        title.element(Origin::path(name.as_str()))
    }

    /// Shows the lines from the first place to the last; the rest of the text is not handed to the
    /// renderer, which would read it anew for each finding.
    fn snippet<'f>(&'f self, finding: &'f Finding, span: Span) -> Snippet<'f, Annotation<'f>> {
        let also = finding
            .also
            .iter()
            .filter_map(|(place, words)| Some((self.origins.locate(place)?, words.as_str())));
        let also: Vec<(Span, &str)> = also.collect();
        let spans = || std::iter::once(span).chain(also.iter().map(|(span, _)| *span));
        let first = self.line_of(spans().map(|span| span.start).min().unwrap_or(0));
        let last = self.line_of(spans().map(|span| span.start).max().unwrap_or(0));
        let from = self.starts[first];
        let to = self
            .starts
            .get(last + 1)
            .copied()
            .unwrap_or(self.text.len());
        let part = &self.text[from..to];
        let shift = |span: Span| {
            clamped(
                span.start.saturating_sub(from),
                span.end.saturating_sub(from),
                part,
            )
        };
        let others = also
            .iter()
            .map(|(span, words)| AnnotationKind::Context.span(shift(*span)).label(*words));
        Snippet::source(part)
            .line_start(first + 1)
            .path(self.source.name.as_str())
            .annotation(AnnotationKind::Primary.span(shift(span)))
            .annotations(others.collect::<Vec<_>>())
    }

    fn line_of(&self, byte: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= byte.min(self.text.len()))
            .saturating_sub(1)
    }
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
