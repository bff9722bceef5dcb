//! Form fields and digital signatures.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::beside::Beside;
use super::cms::Cms;
use super::file::File;
use super::fuel::SETUP;
use super::lex::hex;
use super::object::{Dict, Object};
use super::{DigestCheck, Signature, SignatureKind, features};

/// How many ancestors of a field are searched for inherited values.
const MAX_ABOVE: usize = 32;
/// The cost of hashing a byte.
const HASHED: u64 = 2;

/// The signatures found so far.
#[derive(Debug, Default)]
pub(super) struct Signatures {
    pub(super) all: Vec<Signature>,
    /// The objects examined so far: fields and their values.
    seen: BTreeSet<u32>,
}

/// Returns a value of the field or of an ancestor, as it is written.
pub(super) fn inherited(file: &File<'_>, field: &Rc<Dict>, key: &str) -> Object {
    let mut field = Rc::clone(field);
    for _ in 0..MAX_ABOVE {
        let own = field.raw(key);
        if !file.get(own).is_null() {
            return own.clone();
        }
        let above = file.lookup(&field, "Parent");
        let Object::Dict(above) = above else { break };
        field = above;
    }
    Object::Null
}

/// Returns the resources of all fields, which a field without its own uses.
pub(super) fn resources(file: &File<'_>) -> Object {
    let catalog = file.lookup(&file.trailer, "Root");
    let form = catalog
        .dict()
        .map(|catalog| file.lookup(catalog, "AcroForm"));
    let form = form.as_ref().and_then(Object::dict);
    form.map(|form| file.lookup(form, "DR")).unwrap_or_default()
}

/// Returns true if the field is for a signature.
pub(super) fn is_for_signature(file: &File<'_>, field: &Rc<Dict>) -> bool {
    file.get(&inherited(file, field, "FT")).is_name("Sig")
}

impl Signatures {
    /// Examines a field for a signature. Returns true if it has one.
    pub(super) fn find(
        &mut self,
        file: &File<'_>,
        field: &Rc<Dict>,
        number: Option<u32>,
        beside: &mut Beside,
    ) -> bool {
        let written = inherited(file, field, "V");
        let value = file.get(&written);
        let Some(value) = value.dict().filter(|value| has_content(file, value)) else {
            return false;
        };
        let key = match written {
            Object::Ref(number) => Some(number),
            _ => number,
        };
        if key.is_none_or(|key| self.seen.insert(key)) {
            for key in ["Name", "Reason", "Location", "ContactInfo"] {
                beside.text(file, &file.lookup(value, key));
            }
            self.all.push(signature(file, value));
        }
        true
    }
}

/// Returns true if the value contains a signature; a reserved space is all zeros.
fn has_content(file: &File<'_>, value: &Dict) -> bool {
    let content = file.lookup(value, "Contents");
    content
        .text()
        .is_some_and(|content| content.iter().any(|byte| *byte != 0))
}

fn signature(file: &File<'_>, value: &Dict) -> Signature {
    let name = file.lookup(value, "Name");
    let name = name
        .text()
        .map(super::encoding::decode)
        .filter(|name| !name.trim().is_empty());
    let ranges = file.lookup(value, "ByteRange");
    let ranges: Vec<usize> = ranges
        .items()
        .iter()
        .filter_map(|item| file.get(item).size())
        .collect();
    let end = match ranges[..] {
        [.., start, length] => start.saturating_add(length),
        _ => 0,
    };
    let content = file.lookup(value, "Contents");
    let content = content.text().unwrap_or_default();
    let parts = covers(file.bytes, &ranges, content);
    let cms = Cms::read(content);
    let is_time_stamp = cms.as_ref().is_some_and(Cms::is_time_stamp);
    Signature {
        name,
        kind: if is_time_stamp || says_time_stamp(file, value) {
            SignatureKind::TimeStamp
        } else {
            SignatureKind::Person
        },
        digest: match cms.zip(parts) {
            Some((cms, parts)) if is_detached(file, value) && pays(file, parts) => cms.check(parts),
            _ => DigestCheck::Unknown,
        },
        covers_file: parts.is_some(),
        bytes_after: u64::try_from(file.bytes.len().saturating_sub(end)).unwrap_or(u64::MAX),
    }
}

fn says_time_stamp(file: &File<'_>, value: &Dict) -> bool {
    file.lookup(value, "Type").is_name("DocTimeStamp")
        || file.lookup(value, "SubFilter").is_name("ETSI.RFC3161")
}

/// Returns true if the hash in the signature is meant to be that of bytes of the file.
fn is_detached(file: &File<'_>, value: &Dict) -> bool {
    let form = file.lookup(value, "SubFilter");
    form.is_name("adbe.pkcs7.detached") || form.is_name("ETSI.CAdES.detached")
}

/// Pays for a hash; a file may have many signatures, each over all of it.
fn pays(file: &File<'_>, parts: [&[u8]; 2]) -> bool {
    let n_bytes: usize = parts.iter().map(|part| part.len()).sum();
    let cost = u64::try_from(n_bytes).unwrap_or(u64::MAX);
    file.is_close && file.fuel.spend(cost.saturating_mul(HASHED))
}

/// Returns the signed bytes, if only the signature itself is left out.
fn covers<'a>(bytes: &'a [u8], ranges: &[usize], content: &[u8]) -> Option<[&'a [u8]; 2]> {
    let [0, first, second, length] = *ranges else {
        return None;
    };
    let end = second.checked_add(length)?;
    let gap = bytes.get(first..second)?;
    let written = gap.strip_prefix(b"<")?.strip_suffix(b">")?;
    let same = written.len() == 2 * content.len()
        && written.chunks_exact(2).zip(content).all(|(pair, byte)| {
            hex(pair[0])
                .zip(hex(pair[1]))
                .is_some_and(|(high, low)| high << 4 | low == *byte)
        });
    let parts = [bytes.get(..first)?, bytes.get(second..end)?];
    same.then_some(parts)
}

/// Visits all fields of the form, including those on no page.
pub(super) fn visit(file: &File<'_>, signatures: &mut Signatures, beside: &mut Beside) {
    let catalog = file.lookup(&file.trailer, "Root");
    let form = catalog
        .dict()
        .map(|catalog| file.lookup(catalog, "AcroForm"));
    let Some(form) = form.as_ref().and_then(Object::dict) else {
        return;
    };
    beside.forms_of_xml(file, &file.lookup(form, "XFA"));
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<Object> = file
        .lookup(form, "Fields")
        .items()
        .iter()
        .rev()
        .cloned()
        .collect();
    while let Some(written) = waiting.pop() {
        let number = match written {
            Object::Ref(number) => Some(number),
            _ => None,
        };
        if number.is_some_and(|number| !seen.insert(number)) || !file.fuel.spend(SETUP) {
            continue;
        }
        let field = file.get(&written);
        let Some(field) = field.dict() else { continue };
        features::action(file, field.raw("A"));
        features::actions(file, field);
        if is_for_signature(file, field) {
            signatures.find(file, field, number, beside);
        } else {
            beside.value(file, &file.lookup(field, "V"));
        }
        let kids = file.lookup(field, "Kids");
        waiting.extend(kids.items().iter().rev().cloned());
    }
}
