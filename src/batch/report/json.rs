//! `report.json`: the report with its totals, and its schema. The totals are for other programs; reading the file back
//! computes them again.

use std::io::Write;

use serde::Serialize;
use serde_json::{Value, json};

use super::{
    CopyState, Problem, Product, RebuildReason, ReportWriter, SCHEMA, SignedFile, State, Sums,
    Totals, Work, unwritten,
};
use crate::changes::What;
use crate::domain::{Date, Money};
use crate::error::Result;
use crate::report::json::schema::{Document, Shaped, object, records};
use crate::rules::tables::Route;

/// The file: the name of its format, then the report.
#[derive(Serialize)]
struct Tagged<'a> {
    schema: &'static str,
    #[serde(flatten)]
    report: BatchRecord<'a>,
}

impl Document for BatchRecord<'_> {
    const NAME: &'static str = "batch";
    const ABOUT: &'static str = "The report of a batch: `report.json`, and what `batch` prints.";
}

records! {
    BatchRecord<'a> {
        tool: &'a str = "name and release of the program",
        on: Option<Date> = "the day that was asked for; null if each product has its own",
        shard: Option<&'a str> = "the part of the batch, such as 2/8; null for the whole",
        inputs: Option<&'a str> = "the hash of the list of products, by which parts of one batch are recognised",
        totals: TotalsRecord<'a>,
        signed: &'a [SignedFile] = "the files of the inbox of signed copies, if there was one",
        findings: &'a [Problem] = "what concerns the inputs or the run as a whole",
        products: &'a [Product] = "the products, in the order of the input",
    }

    TotalsRecord<'a> {
        products: usize,
        states: Vec<StateRecord>,
        forms: Vec<FormRecord<'a>> = "the products that can be filed, by form and fee",
        routes: Vec<RouteRecord<'a>> = "the fees of settled products, by route",
        fees: &'a Sums = "of all products that can be filed",
        fees_settled: &'a Sums = "of those without an open question",
        fees_to_confirm: &'a Sums = "of those with an open question",
        fee_unknown: usize = "how many can be filed for a fee that no source gives",
        other_way_dearer: Vec<OtherRecord<'a>> = "what the other route to the same level would cost, where it costs more",
        other_way_cheaper: Vec<OtherRecord<'a>> = "the same where it would cost less",
        made: Vec<MadeRecord>,
        kept: usize = "packs of an earlier run that are still right",
        ending_within_a_year: usize,
        warnings: u64,
        questions: usize,
        not_searched: usize,
        failures: usize,
    }

    StateRecord {
        state: State,
        number: usize,
    }

    FormRecord<'a> {
        form: Option<&'a str>,
        confirm: bool,
        fee: Option<Money>,
        number: usize,
        sum: &'a Sums,
    }

    RouteRecord<'a> {
        route: Route,
        number: usize,
        sum: &'a Sums,
    }

    OtherRecord<'a> {
        level: u8,
        number: usize,
        own: &'a Sums,
        other: &'a Sums,
        difference: &'a Sums,
    }

    MadeRecord {
        why: RebuildReason,
        number: usize,
    }
}

impl Shaped for State {
    fn shape() -> Value {
        json!({ "enum": Self::ALL })
    }
}

impl Shaped for CopyState {
    fn shape() -> Value {
        json!({ "enum": Self::ALL })
    }
}

impl Shaped for RebuildReason {
    fn shape() -> Value {
        json!({ "enum": Self::ALL })
    }
}

impl Shaped for What {
    fn shape() -> Value {
        json!({ "enum": Self::ALL })
    }
}

impl Shaped for Sums {
    fn shape() -> Value {
        <[Money]>::shape()
    }
}

impl Shaped for Work {
    fn shape() -> Value {
        let made = object(&[("made", true, RebuildReason::shape())]);
        json!({ "anyOf": [made, { "enum": [Self::Kept, Self::None] }] })
    }
}

/// Returns the schema of `report.json`.
pub fn schema() -> Value {
    BatchRecord::schema()
}

impl ReportWriter<'_> {
    /// Writes `report.json`.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn json(&self, out: &mut dyn Write) -> Result<()> {
        let report = self.report;
        let written = Tagged {
            schema: SCHEMA,
            report: BatchRecord {
                tool: &report.tool,
                on: report.on,
                shard: report.shard.as_deref(),
                inputs: report.inputs.as_deref(),
                totals: totals(&self.totals),
                signed: &report.signed,
                findings: &report.findings,
                products: &report.products,
            },
        };
        let unwritten = unwritten("report.json");
        serde_json::to_writer_pretty(&mut *out, &written)
            .map_err(|error| unwritten(error.into()))?;
        out.write_all(b"\n").map_err(unwritten)
    }
}

fn totals(totals: &Totals) -> TotalsRecord<'_> {
    let states = totals.states.iter();
    let routes = totals.routes.iter();
    let made = totals.made.iter();
    TotalsRecord {
        products: totals.n_products,
        states: states
            .map(|&(state, number)| StateRecord { state, number })
            .collect(),
        forms: totals.forms.iter().map(form).collect(),
        routes: routes
            .map(|&(route, number, ref sum)| RouteRecord { route, number, sum })
            .collect(),
        fees: &totals.fees,
        fees_settled: &totals.settled,
        fees_to_confirm: &totals.open,
        fee_unknown: totals.n_fee_unknown,
        other_way_dearer: totals.saved.iter().map(other).collect(),
        other_way_cheaper: totals.dearer.iter().map(other).collect(),
        made: made
            .map(|&(why, number)| MadeRecord { why, number })
            .collect(),
        kept: totals.n_kept,
        ending_within_a_year: totals.n_ending,
        warnings: totals.n_warnings,
        questions: totals.questions.len(),
        not_searched: totals.not_searched.len(),
        failures: totals.n_failures,
    }
}

fn form(of: &super::FormTotal) -> FormRecord<'_> {
    FormRecord {
        form: of.form.as_deref(),
        confirm: of.is_open,
        fee: of.fee,
        number: of.n,
        sum: &of.sum,
    }
}

fn other(of: &super::OtherRoute) -> OtherRecord<'_> {
    OtherRecord {
        level: of.level,
        number: of.n,
        own: &of.own,
        other: &of.other,
        difference: &of.difference,
    }
}
