//! Values that have been parsed by their shape; of a faulty one only that it is there is known.

use crate::domain::{Answer, Date, EvidencePath, Exhibit, Field, List, Pages, ShortHash, Uen};

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
    /// A list.
    List(List<Value>),
    /// Answers by provision number.
    Answers(Vec<Answer>),
}

/// A parsed table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// Its fields; `None` for a value that cannot be read.
    pub(crate) fields: Vec<(&'static str, Option<Value>)>,
    /// Nothing of it can be read, so that any field may be meant to be there.
    pub(crate) is_faulty: bool,
}

macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident -> $type:ty = $variant:ident;)+) => {
        $($(#[$doc])*
        pub(crate) fn $name(&self, field: &str) -> Field<$type> {
            self.get(field).and_then(|value| match value {
                Value::$variant(value) => Some(value.clone()),
                _ => None,
            })
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
        /// Returns a table, if there is one.
        table_if_any -> Self = Table;
    }

    /// Returns a table of which nothing can be read.
    pub(crate) const fn faulty() -> Self {
        Self {
            fields: Vec::new(),
            is_faulty: true,
        }
    }

    /// Returns a table; one without fields where it is missing or faulty.
    pub(crate) fn table(&self, field: &str) -> Self {
        match self.table_if_any(field) {
            Field::Given(table) => table,
            Field::Faulty => Self::faulty(),
            Field::Missing => Self::default(),
        }
    }

    /// Returns a word of a closed set, as a variant of that set.
    pub(crate) fn word<T: std::str::FromStr>(&self, field: &str) -> Field<T> {
        self.get(field).and_then(|value| match value {
            Value::Word(word) => word.parse().ok(),
            _ => None,
        })
    }

    /// Returns answers.
    pub(crate) fn answers(&self, field: &str) -> List<Answer> {
        match self.get(field) {
            Field::Given(Value::Answers(answers)) => answers.clone().into(),
            Field::Missing => List::default(),
            Field::Faulty | Field::Given(_) => List::faulty(),
        }
    }

    /// Returns the items of a list that are texts.
    pub(crate) fn texts(&self, field: &str) -> List<String> {
        self.list(field, |value| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// Returns the items of a list that are paths.
    pub(crate) fn paths(&self, field: &str) -> List<EvidencePath> {
        self.list(field, |value| match value {
            Value::Path(path) => Some(path.clone()),
            _ => None,
        })
    }

    /// Returns the items of a list that name a file, with or without pages.
    pub(crate) fn exhibits(&self, field: &str) -> List<Exhibit> {
        self.list(field, |value| match value {
            Value::Path(path) => Some(Exhibit {
                path: path.clone(),
                pages: None,
            }),
            Value::Table(table) => Some(Exhibit {
                path: table.path("file").given()?,
                pages: table.pages("pages").given(),
            }),
            _ => None,
        })
    }

    /// Returns the items of a list that are tables.
    pub(crate) fn tables<T>(&self, field: &str, build: impl Fn(&Self) -> T) -> List<T> {
        self.list(field, |value| match value {
            Value::Table(table) => Some(build(table)),
            _ => None,
        })
    }

    fn list<T>(&self, field: &str, pick: impl Fn(&Value) -> Option<T>) -> List<T> {
        match self.get(field) {
            Field::Given(Value::List(items)) => {
                let mut list: List<T> = items.iter().map(pick).collect();
                if items.is_faulty() {
                    list.doubt();
                }
                list
            }
            Field::Missing => List::default(),
            Field::Faulty | Field::Given(_) => List::faulty(),
        }
    }

    fn get(&self, field: &str) -> Field<&Value> {
        let mut fields = self.fields.iter();
        match fields.find(|(name, _)| *name == field) {
            Some((_, Some(value))) => Field::Given(value),
            Some((_, None)) => Field::Faulty,
            None if self.is_faulty => Field::Faulty,
            None => Field::Missing,
        }
    }
}
