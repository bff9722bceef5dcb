//! Many products in one run: what there is to do (`inputs`, `paths`, `rows`) and what is left out (`skipped`), under which names (`names`), for which clients
//! (`clients`, `leaks`, `search`, `short_names`, `words`, `proofs`), of what each was made when it was looked at (`basis`), what of it is done already (`journal`, `up_to_date`), who works in the output folder (`hold`), what is written there beside packs (`outputs`), the work itself (`scan`, `run`), and what became of it
//! (`outcome`, `report`).

mod basis;
mod clients;
mod guarded;
mod inputs;
mod journal;
mod leaks;
mod lock;
mod names;
mod outcome;
pub mod outputs;
mod paths;
mod proofs;
pub mod report;
mod rows;
mod run;
mod scan;
mod search;
mod settings;
mod short_names;
mod skipped;
mod up_to_date;
mod words;

pub use inputs::{Inputs, Source, Unit, collect};
pub use lock::OutputLock;
pub use run::run;
pub use settings::{Progress, Settings, Shard};
