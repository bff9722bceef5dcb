//! The work in two passes: scan every product, then make the packs.

use std::path::{Path, PathBuf};

use crate::assemble;
use crate::batch::basis::Basis;
use crate::batch::clients::Clients;
use crate::batch::guarded::guarded;
use crate::batch::inbox::Listing;
use crate::batch::inputs::{Inputs, Unit};
use crate::batch::journal::{Entry, Journal, Made};
use crate::batch::left_over::left_over;
use crate::batch::lock::OutputLock;
use crate::batch::outcome;
use crate::batch::outputs;
use crate::batch::parcels::{self, Parcels};
use crate::batch::report::{Problem, Product, RebuildReason, Report, State, Unread, Work};
use crate::batch::scan::{self, Scanned, Scanner, collide, cross_client_data, file_name, read};
use crate::batch::settings::{Progress, Settings};
use crate::batch::since::{self, find_packs_before, made_for, since};
use crate::batch::up_to_date::stamp;
use crate::case::Case;
use crate::domain::{Date, Sha256};
use crate::error::{Error, Result};
use crate::gather::Looks;
use crate::pack::verify::verify;
use crate::pack::{
    INVENTORY, IfThere, Target, hash_of, put_back, refuse, refuse_read_only, set_aside, write,
};
use crate::parallel::in_parallel;
use crate::render::Purpose;
use crate::typeset::Typesetter;
use crate::world::{World, unwatched};

/// A pack to make.
struct Todo<'u> {
    index: usize,
    unit: &'u Unit,
    why: RebuildReason,
    /// The name, after the check for collisions.
    pack: String,
    /// The client that it belongs to.
    client: Option<String>,
    /// The pack that it had after an earlier run.
    before: Option<String>,
    /// Notes about it and other products.
    notes: Vec<Problem>,
    /// The files that could not be searched, besides those in its plan.
    unread: Vec<Unread>,
    /// The content that was scanned and searched.
    basis: Option<Basis>,
}

/// What every pack is made with.
struct Maker<'m> {
    settings: &'m Settings<'m>,
    journal: &'m Journal,
    today: Date,
    world: &'m dyn World,
    looks: &'m Looks,
}

/// Works on a batch in an output folder whose lock it has. The report has the result of each product; only what
/// concerns all of them is an error.
///
/// # Errors
/// The output folder cannot be written.
pub fn run(
    inputs: &Inputs,
    settings: &Settings<'_>,
    lock: &OutputLock,
    world: &dyn World,
    progress: &dyn Progress,
) -> Result<Report> {
    let today = world.today();
    let shard = settings.shard.map(|shard| shard.to_string());
    let mut report = begun(inputs, settings, lock);
    let journal = Journal::read(&settings.out, shard.as_deref(), world)?;
    let units = &inputs.units;
    progress.look(units.len());
    let known = Looks::of_batch();
    let scanner = Scanner::new(settings, &journal, today, world, &known);
    let mut looks = look_at_all(units, &scanner, progress);
    collide(units, &mut looks);
    let (clients, keys) = scan::clients(units, &looks, world);
    let owners = parcels::owners(units, &keys);
    name_clients(&clients, &owners, &mut looks);
    let of = (&clients, keys.as_slice());
    let notes = cross_client_data(units, of, &mut looks, settings, &known, world);
    report.findings.extend(notes);
    // All inputs are read by now, so it is known that no output would overwrite one.
    outputs::refuse(&settings.out, shard.as_deref(), world)?;
    taken(units, &mut looks, settings, world);
    journal.begin()?;
    find_packs_before(units, &mut looks, settings, &journal, world);
    since::of_blocked(units, &mut looks, settings, &known, world);
    let todo = todo(units, &mut looks);
    progress.begin(todo.len());
    let maker = Maker {
        settings,
        journal: &journal,
        today,
        world,
        looks: &known,
    };
    make_all(&todo, &maker, &mut looks, progress);
    if let Some(inbox) = settings.inbox {
        let scans = units.iter().zip(&looks);
        let scans = scans
            .map(|(unit, look)| (unit, &look.product, look.fates()))
            .collect::<Vec<_>>();
        Listing::new(inbox, settings, &known, world).add_to(&mut report, &scans);
    }
    if settings.shard.is_none() {
        let notes = left_over(&looks, settings, &journal, world);
        report.findings.extend(notes);
    }
    let mine = (0..)
        .zip(looks)
        .filter(|(index, _)| settings.works_on(*index));
    report.products = mine.map(|(_, look)| look.product).collect();
    if settings.by_client {
        let parcels = Parcels {
            clients: &clients,
            units,
            owners: &owners,
            world,
        };
        let (parcels, findings) = parcels.of(&report);
        report.parcels = parcels;
        report.findings.extend(findings);
    }
    Ok(report)
}

