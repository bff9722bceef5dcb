//! `clspack pack`.

use std::path::Path;

use serde_json::json;

use crate::assemble::{assemble, name};
use crate::case::Case;
use crate::cli::args::{Options, Pack};
use crate::cli::output::Output;
use crate::cli::{Exit, read};
use crate::error::Result;
use crate::pack::{IfThere, Target, Written, write};
use crate::plan::{Plan, State};
use crate::render::Purpose;
use crate::report::plan_text;
use crate::rules::tables::DocumentKind;
use crate::typeset::Typesetter;
use crate::world::{Kind, World};

/// Writes a pack, or lists it. Errors keep it from being written, unless a draft is asked for.
pub(crate) fn run(
    arguments: &Pack,
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<Exit> {
    let templates = read::templates(options, world)?;
    let mut typesetter = Typesetter::new();
    let mut case = read::unsettled(&arguments.one, options, world)?;
    for own in &arguments.own {
        case.own.extend([read::own_template(own, world)?]);
    }
    case.settle(&templates, &mut typesetter)?;
    let Some((plan, application)) = case.plan.as_ref().zip(case.manifest.application.as_ref())
    else {
        output.talk_findings(
            case.findings(),
            &case.manifest.source,
            &case.manifest.origins,
        );
        output.say("nothing was written: the manifest cannot be read");
        return Ok(Exit::Findings);
    };
    let blocked = plan.state == State::Blocked;
    if !output.is_json() || blocked {
        output.talk_findings(
            case.findings(),
            &case.manifest.source,
            &case.manifest.origins,
        );
    }
    if plan.form.is_none() {
        output.say("nothing was written: no form is known for this application, so there is nothing to pack");
        return Ok(Exit::Findings);
    }
    if blocked && !arguments.draft {
        output.say("nothing was written: errors stand in the way; `--draft` writes a marked draft all the same");
        return Ok(Exit::Findings);
    }
    let purpose = if blocked || arguments.draft {
        Purpose::Draft
    } else {
        Purpose::Final
    };
    for remark in remarks(&case, purpose) {
        output.say(&remark);
    }
    let pack = assemble(
        &case,
        plan,
        application,
        purpose,
        &templates,
        &mut typesetter,
    )?;
    let target = target(arguments, &name(plan, application, purpose), world);
    let if_there = if arguments.force {
        IfThere::Replace
    } else {
        IfThere::Refuse
    };
    let written = write(&pack, &target, if_there, world)?;
    report(&written, plan, purpose, output);
    Ok(if blocked { Exit::Findings } else { Exit::Done })
}

/// A name that ends in `.zip` is the file; anything else is the folder to write into.
fn target(arguments: &Pack, name: &str, world: &dyn World) -> Target {
    let out: &Path = &arguments.out;
    let is_zip = out
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
        && world.kind(out).ok() != Some(Kind::Folder);
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
        Written::Listed(entries) if output.is_json() => output.json(&json!({
            "schema": "clspack.list/1",
            "state": plan.state,
            "entries": entries.iter().map(|(size, sha256, path)| json!({ "path": path, "size": size, "sha256": sha256 })).collect::<Vec<_>>(),
        })),
        Written::Listed(entries) => {
            for (size, sha256, path) in entries {
                output.data(&format!("{sha256}  {size:>9}  {path}\n"));
            }
        }
        Written::New(path) | Written::Unchanged(path) if output.is_json() => {
            output.json(&json!({ "schema": "clspack.pack/1", "path": path.display().to_string(), "state": plan.state, "draft": draft }));
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
    output.say(&format!("{}: {}", plan.state, plan_text::state(plan.state)));
    for question in &plan.questions {
        let whom = question
            .contact
            .as_ref()
            .map_or_else(String::new, |contact| format!(" (ask {})", contact.email));
        output.say(&format!("open: {}{whom}", question.text));
    }
}

/// What is worth saying of the applicant's own templates.
fn remarks(case: &Case, purpose: Purpose) -> Vec<String> {
    let mut remarks = Vec::new();
    if purpose == Purpose::Draft && !case.own.is_empty() {
        remarks.push("a draft is made from the built-in templates, which mark every page; your own Word and PowerPoint templates are filled in the final pack".to_owned());
    }
    let declaration = case.own.get(&DocumentKind::Declaration);
    if declaration.is_some_and(|own| !own.names("declares.short")) {
        remarks.push("the declaration's template does not print `Content declared: {{ declares.short }}`, so a signed copy will need `signed_for`".to_owned());
    }
    remarks
}
