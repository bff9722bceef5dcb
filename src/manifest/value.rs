//! Values that have been parsed by their shape; a faulty or missing one is simply not there.

use crate::domain::{Answer, Date, EvidencePath, Exhibit, Pages, ShortHash, Uen};

/// A parsed value.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// A text that is fit for a document.
    Text(String),
    /// A word of a closed set.
    Word(&'static str),
    /// A day.
    Date(Date),
    /// A UEN.
    Uen(Uen),
    /// A file below the manifest's folder.
    Path(EvidencePath),
    /// Pages of a document.
    Pages(Pages),
    /// The hash that a declaration bears.
    Hash(ShortHash),
    /// A table.
    Table(Table),
    /// A list; faulty items are left out.
    List(Vec<Value>),
    /// Answers by provision number.
    Answers(Vec<Answer>),
}

/// A parsed table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table(pub(crate) Vec<(&'static str, Value)>);

macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident -> $type:ty = $variant:ident;)+) => {
        $($(#[$doc])*
        pub(crate) fn $name(&self, field: &str) -> Option<$type> {
            match self.get(field) {
                Some(Value::$variant(value)) => Some(value.clone()),
                _ => None,
            }
        })+
    };
}

impl Table {
    getters! {
        /// Returns a text.
        text -> String = Text;
        /// Returns a day.
        date -> Date = Date;
        /// Returns a UEN.
        uen -> Uen = Uen;
        /// Returns a path.
        path -> EvidencePath = Path;
        /// Returns pages.
        pages -> Pages = Pages;
        /// Returns a hash.
        hash -> ShortHash = Hash;
        /// Returns answers.
        answers -> Vec<Answer> = Answers;
    }

    /// Returns a table; an empty one where it is missing or faulty.
    pub(crate) fn table(&self, field: &str) -> Self {
        self.table_if_any(field).unwrap_or_default()
    }

    /// Returns a table, if there is one.
    pub(crate) fn table_if_any(&self, field: &str) -> Option<Self> {
        match self.get(field) {
            Some(Value::Table(table)) => Some(table.clone()),
            _ => None,
        }
    }

    /// Returns a word of a closed set, as a variant of that set.
    pub(crate) fn word<T: std::str::FromStr>(&self, field: &str) -> Option<T> {
        match self.get(field) {
            Some(Value::Word(word)) => word.parse().ok(),
            _ => None,
        }
    }

    /// Returns the items of a list that are texts.
    pub(crate) fn texts(&self, field: &str) -> Vec<String> {
        self.list(field, |value| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// Returns the items of a list that are paths.
    pub(crate) fn paths(&self, field: &str) -> Vec<EvidencePath> {
        self.list(field, |value| match value {
            Value::Path(path) => Some(path.clone()),
            _ => None,
        })
    }

    /// Returns the items of a list that name a file, with or without pages.
    pub(crate) fn exhibits(&self, field: &str) -> Vec<Exhibit> {
        self.list(field, |value| match value {
            Value::Path(path) => Some(Exhibit {
                path: path.clone(),
                pages: None,
            }),
            Value::Table(table) => Some(Exhibit {
                path: table.path("file")?,
                pages: table.pages("pages"),
            }),
            _ => None,
        })
    }

    /// Returns the items of a list that are tables.
    pub(crate) fn tables(&self, field: &str) -> Vec<Self> {
        self.list(field, |value| match value {
            Value::Table(table) => Some(table.clone()),
            _ => None,
        })
    }

    fn list<T>(&self, field: &str, pick: impl Fn(&Value) -> Option<T>) -> Vec<T> {
        match self.get(field) {
            Some(Value::List(items)) => items.iter().filter_map(pick).collect(),
            _ => Vec::new(),
        }
    }

    fn get(&self, field: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, value)| value)
    }
}
