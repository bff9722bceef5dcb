//! A finding as text for people, with the lines that it is about; the one file that knows the renderer.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diag::{Finding, Origins, Severity, SourceFile, Span};

/// Whether the text bears colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// For a terminal.
    On,
    /// For a file, a pipe, or where colour is not wanted.
    Off,
}

/// Returns a finding as text. The codes of the control characters that a text may hold are spelt out,
/// so that a manifest cannot write on the terminal.
pub fn finding(
    finding: &Finding,
    source: &SourceFile,
    origins: &Origins,
    colour: Colour,
) -> String {
    let level = match finding.severity() {
        Severity::Error => Level::ERROR,
        Severity::Confirm => Level::INFO.with_name("confirm"),
        Severity::Warning => Level::WARNING,
    };
    let text = visible(&source.text);
    let group = level
        .primary_title(finding.message.as_str())
        .id(finding.code.number());
    let group = match origins.locate(&finding.place) {
        Some(span) => group.element(snippet(finding, source, origins, &text, span)),
        None => with_origin(group, finding, source),
    };
    let mut group = group;
    if let Some(note) = &finding.note {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(citation) = &finding.source {
        group = group.element(
            Level::NOTE
                .with_name("source")
                .message(citation.to_string()),
        );
    }
    group = group.element(Level::HELP.message(finding.help.as_str()));
    let renderer = match colour {
        Colour::On => Renderer::styled(),
        Colour::Off => Renderer::plain(),
    };
    renderer.term_width(120).render(&[group])
}

fn with_origin<'a>(
    title: annotate_snippets::Title<'a>,
    finding: &'a Finding,
    source: &'a SourceFile,
) -> Group<'a> {
    let name = match &finding.place {
        crate::diag::Place::File(name) => name,
        crate::diag::Place::Field(_)
        | crate::diag::Place::Key(_)
        | crate::diag::Place::Bytes(_) => &source.name,
    };
    title.element(Origin::path(name.as_str()))
}

fn snippet<'a>(
    finding: &'a Finding,
    source: &'a SourceFile,
    origins: &Origins,
    text: &'a str,
    span: Span,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let annotations = finding.also.iter().filter_map(|(place, words)| {
        Some(
            AnnotationKind::Context
                .span(clamped(origins.locate(place)?, text))
                .label(words.as_str()),
        )
    });
    Snippet::source(text)
        .path(source.name.as_str())
        .annotation(AnnotationKind::Primary.span(clamped(span, text)))
        .annotations(annotations.collect::<Vec<_>>())
}

/// A span within the text that shows at least one character where there is one, and one line at most.
fn clamped(span: Span, text: &str) -> std::ops::Range<usize> {
    let boundary = |mut i: usize| {
        while i < text.len() && !text.is_char_boundary(i) {
            i += 1;
        }
        i.min(text.len())
    };
    let start = boundary(span.start);
    let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    start..boundary(span.end).clamp(start, line_end.max(start))
}

/// The text with hidden characters replaced by visible ones of the same length in bytes, so that
/// spans still hold.
fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' => c,
        c if crate::domain::text::hidden_character(
            &c.to_string(),
            crate::domain::text::Lines::One,
        )
        .is_some() =>
        {
            match c.len_utf8() {
                1 => '?',
                2 => '\u{b7}',
                3 => '\u{fffd}',
                _ => '\u{1f78d}',
            }
        }
        c => c,
    };
    text.chars().map(shown).collect()
}
