//! Files that would have one name on another system.

use std::collections::BTreeMap;

use crate::diag::{Code, Finding};
use crate::domain::EvidencePath;
use crate::domain::text::composed;
use crate::gather::FieldsOf;

/// Reports files whose names are equal on Windows (they differ only in case) or on a Mac (they differ only in Unicode
/// form).
pub(super) fn report(fields: &FieldsOf<'_>, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<String, &EvidencePath> = BTreeMap::new();
    for (path, fields) in fields {
        let folded = path.in_pack().to_lowercase();
        if let (Some(first), Some(field)) = (seen.get(&folded), fields.first()) {
            let (message, help) = if composed(path.as_str()) == composed(first.as_str()) {
                (
                    format!(
                        "`{path}` is written with letters that are stored in two ways, composed and decomposed; in the pack both get one name"
                    ),
                    "write the path in the same way everywhere: copy it from one place",
                )
            } else {
                (
                    format!("`{path}` and `{first}` would get one name in the pack"),
                    "rename one of the files",
                )
            };
            findings.push(Finding::at(
                Code::EvidenceNamesCollide,
                field,
                message,
                help,
            ));
        } else {
            seen.insert(folded, path);
        }
    }
    for (folded, path) in &seen {
        let mut folders = folded.match_indices('/').map(|(at, _)| &folded[..at]);
        let file = folders.find_map(|folder| seen.get(folder));
        let field = fields.get(path).and_then(|fields| fields.first());
        if let Some((file, field)) = file.zip(field) {
            let message = format!("the folder of `{path}` would get the name of the file `{file}`");
            let help = "rename the file or the folder";
            findings.push(Finding::at(
                Code::EvidenceNamesCollide,
                field,
                message,
                help,
            ));
        }
    }
}
