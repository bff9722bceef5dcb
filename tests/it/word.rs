//! Templates of Word and PowerPoint as people leave them: each is filled, or refused with the place.

use std::fmt::Write as _;
use std::path::Path;

use clspack::diag::Finding;
use clspack::render::{OfficeTemplate, Purpose, View};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use quick_xml::name::QName;
use serde_json::Value;

use crate::office::{Parts, shown};
use crate::support::{expect, line, read, repository};

fn view() -> Value {
    let text = std::fs::read_to_string(repository("tests/word/view.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn pieces(folder: &Path) -> Vec<(String, String)> {
    let mut pieces: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "xml"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (
                name,
                std::fs::read_to_string(&path)
                    .unwrap()
                    .replace("\r\n", "\n"),
            )
        })
        .collect();
    pieces.sort();
    pieces
}

fn faults(found: &[Finding]) -> String {
    assert!(!found.is_empty());
    let lines: Vec<String> = found.iter().map(line).collect();
    format!("refused\n{}\n", lines.join("\n"))
}

/// Fills a file; returns what comes out in words, and the file.
fn filled(parts: &Parts) -> (String, Option<Parts>) {
    let template = match OfficeTemplate::open("template", parts.zip()) {
        Ok(template) => template,
        Err(found) => return (faults(&found), None),
    };
    let found = template.check(&view());
    if !found.is_empty() {
        assert_eq!(template.fill(&view()).unwrap_err(), found);
        return (faults(&found), None);
    }
    let bytes = match template.fill(&view()) {
        Ok(bytes) => bytes,
        Err(found) => return (faults(&found), None),
    };
    assert_eq!(
        bytes,
        template.fill(&view()).unwrap(),
        "same input, same bytes"
    );
    OfficeTemplate::open("filled", bytes.clone()).unwrap();
    let filled = Parts::unzip(&bytes);
    let mut text = "filled\n".to_owned();
    for (name, bytes) in &filled.0 {
        let is_text = ["word/", "ppt/slides/", "ppt/notesSlides/"];
        if is_text.iter().any(|folder| name.starts_with(folder)) {
            writeln!(text, "{name}\n{}", shown(&as_text(bytes)).join("\n")).unwrap();
        }
    }
    (text, Some(filled))
}

/// As [`filled`]; what has no tags must be as it was.
fn outcome(parts: &Parts) -> String {
    let (mut text, after) = filled(parts);
    if let Some(after) = after {
        let template = OfficeTemplate::open("template", parts.zip()).unwrap();
        for warning in template.warnings(false) {
            writeln!(text, "{}", line(&warning)).unwrap();
        }
        assert_eq!(after.0.len(), parts.0.len());
        for ((name, before), (same, after)) in parts.0.iter().zip(&after.0) {
            assert_eq!(name, same);
            untouched(&as_text(before), &as_text(after));
        }
    }
    text
}

fn as_text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What filling takes away wherever it stands: hints and ties of content controls, and bookmarks, of which a block may
/// have half.
const TAKEN: [&str; 4] = [
    "showingPlcHdr",
    "dataBinding",
    "bookmarkStart",
    "bookmarkEnd",
];

/// Outside of the paragraphs that have tags, and of the blocks, nothing changes.
fn untouched(before: &str, after: &str) {
    let (before, after) = (&without_taken(before), &without_taken(after));
    let units_before = units(before);
    let is_plain = |unit: &&&str| !has_tag(unit);
    let n_first = units_before.iter().take_while(is_plain).count();
    let n_last = units_before.iter().rev().take_while(is_plain).count();
    if n_first == units_before.len() {
        assert_eq!(before, after);
    } else if units_before
        .iter()
        .any(|unit| has_tag(unit) && unit.contains('%'))
    {
        // A block may repeat what is in it, or leave it out.
        let first = units_before[..n_first].concat();
        let last = units_before[units_before.len() - n_last..].concat();
        assert!(after.len() >= first.len() + last.len(), "{after}");
        assert!(
            after.starts_with(&first),
            "what is before is the same\n{first}\n{after}"
        );
        assert!(
            after.ends_with(&last),
            "what is after is the same\n{last}\n{after}"
        );
    } else {
        let units_after = units(after);
        assert_eq!(units_before.len(), units_after.len());
        for (before, after) in units_before.iter().zip(&units_after) {
            assert!(before == after || has_tag(before), "{before}\n{after}");
        }
    }
}

