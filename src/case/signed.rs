//! Compares the signed copy of a case with the declaration.

use crate::case::Case;
use crate::diag::Finding;
use crate::domain::Date;
use crate::error::Result;
use crate::pdf::{self, Pdf};
use crate::render::{Declaration, Templates};
use crate::rules::tables::DocumentKind;
use crate::signing::{self, Claim, Wording};
use crate::typeset::Typesetter;

/// Returns the finding about the signed copy; nothing if it is the declaration, signed.
///
/// # Errors
/// The declaration cannot be made from the templates.
pub(super) fn look(
    case: &Case,
    templates: &Templates,
    typesetter: &mut Typesetter,
) -> Result<Option<Finding>> {
    let planned = case.plan.as_ref().zip(case.manifest.application.as_ref());
    let Some(((plan, application), signed)) = planned.zip(case.evidence.signed.as_ref()) else {
        return Ok(None);
    };
    let files = &case.evidence.files;
    let own = case.own_declaration();
    let template = own.map(|(_, hash)| hash);
    let (declared, mut declaration) = Declaration::prepared(template, plan, application, files);
    let claim = Claim {
        declared: &declared,
        stated: application.declaration.signed_for.as_ref(),
        application,
        on: plan.on,
        day_is_open: case.day_is_open,
        own: own.map(|(name, _)| name),
        own_prints_hash: case
            .own
            .get(&DocumentKind::Declaration)
            .is_some_and(|own| own.names("declares.short")),
        is_built_in: templates.are_built_in(),
    };
    let mut remake = |wording: Wording, on: Date| {
        let templates = match wording {
            Wording::InUse => templates,
            Wording::BuiltIn => templates.or_built_in()?,
        };
        let paper = declaration.pdf(on, templates, typesetter)?;
        Ok::<Option<Pdf>, _>(pdf::read_closely(paper).ok())
    };
    signing::check(&claim, signed.pdf.as_ref(), &mut remake)
}
