//! The products of a batch: manifests, their variants, rows of sheets. `paths` finds the files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::batch::paths::{MANIFEST, Search};
use crate::batch::rows::{self, Row};
use crate::case::{self, Family, OnDisk};
use crate::diag::Finding;
use crate::domain::Sha256;
use crate::error::{Error, Result};
use crate::gather::Folders;
use crate::manifest::{self, Manifest};
use crate::sheet::Mapping;
use crate::world::World;

/// Where a product comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// A manifest, or one of its variants.
    Manifest {
        path: PathBuf,
        /// The manifest as it was read, and the number of the variant, from 0. Nothing without variants: such a
        /// manifest is read when it is planned, since a batch may have ten thousand.
        variant: Option<(Arc<Family>, usize)>,
    },
    /// A row of a sheet.
    Row(Row),
}

/// A product to work on.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The name that the user knows: the file and variant, or the row.
    pub name: String,
    pub source: Source,
    /// Findings about its row; they block the product.
    pub findings: Vec<Finding>,
}

#[derive(Debug, Default)]
pub struct Inputs {
    /// The products, in the order of the input.
    pub units: Vec<Unit>,
    /// Findings about the inputs themselves.
    pub findings: Vec<Finding>,
    /// Notes, each with what to do, for example about manifests that were left out.
    pub notes: Vec<(String, &'static str)>,
    /// Folders that could not be read, and may contain products.
    pub faults: Vec<Error>,
}

impl Inputs {
    /// Returns the hash of the list of products, by which parts of one batch recognise each other.
    pub(crate) fn sha256(&self) -> Sha256 {
        let names: Vec<&str> = self.units.iter().map(|unit| unit.name.as_str()).collect();
        Sha256::of(names.join("\n").as_bytes())
    }
}

impl Unit {
    pub(crate) fn path(&self) -> &Path {
        match &self.source {
            Source::Manifest { path, .. } => path,
            Source::Row(row) => &row.path,
        }
    }

    /// Reads the product's manifest.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn read(&self, world: &dyn World) -> Result<(Manifest, Folders)> {
        let changed = || Error::Changed(self.name.clone());
        match &self.source {
            Source::Manifest {
                variant: Some((family, variant)),
                ..
            } => {
                let manifest = family.manifests.variant(*variant);
                Ok((manifest.ok_or_else(changed)?, family.folders.clone()))
            }
            Source::Manifest {
                path,
                variant: None,
            } => {
                let family = case::family(path, world)?;
                // If the file has variants by now, none of them may take its place.
                let manifest = family.manifests.without_variants();
                Ok((manifest.ok_or_else(changed)?, family.folders))
            }
            Source::Row(row) => {
                let mut bases = OnDisk::new(row.folder(), world);
                let manifest = manifest::of_row(&self.name, &row.fields(), &mut bases);
                Ok((manifest, bases.folders))
            }
        }
    }
}

/// Finds the products of all inputs. The output folder `out` is skipped, since packs contain manifests too.
///
/// # Errors
/// An input cannot be read, or has no product.
pub fn collect(
    inputs: &[PathBuf],
    out: &Path,
    mapping: &Mapping,
    world: &dyn World,
) -> Result<Inputs> {
    let mut found = Inputs::default();
    let mut search = Search::new(out, world);
    let mut paths = Vec::new();
    for input in inputs {
        paths.extend(search.expand(input)?);
    }
    found.faults = search.faults;
    found.notes = search.notes;
    let orphans = search.orphans;
    let mut seen = BTreeSet::new();
    paths.retain(|path| seen.insert(world.real_path(path).unwrap_or_else(|_| path.clone())));
    let read: Vec<_> = paths
        .iter()
        .map(|path| {
            let is_manifest = !is_sheet(path);
            is_manifest.then(|| case::family_at_a_glance(path, world))?
        })
        .collect();
    let below = read.iter().flatten().flat_map(|family| &family.bases);
    let below = below.cloned().collect();
    orphaned(orphans, &below, &paths, world, &mut found);
    let bases = unnamed(below, inputs, world);
    for (path, family) in paths.into_iter().zip(read) {
        let resolved = || world.real_path(&path).unwrap_or_else(|_| path.clone());
        if is_sheet(&path) {
            if let Err(fault) = rows::add(&path, mapping, world, &mut found) {
                found.faults.push(fault);
            }
        } else if bases.contains(&resolved()) {
            let name = path.display();
            let note = format!("{name}: left out, since other manifests extend it");
            found
                .notes
                .push((note, "name it beside the others if it is a product itself"));
        } else {
            add(&path, family, &mut found);
        }
    }
    if found.units.is_empty() && found.findings.is_empty() {
        let nothing = || Error::Usage("the inputs contain no product".to_owned());
        return Err(found.faults.pop().unwrap_or_else(nothing));
    }
    Ok(found)
}

