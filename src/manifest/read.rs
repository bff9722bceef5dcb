//! Reads a tree by its shape: known fields into values, every other thing into a finding.
//!
//! One mistake gives one finding: a misspelt field is taken for the one that it was meant to be,
//! so that it is not also reported as missing.

use crate::diag::nearest::nearest;
use crate::diag::{Code, Finding, Origins, Place};
use crate::domain::{Answer, ProvisionId};
use crate::manifest::scalar;
use crate::manifest::shape::{ANSWER, EXHIBIT, Field, Kind, Need, Shape};
use crate::manifest::tree::{Node, Scalar};
use crate::manifest::value::{Table, Value};

/// Collects what is read on the way: findings and the places of fields.
#[derive(Default)]
pub(crate) struct Reader {
    /// What is wrong.
    pub(crate) findings: Vec<Finding>,
    /// Where each field stands.
    pub(crate) origins: Origins,
    /// From which byte on which folder is the one that paths are seen from.
    pub(crate) roots: Vec<(usize, usize)>,
}

impl Reader {
    /// Reads a table.
    pub(crate) fn table(
        &mut self,
        node: &Node,
        shape: &'static Shape,
        route: &str,
    ) -> Option<Table> {
        let Node::Map(entries, _) = node else {
            self.wrong_shape(
                node,
                route,
                "a table",
                if route.is_empty() {
                    "begin with `schema: 1`; `clspack init` writes a manifest to start from"
                } else {
                    "write its fields below it, each indented by two spaces"
                },
            );
            return None;
        };
        let mut seen: Vec<(&'static Field, &Scalar)> = Vec::new();
        let mut table = Table::default();
        for (key, value) in entries {
            let Some(field) = self.field_of(key, value, entries, shape, route) else {
                continue;
            };
            let route = join(route, field.name);
            if let Some((_, first)) = seen.iter().find(|(other, _)| other.name == field.name) {
                self.duplicate(key, first, &route);
                continue;
            }
            seen.push((field, key));
            self.origins.record(&route, Some(key.span), value.span());
            table.0.extend(
                self.value(value, &field.kind, (field.doc, field.need), &route)
                    .map(|value| (field.name, value)),
            );
        }
        for field in shape
            .fields
            .iter()
            .filter(|field| field.need == Need::Required)
        {
            if !seen.iter().any(|(other, _)| other.name == field.name) {
                self.missing(field, shape, route);
            }
        }
        Some(table)
    }

    fn value(
        &mut self,
        node: &Node,
        kind: &'static Kind,
        (doc, need): (&str, Need),
        route: &str,
    ) -> Option<Value> {
        match (kind, node) {
            (_, Node::Scalar(scalar)) if scalar.is_null() => {
                let message = format!("`{}` has no value", last(route));
                self.findings.push(Finding::at(
                    Code::EmptyField,
                    route,
                    message,
                    help_for_nothing(doc, need),
                ));
                None
            }
            (Kind::Table(shape), _) => self.table(node, shape, route).map(Value::Table),
            (Kind::List(item), Node::List(nodes, _)) => {
                Some(Value::List(self.items(nodes, item, (doc, need), route)))
            }
            (Kind::List(_), _) => {
                self.wrong_shape(
                    node,
                    route,
                    "a list",
                    "write it as `[first, second]`, in brackets even if there is only one",
                );
                None
            }
            (Kind::Exhibit, Node::Map(..)) => self.table(node, &EXHIBIT, route).map(Value::Table),
            (Kind::Answers, _) => self.answers(node, route).map(Value::Answers),
            (_, Node::Scalar(text)) => self.scalar(text, kind, doc, route),
            _ => {
                self.wrong_shape(node, route, "a single value", &format!("write {doc}"));
                None
            }
        }
    }

    fn items(
        &mut self,
        nodes: &[Node],
        kind: &'static Kind,
        (doc, need): (&str, Need),
        route: &str,
    ) -> Vec<Value> {
        if nodes.is_empty() && matches!(kind, Kind::Line(_) | Kind::Path | Kind::Exhibit) {
            let message = format!("`{}` is an empty list", last(route));
            self.findings.push(Finding::at(
                Code::EmptyField,
                route,
                message,
                help_for_nothing(doc, need),
            ));
        }
        let read = |(i, node): (usize, &Node)| {
            let route = format!("{route}[{i}]");
            self.origins.record(&route, None, node.span());
            self.value(node, kind, (doc, Need::Optional), &route)
        };
        nodes.iter().enumerate().filter_map(read).collect()
    }

    fn scalar(&mut self, text: &Scalar, kind: &Kind, doc: &str, route: &str) -> Option<Value> {
        self.curly(text, route);
        let whole = self.with_unit(text, kind, route);
        match scalar::parse(&whole, kind) {
            Ok(Value::Path(path)) => Some(Value::Path(path.seen_from(self.root(text)))),
            Ok(value) => Some(value),
            Err(fault) => {
                self.findings
                    .push(fault.into_finding(&text.text, doc, route));
                None
            }
        }
    }

    /// Returns the folder from which a path that is written here is seen.
    fn root(&self, text: &Scalar) -> usize {
        let next = self
            .roots
            .partition_point(|(start, _)| *start <= text.span.start);
        next.checked_sub(1)
            .and_then(|i| self.roots.get(i))
            .map_or(0, |(_, root)| *root)
    }

    /// Warns of quotation marks that YAML does not know, around the whole of a text.
    fn curly(&mut self, text: &Scalar, route: &str) {
        let pairs = [('“', '”'), ('„', '“'), ('‘', '’'), ('«', '»')];
        let stands_in = |(open, close): &(char, char)| {
            text.text.starts_with(*open) && text.text.ends_with(*close)
        };
        if text.plain && pairs.iter().any(stands_in) {
            let message = format!(
                "the quotation marks of `{}` are part of the text",
                text.text
            );
            let help = "write straight quotation marks, or none";
            self.findings
                .push(Finding::at(Code::TypographicQuotes, route, message, help));
        }
    }

    /// Adds a unit number that YAML took for a comment: an address must not lose its `#01-01`.
    fn with_unit(&mut self, text: &Scalar, kind: &Kind, route: &str) -> String {
        match (&text.unit, kind) {
            (Some(unit), Kind::Lines(_)) => {
                let message = format!(
                    "YAML takes `{unit}` for a comment; it was read as part of `{}`",
                    last(route)
                );
                self.findings.push(Finding::at(
                    Code::HashInText,
                    route,
                    message,
                    "put the whole text in quotes",
                ));
                format!("{} {unit}", text.text)
            }
            _ => text.text.clone(),
        }
    }

    fn answers(&mut self, node: &Node, route: &str) -> Option<Vec<Answer>> {
        let Node::Map(entries, _) = node else {
            self.wrong_shape(
                node,
                route,
                "a table",
                "write one line for each provision: `5.1-1: { support: yes, detail: … }`",
            );
            return None;
        };
        let mut answers: Vec<(Answer, &Scalar)> = Vec::new();
        for (key, value) in entries {
            let route = join(route, &key.text);
            let Ok(id) = key.text.parse::<ProvisionId>() else {
                let message = format!("`{}` is not the number of a provision", key.text);
                self.findings.push(Finding::new(
                    Code::MalformedProvisionId,
                    Place::Bytes(key.span),
                    message,
                    "write a number such as `5.1-1`, `6-1` or `CK-LP-01`",
                ));
                continue;
            };
            if let Some((_, first)) = answers
                .iter()
                .find(|(answer, _)| answer.written == key.text)
            {
                self.duplicate(key, first, &route);
                continue;
            }
            self.origins.record(&route, Some(key.span), value.span());
            let table = self.table(value, &ANSWER, &route).unwrap_or_default();
            let answer = Answer {
                id,
                written: key.text.clone(),
                section: if route.starts_with("lifecycle") {
                    "lifecycle"
                } else {
                    "provisions"
                },
                support: table.word("support"),
                detail: table.text("detail"),
                evidence: table.exhibits("evidence"),
            };
            answers.push((answer, key));
        }
        Some(answers.into_iter().map(|(answer, _)| answer).collect())
    }

    /// Returns the field that a key names, or was most likely meant to name.
    fn field_of(
        &mut self,
        key: &Scalar,
        value: &Node,
        entries: &[(Scalar, Node)],
        shape: &'static Shape,
        route: &str,
    ) -> Option<&'static Field> {
        let named = |name: &str| shape.fields.iter().find(|field| field.name == name);
        if let Some(field) = named(&key.text) {
            return Some(field);
        }
        // In braces a comma ends a value, and the rest of the sentence becomes a field without one.
        if matches!(value, Node::Scalar(value) if value.is_null()) && key.text.contains(' ') {
            let message = format!("`{}` stands where a field is expected", key.text);
            let help = "if it belongs to the text before it, put that text in quotes: in braces a comma ends a value";
            self.findings.push(Finding::new(
                Code::UnknownField,
                Place::Bytes(key.span),
                message,
                help,
            ));
            return None;
        }
        let message = format!("unknown field `{}`", key.text);
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
            Finding::new(Code::UnknownField, Place::Bytes(key.span), message, help)
                .because(format!("{} has no such field", shape.name)),
        );
        let spoken_for = |name: &str| {
            entries.iter().any(|(other, _)| other.text == name)
                || self.origins.has(&join(route, name))
        };
        near.filter(|name| !spoken_for(name)).and_then(named)
    }

    fn missing(&mut self, field: &Field, shape: &Shape, route: &str) {
        let message = format!("`{}` is missing from {}", field.name, shape.name);
        self.findings.push(Finding::at(
            Code::MissingField,
            join(route, field.name),
            message,
            format!("write `{}:` and {}", field.name, field.doc),
        ));
    }

    fn duplicate(&mut self, key: &Scalar, first: &Scalar, route: &str) {
        let message = format!("`{}` is written twice", key.text);
        let finding = Finding::new(
            Code::DuplicateField,
            Place::Bytes(key.span),
            message,
            format!("keep one `{}` and remove the other", last(route)),
        );
        self.findings
            .push(finding.and_at(Place::Bytes(first.span), "first written here"));
    }

    fn wrong_shape(&mut self, node: &Node, route: &str, expected: &str, help: &str) {
        let message = if route.is_empty() {
            format!("the manifest is {}, not {expected}", node.what())
        } else {
            format!("`{}` is {}, not {expected}", last(route), node.what())
        };
        let place = Place::Field(route.to_owned());
        self.findings
            .push(Finding::new(Code::WrongShape, place, message, help));
    }
}

fn help_for_nothing(doc: &str, need: Need) -> String {
    match need {
        Need::Required => format!("write {doc}"),
        Need::Optional => format!("write {doc}, or remove the field"),
    }
}

fn join(route: &str, name: &str) -> String {
    if route.is_empty() {
        name.to_owned()
    } else {
        format!("{route}.{name}")
    }
}

/// Returns the last name of a route, as a person would call the field. The number of a provision has
/// a point of its own, and no field begins with a digit or a capital.
pub(crate) fn last(route: &str) -> &str {
    let tail = route.rsplit('.').next().unwrap_or(route);
    if tail.starts_with(|c: char| c.is_ascii_lowercase()) {
        tail
    } else {
        route.split_once('.').map_or(route, |(_, rest)| rest)
    }
}
