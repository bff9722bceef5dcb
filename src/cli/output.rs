//! Where output goes: data to stdout, messages to stderr, colour only where it is wanted.

use std::cell::Cell;
use std::io::{ErrorKind, IsTerminal as _, Write as _};

use crate::cli::args::{Format, Options, When};
use crate::diag::{Finding, Origins, Severity, SourceFile};
use crate::domain::text::visible_lines;
use crate::error::{Error, Result};
use crate::report::human::{Colour, SourceView};
use crate::report::json::records::FailureRecord;
use crate::world::World;

#[derive(Debug)]
pub(crate) struct Output {
    colour: Colour,
    data_colour: Colour,
    format: Format,
    quiet: bool,
    /// Whether writing data failed for another reason than a closed pipe.
    lost: Cell<bool>,
}

impl Output {
    pub(crate) fn new(options: &Options, world: &dyn World) -> Self {
        let plain = world
            .variable("NO_COLOR")
            .is_some_and(|value| !value.is_empty());
        let colour = |is_terminal: bool| match options.color {
            When::Always => Colour::On,
            When::Auto if is_terminal && !plain => Colour::On,
            When::Auto | When::Never => Colour::Off,
        };
        Self {
            colour: colour(std::io::stderr().is_terminal()),
            data_colour: colour(std::io::stdout().is_terminal()),
            format: options.format,
            quiet: options.quiet,
            lost: Cell::new(false),
        }
    }

    /// Returns true if the output is for programs.
    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    pub(crate) const fn format(&self) -> Format {
        self.format
    }

    /// Returns true if people read the output.
    pub(crate) fn is_human(&self) -> bool {
        self.format == Format::Human
    }

    /// Writes what was asked for. A closed pipe is not an error. For people, control characters in the user's texts
    /// are made visible; programs get the texts unchanged.
    pub(crate) fn data(&self, text: &str) {
        if self.is_json() {
            self.exactly(text);
        } else {
            self.exactly(&visible_lines(text));
        }
    }

    /// Writes what was asked for without changes: text with colours, or the content of a file.
    pub(crate) fn exactly(&self, text: &str) {
        let mut stdout = std::io::stdout().lock();
        let written = stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush());
        self.record_write_error(written);
    }

    /// Writes what was asked for in pieces, as [`Self::data`] does.
    ///
    /// # Errors
    /// The errors of `fill`, except write errors.
    pub(crate) fn pieces(
        &self,
        fill: impl FnOnce(&mut dyn std::io::Write) -> Result<()>,
    ) -> Result<()> {
        let mut stdout = std::io::BufWriter::new(std::io::stdout().lock());
        let filled = match fill(&mut stdout) {
            Err(Error::Write { cause, .. }) => Err(cause),
            other => {
                other?;
                stdout.flush()
            }
        };
        // Bytes that could not be written are dropped, not tried again.
        drop(stdout.into_parts());
        self.record_write_error(filled);
        Ok(())
    }

    /// Records whether data could be written.
    fn record_write_error(&self, written: std::io::Result<()>) {
        if written.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
            self.lost.set(true);
        }
    }

    pub(crate) fn has_lost_data(&self) -> bool {
        self.lost.get()
    }

    pub(crate) fn json(&self, value: &serde_json::Value) {
        self.exactly(&format!("{value:#}\n"));
    }

    pub(crate) const fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Prints a message beside the data.
    pub(crate) fn message(&self, text: &str) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr().lock(), "{}", visible_lines(text));
        }
    }

    /// Prints findings as data, for `check`.
    pub(crate) fn findings(&self, findings: &[Finding], source: &SourceFile, origins: &Origins) {
        let view = SourceView::new(source, origins, self.data_colour);
        for finding in view.findings(findings) {
            self.exactly(&format!("{finding}\n\n"));
        }
    }

    /// Prints findings beside the data. Errors are printed even with `--quiet`: they are why a command failed.
    pub(crate) fn explain_findings(
        &self,
        findings: &[Finding],
        source: &SourceFile,
        origins: &Origins,
    ) {
        let view = SourceView::new(source, origins, self.colour);
        let wanted = |finding: &&Finding| !self.quiet || finding.severity() == Severity::Error;
        let wanted: Vec<Finding> = findings.iter().filter(wanted).cloned().collect();
        for finding in view.findings(&wanted) {
            let _ = writeln!(std::io::stderr().lock(), "{finding}\n");
        }
    }

    /// Reports a machine error.
    #[expect(clippy::unused_self, reason = "the streams belong to the output")]
    pub(crate) fn fault(&self, error: &Error) {
        let mut stderr = std::io::stderr().lock();
        let _ = writeln!(stderr, "error: {}", visible_lines(&error.to_string()));
        if let Some(help) = error.help() {
            let _ = writeln!(stderr, "help: {help}");
        }
    }
}

/// Returns a machine error for programs.
pub(crate) fn failure(error: &Error) -> FailureRecord {
    FailureRecord {
        message: error.to_string(),
        help: error.help(),
    }
}
