//! `report.xlsx`: products, causes, problems, changes, totals, questions, decisions, the worklist and signed copies. Every text is written as text, so that none becomes a
//! formula; amounts are numbers, days are dates.

mod open;
mod sheets;

use std::io::Write;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatUnderline, Url, Workbook, Worksheet,
    XlsxError,
};

use super::clean::{clean, pack_link};
use super::columns::Cell;
use super::table::wrap;
use super::{ReportWriter, unwritten};
use crate::error::{Error, Result};

/// The longest text in a cell, in UTF-16 units.
const MAX_CELL: usize = 32_767;
/// The most rows of a sheet, its heading included.
const MAX_ROWS: usize = 1_048_576;
/// The height of a line, in points.
const LINE: usize = 15;
/// The greatest height of a row, in points.
const MAX_HEIGHT: usize = 409;
/// How high a row is at most for columns that are not printed, in lines.
const MOST_LINES_BESIDE: usize = 3;
/// The number of the paper size A4.
const A4: u8 = 9;
/// The most links in a sheet.
const MAX_LINKS: usize = 65_000;

type Fill = fn(&mut Sheet<'_>, &ReportWriter<'_>) -> Result<()>;

const SHEETS: [(&str, Fill); 9] = [
    ("Products", sheets::products),
    ("Causes", sheets::causes),
    ("Problems", sheets::problems),
    ("Changes", open::changes),
    ("Totals", sheets::totals),
    ("Questions", sheets::questions),
    ("Decisions", open::decisions),
    ("Worklist", open::worklist),
    ("Signed copies", open::signed),
];

impl ReportWriter<'_> {
    /// Writes `report.xlsx`.
    ///
    /// # Errors
    /// The report is larger than a workbook can be, or it cannot be written.
    pub fn xlsx(&self, out: &mut dyn Write) -> Result<()> {
        let n_problems = self.report.findings.len() + self.totals.n_problems;
        if self.totals.n_products.max(n_problems) >= MAX_ROWS {
            return Err(Error::Document(format!(
                "report.xlsx: a sheet takes at most {MAX_ROWS} rows"
            )));
        }
        let mut workbook = Workbook::new();
        // The time of writing would change the bytes of every run.
        let properties = DocProperties::new()
            .set_title("Batch report")
            .set_author(clean(&self.report.tool))
            .set_creation_datetime(&ExcelDateTime::from_ymd(2020, 1, 1)?);
        workbook.set_properties(&properties);
        let styles = Styles::new();
        for (name, fill) in SHEETS {
            let on = workbook.add_worksheet();
            on.set_name(name)?;
            on.set_landscape()
                .set_paper_size(A4)
                .set_print_fit_to_pages(1, 0)
                .set_print_gridlines(true)
                .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
                .set_footer("&L&A&RPage &P of &N");
            let mut sheet = Sheet {
                on,
                styles: &styles,
                row: 0,
                last_row: 0,
                n_printed: 0,
                n_links: 0,
                widths: Vec::new(),
            };
            fill(&mut sheet, self)?;
        }
        let bytes = workbook.save_to_buffer()?;
        out.write_all(&bytes).map_err(unwritten("report.xlsx"))
    }
}

impl From<XlsxError> for Error {
    fn from(error: XlsxError) -> Self {
        Self::Document(format!("report.xlsx: {error}"))
    }
}

struct Styles {
    head: Format,
    text: Format,
    number: Format,
    amount: Format,
    day: Format,
    bold: Format,
    link: Format,
}

impl Styles {
    fn new() -> Self {
        let plain = || Format::new().set_align(FormatAlign::Top);
        Self {
            head: plain()
                .set_bold()
                .set_text_wrap()
                .set_font_color(0x00FF_FFFF)
                .set_background_color(0x001F_3A5F),
            text: plain().set_text_wrap(),
            number: plain().set_align(FormatAlign::Left),
            amount: plain().set_num_format("#,##0.00"),
            day: plain()
                .set_num_format("yyyy-mm-dd")
                .set_align(FormatAlign::Left),
            bold: plain().set_bold(),
            link: plain()
                .set_text_wrap()
                .set_font_color(0x0005_63C1)
                .set_underline(FormatUnderline::Single),
        }
    }
}

/// A sheet, written row by row.
struct Sheet<'a> {
    on: &'a mut Worksheet,
    styles: &'a Styles,
    row: u32,
    /// The last row below the heading.
    last_row: u32,
    /// How many columns are printed; 0 for all.
    n_printed: u16,
    n_links: usize,
    /// The widths of the columns, in characters.
    widths: Vec<usize>,
}

