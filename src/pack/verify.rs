//! Reads a pack back and compares it with its inventory: nothing changed, missing or extra, no path
//! that climbs out, no format that this release does not know.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;

use crate::diag::{Code, Finding, Place};
use crate::domain::Sha256;
use crate::error::{Error, Result};
use crate::pack::read::{Item, Source};
use crate::pack::{EntryPath, FORMAT, INVENTORY, inventory};
use crate::world::{Os, World};

/// The path of the provenance in a pack.
pub const PROVENANCE: &str = "record/provenance.json";
/// The path of the plan in a pack.
const PLAN: &str = "record/plan.json";
/// The path of the manifest in a pack.
const MANIFEST: &str = "record/manifest.yaml";
/// The largest entry that is read, in bytes; more is a bomb rather than evidence.
const MAX_ENTRY: u64 = 1024 * 1024 * 1024;
/// The largest file that is held in memory: inventory and provenance.
const MAX_RECORD: u64 = 8 * 1024 * 1024;

/// What came of reading a pack back.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// How many entries were compared.
    pub n_entries: usize,
    /// What made the pack, if that could be read.
    pub provenance: Option<serde_json::Value>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Reads a pack back.
///
/// # Errors
/// It cannot be opened at all. Whatever is wrong inside is a finding.
pub fn verify(path: &Path, world: &dyn World) -> Result<Verdict> {
    let mut verdict = Verdict::default();
    let mut source = match Source::open(path, world) {
        Ok(source) => source,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidData
                    | io::ErrorKind::Unsupported
                    | io::ErrorKind::UnexpectedEof
                    | io::ErrorKind::Other
                    | io::ErrorKind::InvalidInput
            ) =>
        {
            say(
                &mut verdict,
                Code::NotAPack,
                &path.display().to_string(),
                "the file is not a zip archive, or is broken",
                "name a pack that `clspack pack` wrote; copy it anew if it broke on the way",
            );
            return Ok(verdict);
        }
        Err(cause) => {
            return Err(Error::Read {
                path: path.display().to_string(),
                cause,
            });
        }
    };
    let Some(sums) = read_inventory(&mut source, path, &mut verdict) else {
        return Ok(verdict);
    };
    unsafe_entries(&source, path, &mut verdict);
    compare(&mut source, &sums, &mut verdict);
    provenance(&mut source, &sums, &mut verdict);
    Ok(verdict)
}

/// Returns true if two folders hold packs of the same inventory and the second is whole.
pub(crate) fn same_folder(new: &Path, there: &Path) -> bool {
    let sums = |path: &Path| {
        let mut text = Vec::new();
        Os.open(&path.join(INVENTORY))
            .ok()?
            .take(MAX_RECORD)
            .read_to_end(&mut text)
            .ok()?;
        Some(text)
    };
    sums(new).is_some_and(|new| sums(there) == Some(new))
        && verify(there, &Os).is_ok_and(|verdict| verdict.findings.is_empty())
}

fn say(verdict: &mut Verdict, code: Code, path: &str, message: impl Into<String>, help: &str) {
    verdict.findings.push(Finding::new(
        code,
        Place::File(crate::domain::text::shown(path)),
        message,
        help,
    ));
}

fn read_inventory(
    source: &mut Source<'_>,
    path: &Path,
    verdict: &mut Verdict,
) -> Option<BTreeMap<String, Sha256>> {
    let name = path.display().to_string();
    let Some(item) = source
        .items
        .iter()
        .find(|item| item.path == INVENTORY && item.is_file && item.is_inside)
        .cloned()
    else {
        say(
            verdict,
            Code::NotAPack,
            &name,
            format!("it holds no `{INVENTORY}`"),
            "name a pack that `clspack pack` wrote",
        );
        return None;
    };
    let text = read_small(source, &item);
    let sums = text.and_then(|text| inventory::parse(&text));
    if sums.is_none() {
        say(
            verdict,
            Code::NotAPack,
            &name,
            format!("its `{INVENTORY}` cannot be read"),
            "ask for the pack anew",
        );
    }
    sums
}

fn read_small(source: &mut Source<'_>, item: &Item) -> Option<String> {
    let mut bytes = Vec::new();
    source
        .read(item, MAX_RECORD)
        .ok()?
        .read_to_end(&mut bytes)
        .ok()?;
    String::from_utf8(bytes).ok()
}

fn unsafe_entries(source: &Source<'_>, path: &Path, verdict: &mut Verdict) {
    let help = "do not unpack it; ask for the pack anew";
    for item in &source.items {
        if !is_safe(item) {
            let message = "the path leads out of the pack, or is none that every system takes";
            say(verdict, Code::EntryUnsafe, &item.path, message, help);
        } else if !item.is_file {
            let message = "the entry is a link, a device or an empty folder, not a file";
            say(verdict, Code::EntryUnsafe, &item.path, message, help);
        }
    }
    for oddity in &source.oddities {
        let name = path.display().to_string();
        say(
            verdict,
            Code::EntryUnsafe,
            &name,
            format!("the archive is odd: {oddity}"),
            help,
        );
    }
}

