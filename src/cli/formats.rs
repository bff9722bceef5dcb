//! What `check` and `batch` print in the formats of other programs.

use std::path::Path;

use crate::cli::args::{Command, Format, Options};
use crate::cli::output::{Output, failure};
use crate::diag::Severity;
use crate::error::{Error, Result};
use crate::report::json::schema::Document as _;
use crate::report::suite::{Item, Suite, Suites};
use crate::report::{github, junit, sarif};
use crate::world::{Kind, World};

/// Refuses a format that a command cannot write.
pub(crate) fn allowed(format: Format, command: &Command) -> Result<()> {
    let is_suite = matches!(command, Command::Check(_) | Command::Batch(_));
    let is_table = matches!(command, Command::Gaps(_));
    let (name, is_known, who) = match format {
        Format::Human | Format::Json => return Ok(()),
        Format::Sarif => ("sarif", is_suite, "`check` and `batch` write"),
        Format::Github => ("github", is_suite, "`check` and `batch` write"),
        Format::Junit => ("junit", is_suite, "`check` and `batch` write"),
        Format::Csv => ("csv", is_table, "`gaps` writes"),
        Format::Xlsx => ("xlsx", is_table, "`gaps` writes"),
    };
    if is_known {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "only {who} the format `{name}`; use `--format json` for programs"
    )))
}

/// Prints a machine error that ended the command, so that programs read a reason and not an empty document.
pub(crate) fn print_failure(error: &Error, output: &Output) {
    let suite = Suite {
        name: "clspack".to_owned(),
        file: String::new(),
        state: String::new(),
        fails: true,
        items: vec![Item::failure("", error.to_string(), error.help())],
    };
    let suites = Suites {
        all: vec![suite],
        fail_on: Severity::Error,
    };
    match output.format() {
        Format::Human | Format::Csv | Format::Xlsx => {}
        Format::Json => output.json(&failure(error).written()),
        Format::Sarif | Format::Github | Format::Junit => write(&suites, output),
    }
}

/// Prints everything in one of these formats; the other formats have their own writers.
pub(crate) fn print(mut suites: Suites, options: &Options, world: &dyn World, output: &Output) {
    suites.settle(&|name| file(name, options, world));
    write(&suites, output);
}

fn write(suites: &Suites, output: &Output) {
    match output.format() {
        Format::Human | Format::Json | Format::Csv | Format::Xlsx => {}
        Format::Sarif => output.exactly(&sarif::text(suites)),
        Format::Github => output.exactly(&github::text(suites)),
        Format::Junit => output.exactly(&junit::text(suites)),
    }
}

/// Returns the file that a name in a finding means: a path, or a template in the folder of templates.
fn file(name: &str, options: &Options, world: &dyn World) -> Option<String> {
    let is_file = |path: &Path| !name.is_empty() && matches!(world.kind(path), Ok(Kind::File(_)));
    if is_file(Path::new(name)) {
        return Some(name.to_owned());
    }
    let template = options.templates.as_ref()?.join(name);
    is_file(&template).then(|| template.display().to_string())
}
