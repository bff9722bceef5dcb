//! Text inside a block: elements in, runs out. White space collapses as in browsers, across element borders and
//! around line breaks; hard spaces stay.

use super::scan::{Child, Element};
use crate::block::{Field, Run};

/// The runs of the text inside an element.
pub(super) fn runs(element: &Element) -> Vec<Run> {
    let mut writer = Writer::new(element.has_class("nowrap"));
    writer.children(&element.children);
    writer.finish()
}

pub(super) struct Writer {
    runs: Vec<Run>,
    /// The style of the text being read; its own text stays empty.
    look: Run,
    /// A space is due before the next word.
    space: Option<Run>,
}

impl Writer {
    pub(super) fn new(nowrap: bool) -> Self {
        Self {
            runs: Vec::new(),
            look: Run {
                nowrap,
                ..Run::default()
            },
            space: None,
        }
    }

    pub(super) fn children(&mut self, children: &[Child]) {
        for child in children {
            self.child(child);
        }
    }

    pub(super) fn child(&mut self, child: &Child) {
        match child {
            Child::Text(text, _) => self.text(text),
            Child::Element(element) => self.element(element),
        }
    }

    /// The runs, without space at the end.
    pub(super) fn finish(self) -> Vec<Run> {
        self.runs
    }

    fn element(&mut self, element: &Element) {
        let outside = self.look.clone();
        match element.name.as_str() {
            "b" | "strong" => self.look.bold = true,
            "i" | "em" => self.look.italic = true,
            "small" => self.look.small = true,
            "code" => self.look.code = true,
            "a" => self.look.link = element.attribute("href").map(str::to_owned),
            "br" => self.line_break(),
            "span" if element.has_class("page") => self.field(Field::PageNumber),
            "span" if element.has_class("pages") => self.field(Field::PageCount),
            "span" => self.look.nowrap |= element.has_class("nowrap"),
            _ => {}
        }
        self.children(&element.children);
        self.look = outside;
    }

    fn text(&mut self, text: &str) {
        let mut words = text.split(|letter: char| letter.is_ascii_whitespace());
        if let Some(first) = words.next() {
            self.word(first);
        }
        for word in words {
            self.due_space();
            self.word(word);
        }
    }

    /// Writes the space that is due. Space counts only after a word, and has the style of the place where it was
    /// written.
    fn due_space(&mut self) {
        let at_start = self.runs.last().is_none_or(|run| run.text.ends_with('\n'));
        if !at_start && self.space.is_none() {
            self.space = Some(self.look.clone());
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        self.flush_space();
        self.push(self.look.clone(), word);
    }

    fn flush_space(&mut self) {
        if let Some(look) = self.space.take() {
            self.push(look, " ");
        }
    }

    fn line_break(&mut self) {
        self.space = None;
        self.push(
            Run {
                link: None,
                ..self.look.clone()
            },
            "\n",
        );
    }

    fn field(&mut self, field: Field) {
        self.flush_space();
        self.runs.push(Run {
            field: Some(field),
            ..self.look.clone()
        });
    }

    fn push(&mut self, look: Run, text: &str) {
        match self.runs.last_mut() {
            Some(last)
                if (Run {
                    text: String::new(),
                    ..last.clone()
                }) == look =>
            {
                last.text.push_str(text);
            }
            _ => self.runs.push(Run {
                text: text.to_owned(),
                ..look
            }),
        }
    }
}
