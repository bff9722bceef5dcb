//! Spreadsheets: each folder of `tests/sheets` holds one that gives rise to a finding and one that comes
//! close, as CSV or as a description from which the workbook is made.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use clspack::diag::{Code, Finding, Place};
use clspack::sheet::{self, Mapping, Sheets};
use rust_xlsxwriter::{Format, Formula, Workbook};

use crate::support;

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

/// Makes the input of a case and reads it; `input` is the name of its file without what follows the point.
fn read(folder: &Path, input: &str) -> Option<Sheets> {
    let (described, comma) = (
        folder.join(format!("{input}.txt")),
        folder.join(format!("{input}.csv")),
    );
    let (mut name, bytes) = if described.exists() {
        let text = std::fs::read_to_string(&described)
            .unwrap()
            .replace("\r\n", "\n");
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        match first.split_once(' ') {
            // Files that are no workbooks: a name, and their bytes as text or in hexadecimal digits.
            Some(("file", name)) => (name.to_owned(), rest.as_bytes().to_vec()),
            Some(("hex", name)) => (name.to_owned(), from_hex(rest)),
            Some(("named", name)) => (name.to_owned(), workbook(rest)),
            _ => ("models.xlsx".to_owned(), workbook(&text)),
        }
    } else if comma.exists() {
        ("models.csv".to_owned(), std::fs::read(&comma).unwrap())
    } else {
        return None;
    };
    let map = folder.join(format!("{input}.map.yaml"));
    let mapping = if map.exists() {
        Mapping::parse("map.yaml", &std::fs::read(map).unwrap())
    } else {
        Ok(Mapping::default())
    };
    Some(match mapping {
        Ok(mapping) => sheet::read(&std::mem::take(&mut name), bytes, &mapping),
        Err(findings) => Sheets {
            rows: Vec::new(),
            findings,
        },
    })
}

fn from_hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

fn text(sheets: &Sheets) -> String {
    let mut text = String::new();
    for row in &sheets.rows {
        let sheet = row
            .sheet
            .as_deref()
            .map_or_else(String::new, |sheet| format!("{sheet} "));
        writeln!(text, "{sheet}row {}", row.number).unwrap();
        for field in &row.fields {
            let cell = row.cell(field).unwrap_or_else(|| "mapping".to_owned());
            writeln!(text, "  {} = {:?} @{cell}", field.route, field.text).unwrap();
        }
    }
    for finding in &sheets.findings {
        write!(text, "{}", shown(finding)).unwrap();
    }
    text
}

fn shown(finding: &Finding) -> String {
    let place = |place: &Place| match place {
        Place::File(file) => file.clone(),
        other => panic!("a spreadsheet has no {other:?}"),
    };
    let mut text = format!(
        "{}[{}] {}\n  {}\n",
        finding.severity().as_str(),
        finding.code,
        place(&finding.place),
        finding.message
    );
    for (at, words) in &finding.also {
        writeln!(text, "  {words}: {}", place(at)).unwrap();
    }
    if let Some(note) = &finding.note {
        writeln!(text, "  why: {note}").unwrap();
    }
    writeln!(text, "  help: {}", finding.help).unwrap();
    text
}

fn code_of(folder: &Path) -> Option<Code> {
    let name = folder.file_name().unwrap().to_str().unwrap();
    let (number, rest) = name.split_once('-').unwrap_or((name, ""));
    let code = Code::find(number).filter(|code| code.number() == number)?;
    assert!(
        rest.starts_with(&code.name()),
        "{name} should begin with {number}-{}",
        code.name()
    );
    Some(code)
}

fn folders() -> Vec<PathBuf> {
    support::folders("tests/sheets")
}

#[test]
fn each_spreadsheet_gives_its_rows_and_findings() {
    let mut failed = Vec::new();
    for folder in folders() {
        let has =
            |sheets: &Sheets, code| sheets.findings.iter().any(|finding| finding.code == code);
        if let Some(code) = code_of(&folder) {
            let triggers = read(&folder, "triggers")
                .unwrap_or_else(|| panic!("{} has no input", folder.display()));
            support::expect(&folder.join("expect.txt"), &text(&triggers));
            if !has(&triggers, code) {
                failed.push(format!(
                    "{}: {code} is not there\n{}",
                    folder.display(),
                    text(&triggers)
                ));
            }
            let close = read(&folder, "comes-close")
                .unwrap_or_else(|| panic!("{} has no neighbour", folder.display()));
            if has(&close, code) {
                failed.push(format!(
                    "{}: {code} is there\n{}",
                    folder.display(),
                    text(&close)
                ));
            }
        } else {
            let sheets = read(&folder, "input")
                .unwrap_or_else(|| panic!("{} has no input", folder.display()));
            support::expect(&folder.join("expect.txt"), &text(&sheets));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_code_of_a_spreadsheet_has_a_case() {
    let cased: Vec<_> = folders()
        .iter()
        .filter_map(|folder| code_of(folder))
        .collect();
    let of_sheets = Code::ALL
        .iter()
        .filter(|code| code.number().starts_with('S'));
    let without: Vec<_> = of_sheets.filter(|code| !cased.contains(code)).collect();
    assert!(
        without.is_empty(),
        "codes without a case in tests/sheets: {without:?}"
    );
}

/// The manifest that a row makes, with the lists in place of their items.
fn manifest(row: &sheet::Row) -> String {
    let mut root = serde_json::json!({ "schema": 1 });
    for field in &row.fields {
        let mut at = &mut root;
        for part in field.route.split('.') {
            let (name, item) = part.split_once('[').unwrap_or((part, ""));
            at = &mut at[name];
            if let Some(item) = item.strip_suffix(']') {
                if at.is_null() {
                    *at = serde_json::json!([]);
                }
                let list = at.as_array_mut().unwrap();
                let item: usize = item.parse().unwrap();
                if list.len() <= item {
                    list.resize(item + 1, serde_json::Value::Null);
                }
                at = &mut list[item];
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
        .find(|one| &*one.route == "product.firmware_version");
    assert_eq!(&*version.unwrap().text, "1.10");
}
