//! One manifest on its way to its plan: read, its evidence gathered, planned by the rules of its day.

mod signed;

use std::path::{Path, PathBuf};

use crate::diag::{Code, Finding, SourceFile, sort};
use crate::domain::text::shown;
use crate::domain::{Application, Date, EvidenceFile};
use crate::error::{Error, Result};
use crate::gather::{self, Evidence, Folders, OwnTemplate};
use crate::manifest::{self, Bases, Manifest};
use crate::plan::{Plan, State, plan};
use crate::render::{self, OfficeFault, OwnTemplates, Templates};
use crate::rules::RuleBook;
use crate::rules::tables::DocumentKind;
use crate::typeset::Typesetter;
use crate::typeset::fonts::first_missing;
use crate::world::{self, Kind, World};

/// A manifest with its evidence and, where its YAML could be read, its plan.
#[derive(Default)]
pub struct Case {
    /// The manifest.
    pub manifest: Manifest,
    /// Its evidence.
    pub evidence: Evidence,
    /// The folders from which its paths are seen.
    pub folders: Folders,
    /// The applicant's own templates.
    pub own: OwnTemplates,
    /// Its plan; `None` when its YAML could not be read.
    pub plan: Option<Plan>,
    /// Whether the plan's day is only today's: neither the manifest nor the run names one.
    pub day_is_open: bool,
}

impl Case {
    /// Returns every finding, in the order of the manifest.
    pub fn findings(&self) -> &[Finding] {
        self.plan
            .as_ref()
            .map_or(&self.manifest.findings, |plan| &plan.findings)
    }

    /// Returns the signed declaration, if it stands for what is declared.
    pub fn signed(&self) -> Option<&EvidenceFile> {
        let plan = self.plan.as_ref()?;
        let signed = self.evidence.signed.as_ref()?;
        plan.is_signed().then_some(&signed.file)
    }

    /// Returns true if there is a signed copy to look at. While an error blocks the plan, mending it will change
    /// what is declared, so nothing is said of a signature.
    pub fn has_copy(&self) -> bool {
        let plan = self.plan.as_ref();
        let is_open = plan.is_some_and(|plan| plan.form.is_some() && plan.state != State::Blocked);
        is_open && self.evidence.signed.is_some()
    }

    /// Settles the plan by the signed copy, which is compared with the declaration on these templates. Until then a
    /// plan is not signed.
    ///
    /// # Errors
    /// The declaration cannot be made on the templates.
    pub fn settle(&mut self, templates: &Templates, typesetter: &mut Typesetter) -> Result<()> {
        if !self.has_copy() {
            return Ok(());
        }
        let found = signed::look(self, templates, typesetter)?;
        if let Some(plan) = &mut self.plan {
            plan.settle(found);
            sort(&mut plan.findings, &self.manifest.origins);
        }
        Ok(())
    }

    /// Returns what the product is called.
    pub fn product(&self) -> String {
        let Some(application) = &self.manifest.application else {
            return self.manifest.source.name.clone();
        };
        let product = &application.product;
        let title = product
            .title()
            .unwrap_or_else(|| self.manifest.source.name.clone());
        match product.models.as_slice() {
            [] => title,
            models => format!("{title} ({})", models.join(", ")),
        }
    }
}

/// Reads a manifest, or the `manifest.yaml` of a folder, and plans it for a day: the one given, else
/// the manifest's own, else today.
///
/// # Errors
/// The manifest cannot be opened, or has several variants. What is wrong with its content is in the findings.
pub fn read(path: &Path, book: &RuleBook, on: Option<Date>, world: &dyn World) -> Result<Case> {
    read_variant(path, None, book, on, world)
}

/// Reads one variant of a manifest.
///
/// # Errors
/// The manifest cannot be opened, or the variant is not among those that it has.
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
    let case = |manifest| planned(manifest, folders.clone(), book, on, world);
    Ok(manifests.into_iter().map(case).collect())
}

/// Reads a manifest, what it stands on, and its variants, without planning them.
///
/// # Errors
/// The manifest cannot be opened.
pub fn manifests(path: &Path, world: &dyn World) -> Result<(Vec<Manifest>, Folders)> {
    let path = manifest_path(path, world)?;
    let name = path.display().to_string();
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let mut bases = OnDisk::new(folder, world);
    bases.seen.extend(world.real_path(&path).ok());
    let manifests = match world::read(world, &path, manifest::MAX_BYTES)? {
        Some(bytes) => manifest::parse_all(&name, bytes, &mut bases),
        None => vec![Manifest {
            findings: vec![manifest::too_large(&name)],
            source: SourceFile::new(name, ""),
            ..Manifest::default()
        }],
    };
    Ok((manifests, bases.folders))
}

/// Returns the manifests that a manifest stands on, links followed; none if it cannot be read.
pub fn stands_on(path: &Path, world: &dyn World) -> Vec<PathBuf> {
    let Ok(path) = manifest_path(path, world) else {
        return Vec::new();
    };
    let bytes = world::read(world, &path, manifest::MAX_BYTES)
        .ok()
        .flatten()
        .unwrap_or_default();
    if !manifest::may_name(&bytes, "extends") {
        return Vec::new();
    }
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let mut bases = OnDisk::new(folder, world);
    drop(manifest::parse_all("", bytes, &mut bases));
    bases.seen
}

