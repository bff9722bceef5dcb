//! Plain values of the subject: no input, no output, no positions in a text.
//!
//! Every type is parsed once, at the edge, and its values are always valid. Words of manifests and rule files are closed
//! sets, made by `words!`.

/// Declares a closed set of words: an enum whose variants have one spelling in manifests, rule files, JSON and on the
/// screen.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$vmeta])* #[doc = concat!("`", $word, "`")] $variant),+ }

        impl $name {
            /// Every word of the set, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::NotAWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text).ok_or($crate::domain::NotAWord)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(from)?;
                text.parse().map_err(|_| serde::de::Error::custom(format!(
                    "`{text}` is not one of {}", Self::ALL.iter().map(|w| w.as_str()).collect::<Vec<_>>().join(", "))))
            }
        }
    };
}
pub(crate) use words;

pub mod answers;
pub mod applicant;
pub mod application;
pub mod citation;
pub mod claim;
pub mod conformance;
pub mod date;
pub mod digest;
pub mod evidence;
pub mod exhibit;
pub mod field;
pub mod field_path;
pub mod label;
pub mod money;
pub mod notation;
pub(crate) mod pointing;
pub mod product;
pub mod record;
pub mod searched;
pub mod shape;
pub mod support_end;
pub(crate) mod vocabulary;
pub mod waiver;

#[doc(inline)]
pub use clspack_words::{
    address, hosts, lookalike, number, phrases, placeholder, plain, several, text,
};

pub use applicant::{Applicant, Contact, Laboratory, Registration, Signatory, Uen};
pub use application::{
    Application, Example, OwnTemplates, ProductFiles, Request, SignedDeclaration,
};
pub use citation::{Citation, Confidence};
pub use claim::ClaimOf;
pub use conformance::{Answer, ProvisionId, Reply, Support};
pub use date::Date;
pub use digest::{Sha256, ShortHash};
pub use evidence::{EvidenceFile, EvidenceKind, EvidencePath, Role};
pub use exhibit::{Described, Exhibit, ExhibitTable, Pages};
pub use field::{Field, List};
pub(crate) use field_path::field;
pub use field_path::{FieldPath, Step};
pub use label::{Label, LabelCategory, LabelLevel, Scheme};
pub use money::{Currency, Money};
pub use product::{Category, CompanionApp, Level, Platform, Product, SupportPeriod};
pub use searched::{NotSearched, Unsearched};
pub use waiver::Waiver;

/// The text is not a word of a closed set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAWord;
