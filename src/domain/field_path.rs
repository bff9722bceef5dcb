//! The path of a field of a manifest as a value: steps that are added and compared, never a text that is formatted and
//! parsed again.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::sync::Arc;

/// One step: into a table by name, into a list by number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The number of an item, from 0.
    Index(usize),
    /// The name of a field, or the number of a provision.
    Name(Cow<'static, str>),
}

impl Step {
    /// Returns true for this name.
    pub fn is(&self, name: &str) -> bool {
        matches!(self, Self::Name(own) if own == name)
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl From<&usize> for Step {
    fn from(index: &usize) -> Self {
        Self::Index(*index)
    }
}

impl From<&'static str> for Step {
    fn from(name: &'static str) -> Self {
        Self::Name(Cow::Borrowed(name))
    }
}

impl From<String> for Step {
    fn from(name: String) -> Self {
        Self::Name(Cow::Owned(name))
    }
}

/// A field of a manifest, from its outermost table; without steps it is the manifest itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath(Arc<[Step]>);

/// Names a field as a manifest does: `field!(labels[i].expires)`, `field!(templates."supporting-evidence")`.
macro_rules! field {
    (@ [$($step:expr,)*]) => { $crate::domain::FieldPath::of([$($crate::domain::field_path::Step::from($step)),*]) };
    (@ [$($step:expr,)*] . $name:ident $($rest:tt)*) => { $crate::domain::field!(@ [$($step,)* stringify!($name),] $($rest)*) };
    (@ [$($step:expr,)*] . $name:literal $($rest:tt)*) => { $crate::domain::field!(@ [$($step,)* $name,] $($rest)*) };
    (@ [$($step:expr,)*] [$index:expr] $($rest:tt)*) => { $crate::domain::field!(@ [$($step,)* $index,] $($rest)*) };
    ($name:ident $($rest:tt)*) => { $crate::domain::field!(@ [stringify!($name),] $($rest)*) };
}
pub(crate) use field;

impl FieldPath {
    pub fn of(steps: impl IntoIterator<Item = Step>) -> Self {
        Self(steps.into_iter().collect())
    }

    /// Returns a field of this table.
    #[must_use]
    pub fn key(&self, name: impl Into<Cow<'static, str>>) -> Self {
        self.and(Step::Name(name.into()))
    }

    /// Returns an item of this list.
    #[must_use]
    pub fn index(&self, i: usize) -> Self {
        self.and(Step::Index(i))
    }

    fn and(&self, step: Step) -> Self {
        let steps = self.0.iter().cloned();
        Self(steps.chain(std::iter::once(step)).collect())
    }

    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Returns true for the manifest itself.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the part of the manifest that it is in, such as `labels`.
    pub fn section(&self) -> &str {
        match self.0.first() {
            Some(Step::Name(name)) => name,
            Some(Step::Index(_)) | None => "",
        }
    }

    /// Returns the innermost name, without the numbers of items after it.
    pub fn name(&self) -> &str {
        let mut names = self.0.iter().rev().filter_map(|step| match step {
            Step::Name(name) => Some(name.as_ref()),
            Step::Index(_) => None,
        });
        names.next().unwrap_or_default()
    }

    /// Returns what a person would call the field: its name, with the numbers of items.
    #[must_use]
    pub fn short(&self) -> Self {
        let name = self
            .0
            .iter()
            .rposition(|step| matches!(step, Step::Name(_)));
        Self(self.0.get(name.unwrap_or(0)..).unwrap_or_default().into())
    }

    /// Returns true for the field itself and for everything below it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    /// Returns the tables and lists around it, from the innermost; the manifest itself is the last.
    pub fn around(&self) -> impl Iterator<Item = &[Step]> {
        (0..self.0.len()).rev().map(|n| &self.0[..n])
    }
}

impl Borrow<[Step]> for FieldPath {
    fn borrow(&self) -> &[Step] {
        &self.0
    }
}

impl From<&Self> for FieldPath {
    fn from(path: &Self) -> Self {
        path.clone()
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Name(name) if i == 0 => f.write_str(name)?,
                Step::Name(name) => write!(f, ".{name}")?,
            }
        }
        Ok(())
    }
}

impl serde::Serialize for FieldPath {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl FieldPath {
    /// Reads a path as a person writes it, such as the place of a waiver. The field need not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let mut steps = Vec::new();
        for part in text.split('.') {
            // The number of a provision has a point of its own, and no field begins with a digit.
            let is_rest = part.starts_with(|c: char| c.is_ascii_digit());
            if let (true, Some(Step::Name(id))) = (is_rest && steps.len() > 1, steps.last_mut()) {
                *id = format!("{id}.{part}").into();
                continue;
            }
            let (name, items) = part.split_once('[').unwrap_or((part, ""));
            steps.push(Step::from(name.to_owned()));
            let numbers = items.split(['[', ']']).filter_map(|item| item.parse().ok());
            steps.extend(numbers.map(Step::Index));
        }
        let path = Self(steps.into());
        (path.to_string() == text).then_some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_written_as_it_is_read() {
        let i = 1;
        for (path, text) in [
            (field!(labels[i].models[2]), "labels[1].models[2]"),
            (field!(product.support.until), "product.support.until"),
            (field!(evidence."label-photo"), "evidence.label-photo"),
            (
                field!(provisions."5.1-1".evidence[0]),
                "provisions.5.1-1.evidence[0]",
            ),
            (field!(provisions."5.1-1"), "provisions.5.1-1"),
            (
                field!(lifecycle."CK-LP-01".detail),
                "lifecycle.CK-LP-01.detail",
            ),
        ] {
            assert_eq!(path.to_string(), text);
            assert_eq!(FieldPath::parse(text), Some(path));
        }
    }

    #[test]
    fn a_field_is_called_by_its_last_name() {
        for text in ["labels[x]", "labels[0", "labels[00]", "labels[0]x"] {
            assert_eq!(FieldPath::parse(text), None, "{text}");
        }
        let path = field!(labels[0].models[2]);
        assert_eq!(path.name(), "models");
        assert_eq!(path.short().to_string(), "models[2]");
        assert_eq!(field!(provisions."5.1-1").short().to_string(), "5.1-1");
        assert!(path.is_within(&field!(labels[0])) && !path.is_within(&field!(labels[1])));
    }
}
