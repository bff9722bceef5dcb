//! The parts of Word, PowerPoint and Excel files: runs put together to words, paragraphs and cells apart.

use crate::Unsearched;
use crate::markup::{Piece, Pieces, attributes};
use crate::{Look, MAX_TEXT, entities};

/// Elements that set words apart: paragraphs, breaks, cells, texts of a workbook, points of a chart.
const APART: &[&str] = &[
    "p",
    "br",
    "cr",
    "tab",
    "ptab",
    "si",
    "is",
    "c",
    "row",
    "pt",
    "comment",
    "author",
    "f",
    "v",
    "definedName",
    "rPh",
    "docPr",
    "sheet",
    "tc",
    "tr",
    "txbxContent",
];

/// Elements whose blanks count, where others have them for looks.
const TEXTS: &[&str] = &["t", "delText", "v", "f"];

/// Which side of tracked changes is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// As if all changes were accepted.
    After,
    /// As if all were refused.
    Before,
}

impl Side {
    /// Returns whether what an element holds is not there on this side.
    fn leaves_out(self, name: &str) -> bool {
        match self {
            Self::After => matches!(name, "delText" | "del" | "moveFrom"),
            Self::Before => matches!(name, "ins" | "moveTo"),
        }
    }
}

/// Reads a part with running text. Where changes are tracked, it is read with and without them.
pub(super) fn part(text: &str, look: &mut Look) {
    side(text, Side::After, look);
    if text.contains("delText") || text.contains("moveFrom") {
        side(text, Side::Before, look);
    }
}

fn side(text: &str, side: Side, look: &mut Look) {
    let mut aside = String::new();
    let mut n_left_out = 0_usize;
    let mut inside = "";
    look.say("");
    for piece in Pieces::of(text, false) {
        if look.is_full() || aside.len() > MAX_TEXT {
            look.miss(Unsearched::Bound);
            break;
        }
        match piece {
            Piece::Open(name, tag) => {
                let is_empty = tag.ends_with('/');
                inside = if is_empty { "" } else { name };
                if APART.contains(&name) {
                    look.say("");
                }
                if name == "noBreakHyphen" {
                    look.append("-");
                }
                n_left_out += usize::from(!is_empty && side.leaves_out(name));
                attributes(tag, |name, value| note(&mut aside, name, value));
            }
            Piece::Close(name) => {
                inside = "";
                if APART.contains(&name) {
                    look.say("");
                }
                n_left_out = n_left_out.saturating_sub(usize::from(side.leaves_out(name)));
            }
            Piece::Text(text) if inside == "instrText" => {
                aside.push('\n');
                aside.push_str(&entities::read(text));
            }
            Piece::Text(_) | Piece::Cdata(_) if n_left_out > 0 => {}
            Piece::Text(text) if text.trim().is_empty() && !TEXTS.contains(&inside) => {}
            Piece::Text(text) => look.append_markup(text),
            Piece::Cdata(text) => look.append(text),
            Piece::Other(text) => {
                aside.push('\n');
                aside.push_str(text);
            }
            Piece::Broken(text) => {
                look.miss(Unsearched::Damaged);
                look.say(text);
            }
        }
    }
    look.say(&aside);
}

/// Keeps what an attribute says: authors, titles, alternative texts, targets of links. References of cells,
/// numbers and marks of revisions say nothing.
fn note(aside: &mut String, name: &str, value: &str) {
    let says = value.len() > 4 && value.bytes().any(|b| b.is_ascii_alphabetic() || b >= 0x80);
    let is_number = name.contains("rsid") || name.starts_with("xmlns") || name.ends_with("Id");
    if says && !is_number {
        let value = entities::read(value);
        for text in [Some(value.as_ref()), entities::unquoted(&value).as_deref()] {
            aside.push('\n');
            aside.push_str(text.unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut look = Look::default();
        part(text, &mut look);
        let words: Vec<_> = look.spaced.split_whitespace().collect();
        words.join(" ")
    }

    #[test]
    fn runs_make_words_and_paragraphs_set_them_apart() {
        let run = |text: &str| {
            format!("<w:r w:rsidR=\"00AB12CD\">\n <w:t xml:space=\"preserve\">{text}</w:t></w:r>\n")
        };
        let text = format!(
            "<w:p>{}{}</w:p><w:p>{}</w:p>",
            run("Han"),
            run("bit Liv"),
            run("ing")
        );
        assert_eq!(words(&text), "Hanbit Liv ing preserve preserve preserve");
    }

    #[test]
    fn tracked_changes_are_read_both_ways() {
        let text = "<w:p><w:r><w:t>Hanbit </w:t></w:r><w:del><w:r><w:delText>Living</w:delText></w:r></w:del><w:ins w:author=\"Someone\"><w:r><w:t>Home</w:t></w:r></w:ins><w:r><w:t> Ltd</w:t></w:r></w:p>";
        assert_eq!(
            words(text),
            "Hanbit Home Ltd Someone Hanbit Living Ltd Someone"
        );
    }
}
