//! The spreadsheet to start from: a heading for every common field, words to choose from, one row as an
//! example. Every column is text, so that Excel leaves 00123 and 1.10 alone.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Note, Workbook,
    Worksheet, XlsxError,
};

use crate::domain::shape::{Kind, Need};
use crate::domain::{FieldPath, field};
use crate::error::{Error, Result};
use crate::manifest::leaves::Leaf;
use crate::sheet::headings::Headings;

/// The sheet with the instructions; it is no sheet of products.
pub(super) const READ_ME: &str = "Read me";

/// Rows to which the lists of words apply.
const LAST_ROW: u32 = 1_000;

/// The columns in their order: the field, and what the example says of it.
fn columns() -> Vec<(FieldPath, &'static str)> {
    let mut columns = of_product();
    columns.extend(of_applicant());
    columns
}

fn of_product() -> Vec<(FieldPath, &'static str)> {
    vec![
        (field!(product.brand), "Example"),
        (field!(product.name), "Example Home Hub"),
        (field!(product.models), "EX-0010; EX-0010K"),
        (field!(product.category), "smart-home-hub"),
        (field!(product.hardware_version), "2.0"),
        (field!(product.firmware_version), "1.10"),
        (field!(product.companion_apps[0].name), "Example Home"),
        (field!(product.companion_apps[0].platform), "android"),
        (field!(product.companion_apps[0].version), "5.2.0"),
        (
            field!(product.url),
            "https://example-electronics.example/hub",
        ),
        (field!(product.support.until), "2031-12-31"),
        (
            field!(product.support.url),
            "https://example-electronics.example/support",
        ),
        (
            field!(product.vulnerability_disclosure),
            "https://example-electronics.example/security",
        ),
        (field!(product.traits), "telemetry"),
        (field!(application.level), "3"),
        (field!(application.submission), "2026-12-01"),
    ]
}

fn of_applicant() -> Vec<(FieldPath, &'static str)> {
    vec![
        (
            field!(applicant.name),
            "Example Electronics Singapore Pte. Ltd.",
        ),
        (field!(applicant.name_latin), ""),
        (field!(applicant.uen), "201900000R"),
        (field!(applicant.registration.country), ""),
        (field!(applicant.registration.number), ""),
        (
            field!(applicant.address),
            "8 Example Crescent, #05-12, Singapore 000008",
        ),
        (field!(applicant.address_latin), ""),
        (field!(applicant.contact.name), "Mei Example"),
        (field!(applicant.contact.name_latin), ""),
        (
            field!(applicant.contact.email),
            "regulatory@example-electronics.example",
        ),
        (field!(applicant.contact.phone), "+65 6000 0000"),
        (
            field!(applicant.filed_by.name),
            "Example Consulting Pte. Ltd.",
        ),
        (field!(applicant.filed_by.uen), "201800000M"),
        (field!(labels[0].scheme), "kisa-cic"),
        (field!(labels[0].level), "standard"),
        (field!(labels[0].category), ""),
        (field!(labels[0].number), "CIC-EXAMPLE-0010"),
        (field!(labels[0].issued), "2026-01-15"),
        (field!(labels[0].expires), "2029-01-14"),
        (field!(labels[0].models), "EX-0010; EX-0010K"),
        (field!(labels[0].firmware_version), "1.10"),
        (field!(labels[0].evidence), "evidence/kisa-certificate.pdf"),
        (field!(laboratory.name), "Example Laboratory"),
        (field!(laboratory.reference), "EL-26-0010"),
        (field!(laboratory.date), "2026-10-01"),
        (field!(laboratory.report), "evidence/laboratory-report.pdf"),
        (field!(evidence."label-photo"), "evidence/label.jpg"),
        (field!(evidence.sbom), "evidence/sbom.cdx.json"),
        (field!(evidence."binary-scan"), ""),
        (field!(evidence."penetration-test"), ""),
        (field!(signatory.name), "Jordan Example"),
        (field!(signatory.name_latin), ""),
        (field!(signatory.title), "Head of Regulatory Affairs"),
        (field!(signatory.title_latin), ""),
        (field!(signatory.place), "Singapore"),
        (field!(signatory.date), "2026-11-20"),
    ]
}

