//! A **manifest** is parsed into an **application**; the **rules** in force on a date turn it into a
//! **plan**; the plan is rendered into **documents**; documents and evidence are assembled into a
//! **pack**.
//!
//! The modules are in the order of the work. `world` is the only door to files, clock and
//! environment; everything between is pure.

pub mod error;
mod parallel;
pub mod world;

pub mod diag;
pub mod domain;

pub mod manifest;
pub mod sheet;
pub mod sniff;

pub mod gather;
pub mod inspect;
pub mod rules;

pub mod plan;

pub mod render;
pub mod signing;

#[doc(inline)]
pub use clspack_look as look;
#[doc(inline)]
pub use clspack_pdf as pdf;
#[doc(inline)]
pub use clspack_sbom as sbom;
#[doc(inline)]
pub use clspack_sensitive as sensitive;
#[doc(inline)]
pub use clspack_typeset as typeset;

pub mod case;

pub mod pack;

pub mod exhibits;

pub mod assemble;

pub mod changes;

pub mod audit;

pub mod batch;

pub mod report;

pub mod page;

pub mod cli;
