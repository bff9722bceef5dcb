//! The files of a pack as a world of their own, under the names in its manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::domain::text::composed;
use crate::domain::{Application, Date, EvidencePath};
use crate::pack::contents::Contents;
use crate::render;
use crate::world::{Found, Kind, Walked, World};

/// The folder of the manifest in that world.
pub(super) const FOLDER: &str = "pack";

/// A world with the evidence of one pack and nothing else.
pub(super) struct Inside<'c> {
    contents: &'c Contents<'c>,
    real: &'c dyn World,
    /// The path of each file in the pack, by its path in this world.
    files: BTreeMap<PathBuf, String>,
    /// The files in the folders of provisions, which the manifest need not name. Only these are listed.
    picked_up: BTreeSet<String>,
}

impl<'c> Inside<'c> {
    /// Adds the files that an application names, and those that the recorded plan picked up.
    pub(super) fn new(
        contents: &'c Contents<'c>,
        application: &Application,
        plan: &Value,
        real: &'c dyn World,
    ) -> Self {
        let folder = Path::new(FOLDER);
        let mut files: BTreeMap<PathBuf, String> = application
            .evidence_paths()
            .into_iter()
            .map(|(_, path)| (folder.join(path.as_str()), composed(&path.in_pack())))
            .collect();
        let signed = application.declaration.signed.as_ref();
        let copy = signed.zip(signed_copy(contents));
        files.extend(copy.map(|(path, copy)| (folder.join(path.as_str()), copy)));
        let picked_up = picked_up(plan, application, contents);
        files.extend(picked_up.iter().map(|path| {
            let in_pack = composed(&path.in_pack());
            (folder.join(path.as_str()), in_pack)
        }));
        files.retain(|_, path| contents.files().contains_key(path));
        let is_there = |path: &EvidencePath| files.contains_key(&folder.join(path.as_str()));
        let picked_up = picked_up.iter().filter(|path| is_there(path));
        Self {
            contents,
            real,
            picked_up: picked_up.map(|path| path.as_str().to_owned()).collect(),
            files,
        }
    }
}

/// Returns the evidence of each answer that is in the folder of its provision. Whether the manifest lists it as well
/// makes no difference. A draft without a level records no answers, so that the names in the pack have to do.
pub(super) fn picked_up(
    plan: &Value,
    application: &Application,
    contents: &Contents<'_>,
) -> Vec<EvidencePath> {
    let answers = plan["provisions"]
        .as_array()
        .filter(|answers| !answers.is_empty());
    let Some(answers) = answers else {
        let folders = application
            .answers()
            .map(|answer| format!("evidence/{}/", answer.id));
        let folders: Vec<String> = folders.collect();
        let is_of_answer = |path: &&String| folders.iter().any(|folder| path.starts_with(folder));
        let paths = contents.files().keys().filter(is_of_answer);
        return paths.filter_map(|path| path.parse().ok()).collect();
    };
    let of_answer = |answer: &Value| {
        let folder = format!("evidence/{}/", answer["id"].as_str().unwrap_or_default());
        let files = answer["evidence"].as_array().cloned().unwrap_or_default();
        let files = files.into_iter().filter_map(move |file| {
            let path = file.as_str().filter(|path| path.starts_with(&folder))?;
            path.parse::<EvidencePath>().ok()
        });
        files.collect::<Vec<_>>()
    };
    answers.iter().flat_map(of_answer).collect()
}

/// Returns the path of the signed declaration in a pack.
pub(super) fn signed_copy(contents: &Contents<'_>) -> Option<String> {
    render::signed_copy(contents.files().keys()).cloned()
}

impl World for Inside<'_> {
    fn today(&self) -> Date {
        self.real.today()
    }

    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn kind(&self, path: &Path) -> io::Result<Kind> {
        let has = |file: &String| Path::new(FOLDER).join(file).starts_with(path);
        if path == Path::new(FOLDER)
            || !self.files.contains_key(path) && self.picked_up.iter().any(has)
        {
            return Ok(Kind::Folder);
        }
        let inside = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        let file = self.contents.files().get(inside);
        let file = file.ok_or(io::ErrorKind::NotFound)?;
        Ok(Kind::File(file.size))
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.kind(path).map(|_| path.to_path_buf())
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        let inside = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        self.contents.read(inside)
    }

    /// Lists the folders of provisions. Files beside the evidence are not in the pack.
    fn walk(&self, folder: &Path, enter: &dyn Fn(&str) -> bool, visit: &mut dyn FnMut(Walked)) {
        let mut entered: BTreeMap<String, bool> = BTreeMap::new();
        for path in &self.picked_up {
            let at = Path::new(FOLDER).join(path);
            let Ok(below) = at.strip_prefix(folder) else {
                continue;
            };
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            let path = parts.join("/");
            let mut folders = path.match_indices('/').map(|(end, _)| &path[..end]);
            let is_entered = folders.all(|folder| {
                let known = entered.get(folder).copied();
                known.unwrap_or_else(|| *entered.entry(folder.to_owned()).or_insert(enter(folder)))
            });
            if is_entered {
                visit(Ok(Found {
                    path,
                    at,
                    is_file: true,
                }));
            }
        }
    }
}
