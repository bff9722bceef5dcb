//! The start of most commands: the rules, and the manifest planned by them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::audit;
use crate::case::{self, Case, MANIFEST};
use crate::cli::args::{One, Options};
use crate::diag::nearest::nearest;
use crate::diag::{Code, Finding, Located, Origins, SourceFile};
use crate::error::{Error, Result};
use crate::manifest;
use crate::pack::INVENTORY;
use crate::render::{self, OfficeTemplate, Pictures, Templates};
use crate::rules::tables::DocumentKind;
use crate::rules::{RuleBook, RuleFiles, embedded_files, lint, load};
use crate::typeset::Typesetter;
use crate::world::patterns::{Folders, expand};
use crate::world::{World, list, read};

/// The largest picture, Word or PowerPoint template that is read, in bytes.
const MAX_OFFICE: u64 = 20_000_000;

/// Reads a manifest or the one of a pack, plans it, and compares its signed copy.
pub(crate) fn case(one: &One, options: &Options, world: &dyn World) -> Result<Case> {
    let mut case = match audit::pack_at(&one.manifest, world) {
        Some(pack) => audit::project(&pack, &rule_book(options, world)?, options.on, world)?,
        None => unsettled(one, options, world)?,
    };
    settle(&mut case, &mut None, options, world)?;
    Ok(case)
}

/// Reads a manifest with all its variants, or the one of a pack, and plans it.
pub(crate) fn cases(
    path: &Path,
    book: &RuleBook,
    options: &Options,
    world: &dyn World,
) -> Result<Vec<Case>> {
    match audit::pack_at(path, world) {
        Some(pack) => Ok(vec![audit::project(&pack, book, options.on, world)?]),
        None => case::read_all(path, book, options.on, world),
    }
}

/// Reads a manifest and plans it, without comparing its signed copy.
pub(crate) fn unsettled(one: &One, options: &Options, world: &dyn World) -> Result<Case> {
    let book = rule_book(options, world)?;
    case::read_variant(
        &single(&one.manifest, world)?,
        one.variant.as_deref(),
        &book,
        options.on,
        world,
    )
}

/// Returns the manifest that an input means; a pattern may match only one.
fn single(input: &Path, world: &dyn World) -> Result<PathBuf> {
    let mut paths = expand(input, Folders::ByFile(MANIFEST), INVENTORY, world)?;
    match (paths.pop(), paths.len()) {
        (Some(path), 0) => Ok(path),
        (_, others) => Err(Error::Usage(format!(
            "the pattern `{}` matches {} files; name one manifest, or use `clspack batch`",
            input.display(),
            others + 1
        ))),
    }
}

/// The templates and the typesetter, loaded for the first signed copy and kept for the next.
pub(crate) type Renderer = Option<(Templates, Typesetter)>;

/// Compares the signed copy of a case, if it has one, with the declaration made from the run's templates.
pub(crate) fn settle(
    case: &mut Case,
    renderer: &mut Renderer,
    options: &Options,
    world: &dyn World,
) -> Result<()> {
    if !case.has_copy() {
        return Ok(());
    }
    let (templates, typesetter) = match renderer {
        Some(renderer) => renderer,
        None => renderer.insert((templates(options, world)?, Typesetter::new())),
    };
    case.settle(templates, typesetter)
}

/// Returns the rule files: the built-in ones, or those of `--rules`.
pub(crate) fn rule_files(options: &Options, world: &dyn World) -> Result<RuleFiles> {
    let Some(folder) = &options.rules else {
        return Ok(embedded_files());
    };
    let files = files_of(folder, world, manifest::MAX_BYTES, |path| {
        !path.starts_with('.')
    })?;
    Ok(files.into_iter().collect())
}

/// Returns findings about the templates of `--templates`; the built-in ones have none.
pub(crate) fn template_findings(options: &Options, world: &dyn World) -> Result<Vec<Finding>> {
    match options.templates {
        Some(_) => Ok(templates(options, world)?.findings()),
        None => Ok(Vec::new()),
    }
}

/// Returns the templates: the built-in ones, replaced by those of `--templates`.
pub(crate) fn templates(options: &Options, world: &dyn World) -> Result<Templates> {
    let Some(folder) = &options.templates else {
        return Templates::built_in();
    };
    Ok(Templates::with(template_texts(folder, world)?)?.showing(pictures(folder, world)?))
}

/// Returns the pictures in a folder of templates, by name.
pub(crate) fn pictures(folder: &Path, world: &dyn World) -> Result<Pictures> {
    let is_picture = |path: &str| {
        let extension = Path::new(path)
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        matches!(extension.as_str(), "png" | "jpg" | "jpeg") && !path.contains('/')
    };
    let files = files_of(folder, world, MAX_OFFICE, is_picture)?;
    Ok(files
        .into_iter()
        .map(|(name, bytes)| (name, bytes.into()))
        .collect())
}

/// Returns the texts of the templates in a folder, by name.
pub(crate) fn template_texts(folder: &Path, world: &dyn World) -> Result<BTreeMap<String, String>> {
    let files = template_files(folder, world)?;
    if files.is_empty() {
        return Err(Error::Usage(format!(
            "`{}` contains no HTML template; name Word and PowerPoint templates with `--template` or in the manifest",
            folder.display()
        )));
    }
    let text = |(name, bytes): (String, Vec<u8>)| Ok((name.clone(), utf8(&name, bytes)?));
    files.into_iter().map(text).collect()
}

