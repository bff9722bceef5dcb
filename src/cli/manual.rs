//! Completions for shells, and manual pages: both from the arguments, so that they cannot disagree.

use std::path::Path;

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::Exit;
use crate::cli::args::Arguments;
use crate::cli::output::Output;
use crate::error::{Error, Result};
use crate::pack::{make_folder, new_file, there, write_fault};

/// Prints the completions for a shell.
pub(crate) fn completions(shell: Shell, output: &Output) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "clspack", &mut script);
    output.exactly(&String::from_utf8_lossy(&script));
    Exit::Done
}

/// Prints the page of the program, or writes that of each command into a folder, where it replaces nothing.
pub(crate) fn pages(dir: Option<&Path>, output: &Output) -> Result<Exit> {
    // The pages have no short form.
    let mut command = Arguments::command().mut_args(|argument| argument.hide_short_help(false));
    command.build();
    let Some(dir) = dir else {
        let (_, page) = page(&command)?;
        output.exactly(&String::from_utf8_lossy(&page));
        return Ok(Exit::Done);
    };
    let mut pages = Vec::new();
    all(&command, &mut pages)?;
    for (name, _) in &pages {
        if there(&dir.join(name))?.is_some() {
            return Err(Error::Usage(format!(
                "`{}` exists already; choose an empty folder",
                dir.join(name).display()
            )));
        }
    }
    make_folder(dir)?;
    for (name, page) in &pages {
        new_file(&dir.join(name), page)?;
        output.data(&format!("{}\n", dir.join(name).display()));
    }
    Ok(Exit::Done)
}

/// Collects the pages of a command and of those below it, by their file names.
fn all(command: &clap::Command, pages: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    pages.push(page(command)?);
    let below = command.get_subcommands();
    for command in below.filter(|below| !below.is_hide_set() && below.get_name() != "help") {
        all(command, pages)?;
    }
    Ok(())
}

fn page(command: &clap::Command) -> Result<(String, Vec<u8>)> {
    let man = clap_mangen::Man::new(command.clone());
    let name = man.get_filename();
    let mut page = Vec::new();
    man.render(&mut page)
        .map_err(|cause| write_fault(Path::new(&name), cause))?;
    Ok((name, page))
}
