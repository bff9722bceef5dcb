//! The work: first everything is looked at and nothing made, then what is to be made is made.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::assemble;
use crate::batch::hold::Hold;
use crate::batch::inputs::{Inputs, Unit};
use crate::batch::journal::{Entry, Journal, Made};
use crate::batch::look::{Kept, Look, Looker, collide, file_name, read, strangers};
use crate::batch::outcome;
use crate::batch::parallel::{guarded, in_parallel};
use crate::batch::report::{Problem, Product, Products, Report, Shelf, State, Why, Work};
use crate::batch::settings::{Progress, Settings};
use crate::batch::standing::{hash_of, stamp};
use crate::case::Case;
use crate::domain::{Date, Sha256};
use crate::error::{Error, Result};
use crate::pack::{INVENTORY, IfThere, Target, set_aside, write};
use crate::render::Purpose;
use crate::typeset::Typesetter;
use crate::world::World;

/// What is to be made.
struct Todo<'u> {
    index: usize,
    unit: &'u Unit,
    why: Why,
    /// The name that was compared with all others.
    pack: String,
}

/// What every product is made with.
struct Maker<'m> {
    settings: &'m Settings<'m>,
    journal: &'m Journal,
    today: Date,
    world: &'m dyn World,
}

/// Works on a batch in an output folder that it has hold of. The report says what became of each product; only
/// what concerns all of them is an error.
///
/// # Errors
/// The output folder cannot be written.
pub fn run(
    inputs: &Inputs,
    settings: &Settings<'_>,
    _: &Hold,
    world: &dyn World,
    progress: &dyn Progress,
) -> Result<Report> {
    let today = world.today();
    let shard = settings.shard.map(|shard| shard.to_string());
    let shelf = Shelf::new(&settings.out);
    let mut report = begun(inputs, settings, &shelf);
    let journal = Journal::open(&settings.out, shard.as_deref(), world)?;
    let units = &inputs.units;
    progress.look(units.len());
    let looker = Looker {
        settings,
        journal: &journal,
        shelf: &shelf,
        today,
        world,
        known: Mutex::default(),
    };
    let looks = in_parallel(units, settings.jobs, &|index, unit: &Unit, typesetter| {
        let look = looker.look(index, unit, typesetter);
        progress.looked();
        look
    });
    let mut looks = looks.into_iter().collect::<Result<Vec<_>>>()?;
    collide(units, &mut looks, &shelf)?;
    let notes = strangers(units, &mut looks, &shelf, settings, world)?;
    report.findings.extend(notes);
    let todo = todo(units, &looks);
    progress.begin(todo.len());
    let maker = Maker {
        settings,
        journal: &journal,
        today,
        world,
    };
    let made = in_parallel(&todo, settings.jobs, &|_, todo: &Todo<'_>, typesetter| {
        let product = maker.make(todo, typesetter);
        progress.done(&product);
        (todo.index, Kept::put(&product, &shelf))
    });
    for (index, kept) in made {
        looks[index].kept = kept?;
    }
    let mine = looks.iter().enumerate();
    let mine = mine.filter(|(index, _)| settings.works_on(*index));
    let spots = mine.map(|(_, look)| look.kept.spot).collect();
    report.products = Products::at(&shelf, spots);
    if settings.shard.is_none() {
        left_over(&mut report, &looks, settings, &journal, world)?;
    }
    Ok(report)
}

/// The report of a run before its first product: what there is to say of the inputs.
fn begun(inputs: &Inputs, settings: &Settings<'_>, shelf: &Arc<Shelf>) -> Report {
    let mut report = Report::new(settings.on, shelf);
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
    report
}

/// What is to be made.
fn todo<'u>(units: &'u [Unit], looks: &[Look]) -> Vec<Todo<'u>> {
    let looks = looks.iter().zip(units).enumerate();
    looks
        .filter_map(|(index, (look, unit))| {
            let (why, pack) = look.todo.zip(look.pack.clone())?;
            Some(Todo {
                index,
                unit,
                why,
                pack,
            })
        })
        .collect()
}

/// Names the packs of earlier runs, so that nobody uploads one by mistake.
fn left_over(
    report: &mut Report,
    looks: &[Look],
    settings: &Settings<'_>,
    journal: &Journal,
    world: &dyn World,
) -> Result<()> {
    let packs = || {
        let looks = looks.iter().enumerate();
        looks.filter_map(|(at, look)| Some((look.pack.as_deref()?, at)))
    };
    let there = packs().filter(|(_, at)| looks[*at].kept.has_pack);
    let there = there.map(|(pack, _)| pack).collect();
    let others = journal.others(&there, &settings.out, world);
    // The products whose packs have or would have these names.
    let planned: BTreeMap<&str, usize> = packs().collect();
    for pack in others {
        let product = planned.get(&*pack).map(|at| report.products.get(*at));
        let note = match product.transpose()?.flatten() {
            Some(product) => outcome::note(
                &format!(
                    "`{pack}` lies in the output folder from an earlier run; its product, {}. {}, is {} now",
                    product.index, product.product, product.state
                ),
                "do not send it; it is made anew when nothing stands in the way of the product",
            ),
            None => outcome::note(
                &format!(
                    "`{pack}` lies in the output folder from an earlier run, and is not of this one"
                ),
                "remove it, unless it is still to be sent",
            ),
        };
        report.findings.push(note);
    }
    Ok(())
}

/// Says where a pack is now that somebody altered.
fn set_aside_note(aside: &Path) -> Problem {
    let name = aside.file_name().unwrap_or_default().to_string_lossy();
    outcome::note(
        &format!("somebody altered the pack; what was there is in `{name}` now"),
        "take out of it what is to be kept, such as a signed copy, and remove it",
    )
}

impl Maker<'_> {
    /// Makes the pack of a product, and notes it.
    fn make(&self, todo: &Todo<'_>, typesetter: &mut Typesetter) -> Product {
        let Todo { index, unit, .. } = todo;
        let made = guarded(|| {
            let case = read(unit, self.settings, self.world, typesetter)?;
            let mut product = outcome::product(*index, unit, &case, self.today);
            if product.state == State::Blocked {
                // It changed since it was looked at.
                return Ok(product);
            }
            match self.write(&case, todo, typesetter) {
                Ok((sha256, aside)) => {
                    let note = aside.map(|aside| set_aside_note(&aside));
                    product.n_warnings += u64::from(note.is_some());
                    product.problems.extend(note);
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
            // A defect may have left anything in it.
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
        )?;
        if file_name(&pack.name, settings) != todo.pack {
            return Err(changed());
        }
        let path = settings.out.join(&todo.pack);
        let aside = if settings.folders && todo.why == Why::Altered {
            Some(set_aside(&path)?)
        } else {
            None
        };
        let (target, hashed) = if settings.folders {
            (Target::Folder(path.clone()), path.join(INVENTORY))
        } else {
            (Target::Zip(path.clone()), path)
        };
        // What nobody knows of may be somebody's.
        let if_there = if todo.why == Why::New {
            IfThere::Refuse
        } else {
            IfThere::Replace
        };
        write(&pack, &target, if_there, self.world)?;
        let written = || Error::Changed(todo.pack.clone());
        let sha256 = hash_of(&hashed, self.world).ok_or_else(written)?;
        let entry = Entry {
            pack: todo.pack.clone(),
            made: Made {
                sha256,
                stamp: stamp(case, settings),
            },
        };
        self.journal.note(&entry)?;
        Ok((sha256, aside))
    }
}
