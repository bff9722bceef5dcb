//! What people and programs do to a declaration when they sign it: a revision at the end of the file, as PDF
//! programs add one.

use std::fmt::Write as _;

/// A PDF file that this program made, with a revision to be added.
pub(crate) struct Pen {
    pdf: Vec<u8>,
    objects: Vec<(usize, Vec<u8>)>,
    next: usize,
}

impl Pen {
    /// Opens a PDF file of ours.
    pub(crate) fn new(pdf: &[u8]) -> Self {
        let next = number_after(pdf, b"/Size ");
        Self {
            pdf: pdf.to_vec(),
            objects: Vec::new(),
            next,
        }
    }

    /// Returns how many pages it has.
    pub(crate) fn n_pages(&self) -> usize {
        self.pages().len()
    }

    /// Draws on a page, counted from 0.
    pub(crate) fn draw(&mut self, page: usize, content: &str) -> &mut Self {
        let number = self.pages()[page];
        let text = self.object(number);
        let (head, tail) = text.split_once("/Contents").unwrap();
        let (old, tail) = if let Some(list) = tail.strip_prefix('[') {
            list.split_once(']').unwrap()
        } else {
            tail.split_at(tail.find(" R").unwrap() + 2)
        };
        let before = self.stream("", b"q\n");
        let after = self.stream("", format!("Q\n{content}\n").as_bytes());
        let text = format!("{head}/Contents[{before} 0 R {old} {after} 0 R]{tail}");
        self.objects.push((number, text.into_bytes()));
        self
    }

    /// Puts an annotation on a page.
    pub(crate) fn annotate(&mut self, page: usize, annotation: &str) -> &mut Self {
        let number = self.pages()[page];
        let text = self.object(number);
        let added = self.add(format!("<</Type/Annot {annotation}>>").into_bytes());
        let text = if let Some((head, tail)) = text.split_once("/Annots[") {
            format!("{head}/Annots[{added} 0 R {tail}")
        } else {
            text.replacen("<<", &format!("<</Annots[{added} 0 R]"), 1)
        };
        self.objects.push((number, text.into_bytes()));
        self
    }

    /// Replaces the content of a page by these bytes, whatever they are.
    pub(crate) fn replace(&mut self, page: usize, head: &str, content: &[u8]) -> &mut Self {
        let text = self.object(self.pages()[page]);
        let number = number_after(text.as_bytes(), b"/Contents ");
        let stream = stream(head, content);
        self.objects.push((number, stream));
        self
    }

    /// Leaves a page out.
    pub(crate) fn leave_out(&mut self, page: usize) -> &mut Self {
        let mut pages = self.pages();
        pages.remove(page);
        let kids: Vec<_> = pages.iter().map(|page| format!("{page} 0 R")).collect();
        let tree = format!(
            "<</Type/Pages/Count {}/Kids[{}]>>",
            pages.len(),
            kids.join(" ")
        );
        self.objects.push((1, tree.into_bytes()));
        self
    }

    /// Adds a form; returns its number.
    pub(crate) fn form(&mut self, head: &str, content: &[u8]) -> usize {
        self.stream(&format!("/Type/XObject/Subtype/Form{head}"), content)
    }

    /// Adds an object; returns its number.
    pub(crate) fn object_of(&mut self, object: &[u8]) -> usize {
        self.add(object.to_vec())
    }

    /// Adds entries to the catalog.
    pub(crate) fn catalog(&mut self, entries: &str) -> &mut Self {
        let number = number_after(&self.pdf, b"/Root ");
        let text = self.object(number);
        let text = text.replacen("<<", &format!("<<{entries}"), 1);
        self.objects.push((number, text.into_bytes()));
        self
    }

    /// Adds a stream.
    fn stream(&mut self, head: &str, content: &[u8]) -> usize {
        self.add(stream(head, content))
    }

    fn add(&mut self, object: Vec<u8>) -> usize {
        self.next += 1;
        self.objects.push((self.next - 1, object));
        self.next - 1
    }

    fn pages(&self) -> Vec<usize> {
        let text = self.object(1);
        let (_, kids) = text.split_once("/Kids[").unwrap();
        let (kids, _) = kids.split_once(']').unwrap();
        kids.split(" 0 R")
            .filter_map(|kid| kid.trim().parse().ok())
            .collect()
    }

    /// Returns an object as it is now.
    fn object(&self, number: usize) -> String {
        let changed = self.objects.iter().rev().find(|(one, _)| *one == number);
        if let Some((_, bytes)) = changed {
            return String::from_utf8_lossy(bytes).into_owned();
        }
        let head = format!("\n{number} 0 obj\n");
        let start = find(&self.pdf, head.as_bytes()).unwrap() + head.len();
        let end = start + find(&self.pdf[start..], b"\nendobj").unwrap();
        String::from_utf8_lossy(&self.pdf[start..end]).into_owned()
    }

    /// Writes the file.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut file = self.pdf.clone();
        let trailer = String::from_utf8_lossy(&file[rfind(&file, b"trailer")..]).into_owned();
        let root = number_after(trailer.as_bytes(), b"/Root ");
        let info = number_after(trailer.as_bytes(), b"/Info ");
        let previous = number_after(trailer.as_bytes(), b"startxref\n");
        let mut table = String::new();
        for (at, (number, object)) in self.objects.iter().enumerate() {
            if self.objects[at + 1..]
                .iter()
                .any(|(later, _)| later == number)
            {
                continue;
            }
            writeln!(table, "{number} 1\n{:010} 00000 n ", file.len() + 1).unwrap();
            file.extend(format!("\n{number} 0 obj\n").bytes());
            file.extend(object);
            file.extend(b"\nendobj\n");
        }
        let at = file.len();
        let end = format!(
            "xref\n{table}trailer\n<</Size {}/Root {root} 0 R/Info {info} 0 R/Prev {previous}>>\nstartxref\n{at}\n%%EOF\n",
            self.next
        );
        file.extend(end.bytes());
        file
    }
}

/// Strokes of a pen, as a content of a page.
pub(crate) const STROKES: &str = "q 1.2 w 0 0 0.5 RG 220 120 m 230 140 240 110 250 130 c 260 150 262 110 270 125 c \
    280 140 282 112 290 128 c 300 146 302 110 310 124 c 318 140 322 112 330 126 c 334 140 342 118 350 128 c \
    356 138 362 118 370 126 c 376 138 380 120 390 128 c S Q";

/// A picture that is drawn where the page says.
pub(crate) const PICTURE: &str = "q 120 0 0 40 220 110 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q";

/// An annotation of ink.
pub(crate) const INK: &str =
    "/Subtype/Ink/Rect[220 110 340 150]/InkList[[220 110 260 150 300 112 340 148]]";

fn stream(head: &str, content: &[u8]) -> Vec<u8> {
    let mut stream = format!("<<{head}/Length {}>>stream\n", content.len()).into_bytes();
    stream.extend(content);
    stream.extend(b"\nendstream");
    stream
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn rfind(bytes: &[u8], what: &[u8]) -> usize {
    bytes
        .windows(what.len())
        .rposition(|window| window == what)
        .unwrap()
}

/// Returns the number after a text that is in the file, where it is for the last time.
fn number_after(bytes: &[u8], what: &[u8]) -> usize {
    let start = rfind(bytes, what) + what.len();
    let digits = bytes[start..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit());
    let digits: String = digits.map(|byte| char::from(*byte)).collect();
    digits.parse().unwrap()
}