fn without_taken(part: &str) -> String {
    let is_taken = |mark: &str| {
        TAKEN
            .iter()
            .any(|name| mark.starts_with(&format!("w:{name} ")) || mark == format!("w:{name}/>"))
    };
    let mut marks = part
        .split_inclusive('>')
        .map(|piece| piece.split_once('<').unwrap_or((piece, "")));
    let mut kept = String::new();
    for (text, mark) in &mut marks {
        kept.push_str(text);
        if !mark.is_empty() && !is_taken(mark) {
            kept.push('<');
            kept.push_str(mark);
        }
    }
    kept
}

/// Cuts a part into its outermost paragraphs, tables and content controls, and every mark and text between them.
fn units(part: &str) -> Vec<&str> {
    let mut reader = Reader::from_str(part);
    let (mut units, mut start, mut n_open) = (Vec::new(), 0, 0);
    loop {
        let event = reader.read_event().unwrap();
        let is_unit = |name: QName<'_>| {
            matches!(
                name.local_name().as_ref(),
                "p" | "tbl" | "sdt" | "graphicFrame"
            )
        };
        match &event {
            Event::Eof => return units,
            Event::Start(open) if n_open > 0 || is_unit(open.name()) => n_open += 1,
            Event::End(_) if n_open > 0 => n_open -= 1,
            _ => {}
        }
        let end = usize::try_from(reader.buffer_position()).unwrap();
        if n_open == 0 {
            units.push(&part[start..end]);
            start = end;
        }
    }
}

fn has_tag(unit: &str) -> bool {
    unit.contains(['{', '}']) || unit.contains("&#123;") || unit.contains("&#x7")
}

