//! The user's word on a spreadsheet that was not made for us: which column is which field, what is the
//! same for every row, what the words of its cells mean, which sheet and which rows are meant.

mod columns;
mod words;

use words::names;

use crate::diag::nearest::{nearest, one_of};
use crate::diag::{Code, Finding, Place, SourceFile, Span, Told};
use crate::domain::FieldPath;
use crate::manifest::tree::{self, Node, Scalar};
use crate::sheet::dates::Order;
use crate::sheet::headings::{Headings, Target, alike};
use crate::sheet::values;

/// The largest mapping that is read, in bytes.
pub const MAX_BYTES: u64 = 1024 * 1024;

/// The tables of a mapping.
const KEYS: &[&str] = &[
    "columns",
    "constants",
    "defaults",
    "values",
    "dates",
    "numbers",
    "rows",
    "sheet",
];

/// What a column leads to that names the family of a product; no field of a manifest.
const FAMILY: &str = "family";

/// How deep tables of constants may be nested.
const MAX_DEPTH: usize = 8;

/// What a mapping says.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    /// The file, as the user wrote it.
    pub(super) name: String,
    /// Headings as they are, and their fields; a column without any is left out.
    pub(super) columns: Vec<(String, Vec<Target>)>,
    /// Fields that are the same in every row.
    pub(super) constants: Vec<Fixed>,
    /// Fields where the cell is empty.
    pub(super) defaults: Vec<Fixed>,
    /// The one sheet to read.
    pub(super) sheet: Option<String>,
    /// What words of a field mean.
    pub(super) words: Vec<Words>,
    /// The order of the numbers in a day.
    pub(super) dates: Option<Order>,
    /// Whether a number is taken as the text that Excel shows for it.
    pub(super) numbers_as_text: bool,
    /// The heading of the column that names the family of a product.
    pub(super) family: Option<String>,
    /// The rows that count.
    pub(super) chosen: Vec<Chosen>,
    /// Words by which rows are left out.
    pub(super) skipped: Vec<String>,
}

/// What the words of one field mean.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// The field, without the numbers of items.
    pub(super) route: Vec<String>,
    /// Word and meaning; an empty meaning is an empty cell.
    pub(super) words: Vec<(String, String)>,
}

/// A column whose cells say which rows count.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    /// Its heading.
    pub(super) heading: String,
    /// The words of the rows that count.
    pub(super) words: Vec<String>,
    /// The line of the mapping, from 1.
    pub(super) line: usize,
}

/// What a mapping says of a field in every row.
#[derive(Clone, Debug)]
pub(super) struct Fixed {
    /// The field.
    pub(super) target: Target,
    /// Its texts.
    pub(super) texts: Vec<String>,
    /// The line of the mapping, from 1.
    pub(super) line: usize,
}

impl Mapping {
    /// Parses a mapping. `name` is the path as the user wrote it.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let mut reader = Reader {
            source: SourceFile::new(name.to_owned(), String::new()),
            headings: Headings::new(),
            mapping: Self {
                name: name.to_owned(),
                ..Self::default()
            },
            findings: Vec::new(),
        };
        reader.file(bytes);
        if reader.findings.is_empty() {
            Ok(reader.mapping)
        } else {
            Err(reader.findings)
        }
    }

    /// Returns true for a mapping that was read from a file.
    pub fn is_given(&self) -> bool {
        !self.name.is_empty()
    }

    /// Returns what the mapping says of a heading.
    pub(super) fn column(&self, heading: &str) -> Option<&[Target]> {
        let found = self.columns.iter().find(|(other, _)| alike(other, heading));
        found.map(|(_, to)| to.as_slice())
    }

    /// Returns a line of the mapping as a place.
    pub(super) fn at_line(&self, line: usize) -> Place {
        Place::Line {
            file: self.name.as_str().into(),
            line,
            column: None,
        }
    }

    /// Returns what a text means in a field, if the mapping says it.
    pub(super) fn meaning(&self, route: &FieldPath, text: &str) -> Option<&str> {
        if self.words.is_empty() {
            return None;
        }
        let names = names(route);
        let of_field = self.words.iter().find(|one| one.route == names)?;
        let mut words = of_field.words.iter();
        let found = words.find(|(word, _)| alike(word, text));
        found.map(|(_, meaning)| meaning.as_str())
    }

    /// Returns true for the heading of the column that names the family of a product.
    pub(super) fn is_family(&self, heading: &str) -> bool {
        self.family.as_deref().map_or_else(
            || alike(heading, FAMILY) && self.column(heading).is_none(),
            |family| alike(heading, family),
        )
    }

    /// Returns true for a heading by which the mapping chooses rows.
    pub(super) fn chooses_by(&self, heading: &str) -> bool {
        self.chosen.iter().any(|one| alike(&one.heading, heading))
    }
}

