//! The files in the output folder besides the packs: lock, journal, and the report. None of them replaces a file of
//! the user's.

use std::path::{Path, PathBuf};

use crate::batch::journal::{Earlier, Journal};
use crate::batch::lock;
use crate::error::Result;
use crate::pack::{Prepared, hash_of, plain_file, refuse_file, set_aside, there};
use crate::world::World;

/// The files of a report.
const FACES: [&str; 5] = [
    "report.json",
    "report.csv",
    "report.xlsx",
    "report.html",
    "worklist.html",
];

/// Returns the name of a file of the report. The reports of parts have other names than the merged one.
pub fn face(shard: Option<&str>, name: &str) -> String {
    let parts = shard.zip(name.split_once('.'));
    parts.map_or_else(
        || name.to_owned(),
        |(shard, (stem, extension))| format!("{stem}-{}.{extension}", shard.replace('/', "-of-")),
    )
}

/// Refuses to run if a file at the place of an output must not be replaced. `world` knows which files the run has
/// read.
///
/// # Errors
/// A place is taken.
pub fn refuse(out: &Path, shard: Option<&str>, world: &dyn World) -> Result<()> {
    let lock = out.join(lock::NAME);
    if let Some(found) = there(&lock)? {
        plain_file(&lock, &found)?;
    }
    // The journals are trusted only once they are found to be journals.
    refuse_file(&Journal::path(out, shard), || true, world)?;
    let known = Earlier::read(out, world)?;
    for name in FACES.map(|name| face(shard, name)) {
        let path = out.join(&name);
        let is_known = || {
            known.names(&name) || hash_of(&path, world).is_some_and(|hash| known.has(&name, hash))
        };
        refuse_file(&path, is_known, world)?;
    }
    Ok(())
}

/// Writes the files of a report, all or none. A file that somebody changed since it was written is renamed first.
/// Returns a note for each.
///
/// # Errors
/// A place is taken, or a file cannot be renamed.
pub fn write(
    files: Vec<Prepared>,
    out: &Path,
    shard: Option<&str>,
    world: &dyn World,
) -> Result<Vec<String>> {
    refuse(out, shard, world)?;
    let journal = Journal::read(out, shard, world)?;
    journal.begin()?;
    let name = |file: &Prepared| {
        let path = file.path();
        let below = path.strip_prefix(out).unwrap_or(path);
        let parts = below.iter().map(|part| part.to_string_lossy());
        parts.collect::<Vec<_>>().join("/")
    };
    // Files in folders of clients are checked here, since only now is it known which files there are.
    for file in &files {
        let name = name(file);
        let known = journal.earlier();
        let is_known = || {
            let hash = hash_of(file.path(), world);
            known.names(&name) || hash.is_some_and(|hash| known.has(&name, hash))
        };
        refuse_file(file.path(), is_known, world)?;
    }
    // Noted first: if the run is killed in between, the next run still recognises the file.
    for file in &files {
        journal.note_face(&name(file), file.sha256)?;
    }
    let mut notes = Vec::new();
    for file in files {
        let (name, known) = (name(&file), journal.earlier());
        let sha256 = file.sha256;
        let is_known = |hash| hash == sha256 || known.has(&name, hash);
        notes.extend(aside(file.path(), is_known, world)?);
        file.persist(is_known, world)?;
    }
    Ok(notes)
}

/// Renames a file that this program did not write in its present form.
fn aside(
    path: &Path,
    is_known: impl Fn(crate::domain::Sha256) -> bool,
    world: &dyn World,
) -> Result<Option<String>> {
    if there(path)?.is_none() || hash_of(path, world).is_some_and(is_known) {
        return Ok(None);
    }
    let aside: PathBuf = set_aside(path)?;
    Ok(Some(format!(
        "`{}` was changed after clspack wrote it; the changed file is now `{}`",
        path.display(),
        aside.display()
    )))
}
