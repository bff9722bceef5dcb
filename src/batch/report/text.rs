//! A report for the terminal: the table of products, then totals, failures and open points.

use std::fmt::Write as _;
use std::io::Write;

use super::clean::{clean, list, literal};
use super::open::named;
use super::table::{Side, TextColumn, table, wrap};
use super::{OtherRoute, Problem, Product, Report, ReportWriter, Totals, Work, unwritten};
use crate::error::Result;
use crate::rules::tables::Route;

/// The narrowest terminal that is supported.
const LEAST_WIDTH: usize = 40;

/// The headings of products for which the other route costs more, and less.
pub(crate) const OTHER_ROUTES: [&str; 2] = [
    "The other route to the same level would cost more",
    "The other route to the same level would cost less",
];

impl ReportWriter<'_> {
    /// Writes the report as text in lines of at most `width`, as far as words and columns allow.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn text(&self, width: usize, out: &mut dyn Write) -> Result<()> {
        let Self { report, totals } = self;
        let mut text = Text {
            written: String::new(),
            width: width.max(LEAST_WIDTH),
        };
        text.line(0, &report.title());
        text.line(0, &counts(totals));
        for finding in &report.findings {
            text.problem(2, finding, true);
        }
        text.products(report);
        text.fees(totals);
        text.rest(totals);
        text.since_last_run(report);
        text.decisions(report);
        if totals.n_failures > 0 {
            text.failures(report, totals);
        }
        if let Some(signed) = report.signed_in_words() {
            text.heading("Signed copies");
            text.line(2, &signed);
        }
        text.not_searched(report, totals);
        text.questions(report, totals);
        text.warnings(report, totals);
        out.write_all(text.written.as_bytes())
            .map_err(unwritten("report"))
    }
}

impl Report {
    /// Returns the title of the report: tool, day, part.
    pub(crate) fn title(&self) -> String {
        let day = self.on.map(|on| format!(", on {on}"));
        let shard = self.shard.as_ref().map(|shard| format!(", part {shard}"));
        let tail = [day, shard].into_iter().flatten().collect::<String>();
        clean(&format!("Batch report, {}{tail}", self.tool))
    }
}

const fn column(head: &'static str, least: Option<usize>, spare: u8) -> TextColumn {
    TextColumn {
        head,
        side: Side::Left,
        least,
        spare,
    }
}

const fn number(head: &'static str, spare: u8) -> TextColumn {
    TextColumn {
        head,
        side: Side::Right,
        least: None,
        spare,
    }
}

const COLUMNS: [TextColumn; 11] = [
    number("No.", 0),
    column("Product", Some(22), 0),
    column("Models", Some(12), 3),
    column("Applicant", Some(14), 6),
    column("State", None, 0),
    column("Form", Some(8), 0),
    number("Level", 2),
    number("Fee", 1),
    number("Saved", 5),
    column("Until", None, 3),
    column("Pack", None, 4),
];

fn row(product: &Product) -> Vec<String> {
    let saved = product.compared().filter(|(own, other)| own < other);
    vec![
        product.index.to_string(),
        clean(&product.product),
        list(&product.models),
        clean(&product.applicant),
        product.state.to_string(),
        clean(product.form.as_deref().unwrap_or("-")),
        product
            .level
            .map_or_else(|| "-".to_owned(), |level| level.to_string()),
        product
            .fee
            .as_ref()
            .map_or_else(|| "-".to_owned(), ToString::to_string),
        saved.map_or_else(String::new, |(own, other)| own.less_than(other).grouped()),
        product
            .valid_until
            .map_or_else(|| "-".to_owned(), |day| day.to_string()),
        match product.work {
            Work::Made(_) => "made",
            Work::Kept => "kept",
            Work::None => "none",
        }
        .to_owned(),
    ]
}

const FORM_COLUMNS: [TextColumn; 5] = [
    column("Form", Some(10), 0),
    column("Name", Some(12), 1),
    number("Number", 0),
    number("Each", 2),
    number("Sum", 0),
];

/// Writes how many products are in each state.
pub(crate) fn counts(totals: &Totals) -> String {
    let states = totals.states.iter().filter(|(_, n)| *n > 0);
    let states: Vec<_> = states
        .map(|(state, n)| format!("{n} {}", state.title()))
        .collect();
    let products = things(totals.n_products, "product");
    if states.is_empty() {
        products
    } else {
        format!("{products}: {}", states.join(", "))
    }
}

/// Writes a number of things, with a plural.
pub(crate) fn things(n: usize, one: &str) -> String {
    let end = if n == 1 { "" } else { "s" };
    format!("{n} {one}{end}")
}

pub(crate) fn route_name(route: Route) -> &'static str {
    match route {
        Route::Mra => "by mutual recognition",
        Route::Standard => "by the standard forms",
        Route::None => "by no form",
    }
}

/// Writes how many packs were made and kept.
pub(crate) fn packs(totals: &Totals) -> String {
    let made: Vec<_> = totals
        .made
        .iter()
        .map(|(why, n)| format!("{n} {why}"))
        .collect();
    let reasons = if made.is_empty() {
        String::new()
    } else {
        format!(" ({})", made.join(", "))
    };
    format!("{} made{reasons}, {} kept", totals.n_made(), totals.n_kept)
}