/// Notes the client of each product.
fn name_clients(clients: &Clients, owners: &[Option<String>], looks: &mut [Scanned]) {
    let names = parcels::folder_names(clients, owners);
    for (look, owner) in looks.iter_mut().zip(owners) {
        look.client = owner.as_ref().and_then(|key| names.get(key)).cloned();
        look.product.client.clone_from(&look.client);
    }
}

fn look_at_all(units: &[Unit], looker: &Scanner<'_>, progress: &dyn Progress) -> Vec<Scanned> {
    let look = |index, unit: &Unit, typesetter: &mut Typesetter| {
        let look = looker.look(index, unit, typesetter);
        progress.looked();
        look
    };
    in_parallel(units, looker.settings.jobs, &Typesetter::new, &look)
}

fn make_all(todo: &[Todo<'_>], maker: &Maker<'_>, looks: &mut [Scanned], progress: &dyn Progress) {
    let work = |_, todo: &Todo<'_>, typesetter: &mut Typesetter| {
        let product = maker.make(todo, typesetter);
        progress.done(&product);
        (todo.index, product)
    };
    let made = in_parallel(todo, maker.settings.jobs, &Typesetter::new, &work);
    for (index, product) in made {
        looks[index].product = product;
    }
}

/// The report of a run before its first product, with the notes about the inputs and the output folder.
fn begun(inputs: &Inputs, settings: &Settings<'_>, lock: &OutputLock) -> Report {
    let mut report = Report::new(settings.on);
    report.shard = settings.shard.map(|shard| shard.to_string());
    report.findings = inputs.findings.iter().map(outcome::whole).collect();
    report.inputs = Some(inputs.sha256().to_string());
    report.findings.extend(
        inputs
            .notes
            .iter()
            .map(|(note, help)| outcome::note(note, help)),
    );
    report
        .findings
        .extend(inputs.faults.iter().map(|fault| outcome::fault(fault, "")));
    let notes = lock.notes.iter();
    let notes = notes.map(|(note, help)| outcome::note(note, help));
    report.findings.extend(notes);
    report
}

/// Blocks packs whose place is taken by a file that is never replaced.
fn taken(units: &[Unit], looks: &mut [Scanned], settings: &Settings<'_>, world: &dyn World) {
    for (look, unit) in looks.iter_mut().zip(units) {
        let Some((why, pack)) = look.todo.zip(look.pack.as_ref()) else {
            continue;
        };
        let target = target(settings.out.join(pack), settings);
        // An unknown file there may be identical to the new pack, which is then no conflict.
        let is_replaced = why != RebuildReason::New;
        let fault = refuse(&target, IfThere::Refuse, world).and_then(|()| {
            if is_replaced {
                refuse_read_only(&target, world)
            } else {
                Ok(())
            }
        });
        if let Err(fault) = fault {
            let problem = outcome::fault(&fault, &unit.name);
            look.block(State::Failed, &[problem]);
        }
    }
}

fn target(path: PathBuf, settings: &Settings<'_>) -> Target {
    if settings.folders {
        Target::Folder(path)
    } else {
        Target::Zip(path)
    }
}

fn todo<'u>(units: &'u [Unit], looks: &mut [Scanned]) -> Vec<Todo<'u>> {
    let looks = looks.iter_mut().zip(units).enumerate();
    looks
        .filter_map(|(index, (look, unit))| {
            let (why, pack) = look.todo.zip(look.pack.clone())?;
            Some(Todo {
                index,
                unit,
                why,
                pack,
                client: look.client.clone(),
                before: look.before.clone(),
                notes: look.notes.clone(),
                unread: look.unread.clone(),
                basis: look.basis.take(),
            })
        })
        .collect()
}

/// Reports where a pack is that somebody changed.
fn set_aside_note(aside: &Path) -> Problem {
    let name = aside.file_name().unwrap_or_default().to_string_lossy();
    outcome::note(
        &format!("somebody changed the pack; the changed one is now `{name}`"),
        "copy what you need out of it, such as a signed copy, then remove it",
    )
}

