//! What the portal takes, as far as known; files that are there twice; rules not compared for long.

use std::collections::BTreeMap;

use crate::diag::{Code, Finding, Place};
use crate::domain::{EvidenceFile, EvidenceKind, EvidencePath, FieldPath, Sha256, field};
use crate::plan::{Context, Notes, UploadLimit};
use crate::rules::in_force_on;
use crate::rules::tables::UploadRow;

/// Runs the checks.
pub(crate) fn check(context: Context<'_>, notes: &mut Notes) {
    let fields = &fields(context);
    if let Some(edition) = context.book.uploads.in_force_on(context.on) {
        for row in &edition.body.rows {
            let mut found = Vec::new();
            unusual_types(context, fields, row, &mut found);
            too_large(context, fields, row, &mut found);
            let source = context.book.cite(edition, row);
            notes.findings.extend(
                found
                    .into_iter()
                    .map(|finding| finding.citing(source.clone())),
            );
        }
    }
    repeated(context, fields, notes);
    stale(context, notes);
}

/// Returns how much the portal takes, by the first row that says so.
pub(crate) fn upload(context: Context<'_>) -> Option<UploadLimit> {
    let edition = context.book.uploads.in_force_on(context.on)?;
    let row = edition.body.rows.first()?;
    Some(UploadLimit {
        bytes: row.limit_bytes,
        per: row.per.clone(),
        source: context.book.cite(edition, row),
    })
}

/// The field that names each file first.
type Fields<'a> = BTreeMap<&'a EvidencePath, FieldPath>;

fn fields(context: Context<'_>) -> Fields<'_> {
    let mut fields = Fields::new();
    for (field, path) in context.application.evidence_paths() {
        fields.entry(path).or_insert(field);
    }
    fields
}

fn field_of(fields: &Fields<'_>, file: &EvidenceFile) -> Place {
    let field = fields.get(&file.path).cloned();
    Place::Field(field.unwrap_or_else(|| field!(evidence)))
}

/// The list of components is read by machines and asked for by no form, so it may be of any type.
fn unusual_types(
    context: Context<'_>,
    fields: &Fields<'_>,
    row: &UploadRow,
    found: &mut Vec<Finding>,
) {
    let components = context.application.evidence.of(EvidenceKind::Sbom).path();
    for file in context.files.iter().filter(|file| {
        !row.extensions.contains(&file.path.extension()) && Some(&file.path) != components
    }) {
        let extension = file.path.extension();
        let kind = if extension.is_empty() {
            "it has no type".to_owned()
        } else {
            format!("`.{extension}` is not among the usual types")
        };
        let message = format!(
            "the portal may not take `{}`: {kind}",
            file.path.file_name()
        );
        found.push(Finding::new(
            Code::EvidenceTypeUnusual,
            field_of(fields, file),
            message,
            format!(
                "keep it in the pack; if it must be uploaded, turn it into PDF. Usual are {}",
                row.extensions.join(", ")
            ),
        ));
    }
}

fn too_large(context: Context<'_>, fields: &Fields<'_>, row: &UploadRow, found: &mut Vec<Finding>) {
    let megabytes =
        |bytes: u64| format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000);
    let limit = megabytes(row.limit_bytes);
    let large: Vec<_> = context
        .files
        .iter()
        .filter(|file| file.size > row.limit_bytes)
        .collect();
    for file in &large {
        let message = format!(
            "`{}` has {}; the usual limit is {limit} for each {}",
            file.path.file_name(),
            megabytes(file.size),
            row.per
        );
        found.push(Finding::new(
            Code::EvidenceOverLimit,
            field_of(fields, file),
            message,
            "make it smaller if it has to be uploaded; the limit of this form is not published",
        ));
    }
    let total: u64 = context.files.iter().map(|file| file.size).sum();
    if large.is_empty() && total > row.limit_bytes {
        let message = format!(
            "the evidence has {} in {} files; the usual limit is {limit} for each {}",
            megabytes(total),
            context.files.len(),
            row.per
        );
        found.push(Finding::new(Code::EvidenceOverLimit, Place::Key(field!(evidence)), message, "make the files smaller if they have to be uploaded; the limit of this form is not published"));
    }
}

fn repeated(context: Context<'_>, fields: &Fields<'_>, notes: &mut Notes) {
    let mut seen: BTreeMap<Sha256, &EvidenceFile> = BTreeMap::new();
    for file in context.files.iter().filter(|file| file.size > 0) {
        let Some(first) = seen.get(&file.sha256) else {
            seen.insert(file.sha256, file);
            continue;
        };
        let message = format!("`{}` and `{}` are the same file", first.path, file.path);
        let finding = Finding::new(
            Code::EvidenceRepeated,
            field_of(fields, file),
            message,
            "name one file in both places, or put in the one that is meant",
        );
        notes
            .findings
            .push(finding.and_at(field_of(fields, first), "the same file"));
    }
}

/// Warns once when rows in force were last compared with their sources longer ago than the rules allow.
fn stale(context: Context<'_>, notes: &mut Notes) {
    let book = context.book;
    let in_force = book
        .timelines()
        .into_iter()
        .filter_map(|timeline| in_force_on(&timeline, context.on));
    let rows = in_force.flat_map(|edition| {
        edition
            .body
            .rows()
            .into_iter()
            .map(move |row| (row.confirmed(), format!("{}#{}", edition.path, row.id())))
    });
    let oldest = rows.min();
    if let Some((confirmed, rule)) = oldest
        .filter(|(confirmed, _)| confirmed.days_until(context.on) > book.sources.compare_after_days)
    {
        let message = format!(
            "the rules were last compared with their sources on {confirmed}, {} days before the day of submission",
            confirmed.days_until(context.on)
        );
        let help = format!("compare `{rule}` with its source, or use a newer release of clspack");
        notes
            .findings
            .push(Finding::new(Code::RulesStale, context.day(), message, help));
    }
}
