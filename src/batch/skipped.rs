//! Files that a search for products leaves out although they may be products. They are reported once, so that nobody
//! misses them.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::{Path, PathBuf};

use crate::batch::inputs::is_sheet;
use crate::batch::paths::{INVENTORY, MANIFEST, above, name_of};
use crate::diag::nearest::nearest;
use crate::world::{Found, Kind, World};

/// How many entries of a hidden folder are searched.
const MOST_HIDDEN: usize = 10_000;

type Note = (String, &'static str);
/// Why a file is left out, and what to do about it.
type Reason = (&'static str, &'static str);

const RENAME: &str = "rename it to `manifest.yaml` if it is a product";
const ITSELF: &str = "pass it as an input, too, if it contains products";

/// What a search found besides manifests.
#[derive(Debug, Default)]
pub(super) struct Skipped {
    /// The folders with a manifest, and those that are packs.
    products: BTreeSet<String>,
    packs: BTreeSet<String>,
    /// Folders with files that look like evidence.
    evidence: BTreeSet<String>,
    /// The files that are left out, by path.
    left: BTreeMap<String, (ReportIf, Reason)>,
}

/// When a file that was left out is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ReportIf {
    Anywhere,
    /// Unless it is deeper in the folder of a product, which may use it.
    NotOfProduct,
    /// Only if no manifest is beside it, either.
    InsteadOfManifest,
}

impl Skipped {
    /// Records a file, link or device.
    pub(super) fn record(&mut self, found: &Found, world: &dyn World) {
        let path = &found.path;
        let name = name_of(path);
        let parent = above(path).next().unwrap_or_default().to_owned();
        if name == INVENTORY {
            self.packs.insert(parent);
            return;
        }
        if !found.is_file {
            let left = left_link(found, world);
            self.left.extend(left.map(|left| (path.clone(), left)));
            return;
        }
        if name == MANIFEST {
            self.products.insert(parent);
            return;
        }
        let left = left_file(name);
        self.left.extend(left.map(|left| (path.clone(), left)));
        if looks_like_evidence(name) {
            self.evidence.insert(parent);
        }
    }

    /// Looks into a hidden folder, which is not searched for products.
    pub(super) fn hidden(&mut self, folder: &Path, path: &str, world: &dyn World) {
        let n_seen = Cell::new(0_usize);
        let count = || n_seen.replace(n_seen.get() + 1) < MOST_HIDDEN;
        let mut inside = Self::default();
        world.walk(&folder.join(path), &|_| count(), &mut |one| {
            if let Ok(one) = one
                && count()
            {
                inside.record(&one, world);
            }
        });
        let is_product =
            |product: &String| !above(product).any(|parent| inside.packs.contains(parent));
        let mut products = inside.products.iter();
        let has_product =
            products.any(|product| !inside.packs.contains(product) && is_product(product));
        let why = if has_product {
            "a hidden folder with a manifest, left out"
        } else if n_seen.get() >= MOST_HIDDEN {
            "a hidden folder, too large to be looked through for manifests"
        } else {
            return;
        };
        let why = (why, "pass it as an input, too, if it contains products");
        self.left.insert(path.to_owned(), (ReportIf::Anywhere, why));
    }

    pub(super) fn is_in_pack(&self, path: &str) -> bool {
        above(path).any(|parent| self.packs.contains(parent))
    }

    /// Returns the notes, and the folders with evidence but no manifest.
    pub(super) fn notes(&self, folder: &Path) -> (Vec<Note>, Vec<PathBuf>) {
        let left = self.left.iter().filter(|(path, (left, _))| {
            let is_of_product = above(path).skip(1).any(|one| self.products.contains(one));
            let is_beside = above(path).take(1).any(|one| self.products.contains(one));
            let is_reported = match left {
                ReportIf::Anywhere => true,
                ReportIf::NotOfProduct => !is_of_product,
                ReportIf::InsteadOfManifest => !is_of_product && !is_beside,
            };
            is_reported && !self.is_in_pack(path)
        });
        let left: Vec<_> = left.collect();
        let notes = left.iter().map(|(path, (_, (why, help)))| {
            (format!("{}: {why}", folder.join(path).display()), *help)
        });
        let near: BTreeSet<&str> = left
            .iter()
            .filter(|(_, (_, (_, help)))| *help == RENAME)
            .filter_map(|(path, _)| above(path).next())
            .collect();
        let orphans = self.orphans(&near);
        let orphans = orphans.into_iter().map(|path| folder.join(path));
        (notes.collect(), orphans.collect())
    }

