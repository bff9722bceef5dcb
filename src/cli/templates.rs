//! `clspack templates list|show|check|eject`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::cli::args::{Options, TemplatesCommand};
use crate::cli::output::Output;
use crate::cli::{Exit, read};
use crate::diag::nearest::nearest;
use crate::error::{Error, Result};
use crate::pack::new_file;
use crate::render::{OfficeFault, Pictures, Templates, lint};
use crate::world::{Kind, World};

/// Lists, shows, checks or writes templates.
pub(crate) fn run(
    what: &TemplatesCommand,
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<Exit> {
    match what {
        TemplatesCommand::List => list(&read::templates(options, world)?, output),
        TemplatesCommand::Show { name, sample } => {
            return show(name, *sample, &read::templates(options, world)?, output);
        }
        TemplatesCommand::Check { paths } => return check(paths, options, world, output),
        TemplatesCommand::Eject { dir } => eject(dir, world, output)?,
    }
    Ok(Exit::Done)
}

fn list(templates: &Templates, output: &Output) {
    if output.is_json() {
        let all = templates.all();
        let all: Vec<_> = all
            .map(|(name, version, hash)| json!({ "name": name, "version": version, "sha256": hash, "built_in": Templates::is_built_in(name, hash) }))
            .collect();
        return output.json(&json!({ "schema": "clspack.templates/1", "templates": all }));
    }
    let mut text = String::new();
    for (name, version, hash) in templates.all() {
        let whose = if Templates::is_built_in(name, hash) {
            "built in"
        } else {
            "own"
        };
        let _ = writeln!(text, "{name:<26} {version:<24} {}  {whose}", hash.short());
    }
    output.data(&text);
}

fn show(name: &str, sample: bool, templates: &Templates, output: &Output) -> Result<Exit> {
    let Some(text) = templates.text(name) else {
        let near = nearest(name, templates.all().map(|(name, ..)| name))
            .map_or_else(String::new, |near| format!("; the nearest is `{near}`"));
        return Err(Error::Usage(format!(
            "there is no template `{name}`{near}; `clspack templates list` names them"
        )));
    };
    if sample {
        output.exactly(&templates.fill_sample(name)?);
    } else {
        output.exactly(text);
    }
    Ok(Exit::Done)
}

/// Checks folders of templates and office files; without any, those of `--templates`.
fn check(paths: &[PathBuf], options: &Options, world: &dyn World, output: &Output) -> Result<Exit> {
    let own = options.templates.clone();
    let given = paths.to_vec();
    let paths = if given.is_empty() {
        own.into_iter().collect()
    } else {
        given
    };
    let mut faults: Vec<(String, Value)> = Vec::new();
    let mut n_checked = 0;
    if paths.is_empty() {
        let texts = Templates::built_in_texts();
        n_checked = texts.len();
        let found = lint(&texts, &Pictures::new());
        faults.extend(found.iter().map(|fault| (fault.to_string(), json!(fault))));
    }
    for path in &paths {
        if is_office(path) {
            n_checked += 1;
            faults.extend(office_faults(path, world)?);
            continue;
        }
        let texts = texts(path, world)?;
        let folder = match world.kind(path) {
            Ok(Kind::Folder) => path.as_path(),
            _ => match path.parent() {
                Some(parent) if !parent.as_os_str().is_empty() => parent,
                _ => Path::new("."),
            },
        };
        let pictures = read::pictures(folder, world)?;
        n_checked += texts.len();
        faults.extend(
            lint(&texts, &pictures)
                .iter()
                .map(|fault| (fault.to_string(), json!(fault))),
        );
    }
    report(&faults, n_checked, output);
    Ok(if faults.is_empty() {
        Exit::Done
    } else {
        Exit::Findings
    })
}

fn texts(path: &Path, world: &dyn World) -> Result<BTreeMap<String, String>> {
    match world.kind(path) {
        Ok(Kind::File(_)) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Ok(BTreeMap::from([(
                name.into_owned(),
                read::template(path, world)?,
            )]))
        }
        _ => read::template_texts(path, world),
    }
}

fn is_office(path: &Path) -> bool {
    let extension = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    matches!(
        extension.as_str(),
        "docx" | "docm" | "dotx" | "pptx" | "pptm" | "doc" | "ppt"
    )
}

/// Faults of a Word or PowerPoint template, each as text and as JSON.
fn office_faults(path: &Path, world: &dyn World) -> Result<Vec<(String, Value)>> {
    let name = path.display().to_string();
    let found = read::office(path, world)?.err().unwrap_or_default();
    let fault = |fault: OfficeFault| {
        let json = json!({ "template": name, "part": fault.part, "paragraph": fault.paragraph, "text": fault.text, "message": fault.message });
        (format!("{name}: {fault}"), json)
    };
    Ok(found.into_iter().map(fault).collect())
}

/// Prints faults, each given as text and as JSON.
fn report(faults: &[(String, Value)], n_checked: usize, output: &Output) {
    if output.is_json() {
        let faults: Vec<_> = faults.iter().map(|(_, json)| json).collect();
        return output.json(&json!({ "schema": "clspack.templates/1", "faults": faults }));
    }
    let mut text = String::new();
    for (fault, _) in faults {
        let _ = writeln!(text, "{fault}");
    }
    let n_faults = match faults.len() {
        0 => "no faults".to_owned(),
        1 => "1 fault".to_owned(),
        n => format!("{n} faults"),
    };
    let _ = writeln!(text, "templates checked: {n_checked}; {n_faults}");
    output.data(&text);
}

/// Writes the built-in templates into a folder, to be edited there. What is there already stays as it is.
fn eject(dir: &Path, world: &dyn World, output: &Output) -> Result<()> {
    let texts = Templates::built_in_texts();
    let there = texts
        .keys()
        .find(|name| world.kind(&dir.join(name)).is_ok());
    if let Some(name) = there {
        return Err(Error::Usage(format!(
            "`{}` is there already; choose an empty folder",
            dir.join(name).display()
        )));
    }
    std::fs::create_dir_all(dir).map_err(|cause| Error::Write {
        path: dir.display().to_string(),
        cause,
    })?;
    for (name, text) in &texts {
        new_file(&dir.join(name), text.as_bytes())?;
        output.data(&format!("{}\n", dir.join(name).display()));
    }
    output.say(&format!(
        "edit them, check them with `clspack templates check {0}`, and use them with `--templates {0}`",
        dir.display()
    ));
    Ok(())
}
