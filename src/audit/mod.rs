//! Makes a pack again from the manifest and the evidence in it, and compares everything.
//!
//! Hashes only show that a pack has not changed since somebody wrote it. Manifest and evidence determine its content:
//! under the same rules, templates and release they give the same bytes. Parts that cannot be computed again, because
//! another release or the applicant's own templates made them, are listed in a warning, and must at least agree with
//! each other.

mod again;
mod claims;
mod compare;
mod findings;
mod ground;
mod inside;
mod project;

use std::path::Path;

use crate::diag::{Code, Finding, Place};
use crate::domain::text::shown;
use crate::error::Result;
use crate::pack::verify::{self, Looked, PLAN, PROVENANCE, Verdict};
use crate::world::World;
pub use project::{not_a_pack, pack_at, project};

/// The result of reading a pack back and making it again.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    pub verdict: Verdict,
    /// How many files were computed again with the same result.
    pub n_recomputed: usize,
    /// The parts that were not computed again, and why.
    pub not_recomputed: Vec<String>,
    /// Whether plan or documents are among them, so that only the inventory confirms them.
    pub is_only_listed: bool,
}

/// How many files that differ are named.
const NAMED: usize = 20;

/// The result of making a pack again.
#[derive(Debug, Default)]
struct Again {
    /// Differences that every release would find.
    lasting: Vec<Difference>,
    /// Files with another result.
    differences: Vec<Difference>,
    /// Parts that could not be computed again, and why.
    unknown: Vec<String>,
    /// Plan and documents among them, which only the inventory confirms.
    only_listed: Vec<String>,
    n_same: usize,
}

/// A difference: its code, the path, and a description.
type Difference = (Code, String, String);

impl Again {
    /// Notes a difference that another release may not have.
    fn differs(&mut self, path: &str, message: impl Into<String>) {
        let code = Code::RecomputedDiffers;
        self.differences
            .push((code, path.to_owned(), message.into()));
    }

    /// Notes a difference in any release.
    fn lasts(&mut self, code: Code, path: &str, message: impl Into<String>) {
        self.lasting.push((code, path.to_owned(), message.into()));
    }

    /// Notes that plan or documents cannot be computed again, and why.
    fn cannot(&mut self, what: impl Into<String>) {
        let what = what.into();
        self.only_listed.push(what.clone());
        self.unknown.push(what);
    }

    fn paths(&self) -> impl Iterator<Item = &String> {
        let all = self.lasting.iter().chain(&self.differences);
        all.map(|(_, path, _)| path)
    }
}

/// Reads a pack back and makes it again.
///
/// # Errors
/// It cannot be opened at all. Every fault inside is a finding.
pub fn audit(path: &Path, world: &dyn World) -> Result<Audit> {
    let Looked {
        verdict,
        contents,
        sums,
        plan,
    } = verify::look(path, world)?;
    let mut audit = Audit {
        verdict,
        ..Audit::default()
    };
    let provenance = audit.verdict.provenance.clone();
    let (Some(contents), Some(plan), Some(provenance), true) =
        (contents, plan, provenance, audit.verdict.is_intact())
    else {
        let all = "plan and documents, since the pack is broken";
        audit.not_recomputed.push(all.to_owned());
        audit.is_only_listed = true;
        return Ok(audit);
    };
    let ground = ground::Ground::of(&provenance);
    let pack = again::Recorded {
        contents: &contents,
        sums: &sums,
        plan: &plan,
        provenance: &provenance,
        ground: &ground,
    };
    let mut again = again::compute(&pack, world);
    leave_to_release(&mut again, ground.other_release());
    if !again.only_listed.is_empty() {
        claims::check(&pack, &mut again);
    }
    add_findings(&mut audit, again);
    Ok(audit)
}

/// Accepts other documents in a pack of another release. Differences that no release explains stay faults, since a
/// pack can claim any release.
fn leave_to_release(again: &mut Again, other_release: Option<String>) {
    if let Some(release) = other_release.filter(|_| !again.differences.is_empty()) {
        let here = env!("CARGO_PKG_VERSION");
        again.cannot(format!(
            "plan, documents and records: clspack {release} made the pack, and clspack {here} gives other ones"
        ));
        again.differences.clear();
    }
}

/// Adds the findings of making a pack again.
fn add_findings(audit: &mut Audit, again: Again) {
    audit.n_recomputed = again.n_same;
    audit.not_recomputed = again.unknown;
    audit.is_only_listed = !again.only_listed.is_empty();
    let n_different = again.lasting.len() + again.differences.len();
    let help = "do not file the pack; make it again from the manifest and evidence that you trust";
    let say = |code, path: &str, message: String| {
        Finding::new(code, Place::File(shown(path)), message, help)
    };
    let findings = &mut audit.verdict.findings;
    let all = again.lasting.into_iter().chain(again.differences);
    for (code, path, message) in all.take(NAMED) {
        findings.push(say(code, &path, message));
    }
    if n_different > NAMED {
        let message = format!("{} more differences were found", n_different - NAMED);
        findings.push(say(Code::RecomputedDiffers, PLAN, message));
    }
    for what in again.only_listed.into_iter().take(NAMED) {
        let message = format!("not recomputed: {what}");
        let place = Place::File(PROVENANCE.to_owned());
        let help = "verify the pack with the release, rules and templates that made it, or compare its hash with one that you got in another way";
        findings.push(Finding::new(Code::PackNotRecomputed, place, message, help));
    }
}
