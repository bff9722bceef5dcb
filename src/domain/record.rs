//! Records: structs that are tables of a manifest. `record!` declares one: its fields, what a manifest may write in them,
//! and the help for people. Its shape, the conversion from parsed values, and the texts that documents may print follow
//! from that.

use crate::domain::shape::{Kind, Shape};
use crate::domain::{
    Answer, Category, Date, EvidencePath, Example, Exhibit, Field, FieldPath, LabelCategory,
    LabelLevel, Level, List, Pages, Platform, Scheme, ShortHash, Support, Uen,
};

/// Texts, each with its field.
pub type Texts<'a> = Vec<(FieldPath, &'a str)>;

/// A parsed value.
#[derive(Clone, Debug)]
pub enum Value {
    /// A text for a document.
    Text(String),
    /// A word of a closed set.
    Word(&'static str),
    Date(Date),
    Uen(Uen),
    /// A file below the manifest's folder.
    Path(EvidencePath),
    /// Pages of a document.
    Pages(Pages),
    /// The short hash on a declaration.
    Hash(ShortHash),
    Table(Table),
    List(List<Value>),
    /// Answers by provision number.
    Answers(Vec<Answer>),
}

/// A parsed table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its fields; `None` for a value that cannot be read.
    pub fields: Vec<(&'static str, Option<Value>)>,
    /// None of it can be read, so that every field may be there.
    pub is_faulty: bool,
}

impl Table {
    /// Returns a table of which nothing can be read.
    pub const fn faulty() -> Self {
        Self {
            fields: Vec::new(),
            is_faulty: true,
        }
    }

    /// Returns the value under a name.
    pub fn get(&self, name: &str) -> Field<&Value> {
        let mut fields = self.fields.iter();
        match fields.find(|(other, _)| *other == name) {
            Some((_, Some(value))) => Field::Given(value),
            Some((_, None)) => Field::Faulty,
            None if self.is_faulty => Field::Faulty,
            None => Field::Missing,
        }
    }
}

/// A struct that is a table of a manifest.
pub trait Record: Sized {
    const SHAPE: &'static Shape;

    fn of(table: &Table) -> Self;

    /// Adds the texts that a document may print.
    fn collect<'a>(&'a self, at: &FieldPath, texts: &mut Texts<'a>);
}

/// A way to fill a field of a record.
pub trait Holds {
    type Kept;
    const KIND: &'static Kind;

    fn keep(found: Field<&Value>) -> Self::Kept;

    /// Adds its texts.
    fn texts<'a>(kept: &'a Self::Kept, at: &FieldPath, texts: &mut Texts<'a>);
}

/// A single value, in a field or in a list.
pub trait Single {
    type Value;
    const KIND: &'static Kind;

    /// Converts a parsed value; `None` if it is of another kind.
    fn pick(value: &Value) -> Option<Self::Value>;

    /// Adds its texts; words of closed sets, dates and numbers have none.
    fn texts_of<'a>(_value: &'a Self::Value, _at: &FieldPath, _texts: &mut Texts<'a>) {}
}

impl<S: Single> Holds for S {
    type Kept = Field<S::Value>;
    const KIND: &'static Kind = <S as Single>::KIND;

    fn keep(found: Field<&Value>) -> Self::Kept {
        found.and_then(S::pick)
    }

    fn texts<'a>(kept: &'a Self::Kept, at: &FieldPath, texts: &mut Texts<'a>) {
        if let Field::Given(value) = kept {
            S::texts_of(value, at, texts);
        }
    }
}

/// A list of single values.
pub struct Many<S>(S);

impl<S: Single> Holds for Many<S> {
    type Kept = List<S::Value>;
    const KIND: &'static Kind = &Kind::List(<S as Single>::KIND);

