//! Texts before and after a change.

use super::{Refused, remove, set, set_list};
use crate::domain::FieldPath;

const TEXT: &str = "\
# Of the second series.
schema: 1
applicant:
  name: \"Hanbit Living Pte. Ltd.\"   # as registered
  uen: '201912345R'
  contact: { name: Alex Example, email: ra@hanbit.example }

product:
  brand: Hanbit
  models:   # from the type label
    - HX-200  # the first
    - HX-200K
  support: { until: 2030-06-30 }
  traits: [telemetry, remote-access]
labels:
  - scheme: kisa-cic
    number: CIC-1
    evidence: [evidence/a.pdf]
  - scheme: jc-star
provisions:
  5.1-1: { support: yes, detail: Each unit has its own password. }
  5.1-2:
    support: n/a
    detail: |
      The user sets it.
      At first use.
laboratory:
signatory:
  name:                # who signs
  title: Head
";

fn path(text: &str) -> FieldPath {
    FieldPath::parse(text).unwrap()
}

/// Shows the lines that a change removes and adds.
fn changed(text: &str, new: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (text.split('\n').collect(), new.split('\n').collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[same..], &new[same..]);
    let behind = old.iter().rev().zip(new.iter().rev());
    let behind = behind.take_while(|(a, b)| a == b).count();
    let shown = |sign: &str, lines: &[&str]| {
        let lines = lines[..lines.len() - behind].iter();
        let shown: Vec<String> = lines.map(|line| format!("{sign}{line}\n")).collect();
        shown.concat()
    };
    shown("-", old) + &shown("+", new)
}

/// A field that is there, what is written into it, and what changes.
const THERE: &[(&str, &str, &str)] = &[
    (
        "product.brand",
        "Mirai",
        "-  brand: Hanbit\n+  brand: Mirai\n",
    ),
    (
        "product.brand",
        "1.10",
        "-  brand: Hanbit\n+  brand: \"1.10\"\n",
    ),
    (
        "product.brand",
        "no",
        "-  brand: Hanbit\n+  brand: \"no\"\n",
    ),
    (
        "product.brand",
        "a: b # c",
        "-  brand: Hanbit\n+  brand: \"a: b # c\"\n",
    ),
    (
        "product.brand",
        "未来",
        "-  brand: Hanbit\n+  brand: 未来\n",
    ),
    ("product.brand", "Hanbit", ""),
    (
        "applicant.name",
        "A \"B\" Pte. Ltd.",
        "-  name: \"Hanbit Living Pte. Ltd.\"   # as registered\n+  name: \"A \\\"B\\\" Pte. Ltd.\"   # as registered\n",
    ),
    (
        "applicant.uen",
        "it's",
        "-  uen: '201912345R'\n+  uen: 'it''s'\n",
    ),
    (
        "product.support.until",
        "2031-01-01",
        "-  support: { until: 2030-06-30 }\n+  support: { until: 2031-01-01 }\n",
    ),
    (
        "product.models[1]",
        "HX-201",
        "-    - HX-200K\n+    - HX-201\n",
    ),
    (
        "product.traits[0]",
        "a, b",
        "-  traits: [telemetry, remote-access]\n+  traits: [\"a, b\", remote-access]\n",
    ),
    (
        "signatory.name",
        "Alex",
        "-  name:                # who signs\n+  name: Alex                # who signs\n",
    ),
    (
        "provisions.5.1-2.detail",
        "One line",
        "-    detail: |\n-      The user sets it.\n-      At first use.\n+    detail: One line\n",
    ),
    (
        "signatory.title",
        "Head\nof all",
        "-  title: Head\n+  title: |-\n+    Head\n+    of all\n",
    ),
    (
        "provisions.5.1-1.detail",
        "a\nb",
        "-  5.1-1: { support: yes, detail: Each unit has its own password. }\n+  5.1-1: { support: yes, detail: \"a\\nb\" }\n",
    ),
];

#[test]
fn a_field_that_is_there_keeps_its_quotes_and_its_comment() {
    for &(field, value, wanted) in THERE {
        let new = set(TEXT, &path(field), value);
        let new = new.unwrap_or_else(|_| format!("refused: {field}"));
        assert_eq!(changed(TEXT, &new), wanted, "{field}");
    }
}

