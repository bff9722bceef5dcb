//! `clspack templates list|show|check|eject`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::cli::args::{Options, TemplatesCommand};
use crate::cli::output::Output;
use crate::cli::{Exit, read};
use crate::diag::nearest::nearest;
use crate::diag::{Code, Finding, Origins, Place, Severity, SourceFile};
use crate::error::{Error, Result};
use crate::pack::{make_folder, new_file};
use crate::render::{Pictures, Templates, lint};
use crate::report::json as report_json;
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
    let mut checked = Checked::default();
    if paths.is_empty() {
        checked.pages(&Templates::built_in_texts(), &Pictures::new());
    }
    for path in &paths {
        match world.kind(path) {
            Ok(Kind::Folder) => checked.folder(path, world)?,
            _ if read::is_office(path) => checked.office(path, world)?,
            _ => checked.page(path, world)?,
        }
    }
    checked.report(output);
    Ok(if checked.n_faults() == 0 {
        Exit::Done
    } else {
        Exit::Findings
    })
}

/// The findings about the templates of a run.
#[derive(Default)]
struct Checked {
    n_templates: usize,
    found: Vec<Finding>,
}

impl Checked {
    /// Checks the HTML templates of a folder together, and every office file in it.
    fn folder(&mut self, folder: &Path, world: &dyn World) -> Result<()> {
        let pages = read::template_files(folder, world)?;
        let offices = read::office_files(folder, world)?;
        if pages.is_empty() && offices.is_empty() {
            return Err(Error::Usage(format!(
                "`{}` contains no template: no HTML, Word or PowerPoint file",
                folder.display()
            )));
        }
        let mut texts = BTreeMap::new();
        for (name, bytes) in pages {
            self.add(name, bytes, &mut texts);
        }
        if !texts.is_empty() {
            self.pages(&texts, &read::pictures(folder, world)?);
        }
        offices.iter().try_for_each(|path| self.office(path, world))
    }

    fn page(&mut self, path: &Path, world: &dyn World) -> Result<()> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut texts = BTreeMap::new();
        self.add(name.into_owned(), read::template(path, world)?, &mut texts);
        if texts.is_empty() {
            return Ok(());
        }
        let folder = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        self.pages(
            &texts,
            &read::pictures(folder.unwrap_or(Path::new(".")), world)?,
        );
        Ok(())
    }

    /// Adds a template as text.
    fn add(&mut self, name: String, bytes: Vec<u8>, texts: &mut BTreeMap<String, String>) {
        if let Ok(text) = String::from_utf8(bytes) {
            texts.insert(name, text);
            return;
        }
        self.n_templates += 1;
        let (message, help) = ("it is not stored as UTF-8", "save it as UTF-8");
        let place = Place::File(name);
        let finding = Finding::new(Code::TemplateUnusable, place, message, help);
        self.found.push(finding);
    }

    fn pages(&mut self, texts: &BTreeMap<String, String>, pictures: &Pictures) {
        self.n_templates += texts.len();
        self.found.extend(lint(texts, pictures));
    }

    /// Checks a Word or PowerPoint template. It is checked as a declaration unless its name says otherwise.
    fn office(&mut self, path: &Path, world: &dyn World) -> Result<()> {
        self.n_templates += 1;
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let is_declaration = !file.to_lowercase().contains("evidence");
        self.found.extend(match read::office(path, world)? {
            Ok(template) => template.warnings(is_declaration),
            Err(found) => found,
        });
        Ok(())
    }

    /// Returns the errors, or everything else.
    fn of(&self, errors: bool) -> Vec<Finding> {
        let found = self.found.iter();
        let is_meant = |one: &&Finding| (one.severity() == Severity::Error) == errors;
        found.filter(is_meant).cloned().collect()
    }

    fn n_faults(&self) -> usize {
        self.of(true).len()
    }

    fn report(&self, output: &Output) {
        let (source, origins) = (SourceFile::default(), Origins::default());
        if output.is_json() {
            let of = |errors| {
                let found = self.of(errors);
                let items = found.iter().map(|one| {
                    let mut item =
                        report_json::findings(std::slice::from_ref(one), &source, &origins)[0]
                            .take();
                    add_older_members(&mut item, &one.place);
                    item
                });
                items.collect::<Vec<Value>>()
            };
            return output.json(&json!({ "schema": "clspack.templates/1", "faults": of(true), "warnings": of(false) }));
        }
        output.findings(&self.found, &source, &origins);
        let many = |n: usize, one: &str| match n {
            1 => format!("1 {one}"),
            n => format!("{n} {one}s"),
        };
        let n_faults = self.n_faults();
        let faults = match n_faults {
            0 => "no faults".to_owned(),
            n => many(n, "fault"),
        };
        let warnings = match self.found.len() - n_faults {
            0 => String::new(),
            n => format!(", {}", many(n, "warning")),
        };
        output.data(&format!(
            "templates checked: {}; {faults}{warnings}\n",
            self.n_templates
        ));
    }
}

/// Adds the place of a finding as it was written before findings had a common form: published members stay.
fn add_older_members(item: &mut Value, place: &Place) {
    let is_page = |name: &str| !read::is_office(Path::new(name));
    let older = match place {
        Place::Line { file, line, column } => {
            json!({ "template": **file, "line": line, "column": column.unwrap_or(1) })
        }
        Place::File(name) if is_page(name) => json!({ "template": name, "line": 1, "column": 1 }),
        Place::Paragraph(at) => {
            json!({ "template": *at.file, "part": *at.part, "paragraph": at.number, "text": *at.text })
        }
        Place::File(name) => {
            json!({ "template": name, "part": name, "paragraph": null, "text": "" })
        }
        _ => return,
    };
    if let (Value::Object(item), Value::Object(older)) = (item, older) {
        item.extend(older);
    }
}

/// Writes the built-in templates into a folder, to be edited there. Existing files are not changed.
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
    make_folder(dir)?;
    for (name, text) in &texts {
        new_file(&dir.join(name), text.as_bytes())?;
        output.data(&format!("{}\n", dir.join(name).display()));
    }
    output.message(&format!(
        "edit them, check them with `clspack templates check {0}`, and use them with `--templates {0}`",
        dir.display()
    ));
    Ok(())
}
