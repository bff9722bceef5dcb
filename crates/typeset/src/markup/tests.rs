//! Every kind of fault with its place, and the result of sound texts.

use super::*;
use crate::block::{Block, Cell, Field, ParagraphStyle, Run};

/// A whole document around a body, whose first line is line 4.
fn page(body: &str) -> String {
    format!("<html lang=\"en\">\n<head><title>T</title></head>\n<body>\n{body}\n</body></html>")
}

fn faults(source: &str) -> Vec<String> {
    match parse(source) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

fn only_fault(body: &str) -> String {
    let found = faults(&page(body));
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap_or_default()
}

fn body(markup: &str) -> Vec<Block> {
    parse(&page(markup))
        .unwrap_or_else(|faults| panic!("{faults:?}"))
        .body
}

fn runs(markup: &str) -> Vec<Run> {
    match body(&format!("<p>{markup}</p>")).remove(0) {
        Block::Paragraph { text, .. } => text,
        other => panic!("{other:?}"),
    }
}

/// A body with one fault, and the message.
const CASES: &[(&str, &str)] = &[
    ("<blink/>", "line 4, column 1: unknown element <blink>"),
    ("<p>a <u>b</u></p>", "line 4, column 6: unknown element <u>"),
    (
        "<p id=\"x\">a</p>",
        "line 4, column 4: unknown attribute \"id\" on <p>",
    ),
    (
        "<p  class=\"tiny\">a</p>",
        "line 4, column 5: unknown class \"tiny\" on <p>; use one of: small, lead, muted",
    ),
    (
        "<p><p>a</p></p>",
        "line 4, column 4: <p> is not allowed in <p>",
    ),
    (
        "<li>a</li>",
        "line 4, column 1: <li> is not allowed in <body>",
    ),
    (
        "stray",
        "line 4, column 1: text is not allowed directly in <body>",
    ),
    (
        "<p>a<br></p>",
        "line 4, column 5: <br> is never closed; write <br/>",
    ),
    (
        "<p>é &eacute;</p>",
        "line 4, column 6: unknown entity &eacute;; write the character itself or its number",
    ),
    ("<p>a</b></p>", "line 4, column 5: </b> closes nothing"),
    (
        "<p>this & that</p>",
        "line 4, column 9: a lone \"&\"; write &amp;",
    ),
    (
        "<p>ok\nहिन्दी</p>",
        "line 5, column 1: the embedded fonts cannot draw \"ह\" (U+0939)",
    ),
    (
        "<p>a\u{202e}b</p>",
        "line 4, column 5: U+202E turns the direction of the text around it; leave it out",
    ),
    (
        "<img alt=\"x\"/>",
        "line 4, column 1: <img> needs a src attribute",
    ),
    (
        "<img src=\"a/b.png\" alt=\"x\"/>",
        "line 4, column 1: src is the plain name of a picture, such as \"logo.png\", no path or address",
    ),
    (
        "<img src=\"a.png\"/>",
        "line 4, column 1: <img> needs an alt attribute; say what the picture shows, or write alt=\"\" for decoration",
    ),
    (
        "<img src=\"a.png\" alt=\" \"/>",
        "line 4, column 1: alt is blank; say what the picture shows, or write alt=\"\" for decoration",
    ),
    (
        "<img src=\"a.png\" alt=\"x\" style=\"width: 0%\"/>",
        "line 4, column 1: a picture without width is not seen",
    ),
    (
        "<p>a <img src=\"a.png\" alt=\"x\"/></p>",
        "line 4, column 6: <img> is not allowed in <p>",
    ),
    (
        "<h2>a</h2>",
        "line 4, column 1: <h2> without an <h1> above it",
    ),
    ("<h1> </h1>", "line 4, column 1: <h1> is empty"),
    (
        "<p><a>x</a></p>",
        "line 4, column 4: <a> needs an href attribute",
    ),
    (
        "<p><a href=\"ftp://x\">x</a></p>",
        "line 4, column 4: \"ftp://x\" does not start with http, https or mailto",
    ),
    (
        "<p><span class=\"page\"/></p>",
        "line 4, column 4: page numbers are allowed only in <header> and <footer>",
    ),
    (
        "<dl><dt>a</dt></dl>",
        "line 4, column 5: <dt> without a <dd>",
    ),
    (
        "<header/>",
        "line 4, column 1: <header> must have one to three <p> or <img>",
    ),
    (
        "<div>\n<p>a</p></div>",
        "line 4, column 1: <div> needs the class note or signature",
    ),
    (
        "<p><![CDATA[x]]></p>",
        "line 4, column 4: CDATA is not in the subset; write plain text",
    ),
    (
        "<?php ?>",
        "line 4, column 1: processing instructions are not in the subset",
    ),
    ("<p title=\"a\" title=\"b\">x</p>", ""),
    (
        "<table><tbody><tr><td>a</td></tr>\n<tr><td>a</td><td>b</td></tr></tbody></table>",
        "line 5, column 1: this row has 2 cells instead of 1",
    ),
    (
        "<table><colgroup><col style=\"width: 12pt\"/></colgroup><tbody><tr><td>a</td></tr></tbody></table>",
        "line 4, column 18: \"width: 12pt\" is not a width like \"width: 12%\"",
    ),
];

#[test]
fn every_kind_of_fault_names_its_place() {
    for (markup, expected) in CASES.iter().copied() {
        if expected.is_empty() {
            assert_eq!(faults(&page(markup)).len(), 3, "{markup}");
        } else {
            assert_eq!(only_fault(markup), expected, "{markup}");
        }
    }
}

#[test]
fn all_faults_are_reported_in_order() {
    let found = faults(&page(
        "<p><u>a</u></p>\n<p>&foo;</p>\n<h3>x</h3>\n<p>never closed",
    ));
    let lines: Vec<&str> = found
        .iter()
        .filter_map(|fault| fault.split(',').next())
        .collect();
    assert_eq!(lines, ["line 4", "line 5", "line 6", "line 7"]);
}

#[test]
fn the_head_is_checked() {
    let source = "<html><head><meta name=\"date\" content=\"June\"/>\n<meta name=\"robots\" content=\"x\"/></head><body/></html>";
    let found = faults(source);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[0].contains("lang"));
    assert!(found[1].contains("<title>"));
    assert!(found[2].contains("not a date"));
    assert!(found[3].starts_with("line 2, column 1: unknown meta name \"robots\""));
}