#[test]
fn a_field_that_is_missing_is_added_where_it_belongs() {
    for (field, value, wanted) in [
        ("product.name", "Hub", "+  name: Hub\n"),
        ("example", "true", "+example: \"true\"\n"),
        (
            "applicant.contact.phone",
            "+65 6000 0000",
            "-  contact: { name: Alex Example, email: ra@hanbit.example }\n+  contact: { name: Alex Example, email: ra@hanbit.example, phone: +65 6000 0000 }\n",
        ),
        ("product.models[2]", "HX-202", "+    - HX-202\n"),
        (
            "product.traits[2]",
            "x",
            "-  traits: [telemetry, remote-access]\n+  traits: [telemetry, remote-access, x]\n",
        ),
        ("labels[1].level", "star-1", "+    level: star-1\n"),
        ("labels[2].scheme", "bsi", "+  - scheme: bsi\n"),
        ("labels[1].models[0]", "A", "+    models:\n+      - A\n"),
        ("laboratory.name", "Lab", "+  name: Lab\n"),
        ("evidence.sbom", "a.json", "+evidence:\n+  sbom: a.json\n"),
        (
            "provisions.5.1-3.support",
            "yes",
            "+  5.1-3:\n+    support: \"yes\"\n",
        ),
        ("application.level", "3", "+application:\n+  level: \"3\"\n"),
        (
            "product.companion_apps[0].name",
            "App",
            "+  companion_apps:\n+    - name: App\n",
        ),
    ] {
        let new = set(TEXT, &path(field), value);
        let new = new.unwrap_or_else(|_| format!("refused: {field}"));
        assert_eq!(changed(TEXT, &new), wanted, "{field}");
    }
}

#[test]
fn a_field_is_removed_with_its_lines() {
    for (field, wanted) in [
        ("product.brand", "-  brand: Hanbit\n"),
        (
            "product.models",
            "-  models:   # from the type label\n-    - HX-200  # the first\n-    - HX-200K\n",
        ),
        ("product.models[0]", "-    - HX-200  # the first\n"),
        (
            "product.traits[0]",
            "-  traits: [telemetry, remote-access]\n+  traits: [remote-access]\n",
        ),
        (
            "product.traits[1]",
            "-  traits: [telemetry, remote-access]\n+  traits: [telemetry]\n",
        ),
        (
            "product.support.until",
            "-  support: { until: 2030-06-30 }\n+  support: {}\n",
        ),
        (
            "labels[0]",
            "-  - scheme: kisa-cic\n-    number: CIC-1\n-    evidence: [evidence/a.pdf]\n",
        ),
        (
            "labels[0].scheme",
            "-  - scheme: kisa-cic\n-    number: CIC-1\n+  - number: CIC-1\n",
        ),
        ("labels[1].scheme", "-  - scheme: jc-star\n+  - {}\n"),
        (
            "provisions.5.1-2",
            "-  5.1-2:\n-    support: n/a\n-    detail: |\n-      The user sets it.\n-      At first use.\n",
        ),
        ("product.url", ""),
        ("nothing.at.all", ""),
    ] {
        let new = remove(TEXT, &path(field)).unwrap();
        assert_eq!(changed(TEXT, &new), wanted, "{field}");
    }
}

#[test]
fn a_list_keeps_the_items_that_stay() {
    let list = |items: &[&str]| {
        items
            .iter()
            .map(|&item| item.to_owned())
            .collect::<Vec<_>>()
    };
    let models = path("product.models");
    for (items, wanted) in [
        (
            list(&["HX-200", "HX-300", "HX-400"]),
            "-    - HX-200K\n+    - HX-300\n+    - HX-400\n",
        ),
        (list(&["HX-200"]), "-    - HX-200K\n"),
        (list(&["HX-200", "HX-200K"]), ""),
    ] {
        let new = set_list(TEXT, &models, &items).unwrap();
        assert_eq!(changed(TEXT, &new), wanted);
    }
    let apps = set_list(TEXT, &path("confirmed"), &list(&["a", "b"])).unwrap();
    assert_eq!(changed(TEXT, &apps), "+confirmed:\n+  - a\n+  - b\n");
}

#[test]
fn line_ends_of_windows_stay() {
    let text = TEXT.replace('\n', "\r\n");
    let new = set(&text, &path("labels[1].models[0]"), "A").unwrap();
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    assert_eq!(changed(&text, &new), "+    models:\r\n+      - A\r\n");
    let new = remove(&text, &path("product.brand")).unwrap();
    assert_eq!(changed(&text, &new), "-  brand: Hanbit\r\n");
}

#[test]
fn a_last_line_without_an_end_is_continued() {
    let new = set(
        "schema: 1\nproduct:\n  brand: A",
        &path("product.name"),
        "B",
    )
    .unwrap();
    assert_eq!(new, "schema: 1\nproduct:\n  brand: A\n  name: B");
}

#[test]
fn what_would_touch_something_else_is_refused() {
    for (text, field) in [
        ("a: &x { b: 1 }\nc: *x\n", "c.b"),
        ("a: [1, 2\n", "a"),
        ("a: text\n", "a.b"),
        ("a: { b: 1 }\n", "a"),
        ("a: [x]\n", "a[2]"),
    ] {
        assert_eq!(set(text, &path(field), "new"), Err(Refused), "{text}");
    }
}