impl Maker<'_> {
    /// Makes the pack of a product, and notes it in the journal.
    fn make(&self, todo: &Todo<'_>, typesetter: &mut Typesetter) -> Product {
        let Todo { index, unit, .. } = todo;
        let made = guarded(|| {
            let (case, _) = read(unit, self.settings, self.looks, self.world, typesetter)?;
            let mut product = outcome::product(*index, unit, &case, self.today);
            product.client.clone_from(&todo.client);
            product.warn(&todo.notes);
            product.leave_unread(&todo.unread);
            if todo.basis.as_ref() != Some(&Basis::of(&case)) {
                // The new content was neither compared with other products nor searched for other clients' data.
                return Err(Error::Changed(unit.name.clone()));
            }
            let before = todo.before.as_deref();
            product.since_last_run = before
                .and_then(|before| since(&case, before, Some(todo.why), self.settings, self.world));
            if product.state == State::Blocked {
                return Ok(product);
            }
            match self.write(&case, todo, typesetter) {
                Ok((sha256, aside)) => {
                    let note = aside.map(|aside| set_aside_note(&aside));
                    product.warn(note.as_slice());
                    product.pack = Some(todo.pack.clone());
                    product.sha256 = Some(sha256.to_string());
                    product.work = Work::Made(todo.why);
                }
                Err(error) => {
                    product.state = State::Failed;
                    product.problems.push(outcome::fault(&error, &unit.name));
                }
            }
            Ok(product)
        });
        made.unwrap_or_else(|error| {
            // After a panic its state is unknown.
            *typesetter = Typesetter::new();
            outcome::failed(*index, &unit.name, &error, self.today)
        })
    }

    fn write(
        &self,
        case: &Case,
        todo: &Todo<'_>,
        typesetter: &mut Typesetter,
    ) -> Result<(Sha256, Option<PathBuf>)> {
        let settings = self.settings;
        let changed = || Error::Changed(todo.unit.name.clone());
        let planned = case.plan.as_ref().zip(case.manifest.application.as_ref());
        let (plan, application) = planned.ok_or_else(changed)?;
        let pack = assemble::assemble(
            case,
            plan,
            application,
            Purpose::Final,
            settings.templates,
            typesetter,
            self.world,
        )?;
        if file_name(&pack.name, settings) != todo.pack {
            return Err(changed());
        }
        let path = settings.out.join(&todo.pack);
        let hashed = if settings.folders {
            path.join(INVENTORY)
        } else {
            path.clone()
        };
        let made = self.journal.made(&todo.pack).map(|made| made.sha256);
        let is_as_written =
            !settings.folders && made.is_some() && hash_of(&path, self.world) == made;
        let (if_there, aside) = match made {
            // An unknown file there may be the user's.
            None => (IfThere::Refuse, None),
            Some(sha256) if is_as_written => (IfThere::ReplaceKnown(sha256), None),
            Some(_) => (IfThere::Replace, altered(&path, self.world)?),
        };
        let target = target(path.clone(), settings);
        // Every thread of the batch writes a pack.
        if let Err(fault) = write(&pack, &target, if_there, 1, self.world) {
            // Making the pack failed, so the old one goes back to its place.
            if let Some(aside) = aside.filter(|_| self.world.kind(&path).is_err()) {
                put_back(&aside, &path);
            }
            return Err(fault);
        }
        let written = || Error::Changed(todo.pack.clone());
        let sha256 = hash_of(&hashed, self.world).ok_or_else(written)?;
        let entry = Entry {
            pack: todo.pack.clone(),
            made_for: Some(made_for(todo.unit, &application.product.models)),
            made: Made {
                sha256,
                stamp: stamp(case, settings),
            },
        };
        self.journal.note(&entry)?;
        Ok((sha256, aside))
    }
}

/// Renames the pack of an earlier run if somebody changed it since. A pack that is whole may come from a run that was
/// interrupted before it could note the pack.
fn altered(path: &Path, world: &dyn World) -> Result<Option<PathBuf>> {
    let world = unwatched(world);
    let is_whole = || verify(path, world).is_ok_and(|verdict| verdict.findings.is_empty());
    if world.kind(path).is_err() || is_whole() {
        return Ok(None);
    }
    set_aside(path).map(Some)
}
