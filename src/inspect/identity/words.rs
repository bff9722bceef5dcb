//! The part of a file's text that is kept, to compare it with each application that names the file.

use crate::domain::text::composed;
use crate::domain::{EvidenceKind, Role};
use crate::inspect::identity::bill::{self, Bill};
use crate::look::{InFile, Look, decoded};

/// The most text that is kept of a certificate, report or list, in bytes: about a thousand pages.
const MOST_OF_A_PAPER: usize = 2_000_000;
/// The most text that is kept of other evidence, in bytes.
const MOST_OF_OTHERS: usize = 1_000_000;

/// What a file says about a product.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Its text, page by page.
    pub(super) passages: Vec<(InFile, String)>,
    /// True if nothing of its text is missing.
    pub(super) is_whole: bool,
    /// True if it has more text or components than are kept, so that the rest is not compared.
    pub(in crate::inspect) is_cut: bool,
    /// The components that it lists.
    pub(super) bill: Option<Box<Bill>>,
}

impl Words {
    /// Keeps the part of a text that is needed.
    pub(in crate::inspect) fn of(look: &Look, bytes: &[u8], extension: &str, role: Role) -> Self {
        let is_paper = matches!(role, Role::Label | Role::Report | Role::Evidence(_));
        let lists = matches!(
            role,
            Role::Evidence(EvidenceKind::Sbom | EvidenceKind::BinaryScan)
        );
        let bill = lists.then(|| bill::read(decoded(bytes).as_bytes(), extension));
        let bill = bill.flatten().map(Box::new);
        let mut words = Self {
            passages: Vec::new(),
            is_whole: look.unsearched.is_empty(),
            is_cut: bill.as_ref().is_some_and(|bill| bill.is_cut),
            bill,
        };
        let mut room = if is_paper {
            MOST_OF_A_PAPER
        } else {
            MOST_OF_OTHERS
        };
        for (at, text) in look.passages() {
            // Title and author are often left over from the file that was copied.
            if *at == InFile::Properties || is_machinery(at) {
                continue;
            }
            let kept = &text[..text.floor_char_boundary(room)];
            let is_cut = kept.len() < text.len();
            words.is_whole &= !is_cut;
            words.is_cut |= is_cut;
            room -= kept.len();
            if !kept.trim().is_empty() {
                words.passages.push((at.clone(), composed(kept)));
            }
        }
        words
    }

    /// Returns about how many bytes of memory it takes.
    pub(in crate::inspect) fn weight(&self) -> usize {
        let texts = self.passages.iter().map(|(_, text)| text.len() + 100);
        texts.sum::<usize>() + self.bill.as_ref().map_or(0, |bill| bill.weight())
    }
}

/// Returns true for parts of office files without text of the author, such as styles.
fn is_machinery(at: &InFile) -> bool {
    let parts = [
        "styles",
        "theme",
        "settings",
        "fonttable",
        "numbering",
        "slidemaster",
        "slidelayout",
    ];
    match at {
        InFile::Part(name) => {
            name.contains(".rels")
                || name.starts_with('[')
                || parts.iter().any(|part| name.contains(part))
        }
        InFile::File | InFile::Page(_) | InFile::Line(_) | InFile::Properties => false,
    }
}
