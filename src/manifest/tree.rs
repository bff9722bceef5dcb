//! Parses YAML into a tree in which every node knows its bytes.
//!
//! No scalar is resolved to a number, a date or a truth value, so that `1.10` and `no` are texts. Duplicate keys remain
//! in the tree, to be reported with everything else. Nesting and the number of nodes after aliases are bounded.

use std::collections::{BTreeMap, BTreeSet};

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Tag};

use crate::diag::{Code, Finding, Place, Span};
use crate::manifest::{remark, wide};

/// How deep a manifest may nest; a valid one nests five deep.
const MAX_DEPTH: usize = 24;
/// How many nodes a manifest may have once its aliases are unfolded.
const MAX_NODES: usize = 50_000;

/// A node of the tree.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Scalar(Scalar),
    /// Keys with their values, in the order of the file, duplicates included.
    Map(Vec<(Scalar, Node)>, Span),
    /// Items in order.
    List(Vec<Node>, Span),
}

/// A value as text.
#[derive(Clone, Debug)]
pub(crate) struct Scalar {
    /// The text with escapes and folding undone.
    pub(crate) text: String,
    /// Its bytes, quotes included.
    pub(crate) span: Span,
    /// The comment after it, which a person may have meant as part of the text.
    pub(crate) comment: Option<Comment>,
    /// Not quoted, so that `null` and `~` mean no value rather than a text.
    pub(crate) plain: bool,
}

/// A comment after a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comment {
    /// Its text, with `#`.
    pub(crate) text: String,
    /// It is on the line below the text.
    pub(crate) is_below: bool,
}

impl Scalar {
    /// Returns true if YAML reads no value.
    pub(crate) fn is_null(&self) -> bool {
        self.plain && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }
}

impl Node {
    /// Returns the bytes of the node; those of a block table are empty.
    pub(crate) const fn span(&self) -> Span {
        match self {
            Self::Scalar(scalar) => scalar.span,
            Self::Map(_, span) | Self::List(_, span) => *span,
        }
    }

    /// Returns what the node is, for a message.
    pub(crate) fn what(&self) -> &'static str {
        match self {
            Self::Scalar(scalar) if scalar.is_null() => "nothing",
            Self::Scalar(_) => "a text",
            Self::Map(..) => "a table",
            Self::List(..) => "a list",
        }
    }
}

/// Parses one YAML document.
///
/// The second part has the findings beside the tree: tags, keys that are not text.
///
/// # Errors
/// The finding because of which there is no tree.
pub(crate) fn parse(text: &str) -> Result<(Node, Vec<Finding>), Box<Finding>> {
    attempt(text).map_err(|fault| {
        let start = |fault: &Finding| match fault.place {
            Place::Span(span) => span.start,
            _ => 0,
        };
        let fails = |text: &str| attempt(text).err().map(|fault| start(&fault));
        if fault.code != Code::NotYaml {
            return fault;
        }
        let at = start(&fault);
        let found = wide::to_blame(text, at, fails).or_else(|| remark::to_blame(text, at, fails));
        found.map_or(fault, Box::new)
    })
}

fn attempt(text: &str) -> Result<(Node, Vec<Finding>), Box<Finding>> {
    let options = granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut builder = Builder {
        text,
        events: Parser::new_from_str_with_options(text, options),
        anchors: BTreeMap::new(),
        n_nodes: 0,
        faults: Vec::new(),
    };
    let root = builder.document()?;
    Ok((root, builder.faults))
}

struct Builder<'t, P: Iterator<Item = Result<(Event<'t>, granit_parser::Span), ScanError>>> {
    text: &'t str,
    events: P,
    anchors: BTreeMap<usize, (Node, usize)>,
    n_nodes: usize,
    faults: Vec<Finding>,
}

