//! Files as people and attackers make them: what is read, and why the rest is not.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failure of a helper is a failure of the test"
)]

use std::io::{Cursor, Write as _};

use clspack_workbook::{
    At, Format, MAX_ROWS, Sheet, Slip, Unread, Value, Why, Workbook, other_format, separated,
    slipped, workbook,
};

const RELS: &str = r#"<Relationships><Relationship Id="r" Type="x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const TYPES: &str = "<Types/>";

/// Makes a workbook of two sheets; the second is hidden. `others` replace or add parts.
fn made(rows: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    let mut parts = vec![
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" sheetId="1" r:id="a"/><sheet name="Two" sheetId="2" state="hidden" r:id="b"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="a" Type="x/relationships/worksheet" Target="worksheets/1.xml"/><Relationship Id="b" Type="x/relationships/worksheet" Target="worksheets/2.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/1.xml", &sheet),
        ("xl/worksheets/2.xml", &sheet),
    ];
    for (name, text) in others {
        parts.retain(|(part, _)| part != name);
        parts.push((name, text));
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read(bytes: &[u8]) -> Workbook {
    workbook(bytes, |_| true)
}

/// Returns the reason why a workbook is not read.
fn why(bytes: &[u8]) -> Why {
    let [Unread { at: At::File, why }] = &read(bytes).unread[..] else {
        panic!("{:?}", read(bytes).unread);
    };
    why.clone()
}

/// Returns the cells of a row as a text.
fn row(sheet: &Sheet, row: u32) -> String {
    let cells = sheet.rows.get(&row).into_iter().flatten();
    let cells: Vec<String> = cells
        .map(|cell| format!("{}={:?}", cell.column, cell.value))
        .collect();
    cells.join(" ")
}

#[test]
fn cells_are_as_they_are_stored() {
    let rows = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Hub</t></is></c><c r="C1"><v>1.1000000000000001</v></c></row>
        <row r="3" hidden="1"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#N/A</v></c></row>"#;
    let book = read(&made(rows, &[]));
    assert_eq!(book.unread, []);
    let [sheet] = &book.shown[..] else {
        panic!("{}", book.shown.len());
    };
    assert_eq!(sheet.name.as_deref(), Some("One"));
    assert_eq!(row(sheet, 0), r#"0=Text("Hub") 2=Number("1.1", None)"#);
    assert_eq!(row(sheet, 2), r##"0=Bool(true) 1=Error("#N/A")"##);
    assert!(sheet.hidden.contains(&2) && sheet.hidden.len() == 1);
    assert_eq!(book.hidden.len(), 1);
    assert_eq!(book.hidden[0].name.as_deref(), Some("Two"));
}

#[test]
fn only_wanted_sheets_are_read() {
    let bytes = made(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#, &[]);
    let book = workbook(&bytes, |name| name == "Two");
    assert!(book.shown[0].rows.is_empty() && !book.hidden[0].rows.is_empty());
}

#[test]
fn a_sheet_has_a_last_row() {
    let far = |row: u32| format!(r#"<row r="{row}"><c r="A{row}"><v>1</v></c></row>"#);
    assert_eq!(read(&made(&far(MAX_ROWS), &[])).unread, []);
    let unread = read(&made(&far(MAX_ROWS + 1), &[])).unread;
    let one = Unread {
        at: At::Cell(Some("One".into()), MAX_ROWS, 0),
        why: Why::Rows,
    };
    assert_eq!(unread[0], one);
}

#[test]
fn other_archives_are_known() {
    let other = |name, text| why(&made("", &[(name, text)]));
    assert_eq!(other("xl/workbook.bin", ""), Why::Format(Format::Binary));
    let office = Why::Format(Format::OtherOffice);
    assert_eq!(other("word/document.xml", "<a/>"), office);
    let elsewhere = RELS.replace("xl/workbook.xml", "xl/other.xml");
    assert!(matches!(other("_rels/.rels", &elsewhere), Why::Damaged(_)));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a", zip::write::SimpleFileOptions::default())
        .unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(why(&bytes), Why::Format(Format::OtherArchive));
}

#[test]
fn a_workbook_that_unpacks_too_far_is_not_read() {
    let long = format!("<a>{}</a>", "x".repeat(300_000));
    assert_eq!(why(&made("", &[("xl/a.xml", &long)])), Why::Text);
    let many = format!("<styleSheet>{}</styleSheet>", "<a></a>".repeat(700_000));
    assert_eq!(why(&made("", &[("xl/styles.xml", &many)])), Why::Bomb);
    let texts = r#"<sst uniqueCount="99999999"></sst>"#;
    let announced = why(&made("", &[("xl/sharedStrings.xml", texts)]));
    assert!(matches!(announced, Why::Damaged(_)), "{announced:?}");
}

#[test]
fn formats_are_known_by_bytes_and_name() {
    for (name, bytes, expected) in [
        ("a.csv", &b"a,b"[..], None),
        ("a.xlsx", b"PK\x03\x04", None),
        ("a.csv", b"", Some(Format::Empty)),
        ("a.CSV", b"PK\x03\x04", Some(Format::NamedLikeText)),
        ("a.XLSX", b"a,b", Some(Format::NamedLikeWorkbook)),
        ("a.xlsm", b"PK\x03\x04", Some(Format::Macros)),
        ("a.tab", b"a\tb", Some(Format::Tabs(".tab"))),
        ("a.xls", b"\xd0\xcf\x11\xe0", Some(Format::Excel97)),
    ] {
        assert_eq!(other_format(name, bytes), expected, "{name}");
    }
}

#[test]
fn a_csv_file_is_read_by_each_separator() {
    let widths = |text: &str| -> Vec<usize> {
        let sheets = separated(text.as_bytes()).into_iter();
        sheets.map(|sheet| sheet.unwrap().rows[&0].len()).collect()
    };
    assert_eq!(widths("a,b;c;d\n"), [2, 3, 1]);
    let sheets = separated(b"sep=;\na;b\n");
    assert_eq!(sheets.len(), 1);
    assert_eq!(sheets[0].as_ref().unwrap().rows[&1].len(), 2);
}

#[test]
fn fields_of_a_csv_file_are_what_was_meant() {
    let sheets = separated(b"\xef\xbb\xbf=\"00123\",'0042,=A1,\n\n\nx,,,\"a\r\nb\"\n");
    let sheet = sheets[0].as_ref().unwrap();
    let first = r#"0=Text("00123") 1=Text("0042") 2=Empty"#;
    assert_eq!(row(sheet, 0), first);
    // Empty lines count, as in a spreadsheet program.
    assert_eq!(row(sheet, 3), "0=Text(\"x\") 3=Text(\"a\\r\\nb\")");
    assert_eq!(sheet.rows[&3][1].value, Value::Text("a\r\nb".into()));
}

#[test]
fn a_csv_file_that_cannot_be_read_has_a_reason() {
    let why = |bytes: &[u8]| match &separated(bytes)[0] {
        Ok(_) => None,
        Err(unread) => Some((unread.at.clone(), unread.why.clone())),
    };
    assert_eq!(why(b"a,b\n"), None);
    assert_eq!(why(b"\xff\xfea\0"), Some((At::File, Why::Utf16)));
    assert_eq!(why(b"a\n\xe4\n"), Some((At::File, Why::NotUtf8(2))));
    assert_eq!(why(b"\x80\x01\0\0\x02"), Some((At::File, Why::Binary)));
    assert_eq!(why(b"a,\"b\n"), Some((At::File, Why::OddQuotes)));
    let long = "x".repeat(40_000 * 4);
    let cell = At::Cell(None, 0, 1);
    assert_eq!(why(format!("a,{long}").as_bytes()), Some((cell, Why::Text)));
    let wide = ",".repeat(20_000);
    let found = why(wide.as_bytes()).unwrap();
    assert_eq!(found.1, Why::Fields);
}

#[test]
fn a_row_that_slipped_is_found() {
    let slips = |text: &str| {
        let sheets = separated(text.as_bytes());
        slipped(sheets[0].as_ref().unwrap(), 0)
    };
    let found = slips("a,b\n1,2\n1,2,3\n\"x\\\"y\\\"\",2\n");
    let too_long = Slip::TooLong {
        n_fields: 3,
        n_headings: 2,
        quotes: false,
    };
    assert_eq!(found[&2], too_long);
    assert_eq!(found[&3], Slip::Backslash);
    assert_eq!(found.len(), 2);
    // A column without a heading is not a slip.
    assert!(slips("a,b\n1,2,3\n1,2,3\n1,2,3\n1,2,3\n").is_empty());
}
