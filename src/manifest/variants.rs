//! Variants: products that share a manifest, each with what is different about it.

use crate::diag::{Code, Finding, Place};
use crate::manifest::layers::{self, Layers};
use crate::manifest::tree::{Node, Scalar};
use crate::manifest::{Manifest, application};

/// Makes a manifest of each variant.
pub(crate) fn of(
    shared: &Node,
    key: &Scalar,
    variants: &Node,
    layers: &Layers<'_>,
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
    let mut names: Vec<String> = Vec::new();
    let mut made = Vec::new();
    for item in items {
        made.push(one(shared, item, key, &names, layers));
        names.extend(made.last().and_then(|manifest| manifest.variant.clone()));
    }
    made
}

fn one(
    shared: &Node,
    item: &Node,
    key: &Scalar,
    names: &[String],
    layers: &Layers<'_>,
) -> Manifest {
    let mut over = item.clone();
    let mut findings = layers.findings.clone();
    let span = match item {
        Node::Map(entries, _) => entries.first().map_or(key.span, |(key, _)| key.span),
        Node::Scalar(_) | Node::List(..) => item.span(),
    };
    let mut say = |code, message: String, help: &str| {
        findings.push(Finding::new(code, Place::Bytes(span), message, help));
    };
    let called = match layers::take(&mut over, "variant") {
        Some((_, Node::Scalar(name))) if !name.text.trim().is_empty() => {
            Some(name.text.trim().to_owned())
        }
        _ => None,
    };
    match &called {
        None => say(
            Code::VariantUnnamed,
            "the variant has no name".to_owned(),
            "write `variant:` and a short name, such as `variant: white`",
        ),
        Some(name) if names.iter().any(|other| other.eq_ignore_ascii_case(name)) => say(
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
