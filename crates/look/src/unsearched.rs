//! Why a file could not be searched, so that nobody takes silence for absence.

use serde::{Deserialize, Serialize};

/// Why a file was not searched to its end; the gravest reason comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unsearched {
    /// A password or rights keep it shut.
    Locked,
    /// It breaks off, or a part of it cannot be unpacked.
    Damaged,
    /// No program here opens its format.
    Format,
    /// It is larger than what is opened.
    TooLarge,
    /// It needs more steps, memory or depth than a document does.
    Bound,
    /// A page is a picture without text.
    Scan,
    /// Its fonts do not say which letters they show.
    Garbled,
    /// A part of it is packed in a way that is not read.
    Filter,
    /// Nothing says which characters its bytes are.
    Encoding,
    /// It holds another file.
    Attachment,
}

impl Unsearched {
    /// Every reason.
    pub const ALL: &'static [Self] = &[
        Self::Locked,
        Self::Damaged,
        Self::Format,
        Self::TooLarge,
        Self::Bound,
        Self::Scan,
        Self::Garbled,
        Self::Filter,
        Self::Encoding,
        Self::Attachment,
    ];

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
