//! One manifest on its way to its plan: read, its evidence gathered, planned by the rules of its day.

mod cover;
mod on_disk;
mod signed;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::diag::place::file_name;
use crate::diag::{Code, Finding, SourceFile, sort};
use crate::domain::text::shown;
use crate::domain::{Application, Date, EvidenceFile, Sha256};
use crate::error::{Error, Result};
use crate::gather::{self, Evidence, Folders, Looks, OwnTemplate};
use crate::inspect;
use crate::manifest::{self, Manifest};
use crate::plan::{Plan, State, plan};
use crate::render::{self, Declaration, Opened, Opening, OwnTemplates, Templates};
use crate::rules::RuleBook;
use crate::rules::page::Pages;
use crate::rules::tables::DocumentKind;
use crate::typeset::Typesetter;
use crate::typeset::fonts::first_missing;
use crate::world::{self, World};

use on_disk::manifest_path;
pub use on_disk::{MANIFEST, OnDisk};
pub(crate) use signed::Named;

/// A manifest with its evidence and, if its YAML could be read, its plan.
#[derive(Default)]
pub struct Case {
    pub manifest: Manifest,
    pub evidence: Evidence,
    /// The folders that its paths are relative to.
    pub folders: Folders,
    pub own: OwnTemplates,
    /// Its plan; `None` if its YAML could not be read.
    pub plan: Option<Plan>,
    /// Whether the plan's day is today only because neither the manifest nor the run names one.
    pub day_is_open: bool,
    /// Name and hash of the applicant's own template of the declaration if the template is absent: a pack does not
    /// contain it.
    pub absent_template: Option<(String, Sha256)>,
    /// The declaration, once it was asked for.
    prepared: OnceLock<Declaration>,
}

impl Case {
    /// Returns every finding, in the order of the manifest.
    pub fn findings(&self) -> &[Finding] {
        self.plan
            .as_ref()
            .map_or(&self.manifest.findings, |plan| &plan.findings)
    }

    /// Returns name and hash of the applicant's own template of the declaration.
    pub fn own_declaration(&self) -> Option<(&str, Sha256)> {
        let own = self.own.get(&DocumentKind::Declaration);
        let absent = self.absent_template.as_ref();
        own.map(|own| (own.name(), own.sha256()))
            .or(absent.map(|(name, hash)| (name.as_str(), *hash)))
    }

    /// Returns the declaration of this case's plan and application, which is prepared once: every copy is compared with
    /// it, and the pack is made of it.
    pub fn declaration(&self, plan: &Plan, application: &Application) -> &Declaration {
        let files = &self.evidence.files;
        let prepare = || Declaration::of(plan, application, files);
        self.prepared.get_or_init(prepare)
    }

    /// Returns the signed declaration, if it is valid for the declared content.
    pub fn signed(&self) -> Option<&EvidenceFile> {
        let plan = self.plan.as_ref()?;
        let signed = self.evidence.signed.as_ref()?;
        plan.is_signed().then_some(&signed.file)
    }

    /// Uses a template from the command line instead of the manifest's.
    pub fn take_template(&mut self, kind: DocumentKind, name: &str, bytes: Vec<u8>) {
        self.own.remove(&kind);
        let opening = render::own_template(name, bytes);
        let opening = opening.map(|own| Arc::new(own.recorded_as(file_name(name))));
        let found = take_opened(kind, opening, &mut self.own);
        self.take_in(found);
    }

    /// Adds findings from outside the manifest, for example about templates.
    pub fn take_in(&mut self, found: Vec<Finding>) {
        if let Some(plan) = self.plan.as_mut().filter(|_| !found.is_empty()) {
            plan.take_in(found);
            sort(&mut plan.findings, &self.manifest.origins);
        }
    }

    /// Returns true if there is a signed copy to compare. While an error blocks the plan, fixing it will change the
    /// declared content, so the signature is not judged.
    pub fn has_copy(&self) -> bool {
        self.is_open() && self.evidence.signed.is_some()
    }

    fn is_open(&self) -> bool {
        let plan = self.plan.as_ref();
        plan.is_some_and(|plan| plan.form.is_some() && plan.state != State::Blocked)
    }

    /// Settles the plan by comparing the signed copy with the declaration made from these templates. Until then a
    /// plan counts as unsigned.
    ///
    /// # Errors
    /// The declaration cannot be made from the templates.
    pub fn settle(&mut self, templates: &Templates, typesetter: &mut Typesetter) -> Result<()> {
        if self.has_copy() {
            let found = signed::look(self, templates, typesetter)?;
            self.conclude(found);
        }
        Ok(())
    }

    /// Settles the plan by what the comparison found; nothing if the copy is the declaration, signed.
    pub(crate) fn conclude(&mut self, found: Option<Finding>) {
        if let Some(plan) = &mut self.plan {
            plan.settle(found);
            sort(&mut plan.findings, &self.manifest.origins);
        }
    }

