//! A pack as a project: its manifest is planned with the files in the pack, so that a colleague can go on from a pack
//! without the folder that it was made from.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::audit::ground::Ground;
use crate::audit::inside::{FOLDER, Inside};
use crate::audit::{again, findings};
use crate::case::{self, Case};
use crate::diag::{Code, Finding, Place, Severity};
use crate::domain::{Date, OwnTemplates};
use crate::error::{Error, Result};
use crate::gather::Folders;
use crate::pack::INVENTORY;
use crate::pack::verify::{self, Looked, MANIFEST, PLAN, PROVENANCE};
use crate::render::Purpose;
use crate::report::json;
use crate::rules::RuleBook;
use crate::world::{Kind, World};

/// Returns the pack that a path means: a zip file, a folder with an inventory, or the manifest in the records of one.
/// Returns nothing if it is a project of its own.
pub fn pack_at(path: &Path, world: &dyn World) -> Option<PathBuf> {
    let is_pack = |folder: &Path| {
        let is_file = |name: &str| matches!(world.kind(&folder.join(name)), Ok(Kind::File(_)));
        is_file(INVENTORY) && is_file(MANIFEST) && !is_file("manifest.yaml")
    };
    match world.kind(path).ok()? {
        Kind::Folder if is_pack(path) => Some(path.to_path_buf()),
        Kind::Folder => around(path, &is_pack, world),
        Kind::File(_) if has_extension(path, "zip") => Some(path.to_path_buf()),
        Kind::File(_) if path.file_name()? == "manifest.yaml" => {
            around(path.parent()?, &is_pack, world)
        }
        Kind::File(_) | Kind::Other => None,
    }
}

/// Returns the pack whose records are in a folder. From inside the folder its name is not known, so its files count.
fn around(records: &Path, is_pack: &dyn Fn(&Path) -> bool, world: &dyn World) -> Option<PathBuf> {
    let here = Path::new(".");
    let or_here = |path: &Path| {
        let is_empty = path.as_os_str().is_empty();
        (if is_empty { here } else { path }).to_path_buf()
    };
    let pack = match records.file_name() {
        Some(name) if name == "record" => or_here(records.parent()?),
        Some(_) => return None,
        None => {
            let mut names = [MANIFEST, PLAN, PROVENANCE].into_iter();
            let is_there = |name: &str| {
                let name = Path::new(name).file_name().unwrap_or_default();
                matches!(world.kind(&or_here(records).join(name)), Ok(Kind::File(_)))
            };
            let are_there = names.all(is_there);
            let up = if records.as_os_str().is_empty() || records == here {
                PathBuf::from("..")
            } else {
                records.join("..")
            };
            are_there.then_some(up)?
        }
    };
    is_pack(&pack).then_some(pack)
}

/// Refuses a pack where a project is needed, and says what to do with it.
///
/// # Errors
/// The path means a pack.
pub fn not_a_pack(path: &Path, world: &dyn World) -> Result<()> {
    // Naming the manifest in the records is a choice, so it is read as any other.
    let is_file = matches!(world.kind(path), Ok(Kind::File(_)));
    let is_named = is_file && !has_extension(path, "zip");
    let Some(pack) = pack_at(path, world).filter(|_| !is_named) else {
        return Ok(());
    };
    let pack = pack.display();
    Err(Error::Usage(format!(
        "`{}` is a pack, and a pack is made from a project, not from another pack; to look at it, run `clspack check {pack}`; to go on from it, copy `{MANIFEST}` and the files that it names into a new folder",
        path.display()
    )))
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    let extension = path.extension();
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

/// Plans the manifest of a pack. Files that changed since the pack was made are findings, and block.
///
/// # Errors
/// The pack cannot be opened, must not be unpacked, or has no manifest of one product.
pub fn project(pack: &Path, book: &RuleBook, on: Option<Date>, world: &dyn World) -> Result<Case> {
    let Looked {
        verdict,
        contents,
        plan,
        ..
    } = verify::look(pack, world)?;
    let contents = contents.filter(|_| verdict.findings.iter().all(is_harmless));
    let contents = contents.ok_or_else(|| refused(pack, &verdict.findings))?;
    let name = pack.join(MANIFEST).display().to_string();
    let Some(mut manifest) = again::manifest(&contents, &name) else {
        let message = format!("`{name}` is not the manifest of one product");
        return Err(Error::Usage(message));
    };
    let Some(mut application) = manifest.application.take() else {
        return Err(Error::Usage(format!("`{name}` states no application")));
    };
    // A pack does not contain the applicant's own templates.
    application.templates = OwnTemplates::default();
    let provenance = verdict.provenance.unwrap_or_default();
    let plan = plan.unwrap_or_default();
    let inside = Inside::new(&contents, &application, &plan, world);
    manifest.application = Some(application);
    let folders = Folders::new(PathBuf::from(FOLDER));
    let mut case = case::planned(manifest, folders, book, on, &inside);
    let ground = Ground::of(&provenance);
    if ground.purpose == Purpose::Draft {
        take_in_draft(&mut case, &plan);
    }
    case.absent_template = ground.own_declaration;
    let changed = verdict.findings.into_iter();
    case.take_in(changed.filter(is_change).collect());
    Ok(case)
}

/// Says that a pack is a draft, and takes over what its record says of things that are not in it, such as templates and
/// spreadsheets: they were not checked again, so they must not look better than they were.
fn take_in_draft(case: &mut Case, recorded: &Value) {
    let Some(again) = case
        .plan
        .as_ref()
        .map(|plan| json::plan(plan, &case.manifest))
    else {
        return;
    };
    let lists = [&recorded["findings"], &again["findings"]];
    let mut found = findings::outside(lists[0], lists[1], PLAN);
    let state = recorded["state"].as_str().unwrap_or("unknown");
    let message = format!(
        "this pack is a draft; its record says `{state}`, and templates and spreadsheets were not checked again"
    );
    let help = "do not file it; check the project that it was made from, and make the pack again";
    let place = Place::File(PROVENANCE.to_owned());
    found.push(Finding::new(Code::PackNotRecomputed, place, message, help));
    case.take_in(found);
}

/// Returns true if files may be read in spite of a finding.
fn is_harmless(finding: &Finding) -> bool {
    is_change(finding) || finding.severity() == Severity::Warning
}

fn is_change(finding: &Finding) -> bool {
    matches!(
        finding.code,
        Code::EntryChanged | Code::EntryMissing | Code::EntryExtra
    )
}

fn refused(pack: &Path, findings: &[Finding]) -> Error {
    let first = findings.iter().find(|finding| !is_harmless(finding));
    let why = first.map_or_else(String::new, |finding| match &finding.place {
        Place::File(name) => format!(": {name}: {}", finding.message),
        _ => format!(": {}", finding.message),
    });
    let pack = pack.display();
    Error::Usage(format!(
        "`{pack}` cannot be opened as a pack{why}; run `clspack verify {pack}`"
    ))
}
