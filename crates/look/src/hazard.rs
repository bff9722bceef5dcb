//! What in a file acts on its own, leads elsewhere, or is hidden from its reader.

use crate::{InFile, within};

/// How many are kept of a kind, in one file.
pub(super) const MOST: usize = 30;

/// How much of a text is kept, in bytes.
const LONGEST: usize = 200;

/// Something that a reader does not see, or that acts without being asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hazard {
    /// What it is.
    pub kind: HazardKind,
    /// Where it is.
    pub at: InFile,
    /// What it says or leads to, cut.
    pub text: String,
}

/// Kinds of hazards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HazardKind {
    /// A script in a PDF file.
    Script,
    /// An action that starts a program.
    Launch,
    /// A control that runs a program: `ActiveX`, DDE.
    Control,
    /// A form in XML (XFA), which few programs show.
    XmlForm,
    /// A form in XML (XFA) that is there as plain pages, too.
    SecondForm,
    /// A template that is loaded from another computer when the file is opened.
    Template,
    /// A program within the file.
    ProgramInside,
    /// The file is a program.
    Program,
    /// A place marked for redaction, whose content is still there.
    Redaction,
    /// A comment of a reviewer.
    Comment,
    /// A tracked change.
    Change,
    /// Words that are there and cannot be seen.
    HiddenText,
    /// A hidden sheet, row, column or slide.
    HiddenPart,
    /// Notes of a speaker.
    SpeakerNotes,
    /// A link to a file, a share or a page that a reader cannot open.
    PrivateLink,
    /// A picture, an object or data that is not in the file, but fetched from elsewhere.
    LinkedContent,
    /// Another file within the file.
    Attachment,
    /// An action that sends what a form holds.
    Submit,
    /// A film, a sound or a model.
    Media,
    /// A script of a web page or a drawing.
    PageScript,
    /// A picture, a frame or a style that a web page fetches.
    Remote,
    /// A picture that shows nothing.
    Blank,
}

impl Hazard {
    /// Takes the beginning of a text, on one line.
    pub(super) fn new(kind: HazardKind, at: InFile, text: &str) -> Self {
        let words: Vec<_> = within(text, 4 * LONGEST).split_whitespace().collect();
        let text = within(&words.join(" "), LONGEST).to_owned();
        Self { kind, at, text }
    }
}
