//! Fills a template: `cargo run -p clspack-office --example fill -- letter.docx values.json filled.docx`.
//! Names are those at the top of the values: `{{ name }}`.
#![expect(
    clippy::disallowed_methods,
    reason = "an example reads and writes files; the crate does not"
)]

use std::error::Error;
use std::sync::Arc;
use std::{env, fs};

use clspack_office::{Advice, Fault, Language, Template};
use serde_json::Value;

#[derive(Debug)]
struct Top;

impl Language for Top {
    fn unknown_names(&self, tags: &str, values: &Value) -> Vec<(usize, Advice)> {
        let mut unknown = Vec::new();
        for (at, _) in tags.match_indices("{{") {
            let inside = tags[at + 2..].split("}}").next().unwrap_or_default();
            let names = self.names_in(inside).into_iter();
            let names = names.filter(|name| values.get(name).is_none());
            unknown.extend(names.map(|name| (at, format!("unknown name `{name}`").into())));
        }
        unknown
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [template, values, target] = &arguments[..] else {
        return Err("usage: fill TEMPLATE VALUES.json TARGET".into());
    };
    let values: Value = serde_json::from_slice(&fs::read(values)?)?;
    let filled = Template::open(template, fs::read(template)?, Arc::new(Top))
        .and_then(|template| template.fill(&values))
        .map_err(|faults| list(&faults))?;
    fs::write(target, filled)?;
    Ok(())
}

fn list(faults: &[Fault]) -> String {
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    faults.join("\n")
}
