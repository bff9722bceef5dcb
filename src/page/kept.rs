//! What the page remembers while it runs: earlier texts of manifests, for undoing.

use std::collections::BTreeMap;
use std::path::Path;

use clspack_serve::Status;

use crate::domain::Sha256;
use crate::error::Error;
use crate::pack::Prepared;
use crate::page::Refusal;
use crate::page::folder::Application;
use crate::world::World;

/// How many changes of an application can be undone.
const MAX_CHANGES: usize = 100;

/// Earlier texts of each application, each with the hash of the text that came after it.
#[derive(Default)]
pub(super) struct Kept {
    earlier: BTreeMap<String, Vec<(String, Sha256)>>,
}

impl Kept {
    /// Writes the text of a manifest, if it is still what the browser saw.
    pub(super) fn write(
        &mut self,
        application: &Application,
        stamp: &str,
        text: &str,
        world: &dyn World,
    ) -> Result<(), Refusal> {
        if stamp != application.stamp() {
            return Err(changed());
        }
        let Some(before) = application.text.clone().filter(|before| before != text) else {
            return Ok(());
        };
        put(&application.manifest, text, application.sha256, world)?;
        let earlier = self.earlier.entry(application.id.clone()).or_default();
        earlier.push((before, Sha256::of(text.as_bytes())));
        if earlier.len() > MAX_CHANGES {
            earlier.remove(0);
        }
        Ok(())
    }

    /// Writes the text from before the last change, if nothing else was written since.
    pub(super) fn undo(
        &mut self,
        application: &Application,
        world: &dyn World,
    ) -> Result<(), Refusal> {
        let earlier = self.earlier.entry(application.id.clone()).or_default();
        match earlier.pop() {
            Some((text, after)) if after == application.sha256 => {
                put(&application.manifest, &text, application.sha256, world)
            }
            Some(_) => {
                earlier.clear();
                Err(changed())
            }
            None => {
                let why = "there is nothing to undo".to_owned();
                Err(Refusal(Status::Conflict, why))
            }
        }
    }

    pub(super) fn can_undo(&self, application: &Application) -> bool {
        let last = self.earlier.get(&application.id).and_then(|all| all.last());
        last.is_some_and(|(_, after)| *after == application.sha256)
    }
}

fn put(path: &Path, text: &str, before: Sha256, world: &dyn World) -> Result<(), Refusal> {
    let fault = |cause| Error::Write {
        path: path.display().to_string(),
        cause,
    };
    let file = Prepared::new(path, |to| to.write_all(text.as_bytes()).map_err(fault))?;
    // Compared once more at the last moment: an editor may have saved in between.
    file.persist(|hash| hash == before, world)
        .map_err(|error| match error {
            Error::Kept { .. } => changed(),
            other => other.into(),
        })
}

fn changed() -> Refusal {
    let why =
        "the file was changed outside of this page; the page now shows it as it is".to_owned();
    Refusal(Status::Conflict, why)
}
