//! JSON Schemas of what programs read, from the types that write it, so that the two cannot disagree.

use std::marker::PhantomData;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::diag::Severity;
use crate::domain::{
    Citation, Confidence, Currency, Date, LabelLevel, Level, Money, Scheme, Sha256, Support,
    Unsearched,
};
use crate::plan::{DocumentState, LimitedBy, State};
use crate::report::{CheckState, Counts, Wholeness};
use crate::rules::tables::{OutlookKind, Recognition, Route, Status};

/// A type whose values as JSON have a schema.
pub(crate) trait Shaped {
    /// Returns the schema.
    fn shape() -> Value;

    /// Returns the schema of a field that is left out when it has no value.
    fn shape_if_there() -> Value {
        Self::shape()
    }
}

/// A whole document that a command prints.
pub(crate) trait Document: Serialize + Shaped {
    /// The name of its format.
    const NAME: &'static str;
    /// What it says.
    const ABOUT: &'static str;

    /// Returns the document as JSON.
    fn written(&self) -> Value {
        document(self)
    }

    /// Returns its schema.
    fn schema() -> Value {
        document_schema::<Self>()
    }
}

/// Returns a document with the name of its format.
pub(crate) fn document<T: Document + ?Sized>(of: &T) -> Value {
    // Texts, numbers and lists always serialise.
    let mut document = serde_json::to_value(of).unwrap_or_default();
    document["schema"] = tag(T::NAME).into();
    document
}

/// Returns the schema of a document from the fields of its type.
pub(crate) fn document_schema<T: Document + ?Sized>() -> Value {
    let mut schema = T::shape();
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["$id"] = format!("urn:clspack:schema:{}:1", T::NAME).into();
    schema["title"] = format!("clspack {}", T::NAME).into();
    schema["description"] = T::ABOUT.into();
    schema["properties"]["schema"] = json!({ "const": tag(T::NAME) });
    if let Value::Array(required) = &mut schema["required"] {
        required.insert(0, "schema".into());
    }
    schema
}

/// Copies the members of the only entry of a list to the top of its document. Documents of one manifest had them
/// there before there were lists, and published names stay.
pub(crate) fn with_only_entry(mut document: Value, list: &str) -> Value {
    let only = match document[list].as_array().map(Vec::as_slice) {
        Some([Value::Object(only)]) => only.clone(),
        _ => return document,
    };
    if let Value::Object(members) = &mut document {
        members.extend(only);
    }
    document
}

/// Allows the members of an entry at the top of a document.
pub(crate) fn with_members_of<T: Shaped>(mut schema: Value) -> Value {
    if let (Value::Object(members), Value::Object(of_entry)) =
        (&mut schema["properties"], T::shape()["properties"].take())
    {
        members.extend(of_entry);
    }
    schema
}

pub(crate) fn tag(name: &str) -> String {
    format!("clspack.{name}/1")
}

/// A record as JSON, so that what it was written from need not be kept until the document is printed.
#[derive(Clone, Debug)]
pub(crate) struct Written<T>(Value, PhantomData<T>);

impl<T> Written<T> {
    /// Writes a record. The type of `T` has no lifetime, that of the record has one.
    pub(crate) fn of(record: &impl Serialize) -> Self {
        // Texts, numbers and lists always serialise.
        Self(
            serde_json::to_value(record).unwrap_or_default(),
            PhantomData,
        )
    }
}

impl<T> Serialize for Written<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<T: Shaped> Shaped for Written<T> {
    fn shape() -> Value {
        T::shape()
    }
}

