//! Which files of evidence could not be searched, and which of them a person looked through.

use std::collections::BTreeSet;

use crate::diag::{Code, Finding, Severity};
use crate::domain::{Application, EvidencePath, FieldPath, NotSearched, Unsearched, field};
use crate::gather::Evidence;

/// The files that a person looked through, according to the manifest, among those that it names as evidence. A path
/// includes its layer: manifests that extend each other may give two files the same path.
pub(super) struct LookedThrough<'a> {
    named: BTreeSet<(&'a str, usize)>,
    evidence: BTreeSet<(&'a str, usize)>,
}

impl<'a> LookedThrough<'a> {
    pub(super) fn of(application: &'a Application) -> Self {
        let key = |path: &'a EvidencePath| (path.as_str(), path.root());
        let evidence = application.evidence_paths().into_iter();
        let evidence = evidence.map(|(_, path)| path);
        let evidence = evidence.chain(application.declaration.signed.as_ref());
        Self {
            named: application.looked_through.iter().map(key).collect(),
            evidence: evidence.map(key).collect(),
        }
    }

    /// Returns true if a file is among them: it is named in its own layer, or in one that has no such file.
    fn holds(&self, path: &EvidencePath) -> bool {
        let text = path.as_str();
        let mut named = self.named.range((text, 0)..=(text, usize::MAX));
        named.any(|one| one.1 == path.root() || !self.evidence.contains(one))
    }

    fn is_evidence(&self, text: &str) -> bool {
        let mut paths = self.evidence.range((text, 0)..=(text, usize::MAX));
        paths.next().is_some()
    }

    /// Notes that a file was not searched to its end, unless it has an error already.
    pub(super) fn note(
        &self,
        path: &EvidencePath,
        field: &FieldPath,
        reason: Unsearched,
        found: &[Finding],
        evidence: &mut Evidence,
    ) {
        let looked_through = self.holds(path);
        evidence.not_searched.push(NotSearched {
            path: path.clone(),
            reason,
            looked_through,
        });
        let is_wrong = found.iter().any(|one| one.severity() == Severity::Error);
        if looked_through || is_wrong {
            return;
        }
        let why = reason.says();
        let message = format!("`{path}` was not searched for other clients' data: {why}");
        let help = format!("look through the file, then add `{path}` to `looked_through`");
        let code = Code::EvidenceNotSearched;
        let finding = Finding::at(code, field, message, help);
        evidence.findings.push(finding);
    }

    /// Returns a finding for each file that needed no look through it.
    pub(super) fn needless(&self, application: &Application, evidence: &Evidence) -> Vec<Finding> {
        let files = evidence.not_searched.iter();
        let listed: BTreeSet<&str> = files.map(|file| file.path.as_str()).collect();
        let files = evidence.files.iter();
        let read: BTreeSet<&str> = files.map(|file| file.path.as_str()).collect();
        let finding = |(i, path): (usize, &EvidencePath)| {
            let text = path.as_str();
            let message = match (self.is_evidence(text), read.contains(text)) {
                _ if listed.contains(text) => return None,
                (false, _) => format!("no field names `{path}` as evidence"),
                (true, true) => format!("`{path}` was searched, so nobody has to look through it"),
                // A file that cannot be read has a finding at its field.
                (true, false) => return None,
            };
            let help = "remove it from `looked_through`, or correct the path";
            let field = field!(looked_through[i]);
            let code = Code::LookedThroughNeedlessly;
            Some(Finding::at(code, field, message, help))
        };
        let named = application.looked_through.iter().enumerate();
        named.filter_map(finding).collect()
    }
}
