//! `clspack explain`.

use serde_json::json;

use crate::cli::Exit;
use crate::cli::output::Output;
use crate::diag::Code;
use crate::diag::nearest::nearest;
use crate::error::{Error, Result};
use crate::report::explain;

/// Prints the long text of a code, or lists all codes.
pub(crate) fn run(code: Option<&str>, output: &Output) -> Result<Exit> {
    let Some(code) = code else {
        list(output);
        return Ok(Exit::Done);
    };
    let Some(found) = Code::find(code) else {
        let names: Vec<String> = Code::ALL
            .iter()
            .flat_map(|code| [code.number().to_owned(), code.name()])
            .collect();
        let near = nearest(code, names.iter().map(String::as_str))
            .map_or_else(String::new, |near| format!("; the nearest is `{near}`"));
        return Err(Error::Usage(format!(
            "there is no code `{code}`{near}; `clspack explain` lists all codes"
        )));
    };
    if output.is_json() {
        let mut long = explain::json(found);
        long["schema"] = "clspack.explain/1".into();
        output.json(&long);
    } else {
        output.data(&explain::text(found));
    }
    Ok(Exit::Done)
}

fn list(output: &Output) {
    let codes = explain::sorted();
    if output.is_json() {
        let codes: Vec<_> = codes.into_iter().map(explain::json).collect();
        output.json(&json!({ "schema": "clspack.codes/1", "codes": codes }));
    } else {
        output.data(&explain::list());
    }
}
