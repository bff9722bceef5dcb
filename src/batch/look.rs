//! The first look at every product, before any is made: what it is, what its pack is called, whether
//! that stands already, and what stands in the way of it that only shows over the whole batch.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::assemble;
use crate::batch::clients::{Clients, Who, folder_of};
use crate::batch::inputs::Unit;
use crate::batch::journal::Journal;
use crate::batch::leaks::Leaks;
use crate::batch::names;
use crate::batch::outcome;
use crate::batch::parallel::{guarded, in_parallel};
use crate::batch::report::{Problem, Product, Shelf, Spot, State, Why, Work};
use crate::batch::settings::Settings;
use crate::batch::standing::{stamp, standing};
use crate::case::{self, Case};
use crate::diag::Finding;
use crate::domain::Date;
use crate::error::Result;
use crate::render::Purpose;
use crate::typeset::Typesetter;
use crate::world::World;

/// What is kept in mind of a product that lies on the shelf.
#[derive(Clone, Copy)]
pub(crate) struct Kept {
    /// Where it lies.
    pub(crate) spot: Spot,
    /// Whether its pack is there.
    pub(crate) has_pack: bool,
}

impl Kept {
    /// Puts a product on the shelf.
    pub(crate) fn put(product: &Product, shelf: &Shelf) -> Result<Self> {
        Ok(Self {
            spot: shelf.put(product)?,
            has_pack: product.pack.is_some(),
        })
    }
}

/// What was found when a product was looked at.
pub(crate) struct Look {
    /// The product.
    pub(crate) kept: Kept,
    /// The name of its pack, if it can have one.
    pub(crate) pack: Option<String>,
    who: Option<Arc<Who>>,
    /// Why it is to be made.
    pub(crate) todo: Option<Why>,
}

impl Look {
    /// Keeps the product from being made.
    fn block(&mut self, state: State, problems: Vec<Problem>, on: &Shelf) -> Result<()> {
        let mut product = on.get(self.kept.spot)?;
        product.problems.extend(problems);
        product.state = state;
        product.pack = None;
        product.sha256 = None;
        product.work = Work::None;
        self.todo = None;
        self.kept = Kept::put(&product, on)?;
        Ok(())
    }
}

/// Looks at products.
pub(crate) struct Looker<'l> {
    pub(crate) settings: &'l Settings<'l>,
    pub(crate) journal: &'l Journal,
    pub(crate) shelf: &'l Shelf,
    pub(crate) today: Date,
    pub(crate) world: &'l dyn World,
    /// Who applies: few apply for many products.
    pub(crate) known: Mutex<BTreeSet<Arc<Who>>>,
}

impl Looker<'_> {
    /// Looks at a product.
    ///
    /// # Errors
    /// There is no room to keep what was seen.
    pub(crate) fn look(
        &self,
        index: usize,
        unit: &Unit,
        typesetter: &mut Typesetter,
    ) -> Result<Look> {
        let mut known = None;
        let seen = guarded(|| {
            let case = read(unit, self.settings, self.world, typesetter)?;
            let application = case.manifest.application.as_ref();
            known = application.map(|application| self.who(Who::from(&application.applicant)));
            Ok(self.seen(index, unit, &case))
        });
        let (product, pack, todo) = seen.unwrap_or_else(|error| {
            // A defect may have left anything in it.
            *typesetter = Typesetter::new();
            let failed = outcome::failed(index, &unit.name, &error, self.today);
            (failed, None, None)
        });
        Ok(Look {
            kept: Kept::put(&product, self.shelf)?,
            pack,
            who: known,
            todo,
        })
    }

    /// Returns the product, the name of its pack, and why that is to be made.
    fn seen(
        &self,
        index: usize,
        unit: &Unit,
        case: &Case,
    ) -> (Product, Option<String>, Option<Why>) {
        let Self {
            settings,
            journal,
            today,
            world,
            ..
        } = *self;
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
            match standing(pack, &stamp(case, settings), settings, journal, world) {
                Ok(sha256) => {
                    product.pack = Some(pack.clone());
                    product.sha256 = Some(sha256.to_string());
                    product.work = Work::Kept;
                }
                Err(why) => todo = Some(why),
            }
        }
        (product, pack, todo)
    }

    /// Returns the one whom all products of an applicant share.
    fn who(&self, who: Who) -> Arc<Who> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&who) {
            return Arc::clone(known);
        }
        let who = Arc::new(who);
        known.insert(Arc::clone(&who));
        who
    }
}

/// Reads and plans a product, with its signed copy compared.
pub(crate) fn read(
    unit: &Unit,
    settings: &Settings<'_>,
    world: &dyn World,
    typesetter: &mut Typesetter,
) -> Result<Case> {
    let (manifest, folders) = unit.read(world)?;
    let mut case = case::planned(manifest, folders, settings.book, settings.on, world);
    case.settle(settings.templates, typesetter)?;
    Ok(case)
}

pub(crate) fn file_name(name: &str, settings: &Settings<'_>) -> String {
    if settings.folders {
        name.to_owned()
    } else {
        format!("{name}.zip")
    }
}

/// Keeps products from being made whose packs would have one name, now or once nothing else blocks them.
pub(crate) fn collide(units: &[Unit], looks: &mut [Look], shelf: &Shelf) -> Result<()> {
    let packs = looks.iter().zip(units).enumerate();
    let packs = packs.filter_map(|(index, (look, unit))| {
        Some((index, look.pack.as_deref()?, unit.name.as_str()))
    });
    let collisions = names::collisions(packs);
    for (index, finding) in &collisions {
        looks[*index].block(State::Blocked, vec![outcome::whole(finding)], shelf)?;
    }
    Ok(())
}

/// Keeps applications from being made that bear another client's data; without several clients there is none.
/// Returns what is worth saying of the clients' folders.
pub(crate) fn strangers(
    units: &[Unit],
    looks: &mut [Look],
    shelf: &Shelf,
    settings: &Settings<'_>,
    world: &dyn World,
) -> Result<Vec<Problem>> {
    let products: Vec<_> = units
        .iter()
        .zip(&*looks)
        .map(|(unit, look)| {
            let real = world.real_path(unit.path()).ok();
            let folder = real.as_deref().and_then(folder_of);
            (folder, look.who.as_deref())
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
        return Ok(notes);
    }
    let leaks = Leaks::new(&clients, settings.templates, world);
    let units: Vec<_> = units.iter().zip(keys).collect();
    let found = in_parallel(&units, settings.jobs, &|index, (unit, client), _| {
        let client = client.as_deref().filter(|_| settings.works_on(index));
        let search = |client| guarded(|| leaked(client, unit, &leaks, world));
        client.map_or(Ok(Vec::new()), search)
    });
    for ((look, found), (unit, _)) in looks.iter_mut().zip(found).zip(units) {
        match found {
            Ok(problems) if problems.is_empty() => {}
            Ok(problems) => look.block(State::Blocked, problems, shelf)?,
            Err(error) => {
                let fault = outcome::fault(&error, &unit.name);
                look.block(State::Failed, vec![fault], shelf)?;
            }
        }
    }
    Ok(notes)
}

fn leaked(client: &str, unit: &Unit, leaks: &Leaks<'_>, world: &dyn World) -> Result<Vec<Problem>> {
    let (manifest, folders) = unit.read(world)?;
    let findings = leaks.of(client, &manifest, &folders);
    let problem =
        |finding: &Finding| outcome::problem(finding, &manifest.source, &manifest.origins);
    Ok(findings.iter().map(problem).collect())
}
