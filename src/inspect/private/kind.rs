//! What a file may contain that others should not read, and the code of each.

use crate::diag::Code;
use crate::sensitive;

use super::{MOST, MOST_OF_PEOPLE};

/// What should not be in evidence: in its text, and in the properties of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    InText(sensitive::Kind),
    /// Where a picture was taken.
    Place,
    /// The serial number of a camera.
    Camera,
    /// A person in the properties of a file.
    Person,
}

impl Kind {
    pub(super) const fn code(self) -> Code {
        use sensitive::Kind as In;
        match self {
            Self::InText(In::PrivateKey) => Code::PrivateKeyInEvidence,
            Self::InText(In::Token) => Code::TokenInEvidence,
            Self::InText(In::Password) => Code::PasswordInEvidence,
            Self::InText(In::Identity) => Code::IdentityNumberInEvidence,
            Self::InText(In::Card) => Code::CardNumberInEvidence,
            Self::InText(In::Setting) => Code::LikelyPasswordInEvidence,
            Self::InText(In::Session) => Code::SessionInEvidence,
            Self::InText(In::LikelyIdentity) => Code::LikelyIdentityNumber,
            Self::InText(In::LikelyCard) => Code::LikelyCardNumber,
            Self::InText(In::Email) => Code::PrivateEmailInEvidence,
            Self::InText(In::Phone) => Code::PrivatePhoneInEvidence,
            Self::InText(In::Detail) => Code::PersonalDetailInEvidence,
            Self::Place => Code::PlaceInPicture,
            Self::Camera => Code::CameraNumberInPicture,
            Self::Person => Code::PersonInProperties,
        }
    }

    /// Returns its name with an article, for messages.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::InText(kind) => kind.name(),
            Self::Place => "the place where a picture was taken",
            Self::Camera => "the serial number of a camera",
            Self::Person => "a person's name",
        }
    }

    /// Returns what to do about it in evidence.
    pub(super) const fn help(self) -> &'static str {
        use sensitive::Kind as In;
        match self {
            Self::InText(In::PrivateKey | In::Token | In::Password) => {
                "revoke or change it, and replace the file with one that does not contain it"
            }
            Self::InText(In::Setting | In::Session) => {
                "black it out in the original and export the file again; change it if it is in use"
            }
            Self::InText(_) => "black it out in the original and export the file again",
            Self::Place | Self::Camera | Self::Person => {
                "export the file again without its properties, or list the warning under `waivers`"
            }
        }
    }

    /// Returns how many of the kind are kept for a file.
    pub(super) const fn most(self) -> usize {
        if self.is_compared() {
            MOST_OF_PEOPLE
        } else {
            MOST
        }
    }

    /// Returns true if the value is kept, to compare it with the people in the manifest.
    pub(super) const fn is_compared(self) -> bool {
        use sensitive::Kind as In;
        matches!(self, Self::InText(In::Email | In::Phone) | Self::Person)
    }
}

/// Returns the code for a text of the manifest; `None` for data that a manifest may contain.
pub(super) const fn code_in_text(kind: sensitive::Kind) -> Option<Code> {
    use sensitive::Kind as In;
    match kind {
        In::PrivateKey | In::Token | In::Password => Some(Code::SecretInText),
        In::Setting | In::Session => Some(Code::LikelyPasswordInText),
        In::Identity | In::Card => Some(Code::IdentityNumberInText),
        In::LikelyIdentity | In::LikelyCard => Some(Code::LikelyIdentityNumberInText),
        In::Email | In::Phone | In::Detail => None,
    }
}
