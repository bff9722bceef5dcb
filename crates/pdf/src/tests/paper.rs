//! Makes PDF files for tests.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::{Pdf, read};

/// A PDF file of one page, to which objects are added.
///
/// Object 1 is the catalog, 2 the tree of pages, 3 the page, 4 its content, 5 its font.
#[derive(Clone)]
pub(super) struct Paper {
    pub(super) objects: BTreeMap<u32, Vec<u8>>,
    catalog: String,
    page: String,
    resources: String,
    trailer: String,
}

impl Paper {
    /// A page with this content.
    pub(super) fn new(content: impl AsRef<[u8]>) -> Self {
        Self {
            objects: BTreeMap::new(),
            catalog: String::new(),
            page: "/Contents 4 0 R".to_owned(),
            resources: "/Font<</F1 5 0 R>>".to_owned(),
            trailer: String::new(),
        }
        .object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>")
        .stream(4, "", content.as_ref())
        .object(
            5,
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        )
    }

    /// A page with the words `text`.
    pub(super) fn saying(text: &str) -> Self {
        Self::new(format!("BT /F1 12 Tf 72 700 Td ({text}) Tj ET"))
    }

    pub(super) fn object(mut self, number: u32, value: impl AsRef<[u8]>) -> Self {
        self.objects.insert(number, value.as_ref().to_vec());
        self
    }

    /// A stream; its length is added.
    pub(super) fn stream(self, number: u32, dict: &str, data: &[u8]) -> Self {
        let mut value = format!("<<{dict}/Length {}>>stream\n", data.len()).into_bytes();
        value.extend_from_slice(data);
        value.extend_from_slice(b"\nendstream");
        self.object(number, value)
    }

    /// A compressed stream.
    pub(super) fn packed(self, number: u32, dict: &str, data: &[u8]) -> Self {
        let dict = format!("{dict}/Filter/FlateDecode");
        self.stream(number, &dict, &pack(data))
    }

    pub(super) fn catalog(mut self, entries: &str) -> Self {
        self.catalog.push_str(entries);
        self
    }

    pub(super) fn page(mut self, entries: &str) -> Self {
        self.page.push_str(entries);
        self
    }

    /// Another content for the page.
    pub(super) fn contents(mut self, contents: &str) -> Self {
        self.page = format!("/Contents {contents}");
        self
    }

    pub(super) fn resources(mut self, entries: &str) -> Self {
        self.resources = entries.to_owned();
        self
    }

    pub(super) fn trailer(mut self, entries: &str) -> Self {
        self.trailer.push_str(entries);
        self
    }

    fn all(&self) -> BTreeMap<u32, Vec<u8>> {
        let mut objects = self.objects.clone();
        let catalog = format!("<</Type/Catalog/Pages 2 0 R{}>>", self.catalog);
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<<{}>>{}>>",
            self.resources, self.page
        );
        objects.entry(1).or_insert(catalog.into_bytes());
        objects.entry(3).or_insert(page.into_bytes());
        objects
    }

    /// Returns the bytes of the file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        let mut table = String::new();
        for (number, value) in self.all() {
            let at = bytes.len();
            writeln!(table, "{number} 1\n{at:010} 00000 n ").unwrap();
            bytes.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
            bytes.extend_from_slice(&value);
            bytes.extend_from_slice(b"\nendobj\n");
        }
        let at = bytes.len();
        let trailer = format!("trailer\n<</Size 999/Root 1 0 R{}>>", self.trailer);
        write!(bytes, "xref\n{table}{trailer}\nstartxref\n{at}\n%%EOF\n").unwrap();
        bytes
    }

    pub(super) fn read(&self) -> Pdf {
        read(self.bytes()).unwrap()
    }
}

/// Compresses bytes as most producers do.
pub(super) fn pack(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in bytes {
        write!(hex, "{byte:02x}").unwrap();
    }
    hex
}

/// Appends a revision to a file: these objects, in a table of their own.
pub(super) fn revised(mut bytes: Vec<u8>, objects: &[(u32, &str)], trailer: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let before = text.rsplit("startxref").next().unwrap();
    let before: usize = before.split_whitespace().next().unwrap().parse().unwrap();
    let mut table = String::new();
    for (number, value) in objects {
        writeln!(table, "{number} 1\n{:010} 00000 n ", bytes.len()).unwrap();
        write!(bytes, "{number} 0 obj\n{value}\nendobj\n").unwrap();
    }
    let at = bytes.len();
    write!(
        bytes,
        "xref\n{table}trailer\n<</Size 999/Root 1 0 R/Prev {before}{trailer}>>\nstartxref\n{at}\n%%EOF\n"
    )
    .unwrap();
    bytes
}
