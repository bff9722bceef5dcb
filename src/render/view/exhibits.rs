//! What Supporting Evidence says of each file. A picture is shown under the first provision that names it.

use std::collections::BTreeMap;

use crate::render::View;
use crate::render::exhibits::{Exhibits, Sheet, Shown, Volume, numbers};
use crate::render::view::{EvidenceView, SheetView, ShownView, VolumeView};

/// The section of files that no provision names.
pub(crate) const OTHERS: &str = "Other evidence";

impl View {
    /// Says how each file is shown. What is declared stays as it was.
    pub(crate) fn exhibit(&mut self, exhibits: &Exhibits) {
        let names = exhibits.volumes.iter();
        self.volumes = names.map(|(path, _)| file_name(path).to_owned()).collect();
        let mut places = Places {
            exhibits,
            first: BTreeMap::new(),
        };
        for line in self.provisions.iter_mut().chain(&mut self.lifecycle) {
            let about = format!("{} {}", line.id, line.title);
            for file in &mut line.files {
                file.shown = places.shown(file, &line.id, &about);
            }
        }
        let others = self.evidence.iter();
        let others = others.filter(|file| !places.first.contains_key(&file.number));
        self.others = others.cloned().collect();
        for file in &mut self.others {
            file.shown = places.shown(file, OTHERS, &self.product.title);
        }
    }
}

impl View {
    /// Returns the view of a volume whose index is in a file of this name.
    pub(crate) fn volume(&self, volume: &Volume, index: &str) -> VolumeView {
        VolumeView {
            name: volume.name.clone(),
            index: index.to_owned(),
            part: volume.part.to_string(),
            parts: volume.n_parts.to_string(),
            sheets: volume
                .sheets
                .iter()
                .filter_map(|sheet| self.sheet(sheet))
                .collect(),
        }
    }

    fn sheet(&self, sheet: &Sheet) -> Option<SheetView> {
        let mut files = self.evidence.iter();
        let file = files.find(|file| file.number == sheet.number)?;
        let lines = self.provisions.iter().chain(&self.lifecycle);
        let lines: Vec<_> = lines
            .filter(|line| line.files.iter().any(|one| one.number == sheet.number))
            .collect();
        let about = lines
            .iter()
            .map(|line| format!("{} {}", line.id, line.title));
        let about: Vec<_> = about.collect();
        let ids: Vec<_> = lines.iter().map(|line| line.id.as_str()).collect();
        let last = sheet.first + sheet.pages.len().saturating_sub(1);
        let here: Vec<_> = (sheet.first..=last).collect();
        Some(SheetView {
            number: file.number.clone(),
            path: file.path.clone(),
            provisions: if ids.is_empty() {
                OTHERS.to_lowercase()
            } else {
                ids.join(", ")
            },
            about: if about.is_empty() {
                vec![OTHERS.to_owned()]
            } else {
                about
            },
            pages: pages(sheet),
            at: match here.as_slice() {
                [one] => format!("page {one}"),
                _ => format!("pages {}", numbers(&here)),
            },
            size: file.size.clone(),
            sha256: file.sha256.clone(),
            short: file.short.clone(),
            continued: sheet.is_continued,
            left: match sheet.n_notes_left {
                0 => String::new(),
                1 => "1 note".to_owned(),
                many => format!("{many} notes"),
            },
        })
    }
}

/// Says which pages of a file follow.
fn pages(sheet: &Sheet) -> String {
    let pages: Vec<usize> = sheet.pages.iter().map(|page| *page as usize).collect();
    match (pages.len(), sheet.n_all) {
        (1, 1) => "1 page".to_owned(),
        (n, all) if n == all => format!("all {all} pages"),
        (1, all) => format!("page {} of {all}", numbers(&pages)),
        (_, all) => format!("pages {} of {all}", numbers(&pages)),
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

struct Places<'a> {
    exhibits: &'a Exhibits,
    /// The section in which each file is shown first.
    first: BTreeMap<String, String>,
}

impl Places<'_> {
    fn shown(&mut self, file: &EvidenceView, section: &str, about: &str) -> ShownView {
        let EvidenceView { number, path, .. } = file;
        let first = self.first.get(number).cloned();
        if first.is_none() {
            self.first.insert(number.clone(), section.to_owned());
        }
        match (self.exhibits.shown.get(number), first) {
            (None, _) => ShownView::default(),
            (Some(Shown::Picture(_)), Some(first)) => {
                ShownView::says(format!("shown under {first}"))
            }
            (Some(Shown::Picture(width)), None) => ShownView {
                text: "shown below".to_owned(),
                picture: number.clone(),
                width: width.to_string(),
                alt: format!("Evidence {number} for {about}: {path}"),
            },
            (Some(shown), _) => ShownView::says(shown.says(file.named.as_ref())),
        }
    }
}

impl ShownView {
    fn says(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }
}
