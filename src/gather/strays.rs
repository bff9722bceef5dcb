//! Files in `evidence/` that the manifest does not name: forgotten, or left over from an earlier version.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;

use crate::diag::{Code, Finding, Place, told};
use crate::domain::text::{composed, shown};
use crate::domain::{Application, field};
use crate::gather::{Folders, named};
use crate::world::World;

/// The folder for evidence.
pub(super) const FOLDER: &str = "evidence";
/// How many files and folders are listed.
const MOST: usize = 20_000;
/// How many a message names.
const NAMED: usize = 3;

/// Warns of files in the evidence folder that the application does not name, except those that are reported already.
/// If another manifest or a spreadsheet is beside the manifest, that one may name them, so nothing is reported.
pub fn strays(
    world: &dyn World,
    folders: &Folders,
    application: &Application,
    reported: BTreeSet<String>,
) -> Option<Finding> {
    let here = here(folders.layer(0));
    let below = here.join(FOLDER);
    if !is_own(world, here, &below) || has_others(world, here) {
        return None;
    }
    let mut known = named_below(application);
    known.extend(reported);
    let strays = listed(world, &below, FOLDER, &known);
    let first = strays.first()?;
    let names: Vec<String> = strays
        .iter()
        .take(NAMED)
        .map(|path| format!("`{}`", shown(path)))
        .collect();
    let more = match strays.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let message = match strays.len() {
        1 => told(|m| format!("{m} does not name `{}`", shown(first))),
        n => told(|m| {
            let names = names.join(", ");
            format!("{m} does not name {n} files in `{FOLDER}/`: {names}{more}")
        }),
    };
    let place = Place::Key(field!(evidence));
    let help =
        "name each file as evidence, or move it out of the folder; the pack does not contain it";
    Some(Finding::new(Code::EvidenceUnnamed, place, message, help))
}

/// Returns the folder itself, which a manifest without a folder has, too.
pub(super) fn here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    }
}

/// Returns false for a linked folder, which may be shared with other applications.
pub(super) fn is_own(world: &dyn World, here: &Path, below: &Path) -> bool {
    let real = |path: &Path| world.real_path(path).ok();
    let (Some(here), Some(below)) = (real(here), real(below)) else {
        return false;
    };
    here.join(FOLDER) == below
}

/// Returns the files that the manifest itself names, in lower case, also those that others replaced.
pub(super) fn named_below(application: &Application) -> BTreeSet<String> {
    let paths = named(application);
    let exhibits = application.exhibits();
    let replaced = exhibits.iter().flat_map(|(_, exhibit)| &exhibit.replaces);
    let all = paths.values().copied().chain(replaced);
    let own = all.filter(|path| path.root() == 0);
    own.map(|path| composed(path.as_str()).to_lowercase())
        .collect()
}

/// Returns true if another file beside the manifest may name evidence.
pub(super) fn has_others(world: &dyn World, folder: &Path) -> bool {
    let mut n_others = 0;
    world.walk(folder, &|_| false, &mut |one| {
        let name = one
            .map(|found| found.path.to_lowercase())
            .unwrap_or_default();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        n_others += match ending {
            "yaml" | "yml" => 1,
            "xlsx" | "csv" | "tsv" => 2,
            _ => 0,
        };
    });
    n_others > 1
}

/// Lists the unknown files in a folder by their paths, which begin with `name`, without following links.
pub(super) fn listed(
    world: &dyn World,
    folder: &Path,
    name: &str,
    known: &BTreeSet<String>,
) -> Vec<String> {
    let n_seen = Cell::new(0_usize);
    let may_go_on = || {
        n_seen.set(n_seen.get() + 1);
        n_seen.get() <= MOST
    };
    let mut strays = Vec::new();
    let enter = |path: &str| may_go_on() && !is_of_system(path);
    world.walk(folder, &enter, &mut |one| {
        let Ok(found) = one else { return };
        let path = format!("{name}/{}", composed(&found.path));
        let is_known = known.contains(&path.to_lowercase());
        if may_go_on() && found.is_file && !is_of_system(&found.path) && !is_known {
            strays.push(path);
        }
    });
    strays.sort();
    strays
}

/// Returns true for files that systems and programs add to folders, and for notes such as a readme.
pub(super) fn is_of_system(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let starts = [
        ".",
        "~$",
        "__macosx",
        "thumbs.db",
        "desktop.ini",
        "ehthumbs",
        "readme",
        "icon\r",
    ];
    let ends = [".tmp", ".bak", "~", ".swp"];
    starts.iter().any(|start| name.starts_with(start)) || ends.iter().any(|end| name.ends_with(end))
}
