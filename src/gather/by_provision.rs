//! Folders that are named like a provision, such as `evidence/5.1-1/`: the files in them are evidence of the answer to
//! that provision, without being listed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::diag::{Code, Finding, Place};
use crate::domain::text::{composed, shown};
use crate::domain::{Answer, Application, EvidencePath, FieldPath, field};
use crate::gather::folder_names::{Meant, meant};
use crate::gather::nearby::Listing;
use crate::gather::strays::{FOLDER, has_others, here, is_of_system, is_own, listed, named_below};
use crate::gather::{Folders, Looks};
use crate::world::World;

/// The most files in the folder of one provision.
const MOST: usize = 500;
/// How many files a message names.
const NAMED: usize = 3;

/// What came of the folders of provisions.
#[derive(Debug, Default)]
pub struct PickedUp {
    pub findings: Vec<Finding>,
    /// Files that a finding is about already, by their paths in lower case.
    pub reported: BTreeSet<String>,
}

/// The files in the folder of one provision.
#[derive(Default)]
struct Contents {
    paths: Vec<String>,
    left_out: Vec<String>,
    is_unreadable: bool,
}

/// Adds the files in folders of provisions to the answers of an application. `ids` are the provisions that the rules
/// know. If several products share the folder, an answer that lists evidence has all that it needs.
pub fn pick_up(
    world: &dyn World,
    folders: &Folders,
    application: &mut Application,
    ids: &[&str],
    is_variant: bool,
    looks: &Looks,
) -> PickedUp {
    let is_shared = is_variant || has_others(world, here(folders.layer(0)));
    let mut picked = PickedUp::default();
    let mut left_out = Vec::new();
    let mut done = BTreeSet::new();
    for layer in 0..folders.n_layers() {
        let below = here(folders.layer(layer)).join(FOLDER);
        if !is_own(world, here(folders.layer(layer)), &below) {
            continue;
        }
        let listing = looks.folder(&below, || Listing::of(world, &below));
        for name in listing.folders() {
            // The folder beside the manifest counts, not the one beside its base.
            if ids.contains(&name) && done.insert(name.to_owned()) {
                let contents = contents(world, looks, &below, name);
                let found = take(application, name, layer, contents, is_shared, &mut left_out);
                picked.take_in(found);
            } else if layer == 0 && !is_shared {
                picked.take_in(misnamed(world, application, &below, name, ids));
            }
        }
    }
    picked.findings.extend(what_was_left_out(&left_out));
    picked
}

impl PickedUp {
    fn take_in(&mut self, (finding, files): (Option<Finding>, Vec<String>)) {
        if finding.is_some() {
            self.reported
                .extend(files.iter().map(|path| path.to_lowercase()));
        }
        self.findings.extend(finding);
    }
}

/// Lists the files below a folder, each folder once a batch.
fn contents(world: &dyn World, looks: &Looks, below: &Path, name: &str) -> Contents {
    let mut contents = Contents::default();
    let mut open: Vec<(PathBuf, String)> = vec![(below.join(name), format!("{FOLDER}/{name}"))];
    while let Some((at, path)) = open.pop() {
        let listing = looks.folder(&at, || Listing::of(world, &at));
        contents.is_unreadable |= listing.is_unreadable();
        for file in listing.files() {
            let path = format!("{path}/{}", composed(file));
            if is_no_evidence(file) || listing.is_link(file) {
                contents.left_out.push(path);
            } else {
                contents.paths.push(path);
            }
        }
        for folder in listing.folders() {
            let path = format!("{path}/{}", composed(folder));
            if is_of_system(folder) {
                contents.left_out.push(format!("{path}/"));
            } else {
                open.push((at.join(folder), path));
            }
        }
        if contents.paths.len() > MOST {
            break;
        }
    }
    contents.paths.sort();
    contents.left_out.sort();
    contents
}

/// Returns true for files of systems and programs, and for notes about the folder.
fn is_no_evidence(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_note = matches!(name.as_str(), "readme" | "readme.md" | "readme.txt");
    is_note || is_of_system(&name) && !name.starts_with("readme")
}

/// Adds the files to the answer that they belong to.
fn take(
    application: &mut Application,
    id: &str,
    layer: usize,
    contents: Contents,
    is_shared: bool,
    left_out: &mut Vec<String>,
) -> (Option<Finding>, Vec<String>) {
    let Contents {
        paths,
        left_out: others,
        is_unreadable,
    } = contents;
    let is_unknown = application.provisions.is_faulty() || application.lifecycle.is_faulty();
    let Some(answer) = answer_to(application, id) else {
        let is_quiet = is_shared || is_unknown || layer > 0;
        let unnamed = unnamed(application, paths);
        let finding = unanswered(id, &unnamed).filter(|_| !is_quiet);
        return (finding, unnamed);
    };
    if is_shared && !answer.evidence.is_missing() {
        return (None, Vec::new());
    }
    let place = answer.field().key("evidence");
    left_out.extend(others);
    if is_unreadable || paths.len() > MOST {
        return (Some(unusable(id, is_unreadable, place)), paths);
    }
    let known: BTreeSet<String> = answer
        .evidence
        .iter()
        .map(|one| composed(one.path.as_str()))
        .collect();
    for path in paths.iter().filter(|path| !known.contains(*path)) {
        match path.parse::<EvidencePath>() {
            Ok(path) if !path.as_str().contains(char::REPLACEMENT_CHARACTER) => {
                answer.evidence.push(path.seen_from(layer).into());
            }
            _ => return (Some(unnameable(path, place)), vec![path.clone()]),
        }
    }
    (None, Vec::new())
}

