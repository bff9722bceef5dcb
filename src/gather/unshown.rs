//! Pictures that documents cannot show.

use crate::diag::{Code, Finding};
use crate::domain::{EvidencePath, FieldPath};
use crate::gather::Evidence;
use crate::gather::seen::Seen;
use crate::sniff::Content;
use crate::typeset::upright_size;

/// Returns why a document cannot show a picture in a usual format.
pub(super) fn reason(content: &Content, extension: &str) -> Option<String> {
    let is_usual = matches!(extension, "png" | "jpg" | "jpeg");
    let bytes = content.whole().filter(|_| is_usual)?;
    upright_size(bytes).err()
}

/// Reports a picture that is shown by name only.
pub(super) fn note(path: &EvidencePath, field: &FieldPath, seen: &Seen, evidence: &mut Evidence) {
    let Some(why) = &seen.unshown else { return };
    let message = format!("Supporting Evidence shows `{path}` by name only: it {why}");
    let help = "save the picture as PNG or as a JPEG in RGB, smaller if it is very large";
    let finding = Finding::at(Code::PictureByNameOnly, field, message, help);
    evidence.unshown.push(finding);
}
