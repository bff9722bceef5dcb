//! The records of a pack, read back without its documents.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::domain::Sha256;
use crate::pack::INVENTORY;
use crate::pack::contents::Contents;
use crate::pack::inventory;
use crate::pack::verify::{MANIFEST, MAX_RECORD, PLAN, PROVENANCE, Report};
use crate::world::World;

/// What a pack records of how it was made.
#[derive(Clone, Debug)]
pub struct Records {
    pub manifest: Vec<u8>,
    pub plan: Value,
    pub provenance: Value,
    /// The hash of each file in the inventory, by its path in composed form.
    pub files: BTreeMap<String, Sha256>,
}

impl Records {
    /// Reads the records; nothing if it is no pack, or if one of them differs from the inventory.
    pub fn read(pack: &Path, world: &dyn World) -> Option<Self> {
        let mut report = Report::default();
        let contents = Contents::open(pack, world, &mut report).ok()??;
        let sums = String::from_utf8(contents.bytes(INVENTORY, MAX_RECORD)?).ok()?;
        let sums = inventory::parse(&sums)?.lines;
        let record = |path: &str| {
            let bytes = contents.bytes(path, MAX_RECORD)?;
            let (_, listed) = sums.get(path)?;
            (Sha256::of(&bytes) == *listed).then_some(bytes)
        };
        let value = |path: &str| serde_json::from_slice(&record(path)?).ok();
        Some(Self {
            manifest: record(MANIFEST)?,
            plan: value(PLAN)?,
            provenance: value(PROVENANCE)?,
            files: sums
                .iter()
                .map(|(path, (_, hash))| (path.clone(), *hash))
                .collect(),
        })
    }
}
