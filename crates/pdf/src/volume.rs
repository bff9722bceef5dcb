//! Writes copied pages as a new file, with bookmarks and page labels. The same pages give the same bytes.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::copy::{Copied, Part};

/// The numbers of the first objects.
const CATALOG: usize = 1;
const PAGES: usize = 2;
const INFO: usize = 3;

/// A new file, to which pages are added.
#[derive(Debug)]
pub struct Volume {
    out: Vec<u8>,
    /// Where each object begins, by its number; the first is none.
    offsets: Vec<usize>,
    pages: Vec<PageObject>,
    /// The numbers of layers, and whether they are not shown.
    layers: Vec<(usize, bool)>,
}

/// A page that is in the file, but not yet in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageObject(usize);

/// Writes references to objects.
fn references(numbers: impl Iterator<Item = usize>) -> String {
    numbers.fold(String::new(), |mut all, number| {
        let _ = write!(all, "{number} 0 R ");
        all
    })
}

/// What the file says of itself.
#[derive(Clone, Debug, Default)]
pub struct About {
    pub title: String,
    pub producer: String,
    /// The language of the title and the bookmarks.
    pub language: String,
    /// Year, month and day.
    pub date: (u16, u8, u8),
    pub bookmarks: Vec<Bookmark>,
    /// By their pages.
    pub labels: Vec<Label>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bookmark {
    pub title: String,
    /// Its page, counted from 0.
    pub page: usize,
    pub inside: Vec<Bookmark>,
}

/// What viewers show as the number of a page and of those after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The first of the pages, counted from 0.
    pub page: usize,
    pub prefix: String,
    pub numbering: Numbering,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// The prefix is all.
    None,
    /// `i`, `ii`, `iii`.
    Roman,
    /// Numbers from this one.
    From(u32),
}

impl Default for Volume {
    fn default() -> Self {
        Self::new()
    }
}

impl Volume {
    pub fn new() -> Self {
        Self {
            out: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(),
            offsets: vec![0; INFO + 1],
            pages: Vec::new(),
            layers: Vec::new(),
        }
    }

    /// Returns its size so far, about.
    pub fn n_bytes(&self) -> usize {
        self.out.len() + 20 * self.offsets.len()
    }

    /// Adds pages; [`show`](Self::show) gives each its place.
    pub fn add(&mut self, copied: &Copied) -> Vec<PageObject> {
        let first = self.offsets.len();
        let number = |part: Part| match part {
            Part::Object(place) => first + place,
            Part::Pages => PAGES,
        };
        for (i, body) in copied.objects.iter().enumerate() {
            self.offsets.push(self.out.len());
            self.out
                .extend_from_slice(format!("{} 0 obj\n", first + i).as_bytes());
            body.write(&mut self.out, number);
            self.out.extend_from_slice(b"\nendobj\n");
        }
        let layers = copied.layers.iter();
        self.layers
            .extend(layers.map(|(place, is_off)| (first + place, *is_off)));
        let pages = copied.pages.iter();
        pages.map(|place| PageObject(first + place)).collect()
    }

    /// Puts a page behind those before it.
    pub fn show(&mut self, page: PageObject) {
        self.pages.push(page);
    }

    pub fn n_pages(&self) -> usize {
        self.pages.len()
    }

    /// Completes the file.
    pub fn finish(mut self, about: &About) -> Vec<u8> {
        let outline = self.outline(&about.bookmarks);
        let catalog = self.catalog(about, outline);
        self.put(CATALOG, &catalog);
        let kids = references(self.pages.iter().map(|PageObject(number)| *number));
        let pages = format!("<</Type/Pages/Count {}/Kids[{kids}]>>", self.pages.len());
        self.put(PAGES, &pages);
        let (year, month, day) = about.date;
        let info = format!(
            "<</Title{}/Producer{}/CreationDate(D:{year:04}{month:02}{day:02}000000Z)>>",
            text(&about.title),
            text(&about.producer)
        );
        self.put(INFO, &info);
        self.table()
    }

    fn catalog(&self, about: &About, outline: Option<usize>) -> String {
        let mut catalog = format!(
            "<</Type/Catalog/Pages {PAGES} 0 R/Lang{}",
            text(&about.language)
        );
        catalog.push_str("/ViewerPreferences<</DisplayDocTitle true>>");
        if let Some(outline) = outline {
            let _ = write!(catalog, "/PageMode/UseOutlines/Outlines {outline} 0 R");
        }
        if !about.labels.is_empty() {
            let labels: String = about.labels.iter().map(label).collect();
            let _ = write!(catalog, "/PageLabels<</Nums[{labels}]>>");
        }
        if !self.layers.is_empty() {
            let list = |is_wanted: fn(bool) -> bool| -> String {
                let layers = self.layers.iter();
                let wanted = layers.filter(|(_, is_off)| is_wanted(*is_off));
                references(wanted.map(|(number, _)| *number))
            };
            let (all, off) = (list(|_| true), list(|is_off| is_off));
            let _ = write!(
                catalog,
                "/OCProperties<</OCGs[{all}]/D<</Order[]/OFF[{off}]>>>>"
            );
        }
        catalog.push_str(">>");
        catalog
    }

