//! Reads a tree by its shape: known fields become values, everything else a finding.
//!
//! One mistake gives one finding: a misspelt field is read as the one that was meant, so that it is not reported as
//! missing too.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::nearest::nearest;
use crate::diag::{Code, Finding, Origins, Place, Span, Told, told};
use crate::domain::record::{Record as _, Table, Value};
use crate::domain::shape::{Kind, Named, Need, Shape};
use crate::domain::text::shown;
use crate::domain::vocabulary::synonyms::{Certain, certain};
use crate::domain::{Answer, ExhibitTable, FieldPath, List, ProvisionId, Reply};
use crate::manifest::scalar::{help_for_nothing, what_to_write};
use crate::manifest::texts::Texts;
use crate::manifest::tree::{Node, Scalar};
use crate::manifest::wide;

/// Collects findings and the places of fields while it reads.
#[derive(Default)]
pub(crate) struct Reader {
    pub(crate) findings: Vec<Finding>,
    pub(crate) origins: Origins,
    /// The folder that paths are relative to, by the byte from which it counts.
    pub(crate) roots: Vec<(usize, usize)>,
    /// Texts that a person confirmed.
    pub(crate) confirmed: BTreeSet<String>,
}

impl Reader {
    pub(crate) fn table(
        &mut self,
        node: &Node,
        shape: &'static Shape,
        route: &FieldPath,
    ) -> Option<Table> {
        let Node::Map(entries, _) = node else {
            self.wrong_shape(
                node,
                route,
                "a table",
                if route.is_root() {
                    "begin with `schema: 1`; `clspack init` writes a manifest to start from"
                } else {
                    "write its fields below it, each indented by two spaces"
                },
            );
            return None;
        };
        let named = |field: &&'static Named| entries.iter().any(|(key, _)| key.text == field.name);
        let there: Vec<&'static str> = shape
            .fields
            .iter()
            .filter(named)
            .map(|field| field.name)
            .collect();
        let mut seen: Vec<(&'static str, Span)> = Vec::new();
        let mut table = Table::default();
        for (key, value) in entries {
            let (field, holds) = match self.field_of(key, value, &there, shape, route) {
                Meant::Field(field) => (field, true),
                Meant::Unread(field) => (field, false),
                Meant::Nothing => continue,
            };
            let route = route.key(field.name);
            if let Some((_, first)) = seen.iter().find(|(other, _)| *other == field.name) {
                self.duplicate(key, *first, &route);
                continue;
            }
            seen.push((field.name, key.span));
            self.origins.record(&route, Some(key.span), value.span());
            let value = holds
                .then(|| self.value(value, field.kind, (field, field.need), &route))
                .flatten();
            table.fields.push((field.name, value));
        }
        for field in shape
            .fields
            .iter()
            .filter(|field| field.need == Need::Required)
        {
            if !seen.iter().any(|(other, _)| *other == field.name) {
                self.missing(field, shape, route);
            }
        }
        Some(table)
    }

    fn value(
        &mut self,
        node: &Node,
        kind: &'static Kind,
        (field, need): (&Named, Need),
        route: &FieldPath,
    ) -> Option<Value> {
        match (kind, node) {
            (_, Node::Scalar(scalar)) if scalar.is_null() || scalar.text.trim().is_empty() => {
                self.nothing((field, need), route);
                None
            }
            (Kind::Table(shape), _) => self.table(node, shape, route).map(Value::Table),
            (Kind::List(item), Node::List(nodes, _)) => {
                Some(Value::List(self.items(nodes, item, (field, need), route)))
            }
            // A single item needs no brackets, if it cannot be several.
            (Kind::List(item), Node::Scalar(text)) if is_one(item, text) => {
                let nodes = std::slice::from_ref(node);
                Some(Value::List(self.items(nodes, item, (field, need), route)))
            }
            (Kind::List(_), _) => {
                self.wrong_shape(node, route, "a list", help_for_several(node));
                None
            }
            (Kind::Exhibit, Node::Map(..)) => self
                .table(node, ExhibitTable::SHAPE, route)
                .map(Value::Table),
            (Kind::Answers, _) => self.answers(node, route).map(Value::Answers),
            (_, Node::Scalar(text)) => self.scalar(text, kind, field, route),
            _ => {
                self.wrong_shape(node, route, "a single value", what_to_write(field));
                None
            }
        }
    }

    /// Says that a field is there and empty, whether as nothing, `""` or `[]`.
    fn nothing(&mut self, (field, need): (&Named, Need), route: &FieldPath) {
        let message = format!("`{}` is empty", route.short());
        let help = help_for_nothing(field, need);
        self.findings
            .push(Finding::at(Code::EmptyField, route, message, help));
    }

    fn items(
        &mut self,
        nodes: &[Node],
        kind: &'static Kind,
        (field, need): (&Named, Need),
        route: &FieldPath,
    ) -> List<Value> {
        if nodes.is_empty() && matches!(kind, Kind::Line(_) | Kind::Path | Kind::Exhibit) {
            self.nothing((field, need), route);
            return List::faulty();
        }
        let read = |(i, node): (usize, &Node)| {
            let route = route.index(i);
            self.origins.record(&route, None, node.span());
            self.value(node, kind, (field, Need::Sometimes), &route)
        };
        nodes.iter().enumerate().map(read).collect()
    }

    fn scalar(
        &mut self,
        text: &Scalar,
        kind: &Kind,
        field: &Named,
        route: &FieldPath,
    ) -> Option<Value> {
        let mut texts = Texts {
            findings: &mut self.findings,
            confirmed: &self.confirmed,
        };
        match texts.value(text, kind, field, route)? {
            Value::Path(path) => Some(Value::Path(path.seen_from(self.root(text)))),
            value => Some(value),
        }
    }

    /// Returns the folder that a path written here is relative to.
    fn root(&self, text: &Scalar) -> usize {
        let next = self
            .roots
            .partition_point(|(start, _)| *start <= text.span.start);
        next.checked_sub(1)
            .and_then(|i| self.roots.get(i))
            .map_or(0, |(_, root)| *root)
    }

    fn answers(&mut self, node: &Node, route: &FieldPath) -> Option<Vec<Answer>> {
        let Node::Map(entries, _) = node else {
            self.wrong_shape(
                node,
                route,
                "a table",
                "write one line for each provision: `5.1-1: { support: yes, detail: … }`",
            );
            return None;
        };
        let mut answers = Vec::new();
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for (key, value) in entries {
            let route = route.key(key.text.clone());
            let Ok(id) = key.text.parse::<ProvisionId>() else {
                let message = format!("`{}` is not the number of a provision", key.text);
                self.findings.push(Finding::new(
                    Code::MalformedProvisionId,
                    Place::Span(key.span),
                    message,
                    "write a number such as `5.1-1`, `6-1` or `CK-LP-01`",
                ));
                continue;
            };
            if let Some(first) = seen.get(key.text.as_str()) {
                self.duplicate(key, *first, &route);
                continue;
            }
            seen.insert(&key.text, key.span);
            self.origins.record(&route, Some(key.span), value.span());
            let table = self.table(value, Reply::SHAPE, &route);
            let reply = Reply::of(&table.unwrap_or_else(Table::faulty));
            answers.push(Answer {
                id,
                written: key.text.clone(),
                section: if route.section() == "lifecycle" {
                    "lifecycle"
                } else {
                    "provisions"
                },
                support: reply.support,
                detail: reply.detail,
                evidence: reply.evidence,
            });
        }
        Some(answers)
    }

    /// Returns the field that a key names or most likely means. `there` are the fields that the table has under their
    /// exact names.
    fn field_of(
        &mut self,
        key: &Scalar,
        value: &Node,
        there: &[&'static str],
        shape: &'static Shape,
        route: &FieldPath,
    ) -> Meant {
        let named = |name: &str| shape.fields.iter().find(|field| field.name == name);
        if let Some(field) = named(&key.text) {
            return Meant::Field(field);
        }
        if let Some((name, finding)) = wide::of_another_keyboard(key) {
            self.findings.push(finding);
            let field = named(name).filter(|field| !there.contains(&field.name));
            return field.map_or(Meant::Nothing, Meant::Unread);
        }
        // In braces a comma ends a value, and the rest of the sentence becomes a field without one.
        if matches!(value, Node::Scalar(value) if value.is_null()) && key.text.contains(' ') {
            let message = format!("expected a field, found `{}`", shown(&key.text));
            let help = "if it belongs to the text before it, put that text in quotes: in braces a comma ends a value";
            self.findings.push(Finding::new(
                Code::UnknownField,
                Place::Span(key.span),
                message,
                help,
            ));
            return Meant::Nothing;
        }
        let known: Vec<&'static str> = shape.fields.iter().map(|field| field.name).collect();
        if let Some(Certain::Called(name)) = certain(&key.text, &known)
            && let Some(field) = named(name)
        {
            if there.contains(&name) {
                self.another_name(key, name);
                return Meant::Nothing;
            }
            let message = format!("`{}` is read as `{name}`", shown(&key.text));
            let help = format!("write `{name}`, or the right field if this is wrong");
            let place = Place::Span(key.span);
            self.findings
                .push(Finding::new(Code::WordTaken, place, message, help));
            return Meant::Field(field);
        }
        let message = format!("unknown field `{}`", shown(&key.text));
        let near = nearest(&key.text, shape.fields.iter().map(|field| field.name));
        let help = near.map_or_else(
            || {
                format!(
                    "remove it; {} knows {}",
                    shape.name,
                    crate::diag::nearest::one_of(shape.fields.iter().map(|field| field.name))
                )
            },
            |name| format!("a similar field exists: write `{name}`"),
        );
        self.findings.push(
            Finding::new(Code::UnknownField, Place::Span(key.span), message, help)
                .because(format!("{} has no such field", shape.name)),
        );
        let spoken_for =
            |name: &str| there.contains(&name) || self.origins.has(&route.key(name.to_owned()));
        near.filter(|name| !spoken_for(name))
            .and_then(named)
            .map_or(Meant::Nothing, Meant::Field)
    }

    /// Reports a field under two names: the value under either may be the right one.
    fn another_name(&mut self, key: &Scalar, name: &str) {
        let key_shown = shown(&key.text);
        let message =
            format!("`{key_shown}` is another name of `{name}`, which is written here as well");
        let help = format!("keep the right value of both under `{name}`");
        let place = Place::Span(key.span);
        self.findings
            .push(Finding::new(Code::DuplicateField, place, message, help));
    }

    fn missing(&mut self, field: &Named, shape: &Shape, route: &FieldPath) {
        let message = told(|m| {
            let place = if route.is_root() {
                m.name()
            } else {
                shape.name
            };
            format!("`{}` is missing from {place}", field.name)
        });
        let finding = Finding::at(
            Code::MissingField,
            route.key(field.name),
            message,
            format!("write `{}:` and {}", field.name, field.in_yaml()),
        );
        self.findings
            .push(finding.in_cell(format!("write {}", field.doc)));
    }

    fn duplicate(&mut self, key: &Scalar, first: Span, route: &FieldPath) {
        let message = format!("`{}` is written twice", shown(&key.text));
        let finding = Finding::new(
            Code::DuplicateField,
            Place::Span(key.span),
            message,
            format!("keep one `{}` and remove the other", route.short()),
        );
        self.findings
            .push(finding.and_at(Place::Span(first), "first written here"));
    }

    fn wrong_shape(
        &mut self,
        node: &Node,
        route: &FieldPath,
        expected: &str,
        help: impl Into<Told>,
    ) {
        // With a bracket of another keyboard, a list is a text to YAML.
        if let Node::Scalar(text) = node
            && text.plain
            && let Some(c) = text.text.chars().next().filter(|c| !wide::is_blank(*c))
            && let Some(finding) = wide::finding(c, text.span.start)
        {
            self.findings.push(finding);
            return;
        }
        let message = if route.is_root() {
            format!("the manifest is {}, not {expected}", node.what())
        } else {
            format!("`{}` is {}, not {expected}", route.short(), node.what())
        };
        let place = Place::Field(route.clone());
        self.findings
            .push(Finding::new(Code::WrongShape, place, message, help));
    }
}

/// Returns true if a text is one item: not several, and without a bracket of another keyboard.
fn is_one(item: &Kind, text: &Scalar) -> bool {
    let may_be_several = [',', ';', '、', '，', '；', '\n'];
    let is_single = !matches!(item, Kind::Table(_) | Kind::List(_) | Kind::Partial);
    let first = text.text.chars().next();
    let is_bracket = text.plain && first.is_some_and(|c| wide::meant(c).is_some());
    is_single && !is_bracket && !text.text.contains(may_be_several)
}

/// Returns how to write the list: the items of the text in brackets.
fn help_for_several(node: &Node) -> String {
    let text = match node {
        Node::Scalar(scalar) => scalar.text.as_str(),
        Node::Map(..) | Node::List(..) => "",
    };
    let items = text.split([',', ';', '、', '，', '；']).map(str::trim);
    let items: Vec<&str> = items.filter(|item| !item.is_empty()).collect();
    match items.as_slice() {
        [_, _, ..] => format!("write it as `[{}]`, in brackets", shown(&items.join(", "))),
        _ => "write it as `[first, second]`, in brackets".to_owned(),
    }
}

/// What a key means.
enum Meant {
    Field(&'static Named),
    /// A field whose value cannot be read; a finding says why.
    Unread(&'static Named),
    /// No field.
    Nothing,
}
