//! JSON: whether it is, and what is at its top.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use crate::sniff::{Content, Fault, Judged, text};

/// The most of a text that is kept.
const MAX_TEXT: usize = 200;
/// The most fields at the top that are kept.
const MAX_FIELDS: usize = 1000;

/// A value, seen from above: enough to tell what a file is, however large.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Seen {
    Text(String),
    /// So many elements.
    List(usize),
    Map(BTreeMap<String, Seen>),
    Other,
}

/// Judges a file of JSON, or of several values one after another, as tools write their logs.
pub(super) fn check(content: &Content) -> Judged {
    let Some(bytes) = content.whole() else {
        return Err(Fault::unopened("is larger than 50 MB and was not opened"));
    };
    read(bytes).map(drop)
}

/// Returns the first value of a file whose values can all be read.
pub(super) fn read(bytes: &[u8]) -> Result<Option<Seen>, Fault> {
    let text = text::decoded(bytes);
    let mut values = serde_json::Deserializer::from_slice(&text).into_iter::<Seen>();
    let first = values.next().transpose().map_err(|error| fault(&error))?;
    for value in values {
        value.map_err(|error| fault(&error))?;
    }
    Ok(first)
}

/// Returns the value of a file that must hold one and no more.
pub(super) fn read_one(bytes: &[u8]) -> Result<Seen, Fault> {
    serde_json::from_slice(&text::decoded(bytes)).map_err(|error| fault(&error))
}

/// Returns how deep the lists and maps of a file are in each other.
pub(super) fn depth(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut is_text, mut is_escaped) = (false, false);
    for b in bytes {
        match b {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'{' | b'[' if !is_text => depth += 1,
            b'}' | b']' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn fault(error: &serde_json::Error) -> Fault {
    let line = error.line();
    if error.classify() == Category::Eof {
        return Fault::cut(format!("breaks off in line {line}: the JSON has no end"));
    }
    let column = error.column();
    Fault::damaged(format!(
        "cannot be read as JSON: line {line}, column {column} is wrong"
    ))
}

impl<'de> Deserialize<'de> for Seen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Looker { depth: 0 })
    }
}

/// Looks two levels deep.
struct Looker {
    depth: usize,
}

struct Below(usize);

impl<'de> serde::de::DeserializeSeed<'de> for Below {
    type Value = Seen;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Seen, D::Error> {
        deserializer.deserialize_any(Looker { depth: self.0 })
    }
}

impl<'de> Visitor<'de> for Looker {
    type Value = Seen;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Seen, E> {
        Ok(Seen::Text(text.chars().take(MAX_TEXT).collect()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Seen, E> {
        Ok(Seen::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Seen, E> {
        Ok(Seen::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Seen, E> {
        Ok(Seen::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Seen, E> {
        Ok(Seen::Other)
    }

    fn visit_unit<E>(self) -> Result<Seen, E> {
        Ok(Seen::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Seen, A::Error> {
        let mut n = 0;
        while seq.next_element::<IgnoredAny>()?.is_some() {
            n += 1;
        }
        Ok(Seen::List(n))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Seen, A::Error> {
        let mut fields = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            if self.depth < 2 && fields.len() < MAX_FIELDS {
                let value = map.next_value_seed(Below(self.depth + 1))?;
                fields.insert(name, value);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Seen::Map(fields))
    }
}

impl Seen {
    /// Returns a field of a map.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Map(fields) => fields.get(name),
            _ => None,
        }
    }

    /// Returns the text of a field.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Self::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Counts what a field holds.
    pub(super) fn count(&self, name: &str) -> usize {
        match self.get(name) {
            Some(Self::List(n)) => *n,
            Some(Self::Map(fields)) => fields.len(),
            _ => 0,
        }
    }
}
