//! Shaping: runs of text in, broken lines of positioned glyphs out. Lines have a fixed height and baseline
//! for any mix of scripts. No line is wider than asked: long words and addresses are broken as a last resort.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use parley::fontique::FontStyle;
use parley::{
    BaseDirection, FontFamily, FontFamilyName, FontWeight, Layout, LayoutContext, LineHeight,
    OverflowWrap, TextStyle as ParleyStyle, TextWrapMode, WordBreak,
};

use super::block::Run;
use super::error::PdfError;
use super::fonts::{FontSet, LATIN_FAMILY};
use super::line::{Line, LineWriter};
use super::line_cache::LineCache;
use super::page::NodeId;
use super::script::{FallbackScript, Script, is_right_to_left};
use super::style::{self, TextStyle};

/// The shaping library counts styles with 16 bits.
const MOST_STRETCHES: usize = 60_000;

/// Shapes text; keep one for many documents, since its caches stay warm.
#[derive(Default)]
pub(super) struct Shaper {
    fonts: FontSet,
    context: LayoutContext<usize>,
    layout: Layout<usize>,
    /// The script whose face draws Han characters in a text without kana or hangul.
    han: Option<Script>,
    cache: LineCache,
}

/// A stretch of one run in one style.
struct Stretch {
    range: Range<usize>,
    run: usize,
    family: Option<&'static str>,
}

pub(super) struct Paragraph<'a> {
    pub runs: &'a [Run],
    pub nodes: &'a [Option<NodeId>],
    pub style: TextStyle,
}

impl Shaper {
    /// Sets which script the whole document needs, before its first line.
    pub(super) fn begin(&mut self, script: Script) {
        if script != Script::Latin {
            self.fonts.need_asian();
        }
        let japanese = script == Script::Japanese;
        self.han = Some(if japanese {
            Script::Japanese
        } else {
            Script::Chinese
        });
    }

    #[cfg(test)]
    pub(super) fn has_asian(&self) -> bool {
        self.fonts.has_asian()
    }

    /// Breaks a paragraph into lines no wider than `width`.
    pub(super) fn lines(
        &mut self,
        paragraph: &Paragraph<'_>,
        width: f32,
    ) -> Result<Vec<Line>, PdfError> {
        let key = LineCache::key(paragraph, width, self.han);
        let mut lines = if let Some(lines) = self.cache.get(&key) {
            lines
        } else {
            let lines = self.shaped(paragraph, width)?;
            self.cache.keep(key, lines.clone());
            lines
        };
        for text in lines.iter_mut().flat_map(|line| &mut line.texts) {
            text.node = paragraph.nodes.get(text.run).copied().flatten();
        }
        Ok(lines)
    }

    fn shaped(&mut self, paragraph: &Paragraph<'_>, width: f32) -> Result<Vec<Line>, PdfError> {
        let texts: Vec<Cow<'_, str>> = paragraph.runs.iter().map(|run| spaced(&run.text)).collect();
        let source: Rc<str> = texts.concat().into();
        let stretches = self.stretches(&texts, &source);
        if stretches.len() > MOST_STRETCHES {
            return Err(PdfError::Writer(
                "a paragraph changes its look too often".to_owned(),
            ));
        }
        self.shape(paragraph, &source, &stretches, width, true);
        let too_wide = self.layout.width() > width + 0.01;
        if too_wide && paragraph.runs.iter().any(|run| run.nowrap) {
            self.shape(paragraph, &source, &stretches, width, false);
        }
        self.collect(paragraph, &source)
    }

