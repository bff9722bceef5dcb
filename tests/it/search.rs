//! What is looked for in evidence, and what is said where nothing could be looked for.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use clspack::batch::report::State;
use clspack::domain::Unsearched;
use clspack::look::look;
use serde_json::Value;
use zip::write::SimpleFileOptions;

use crate::batch::{PLAIN, add, batch, problems_of, products};
use crate::binary;
use crate::office::Parts;
use crate::support;

/// A client whose name is not written in ASCII.
const NAME: &str = "Müller & Söhne GmbH";

fn other(text: &str) -> String {
    text.replace("Hanbit Living Pte. Ltd.", NAME)
        .replace("201912345R", "201454321N")
        .replace("1 Example Road, #01-01", "7 Second Street")
        .replace("EL-26-001", "EL-26-002")
        .replace("brand: Hanbit", "brand: Zweite")
}

fn parts(list: &[(&str, &str)]) -> Vec<u8> {
    let part = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
    Parts(list.iter().map(part).collect()).zip()
}

/// A chunk of a PNG file; nobody looks at its sum.
fn png(kind: &str, content: &[u8]) -> Vec<u8> {
    let mut file = fs::read(support::repository("tests/pictures/label.png")).unwrap();
    let mut chunk = u32::try_from(content.len()).unwrap().to_be_bytes().to_vec();
    chunk.extend(kind.bytes().chain(content.iter().copied()).chain([0; 4]));
    // Behind the head, which is 25 bytes long.
    file.splice(33..33, chunk);
    file
}

fn jpeg(content: &[u8]) -> Vec<u8> {
    let mut file = fs::read(support::repository("tests/pictures/photo.jpg")).unwrap();
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    let comment = [&[0xff, 0xfe], &length[..], content].concat();
    file.splice(2..2, comment);
    file
}

/// A comment behind bytes that fill the room before it.
fn filled(text: &str) -> Vec<u8> {
    let mut file = jpeg(text.as_bytes());
    file.splice(2..2, [0xff; 3]);
    file
}

/// A comment between the picture and its end.
fn behind_scan(text: &str) -> Vec<u8> {
    let mut file = fs::read(support::repository("tests/pictures/photo.jpg")).unwrap();
    let end = memchr_last(&file, &[0xff, 0xd9]);
    let length = u16::try_from(text.len() + 2).unwrap().to_be_bytes();
    let comment = [&[0xff, 0xfe], &length[..], text.as_bytes()].concat();
    file.splice(end..end, comment);
    file
}

fn gif(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).unwrap();
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    let picture = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x21\xfe";
    [&head[..], picture, &[length], text.as_bytes(), b"\0;"].concat()
}

fn tiff(text: &str) -> Vec<u8> {
    let length = u32::try_from(text.len()).unwrap().to_le_bytes();
    let field = [&b"\x3b\x01\x02\0"[..], &length, &26_u32.to_le_bytes()].concat();
    let table = [b"II*\0\x08\0\0\0\x01\0", &field[..], &[0; 4]].concat();
    [&table[..], text.as_bytes()].concat()
}