/// Writes what a route costs compared with the other.
pub(crate) fn other_route(route: &OtherRoute, word: &str) -> String {
    format!(
        "Level {}: {} for {} instead of {}: {} {word}",
        route.level,
        things(route.n, "product"),
        route.own,
        route.other,
        route.difference
    )
}

pub(super) struct Text {
    written: String,
    width: usize,
}

impl Text {
    pub(super) fn heading(&mut self, text: &str) {
        let _ = writeln!(self.written, "\n{text}");
    }

    fn products(&mut self, report: &Report) {
        if report.products.is_empty() {
            return;
        }
        let rows: Vec<_> = report.products.iter().map(row).collect();
        let _ = write!(self.written, "\n{}", table(&COLUMNS, &rows, self.width));
    }

    /// Writes a text with an indent, in as many lines as it needs.
    pub(super) fn line(&mut self, indent: usize, text: &str) {
        for line in wrap(text, self.width.saturating_sub(indent)) {
            let _ = writeln!(self.written, "{}{line}", " ".repeat(indent));
        }
    }

    fn fees(&mut self, totals: &Totals) {
        if totals.forms.is_empty() {
            return;
        }
        self.heading("Fees by form");
        let row = |form: &super::FormTotal| {
            let open = if form.is_open { " (to confirm)" } else { "" };
            let each = form.fee.as_ref();
            vec![
                format!("{}{open}", clean(form.form.as_deref().unwrap_or("unknown"))),
                clean(form.name.as_deref().unwrap_or_default()),
                form.n.to_string(),
                each.map_or_else(|| "unknown".to_owned(), ToString::to_string),
                form.sum.to_string(),
            ]
        };
        let rows: Vec<_> = totals.forms.iter().map(row).collect();
        let text = table(&FORM_COLUMNS, &rows, self.width.saturating_sub(2));
        for line in text.lines() {
            let _ = writeln!(self.written, "  {line}");
        }
        self.heading("Fees");
        for (route, n, sum) in &totals.routes {
            let products = things(*n, "product");
            self.line(2, &format!("{sum} for {products} {}", route_name(*route)));
        }
        let settled = things(totals.n_settled, "settled product");
        self.line(2, &format!("{} for {settled}", totals.settled));
        if totals.n_open > 0 {
            let open = things(totals.n_open, "product");
            let open = format!("{} for {open} to be confirmed first", totals.open);
            self.line(2, &open);
            self.line(2, &format!("{} together", totals.fees));
        }
        if totals.n_fee_unknown > 0 {
            let unknown = things(totals.n_fee_unknown, "product");
            self.line(2, &format!("{unknown} with a fee that no source gives"));
        }
        let routes = [(&totals.saved, "saved"), (&totals.dearer, "more")];
        for ((routes, word), title) in routes.into_iter().zip(OTHER_ROUTES) {
            if !routes.is_empty() {
                self.heading(title);
                for one in routes {
                    self.line(2, &other_route(one, word));
                }
            }
        }
    }

    fn rest(&mut self, totals: &Totals) {
        if totals.n_products == 0 {
            return;
        }
        self.heading("Packs");
        self.line(2, &packs(totals));
        if totals.n_ending > 0 {
            let ending = things(totals.n_ending, "label");
            self.line(2, &format!("{ending} would end within 12 months"));
        }
        if totals.n_warnings > 0 {
            let n = totals.n_warnings;
            let end = if n == 1 { "" } else { "s" };
            self.line(2, &format!("{n} warning{end}"));
        }
    }

    /// Writes a problem; with its severity unless the heading above shows it.
    pub(super) fn problem(&mut self, indent: usize, problem: &Problem, with_severity: bool) {
        let Problem {
            code,
            severity,
            place,
            at: _,
            text,
            message,
            help,
            note,
            source,
        } = problem;
        let code = match (code.is_empty(), with_severity) {
            (true, _) => severity.as_str(),
            (false, true) => &format!("{severity} {code}"),
            (false, false) => code,
        };
        self.line(indent, &clean(&format!("{code} {message}")));
        let quoted = if text.is_empty() {
            String::new()
        } else {
            format!("`{}`", literal(text))
        };
        self.more(indent + 5, "at", &clean(place));
        self.more(indent + 5, "text", &quoted);
        self.reasons(indent + 5, [note, source, help]);
    }

    /// Writes why something is a problem, the rule behind it, and what to do.
    fn reasons(&mut self, indent: usize, reasons: [&String; 3]) {
        for (word, text) in ["note", "source", "help"].into_iter().zip(reasons) {
            self.more(indent, word, &clean(text));
        }
    }

    pub(super) fn more(&mut self, indent: usize, word: &str, text: &str) {
        if !text.is_empty() {
            self.line(indent, &format!("{word}: {text}"));
        }
    }

    fn warnings(&mut self, report: &Report, totals: &Totals) {
        for (i, cause) in totals.warnings().enumerate() {
            if i == 0 {
                self.heading("Warnings");
            }
            let warning = &cause.first;
            self.line(2, &clean(&format!("{} {}", warning.code, warning.message)));
            let similar = cause.similar();
            if !similar.is_empty() {
                self.line(7, &similar);
            }
            self.reasons(7, [&warning.note, &warning.source, &warning.help]);
            self.line(7, &named(report, &cause.products));
        }
    }
}
