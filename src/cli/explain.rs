//! `clspack explain`.

use crate::cli::Exit;
use crate::cli::output::Output;
use crate::diag::Code;
use crate::diag::nearest::nearest;
use crate::error::{Error, Result};
use crate::report::explain;

/// Prints the long text of a code.
pub(crate) fn run(code: &str, output: &Output) -> Result<Exit> {
    let Some(found) = Code::find(code) else {
        let names: Vec<String> = Code::ALL
            .iter()
            .flat_map(|code| [code.number().to_owned(), code.name()])
            .collect();
        let near = nearest(code, names.iter().map(String::as_str))
            .map_or_else(String::new, |near| format!("; the nearest is `{near}`"));
        return Err(Error::Usage(format!(
            "there is no code `{code}`{near}; `docs/diagnostics.md` lists them"
        )));
    };
    output.data(&explain::text(found));
    Ok(Exit::Done)
}
