//! The long text of every code, a page in `docs/findings`: what it means, why it matters, an example, what to do.
//!
//! `clspack explain` prints the page; `docs/diagnostics.md` lists all pages.

use include_dir::{Dir, include_dir};

use crate::diag::Code;

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/findings");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The meaning in a few words.
    pub title: &'static str,
    /// Why it matters, with the source if it follows from a rule.
    pub why: &'static str,
    /// What causes it, in a manifest or on the command line.
    pub example: &'static str,
    pub fix: &'static str,
}

pub fn explanation(code: Code) -> Option<Explanation> {
    let file = PAGES.get_file(format!("{code}.md"))?;
    parts(file.contents_utf8()?)
}

/// Parses a page: heading, title in bold with the severity, why, a block with the example, what to do.
fn parts(page: &'static str) -> Option<Explanation> {
    let (_, page) = page.split_once("\n\n**")?;
    let (title, page) = page.split_once(".** (")?;
    let (_, page) = page.split_once(")\n\n")?;
    let (why, page) = page.split_once("\n\n```text\n")?;
    let (example, fix) = page.split_once("\n```\n\n")?;
    let fix = fix.trim_end();
    Some(Explanation {
        title,
        why,
        example,
        fix,
    })
}
