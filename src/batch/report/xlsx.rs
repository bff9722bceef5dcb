//! `report.xlsx`: products, problems, totals and questions; the one file that knows the crate.
//!
//! Every text is written as a text, so that none becomes a formula; amounts are numbers, days are dates.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError,
};

use super::clean::{clean, link, literal};
use super::columns::{COLUMNS, Cell};
use super::text::{OTHER_WAYS, route_name};
use super::{Amount, Failure, Problem, Product, Report, Sums};
use crate::error::{Error, Result};

/// The most that a cell takes, in UTF-16 units.
const MAX_CELL: usize = 32_767;
/// The most rows that a sheet takes, its heading included.
const MAX_ROWS: usize = 1_048_576;
/// The most links that a sheet takes.
const MAX_LINKS: usize = 65_000;

type Written = std::result::Result<(), XlsxError>;

impl Report {
    /// Returns `report.xlsx`.
    ///
    /// # Errors
    /// The report is larger than a workbook can be.
    pub fn to_xlsx(&self) -> Result<Vec<u8>> {
        if self.products.len() >= MAX_ROWS || self.n_problems() >= MAX_ROWS {
            return Err(Error::Document(format!(
                "report.xlsx: a sheet takes at most {MAX_ROWS} rows"
            )));
        }
        self.workbook()
            .map_err(|error| Error::Document(format!("report.xlsx: {error}")))
    }

    fn n_problems(&self) -> usize {
        let of_products = self.products.iter().map(|product| product.problems.len());
        self.findings.len() + of_products.sum::<usize>()
    }

    fn workbook(&self) -> std::result::Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        // The moment of writing would give other bytes each time.
        let properties = DocProperties::new()
            .set_title("Batch report")
            .set_author(clean(&self.tool))
            .set_creation_datetime(&ExcelDateTime::from_ymd(2020, 1, 1)?);
        workbook.set_properties(&properties);
        let styles = Styles::new();
        for (name, fill) in [
            ("Products", products as fn(&mut Sheet<'_>, &Self) -> Written),
            ("Problems", problems),
            ("Totals", totals),
            ("Questions", questions),
        ] {
            let on = workbook.add_worksheet();
            on.set_name(name)?;
            on.set_landscape()
                .set_paper_size(9)
                .set_print_fit_to_pages(1, 0);
            let mut sheet = Sheet {
                on,
                styles: &styles,
                row: 0,
                n_links: 0,
            };
            fill(&mut sheet, self)?;
        }
        workbook.save_to_buffer()
    }
}

struct Styles {
    head: Format,
    text: Format,
    amount: Format,
    day: Format,
    bold: Format,
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
            amount: plain().set_num_format("#,##0.00"),
            day: plain()
                .set_num_format("yyyy-mm-dd")
                .set_align(FormatAlign::Left),
            bold: plain().set_bold(),
        }
    }
}

/// A sheet that is written row by row.
struct Sheet<'a> {
    on: &'a mut Worksheet,
    styles: &'a Styles,
    row: u32,
    n_links: usize,
}

impl Sheet<'_> {
    /// Writes the heading, which stays in sight and bears filters for so many rows.
    fn head(&mut self, columns: &[(&str, u16)], n_rows: usize) -> Written {
        for ((name, width), at) in columns.iter().zip(0u16..) {
            self.on
                .write_string_with_format(0, at, *name, &self.styles.head)?;
            self.on.set_column_width(at, *width)?;
        }
        let last_row = u32::try_from(n_rows).unwrap_or(u32::MAX);
        let last_column = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0);
        self.on.set_freeze_panes(1, 0)?;
        self.on.set_repeat_rows(0, 0)?;
        if n_rows > 0 {
            self.on.autofilter(0, 0, last_row, last_column)?;
        }
        self.row = 1;
        Ok(())
    }

    fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Written {
        for (cell, column) in cells.into_iter().zip(0u16..) {
            self.cell(column, &cell)?;
        }
        self.row += 1;
        Ok(())
    }

    fn title(&mut self, text: &str) -> Written {
        self.row += u32::from(self.row > 0);
        self.on
            .write_string_with_format(self.row, 0, text, &self.styles.bold)?;
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Cell) -> Written {
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
                    &styles.text,
                )?;
            }
            Cell::Amount(amount) => {
                let number = parsed(&amount.decimal());
                sheet.write_number_with_format(*row, column, number, &styles.amount)?;
            }
            Cell::Day(day) => {
                // A workbook knows no days before 1900.
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

    /// A pack is a link, as far as a workbook takes links.
    fn path(&mut self, column: u16, path: &str) -> Written {
        let target = link(path).filter(|path| path.len() < 1000 && self.n_links < MAX_LINKS);
        let Some(target) = target else {
            return self.cell(column, &Cell::Text(path.to_owned()));
        };
        self.n_links += 1;
        let url = Url::new(format!("file:///{target}")).set_text(path);
        self.on.write_url(self.row, column, url)?;
        Ok(())
    }
}

/// A decimal as the workbook's number: read, never computed.
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

fn text(text: &str) -> Cell {
    Cell::Text(clean(text))
}

fn number(n: usize) -> Cell {
    Cell::Number(u64::try_from(n).unwrap_or(u64::MAX))
}

fn products(sheet: &mut Sheet<'_>, report: &Report) -> Written {
    let columns: Vec<_> = COLUMNS
        .iter()
        .map(|column| (column.name, column.width))
        .collect();
    sheet.head(&columns, report.products.len())?;
    // Number and name stay in sight, too: the table is wider than a screen.
    sheet.on.set_freeze_panes(1, 2)?;
    for product in &report.products {
        sheet.row(COLUMNS.iter().map(|column| (column.cell)(product)))?;
    }
    Ok(())
}