#[test]
fn each_template_is_filled_or_refused_with_the_place() {
    let mut n_cases = 0;
    let mut folders: Vec<_> = std::fs::read_dir(repository("tests/word"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    let mut failed = Vec::new();
    for folder in folders {
        let pieces = pieces(&folder);
        let is_word = pieces.iter().any(|(name, _)| name == "document");
        let parts = if is_word {
            Parts::word(&pieces)
        } else {
            Parts::powerpoint(&pieces)
        };
        let case = || expect(&folder.join("expect.txt"), &outcome(&parts));
        if std::panic::catch_unwind(case).is_err() {
            failed.push(folder.display().to_string());
        }
        n_cases += 1;
    }
    assert!(failed.is_empty(), "as said above:\n{}", failed.join("\n"));
    assert!(n_cases >= 50, "{n_cases}");
}

/// What a file is refused for, whatever its text says.
#[track_caller]
fn refused(bytes: Vec<u8>, because: &str) {
    let opened = OfficeTemplate::open("template.docx", bytes);
    let found = opened.map_or_else(|found| found, |template| template.check(&view()));
    let text = faults(&found);
    assert!(text.contains(because), "{text}");
}

fn good() -> Parts {
    let text = "<w:p><w:r><w:t>{{ product.name }}</w:t></w:r></w:p>";
    Parts::word(&[("document".to_owned(), text.to_owned())])
}

fn with(name: &str, text: &str) -> Vec<u8> {
    let mut parts = good();
    parts.add(name, text);
    parts.zip()
}

#[test]
fn what_is_no_document_is_refused() {
    refused(b"<html>".to_vec(), "no Word or PowerPoint file");
    refused(Vec::new(), "no Word or PowerPoint file");
    refused(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on".to_vec(),
        "encrypted",
    );
    let whole = good().zip();
    refused(whole[..whole.len() / 2].to_vec(), "damaged");
    let mut flipped = whole.clone();
    let at = flipped
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
        .unwrap();
    flipped[at - 3] ^= 0xff;
    refused(flipped, "damaged");
    refused(
        [b"PK, or something else".to_vec(), whole].concat(),
        "bytes that belong to no part",
    );
    refused(
        Parts(vec![("a.txt".to_owned(), Vec::new())]).zip(),
        "no Word or PowerPoint file",
    );
}

#[test]
fn other_documents_are_refused() {
    let of = |kind: &str| {
        let mut parts = good();
        let from =
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        parts.replace("[Content_Types].xml", from, kind);
        parts.zip()
    };
    refused(
        of("application/vnd.ms-word.document.macroEnabled.main+xml"),
        "macros",
    );
    refused(
        of("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        "no Word",
    );
    refused(
        of("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        "save it as an ordinary",
    );
    refused(with("word/vbaProject.bin", "x"), "macros");
    let with_default = |extra: &str| {
        let mut parts = good();
        let kind = "<Default Extension=\"bin\" ContentType=\"application/vnd.openxmlformats-officedocument.oleObject\"/></Types>";
        parts.replace("[Content_Types].xml", "</Types>", kind);
        parts.add(extra, "x");
        parts.zip()
    };
    refused(with_default("word/embeddings/o.bin"), "embedded object");
    refused(with_default("word/embeddings/o.txt"), "no content type");
    refused(with("_xmlsignatures/sig1.xml", "<a/>"), "signature");
    let mut parts = good();
    parts.0.retain(|(name, _)| name != "word/document.xml");
    refused(parts.zip(), "is missing");
}

#[test]
fn names_that_climb_out_or_come_twice_are_refused() {
    refused(with("../evil.xml", "<a/>"), "leads out");
    refused(with("/etc/evil.xml", "<a/>"), "leads out");
    refused(with("word\\evil.xml", "<a/>"), "leads out");
    refused(with("C:/evil.xml", "<a/>"), "leads out");
    refused(with("WORD/Document.xml", "<a/>"), "two of its parts");
    let mut bytes = with("word/documenu.xml", "<a/>");
    let name = b"word/documenu.xml";
    while let Some(at) = bytes.windows(name.len()).position(|one| one == name) {
        bytes[at + 12] = b't';
    }
    refused(bytes, "two of its parts have one name");
    let mut twins = good();
    twins.add("word/one.xml", "<a/>");
    twins.add("word/other.xml", "<a/>");
    let mut bytes = twins.zip();
    let listed: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes[*at..].starts_with(b"PK\x01\x02"))
        .collect();
    let [.., one, other] = listed.as_slice() else {
        panic!("{listed:?}")
    };
    bytes.copy_within(one + 42..one + 46, other + 42);
    refused(bytes, "two of its parts share their bytes");
}

#[test]
fn bombs_are_refused() {
    let spaces = " ".repeat(20_000_000);
    refused(
        with("word/bomb.xml", &format!("<a>{spaces}</a>")),
        "unpacks to more",
    );
    refused(with("word/media/bomb.bin", &spaces), "unpacks to more");
    let mut many = good();
    for i in 0..6_000 {
        many.add(&format!("word/media/{i}.bin"), "");
    }
    refused(many.zip(), "too many parts");
    refused(with("word/deep.xml", &"<a>".repeat(1_000_000)), "deep");
    let laughs = "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><a>&b;</a>";
    refused(with("word/laughs.xml", laughs), "DOCTYPE");
}

#[test]
fn what_leads_out_is_refused_and_web_links_pass() {
    let relation = |kind: &str, target: &str| {
        let text = format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\" TargetMode=\"External\"/></Relationships>"
        );
        with("word/_rels/document.xml.rels", &text)
    };
    refused(
        relation("attachedTemplate", "file:///C:/Normal.dotm"),
        "attach none",
    );
    refused(relation("image", "http://example.com/x.png"), "embed it");
    refused(relation("oleObject", "file:///C:/x.xlsx"), "outside of it");
    refused(relation("frame", "http://example.com/"), "outside of it");
    refused(relation("aFChunk", "x.html"), "another document");
    refused(relation("hyperlink", "file:///C:/x.docx"), "web pages");
    refused(
        relation(
            "hyperlink",
            "http://example.com/%7B%7B%20product.url%20%7D%7D",
        ),
        "address of a link",
    );
    for target in ["https://example.com/?a=b&amp;c", "mailto:a@example.com"] {
        OfficeTemplate::open("t", relation("hyperlink", target)).unwrap();
    }
}

/// A file whose document leads to a part of a kind.
fn leading_to(kind: &str, part: &str, content_type: &str) -> Vec<u8> {
    let mut parts = good();
    let text = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{part}\"/></Relationships>"
    );
    parts.add("word/_rels/document.xml.rels", &text);
    parts.add(&format!("word/{part}"), "<a/>");
    let kind =
        format!("<Override PartName=\"/word/{part}\" ContentType=\"{content_type}\"/></Types>");
    parts.replace("[Content_Types].xml", "</Types>", &kind);
    parts.zip()
}

#[test]
fn what_is_embedded_is_known_by_its_kind_and_not_by_its_name() {
    let office = "application/vnd.openxmlformats-officedocument.";
    let document = format!("{office}wordprocessingml.document");
    for (kind, part, content_type, because) in [
        ("package", "media/a.xml", "application/xml", "embedded file"),
        (
            "oleObject",
            "media/image1.png",
            "image/png",
            "embedded file",
        ),
        ("package", "charts/a.xlsx", "image/png", "embedded workbook"),
        ("image", "media/image1.png", &*document, "of the kind"),
        ("image", "a.bin", "application/octet-stream", "of the kind"),
        ("image", "a.bin", "application/xml", "of the kind"),
        (
            "image",
            "a.vml",
            "application/vnd.openxmlformats-officedocument.vmlDrawing",
            "of the kind",
        ),
        ("control", "a.xml", "application/xml", "control"),
        ("video", "a.xml", "application/xml", "a film"),
        ("somethingNew", "a.xml", "application/xml", "not read here"),
        (
            "recipientData",
            "a.xml",
            "application/xml",
            "mail-merge list",
        ),
    ] {
        refused(leading_to(kind, part, content_type), because);
    }
    for (kind, part, content_type) in [
        ("image", "media/image1.png", "image/png"),
        ("image", "media/image1.svg", "image/svg+xml"),
        (
            "font",
            "fonts/font1.odttf",
            &*format!("{office}obfuscatedFont"),
        ),
        (
            "chart",
            "charts/chart1.xml",
            &*format!("{office}drawingml.chart+xml"),
        ),
        (
            "printerSettings",
            "p.bin",
            &*format!("{office}presentationml.printerSettings"),
        ),
    ] {
        OfficeTemplate::open("t", leading_to(kind, part, content_type)).unwrap();
    }
}

#[test]
fn a_mail_merge_is_refused_and_comments_are_told() {
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let settings = format!("<w:settings {w}><w:mailMerge><w:query/></w:mailMerge></w:settings>");
    refused(with("word/settings.xml", &settings), "mail-merge list");
    let comment = "<w:comment w:id=\"0\"><w:p><w:r><w:t>TBD?</w:t></w:r></w:p></w:comment>";
    let comments = format!("<w:comments {w}>{comment}{comment}</w:comments>");
    let template = OfficeTemplate::open("t", with("word/comments.xml", &comments)).unwrap();
    let warnings: Vec<String> = template.warnings(false).iter().map(line).collect();
    assert!(
        warnings.iter().any(|warning| warning
            .contains("the template has 2 comments, which CSA would read")
            && warning.ends_with("[T103]")),
        "{warnings:?}"
    );
    let none = OfficeTemplate::open(
        "t",
        with("word/comments.xml", &format!("<w:comments {w}/>")),
    )
    .unwrap();
    assert_eq!(none.warnings(false), []);
    let hints = format!(
        "<w:glossaryDocument {w}><w:p><w:r><w:t>Click or tap here to enter text.</w:t></w:r></w:p></w:glossaryDocument>"
    );
    let hints = OfficeTemplate::open("t", with("word/glossary/document.xml", &hints)).unwrap();
    assert_eq!(hints.warnings(false), []);
}

#[test]
fn a_declaration_without_hash_or_numbers_of_pages_is_told() {
    let codes = |parts: &Parts, is_declaration| -> Vec<&str> {
        let template = OfficeTemplate::open("t", parts.zip()).unwrap();
        let warnings = template.warnings(is_declaration);
        warnings
            .iter()
            .map(|warning| warning.code.number())
            .collect()
    };
    let text = "<w:p><w:r><w:t>{{ declares.short }}</w:t></w:r></w:p>".to_owned();
    let field = |code: &str| format!("<w:p><w:fldSimple w:instr=\" {code} \"/></w:p>");
    let mut pieces = vec![("document".to_owned(), text)];
    assert_eq!(codes(&good(), true), ["T101", "T105"]);
    assert_eq!(codes(&good(), false), [""; 0]);
    assert_eq!(codes(&Parts::word(&pieces), true), ["T105"]);
    pieces.push(("footer1".to_owned(), field("PAGE")));
    assert_eq!(codes(&Parts::word(&pieces), true), ["T105"]);
    pieces.push(("header1".to_owned(), field("NUMPAGES \\* Arabic")));
    assert_eq!(codes(&Parts::word(&pieces), true), [""; 0]);
}

/// A content control that is bound to a stored value.
fn bound(text: &str, title: &str) -> Parts {
    let control = format!(
        "<w:p><w:sdt><w:sdtPr><w:dataBinding w:xpath=\"/ns1:coreProperties[1]/ns0:title[1]\" w:storeItemID=\"x\"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    );
    let mut parts = Parts::word(&[
        ("document".to_owned(), control.clone()),
        ("header1".to_owned(), control),
    ]);
    parts.add(
        "docProps/core.xml",
        &format!("<a><title>{title}</title></a>"),
    );
    parts
}

/// Word shows the stored value in place of the text in the control, so the tie to it is cut.
#[test]
fn a_bound_content_control_shows_what_was_filled_in() {
    for (text, title) in [
        ("{{ product.title }}", "an old title"),
        ("a text", "an old title"),
        ("{{ product.title }}", "{{ product.title }}"),
    ] {
        let (_, after) = filled(&bound(text, title));
        let after = after.unwrap();
        for part in ["word/document.xml", "word/header1.xml"] {
            let part = after.part(part);
            assert!(
                !part.contains("dataBinding") && part.contains("<w:sdtPr><w:text/></w:sdtPr>"),
                "{part}"
            );
        }
    }
    refused(
        bound("an old title", "{{ product.title }}").zip(),
        "bound to the stored value `title`",
    );
}

/// Every page of a draft says that it is one.
#[test]
fn drafts_are_marked() {
    let mark = "¶ *DRAFT – not for signature*".to_owned();
    let on_slide = "¶ DRAFT – not for signature".to_owned();
    let draft = |parts: &Parts| {
        let template = OfficeTemplate::open("t", parts.zip()).unwrap();
        let bytes = template.fill_draft(&view()).unwrap();
        assert_eq!(
            bytes,
            template.fill_draft(&view()).unwrap(),
            "same input, same bytes"
        );
        Parts::unzip(&bytes)
    };
    let lines = |parts: &Parts, name: &str| shown(&parts.part(name));
    let plain = draft(&good());
    assert_eq!(
        lines(&plain, "word/document.xml"),
        [mark.clone(), "¶ Hub".to_owned()]
    );
    assert_eq!(
        lines(&plain, "word/draft-header.xml"),
        std::slice::from_ref(&mark)
    );
    let document = plain.part("word/document.xml");
    for kind in ["default", "first", "even"] {
        assert!(
            document.contains(&format!("w:type=\"{kind}\" r:id=\"rIdDraftHeader\"/>")),
            "{document}"
        );
    }
    assert!(
        plain
            .part("[Content_Types].xml")
            .contains("/word/draft-header.xml")
    );
    assert!(
        plain
            .part("word/_rels/document.xml.rels")
            .contains("Target=\"draft-header.xml\"")
    );
    let text = "<w:p><w:r><w:t>x</w:t></w:r></w:p>";
    let references = "<w:p><w:pPr><w:sectPr><w:headerReference w:type=\"default\" r:id=\"a\"/><w:headerReference w:type=\"first\" r:id=\"b\"/><w:headerReference w:type=\"even\" r:id=\"c\"/></w:sectPr></w:pPr></w:p>";
    let own = draft(&Parts::word(&[
        ("document".to_owned(), format!("{text}{references}")),
        ("header1".to_owned(), text.to_owned()),
        ("header2".to_owned(), String::new()),
    ]));
    assert_eq!(
        lines(&own, "word/header1.xml"),
        [mark.clone(), "¶ x".to_owned()]
    );
    assert_eq!(lines(&own, "word/header2.xml"), std::slice::from_ref(&mark));
    assert!(!own.0.iter().any(|(name, _)| name.contains("draft-header")));
    let box_ =
        "<p:sp><p:txBody><a:p><a:r><a:t>{{ product.name }}</a:t></a:r></a:p></p:txBody></p:sp>";
    let slides = draft(&Parts::powerpoint(&[
        ("slide1".to_owned(), box_.to_owned()),
        ("slide2".to_owned(), String::new()),
    ]));
    assert_eq!(
        lines(&slides, "ppt/slides/slide1.xml"),
        ["¶ Hub".to_owned(), on_slide.clone()]
    );
    assert_eq!(lines(&slides, "ppt/slides/slide2.xml"), [on_slide]);
}

#[test]
fn a_printed_field_is_known_by_its_path() {
    let text = "<w:p><w:r><w:t>{{ declares.short | upper }}{% if product.name %}{% endif %}</w:t></w:r></w:p>";
    let parts = Parts::word(&[("document".to_owned(), text.to_owned())]);
    let template = OfficeTemplate::open("t", parts.zip()).unwrap();
    assert_eq!(template.extension(), "docx");
    assert!(template.names("declares.short"));
    assert!(!template.names("declares.hash"));
    assert!(
        !template.names("product.name"),
        "it is asked about, not printed"
    );
}

#[test]
fn properties_are_filled_and_foreign_data_is_kept() {
    let mut parts = good();
    parts.add(
        "docProps/core.xml",
        "<a><title>{{ product.title }}, {{ odd.lines }}</title></a>",
    );
    parts.add(
        "docProps/app.xml",
        "<a><b>{% if draft %}x{% else %}y{% endif %}</b></a>",
    );
    parts
        .0
        .push(("customXml/item1.xml".to_owned(), vec![0xff, 0xfe, 0x3c, 0]));
    let (_, after) = filled(&parts);
    let after = after.unwrap();
    let text = "<a><title>Acme Hub, one two three</title></a>";
    assert_eq!(after.part("docProps/core.xml"), text);
    assert_eq!(after.part("docProps/app.xml"), "<a><b>y</b></a>");
    assert_eq!(after.0.last(), parts.0.last());
}

#[test]
fn what_is_repeated_is_there_once() {
    let folder = repository("tests/word/repeated-bookmarks-and-ids");
    let parts = Parts::word(&pieces(&folder));
    let template = OfficeTemplate::open("t", parts.zip()).unwrap();
    let filled = Parts::unzip(&template.fill(&view()).unwrap()).part("word/document.xml");
    for gone in ["paraId", "textId", "bookmark", "w:id "] {
        assert!(!filled.contains(gone), "{gone}\n{filled}");
    }
    assert!(
        filled.contains("docPr id=\"1000000000\"") && filled.contains("docPr id=\"1000000001\"")
    );
    assert_eq!(filled.matches("rsidR=\"00AA\"").count(), 2);
}

#[test]
fn blocks_nest_only_so_deep() {
    let text = format!(
        "<w:p><w:r><w:t>{}{}</w:t></w:r></w:p>",
        "{% if draft %}".repeat(500),
        "{% endif %}".repeat(500)
    );
    let text = outcome(&Parts::word(&[("document".to_owned(), text)]));
    assert!(text.contains("paragraph 1"), "{text}");
    let text = format!(
        "<w:p><w:r><w:t>{{{{ {}1{} }}}}</w:t></w:r></w:p>",
        "(".repeat(5_000),
        ")".repeat(5_000)
    );
    let text = outcome(&Parts::word(&[("document".to_owned(), text)]));
    assert!(text.contains("paragraph 1"), "{text}");
}

/// Cuts the text of a part into runs at random, and puts between them what Word puts there.
fn mangled(text: &str, numbers: &[u8]) -> String {
    let between = [
        "",
        "<w:proofErr w:type=\"spellStart\"/>",
        "<w:bookmarkStart w:id=\"9\" w:name=\"x\"/><w:bookmarkEnd w:id=\"9\"/>",
        "<w:r><w:lastRenderedPageBreak/></w:r>",
        "<w:del w:id=\"8\" w:author=\"A\"><w:r><w:delText>{{ gone</w:delText></w:r></w:del>",
        "<!-- {{ -->",
    ];
    let mut out = String::new();
    let mut numbers = numbers.iter().cycle();
    let mut rest = text;
    while let Some(at) = rest.find("<w:t>") {
        let end = rest.find("</w:t>").unwrap();
        out.push_str(&rest[..at + 5]);
        for c in rest[at + 5..end].chars() {
            let number = usize::from(*numbers.next().unwrap());
            if number % 3 == 0 {
                let one = between[number / 3 % between.len()];
                write!(out, "</w:t></w:r>{one}<w:r><w:t xml:space=\"preserve\">").unwrap();
            }
            out.push(c);
        }
        out.push_str("</w:t>");
        rest = &rest[end + 6..];
    }
    out + rest
}

const GOOD: &str = "<w:p><w:r><w:t>Made by {{ applicant.name | upper }}{% if draft %}, a draft{% else %}, final{% endif %}:</w:t></w:r></w:p><w:p><w:r><w:t>{% for line in provisions %}</w:t></w:r></w:p><w:p><w:r><w:t>{{ line.clause }}: {% for one in line.evidence %}{{ one }} {% endfor %}</w:t></w:r></w:p><w:p><w:r><w:t>{% endfor %}</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{% for one in evidence %}{{ one.number }}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>{{ one.path }}{% endfor %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn runs_may_be_cut_anywhere(numbers in prop::collection::vec(any::<u8>(), 1..200)) {
        let whole = outcome(&Parts::word(&[("document".to_owned(), GOOD.to_owned())]));
        let cut = filled(&Parts::word(&[("document".to_owned(), mangled(GOOD, &numbers))]));
        prop_assert_eq!(whole, cut.0);
    }

    /// Wherever the tags of blocks stand, what comes out is refused or well formed.
    #[test]
    fn nothing_is_corrupted(pieces in prop::collection::vec(0_usize..16, 1..24)) {
        let text = blocks(&pieces);
        let parts = Parts::word(&[("document".to_owned(), text)]);
        let template = OfficeTemplate::open("t", parts.zip()).unwrap();
        if template.check(&view()).is_empty() {
            let filled = Parts::unzip(&template.fill(&view()).unwrap()).part("word/document.xml");
            shown(&filled);
            for empty in ["<w:tc></w:tc>", "<w:tr></w:tr>", "<w:tbl></w:tbl>", "</w:tbl></w:tc>", "</w:tbl><w:tbl>"] {
                prop_assert!(!filled.contains(empty), "{}", filled);
            }
        }
    }
}

