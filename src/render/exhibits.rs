//! How the files of evidence are shown to an officer: as pictures, as pages of a volume, or by name only.

use std::collections::BTreeMap;

use crate::domain::Pages;
use crate::render::Pictures;

/// How Supporting Evidence shows each file of evidence.
#[derive(Clone, Debug, Default)]
pub struct Exhibits {
    /// Each file, by its number.
    pub shown: BTreeMap<String, Shown>,
    /// The pictures, by the number of their file.
    pub pictures: Pictures,
    /// The volumes with the pages of evidence: their paths in the pack, and their sizes in bytes.
    pub volumes: Vec<(String, u64)>,
}

/// A volume with pages of evidence, each file behind a sheet that says what it is.
#[derive(Clone, Debug)]
pub struct Volume {
    /// Its file name.
    pub name: String,
    /// Its place among the volumes, counted from 1.
    pub part: usize,
    pub n_parts: usize,
    /// Its contents, in order.
    pub sheets: Vec<Sheet>,
}

/// What follows a sheet in a volume: pages of one file.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The number of the file.
    pub number: String,
    /// The pages, by their numbers in the file.
    pub pages: Vec<u32>,
    /// How many pages the file has.
    pub n_all: usize,
    /// The page of the volume that shows the first of them.
    pub first: usize,
    /// A volume before has other pages of the file.
    pub is_continued: bool,
    /// How many notes on the pages are not shown.
    pub n_notes_left: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// As a picture, this wide in percent of the text.
    Picture(u8),
    /// As pages, in one or more volumes.
    Pages(Vec<Run>),
    /// Not at all, and why.
    ByName(String),
}

/// Pages of a file that follow each other in a volume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The file name of the volume.
    pub volume: String,
    /// The page of the volume that shows the first of them, counted from 1.
    pub first: usize,
    /// Their numbers in the file, counted from 1.
    pub pages: Vec<u32>,
}

impl Exhibits {
    /// Shows a picture by name only, since it cannot be set.
    pub(crate) fn leave_out(&mut self, picture: &str, why: &str) {
        self.pictures.remove(picture);
        let shown = Shown::ByName(format!("it {why}"));
        self.shown.insert(picture.to_owned(), shown);
    }
}

impl Shown {
    /// Says where a file is shown that is no picture; of a file with named pages, where these are.
    pub(crate) fn says(&self, named: Option<&Pages>) -> String {
        match self {
            Self::Picture(_) => String::new(),
            Self::Pages(runs) => {
                let runs = runs.iter().filter_map(|run| run.says(named));
                runs.collect::<Vec<_>>().join("; ")
            }
            Self::ByName(why) => format!("by name only: {why}"),
        }
    }
}

impl Run {
    fn says(&self, named: Option<&Pages>) -> Option<String> {
        let pages = self.pages.iter().enumerate();
        let pages = pages.filter(|(_, page)| named.is_none_or(|named| named.include(**page)));
        let pages = pages.map(|(i, _)| self.first + i);
        let pages = numbers(&pages.collect::<Vec<_>>());
        let noun = if pages.contains([',', '–']) {
            "pages"
        } else {
            "page"
        };
        (!pages.is_empty()).then(|| format!("{noun} {pages} of {}", self.volume))
    }
}

/// Writes rising numbers, with a dash for those that follow each other: `4–6, 9`.
pub(crate) fn numbers(numbers: &[usize]) -> String {
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    let run = |run: &[usize]| match run {
        [first, .., last] => format!("{first}–{last}"),
        [one] => one.to_string(),
        [] => String::new(),
    };
    runs.map(run).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_on_which_page_of_which_volume_each_named_page_is() {
        let run = |volume: &str, first, pages: &[u32]| Run {
            volume: volume.to_owned(),
            first,
            pages: pages.to_vec(),
        };
        let shown = Shown::Pages(vec![
            run("a.pdf", 10, &[2, 3, 4, 9]),
            run("b.pdf", 3, &[12]),
        ]);
        let says = |named: &str| shown.says(named.parse().ok().as_ref());
        assert_eq!(says(""), "pages 10–13 of a.pdf; page 3 of b.pdf");
        assert_eq!(says("3"), "page 11 of a.pdf");
        assert_eq!(says("2, 4-9"), "pages 10, 12–13 of a.pdf");
        assert_eq!(says("12"), "page 3 of b.pdf");
    }
}
