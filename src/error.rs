//! What the machine can do wrong. What the user's documents say wrong is a `Finding`, never this.

use std::fmt;
use std::io;

use crate::domain::text::visible;

/// A fault that kept the tool from doing its work; the exit code is 2.
#[derive(Debug)]
pub enum Error {
    /// A file or folder could not be read.
    Read {
        /// Which one, as the user knows it.
        path: String,
        /// What the system says.
        cause: io::Error,
    },
    /// Something could not be written; nothing was left behind.
    Write {
        /// Which file or folder.
        path: String,
        /// What the system says.
        cause: io::Error,
    },
    /// The output is there already, with other content.
    Exists(String),
    /// The folder to be replaced holds what no pack was written with.
    Foreign(String),
    /// What is at the place of an output is never replaced, also with `--force`.
    Kept {
        /// The output.
        path: String,
        /// Why it is kept.
        why: Keep,
    },
    /// Another run works in the output folder.
    Busy(String),
    /// A file changed while the tool was reading it.
    Changed(String),
    /// The rule data cannot be used.
    Rules(String),
    /// A template cannot be used.
    Template(String),
    /// A document could not be made.
    Document(String),
    /// A pattern matches no file.
    NoMatch {
        /// The pattern, as the user wrote it.
        pattern: String,
        /// The folder from which it is read.
        folder: String,
    },
    /// The command line asks for something that cannot be done.
    Usage(String),
}

/// Why a file or folder is not replaced by an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keep {
    /// This run reads it, under this name.
    Input(String),
    /// This program did not make it, or somebody changed it since.
    NotOurs,
    /// It is read-only, or holds a file that is.
    ReadOnly,
    /// It is something else than the output would be, such as a pipe.
    Other(&'static str),
}

/// The result of work that the machine can fail at.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Returns what to do about it.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Read { cause, .. } if cause.kind() == io::ErrorKind::PermissionDenied => {
                "ask for permission to read it, then run the command again".to_owned()
            }
            Self::Read { .. } => "check the spelling of the path".to_owned(),
            Self::Write { cause, .. } => write_help(cause.kind()).to_owned(),
            Self::Exists(_) => {
                "choose another output folder with `-o`, or add `--force` to replace it".to_owned()
            }
            Self::Foreign(_) => {
                "move what is yours out of it, or choose another output folder with `-o`".to_owned()
            }
            Self::Kept { why, .. } => why.help().to_owned(),
            Self::Busy(_) => {
                "wait until it is done, or choose another output folder with `-o`".to_owned()
            }
            Self::Changed(_) => {
                "wait until nobody writes to it, then run the command again".to_owned()
            }
            Self::Rules(_) => "run `clspack rules lint --rules DIR` to see every fault".to_owned(),
            Self::NoMatch { folder, .. } => {
                let from = if folder == "." {
                    "the current folder".to_owned()
                } else {
                    format!("`{}`", visible(folder))
                };
                format!(
                    "look for the files in {from}, and correct the pattern; `*` matches within one folder, `**/` also in the folders below it"
                )
            }
            Self::Template(_) | Self::Usage(_) => return None,
            Self::Document(_) => {
                "please report this with the manifest: it is a defect of clspack".to_owned()
            }
        })
    }
}

impl Keep {
    const fn help(&self) -> &'static str {
        match self {
            Self::Input(_) | Self::Other(_) => "choose another output with `-o`",
            Self::NotOurs => "move it away, or choose another output with `-o`",
            Self::ReadOnly => {
                "make it writable if it may be replaced, or choose another output with `-o`"
            }
        }
    }
}

fn write_help(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "make room on the disk; nothing was left behind"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "choose a folder that you may write to, with `-o`; nothing was left behind"
        }
        _ => "check the output folder; nothing was left behind",
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, cause } => {
                write!(f, "cannot read `{}`: {}", visible(path), plain(cause))
            }
            Self::Write { path, cause } => {
                write!(f, "cannot write `{}`: {}", visible(path), plain(cause))
            }
            Self::Exists(path) => {
                write!(f, "`{}` exists already, with other content", visible(path))
            }
            Self::Foreign(path) => write!(
                f,
                "`{}` holds files that are not of the pack, so it is not replaced",
                visible(path)
            ),
            Self::Kept { path, why } => write!(f, "`{}` {why}", visible(path)),
            Self::Busy(path) => write!(f, "another run works in `{}`", visible(path)),
            Self::Changed(path) => write!(f, "`{}` changed while it was read", visible(path)),
            Self::Rules(text) => write!(f, "the rule data cannot be used: {text}"),
            Self::Template(text) => write!(f, "the template cannot be used: {text}"),
            Self::Document(text) => write!(f, "a document could not be made: {text}"),
            Self::NoMatch { pattern, .. } => {
                write!(f, "the pattern `{}` matches no file", visible(pattern))
            }
            Self::Usage(text) => f.write_str(text),
        }
    }
}

impl fmt::Display for Keep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(input) => write!(
                f,
                "is an input of this run (`{}`), so it is not replaced",
                visible(input)
            ),
            Self::NotOurs => {
                f.write_str("exists already and is not as clspack wrote it, so it is not replaced")
            }
            Self::ReadOnly => f.write_str("exists already and is read-only, so it is not replaced"),
            Self::Other(what) => write!(f, "is {what}, which is never replaced"),
        }
    }
}

/// Says what the system says, without its number and in the tool's own case.
pub(crate) fn plain(cause: &io::Error) -> String {
    match cause.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you have no permission".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => {
            let text = cause.to_string();
            text.split(" (os error")
                .next()
                .unwrap_or(&text)
                .to_lowercase()
        }
    }
}

impl std::error::Error for Error {}
