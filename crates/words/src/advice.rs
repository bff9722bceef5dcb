//! A complaint about a text: what is wrong, and what to do about it.

use std::fmt;

/// What is wrong, and what to do about it. They stay apart, so that nobody has to find the end of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Advice {
    pub message: String,
    /// Empty if the caller knows better.
    pub help: String,
}

impl Advice {
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }
}

impl From<&str> for Advice {
    fn from(message: &str) -> Self {
        Self::new(message, "")
    }
}

impl From<String> for Advice {
    fn from(message: String) -> Self {
        Self::new(message, "")
    }
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if !self.help.is_empty() {
            write!(f, "; {}", self.help)?;
        }
        Ok(())
    }
}
