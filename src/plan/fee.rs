//! The fee of a form, exact, with its source; never zero for unknown.

use crate::diag::{Code, Finding};
use crate::domain::{Citation, Money};
use crate::plan::{Context, Notes};

/// Returns the fee of a form, or says that no source gives one.
pub(crate) fn of_form(context: Context<'_>, form: &str, notes: &mut Notes) -> Option<Money> {
    if let Some((fee, source)) = amount(context, form) {
        notes.reason(
            "fee",
            format!(
                "the page of `{form}` prints it, read on {}",
                source.retrieved
            ),
            None,
            Some(source),
        );
        return Some(fee);
    }
    let contact = context.book.sources.contacts.first();
    let whom = contact.map_or("CSA", |contact| &contact.email);
    let message = format!("no source states the fee of `{form}` on {}", context.on);
    notes.findings.push(Finding::new(
        Code::FeeUnknown,
        context.day(),
        message,
        format!("ask {whom} for the fee"),
    ));
    notes.ask(
        "fee",
        format!("What is the fee of the form `{form}` on {}?", context.on),
        contact,
    );
    None
}

/// Returns the fee and its source, if a source gives one.
pub(crate) fn amount(context: Context<'_>, form: &str) -> Option<(Money, Citation)> {
    let edition = context.book.fees.in_force_on(context.on)?;
    let row = edition.body.rows.iter().find(|row| row.form == form)?;
    let fee = Money::parse(row.amount.as_option()?, row.currency).ok()?;
    Some((fee, context.book.cite(edition, row)))
}
