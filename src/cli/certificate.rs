//! `clspack read`: proposes the fields of a label from its certificate, each with its place and the line that says it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::cli::args::Options;
use crate::cli::output::Output;
use crate::cli::{Exit, read};
use crate::domain::{ClaimOf, Date, Scheme, Unsearched};
use crate::error::Result;
use crate::inspect::{Claim, claims};
use crate::look::{InFile, look};
use crate::manifest::draft::quoted;
use crate::report::json::records::{ClaimRecord, ReadFileRecord, ReadRecord};
use crate::report::json::schema::Document as _;
use crate::rules::RuleBook;
use crate::sniff::MAX_WHOLE;
use crate::world::{self, World};

/// Reads the files in their order. Nothing is written into a manifest.
pub(crate) fn run(
    files: &[PathBuf],
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<Exit> {
    let book = read::rule_book(options, world)?;
    let on = options.on.unwrap_or_else(|| world.today());
    let readings = files.iter().map(|file| reading(file, &book, on, world));
    let readings = readings.collect::<Result<Vec<Reading>>>()?;
    if output.is_json() {
        let files = readings.iter().map(Reading::record).collect();
        output.json(&ReadRecord { files }.written());
    } else {
        output.data(&yaml(&readings));
    }
    let says_nothing = |one: &Reading| one.claims.is_empty();
    Ok(if readings.iter().any(says_nothing) {
        Exit::Findings
    } else {
        Exit::Done
    })
}

/// What was read of a file.
struct Reading {
    /// The file as it was named.
    file: String,
    claims: Vec<Claim>,
    /// The fields that a label should have, and that were not found.
    not_found: Vec<ClaimOf>,
    /// Why the file was not read to its end.
    unsearched: Option<Unsearched>,
}

fn reading(file: &Path, book: &RuleBook, on: Date, world: &dyn World) -> Result<Reading> {
    let bytes = world::read(world, file, MAX_WHOLE as u64)?;
    let extension = file.extension().unwrap_or_default().to_string_lossy();
    let extension = extension.to_lowercase();
    let look = bytes.as_deref().map(|bytes| look(&extension, bytes));
    let read = look.as_ref().zip(bytes.as_deref());
    let claims = read.map(|(look, bytes)| claims(look, bytes, &extension));
    let claims = claims.unwrap_or_default();
    Ok(Reading {
        file: file.display().to_string(),
        not_found: not_found(&claims, book, on),
        claims,
        unsearched: look.map_or(Some(Unsearched::TooLarge), |look| look.reason()),
    })
}

/// Returns the fields without a value. A scheme may have labels without grade or expiry date.
fn not_found(claims: &[Claim], book: &RuleBook, on: Date) -> Vec<ClaimOf> {
    let mut schemes = claims.iter().filter(|claim| claim.of == ClaimOf::Scheme);
    let scheme = schemes.next().filter(|_| schemes.next().is_none());
    let scheme = scheme.and_then(|claim| claim.value.parse::<Scheme>().ok());
    let timeline = scheme.and_then(|scheme| book.arrangements.get(&scheme));
    let form = timeline.and_then(|timeline| timeline.in_force_on(on));
    let form = form.map(|edition| &edition.body.label);
    let may_lack = |of: ClaimOf| match of {
        ClaimOf::Level | ClaimOf::Expires => form.is_some_and(|form| {
            let mut needs = form.needs.iter();
            !needs.any(|field| field.as_str() == of.as_str())
        }),
        _ => false,
    };
    let is_missing = |of: &ClaimOf| !claims.iter().any(|claim| claim.of == *of) && !may_lack(*of);
    ClaimOf::ALL.iter().copied().filter(is_missing).collect()
}

impl Reading {
    fn of(&self, of: ClaimOf) -> Vec<&Claim> {
        self.claims.iter().filter(|claim| claim.of == of).collect()
    }

    fn record(&self) -> ReadFileRecord<'_> {
        let claims = self.claims.iter().map(|claim| ClaimRecord {
            field: claim.of.as_str(),
            value: &claim.value,
            page: match claim.at {
                InFile::Page(page) => Some(page),
                InFile::File | InFile::Line(_) | InFile::Part(_) | InFile::Properties => None,
            },
            place: claim.at.to_string(),
            excerpt: &claim.excerpt,
        });
        ReadFileRecord {
            file: &self.file,
            proposed: claims.collect(),
            not_found: self.not_found.iter().map(|of| of.as_str()).collect(),
            unsearched: self.unsearched,
            why: self.why(),
        }
    }

    /// Says why something may be missing.
    fn why(&self) -> Option<&'static str> {
        let why = self.unsearched.map(Unsearched::says);
        why.or(self
            .claims
            .is_empty()
            .then_some("no text in it names a label (pictures have no text)"))
    }
}

