//! The contents of the sheets of the workbook.

use super::Sheet;
use crate::batch::report::causes::{places, rows};
use crate::batch::report::clean::{clean, literal};
use crate::batch::report::columns::{COLUMNS, Cell, PRINTED};
use crate::batch::report::text::{OTHER_ROUTES, route_name};
use crate::batch::report::{Cause, Problem, Product, ReportWriter, Sums, Totals, product_names};
use crate::error::Result;

/// How many columns of the problems are printed, up to what to do.
const PRINTED_PROBLEMS: u16 = 7;

/// How many columns of the causes are printed, up to where they are.
const PRINTED_CAUSES: u16 = 7;

/// How many places of a cause are listed.
const MOST_PLACES: usize = 20;

pub(super) fn text(text: &str) -> Cell {
    Cell::Text(clean(text))
}

pub(super) fn number(n: usize) -> Cell {
    Cell::Number(u64::try_from(n).unwrap_or(u64::MAX))
}

pub(super) fn products(sheet: &mut Sheet<'_>, writer: &ReportWriter<'_>) -> Result<()> {
    let columns: Vec<_> = COLUMNS
        .iter()
        .map(|column| (column.name, column.width))
        .collect();
    sheet.head(&columns, writer.totals.n_products)?;
    // Number and name stay visible while scrolling: the table is wider than a screen.
    sheet.on.set_freeze_panes(1, 2)?;
    sheet.print(PRINTED)?;
    for product in &writer.report.products {
        sheet.row(COLUMNS.iter().map(|column| (column.cell)(product)))?;
    }
    Ok(())
}

pub(super) fn problems(sheet: &mut Sheet<'_>, writer: &ReportWriter<'_>) -> Result<()> {
    let findings = &writer.report.findings;
    sheet.head(
        &[
            ("No.", 6),
            ("Product", 28),
            ("Code", 8),
            ("Severity", 10),
            ("Place", 34),
            ("What is wrong", 52),
            ("What to do", 52),
            ("Text", 26),
            ("State", 10),
            ("Note", 52),
            ("Rule", 52),
            ("Source", 34),
        ],
        findings.len() + writer.totals.n_problems,
    )?;
    sheet.print(PRINTED_PROBLEMS)?;
    for finding in findings {
        sheet.row(problem(None, finding))?;
    }
    for product in &writer.report.products {
        for one in product.all_problems() {
            sheet.row(problem(Some(product), &one))?;
        }
    }
    Ok(())
}

fn problem(product: Option<&Product>, problem: &Problem) -> [Cell; 12] {
    [
        product.map_or(Cell::Nothing, |product| Cell::Number(product.index)),
        product.map_or(Cell::Nothing, |product| text(&product.product)),
        text(&problem.code),
        text(problem.severity.as_str()),
        text(&problem.place),
        text(&problem.message),
        text(&problem.help),
        Cell::Text(literal(&problem.text)),
        product.map_or(Cell::Nothing, |product| text(product.state.as_str())),
        text(&problem.note),
        text(&problem.source),
        product.map_or(Cell::Nothing, |product| text(&product.source)),
    ]
}

/// Writes each cause once, with the products that it concerns.
pub(super) fn causes(sheet: &mut Sheet<'_>, writer: &ReportWriter<'_>) -> Result<()> {
    let causes = &writer.totals.causes;
    sheet.head(
        &[
            ("Code", 8),
            ("Severity", 10),
            ("What is wrong", 46),
            ("What to do", 46),
            ("Number", 9),
            ("Products", 34),
            ("Where", 40),
            ("Text", 26),
            ("Note", 52),
            ("Rule", 52),
        ],
        causes.len(),
    )?;
    sheet.print(PRINTED_CAUSES)?;
    for cause in causes {
        sheet.row(cause_row(writer, cause))?;
    }
    Ok(())
}

