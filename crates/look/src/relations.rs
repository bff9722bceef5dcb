//! The lists of relations in an office file: what its parts lead to, within the file and outside.

use crate::markup::{Piece, Pieces, attributes};
use crate::{HazardKind, InFile, Look, entities, links};

/// Notes what a list of relations leads to. `name` is that of the part, in lower case.
pub(super) fn part(name: &str, text: &str, look: &mut Look) {
    // A chart keeps the workbook of its numbers, and a diagram its drawing.
    let is_natural = ["/charts/", "/diagrams/", "/chartex/"]
        .iter()
        .any(|folder| name.contains(folder));
    for piece in Pieces::of(text, false) {
        let Piece::Open("Relationship", tag) = piece else {
            continue;
        };
        let (mut of, mut target, mut mode) = ("", "", "");
        attributes(tag, |name, value| match name {
            "Type" => of = value,
            "Target" => target = value,
            "TargetMode" => mode = value,
            _ => {}
        });
        let of = of.rsplit('/').next().unwrap_or_default();
        let target = entities::read(target);
        let at = || {
            InFile::Part(
                name.replace("_rels/", "")
                    .trim_end_matches(".rels")
                    .to_owned(),
            )
        };
        if mode.eq_ignore_ascii_case("external") {
            outside(of, &target, at(), look);
        } else if !is_natural && matches!(of, "oleObject" | "package" | "aFChunk") {
            let name = target.rsplit('/').next().unwrap_or_default();
            look.warn_of(HazardKind::Attachment, at(), name);
        }
    }
}

fn outside(of: &str, target: &str, at: InFile, look: &mut Look) {
    match of {
        "hyperlink" => {
            if let Some(shown) = links::private(target) {
                look.warn_of(HazardKind::PrivateLink, at, &shown);
            }
        }
        // Word notes the template of the computer on which a file was written, and looks for no other.
        "attachedTemplate" => {
            if links::is_remote(target) {
                look.warn_of(HazardKind::Template, at, target);
            }
        }
        _ => look.warn_of(HazardKind::LinkedContent, at, target),
    }
}
