//! Why a list was not read, as a finding: the reasons of `clspack_workbook` with their codes, messages and help.

use std::sync::Arc;

use clspack_workbook::{
    At, Format, MAX_CELLS, MAX_CELLS_IN_ALL, MAX_COLUMNS, MAX_FIELDS, MAX_PARTS, MAX_ROWS,
    MAX_ROWS_IN_ALL, MAX_TEXT, MAX_TEXTS, Unread, Why,
};

use crate::diag::{Cell, Code, Finding, Place, Sheet};
use crate::domain::text::shown;

const SAVE_AS_UTF8: &str = "in Excel choose Save As and the type \u{201c}CSV UTF-8 (Comma delimited)\u{201d}, or save as .xlsx";
const SAVE_AGAIN: &str = "save the file again from the spreadsheet program";
const SPLIT: &str = "delete what is not a product, or split the products over several files";

/// Returns the finding for what was not read.
pub(super) fn finding(file: &Arc<str>, unread: Unread) -> Finding {
    let Unread { at, why } = unread;
    let (code, message, help) = match why {
        Why::Format(format) => of_format(format),
        Why::Utf16 | Why::NotUtf8(_) | Why::Binary | Why::OddQuotes | Why::Row => of_text(&why),
        Why::Damaged(cause) => (
            Code::SheetDamaged,
            format!("the workbook cannot be read: {cause}"),
            "open it in a spreadsheet program and save it again as .xlsx",
        ),
        Why::NewError(error) => (
            Code::CellError,
            format!("a cell behind this one shows the error `{}`", shown(&error)),
            "correct its formula, or type the value; the sheet was not read",
        ),
        _ => {
            let (message, help) = too_large(&why, &at);
            (Code::SheetTooLarge, message, help)
        }
    };
    Finding::new(code, place(file, at), message, help)
}

fn place(file: &Arc<str>, at: At) -> Place {
    let sheet = |name| Sheet {
        file: Arc::clone(file),
        name,
    };
    match at {
        At::File => Place::File(file.to_string()),
        At::Sheet(name) => Place::Sheet(sheet(name)),
        At::Cell(name, row, column) => Place::Cell(Cell {
            sheet: sheet(name),
            row,
            column,
        }),
    }
}

/// Returns code, message and help for a file of another format.
fn of_format(format: Format) -> (Code, String, &'static str) {
    const XLSX: &str = "save it as .xlsx";
    const OPEN: &str = "open it and save it as .xlsx";
    const TABS: &str = "save it as .csv or .xlsx from the spreadsheet program, or rename it to .csv, where tabs are read too";
    let (what, help) = match format {
        Format::Empty => {
            let help = "put the names of the fields into the first row, and one product into each row below";
            let message = "the file is empty".to_owned();
            return (Code::SheetWithoutHeadings, message, help);
        }
        Format::Protected => (
            "the workbook is protected by a password",
            "save a copy without a password",
        ),
        Format::Excel97 => ("the file is a workbook of Excel 97 to 2003 (.xls)", XLSX),
        Format::Binary => ("the file is a binary Excel workbook (.xlsb)", XLSX),
        Format::Macros => (
            "the file is a workbook with room for macros (.xlsm)",
            "save it as .xlsx: in Excel choose Save As and the type Excel Workbook",
        ),
        Format::Template => ("the file is a template of workbooks (.xltx)", OPEN),
        Format::TemplateWithMacros => (
            "the file is a template of workbooks with room for macros (.xltm)",
            OPEN,
        ),
        Format::OpenDocument => ("the file is an OpenDocument spreadsheet (.ods)", XLSX),
        Format::AppleNumbers => (
            "the file is a spreadsheet of Apple Numbers (.numbers)",
            "export it as .xlsx: in Numbers choose File, Export To, Excel",
        ),
        Format::Tabs(".tab") => ("the file is a tab-separated list (.tab)", TABS),
        Format::Tabs(_) => ("the file is a tab-separated list (.tsv)", TABS),
        Format::OtherOffice => ("the file is another kind of Office document", XLSX),
        Format::OtherArchive => ("the file is an archive and no Excel workbook", XLSX),
        Format::NamedLikeText => (
            "the file is a workbook, but is named like a CSV file",
            "name it `.xlsx`",
        ),
        Format::NamedLikeWorkbook => (
            "the file is named like a workbook, but is none",
            "name it `.csv` if it holds comma separated text, otherwise save it again as .xlsx",
        ),
    };
    (Code::SheetOfOtherFormat, what.to_owned(), help)
}