const BASE: &str = "the path of a manifest that this row completes or changes; leave it empty if the row says everything";

const LINES: &[&str] = &[
    "One row of the sheet Products is one product. Row 2 is an invented example: overwrite it.",
    "Every heading has a note that says what to write. A dark heading marks a field that every application needs.",
    "Columns that you do not need may be deleted, moved or left empty.",
    "Every column is formatted as text, so that 00123 and 1.10 stay as they are. Paste as values to keep it so.",
    "Write dates as year, month and day: 2026-12-01.",
    "Write several models, files or traits in one cell, separated by semicolons.",
    "For a second label or app, add columns such as Label 2 scheme or Companion app 2 name.",
    "For answers to provisions, add columns such as 5.1-1, 5.1-1 detail and 5.1-1 evidence; 5.1-1 holds yes, no or n/a.",
    "Files are named from the folder of this spreadsheet, such as evidence/label.jpg.",
    "Hidden rows and hidden sheets are left out, and so is this sheet.",
];

/// Writes an empty spreadsheet to start from: the bytes of an `.xlsx`, always the same.
///
/// # Errors
/// The spreadsheet could not be written.
pub fn template() -> Result<Vec<u8>> {
    bytes().map_err(|error| Error::Document(format!("the spreadsheet: {error}")))
}

/// What a sheet is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// An `.xlsx` workbook.
    Workbook,
    /// A text with commas.
    Csv,
}

/// Writes a spreadsheet with one product, which has these fields.
///
/// # Errors
/// The spreadsheet could not be written.
pub fn with_row(fields: &[(FieldPath, String)], kind: FileKind) -> Result<Vec<u8>> {
    match kind {
        FileKind::Csv => csv(fields),
        FileKind::Workbook => book(|sheet, lists| row(sheet, fields, lists))
            .map_err(|error| Error::Document(format!("the spreadsheet: {error}"))),
    }
}

fn csv(fields: &[(FieldPath, String)]) -> Result<Vec<u8>> {
    let headings = Headings::new();
    let heading = |(field, _): &(FieldPath, String)| {
        let known = headings.heading(field);
        known.map_or_else(|| field.to_string(), |(heading, _)| heading)
    };
    // The mark tells Excel that the text is UTF-8.
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let fault = |error: csv::Error| Error::Document(format!("the spreadsheet: {error}"));
    writer
        .write_record(fields.iter().map(heading))
        .map_err(fault)?;
    writer
        .write_record(fields.iter().map(|(_, value)| value))
        .map_err(fault)?;
    let written = writer.into_inner();
    written.map_err(|error| Error::Document(format!("the spreadsheet: {error}")))
}

fn row(
    sheet: &mut Worksheet,
    fields: &[(FieldPath, String)],
    lists: &mut Vec<Vec<&'static str>>,
) -> std::result::Result<(), XlsxError> {
    sheet.set_name("Products")?.set_freeze_panes(1, 3)?;
    let headings = Headings::new();
    for (column, (field, value)) in (0..).zip(fields) {
        if let Some((heading, leaf)) = headings.heading(field) {
            let note = format!("{}{}", leaf.doc, several(&leaf));
            head(sheet, column, &heading, &note, leaf.need)?;
            choose(sheet, column, &leaf, lists)?;
        } else {
            head(sheet, column, &field.to_string(), "", Need::Sometimes)?;
        }
        if !value.is_empty() {
            sheet.write_string_with_format(1, column, value, &text())?;
        }
    }
    Ok(())
}

fn bytes() -> std::result::Result<Vec<u8>, XlsxError> {
    book(products)
}

/// Writes a workbook; `products` fills its sheet of products, and says which words its cells may hold.
fn book(
    products: impl FnOnce(
        &mut Worksheet,
        &mut Vec<Vec<&'static str>>,
    ) -> std::result::Result<(), XlsxError>,
) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed day in place of the clock, so that the same release writes the same bytes.
    let day = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(
        &DocProperties::new()
            .set_title("Products for clspack")
            .set_creation_datetime(&day),
    );
    let mut lists = Vec::new();
    products(book.add_worksheet(), &mut lists)?;
    read_me(book.add_worksheet())?;
    words(book.add_worksheet(), &lists)?;
    book.save_to_buffer()
}

