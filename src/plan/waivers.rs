//! Waivers: what a person looked at and overruled does not count, up to a day.
//!
//! Only warnings, and errors that are inferred from how something looks, can be waived. A waiver that cannot be used
//! is an error, since somebody relies on it.

use std::collections::BTreeSet;

use crate::diag::{Code, Finding, Origins, Place, told};
use crate::domain::text::shown;
use crate::domain::{Application, Date, FieldPath, Waiver, field};
use crate::plan::Plan;

/// A finding that does not count.
#[derive(Clone, Debug)]
pub struct Waived {
    /// The finding.
    pub finding: Finding,
    /// The field or file, as the waiver names it.
    pub place: String,
    /// Why it does not count.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// The last day on which the waiver counts.
    pub until: Date,
}

impl Plan {
    /// Takes out the findings that a waiver is for, and says which waivers cannot be used.
    pub fn waive(&mut self, application: &Application, origins: &Origins) {
        if application.waivers.is_empty() {
            return;
        }
        let files = files(application);
        let mut found = Vec::new();
        for (i, waiver) in application.waivers.iter().enumerate() {
            found.extend(self.use_waiver(i, waiver, &files, origins));
        }
        self.take_in(found);
    }

    fn use_waiver(
        &mut self,
        i: usize,
        waiver: &Waiver,
        files: &[(FieldPath, String)],
        origins: &Origins,
    ) -> Option<Finding> {
        let field = |name: &'static str| field!(waivers[i]).key(name);
        // A waiver that lacks a field has findings of its own.
        let written = waiver.code.as_ref()?;
        let (reason, by) = (waiver.reason.as_ref()?, waiver.by.as_ref()?);
        let until = waiver.until.given()?;
        waiver.place.as_ref()?;
        let (place, within) = waiver.at();
        let code = match waivable(written, &field("code")) {
            Ok(code) => code,
            Err(finding) => return Some(*finding),
        };
        let named = files.iter().filter(|(_, path)| path == place);
        let fields: BTreeSet<FieldPath> = named
            .map(|(field, _)| field.clone())
            .chain(FieldPath::parse(place))
            .collect();
        let is_so = |file: &str, (field, path): &(FieldPath, String)| {
            path == file && fields.contains(field)
        };
        let is_of = |file: &str| files.iter().any(|one| is_so(file, one));
        let is_it = |file: &str| file == place || is_of(file);
        let is_meant = |finding: &Finding| {
            let is_named = match &finding.place {
                Place::Field(field) | Place::Key(field) => fields.contains(field),
                Place::File(file) => is_it(file),
                Place::Line { file, .. } => is_it(file),
                Place::Paragraph(paragraph) => is_it(&paragraph.file),
                _ => false,
            };
            let is_within = within.is_none_or(|within| {
                !finding.within.is_empty() && finding.within.iter().all(|place| place == within)
            });
            finding.code == code && is_within && is_named
        };
        if until < self.on {
            return Some(expired(code, until, self.on, field("until")));
        }
        let all = std::mem::take(&mut self.findings);
        let (meant, others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_meant);
        self.findings = others;
        if meant.is_empty() {
            return Some(unused(
                code,
                waiver,
                place,
                fields.len() > 1,
                origins,
                field("place"),
            ));
        }
        self.waived.extend(meant.into_iter().map(|finding| Waived {
            finding,
            place: waiver.place.clone().given().unwrap_or_default(),
            reason: reason.clone(),
            by: by.clone(),
            until,
        }));
        None
    }
}

/// Returns the code that a waiver is for, if there is such a code and it can be waived.
fn waivable(written: &str, field: &FieldPath) -> Result<Code, Box<Finding>> {
    let unusable =
        |message: String, help: &str| Finding::at(Code::WaiverUnusable, field, message, help);
    let Some(code) = Code::find(written.trim()) else {
        let message = format!("no finding has the code `{}`", shown(written));
        let help = "copy the code from the finding, such as `E153`";
        return Err(Box::new(unusable(message, help)));
    };
    if code.is_waivable() {
        return Ok(code);
    }
    let message = format!("{code} ({}) cannot be waived", code.name());
    let help = "remove the waiver and fix the cause of the finding";
    let note =
        "only warnings, and errors that clspack infers from how something looks, can be waived";
    Err(Box::new(unusable(message, help).because(note)))
}

fn expired(code: Code, until: Date, on: Date, field: FieldPath) -> Finding {
    let message = format!("the waiver for {code} expired on {until}, before {on}");
    let help = "look at the finding again, then write a later day or fix the cause";
    Finding::at(Code::WaiverExpired, field, message, help)
}

/// Says that a waiver waives nothing, or that its place is none.
fn unused(
    code: Code,
    waiver: &Waiver,
    place: &str,
    is_file: bool,
    origins: &Origins,
    field: FieldPath,
) -> Finding {
    let written = shown(waiver.place.as_deref().unwrap_or_default());
    let is_field = || FieldPath::parse(place).is_some_and(|field| origins.has(&field));
    if is_file || is_field() {
        let message =
            format!("the waiver for {code} waives nothing: no such finding at `{written}`");
        return Finding::at(Code::WaiverUnused, field, message, "remove the waiver");
    }
    let message = told(|m| {
        let this = m.this();
        format!("`{written}` is neither a field of {this} nor a file that it names")
    });
    let help = "write the field, such as `provisions.5.1-1.detail`, or the path of the file, such as `evidence/log.txt, page 3`";
    Finding::at(Code::WaiverUnusable, field, message, help)
}

/// Returns the files that a manifest names, by field.
fn files(application: &Application) -> Vec<(FieldPath, String)> {
    let evidence = application.evidence_paths().into_iter();
    let evidence = evidence.map(|(field, path)| (field, path.as_str().to_owned()));
    let templates = application.templates.paths();
    let templates = templates.map(|(field, path)| (field, path.as_str().to_owned()));
    evidence.chain(templates).collect()
}
