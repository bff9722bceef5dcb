//! SHA-256 of the files that packs and plans depend on.

use std::fmt;
use std::io::{ErrorKind, Read, Result};
use std::str::FromStr;

use sha2::Digest as _;

/// A SHA-256 hash, shown as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// Returns the hash of the bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// Reads to the end. Returns the hash and the number of bytes; `see` gets each piece.
    ///
    /// # Errors
    /// The error of the reader.
    pub fn of_reader(mut from: impl Read, mut see: impl FnMut(&[u8])) -> Result<(Self, u64)> {
        let mut hasher = sha2::Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        let mut size = 0;
        loop {
            let n_read = match from.read(&mut buffer) {
                Ok(n_read) => n_read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if n_read == 0 {
                return Ok((Self(hasher.finalize().into()), size));
            }
            hasher.update(&buffer[..n_read]);
            see(&buffer[..n_read]);
            size += n_read as u64;
        }
    }

    /// Finishes a hash that was computed piece by piece.
    pub const fn from_digest(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// Returns the first sixteen digits, for people.
    pub fn short(&self) -> String {
        self.to_string()[..16].to_owned()
    }
}

/// The first sixteen digits of a hash, as a declaration shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortHash(String);

impl FromStr for ShortHash {
    type Err = crate::domain::NotAWord;

    /// Reads a short or a whole hash, also with the capitals and spaces of a typist.
    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let digits: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect();
        let right =
            matches!(digits.len(), 16 | 64) && digits.bytes().all(|b| b.is_ascii_hexdigit());
        if right {
            Ok(Self(digits[..16].to_owned()))
        } else {
            Err(crate::domain::NotAWord)
        }
    }
}

impl ShortHash {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShortHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Sha256 {
    type Err = crate::domain::NotAWord;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        if text.len() != 64
            || !text
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        {
            return Err(crate::domain::NotAWord);
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(pair).map_err(|_| crate::domain::NotAWord)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| crate::domain::NotAWord)?;
        }
        Ok(Self(bytes))
    }
}

impl<'de> serde::Deserialize<'de> for Sha256 {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        let wrong = |_| serde::de::Error::custom("this is no SHA-256 hash");
        text.parse().map_err(wrong)
    }
}

impl serde::Serialize for Sha256 {
    fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