    /// Accepts the signed copy without comparing it, where the templates are not available. Returns false if there is
    /// none.
    pub(crate) fn take_for_signed(&mut self) -> bool {
        let has_copy = self.has_copy();
        if let Some(plan) = self.plan.as_mut().filter(|_| has_copy) {
            plan.settle(None);
        }
        has_copy
    }

    pub fn product(&self) -> String {
        let Some(application) = &self.manifest.application else {
            return self.manifest.source.name.clone();
        };
        let product = &application.product;
        let title = product
            .title()
            .unwrap_or_else(|| self.manifest.source.name.clone());
        match &*product.models {
            [] => title,
            models => format!("{title} ({})", models.join(", ")),
        }
    }
}

/// Reads a manifest, or the `manifest.yaml` of a folder, and plans it for a day: `on`, else the manifest's own, else
/// today.
///
/// # Errors
/// The manifest cannot be opened, or has several variants. Faults in its content are findings.
pub fn read(path: &Path, book: &RuleBook, on: Option<Date>, world: &dyn World) -> Result<Case> {
    read_variant(path, None, book, on, world)
}

/// Reads one variant of a manifest.
///
/// # Errors
/// The manifest cannot be opened, or has no such variant.
pub fn read_variant(
    path: &Path,
    variant: Option<&str>,
    book: &RuleBook,
    on: Option<Date>,
    world: &dyn World,
) -> Result<Case> {
    let (manifests, folders) = manifests(path, world)?;
    let names: Vec<String> = manifests
        .iter()
        .filter_map(|manifest| manifest.variant.clone())
        .collect();
    let chosen = match (variant, names.as_slice()) {
        (None, [] | [_]) => manifests.into_iter().next(),
        (Some(wanted), _) => manifests
            .into_iter()
            .find(|manifest| manifest.variant.as_deref() == Some(wanted)),
        (None, _) => None,
    };
    let manifest = chosen.ok_or_else(|| {
        let among = names.join(", ");
        Error::Usage(match variant {
            None => format!(
                "`{}` has the variants {among}; name one with `--variant`, or use `clspack batch`",
                path.display()
            ),
            Some(wanted) if among.is_empty() => format!(
                "`{}` has no variants, so none is called `{wanted}`",
                path.display()
            ),
            Some(wanted) => format!(
                "`{}` has no variant `{wanted}`; it has {among}",
                path.display()
            ),
        })
    })?;
    Ok(planned(manifest, folders, book, on, world))
}

/// Reads a manifest with all its variants.
///
/// # Errors
/// The manifest cannot be opened.
pub fn read_all(
    path: &Path,
    book: &RuleBook,
    on: Option<Date>,
    world: &dyn World,
) -> Result<Vec<Case>> {
    let (manifests, folders) = manifests(path, world)?;
    let (looks, opened) = (Looks::one_by_one(), Opened::default());
    let case = |manifest| planned_with(manifest, folders.clone(), book, on, world, &looks, &opened);
    Ok(manifests.into_iter().map(case).collect())
}

/// A manifest that was read once, with its bases and the folders that its paths are relative to.
#[derive(Clone, Debug)]
pub struct Family {
    pub(crate) manifests: manifest::Family,
    pub(crate) folders: Folders,
    /// The bases of the manifest, with links followed. A manifest that extends itself is not in the list, and has a
    /// finding.
    pub(crate) bases: Vec<PathBuf>,
}

/// Reads a manifest, its bases and its variants, without planning them.
///
/// # Errors
/// The manifest cannot be opened.
pub fn manifests(path: &Path, world: &dyn World) -> Result<(Vec<Manifest>, Folders)> {
    let Family {
        manifests, folders, ..
    } = family(path, world)?;
    Ok((manifests.all(), folders))
}

/// Reads a manifest whose variants are planned one by one.
///
/// # Errors
/// The manifest cannot be opened.
pub fn family(path: &Path, world: &dyn World) -> Result<Family> {
    let path = manifest_path(path, world)?;
    let bytes = world::read(world, &path, manifest::MAX_BYTES)?;
    Ok(family_of(&path, bytes, world))
}

/// Reads a manifest that may have variants or bases. Returns nothing if a quick look at its text shows that it has
/// neither, or if it cannot be opened.
pub(crate) fn family_at_a_glance(path: &Path, world: &dyn World) -> Option<Family> {
    let path = manifest_path(path, world).ok()?;
    let bytes = world::read(world, &path, manifest::MAX_BYTES).ok()??;
    let mut fields = ["variants", "extends"].into_iter();
    let is_wanted = fields.any(|field| manifest::may_name(&bytes, field));
    is_wanted.then(|| family_of(&path, Some(bytes), world))
}

