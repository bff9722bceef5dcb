//! Reports what became of each file of the inbox.

use crate::batch::guarded::guarded;
use crate::batch::inbox::settle::Fate;
use crate::batch::inbox::{Inbox, InboxFile};
use crate::batch::inputs::Unit;
use crate::batch::outcome;
use crate::batch::report::{CopyState, Problem, Product, Report, SignedFile, State};
use crate::batch::scan::planned;
use crate::batch::settings::Settings;
use crate::diag::{Code, Finding, Place};
use crate::domain::text::shown;
use crate::gather::Looks;
use crate::typeset::Typesetter;
use crate::world::World;

/// The most pairs of a copy and a product that are compared by their words.
const MOST_PAIRS: usize = 1_000_000;

/// A product of the run, and what it did with copies of the inbox.
pub(crate) type Scan<'s> = (&'s Unit, &'s Product, &'s [(usize, Fate)]);

/// Lists the files of an inbox.
pub(crate) struct Listing<'l> {
    inbox: &'l Inbox,
    settings: &'l Settings<'l>,
    looks: &'l Looks,
    world: &'l dyn World,
}

impl<'l> Listing<'l> {
    pub(crate) fn new(
        inbox: &'l Inbox,
        settings: &'l Settings<'l>,
        looks: &'l Looks,
        world: &'l dyn World,
    ) -> Self {
        Self {
            inbox,
            settings,
            looks,
            world,
        }
    }

    /// Adds every file with its state, and a finding for each that is not used.
    pub(crate) fn add_to(&self, report: &mut Report, scans: &[Scan<'_>]) {
        let (signed, findings) = self.of(scans);
        report.signed = signed;
        report.findings.extend(findings);
    }

    fn of(&self, scans: &[Scan<'_>]) -> (Vec<SignedFile>, Vec<Problem>) {
        let mut fates: Vec<Option<(&Product, &Fate)>> = vec![None; self.inbox.files.len()];
        for (_, product, taken) in scans {
            for (at, fate) in *taken {
                if let Some(known) = fates.get_mut(*at)
                    && known.is_none_or(|(_, known)| !matches!(known, Fate::Used))
                {
                    *known = Some((product, fate));
                }
            }
        }
        let mut typesetter = Typesetter::new();
        let mut listed = Vec::new();
        let mut problems = Vec::new();
        for (at, (file, fate)) in self.inbox.files.iter().zip(fates).enumerate() {
            let (state, product, finding) = match fate {
                Some((product, fate)) => settled(file, product, fate),
                None => self.other(at, scans, &mut typesetter),
            };
            problems.extend(finding.as_ref().map(outcome::whole));
            listed.push(SignedFile {
                file: file.name.clone(),
                sha256: file.sha256.map(|sha256| sha256.to_string()),
                state,
                signed_for: file.shown.declared.clone(),
                product: product.map(|product| product.index),
            });
        }
        (listed, problems)
    }

    /// A file that shows the hash of no product.
    fn other<'s>(
        &self,
        at: usize,
        scans: &[Scan<'s>],
        typesetter: &mut Typesetter,
    ) -> (CopyState, Option<&'s Product>, Option<Finding>) {
        let file = &self.inbox.files[at];
        if file.same_as.is_some() {
            return (CopyState::Repeated, None, None);
        }
        if let Some(fault) = &file.fault {
            let finding = about(Code::CopyUnknown, file, &fault.message, &fault.help);
            return (CopyState::Unknown, None, Some(finding));
        }
        let name = shown(&file.name);
        let Some(hash) = &file.shown.declared else {
            let message = format!("`{name}` shows no hash of a declaration");
            let help = "if it is a scan of a signed declaration, name it in its manifest as `declaration: { signed: …, signed_for: … }`";
            let finding = about(Code::CopyUnknown, file, &message, help);
            return (CopyState::Unknown, None, Some(finding));
        };
        let Some((unit, product)) = self.owner(file, scans) else {
            let message = format!(
                "`{name}` was signed for `{hash}`, and no product of this run declares that"
            );
            let help = "run the batch that the copy belongs to, or remove the file";
            let finding = about(Code::CopyUnknown, file, &message, help);
            return (CopyState::Unknown, None, Some(finding));
        };
        let found = guarded(|| {
            let mut case = planned(unit, self.settings, self.looks, self.world)?;
            let templates = self.settings.templates;
            self.inbox
                .outdated(at, &mut case, templates, typesetter, self.world)
        });
        let called = format!("{}. {}", product.index, shown(&product.product));
        let (state, finding) = match found {
            Ok(Some(found)) if product.state != State::Blocked => {
                let message = format!("`{name}`, for {called}: {}", found.message);
                let help = "have the new declaration signed, or undo the change";
                let finding = about(Code::CopyOutdated, file, &message, help);
                (CopyState::Outdated, because(finding, found.note))
            }
            _ => {
                let message = format!(
                    "`{name}` seems to be a copy for {called}, which has errors, so the copy was not compared"
                );
                let help = "correct the errors of the product, then run again";
                let finding = about(Code::CopyRefused, file, &message, help);
                (CopyState::Waiting, finding)
            }
        };
        (state, Some(product), Some(finding))
    }

    /// Returns the product whose models and applicant a copy shows; nothing if several fit equally well.
    fn owner<'s>(&self, file: &InboxFile, scans: &[Scan<'s>]) -> Option<(&'s Unit, &'s Product)> {
        if self.inbox.files.len().saturating_mul(scans.len()) > MOST_PAIRS {
            return None;
        }
        let length = |product: &Product| product.models.iter().map(String::len).sum::<usize>();
        let is_shown = |product: &Product| {
            let models = product.models.iter().map(String::as_str);
            length(product) > 0 && file.shown.says(models.chain([product.applicant.as_str()]))
        };
        let fits: Vec<_> = scans
            .iter()
            .filter(|(_, product, _)| is_shown(product))
            .collect();
        // A long model is a better sign than a short one within it.
        let best = fits.iter().map(|(_, product, _)| length(product)).max()?;
        let mut fits = fits
            .into_iter()
            .filter(|(_, product, _)| length(product) == best);
        let (unit, product, _) = fits.next()?;
        fits.next().is_none().then_some((*unit, *product))
    }
}

