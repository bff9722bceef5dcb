//! Reads `report.json` back, one product after the other.

use std::cell::RefCell;
use std::fmt;
use std::io::{BufReader, Read, Take};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use serde_json::Value;

use super::{MAX_JSON_BYTES, Product, Products, Report, SCHEMA, Shelf};
use crate::error::{Error, Result};

/// The fields of the file.
const FIELDS: &[&str] = &[
    "schema", "tool", "on", "shard", "inputs", "totals", "findings", "products",
];

/// Those that have to be there.
const REQUIRED: &[&str] = &["tool", "findings", "products"];

impl Report {
    /// Refuses a file that is no report of this format.
    ///
    /// # Errors
    /// The file cannot be read, is too large, is no JSON, or has another format.
    pub fn refuse_other(name: &str, open: &dyn Fn() -> Result<Box<dyn Read>>) -> Result<()> {
        let Head { schema } = parsed(name, open, |json| Head::deserialize(json))?;
        if schema == SCHEMA {
            return Ok(());
        }
        let found = match schema.as_str() {
            Some(text) => crate::domain::text::shown(text),
            None => "none".to_owned(),
        };
        let why = format!("`{name}`: the format is `{found}`, not `{SCHEMA}`");
        Err(Error::Usage(why))
    }

    /// Reads `report.json` back, its products onto a shelf. The file is read twice, first for its format;
    /// `name` is what the user knows it by.
    ///
    /// # Errors
    /// The file cannot be read, is too large, is no JSON, has another format, or is not what this program
    /// writes; the shelf cannot be written.
    pub fn read(
        name: &str,
        open: &dyn Fn() -> Result<Box<dyn Read>>,
        shelf: &Arc<Shelf>,
    ) -> Result<Self> {
        Self::refuse_other(name, open)?;
        let fault = RefCell::new(None);
        let whole = Whole {
            shelf,
            fault: &fault,
        };
        let read = parsed(name, open, |json| whole.deserialize(json));
        // What the shelf says is no fault of the file.
        read.map_err(|error| fault.take().unwrap_or(error))
    }
}

/// The format of a file that may be a report.
#[derive(Deserialize)]
#[serde(expecting = "a report")]
struct Head {
    #[serde(default)]
    schema: Value,
}

type Json<'a> =
    serde_json::Deserializer<serde_json::de::IoRead<BufReader<&'a mut Take<Box<dyn Read>>>>>;

/// Reads a file to its end.
fn parsed<T>(
    name: &str,
    open: &dyn Fn() -> Result<Box<dyn Read>>,
    read: impl FnOnce(&mut Json<'_>) -> serde_json::Result<T>,
) -> Result<T> {
    let mut limited = open()?.take(MAX_JSON_BYTES + 1);
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(&mut limited));
    let found = read(&mut json).and_then(|found| json.end().map(|()| found));
    drop(json);
    if limited.limit() == 0 {
        let megabytes = MAX_JSON_BYTES >> 20;
        let why = format!("`{name}`: the report is larger than {megabytes} MiB");
        return Err(Error::Usage(why));
    }
    found.map_err(|error| {
        if error.is_io() {
            Error::Read {
                path: name.to_owned(),
                cause: error.into(),
            }
        } else {
            Error::Usage(format!("`{name}`: this is no report: {error}"))
        }
    })
}

/// A report whose products go onto a shelf.
#[derive(Clone, Copy)]
struct Whole<'s> {
    shelf: &'s Arc<Shelf>,
    /// Why the shelf cannot be written.
    fault: &'s RefCell<Option<Error>>,
}

impl<'de> DeserializeSeed<'de> for Whole<'_> {
    type Value = Report;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> std::result::Result<Report, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = Report;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a report")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Report, A::Error> {
        let mut report = Report::new(None, self.shelf);
        let mut left = FIELDS.to_vec();
        while let Some(field) = map.next_key::<String>()? {
            let Some(at) = FIELDS.iter().position(|known| *known == field) else {
                return Err(A::Error::unknown_field(&field, FIELDS));
            };
            if !left.contains(&FIELDS[at]) {
                return Err(A::Error::duplicate_field(FIELDS[at]));
            }
            left.retain(|one| *one != field);
            match field.as_str() {
                "tool" => report.tool = map.next_value()?,
                "on" => report.on = map.next_value()?,
                "shard" => report.shard = map.next_value()?,
                "inputs" => report.inputs = map.next_value()?,
                "findings" => report.findings = map.next_value()?,
                "products" => report.products = map.next_value_seed(Listed(self))?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let required = left.iter().find(|field| REQUIRED.contains(field));
        match required {
            Some(field) => Err(A::Error::missing_field(field)),
            None => Ok(report),
        }
    }
}

/// Products that go onto a shelf.
struct Listed<'s>(Whole<'s>);

impl<'de> DeserializeSeed<'de> for Listed<'_> {
    type Value = Products;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> std::result::Result<Products, D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Listed<'_> {
    type Value = Products;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of products")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<Products, A::Error> {
        let Whole { shelf, fault } = self.0;
        let mut products = Products::on(shelf);
        while let Some(product) = list.next_element::<Product>()? {
            products.push(&product).map_err(|error| {
                fault.replace(Some(error));
                A::Error::custom("the products cannot be kept")
            })?;
        }
        Ok(products)
    }
}
