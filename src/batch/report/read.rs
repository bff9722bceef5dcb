//! Reads `report.json` back, one product after the other.

use std::fmt;
use std::io::{BufReader, Read, Take};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::{MAX_JSON_BYTES, Product, Products, Report, SCHEMA, Shelf};
use crate::error::{Error, Result};

/// The fields of the file.
const FIELDS: &[&str] = &[
    "schema", "tool", "on", "shard", "inputs", "totals", "findings", "products",
];

impl Report {
    /// Reads `report.json` back, its products onto a shelf. The file is read twice, first for its format;
    /// `name` is what the user knows it by.
    ///
    /// # Errors
    /// The file cannot be read, is too large, is no JSON, has another format, or is not what this program
    /// writes.
    pub fn read(
        name: &str,
        open: &dyn Fn() -> Result<Box<dyn Read>>,
        shelf: &Arc<Shelf>,
    ) -> Result<Self> {
        let Head { schema } = parsed(name, open, |json| Head::deserialize(json))?;
        if schema.as_deref() != Some(SCHEMA) {
            let found =
                schema.map_or_else(|| "none".to_owned(), |one| crate::domain::text::shown(&one));
            let why = format!("`{name}`: the format is `{found}`, not `{SCHEMA}`");
            return Err(Error::Usage(why));
        }
        parsed(name, open, |json| Whole(shelf).deserialize(json))
    }
}

/// The format of a file that may be a report.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    schema: Option<String>,
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
    let too_large = || {
        format!(
            "`{name}`: the report is larger than {} MiB",
            MAX_JSON_BYTES >> 20
        )
    };
    if limited.limit() == 0 {
        return Err(Error::Usage(too_large()));
    }
    found.map_err(|error| Error::Usage(format!("`{name}`: this is no report: {error}")))
}

/// A report whose products go onto a shelf.
struct Whole<'s>(&'s Arc<Shelf>);

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
        let mut report = Report::new(None, self.0);
        let mut missing = vec!["products", "findings", "tool"];
        while let Some(field) = map.next_key::<String>()? {
            match field.as_str() {
                "schema" | "totals" => drop(map.next_value::<IgnoredAny>()?),
                "tool" => report.tool = map.next_value()?,
                "on" => report.on = map.next_value()?,
                "shard" => report.shard = map.next_value()?,
                "inputs" => report.inputs = map.next_value()?,
                "findings" => report.findings = map.next_value()?,
                "products" => report.products = map.next_value_seed(Listed(self.0))?,
                other => return Err(A::Error::unknown_field(other, FIELDS)),
            }
            missing.retain(|one| *one != field);
        }
        match missing.pop() {
            Some(field) => Err(A::Error::missing_field(field)),
            None => Ok(report),
        }
    }
}

/// Products that go onto a shelf.
struct Listed<'s>(&'s Arc<Shelf>);

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
        let mut products = Products::on(self.0);
        while let Some(product) = list.next_element::<Product>()? {
            products.push(&product).map_err(A::Error::custom)?;
        }
        Ok(products)
    }
}
