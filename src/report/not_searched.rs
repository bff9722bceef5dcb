//! The list of files that could not be searched, for people.

use crate::domain::NotSearched;

/// What the list is called.
pub const TITLE: &str = "Not searched for other clients' data";

/// Says one file and why.
pub fn line(file: &NotSearched) -> String {
    let by_hand = if file.looked_through {
        "; looked through by a person"
    } else {
        ""
    };
    format!("{}: {}{by_hand}", file.path, file.reason.says())
}

/// Returns the list as text, with its title; nothing if every file was searched.
pub fn text(files: &[NotSearched]) -> String {
    if files.is_empty() {
        return String::new();
    }
    let lines = files.iter().map(|file| format!("  {}\n", line(file)));
    format!("{TITLE}\n{}", lines.collect::<String>())
}
