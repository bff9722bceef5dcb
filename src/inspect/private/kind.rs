//! Kinds of secrets and personal data, and the code of each.

use crate::diag::Code;

/// What should not be in evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A private key, locked by a passphrase or not.
    PrivateKey,
    /// A key of a cloud account, or a token of a service.
    Token,
    /// A password in a place where nothing else is: in an address, a connection string, a list of accounts.
    Password,
    /// A value that a configuration calls a password, a secret or a key.
    Setting,
    /// A session ID in a header.
    Session,
    /// The number of an identity card, with the right check letter and a label.
    Identity,
    /// A number that has the form and the check letter of an identity card.
    LikelyIdentity,
    /// The number of a payment card.
    Card,
    /// A number that has the form and the check digit of a payment card.
    LikelyCard,
    /// The e-mail address of a person.
    Email,
    /// The mobile number of a person.
    Phone,
    /// A passport number, a date of birth or a home address, labelled as such.
    Detail,
    /// Where a picture was taken.
    Place,
    /// The serial number of a camera.
    Camera,
    /// A person in the properties of a file.
    Person,
}

impl Kind {
    /// Returns the code for evidence.
    pub(super) const fn code(self) -> Code {
        match self {
            Self::PrivateKey => Code::PrivateKeyInEvidence,
            Self::Token => Code::TokenInEvidence,
            Self::Password => Code::PasswordInEvidence,
            Self::Identity => Code::IdentityNumberInEvidence,
            Self::Card => Code::CardNumberInEvidence,
            Self::Setting => Code::LikelyPasswordInEvidence,
            Self::Session => Code::SessionInEvidence,
            Self::LikelyIdentity => Code::LikelyIdentityNumber,
            Self::LikelyCard => Code::LikelyCardNumber,
            Self::Email => Code::PrivateEmailInEvidence,
            Self::Phone => Code::PrivatePhoneInEvidence,
            Self::Detail => Code::PersonalDetailInEvidence,
            Self::Place => Code::PlaceInPicture,
            Self::Camera => Code::CameraNumberInPicture,
            Self::Person => Code::PersonInProperties,
        }
    }

    /// Returns the code for a text of the manifest; `None` for data that a manifest may contain.
    pub(super) const fn code_in_text(self) -> Option<Code> {
        match self {
            Self::PrivateKey | Self::Token | Self::Password => Some(Code::SecretInText),
            Self::Setting | Self::Session => Some(Code::LikelyPasswordInText),
            Self::Identity | Self::Card => Some(Code::IdentityNumberInText),
            Self::LikelyIdentity | Self::LikelyCard => Some(Code::LikelyIdentityNumberInText),
            Self::Email
            | Self::Phone
            | Self::Detail
            | Self::Place
            | Self::Camera
            | Self::Person => None,
        }
    }

    /// Returns its name with an article, for messages.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::PrivateKey => "a private key",
            Self::Token => "an access key or token",
            Self::Password => "a password or password hash",
            Self::Setting => "what looks like a password or secret",
            Self::Session => "a session ID",
            Self::Identity => "an identity card number",
            Self::LikelyIdentity => "what looks like an identity card number",
            Self::Card => "a payment card number",
            Self::LikelyCard => "what looks like a payment card number",
            Self::Email => "a person's e-mail address",
            Self::Phone => "a person's mobile number",
            Self::Detail => "a personal detail",
            Self::Place => "the place where a picture was taken",
            Self::Camera => "the serial number of a camera",
            Self::Person => "a person's name",
        }
    }

    /// Returns what to do about it in evidence.
    pub(super) const fn help(self) -> &'static str {
        match self {
            Self::PrivateKey | Self::Token | Self::Password => {
                "revoke or change it, and replace the file with one that does not contain it"
            }
            Self::Setting | Self::Session => {
                "black it out in the original and export the file again; change it if it is in use"
            }
            Self::Identity
            | Self::LikelyIdentity
            | Self::Card
            | Self::LikelyCard
            | Self::Email
            | Self::Phone
            | Self::Detail => "black it out in the original and export the file again",
            Self::Place | Self::Camera | Self::Person => {
                "export the file again without its properties, or list the warning under `waivers`"
            }
        }
    }

    /// Returns true for a secret that gives access.
    pub(super) const fn is_secret(self) -> bool {
        matches!(
            self,
            Self::PrivateKey | Self::Token | Self::Password | Self::Setting | Self::Session
        )
    }

    /// Returns true if the value is kept, to compare it with the people in the manifest.
    pub(super) const fn is_compared(self) -> bool {
        matches!(self, Self::Email | Self::Phone | Self::Person)
    }
}
