//! The part of the lint that follows references: forms, contacts, conditions, provisions.

use std::collections::BTreeSet;

use crate::diag::Code;
use crate::domain::{Confidence, Money};
use crate::rules::lint::Lint;
use crate::rules::row::Row;
use crate::rules::tables::{LevelTable, ScopeOutcome};
use crate::rules::{Body as _, Edition, Timeline};

impl Lint<'_> {
    pub(crate) fn references(&mut self) {
        let book = self.book;
        for edition in book.fees.editions() {
            let forms = book.forms.in_force_on(edition.body.effective_from());
            for row in &edition.body.rows {
                if !forms
                    .is_some_and(|forms| forms.body.rows.iter().any(|form| form.id == row.form))
                {
                    self.report(
                        Code::RuleReferenceUnknown,
                        &edition.path,
                        format!(
                            "`{}` is about the form `{}`, which was not in force",
                            row.id, row.form
                        ),
                        "correct the id of the form",
                    );
                }
                if row
                    .amount
                    .as_option()
                    .is_some_and(|amount| Money::parse(amount, row.currency).is_err())
                {
                    self.report(
                        Code::RuleUnreadable,
                        &edition.path,
                        format!("the amount of `{}` is not an amount", row.id),
                        "write digits, a point and two digits, in quotes, such as \"10.00\"",
                    );
                }
            }
        }
        for edition in book.scope.editions() {
            for row in &edition.body.rows {
                if (row.outcome == ScopeOutcome::In) != row.class.is_some()
                    || (row.outcome == ScopeOutcome::Out) != row.question.is_some()
                {
                    self.report(Code::RuleUnreadable, &edition.path, format!("`{}` lacks what its outcome needs", row.id), "give a category that is taken its `class`, one that is left out its `reason` and `question`");
                }
            }
        }
        self.contacts();
        self.provisions();
    }

    fn contacts(&mut self) {
        let book = self.book;
        let forms = book.forms.editions().iter().flat_map(|edition| {
            edition
                .body
                .rows
                .iter()
                .map(|row| (&edition.path, Some(&row.contact)))
        });
        let scope = book.scope.editions().iter().flat_map(|edition| {
            edition
                .body
                .rows
                .iter()
                .map(|row| (&edition.path, row.contact.as_ref()))
        });
        let steps = book.steps.editions().iter().flat_map(|edition| {
            edition
                .body
                .rows
                .iter()
                .map(|row| (&edition.path, row.contact.as_ref()))
        });
        for (path, contact) in forms.chain(scope).chain(steps) {
            if let Some(unknown) = contact.filter(|id| book.contact(id).is_none()) {
                self.report(
                    Code::RuleReferenceUnknown,
                    path,
                    format!("the contact `{unknown}` is not in `sources.yaml`"),
                    "add the contact, or correct its id",
                );
            }
        }
    }

    fn provisions(&mut self) {
        let book = self.book;
        for edition in book.provisions.editions() {
            let known: BTreeSet<&str> = edition
                .body
                .conditions
                .iter()
                .map(|row| row.id.as_str())
                .collect();
            for (row, id) in edition
                .body
                .rows
                .iter()
                .flat_map(|row| row.conditions.iter().map(move |id| (row, id)))
            {
                if !known.contains(id.as_str()) {
                    self.report(
                        Code::RuleReferenceUnknown,
                        &edition.path,
                        format!("`{}` depends on `{id}`, which is no condition", row.id),
                        "add the condition, or correct its id",
                    );
                }
            }
        }
        for edition in book.levels.values().flat_map(Timeline::editions) {
            self.level_conditions(edition);
            let catalogue = book.provisions.in_force_on(edition.body.effective_from());
            let mut seen = BTreeSet::new();
            for (row, id) in edition
                .body
                .rows
                .iter()
                .flat_map(|row| row.provisions.iter().map(move |id| (row, id)))
            {
                if !catalogue.is_some_and(|catalogue| {
                    catalogue
                        .body
                        .rows
                        .iter()
                        .any(|known| known.id == id.as_str())
                }) {
                    self.report(
                        Code::RuleReferenceUnknown,
                        &edition.path,
                        format!("`{}` asks for `{id}`, which is no provision", row.id),
                        "correct the number",
                    );
                }
                if !seen.insert(id.clone()) {
                    self.report(
                        Code::RuleOverlap,
                        &edition.path,
                        format!("`{id}` is asked for by two rows"),
                        "name each provision once, at its lowest level",
                    );
                }
            }
        }
    }

    fn level_conditions(&mut self, edition: &Edition<LevelTable>) {
        let catalogue = self
            .book
            .provisions
            .in_force_on(edition.body.effective_from());
        let known = |id: &str| {
            catalogue
                .is_some_and(|catalogue| catalogue.body.conditions.iter().any(|row| row.id == id))
        };
        for row in &edition.body.rows {
            for id in row.conditions.iter().flatten().filter(|id| !known(id)) {
                let message = format!("`{}` depends on `{id}`, which is no condition", row.id);
                self.report(
                    Code::RuleReferenceUnknown,
                    &edition.path,
                    message,
                    "add the condition, or correct its id",
                );
            }
        }
    }

    /// Checks that each folder has the name of the scheme or class in its files.
    pub(crate) fn folders(&mut self) {
        let book = self.book;
        let arrangements = book.arrangements.iter().flat_map(|(scheme, timeline)| {
            timeline
                .editions()
                .iter()
                .map(move |edition| (edition.path.as_str(), *scheme == edition.body.scheme))
        });
        let levels = book.levels.iter().flat_map(|(class, timeline)| {
            timeline
                .editions()
                .iter()
                .map(move |edition| (edition.path.as_str(), *class == edition.body.class))
        });
        for (path, _) in arrangements.chain(levels).filter(|(_, fits)| !fits) {
            self.report(
                Code::RuleReferenceUnknown,
                path,
                "the file is about something else than its folder",
                "move it, or correct its `scheme` or `class`",
            );
        }
    }

    /// Checks that inferred rows only warn or ask, and never block.
    pub(crate) fn inferred(&mut self) {
        let book = self.book;
        let mut blocking: Vec<(&str, &dyn Row)> = Vec::new();
        for edition in book.requirements.editions() {
            blocking.extend(
                edition
                    .body
                    .rows
                    .iter()
                    .map(|row| (edition.path.as_str(), row as &dyn Row)),
            );
        }
        for edition in book.levels.values().flat_map(Timeline::editions) {
            blocking.extend(
                edition
                    .body
                    .rows
                    .iter()
                    .map(|row| (edition.path.as_str(), row as &dyn Row)),
            );
        }
        for (path, row) in blocking
            .into_iter()
            .filter(|(_, row)| row.confidence() == Confidence::Inferred)
        {
            let message = format!("`{}` is inferred, and a row of this kind blocks", row.id());
            self.report(
                Code::RuleSourceUnknown,
                path,
                message,
                "find a source, or leave the row out and let the plan ask",
            );
        }
        for edition in book.fees.editions() {
            let mut forms = BTreeSet::new();
            for row in edition
                .body
                .rows
                .iter()
                .filter(|row| !forms.insert(row.form.as_str()))
            {
                let message = format!("two rows are about the fee of `{}`", row.form);
                self.report(Code::RuleOverlap, &edition.path, message, "keep one");
            }
        }
    }
}
