//! Manifests with bases: `extends` names a base, `variants` are products that share the rest.
//!
//! Trees are merged before they are read by their shape: tables field by field; any other value replaces that of the
//! base. Every node keeps the place where it was written.

use std::collections::BTreeMap;

use crate::diag::{Code, Finding, Part, Place, SourceFile, Span};
use crate::domain::record::Record as _;
use crate::domain::{ExhibitTable, FieldPath};
use crate::manifest::text_of;
use crate::manifest::tree::{self, Node, Scalar};

/// How many manifests may extend each other.
const MAX_LAYERS: usize = 16;

/// Finds bases.
pub trait Bases {
    /// Returns name and bytes of the manifest at `path`, relative to the folder of the layer `from`. Layers are numbered
    /// in the order in which they are asked for, from 0, the manifest itself.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn base(&mut self, from: usize, path: &str) -> Result<(String, Vec<u8>), String>;
}

/// No bases, for a text without files around it.
pub struct NoBases;

impl Bases for NoBases {
    fn base(&mut self, _: usize, _: &str) -> Result<(String, Vec<u8>), String> {
        Err("a manifest that is given as a text alone has no base".to_owned())
    }
}

/// The layers read so far.
pub(crate) struct Layers<'a> {
    /// Their texts, joined.
    pub(crate) source: SourceFile,
    pub(crate) findings: Vec<Finding>,
    /// What the outermost layer changes of its base, by route.
    pub(crate) changes: Vec<String>,
    count: usize,
    bases: &'a mut dyn Bases,
}

impl<'a> Layers<'a> {
    pub(crate) fn new(name: &str, bases: &'a mut dyn Bases) -> Self {
        Self {
            source: SourceFile::new(name, ""),
            findings: Vec::new(),
            changes: Vec::new(),
            count: 0,
            bases,
        }
    }

    /// Reads a layer and its bases; nothing if one of them is not a tree.
    pub(crate) fn read(&mut self, name: &str, bytes: &[u8]) -> Option<Node> {
        let layer = self.count;
        self.count += 1;
        let text = match text_of(bytes, name) {
            Ok(text) => text,
            Err(finding) => {
                self.findings.push(*finding);
                return None;
            }
        };
        let start = self.begin(name, layer, &text);
        let (mut root, mut faults) = match tree::parse(&text) {
            Ok(parsed) => parsed,
            Err(mut finding) => {
                shift_finding(&mut finding, start);
                self.findings.push(*finding);
                return None;
            }
        };
        shift(&mut root, start);
        for finding in &mut faults {
            shift_finding(finding, start);
        }
        self.findings.append(&mut faults);
        match take(&mut root, "extends") {
            None => Some(root),
            Some((key, value)) => self.onto_base(layer, &key, &value, root),
        }
    }

    /// Adds the text of a layer. Returns where it begins.
    fn begin(&mut self, name: &str, layer: usize, text: &str) -> usize {
        if layer > 0 {
            if !self.source.text.ends_with('\n') {
                self.source.text.push('\n');
            }
            self.source.parts.push(Part {
                start: self.source.text.len(),
                place: Place::File(name.to_owned()),
                root: layer,
            });
        }
        let start = self.source.text.len();
        self.source.text.push_str(text);
        start
    }

    /// Counts the row of a sheet as the layer above all others.
    pub(crate) fn above(&mut self) {
        self.count = 1;
    }

    /// Merges a tree into the base that it names.
    pub(crate) fn onto_base(
        &mut self,
        layer: usize,
        key: &Scalar,
        value: &Node,
        root: Node,
    ) -> Option<Node> {
        let fault = |span: Span, message: String, help: &str| {
            Some(Finding::new(
                Code::BaseUnusable,
                Place::Span(span),
                message,
                help,
            ))
        };
        let help =
            "write the path of a manifest, seen from this file, such as `../base/manifest.yaml`";
        let Node::Scalar(path) = value else {
            self.findings
                .extend(fault(key.span, "`extends` is not a path".to_owned(), help));
            return None;
        };
        if self.count >= MAX_LAYERS {
            let message = format!("more than {MAX_LAYERS} manifests extend each other");
            self.findings.extend(fault(
                path.span,
                message,
                "put what they share into one base",
            ));
            return None;
        }
        let (name, bytes) = match self.bases.base(layer, &path.text) {
            Ok(found) => found,
            Err(why) => {
                let message = format!("the base `{}` cannot be used: {why}", path.text);
                self.findings.extend(fault(path.span, message, help));
                return None;
            }
        };
        let base = self.read(&name, &bytes)?;
        if !matches!(base, Node::Map(..)) {
            let message = format!("the base `{}` is not a manifest", path.text);
            self.findings.extend(fault(path.span, message, help));
            return None;
        }
        let changes = changes(&base, &root);
        if changes.is_empty() {
            let message = format!("nothing differs from the base `{}`", path.text);
            let finding = Finding::new(
                Code::OverridesNothing,
                Place::Span(path.span),
                message,
                "write what is different about this product, or use the base itself",
            );
            self.findings.push(finding);
        }
        self.changes = changes;
        Some(merge(base, root))
    }
}

