//! The findings about a pack. The first of each code are shown and the rest are counted.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diag::{Code, Finding, Place, Told};
use crate::domain::text::shown;
use crate::pack::contents::Contents;

/// How many findings of one code are shown.
const SHOWN: usize = 50;

#[derive(Debug, Default)]
pub(crate) struct Report {
    findings: Vec<Finding>,
    counts: BTreeMap<Code, usize>,
}

impl Report {
    /// Adds a finding about a file in the pack.
    pub(crate) fn add(
        &mut self,
        code: Code,
        path: &str,
        message: impl Into<Told>,
        help: &'static str,
    ) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= SHOWN {
            let place = Place::File(shown(path));
            self.findings.push(Finding::new(code, place, message, help));
        }
    }

    /// Adds a finding about the pack as a whole.
    pub(crate) fn about(
        &mut self,
        pack: &Path,
        code: Code,
        message: impl Into<Told>,
        help: &'static str,
    ) {
        self.add(code, &pack.display().to_string(), message, help);
    }

    /// Reports that this is no pack.
    pub(crate) fn no_pack(&mut self, pack: &Path, message: impl Into<Told>) {
        let help =
            "name a pack that `clspack pack` wrote; copy it again if it was damaged in transit";
        self.about(pack, Code::NotAPack, message, help);
    }

    /// Reports the changes of another program to the wrapping.
    pub(crate) fn rewrapped(&mut self, pack: &Path, contents: &Contents<'_>) {
        // If the content is damaged, the wrapping does not matter.
        if contents.wrapping.is_empty() || !self.findings.is_empty() {
            return;
        }
        let how: Vec<&str> = contents.wrapping.iter().copied().collect();
        let what = if contents.is_archive() {
            "the pack was zipped again by another program"
        } else {
            "the folder is not as it was written"
        };
        let message = format!("{what}: {}", how.join(", "));
        let help = "send the file that `clspack pack` wrote where its bytes matter; the files in it are compared all the same";
        self.about(pack, Code::PackRewrapped, message, help);
    }

    /// Returns true if a finding is about this file.
    pub(crate) fn is_about(&self, path: &str) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|one| matches!(&one.place, Place::File(place) if place == path))
    }

    /// Returns the findings, and how many more there are of each code.
    pub(crate) fn findings(mut self) -> Vec<Finding> {
        for (code, count) in &self.counts {
            let Some(more) = count.checked_sub(SHOWN).filter(|more| *more > 0) else {
                continue;
            };
            let mut of_code = self.findings.iter().filter(|one| one.code == *code);
            let Some(last) = of_code.next_back().cloned() else {
                continue;
            };
            let message = format!("{more} more files have this finding");
            self.findings.push(Finding { message, ..last });
        }
        self.findings
    }
}
