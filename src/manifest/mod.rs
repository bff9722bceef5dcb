//! From the bytes of a manifest to an application and its findings.
//!
//! What needs only the manifest is checked here; what needs the rules in `plan`, what needs the files in `gather`.

mod addresses;
mod checks;
mod compare;
mod days;
pub mod draft;
pub mod edit;
mod exhibits;
mod identity;
mod latin;
mod layers;
pub(crate) mod leaves;
mod read;
mod remark;
mod rows;
mod scalar;
pub mod schema;
mod takes;
mod texts;
pub(crate) mod tree;
mod variants;
mod wide;
mod yaml;

pub use compare::{Tree, TreeNode, tree_of};
pub use layers::{Bases, NoBases};
pub use rows::RowField;
pub use variants::Family;

use std::collections::BTreeSet;

use crate::diag::{Code, Finding, Origins, Place, SourceFile, sort};
use crate::domain::record::{Record as _, Table};
use crate::domain::shape::{Kind, Named};
use crate::domain::{Application, FieldPath, Step, text};
use crate::manifest::layers::Layers;
use crate::manifest::tree::Node;

/// The largest manifest that is read, in bytes.
pub const MAX_BYTES: u64 = 1024 * 1024;

/// A manifest, as far as it can be read.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// The text, with the name under which findings show it.
    pub source: SourceFile,
    /// The bytes for the pack's record: those of the file, or one text with what the bases and rows add.
    pub bytes: Vec<u8>,
    pub origins: Origins,
    /// The name of the variant, if it is one.
    pub variant: Option<String>,
    /// What it changes in its base, as `route: value`.
    pub changes: Vec<String>,
    /// `None` if its YAML cannot be read, so that there is nothing to plan.
    pub application: Option<Application>,
    pub findings: Vec<Finding>,
}

impl Manifest {
    /// Returns its name for the user: the file or row, and the variant.
    pub fn name(&self) -> String {
        match &self.variant {
            Some(variant) => format!("{}, variant {variant}", self.source.name),
            None => self.source.name.clone(),
        }
    }
}

/// Parses a manifest without bases. `name` is the path as the user wrote it. Of several variants it returns the first.
pub fn parse(name: &str, bytes: Vec<u8>) -> Manifest {
    let mut all = parse_all(name, bytes, &mut NoBases);
    all.swap_remove(0)
}

/// Parses a manifest with its bases: one application, or one for each of its variants.
pub fn parse_all(name: &str, bytes: Vec<u8>, bases: &mut dyn Bases) -> Vec<Manifest> {
    parse_family(name, bytes, bases).all()
}

/// Parses a manifest with its bases once; its variants become applications one by one.
pub fn parse_family(name: &str, bytes: Vec<u8>, bases: &mut dyn Bases) -> Family {
    let mut layers = Layers::new(name, bases);
    let Some(mut root) = layers.read(name, &bytes) else {
        return Family::alone(Manifest {
            source: layers.source,
            bytes,
            findings: layers.findings,
            ..Manifest::default()
        });
    };
    match layers::take(&mut root, "variants") {
        None => {
            let own = (layers.source.parts.is_empty()).then_some(bytes);
            let (source, findings) = (layers.source, layers.findings);
            Family::alone(application(&root, source, findings, own, layers.changes))
        }
        Some((key, variants)) => variants::of(root, key, variants, layers),
    }
}

/// Makes a manifest from a row of a sheet. `name` is the name of the row for the user.
pub fn of_row(name: &str, fields: &[RowField], bases: &mut dyn Bases) -> Manifest {
    let mut layers = Layers::new(name, bases);
    let mut root = rows::tree(fields, &mut layers);
    layers.above();
    let mut root = match layers::take(&mut root, "extends") {
        None => Some(rows::with_schema(root)),
        Some((key, value)) => layers.onto_base(0, &key, &value, root),
    };
    let variants = root.as_mut().map(|root| layers::take(root, "variants"));
    if let Some((key, _)) = variants.flatten() {
        let message = "the base has variants, and a row is one product";
        let help = "let the row extend a manifest without variants, such as the one that this base extends";
        let place = Place::Span(key.span);
        let finding = Finding::new(Code::WrongShape, place, message, help);
        layers.findings.push(finding);
    }
    match root {
        Some(root) => application(&root, layers.source, layers.findings, None, layers.changes),
        None => Manifest {
            source: layers.source,
            findings: layers.findings,
            ..Manifest::default()
        },
    }
}

