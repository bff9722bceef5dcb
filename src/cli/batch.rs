//! `clspack batch`: many products in one run, and one report at the end.

use std::path::{Path, PathBuf};

use crate::audit;
use crate::batch::report::{Report, ReportWriter, State};
use crate::batch::{Inbox, OutputLock, Parcel, Settings, collect, hand_over, outputs, run as work};
use crate::cli::args::{Batch, Format, Options};
use crate::cli::output::Output;
use crate::cli::progress::Shown;
use crate::cli::{Exit, formats, read};
use crate::diag::{Finding, Origins, Severity, SourceFile};
use crate::error::{Error, Result};
use crate::pack::{INVENTORY, Prepared, new_file, there};
use crate::render::Templates;
use crate::sheet::{self, Mapping};
use crate::world::{self, Watch, World};

/// The templates of the pages.
const PAGES: [&str; 3] = ["report.html", "worklist.html", "contents.html"];

/// The width of a table if the terminal does not tell its own.
const WIDTH: usize = 100;

/// Works on many products, merges reports, or writes a spreadsheet to start from.
pub(crate) fn run(
    arguments: &Batch,
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<Exit> {
    if let Some(path) = &arguments.template {
        return template(path, output);
    }
    if let Some(path) = &arguments.suggest_map {
        return suggested(path, arguments.out.as_deref(), world, output);
    }
    // No file that the run reads from here on is replaced by an output.
    let mark = arguments.dir.then_some(INVENTORY);
    let watch = Watch::new(arguments.folder(), mark, world);
    let world: &dyn World = &watch;
    let templates = read::templates(options, world)?;
    // A fault in the template of a page is reported before the first pack is made, not after the last.
    for page in PAGES {
        templates.fill_sample(page)?;
    }
    let done = if arguments.merge.is_empty() {
        worked(arguments, options, &templates, world, output)?
    } else {
        Some(merged(arguments, world)?)
    };
    // The lock is kept until the report is written.
    let Some((mut report, _lock)) = done else {
        return Ok(Exit::Findings);
    };
    let out = arguments.folder();
    let parcels = std::mem::take(&mut report.parcels);
    if arguments.by_client {
        let left_over = hand_over::left_over(&parcels, out, world);
        report.findings.extend(left_over);
    }
    let writer = ReportWriter::of(&report);
    let is_merged = !arguments.merge.is_empty();
    let shard = report.shard.as_deref().filter(|_| !is_merged);
    let path = |name: &str| arguments.folder().join(outputs::face(shard, name));
    let mut files = prepared(&writer, path, &templates)?;
    files.extend(hand_over::prepared(&parcels, out, &templates, world)?);
    for note in outputs::write(files, arguments.folder(), shard, world)? {
        output.message(&note);
    }
    let fail_on = arguments.fail_on.severity();
    show(&report, &writer, fail_on, options, world, output)?;
    if output.is_human() {
        say_where(&path("report.html"), &parcels, out, output);
    }
    let exit = exit(&writer, &report);
    if exit != Exit::Done || !report.fails(fail_on) {
        return Ok(exit);
    }
    if output.is_human() {
        output.message(&format!(
            "the exit code is 1 because of `--fail-on {fail_on}`"
        ));
    }
    Ok(Exit::Findings)
}

/// Says where the report and the folders of the clients are.
fn say_where(report: &Path, parcels: &[Parcel], out: &Path, output: &Output) {
    output.message(&format!("the report is in `{}`", report.display()));
    if !parcels.is_empty() {
        let folder = out.join("clients");
        let message = format!("each client has a folder in `{}`", folder.display());
        output.message(&message);
    }
}

/// Writes the spreadsheet to start from.
fn template(path: &Path, output: &Output) -> Result<Exit> {
    if path
        .extension()
        .is_none_or(|extension| !extension.eq_ignore_ascii_case("xlsx"))
    {
        return Err(Error::Usage(format!(
            "`{}` must be a workbook; give it a name that ends in `.xlsx`",
            path.display()
        )));
    }
    if there(path)?.is_some() {
        return Err(Error::Usage(format!(
            "`{}` exists already, so it is not replaced; choose another name",
            path.display()
        )));
    }
    new_file(path, &sheet::template()?)?;
    output.data(&format!("{}\n", path.display()));
    output.message("fill in a row for each product, then run `clspack batch` with it");
    Ok(Exit::Done)
}

/// Prints the report in the format that was asked for.
fn show(
    report: &Report,
    writer: &ReportWriter<'_>,
    fail_on: Severity,
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<()> {
    match output.format() {
        Format::Json => output.pieces(|out| writer.json(out)),
        Format::Human => output.pieces(|out| writer.text(width(world), out)),
        Format::Sarif | Format::Github | Format::Junit | Format::Csv | Format::Xlsx => {
            formats::print(report.suites(fail_on), options, world, output);
            Ok(())
        }
    }
}

/// Proposes a map for a spreadsheet, on the screen or in a new file.
fn suggested(path: &Path, to: Option<&Path>, world: &dyn World, output: &Output) -> Result<Exit> {
    let name = path.display().to_string();
    let bytes = world::read(world, path, sheet::MAX_BYTES)?;
    let bytes = bytes.ok_or_else(|| Error::Usage(format!("`{name}` is larger than 50 MB")))?;
    let text = match sheet::suggest(&name, &bytes) {
        Ok(text) => text,
        Err(findings) => {
            output.explain_findings(&findings, &SourceFile::default(), &Origins::default());
            return Ok(Exit::Findings);
        }
    };
    let Some(to) = to else {
        output.data(&text);
        return Ok(Exit::Done);
    };
    if there(to)?.is_some() {
        return Err(Error::Usage(format!(
            "`{}` exists already, so it is not replaced; choose another name",
            to.display()
        )));
    }
    new_file(to, text.as_bytes())?;
    output.data(&format!("{}\n", to.display()));
    output.message("answer its questions, then run `clspack batch` with the spreadsheet");
    Ok(Exit::Done)
}

/// Does the work; returns nothing if the mapping is faulty.
fn worked(
    arguments: &Batch,
    options: &Options,
    templates: &Templates,
    world: &dyn World,
    output: &Output,
) -> Result<Option<(Report, OutputLock)>> {
    if arguments.inputs.is_empty() {
        return Err(Error::Usage(
            "name folders of manifests, manifests or spreadsheets".to_owned(),
        ));
    }
    let mapping = match mapping(arguments, world)? {
        Ok(mapping) => mapping,
        Err(findings) => {
            refused(&findings, arguments, options, world, output)?;
            return Ok(None);
        }
    };
    for input in &arguments.inputs {
        audit::not_a_pack(input, world)?;
    }
    let book = read::rule_book(options, world)?;
    let inputs = collect(&arguments.inputs, arguments.folder(), &mapping, world)?;
    let jobs = arguments.jobs.unwrap_or_else(crate::parallel::cores);
    let inbox = arguments.signed.as_deref();
    let inbox = inbox.map(|folder| Inbox::read(folder, jobs, world));
    let inbox = inbox.transpose()?;
    let settings = Settings {
        book: &book,
        templates,
        on: options.on,
        out: arguments.folder().to_path_buf(),
        folders: arguments.dir,
        fresh: arguments.fresh,
        jobs,
        shard: arguments.shard,
        inbox: inbox.as_ref(),
        by_client: arguments.by_client,
    };
    let shard = settings.shard.map(|shard| shard.to_string());
    outputs::refuse(&settings.out, shard.as_deref(), world)?;
    let progress = Shown::new(output.is_quiet());
    let lock = OutputLock::acquire(&settings.out, settings.shard.is_some(), world)?;
    let report = work(&inputs, &settings, &lock, world, &progress)?;
    progress.end();
    Ok(Some((report, lock)))
}

/// Reads the mapping, if there is one; returns its findings if it is faulty.
fn mapping(
    arguments: &Batch,
    world: &dyn World,
) -> Result<std::result::Result<Mapping, Vec<Finding>>> {
    let Some(path) = &arguments.map else {
        return Ok(Ok(Mapping::default()));
    };
    let name = path.display().to_string();
    let bytes = world::read(world, path, sheet::MAX_MAP_BYTES)?;
    let bytes =
        bytes.ok_or_else(|| Error::Usage(format!("`{name}` is too large for a mapping")))?;
    Ok(Mapping::parse(&name, &bytes))
}

/// Reports a faulty mapping: to people on stderr, to programs as a report without products.
fn refused(
    findings: &[Finding],
    arguments: &Batch,
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<()> {
    if output.is_human() {
        output.explain_findings(findings, &SourceFile::default(), &Origins::default());
        return Ok(());
    }
    let report = Report::refused(options.on, findings);
    let writer = ReportWriter::of(&report);
    let fail_on = arguments.fail_on.severity();
    show(&report, &writer, fail_on, options, world, output)
}

/// Merges the reports in folders; nothing is written before all of them are found.
fn merged(arguments: &Batch, world: &dyn World) -> Result<(Report, OutputLock)> {
    let mut parts = Vec::new();
    for folder in &arguments.merge {
        for path in reports(folder, world)? {
            let name = path.display().to_string();
            let opened = world.open(&path).map_err(|cause| Error::Read {
                path: name.clone(),
                cause,
            })?;
            parts.push((folder, name.clone(), Report::read(&name, opened)?));
        }
    }
    outputs::refuse(arguments.folder(), None, world)?;
    let lock = OutputLock::acquire(arguments.folder(), true, world)?;
    let parts = parts.into_iter().map(|(folder, name, mut part)| {
        // Relative to the output folder, which exists by now.
        seen_from(arguments.folder(), folder, &mut part, world);
        (name, part)
    });
    Ok((Report::merge(parts.collect())?, lock))
}

/// Returns the reports in a folder.
fn reports(folder: &Path, world: &dyn World) -> Result<Vec<PathBuf>> {
    let files = world::list(world, folder)?;
    // A report that was renamed because somebody changed it is not the report of a part.
    let is_report = |path: &str| {
        path.strip_prefix("report")
            .and_then(|rest| rest.strip_suffix(".json"))
            .is_some_and(|rest| !rest.contains('/') && !rest.starts_with("-altered-"))
    };
    let files = files.into_iter();
    let mut reports: Vec<_> = files
        .filter(|file| file.is_file && is_report(&file.path))
        .map(|file| file.path)
        .collect();
    // An earlier merged report is not the report of a part.
    if reports.len() > 1 {
        reports.retain(|path| path != "report.json");
    }
    if reports.is_empty() {
        let name = folder.display();
        return Err(Error::Usage(format!("`{name}` contains no report")));
    }
    Ok(reports.iter().map(|path| folder.join(path)).collect())
}

/// Makes the packs of a part relative to the folder of the merged report. A pack outside that folder gets no link.
fn seen_from(out: &Path, folder: &Path, part: &mut Report, world: &dyn World) {
    let real = |path: &Path| world.real_path(path).unwrap_or_else(|_| path.to_path_buf());
    let (out, folder) = (real(out), real(folder));
    let shared = out
        .iter()
        .zip(folder.iter())
        .take_while(|(one, other)| one == other);
    let n_shared = shared.count();
    let up = out.iter().skip(n_shared).map(|_| "..".to_owned());
    let down = folder.iter().skip(n_shared);
    let down = down.map(|step| step.to_string_lossy().into_owned());
    let way: Vec<String> = up.chain(down).collect();
    let mut products = part.products.iter_mut();
    for pack in products
        .by_ref()
        .filter_map(|product| product.pack.as_mut())
    {
        let steps = way.iter().map(String::as_str).chain([pack.as_str()]);
        *pack = steps.collect::<Vec<_>>().join("/");
    }
}

/// Writes the files of a report under temporary names.
fn prepared(
    writer: &ReportWriter<'_>,
    path: impl Fn(&str) -> PathBuf,
    templates: &Templates,
) -> Result<Vec<Prepared>> {
    Ok(vec![
        Prepared::new(&path("report.json"), |out| writer.json(out))?,
        Prepared::new(&path("report.csv"), |out| writer.csv(out))?,
        Prepared::new(&path("report.xlsx"), |out| writer.xlsx(out))?,
        Prepared::new(&path("report.html"), |out| writer.html(templates, out))?,
        Prepared::new(&path("worklist.html"), |out| {
            writer.worklist(templates, out)
        })?,
    ])
}

fn exit(writer: &ReportWriter<'_>, report: &Report) -> Exit {
    let has = |state| writer.totals().in_state(state) > 0;
    let errors = report
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    // Machine errors have no code.
    let (faults, wrong): (Vec<_>, Vec<_>) = errors.partition(|error| error.code.is_empty());
    let has_failed = has(State::Failed) || !faults.is_empty();
    match (has_failed, !wrong.is_empty() || has(State::Blocked)) {
        (true, _) => Exit::Failed,
        (false, true) => Exit::Findings,
        (false, false) => Exit::Done,
    }
}

fn width(world: &dyn World) -> usize {
    let stated = world
        .variable("COLUMNS")
        .and_then(|columns| columns.parse().ok());
    let seen = || {
        let terminal = dialoguer::console::Term::stdout();
        let size = terminal.size_checked().filter(|_| terminal.is_term());
        size.map(|(_, columns)| usize::from(columns))
    };
    stated.or_else(seen).unwrap_or(WIDTH)
}
