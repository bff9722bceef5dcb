//! Computes a pack again from the manifest and the evidence in it, and compares everything that comes out.
//!
//! Hashes only show that a pack is as somebody left it. Manifest and evidence show what belongs in it: under
//! the same rules, templates and release they give the same bytes. What cannot be computed again, because
//! the pack was made by another release or from templates of the applicant's own, is listed and no fault.

mod again;
mod compare;
mod findings;
mod ground;
mod inside;

use std::path::Path;

use crate::diag::{Code, Finding, Place};
use crate::domain::text::shown;
use crate::error::Result;
use crate::pack::verify::{self, Looked, PLAN, Verdict};
use crate::world::World;

/// What came of reading a pack back and of computing it again.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// What came of it.
    pub verdict: Verdict,
    /// How many files were computed again and came out the same.
    pub n_recomputed: usize,
    /// What was not computed again, and why.
    pub not_recomputed: Vec<String>,
}

/// How many files that differ are named.
const NAMED: usize = 20;

/// What came of computing a pack again.
#[derive(Debug, Default)]
struct Again {
    /// Files that came out different, each with how.
    differences: Vec<(Code, String, String)>,
    /// What could not be computed again, and why.
    unknown: Vec<String>,
    /// How many files came out the same.
    n_same: usize,
}

impl Again {
    fn differs(&mut self, path: &str, message: impl Into<String>) {
        self.add(Code::RecomputedDiffers, path, message);
    }

    fn add(&mut self, code: Code, path: &str, message: impl Into<String>) {
        self.differences
            .push((code, path.to_owned(), message.into()));
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
    let again = again::compute(&pack, world);
    take(&mut audit, again, ground.other_release());
    Ok(audit)
}

/// Takes in what came of computing a pack again. Where another release made it, a difference is no fault.
fn take(audit: &mut Audit, again: Again, other_release: Option<String>) {
    audit.n_recomputed = again.n_same;
    audit.not_recomputed = again.unknown;
    let n_different = again.differences.len();
    if n_different == 0 {
        return;
    }
    if let Some(release) = other_release {
        let here = env!("CARGO_PKG_VERSION");
        audit.not_recomputed.push(format!(
            "plan, documents and records: clspack {release} made the pack, and clspack {here} gives other ones"
        ));
        return;
    }
    let help = "do not file the pack; make it again from the manifest and evidence that you trust";
    let say = |code, path: &str, message: String| {
        Finding::new(code, Place::File(shown(path)), message, help)
    };
    for (code, path, message) in again.differences.into_iter().take(NAMED) {
        audit.verdict.findings.push(say(code, &path, message));
    }
    if n_different > NAMED {
        let message = format!("{} more differences were found", n_different - NAMED);
        audit
            .verdict
            .findings
            .push(say(Code::RecomputedDiffers, PLAN, message));
    }
}