    /// Returns the topmost folders with evidence somewhere in them, and no manifest in, above or below them. A file
    /// that is almost called a manifest has a note already.
    fn orphans(&self, near: &BTreeSet<&str>) -> BTreeSet<&str> {
        let is_product = |path: &str| self.products.contains(path) || near.contains(path);
        let mut orphans = BTreeSet::new();
        for path in &self.evidence {
            let line: Vec<&str> = std::iter::once(path.as_str()).chain(above(path)).collect();
            let is_taken = |path: &&str| is_product(path) || self.packs.contains(*path);
            if line.iter().any(is_taken) {
                continue;
            }
            let has_product = |folder: &str| {
                let below = format!("{folder}/");
                let from = (Bound::Included(below.as_str()), Bound::Unbounded);
                let product = self.products.range::<str, _>(from).next();
                let nearly = near.range::<str, _>(from).next().copied();
                let first = [product.map(String::as_str), nearly];
                let mut first = first.into_iter().flatten();
                first.any(|product| product.starts_with(&below))
            };
            let mut topmost_first = line.iter().rev();
            let topmost = topmost_first.find(|folder| !folder.is_empty() && !has_product(folder));
            orphans.extend(topmost);
        }
        orphans
    }
}

/// Returns true for folders that are never products: version control, and output that is being written.
pub(super) fn is_passed_over(name: &str) -> bool {
    matches!(name, ".git" | ".hg" | ".svn") || name.starts_with(".clspack-")
}

/// Returns why a file may be a product or contain products.
fn left_file(name: &str) -> Option<(ReportIf, Reason)> {
    const OTHER_NAME: &str = "left out, since it is not named `manifest.yaml`";
    let lower = name.to_lowercase();
    if lower == MANIFEST || lower == "manifest.yml" {
        return Some((ReportIf::NotOfProduct, (OTHER_NAME, RENAME)));
    }
    if is_nearly_a_manifest(&lower) {
        return Some((ReportIf::InsteadOfManifest, (OTHER_NAME, RENAME)));
    }
    // Excel keeps a `~$` file for each open workbook; reports are our own output.
    let is_workbook =
        is_sheet(Path::new(&lower)) && Path::new(&lower).extension() != Some("csv".as_ref());
    let is_workbook = is_workbook && !lower.starts_with("~$") && !lower.starts_with("report");
    let why = (
        "a workbook, which is read only if it is named itself",
        ITSELF,
    );
    is_workbook.then_some((ReportIf::NotOfProduct, why))
}

/// Returns true for a misspelling or a copy of the manifest's name: `manifset.yaml`, `manifest.yaml.txt`,
/// `manifest.json`, `manifest (1).yaml`.
fn is_nearly_a_manifest(lower: &str) -> bool {
    let (stem, end) = lower.split_once('.').unwrap_or((lower, ""));
    let is_yaml = matches!(
        end,
        "yaml" | "yml" | "yaml.txt" | "yml.txt" | "yaml.yaml" | "yaml.yml"
    );
    let may_be = is_yaml || matches!(end, "" | "txt" | "json" | "yam" | "yaml.bak" | "yaml~");
    let is_copy = is_yaml && stem.contains("manifest");
    is_copy || (may_be && nearest(stem, ["manifest"]).is_some())
}

/// Returns why a link or a device may be a product or contain products.
fn left_link(found: &Found, world: &dyn World) -> Option<(ReportIf, Reason)> {
    if name_of(&found.path) == MANIFEST {
        let why = "left out, since it is no plain file but a link or a device";
        return Some((ReportIf::Anywhere, (why, "put the file itself there")));
    }
    let leads = world.kind(&found.at).is_ok_and(|kind| kind == Kind::Folder);
    leads.then_some((
        ReportIf::NotOfProduct,
        ("a link to a folder, which is not followed", ITSELF),
    ))
}

/// Returns true for usual kinds of evidence: PDF files, pictures, bills of materials. Word files are as often
/// templates.
fn looks_like_evidence(name: &str) -> bool {
    let lower = name.to_lowercase();
    let ends = [
        ".pdf",
        ".png",
        ".jpg",
        ".jpeg",
        ".cdx.json",
        ".spdx.json",
        ".spdx",
    ];
    ends.iter().any(|end| lower.ends_with(end))
}
