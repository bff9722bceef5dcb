//! Spreadsheets: the pages of `tests/sheets` have them as text, or as a description from which the workbook is made.
//!
//! ```text
//! - `models.csv` is `some bytes\x00\n`
//! - `models.csv` is this text:           what the next block holds
//! - `models.xlsx` is this workbook:      what the next block describes
//! - `map.yaml` is this text:             the mapping
//! ```

use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

use clspack::diag::{Code, Finding, Located, Origins, Place, SourceFile};
use clspack::domain::Step;
use clspack::sheet::{self, Mapping, Sheets};
use rust_xlsxwriter::{Format, Formula, Workbook};

use crate::edit::{self, block};
use crate::pages::{self, Case};

/// Makes the workbook that a description describes, line by line.
///
/// `sheet NAME`, `hidden`, `hide row 3`, `merge A2:B3`, `A1 text Brand`, `B2 number 1.1`,
/// `C2 date 46357`, `D2 bool TRUE`, `E2 formula =A1 cached Brand`, and `replace FROM => TO` in every part.
fn workbook(description: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let mut replaced = Vec::new();
    for line in description.lines().filter(|line| !line.trim().is_empty()) {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        if first == "sheet" {
            book.add_worksheet().set_name(rest).unwrap();
            continue;
        }
        if first == "replace" {
            replaced.push(rest.split_once(" => ").unwrap());
            continue;
        }
        if book.worksheets().is_empty() {
            book.add_worksheet().set_name("Models").unwrap();
        }
        let sheet = book.worksheets_mut().last_mut().unwrap();
        match first {
            "hidden" => drop(sheet.set_hidden(true)),
            "hide" => {
                let row: u32 = rest.trim_start_matches("row ").parse().unwrap();
                sheet.set_row_hidden(row - 1).unwrap();
            }
            "merge" => {
                let (from, to) = rest.split_once(':').unwrap();
                let ((top, left), (bottom, right)) = (position(from), position(to));
                sheet
                    .merge_range(top, left, bottom, right, "", &Format::new())
                    .unwrap();
            }
            cell => {
                let (row, column) = position(cell);
                let (kind, value) = rest.split_once(' ').unwrap_or((rest, ""));
                let value = value.replace("\\n", "\n").replace("\\_", "\u{a0}");
                let number = || value.parse::<f64>().unwrap();
                match kind {
                    "text" => sheet.write_string(row, column, &value),
                    "number" => sheet.write_number(row, column, number()),
                    "date" => sheet.write_number_with_format(row, column, number(), &day),
                    "bool" => sheet.write_boolean(row, column, value == "TRUE"),
                    "format" => sheet.write_blank(row, column, &day),
                    "formula" => {
                        let (formula, cached) = value.split_once(" cached ").unwrap();
                        sheet.write_formula(row, column, Formula::new(formula).set_result(cached))
                    }
                    other => panic!("{other} is no kind of cell"),
                }
                .unwrap();
            }
        }
    }
    rewritten(book.save_to_buffer().unwrap(), &replaced)
}

fn position(cell: &str) -> (u32, u16) {
    let (letter, row) = cell.split_at(1);
    let column = letter.bytes().next().unwrap() - b'A';
    (row.parse::<u32>().unwrap() - 1, u16::from(column))
}