/// Reads a tree by the shape of a manifest. `own` are the bytes if it comes from one file.
fn application(
    root: &Node,
    source: SourceFile,
    findings: Vec<Finding>,
    own: Option<Vec<u8>>,
    changes: Vec<String>,
) -> Manifest {
    let mut reader = read::Reader {
        findings,
        roots: source
            .parts
            .iter()
            .map(|part| (part.start, part.root))
            .collect(),
        confirmed: confirmed(root),
        ..read::Reader::default()
    };
    let table = reader.table(root, Application::SHAPE, &FieldPath::default());
    let mut application = Application::of(&table.unwrap_or_else(Table::faulty));
    let mut findings = reader.findings;
    findings.extend(checks::run(
        &mut application,
        &reader.origins,
        &reader.confirmed,
    ));
    sort(&mut findings, &reader.origins);
    Manifest {
        source,
        bytes: own.unwrap_or_else(|| yaml::text(root).into_bytes()),
        origins: reader.origins,
        application: Some(application),
        variant: None,
        changes,
        findings,
    }
}

/// Returns the texts that a person confirmed.
fn confirmed(root: &Node) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    if let Some(Node::List(items, _)) = layers::field(root, "confirmed") {
        for item in items {
            if let Node::Scalar(text) = item {
                texts.insert(text.text.trim().to_owned());
            }
        }
    }
    texts
}

/// Returns false if a manifest of these bytes cannot have a field of this name. It does not parse them.
pub fn may_name(bytes: &[u8], field: &str) -> bool {
    bytes
        .windows(field.len())
        .any(|window| window == field.as_bytes())
}

/// Returns the finding for a manifest above the limit.
pub fn too_large(name: &str) -> Finding {
    let message = format!("the manifest is larger than {} KiB", MAX_BYTES / 1024);
    Finding::new(
        Code::FileTooLarge,
        Place::File(name.to_owned()),
        message,
        "check that it is the right file; put long texts into files of evidence",
    )
}

/// Decodes the text; a byte order mark is dropped, line ends stay as they are.
fn text_of(bytes: &[u8], name: &str) -> Result<String, Box<Finding>> {
    let fault = |code, message: &str, help: &str| {
        let place = Place::File(name.to_owned());
        Err(Box::new(Finding::new(code, place, message, help)))
    };
    if text::is_utf_16(bytes) {
        return fault(
            Code::NotText,
            "the manifest is stored as UTF-16",
            "save it as UTF-8: in Windows Notepad, choose Save as, Encoding, UTF-8",
        );
    }
    let bytes = text::without_marks(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return fault(
            Code::EmptyFile,
            "the manifest is empty",
            "run `clspack init` to write one to start from",
        );
    }
    if bytes.contains(&0) {
        return fault(
            Code::NotText,
            "the manifest is not a text file",
            "name the `.yaml` file that describes the product",
        );
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            let line = before.matches('\n').count() + 1;
            let message = format!("line {line} of the manifest is not stored as UTF-8");
            fault(
                Code::NotText,
                &message,
                "save the file as UTF-8; it looks like an older Windows or Japanese encoding",
            )
        }
    }
}

/// A value as a manifest spells it.
pub struct Checked {
    pub text: String,
    /// The finding about what the text was read as, if it needs one.
    pub remark: Option<String>,
}

/// Checks one value of a field; the numbers of items in the path do not matter.
///
/// # Errors
/// The message and what to write.
pub fn check_value(route: &FieldPath, text: &str) -> Result<Checked, String> {
    let field = named(route).ok_or_else(|| format!("`{route}` is not a field"))?;
    let kind = match field.kind {
        Kind::List(item) => item,
        kind => kind,
    };
    let taken = takes::take(text, kind, route);
    let remark = taken.as_ref().and_then(|taken| taken.finding(text, route));
    let plain = taken.map_or_else(|| text.trim().to_owned(), |taken| taken.text);
    match scalar::parse(&plain, kind, scalar::Words::Written) {
        Ok(_) => Ok(Checked {
            text: plain,
            remark: remark.map(|finding| finding.message),
        }),
        Err(fault) => {
            let finding = fault.into_finding(text, field, route);
            Err(format!("{}: {}", finding.message, finding.help))
        }
    }
}

/// Returns the field that a route names.
fn named(route: &FieldPath) -> Option<&'static Named> {
    let mut shape = Application::SHAPE;
    let mut found = None;
    let steps = route.steps().iter();
    for step in steps.filter(|step| !matches!(step, Step::Index(_))) {
        let field = shape.fields.iter().find(|field| step.is(field.name))?;
        if let Kind::Table(inner) | Kind::List(Kind::Table(inner)) = field.kind {
            shape = inner;
        }
        found = Some(field);
    }
    found
}
