//! The work: first everything is looked at and nothing written, then what is to be made is made.

use crate::assemble;
use crate::batch::clients::Clients;
use crate::batch::inputs::{Inputs, Unit};
use crate::batch::journal::{Entry, Journal};
use crate::batch::names;
use crate::batch::outcome;
use crate::batch::parallel::in_parallel;
use crate::batch::report::{Problem, Product, Report, State, Why, Work};
use crate::batch::settings::{Progress, Settings};
use crate::batch::standing::{hash_of, stamp, standing};
use crate::case::{self, Case};
use crate::diag::{Finding, Origins, SourceFile};
use crate::domain::{Applicant, Date};
use crate::error::Result;
use crate::pack::{INVENTORY, IfThere, Target, set_aside, write};
use crate::render::Purpose;
use crate::typeset::Typesetter;
use crate::world::World;

/// What was found when a product was looked at.
struct Look {
    product: Product,
    /// The name of its pack, if it can have one.
    pack: Option<String>,
    applicant: Option<Applicant>,
    /// Why it is to be made.
    todo: Option<Why>,
}

impl Look {
    /// Keeps the product from being made.
    fn block(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.product.problems.extend(problems);
        self.product.state = State::Blocked;
        self.product.pack = None;
        self.product.sha256 = None;
        self.product.work = Work::None;
        self.todo = None;
    }
}

/// Works on a batch. The report says what became of each product; only what concerns all of them is an error.
///
/// # Errors
/// The output folder cannot be written.
pub fn run(
    inputs: &Inputs,
    settings: &Settings<'_>,
    world: &dyn World,
    progress: &dyn Progress,
) -> Result<Report> {
    let today = world.today();
    let shard = settings.shard.map(|shard| shard.to_string());
    let mut report = Report::new(settings.on);
    report.shard.clone_from(&shard);
    report.findings = inputs.findings.iter().map(whole).collect();
    report
        .findings
        .extend(inputs.notes.iter().map(|note| outcome::note(note)));
    report
        .findings
        .extend(inputs.faults.iter().map(|fault| outcome::fault(fault, "")));
    let journal = Journal::open(&settings.out, shard.as_deref(), world)?;
    let units = &inputs.units;
    let mut looks = in_parallel(units, settings.jobs, &|index, unit: &Unit, _| {
        look(index, unit, settings, &journal, today, world)
    });
    collide(units, &mut looks);
    strangers(units, &mut looks, settings, world);
    let mine = |index: usize| settings.shard.is_none_or(|shard| shard.has(index));
    let todo: Vec<(usize, &Unit, Why)> = looks
        .iter()
        .zip(units)
        .enumerate()
        .filter(|(index, _)| mine(*index))
        .filter_map(|(index, (look, unit))| Some((index, unit, look.todo?)))
        .collect();
    progress.begin(todo.len());
    let made = in_parallel(
        &todo,
        settings.jobs,
        &|_, (index, unit, why): &(usize, &Unit, Why), typesetter| {
            let product = make(
                *index, unit, *why, settings, &journal, today, world, typesetter,
            );
            progress.done(&product);
            (*index, product)
        },
    );
    for (index, product) in made {
        looks[index].product = product;
    }
    let products = looks
        .into_iter()
        .enumerate()
        .filter(|(index, _)| mine(*index));
    report.products = products.map(|(_, look)| look.product).collect();
    left_over(&mut report, settings, &journal, world);
    Ok(report)
}

/// Keeps products from being made whose packs would have one name.
fn collide(units: &[Unit], looks: &mut [Look]) {
    let is_made = |look: &Look| look.product.state != State::Blocked;
    let packs = looks.iter().zip(units).enumerate();
    let packs = packs
        .filter(|(_, (look, _))| is_made(look))
        .filter_map(|(index, (look, unit))| {
            Some((index, look.pack.as_deref()?, unit.name.as_str()))
        });
    let collisions = names::collisions(packs);
    for (index, finding) in &collisions {
        looks[*index].block([whole(finding)]);
    }
}

/// Names the packs of earlier runs, so that nobody uploads one by mistake.
fn left_over(report: &mut Report, settings: &Settings<'_>, journal: &Journal, world: &dyn World) {
    if settings.shard.is_none() {
        let packs: Vec<&str> = report
            .products
            .iter()
            .filter_map(|product| product.pack.as_deref())
            .collect();
        let left = journal.others(&packs, &settings.out, world);
        report.findings.extend(left.iter().map(|pack| {
            outcome::note(&format!(
                "`{pack}` lies in the output folder from an earlier run, and is not of this one"
            ))
        }));
    }
}

fn whole(finding: &Finding) -> Problem {
    outcome::problem(finding, &SourceFile::default(), &Origins::default())
}

fn read(unit: &Unit, settings: &Settings<'_>, world: &dyn World) -> Result<Case> {
    let (manifest, folders) = unit.read(world)?;
    Ok(case::planned(
        manifest,
        folders,
        settings.book,
        settings.on,
        world,
    ))
}

