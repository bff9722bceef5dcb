//! `clspack pack`.

use std::collections::BTreeSet;
use std::path::Path;

use crate::assemble::{assemble, name};
use crate::audit;
use crate::case::Case;
use crate::cli::args::{Options, Pack};
use crate::cli::output::Output;
use crate::cli::{Exit, read};
use crate::domain::Application;
use crate::error::Result;
use crate::pack::{INVENTORY, IfThere, Target, Written, refuse, sweep, write};
use crate::parallel::cores;
use crate::plan::{Plan, State};
use crate::render::{self, Purpose, Templates};
use crate::report::{json as report_json, not_searched, plan_text, waived};
use crate::rules::tables::DocumentKind;
use crate::typeset::Typesetter;
use crate::world::{Kind, Watch, World};

/// Writes a pack, or lists its files. Errors prevent writing, unless a draft is asked for.
pub(crate) fn run(
    arguments: &Pack,
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<Exit> {
    // No file that is read from here on is replaced by the pack.
    let (folder, is_zip) = out(arguments, world);
    let watch = Watch::new(folder, arguments.dir.then_some(INVENTORY), world);
    let world: &dyn World = &watch;
    let templates = read::templates(options, world)?;
    let mut typesetter = Typesetter::new();
    let (case, purpose, remarks) = opened(arguments, options, &templates, world, &mut typesetter)?;
    let Some((plan, application)) = packable(&case, arguments, output) else {
        return Ok(Exit::Findings);
    };
    let is_blocked = plan.state == State::Blocked;
    if !output.is_json() || is_blocked {
        let manifest = &case.manifest;
        output.explain_findings(case.findings(), &manifest.source, &manifest.origins);
    }
    for remark in &remarks {
        output.message(remark);
    }
    let target = target(arguments, is_zip, &name(plan, application, purpose));
    let if_there = make_room(arguments, &target, folder, world, output)?;
    let pack = assemble(
        &case,
        plan,
        application,
        purpose,
        &templates,
        &mut typesetter,
        world,
    )?;
    let written = write(&pack, &target, if_there, cores(), world)?;
    report(&written, plan, purpose, output);
    Ok(if is_blocked {
        Exit::Findings
    } else {
        Exit::Done
    })
}

/// Reads the case with its templates. Returns whether it makes a draft.
fn opened(
    arguments: &Pack,
    options: &Options,
    templates: &Templates,
    world: &dyn World,
    typesetter: &mut Typesetter,
) -> Result<(Case, Purpose, Vec<String>)> {
    audit::not_a_pack(&arguments.one.manifest, world)?;
    let mut case = read::unsettled(&arguments.one, options, world)?;
    for own in &arguments.own {
        let (kind, name, bytes) = read::own_template(own, world)?;
        case.take_template(kind, &name, bytes);
    }
    case.take_in(templates.findings());
    case.settle(templates, typesetter)?;
    let is_blocked = case
        .plan
        .as_ref()
        .is_none_or(|plan| plan.state == State::Blocked);
    let purpose = if is_blocked || arguments.draft {
        Purpose::Draft
    } else {
        Purpose::Final
    };
    let remarks = match purpose {
        Purpose::Final => Vec::new(),
        Purpose::Draft => fit_for_draft(&mut case, arguments),
    };
    Ok((case, purpose, remarks))
}

/// Returns the plan and the application to pack, or why no pack can be made.
fn packable<'c>(
    case: &'c Case,
    arguments: &Pack,
    output: &Output,
) -> Option<(&'c Plan, &'c Application)> {
    let found = case.plan.as_ref().zip(case.manifest.application.as_ref());
    let why = match found {
        None => "the manifest cannot be read",
        Some((plan, _)) if plan.form.is_none() => {
            "no form is known for this application, so there is nothing to pack"
        }
        Some((plan, _)) if plan.state == State::Blocked && !arguments.draft => {
            "errors block it; `--draft` writes a marked draft anyway"
        }
        Some(_) => return found,
    };
    refused(case, why, output);
    None
}

/// Reports why no pack is written: to people on stderr, to programs in the output.
fn refused(case: &Case, why: &str, output: &Output) {
    let manifest = &case.manifest;
    let state = case.plan.as_ref().map_or(State::Blocked, |plan| plan.state);
    if output.is_json() {
        output.json(&report_json::unpacked(
            manifest,
            case.findings(),
            state,
            why,
        ));
    } else {
        output.explain_findings(case.findings(), &manifest.source, &manifest.origins);
        output.message(&format!("nothing was written: {why}"));
    }
}

