//! What reviewers leave in an office file: tracked changes, comments, hidden text, notes of a speaker.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::markup::{Piece, Pieces};
use crate::paint::{self, Cells, Paint};
use crate::sheets::{self, value};
use crate::{HazardKind, InFile, Look, entities, links};

/// How many texts in a style, and comments, are kept until all parts are read.
const MOST: usize = 1_000;
/// How much is kept of a text, in bytes.
const LONGEST: usize = 300;

/// Elements of a tracked change, by the names that have an author.
const CHANGES: &[&str] = &[
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "cellIns",
    "cellDel",
    "cellMerge",
    "rPrChange",
    "pPrChange",
    "sectPrChange",
    "tblPrChange",
    "tcPrChange",
    "trPrChange",
    "numberingChange",
];

/// What is known only when all parts of a file are read.
#[derive(Default)]
pub(super) struct Across {
    /// Comments: the number of the last paragraph, the part, the text.
    comments: Vec<(String, InFile, String)>,
    /// Paragraphs that end resolved comments.
    resolved: BTreeSet<String>,
    /// The first text in each style of characters.
    styled: BTreeMap<String, (InFile, String)>,
    hidden_styles: BTreeSet<String>,
    /// What the cells of a workbook are painted with.
    cells: Cells,
}

impl Across {
    /// Looks at a part; its name is in lower case.
    pub(super) fn part(&mut self, name: &str, text: &str, look: &mut Look) {
        let at = InFile::Part(name.to_owned());
        if name.contains("/activex/") {
            return look.warn_of(HazardKind::Control, at, "ActiveX control");
        }
        match name {
            "word/comments.xml" => self.comments(&at, text),
            "word/commentsextended.xml" => self.resolved(text),
            "word/styles.xml" => self.styles(text),
            "xl/workbook.xml" => sheets::workbook(text, look),
            "xl/connections.xml" => sheets::sources(&at, text, look),
            _ if name.starts_with("word/") && !name.starts_with("word/glossary/") => {
                Runs::new(self, &at, look).read(text);
            }
            _ if name.starts_with("ppt/notesslides/") => notes(&at, text, look),
            _ if name.starts_with("ppt/slides/") => slide(&at, text, look),
            _ if name.starts_with("xl/worksheets/") => {
                sheets::sheet(&at, text, look);
                self.cells.sheet(&at, text);
            }
            "xl/styles.xml" => self.cells.white = paint::white_formats(text),
            _ if name.starts_with("xl/externallinks/") => sheets::sources(&at, text, look),
            _ if name.starts_with("xl/revisions/revisionlog") => {
                look.warn_of(HazardKind::Change, at, "history of a shared workbook");
            }
            _ if ["ppt/comments", "xl/comments", "xl/threadedcomments"]
                .iter()
                .any(|folder| name.starts_with(folder)) =>
            {
                self.comments(&at, text);
            }
            _ => {}
        }
    }

    fn comments(&mut self, at: &InFile, text: &str) {
        let (mut says, mut paragraph, mut is_resolved) = (String::new(), String::new(), false);
        for piece in Pieces::of(text, false) {
            match piece {
                Piece::Open("comment" | "threadedComment" | "cm", tag) => {
                    says.clear();
                    paragraph.clear();
                    is_resolved = value(tag, "done").as_deref() == Some("1")
                        || value(tag, "status").as_deref() == Some("resolved");
                }
                Piece::Open("p", tag) => {
                    paragraph = value(tag, "paraId").unwrap_or_default().into_owned();
                }
                Piece::Text(text) if says.len() < LONGEST => says.push_str(&entities::read(text)),
                Piece::Close("comment" | "threadedComment" | "cm") => {
                    // Older programs show this in place of a conversation, which is in a part of its own.
                    let is_stand_in = says.trim().starts_with("[Threaded comment]");
                    let is_said = !says.trim().is_empty() && !is_stand_in;
                    if is_said && self.comments.len() < MOST {
                        let end = if is_resolved { " (resolved)" } else { "" };
                        let says = format!("{}{end}", says.trim());
                        self.comments.push((paragraph.clone(), at.clone(), says));
                    }
                }
                _ => {}
            }
        }
    }

