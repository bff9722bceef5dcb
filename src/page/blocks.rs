//! The fields of a screen, made of the shape of a manifest: what the parser accepts is what the page asks for.

use serde::Serialize;

use crate::diag::{Finding, Place};
use crate::domain::conformance::Reply;
use crate::domain::record::Record as _;
use crate::domain::shape::{Kind, Named, Need, Shape};
use crate::domain::{Application, FieldPath, Step};
use crate::manifest::draft;
use crate::manifest::edit::{Held, Written};
use crate::page::Language;
use crate::rules::RuleBook;

/// A part of a screen, in the order in which it is shown. Parts of parts are between `begin` and `end`.
#[derive(Debug, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub(super) enum Block {
    /// A table, or an item of a list of tables, which can be removed.
    Begin {
        title: String,
        path: String,
        can_go: bool,
    },
    End,
    Field(Box<FieldBlock>),
    /// A button that adds an item.
    Add {
        title: String,
        path: String,
        options: Vec<Choice>,
    },
}

/// A field to fill in.
#[derive(Debug, Serialize)]
pub(super) struct FieldBlock {
    pub(super) path: String,
    pub(super) label: String,
    pub(super) hint: String,
    /// How it is asked for: `line`, `lines`, `choice`, `date`, `list`, `file`, `files`.
    pub(super) kind: &'static str,
    pub(super) value: String,
    pub(super) values: Vec<String>,
    pub(super) choices: Vec<Choice>,
    pub(super) is_needed: bool,
    pub(super) is_wrong: bool,
    pub(super) findings: Vec<Said>,
}

/// One of the values that a field may have.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_chosen: bool,
}

/// A finding as it is shown.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Said {
    pub(super) code: &'static str,
    pub(super) severity: String,
    /// HTML.
    pub(super) message: String,
    /// HTML.
    pub(super) help: String,
    pub(super) source: String,
    /// The field to go to.
    pub(super) path: String,
    pub(super) screen: &'static str,
}

/// What blocks are made from.
pub(super) struct Maker<'a> {
    pub(super) written: Option<&'a Written>,
    pub(super) findings: &'a [Finding],
    pub(super) language: &'a Language,
    pub(super) blocks: Vec<Block>,
    /// Show only what decides the route.
    pub(super) is_brief: bool,
    pub(super) book: &'a RuleBook,
}

impl Maker<'_> {
    /// Adds what a path leads to: a field, or all fields of a table.
    pub(super) fn add(&mut self, path: &FieldPath) {
        if let Some(named) = named(path) {
            self.kind(named, named.kind, path);
        }
    }

    fn kind(&mut self, named: &Named, kind: &'static Kind, path: &FieldPath) {
        match kind {
            Kind::Table(shape) => self.table(shape, path, false),
            Kind::List(Kind::Table(shape)) => self.tables(shape, path),
            Kind::Schema | Kind::Partial | Kind::Answers => {}
            _ => self.field(named, kind, path),
        }
    }

    fn table(&mut self, shape: &'static Shape, path: &FieldPath, can_go: bool) {
        let title = match path.steps().last() {
            Some(Step::Index(i)) => format!("{} {}", self.language.label(path), i + 1),
            _ => self.language.label(path),
        };
        let path_text = path.to_string();
        self.blocks.push(Block::Begin {
            title,
            path: path_text,
            can_go,
        });
        let shown = self.shown(shape, path);
        for named in shown {
            self.kind(named, named.kind, &path.key(named.name));
        }
        self.blocks.push(Block::End);
    }

    /// Returns the fields to show: of a label those that its scheme has, and what is written already.
    fn shown(&self, shape: &'static Shape, path: &FieldPath) -> Vec<&'static Named> {
        let is_label = path.section() == "labels";
        let scheme = match self.held(&path.key("scheme")) {
            Held::Text(scheme) => scheme,
            _ => String::new(),
        };
        let of_scheme = draft::label_fields(&scheme, self.book);
        let of_all = ["scheme", "number", "models", "firmware_version", "evidence"];
        let fields = shape.fields.iter();
        let is_shown = |named: &&Named| {
            let name = named.name;
            if self.is_brief {
                return matches!(name, "scheme" | "level");
            }
            !is_label
                || of_all.contains(&name)
                || of_scheme.iter().any(|(field, _)| *field == name)
                || self.held(&path.key(name)) != Held::Nothing
        };
        fields.filter(is_shown).collect()
    }

    fn tables(&mut self, shape: &'static Shape, path: &FieldPath) {
        let n = match self.held(path) {
            Held::List(items) => items.len(),
            _ => 0,
        };
        for i in 0..n {
            self.table(shape, &path.index(i), true);
        }
        let Some(first) = shape.fields.first() else {
            return;
        };
        let next = path.index(n).key(first.name);
        self.blocks.push(Block::Add {
            title: self.language.label(path),
            path: next.to_string(),
            options: self.choices(first.kind, ""),
        });
    }

    fn field(&mut self, named: &Named, kind: &'static Kind, path: &FieldPath) {
        let held = self.held(path);
        let values: Vec<String> = match &held {
            Held::List(items) => {
                let items = items.iter().enumerate();
                let texts = items.map(|(i, item)| self.text_of(item, &path.index(i)));
                texts.collect()
            }
            Held::Text(text) => vec![text.clone()],
            Held::Table if matches!(kind, Kind::Exhibit) => vec![self.text_of(&held, path)],
            Held::Nothing | Held::Table => Vec::new(),
        };
        let value = values.join(", ");
        let findings = self.findings(path);
        self.blocks.push(Block::Field(Box::new(FieldBlock {
            label: self.language.label(path),
            hint: self.language.hint(path, named.doc),
            kind: way(kind),
            choices: self.choices(kind, &value),
            is_needed: named.need == Need::Required,
            is_wrong: findings.iter().any(|finding| finding.severity == "error"),
            findings,
            path: path.to_string(),
            value,
            values,
        })));
    }

    /// Adds the fields of an answer to a provision.
    pub(super) fn answer(&mut self, base: &FieldPath) {
        for named in Reply::SHAPE.fields {
            self.field(named, named.kind, &base.key(named.name));
        }
    }

    /// Returns the findings about a part as a whole.
    pub(super) fn findings_at(&self, path: &FieldPath) -> Vec<Said> {
        let is_here = |finding: &&Finding| match &finding.place {
            Place::Field(at) | Place::Key(at) => at == path,
            _ => false,
        };
        self.findings.iter().filter(is_here).map(said).collect()
    }

    fn held(&self, path: &FieldPath) -> Held {
        self.written
            .map_or(Held::Nothing, |written| written.at(path))
    }

    /// Returns an item as it is shown; of a file with pages or a date, the file.
    fn text_of(&self, held: &Held, path: &FieldPath) -> String {
        let file = match held {
            Held::Table => self.held(&path.key("file")),
            other => other.clone(),
        };
        match file {
            Held::Text(text) => text,
            Held::Nothing | Held::List(_) | Held::Table => "…".to_owned(),
        }
    }

    fn choices(&self, kind: &Kind, value: &str) -> Vec<Choice> {
        let Kind::Word(words) = kind else {
            return Vec::new();
        };
        let words = words();
        let mut choices: Vec<Choice> = words
            .iter()
            .map(|word| Choice {
                value: (*word).to_owned(),
                label: self.language.word(word),
                is_chosen: *word == value,
            })
            .collect();
        // What is written stays to be seen, also if it is no word of the set.
        if !value.is_empty() && !words.contains(&value) {
            choices.push(Choice {
                value: value.to_owned(),
                label: value.to_owned(),
                is_chosen: true,
            });
        }
        choices
    }

    fn findings(&self, path: &FieldPath) -> Vec<Said> {
        let is_here = |finding: &&Finding| match &finding.place {
            Place::Field(at) | Place::Key(at) => {
                at == path || (at.is_within(path) && at.steps().len() == path.steps().len() + 1)
            }
            _ => false,
        };
        self.findings.iter().filter(is_here).map(said).collect()
    }
}