/// Writes the archive anew with texts of its parts replaced.
fn rewritten(bytes: Vec<u8>, replaced: &[(&str, &str)]) -> Vec<u8> {
    if replaced.is_empty() {
        return bytes;
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        for (from, to) in replaced {
            text = text.replace(from, to);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Returns what is proposed as a map, and what is read with it.
fn suggested(case: &Case<'_>) -> String {
    let mut lines = case.text.lines();
    let file = lines.find_map(
        |line| match line.strip_prefix("- `")?.split_once("` is ")? {
            (name, "this text:") => Some((name, true)),
            (name, "this workbook:") => Some((name, false)),
            _ => None,
        },
    );
    let Some((name, is_text)) = file else {
        panic!("`{}` has no spreadsheet", case.heading)
    };
    let block = block(&mut lines);
    let bytes = if is_text {
        edit::bytes(&block)
    } else {
        workbook(&block)
    };
    let map = match sheet::suggest(name, &bytes) {
        Ok(map) => map,
        Err(findings) => return findings.iter().map(shown).collect(),
    };
    assert_eq!(Ok(&map), sheet::suggest(name, &bytes).as_ref());
    let mapping = Mapping::parse("map.yaml", map.as_bytes()).unwrap_or_else(|findings| {
        let findings: String = findings.iter().map(shown).collect();
        panic!("the map of `{}` is faulty: {findings}\n{map}", case.heading)
    });
    let sheets = sheet::read(name, bytes, &mapping);
    format!("{map}\n{}", text(&sheets))
}

#[test]
fn a_map_is_proposed_from_headings_and_cells() {
    let wrong = pages::check("tests/sheets/suggest.md", None, suggested);
    assert!(
        wrong.is_empty(),
        "{wrong}Run with UPDATE=1 to accept it, then review the change."
    );
}

/// Makes the files of a case and reads them.
fn read(case: &Case<'_>) -> Sheets {
    let (mut sheet, mut mapping) = (None, Ok(Mapping::default()));
    let mut lines = case.text.lines();
    while let Some(line) = lines.next() {
        let Some((name, how)) = line
            .strip_prefix("- `")
            .and_then(|item| item.split_once("` is "))
        else {
            continue;
        };
        let bytes = match how {
            "this text:" => edit::bytes(&block(&mut lines)),
            "this workbook:" => workbook(&block(&mut lines)),
            _ => edit::bytes(how.trim_matches('`')),
        };
        if name == "map.yaml" {
            mapping = Mapping::parse(name, &bytes);
        } else {
            sheet = Some((name, bytes));
        }
    }
    let (name, bytes) = sheet.unwrap_or_else(|| panic!("`{}` has no spreadsheet", case.heading));
    match mapping {
        Ok(mapping) => sheet::read(name, bytes, &mapping),
        Err(findings) => Sheets {
            rows: Vec::new(),
            findings,
        },
    }
}

fn text(sheets: &Sheets) -> String {
    let mut text = String::new();
    for row in &sheets.rows {
        let sheet = row
            .sheet
            .name
            .as_deref()
            .map_or_else(String::new, |sheet| format!("{sheet} "));
        writeln!(text, "{sheet}row {}", row.number).unwrap();
        for field in &row.fields {
            let cell = match row.place(field) {
                Place::Cell(cell) => cell.name(),
                _ => "mapping".to_owned(),
            };
            writeln!(text, "  {} = {:?} @{cell}", field.route, field.text).unwrap();
        }
    }
    for finding in &sheets.findings {
        write!(text, "{}", shown(finding)).unwrap();
    }
    text
}

fn shown(finding: &Finding) -> String {
    let (source, origins) = (SourceFile::default(), Origins::default());
    let mut text = format!(
        "{}[{}] {}\n  {}\n",
        finding.severity().as_str(),
        finding.code,
        Located::of(finding, &source, &origins),
        finding.message
    );
    for (at, words) in &finding.also {
        let place = Located::at(at, &source, &origins);
        writeln!(text, "  {words}: {place}").unwrap();
    }
    if let Some(note) = &finding.note {
        writeln!(text, "  why: {note}").unwrap();
    }
    writeln!(text, "  help: {}", finding.help).unwrap();
    text
}

#[test]
fn each_spreadsheet_gives_its_rows_and_findings() {
    pages::check_codes("tests/sheets", |case| {
        let sheets = read(case);
        let codes = sheets.findings.iter().map(|finding| finding.code);
        (text(&sheets), codes.collect())
    });
    let wrong = pages::check("tests/sheets/rows.md", None, |case| text(&read(case)));
    assert!(
        wrong.is_empty(),
        "{wrong}Run with UPDATE=1 to accept it, then review the change."
    );
}

/// The manifest that a row makes, with the lists in place of their items.
fn manifest(row: &sheet::Row) -> String {
    let mut root = serde_json::json!({ "schema": 1 });
    for field in &row.fields {
        let mut at = &mut root;
        for step in field.route.steps() {
            match step {
                Step::Name(name) => at = &mut at[name.as_ref()],
                Step::Index(item) => {
                    if at.is_null() {
                        *at = serde_json::json!([]);
                    }
                    let list = at.as_array_mut().unwrap();
                    if list.len() <= *item {
                        list.resize(item + 1, serde_json::Value::Null);
                    }
                    at = &mut list[*item];
                }
            }
        }
        *at = serde_json::Value::from(&*field.text);
    }
    root.to_string()
}

#[test]
fn the_spreadsheet_to_start_from_reads_back_as_a_valid_manifest() {
    let bytes = sheet::template().unwrap();
    assert!(
        bytes == sheet::template().unwrap(),
        "it differs from run to run"
    );
    let sheets = sheet::read("products.xlsx", bytes, &Mapping::default());
    assert_eq!(sheets.findings, []);
    let [row] = sheets.rows.as_slice() else {
        panic!("{} rows", sheets.rows.len())
    };
    assert_eq!(row.number, 2);
    let parsed = clspack::manifest::parse("row", manifest(row).into_bytes());
    // The example's addresses reach nobody, and a row that is copied from it should say so.
    let codes: Vec<_> = parsed.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [clspack::diag::Code::AddressOfExample]);
    let application = parsed.application.unwrap();
    assert_eq!(*application.product.models, ["EX-0010", "EX-0010K"]);
    assert_eq!(
        application.product.firmware_version.as_deref(),
        Some("1.10")
    );
}

#[test]
fn a_part_that_is_larger_than_it_says_is_not_unpacked() {
    let mut bytes = workbook("A1 text Brand\nB1 text Models\nA2 text Example\nB2 text HX\n");
    // The size before packing, in the last entry of the central directory, becomes 1.
    let at = (0..bytes.len() - 4)
        .rev()
        .find(|i| bytes[*i..].starts_with(b"PK\x01\x02"))
        .unwrap();
    bytes[at + 24..at + 28].copy_from_slice(&1_u32.to_le_bytes());
    let sheets = sheet::read("models.xlsx", bytes, &Mapping::default());
    assert_eq!(sheets.rows, []);
    assert!(
        matches!(
            sheets.findings[0].code,
            Code::SheetTooLarge | Code::SheetDamaged
        ),
        "{:?}",
        sheets.findings
    );
}

#[test]
fn no_bytes_stop_the_reader() {
    let whole = workbook("A1 text Brand\nB1 text Models\nA2 text Example\nB2 text HX\n");
    for at in (0..whole.len()).step_by(7) {
        let mut cut = whole.clone();
        cut.truncate(at);
        let _ = sheet::read("models.xlsx", cut, &Mapping::default());
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        let _ = sheet::read("models.xlsx", changed, &Mapping::default());
    }
}

#[test]
fn no_parts_stop_the_reader() {
    let whole = workbook(
        "A1 text Brand\nB1 text Models\nC1 text Submission\nA2 text Example\nB2 formula =A2 cached HX\nC2 date 46357\nmerge E2:F3\nhide row 4\n",
    );
    let mut archive = zip::ZipArchive::new(Cursor::new(whole.clone())).unwrap();
    let mut n_read = 0;
    for i in 0..archive.len() {
        let mut text = String::new();
        archive
            .by_index(i)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        for at in (0..text.len().saturating_sub(10)).step_by(23) {
            for new in ["", "9999999999", "<", "\">", "-1", "ZZZZZZ99"] {
                if !(at..at + 10).all(|byte| text.is_char_boundary(byte)) {
                    continue;
                }
                let mut changed = text.clone();
                changed.replace_range(at..at + new.len().min(9), new);
                let bytes = rewritten(whole.clone(), &[(&text, &changed)]);
                let _ = sheet::read("models.xlsx", bytes, &Mapping::default());
                n_read += 1;
            }
        }
    }
    assert!(n_read > 1_000, "{n_read}");
}

#[test]
fn quotes_that_keep_a_number_a_text_in_a_manifest_are_no_part_of_a_cell() {
    let rows = "Product name,Firmware version,Models\nHub,\"\"\"1.10\"\"\",HX-1\n";
    let sheets = clspack::sheet::read(
        "m.csv",
        rows.as_bytes().to_vec(),
        &clspack::sheet::Mapping::default(),
    );
    let version = sheets.rows[0]
        .fields
        .iter()
        .find(|one| one.route.name() == "firmware_version");
    assert_eq!(&*version.unwrap().text, "1.10");
}
