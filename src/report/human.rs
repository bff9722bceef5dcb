//! A finding as text for people, with the lines that it is about; the one file that knows the renderer.
//!
//! What is shown of a finding is bounded: long lines are cut around what is wrong, lines far apart are shown
//! each separately, and of very many places or findings of one kind the first ones, with the number of the rest.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title,
};

use crate::diag::source::PartView;
use crate::diag::{Code, Finding, Located, Origins, Severity, SourceFile, Span};
use crate::domain::text::{is_hidden, visible as shown};

/// The longest line that is shown whole, in bytes.
const MAX_LINE: usize = 400;
/// How much of a longer line is shown before and after the beginning of what is wrong, in bytes.
const AROUND: (usize, usize) = (60, 120);
/// How far apart two places may be to be shown in one excerpt, in bytes.
const MAX_GAP: usize = 4000;
/// The most further places that are shown of a finding.
const MAX_PLACES: usize = 10;
/// From how many findings of one kind on only the first are shown, and how many of them.
const MANY: usize = 1000;
const FIRST: usize = 100;

/// Whether the text has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// For a terminal.
    On,
    /// For a file, a pipe, or where colour is not wanted.
    Off,
}

/// A manifest made ready for showing findings in it.
#[derive(Debug)]
pub struct SourceView<'a> {
    source: &'a SourceFile,
    origins: &'a Origins,
    /// The text with hidden characters made visible, so that a manifest cannot write on the terminal.
    text: String,
    /// Where each line begins.
    starts: Vec<usize>,
    renderer: Renderer,
}

impl<'a> SourceView<'a> {
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

    /// Returns findings as texts. Of more than a thousand of one kind the first hundred are shown, and their
    /// number; as JSON there are all.
    pub fn findings<'f>(&'f self, findings: &'f [Finding]) -> impl Iterator<Item = String> + 'f {
        let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
        for finding in findings {
            *counts.entry(finding.code).or_default() += 1;
        }
        counts.retain(|_, n| *n > MANY);
        let mut left: BTreeMap<Code, usize> = counts.keys().map(|code| (*code, FIRST)).collect();
        let shown = findings.iter().filter_map(move |finding| {
            if let Some(left) = left.get_mut(&finding.code) {
                *left = left.checked_sub(1)?;
            }
            Some(self.finding(finding))
        });
        let rest = counts.into_iter().map(|(code, n)| {
            format!(
                "{} more findings {code} are not shown; `clspack check --format json` lists all {n}",
                n - FIRST
            )
        });
        shown.chain(rest)
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
        let mut mended = Vec::new();
        let mut group = match self.origins.locate(&finding.place) {
            Some(_) if !self.text.is_empty() => self.with_snippets(title, finding, &mut mended),
            _ => self.with_name(title, finding),
        };
        if let Some(n_more) = finding
            .also
            .len()
            .checked_sub(MAX_PLACES)
            .filter(|n| *n > 0)
        {
            group = group.element(Level::NOTE.message(format!("and {n_more} more places")));
        }
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
        mended.iter().fold(text, |text, (shown, place)| {
            text.replacen(shown.as_str(), place, 1)
        })
    }

    /// Returns the places of a finding that are shown: its own, then the first of the others.
    fn places<'f>(&self, finding: &'f Finding) -> Vec<(Span, Option<&'f str>)> {
        let own = self.origins.locate(&finding.place).map(|span| (span, None));
        let also = finding.also.iter().take(MAX_PLACES);
        let also = also
            .filter_map(|(place, words)| Some((self.origins.locate(place)?, Some(words.as_str()))));
        own.into_iter().chain(also).collect()
    }

    fn with_name<'f>(&'f self, title: Title<'f>, finding: &'f Finding) -> Group<'f> {
        let at = Located {
            field: None,
            ..Located::of(finding, self.source, self.origins)
        };
        title.element(Origin::path(shown(&at.to_string())))
    }

    /// Shows each stretch of the text that a finding names, that of its own place first. A stretch runs from a
    /// place to the next ones that are near; the rest of the text is not handed to the renderer, which would
    /// read it again for each finding.
    /// `mended` takes the places that the renderer words wrongly: it counts columns in what is left of a long
    /// line, and a cell is a place of its own.
    fn with_snippets<'f>(
        &'f self,
        title: Title<'f>,
        finding: &'f Finding,
        mended: &mut Vec<(String, String)>,
    ) -> Group<'f> {
        let mut group = Group::with_title(title);
        let mut spans = self.places(finding);
        while let Some((first, _)) = spans.first().copied() {
            let part = self.source.part(first.start).start;
            let near = |span: Span| {
                self.source.part(span.start).start == part
                    && span.start.abs_diff(first.start) <= MAX_GAP
            };
            let (here, others) = spans.into_iter().partition(|(span, _)| near(*span));
            spans = others;
            let view = self.source.part(part);
            let excerpt = self.excerpt(&here, view);
            let (line, column) = self.source.line_and_column(first.start);
            let at = excerpt.column;
            let located = Located::within(self.source, first);
            // A cell and a line of a mapping have no lines of their own.
            let is_file = located.cell.is_none() && located.column.is_some();
            let path = if is_file {
                shown(&located.file)
            } else {
                shown(&located.to_string())
            };
            if !is_file {
                mended.push((format!("{path}:{line}:{at}"), path.clone()));
            } else if at != column {
                let place = |column| format!("{path}:{line}:{column}\n");
                mended.push((place(at), place(column)));
            }
            group = group.element(excerpt.snippet().path(path));
        }
        group
    }

    /// Returns the lines of one part that hold these places, long ones cut.
    fn excerpt<'f>(&'f self, spans: &[(Span, Option<&'f str>)], view: PartView<'f>) -> Excerpt<'f> {
        let starts = || spans.iter().map(|(span, _)| span.start);
        let first = self.line_of(starts().min().unwrap_or(0));
        let last = self.line_of(starts().max().unwrap_or(0));
        let from = self.starts[first].max(view.start);
        let mut excerpt = Excerpt {
            line: self.source.line_and_column(from).0,
            first: spans.first().map_or(0, |(span, _)| span.start),
            ..Excerpt::default()
        };
        for line in first..=last {
            let start = self.starts[line].max(view.start);
            let next = self.starts.get(line + 1).copied();
            let end = next.unwrap_or(self.text.len()).min(view.end);
            let of_line = |(span, _): &&(Span, _)| self.line_of(span.start) == line;
            let spans: Vec<_> = spans.iter().filter(of_line).copied().collect();
            excerpt.add(&self.text, start..end.max(start), &spans);
        }
        excerpt
    }

    fn line_of(&self, byte: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= byte.min(self.text.len()))
            .saturating_sub(1)
    }
}

