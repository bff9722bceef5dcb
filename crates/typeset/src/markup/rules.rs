//! The subset as a table: which elements exist, what they may hold, which
//! attributes and classes they may carry.
//!
//! It promises to be the one place to look at, or change, to know the subset.
//!
//! Not here: rules about order, number and values (`check.rs`).

/// What an element may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Allowed {
    /// These elements and no text.
    Only(&'static [&'static str]),
    Text,
    /// Text and text elements, or small blocks.
    TextOrBlocks,
    Characters,
    Nothing,
    /// Whatever: the inside of an element that is not known.
    Anything,
}

/// The rule of one element.
#[derive(Debug)]
pub(super) struct Rule {
    pub allowed: Allowed,
    /// The attributes it may carry, besides class.
    pub attributes: &'static [&'static str],
    /// The classes it may carry.
    pub classes: &'static [&'static str],
}

/// The elements that make up a text.
pub(super) const BLOCKS: &[&str] = &[
    "h1", "h2", "h3", "p", "ul", "ol", "table", "dl", "section", "div", "hr", "img",
];
/// The blocks that cells and list items may hold.
pub(super) const SMALL_BLOCKS: &[&str] = &["p", "ul", "ol", "img"];
/// The elements inside a line of text.
pub(super) const INLINE: &[&str] = &["b", "strong", "i", "em", "small", "code", "a", "br", "span"];
const BODY: &[&str] = &[
    "header", "footer", "main", "h1", "h2", "h3", "p", "ul", "ol", "table", "dl", "section", "div",
    "hr", "img",
];

/// The rule of an element, none when it is not in the subset.
pub(super) fn rule(name: &str) -> Option<Rule> {
    use Allowed::{Characters, Nothing, Only, Text, TextOrBlocks};
    let rule = match name {
        "html" => carries(Only(&["head", "body"]), &["lang", "xmlns"], &[]),
        "head" => plain(Only(&["title", "meta", "style"])),
        "title" | "style" => plain(Characters),
        "meta" => carries(Nothing, &["name", "content", "charset"], &[]),
        "body" => plain(Only(BODY)),
        "header" | "footer" => plain(Only(&["p", "img"])),
        "img" => carries(Nothing, &["src", "alt", "style"], &[]),
        "main" => plain(Only(BLOCKS)),
        "section" => carries(Only(BLOCKS), &[], &["keep"]),
        "div" => carries(Only(BLOCKS), &[], &["note", "signature"]),
        "p" => carries(Text, &[], &["small", "lead", "muted"]),
        "span" => carries(Text, &[], &["page", "pages", "nowrap"]),
        "a" => carries(Text, &["href"], &[]),
        "h1" | "h2" | "h3" | "b" | "strong" | "i" | "em" | "small" | "code" | "dt" => plain(Text),
        "br" => plain(Nothing),
        "hr" => carries(Nothing, &[], &["page-break"]),
        "ul" | "ol" => plain(Only(&["li"])),
        "li" | "dd" => plain(TextOrBlocks),
        "dl" => carries(Only(&["dt", "dd"]), &[], &["fill-in"]),
        "table" => plain(Only(&["colgroup", "thead", "tbody"])),
        "colgroup" => plain(Only(&["col"])),
        "col" => carries(Nothing, &["style"], &[]),
        "thead" | "tbody" => plain(Only(&["tr"])),
        "tr" => plain(Only(&["th", "td"])),
        "th" => carries(TextOrBlocks, &["scope"], &["nowrap"]),
        "td" => carries(TextOrBlocks, &[], &["nowrap"]),
        _ => return None,
    };
    Some(rule)
}

fn plain(allowed: Allowed) -> Rule {
    carries(allowed, &[], &[])
}

fn carries(
    allowed: Allowed,
    attributes: &'static [&'static str],
    classes: &'static [&'static str],
) -> Rule {
    Rule {
        allowed,
        attributes,
        classes,
    }
}

impl Allowed {
    /// Whether this element may stand directly inside.
    pub(super) fn allows(self, name: &str) -> bool {
        match self {
            Self::Only(names) => names.contains(&name),
            Self::Text => INLINE.contains(&name),
            Self::TextOrBlocks => INLINE.contains(&name) || SMALL_BLOCKS.contains(&name),
            Self::Characters | Self::Nothing => false,
            Self::Anything => true,
        }
    }

    /// Whether text may stand directly inside.
    pub(super) fn allows_text(self) -> bool {
        matches!(
            self,
            Self::Text | Self::TextOrBlocks | Self::Characters | Self::Anything
        )
    }
}