    fn keep(found: Field<&Value>) -> Self::Kept {
        match found {
            Field::Given(Value::List(items)) => {
                let mut list: Self::Kept = items.iter().map(S::pick).collect();
                if items.is_faulty() {
                    list.doubt();
                }
                list
            }
            Field::Missing => List::default(),
            Field::Faulty | Field::Given(_) => List::faulty(),
        }
    }

    fn texts<'a>(kept: &'a Self::Kept, at: &FieldPath, texts: &mut Texts<'a>) {
        for (i, value) in kept.iter().enumerate() {
            S::texts_of(value, &at.index(i), texts);
        }
    }
}

/// A table that is a part of the record: without it, each of its fields is missing.
pub struct Part<R>(R);

impl<R: Record> Holds for Part<R> {
    type Kept = R;
    const KIND: &'static Kind = &Kind::Table(R::SHAPE);

    fn keep(found: Field<&Value>) -> R {
        match found {
            Field::Given(Value::Table(table)) => <R as Record>::of(table),
            Field::Missing => R::of(&Table::default()),
            Field::Faulty | Field::Given(_) => R::of(&Table::faulty()),
        }
    }

    fn texts<'a>(kept: &'a R, at: &FieldPath, texts: &mut Texts<'a>) {
        kept.collect(at, texts);
    }
}

/// A table that may be left out.
impl<R: Record> Single for R {
    type Value = R;
    const KIND: &'static Kind = &Kind::Table(R::SHAPE);

    fn pick(value: &Value) -> Option<R> {
        match value {
            Value::Table(table) => Some(<R as Record>::of(table)),
            _ => None,
        }
    }

    fn texts_of<'a>(value: &'a R, at: &FieldPath, texts: &mut Texts<'a>) {
        value.collect(at, texts);
    }
}

/// A text of one line, at most so many characters.
pub struct Line<const MAX: usize>;

/// A text of several lines, at most so many characters.
pub struct Lines<const MAX: usize>;

/// An e-mail address.
pub struct Email;

/// A telephone number.
pub struct Phone;

/// A country code of two letters.
pub struct Country;

/// The number of the manifest's format; there is only one.
pub struct Schema;

/// A part of a manifest that is merged into the rest before that is read.
pub struct Partial;

/// Answers by provision number.
pub struct Answers;

impl<const MAX: usize> Single for Lines<MAX> {
    type Value = String;
    const KIND: &'static Kind = &Kind::Lines(MAX);

    fn pick(value: &Value) -> Option<String> {
        Url::pick(value)
    }

    fn texts_of<'a>(value: &'a String, at: &FieldPath, texts: &mut Texts<'a>) {
        Url::texts_of(value, at, texts);
    }
}

impl<const MAX: usize> Single for Line<MAX> {
    type Value = String;
    const KIND: &'static Kind = &Kind::Line(MAX);

    fn pick(value: &Value) -> Option<String> {
        Url::pick(value)
    }

    fn texts_of<'a>(value: &'a String, at: &FieldPath, texts: &mut Texts<'a>) {
        Url::texts_of(value, at, texts);
    }
}

/// An address that begins with `https://` or `http://`.
pub struct Url;

macro_rules! singles {
    ($($holds:ty = $kind:ident, $variant:ident, $value:ty $(, $text:ident)?;)+) => {
        $(impl Single for $holds {
            type Value = $value;
            const KIND: &'static Kind = &Kind::$kind;

            fn pick(value: &Value) -> Option<$value> {
                match value {
                    Value::$variant(value) => Some(value.clone()),
                    _ => None,
                }
            }

            $(fn texts_of<'a>(value: &'a $value, at: &FieldPath, texts: &mut Texts<'a>) {
                texts.push((at.clone(), value.$text()));
            })?
        })+
    };
}

singles! {
    Url = Url, Text, String, as_str;
    Email = Email, Text, String, as_str;
    Phone = Phone, Text, String, as_str;
    Country = Country, Text, String;
    Uen = Uen, Uen, Self;
    Pages = Pages, Pages, Self;
    ShortHash = Hash, Hash, Self;
    Date = Date, Date, Self;
    EvidencePath = Path, Path, Self, as_str;
}

