//! A heading that is a day: a column for people, or the number of a provision that Excel took for a day.

use clspack_workbook::Day;

use crate::diag::{Code, Finding};
use crate::domain::Support;
use crate::domain::vocabulary::synonyms::{certain, says_nothing};
use crate::sheet::grid::{Cell, Grid, Value};

/// The clause whose provisions have numbers such as 6-1, which Excel takes for a day; no other number looks like one.
const CLAUSE: u8 = 6;

/// Returns true if a heading is a day that may have been the number of a provision, and its column has an answer.
pub(super) fn may_answer(grid: &Grid, row: u32, heading: &Cell) -> bool {
    let Value::Date(day) = &heading.value else {
        return false;
    };
    let below = grid.rows.range(row + 1..);
    let mut cells = below.flat_map(|(_, cells)| cells);
    may_be_number(*day) && cells.any(|cell| cell.column == heading.column && is_answer(&cell.value))
}

/// Returns the finding for a heading that Excel has changed: nobody can tell which provision it named.
pub(super) fn finding(grid: &Grid, row: u32, heading: &Cell) -> Finding {
    let day = match &heading.value {
        Value::Date(day) => day.to_string(),
        _ => String::new(),
    };
    Finding::new(
        Code::UnknownColumn,
        grid.place(row, heading.column),
        format!("the heading is the date {day}, and the column has answers"),
        format!("format the row of the headings as text and type the heading again; if the column answers no provision, write `columns: {{ \"{day}\": ignore }}` into the map"),
    )
    .because("Excel takes a heading such as 6-1, the number of a provision, for a day")
}

fn may_be_number(day: Day) -> bool {
    day.month == CLAUSE || day.day == CLAUSE
}

fn is_answer(value: &Value) -> bool {
    match value {
        Value::Bool(_) => true,
        Value::Text(text) => {
            let words: Vec<&str> = Support::ALL.iter().map(|word| word.as_str()).collect();
            !says_nothing(text) && certain(text, &words).is_some()
        }
        _ => false,
    }
}