    fn resolved(&mut self, text: &str) {
        for piece in Pieces::of(text, false) {
            let Piece::Open("commentEx", tag) = piece else {
                continue;
            };
            if value(tag, "done").as_deref() == Some("1") && self.resolved.len() < MOST {
                let paragraph = value(tag, "paraId").map(Cow::into_owned);
                self.resolved.extend(paragraph);
            }
        }
    }

    fn styles(&mut self, text: &str) {
        let mut style = None;
        for piece in Pieces::of(text, false) {
            match piece {
                Piece::Open("style", tag) => style = value(tag, "styleId"),
                Piece::Close("style") => style = None,
                Piece::Open("vanish", tag) if is_on(tag) && self.hidden_styles.len() < MOST => {
                    self.hidden_styles
                        .extend(style.as_deref().map(str::to_owned));
                }
                _ => {}
            }
        }
    }

    /// Says what is known when all parts are read.
    pub(super) fn say(self, look: &mut Look) {
        for (paragraph, at, says) in self.comments {
            let is_resolved = !paragraph.is_empty() && self.resolved.contains(&paragraph);
            let end = if is_resolved { " (resolved)" } else { "" };
            look.warn_of(HazardKind::Comment, at, &format!("{says}{end}"));
        }
        self.cells.say(look);
        for (style, (at, says)) in self.styled {
            if self.hidden_styles.contains(&style) {
                look.warn_of(HazardKind::HiddenText, at, &says);
            }
        }
    }
}

/// Returns whether a property without a value, or with one, is on.
fn is_on(tag: &str) -> bool {
    !matches!(value(tag, "val").as_deref(), Some("0" | "false" | "off"))
}

/// The words of a part of Word, run by run.
struct Runs<'r> {
    across: &'r mut Across,
    at: &'r InFile,
    look: &'r mut Look,
    /// The change that is being read, and by whom.
    change: Option<(&'static str, String)>,
    in_paragraph_properties: bool,
    is_hidden: bool,
    paint: Paint,
    style: String,
    hidden: String,
    field: String,
    inside: &'static str,
}

impl<'r> Runs<'r> {
    fn new(across: &'r mut Across, at: &'r InFile, look: &'r mut Look) -> Self {
        Self {
            across,
            at,
            look,
            change: None,
            in_paragraph_properties: false,
            is_hidden: false,
            paint: Paint::default(),
            style: String::new(),
            hidden: String::new(),
            field: String::new(),
            inside: "",
        }
    }

    fn read(mut self, text: &str) {
        for piece in Pieces::of(text, false) {
            match piece {
                Piece::Open(name, tag) => self.open(name, tag),
                Piece::Close(name) => self.close(name),
                Piece::Text(text) => self.text(text),
                _ => {}
            }
        }
        self.end_change();
        self.end_hidden();
    }

    fn open(&mut self, name: &str, tag: &str) {
        self.inside = match name {
            "t" => "t",
            "delText" => "delText",
            "instrText" => "instrText",
            _ => "",
        };
        match name {
            "pPr" if !tag.ends_with('/') => self.in_paragraph_properties = true,
            "r" => {
                self.paint.begin_run();
                self.is_hidden = false;
                self.style.clear();
            }
            "vanish" if !self.in_paragraph_properties => self.is_hidden = is_on(tag),
            "rStyle" if !self.in_paragraph_properties => {
                self.style = value(tag, "val").unwrap_or_default().into_owned();
            }
            "fldChar" => self.end_field(),
            "fldSimple" => {
                self.field = value(tag, "instr").unwrap_or_default().into_owned();
                self.end_field();
            }
            _ => {}
        }
        self.paint.open(name, tag, self.in_paragraph_properties);
        let change = CHANGES.iter().find(|change| **change == name);
        if let (Some(change), Some(author)) = (change, value(tag, "author")) {
            self.end_change();
            self.change = Some((change, format!("{}: ", author.trim())));
            if tag.ends_with('/') {
                self.end_change();
            }
        }
    }