/// Blocks that are paired, cut by the ends of runs, paragraphs, cells, rows and tables.
fn blocks(pieces: &[usize]) -> String {
    let cuts = [
        "</w:t></w:r><w:r><w:t>",
        "</w:t></w:r></w:p><w:p><w:r><w:t>",
        "</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>",
        "</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>",
        "</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>{% if draft %}</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{% endif %}",
        "</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/><w:tbl><w:tr><w:tc><w:p><w:r><w:t>",
        "</w:t></w:r><w:hyperlink w:anchor=\"x\"><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r><w:t>",
    ];
    let mut open = Vec::new();
    let mut text = String::from("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>");
    for piece in pieces {
        match piece {
            0 | 1 => {
                text.push_str(["{% if draft %}", "{% if not draft %}"][*piece]);
                open.push("{% endif %}");
            }
            2 | 3 => {
                text.push_str(["{% for one in evidence %}", "{% for one in empty %}"][piece - 2]);
                open.push("{% endfor %}");
            }
            4..=7 => text.push_str(open.pop().unwrap_or("text")),
            8 => text.push_str("{{ product.name }}"),
            _ => text.push_str(cuts[piece - 9]),
        }
    }
    while let Some(end) = open.pop() {
        text.push_str(end);
    }
    text + "</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
}

