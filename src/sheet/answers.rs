//! A second sheet with answers to provisions in long form: model or family, provision, answer, detail, evidence, pages.
//! They join the rows of the products, so that one line answers for a whole family.

mod columns;

pub(super) use columns::is_answers;

use clspack_workbook::Texts;

use crate::diag::{Code, Finding, Place};
use crate::domain::{FieldPath, Step};
use crate::sheet::answers::columns::{Part, columns};
use crate::sheet::filter::{is_total, written};
use crate::sheet::grid::Grid;
use crate::sheet::headings::{Headings, alike};
use crate::sheet::{Field, GivenBy, Row};

/// A line of the sheet.
struct Line<'g> {
    grid: &'g Grid,
    row: u32,
    /// The words of its cells, with their columns.
    cells: Vec<(Part, u32, String)>,
}

/// Adds the answers of a sheet to the rows of the products.
pub(super) fn join(
    grid: &Grid,
    rows: &mut [Row],
    headings: &Headings,
    findings: &mut Vec<Finding>,
) {
    let Some((heading_row, columns)) = columns(grid) else {
        if !grid.rows.is_empty() {
            findings.push(Finding::new(
                Code::AnswersUnusable,
                grid.whole(),
                "the sheet of answers has no row with the headings `Model`, `Provision` and `Answer`",
                "head its columns with Model or Family, Provision, Answer, Detail, Evidence and Pages",
            ));
        }
        return;
    };
    let mut texts = Texts::default();
    for (row, cells) in grid.rows.range(heading_row + 1..) {
        if grid.hidden.contains(row) || is_total(cells) {
            continue;
        }
        let part = |column: u32| columns.iter().find(|(_, other)| *other == column);
        let cells = cells.iter().filter_map(|cell| {
            let (part, column) = *part(cell.column)?;
            Some((part, column, written(&cell.value)?))
        });
        let line = Line {
            grid,
            row: *row,
            cells: cells.collect(),
        };
        if line.cells.is_empty() {
            continue;
        }
        if let Err(finding) = line.join(rows, headings, &mut texts) {
            findings.push(*finding);
        }
    }
}