/// Removes the bases that were named as inputs.
fn unnamed(
    mut bases: BTreeSet<PathBuf>,
    inputs: &[PathBuf],
    world: &dyn World,
) -> BTreeSet<PathBuf> {
    let folders = inputs.iter().map(|input| input.join(MANIFEST));
    let named = inputs.iter().cloned().chain(folders);
    for path in named.filter_map(|input| world.real_path(&input).ok()) {
        bases.remove(&path);
    }
    bases
}

/// Reports folders with evidence but no manifest, unless a base or a sheet of the batch may name the files in them.
fn orphaned(
    orphans: Vec<PathBuf>,
    bases: &BTreeSet<PathBuf>,
    paths: &[PathBuf],
    world: &dyn World,
    found: &mut Inputs,
) {
    let real = |path: &Path| world.real_path(path).unwrap_or_else(|_| path.to_path_buf());
    let sheets = paths.iter().filter(|path| is_sheet(path));
    let sheets: BTreeSet<PathBuf> = sheets
        .filter_map(|path| Some(real(path).parent()?.to_path_buf()))
        .collect();
    for folder in orphans {
        let here = real(&folder);
        let has_base = bases.iter().any(|base| base.starts_with(&here));
        let is_of_sheet = sheets.iter().any(|sheet| here.starts_with(sheet));
        if !has_base && !is_of_sheet {
            let name = folder.display();
            let note = format!(
                "{name}: left out, since it contains files that look like evidence, but no `{MANIFEST}`"
            );
            let help = "write its manifest with `clspack init` if it is a product";
            found.notes.push((note, help));
        }
    }
    let mut seen = BTreeSet::new();
    found.notes.retain(|note| seen.insert(note.clone()));
    found.notes.sort();
}

/// Adds a manifest, or each of its variants. A manifest that cannot be read fails alone, when it is planned.
fn add(path: &Path, family: Option<Family>, found: &mut Inputs) {
    let unit = |name, variant| Unit {
        name,
        findings: Vec::new(),
        source: Source::Manifest {
            path: path.to_path_buf(),
            variant,
        },
    };
    let name = path.display();
    let names = family.as_ref().map(|family| family.manifests.variants());
    let Some((family, names)) = family.zip(names.filter(|names| !names.is_empty())) else {
        found.units.push(unit(name.to_string(), None));
        return;
    };
    let family = Arc::new(family);
    let variants = names.iter().enumerate().map(|(i, variant)| {
        unit(
            format!("{name}, variant {variant}"),
            Some((Arc::clone(&family), i)),
        )
    });
    found.units.extend(variants);
}

pub(super) fn is_sheet(path: &Path) -> bool {
    matches!(
        extension(path).as_str(),
        "xlsx"
            | "csv"
            | "xls"
            | "xlsb"
            | "xlsm"
            | "xltx"
            | "xltm"
            | "ods"
            | "tsv"
            | "tab"
            | "numbers"
    )
}

fn extension(path: &Path) -> String {
    path.extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase()
}
