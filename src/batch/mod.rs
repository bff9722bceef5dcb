//! Many products in one run: what there is to do (`inputs`, `paths`, `rows`) and what is left out (`skipped`), under which names (`names`), for which clients
//! (`clients`, `leaks`, `words`), what of it is done already (`journal`, `standing`), who works in the output folder (`hold`), what is written there beside packs (`outputs`), the work itself (`look`, `run`), and what became of it
//! (`outcome`, `report`).

mod clients;
mod hold;
mod inputs;
mod journal;
mod leaks;
mod look;
mod names;
mod outcome;
pub mod outputs;
mod parallel;
mod paths;
pub mod report;
mod rows;
mod run;
mod settings;
mod skipped;
mod standing;
mod words;

pub use hold::Hold;
pub use inputs::{Inputs, Source, Unit, collect};
pub use run::run;
pub use settings::{Progress, Settings, Shard};
