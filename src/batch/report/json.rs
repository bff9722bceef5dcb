//! `report.json`: the value with its totals, and the way back. The totals are for programs that read
//! the file; reading it back computes them anew.

use serde::Serialize;
use serde_json::{Value, json};

use super::{MAX_JSON_BYTES, Problem, Product, Report, SCHEMA, Sums, Totals};
use crate::domain::Date;

/// The value as it is written, in this order.
#[derive(Serialize)]
struct Written<'a> {
    schema: &'a str,
    tool: &'a str,
    on: Option<Date>,
    shard: Option<&'a str>,
    inputs: Option<&'a str>,
    totals: Value,
    findings: &'a [Problem],
    products: &'a [Product],
}

impl Report {
    /// Returns `report.json`. Texts, numbers and lists always serialise.
    pub fn to_json(&self) -> String {
        let written = Written {
            schema: &self.schema,
            tool: &self.tool,
            on: self.on,
            shard: self.shard.as_deref(),
            inputs: self.inputs.as_deref(),
            totals: totals(&self.totals()),
            findings: &self.findings,
            products: &self.products,
        };
        let text = serde_json::to_string_pretty(&written).unwrap_or_default();
        format!("{text}\n")
    }

    /// Reads `report.json` back.
    ///
    /// # Errors
    /// The file is too large, is no JSON, has another format, or is not what this program writes.
    pub fn from_json(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > MAX_JSON_BYTES {
            return Err(format!(
                "the report is larger than {} MiB",
                MAX_JSON_BYTES >> 20
            ));
        }
        let mut value: Value =
            serde_json::from_slice(bytes).map_err(|error| format!("this is no report: {error}"))?;
        let schema = value.get("schema").and_then(Value::as_str);
        if schema != Some(SCHEMA) {
            let found = schema.map_or_else(|| "none".to_owned(), crate::domain::text::shown);
            return Err(format!("the format is `{found}`, not `{SCHEMA}`"));
        }
        if let Some(fields) = value.as_object_mut() {
            fields.remove("totals");
        }
        serde_json::from_value(value).map_err(|error| format!("this is no report: {error}"))
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
        "failures": totals.failures.len(),
    })
}

fn sums(sums: &Sums) -> Value {
    json!(sums.amounts())
}
