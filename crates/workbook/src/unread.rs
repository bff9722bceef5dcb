//! Why something was not read, and where. The words for people are the caller's, and so is what to do about it.

use std::sync::Arc;

/// Why a file, a sheet or a row was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    pub at: At,
    pub why: Why,
}

/// What a reason is about. A CSV file has one sheet without a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    File,
    Sheet(Option<Arc<str>>),
    /// A cell: its row and column, from 0.
    Cell(Option<Arc<str>>, u32, u32),
}

/// Why something was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The file is of another format, or has a misleading name.
    Format(Format),
    Utf16,
    /// This line is not stored as UTF-8.
    NotUtf8(usize),
    /// The file is neither a workbook nor text.
    Binary,
    /// The quotation marks of a CSV file are not in pairs.
    OddQuotes,
    /// A row of a CSV file cannot be read.
    Row,
    /// The workbook cannot be read.
    Damaged(String),
    /// The workbook has so many parts, more than [`MAX_PARTS`](crate::MAX_PARTS).
    Parts(usize),
    /// The workbook unpacks to more than any that people make.
    Bomb,
    /// All sheets together have more rows than [`MAX_ROWS_IN_ALL`](crate::MAX_ROWS_IN_ALL), empty ones included.
    RowsInAll,
    /// All sheets together have more cells than [`MAX_CELLS_IN_ALL`](crate::MAX_CELLS_IN_ALL), empty ones included.
    CellsInAll,
    /// All sheets together have more different texts than [`MAX_TEXTS`](crate::MAX_TEXTS).
    Texts,
    /// A row of a CSV file has more fields than [`MAX_FIELDS`](crate::MAX_FIELDS).
    Fields,
    /// A sheet has more rows than [`MAX_ROWS`](crate::MAX_ROWS).
    Rows,
    /// A sheet has more columns than [`MAX_COLUMNS`](crate::MAX_COLUMNS).
    Columns,
    /// A sheet has more cells than [`MAX_CELLS`](crate::MAX_CELLS).
    Cells,
    /// A text is longer than [`MAX_TEXT`](crate::MAX_TEXT).
    Text,
    /// A cell after this one shows an error of a newer Excel, with which the rest of the sheet cannot be read.
    NewError(String),
}

/// What a file is instead of a workbook or a CSV file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Empty,
    /// A workbook with a password.
    Protected,
    /// A workbook of Excel 97 to 2003.
    Excel97,
    /// A binary workbook, `.xlsb`.
    Binary,
    /// A workbook with room for macros.
    Macros,
    Template,
    TemplateWithMacros,
    OpenDocument,
    AppleNumbers,
    /// A tab-separated list, by its extension.
    Tabs(&'static str),
    /// Another document of an office program.
    OtherOffice,
    OtherArchive,
    /// A workbook that is named like a CSV file.
    NamedLikeText,
    /// A file that is named like a workbook, but is not one.
    NamedLikeWorkbook,
}