struct Reader {
    source: SourceFile,
    headings: Headings,
    mapping: Mapping,
    findings: Vec<Finding>,
}

impl Reader {
    fn file(&mut self, bytes: &[u8]) {
        let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
        let text = match std::str::from_utf8(bytes) {
            _ if bytes.len() as u64 > MAX_BYTES => {
                return self.unusable(
                    "the mapping is larger than 1 MiB",
                    "check that it is the right file",
                );
            }
            Ok(text) if text.trim().is_empty() => {
                return self.unusable(
                    "the mapping is empty",
                    "write `columns:`, `constants:` or `values:`, or leave `--map` out",
                );
            }
            Ok(text) => text,
            Err(_) => {
                return self.unusable("the mapping is not stored as UTF-8", "save it as UTF-8");
            }
        };
        text.clone_into(&mut self.source.text);
        match tree::parse(text) {
            Ok((root, faults)) => {
                for fault in faults {
                    self.with_line(fault);
                }
                self.root(&root);
            }
            Err(fault) => self.with_line(*fault),
        }
    }

    fn unusable(&mut self, message: &str, help: &str) {
        let place = Place::File(self.source.name.clone());
        self.findings
            .push(Finding::new(Code::MappingUnusable, place, message, help));
    }

    /// Keeps a finding of the YAML reader, whose bytes only this file has.
    fn with_line(&mut self, mut finding: Finding) {
        if let Place::Span(span) = finding.place {
            finding.place = self.at(span);
        }
        self.findings.push(finding);
    }

    fn line(&self, span: Span) -> usize {
        self.source.line_and_column(span.start).0
    }

    fn at(&self, span: Span) -> Place {
        Place::Line {
            file: self.source.name.as_str().into(),
            line: self.line(span),
            column: None,
        }
    }

    fn fault(&mut self, code: Code, span: Span, message: String, help: impl Into<Told>) {
        let place = self.at(span);
        self.findings.push(Finding::new(code, place, message, help));
    }

    fn root(&mut self, root: &Node) {
        for (key, value) in self.entries(root, "the mapping") {
            match key.text.as_str() {
                "columns" => self.columns(&value),
                "constants" => self.mapping.constants = self.values(&value, "constants"),
                "defaults" => self.mapping.defaults = self.values(&value, "defaults"),
                "values" => self.words(&value),
                "dates" => self.dates(&value),
                "numbers" => self.numbers(&value),
                "rows" => self.rows(&value),
                "sheet" => match value {
                    Node::Scalar(name) if !name.is_null() => self.mapping.sheet = Some(name.text),
                    other => self.fault(
                        Code::MappingUnusable,
                        other.span(),
                        "`sheet` is not a name".to_owned(),
                        "write the name of one sheet, as its tab shows it",
                    ),
                },
                other => {
                    let message = format!("unknown field `{other}` of a mapping");
                    let help = nearest(other, KEYS.iter().copied()).map_or_else(
                        || format!("write {}", one_of(KEYS.iter().copied())),
                        |key| format!("write `{key}`"),
                    );
                    self.fault(Code::MappingUnknown, key.span, message, help);
                }
            }
        }
        self.both();
    }

