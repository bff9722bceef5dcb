//! The sheets of what is still to do: decisions, the worklist for filing, signed copies.

use super::Sheet;
use super::sheets::{number, text};
use crate::batch::report::ReportWriter;
use crate::batch::report::clean::{clean, list};
use crate::batch::report::columns::Cell;
use crate::batch::report::worklist::SHEET;
use crate::domain::Money;
use crate::error::Result;

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
            ("Product", 28),
            ("Models", 22),
            ("Applicant", 26),
            ("Why", 52),
            ("Level", 7),
            ("Fee", 10),
            ("Currency", 12),
            ("Form", 11),
            ("What it takes", 46),
            ("Chosen", 10),
            ("By, on", 22),
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
            ("Reference number", 22),
            ("Client", 26),
            ("No.", 6),
            ("Product", 28),
            ("Models", 22),
            ("State", 16),
            ("To do first", 24),
            ("Form", 11),
            ("Fee", 10),
            ("Currency", 12),
            ("Pack", 36),
            ("Upload sheet", 36),
            ("Files to upload", 44),
        ],
        writer.totals.n_products,
    )?;
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
                text(product.state.title()),
                text(&product.missing()),
                text(product.form.as_deref().unwrap_or_default()),
                product.fee.map_or(Cell::Nothing, Cell::Amount),
                currency(product.fee),
                product
                    .pack
                    .as_ref()
                    .map_or(Cell::Nothing, |pack| Cell::Path(clean(pack))),
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
