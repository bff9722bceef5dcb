//! The command line: arguments in, exit code out. Text for people goes to stderr unless it was asked for.

pub mod args;
mod batch;
mod certificate;
mod check;
mod explain;
mod formats;
mod init;
mod manual;
mod output;
mod pack;
mod plan;
mod progress;
mod read;
mod rules;
mod schema;
mod serve;
mod templates;
mod verify;

use std::io::Write as _;

use clap::Parser as _;

use crate::cli::args::{Arguments, Command};
use crate::cli::output::Output;
use crate::domain::text::{is_hidden, visible_lines};
use crate::error::Error;
use crate::world::World;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    Done = 0,
    /// The user's documents have errors.
    Findings = 1,
    /// clspack could not do its work.
    Failed = 2,
}

/// Runs the program with the arguments of the process, its own name first.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>, world: &dyn World) -> Exit {
    let mut arguments: Vec<_> = arguments.into_iter().collect();
    if arguments.len() == 1 && serve::is_double_click() {
        arguments.push("serve".into());
    }
    let mut texts = arguments.iter().map(|one| one.to_string_lossy());
    let is_plain = !texts.any(|text| text.contains(is_hidden));
    let parsed = match Arguments::try_parse_from(arguments) {
        Ok(parsed) => parsed,
        Err(error) => {
            report_usage(&error, is_plain);
            return if error.use_stderr() {
                Exit::Failed
            } else {
                Exit::Done
            };
        }
    };
    let mut output = Output::new(&parsed.options, world);
    if let Err(error) = formats::allowed(parsed.options.format, &parsed.command) {
        output.fault(&error);
        return Exit::Failed;
    }
    match dispatch(parsed, world, &mut output) {
        Ok(_) if output.has_lost_data() => {
            output.fault(&Error::Usage(
                "the output could not be written; the disk may be full".to_owned(),
            ));
            Exit::Failed
        }
        Ok(exit) => exit,
        Err(error) => {
            formats::print_failure(&error, &output);
            output.fault(&error);
            Exit::Failed
        }
    }
}

/// Reports faulty arguments, or prints help and version. Arguments cannot control the terminal.
fn report_usage(error: &clap::Error, is_plain: bool) {
    // Help and version are answers, not errors; a closed pipe is ignored.
    let _ = if is_plain || !error.use_stderr() {
        error.print()
    } else {
        let text = visible_lines(&error.render().to_string());
        std::io::stderr().lock().write_all(text.as_bytes())
    };
}

fn dispatch(arguments: Arguments, world: &dyn World, output: &mut Output) -> Result<Exit, Error> {
    let options = &arguments.options;
    match arguments.command {
        Command::Check(arguments) => check::run(&arguments, options, world, output),
        Command::Plan(one) => plan::run(&one, options, world, output),
        Command::Serve(arguments) => serve::run(&arguments, options, world, output),
        Command::Outlook(one) => plan::outlook(&one, options, world, output),
        Command::Explain { what } => explain::run(what.as_deref(), options, world, output),
        Command::Rules { what } => rules::run(what, options, world, output),
        Command::Templates { what } => templates::run(&what, options, world, output),
        Command::Schema { of } => Ok(schema::run(of, output)),
        Command::Pack(arguments) => pack::run(&arguments, options, world, output),
        Command::Batch(arguments) => batch::run(&arguments, options, world, output),
        Command::Read { files } => certificate::run(&files, options, world, output),
        Command::Verify { packs } => Ok(verify::run(&packs, world, output)),
        Command::Completions { shell } => Ok(manual::completions(shell, output)),
        Command::Man { dir } => manual::pages(dir.as_deref(), output),
        Command::Init(arguments) => init::run(&arguments, options, world, output),
    }
}
