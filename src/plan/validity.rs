//! How long the label may last: an estimate, since the day of issue is CSA's.

use crate::diag::{Code, Finding};
use crate::domain::{Date, field, words};
use crate::plan::{Context, Notes};

words! {
    /// What ends the label first.
    LimitedBy { Cap = "cap", Support = "support" }
}

/// From the assumed day of issue to the earlier of the cap and the end of support.
#[derive(Clone, Debug)]
pub struct ValidityEstimate {
    /// The assumed day of issue.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// What ends it.
    pub limited_by: LimitedBy,
    /// The last day that a longer support period could reach.
    pub cap: Date,
    /// How many days a longer support period would gain.
    pub gain_days: i64,
}

/// Estimates the validity. The end of a foreign label does not bound it, as far as published.
pub(crate) fn estimate(context: Context<'_>, notes: &mut Notes) -> Option<ValidityEstimate> {
    let support = context.application.product.support.until.given()?;
    let Some(edition) = context.book.validity.in_force_on(context.on) else {
        notes.unknown.push("how long a label lasted");
        return None;
    };
    let row = edition.body.rows.iter().find(|row| row.years.is_some())?;
    let bound = edition
        .body
        .rows
        .iter()
        .find(|row| row.limited_by.is_some());
    let cap = context.on.plus_years(row.years?);
    if support <= context.on {
        let message = format!(
            "security support ends on {support}; it must reach beyond the day of submission, {}",
            context.on
        );
        let finding = Finding::at(
            Code::SupportEnded,
            field!(product.support.until),
            message,
            "publish a later end of support and write it here; the label cannot outlast the support",
        );
        notes.findings.push(bound.map_or(finding.clone(), |row| {
            finding.citing(context.book.cite(edition, row))
        }));
        return None;
    }
    let (until, limited_by, source) = match bound {
        Some(bound) if support < cap => (
            support,
            LimitedBy::Support,
            context.book.cite(edition, bound),
        ),
        _ => (cap, LimitedBy::Cap, context.book.cite(edition, row)),
    };
    let because = match limited_by {
        LimitedBy::Cap => format!(
            "{} years from the assumed day of issue, {}",
            row.years?, context.on
        ),
        LimitedBy::Support => format!(
            "support is published until {until}; support until {cap} would gain {} days",
            until.days_until(cap)
        ),
    };
    notes.reason(
        "validity",
        format!("estimate: {because}"),
        Some(field!(product.support.until)),
        Some(source),
    );
    Some(ValidityEstimate {
        from: context.on,
        until,
        limited_by,
        cap,
        gain_days: until.days_until(cap),
    })
}
