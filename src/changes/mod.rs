//! What changed between two states of one application, as values: what it is, where it is, and what it was and is. Words
//! are made last ([`Change::words`]), so that a report and a comparison of two packs say the same.

mod fields;
mod made_with;
mod outcome;
mod recorded;
mod words;

use crate::domain::{FieldPath, words};

pub use recorded::Recorded;

words! {
    /// What changed.
    What {
        /// How near the application is to being filed.
        State = "state",
        Route = "route",
        Form = "form",
        Level = "level",
        Fee = "fee",
        ValidFrom = "valid-from",
        ValidUntil = "valid-until",
        /// The day for which the rules are read.
        Day = "day",
        /// What a label gives.
        Label = "label",
        /// A document that the form asks for.
        Document = "document",
        /// A question that no published source answers.
        Question = "question",
        Field = "field",
        Answer = "answer",
        Evidence = "evidence",
        SignedCopy = "signed-copy",
        /// An edition of the rules.
        Rules = "rules",
        Template = "template",
        /// The release of clspack.
        Tool = "tool",
    }
}

/// Where a change is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The application as a whole.
    Whole,
    Field(FieldPath),
    /// The path of a file in the pack.
    File(String),
    /// The name of a label, a document, a subject of the rules or a template.
    Name(String),
}

/// A change. What was or is not there is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub what: What,
    pub place: Place,
    pub old: Option<String>,
    pub new: Option<String>,
}

impl Change {
    /// Returns a change if the two values differ.
    fn between(what: What, place: Place, old: Option<String>, new: Option<String>) -> Option<Self> {
        (old != new).then_some(Self {
            what,
            place,
            old,
            new,
        })
    }
}

/// Returns what changed from one state to another: what was decided first, then fields and answers, files, and what
/// the documents are made with.
pub fn between(old: &Recorded, new: &Recorded) -> Vec<Change> {
    let files = files(old, new);
    let mut fields = fields::compare(old.manifest.as_ref(), new.manifest.as_ref());
    fields.retain(|change| !is_said_by(change, &files));
    let mut all = outcome::compare(&old.plan, &new.plan);
    all.extend(fields);
    all.extend(files);
    all.extend(made_with::compare(old, new));
    all
}

/// Returns the files that were added, removed or changed; a file is known by its hash.
fn files(old: &Recorded, new: &Recorded) -> Vec<Change> {
    let hash = |of: &Recorded, path: &String| of.evidence.get(path).map(ToString::to_string);
    let added = new.evidence.keys();
    let added = added.filter(|path| !old.evidence.contains_key(*path));
    let paths = old.evidence.keys().chain(added);
    let evidence = paths.filter_map(|path| {
        let place = Place::File(path.clone());
        Change::between(What::Evidence, place, hash(old, path), hash(new, path))
    });
    let signed = |of: &Recorded| of.signed.map(|hash| hash.to_string());
    let copy = Change::between(What::SignedCopy, Place::Whole, signed(old), signed(new));
    evidence.chain(copy).collect()
}

/// Returns true if a field only names a file that is reported as added or removed.
fn is_said_by(change: &Change, files: &[Change]) -> bool {
    let is_said = |path: &Option<String>, is_gone: bool| {
        path.as_ref().is_none_or(|path| {
            let path: Option<crate::domain::EvidencePath> = path.parse().ok();
            let place = path.map(|path| Place::File(path.in_pack()));
            files.iter().any(|file| {
                let there = if is_gone { &file.new } else { &file.old };
                there.is_none() && Some(&file.place) == place.as_ref()
            })
        })
    };
    is_said(&change.old, true) && is_said(&change.new, false)
}
