//! The kinds of values that a view has, taken from the values themselves, so that no second list can go stale.

use serde_json::Value;

use crate::domain::Date;
use crate::render::kinds::JOINED;

/// What kind of value a name or an expression is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind<'v> {
    /// Not known: an item of an empty list, a value that is missing.
    Unknown,
    Text,
    /// A text that is a date.
    Date,
    /// A text made of a list, which can be used as that list.
    Joined,
    Number,
    YesNo,
    List(Items<'v>),
    Group(&'v Value),
}

/// What a list holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Items<'v> {
    Unknown,
    Text,
    Number,
    /// Items like this one.
    Like(&'v Value),
}

/// The text that a draft has in place of a value.
const MISSING: &str = "(missing)";

impl<'v> Kind<'v> {
    pub(super) fn of(value: &'v Value) -> Self {
        match value {
            Value::Null => Self::Unknown,
            // An empty text says nothing about the value that is usually there.
            Value::String(text) if text.is_empty() || text == MISSING => Self::Unknown,
            Value::String(text) if text.parse::<Date>().is_ok() => Self::Date,
            Value::String(_) => Self::Text,
            Value::Number(_) => Self::Number,
            Value::Bool(_) => Self::YesNo,
            Value::Array(items) => Self::List(items.first().map_or(Items::Unknown, Items::Like)),
            Value::Object(_) => Self::Group(value),
        }
    }

    pub(super) const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Date | Self::Joined)
    }

    /// What it is to a reader.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Text | Self::Date | Self::Joined => "a text",
            Self::Number => "a number",
            Self::YesNo => "yes or no",
            Self::List(_) => "a list",
            Self::Group(_) => "a group of fields",
        }
    }

    /// What an item is, of a list or of what can be used as one; nothing for what is no list.
    pub(super) fn item(self) -> Option<Self> {
        match self {
            Self::Unknown | Self::List(Items::Unknown) => Some(Self::Unknown),
            Self::Joined | Self::List(Items::Text) => Some(Self::Text),
            Self::List(Items::Number) => Some(Self::Number),
            Self::List(Items::Like(value)) => Some(Self::of(value)),
            Self::Text | Self::Date | Self::Number | Self::YesNo | Self::Group(_) => None,
        }
    }

    /// Returns whether values of both kinds can ever be equal.
    pub(super) fn may_equal(self, other: Self) -> bool {
        match (self, other) {
            (Self::Unknown, _)
            | (_, Self::Unknown)
            | (Self::Number, Self::Number)
            | (Self::YesNo, Self::YesNo)
            | (Self::List(_), Self::List(_))
            | (Self::Group(_), Self::Group(_)) => true,
            _ => self.is_text() && other.is_text(),
        }
    }
}

/// A name, its kind and an example.
pub(crate) type Named = (String, &'static str, String);

/// Returns every name of a view with its kind and an example, those of groups after the group.
pub(crate) fn names(view: &Value) -> Vec<Named> {
    let mut collecting = Collecting {
        found: Vec::new(),
        groups: Vec::new(),
    };
    collecting.fields(view, "");
    collecting.found
}

struct Collecting {
    found: Vec<Named>,
    /// The names of the fields of each group, and what they were seen in first.
    groups: Vec<(Vec<String>, String)>,
}

impl Collecting {
    fn fields(&mut self, value: &Value, before: &str) {
        let Some(fields) = value.as_object() else {
            return;
        };
        for (name, value) in fields {
            let path = format!("{before}{name}");
            let is_joined = name == JOINED.0 && fields.contains_key(JOINED.1);
            let (kind, example) = if is_joined {
                ("text or list", text(value))
            } else {
                self.kind(value)
            };
            self.found.push((path.clone(), kind, example));
            match value {
                Value::Array(items) => {
                    let first = items.first().unwrap_or(&Value::Null);
                    self.group(first, &format!("{path}[]"));
                }
                value => self.group(value, &path),
            }
        }
    }

    fn kind(&self, value: &Value) -> (&'static str, String) {
        match Kind::of(value) {
            Kind::Unknown | Kind::Text | Kind::Joined => ("text", text(value)),
            Kind::Date => ("date", text(value)),
            Kind::Number => ("number", value.to_string()),
            Kind::YesNo => ("yes or no", value.to_string()),
            Kind::Group(_) => ("group", self.seen(value)),
            Kind::List(Items::Like(first @ Value::Object(_))) => {
                ("list of groups", self.seen(first))
            }
            Kind::List(_) => {
                let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
                let items: Vec<String> = items.iter().map(text).collect();
                ("list", items.join(" · "))
            }
        }
    }

    /// Takes the fields of a group in, unless they are those of another.
    fn group(&mut self, group: &Value, path: &str) {
        let Some(fields) = group.as_object() else {
            return;
        };
        if self.seen(group).is_empty() {
            let names = fields.keys().cloned().collect();
            self.groups.push((names, path.to_owned()));
            self.fields(group, &format!("{path}."));
        }
    }

    /// Says what has the same fields; nothing if nothing has.
    fn seen(&self, group: &Value) -> String {
        let fields = group
            .as_object()
            .into_iter()
            .flat_map(|fields| fields.keys());
        let fields: Vec<&String> = fields.collect();
        let mut groups = self.groups.iter();
        let same = groups.find(|(names, _)| names.iter().eq(fields.iter().copied()));
        same.map_or_else(String::new, |(_, path)| {
            format!("as {}", path.trim_end_matches("[]"))
        })
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
