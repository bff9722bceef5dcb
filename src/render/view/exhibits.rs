//! What Supporting Evidence says of each file. A picture is shown under the first provision that names it.

use std::collections::BTreeMap;

use crate::render::View;
use crate::render::exhibits::{Exhibits, Shown};
use crate::render::view::{EvidenceView, ShownView};

/// The section of files that no provision names.
pub(crate) const OTHERS: &str = "Other evidence";

impl View {
    /// Says how each file is shown. What is declared stays as it was.
    pub(crate) fn exhibit(&mut self, exhibits: &Exhibits) {
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
