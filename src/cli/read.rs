//! What most commands begin with: the rules, and the manifest planned by them.

use std::path::Path;

use crate::case::{self, Case};
use crate::cli::args::Options;
use crate::error::{Error, Result};
use crate::manifest;
use crate::render::Templates;
use crate::rules::{RuleBook, RuleFiles, embedded_files, load};
use crate::world::{World, read};

/// Reads a manifest and plans it.
pub(crate) fn case(path: &Path, options: &Options, world: &dyn World) -> Result<Case> {
    let book = rule_book(options, world)?;
    case::read(path, &book, options.on, world)
}

/// Returns the rule files: the built-in ones, or those of `--rules`.
pub(crate) fn rule_files(options: &Options, world: &dyn World) -> Result<RuleFiles> {
    let Some(folder) = &options.rules else {
        return Ok(embedded_files());
    };
    let fault = |cause| Error::Read {
        path: folder.display().to_string(),
        cause,
    };
    let mut files = RuleFiles::new();
    for found in world.files_below(folder).map_err(fault)? {
        if !found.is_file || found.path.starts_with('.') {
            continue;
        }
        let path = folder.join(&found.path);
        let bytes = read(world, &path, manifest::MAX_BYTES)?.ok_or_else(|| {
            Error::Rules(format!(
                "`{}` is larger than {} KiB",
                path.display(),
                manifest::MAX_BYTES / 1024
            ))
        })?;
        files.insert(found.path, bytes);
    }
    Ok(files)
}

/// Returns the templates: the built-in ones, with those of `--templates` in their place.
pub(crate) fn templates(options: &Options, world: &dyn World) -> Result<Templates> {
    let Some(folder) = &options.templates else {
        return Templates::built_in();
    };
    let fault = |cause| Error::Read {
        path: folder.display().to_string(),
        cause,
    };
    let mut texts = std::collections::BTreeMap::new();
    for found in world.files_below(folder).map_err(fault)? {
        if !found.is_file || !is_html(&found.path) {
            continue;
        }
        let path = folder.join(&found.path);
        let bytes = read(world, &path, manifest::MAX_BYTES)?.ok_or_else(|| {
            Error::Template(format!(
                "`{}` is larger than {} KiB",
                path.display(),
                manifest::MAX_BYTES / 1024
            ))
        })?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Error::Template(format!("`{}` is not stored as UTF-8", path.display())))?;
        texts.insert(found.path, text);
    }
    Templates::with(texts)
}

/// Reads the rules; faulty ones are never used.
pub(crate) fn rule_book(options: &Options, world: &dyn World) -> Result<RuleBook> {
    let (book, findings) = load(&rule_files(options, world)?);
    if let Some(finding) = findings.first() {
        let place = match &finding.place {
            crate::diag::Place::File(name) => name.clone(),
            other => format!("{other:?}"),
        };
        return Err(Error::Rules(format!("{place}: {}", finding.message)));
    }
    book.ok_or_else(|| Error::Rules("there are none".to_owned()))
}

fn is_html(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("html"))
}
