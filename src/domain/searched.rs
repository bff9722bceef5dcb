//! Files in which no words could be looked for, so that nobody takes silence for absence.

use crate::domain::EvidencePath;

words! {
    /// Why a file was not searched to its end; the gravest reason comes first.
    Unsearched {
        /// A password or rights keep it shut.
        Locked = "locked",
        /// It breaks off, or a part of it cannot be unpacked.
        Damaged = "damaged",
        /// No program here opens its format.
        Format = "format",
        /// It is larger than what is opened.
        TooLarge = "too-large",
        /// It needs more steps, memory or depth than a document does.
        Bound = "bound",
        /// A page is a picture without text.
        Scan = "scan",
        /// Its fonts do not say which letters they show.
        Garbled = "garbled",
        /// A part of it is packed in a way that is not read.
        Filter = "filter",
        /// Nothing says which characters its bytes are.
        Encoding = "encoding",
        /// It holds another file.
        Attachment = "attachment",
    }
}

impl Unsearched {
    /// Says it in a few words, to follow "not searched:".
    pub const fn says(self) -> &'static str {
        match self {
            Self::Locked => "it is locked by a password or by rights",
            Self::Damaged => "it is damaged",
            Self::Format => "clspack does not open files of this type",
            Self::TooLarge => "it is larger than 50 MB",
            Self::Bound => "it holds more than clspack reads of one file",
            Self::Scan => "a page is a picture without text",
            Self::Garbled => "its fonts do not say which letters they show",
            Self::Filter => "it is packed in a way that clspack does not read",
            Self::Encoding => "it does not say in which encoding its text is written",
            Self::Attachment => "it holds another file",
        }
    }
}

/// A file of evidence that was not searched to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotSearched {
    /// The file.
    pub path: EvidencePath,
    /// Why.
    pub reason: Unsearched,
    /// Whether a person looked through it, as the manifest says.
    pub looked_through: bool,
}