/// A file that shows the hash of a product.
fn settled<'p>(
    file: &InboxFile,
    product: &'p Product,
    fate: &Fate,
) -> (CopyState, Option<&'p Product>, Option<Finding>) {
    let name = shown(&file.name);
    let called = format!("{}. {}", product.index, shown(&product.product));
    let (state, finding) = match fate {
        Fate::Used => (CopyState::Matched, None),
        Fate::Unneeded => (CopyState::Unneeded, None),
        Fate::Several => {
            let message = format!("`{name}` is one of several signed copies for {called}");
            let help = "leave only the copy that is to be filed in the folder";
            let finding = about(Code::CopiesOfOneProduct, file, &message, help);
            (CopyState::Several, Some(finding))
        }
        Fate::Refused(found) => {
            let state = match found.code {
                Code::NotSigned => CopyState::Unsigned,
                _ => CopyState::Refused,
            };
            let message = format!("`{name}`, for {called}: {}", found.message);
            let help = match found.code {
                // A person compares such a copy, and only the manifest can say so.
                Code::SignedContentUnknown | Code::SignatureDoubtful => format!(
                    "name the file in the manifest as `declaration: {{ signed: … }}`, and {}",
                    found.help
                ),
                _ => found.help.clone(),
            };
            let finding = about(Code::CopyRefused, file, &message, &help);
            (state, Some(because(finding, found.note.clone())))
        }
    };
    (state, Some(product), finding)
}

fn about(code: Code, file: &InboxFile, message: &str, help: &str) -> Finding {
    Finding::new(code, Place::File(file.name.clone()), message, help)
}

fn because(finding: Finding, note: Option<String>) -> Finding {
    match note {
        Some(note) => finding.because(note),
        None => finding,
    }
}
