//! Manifests of twenty thousand of anything: what is said of them is bounded for people and whole for
//! programs, and nothing is compared with everything else.

use std::fmt::Write as _;

use clspack::diag::Code;
use clspack::manifest::{self, Manifest};
use clspack::report::human::{Colour, SourceView};

use crate::support;

const N: usize = 20_000;

fn base() -> String {
    std::fs::read_to_string(support::repository("tests/bases/mra/manifest.yaml")).unwrap()
}

/// Reads a manifest; returns it and what a person sees.
fn read(text: String) -> (Manifest, String) {
    let manifest = manifest::parse("manifest.yaml", text.into_bytes());
    let page = SourceView::new(&manifest.source, &manifest.origins, Colour::Off);
    let shown: Vec<String> = page.findings(&manifest.findings).collect();
    (manifest, shown.join("\n\n"))
}

fn count(manifest: &Manifest, code: Code) -> usize {
    let findings = manifest.findings.iter();
    findings.filter(|finding| finding.code == code).count()
}

fn many(of: impl Fn(usize) -> String, between: &str) -> String {
    (0..N).map(of).collect::<Vec<_>>().join(between)
}

#[test]
fn of_many_findings_of_one_kind_people_see_the_first_and_the_number() {
    let models = many(|_| "HX-200".to_owned(), ", ");
    let text = base().replace("models: [HX-200, HX-200K]", &format!("models: [{models}]"));
    let (manifest, shown) = read(text);
    assert_eq!(count(&manifest, Code::RepeatedModel), N - 1);
    assert_eq!(shown.matches("error[M025]").count(), 100);
    assert!(
        shown.contains("19899 more findings M025 are not shown"),
        "{}",
        &shown[shown.len() - 200..]
    );
    assert!(shown.len() < 100_000, "{}", shown.len());
}

#[test]
fn a_long_line_is_cut_around_what_is_wrong_and_its_column_stays_true() {
    let models: String = (0..5000).fold(String::new(), |mut text, i| {
        write!(text, "HX-{i}, ").unwrap();
        text
    });
    let text = base().replace(
        "models: [HX-200, HX-200K]",
        &format!("models: [{models} hx 7]"),
    );
    let column = text.lines().nth(13).unwrap().find("hx 7").unwrap() + 1;
    let (_, shown) = read(text);
    assert!(
        shown.contains(&format!("manifest.yaml:14:{column}\n")),
        "{shown}"
    );
    assert!(
        shown.contains("`hx 7` is the model `HX-7` again"),
        "{shown}"
    );
    assert!(shown.contains("…"), "{shown}");
    assert!(shown.len() < 3000, "{}: {shown}", shown.len());
}

#[test]
fn places_far_apart_are_shown_without_what_is_between_them() {
    let between = many(|i| format!("# line {i}"), "\n");
    let text = format!("{}\n{between}\nproduct: {{ name: Second }}\n", base());
    let (manifest, shown) = read(text);
    assert_eq!(count(&manifest, Code::DuplicateField), 1);
    assert!(shown.contains("product:\n"), "{shown}");
    assert!(shown.contains("product: { name: Second }"), "{shown}");
    assert!(!shown.contains("# line"), "{shown}");
}

#[test]
fn thousands_of_anything_are_read() {
    let lines = |of: &dyn Fn(usize) -> String| format!("{}{}\n", base(), many(of, "\n"));
    for (text, code, expected) in [
        (lines(&|i| format!("field{i}: x")), Code::UnknownField, N),
        (lines(&|_| "product: x".to_owned()), Code::DuplicateField, N),
        (
            lines(&|i| format!("field{i}: !x y")),
            Code::TagNotAllowed,
            N,
        ),
        (
            base().replace(
                "lifecycle:",
                &format!("{}\nlifecycle:", many(|i| format!("  x y{i}: yes"), "\n")),
            ),
            Code::MalformedProvisionId,
            N,
        ),
    ] {
        let (manifest, shown) = read(text);
        assert_eq!(count(&manifest, code), expected, "{code}");
        assert!(shown.len() < 200_000, "{code}: {}", shown.len());
    }
}

#[test]
fn variants_that_unfold_too_far_are_one_finding() {
    let of = |n: usize| {
        let variants: String = (0..n).fold(String::new(), |mut text, i| {
            write!(
                text,
                "\n  - {{ variant: v{i}, product: {{ models: [HX-{i}] }} }}"
            )
            .unwrap();
            text
        });
        manifest::parse_all(
            "manifest.yaml",
            format!("{}variants:{variants}\n", base()).into_bytes(),
            &mut manifest::NoBases,
        )
    };
    let all = of(6000);
    assert_eq!(all.len(), 1);
    assert_eq!(count(&all[0], Code::FileTooLarge), 1);
    assert_eq!(of(300).len(), 300);
}

#[test]
fn one_variant_is_the_same_as_it_is_among_all() {
    let text = format!(
        "{}variants:\n  - {{ variant: white, product: {{ name: W }} }}\n  - {{ variant: WHITE, product: {{ name: B }} }}\n",
        base()
    );
    let all = manifest::parse_all(
        "manifest.yaml",
        text.clone().into_bytes(),
        &mut manifest::NoBases,
    );
    let family = |text: String| {
        manifest::parse_family("manifest.yaml", text.into_bytes(), &mut manifest::NoBases)
    };
    let read_once = family(text);
    assert_eq!(read_once.variants(), ["white", "WHITE"]);
    for (i, one) in all.iter().enumerate() {
        let alone = read_once.variant(i).unwrap();
        assert_eq!(alone.variant, one.variant);
        assert_eq!(alone.findings, one.findings);
        assert_eq!(alone.bytes, one.bytes);
    }
    assert_eq!(count(&all[1], Code::VariantUnnamed), 1);
    assert!(read_once.variant(2).is_none());
    assert!(family(base()).variant(0).is_none());
}