/// A Word file with a drawing of these kinds of records.
fn drawing(kinds: &[u32]) -> Vec<u8> {
    let records = kinds.iter().chain(&[14]);
    let bytes = records.flat_map(|kind| [kind.to_le_bytes(), 8_u32.to_le_bytes()].concat());
    let body = ("word/document.xml".to_owned(), b"<p/>".to_vec());
    let drawing = ("word/media/image1.emf".to_owned(), bytes.collect());
    Parts(vec![body, drawing]).zip()
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Files that say a name, each in a place of its own, and what comes close.
fn files() -> Vec<(&'static str, Vec<u8>, bool)> {
    let run = "<w:p><w:r><w:t>M&#252;ll</w:t></w:r><w:r><w:t>er &amp; Söhne GmbH</w:t></w:r></w:p>";
    let apart = "<w:p><w:r><w:t>Müller &amp;</w:t></w:r></w:p><w:p><w:r><w:t>x Söhne GmbH</w:t></w:r></w:p>";
    let deleted = "<w:p><w:r><w:t>Müller </w:t></w:r><w:del><w:r><w:delText>&amp; Söhne</w:delText></w:r></w:del><w:ins><w:r><w:t>and Co</w:t></w:r></w:ins><w:r><w:t> GmbH</w:t></w:r></w:p>";
    let link = "<Relationships><Relationship Target=\"https://x.example/M%C3%BCller%20%26%20S%C3%B6hne%20GmbH\"/></Relationships>";
    let company = "<Properties><Company>Müller &amp; Söhne GmbH</Company></Properties>";
    let neighbours =
        "<Properties><Manager>Müller</Manager><Company>x</Company><a>Söhne GmbH</a></Properties>";
    let body = ("word/document.xml", "<w:document><w:p/></w:document>");
    let shared = "<sst><si><r><t>Mü</t></r><r><t>ller &amp; Söhne</t></r><r><t xml:space=\"preserve\"> GmbH</t></r></si></sst>";
    let cells =
        "<c t=\"inlineStr\"><is><t>Müller</t></is></c><c t=\"inlineStr\"><is><t>x</t></is></c>";
    let comment =
        "<comments><authors><author>Müller &amp; Söhne GmbH</author></authors></comments>";
    let mail = "Subject: =?iso-8859-1?Q?M=FCller_=26_S=F6hne?= =?utf-8?B?R21iSA==?=\r\nFrom: a@x.example\r\n\r\nx\r\n";
    let mail = mail.replace("R21iSA==", "IEdtYkg=");
    let body_mail = "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nM=C3=BCl=\r\nler & S=C3=B6hne GmbH\r\n--b--\r\n";
    let packet = "<x:xmpmeta><rdf:li>Müller &amp; Söhne GmbH</rdf:li></x:xmpmeta>";
    let packet = packet.as_bytes().to_vec();
    vec![
        ("runs.docx", parts(&[("word/document.xml", run)]), true),
        ("apart.docx", parts(&[("word/document.xml", apart)]), false),
        ("header.docx", parts(&[body, ("word/header1.xml", run)]), true),
        ("note.docx", parts(&[body, ("word/footnotes.xml", run)]), true),
        ("comment.docx", parts(&[body, ("word/comments.xml", run)]), true),
        ("tracked.docx", parts(&[("word/document.xml", deleted)]), true),
        ("link.docx", parts(&[body, ("word/_rels/document.xml.rels", link)]), true),
        ("company.dotx", parts(&[body, ("docProps/app.xml", company)]), true),
        ("neighbours.docx", parts(&[body, ("docProps/app.xml", neighbours)]), false),
        ("slide.pptx", parts(&[("ppt/notesSlides/notesSlide1.xml", &run.replace("w:", "a:"))]), true),
        ("strings.xlsx", parts(&[("xl/sharedStrings.xml", shared)]), true),
        ("cells.xlsx", parts(&[("xl/worksheets/sheet1.xml", cells)]), false),
        ("comment.xlsx", parts(&[("xl/comments1.xml", comment)]), true),
        ("sheet.xlsx", parts(&[("xl/workbook.xml", "<sheets><sheet name=\"Müller &amp; Söhne GmbH\"/></sheets>")]), true),
        ("chart.pptx", parts(&[("ppt/charts/chart1.xml", "<c:pt><c:v>Müller &amp; Söhne GmbH</c:v></c:pt>")]), true),
        ("latin.txt", b"of M\xfcller & S\xf6hne GmbH".to_vec(), true),
        ("wide.csv", utf_16("a,b\r\nMüller & Söhne,GmbH\r\n"), true),
        ("accents.md", "Mu\u{308}ller & So\u{308}hne GmbH".into(), true),
        ("near.txt", "Müller & Sohn GmbH; Müllerei & Söhne".into(), false),
        ("page.html", "<p>M&uuml;l&shy;ler &amp; <b>S&#xF6;hne</b> Gmb\u{ad}H".into(), true),
        ("attribute.htm", "<img alt='Müller & Söhne GmbH'>".into(), true),
        ("cells.html", "<td>Müller</td><td>x</td><td>Söhne GmbH</td>".into(), false),
        ("data.xml", "<?xml version='1.0' encoding='iso-8859-1'?><a><![CDATA[M\u{fc}ller & S\u{f6}hne GmbH]]></a>".chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(), true),
        ("data.json", br#"{"by":"M\u00fcller \u0026 S\u00f6hne GmbH"}"#.to_vec(), true),
        ("data.yaml", br#"by: "M\xfcller & S\u00f6hne GmbH""#.to_vec(), true),
        ("head.eml", mail.into_bytes(), true),
        ("body.eml", body_mail.into(), true),
        ("rich.rtf", br"{\rtf1\ansi M\'fc\b ller\b0  & S\u246?hne\~GmbH}".to_vec(), true),
        ("text.png", png("tEXt", "Author\0Müller & Söhne GmbH".as_bytes()), true),
        ("comment.jpg", jpeg("Müller & Söhne GmbH".as_bytes()), true),
        ("plain.jpg", jpeg(b"nobody"), false),
        ("filled.jpg", filled(NAME), true),
        ("scanned.jpg", behind_scan(NAME), true),
        ("packet.webp", [&b"RIFF\x10\0\0\0WEBP"[..], &packet].concat(), true),
        ("packet.heic", [&b"\0\0\0\x18ftypheic"[..], &packet].concat(), true),
        ("plain.bmp", b"BM M\xc3\xbcller & S\xc3\xb6hne GmbH".to_vec(), false),
        ("comment.gif", gif(NAME), true),
        ("artist.tif", tiff(NAME), true),
    ]
}

#[test]
fn another_clients_name_is_found_in_every_format() {
    let scratch = products(&[]);
    add(scratch.path(), "A-1", |text| other(&text));
    let files = files();
    let names: Vec<_> = files
        .iter()
        .map(|(name, ..)| format!("evidence/{name}"))
        .collect();
    let manifest = add(scratch.path(), "B-2", |text| {
        text.replace(
            "[evidence/5.1-1/passwords.pdf]",
            &format!("[{}]", names.join(", ")),
        )
    });
    for (name, bytes, _) in &files {
        fs::write(
            manifest.parent().unwrap().join("evidence").join(name),
            bytes,
        )
        .unwrap();
    }
    let report = batch(scratch.path(), &PLAIN);
    let found = &problems_of(&report)[1];
    for (name, _, is_there) in &files {
        let said = format!("`evidence/{name}` contains the name of another client, `{NAME}`");
        assert_eq!(
            found.contains(&said.as_str()),
            *is_there,
            "{name}: {found:#?}"
        );
    }
    assert_eq!(report.products[1].not_searched, []);
}

#[test]
fn a_pdf_of_two_filters_is_searched() {
    let scratch = tempfile::tempdir().unwrap();
    support::copy(
        &support::repository("tests/look/clients"),
        &scratch.path().join("in/clients"),
    );
    let report = batch(scratch.path(), &PLAIN);
    let said = "`evidence/certificate.pdf` contains the name of another client, `clients/a`";
    assert!(problems_of(&report)[1].contains(&said), "{report:?}");
    assert!(
        report
            .products
            .iter()
            .all(|product| product.not_searched.is_empty())
    );
}

#[test]
fn the_title_of_a_pdf_is_searched() {
    let file = String::from_utf8(support::pdf("nobody")).unwrap();
    let title = |name: &str| {
        let info = format!("/Root 1 0 R /Info << /Title ({name}) >>");
        look("pdf", file.replace("/Root 1 0 R", &info).as_bytes())
    };
    assert!(title("Hanbit Living").spaced.contains("Hanbit Living"));
    let page = title("x").unspaced;
    assert!(
        page.contains("nobody") && !page.contains("hanbit"),
        "{page}"
    );
}

fn reason(extension: &str, bytes: &[u8]) -> Option<Unsearched> {
    look(extension, bytes).reason()
}

#[test]
fn what_cannot_be_searched_is_said() {
    let embedded = |name: &str| parts(&[("word/document.xml", "<p/>"), (name, "x")]);
    for (extension, bytes, why) in [
        (
            "zip",
            b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec(),
            Some(Unsearched::Format),
        ),
        (
            "doc",
            b"\xd0\xcf\x11\xe0".to_vec(),
            Some(Unsearched::Format),
        ),
        ("", b"text".to_vec(), Some(Unsearched::Format)),
        (
            "docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
            Some(Unsearched::Locked),
        ),
        (
            "docx",
            b"PK\x03\x04 cut".to_vec(),
            Some(Unsearched::Damaged),
        ),
        (
            "docx",
            parts(&[("word/document.xml", "<w:p><w:t>cut</w")]),
            Some(Unsearched::Damaged),
        ),
        (
            "docx",
            embedded("word/embeddings/oleObject1.bin"),
            Some(Unsearched::Attachment),
        ),
        (
            "docm",
            embedded("word/vbaProject.bin"),
            Some(Unsearched::Attachment),
        ),
        (
            "docx",
            embedded("word/media/image1.emf"),
            Some(Unsearched::Attachment),
        ),
        (
            "docx",
            embedded("word/media/image1.wmf"),
            Some(Unsearched::Attachment),
        ),
        ("docx", drawing(&[1, 27]), None),
        ("docx", drawing(&[1, 84]), Some(Unsearched::Attachment)),
        (
            "png",
            png("tEXt", &vec![b'a'; 1_000_001]),
            Some(Unsearched::Bound),
        ),
        (
            "docx",
            embedded("word/embeddings/Sheet.xlsx"),
            Some(Unsearched::Damaged),
        ),
        (
            "pdf",
            b"%PDF-1.7 nothing".to_vec(),
            Some(Unsearched::Damaged),
        ),
        (
            "txt",
            b"\xc7\xd1\xba\xfb\xb8\xae\xba\xf9 Living".to_vec(),
            Some(Unsearched::Encoding),
        ),
        ("txt", b"M\xfcller".to_vec(), None),
        (
            "rtf",
            b"{\\rtf1 {\\*\\objdata 01}}".to_vec(),
            Some(Unsearched::Attachment),
        ),
        ("jpg", b"no picture".to_vec(), None),
        ("heic", b"\0\0\0\x18ftypheic".to_vec(), None),
    ] {
        assert_eq!(reason(extension, &bytes), why, "{extension}: {bytes:?}");
    }
    // A chart holds the workbook of its numbers, which is read with it.
    let inner = parts(&[("xl/sharedStrings.xml", "<si><t>Hanbit</t></si>")]);
    let files = [
        ("ppt/slides/slide1.xml".to_owned(), b"<p/>".to_vec()),
        ("ppt/embeddings/Sheet.xlsx".to_owned(), inner),
    ];
    let outer = look("pptx", &Parts(files.to_vec()).zip());
    assert!(outer.spaced.contains("Hanbit") && outer.reason().is_none());
}

/// An office file with one part that is packed again and again.
fn packed(n_parts: usize, piece: &str, times: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for i in 0..n_parts {
        zip.start_file(format!("word/part{i}.xml"), options)
            .unwrap();
        for _ in 0..times {
            zip.write_all(piece.as_bytes()).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn hostile_files_are_not_searched_to_their_end() {
    let blanks = " ".repeat(1_000_000);
    let many = packed(5_001, "<p/>", 1);
    let mut overlapping = packed(2, "<p/>", 10);
    // The second entry of the list leads to the first file.
    let list = memchr_last(&overlapping, b"PK\x01\x02");
    overlapping[list + 42..list + 46].copy_from_slice(&[0; 4]);
    for (name, extension, bytes, why) in [
        (
            "one large part",
            "docx",
            packed(1, &blanks, 40),
            Some(Unsearched::Bound),
        ),
        (
            "many large parts",
            "docx",
            packed(8, &blanks, 20),
            Some(Unsearched::Bound),
        ),
        ("many parts", "docx", many, Some(Unsearched::Bound)),
        (
            "one text for two parts",
            "docx",
            overlapping,
            Some(Unsearched::Bound),
        ),
        ("tags in tags", "docx", packed(1, "<a>", 500_000), None),
        (
            "no end of a tag",
            "html",
            "<a b='".repeat(1_000_000).into_bytes(),
            Some(Unsearched::Damaged),
        ),
        (
            "references",
            "html",
            "&x;".repeat(3_000_000).into_bytes(),
            Some(Unsearched::Bound),
        ),
        (
            "words",
            "txt",
            "a b ".repeat(3_000_000).into_bytes(),
            Some(Unsearched::Bound),
        ),
        (
            "groups",
            "rtf",
            ["{\\rtf1 ", &"{".repeat(5_000_000)].concat().into_bytes(),
            Some(Unsearched::Damaged),
        ),
        (
            "mail in mail",
            "eml",
            "Content-Type: message/rfc822\n\n"
                .repeat(500_000)
                .into_bytes(),
            Some(Unsearched::Bound),
        ),
        (
            "parts of a mail",
            "eml",
            [
                "Content-Type: multipart/mixed; boundary=b\n\n",
                &"--b\n\n".repeat(1_000_000),
            ]
            .concat()
            .into_bytes(),
            Some(Unsearched::Bound),
        ),
    ] {
        let found = look(extension, &bytes);
        let is_said = why.map_or(found.unsearched.is_empty(), |why| {
            found.unsearched.contains(&why)
        });
        assert!(is_said, "{name}: {:?}", found.unsearched);
        assert!(found.spaced.len() <= 8_100_000, "{name}");
    }
}

fn memchr_last(bytes: &[u8], what: &[u8]) -> usize {
    bytes
        .windows(what.len())
        .rposition(|window| window == what)
        .unwrap()
}

/// Returns what `check` says of a manifest as JSON.
fn checked(folder: &Path) -> Value {
    let ran = binary::run(folder, &["check", "manifest.yaml", "--format", "json"]);
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn a_person_looks_through_what_cannot_be_searched() {
    let scratch = products(&[]);
    let manifest = add(scratch.path(), "A-1", |text| {
        text.replace("evidence/scan.pdf", "evidence/scan.zip")
    });
    let folder = manifest.parent().unwrap();
    fs::write(
        folder.join("evidence/scan.zip"),
        b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    )
    .unwrap();
    let one = checked(folder);
    assert_eq!(one["state"], "confirm");
    let file = &one["not_searched"][0];
    assert_eq!(file["file"], "evidence/scan.zip");
    assert_eq!(file["reason"], "format");
    assert_eq!(file["looked_through"], false);
    let said = binary::run(folder, &["check", "manifest.yaml"]).expect(0);
    let line = "  evidence/scan.zip: clspack does not open files of this type\n";
    assert!(
        said.stdout
            .contains(&format!("Not searched for other clients' data\n{line}")),
        "{}",
        said.stdout
    );
    assert!(
        said.stdout
            .contains("confirm (complete; a person has to look through files")
    );
    // It is no question to CSA, so there is no letter; summary and sheet say it.
    let ran = binary::run(folder, &["pack", "manifest.yaml", "-o", "out", "--dir"]).expect(0);
    let pack = folder.join(ran.stdout.lines().next().unwrap());
    assert!(pack.join("01-summary.pdf").exists() && !pack.join("02-letter-to-csa.pdf").exists());
    let sheet = fs::read_to_string(pack.join("00-upload-sheet.html")).unwrap();
    assert!(sheet.contains("evidence/scan.zip</code>: clspack does not open files of this type"));
    assert!(!sheet.contains("02-letter-to-csa.pdf"));
    let report = batch(scratch.path(), &PLAIN);
    assert_eq!(report.products[0].state, State::Confirm);
    assert_eq!(report.products[0].not_searched.len(), 1);
    let declares = fs::read_to_string(pack.join("record/provenance.json")).unwrap();
    fs::remove_dir_all(folder.join("out")).unwrap();

    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text + "looked_through: [evidence/scan.zip]\n").unwrap();
    let one = checked(folder);
    assert_eq!(one["state"], "to-sign");
    assert_eq!(one["not_searched"][0]["looked_through"], true);
    // An unusual type, and the file of the base that nothing names any more.
    assert_eq!(one["counts"]["warnings"], 2, "{one}");
    // Nothing else is declared than before.
    let ran = binary::run(folder, &["pack", "manifest.yaml", "-o", "out", "--dir"]).expect(0);
    let pack = folder.join(ran.stdout.lines().next().unwrap());
    let hash = |text: &str| serde_json::from_str::<Value>(text).unwrap()["declares"].clone();
    let after = fs::read_to_string(pack.join("record/provenance.json")).unwrap();
    assert_eq!(hash(&declares), hash(&after));
    let sheet = fs::read_to_string(pack.join("00-upload-sheet.html")).unwrap();
    assert!(sheet.contains("looked through by a person"));
}

#[test]
fn what_blocks_already_is_listed_and_not_asked() {
    let scratch = products(&[]);
    let manifest = add(scratch.path(), "A-1", |text| text);
    let folder = manifest.parent().unwrap();
    fs::write(folder.join("evidence/sbom.pdf"), b"%PDF-1.7 cut").unwrap();
    let one = checked(folder);
    assert_eq!(one["state"], "blocked");
    assert_eq!(one["not_searched"][0]["reason"], "damaged");
    let codes: Vec<_> = one["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["code"])
        .collect();
    assert!(!codes.contains(&&Value::from("E104")), "{codes:?}");
}

#[test]
fn what_is_too_long_to_be_compared_is_listed() {
    let scratch = products(&[]);
    let manifest = add(scratch.path(), "A-1", |text| {
        text.replace("evidence/scan.pdf", "evidence/scan.txt")
    });
    let folder = manifest.parent().unwrap();
    let line = "Port 443 of the HX-200 answers with TLS 1.3 and nothing older.\n";
    for (n_bytes, reasons) in [(1_900_000, vec![]), (2_100_000, vec!["bound"])] {
        let text = line.repeat(n_bytes / line.len());
        fs::write(folder.join("evidence/scan.txt"), text).unwrap();
        let files = checked(folder)["not_searched"].clone();
        let found: Vec<&str> = files
            .as_array()
            .unwrap()
            .iter()
            .map(|file| file["reason"].as_str().unwrap())
            .collect();
        assert_eq!(found, reasons, "{n_bytes}");
    }
}