    /// Splits the text where a run ends and where hangul begins or ends, since hangul needs the Korean face even
    /// inside a Japanese text.
    fn stretches(&self, texts: &[Cow<'_, str>], source: &str) -> Vec<Stretch> {
        let base = match Script::of(source) {
            Script::Chinese => self.han.unwrap_or(Script::Chinese),
            other => other,
        };
        let mut stretches = Vec::with_capacity(texts.len());
        let mut start = 0;
        for (run, text) in texts.iter().enumerate() {
            if base == Script::Japanese {
                cut_hangul(text, start, run, &mut stretches);
            } else if !text.is_empty() {
                let range = start..start + text.len();
                stretches.push(Stretch {
                    range,
                    run,
                    family: base.family(),
                });
            }
            start += text.len();
        }
        stretches
    }

    fn shape(
        &mut self,
        paragraph: &Paragraph<'_>,
        source: &str,
        stretches: &[Stretch],
        width: f32,
        nowrap: bool,
    ) {
        let fallback = FallbackScript::all_in(source);
        for writing in &fallback {
            self.fonts.need(*writing);
        }
        let fonts = &mut self.fonts.context;
        let mut builder = self.context.style_run_builder(fonts, source, 1.0, false);
        builder.set_base_direction(if is_right_to_left(source) {
            BaseDirection::Rtl
        } else {
            BaseDirection::Ltr
        });
        for stretch in stretches {
            let run = &paragraph.runs[stretch.run];
            let families = families(stretch.family, &fallback);
            let mut look = look(run, paragraph.style, stretch.run, &families);
            // Korean writes spaces between words and breaks best at them.
            if stretch.family == Script::Korean.family() {
                look.word_break = WordBreak::KeepAll;
            }
            if run.nowrap && nowrap {
                look.text_wrap_mode = TextWrapMode::NoWrap;
            }
            let style = builder.push_style(look);
            builder.push_style_run(style, stretch.range.clone());
        }
        builder.build_into(&mut self.layout, source);
        self.layout.break_all_lines(Some(width));
    }

    fn collect(&self, paragraph: &Paragraph<'_>, source: &Rc<str>) -> Result<Vec<Line>, PdfError> {
        let style = paragraph.style;
        let above = (style.leading - (style::ASCENT + style::DESCENT) * style.size) / 2.0;
        let baseline = above + style::ASCENT * style.size;
        let mut lines = Vec::with_capacity(self.layout.len());
        for line in self.layout.lines() {
            let metrics = line.metrics();
            let mut writer = LineWriter::new(paragraph, source, baseline, line.text_range());
            for run in line.runs() {
                let font = run.font();
                let face = self.fonts.face(font.data.id(), font.index);
                let face = face.ok_or_else(|| PdfError::Writer("unknown font".to_owned()))?;
                writer.start_run(face, run.font_size(), run.synthesis().embolden());
                run.visual_clusters()
                    .try_for_each(|cluster| writer.cluster(&cluster))?;
            }
            let texts = writer.finish();
            lines.push(Line {
                texts,
                width: metrics.advance - metrics.hanging_advance,
            });
        }
        Ok(lines)
    }
}

fn cut_hangul(text: &str, start: usize, run: usize, stretches: &mut Vec<Stretch>) {
    for (offset, character) in text.char_indices() {
        let hangul = Script::of_character(character) == Script::Korean;
        let family = if hangul {
            Script::Korean
        } else {
            Script::Japanese
        }
        .family();
        let end = start + offset + character.len_utf8();
        match stretches.last_mut() {
            Some(last) if last.run == run && last.family == family => last.range.end = end,
            _ => stretches.push(Stretch {
                range: start + offset..end,
                run,
                family,
            }),
        }
    }
}

fn families(
    extra: Option<&'static str>,
    fallback: &[FallbackScript],
) -> Vec<FontFamilyName<'static>> {
    [Some(LATIN_FAMILY), extra]
        .into_iter()
        .flatten()
        .chain(fallback.iter().map(|fallback| fallback.family()))
        .map(FontFamilyName::named)
        .collect()
}

fn look<'a>(
    run: &Run,
    style: TextStyle,
    index: usize,
    families: &'a [FontFamilyName<'a>],
) -> ParleyStyle<'a, 'static, usize> {
    let bold = run.bold || style.bold;
    let size = if run.small {
        style.size * style::SMALL_RUN
    } else {
        style.size
    };
    ParleyStyle {
        font_family: FontFamily::List(families.into()),
        font_size: size,
        font_weight: if bold {
            FontWeight::BOLD
        } else {
            FontWeight::NORMAL
        },
        // There is no bold italic face; in a form, bold matters more.
        font_style: if run.italic && !bold {
            FontStyle::Italic
        } else {
            FontStyle::Normal
        },
        line_height: LineHeight::Absolute(style.leading),
        word_break: if run.code && is_digest(&run.text) {
            WordBreak::BreakAll
        } else {
            WordBreak::Normal
        },
        overflow_wrap: OverflowWrap::Anywhere,
        brush: index,
        font_variations: parley::FontVariations::empty(),
        font_features: parley::FontFeatures::empty(),
        ..ParleyStyle::default()
    }
}

/// Adds a space before every forced break, so that the words on both sides stay apart when the text is copied without
/// its lines.
fn spaced(text: &str) -> Cow<'_, str> {
    if text.contains('\n') {
        text.replace('\n', " \n").into()
    } else {
        text.into()
    }
}

/// Returns true if a text has a long stretch without a good place to break, such as a digest.
fn is_digest(text: &str) -> bool {
    text.split(|letter: char| !letter.is_ascii_alphanumeric())
        .any(|part| part.len() >= 24)
}
