//! Many products in one run.
//!
//! `inputs`, `paths` and `rows` find the products; `skipped` lists files that look like products but are left out.
//! `scan` reads every product before any is made, since names that collide (`names`) and data of another client
//! (`clients`, `cross_client`, `search`, `short_names`, `words`, `proofs`) show only over the whole batch. `run` then
//! makes the packs: `journal` and `up_to_date` decide which packs of earlier runs can stay, and `basis` whether a
//! product changed since the scan; `since` says what changed since the last run, and `left_over`
//! which packs of earlier runs belong to no product. `inbox` finds the products of signed copies.
//! `parcels` are what each client may see, and `hand_over` writes them. `lock` and `outputs` guard the output folder. `outcome` (with `in_row` for rows
//! of sheets) and `report` describe the result for each product.

mod basis;
mod clients;
mod cross_client;
mod guarded;
pub mod hand_over;
mod in_row;
mod inbox;
mod inputs;
mod journal;
mod left_over;
mod lock;
mod names;
mod outcome;
pub mod outputs;
mod parcels;
mod paths;
mod proofs;
pub mod report;
mod rows;
mod run;
mod scan;
mod search;
mod settings;
mod short_names;
mod since;
mod skipped;
mod up_to_date;
mod words;

pub use inbox::Inbox;
pub use inputs::{Inputs, Source, Unit, collect};
pub use lock::OutputLock;
pub use parcels::Parcel;
pub use run::run;
pub use settings::{Progress, Settings, Shard};