fn problems(sheet: &mut Sheet<'_>, report: &Report) -> Written {
    sheet.head(
        &[
            ("No.", 6),
            ("Product", 28),
            ("State", 10),
            ("Code", 8),
            ("Severity", 10),
            ("Place", 34),
            ("Text", 26),
            ("What is wrong", 52),
            ("What to do", 52),
            ("Source", 34),
        ],
        report.n_problems() + unexplained(report).len(),
    )?;
    for finding in &report.findings {
        sheet.row(problem(None, finding))?;
    }
    for failure in unexplained(report) {
        let product = &report.products[failure.product];
        sheet.row(problem(Some(product), &failure.problem))?;
    }
    for product in &report.products {
        for one in &product.problems {
            sheet.row(problem(Some(product), one))?;
        }
    }
    Ok(())
}

/// Failures that stand in no product's list.
fn unexplained(report: &Report) -> Vec<Failure> {
    let failures = report.totals().failures.into_iter();
    failures
        .filter(|failure| {
            !report.products[failure.product]
                .problems
                .contains(&failure.problem)
        })
        .collect()
}

fn problem(product: Option<&Product>, problem: &Problem) -> [Cell; 10] {
    [
        product.map_or(Cell::Nothing, |product| Cell::Number(product.index)),
        product.map_or(Cell::Nothing, |product| text(&product.product)),
        product.map_or(Cell::Nothing, |product| text(product.state.as_str())),
        text(&problem.code),
        text(problem.severity.as_str()),
        text(&problem.place),
        Cell::Text(literal(&problem.text)),
        text(&problem.message),
        text(&problem.help),
        product.map_or(Cell::Nothing, |product| text(&product.source)),
    ]
}

fn totals(sheet: &mut Sheet<'_>, report: &Report) -> Written {
    let totals = report.totals();
    for (column, width) in [(0, 40), (1, 12), (2, 14), (3, 14), (4, 14), (5, 40)] {
        sheet.on.set_column_width(column, width)?;
    }
    sheet.title("Products")?;
    sheet.row([text("all"), number(totals.n_products)])?;
    for (state, n) in &totals.states {
        sheet.row([text(state.title()), number(*n)])?;
    }
    sheet.row([text("fee unknown"), number(totals.n_fee_unknown)])?;
    sheet.row([text("end within 12 months"), number(totals.n_ending)])?;
    sheet.title("Packs")?;
    for (why, n) in &totals.made {
        sheet.row([text(&format!("made: {why}")), number(*n)])?;
    }
    sheet.row([text("kept"), number(totals.n_kept)])?;
    sheet.title("Fees by form: number, each, sum, currency")?;
    for form in &totals.forms {
        let name = form.form.as_deref().unwrap_or("form unknown");
        let open = if form.is_open {
            ", to be confirmed first"
        } else {
            ""
        };
        let each = form.fee.clone().map_or(Cell::Nothing, Cell::Amount);
        let start = [text(&format!("{name}{open}")), number(form.n), each];
        sheet.row(
            start
                .into_iter()
                .chain(sum_cells(&form.sum))
                .chain([text(form.name.as_deref().unwrap_or_default())]),
        )?;
    }
    sheet.title("Fees by way")?;
    for (route, n, sum) in &totals.routes {
        sheet.row(sum_row(route_name(*route), *n, sum))?;
    }
    sheet.row(sum_row("settled", totals.n_settled, &totals.settled))?;
    sheet.row(sum_row(
        "to be confirmed first",
        totals.n_open,
        &totals.open,
    ))?;
    let n_all = totals.n_settled + totals.n_open;
    sheet.row(sum_row("together", n_all, &totals.fees))?;
    for (title, ways) in OTHER_WAYS.iter().zip([&totals.saved, &totals.dearer]) {
        if !ways.is_empty() {
            sheet.title(title)?;
        }
        for way in ways {
            let name = format!("Level {}", way.level);
            sheet.row(sum_row(&name, way.n, &way.difference))?;
        }
    }
    Ok(())
}

fn sum_row(name: &str, n: usize, sum: &Sums) -> impl Iterator<Item = Cell> {
    [text(name), number(n), Cell::Nothing]
        .into_iter()
        .chain(sum_cells(sum))
}

/// A sum and its currency; sums in more than one currency as a text.
fn sum_cells(sums: &Sums) -> [Cell; 2] {
    let amounts: Vec<Amount> = sums.amounts();
    match &amounts[..] {
        [] => [Cell::Nothing, Cell::Nothing],
        [one] => [Cell::Amount(one.clone()), text(&one.currency)],
        _ => [text(&sums.to_string()), Cell::Nothing],
    }
}

fn questions(sheet: &mut Sheet<'_>, report: &Report) -> Written {
    let totals = report.totals();
    sheet.head(
        &[("Question", 90), ("Number", 9), ("Products", 60)],
        totals.questions.len(),
    )?;
    for question in &totals.questions {
        let names: Vec<_> = question
            .products
            .iter()
            .map(|at| {
                let product = &report.products[*at];
                format!("{}. {}", product.index, clean(&product.product))
            })
            .collect();
        sheet.row([
            text(&question.text),
            number(names.len()),
            text(&names.join("; ")),
        ])?;
    }
    Ok(())
}