fn cause_row(writer: &ReportWriter<'_>, cause: &Cause) -> [Cell; 10] {
    let (report, first) = (writer.report, &cause.first);
    let similar = cause.similar();
    let mut message = first.message.clone();
    if !similar.is_empty() {
        message = format!("{message}; {similar}");
    }
    let names = product_names::names(report, &cause.products, product_names::MOST_NAMED);
    let first_ones = cause.products.iter().take(product_names::MOST_NAMED);
    let first_ones = first_ones.filter_map(|at| report.products.get(*at));
    let mut all_places = Vec::new();
    for place in first_ones.flat_map(|product| places(cause, product)) {
        if !all_places.contains(&place) {
            all_places.push(place);
        }
    }
    let places = product_names::few(all_places, MOST_PLACES);
    let rows = rows(report, &cause.products, &cause.products);
    let places = if rows.starts_with("row") {
        format!("{rows}: {}", places.join("; "))
    } else {
        places.join("; ")
    };
    // What blocks several products for one reason has one text; that of a warning may differ.
    let has_one_text = cause.blocks || cause.products.len() == 1;
    let quoted = if has_one_text {
        literal(&first.text)
    } else {
        String::new()
    };
    [
        text(&first.code),
        text(first.severity.as_str()),
        text(&message),
        text(&first.help),
        number(cause.products.len()),
        text(&names.join("; ")),
        text(&places),
        Cell::Text(quoted),
        text(&first.note),
        text(&first.source),
    ]
}

pub(super) fn totals(sheet: &mut Sheet<'_>, writer: &ReportWriter<'_>) -> Result<()> {
    let totals = &writer.totals;
    for (column, width) in [(0, 46), (1, 12), (2, 14), (3, 14), (4, 14), (5, 40)] {
        sheet.on.set_column_width(column, width)?;
    }
    sheet.title(&["Products", "Number"])?;
    sheet.row([text("all"), number(totals.n_products)])?;
    for (state, n) in &totals.states {
        sheet.row([text(state.title()), number(*n)])?;
    }
    sheet.row([text("fee unknown"), number(totals.n_fee_unknown)])?;
    sheet.row([text("end within 12 months"), number(totals.n_ending)])?;
    sheet.title(&["Packs", "Number"])?;
    for (why, n) in &totals.made {
        sheet.row([text(&format!("made: {why}")), number(*n)])?;
    }
    sheet.row([text("kept"), number(totals.n_kept)])?;
    forms(sheet, totals)?;
    other_routes(sheet, totals)
}

fn forms(sheet: &mut Sheet<'_>, totals: &Totals) -> Result<()> {
    sheet.title(&["Fees by form", "Number", "Each", "Sum", "Currency", "Name"])?;
    for form in &totals.forms {
        let name = form.form.as_deref().unwrap_or("form unknown");
        let open = if form.is_open {
            ", to be confirmed first"
        } else {
            ""
        };
        let each = form.fee.map_or(Cell::Nothing, Cell::Amount);
        let start = [text(&format!("{name}{open}")), number(form.n), each];
        sheet.row(
            start
                .into_iter()
                .chain(sum_cells(&form.sum))
                .chain([text(form.name.as_deref().unwrap_or_default())]),
        )?;
    }
    Ok(())
}

fn other_routes(sheet: &mut Sheet<'_>, totals: &Totals) -> Result<()> {
    sheet.title(&["Fees by route", "Number", "", "Sum", "Currency"])?;
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
    for (title, routes) in OTHER_ROUTES.iter().zip([&totals.saved, &totals.dearer]) {
        if !routes.is_empty() {
            sheet.title(&[title, "Number", "", "Difference", "Currency"])?;
        }
        for route in routes {
            let name = format!("Level {}", route.level);
            sheet.row(sum_row(&name, route.n, &route.difference))?;
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
    let amounts: Vec<_> = sums.amounts().collect();
    match &amounts[..] {
        [] => [Cell::Nothing, Cell::Nothing],
        [one] => [Cell::Amount(*one), text(one.currency().as_str())],
        _ => [text(&sums.to_string()), Cell::Nothing],
    }
}

pub(super) fn questions(sheet: &mut Sheet<'_>, writer: &ReportWriter<'_>) -> Result<()> {
    let questions = &writer.totals.questions;
    sheet.head(
        &[("Question", 90), ("Number", 9), ("Products", 60)],
        questions.len(),
    )?;
    for question in questions {
        let names =
            product_names::names(writer.report, &question.products, product_names::MOST_NAMED);
        sheet.row([
            text(&question.text),
            number(question.products.len()),
            text(&names.join("; ")),
        ])?;
    }
    Ok(())
}
