//! The state of a field of a manifest: missing, faulty or given.

use std::ops::{Deref, DerefMut};

/// A field of a manifest. A faulty one has a finding already, so nothing else is reported about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Field<T> {
    #[default]
    Missing,
    /// It cannot be read, or the table that may have it cannot.
    Faulty,
    /// It has a valid value.
    Given(T),
}

impl<T> Field<T> {
    /// Returns the value.
    pub fn given(self) -> Option<T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Missing | Self::Faulty => None,
        }
    }

    /// Returns a reference to the value.
    pub const fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Missing | Self::Faulty => None,
        }
    }

    /// Returns the target of the value: `&str` of a `String`.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.as_ref().map(Deref::deref)
    }

    /// Returns true if the field is left out.
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// Returns true if the field is there and cannot be read.
    pub const fn is_faulty(&self) -> bool {
        matches!(self, Self::Faulty)
    }

    /// Returns true if the field has a value.
    pub const fn is_given(&self) -> bool {
        matches!(self, Self::Given(_))
    }

    /// Returns the same field without its value.
    pub const fn state(&self) -> Field<()> {
        match self {
            Self::Missing => Field::Missing,
            Self::Faulty => Field::Faulty,
            Self::Given(_) => Field::Given(()),
        }
    }

    /// Converts the value; if that fails, the field is faulty.
    pub(crate) fn and_then<U>(self, make: impl FnOnce(T) -> Option<U>) -> Field<U> {
        match self {
            Self::Missing => Field::Missing,
            Self::Faulty => Field::Faulty,
            Self::Given(value) => make(value).map_or(Field::Faulty, Field::Given),
        }
    }
}

/// `None` is a field that is left out.
impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Self::Given)
    }
}

/// A list of values. Those that can be read are usable; the others make the list faulty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T> {
    items: Vec<T>,
    is_faulty: bool,
}

impl<T> List<T> {
    /// Returns a list of which nothing can be read.
    pub(crate) const fn faulty() -> Self {
        Self {
            items: Vec::new(),
            is_faulty: true,
        }
    }

    pub(crate) const fn doubt(&mut self) {
        self.is_faulty = true;
    }

    /// Adds an item that is right.
    pub(crate) fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// Returns true if an item cannot be read, so that one that is missing may only be misspelt.
    pub const fn is_faulty(&self) -> bool {
        self.is_faulty
    }

    /// Returns true if the list is left out.
    pub const fn is_missing(&self) -> bool {
        self.items.is_empty() && !self.is_faulty
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self {
            items,
            is_faulty: false,
        }
    }
}

/// Items that cannot be read are `None`.
impl<T> FromIterator<Option<T>> for List<T> {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(all: I) -> Self {
        let mut list = Self::default();
        for item in all {
            list.is_faulty |= item.is_none();
            list.items.extend(item);
        }
        list
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