/// Returns the names of a manifest's variants; none if it has none or cannot be read.
///
/// # Errors
/// The manifest cannot be opened.
pub fn variants(path: &Path, world: &dyn World) -> Result<Vec<String>> {
    let path = manifest_path(path, world)?;
    let bytes = world::read(world, &path, manifest::MAX_BYTES)?.unwrap_or_default();
    // Variants may come with a base.
    let may_have = ["variants", "extends"].map(|field| manifest::may_name(&bytes, field));
    if !may_have.contains(&true) {
        return Ok(Vec::new());
    }
    let (manifests, _) = manifests(&path, world)?;
    Ok(manifests
        .into_iter()
        .filter_map(|manifest| manifest.variant)
        .collect())
}

/// Gathers the evidence of a manifest and plans it.
pub fn planned(
    mut manifest: Manifest,
    folders: Folders,
    book: &RuleBook,
    on: Option<Date>,
    world: &dyn World,
) -> Case {
    let mut case = Case {
        evidence: Evidence::default(),
        folders,
        own: OwnTemplates::new(),
        plan: None,
        manifest: Manifest::default(),
        day_is_open: false,
    };
    if let Some(application) = &manifest.application {
        case.evidence = gather::gather(world, &case.folders, application);
        let named = on.or(application.submission);
        case.day_is_open = named.is_none();
        let on = named.unwrap_or_else(|| world.today());
        let mut found = std::mem::take(&mut manifest.findings);
        found.append(&mut case.evidence.findings);
        found.extend(glyphs(application));
        for own in std::mem::take(&mut case.evidence.templates) {
            found.extend(own_template(own, &mut case.own));
        }
        let mut planned = plan(application, &case.evidence.files, book, on, found);
        sort(&mut planned.findings, &manifest.origins);
        case.plan = Some(planned);
    }
    case.manifest = manifest;
    case
}

/// Bases as they lie on the disk.
pub struct OnDisk<'w> {
    /// The folder of each layer.
    pub folders: Folders,
    seen: Vec<PathBuf>,
    world: &'w dyn World,
}

impl<'w> OnDisk<'w> {
    /// Begins with the folder of the manifest or sheet itself.
    pub fn new(folder: PathBuf, world: &'w dyn World) -> Self {
        Self {
            folders: Folders::new(folder),
            seen: Vec::new(),
            world,
        }
    }
}

impl Bases for OnDisk<'_> {
    fn base(&mut self, from: usize, path: &str) -> std::result::Result<(String, Vec<u8>), String> {
        let folder = self.folders.layer(from).to_path_buf();
        if Path::new(path).is_absolute() || path.as_bytes().get(1) == Some(&b':') {
            return Err("it is an absolute path; write it as seen from this file".to_owned());
        }
        if path.contains('\\') {
            return Err(
                "it is written with backslashes; write `/`, which works on Windows too".to_owned(),
            );
        }
        let path =
            manifest_path(&folder.join(path), self.world).map_err(|error| error.to_string())?;
        let real = self
            .world
            .real_path(&path)
            .map_err(|_| "there is no such file".to_owned())?;
        if self.seen.contains(&real) {
            return Err("it stands on itself".to_owned());
        }
        self.seen.push(real);
        let bytes = world::read(self.world, &path, manifest::MAX_BYTES)
            .map_err(|error| error.to_string())?;
        let bytes = bytes.ok_or("it is too large for a manifest")?;
        self.folders
            .push(path.parent().map(Path::to_path_buf).unwrap_or_default());
        Ok((path.display().to_string(), bytes))
    }
}

/// Opens a template of the applicant's own; what is wrong with it is said all at once.
fn own_template(own: OwnTemplate, into: &mut OwnTemplates) -> Vec<Finding> {
    let OwnTemplate { field, path, bytes } = own;
    let kind = field
        .strip_prefix("templates.")
        .and_then(|kind| kind.parse().ok());
    match render::own_template(path.as_str(), bytes) {
        Ok(template) => {
            let silent =
                kind == Some(DocumentKind::Declaration) && !template.names("declares.short");
            into.extend(kind.map(|kind| (kind, template)));
            let message = format!("`{path}` does not print `declares.short`");
            let help = "write `Content declared: {{ declares.short }}` near the signature; without it a signed copy needs `signed_for`";
            let finding =
                silent.then(|| Finding::at(Code::TemplateWithoutHash, field, message, help));
            finding.into_iter().collect()
        }
        Err(faults) => {
            let finding = |fault: &OfficeFault| {
                let help =
                    "mend it in the template; `clspack templates check FILE` lists every fault";
                Finding::at(Code::TemplateUnusable, field, fault.to_string(), help)
            };
            faults.iter().map(finding).collect()
        }
    }
}

/// A folder stands for the `manifest.yaml` in it.
fn manifest_path(path: &Path, world: &dyn World) -> Result<PathBuf> {
    match world.kind(path) {
        Ok(Kind::Folder) => {
            let inside = path.join("manifest.yaml");
            match world.kind(&inside) {
                Ok(_) => Ok(inside),
                Err(_) => Err(Error::Usage(format!(
                    "the folder `{}` holds no `manifest.yaml`; name the manifest itself, or run `clspack init`",
                    path.display()
                ))),
            }
        }
        _ => Ok(path.to_path_buf()),
    }
}

/// Says which texts hold a character that no font of the documents has. No font means no sign: a
/// declaration never shows an empty box.
fn glyphs(application: &Application) -> Vec<Finding> {
    let missing = application
        .texts()
        .into_iter()
        .filter_map(|(field, text)| Some((field, text, first_missing(text)?)));
    missing
        .map(|(field, text, c)| {
            let message = format!(
                "`{}` holds `{c}` (U+{:04X}), which the documents cannot show",
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
