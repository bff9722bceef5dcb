//! Checks rule data: missing sources, dates out of order, gaps and overlaps in decision tables, dangling references,
//! past editions that were changed.

use std::collections::BTreeSet;

use crate::diag::{Code, Finding, Place, Told};
use crate::domain::{Category, Date, Label, LabelCategory, LabelLevel, Level, Sha256};
use crate::rules::row::Row;
use crate::rules::tables::{Arrangement, Recognition, Route};
use crate::rules::{Edition, RuleBook, RuleFiles, Timeline, load};

pub fn lint(files: &RuleFiles) -> Vec<Finding> {
    let (book, mut findings) = load(files);
    if let Some(book) = book {
        let mut lint = Lint {
            book: &book,
            findings: Vec::new(),
        };
        lint.every_edition();
        lint.decision_tables();
        lint.references();
        lint.folders();
        lint.inferred();
        let (guidance, unreadable) = load::guidance(files);
        if let Some(guidance) = guidance {
            lint.guidance(&guidance);
        }
        findings.extend(lint.findings);
        findings.extend(unreadable);
    }
    history(files, &mut findings);
    findings
}

pub(crate) struct Lint<'b> {
    pub(crate) book: &'b RuleBook,
    findings: Vec<Finding>,
}

impl Lint<'_> {
    pub(crate) fn report(&mut self, code: Code, path: &str, message: impl Into<Told>, help: &str) {
        self.findings.push(Finding::new(
            code,
            Place::File(path.to_owned()),
            message,
            help,
        ));
    }

    fn every_edition(&mut self) {
        let book = self.book;
        for edition in book.timelines().into_iter().flatten() {
            if edition.body.schema() != 1 {
                self.report(
                    Code::RuleUnreadable,
                    edition.path,
                    "the format of the file is not 1",
                    "write `schema: 1`",
                );
            }
            self.rows(edition.path, &edition.body.rows());
        }
        if book.sources.schema != 1 {
            self.report(
                Code::RuleUnreadable,
                "sources.yaml",
                "the format of the file is not 1",
                "write `schema: 1`",
            );
        }
        self.rows(
            "sources.yaml",
            &book
                .sources
                .contacts
                .iter()
                .map(|row| row as &dyn Row)
                .collect::<Vec<_>>(),
        );
        for publication in &book.sources.publications {
            if publication
                .published
                .as_option()
                .is_some_and(|published| *published > publication.retrieved)
            {
                self.report(
                    Code::RuleDatesDisordered,
                    "sources.yaml",
                    format!("`{}` was read before it was published", publication.id),
                    "correct `published` or `retrieved`",
                );
            }
        }
    }

    pub(crate) fn rows(&mut self, path: &str, rows: &[&dyn Row]) {
        let mut ids = BTreeSet::new();
        for row in rows {
            let id = row.id();
            if !ids.insert(id) {
                self.report(
                    Code::RuleIdRepeated,
                    path,
                    format!("two rows have the id `{id}`"),
                    "give each row an id of its own",
                );
            }
            self.source(path, *row);
        }
    }

    /// Checks that the publication of a row is known, and that it was read before the row was confirmed.
    pub(crate) fn source(&mut self, path: &str, row: &dyn Row) {
        let id = row.id();
        let Some(publication) = self.book.publication(&row.source().publication) else {
            self.report(
                Code::RuleSourceUnknown,
                path,
                format!(
                    "`{id}` cites `{}`, which `sources.yaml` does not have",
                    row.source().publication
                ),
                "add the publication, or correct the id",
            );
            return;
        };
        if row.confirmed() < publication.retrieved {
            self.report(
                Code::RuleDatesDisordered,
                path,
                format!(
                    "`{id}` was confirmed on {}, before `{}` was read",
                    row.confirmed(),
                    publication.id
                ),
                "correct `confirmed` or `retrieved`",
            );
        }
    }

    fn decision_tables(&mut self) {
        let book = self.book;
        for edition in book.forms.editions() {
            for route in [Route::Mra, Route::Standard] {
                for level in Level::ALL {
                    let n_fit = edition
                        .body
                        .rows
                        .iter()
                        .filter(|row| row.route == route && row.levels.contains(&level))
                        .count();
                    self.one_row(
                        &edition.path,
                        n_fit,
                        &format!("the route `{route}` at Level {level}"),
                    );
                }
            }
        }
        for edition in book.scope.editions() {
            for category in Category::ALL {
                let n_fit = edition
                    .body
                    .rows
                    .iter()
                    .filter(|row| row.categories.contains(category))
                    .count();
                self.one_row(&edition.path, n_fit, &format!("the category `{category}`"));
            }
        }
        for edition in book.arrangements.values().flat_map(Timeline::editions) {
            self.arrangement(edition);
        }
    }

    /// Checks every label that the scheme can issue, for every product category.
    fn arrangement(&mut self, edition: &Edition<Arrangement>) {
        let form = &edition.body.label;
        let levels: Vec<Option<LabelLevel>> = if form.levels.is_empty() {
            vec![None]
        } else {
            form.levels.iter().copied().map(Some).collect()
        };
        let of_label: Vec<Option<LabelCategory>> = if form.categories.is_empty() {
            vec![None]
        } else {
            std::iter::once(None)
                .chain(LabelCategory::ALL.iter().copied().map(Some))
                .collect()
        };
        for (level, category) in levels.iter().flat_map(|level| {
            Category::ALL
                .iter()
                .map(move |category| (*level, *category))
        }) {
            for label_category in &of_label {
                let label = Label {
                    level: level.into(),
                    category: (*label_category).into(),
                    ..Label::default()
                };
                let n_fit = edition
                    .body
                    .rows
                    .iter()
                    .filter(|row| crate::rules::fits(&row.when, &label, Some(category)))
                    .count();
                let what = format!(
                    "a label{}{} on a product of the category `{category}`",
                    level.map_or_else(String::new, |level| format!(" `{level}`")),
                    label_category.map_or_else(String::new, |of| format!(" for `{of}`"))
                );
                self.one_row(&edition.path, n_fit, &what);
            }
        }
        for row in &edition.body.rows {
            let gives = row.level.is_some();
            if gives == (row.outcome == Recognition::NotRecognised)
                || (row.outcome == Recognition::NotRecognised) != row.reason.is_some()
                || (row.outcome == Recognition::Simplified) != row.question.is_some()
            {
                self.report(Code::RuleUnreadable, &edition.path, format!("`{}` lacks what its outcome needs", row.id), "give a recognised label its `level`, a simplified one its `question` too, any other its `reason`");
            }
        }
    }

    fn one_row(&mut self, path: &str, n_fit: usize, what: &str) {
        match n_fit {
            0 => self.report(
                Code::RuleGap,
                path,
                format!("no row covers {what}"),
                "add a row; where no source answers, the row says so",
            ),
            1 => {}
            _ => self.report(
                Code::RuleOverlap,
                path,
                format!("{n_fit} rows cover {what}"),
                "narrow the rows so that exactly one fits; their order decides nothing",
            ),
        }
    }
}