impl<'t, P: Iterator<Item = Result<(Event<'t>, granit_parser::Span), ScanError>>> Builder<'t, P> {
    fn document(&mut self) -> Result<Node, Box<Finding>> {
        let root = loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(..), _) => {}
                (Event::StreamEnd, _) => return Err(empty()),
                (event, span) => break self.node(event, span)?,
            }
        };
        loop {
            match self.next()? {
                (Event::DocumentStart(..), span) => return Err(several(span)),
                (Event::StreamEnd, _) => return Ok(root),
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), Box<Finding>> {
        match self.events.next() {
            Some(Ok((event, span))) => Ok((event, bytes(&span))),
            Some(Err(error)) => Err(not_yaml(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span) -> Result<Node, Box<Finding>> {
        self.count(1, span)?;
        let before = self.n_nodes;
        let (node, anchor, tag) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                (
                    Node::Scalar(Scalar {
                        text: text.into_owned(),
                        span,
                        comment: plain.then(|| comment_after(self.text, span)).flatten(),
                        plain,
                    }),
                    anchor,
                    tag,
                )
            }
            Event::SequenceStart(_, anchor, tag) => (self.list(span)?, anchor, tag),
            Event::MappingStart(_, anchor, tag) => (self.map(span)?, anchor, tag),
            Event::Alias(anchor) => return self.alias(anchor, span),
            _ => return Err(empty()),
        };
        self.refuse_tag(tag.as_deref(), span);
        if anchor != 0 {
            self.anchors
                .insert(anchor, (node.clone(), self.n_nodes - before + 1));
        }
        Ok(node)
    }

    fn list(&mut self, start: Span) -> Result<Node, Box<Finding>> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, end) => return Ok(Node::List(items, flow_span(start, end))),
                (event, span) => items.push(self.node(event, span)?),
            }
        }
    }

    fn map(&mut self, start: Span) -> Result<Node, Box<Finding>> {
        let mut entries = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                return Ok(Node::Map(self.merged(entries), flow_span(start, span)));
            }
            let key = self.node(event, span)?;
            let (event, span) = self.next()?;
            let value = self.node(event, span)?;
            match key {
                Node::Scalar(key) => entries.push((key, value)),
                other => self.faults.push(Finding::new(
                    Code::WrongShape,
                    Place::Span(other.span()),
                    format!("{} cannot be the name of a field", other.what()),
                    "write the name of the field as a plain word, then a colon",
                )),
            }
        }
    }

    /// Reports merge keys, which are not supported. Their fields are merged anyway, so that none is reported as missing.
    fn merged(&mut self, entries: Vec<(Scalar, Node)>) -> Vec<(Scalar, Node)> {
        let is_merge = |(key, _): &(Scalar, Node)| key.plain && key.text == "<<";
        if !entries.iter().any(is_merge) {
            return entries;
        }
        let (merges, mut own): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_merge);
        let mut names: BTreeSet<String> = own.iter().map(|(key, _)| key.text.clone()).collect();
        for (key, value) in merges {
            self.faults.push(Finding::new(
                Code::MergeKey,
                Place::Span(key.span),
                "the YAML merge key `<<` is not read",
                "write the fields out here, or put what products share into a base that `extends:` names",
            ));
            let tables = match value {
                Node::List(items, _) => items,
                one => vec![one],
            };
            for table in tables {
                if let Node::Map(entries, _) = table {
                    own.extend(
                        entries
                            .into_iter()
                            .filter(|(key, _)| names.insert(key.text.clone())),
                    );
                }
            }
        }
        own
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<Node, Box<Finding>> {
        // Counted before it is copied, so that a bomb is never built.
        let size = self.anchors.get(&anchor).map_or(0, |(_, size)| *size);
        self.count(size, span)?;
        // An alias inside its anchor would make an endless tree; the anchor is not known yet.
        let node = self.anchors.get(&anchor).map(|(node, _)| node.clone());
        node.ok_or_else(|| {
            Box::new(Finding::new(
                Code::TooManyAliases,
                Place::Span(span),
                "the alias is inside its anchor",
                "write the value out",
            ))
        })
    }

    fn count(&mut self, n_more: usize, span: Span) -> Result<(), Box<Finding>> {
        self.n_nodes += n_more;
        if self.n_nodes <= MAX_NODES {
            return Ok(());
        }
        let message = format!("the file unfolds to more than {MAX_NODES} values");
        Err(Box::new(Finding::new(
            Code::TooManyAliases,
            Place::Span(span),
            message,
            "write the values out instead of repeating aliases of aliases",
        )))
    }

    fn refuse_tag(&mut self, tag: Option<&Tag>, span: Span) {
        // `!!str` changes nothing.
        if let Some(tag) = tag.filter(|tag| !tag.to_string().ends_with(":str")) {
            let written = tag.to_string().replace("tag:yaml.org,2002:", "!!");
            let message = format!("the tag `{written}` has no meaning here");
            self.faults.push(Finding::new(
                Code::TagNotAllowed,
                Place::Span(span),
                message,
                "remove the tag; text stays text without one",
            ));
        }
    }
}

