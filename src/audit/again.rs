//! Makes a pack again from the manifest and the evidence in it.

use std::path::PathBuf;

use serde_json::Value;

use crate::assemble;
use crate::audit::compare::{self, Made};
use crate::audit::ground::Ground;
use crate::audit::inside::{FOLDER, Inside, signed_copy};
use crate::audit::{Again, findings};
use crate::case;
use crate::diag::Code;
use crate::domain::text::composed;
use crate::domain::{Application, Date, Field};
use crate::error::Result;
use crate::gather::Folders;
use crate::manifest::{self, Manifest, NoBases};
use crate::pack::contents::Contents;
use crate::pack::inventory::Sums;
use crate::pack::verify::{MANIFEST, PLAN, PROVENANCE};
use crate::render::{Purpose, Templates};
use crate::report::json;
use crate::rules::{RuleBook, embedded_files, load};
use crate::typeset::Typesetter;
use crate::world::World;

/// A pack that was read, with its records.
pub(super) struct Recorded<'p> {
    pub(super) contents: &'p Contents<'p>,
    pub(super) sums: &'p Sums,
    pub(super) plan: &'p Value,
    pub(super) provenance: &'p Value,
    pub(super) ground: &'p Ground,
}

/// Makes a pack again, as far as this release can, and compares.
pub(super) fn compute(pack: &Recorded<'_>, world: &dyn World) -> Again {
    let mut again = Again::default();
    let Some(mut manifest) = manifest(pack.contents, "manifest.yaml") else {
        let message = "this release cannot read it as the manifest of one product";
        again.lasts(Code::RecomputedDiffers, MANIFEST, message);
        again.cannot("plan, documents and records: the manifest cannot be read");
        return again;
    };
    let Some(mut application) = manifest.application.take() else {
        again.cannot("plan, documents and records: the manifest states no application");
        return again;
    };
    compare::kinds(pack, &application, &mut again);
    compare::evidence(pack, &application, &mut again);
    let Some(on) = pack.ground.on else {
        again.cannot(format!(
            "plan, documents and records: the day in `{PROVENANCE}` cannot be read"
        ));
        return again;
    };
    names(pack, &application, on, &mut again);
    let (book, _) = load(&embedded_files());
    let Some(book) = book.filter(|_| pack.ground.other_rules.is_empty()) else {
        let editions = pack.ground.other_rules.join(", ");
        again.cannot(format!(
            "plan, documents and records: this release does not have the rules with which the pack was made ({editions})"
        ));
        return again;
    };
    own_templates(pack, &mut application, &mut again);
    from_inbox(pack, &mut application);
    if signed_copy(pack.contents).is_none() && pack.ground.purpose == Purpose::Draft {
        // A draft with blocking errors contains no signed copy.
        application.declaration.signed = Field::Missing;
    }
    let inside = Inside::new(pack.contents, &application, pack.plan, world);
    manifest.application = Some(application);
    plan_and_rest(pack, manifest, &book, on, &inside, &mut again);
    again
}

/// Reads the recorded manifest, which always describes one product.
pub(super) fn manifest(contents: &Contents<'_>, name: &str) -> Option<Manifest> {
    let bytes = contents.bytes(MANIFEST, manifest::MAX_BYTES)?;
    let mut all = manifest::parse_all(name, bytes, &mut NoBases);
    let one = all.pop().filter(|_| all.is_empty())?;
    (one.variant.is_none() && one.application.is_some()).then_some(one)
}

/// Compares the name of the pack's folder with the name that the pack should have.
fn names(pack: &Recorded<'_>, application: &Application, on: Date, again: &mut Again) {
    let form = pack.plan["form"].as_str();
    let name = assemble::name_of(application, form, on, pack.ground.purpose);
    if let Some(top) = pack
        .contents
        .top
        .as_ref()
        .filter(|top| composed(top) != name)
    {
        let message =
            format!("the folder around the pack is not `{name}`, so it belongs to another pack");
        again.lasts(Code::EntryUnsafe, top, message);
    }
}

/// Removes the applicant's own templates from the application, since they are not in the pack.
fn own_templates(pack: &Recorded<'_>, application: &mut Application, again: &mut Again) {
    let own = &pack.ground.own;
    let named = std::mem::take(&mut application.templates);
    if pack.ground.purpose == Purpose::Draft {
        return;
    }
    for (field, _) in named.paths() {
        let kind = field.name().parse();
        if kind.is_ok_and(|kind| !own.contains(&kind)) {
            let message = format!("it lacks the template that `{field}` of the manifest names");
            again.differs(PROVENANCE, message);
        }
    }
}

/// Names the signed copy that the manifest does not name: a batch found it in its inbox. Comparing it with the
/// declaration shows whether it is one.
fn from_inbox(pack: &Recorded<'_>, application: &mut Application) {
    let signed = &mut application.declaration.signed;
    let path = signed_copy(pack.contents).and_then(|copy| copy.parse().ok());
    if let (Field::Missing, Some(path)) = (&*signed, path) {
        *signed = Field::Given(path);
    }
}

/// Settles the case as far as this release has its templates; returns the built-in ones.
fn settled(
    pack: &Recorded<'_>,
    case: &mut case::Case,
    typesetter: &mut Typesetter,
    again: &mut Again,
) -> Result<Templates> {
    let templates = Templates::built_in()?;
    if pack.ground.other_templates.is_empty() {
        case.settle(&templates, typesetter)?;
    } else if case.take_for_signed() {
        again
            .cannot("the signed copy: this release does not have the templates to compare it with");
    }
    Ok(templates)
}

/// Plans the case, makes its pack and compares both.
fn plan_and_rest(
    pack: &Recorded<'_>,
    manifest: Manifest,
    book: &RuleBook,
    on: Date,
    inside: &Inside<'_>,
    again: &mut Again,
) {
    let folders = Folders::new(PathBuf::from(FOLDER));
    let mut case = case::planned(manifest, folders, book, Some(on), inside);
    case.absent_template
        .clone_from(&pack.ground.own_declaration);
    let mut typesetter = Typesetter::new();
    let settled = settled(pack, &mut case, &mut typesetter, again);
    let templates = match settled {
        Ok(templates) => templates,
        Err(error) => {
            return again.cannot(format!("plan, documents and records: {error}"));
        }
    };
    let Some((planned, application)) = case.plan.as_ref().zip(case.manifest.application.as_ref())
    else {
        return again.cannot("plan, documents and records: the manifest cannot be planned again");
    };
    let value = json::plan(planned, &case.manifest);
    let compared = findings::compare(
        &pack.plan["findings"],
        &value["findings"],
        pack.ground.purpose,
    );
    let mut planned = planned.clone();
    planned.state = compared.state(planned.state);
    if compared.n_outside > 0 {
        again.unknown.push(format!(
            "{} of the findings: they are about a spreadsheet, a template or files that are not in the pack",
            compared.n_outside
        ));
    }
    // Documents list findings in the order of the record.
    if let Some(recorded) = compared.recorded {
        planned.findings = recorded;
    }
    for message in compared.differences {
        again.differs(PLAN, message);
    }
    let value = json::plan(&planned, &case.manifest);
    let made = assemble::assemble(
        &case,
        &planned,
        application,
        pack.ground.purpose,
        &templates,
        &mut typesetter,
        inside,
    );
    match made {
        Ok(made) => compare::all(
            pack,
            &planned,
            value,
            &Made {
                case: &case,
                pack: made,
            },
            again,
        ),
        Err(error) => again.cannot(format!("documents and records: {error}")),
    }
}