fn answer_to<'a>(application: &'a mut Application, id: &str) -> Option<&'a mut Answer> {
    let answers = application.provisions.iter_mut();
    let mut answers = answers.chain(application.lifecycle.iter_mut());
    answers.find(|answer| answer.id.as_str() == id)
}

/// Returns the files that the manifest does not name.
fn unnamed(application: &Application, mut paths: Vec<String>) -> Vec<String> {
    let named = named_below(application);
    paths.retain(|path| !named.contains(&path.to_lowercase()));
    paths
}

fn unanswered(id: &str, paths: &[String]) -> Option<Finding> {
    let first = paths.first()?;
    let what = match paths.len() {
        1 => format!("`{}` is", shown(first)),
        n => format!("the {n} files in `{FOLDER}/{id}/` are"),
    };
    let message = format!("{what} not in the pack, since `{id}` is not answered");
    let help = format!("answer `{id}`, or move the files out of `{FOLDER}/`");
    let place = Place::Key(field!(provisions));
    Some(Finding::new(Code::FolderUnanswered, place, message, help))
}

fn unusable(id: &str, is_unreadable: bool, place: FieldPath) -> Finding {
    let (why, help) = if is_unreadable {
        (
            "cannot be read",
            "ask for permission to read the folder, or copy its files again",
        )
    } else {
        (
            "has more than 500 files",
            "keep the files that show how the provision is met, or put them into one PDF file",
        )
    };
    let message = format!("`{FOLDER}/{id}/` {why}");
    Finding::at(Code::EvidenceFolderUnusable, place, message, help)
}

fn unnameable(path: &str, place: FieldPath) -> Finding {
    let message = format!("`{}` has a name that no manifest can have", shown(path));
    let help = "rename the file with letters, digits, hyphens and points";
    Finding::at(Code::EvidenceFolderUnusable, place, message, help)
}

/// Reports a folder that people take for the folder of a provision, with files that nothing else names.
fn misnamed(
    world: &dyn World,
    application: &Application,
    below: &Path,
    name: &str,
    ids: &[&str],
) -> (Option<Finding>, Vec<String>) {
    let Some(meant) = meant(name, ids) else {
        return (None, Vec::new());
    };
    let named = named_below(application);
    let folder = composed(name);
    let paths = listed(
        world,
        &below.join(name),
        &format!("{FOLDER}/{folder}"),
        &named,
    );
    if paths.is_empty() {
        return (None, Vec::new());
    }
    let files = match paths.len() {
        1 => "1 file".to_owned(),
        n => format!("{n} files"),
    };
    let name = shown(&folder);
    let (message, help) = match meant {
        Meant::Provision(id) => (
            format!(
                "`{FOLDER}/{name}/` has {files}, and its name is not quite the number of a provision"
            ),
            format!("rename the folder to `{id}`, or list its files under the answer"),
        ),
        Meant::Unknown => (
            format!(
                "`{FOLDER}/{name}/` has {files}, and the rules know no provision of this number"
            ),
            "rename the folder to the number that is meant; `clspack explain` lists all".to_owned(),
        ),
    };
    let place = Place::Key(field!(evidence));
    let finding = Finding::new(Code::FolderMisnamed, place, message, help);
    (Some(finding), paths)
}

/// What systems and repositories leave in folders.
const LITTER: &[&str] = &[
    "/.DS_Store",
    "/Thumbs.db",
    "/desktop.ini",
    "/.directory",
    "/.gitkeep",
    "/.gitignore",
];

/// Returns one finding for all files that were left out.
fn what_was_left_out(paths: &[String]) -> Option<Finding> {
    // What a system or a repository leaves in every folder says nothing.
    let is_keeper = |path: &&String| LITTER.iter().any(|name| path.ends_with(name));
    let paths: BTreeSet<&String> = paths.iter().filter(|path| !is_keeper(path)).collect();
    let shown_first: Vec<String> = paths
        .iter()
        .take(NAMED)
        .map(|path| format!("`{}`", shown(path)))
        .collect();
    let more = match paths.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let message = match paths.len() {
        0 => return None,
        1 => format!("{} is not picked up", shown_first.concat()),
        n => format!(
            "{n} files in the folders of provisions are not picked up: {}{more}",
            shown_first.join(", ")
        ),
    };
    let help = "delete what a system or a program left there; list a file that is evidence under its answer";
    let note =
        "hidden files, files of systems and programs, notes about a folder and links are left out";
    let place = Place::Key(field!(evidence));
    Some(Finding::new(Code::FilesLeftOut, place, message, help).because(note))
}
