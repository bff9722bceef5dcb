//! What a PDF file says: its pages, what is drawn on them, and what is beside them.

use crate::domain::Unsearched;
use crate::look::{InFile, Look, PropertyKind};
use crate::pdf::{MarkKind, Pdf, Unread, Unreadable};

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