/// Takes a field out of a table.
pub(crate) fn take(root: &mut Node, name: &str) -> Option<(Scalar, Node)> {
    let Node::Map(entries, _) = root else {
        return None;
    };
    let i = entries.iter().position(|(key, _)| key.text == name)?;
    Some(entries.remove(i))
}

/// Merges a tree into its base. The place of a merged table is that of the upper one, since a block table is shown by
/// its key.
pub(crate) fn merge(base: Node, over: Node) -> Node {
    match (base, over) {
        (Node::Map(mut entries, _), Node::Map(own, span)) => {
            let mut first: BTreeMap<String, usize> = BTreeMap::new();
            for (i, (key, _)) in entries.iter().enumerate() {
                first.entry(key.text.clone()).or_insert(i);
            }
            for (key, value) in own {
                // A field that is written twice is kept twice, so that it is reported.
                match first.get(&key.text).copied() {
                    Some(i) => {
                        let empty = Node::Map(Vec::new(), span);
                        let below = std::mem::replace(&mut entries[i].1, empty);
                        entries[i] = (key, merge(below, value));
                    }
                    None => entries.push((key, value)),
                }
            }
            Node::Map(entries, span)
        }
        // A row names the fields of an item one by one, so it cannot replace the whole item.
        (Node::List(below, _), Node::List(own, Span::NOWHERE)) => {
            let mut below = below.into_iter();
            let onto = |item: Node| match (below.next(), item) {
                (Some(base), item @ Node::Map(..)) => merge(base, item),
                (_, item) => item,
            };
            Node::List(own.into_iter().map(onto).collect(), Span::NOWHERE)
        }
        (Node::Scalar(file), Node::Map(own, span)) if describes_file(&own) => {
            let key = Scalar {
                text: "file".to_owned(),
                ..file.clone()
            };
            let entries = std::iter::once((key, Node::Scalar(file))).chain(own);
            Node::Map(entries.collect(), span)
        }
        (_, over) => over,
    }
}

/// Returns true for a table that describes a file of evidence without naming it: its base names it.
fn describes_file(entries: &[(Scalar, Node)]) -> bool {
    let fields = ExhibitTable::SHAPE.fields;
    let is_known = |key: &Scalar| fields.iter().any(|field| field.name == key.text);
    let names_it = |key: &Scalar| key.text == "file";
    let describes = |key: &Scalar| is_known(key) && !names_it(key);
    !entries.is_empty() && entries.iter().all(|(key, _)| describes(key))
}

/// Returns the values that a tree changes in its base, as `route: value`.
pub(crate) fn changes(base: &Node, over: &Node) -> Vec<String> {
    let mut found = Vec::new();
    collect(Some(base), over, &FieldPath::default(), &mut found);
    found
}

fn collect(base: Option<&Node>, over: &Node, route: &FieldPath, found: &mut Vec<String>) {
    match over {
        Node::Map(entries, _) => {
            let mut fields: BTreeMap<&str, &Node> = BTreeMap::new();
            if let Some(Node::Map(below, _)) = base {
                for (key, value) in below {
                    fields.entry(&key.text).or_insert(value);
                }
            }
            for (key, value) in entries {
                let below = fields.get(key.text.as_str()).copied();
                collect(below, value, &route.key(key.text.clone()), found);
            }
        }
        Node::Scalar(_) | Node::List(..) => {
            let text = written(over);
            if base.map(written).as_deref() != Some(text.as_str()) {
                found.push(format!("{route}: {text}"));
            }
        }
    }
}

/// Returns a field of a table.
pub(crate) fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Node::Map(entries, _) = node else {
        return None;
    };
    entries
        .iter()
        .find(|(key, _)| key.text == name)
        .map(|(_, value)| value)
}

/// A value in one line, as a manifest could hold it.
pub(crate) fn written(node: &Node) -> String {
    match node {
        Node::Scalar(scalar) => scalar.text.clone(),
        Node::List(items, _) => {
            let items: Vec<_> = items.iter().map(written).collect();
            format!("[{}]", items.join(", "))
        }
        Node::Map(entries, _) => {
            let fields: Vec<_> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", key.text, written(value)))
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
    }
}

fn shift(node: &mut Node, by: usize) {
    let move_span = |span: &mut Span| {
        span.start += by;
        span.end += by;
    };
    match node {
        Node::Scalar(scalar) => move_span(&mut scalar.span),
        Node::List(items, span) => {
            move_span(span);
            for item in items {
                shift(item, by);
            }
        }
        Node::Map(entries, span) => {
            move_span(span);
            for (key, value) in entries {
                move_span(&mut key.span);
                shift(value, by);
            }
        }
    }
}

fn shift_finding(finding: &mut Finding, by: usize) {
    let places = finding.also.iter_mut().map(|(place, _)| place);
    for place in places.chain([&mut finding.place]) {
        if let Place::Span(span) = place {
            span.start += by;
            span.end += by;
        }
    }
}
