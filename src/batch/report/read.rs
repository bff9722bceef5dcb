//! Reads `report.json` back.

use std::io::Read;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::{MAX_JSON_BYTES, Problem, Product, Report, SCHEMA, SignedFile};
use crate::domain::Date;
use crate::domain::text::shown;
use crate::error::{Error, Result};

/// The format of a file that may be a report.
#[derive(Deserialize)]
#[serde(expecting = "a report")]
struct Head {
    #[serde(default)]
    schema: Value,
}

/// A report as it is in JSON. The totals are computed again.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "schema")]
    _schema: IgnoredAny,
    tool: String,
    on: Option<Date>,
    shard: Option<String>,
    inputs: Option<String>,
    #[serde(rename = "totals")]
    _totals: Option<IgnoredAny>,
    #[serde(default)]
    signed: Vec<SignedFile>,
    findings: Vec<Problem>,
    products: Vec<Product>,
}

impl Report {
    /// Reads `report.json` back. `name` is the name that the user knows.
    ///
    /// # Errors
    /// The file cannot be read, is too large, is no JSON, has another format, or was not written by this program.
    pub fn read(name: &str, from: impl Read) -> Result<Self> {
        let mut bytes = Vec::new();
        let read = from.take(MAX_JSON_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|cause| Error::Read {
            path: name.to_owned(),
            cause,
        })?;
        if bytes.len() as u64 > MAX_JSON_BYTES {
            let megabytes = MAX_JSON_BYTES >> 20;
            let why = format!("`{name}`: the report is larger than {megabytes} MiB");
            return Err(Error::Usage(why));
        }
        let Head { schema } = parsed(name, &bytes)?;
        if schema != SCHEMA {
            let found = schema.as_str().map_or_else(|| "none".to_owned(), shown);
            let why = format!("`{name}`: the format is `{found}`, not `{SCHEMA}`");
            return Err(Error::Usage(why));
        }
        let written: Written = parsed(name, &bytes)?;
        Ok(Self {
            tool: written.tool,
            on: written.on,
            shard: written.shard,
            inputs: written.inputs,
            signed: written.signed,
            findings: written.findings,
            products: written.products,
            parcels: Vec::new(),
        })
    }
}

fn parsed<'de, T: Deserialize<'de>>(name: &str, bytes: &'de [u8]) -> Result<T> {
    let fault = |error| Error::Usage(format!("`{name}`: this is no report: {error}"));
    serde_json::from_slice(bytes).map_err(fault)
}
