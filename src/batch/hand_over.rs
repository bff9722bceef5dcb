//! Writes what each client is handed into `clients/NAME` of the output folder: its packs, its report and a covering
//! list. Packs are copied as they are, so that their hashes stay true.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::batch::outcome;
use crate::batch::parcels::Parcel;
use crate::batch::report::{Problem, ReportWriter};
use crate::error::{Error, Result};
use crate::pack::{Prepared, make_folder, there, write_fault};
use crate::render::Templates;
use crate::world::{World, unwatched};

/// The folder with a folder for each client.
const FOLDER: &str = "clients";
/// The files of a client besides its packs.
const FACES: [&str; 5] = [
    "contents.html",
    "report.csv",
    "report.html",
    "report.json",
    "report.xlsx",
];

fn folder(parcel: &Parcel, out: &Path) -> PathBuf {
    out.join(FOLDER).join(&parcel.name)
}

/// Returns a note for each file in the folders of clients that this run does not write.
pub fn left_over(parcels: &[Parcel], out: &Path, world: &dyn World) -> Vec<Problem> {
    let mut mine = BTreeSet::new();
    for parcel in parcels {
        let packs = parcel.report.products.iter();
        let packs = packs.filter_map(|product| product.pack.as_deref());
        mine.extend(
            packs
                .chain(FACES)
                .map(|file| format!("{FOLDER}/{}/{file}", parcel.name)),
        );
    }
    let mut notes = Vec::new();
    let folder = out.join(FOLDER);
    unwatched(world).walk(&folder, &|_| true, &mut |one| {
        let file = one.ok().map(|one| format!("{FOLDER}/{}", one.path));
        if let Some(file) = file.filter(|file| !mine.contains(file)) {
            let text =
                format!("`{file}` is left over from an earlier run; this run did not make it");
            let help = "remove it before you hand over the folder";
            notes.push(outcome::note(&text, help));
        }
    });
    notes
}

/// Prepares the files of all clients under temporary names.
///
/// # Errors
/// A pack changed since it was made, or a file cannot be written.
pub fn prepared(
    parcels: &[Parcel],
    out: &Path,
    templates: &Templates,
    world: &dyn World,
) -> Result<Vec<Prepared>> {
    let mut files = Vec::new();
    for parcel in parcels {
        let folder = folder(parcel, out);
        plain_folders(out, &folder)?;
        make_folder(&folder)?;
        for product in &parcel.report.products {
            if let Some(pack) = &product.pack {
                let file = copied(&out.join(pack), &folder.join(pack), world)?;
                if Some(file.sha256.to_string()) != product.sha256 {
                    return Err(Error::Changed(pack.clone()));
                }
                files.push(file);
            }
        }
        files.extend(faces(parcel, &folder, templates)?);
    }
    Ok(files)
}

/// Refuses links in place of the folders: they would lead the files elsewhere.
fn plain_folders(out: &Path, folder: &Path) -> Result<()> {
    for path in [out.join(FOLDER), folder.to_path_buf()] {
        if there(&path)?.is_some_and(|found| !found.is_dir()) {
            return Err(Error::Foreign(path.display().to_string()));
        }
    }
    Ok(())
}

fn copied(from: &Path, to: &Path, world: &dyn World) -> Result<Prepared> {
    // A pack is an output of this run, and must not count as an input.
    let mut opened = unwatched(world).open(from).map_err(|cause| Error::Read {
        path: from.display().to_string(),
        cause,
    })?;
    Prepared::new(to, |out| {
        let copied = io::copy(&mut opened, out);
        copied.map(|_| ()).map_err(|cause| write_fault(to, cause))
    })
}

fn faces(parcel: &Parcel, folder: &Path, templates: &Templates) -> Result<Vec<Prepared>> {
    let writer = ReportWriter::of(&parcel.report);
    let face = |name: &str| {
        let path = folder.join(name);
        Prepared::new(&path, |out| match name {
            "contents.html" => writer.contents(templates, out),
            "report.csv" => writer.csv(out),
            "report.html" => writer.html(templates, out),
            "report.json" => writer.json(out),
            _ => writer.xlsx(out),
        })
    };
    FACES.into_iter().map(face).collect()
}