#[test]
fn broken_input_never_panics() {
    for source in [
        "",
        "<",
        "<p",
        "</p>",
        "<html>",
        "<html lang=en>",
        "<a b='",
        "&",
        "<!-- x",
        &"<b>".repeat(100_000),
        "\u{0}",
    ] {
        assert!(parse(source).is_err(), "{source:?}");
    }
}

#[test]
fn meta_is_read() {
    let source = "<?xml version=\"1.0\"?><!DOCTYPE html><html lang=\"fi\"><head><meta charset=\"utf-8\"/>\
        <title>A\n B</title><meta name=\"author\" content=\"C &amp; D\"/><meta name=\"date\" content=\"2026-05-31\"/>\
        <meta name=\"draft\" content=\"DRAFT\"/><style>p > b { color: red } a&b</style></head>\
        <body><!-- nothing --></body></html>";
    let meta = parse(source)
        .unwrap_or_else(|faults| panic!("{faults:?}"))
        .meta;
    assert_eq!(
        (
            meta.title.as_str(),
            meta.author.as_str(),
            meta.language.as_str()
        ),
        ("A B", "C & D", "fi")
    );
    assert_eq!(
        (meta.date, meta.draft.as_deref()),
        (Some((2026, 5, 31)), Some("DRAFT"))
    );
}

#[test]
fn white_space_collapses_as_in_browsers() {
    let text = |markup: &str| {
        runs(markup)
            .iter()
            .map(|run| run.text.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(text("  a \n b  "), ["a b"]);
    assert_eq!(text("a <b> b </b> c"), ["a ", "b ", "c"]);
    assert_eq!(text("a<b>b</b>c"), ["a", "b", "c"]);
    assert_eq!(text("a <br/> b"), ["a\nb"]);
    assert_eq!(text("a&nbsp; b&#x41;&#66;"), ["a\u{a0} bAB"]);
}

#[test]
fn looks_nest() {
    let found =
        runs("<strong>a<em>b</em></strong><code>c</code><a href=\"https://x.org/?a&amp;b\">d</a>");
    assert!(found[0].bold && !found[0].italic);
    assert!(found[1].bold && found[1].italic);
    assert!(found[2].code && !found[2].bold);
    assert_eq!(found[3].link.as_deref(), Some("https://x.org/?a&b"));
}

#[test]
fn blocks_become_blocks() {
    let found = body(
        "<main><h1>H</h1><p class=\"lead\">L</p><section class=\"keep\"><p>K</p></section><div class=\"note\"><p>N</p></div>\
         <hr/><hr class=\"page-break\"/><section><p>S</p></section></main>",
    );
    assert!(matches!(found[0], Block::Heading { level: 1, .. }));
    assert!(matches!(
        found[1],
        Block::Paragraph {
            style: ParagraphStyle::Lead,
            ..
        }
    ));
    assert!(matches!(found[2], Block::Keep { .. }));
    assert!(matches!(found[3], Block::Note(_)));
    assert!(matches!(
        found[4..7],
        [Block::Rule, Block::PageBreak, Block::Paragraph { .. }]
    ));
}

#[test]
fn tables_and_pairs_become_cells() {
    let found = body(
        "<table><colgroup><col style=\"width: 12.5%\"/><col/></colgroup><thead><tr><th>A</th><th>B</th></tr></thead>\
         <tbody><tr><th scope=\"row\" class=\"nowrap\">r 1</th><td>x<ul><li>y</li></ul>z</td></tr></tbody></table>\
         <dl class=\"fill-in\"><dt>k</dt><dd>v</dd></dl>",
    );
    let Block::Table {
        columns,
        header,
        rows,
    } = &found[0]
    else {
        panic!("{found:?}")
    };
    assert_eq!((columns[0].width, columns[1].width), (Some(12.5), None));
    assert_eq!((header.len(), rows.len()), (2, 1));
    assert!(rows[0][0].heading);
    assert!(matches!(
        rows[0][1].blocks.as_slice(),
        [
            Block::Paragraph { .. },
            Block::List { .. },
            Block::Paragraph { .. }
        ]
    ));
    let Block::KeyValues {
        rows,
        fill_in: true,
    } = &found[1]
    else {
        panic!("{found:?}")
    };
    assert_eq!(rows[0].value, Cell::text("v"));
}

#[test]
fn page_numbers_stand_in_the_footer() {
    let source =
        page("<footer><p>Page <span class=\"page\"/> of <span class=\"pages\"/></p></footer>");
    let document = parse(&source).unwrap_or_else(|faults| panic!("{faults:?}"));
    let Block::Paragraph { text, .. } = &document.footer[0] else {
        panic!("{document:?}")
    };
    let fields: Vec<Option<Field>> = text.iter().map(|run| run.field).collect();
    assert_eq!(
        fields,
        [None, Some(Field::PageNumber), None, Some(Field::PageCount)]
    );
    assert_eq!(
        (text[0].text.as_str(), text[2].text.as_str()),
        ("Page ", " of ")
    );
}