/// Declares what programs read: a struct and its schema. A field with `[skip_serializing_if]` is left out when it is
/// `None`; text after `=` is its description.
macro_rules! records {
    ($($(#[$meta:meta])* $name:ident $(<$life:lifetime>)? {
        $($field:ident $([$skip:ident])?: $type:ty $(= $about:literal)?,)+
    })+) => {
        $(
            $(#[$meta])*
            #[derive(serde::Serialize)]
            pub(crate) struct $name $(<$life>)? {
                $($(#[serde($skip = "Option::is_none")])? pub(crate) $field: $type,)+
            }

            impl $(<$life>)? $crate::report::json::schema::Shaped for $name $(<$life>)? {
                fn shape() -> serde_json::Value {
                    $crate::report::json::schema::object(&[
                        $($crate::report::json::schema::field::<$type>(
                            stringify!($field),
                            concat!($(stringify!($skip))?).is_empty(),
                            concat!($($about)?),
                        ),)+
                    ])
                }
            }
        )+
    };
}
pub(crate) use records;

/// Declares a struct that is written and read back, and its schema: doc comments are descriptions, and a field that
/// serde may skip is one that may be missing.
macro_rules! shaped {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[doc = $about:literal])* $(#[serde($($serde:tt)*)])? pub $field:ident: $type:ty,)+
    }) => {
        $(#[$meta])*
        pub struct $name {
            $($(#[doc = $about])* $(#[serde($($serde)*)])? pub $field: $type,)+
        }

        impl $crate::report::json::schema::Shaped for $name {
            fn shape() -> serde_json::Value {
                $crate::report::json::schema::object(&[
                    $($crate::report::json::schema::field::<$type>(
                        stringify!($field),
                        !concat!($(stringify!($($serde)*))?).contains("skip_serializing_if"),
                        concat!($($about,)*).trim(),
                    ),)+
                ])
            }
        }
    };
}
pub(crate) use shaped;

/// The name of a field, whether it is always there, and its schema.
pub(crate) type Field = (&'static str, bool, Value);

/// Describes a field.
pub(crate) fn field<T: Shaped + ?Sized>(name: &'static str, is_always: bool, about: &str) -> Field {
    let mut shape = if is_always {
        T::shape()
    } else {
        T::shape_if_there()
    };
    if !about.is_empty() {
        shape["description"] = about.into();
    }
    (name, is_always, shape)
}

/// Returns the schema of an object with these fields and no others.
pub(crate) fn object(fields: &[Field]) -> Value {
    let always = fields.iter().filter(|(_, is_always, _)| *is_always);
    let required: Vec<&str> = always.map(|(name, ..)| *name).collect();
    let shapes = fields.iter();
    let shapes: Map<String, Value> = shapes
        .map(|(name, _, shape)| ((*name).to_owned(), shape.clone()))
        .collect();
    json!({
        "type": "object", "additionalProperties": false, "required": required, "properties": shapes,
    })
}

/// Schemas of single values.
macro_rules! shapes {
    ($($type:ty: $shape:expr;)+) => {
        $(impl Shaped for $type {
            fn shape() -> Value {
                $shape
            }
        })+
    };
}

/// Closed sets of words.
macro_rules! words {
    ($($set:ty)+) => {
        shapes! { $($set: json!({ "enum": <$set>::ALL });)+ }
    };
}

words! {
    CheckState Confidence Currency DocumentState LabelLevel LimitedBy OutlookKind Recognition Route Scheme Severity State Status
    Support Unsearched Wholeness
}

shapes! {
    bool: json!({ "type": "boolean" });
    i64: json!({ "type": "integer" });
    u8: usize::shape();
    u64: usize::shape();
    usize: json!({ "type": "integer", "minimum": 0 });
    str: json!({ "type": "string" });
    String: str::shape();
    Date: json!({ "type": "string", "format": "date" });
    Sha256: json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" });
    Level: json!({ "type": "integer", "enum": Level::ALL });
    Money: object(&[
        ("amount", true, json!({ "type": "string", "pattern": "^[0-9]+\\.[0-9]{2}$" })),
        field::<Currency>("currency", true, ""),
    ]);
    Counts: object(&["errors", "confirms", "warnings"].map(|name| field::<usize>(name, true, "")));
    Citation: object(&[
        field::<str>("rule", true, ""),
        field::<str>("title", true, ""),
        field::<str>("publisher", true, ""),
        field::<str>("place", false, ""),
        field::<str>("url", false, ""),
        field::<Date>("effective_from", true, ""),
        field::<Date>("retrieved", true, ""),
        field::<Date>("confirmed", true, ""),
        field::<Confidence>("confidence", true, ""),
    ]);
    Value: json!({});
}

impl Shaped for std::borrow::Cow<'_, str> {
    fn shape() -> Value {
        str::shape()
    }
}

impl<T: Shaped + ?Sized> Shaped for &T {
    fn shape() -> Value {
        T::shape()
    }
}

impl<T: Shaped> Shaped for [T] {
    fn shape() -> Value {
        json!({ "type": "array", "items": T::shape() })
    }
}

impl<T: Shaped> Shaped for Vec<T> {
    fn shape() -> Value {
        <[T]>::shape()
    }
}

impl<T: Shaped> Shaped for Option<T> {
    fn shape() -> Value {
        let mut shape = T::shape();
        if let Some(kind) = shape.get("type").cloned() {
            shape["type"] = json!([kind, "null"]);
        }
        if let Some(Value::Array(words)) = shape.get_mut("enum") {
            words.push(Value::Null);
        }
        shape
    }

    fn shape_if_there() -> Value {
        T::shape()
    }
}
