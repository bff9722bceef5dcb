//! Word and PowerPoint files for tests: made of the parts of a case, and read again by other code than
//! the one that is tested.

use std::io::{Cursor, Read as _, Write as _};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:a16=\"http://schemas.microsoft.com/office/drawing/2014/main\"";

const WORD: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const POWERPOINT: &str =
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";

/// A file by its parts, in order.
#[derive(Clone)]
pub(crate) struct Parts(pub(crate) Vec<(String, Vec<u8>)>);

impl Parts {
    /// A Word file with these pieces: `document`, `header1`, `footnotes` and so on, without what is
    /// around every such part.
    pub(crate) fn word(pieces: &[(String, String)]) -> Self {
        let mut parts = Self::with_main("word/document.xml", WORD);
        for (name, text) in pieces {
            parts.add(&format!("word/{name}.xml"), &whole(name, text));
        }
        parts
    }

    /// A PowerPoint file with these slides and notes.
    pub(crate) fn powerpoint(pieces: &[(String, String)]) -> Self {
        let mut parts = Self::with_main("ppt/presentation.xml", POWERPOINT);
        parts.add(
            "ppt/presentation.xml",
            &format!("<p:presentation {NAMES}/>"),
        );
        for (name, text) in pieces {
            let folder = if name.starts_with("notes") {
                "notesSlides"
            } else {
                "slides"
            };
            parts.add(&format!("ppt/{folder}/{name}.xml"), &whole(name, text));
        }
        parts
    }

    fn with_main(main: &str, kind: &str) -> Self {
        let mut parts = Self(Vec::new());
        parts.add("[Content_Types].xml", &format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/{main}\" ContentType=\"{kind}\"/></Types>"));
        parts.add("_rels/.rels", &format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"{main}\"/></Relationships>"));
        parts
    }

    pub(crate) fn add(&mut self, name: &str, text: &str) {
        self.0.push((name.to_owned(), text.as_bytes().to_vec()));
    }

    /// Replaces a text in a part.
    pub(crate) fn replace(&mut self, name: &str, from: &str, to: &str) {
        let (_, bytes) = self.0.iter_mut().find(|(known, _)| known == name).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains(from));
        *bytes = text.replace(from, to).into_bytes();
    }

    pub(crate) fn zip(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.0 {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    pub(crate) fn unzip(bytes: &[u8]) -> Self {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let parts = (0..zip.len()).map(|i| {
            let mut entry = zip.by_index(i).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (entry.name().unwrap().into_owned(), bytes)
        });
        Self(parts.collect())
    }

    pub(crate) fn part(&self, name: &str) -> String {
        let (_, bytes) = self.0.iter().find(|(known, _)| known == name).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    }
}

/// Puts around a piece what every part of its kind has.
fn whole(name: &str, text: &str) -> String {
    let text = text.trim_end();
    if text.starts_with("<?xml") || text.starts_with("<!") {
        return text.to_owned();
    }
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n";
    let around = |open: &str, close: &str| {
        let (first, rest) = open.split_once('>').unwrap();
        format!("{head}{first} {NAMES}>{rest}{text}{close}")
    };
    match name.trim_end_matches(|c: char| c.is_ascii_digit()) {
        "document" => around(
            "<w:document><w:body>",
            "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>",
        ),
        "header" => around("<w:hdr>", "</w:hdr>"),
        "footer" => around("<w:ftr>", "</w:ftr>"),
        "footnotes" => around(
            "<w:footnotes><w:footnote w:id=\"2\">",
            "</w:footnote></w:footnotes>",
        ),
        "slide" => around("<p:sld><p:cSld><p:spTree>", "</p:spTree></p:cSld></p:sld>"),
        "notesSlide" => around(
            "<p:notes><p:cSld><p:spTree><p:sp><p:txBody><a:bodyPr/>",
            "</p:txBody></p:sp></p:spTree></p:cSld></p:notes>",
        ),
        other => panic!("no such part: {other}"),
    }
}

/// What a person reads in a part: a line for each paragraph, `[row]` before the cells of a row, `⏎` for
/// a line break, `*` around bold runs, `~` around what is deleted.
pub(crate) fn shown(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<String> = Vec::new();
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut out = Vec::new();
    let (mut is_bold, mut n_open) = (false, 0);
    loop {
        let event = reader.read_event().expect("what comes out is well formed");
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                let name = start.name().0.to_owned();
                let is_empty = matches!(event, Event::Empty(_));
                match name.as_str() {
                    "w:p" | "a:p" if is_empty => out.push("¶".to_owned()),
                    "w:p" | "a:p" => lines.push((open.len(), String::new())),
                    "w:tr" | "a:tr" => out.push("[row]".to_owned()),
                    "w:b" => is_bold = true,
                    "w:br" | "a:br" => push(&mut lines, "⏎"),
                    "w:tab" => push(&mut lines, "→"),
                    "w:r" => is_bold = false,
                    _ => {}
                }
                if name == "w:t" && is_bold {
                    push(&mut lines, "*");
                }
                if !is_empty {
                    open.push(name);
                    n_open += 1;
                }
            }
            Event::End(end) => {
                assert_eq!(open.pop().as_deref(), Some(end.name().0));
                match end.name().0 {
                    "w:p" | "a:p" => out.push(format!("¶ {}", lines.pop().unwrap().1)),
                    "w:t" if is_bold => push(&mut lines, "*"),
                    _ => {}
                }
            }
            Event::Text(text) if is_text(&open) => push(&mut lines, &text),
            Event::CData(text) if is_text(&open) => push(&mut lines, &text),
            Event::GeneralRef(name) if is_text(&open) => {
                let written = format!("&{};", &*name);
                push(&mut lines, &quick_xml::escape::unescape(&written).unwrap());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty() && n_open > 0, "it is read to its end");
    out
}

fn is_text(open: &[String]) -> bool {
    let deleted = ["w:del", "w:moveFrom"];
    matches!(open.last().map(String::as_str), Some("w:t" | "a:t"))
        && !open.iter().any(|name| deleted.contains(&name.as_str()))
}

fn push(lines: &mut [(usize, String)], text: &str) {
    if let Some((_, line)) = lines.last_mut() {
        line.push_str(text);
    }
}
