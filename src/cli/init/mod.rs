//! `clspack init`: asks the few questions that decide the form, says what they lead to, and writes a manifest or a
//! sheet to start from. Every answer has a flag; without a terminal nothing is asked.

mod answers;
mod ask;
mod interview;
mod outcome;
mod picker;
mod row;

use std::io::IsTerminal as _;
use std::path::Path;

use crate::cli::args::{Init, Options};
use crate::cli::output::Output;
use crate::cli::{Exit, read};
use crate::diag::Code;
use crate::error::{Error, Result};
use crate::manifest::{self, draft};
use crate::pack::{make_folder, new_file, there};
use crate::sheet::FileKind;
use crate::world::World;

pub(crate) fn run(
    arguments: &Init,
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<Exit> {
    let manifest = arguments.dir.join("manifest.yaml");
    let path = arguments.sheet.as_deref().unwrap_or(&manifest);
    let kind = arguments.sheet.as_deref().map(kind_of).transpose()?;
    refuse_to_replace(path)?;
    let asks =
        !arguments.no_input && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let book = read::rule_book(options, world)?;
    let on = options.on;
    let given = if asks {
        interview::ask(arguments, world, &book)?
    } else {
        arguments.clone()
    };
    let (given, remarks) = answers::checked(&given, &book)?;
    for remark in remarks {
        output.message(&remark);
    }
    let outcome = outcome::of(&given, &book, on, world);
    let next = if let Some(kind) = kind {
        let fields = row::fields(&given, &book, &outcome.asks);
        new_file(path, &crate::sheet::with_row(&fields, kind)?)?;
        let path = path.display();
        format!("fill in the empty cells of row 2, then run `clspack batch {path}`")
    } else {
        let text = draft::text(&given, &book, &outcome.asks);
        make_folder(&arguments.dir.join("evidence"))?;
        new_file(path, text.as_bytes())?;
        next(path, text)
    };
    output.data(&format!("{}\n", path.display()));
    output.message(&outcome.text);
    output.message(&next);
    Ok(Exit::Done)
}

/// Says how many lines of the manifest are still empty, and what to run then.
fn next(path: &Path, text: String) -> String {
    let path = path.display();
    let found = manifest::parse("manifest.yaml", text.into_bytes()).findings;
    let empty = found.iter().filter(|one| one.code == Code::EmptyField);
    match empty.count() {
        0 => format!("run `clspack check {path}`"),
        1 => format!("1 line is still empty; fill it in, then run `clspack check {path}`"),
        n => format!("{n} lines are still empty; fill them in, then run `clspack check {path}`"),
    }
}

fn kind_of(path: &Path) -> Result<FileKind> {
    let extension = path.extension().and_then(|one| one.to_str());
    match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("xlsx") => Ok(FileKind::Workbook),
        Some("csv") => Ok(FileKind::Csv),
        _ => Err(Error::Usage(format!(
            "`{}` is no sheet that `init` writes; end its name in `.xlsx` or `.csv`",
            path.display()
        ))),
    }
}

fn refuse_to_replace(path: &Path) -> Result<()> {
    if there(path)?.is_none() {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "`{}` is there already; `init` never writes over a file",
        path.display()
    )))
}