fn products(
    sheet: &mut Worksheet,
    lists: &mut Vec<Vec<&'static str>>,
) -> std::result::Result<(), XlsxError> {
    sheet.set_name("Products")?.set_freeze_panes(1, 3)?;
    let headings = Headings::new();
    let example = text().set_italic().set_font_color(Color::RGB(0x00C0_0000));
    let mut column = 0;
    for (field, said) in columns() {
        let Some((heading, leaf)) = headings.heading(&field) else {
            continue;
        };
        let note = format!("{}{}", leaf.doc, several(&leaf));
        head(sheet, column, &heading, &note, leaf.need)?;
        if !said.is_empty() {
            sheet.write_string_with_format(1, column, said, &example)?;
        }
        choose(sheet, column, &leaf, lists)?;
        column += 1;
    }
    head(sheet, column, "Extends", BASE, Need::Optional)?;
    let marked = Note::new("This row is an example with invented names: overwrite it.")
        .add_author_prefix(false);
    sheet.insert_note(1, 0, &marked)?;
    Ok(())
}

fn text() -> Format {
    Format::new().set_num_format("@")
}

fn several(leaf: &Leaf) -> &'static str {
    match leaf.kind {
        _ if leaf.list => "; several apart by semicolons",
        Kind::Date => "; as year, month and day, 2026-12-01",
        _ => "",
    }
}

fn head(
    sheet: &mut Worksheet,
    column: u16,
    heading: &str,
    note: &str,
    need: Need,
) -> std::result::Result<(), XlsxError> {
    let colour = if need == Need::Required {
        0x001F_4E79
    } else {
        0x005B_7F9E
    };
    let format = text()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(colour))
        .set_align(FormatAlign::VerticalCenter);
    let n_chars = u16::try_from(heading.chars().count()).unwrap_or(30);
    sheet
        .set_column_format(column, &text())?
        .set_column_width(column, n_chars.max(14) + 4)?;
    sheet.write_string_with_format(0, column, heading, &format)?;
    if !note.is_empty() {
        sheet.insert_note(0, column, &Note::new(note).add_author_prefix(false))?;
    }
    Ok(())
}

/// Offers the words of a closed set. They are on a sheet of their own, since Excel takes no more than
/// 255 characters of them in the cell itself.
fn choose(
    sheet: &mut Worksheet,
    column: u16,
    leaf: &Leaf,
    lists: &mut Vec<Vec<&'static str>>,
) -> std::result::Result<(), XlsxError> {
    let rule = match leaf.kind {
        Kind::Word(words) => {
            let words = words();
            let letter = crate::diag::place::letters(u32::try_from(lists.len()).unwrap_or(0));
            let range = format!("=Lists!${letter}$1:${letter}${}", words.len());
            lists.push(words);
            DataValidation::new()
                .allow_list_formula(range.as_str().into())
                .set_error_title("Not one of the words")?
                .set_error_message("Choose one of the words of the list.")?
        }
        Kind::Date => DataValidation::new()
            .allow_any_value()
            .set_input_title("A day")?
            .set_input_message("Year, month and day, such as 2026-12-01")?,
        _ => return Ok(()),
    };
    sheet.add_data_validation(1, column, LAST_ROW, column, &rule)?;
    Ok(())
}

fn read_me(sheet: &mut Worksheet) -> std::result::Result<(), XlsxError> {
    sheet.set_name(READ_ME)?.set_column_width(0, 120)?;
    for (row, line) in (0..).zip(LINES) {
        sheet.write_string(row, 0, *line)?;
    }
    Ok(())
}

/// Writes the words without a heading, so that nobody takes them for products.
fn words(sheet: &mut Worksheet, lists: &[Vec<&'static str>]) -> std::result::Result<(), XlsxError> {
    sheet.set_name("Lists")?.set_hidden(true);
    for (column, list) in (0..).zip(lists) {
        for (row, word) in (0..).zip(list) {
            sheet.write_string_with_format(row, column, *word, &text())?;
        }
    }
    Ok(())
}