/// Returns the comment after a text: on its last line, or on a line below that is indented further and begins like a unit
/// number.
fn comment_after(text: &str, span: Span) -> Option<Comment> {
    let rest = text.get(span.end..)?;
    let behind = rest.trim_start_matches([' ', '\t']);
    let comment = |text: &str, is_below| {
        let line = text.split(['\r', '\n']).next().unwrap_or_default();
        let text = line.trim_end().to_owned();
        Comment { text, is_below }
    };
    if behind.starts_with('#') {
        return (behind.len() < rest.len()).then(|| comment(behind, false));
    }
    let below = behind
        .strip_prefix('\r')
        .unwrap_or(behind)
        .strip_prefix('\n')?;
    let next = below.trim_start_matches(' ');
    if !next.starts_with('#') {
        return None;
    }
    let before = text.get(..span.start)?;
    let own = &before[before.rfind('\n').map_or(0, |i| i + 1)..];
    let indent = own.len() - own.trim_start_matches(' ').len();
    let is_deeper = below.len() - next.len() > indent;
    let found = Some(comment(next, true)).filter(|_| is_deeper)?;
    let is_part = matches!(
        remark::meaning(&found.text),
        remark::Meaning::Unit | remark::Meaning::Doubtful
    );
    is_part.then_some(found)
}

fn bytes(span: &granit_parser::Span) -> Span {
    let range = span.byte_range().unwrap_or(0..0);
    Span {
        start: range.start,
        end: range.end.max(range.start),
    }
}

/// The span of a flow collection is from bracket to bracket; that of a block collection is empty, so that a finding
/// points at its key.
fn flow_span(start: Span, end: Span) -> Span {
    if start.end > start.start && end.end > end.start {
        Span {
            start: start.start,
            end: end.end,
        }
    } else {
        Span {
            end: start.start,
            ..start
        }
    }
}

fn empty() -> Box<Finding> {
    Box::new(Finding::new(
        Code::EmptyFile,
        Place::Span(Span::default()),
        "the file holds no manifest",
        "run `clspack init` to write one to start from",
    ))
}

fn several(at: Span) -> Box<Finding> {
    Box::new(Finding::new(
        Code::SeveralDocuments,
        Place::Span(at),
        "a second YAML document begins here",
        "keep one product in one file: remove the `---` or move what follows into a file of its own",
    ))
}

fn not_yaml(error: &ScanError) -> Box<Finding> {
    let start = error.marker().byte_offset().unwrap_or(0);
    let place = Place::Span(Span { start, end: start });
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        let message = format!("the file nests more than {MAX_DEPTH} levels deep");
        return Box::new(Finding::new(
            Code::NestedTooDeep,
            place,
            message,
            "no field of a manifest nests that deep: remove brackets or indentation",
        ));
    }
    let info = error.info();
    if info.contains("mapping values are not allowed") {
        let message = "the file is not YAML: the text has a second colon";
        let help = "put the text in quotes, or begin a new line for a new field";
        return Box::new(Finding::new(Code::NotYaml, place, message, help));
    }
    if info.contains("unknown anchor") {
        let message = "an alias refers to nothing";
        let help = "write the value out; put a text that begins with `*` in quotes";
        return Box::new(Finding::new(Code::NotYaml, place, message, help));
    }
    let message = format!("the file is not YAML: {info}");
    Box::new(Finding::new(
        Code::NotYaml,
        place,
        message,
        "look at this line and the one above it for a missing colon, quote or bracket, a tab, or indentation that does not line up",
    ))
}
