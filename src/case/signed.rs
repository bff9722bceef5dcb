//! Compares the signed copy of a case with the declaration.

use crate::case::Case;
use crate::diag::Finding;
use crate::domain::{Date, EvidencePath, Field};
use crate::error::Result;
use crate::gather::SignedCopy;
use crate::pdf::{self, Pdf};
use crate::render::Templates;
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
    let own = case.own_declaration();
    let declaration = case.declaration(plan, application);
    let declared = declaration.declared(own.map(|(_, hash)| hash));
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
        let document = declaration.pdf(on, templates, typesetter)?;
        Ok::<Option<Pdf>, _>(pdf::read_closely(document).ok())
    };
    signing::check(&claim, signed.pdf.as_ref(), &mut remake)
}

/// The signed copy that a manifest names, or one that is used as if it did.
#[derive(Default)]
pub(crate) struct Named {
    pub(crate) path: Field<EvidencePath>,
    pub(crate) copy: Option<SignedCopy>,
}

impl Case {
    /// Exchanges the signed copy for another one. The bytes of the manifest do not change.
    pub(crate) fn exchange(&mut self, with: Named) -> Named {
        let Named { mut path, copy } = with;
        if let Some(application) = &mut self.manifest.application {
            std::mem::swap(&mut application.declaration.signed, &mut path);
        }
        let copy = std::mem::replace(&mut self.evidence.signed, copy);
        Named { path, copy }
    }

    /// Compares the signed copy with the declaration, without settling the plan.
    ///
    /// # Errors
    /// The declaration cannot be made from the templates.
    pub(crate) fn compare(
        &self,
        templates: &Templates,
        typesetter: &mut Typesetter,
    ) -> Result<Option<Finding>> {
        look(self, templates, typesetter)
    }

    /// Returns the short hash of what the declaration declares; nothing while an error blocks the plan.
    pub(crate) fn declares(&self) -> Option<String> {
        let planned = self.plan.as_ref().zip(self.manifest.application.as_ref());
        planned
            .filter(|_| self.is_open())
            .map(|(plan, application)| {
                let template = self.own_declaration().map(|(_, hash)| hash);
                let declaration = self.declaration(plan, application);
                declaration.declared(template).hash.short()
            })
    }
}
