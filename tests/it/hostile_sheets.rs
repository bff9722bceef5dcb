//! Workbooks and CSV files that are small and unpack to more than a list of products ever holds: each is
//! refused with its reason before its cells are read.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use clspack::diag::Code;
use clspack::sheet::{self, Mapping};

const TYPES: &str =
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const TOP: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Models" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const PARTS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const ROWS: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Brand</t></is></c><c r="B1" t="inlineStr"><is><t>Models</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Example</t></is></c><c r="B2" t="inlineStr"><is><t>HX-200</t></is></c></row>"#;

/// Makes a workbook of two good rows, what comes after them, and further parts.
fn workbook(after: &str, parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    put("[Content_Types].xml", TYPES);
    put("_rels/.rels", TOP);
    put("xl/workbook.xml", BOOK);
    put("xl/_rels/workbook.xml.rels", PARTS);
    put(
        "xl/worksheets/sheet1.xml",
        &format!("<worksheet><sheetData>{ROWS}{after}</worksheet>"),
    );
    for (name, text) in parts {
        put(name, text);
    }
    zip.finish().unwrap().into_inner()
}

fn strings(start: &str, n: usize) -> [(&'static str, String); 1] {
    let text = format!("{start}{}</sst>", "<si><t>a</t></si>".repeat(n));
    [("xl/sharedStrings.xml", text)]
}

fn message(name: &str, bytes: Vec<u8>) -> String {
    let sheets = sheet::read(name, bytes, &Mapping::default());
    assert_eq!(sheets.rows, [], "{name}");
    let [finding] = sheets.findings.as_slice() else {
        panic!("{name}: {:?}", sheets.findings)
    };
    assert_eq!(finding.code, Code::SheetTooLarge, "{}", finding.message);
    finding.message.clone()
}

#[test]
fn a_workbook_that_unpacks_too_far_is_refused_with_the_reason() {
    let long = "x".repeat(300_000);
    let row = |cell: &str| format!("<row r=\"3\">{cell}</row></sheetData>");
    let inline = |text: &str| row(&format!("<c r=\"A3\" t=\"inlineStr\"><is>{text}</is></c>"));
    let runs = format!("<r><t>{}</t></r>", "x".repeat(1000)).repeat(300);
    let cell = "a cell of the workbook holds more than 32767 characters";
    let styles = format!(
        "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
        "<xf numFmtId=\"14\"/>".repeat(300_000)
    );
    for (bytes, expected) in [
        (workbook(&inline(&format!("<t>{long}</t>")), &[]), cell),
        (workbook(&inline(&runs), &[]), cell),
        (workbook(&format!("<!--{long}--></sheetData>"), &[]), cell),
        (
            workbook(&format!("<row spans=\"{long}\"/></sheetData>"), &[]),
            cell,
        ),
        (
            workbook(&format!("{}</sheetData>", "<row/>".repeat(1_048_576)), &[]),
            "its sheets have more than 1048576 rows, empty ones included",
        ),
        (
            workbook(&row(&"<c/>".repeat(4_000_000)), &[]),
            "its sheets have more than 4000000 cells, empty ones included",
        ),
        (
            workbook(
                "</sheetData>",
                &strings("<sst uniqueCount=\"2000001\">", 200_000),
            ),
            "its cells have more than 2000000 different texts",
        ),
        (
            workbook("</sheetData>", &strings("<sst>", 2_000_001)),
            "its cells have more than 2000000 different texts",
        ),
        (
            workbook("</sheetData>", &[("xl/styles.xml", styles)]),
            "the workbook unpacks to more than is allowed",
        ),
    ] {
        assert_eq!(message("models.xlsx", bytes), expected);
    }
}

#[test]
fn a_workbook_of_too_many_parts_is_refused_before_its_list_is_read() {
    let names: Vec<String> = (0..10_000).map(|i| format!("xl/media/{i}.png")).collect();
    let parts: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), String::new()))
        .collect();
    let bytes = workbook("</sheetData>", &parts);
    assert_eq!(
        message("models.xlsx", bytes),
        "the workbook has 10005 parts, 10000 are allowed"
    );
}

#[test]
fn a_workbook_has_one_main_part_and_each_part_once() {
    let whole = workbook("</sheetData>", &[("xl/other.png", BOOK.to_owned())]);
    let sheets = sheet::read("models.xlsx", whole, &Mapping::default());
    assert_eq!((sheets.rows.len(), sheets.findings.len()), (1, 0));
    let twice = workbook("</sheetData>", &[("xl/WORKBOOK.xml", BOOK.to_owned())]);
    let sheets = sheet::read("models.xlsx", twice, &Mapping::default());
    assert_eq!(sheets.rows, []);
    assert_eq!(
        sheets.findings[0].message,
        "the workbook cannot be read: it has two parts `xl/workbook.xml`"
    );
    // Of two parts with the very same name, readers take one or the other.
    let mut same = workbook("</sheetData>", &[("xl/workbook.xmm", BOOK.to_owned())]);
    let others: Vec<usize> = (0..same.len() - 15)
        .filter(|at| same[*at..].starts_with(b"xl/workbook.xmm"))
        .collect();
    for at in others {
        same[at + 14] = b'l';
    }
    let sheets = sheet::read("models.xlsx", same, &Mapping::default());
    assert_eq!(sheets.rows, []);
    assert_eq!(
        sheets.findings[0].message,
        "the workbook cannot be read: two of its parts have one name"
    );
}

