//! Settles the plan of a product with the copy that the inbox has for it.

use crate::batch::inbox::Inbox;
use crate::case::{Case, Named};
use crate::diag::Finding;
use crate::domain::Field;
use crate::error::Result;
use crate::render::Templates;
use crate::typeset::Typesetter;
use crate::world::World;

/// What became of the copies that show the hash of a product.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// The copy in use.
    pub(crate) used: Option<usize>,
    pub(crate) fates: Vec<(usize, Fate)>,
}

/// What became of a copy.
#[derive(Clone, Debug)]
pub(crate) enum Fate {
    /// The pack contains it.
    Used,
    /// The copy that the manifest names is right already.
    Unneeded,
    /// Another file is a signed copy of the same declaration, and nobody can tell which to file.
    Several,
    /// It shows the hash, but is not the signed declaration.
    Refused(Box<Finding>),
}

impl Inbox {
    /// Settles a plan. A copy of the inbox is used as if the manifest named it, if it is the only one that is signed
    /// and the manifest names none that is.
    ///
    /// # Errors
    /// A copy changed since it was read, or the declaration cannot be made from the templates.
    pub(crate) fn settle(
        &self,
        case: &mut Case,
        templates: &Templates,
        typesetter: &mut Typesetter,
        world: &dyn World,
    ) -> Result<Taken> {
        let short = case.declares().unwrap_or_default();
        let files = self.showing(&short);
        if files.is_empty() {
            case.settle(templates, typesetter)?;
            return Ok(Taken::default());
        }
        let mut named = None;
        if case.has_copy() {
            let found = case.compare(templates, typesetter)?;
            if found.is_none() {
                case.conclude(None);
                let unneeded = files.iter().map(|at| (*at, Fate::Unneeded));
                return Ok(Taken {
                    used: None,
                    fates: unneeded.collect(),
                });
            }
            named = found;
        }
        let layer = case.folders.push(self.folder.clone());
        let mut signed = Vec::new();
        let mut fates = Vec::new();
        for at in files.iter().copied() {
            let own = case.exchange(self.named(at, layer, world)?);
            let found = case.compare(templates, typesetter)?;
            let copy = case.exchange(own);
            match found {
                None => signed.push((at, copy)),
                Some(finding) => fates.push((at, Fate::Refused(Box::new(finding)))),
            }
        }
        let fate = if signed.len() == 1 {
            Fate::Used
        } else {
            Fate::Several
        };
        fates.extend(signed.iter().map(|(at, _)| (*at, fate.clone())));
        let one = signed.pop().filter(|_| signed.is_empty());
        let used = one.as_ref().map(|(at, _)| *at);
        if let Some((_, copy)) = one {
            case.exchange(copy);
            case.conclude(None);
        } else if named.is_some() {
            case.conclude(named);
        }
        Ok(Taken { used, fates })
    }

    /// Reads a copy, named as the manifest would.
    fn named(&self, at: usize, layer: usize, world: &dyn World) -> Result<Named> {
        let mut copy = self.open(at, world)?;
        copy.file.path = copy.file.path.seen_from(layer);
        Ok(Named {
            path: Field::Given(copy.file.path.clone()),
            copy: Some(copy),
        })
    }

    /// Compares a copy with a product whose hash it does not show. Returns what has changed since it was signed;
    /// nothing while an error blocks the product.
    ///
    /// # Errors
    /// The copy changed since it was read, or the declaration cannot be made from the templates.
    pub(super) fn outdated(
        &self,
        at: usize,
        case: &mut Case,
        templates: &Templates,
        typesetter: &mut Typesetter,
        world: &dyn World,
    ) -> Result<Option<Finding>> {
        if case.declares().is_none() {
            return Ok(None);
        }
        let layer = case.folders.push(self.folder.clone());
        let own = case.exchange(self.named(at, layer, world)?);
        let found = case.compare(templates, typesetter)?;
        case.exchange(own);
        Ok(found)
    }
}
