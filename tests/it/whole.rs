//! A report with all its products at hand, and its faces in memory.

use clspack::batch::report::{Problem, Product, Report, ReportWriter, Totals};
use clspack::render::Templates;

/// A report with all its products at hand.
#[derive(Clone, Debug)]
pub(crate) struct Whole {
    pub(crate) report: Report,
    pub(crate) findings: Vec<Problem>,
    pub(crate) products: Vec<Product>,
}

impl Whole {
    pub(crate) fn of(report: Report) -> Self {
        Self {
            findings: report.findings.clone(),
            products: report.products.clone(),
            report,
        }
    }

    /// Reads a report back, or says why that cannot be.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, String> {
        let read = Report::read("report.json", bytes);
        read.map(Self::of).map_err(|error| error.to_string())
    }

    /// Returns the report with other products.
    pub(crate) fn with(&self, products: impl IntoIterator<Item = Product>) -> Self {
        let mut report = self.report.clone();
        report.products = products.into_iter().collect();
        Self::of(report)
    }

    pub(crate) fn merge(parts: impl IntoIterator<Item = Self>) -> Result<Self, String> {
        let parts = parts.into_iter().zip(1..);
        let parts = parts
            .map(|(part, i)| (format!("report-{i}.json"), part.report))
            .collect();
        let merged = Report::merge(parts).map(Self::of);
        merged.map_err(|error| error.to_string())
    }

    pub(crate) fn totals(&self) -> Totals {
        self.report.totals()
    }

    fn faces(&self) -> ReportWriter<'_> {
        ReportWriter::of(&self.report)
    }

    pub(crate) fn page(&self) -> serde_json::Value {
        self.faces().page()
    }

    pub(crate) fn text(&self, width: usize) -> String {
        let mut out = Vec::new();
        self.faces().text(width, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    pub(crate) fn json(&self) -> String {
        let mut out = Vec::new();
        self.faces().json(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    pub(crate) fn csv(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.faces().csv(&mut out).unwrap();
        out
    }

    pub(crate) fn xlsx(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.faces().xlsx(&mut out).unwrap();
        out
    }

    /// Returns the other pages, by name.
    pub(crate) fn pages(&self, templates: &Templates) -> [(&'static str, String); 2] {
        let (mut worklist, mut contents) = (Vec::new(), Vec::new());
        self.faces().worklist(templates, &mut worklist).unwrap();
        self.faces().contents(templates, &mut contents).unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        [
            ("worklist.html", text(worklist)),
            ("contents.html", text(contents)),
        ]
    }

    pub(crate) fn html(&self, templates: &Templates) -> Result<String, String> {
        let mut out = Vec::new();
        let filled = self.faces().html(templates, &mut out);
        filled.map_err(|error| error.to_string())?;
        Ok(String::from_utf8(out).unwrap())
    }
}
