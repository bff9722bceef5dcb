//! `report.json`: the report with its totals. The totals are for other programs; reading the file back computes them
//! again.

use std::io::Write;

use serde::Serialize;
use serde_json::{Value, json};

use super::{Problem, Product, ReportWriter, SCHEMA, SignedFile, Totals, unwritten};
use crate::domain::Date;
use crate::error::Result;

/// The members of the file, in this order.
#[derive(Serialize)]
struct Written<'a> {
    schema: &'a str,
    tool: &'a str,
    on: Option<Date>,
    shard: Option<&'a str>,
    inputs: Option<&'a str>,
    totals: Value,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    signed: &'a [SignedFile],
    findings: &'a [Problem],
    products: &'a [Product],
}

impl ReportWriter<'_> {
    /// Writes `report.json`.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn json(&self, out: &mut dyn Write) -> Result<()> {
        let report = self.report;
        let written = Written {
            schema: SCHEMA,
            tool: &report.tool,
            on: report.on,
            shard: report.shard.as_deref(),
            inputs: report.inputs.as_deref(),
            totals: totals(&self.totals),
            signed: &report.signed,
            findings: &report.findings,
            products: &report.products,
        };
        let unwritten = unwritten("report.json");
        serde_json::to_writer_pretty(&mut *out, &written)
            .map_err(|error| unwritten(error.into()))?;
        out.write_all(b"\n").map_err(unwritten)
    }
}

fn totals(totals: &Totals) -> Value {
    let states = totals
        .states
        .iter()
        .map(|(state, n)| json!({ "state": state, "number": n }));
    let forms = totals.forms.iter().map(|form| {
        json!({ "form": form.form, "confirm": form.is_open, "fee": form.fee, "number": form.n, "sum": &form.sum })
    });
    let route = |route: &super::OtherRoute| {
        json!({
            "level": route.level, "number": route.n, "own": &route.own, "other": &route.other,
            "difference": &route.difference,
        })
    };
    json!({
        "products": totals.n_products,
        "states": states.collect::<Vec<_>>(),
        "forms": forms.collect::<Vec<_>>(),
        "routes": totals.routes.iter().map(|(route, n, sum)| json!({ "route": route, "number": n, "sum": sum })).collect::<Vec<_>>(),
        "fees": &totals.fees,
        "fees_settled": &totals.settled,
        "fees_to_confirm": &totals.open,
        "fee_unknown": totals.n_fee_unknown,
        "other_way_dearer": totals.saved.iter().map(route).collect::<Vec<_>>(),
        "other_way_cheaper": totals.dearer.iter().map(route).collect::<Vec<_>>(),
        "made": totals.made.iter().map(|(why, n)| json!({ "why": why, "number": n })).collect::<Vec<_>>(),
        "kept": totals.n_kept,
        "ending_within_a_year": totals.n_ending,
        "warnings": totals.n_warnings,
        "questions": totals.questions.len(),
        "not_searched": totals.not_searched.len(),
        "failures": totals.n_failures,
    })
}
