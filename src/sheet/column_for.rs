//! The column that a sheet lacks for a field, by the heading that people know.

use std::sync::LazyLock;

use crate::domain::{FieldPath, Step};
use crate::sheet::headings::{Headings, words_of};

/// A column that a sheet may have for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnFor {
    /// What people write over it.
    pub heading: String,
    /// Whether it holds the whole field, and not the first part of a table.
    pub is_whole: bool,
}

/// Returns the column for a field or the first for a table; nothing for what no column can hold.
pub fn column_for(field: &FieldPath) -> Option<ColumnFor> {
    static HEADINGS: LazyLock<Headings> = LazyLock::new(Headings::new);
    HEADINGS.column_for(field)
}

impl Headings {
    fn column_for(&self, field: &FieldPath) -> Option<ColumnFor> {
        let of_answers = ["provisions", "lifecycle"].contains(&field.section());
        if let (true, [_, Step::Name(id), rest @ ..]) = (of_answers, field.steps()) {
            let part = rest.iter().find_map(|step| match step {
                Step::Name(part) if part != "support" => Some(format!(" {part}")),
                _ => None,
            });
            let heading = format!("{id}{}", part.unwrap_or_default());
            let is_whole = true;
            return Some(ColumnFor { heading, is_whole });
        }
        let mut leaves = self.leaves.iter();
        let leaf = leaves.find(|leaf| leaf.route(0).is_within(field))?;
        Some(ColumnFor {
            heading: words_of(leaf, &self.leaves, 0),
            is_whole: leaf.route(0) == *field,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field;

    #[test]
    fn a_field_has_a_column_and_a_table_its_first() {
        for (field, heading, is_whole) in [
            (field!(application.level), "Level", true),
            (field!(applicant), "Applicant name", false),
            (field!(product.models), "Models", true),
            (field!(labels[0].number), "Label 1 number", true),
            (field!(provisions."5.1-1"), "5.1-1", true),
            (field!(provisions."5.1-1".detail), "5.1-1 detail", true),
        ] {
            let found = column_for(&field).map(|found| (found.heading, found.is_whole));
            assert_eq!(found, Some((heading.to_owned(), is_whole)), "{field}");
        }
        assert_eq!(column_for(&field!(waivers)), None);
    }
}
