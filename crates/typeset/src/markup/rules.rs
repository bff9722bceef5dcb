//! The subset as a table: which elements exist, what they may contain, and which attributes and classes they take.
//! Rules about order, number and values are in `check.rs`.

/// What an element may contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Allowed {
    /// These elements and no text.
    Only(&'static [&'static str]),
    Text,
    /// Text and text elements, or small blocks.
    TextOrBlocks,
    Characters,
    Nothing,
    /// Anything: the content of an unknown element.
    Anything,
}

#[derive(Debug)]
pub(super) struct Rule {
    pub allowed: Allowed,
    /// The attributes it takes, besides class.
    pub attributes: &'static [&'static str],
    pub classes: &'static [&'static str],
}

/// The elements that make up a text.
pub(super) const BLOCKS: &[&str] = &[
    "h1", "h2", "h3", "p", "ul", "ol", "table", "dl", "section", "div", "hr", "img",
];
/// The blocks that cells and list items may contain.
pub(super) const SMALL_BLOCKS: &[&str] = &["p", "ul", "ol", "img"];
pub(super) const INLINE: &[&str] = &["b", "strong", "i", "em", "small", "code", "a", "br", "span"];
const BODY: &[&str] = &[
    "header", "footer", "main", "h1", "h2", "h3", "p", "ul", "ol", "table", "dl", "section", "div",
    "hr", "img",
];

/// The rule of an element; none if the element is not in the subset.
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
    /// Returns true if this element may be a direct child.
    pub(super) fn allows(self, name: &str) -> bool {
        match self {
            Self::Only(names) => names.contains(&name),
            Self::Text => INLINE.contains(&name),
            Self::TextOrBlocks => INLINE.contains(&name) || SMALL_BLOCKS.contains(&name),
            Self::Characters | Self::Nothing => false,
            Self::Anything => true,
        }
    }

    /// Returns true if text may be a direct child.
    pub(super) fn allows_text(self) -> bool {
        matches!(
            self,
            Self::Text | Self::TextOrBlocks | Self::Characters | Self::Anything
        )
    }
}
