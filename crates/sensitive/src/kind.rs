//! Kinds of secrets and personal data.

/// What should not be in a text that others will read. What does most harm is first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
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
}

impl Kind {
    /// Returns its name with an article, for messages.
    pub const fn name(self) -> &'static str {
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
        }
    }

    /// Returns true for a secret that gives access.
    pub const fn is_secret(self) -> bool {
        matches!(
            self,
            Self::PrivateKey | Self::Token | Self::Password | Self::Setting | Self::Session
        )
    }
}
