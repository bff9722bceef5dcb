//! The table of gaps as a workbook. Every text is written as text, so that none becomes a formula.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use crate::gaps::Gaps;
use crate::report::gaps::By;
use crate::report::gaps::table::{COLUMNS, rows};

/// The longest text in a cell, in characters that may each be two UTF-16 units.
const MAX_CELL: usize = 16_000;

/// Returns the workbook.
///
/// # Errors
/// The table is larger than a workbook can be.
pub fn xlsx(gaps: &Gaps, by: By) -> Result<Vec<u8>, String> {
    fill(gaps, by).map_err(|error| error.to_string())
}

fn fill(gaps: &Gaps, by: By) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The time of writing would change the bytes of every run.
    let made = ExcelDateTime::from_ymd(2020, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title("Gaps")
            .set_creation_datetime(&made),
    );
    let top = || Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let head = top()
        .set_bold()
        .set_font_color(0x00FF_FFFF)
        .set_background_color(0x001F_3A5F);
    let text = top();
    let rows = rows(gaps, by);
    let sheet = workbook.add_worksheet();
    sheet.set_name("Gaps")?;
    sheet
        .set_landscape()
        .set_paper_size(8)
        .set_print_fit_to_pages(1, 0);
    for ((name, width), column) in COLUMNS.iter().zip(0u16..) {
        sheet.write_string_with_format(0, column, *name, &head)?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, 3)?;
    sheet.set_repeat_rows(0, 0)?;
    for (row, at) in rows.iter().zip(1u32..) {
        for (cell, column) in row.iter().zip(0u16..).filter(|(cell, _)| !cell.is_empty()) {
            let cell: String = cell.chars().take(MAX_CELL).collect();
            sheet.write_string_with_format(at, column, cell, &text)?;
        }
    }
    let last_row = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(COLUMNS.len() - 1).unwrap_or(0);
    if last_row > 0 {
        sheet.autofilter(0, 0, last_row, last_column)?;
    }
    workbook.save_to_buffer()
}
