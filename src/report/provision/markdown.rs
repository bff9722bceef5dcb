//! Provisions as Markdown: a page for each clause, and an index.

use std::fmt::Write as _;

use crate::report::provision::{level, parts, status};
use crate::rules::page::{Page, Pages};
use crate::rules::tables::DeviceClass;

/// Returns the index of all provisions.
pub fn index(pages: Pages<'_>) -> String {
    let mut text = String::from(
        "# Provisions\n\n\
         What each provision asks, what an assessor looks for, which evidence helps, and where we read it. All sentences\n\
         are our own and replace no official text. `clspack explain 5.2-1` prints the same, `clspack explain 5.3` lists a\n\
         clause, and `--format json` gives it to programs. These pages are written from [`rules/`](../../rules/README.md).\n\n\
         \"Level\" is the lowest level of the label that asks for the provision, \"Gateway\" the one for home gateways. A\n\
         hyphen means that no level asks for it. What an assessor looks for comes from a publication for home gateways\n\
         (SP-151-4A); a page says so where it is inferred for other devices. Test cases are those of ETSI TS 103 701; no source that\n\
         clspack knows says whether laboratories use them for the label.\n",
    );
    for (clause, ids) in pages.clauses() {
        let title = pages.clause_title(clause).unwrap_or_default();
        let _ = write!(
            text,
            "\n## {clause} {title}\n\n| Provision | Subject | Status | Level | Gateway |\n|---|---|---|---|---|\n"
        );
        for page in ids.iter().filter_map(|id| pages.page(id)) {
            text.push_str(&row(clause, &page));
        }
    }
    text
}

fn row(clause: &str, page: &Page<'_>) -> String {
    let id = &page.row.id;
    format!(
        "| [{id}]({clause}.md#{}) | {} | {} | {} | {} |\n",
        anchor(id),
        page.row.title,
        status(page.row.status),
        level(page, DeviceClass::Generic),
        level(page, DeviceClass::HomeGateway)
    )
}

/// Returns an id as an anchor of HTML.
fn anchor(id: &str) -> String {
    id.to_ascii_lowercase()
}

/// Returns the page of a clause.
pub fn clause(pages: Pages<'_>, clause: &str, ids: &[&str]) -> String {
    let title = pages.clause_title(clause).unwrap_or_default();
    let mut text = format!("# {clause} {title}\n\n[All provisions](README.md)\n");
    for page in ids.iter().filter_map(|id| pages.page(id)) {
        let id = &page.row.id;
        let _ = write!(
            text,
            "\n<a id=\"{}\"></a>\n\n## {id} {}\n",
            anchor(id),
            page.row.title
        );
        for part in parts::parts(&page) {
            let _ = write!(text, "\n**{}**", part.heading);
            if !part.text.is_empty() {
                let _ = write!(text, "<br>\n{}", part.text);
            }
            text.push('\n');
            if !part.items.is_empty() {
                text.push('\n');
            }
            for item in &part.items {
                let _ = writeln!(text, "- {item}");
            }
        }
    }
    text
}
