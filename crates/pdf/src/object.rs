//! The values in a PDF file.

use std::collections::BTreeMap;
use std::rc::Rc;

#[derive(Clone, Debug, Default)]
pub(super) enum Object {
    #[default]
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(Rc<[u8]>),
    Name(Rc<[u8]>),
    Array(Rc<Vec<Object>>),
    Dict(Rc<Dict>),
    Stream(Rc<Stream>),
    /// A reference to the object with this number.
    Ref(u32),
}

/// A dictionary. Of two values with the same name the last one counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Dict(pub(super) BTreeMap<Rc<[u8]>, Object>);

/// A dictionary with bytes of the file.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    pub(super) dict: Rc<Dict>,
    /// The number of the object; 0 if it has none.
    pub(super) number: u32,
    /// The start and end of its bytes in the file.
    pub(super) at: (usize, usize),
}

impl Dict {
    /// Returns the value as it is written, which may be a reference.
    pub(super) fn raw(&self, key: &str) -> &Object {
        self.0.get(key.as_bytes()).unwrap_or(&Object::Null)
    }
}

impl Object {
    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    pub(super) fn int(&self) -> Option<i64> {
        match self {
            Self::Int(int) => Some(*int),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a fraction where a whole number belongs is cut, and a cast saturates"
            )]
            Self::Real(real) => Some(*real as i64),
            _ => None,
        }
    }

    pub(super) fn size(&self) -> Option<usize> {
        self.int().and_then(|int| usize::try_from(int).ok())
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self {
            #[expect(
                clippy::cast_precision_loss,
                reason = "no place on a page needs more than 53 bits"
            )]
            Self::Int(int) => Some(*int as f64),
            Self::Real(real) => Some(*real),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn is_name(&self, name: &str) -> bool {
        self.name() == Some(name.as_bytes())
    }

    pub(super) fn text(&self) -> Option<&[u8]> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the items of an array; nothing for other values.
    pub(super) fn items(&self) -> &[Object] {
        match self {
            Self::Array(items) => items,
            _ => &[],
        }
    }

    /// Returns a dictionary, or the dictionary of a stream.
    pub(super) fn dict(&self) -> Option<&Rc<Dict>> {
        match self {
            Self::Dict(dict) => Some(dict),
            Self::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    pub(super) fn stream(&self) -> Option<&Rc<Stream>> {
        match self {
            Self::Stream(stream) => Some(stream),
            _ => None,
        }
    }
}
