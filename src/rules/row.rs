//! The common fields of all rows of rule data: an id that is never reused, the source, the confidence, and the date
//! of the last comparison with the source.

use std::str::FromStr;

use serde::Deserialize;

use crate::domain::{Confidence, Date};

/// The place of a row in a publication.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceRef {
    /// The id of a publication in `sources.yaml`.
    pub publication: String,
    pub place: Option<String>,
}

pub trait Row {
    /// Returns the row's id, unique among the rows of its instrument.
    fn id(&self) -> &str;
    fn source(&self) -> &SourceRef;
    /// Returns how reliable it is.
    fn confidence(&self) -> Confidence;
    /// Returns when it was last compared with its source.
    fn confirmed(&self) -> Date;
    /// Returns a remark by the editors.
    fn note(&self) -> Option<&str>;
}

/// Declares a row: its own fields, and the common ones.
macro_rules! row {
    ($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            pub id: String,
            $($(#[$fmeta])* pub $field: $type,)*
            source: $crate::rules::row::SourceRef,
            confidence: $crate::domain::Confidence,
            confirmed: $crate::domain::Date,
            note: Option<String>,
        }

        impl $crate::rules::row::Row for $name {
            fn id(&self) -> &str { &self.id }
            fn source(&self) -> &$crate::rules::row::SourceRef { &self.source }
            fn confidence(&self) -> $crate::domain::Confidence { self.confidence }
            fn confirmed(&self) -> $crate::domain::Date { self.confirmed }
            fn note(&self) -> Option<&str> { self.note.as_deref() }
        }
    };
}
pub(crate) use row;

macro_rules! body {
    ($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            pub(crate) schema: u8,
            pub(crate) effective_from: Date,
            $($(#[$fmeta])* pub $field: $type,)*
        }

        impl crate::rules::Body for $name {
            fn schema(&self) -> u8 { self.schema }
            fn effective_from(&self) -> Date { self.effective_from }
            fn rows(&self) -> Vec<&dyn crate::rules::row::Row> { self.rows.iter().map(|row| row as &dyn crate::rules::row::Row).collect() }
        }
    };
}
pub(crate) use body;

/// A value from a source, or `unknown` if no source states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stated<T> {
    Value(T),
    /// No source states it.
    Unknown,
}

impl<T> Stated<T> {
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unknown => None,
        }
    }
}

impl<'de, T: FromStr> Deserialize<'de> for Stated<T> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        if text == "unknown" {
            return Ok(Self::Unknown);
        }
        let wrong = |_| {
            serde::de::Error::custom(format!(
                "`{text}` cannot be read; write `unknown` where no source states it"
            ))
        };
        text.parse().map(Self::Value).map_err(wrong)
    }
}