    fn close(&mut self, name: &str) {
        self.inside = "";
        self.paint.close(name);
        match name {
            "pPr" => self.in_paragraph_properties = false,
            "p" => {
                self.end_hidden();
                self.end_field();
            }
            _ if self
                .change
                .as_ref()
                .is_some_and(|(change, _)| *change == name) =>
            {
                self.end_change();
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self.inside {
            "instrText" if self.field.len() < LONGEST => {
                self.field.push_str(&entities::read(text));
            }
            "t" | "delText" => {
                let text = entities::read(text);
                if let Some((_, says)) = self
                    .change
                    .as_mut()
                    .filter(|(_, says)| says.len() < LONGEST)
                {
                    says.push_str(&text);
                }
                let is_unseen = self.is_hidden || self.paint.is_white_on_white();
                if is_unseen && self.hidden.len() < LONGEST {
                    self.hidden.push_str(&text);
                } else if !self.style.is_empty()
                    && !text.trim().is_empty()
                    && self.across.styled.len() < MOST
                {
                    let first = || (self.at.clone(), text.clone().into_owned());
                    self.across
                        .styled
                        .entry(self.style.clone())
                        .or_insert_with(first);
                }
            }
            _ => {}
        }
    }

    fn end_change(&mut self) {
        let Some((change, says)) = self.change.take() else {
            return;
        };
        let verb = match change {
            "ins" | "cellIns" | "moveTo" => "inserted",
            "del" | "cellDel" | "moveFrom" => "deleted",
            _ => "changed",
        };
        let says = format!("{verb} by {}", says.trim().trim_end_matches(':'));
        self.look
            .warn_of(HazardKind::Change, self.at.clone(), &says);
    }

    fn end_hidden(&mut self) {
        let hidden = std::mem::take(&mut self.hidden);
        if hidden.chars().any(char::is_alphanumeric) {
            self.look
                .warn_of(HazardKind::HiddenText, self.at.clone(), &hidden);
        }
    }

    /// Judges a field: what it runs, and where it takes its text from.
    fn end_field(&mut self) {
        let field = std::mem::take(&mut self.field);
        let mut words = field.split_whitespace();
        let kind = words.next().unwrap_or_default().to_ascii_uppercase();
        let quoted = field.split('"').nth(1);
        let target = quoted.or_else(|| words.next()).unwrap_or_default();
        match kind.as_str() {
            "DDE" | "DDEAUTO" => {
                self.look
                    .warn_of(HazardKind::Control, self.at.clone(), &field);
            }
            "INCLUDETEXT" | "INCLUDEPICTURE" | "LINK" | "IMPORT" => {
                self.look
                    .warn_of(HazardKind::LinkedContent, self.at.clone(), target);
            }
            "HYPERLINK" => {
                if let Some(shown) = links::private(target) {
                    self.look
                        .warn_of(HazardKind::PrivateLink, self.at.clone(), &shown);
                }
            }
            _ => {}
        }
    }
}

/// Notes what a speaker has in the notes of a slide: the text of the notes itself, not numbers and headings.
fn notes(at: &InFile, text: &str, look: &mut Look) {
    let (mut is_body, mut says) = (false, String::new());
    for piece in Pieces::of(text, false) {
        match piece {
            Piece::Open("sp", _) => is_body = false,
            Piece::Open("ph", tag) => is_body = value(tag, "type").as_deref() == Some("body"),
            Piece::Text(text) if is_body && says.len() < LONGEST => {
                says.push_str(&entities::read(text));
            }
            _ => {}
        }
    }
    if says.chars().filter(|c| c.is_alphanumeric()).count() >= 2 {
        look.warn_of(HazardKind::SpeakerNotes, at.clone(), &says);
    }
}

fn slide(at: &InFile, text: &str, look: &mut Look) {
    let is_hidden = Pieces::of(text, false).take(5).any(|piece| match piece {
        Piece::Open("sld", tag) => matches!(value(tag, "show").as_deref(), Some("0" | "false")),
        _ => false,
    });
    if is_hidden {
        look.warn_of(HazardKind::HiddenPart, at.clone(), "hidden slide");
    }
}