fn family_of(path: &Path, bytes: Option<Vec<u8>>, world: &dyn World) -> Family {
    let name = path.display().to_string();
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let own = world.real_path(path).ok();
    let mut bases = OnDisk::new(folder, world);
    bases.seen.extend(own.clone());
    let manifests = match bytes {
        Some(bytes) => manifest::parse_family(&name, bytes, &mut bases),
        None => manifest::Family::alone(Manifest {
            findings: vec![manifest::too_large(&name)],
            source: SourceFile::new(name, ""),
            ..Manifest::default()
        }),
    };
    let is_circle = bases.circle.is_some() && bases.circle == own;
    let seen = bases.seen.into_iter().skip(usize::from(own.is_some()));
    Family {
        manifests,
        folders: bases.folders,
        bases: seen.filter(|_| !is_circle).collect(),
    }
}

/// Gathers the evidence of a manifest and plans it.
pub fn planned(
    manifest: Manifest,
    folders: Folders,
    book: &RuleBook,
    on: Option<Date>,
    world: &dyn World,
) -> Case {
    let (looks, opened) = (Looks::one_by_one(), Opened::default());
    planned_with(manifest, folders, book, on, world, &looks, &opened)
}

/// Gathers the evidence of one of many manifests and plans it. `looks` remembers files that were read before, and
/// `opened` the applicants' own templates.
pub fn planned_with(
    mut manifest: Manifest,
    folders: Folders,
    book: &RuleBook,
    on: Option<Date>,
    world: &dyn World,
    looks: &Looks,
    opened: &Opened,
) -> Case {
    let mut case = Case {
        folders,
        ..Case::default()
    };
    let is_variant = manifest.variant.is_some();
    if let Some(application) = &mut manifest.application {
        let named = on.or(application.request.submission.given());
        case.day_is_open = named.is_none();
        let on = named.unwrap_or_else(|| world.today());
        let ids = provisions(book, on);
        let picked = gather::pick_up(world, &case.folders, application, &ids, is_variant, looks);
        case.evidence = gather::gather(world, &case.folders, application, looks);
        case.folders
            .spell(std::mem::take(&mut case.evidence.spelled));
        let mut found = std::mem::take(&mut manifest.findings);
        found.extend(picked.findings);
        found.append(&mut case.evidence.findings);
        found.extend(glyphs(application));
        // Other variants may name files that this one does not. A misspelt path has a finding at its field.
        let is_missing = |finding: &Finding| finding.code == Code::EvidenceMissing;
        if !is_variant && !found.iter().any(is_missing) {
            let reported = picked.reported;
            found.extend(gather::strays(world, &case.folders, application, reported));
        }
        found.extend(inspect::in_texts(application));
        found.extend(inspect::in_remarks(&manifest.source.text));
        for own in std::mem::take(&mut case.evidence.templates) {
            let OwnTemplate { field, path, bytes } = own;
            if let Ok(kind) = field.name().parse() {
                let opening = opened.open(path.as_str(), bytes);
                found.extend(take_opened(kind, opening, &mut case.own));
            }
        }
        let mut planned = plan(application, &case.evidence.files, book, on, found);
        planned.not_searched.clone_from(&case.evidence.not_searched);
        planned.waive(application, &manifest.origins);
        cover::secrets(&mut manifest.source, &mut planned);
        sort(&mut planned.findings, &manifest.origins);
        case.plan = Some(planned);
    }
    case.manifest = manifest;
    case
}

/// Returns the provisions that the rules know on a day.
fn provisions(book: &RuleBook, on: Date) -> Vec<&str> {
    let pages = Pages::on(book, None, on);
    pages.into_iter().flat_map(Pages::ids).collect()
}

/// Takes in a template of the applicant's own; reports all its faults together.
fn take_opened(kind: DocumentKind, opening: Opening, into: &mut OwnTemplates) -> Vec<Finding> {
    match opening {
        Ok(template) => {
            let warnings = template.warnings(kind == DocumentKind::Declaration);
            into.insert(kind, template);
            warnings
        }
        Err(found) => found,
    }
}

/// Reports texts with a character that no font of the documents has, so that a declaration never shows an empty box.
fn glyphs(application: &Application) -> Vec<Finding> {
    let missing = application
        .texts()
        .into_iter()
        .filter_map(|(field, text)| Some((field, text, first_missing(text)?)));
    missing
        .map(|(field, text, c)| {
            let message = format!(
                "`{}` contains `{c}` (U+{:04X}), which the documents cannot show",
                shown(text),
                u32::from(c)
            );
            Finding::at(
                Code::CharacterWithoutGlyph,
                field,
                message,
                "write it in the Latin alphabet, as the company's register or the type label does",
            )
        })
        .collect()
}