/// Lines to be shown, and what is marked in them.
#[derive(Default)]
struct Excerpt<'f> {
    text: String,
    /// The number of its first line.
    line: usize,
    marks: Vec<(Range<usize>, Option<&'f str>)>,
    /// The byte of the whole text at which what comes first begins.
    first: usize,
    /// Its column here, as the renderer counts it.
    column: usize,
}

impl<'f> Excerpt<'f> {
    /// Adds a line. Of a long one what is around its marks is kept.
    fn add(&mut self, text: &str, line: Range<usize>, spans: &[(Span, Option<&'f str>)]) {
        let before = self.text.len();
        let kept = kept(text, &line, spans);
        let mut places = Vec::new();
        for (i, piece) in kept.iter().enumerate() {
            if piece.start > line.start {
                self.text.push('…');
            }
            places.push((piece.clone(), self.text.len()));
            self.text.push_str(&text[piece.clone()]);
            if i + 1 == kept.len() && piece.end < line.end {
                self.text.push_str("…\n");
            }
        }
        for (span, words) in spans {
            let found = places
                .iter()
                .rev()
                .find(|(piece, _)| piece.start <= span.start);
            let Some((piece, at)) = found else { continue };
            let shown = &text[piece.clone()];
            let range = clamped(
                span.start.saturating_sub(piece.start),
                span.end.saturating_sub(piece.start),
                shown,
            );
            if span.start == self.first {
                let line = &self.text[before..at + range.start];
                self.column = line.chars().count() + 1;
            }
            self.marks.push((at + range.start..at + range.end, *words));
        }
    }

    fn snippet(self) -> Snippet<'f, Annotation<'f>> {
        let annotation = |(range, words): (Range<usize>, Option<&'f str>)| match words {
            None => AnnotationKind::Primary.span(range),
            Some(words) => AnnotationKind::Context.span(range).label(shown(words)),
        };
        Snippet::source(self.text)
            .line_start(self.line)
            .annotations(self.marks.into_iter().map(annotation).collect::<Vec<_>>())
    }
}

/// Returns what is kept of a line: all of it, or what is around each mark, in order.
fn kept(text: &str, line: &Range<usize>, spans: &[(Span, Option<&str>)]) -> Vec<Range<usize>> {
    if line.len() <= MAX_LINE {
        return vec![line.clone()];
    }
    let boundary = |mut i: usize| {
        while i < line.end && !text.is_char_boundary(i) {
            i += 1;
        }
        i.clamp(line.start, line.end)
    };
    let mut starts: Vec<usize> = spans.iter().map(|(span, _)| span.start).collect();
    starts.sort_unstable();
    let mut kept: Vec<Range<usize>> = Vec::new();
    for start in starts
        .into_iter()
        .chain(spans.is_empty().then_some(line.start))
    {
        let piece = boundary(start.saturating_sub(AROUND.0))..boundary(start + AROUND.1);
        match kept.last_mut() {
            Some(last) if piece.start <= last.end => last.end = piece.end.max(last.end),
            _ => kept.push(piece),
        }
    }
    kept
}

/// A span within the text that ends on the line on which it begins.
fn clamped(start: usize, end: usize, text: &str) -> Range<usize> {
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
