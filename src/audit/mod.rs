//! Computes a pack again from the manifest and the evidence in it, and compares everything that comes out.
//!
//! Hashes only show that a pack is as somebody left it. Manifest and evidence show what belongs in it: under
//! the same rules, templates and release they give the same bytes. What cannot be computed again, because
//! the pack was made by another release or from templates of the applicant's own, is listed in a warning; what the
//! pack says of itself there must at least agree.

mod again;
mod claims;
mod compare;
mod findings;
mod ground;
mod inside;

use std::path::Path;

use crate::diag::{Code, Finding, Place};
use crate::domain::text::shown;
use crate::error::Result;
use crate::pack::verify::{self, Looked, PLAN, PROVENANCE, Verdict};
use crate::world::World;

/// What came of reading a pack back and of computing it again.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    pub verdict: Verdict,
    /// How many files were computed again and came out the same.
    pub n_recomputed: usize,
    /// What was not computed again, and why.
    pub not_recomputed: Vec<String>,
    /// Whether plan or documents are among it, so that only the inventory speaks for them.
    pub is_only_listed: bool,
}

/// How many files that differ are named.
const NAMED: usize = 20;

/// What came of computing a pack again.
#[derive(Debug, Default)]
struct Again {
    /// What another release would find different, too, each with how.
    lasting: Vec<Difference>,
    /// Files that came out different, each with how.
    differences: Vec<Difference>,
    /// What could not be computed again, and why.
    unknown: Vec<String>,
    /// What of it are plan or documents, for which only the inventory speaks.
    only_listed: Vec<String>,
    /// How many files came out the same.
    n_same: usize,
}

/// What differs: of which kind it is, where, and how.
type Difference = (Code, String, String);

impl Again {
    /// Notes what may come out otherwise in another release.
    fn differs(&mut self, path: &str, message: impl Into<String>) {
        let code = Code::RecomputedDiffers;
        self.differences
            .push((code, path.to_owned(), message.into()));
    }

    /// Notes what is wrong whatever the release.
    fn lasts(&mut self, code: Code, path: &str, message: impl Into<String>) {
        self.lasting.push((code, path.to_owned(), message.into()));
    }

    /// Notes that plan or documents cannot be computed again, and why.
    fn cannot(&mut self, what: impl Into<String>) {
        let what = what.into();
        self.only_listed.push(what.clone());
        self.unknown.push(what);
    }

    /// Returns the paths of what is known to differ.
    fn paths(&self) -> impl Iterator<Item = &String> {
        let all = self.lasting.iter().chain(&self.differences);
        all.map(|(_, path, _)| path)
    }
}

/// Reads a pack back and computes it again.
///
/// # Errors
/// It cannot be opened at all. Whatever is wrong inside is a finding.
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

/// Where another release made a pack, other documents are no fault. What depends on no release is one, since the name
/// of a release is only what the pack says of itself.
fn leave_to_release(again: &mut Again, other_release: Option<String>) {
    if let Some(release) = other_release.filter(|_| !again.differences.is_empty()) {
        let here = env!("CARGO_PKG_VERSION");
        again.cannot(format!(
            "plan, documents and records: clspack {release} made the pack, and clspack {here} gives other ones"
        ));
        again.differences.clear();
    }
}

/// Takes in what came of computing a pack again.
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
