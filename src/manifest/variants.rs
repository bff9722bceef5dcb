//! Variants: products that share a manifest, each with what is different about it.

use std::collections::BTreeSet;

use crate::diag::{Code, Finding, Place};
use crate::manifest::layers::{self, Layers};
use crate::manifest::tree::{Node, Scalar};
use crate::manifest::{Manifest, application};

/// How many bytes all variants of a manifest may have, each with what it shares with the others.
const MAX_UNFOLDED: usize = 64 * 1024 * 1024;

/// Makes a manifest of each variant, or of the one with a number, from 0.
pub(crate) fn of(
    shared: &Node,
    key: &Scalar,
    variants: &Node,
    layers: &Layers<'_>,
    only: Option<usize>,
) -> Vec<Manifest> {
    let alone = |finding| {
        let mut findings = layers.findings.clone();
        findings.push(finding);
        application(shared, layers.source.clone(), findings, None, Vec::new())
    };
    let Node::List(items, _) = variants else {
        let message = format!("`variants` is {}, not a list", variants.what());
        let help = "write each variant behind a hyphen, with `variant:` and its name, and what is different";
        return vec![alone(Finding::new(
            Code::WrongShape,
            Place::Bytes(key.span),
            message,
            help,
        ))];
    };
    if items.is_empty() {
        let help = "write at least one variant, or remove the field";
        let message = "`variants` is an empty list";
        return vec![alone(Finding::new(
            Code::EmptyField,
            Place::Bytes(key.span),
            message,
            help,
        ))];
    }
    let size = layers.source.text.len();
    if items.len().saturating_mul(size) > MAX_UNFOLDED {
        let message = format!(
            "the manifest has {} variants, too many for one of {} KiB",
            items.len(),
            size.div_ceil(1024)
        );
        return vec![alone(Finding::new(
            Code::FileTooLarge,
            Place::Bytes(key.span),
            message,
            "split the variants over several manifests that extend one base",
        ))];
    }
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut made = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let name = name_of(item);
        if only.is_none_or(|only| only == i) {
            let is_new = name
                .as_ref()
                .is_none_or(|name| !names.contains(&name.to_ascii_lowercase()));
            made.push(one(shared, item, key, is_new, layers));
        }
        names.extend(name.map(|name| name.to_ascii_lowercase()));
    }
    made
}

/// Returns what a variant calls itself.
fn name_of(item: &Node) -> Option<String> {
    match layers::field(item, "variant") {
        Some(Node::Scalar(name)) => {
            Some(name.text.trim().to_owned()).filter(|name| !name.is_empty())
        }
        _ => None,
    }
}

fn one(shared: &Node, item: &Node, key: &Scalar, is_new: bool, layers: &Layers<'_>) -> Manifest {
    let mut over = item.clone();
    let mut findings = layers.findings.clone();
    let span = match item {
        Node::Map(entries, _) => entries.first().map_or(key.span, |(key, _)| key.span),
        Node::Scalar(_) | Node::List(..) => item.span(),
    };
    let mut say = |code, message: String, help: &str| {
        findings.push(Finding::new(code, Place::Bytes(span), message, help));
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
            format!("a variant `{name}` stands here a second time"),
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
        // One without a name has a finding, and is still a variant.
        variant: called.or_else(|| Some("without name".to_owned())),
        ..application(&root, layers.source.clone(), findings, None, changes)
    }
}
