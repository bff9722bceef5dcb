//! What the resulting label, and the labels held, open in other countries.

use crate::domain::{Citation, Date, Level, Scheme};
use crate::plan::{Context, HeldLabel};
use crate::rules::tables::{Outlook, OutlookKind, OutlookRow, Recognition};
use crate::rules::{Body as _, Edition};

/// What one label opens in one country.
#[derive(Clone, Debug)]
pub struct OutlookLine {
    /// The country.
    pub country: String,
    /// Its scheme.
    pub scheme: String,
    /// The arrangement or law.
    pub arrangement: String,
    /// The label that opens it: `CLS Level 3`, or one held.
    pub basis: String,
    /// What it opens.
    pub gives: String,
    /// How.
    pub kind: OutlookKind,
    /// Whether it is open.
    pub open: bool,
    /// Whether a label of that scheme is there already, so that nothing needs to be opened.
    pub held: bool,
    /// Why it is not recognised, or what else to know.
    pub remark: Option<String>,
    /// The edition of the scheme to which that country's law is pinned.
    pub pinned: Option<String>,
    /// From which day.
    pub since: Date,
    /// The source that states it.
    pub source: Citation,
}

/// Returns a line for each country and label.
pub(crate) fn lines(
    context: Context<'_>,
    level: Option<Level>,
    labels: &[HeldLabel],
) -> Vec<OutlookLine> {
    let mut lines = Vec::new();
    for (scheme, timeline) in &context.book.outlook {
        let Some(edition) = timeline
            .in_force_on(context.on)
            .or_else(|| timeline.first())
        else {
            continue;
        };
        for row in &edition.body.rows {
            lines.extend(by_level(context, *scheme, edition, row, level, labels));
            let holds = |held: &&HeldLabel| {
                let scheme = held.label.scheme.given();
                scheme.is_some_and(|scheme| row.when.labels.contains(&scheme)) && held.stands
            };
            if let Some(held) = labels.iter().find(holds) {
                lines.push(line(context, edition, row, held.name.clone(), None));
            }
        }
    }
    lines
}

fn by_level(
    context: Context<'_>,
    scheme: Scheme,
    edition: &Edition<Outlook>,
    row: &OutlookRow,
    level: Option<Level>,
    labels: &[HeldLabel],
) -> Option<OutlookLine> {
    let (lowest, level) = row.when.cls_levels.iter().min().zip(level)?;
    let held = labels.iter().any(|held| {
        let is_counted = held.recognition() != Recognition::NotRecognised;
        held.label.scheme.given() == Some(scheme) && held.stands && is_counted
    });
    let obstacle = if held {
        Some("you already have a label there".to_owned())
    } else if row.kind == OutlookKind::Closed {
        Some(row.remark.clone().unwrap_or_default())
    } else if context
        .application
        .product
        .category
        .given()
        .is_some_and(|category| row.categories_not.contains(&category))
    {
        Some("the arrangement leaves out products of this category".to_owned())
    } else if !row.when.cls_levels.contains(&level) {
        Some(format!("opens from CLS Level {lowest}"))
    } else {
        None
    };
    let basis = format!("CLS Level {level}");
    let line = line(context, edition, row, basis, obstacle);
    Some(OutlookLine { held, ..line })
}

fn line(
    context: Context<'_>,
    edition: &Edition<Outlook>,
    row: &OutlookRow,
    basis: String,
    obstacle: Option<String>,
) -> OutlookLine {
    let since = edition.body.effective_from();
    let obstacle = obstacle.or_else(|| (since > context.on).then(|| format!("begins on {since}")));
    OutlookLine {
        country: edition.body.country.clone(),
        scheme: edition.body.scheme.clone(),
        arrangement: edition.body.arrangement.clone(),
        basis,
        gives: row.gives.clone(),
        kind: row.kind,
        open: obstacle.is_none(),
        held: false,
        remark: obstacle.or_else(|| row.remark.clone()),
        pinned: row.pinned.clone(),
        since,
        source: context.book.cite(edition, row),
    }
}