/// Removes leftovers of earlier runs, and checks whether the place of the pack is taken, before any work.
fn make_room(
    arguments: &Pack,
    target: &Target,
    folder: &Path,
    world: &dyn World,
    output: &Output,
) -> Result<IfThere> {
    let if_there = if arguments.force {
        IfThere::Replace
    } else {
        IfThere::Refuse
    };
    if !arguments.list {
        for (note, help) in sweep(folder, world) {
            output.message(&format!("{note}; {help}"));
        }
        refuse(target, if_there, world)?;
    }
    Ok(if_there)
}

/// Returns the folder to write into, and whether the name of the zip file is given, which ends in `.zip`.
fn out<'a>(arguments: &'a Pack, world: &dyn World) -> (&'a Path, bool) {
    let out: &Path = &arguments.out;
    let is_zip = out
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
        && !arguments.dir
        && world.kind(out).ok() != Some(Kind::Folder);
    match out.parent().filter(|_| is_zip) {
        Some(parent) if parent.as_os_str().is_empty() => (Path::new("."), true),
        Some(parent) => (parent, true),
        None => (out, false),
    }
}

fn target(arguments: &Pack, is_zip: bool, name: &str) -> Target {
    let out: &Path = &arguments.out;
    match (arguments.list, arguments.dir, is_zip) {
        (true, _, _) => Target::List,
        (false, true, _) => Target::Folder(out.join(name)),
        (false, false, true) => Target::Zip(out.to_path_buf()),
        (false, false, false) => Target::Zip(out.join(format!("{name}.zip"))),
    }
}

fn report(written: &Written, plan: &Plan, purpose: Purpose, output: &Output) {
    let draft = purpose == Purpose::Draft;
    match written {
        Written::Listed(entries) if output.is_json() => {
            output.json(&report_json::listed(plan.state, entries));
        }
        Written::Listed(entries) => {
            for (size, sha256, path) in entries {
                output.data(&format!("{sha256}  {size:>9}  {path}\n"));
            }
        }
        Written::New(path) | Written::Unchanged(path) if output.is_json() => {
            let path = path.display().to_string();
            output.json(&report_json::packed(path, plan.state, draft));
        }
        Written::New(path) => done(path, plan, draft, "", output),
        Written::Unchanged(path) => done(path, plan, draft, ", unchanged", output),
    }
}

fn done(path: &Path, plan: &Plan, draft: bool, unchanged: &str, output: &Output) {
    let draft = if draft { ", draft" } else { "" };
    output.data(&format!(
        "{}\n{}{draft}{unchanged}\n",
        path.display(),
        plan.state
    ));
    output.message(&format!("{}: {}", plan.state, plan_text::explain(plan)));
    for file in plan.to_look_through() {
        output.message(&format!("not searched: {}", not_searched::line(file)));
    }
    for one in &plan.waived {
        output.message(&format!("waived: {}", waived::line(one)));
    }
    for question in &plan.questions {
        let whom = question
            .contact
            .as_ref()
            .map_or_else(String::new, |contact| format!(" (ask {})", contact.email));
        output.message(&format!("open: {}{whom}", question.text));
    }
}

/// Drops the applicant's own templates that cannot make a draft; returns a note for each.
fn fit_for_draft(case: &mut Case, arguments: &Pack) -> Vec<String> {
    let planned = case.plan.as_ref().zip(case.manifest.application.as_ref());
    let Some((plan, application)) = planned else {
        return Vec::new();
    };
    let mut own = std::mem::take(&mut case.own);
    let declaration = case.declaration(plan, application);
    let mut remarks = Vec::new();
    own.retain(|kind, own| {
        let found = render::unfit_for_draft(own, plan, declaration);
        let because = found.iter();
        let because = because.map(|one| format!("{} of the draft: {}", kind.as_str(), one.line()));
        remarks.extend(because);
        found.is_empty()
    });
    let fields: Vec<_> = application.templates.paths().collect();
    let of_manifest = fields.iter().map(|(field, _)| field.name());
    let of_options = arguments.own.iter().filter_map(|own| own.split_once('='));
    let asked: BTreeSet<&str> = of_manifest
        .chain(of_options.map(|(kind, _)| kind))
        .collect();
    for kind in asked {
        if kind
            .parse()
            .is_ok_and(|kind: DocumentKind| !own.contains_key(&kind))
        {
            remarks.push(format!(
                "the draft's {kind} is made from the built-in template, because your template has errors"
            ));
        }
    }
    case.own = own;
    remarks
}
