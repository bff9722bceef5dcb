//! `report.json`: the value with its totals, which are for programs that read the file; reading it back
//! computes them anew.

use std::cell::RefCell;
use std::io::Write;

use serde::ser::{Error as _, Serialize, SerializeSeq as _, Serializer};
use serde_json::{Value, json};

use super::{Faces, Problem, Products, SCHEMA, Sums, Totals, unwritten};
use crate::domain::Date;
use crate::error::{Error, Result};

/// The value as it is written, in this order.
#[derive(serde::Serialize)]
struct Written<'a> {
    schema: &'a str,
    tool: &'a str,
    on: Option<Date>,
    shard: Option<&'a str>,
    inputs: Option<&'a str>,
    totals: Value,
    findings: &'a [Problem],
    products: Listed<'a>,
}

/// Products that are read while they are written.
struct Listed<'a> {
    products: &'a Products,
    /// Why they cannot be read, which the serialiser would not tell from what cannot be written.
    fault: &'a RefCell<Option<Error>>,
}

impl Serialize for Listed<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        let mut list = to.serialize_seq(Some(self.products.len()))?;
        for product in self.products.iter() {
            let product = product.map_err(|fault| {
                self.fault.replace(Some(fault));
                S::Error::custom("the products cannot be read")
            })?;
            list.serialize_element(&product)?;
        }
        list.end()
    }
}

impl Faces<'_> {
    /// Writes `report.json`.
    ///
    /// # Errors
    /// It cannot be written, or the products cannot be read.
    pub fn json(&self, out: &mut dyn Write) -> Result<()> {
        let report = self.report;
        let fault = RefCell::new(None);
        let written = Written {
            schema: SCHEMA,
            tool: &report.tool,
            on: report.on,
            shard: report.shard.as_deref(),
            inputs: report.inputs.as_deref(),
            totals: totals(&self.totals),
            findings: &report.findings,
            products: Listed {
                products: &report.products,
                fault: &fault,
            },
        };
        let unwritten = unwritten("report.json");
        serde_json::to_writer_pretty(&mut *out, &written)
            .map_err(|error| fault.take().unwrap_or_else(|| unwritten(error.into())))?;
        out.write_all(b"\n").map_err(unwritten)
    }
}

fn totals(totals: &Totals) -> Value {
    let states = totals
        .states
        .iter()
        .map(|(state, n)| json!({ "state": state, "number": n }));
    let forms = totals.forms.iter().map(|form| {
        json!({ "form": form.form, "confirm": form.is_open, "fee": form.fee, "number": form.n, "sum": sums(&form.sum) })
    });
    let way = |way: &super::OtherWay| {
        json!({
            "level": way.level, "number": way.n, "own": sums(&way.own), "other": sums(&way.other),
            "difference": sums(&way.difference),
        })
    };
    json!({
        "products": totals.n_products,
        "states": states.collect::<Vec<_>>(),
        "forms": forms.collect::<Vec<_>>(),
        "routes": totals.routes.iter().map(|(route, n, sum)| json!({ "route": route, "number": n, "sum": sums(sum) })).collect::<Vec<_>>(),
        "fees": sums(&totals.fees),
        "fees_settled": sums(&totals.settled),
        "fees_to_confirm": sums(&totals.open),
        "fee_unknown": totals.n_fee_unknown,
        "other_way_dearer": totals.saved.iter().map(way).collect::<Vec<_>>(),
        "other_way_cheaper": totals.dearer.iter().map(way).collect::<Vec<_>>(),
        "made": totals.made.iter().map(|(why, n)| json!({ "why": why, "number": n })).collect::<Vec<_>>(),
        "kept": totals.n_kept,
        "ending_within_a_year": totals.n_ending,
        "warnings": totals.n_warnings,
        "questions": totals.questions.len(),
        "not_searched": totals.not_searched.len(),
        "failures": totals.n_failures,
    })
}

fn sums(sums: &Sums) -> Value {
    json!(sums.amounts())
}
