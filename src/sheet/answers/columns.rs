//! The columns of a sheet of answers, and by which headings they are known.

use crate::sheet::columns::heading_text;
use crate::sheet::grid::Grid;
use crate::sheet::headings::alike;

/// The names of such a sheet.
const NAMES: &[&str] = &["Answers", "Antworten", "回答", "답변"];

/// How many rows from the top may hold the headings.
const HEADING_ROWS: u32 = 20;

/// What the columns hold, and the headings by which they are known.
const COLUMNS: [(Part, &[&str]); 7] = [
    (
        Part::Model,
        &[
            "Model",
            "Models",
            "Model or family",
            "Product",
            "Modell",
            "型番",
            "モデル",
            "모델",
            "모델명",
        ],
    ),
    (
        Part::Family,
        &[
            "Family",
            "Families",
            "Baureihe",
            "Familie",
            "シリーズ",
            "시리즈",
            "제품군",
        ],
    ),
    (
        Part::Provision,
        &[
            "Provision",
            "Provision no",
            "Clause",
            "Item",
            "Anforderung",
            "項目",
            "要件",
            "조항",
            "항목",
        ],
    ),
    (
        Part::Answer,
        &[
            "Answer", "Support", "Status", "Met", "Antwort", "回答", "답변",
        ],
    ),
    (
        Part::Detail,
        &[
            "Detail",
            "Details",
            "Explanation",
            "Justification",
            "Erläuterung",
            "詳細",
            "説明",
            "설명",
        ],
    ),
    (
        Part::Evidence,
        &[
            "Evidence", "File", "Files", "Nachweis", "証拠", "証跡", "증빙",
        ],
    ),
    (
        Part::Pages,
        &["Pages", "Page", "Seite", "Seiten", "ページ", "페이지"],
    ),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Model,
    Family,
    Provision,
    Answer,
    Detail,
    Evidence,
    Pages,
}

/// Returns true for the name of a sheet of answers.
pub(in crate::sheet) fn is_answers(sheet: Option<&str>) -> bool {
    sheet.is_some_and(|sheet| NAMES.iter().any(|name| alike(name, sheet)))
}

/// Returns the row of the headings, and what each column holds.
pub(super) fn columns(grid: &Grid) -> Option<(u32, Vec<(Part, u32)>)> {
    let top = grid.rows.range(..HEADING_ROWS);
    let known = top.map(|(row, cells)| {
        let parts = cells.iter().filter_map(|cell| {
            let text = heading_text(&cell.value)?;
            let known = COLUMNS.iter();
            let mut known = known.filter(|(_, words)| words.iter().any(|word| alike(word, &text)));
            known.next().map(|(part, _)| (*part, cell.column))
        });
        (*row, parts.collect::<Vec<_>>())
    });
    let is_whole = |(_, parts): &(u32, Vec<(Part, u32)>)| {
        let has = |wanted: Part| parts.iter().any(|(part, _)| *part == wanted);
        has(Part::Provision) && has(Part::Answer) && (has(Part::Model) || has(Part::Family))
    };
    known.into_iter().find(is_whole)
}