    /// Writes the tree of bookmarks; returns the number of its root.
    fn outline(&mut self, bookmarks: &[Bookmark]) -> Option<usize> {
        if bookmarks.is_empty() {
            return None;
        }
        let root = self.reserve();
        let (first, last) = self.level(bookmarks, root);
        let root_value = format!(
            "<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {}>>",
            bookmarks.len()
        );
        self.put(root, &root_value);
        Some(root)
    }

    /// Writes bookmarks side by side; returns the numbers of the first and the last. Those inside are folded.
    fn level(&mut self, bookmarks: &[Bookmark], above: usize) -> (usize, usize) {
        let numbers: Vec<usize> = bookmarks.iter().map(|_| self.reserve()).collect();
        for (i, bookmark) in bookmarks.iter().enumerate() {
            let mut value = format!("<</Title{}/Parent {above} 0 R", text(&bookmark.title));
            let PageObject(page) = self
                .pages
                .get(bookmark.page)
                .copied()
                .unwrap_or(PageObject(PAGES));
            let _ = write!(value, "/Dest[{page} 0 R/Fit]");
            if let Some(before) = i.checked_sub(1) {
                let _ = write!(value, "/Prev {} 0 R", numbers[before]);
            }
            if let Some(next) = numbers.get(i + 1) {
                let _ = write!(value, "/Next {next} 0 R");
            }
            if !bookmark.inside.is_empty() {
                let (first, last) = self.level(&bookmark.inside, numbers[i]);
                let n_inside = bookmark.inside.len();
                let _ = write!(
                    value,
                    "/First {first} 0 R/Last {last} 0 R/Count -{n_inside}"
                );
            }
            value.push_str(">>");
            self.put(numbers[i], &value);
        }
        let end = |number: Option<&usize>| number.copied().unwrap_or_default();
        (end(numbers.first()), end(numbers.last()))
    }

    fn reserve(&mut self) -> usize {
        self.offsets.push(0);
        self.offsets.len() - 1
    }

    fn put(&mut self, number: usize, value: &str) {
        self.offsets[number] = self.out.len();
        self.out
            .extend_from_slice(format!("{number} 0 obj\n{value}\nendobj\n").as_bytes());
    }

    /// Writes the table of objects and the end.
    fn table(mut self) -> Vec<u8> {
        let hash = Sha256::digest(&self.out);
        let id = hash.iter().take(16).fold(String::new(), |mut id, byte| {
            let _ = write!(id, "{byte:02x}");
            id
        });
        let start = self.out.len();
        let n_objects = self.offsets.len();
        let mut table = format!("xref\n0 {n_objects}\n0000000000 65535 f \n");
        for offset in self.offsets.iter().skip(1) {
            let _ = writeln!(table, "{offset:010} 00000 n ");
        }
        let _ = write!(
            table,
            "trailer\n<</Size {n_objects}/Root {CATALOG} 0 R/Info {INFO} 0 R/ID[<{id}><{id}>]>>\nstartxref\n{start}\n%%EOF\n"
        );
        self.out.extend_from_slice(table.as_bytes());
        self.out
    }
}

fn label(label: &Label) -> String {
    let prefix = if label.prefix.is_empty() {
        String::new()
    } else {
        format!("/P{}", text(&label.prefix))
    };
    let numbering = match label.numbering {
        Numbering::None => String::new(),
        Numbering::Roman => "/S/r".to_owned(),
        Numbering::From(first) => format!("/S/D/St {first}"),
    };
    format!("{} <<{prefix}{numbering}>>", label.page)
}

/// Writes a text: as it is if it is plain, otherwise in UTF-16.
fn text(text: &str) -> String {
    let is_plain = |byte: u8| (byte.is_ascii_graphic() || byte == b' ') && !b"()\\".contains(&byte);
    if text.bytes().all(is_plain) {
        return format!("({text})");
    }
    let mut written = "<feff".to_owned();
    for unit in text.encode_utf16() {
        let _ = write!(written, "{unit:04x}");
    }
    written + ">"
}
