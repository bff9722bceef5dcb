//! The long text of every code, a page each in `docs/findings`: what it says, why it matters, an example, what to do.
//!
//! `clspack explain` prints the page, and `docs/diagnostics.md` lists them.

use include_dir::{Dir, include_dir};

use crate::diag::Code;

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/findings");

/// The long text of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What it says, in a few words.
    pub title: &'static str,
    /// Why it matters, with the source where a rule is behind it.
    pub why: &'static str,
    /// What causes it, as a manifest or a command would show it.
    pub example: &'static str,
    /// What to do.
    pub fix: &'static str,
}

/// Returns the long text of a code.
pub fn explanation(code: Code) -> Option<Explanation> {
    let file = PAGES.get_file(format!("{code}.md"))?;
    parts(file.contents_utf8()?)
}

/// Takes a page apart: heading, title in bold with the severity, why, a block with the example, what to do.
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
