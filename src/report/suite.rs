//! What formats of other programs show: each manifest or product with everything that is reported about it.

use std::fmt::Write as _;
use std::path::{Component, Path};

use crate::diag::{Code, Finding, Origins, Severity, SourceFile};
use crate::report::location::Location;

/// Everything that a run reports.
#[derive(Debug)]
pub struct Suites {
    pub all: Vec<Suite>,
    /// The least grave severity that fails the run.
    pub fail_on: Severity,
}

/// A manifest or product.
#[derive(Debug)]
pub struct Suite {
    /// The name by which the user knows it.
    pub name: String,
    /// Its file; empty if it has none.
    pub file: String,
    /// Its state in a word; empty if it has none.
    pub state: String,
    /// Whether its state fails the run.
    pub fails: bool,
    pub items: Vec<Item>,
}

/// A finding, a machine error, or a note about the run.
#[derive(Debug)]
pub struct Item {
    /// Its code; a machine error or a note has none.
    pub code: Option<Code>,
    pub severity: Severity,
    pub message: String,
    pub help: String,
    /// Why it matters, beyond the explanation of the code; may be empty.
    pub note: String,
    pub location: Location,
    /// Where in the file it is, such as `sheet Models, cell C5`; empty if line and column say it.
    pub within: String,
}

impl Item {
    /// Returns a finding about a manifest.
    pub fn of(finding: &Finding, source: &SourceFile, origins: &Origins) -> Self {
        Self {
            code: Some(finding.code),
            severity: finding.severity(),
            message: finding.message.clone(),
            help: finding.help.clone(),
            note: finding.note.clone().unwrap_or_default(),
            location: Location::of(&finding.place, source, origins),
            within: String::new(),
        }
    }

    /// Returns what it is called: code and name, or what it is without a code.
    pub fn title(&self) -> String {
        match (self.code, self.severity) {
            (Some(code), _) => format!("{code} {}", code.name()),
            (None, Severity::Error) => "failure".to_owned(),
            (None, Severity::Confirm | Severity::Warning) => "note".to_owned(),
        }
    }

    /// Returns everything it says, a line for each part.
    pub fn text(&self) -> String {
        let mut text = match self.within.as_str() {
            "" => self.message.clone(),
            within => format!("{within}: {}", self.message),
        };
        for (name, part) in [("note", &self.note), ("help", &self.help)] {
            if !part.is_empty() {
                let _ = write!(text, "\n{name}: {part}");
            }
        }
        text
    }

    /// Makes its location a file. Of the name of a product, such as `models.xlsx, sheet Models, row 5`, the first part
    /// is one; what names no file at all is about the file of the suite.
    fn settle(&mut self, suite: &str, file: &dyn Fn(&str) -> Option<String>) {
        let named = self.location.file.clone();
        let ends = named.rmatch_indices(", ").map(|(end, _)| end);
        let found = std::iter::once(named.len())
            .chain(ends)
            .find_map(|end| Some((file(&named[..end])?, &named[end..])));
        let (file, rest) = match found {
            Some((file, rest)) => (file, rest.trim_start_matches(", ")),
            // A file that is not there is the reason.
            None if named == suite || suite.is_empty() => (named.clone(), ""),
            None => (suite.to_owned(), named.as_str()),
        };
        let at = &self.location;
        let sheet = named_part("sheet", at.sheet.as_ref());
        let cell = named_part("cell", at.cell.as_ref());
        let paragraph = named_part("paragraph", at.paragraph.as_ref());
        let part = at.part.as_deref().unwrap_or_default();
        let parts = [rest, &sheet, &cell, part, &paragraph].into_iter();
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        self.within = parts.join(", ");
        self.location.file = file;
    }
}

/// Returns a part of a place by its name; empty if the place has none.
fn named_part(name: &str, part: Option<&impl std::fmt::Display>) -> String {
    part.map_or_else(String::new, |part| format!("{name} {part}"))
}

impl Suite {
    /// Adds why its state fails the run, if no item says so.
    pub fn explain(&mut self, why: &str, fail_on: Severity) {
        let is_explained = self.items.iter().any(|item| item.severity <= fail_on);
        if self.fails && !is_explained {
            self.items.push(Item {
                severity: Severity::Confirm,
                message: format!("{}: {why}", self.state),
                ..Item::whole(&self.file)
            });
        }
    }
}

impl Suites {
    /// Makes the location of each item a file; `file` returns the path of the file that a name means, if there is one.
    pub fn settle(&mut self, file: &dyn Fn(&str) -> Option<String>) {
        for suite in &mut self.all {
            let mut own = Item::whole(&suite.file);
            own.settle("", file);
            if file(&own.location.file).is_some() {
                suite.file = own.location.file;
            }
            for item in &mut suite.items {
                item.settle(&suite.file, file);
            }
        }
    }

    /// Returns whether something of this severity fails the run.
    pub fn fails(&self, severity: Severity) -> bool {
        severity <= self.fail_on
    }
}

impl Item {
    fn whole(file: &str) -> Self {
        Self {
            code: None,
            severity: Severity::Error,
            message: String::new(),
            help: String::new(),
            note: String::new(),
            location: Location::whole(file),
            within: String::new(),
        }
    }

    /// Returns what the machine could not do with a file.
    pub fn failure(file: &str, message: String, help: Option<String>) -> Self {
        Self {
            message,
            help: help.unwrap_or_default(),
            ..Self::whole(file)
        }
    }
}

/// Returns a path with `/` between its parts on every system, each part through `encode`. Absolute paths keep their
/// root.
pub(crate) fn slashed(path: &str, encode: fn(&str) -> String) -> String {
    let mut slashed = String::new();
    for part in Path::new(path).components() {
        if !slashed.is_empty() && !slashed.ends_with('/') {
            slashed.push('/');
        }
        match part {
            Component::ParentDir => slashed.push_str(".."),
            Component::RootDir if slashed.is_empty() => slashed.push('/'),
            // The root of a drive has its separator already.
            Component::CurDir | Component::RootDir => {}
            Component::Prefix(prefix) => {
                slashed.push_str(&prefix.as_os_str().to_string_lossy().replace('\\', "/"));
            }
            Component::Normal(part) => slashed.push_str(&encode(&part.to_string_lossy())),
        }
    }
    slashed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(named: &str, cell: Option<&str>) -> (String, String) {
        let is_file = |name: &str| ["m.yaml", "a, b.xlsx", "a, b.xlsx, c.csv"].contains(&name);
        let mut item = Item::whole(named);
        item.location.cell = cell.map(str::to_owned);
        item.settle("m.yaml", &|name| is_file(name).then(|| name.to_owned()));
        (item.location.file, item.within)
    }

    #[test]
    fn a_location_is_a_file() {
        let is = |file: &str, within: &str| (file.to_owned(), within.to_owned());
        assert_eq!(settled("m.yaml", None), is("m.yaml", ""));
        assert_eq!(
            settled("a, b.xlsx, sheet X, y, row 5", None),
            is("a, b.xlsx", "sheet X, y, row 5")
        );
        assert_eq!(
            settled("a, b.xlsx, c.csv", Some("C5")),
            is("a, b.xlsx, c.csv", "cell C5")
        );
        assert_eq!(settled("a template", None), is("m.yaml", "a template"));
    }

    #[test]
    fn paths_have_slashes() {
        let plain = |path| slashed(path, str::to_owned);
        assert_eq!(plain("./a/../b c.yaml"), "a/../b c.yaml");
        assert_eq!(plain("/tmp/x"), "/tmp/x");
        assert_eq!(plain(""), "");
    }
}