/// Returns code, message and help for a CSV file that cannot be read.
fn of_text(why: &Why) -> (Code, String, &'static str) {
    let (code, message, help) = match why {
        Why::NotUtf8(line) => {
            let message = format!("line {line} is not stored as UTF-8");
            return (Code::SheetEncoding, message, SAVE_AS_UTF8);
        }
        Why::Utf16 => (
            Code::SheetEncoding,
            "the file is stored as UTF-16",
            SAVE_AS_UTF8,
        ),
        Why::Binary => (
            Code::SheetOfOtherFormat,
            "the file is neither a workbook nor text",
            "name the `.xlsx` or `.csv` file with the products",
        ),
        Why::OddQuotes => (
            Code::SheetDamaged,
            "the file has an odd number of quotation marks",
            "save it again from the spreadsheet program; it puts a text with a quotation mark in quotation marks and doubles the mark",
        ),
        _ => (Code::SheetDamaged, "the row cannot be read", SAVE_AGAIN),
    };
    (code, message.to_owned(), help)
}

/// Returns message and help for a bound that was passed.
fn too_large(why: &Why, at: &At) -> (String, &'static str) {
    const COPY: &str = "copy the products into a new workbook; a workbook that unpacks so far is not one that people made";
    match (why, at) {
        (Why::Parts(n_parts), _) => (
            format!("the workbook has {n_parts} parts, {MAX_PARTS} are allowed"),
            "remove pictures and old sheets, or copy the products into a new workbook",
        ),
        (Why::RowsInAll, At::File) => (
            format!("its sheets have more than {MAX_ROWS_IN_ALL} rows, empty ones included"),
            "delete the empty rows below the products, or copy the products into a new workbook",
        ),
        (Why::RowsInAll, _) => (
            format!("the file has more than {MAX_ROWS_IN_ALL} rows, empty ones included"),
            "delete the empty rows below the products",
        ),
        (Why::CellsInAll, _) => (
            format!("its sheets have more than {MAX_CELLS_IN_ALL} cells, empty ones included"),
            SPLIT,
        ),
        (Why::Texts, _) => (
            format!("its cells have more than {MAX_TEXTS} different texts"),
            SPLIT,
        ),
        (Why::Fields, _) => (
            format!("the row has more than {MAX_FIELDS} fields"),
            SAVE_AGAIN,
        ),
        (Why::Rows, _) => (format!("the sheet has more than {MAX_ROWS} rows"), SPLIT),
        (Why::Columns, _) => (
            format!("the sheet has more than {MAX_COLUMNS} columns"),
            "delete the columns that do not belong to a product",
        ),
        (Why::Cells, _) => (
            format!("the sheet has more than {MAX_CELLS} cells"),
            "split the products over several files",
        ),
        (Why::Text, At::File) => (
            format!("a cell of the workbook holds more than {MAX_TEXT} characters"),
            "put the text into a file of evidence",
        ),
        (Why::Text, _) => (
            format!("the cell holds more than {MAX_TEXT} characters"),
            "put the text into a file of evidence; if it runs over several rows, look for a quotation mark without its partner",
        ),
        _ => (
            "the workbook unpacks to more than is allowed".to_owned(),
            COPY,
        ),
    }
}