/// Compares the editions with the hashes under which they were first published. A new edition joins the list; a
/// listed one never changes.
fn history(files: &RuleFiles, findings: &mut Vec<Finding>) {
    let text = files
        .get("HISTORY.sha256")
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .unwrap_or_default();
    let mut listed = BTreeSet::new();
    let place = |path: &str| Place::File(path.to_owned());
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let Some((hash, path)) = line.split_once("  ") else {
            findings.push(Finding::new(
                Code::RuleHistoryChanged,
                place("HISTORY.sha256"),
                format!("the line `{line}` cannot be read"),
                "write the hash, two spaces and the path",
            ));
            continue;
        };
        listed.insert(path);
        match files.get(path) {
            None => findings.push(Finding::new(
                Code::RuleHistoryChanged,
                place(path),
                "a past edition is gone",
                "put it back; past editions stay on record",
            )),
            Some(bytes) if Sha256::of(bytes).to_string() != hash => findings.push(Finding::new(
                Code::RuleHistoryChanged,
                place(path),
                "a past edition was changed",
                "put it back as it was, and write the correction as a new edition",
            )),
            Some(_) => {}
        }
    }
    for path in files
        .keys()
        .filter(|path| is_edition(path) && !listed.contains(path.as_str()))
    {
        findings.push(Finding::new(
            Code::RuleHistoryChanged,
            place(path),
            "an edition is not in `HISTORY.sha256`",
            "add its line as `sha256sum` writes it, once the edition is final",
        ));
    }
}

fn is_edition(path: &str) -> bool {
    path.rsplit('/')
        .next()
        .and_then(|name| name.strip_suffix(".yaml"))
        .is_some_and(|name| name.parse::<Date>().is_ok())
}