#[test]
fn parts_that_share_their_bytes_are_counted_each() {
    // Thirty entries of the list lead to one part of 10 MB: more than is unpacked in all.
    let comments = format!("<!--{}-->", "x".repeat(1000)).repeat(10_000);
    let part = format!("<worksheet><sheetData/>{comments}</worksheet>");
    let mut bytes = workbook("</sheetData>", &[("xl/worksheets/x00.xml", part)]);
    let at = |bytes: &[u8], mark: &[u8]| {
        let found = bytes.windows(4).rposition(|window| window == mark);
        found.unwrap()
    };
    let (entry, end) = (at(&bytes, b"PK\x01\x02"), at(&bytes, b"PK\x05\x06"));
    let (entry, mut tail) = (bytes[entry..end].to_vec(), bytes.split_off(end));
    for i in 1..30 {
        let mut copy = entry.clone();
        let name = copy.len() - "x00.xml".len();
        copy[name + 1..name + 3].copy_from_slice(format!("{i:02}").as_bytes());
        bytes.extend(copy);
    }
    // Number of entries, twice, and the size of their list.
    let n = u16::from_le_bytes([tail[8], tail[9]]) + 29;
    let size = u32::from_le_bytes([tail[12], tail[13], tail[14], tail[15]]);
    let size = size + u32::try_from(29 * entry.len()).unwrap();
    tail[8..10].copy_from_slice(&n.to_le_bytes());
    tail[10..12].copy_from_slice(&n.to_le_bytes());
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    bytes.extend(tail);
    assert_eq!(
        message("models.xlsx", bytes),
        "the workbook unpacks to more than is allowed"
    );
}

#[test]
fn a_csv_file_that_no_spreadsheet_program_writes_is_refused_with_the_reason() {
    let head = "Brand,Models\nExample,HX-200\n";
    for (rest, expected) in [
        (",".repeat(2_000_000), "the row has more than 16384 fields"),
        (
            format!("Example,\"{}\"", "x".repeat(2_000_000)),
            "the cell holds more than 32767 characters",
        ),
        (
            "\n".repeat(1_048_576),
            "the file has more than 1048576 rows, empty ones included",
        ),
        (
            ",\n".repeat(1_048_576),
            "the file has more than 1048576 rows, empty ones included",
        ),
        (
            format!("{}b\n", "a,".repeat(999)).repeat(1501),
            "the sheet has more than 1500000 cells",
        ),
    ] {
        let found = message("models.csv", format!("{head}{rest}").into_bytes());
        assert_eq!(found, expected);
    }
}

#[test]
fn of_a_sheet_of_faults_alone_the_rest_is_not_read() {
    let text = format!("Brand,Models\n{}", "Example,1E+5\n".repeat(20_010));
    let sheets = sheet::read("models.csv", text.into_bytes(), &Mapping::default());
    assert_eq!(sheets.rows.len(), 20_001);
    let last = sheets.findings.last().unwrap();
    assert_eq!(last.code, Code::SheetTooLarge);
    assert_eq!(
        last.message,
        "more than 20000 cells cannot be taken; row 20003 and what is below it were not read"
    );
}

#[test]
fn a_large_list_of_products_is_read() {
    // Ten thousand rows of 46 columns, and some of 144.
    let mut text = String::from("Brand,Models");
    for i in 1..=71 {
        write!(text, ",5.{i}-1,5.{i}-1 detail").unwrap();
    }
    text.push('\n');
    for i in 0..10_000 {
        write!(text, "Example,HX-{i}").unwrap();
        for column in 2..if i % 100 == 0 { 144 } else { 46 } {
            let answer = if column % 2 == 0 {
                "yes"
            } else {
                "It is met, row "
            };
            if column % 2 == 0 {
                write!(text, ",{answer}").unwrap();
            } else {
                write!(text, ",\"{answer}{i}\"").unwrap();
            }
        }
        text.push('\n');
    }
    let sheets = sheet::read("models.csv", text.into_bytes(), &Mapping::default());
    assert_eq!(sheets.findings, []);
    assert_eq!(sheets.rows.len(), 10_000);
    assert_eq!(sheets.rows[100].fields.len(), 144);
}
