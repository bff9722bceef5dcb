//! Checks parts of a pack that cannot be computed again: its records, its upload sheet and its documents must at
//! least agree on form, level, day and content.

use crate::audit::Again;
use crate::audit::again::Recorded;
use crate::audit::inside::signed_copy;
use crate::diag::Code;
use crate::pack::verify::{MAX_RECORD, PLAN};
use crate::pdf;
use crate::render::Purpose;

/// The upload sheet, and the summary.
const SHEET: &str = "00-upload-sheet.html";
const SUMMARY: &str = "01-summary.pdf";
/// The unsigned declaration in a pack, and the one prepared for a signed copy.
const DECLARATION: &str = "declaration-of-conformity.pdf";
const PREPARED: &str = "record/declaration-of-conformity-as-prepared.pdf";
/// How many digits of a hash documents print.
const SHORT: usize = 16;

/// Compares the documents with the records. Only built-in templates are known to print these values.
pub(super) fn check(pack: &Recorded<'_>, again: &mut Again) {
    let is_built_in = |name: &str| {
        let mut others = pack.ground.other_templates.iter();
        !others.any(|other| other == name)
    };
    // A draft declares no content.
    let is_final = pack.ground.purpose == Purpose::Final;
    if is_built_in("upload-sheet.html") {
        sheet(pack, is_final, again);
    }
    if is_final && is_built_in("summary.html") {
        document(pack, SUMMARY, again);
    }
    if is_final && is_built_in("declaration.html") && pack.ground.own_declaration.is_none() {
        let mut paths = pack.contents.files().keys();
        let unsigned = |path: &&String| path.starts_with("upload/") && path.ends_with(DECLARATION);
        let path = if signed_copy(pack.contents).is_some() {
            Some(PREPARED.to_owned())
        } else {
            paths.find(unsigned).cloned()
        };
        if let Some(path) = path {
            document(pack, &path, again);
        }
    }
}

fn short<'p>(pack: &Recorded<'p>) -> &'p str {
    let hash = pack.provenance["declares"].as_str().unwrap_or_default();
    hash.get(..SHORT).unwrap_or(hash)
}

/// Compares the upload sheet, from which people copy, and by which they choose the form.
fn sheet(pack: &Recorded<'_>, is_final: bool, again: &mut Again) {
    let bytes = pack.contents.bytes(SHEET, MAX_RECORD);
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let Some(text) = text else {
        again.lasts(Code::RecordsContradict, SHEET, "it cannot be read");
        return;
    };
    let plan = pack.plan;
    let on = plan["on"].as_str().unwrap_or_default();
    let mut rows = vec![("day", format!("{on}</p>"))];
    if is_final {
        rows.push(("content", format!("Content declared: {}.", short(pack))));
    }
    if let Some(form) = plan["form"].as_str() {
        rows.push(("form", format!("({form})</td>")));
    }
    if let Some(level) = plan["level"].as_u64() {
        rows.push(("level", format!("<th>Level</th><td>{level}")));
    }
    for (what, row) in rows {
        if !text.contains(&row) {
            let message = format!("its {what} differs from the one in `{PLAN}`");
            again.lasts(Code::RecordsContradict, SHEET, message);
        }
    }
}

/// Makes sure that a document prints the hash of the declared content.
fn document(pack: &Recorded<'_>, path: &str, again: &mut Again) {
    let bytes = pack.contents.bytes(path, pdf::MAX_BYTES);
    let read = bytes.and_then(|bytes| pdf::read(bytes).ok());
    let shown = format!("content{}", short(pack));
    let message = match read {
        None => "it is not a PDF file that can be read",
        Some(read) if !read.pages.iter().any(|page| page.text.contains(&shown)) => {
            "it does not show the hash of the content that the records name"
        }
        Some(_) => return,
    };
    again.lasts(Code::RecordsContradict, path, message);
}
