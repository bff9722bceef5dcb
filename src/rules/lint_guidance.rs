//! The part of the lint that reads the guidance on provisions: sources, and references to provisions, clauses and
//! tables.

use std::collections::BTreeSet;

use crate::diag::Code;
use crate::rules::guidance::{GUIDANCE, Guidance, GuidanceRow};
use crate::rules::lint::Lint;
use crate::rules::row::Row;

/// Returns rows of one kind as rows of any kind.
fn any<T: Row>(rows: &[T]) -> Vec<&dyn Row> {
    rows.iter().map(|row| row as &dyn Row).collect()
}

impl Lint<'_> {
    pub(crate) fn guidance(&mut self, guidance: &Guidance) {
        if guidance.schema != 1 {
            self.report(
                Code::RuleUnreadable,
                GUIDANCE,
                "the format of the file is not 1",
                "write `schema: 1`",
            );
        }
        for rows in [
            any(&guidance.clauses),
            any(&guidance.tables),
            any(&guidance.rows),
        ] {
            self.rows(GUIDANCE, &rows);
        }
        for assessed in guidance.rows.iter().filter_map(GuidanceRow::assessed) {
            self.source(GUIDANCE, &assessed);
        }
        self.guidance_references(guidance);
    }

    fn guidance_references(&mut self, guidance: &Guidance) {
        let book = self.book;
        let catalogue = || {
            let editions = book.provisions.editions().iter();
            editions.flat_map(|edition| &edition.body.rows)
        };
        let provisions: BTreeSet<&str> = catalogue().map(|row| row.id.as_str()).collect();
        let clauses: BTreeSet<&str> = catalogue().map(|row| row.clause.as_str()).collect();
        for row in &guidance.rows {
            if !provisions.contains(row.id.as_str()) {
                self.unknown(format!("`{}` is no provision", row.id));
            }
            let tables = row.tests.iter().flat_map(|tests| &tests.tables);
            for table in tables.filter(|table| guidance.table(table).is_none()) {
                self.unknown(format!("`{}` names `{table}`, which is no table", row.id));
            }
        }
        for clause in &guidance.clauses {
            if !clauses.contains(clause.id.as_str()) {
                self.unknown(format!("`{}` is no clause of a provision", clause.id));
            }
        }
    }

    fn unknown(&mut self, message: String) {
        self.report(
            Code::RuleReferenceUnknown,
            GUIDANCE,
            message,
            "correct the number",
        );
    }
}