/// Returns a finding as the page shows it: the words of `check`, and where to go.
pub(super) fn said(finding: &Finding) -> Said {
    let path = match &finding.place {
        Place::Field(path) | Place::Key(path) => Some(path),
        _ => None,
    };
    Said {
        code: finding.code.number(),
        severity: finding.severity().to_string(),
        message: sentence(&finding.message),
        help: sentence(finding.in_cell.as_deref().unwrap_or(&finding.help)),
        source: finding
            .source
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        screen: crate::page::screens::of(path),
        path: path.map(ToString::to_string).unwrap_or_default(),
    }
}

/// Makes a sentence of words that the command line prints in a row: a capital, a full stop, and what is quoted set
/// apart. The result is HTML.
pub(super) fn sentence(words: &str) -> String {
    let mut out = String::new();
    let parts = words.split('`').enumerate();
    let n_parts = words.split('`').count();
    for (i, part) in parts {
        let is_quoted = i % 2 == 1 && i + 1 < n_parts;
        let mut escaped = String::new();
        let is_first = out.is_empty() && !is_quoted;
        for (j, c) in part.chars().enumerate() {
            match c {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                _ if is_first && j == 0 => escaped.extend(c.to_uppercase()),
                _ => escaped.push(c),
            }
        }
        let (before, after) = if is_quoted {
            ("<code>", "</code>")
        } else {
            ("", "")
        };
        out.extend([before, &escaped, after]);
    }
    if !out.ends_with(['.', '?', '!']) {
        out.push('.');
    }
    out
}

const fn way(kind: &Kind) -> &'static str {
    match kind {
        Kind::Lines(_) => "lines",
        Kind::Word(_) => "choice",
        Kind::Date => "date",
        Kind::Path | Kind::Exhibit => "file",
        Kind::List(Kind::Path | Kind::Exhibit) => "files",
        Kind::List(_) => "list",
        _ => "line",
    }
}

/// Returns the field that a path leads to.
fn named(path: &FieldPath) -> Option<&'static Named> {
    let mut shape = Application::SHAPE;
    let mut found = None;
    for step in path.steps() {
        let Step::Name(name) = step else { continue };
        let field = shape.fields.iter().find(|field| field.name == name)?;
        if let Kind::Table(inner) | Kind::List(Kind::Table(inner)) = field.kind {
            shape = inner;
        }
        found = Some(field);
    }
    found
}
