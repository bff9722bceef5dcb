//! What is recorded of an application, from a pack or from a project that was planned.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::assemble;
use crate::case::Case;
use crate::domain::Sha256;
use crate::manifest::{self, Tree};
use crate::pack::Records;
use crate::plan::Plan;
use crate::render::{self, Purpose, Templates};
use crate::world::World;

/// The state of an application, to be compared with another.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The manifest, with its bases; nothing if it cannot be read.
    pub(super) manifest: Option<Tree>,
    pub(super) plan: Value,
    pub(super) provenance: Value,
    /// The hash of each file of evidence, by its path in the pack.
    pub(super) evidence: BTreeMap<String, Sha256>,
    /// The hash of the signed declaration.
    pub(super) signed: Option<Sha256>,
}

impl Recorded {
    /// Reads the records of a pack; nothing if it is no pack, or if somebody changed its records.
    pub fn of_pack(pack: &Path, world: &dyn World) -> Option<Self> {
        let records = Records::read(pack, world)?;
        let signed = render::signed_copy(records.files.keys());
        let signed = signed.and_then(|path| records.files.get(path)).copied();
        let mut evidence = records.files;
        evidence.retain(|path, _| path.starts_with("evidence/"));
        Some(Self {
            manifest: manifest::tree_of(&records.manifest),
            plan: records.plan,
            provenance: records.provenance,
            evidence,
            signed,
        })
    }

    /// Returns what a pack of a case would record.
    pub fn of_case(case: &Case, plan: &Plan, templates: &Templates) -> Self {
        let files = case.evidence.files.iter();
        Self {
            manifest: manifest::tree_of(&case.manifest.bytes),
            plan: assemble::recorded(plan, &case.manifest),
            provenance: assemble::provenance(case, plan, "", Purpose::Final, templates),
            evidence: files
                .map(|file| (file.path.in_pack(), file.sha256))
                .collect(),
            signed: case.signed().map(|file| file.sha256),
        }
    }
}