macro_rules! words_of {
    ($($set:ty),+) => {
        $(impl Single for $set {
            type Value = Self;
            const KIND: &'static Kind =
                &Kind::Word(|| <$set>::ALL.iter().map(|word| word.as_str()).collect());

            fn pick(value: &Value) -> Option<Self> {
                match value {
                    Value::Word(word) => word.parse().ok(),
                    _ => None,
                }
            }
        })+
    };
}

words_of!(
    Category,
    Example,
    LabelCategory,
    LabelLevel,
    Level,
    Platform,
    Scheme,
    Support
);

macro_rules! unread {
    ($($holds:ident),+) => {
        $(impl Single for $holds {
            type Value = ();
            const KIND: &'static Kind = &Kind::$holds;

            fn pick(_: &Value) -> Option<()> {
                Some(())
            }
        })+
    };
}

unread!(Schema, Partial);

impl Holds for Answers {
    type Kept = List<Answer>;
    const KIND: &'static Kind = &Kind::Answers;

    fn keep(found: Field<&Value>) -> List<Answer> {
        match found {
            Field::Given(Value::Answers(answers)) => answers.clone().into(),
            Field::Missing => List::default(),
            Field::Faulty | Field::Given(_) => List::faulty(),
        }
    }

    fn texts<'a>(kept: &'a List<Answer>, _: &FieldPath, texts: &mut Texts<'a>) {
        for answer in kept {
            let field = answer.field();
            let detail = answer.detail.as_deref();
            texts.extend(detail.map(|detail| (field.key("detail"), detail)));
            Many::<Exhibit>::texts(&answer.evidence, &field.key("evidence"), texts);
        }
    }
}

/// Declares a record: each field with its name in a manifest, what it holds, and the help for people. A
/// text is taken for one that documents print, unless the line ends with `unprinted`.
macro_rules! record {
    ($(#[$meta:meta])* $record:ident $called:literal {
        $($need:ident $field:ident $(as $spelt:literal)? : $holds:ty => $doc:literal $($mark:ident)?;)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub struct $record {
            $(#[doc = $doc] pub $field: <$holds as $crate::domain::record::Holds>::Kept),+
        }

        impl $crate::domain::record::Record for $record {
            const SHAPE: &'static $crate::domain::shape::Shape = &$crate::domain::shape::Shape {
                name: $called,
                fields: &[$($crate::domain::shape::Named {
                    name: $crate::domain::record::record!(@name $field $($spelt)?),
                    kind: <$holds as $crate::domain::record::Holds>::KIND,
                    need: $crate::domain::shape::Need::$need,
                    doc: $doc,
                    quoted: $crate::domain::record::record!(@quoted $($mark)?),
                }),+],
            };

            fn of(table: &$crate::domain::record::Table) -> Self {
                Self {
                    $($field: <$holds as $crate::domain::record::Holds>::keep(
                        table.get($crate::domain::record::record!(@name $field $($spelt)?)),
                    )),+
                }
            }

            fn collect<'a>(
                &'a self,
                at: &$crate::domain::FieldPath,
                texts: &mut $crate::domain::record::Texts<'a>,
            ) {
                $(if $crate::domain::record::record!(@printed $($mark)?) {
                    let name = $crate::domain::record::record!(@name $field $($spelt)?);
                    <$holds as $crate::domain::record::Holds>::texts(&self.$field, &at.key(name), texts);
                })+
            }
        }
    };
    (@name $field:ident $spelt:literal) => { $spelt };
    (@name $field:ident) => { stringify!($field) };
    (@quoted quoted) => { true };
    (@quoted $($other:ident)?) => { false };
    (@printed unprinted) => { false };
    (@printed $($other:ident)?) => { true };
}
pub(crate) use record;
