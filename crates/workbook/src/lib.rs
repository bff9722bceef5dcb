//! Reads the cells of workbooks and CSV files that nobody vouches for.
//!
//! [`workbook()`] reads an `.xlsx` file, [`separated()`] a CSV file; both give [`Sheet`]s. A value stays what is stored: a
//! number has its digits and the day that it is as a date, and the caller decides which was meant. [`Unread`] says why
//! something was not read, without words for people.

mod cells;
mod day;
mod format;
mod marks;
mod meter;
mod number;
mod package;
mod separated;
mod slipped;
mod texts;
mod unread;
mod workbook;

pub use cells::{
    Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_ROWS_IN_ALL, MAX_TEXT, Range, Sheet, Value,
    Written, trimmed,
};
pub use day::{Day, Epoch, NotADay};
pub use format::{is_archive, other_format};
pub use package::{MAX_CELLS_IN_ALL, MAX_PARTS, MAX_TEXTS};
pub use separated::{MAX_FIELDS, separated};
pub use slipped::{Slip, slipped};
pub use texts::Texts;
pub use unread::{At, Format, Unread, Why};
pub use workbook::{Workbook, workbook};

/// The README's example is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
