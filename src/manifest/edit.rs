//! Changes one field of a manifest's text, and nothing else of it: comments, order, quotation and line ends of what a
//! person wrote stay as they are.
//!
//! The text is read again after every change and compared, value by value, with what was wanted. What cannot be
//! changed so is refused, and the text stays as it was.

mod place;
mod scalar;

use crate::domain::{FieldPath, Step};
use crate::manifest::tree::{Node, parse};
use place::Layout;

/// The field cannot be changed without touching something else: an alias, a tag, or a text that is no YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// What a field holds, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    Nothing,
    Text(String),
    List(Vec<Self>),
    Table,
}

/// The text of a manifest, for looking fields up.
pub struct Written(Node);

impl Written {
    /// Reads a text; nothing if it is no YAML.
    pub fn of(source: &str) -> Option<Self> {
        parse(source).ok().map(|(root, _)| Self(root))
    }

    /// Returns what a field holds.
    pub fn at(&self, path: &FieldPath) -> Held {
        place::find(&self.0, path.steps()).map_or(Held::Nothing, held)
    }
}

fn held(node: &Node) -> Held {
    match node {
        Node::Scalar(scalar) if scalar.is_null() => Held::Nothing,
        Node::Scalar(scalar) => Held::Text(scalar.text.clone()),
        Node::List(items, _) => Held::List(items.iter().map(held).collect()),
        Node::Map(..) => Held::Table,
    }
}

/// Writes a text into a field, which may be there or not. An item behind the last one of a list is added.
///
/// # Errors
/// The field cannot be written alone.
pub fn set(source: &str, path: &FieldPath, value: &str) -> Result<String, Refused> {
    edit(source, path, Some(value))
}

/// Removes a field or an item of a list. A missing one is not an error.
///
/// # Errors
/// The field cannot be removed alone.
pub fn remove(source: &str, path: &FieldPath) -> Result<String, Refused> {
    edit(source, path, None)
}

/// Makes a field a list of these texts. Items that remain are not changed.
///
/// # Errors
/// The list cannot be written alone.
pub fn set_list(source: &str, path: &FieldPath, items: &[String]) -> Result<String, Refused> {
    let root = parse(source).map_err(|_| Refused)?.0;
    let old = match place::find(&root, path.steps()) {
        Some(Node::List(items, _)) => items.len(),
        Some(node) if !is_nothing(node) => return Err(Refused),
        _ => 0,
    };
    if items.is_empty() {
        return remove(source, path);
    }
    let mut text = source.to_owned();
    for (i, item) in items.iter().enumerate() {
        text = set(&text, &path.index(i), item)?;
    }
    for i in (items.len()..old).rev() {
        text = remove(&text, &path.index(i))?;
    }
    Ok(text)
}

fn edit(source: &str, path: &FieldPath, value: Option<&str>) -> Result<String, Refused> {
    let root = parse(source).map_err(|_| Refused)?.0;
    let mut wanted = Plain::of(&root);
    if !wanted.change(path.steps(), value) {
        let is_so = match value {
            Some(value) => says(&root, path.steps(), value),
            None => true,
        };
        return is_so.then(|| source.to_owned()).ok_or(Refused);
    }
    let layout = Layout {
        source,
        root: &root,
    };
    let text = match value {
        Some(value) => layout.with(path.steps(), value),
        None => layout.without(path.steps()),
    };
    let text = text.ok_or(Refused)?;
    let after = parse(&text).map_err(|_| Refused)?.0;
    if Plain::of(&after) == wanted {
        Ok(text)
    } else {
        Err(Refused)
    }
}

fn says(root: &Node, steps: &[Step], value: &str) -> bool {
    matches!(place::find(root, steps), Some(Node::Scalar(scalar)) if scalar.text == value)
}

fn is_nothing(node: &Node) -> bool {
    matches!(node, Node::Scalar(scalar) if scalar.is_null())
}

/// What a text says, without how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Plain {
    /// Null, or a table or list without anything in it.
    Nothing,
    Text(String),
    Map(Vec<(String, Self)>),
    List(Vec<Self>),
}

impl Plain {
    fn of(node: &Node) -> Self {
        match node {
            Node::Scalar(scalar) if scalar.is_null() => Self::Nothing,
            Node::Scalar(scalar) => Self::Text(scalar.text.clone()),
            Node::Map(entries, _) => Self::map(
                entries
                    .iter()
                    .map(|(key, value)| (key.text.clone(), Self::of(value)))
                    .collect(),
            ),
            Node::List(items, _) => Self::list(items.iter().map(Self::of).collect()),
        }
    }

    fn map(entries: Vec<(String, Self)>) -> Self {
        if entries.is_empty() {
            Self::Nothing
        } else {
            Self::Map(entries)
        }
    }

    fn list(items: Vec<Self>) -> Self {
        if items.is_empty() {
            Self::Nothing
        } else {
            Self::List(items)
        }
    }

    /// Changes a value; returns false if it is so already.
    fn change(&mut self, steps: &[Step], value: Option<&str>) -> bool {
        let Some((step, rest)) = steps.split_first() else {
            let new = value.map_or(Self::Nothing, |value| Self::Text(value.to_owned()));
            let differs = *self != new;
            *self = new;
            return differs;
        };
        match (step, &mut *self) {
            (Step::Name(_), Self::Nothing) if value.is_some() => *self = Self::Map(Vec::new()),
            (Step::Index(0), Self::Nothing) if value.is_some() => *self = Self::List(Vec::new()),
            _ => {}
        }
        let changed = match (step, &mut *self) {
            (Step::Name(name), Self::Map(entries)) => change_entry(entries, name, rest, value),
            (Step::Index(i), Self::List(items)) => change_item(items, *i, rest, value),
            _ => false,
        };
        let is_empty = match self {
            Self::Map(entries) => entries.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Nothing | Self::Text(_) => false,
        };
        if is_empty {
            *self = Self::Nothing;
        }
        changed
    }
}

fn change_entry(
    entries: &mut Vec<(String, Plain)>,
    name: &str,
    rest: &[Step],
    value: Option<&str>,
) -> bool {
    let at = entries.iter().position(|(key, _)| key == name);
    match at {
        Some(at) if rest.is_empty() && value.is_none() => {
            entries.remove(at);
            true
        }
        Some(at) => entries[at].1.change(rest, value),
        None if value.is_none() => false,
        None => {
            let mut new = Plain::Nothing;
            new.change(rest, value);
            entries.push((name.to_owned(), new));
            true
        }
    }
}

fn change_item(items: &mut Vec<Plain>, i: usize, rest: &[Step], value: Option<&str>) -> bool {
    if i < items.len() {
        if rest.is_empty() && value.is_none() {
            items.remove(i);
            return true;
        }
        return items[i].change(rest, value);
    }
    if i > items.len() || value.is_none() {
        return false;
    }
    let mut new = Plain::Nothing;
    new.change(rest, value);
    items.push(new);
    true
}

#[cfg(test)]
mod tests;
