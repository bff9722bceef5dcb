//! What a run writes into its output folder beside the packs: lock, journal, and the files of the report. Nothing of
//! the user's is replaced by one of them.

use std::path::{Path, PathBuf};

use crate::batch::journal::{Journal, Known};
use crate::batch::lock;
use crate::error::Result;
use crate::pack::{Prepared, hash_of, plain_file, refuse_file, set_aside, there};
use crate::world::World;

/// The files of a report, by how their names end.
const FACES: [&str; 4] = ["json", "csv", "xlsx", "html"];

/// Returns the name of a file of the report. The reports of parts have other names than the merged one.
pub fn face(shard: Option<&str>, extension: &str) -> String {
    match shard {
        Some(shard) => format!("report-{}.{extension}", shard.replace('/', "-of-")),
        None => format!("report.{extension}"),
    }
}

/// Says whether something in the output folder is at the place of an output and is not to be replaced. `world` knows
/// what the run has read.
///
/// # Errors
/// A place is taken.
pub fn refuse(out: &Path, shard: Option<&str>, world: &dyn World) -> Result<()> {
    let lock = out.join(lock::NAME);
    if let Some(found) = there(&lock)? {
        plain_file(&lock, &found)?;
    }
    // What journals say is known once they are found to be journals.
    refuse_file(&Journal::path(out, shard), || true, world)?;
    let known = Known::read(out, world)?;
    for name in FACES.map(|extension| face(shard, extension)) {
        let path = out.join(&name);
        let is_known = || {
            known.names(&name) || hash_of(&path, world).is_some_and(|hash| known.has(&name, hash))
        };
        refuse_file(&path, is_known, world)?;
    }
    Ok(())
}

/// Puts the files of a report into their places, all or none. One that somebody changed since it was written gets
/// another name; returns what there is to say of it.
///
/// # Errors
/// A place is taken, or a file cannot be renamed.
pub fn put(
    files: Vec<Prepared>,
    out: &Path,
    shard: Option<&str>,
    world: &dyn World,
) -> Result<Vec<String>> {
    refuse(out, shard, world)?;
    let journal = Journal::read(out, shard, world)?;
    journal.begin()?;
    let name = |file: &Prepared| {
        let name = file.path().file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    };
    // Noted before it is in its place: a run that is killed in between leaves nothing that is not known.
    for file in &files {
        journal.note_face(&name(file), file.sha256)?;
    }
    let mut said = Vec::new();
    for file in files {
        let (name, known) = (name(&file), journal.known());
        let sha256 = file.sha256;
        let is_known = |hash| hash == sha256 || known.has(&name, hash);
        said.extend(aside(file.path(), is_known, world)?);
        file.put(is_known, world)?;
    }
    Ok(said)
}

/// Gives a file another name that this program did not write so.
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
        "`{}` was changed since clspack wrote it; what was changed is in `{}` now",
        path.display(),
        aside.display()
    )))
}