/// Looks at a product: what it is, what its pack is called, and whether that pack stands already.
fn look(
    index: usize,
    unit: &Unit,
    settings: &Settings<'_>,
    journal: &Journal,
    today: Date,
    world: &dyn World,
) -> Look {
    let case = match read(unit, settings, world) {
        Ok(case) => case,
        Err(error) => {
            return Look {
                product: outcome::failed(index, &unit.name, &error, today),
                pack: None,
                applicant: None,
                todo: None,
            };
        }
    };
    let mut product = outcome::product(index, &unit.name, &case, today);
    if !unit.findings.is_empty() {
        product
            .problems
            .splice(0..0, unit.findings.iter().map(whole));
        product.state = State::Blocked;
    }
    let application = case.manifest.application.as_ref();
    let planned = case
        .plan
        .as_ref()
        .zip(application)
        .filter(|(plan, _)| plan.form.is_some());
    let pack = planned.map(|(plan, application)| {
        file_name(&assemble::name(plan, application, Purpose::Final), settings)
    });
    let mut todo = None;
    if let Some(pack) = pack.as_ref().filter(|_| product.state != State::Blocked) {
        let stamp = stamp(&case, settings);
        match standing(pack, &stamp, settings, journal, world) {
            Ok(entry) => {
                product.pack = Some(entry.pack);
                product.sha256 = Some(entry.sha256);
                product.work = Work::Kept;
            }
            Err(why) => todo = Some(why),
        }
    }
    Look {
        product,
        pack,
        applicant: application.map(|application| application.applicant.clone()),
        todo,
    }
}

fn file_name(name: &str, settings: &Settings<'_>) -> String {
    if settings.folders {
        name.to_owned()
    } else {
        format!("{name}.zip")
    }
}

/// Looks for one client's data in another's application; without several clients there is nothing to find.
fn strangers(units: &[Unit], looks: &mut [Look], settings: &Settings<'_>, world: &dyn World) {
    let mut clients = Clients::default();
    looks
        .iter()
        .filter_map(|look| look.applicant.as_ref())
        .for_each(|applicant| clients.add(applicant));
    if clients.n_clients() < 2 {
        return;
    }
    let found = in_parallel(units, settings.jobs, &|_, unit: &Unit, _| {
        let Ok((manifest, _)) = unit.read(world) else {
            return Vec::new();
        };
        let Some(application) = &manifest.application else {
            return Vec::new();
        };
        let mut findings = clients.strangers_in(application);
        findings.extend(clients.strangers_in_templates(application, settings.templates.texts()));
        let problem =
            |finding: &Finding| outcome::problem(finding, &manifest.source, &manifest.origins);
        findings.iter().map(problem).collect()
    });
    for (look, problems) in looks.iter_mut().zip(found) {
        if !problems.is_empty() {
            look.block(problems);
        }
    }
}

/// Makes the pack of a product, and notes it.
#[expect(
    clippy::too_many_arguments,
    reason = "one product of a batch, with all that it needs"
)]
fn make(
    index: usize,
    unit: &Unit,
    why: Why,
    settings: &Settings<'_>,
    journal: &Journal,
    today: Date,
    world: &dyn World,
    typesetter: &mut Typesetter,
) -> Product {
    let case = match read(unit, settings, world) {
        Ok(case) => case,
        Err(error) => return outcome::failed(index, &unit.name, &error, today),
    };
    let mut product = outcome::product(index, &unit.name, &case, today);
    if product.state == State::Blocked {
        // It changed since it was looked at.
        return product;
    }
    match write_pack(&case, why, settings, journal, world, typesetter) {
        Ok(Some(entry)) => {
            product.pack = Some(entry.pack);
            product.sha256 = Some(entry.sha256);
            product.work = Work::Made(why);
        }
        Ok(None) => {}
        Err(error) => {
            product.state = State::Failed;
            product.problems.push(outcome::fault(&error, &unit.name));
        }
    }
    product
}

fn write_pack(
    case: &Case,
    why: Why,
    settings: &Settings<'_>,
    journal: &Journal,
    world: &dyn World,
    typesetter: &mut Typesetter,
) -> Result<Option<Entry>> {
    let Some((plan, application)) = case.plan.as_ref().zip(case.manifest.application.as_ref())
    else {
        return Ok(None);
    };
    let pack = assemble::assemble(
        case,
        plan,
        application,
        Purpose::Final,
        settings.templates,
        typesetter,
    )?;
    let name = file_name(&pack.name, settings);
    let path = settings.out.join(&name);
    if settings.folders && why == Why::Altered {
        set_aside(&path)?;
    }
    let (target, hashed) = if settings.folders {
        (Target::Folder(path.clone()), path.join(INVENTORY))
    } else {
        (Target::Zip(path.clone()), path)
    };
    write(&pack, &target, IfThere::Replace, world)?;
    let entry = Entry {
        pack: name,
        sha256: hash_of(&hashed, world).unwrap_or_default(),
        stamp: stamp(case, settings),
    };
    journal.note(&entry)?;
    Ok(Some(entry))
}