    /// Returns the entries of a table; one that is written twice is a finding.
    fn entries(&mut self, node: &Node, what: &str) -> Vec<(Scalar, Node)> {
        let Node::Map(entries, _) = node else {
            if !matches!(node, Node::Scalar(scalar) if scalar.is_null()) {
                let message = format!("{what} is {}, not a table", node.what());
                self.fault(
                    Code::MappingUnusable,
                    node.span(),
                    message,
                    "write one `name: value` in each line",
                );
            }
            return Vec::new();
        };
        let mut kept: Vec<(Scalar, Node)> = Vec::new();
        for (key, value) in entries {
            if kept
                .iter()
                .any(|(other, _)| other.text.trim() == key.text.trim())
            {
                let message = format!("`{}` is written twice in {what}", key.text);
                self.fault(
                    Code::MappingContradicts,
                    key.span,
                    message,
                    "keep one of them",
                );
            } else {
                kept.push((key.clone(), value.clone()));
            }
        }
        kept
    }

    fn values(&mut self, node: &Node, table: &str) -> Vec<Fixed> {
        let mut values: Vec<Fixed> = Vec::new();
        let entries = self.entries(node, &format!("`{table}`"));
        for (field, value) in self.flattened(entries, 0) {
            let Some(target) = self.target(&field) else {
                continue;
            };
            let texts: Option<Vec<String>> = match &value {
                Node::Scalar(text) if !text.is_null() && !text.text.trim().is_empty() => {
                    Some(values::items(&target, &text.text))
                }
                Node::List(items, _) if target.list => items
                    .iter()
                    .map(|item| match item {
                        Node::Scalar(text) if !text.is_null() => Some(text.text.clone()),
                        _ => None,
                    })
                    .collect(),
                _ => None,
            };
            let Some(texts) = texts.filter(|texts| !texts.is_empty()) else {
                let message = format!("`{}` is {}, not a text", field.text, value.what());
                self.fault(
                    Code::MappingUnusable,
                    field.span,
                    message,
                    "write the text that every row should have",
                );
                continue;
            };
            if values.iter().any(|one| one.target.route == target.route) {
                let message = format!("`{}` is given twice in `{table}`", target.route);
                self.fault(
                    Code::MappingContradicts,
                    field.span,
                    message,
                    "keep one of them",
                );
            } else {
                let line = self.line(field.span);
                values.push(Fixed {
                    target,
                    texts,
                    line,
                });
            }
        }
        values
    }

    /// Returns the entries of nested tables as routes: `applicant: { name: … }` is `applicant.name: …`.
    fn flattened(&mut self, entries: Vec<(Scalar, Node)>, depth: usize) -> Vec<(Scalar, Node)> {
        let mut flat = Vec::new();
        for (key, value) in entries {
            if !matches!(value, Node::Map(..)) || depth == MAX_DEPTH {
                flat.push((key, value));
                continue;
            }
            let inner = self.entries(&value, &format!("`{}`", key.text));
            let below = inner.into_iter().map(|(name, value)| {
                let text = format!("{}.{}", key.text, name.text);
                (Scalar { text, ..name }, value)
            });
            flat.extend(self.flattened(below.collect(), depth + 1));
        }
        flat
    }

    /// A field that is the same in every row cannot also have a value for empty cells.
    fn both(&mut self) {
        let Mapping {
            constants,
            defaults,
            ..
        } = &self.mapping;
        let twice: Vec<FieldPath> = constants
            .iter()
            .map(|one| &one.target.route)
            .filter(|route| defaults.iter().any(|other| other.target.route == **route))
            .cloned()
            .collect();
        for route in twice {
            let place = Place::File(self.source.name.clone());
            let message = format!("`{route}` is in `constants` and in `defaults`");
            let help = "keep it in `constants` if every row has it, in `defaults` if a column may say otherwise";
            self.findings
                .push(Finding::new(Code::MappingContradicts, place, message, help));
        }
    }
}

/// Returns a value that is no table and no list.
const fn plain(node: &Node) -> Option<&Scalar> {
    match node {
        Node::Scalar(scalar) => Some(scalar),
        _ => None,
    }
}
