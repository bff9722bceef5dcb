//! What a list is by its first bytes and its name, and how to save it when it is of another format.

use crate::diag::{Code, Finding, Place};

/// Returns true for the container of an .xlsx file.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Lists by their other endings, and how to save them.
const OTHERS: &[(&str, &str, &str)] = &[
    (
        ".xlsm",
        "a workbook with room for macros",
        "save it as .xlsx: in Excel choose Save As and the type Excel Workbook",
    ),
    (
        ".xltx",
        "a template of workbooks",
        "open it and save it as .xlsx",
    ),
    (
        ".xltm",
        "a template of workbooks with room for macros",
        "open it and save it as .xlsx",
    ),
    (
        ".tsv",
        "a tab-separated list",
        "save it as .csv or .xlsx from the spreadsheet program, or rename it to .csv, where tabs are read too",
    ),
    (
        ".tab",
        "a tab-separated list",
        "save it as .csv or .xlsx from the spreadsheet program, or rename it to .csv, where tabs are read too",
    ),
    (
        ".numbers",
        "a spreadsheet of Apple Numbers",
        "export it as .xlsx: in Numbers choose File, Export To, Excel",
    ),
];

/// Recognises a list by its first bytes and its name.
pub(super) fn other_format(name: &str, bytes: &[u8]) -> Option<Finding> {
    let finding = |code, message: &str, help: &str| {
        Some(Finding::new(
            code,
            Place::File(name.to_owned()),
            message,
            help,
        ))
    };
    let ends = |extension: &str| name.to_lowercase().ends_with(extension);
    if bytes.is_empty() {
        return finding(
            Code::SheetWithoutHeadings,
            "the file is empty",
            "put the names of the fields into the first row, and one product into each row below",
        );
    }
    if let Some((message, help)) = compound(bytes) {
        return finding(Code::SheetOfOtherFormat, message, help);
    }
    let kind = OTHERS.iter().find(|(extension, _, _)| ends(extension));
    if let Some((extension, what, help)) = kind {
        return finding(
            Code::SheetOfOtherFormat,
            &format!("the file is {what} ({extension})"),
            help,
        );
    }
    if is_archive(bytes) && (ends(".csv") || ends(".txt")) {
        return finding(
            Code::SheetOfOtherFormat,
            "the file is a workbook, but is named like a CSV file",
            "name it `.xlsx`",
        );
    }
    if !is_archive(bytes)
        && [".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"]
            .iter()
            .any(|extension| ends(extension))
    {
        return finding(
            Code::SheetOfOtherFormat,
            "the file is named like a workbook, but is none",
            "name it `.csv` if it holds comma separated text, otherwise save it again as .xlsx",
        );
    }
    None
}

/// Old workbooks and protected ones share a container, which is no archive: returns message and help.
fn compound(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if !bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return None;
    }
    let encrypted: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut windows = bytes.windows(encrypted.len());
    Some(if windows.any(|window| window == encrypted) {
        (
            "the workbook is protected by a password",
            "save a copy without a password",
        )
    } else {
        (
            "the file is a workbook of Excel 97 to 2003 (.xls)",
            "save it as .xlsx",
        )
    })
}