/// Returns the labels as the manifest writes them. What a person has to decide is in comments.
fn yaml(readings: &[Reading]) -> String {
    let mut out = String::new();
    if readings.iter().any(|one| !one.claims.is_empty()) {
        out.push_str(
            "# Compare each line with the document, then copy it into your manifest.\nlabels:\n",
        );
    }
    for reading in readings {
        if reading.claims.is_empty() {
            let why = reading.why().unwrap_or_default();
            // Writing to a text does not fail.
            let _ = writeln!(
                out,
                "  # {}: no fields found: {why}",
                one_line(&reading.file)
            );
            out.push_str("  #   type the values as the document shows them\n");
        } else {
            label(reading, &mut out);
        }
    }
    out
}

/// Writes an entry of `labels`.
fn label(reading: &Reading, out: &mut String) {
    let mut lead = "  - ";
    let mut line = |text: &str, remark: &str, out: &mut String| {
        let _ = writeln!(out, "{lead}{text:<36} # {remark}");
        lead = "    ";
    };
    for of in ClaimOf::ALL {
        let claims = reading.of(*of);
        match (of, claims.as_slice()) {
            (_, []) | (ClaimOf::Holder, _) => {}
            (ClaimOf::Models, models) => {
                let names: Vec<String> = models.iter().map(|one| quoted(&one.value)).collect();
                line(
                    &format!("models: [{}]", names.join(", ")),
                    &excerpts(models),
                    out,
                );
            }
            (_, [one]) => line(&format!("{of}: {}", written(one)), &excerpts(&[one]), out),
            (_, several) => {
                let _ = writeln!(out, "    # {of}: {} readings, keep one:", several.len());
                for one in several {
                    let text = format!("# {of}: {}", written(one));
                    let _ = writeln!(out, "    {text:<36} # {}", excerpts(&[one]));
                }
            }
        }
    }
    let file = format!("evidence: [{}]", quoted(&reading.file));
    line(
        &file,
        "the path counts from the folder of the manifest",
        out,
    );
    for one in reading.of(ClaimOf::Holder) {
        let _ = writeln!(
            out,
            "    # holder: {} # {}",
            one_line(&one.value),
            excerpts(&[one])
        );
    }
    if !reading.not_found.is_empty() {
        let names: Vec<&str> = reading.not_found.iter().map(|of| of.as_str()).collect();
        let _ = writeln!(out, "    # not found: {}", names.join(", "));
    }
    if let Some(why) = reading.unsearched {
        let _ = writeln!(out, "    # not read to its end: {}", why.says());
    }
}

/// Returns a value as YAML. Numbers, versions and models are quoted, so that editors see texts.
fn written(claim: &Claim) -> String {
    match claim.of {
        ClaimOf::Scheme | ClaimOf::Level | ClaimOf::Issued | ClaimOf::Expires => {
            claim.value.clone()
        }
        ClaimOf::Number | ClaimOf::Models | ClaimOf::FirmwareVersion | ClaimOf::Holder => {
            quoted(&claim.value)
        }
    }
}

/// Says where values are, each line once.
fn excerpts(claims: &[&Claim]) -> String {
    let mut places: Vec<String> = Vec::new();
    for claim in claims {
        let place = match &claim.at {
            InFile::File => one_line(&claim.excerpt),
            at => format!("{at}: {}", one_line(&claim.excerpt)),
        };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places.join("; ")
}

/// A comment ends with its line.
fn one_line(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}
