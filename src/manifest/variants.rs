//! Variants: products that share a manifest, each with what is different about it.

use std::collections::BTreeSet;

use crate::diag::{Code, Finding, Place, SourceFile};
use crate::manifest::layers::{self, Layers};
use crate::manifest::tree::{Node, Scalar};
use crate::manifest::{Manifest, application};

/// How many bytes all variants of a manifest may have together, each with the shared part.
const MAX_UNFOLDED: usize = 64 * 1024 * 1024;

/// A manifest, parsed once. The application of a variant is made on demand: the part that a thousand variants share is
/// kept once.
#[derive(Clone, Debug)]
pub struct Family(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Alone(Box<Manifest>),
    Variants(Box<Variants>),
}

#[derive(Clone, Debug)]
struct Variants {
    shared: Node,
    key: Scalar,
    /// The changes of each, and whether no variant before it has the same name.
    items: Vec<(Node, bool)>,
    source: SourceFile,
    findings: Vec<Finding>,
}

impl Family {
    pub(crate) fn alone(manifest: Manifest) -> Self {
        Self(Kind::Alone(Box::new(manifest)))
    }

    /// Returns the names of its variants.
    pub fn variants(&self) -> Vec<String> {
        match &self.0 {
            Kind::Alone(_) => Vec::new(),
            Kind::Variants(variants) => variants.items.iter().map(|(item, _)| name(item)).collect(),
        }
    }

    /// Returns one of its variants, by its number from 0.
    pub fn variant(&self, number: usize) -> Option<Manifest> {
        match &self.0 {
            Kind::Alone(_) => None,
            Kind::Variants(variants) => {
                let (item, is_new) = variants.items.get(number)?;
                Some(one(item, *is_new, variants))
            }
        }
    }

    /// Returns the manifest if it has no variants.
    pub fn without_variants(self) -> Option<Manifest> {
        match self.0 {
            Kind::Alone(manifest) => Some(*manifest),
            Kind::Variants(_) => None,
        }
    }

    /// Returns the manifest, or all of its variants.
    pub fn all(self) -> Vec<Manifest> {
        match self.0 {
            Kind::Alone(manifest) => vec![*manifest],
            Kind::Variants(variants) => {
                let items = variants.items.iter();
                items
                    .map(|(item, is_new)| one(item, *is_new, &variants))
                    .collect()
            }
        }
    }
}

/// Separates the variants from the shared part.
pub(crate) fn of(shared: Node, key: Scalar, variants: Node, layers: Layers<'_>) -> Family {
    let alone = |finding| {
        let mut findings = layers.findings.clone();
        findings.push(finding);
        let source = layers.source.clone();
        Family::alone(application(&shared, source, findings, None, Vec::new()))
    };
    let Node::List(items, _) = variants else {
        let message = format!("`variants` is {}, not a list", variants.what());
        let help = "write each variant behind a hyphen, with `variant:` and its name, and what is different";
        return alone(Finding::new(
            Code::WrongShape,
            Place::Span(key.span),
            message,
            help,
        ));
    };
    if items.is_empty() {
        let help = "write at least one variant, or remove the field";
        let message = "`variants` is empty";
        return alone(Finding::new(
            Code::EmptyField,
            Place::Span(key.span),
            message,
            help,
        ));
    }
    let size = layers.source.text.len();
    if items.len().saturating_mul(size) > MAX_UNFOLDED {
        let message = format!(
            "the manifest has {} variants, too many for one of {} KiB",
            items.len(),
            size.div_ceil(1024)
        );
        return alone(Finding::new(
            Code::FileTooLarge,
            Place::Span(key.span),
            message,
            "split the variants over several manifests that extend one base",
        ));
    }
    let mut names: BTreeSet<String> = BTreeSet::new();
    let with_novelty = |item: Node| {
        let name = name_of(&item).map(|name| name.to_ascii_lowercase());
        let is_new = name.is_none_or(|name| names.insert(name));
        (item, is_new)
    };
    let variants = Variants {
        items: items.into_iter().map(with_novelty).collect(),
        shared,
        key,
        source: layers.source,
        findings: layers.findings,
    };
    Family(Kind::Variants(Box::new(variants)))
}

/// Returns the name of a variant. One without a name has a finding, and is still a variant.
fn name(item: &Node) -> String {
    name_of(item).unwrap_or_else(|| "without name".to_owned())
}

fn name_of(item: &Node) -> Option<String> {
    match layers::field(item, "variant") {
        Some(Node::Scalar(name)) => {
            Some(name.text.trim().to_owned()).filter(|name| !name.is_empty())
        }
        _ => None,
    }
}

fn one(item: &Node, is_new: bool, family: &Variants) -> Manifest {
    let Variants { shared, key, .. } = family;
    let mut over = item.clone();
    let mut findings = family.findings.clone();
    let span = match item {
        Node::Map(entries, _) => entries.first().map_or(key.span, |(key, _)| key.span),
        Node::Scalar(_) | Node::List(..) => item.span(),
    };
    let mut say = |code, message: String, help: &str| {
        findings.push(Finding::new(code, Place::Span(span), message, help));
    };
    let called = name_of(item);
    layers::take(&mut over, "variant");
    match &called {
        None => say(
            Code::VariantUnnamed,
            "the variant has no name".to_owned(),
            "write `variant:` and a short name, such as `variant: white`",
        ),
        Some(name) if !is_new => say(
            Code::VariantUnnamed,
            format!("the variant `{name}` is here a second time"),
            "give each variant a name of its own",
        ),
        Some(_) => {}
    }
    for field in ["extends", "variants"] {
        if layers::take(&mut over, field).is_some() {
            say(
                Code::UnknownField,
                format!("a variant has no `{field}`"),
                "write it at the beginning of the manifest, for all variants",
            );
        }
    }
    let changes = layers::changes(shared, &over);
    if changes.is_empty() {
        say(
            Code::OverridesNothing,
            "nothing is different about this variant".to_owned(),
            "write what is different, such as `product: { models: [HX-201] }`, or remove the variant",
        );
    }
    let root = match over {
        Node::Map(..) => layers::merge(shared.clone(), over),
        Node::Scalar(_) | Node::List(..) => shared.clone(),
    };
    Manifest {
        variant: Some(name(item)),
        ..application(&root, family.source.clone(), findings, None, changes)
    }
}