impl Line<'_> {
    fn text(&self, wanted: Part) -> Option<(u32, &str)> {
        let mut cells = self.cells.iter();
        let found = cells.find(|(part, ..)| *part == wanted);
        found.map(|(_, column, text)| (*column, text.as_str()))
    }

    fn place(&self, column: u32) -> Place {
        self.grid.place(self.row, column)
    }

    /// Gives the answer to every row that it is for.
    fn join(
        &self,
        rows: &mut [Row],
        headings: &Headings,
        texts: &mut Texts,
    ) -> Result<(), Box<Finding>> {
        let (column, name) = self.named()?;
        let route = self.provision(headings)?;
        let concerned: Vec<usize> = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| is_for(row, name))
            .map(|(i, _)| i)
            .collect();
        if concerned.is_empty() {
            return Err(self.for_nobody(column, name, rows));
        }
        let fields = self.fields(&route, texts)?;
        for i in concerned {
            let row = &mut rows[i];
            if let Some(finding) = self.twice(row, &route, name) {
                return Err(finding);
            }
            if Self::yields(row, &route, name) {
                continue;
            }
            row.fields.retain(|field| !field.route.is_within(&route));
            row.fields.extend(fields.iter().cloned());
            row.answers = Some(self.grid.sheet.clone());
        }
        Ok(())
    }

    fn named(&self) -> Result<(u32, &str), Box<Finding>> {
        let named = self.text(Part::Model).or_else(|| self.text(Part::Family));
        named.ok_or_else(|| {
            let column = self.cells.first().map_or(0, |(_, column, _)| *column);
            let message = "the answer names neither a model nor a family";
            let help = "write the model or family that it is for";
            Box::new(Finding::new(
                Code::AnswersUnusable,
                self.place(column),
                message,
                help,
            ))
        })
    }

    fn provision(&self, headings: &Headings) -> Result<FieldPath, Box<Finding>> {
        let Some((column, text)) = self.text(Part::Provision) else {
            let column = self.cells.first().map_or(0, |(_, column, _)| *column);
            let message = "the answer has no provision";
            let help = "write the number of the provision, such as 5.1-1";
            return Err(Box::new(Finding::new(
                Code::AnswersUnusable,
                self.place(column),
                message,
                help,
            )));
        };
        let words = text.trim_start_matches("Provision").trim();
        let target = headings
            .answer(words)
            .filter(|_| !words.contains(char::is_whitespace));
        let steps = target.map(|target| target.route.steps()[..2].to_vec());
        steps.map(FieldPath::of).ok_or_else(|| {
            let message = format!(
                "`{}` is not the number of a provision",
                crate::domain::text::shown(text)
            );
            let help = "write the number as the rules have it, such as 5.1-1";
            Box::new(Finding::new(
                Code::AnswersUnusable,
                self.place(column),
                message,
                help,
            ))
        })
    }

    fn for_nobody(&self, column: u32, name: &str, rows: &[Row]) -> Box<Finding> {
        let known = rows
            .iter()
            .flat_map(|row| models(row).chain(row.family.as_deref()));
        let near = crate::diag::nearest::nearest(name, known);
        let help = near.map_or_else(
            || "write a model or family of the sheet of products".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!(
            "no product has the model or family `{}`",
            crate::domain::text::shown(name)
        );
        Box::new(Finding::new(
            Code::AnswerForNobody,
            self.place(column),
            message,
            help,
        ))
    }

    /// Two answers to one provision for one product, neither closer to it than the other.
    fn twice(&self, row: &Row, route: &FieldPath, name: &str) -> Option<Box<Finding>> {
        let before = row
            .fields
            .iter()
            .find(|field| field.route.is_within(route))?;
        let is_same_kind = match before.by {
            GivenBy::Answer { of_model, .. } => of_model == is_model(row, name),
            GivenBy::Column(_) => true,
            GivenBy::Mapping(_) => false,
        };
        is_same_kind.then(|| {
            let (column, _) = self.text(Part::Provision).unwrap_or_default();
            let number = row.number;
            let message = format!("row {number} has a second answer to this provision");
            let help = "keep one of them";
            let finding = Finding::new(Code::AnswersUnusable, self.place(column), message, help);
            Box::new(finding.and_at(row.place(before), "the first answer"))
        })
    }

    /// An answer for a family gives way to that for a model, whichever comes first.
    fn yields(row: &Row, route: &FieldPath, name: &str) -> bool {
        let has_own = row.fields.iter().any(|field| {
            field.route.is_within(route)
                && matches!(field.by, GivenBy::Answer { of_model: true, .. })
        });
        has_own && !is_model(row, name)
    }

    fn fields(&self, route: &FieldPath, texts: &mut Texts) -> Result<Vec<Field>, Box<Finding>> {
        let is_model = self.text(Part::Model).is_some();
        let mut fields = Vec::new();
        let mut add = |route: FieldPath, column: u32, text: &str| {
            fields.push(Field {
                route,
                text: texts.shared(text),
                by: GivenBy::Answer {
                    row: self.row,
                    column,
                    of_model: is_model,
                },
            });
        };
        for (part, name) in [(Part::Answer, "support"), (Part::Detail, "detail")] {
            if let Some((column, text)) = self.text(part) {
                add(route.key(name), column, text);
            }
        }
        let Some((column, files)) = self.text(Part::Evidence) else {
            return Ok(fields);
        };
        let files: Vec<&str> = files
            .split([';', '\n', ','])
            .map(str::trim)
            .filter(|file| !file.is_empty())
            .collect();
        let pages = self.text(Part::Pages);
        if let Some((column, _)) = pages.filter(|_| files.len() > 1) {
            let message = format!(
                "the pages are those of one file, and the answer has {}",
                files.len()
            );
            let help = "write one line for each file, or leave the pages out";
            return Err(Box::new(Finding::new(
                Code::AnswersUnusable,
                self.place(column),
                message,
                help,
            )));
        }
        let evidence = route.key("evidence");
        for (i, file) in files.iter().enumerate() {
            match pages {
                None => add(evidence.index(i), column, file),
                Some((of_pages, pages)) => {
                    add(evidence.index(i).key("file"), column, file);
                    add(evidence.index(i).key("pages"), of_pages, pages);
                }
            }
        }
        Ok(fields)
    }
}

fn models(row: &Row) -> impl Iterator<Item = &str> {
    let of_models = row.fields.iter().filter(|field| {
        matches!(field.route.steps(), [Step::Name(product), Step::Name(models), ..] if product == "product" && models == "models")
    });
    of_models.map(|field| &*field.text)
}

fn is_model(row: &Row, name: &str) -> bool {
    models(row).any(|model| model.trim() == name.trim())
}

fn is_for(row: &Row, name: &str) -> bool {
    is_model(row, name)
        || row
            .family
            .as_deref()
            .is_some_and(|family| alike(family, name))
}