/// Twenty thousand paragraphs take as long as they must, not their square.
#[test]
fn large_documents_are_filled() {
    let mut text = String::new();
    for i in 0..20_000 {
        write!(
            text,
            "<w:p><w:r><w:t>{i} {{{{ product.name }}}}</w:t></w:r></w:p>"
        )
        .unwrap();
    }
    text.push_str("<w:p><w:r><w:t>");
    text.push_str(&"{% if draft %}a{% endif %}".repeat(2_000));
    text.push_str("</w:t></w:r></w:p>");
    let parts = Parts::word(&[("document".to_owned(), text)]);
    let template = OfficeTemplate::open("t", parts.zip()).unwrap();
    let filled = Parts::unzip(&template.fill(&view()).unwrap()).part("word/document.xml");
    assert_eq!(filled.matches(" Hub</w:t>").count(), 20_000);
}

/// The templates of the examples, filled with each example.
#[test]
fn the_templates_of_the_examples_are_filled() {
    for name in ["declaration.docx", "supporting-evidence.pptx"] {
        let bytes = std::fs::read(repository("examples/templates").join(name)).unwrap();
        let template = OfficeTemplate::open(name, bytes.clone()).unwrap();
        assert!(name.ends_with(template.extension()));
        assert!(template.names("declares.short"));
        for example in [
            "german-camera",
            "japanese-camera",
            "korean-robot-vacuum",
            "level-4-door-lock",
            "wifi-router-level-2",
        ] {
            let case = read(
                &repository("examples").join(example).join("manifest.yaml"),
                None,
            );
            let application = case.manifest.application.as_ref().unwrap();
            let plan = case.plan.as_ref().unwrap();
            let with = |purpose| View::new(plan, application, &case.evidence.files, purpose);
            let draft = serde_json::to_value(with(Purpose::Draft)).unwrap();
            template.fill(&draft).unwrap();
            let view = with(Purpose::Final);
            let view = serde_json::to_value(view).unwrap();
            let filled = template.fill(&view).unwrap();
            let (before, after) = (Parts::unzip(&bytes), Parts::unzip(&filled));
            let names = |parts: &Parts| {
                parts
                    .0
                    .iter()
                    .map(|(name, _)| name.clone())
                    .collect::<Vec<_>>()
            };
            assert_eq!(names(&before), names(&after));
            let main = if name.ends_with("docx") {
                "word/document.xml"
            } else {
                "ppt/slides/slide2.xml"
            };
            let lines = shown(&after.part(main)).join("\n");
            let short = view["evidence"][0]["short"].as_str().unwrap();
            assert!(lines.contains(view["product"]["title"].as_str().unwrap()));
            assert!(lines.contains(short), "{lines}");
        }
    }
}

/// Nor do many mistakes take the square of their number.
#[test]
fn many_mistakes_are_found() {
    let one = "<w:p><w:r><w:t>{{ produc.name }} {{ a | uper }} %}</w:t></w:r></w:p>";
    let parts = Parts::word(&[("document".to_owned(), one.repeat(10_000))]);
    let template = OfficeTemplate::open("t", parts.zip()).unwrap();
    assert_eq!(template.check(&view()).len(), 30_000);
}