fn is_safe(item: &Item) -> bool {
    item.path.parse::<EntryPath>().is_ok()
}

fn compare(source: &mut Source<'_>, sums: &BTreeMap<String, Sha256>, verdict: &mut Verdict) {
    let items = source.items.clone();
    for path in sums.keys().filter(|path| {
        !items
            .iter()
            .any(|item| item.is_inside && item.path == **path)
    }) {
        say(
            verdict,
            Code::EntryMissing,
            path,
            "the inventory names it, and it is not there",
            "ask for the pack anew",
        );
    }
    for item in items
        .iter()
        .filter(|item| item.is_file && is_safe(item))
        .filter(|item| item.path != INVENTORY || !item.is_inside)
    {
        let Some(expected) = sums.get(&item.path).filter(|_| item.is_inside) else {
            say(
                verdict,
                Code::EntryExtra,
                &item.path,
                "it is there, and the inventory does not name it",
                "remove it, or make the pack anew with it",
            );
            continue;
        };
        verdict.n_entries += 1;
        // One byte more than allowed tells a file of the limit from a longer one.
        let read = source
            .read(item, MAX_ENTRY + 1)
            .and_then(|reader| Sha256::of_reader(reader, |_| {}));
        match read {
            Ok((_, size)) if size > MAX_ENTRY => say(
                verdict,
                Code::EntryTooLarge,
                &item.path,
                "it unpacks to more than 1 GiB",
                "do not unpack it; ask for the pack anew",
            ),
            Ok((found, _)) if found == *expected => {}
            Ok(_) => say(
                verdict,
                Code::EntryChanged,
                &item.path,
                "its content is not what the inventory says",
                "ask for the pack anew",
            ),
            Err(_) => say(
                verdict,
                Code::EntryChanged,
                &item.path,
                "it cannot be read to its end",
                "ask for the pack anew",
            ),
        }
    }
}

fn provenance(source: &mut Source<'_>, sums: &BTreeMap<String, Sha256>, verdict: &mut Verdict) {
    let item = source
        .items
        .iter()
        .find(|item| item.path == PROVENANCE && item.is_inside)
        .cloned();
    let value: Option<serde_json::Value> = item
        .and_then(|item| read_small(source, &item))
        .and_then(|text| serde_json::from_str(&text).ok());
    match value
        .as_ref()
        .and_then(|value| value.get("pack_format"))
        .map(serde_json::Value::as_u64)
    {
        Some(Some(FORMAT)) => {}
        Some(format) => {
            let format = format.map_or_else(|| "unknown".to_owned(), |format| format.to_string());
            say(
                verdict,
                Code::OtherPackFormat,
                PROVENANCE,
                format!("the pack is of format {format}, this release reads format {FORMAT}"),
                "use the release of clspack that wrote it",
            );
        }
        None if verdict
            .findings
            .iter()
            .any(|finding| matches!(&finding.place, Place::File(path) if path == PROVENANCE)) => {}
        None => say(
            verdict,
            Code::NotAPack,
            PROVENANCE,
            "what made the pack cannot be read",
            "ask for the pack anew",
        ),
    }
    if let Some(value) = &value {
        same_story(source, value, sums, verdict);
    }
    verdict.provenance = value;
}

/// Compares what the provenance says of manifest and plan with what lies beside it.
fn same_story(
    source: &mut Source<'_>,
    provenance: &serde_json::Value,
    sums: &BTreeMap<String, Sha256>,
    verdict: &mut Verdict,
) {
    let stated = provenance["manifest"]["sha256"].as_str();
    let listed = sums.get(MANIFEST).map(ToString::to_string);
    let anew = "ask for the pack anew";
    if stated.is_some() && stated != listed.as_deref() {
        let message = "the pack was made from another manifest than the one in it";
        say(verdict, Code::EntryChanged, MANIFEST, message, anew);
    }
    let mut of_plan = source
        .items
        .iter()
        .filter(|item| item.path == PLAN && item.is_inside);
    let plan: serde_json::Value = of_plan
        .next()
        .cloned()
        .and_then(|item| read_small(source, &item))
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    let is_said = verdict
        .findings
        .iter()
        .any(|one| one.place == Place::File(PLAN.to_owned()));
    for name in ["state", "on", "route", "form", "level"] {
        if !is_said && !plan.is_null() && plan[name] != provenance[name] {
            let message = format!("its {name} is not that for which the pack was made");
            say(verdict, Code::EntryChanged, PLAN, message, anew);
        }
    }
}
