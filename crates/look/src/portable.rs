//! What a PDF file says: its pages, what is drawn on them, and what is beside them.

use crate::Unsearched;
use crate::{HazardKind, InFile, Look, PropertyKind, links, programs};
use clspack_pdf::{Feature, FeatureKind, MarkKind, Page, Pdf, Unread, Unreadable};

/// Takes the words of a PDF file.
pub(super) fn read(pdf: &Result<Pdf, Unreadable>, look: &mut Look) {
    let pdf = match pdf {
        Ok(pdf) => pdf,
        Err(why) => {
            return look.miss(match why {
                Unreadable::Broken => Unsearched::Damaged,
                Unreadable::Locked => Unsearched::Locked,
                Unreadable::Bound => Unsearched::Bound,
            });
        }
    };
    for (i, page) in pdf.pages.iter().enumerate() {
        look.at(InFile::Page(i + 1));
        look.say_unspaced(&page.text);
        look.say_unspaced(&page.hidden);
        look.say(&page.words);
        look.say(&page.hidden_words);
        for mark in &page.marks {
            let (MarkKind::Stamp { says, .. }
            | MarkKind::Note { says, .. }
            | MarkKind::Field { says, .. }) = &mark.kind
            else {
                continue;
            };
            look.say(says);
            look.say_unspaced(says);
        }
    }
    pdf.features
        .iter()
        .for_each(|feature| warn_of(pdf, feature, look));
    let is_empty =
        |page: &Page| page.text.is_empty() && page.hidden.is_empty() && page.marks.is_empty();
    if pdf.unread.is_empty() && !pdf.pages.is_empty() && pdf.pages.iter().all(is_empty) {
        look.warn_of(HazardKind::Blank, InFile::File, "no words and no pictures");
    }
    look.at(InFile::Properties);
    if let Some(author) = &pdf.author {
        look.property(PropertyKind::Person, author);
    }
    for text in &pdf.beside {
        look.say(text);
        look.say_unspaced(text);
    }
    for signature in &pdf.signatures {
        signature.name.iter().for_each(|name| look.say(name));
    }
    for why in &pdf.unread {
        look.miss(match why {
            Unread::Damaged => Unsearched::Damaged,
            Unread::UnknownFilter => Unsearched::Filter,
            Unread::Scan => Unsearched::Scan,
            Unread::Garbled => Unsearched::Garbled,
            Unread::Attachment => Unsearched::Attachment,
            Unread::Bound => Unsearched::Bound,
        });
    }
}

/// Words in a remark that somebody typed onto a page, if it is meant for colleagues.
const REMARKS: &[&str] = &[
    "todo",
    "to do",
    "fixme",
    "tbd",
    "tbc",
    "ask ",
    "check ",
    "confirm",
    "legal",
    "internal",
    "draft",
    "review",
    "remove",
    "delete",
    "confidential",
    "not sure",
    "don't",
    "do not",
    "before we",
    "update",
    "wrong",
    "?",
    "@",
];

/// Returns true if a form in XML is there as plain pages, too, which every program shows.
fn is_shown(pdf: &Pdf) -> bool {
    const FEW_LETTERS: usize = 200;
    let mut pages = pdf.pages.iter().map(|page| page.text.as_str());
    let n_letters: usize = pages.clone().map(str::len).sum();
    n_letters > FEW_LETTERS && !pages.any(|text| text.contains("pleasewait"))
}

/// Notes a feature that a reader should not meet.
fn warn_of(pdf: &Pdf, feature: &Feature, look: &mut Look) {
    let text = feature.text.as_str();
    let at = feature.page.map_or(InFile::File, InFile::Page);
    let kind = match feature.kind {
        FeatureKind::Script => HazardKind::Script,
        FeatureKind::Launch => HazardKind::Launch,
        FeatureKind::Submit => HazardKind::Submit,
        FeatureKind::Media => HazardKind::Media,
        FeatureKind::XmlForm if is_shown(pdf) => HazardKind::SecondForm,
        FeatureKind::XmlForm => HazardKind::XmlForm,
        FeatureKind::Redaction => HazardKind::Redaction,
        FeatureKind::OtherFile => HazardKind::PrivateLink,
        FeatureKind::Attachment if programs::is_named(text) => HazardKind::ProgramInside,
        FeatureKind::Attachment => HazardKind::Attachment,
        FeatureKind::Comment => HazardKind::Comment,
        FeatureKind::TextBox => {
            let lower = text.to_lowercase();
            if !REMARKS.iter().any(|word| lower.contains(word)) {
                return;
            }
            HazardKind::Comment
        }
        FeatureKind::Link => {
            if let Some(shown) = links::private(text) {
                look.warn_of(HazardKind::PrivateLink, at, &shown);
            }
            return;
        }
        FeatureKind::Inkless
        | FeatureKind::White
        | FeatureKind::SwitchedOff
        | FeatureKind::Outside
        | FeatureKind::Covered => HazardKind::HiddenText,
    };
    look.warn_of(kind, at, text);
}