impl Sheet<'_> {
    /// Writes the heading, which stays visible and has filters for `n_rows` rows.
    fn head(&mut self, columns: &[(&str, u16)], n_rows: usize) -> Result<()> {
        for ((name, width), at) in columns.iter().zip(0u16..) {
            self.on
                .write_string_with_format(0, at, *name, &self.styles.head)?;
            self.on.set_column_width(at, *width)?;
            self.widths.push(usize::from(*width));
        }
        let last_row = u32::try_from(n_rows).unwrap_or(u32::MAX);
        let last_column = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0);
        self.last_row = last_row;
        self.on.set_freeze_panes(1, 0)?;
        self.on.set_repeat_rows(0, 0)?;
        if n_rows > 0 {
            self.on.autofilter(0, 0, last_row, last_column)?;
        }
        self.row = 1;
        Ok(())
    }

    /// Prints only the first columns, so that they are large enough to be read.
    fn print(&mut self, n_columns: u16) -> Result<()> {
        let last = n_columns.saturating_sub(1);
        self.n_printed = n_columns;
        self.on.set_print_area(0, 0, self.last_row, last)?;
        Ok(())
    }

    fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<()> {
        let cells: Vec<Cell> = cells.into_iter().collect();
        self.make_room(&cells)?;
        for (cell, column) in cells.iter().zip(0u16..) {
            self.cell(column, cell)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Makes the row as high as its longest text needs, since not every program does so when it opens the workbook. A
    /// column that is not printed leaves no empty space on paper.
    fn make_room(&mut self, cells: &[Cell]) -> Result<()> {
        let n_printed = match usize::from(self.n_printed) {
            0 => cells.len(),
            some => some,
        };
        let lines = |(column, (cell, width)): (usize, (&Cell, &usize))| match cell {
            Cell::Text(text) if column < n_printed => wrap(text, *width).len(),
            Cell::Text(text) => wrap(text, *width).len().min(MOST_LINES_BESIDE),
            _ => 1,
        };
        let cells = cells.iter().zip(&self.widths).enumerate();
        let most = cells.map(lines).max();
        if let Some(most) = most.filter(|most| *most > 1) {
            let height = most.saturating_mul(LINE).min(MAX_HEIGHT);
            let height = u32::try_from(height).unwrap_or_default();
            self.on.set_row_height(self.row, height)?;
        }
        Ok(())
    }

    /// Writes the headings of the rows that follow, after an empty row.
    fn title(&mut self, names: &[&str]) -> Result<()> {
        self.row += u32::from(self.row > 0);
        for (name, column) in names.iter().zip(0u16..) {
            self.on
                .write_string_with_format(self.row, column, *name, &self.styles.bold)?;
        }
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Cell) -> Result<()> {
        let Self {
            on: sheet,
            styles,
            row,
            ..
        } = self;
        match cell {
            Cell::Text(text) => {
                sheet.write_string_with_format(*row, column, fitting(text), &styles.text)?;
            }
            Cell::Number(number) => {
                sheet.write_number_with_format(
                    *row,
                    column,
                    parsed(&number.to_string()),
                    &styles.number,
                )?;
            }
            Cell::Amount(amount) => {
                let number = parsed(&amount.amount());
                sheet.write_number_with_format(*row, column, number, &styles.amount)?;
            }
            Cell::Day(day) => {
                // A workbook has no days before 1900.
                let (year, month, day_of_month) = day.parts();
                let known = u16::try_from(year)
                    .ok()
                    .zip(u8::try_from(month).ok())
                    .zip(u8::try_from(day_of_month).ok());
                let date = known.and_then(|((year, month), day)| {
                    ExcelDateTime::from_ymd(year, month, day).ok()
                });
                match date {
                    Some(date) => {
                        sheet.write_datetime_with_format(*row, column, &date, &styles.day)?;
                    }
                    None => {
                        sheet.write_string_with_format(
                            *row,
                            column,
                            day.to_string(),
                            &styles.text,
                        )?;
                    }
                }
            }
            Cell::Path(path) => self.path(column, path)?,
            Cell::Nothing => {}
        }
        Ok(())
    }

    /// Writes a pack as a link, as long as the sheet can take more links.
    fn path(&mut self, column: u16, path: &str) -> Result<()> {
        let target = pack_link(path).filter(|path| path.len() < 1000 && self.n_links < MAX_LINKS);
        let Some(target) = target else {
            return self.cell(column, &Cell::Text(path.to_owned()));
        };
        self.n_links += 1;
        let url = Url::new(format!("file:///{target}")).set_text(path);
        self.on
            .write_url_with_format(self.row, column, url, &self.styles.link)?;
        Ok(())
    }
}

/// A decimal as the workbook's number: parsed, never computed.
fn parsed(decimal: &str) -> f64 {
    decimal.parse().unwrap_or_default()
}

fn fitting(text: &str) -> String {
    let mut room = MAX_CELL - 1;
    let fits = |c: &char| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    };
    let kept: String = text.chars().take_while(fits).collect();
    if kept.len() < text.len() {
        kept + "…"
    } else {
        kept
    }
}
