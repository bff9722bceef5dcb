//! Every test of the whole, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines,
    clippy::needless_pass_by_value,
    reason = "a test may die; its helpers too"
)]
#![allow(clippy::disallowed_methods, reason = "a test makes its own files")]

mod architecture;
mod batch;
mod batch_inputs;
mod binary;
mod bounded;
mod calc;
mod certificate;
mod cli;
mod clients;
mod decisions;
mod docs;
mod edit;
mod examples;
mod exhibits;
mod families;
mod findings;
mod gaps;
mod hand_over;
mod hidden;
mod hostile_sheets;
mod idle_labels;
mod in_row;
mod inbox;
mod init;
mod laws;
mod local_page;
mod machines;
mod many_mistakes;
mod medium;
mod names;
mod office;
mod outputs;
mod own_templates;
mod packs;
mod pages;
mod paper;
mod pdf;
mod pen;
mod private;
mod prose;
mod provisions;
mod report;
mod routes;
mod rules;
mod search;
mod seeded;
mod sheets;
mod signed;
mod signing_ways;
mod since;
mod spreadsheet_example;
mod support;
mod tampered;
mod templates;
mod texts;
mod validity;
mod volumes;
mod whole;
mod word;
mod world;