/// Reads the HTML templates in a folder, by name.
pub(crate) fn template_files(folder: &Path, world: &dyn World) -> Result<Vec<(String, Vec<u8>)>> {
    files_of(folder, world, manifest::MAX_BYTES, is_html)
}

/// Returns the Word and PowerPoint files below a folder, except the files that Word keeps beside an open one.
pub(crate) fn office_files(folder: &Path, world: &dyn World) -> Result<Vec<PathBuf>> {
    let fault = |cause| Error::Read {
        path: folder.display().to_string(),
        cause,
    };
    let found = world.files_below(folder).map_err(fault)?.into_iter();
    let found = found.filter(|found| found.is_file && !found.path.contains("~$"));
    let paths = found.map(|found| folder.join(found.path));
    Ok(paths.filter(|path| is_office(path)).collect())
}

/// Returns true for the extensions of Word and PowerPoint files.
pub(crate) fn is_office(path: &Path) -> bool {
    let extension = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    matches!(
        extension.as_str(),
        "docx" | "docm" | "dotx" | "dotm" | "pptx" | "pptm" | "potx" | "ppsx" | "doc" | "ppt"
    )
}

/// Reads the Word or PowerPoint template that `--template DOCUMENT=FILE` names. Returns the document, the name and
/// the bytes.
pub(crate) fn own_template(
    named: &str,
    world: &dyn World,
) -> Result<(DocumentKind, String, Vec<u8>)> {
    let kinds = DocumentKind::ALL.iter().map(|kind| kind.as_str());
    let usage = |near: &str| {
        let kinds: Vec<_> = DocumentKind::ALL.iter().map(|kind| kind.as_str()).collect();
        Error::Usage(format!(
            "`--template {named}` names no document{near}; write {}=FILE.docx",
            kinds.join("=FILE.docx or ")
        ))
    };
    let (kind, file) = named.split_once('=').ok_or_else(|| usage(""))?;
    let kind = kind.parse().map_err(|_| {
        let near = nearest(kind, kinds)
            .map_or_else(String::new, |near| format!(", the nearest is `{near}`"));
        usage(&near)
    })?;
    let (name, bytes) = office_bytes(Path::new(file), world)?;
    Ok((kind, name, bytes))
}

/// Reads and checks a Word or PowerPoint template.
pub(crate) fn office(
    path: &Path,
    world: &dyn World,
) -> Result<std::result::Result<OfficeTemplate, Vec<Finding>>> {
    let (name, bytes) = office_bytes(path, world)?;
    Ok(render::own_template(&name, bytes))
}

fn office_bytes(path: &Path, world: &dyn World) -> Result<(String, Vec<u8>)> {
    let name = path.display().to_string();
    let bytes = read(world, path, MAX_OFFICE)?;
    let bytes = bytes.ok_or_else(|| Error::Usage(format!("`{name}` is larger than 20 MB")))?;
    Ok((name, bytes))
}

pub(crate) fn template(path: &Path, world: &dyn World) -> Result<Vec<u8>> {
    let name = path.display().to_string();
    read(world, path, manifest::MAX_BYTES)?.ok_or_else(|| too_large(&name, manifest::MAX_BYTES))
}

fn utf8(name: &str, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes)
        .map_err(|_| Error::Template(format!("`{name}` is not stored as UTF-8")))
}

fn too_large(name: &str, limit: u64) -> Error {
    Error::Usage(format!("`{name}` is larger than {} KiB", limit / 1024))
}

/// Reads the files below a folder whose paths are wanted.
fn files_of(
    folder: &Path,
    world: &dyn World,
    limit: u64,
    wanted: fn(&str) -> bool,
) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for found in list(world, folder)? {
        if found.is_file && wanted(&found.path) {
            let path = found.at;
            let bytes = read(world, &path, limit)?;
            let bytes = bytes.ok_or_else(|| too_large(&path.display().to_string(), limit))?;
            files.push((found.path, bytes));
        }
    }
    Ok(files)
}

/// Reads the rules. Those in a folder are linted first, and never used if they are faulty. A changed past edition is
/// allowed for a trial, but not hidden: the plan lists each edition with its hash.
pub(crate) fn rules(options: &Options, world: &dyn World) -> Result<(RuleFiles, RuleBook)> {
    let files = rule_files(options, world)?;
    let (book, mut findings) = load(&files);
    if options.rules.is_some() {
        findings = lint::lint(&files);
        findings.retain(|finding| finding.code != Code::RuleHistoryChanged);
    }
    if let Some(finding) = findings.first() {
        let (source, origins) = (SourceFile::default(), Origins::default());
        let place = Located::of(finding, &source, &origins);
        let others = match findings.len() {
            1 => String::new(),
            n => format!(" (and {} more)", n - 1),
        };
        return Err(Error::Rules(format!(
            "{place}: {}{others}",
            finding.message
        )));
    }
    let book = book.ok_or_else(|| Error::Rules("there are none".to_owned()))?;
    Ok((files, book))
}

/// Reads only the rule book, for commands that need no files.
pub(crate) fn rule_book(options: &Options, world: &dyn World) -> Result<RuleBook> {
    rules(options, world).map(|(_, book)| book)
}

fn is_html(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("html"))
}
