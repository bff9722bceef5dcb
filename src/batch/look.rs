//! The first look at every product, before anything is written: what it is, what its pack is called, whether
//! that stands already, and what stands in the way of it that only shows over the whole batch.

use crate::assemble;
use crate::batch::clients::{Clients, folder_of};
use crate::batch::inputs::Unit;
use crate::batch::journal::Journal;
use crate::batch::leaks::Leaks;
use crate::batch::names;
use crate::batch::outcome;
use crate::batch::parallel::{guarded, in_parallel};
use crate::batch::report::{Problem, Product, State, Why, Work};
use crate::batch::settings::Settings;
use crate::batch::standing::{stamp, standing};
use crate::case::{self, Case};
use crate::diag::Finding;
use crate::domain::{Applicant, Date};
use crate::error::Result;
use crate::render::Purpose;
use crate::world::World;

/// What was found when a product was looked at.
pub(crate) struct Look {
    pub(crate) product: Product,
    /// The name of its pack, if it can have one.
    pub(crate) pack: Option<String>,
    applicant: Option<Applicant>,
    /// Why it is to be made.
    pub(crate) todo: Option<Why>,
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

/// Looks at a product.
pub(crate) fn look(
    index: usize,
    unit: &Unit,
    settings: &Settings<'_>,
    journal: &Journal,
    today: Date,
    world: &dyn World,
) -> Look {
    let seen = guarded(|| {
        let case = read(unit, settings, world)?;
        Ok(seen(index, unit, &case, settings, journal, today, world))
    });
    seen.unwrap_or_else(|error| Look {
        product: outcome::failed(index, &unit.name, &error, today),
        pack: None,
        applicant: None,
        todo: None,
    })
}

fn seen(
    index: usize,
    unit: &Unit,
    case: &Case,
    settings: &Settings<'_>,
    journal: &Journal,
    today: Date,
    world: &dyn World,
) -> Look {
    let mut product = outcome::product(index, unit, case, today);
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
    let is_wanted = product.state != State::Blocked && settings.works_on(index);
    if let Some(pack) = pack.as_ref().filter(|_| is_wanted) {
        let stamp = stamp(case, settings);
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

pub(crate) fn read(unit: &Unit, settings: &Settings<'_>, world: &dyn World) -> Result<Case> {
    let (manifest, folders) = unit.read(world)?;
    Ok(case::planned(
        manifest,
        folders,
        settings.book,
        settings.on,
        world,
    ))
}

pub(crate) fn file_name(name: &str, settings: &Settings<'_>) -> String {
    if settings.folders {
        name.to_owned()
    } else {
        format!("{name}.zip")
    }
}

/// Keeps products from being made whose packs would have one name.
pub(crate) fn collide(units: &[Unit], looks: &mut [Look]) {
    let is_made = |look: &Look| look.product.state != State::Blocked;
    let packs = looks.iter().zip(units).enumerate();
    let packs = packs
        .filter(|(_, (look, _))| is_made(look))
        .filter_map(|(index, (look, unit))| {
            Some((index, look.pack.as_deref()?, unit.name.as_str()))
        });
    let collisions = names::collisions(packs);
    for (index, finding) in &collisions {
        looks[*index].block([outcome::whole(finding)]);
    }
}

/// Keeps applications from being made that bear another client's data; without several clients there is none.
/// Returns what is worth saying of the clients' folders.
pub(crate) fn strangers(
    units: &[Unit],
    looks: &mut [Look],
    settings: &Settings<'_>,
    world: &dyn World,
) -> Vec<Problem> {
    let products: Vec<_> = units
        .iter()
        .zip(&*looks)
        .map(|(unit, look)| {
            let real = world.real_path(unit.path()).ok();
            let folder = real.as_deref().and_then(folder_of);
            (folder, look.applicant.as_ref())
        })
        .collect();
    let (clients, keys) = Clients::of(&products);
    let mixed = clients.mixed().into_iter();
    let notes: Vec<Problem> = mixed
        .map(|(folder, numbers)| {
            let text = format!("in the folder `{folder}` several companies apply: {}", numbers.join(", "));
            let help = "give each client a folder of its own below `clients`, unless they are one group: data of one is not looked for in the other's applications";
            outcome::note(&text, help)
        })
        .collect();
    if clients.n_clients() < 2 {
        return notes;
    }
    let leaks = Leaks::new(&clients, settings.templates, world);
    let units: Vec<_> = units.iter().zip(keys).collect();
    let found = in_parallel(&units, settings.jobs, &|index, (unit, client), _| {
        let client = client.as_deref().filter(|_| settings.works_on(index));
        let search = |client| guarded(|| leaked(client, unit, &leaks, world));
        client.map_or(Ok(Vec::new()), search)
    });
    for (look, found) in looks.iter_mut().zip(found) {
        match found {
            Ok(problems) if problems.is_empty() => {}
            Ok(problems) => look.block(problems),
            Err(error) => {
                let fault = outcome::fault(&error, &look.product.source);
                look.block([fault]);
                look.product.state = State::Failed;
            }
        }
    }
    notes
}

fn leaked(client: &str, unit: &Unit, leaks: &Leaks<'_>, world: &dyn World) -> Result<Vec<Problem>> {
    let (manifest, folders) = unit.read(world)?;
    let findings = leaks.of(client, &manifest, &folders);
    let problem =
        |finding: &Finding| outcome::problem(finding, &manifest.source, &manifest.origins);
    Ok(findings.iter().map(problem).collect())
}
