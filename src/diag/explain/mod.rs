//! The long text of every code: what it says, why it matters, an example, what to do.
//!
//! `clspack explain` prints it, and `docs/diagnostics.md` is written from it.

mod addresses;
mod batch;
mod evidence;
mod hidden;
mod identity;
mod manifest;
mod pack;
mod plan;
mod private;
mod rules;
mod sheet;
mod template;

use crate::diag::Code;

/// The long text of a code.
#[derive(Clone, Copy, Debug)]
pub struct Explanation {
    /// The code.
    pub code: Code,
    /// What it says, in a few words.
    pub title: &'static str,
    /// Why it matters, with the source where a rule is behind it.
    pub why: &'static str,
    /// What gives rise to it, as a manifest or a command would show it.
    pub example: &'static str,
    /// What to do.
    pub fix: &'static str,
}

/// Returns the long text of a code.
pub fn explanation(code: Code) -> Option<&'static Explanation> {
    [
        manifest::TEXTS,
        addresses::TEXTS,
        evidence::TEXTS,
        identity::TEXTS,
        hidden::TEXTS,
        plan::TEXTS,
        private::TEXTS,
        rules::TEXTS,
        pack::TEXTS,
        batch::TEXTS,
        sheet::TEXTS,
        template::TEXTS,
    ]
    .into_iter()
    .flatten()
    .find(|text| text.code == code)
}
