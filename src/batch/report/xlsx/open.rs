//! The sheets of what changed and what is still to do: decisions, the worklist for filing, signed copies.

use super::Sheet;
use super::sheets::{number, text};
use crate::batch::report::ReportWriter;
use crate::batch::report::clean::{clean, list};
use crate::batch::report::columns::Cell;
use crate::batch::report::worklist::SHEET;
use crate::domain::Money;
use crate::error::Result;

/// How many columns of the worklist are printed, up to the pack.
const PRINTED_WORKLIST: u16 = 12;

/// How many columns of the changes are printed, up to the change in words.
const PRINTED_CHANGES: u16 = 5;

/// How many columns of the signed copies are printed, all but the hash.
const PRINTED_SIGNED: u16 = 5;

/// Writes what changed since the last run, a row for each change.
pub(super) fn changes(sheet: &mut Sheet<'_>, writer: &ReportWriter<'_>) -> Result<()> {
    let products = writer.report.products.iter();
    let all: Vec<_> = products
        .filter_map(|product| Some((product, product.since_last_run.as_ref()?)))
        .collect();
    let rows = all.iter().map(|(_, since)| since.changes.len().max(1));
    sheet.head(
        &[
            ("No.", 6),
            ("Product", 28),
            ("What", 12),
            ("Where", 30),
            ("Change", 60),
            ("Before", 30),
            ("Now", 30),
        ],
        rows.sum(),
    )?;
    sheet.print(PRINTED_CHANGES)?;
    for (product, since) in all {
        let start = || [Cell::Number(product.index), text(&product.product)];
        if since.changes.is_empty() {
            let note = [Cell::Nothing, Cell::Nothing, text(&since.note)];
            sheet.row(start().into_iter().chain(note))?;
        }
        for change in &since.changes {
            let value = |value: &Option<String>| text(value.as_deref().unwrap_or_default());
            let row = [
                text(change.what.as_str()),
                text(&change.place),
                text(&change.in_words),
                value(&change.old),
                value(&change.new),
            ];
            sheet.row(start().into_iter().chain(row))?;
        }
    }
    Ok(())
}

/// Writes a row for each product and route, with room for a person's choice.
pub(super) fn decisions(sheet: &mut Sheet<'_>, writer: &ReportWriter<'_>) -> Result<()> {
    let products = writer.report.products.iter();
    let open = products.filter_map(|product| Some((product, product.decision.as_ref()?)));
    let rows = open.flat_map(|(product, decision)| {
        let ways = decision.ways.iter();
        ways.map(move |way| (product, decision, way))
    });
    let rows: Vec<_> = rows.collect();
    sheet.head(
        &[
            ("No.", 6),
            ("Product", 26),
            ("Models", 16),
            ("Applicant", 22),
            ("Why", 36),
            ("Level", 7),
            ("Fee", 10),
            ("Currency", 10),
            ("Form", 10),
            ("What it takes", 30),
            ("Chosen", 10),
            ("By, on", 18),
        ],
        rows.len(),
    )?;
    for (product, decision, way) in rows {
        sheet.row([
            Cell::Number(product.index),
            text(&product.product),
            Cell::Text(list(&product.models)),
            text(&product.applicant),
            text(&decision.why.join("; ")),
            Cell::Number(u64::from(way.level)),
            way.fee.map_or_else(|| text("unknown"), Cell::Amount),
            currency(way.fee),
            text(&way.form),
            text(&way.remark),
            Cell::Nothing,
            Cell::Nothing,
        ])?;
    }
    Ok(())
}

fn currency(fee: Option<Money>) -> Cell {
    fee.map_or(Cell::Nothing, |fee| text(fee.currency().as_str()))
}

/// Writes the products client by client, with room for a tick and the reference number.
pub(super) fn worklist(sheet: &mut Sheet<'_>, writer: &ReportWriter<'_>) -> Result<()> {
    sheet.head(
        &[
            ("Order", 7),
            ("Filed", 7),
            ("Reference number", 20),
            ("Client", 22),
            ("No.", 6),
            ("Product", 26),
            ("Models", 16),
            ("To do first", 20),
            ("Form", 10),
            ("Fee", 10),
            ("Currency", 10),
            ("Pack", 32),
            ("State", 16),
            ("Upload sheet", 36),
            ("Files to upload", 44),
        ],
        writer.totals.n_products,
    )?;
    sheet.print(PRINTED_WORKLIST)?;
    for client in writer.report.worklist() {
        for (order, product) in client.tasks {
            let has_pack = product.pack.is_some();
            let in_zip = || if has_pack { text(SHEET) } else { Cell::Nothing };
            let uploads: Vec<String> = product.uploads.iter().map(|file| clean(file)).collect();
            sheet.row([
                if has_pack {
                    number(order)
                } else {
                    Cell::Nothing
                },
                Cell::Nothing,
                Cell::Nothing,
                text(&client.name),
                Cell::Number(product.index),
                text(&product.product),
                Cell::Text(list(&product.models)),
                text(&product.missing()),
                text(product.form.as_deref().unwrap_or_default()),
                product.fee.map_or(Cell::Nothing, Cell::Amount),
                currency(product.fee),
                product
                    .pack
                    .as_ref()
                    .map_or(Cell::Nothing, |pack| Cell::Path(clean(pack))),
                text(product.state.title()),
                product.sheet().map_or_else(in_zip, Cell::Path),
                Cell::Text(if has_pack {
                    uploads.join(", ")
                } else {
                    String::new()
                }),
            ])?;
        }
    }
    Ok(())
}

/// Writes the files of the inbox.
pub(super) fn signed(sheet: &mut Sheet<'_>, writer: &ReportWriter<'_>) -> Result<()> {
    let files = &writer.report.signed;
    sheet.head(
        &[
            ("File", 40),
            ("State", 12),
            ("In words", 34),
            ("Signed for", 20),
            ("Product", 36),
            ("SHA-256", 68),
        ],
        files.len(),
    )?;
    sheet.print(PRINTED_SIGNED)?;
    for file in files {
        sheet.row([
            text(&file.file),
            text(file.state.as_str()),
            text(file.state.says()),
            text(file.signed_for.as_deref().unwrap_or_default()),
            text(&writer.report.product_of(file)),
            text(file.sha256.as_deref().unwrap_or_default()),
        ])?;
    }
    Ok(())
}
