//! Decides whether the pack of an earlier run is still up to date.

use crate::batch::journal::{Journal, Made, Stamp};
use crate::batch::report::RebuildReason;
use crate::batch::settings::Settings;
use crate::case::Case;
use crate::domain::Sha256;
use crate::pack::verify::verify;
use crate::pack::{FORMAT, INVENTORY, hash_of};
use crate::world::{World, unwatched};

/// Returns the hash of the pack if it is whole and nothing that it was made from has changed; otherwise why to make
/// it again.
pub(crate) fn up_to_date(
    pack: &str,
    stamp: &Stamp,
    settings: &Settings<'_>,
    journal: &Journal,
    world: &dyn World,
) -> std::result::Result<Sha256, RebuildReason> {
    let Made { sha256, stamp: of } = journal.made(pack).ok_or(RebuildReason::New)?;
    if settings.fresh {
        return Err(RebuildReason::Asked);
    }
    if let Some(why) = stamp.changed_since(of) {
        return Err(why);
    }
    let path = settings.out.join(pack);
    // A pack that is read back here is an output, and must not count as an input.
    let world = unwatched(world);
    if world.kind(&path).is_err() {
        return Err(RebuildReason::Lost);
    }
    let is_whole = if settings.folders {
        verify(&path, world).is_ok_and(|verdict| verdict.findings.is_empty())
            && hash_of(&path.join(INVENTORY), world) == Some(*sha256)
    } else {
        hash_of(&path, world) == Some(*sha256)
    };
    is_whole.then_some(*sha256).ok_or(RebuildReason::Altered)
}

pub(crate) fn stamp(case: &Case, settings: &Settings<'_>) -> Stamp {
    let mut evidence: Vec<String> = case
        .evidence
        .files
        .iter()
        .map(|file| format!("{} {}\n", file.path, file.sha256))
        .collect();
    evidence.extend(
        case.signed()
            .map(|file| format!("signed {}\n", file.sha256)),
    );
    let plan = case.plan.as_ref();
    let rules: Vec<String> = plan
        .into_iter()
        .flat_map(|plan| &plan.rules)
        .map(|edition| format!("{} {}\n", edition.path, edition.sha256))
        .collect();
    let mut templates: Vec<String> = settings
        .templates
        .of_packs()
        .map(|(name, _, hash)| format!("{name} {hash}\n"))
        .collect();
    templates.extend(
        case.own
            .iter()
            .map(|(kind, own)| format!("{kind} {}\n", own.sha256())),
    );
    let day = plan.map(|plan| plan.on.to_string()).unwrap_or_default();
    let manifest = format!("{} {day}", Sha256::of(&case.manifest.bytes));
    let hash = |parts: &[String]| Sha256::of(parts.concat().as_bytes());
    Stamp {
        manifest: hash(&[manifest]),
        evidence: hash(&evidence),
        rules: hash(&rules),
        templates: hash(&templates),
        tool: format!(
            "{} {} {FORMAT}",
            env!("CARGO_PKG_NAME"),
            env!("CARGO_PKG_VERSION")
        ),
    }
}
