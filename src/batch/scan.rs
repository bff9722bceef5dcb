//! Scans every product before any is made: its content, the name of its pack, whether an earlier run made that pack,
//! and problems that show only over the whole batch.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::assemble;
use crate::batch::basis::Basis;
use crate::batch::clients::{ApplicantId, Clients, folder_of};
use crate::batch::cross_client::{CrossClient, CrossClientData};
use crate::batch::guarded::guarded;
use crate::batch::inbox::{Fate, Taken};
use crate::batch::inputs::{Source, Unit};
use crate::batch::journal::Journal;
use crate::batch::names;
use crate::batch::outcome;
use crate::batch::proofs::{self, Proof, Shared};
use crate::batch::report::{Problem, Product, RebuildReason, State, Unread, Work};
use crate::batch::settings::Settings;
use crate::batch::up_to_date::{stamp, up_to_date};
use crate::case::{self, Case};
use crate::diag::Severity;
use crate::domain::{Date, Sha256};
use crate::error::{Error, Result};
use crate::gather::Looks;
use crate::parallel::in_parallel;
use crate::render::Purpose;
use crate::typeset::Typesetter;
use crate::world::World;

/// A product that was scanned.
pub(crate) struct Scanned {
    pub(crate) product: Product,
    /// The name of its pack, if it can have one.
    pub(crate) pack: Option<String>,
    applicant: Option<Arc<ApplicantId>>,
    /// The name of its client.
    pub(crate) client: Option<String>,
    proofs: Vec<Proof>,
    /// Notes about it and other products.
    pub(crate) notes: Vec<Problem>,
    /// The files that could not be searched, besides those in its plan.
    pub(crate) unread: Vec<Unread>,
    /// Its content; nothing if it could not be read.
    pub(crate) basis: Option<Basis>,
    /// The pack that it had after an earlier run.
    pub(crate) before: Option<String>,
    /// Why its pack is to be made.
    pub(crate) todo: Option<RebuildReason>,
    /// What it did with signed copies of the inbox.
    copies: Taken,
}

impl Scanned {
    /// Returns the copies of the inbox that show its hash.
    pub(crate) fn fates(&self) -> &[(usize, Fate)] {
        &self.copies.fates
    }

    /// Adds findings about other products, also for the second pass.
    fn note(&mut self, data: CrossClientData<Problem>) {
        let CrossClientData { found, unread } = data;
        self.product.warn(&found);
        self.product.leave_unread(&unread);
        self.notes = found;
        self.unread = unread;
    }

    /// Keeps the product from being made.
    pub(crate) fn block(&mut self, state: State, problems: &[Problem]) {
        self.product.warn(problems);
        self.product.state = state;
        self.product.pack = None;
        self.product.sha256 = None;
        self.product.work = Work::None;
        self.todo = None;
    }
}

pub(crate) struct Scanner<'l> {
    pub(crate) settings: &'l Settings<'l>,
    journal: &'l Journal,
    today: Date,
    world: &'l dyn World,
    looks: &'l Looks,
    /// The applicants, shared: few applicants have many products.
    known: Mutex<BTreeSet<Arc<ApplicantId>>>,
}

impl<'l> Scanner<'l> {
    pub(crate) fn new(
        settings: &'l Settings<'l>,
        journal: &'l Journal,
        today: Date,
        world: &'l dyn World,
        looks: &'l Looks,
    ) -> Self {
        Self {
            settings,
            journal,
            today,
            world,
            looks,
            known: Mutex::default(),
        }
    }

    pub(crate) fn look(&self, index: usize, unit: &Unit, typesetter: &mut Typesetter) -> Scanned {
        let mut known = None;
        let mut basis = None;
        let mut shown = Vec::new();
        let mut copies = Taken::default();
        let seen = guarded(|| {
            let (case, taken) = read(unit, self.settings, self.looks, self.world, typesetter)?;
            copies = taken;
            basis = Some(Basis::of(&case));
            let application = case.manifest.application.as_ref();
            let of = |application| proofs::proofs(application, &case.evidence.files);
            shown = application.map(of).unwrap_or_default();
            known = application.map(|application| {
                self.shared_applicant(ApplicantId::from(&application.applicant))
            });
            Ok(self.seen(index, unit, &case))
        });
        let (product, pack, todo) = seen.unwrap_or_else(|error| {
            // After a panic its state is unknown.
            *typesetter = Typesetter::new();
            let failed = outcome::failed(index, &unit.name, &error, self.today);
            (failed, None, None)
        });
        Scanned {
            product,
            pack,
            applicant: known,
            client: None,
            proofs: shown,
            notes: Vec::new(),
            unread: Vec::new(),
            basis,
            before: None,
            todo,
            copies,
        }
    }

    /// Returns the product, the name of its pack, and why the pack is to be made.
    fn seen(
        &self,
        index: usize,
        unit: &Unit,
        case: &Case,
    ) -> (Product, Option<String>, Option<RebuildReason>) {
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
        // Rows whose models could not be read would all have one name.
        let is_nameless = matches!(&unit.source, Source::Row(row) if row.is_nameless());
        let planned = planned.filter(|_| !is_nameless);
        let pack = planned.map(|(plan, application)| {
            file_name(&assemble::name(plan, application, Purpose::Final), settings)
        });
        let mut todo = None;
        let is_wanted = product.state != State::Blocked && settings.works_on(index);
        if let Some(pack) = pack.as_ref().filter(|_| is_wanted) {
            match up_to_date(pack, &stamp(case, settings), settings, journal, world) {
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

    /// Returns the copy that all products of an applicant share.
    fn shared_applicant(&self, applicant: ApplicantId) -> Arc<ApplicantId> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&applicant) {
            return Arc::clone(known);
        }
        let applicant = Arc::new(applicant);
        known.insert(Arc::clone(&applicant));
        applicant
    }
}

/// Reads and plans a product, and compares its signed copy. Says what it did with copies of the inbox.
pub(crate) fn read(
    unit: &Unit,
    settings: &Settings<'_>,
    looks: &Looks,
    world: &dyn World,
    typesetter: &mut Typesetter,
) -> Result<(Case, Taken)> {
    let mut case = planned(unit, settings, looks, world)?;
    let templates = settings.templates;
    let taken = if let Some(inbox) = settings.inbox {
        inbox.settle(&mut case, templates, typesetter, world)?
    } else {
        case.settle(templates, typesetter)?;
        Taken::default()
    };
    Ok((case, taken))
}

/// Reads and plans a product, as if nothing was signed yet.
pub(crate) fn planned(
    unit: &Unit,
    settings: &Settings<'_>,
    looks: &Looks,
    world: &dyn World,
) -> Result<Case> {
    let (manifest, folders) = unit.read(world)?;
    let (book, on) = (settings.book, settings.on);
    let opened = settings.templates.opened();
    let mut case = case::planned_with(manifest, folders, book, on, world, looks, opened);
    case.take_in(settings.templates.findings());
    Ok(case)
}

pub(crate) fn file_name(name: &str, settings: &Settings<'_>) -> String {
    if settings.folders {
        name.to_owned()
    } else {
        format!("{name}.zip")
    }
}

/// Blocks products whose packs would share a name, including those that are currently blocked for another reason.
pub(crate) fn collide(units: &[Unit], looks: &mut [Scanned]) {
    let packs = looks.iter().zip(units).enumerate();
    let packs = packs.filter_map(|(index, (look, unit))| {
        Some((index, look.pack.as_deref()?, unit.name.as_str()))
    });
    let collisions = names::collisions(packs);
    for (index, finding) in &collisions {
        looks[*index].block(State::Blocked, &[outcome::whole(finding)]);
    }
}

/// Collects the clients of a batch. Returns the key of the client of each product, too.
pub(crate) fn clients(
    units: &[Unit],
    looks: &[Scanned],
    world: &dyn World,
) -> (Clients, Vec<Option<String>>) {
    let products: Vec<_> = units
        .iter()
        .zip(looks)
        .map(|(unit, look)| {
            let real = world.real_path(unit.path()).ok();
            let folder = real.as_deref().and_then(folder_of);
            (folder, look.applicant.as_deref())
        })
        .collect();
    Clients::of(&products)
}

/// Blocks applications that contain data or a proof of another client. `keys` has the client of each product. Returns
/// warnings about the clients' folders.
pub(crate) fn cross_client_data(
    units: &[Unit],
    (clients, keys): (&Clients, &[Option<String>]),
    looks: &mut [Scanned],
    settings: &Settings<'_>,
    known: &Looks,
    world: &dyn World,
) -> Vec<Problem> {
    let mixed = clients.mixed().into_iter();
    let notes: Vec<Problem> = mixed
        .map(|(folder, numbers)| {
            let text = format!("in the folder `{folder}` several companies apply: {}", numbers.join(", "));
            let help = "give each client its own folder below `clients`, unless they are one group: the applications of one are not searched for data of the other";
            outcome::note(&text, help)
        })
        .collect();
    let shown = looks.iter().zip(keys);
    let shown: Vec<_> = shown
        .map(|(look, key)| (key.as_deref(), look.proofs.as_slice()))
        .collect();
    let comparison = Comparison {
        search: (clients.n_clients() > 1)
            .then(|| CrossClient::new(clients, settings.templates, known, world)),
        shared: proofs::shared(&shown),
        clients,
        units,
        keys,
        settings,
        world,
    };
    let used: Vec<_> = looks.iter().map(|look| look.copies.used).collect();
    let seen: Vec<_> = looks.iter().map(|look| look.basis.as_ref()).collect();
    let found = in_parallel(units, settings.jobs, &|| (), &|index, _, ()| {
        match seen[index].filter(|_| settings.works_on(index)) {
            Some(basis) => guarded(|| comparison.of(index, used[index], basis)),
            // The product is of another part, or failed.
            None => Ok(CrossClientData::default()),
        }
    });
    for ((look, found), unit) in looks.iter_mut().zip(found).zip(units) {
        let is_error = |problem: &Problem| problem.severity == Severity::Error;
        match found {
            Ok(data) if data.is_empty() => {}
            Ok(data) => {
                let is_blocked = data.found.iter().any(is_error);
                look.note(data);
                if is_blocked {
                    look.block(State::Blocked, &[]);
                }
            }
            Err(error) => {
                let fault = outcome::fault(&error, &unit.name);
                look.block(State::Failed, &[fault]);
            }
        }
    }
    notes
}

struct Comparison<'s> {
    /// The search for other clients' data; nothing without several clients.
    search: Option<CrossClient<'s>>,
    /// The proofs that other products show, by product.
    shared: Vec<Vec<Shared>>,
    clients: &'s Clients,
    units: &'s [Unit],
    /// The client of each product.
    keys: &'s [Option<String>],
    settings: &'s Settings<'s>,
    world: &'s dyn World,
}

impl Comparison<'_> {
    /// Returns the data and proofs of other clients in a product, and proofs that its own client describes differently.
    /// `copy` is the file of the inbox that the product uses.
    fn of(
        &self,
        index: usize,
        copy: Option<usize>,
        basis: &Basis,
    ) -> Result<CrossClientData<Problem>> {
        let shared = &self.shared[index];
        let Some(client) = self.keys[index].as_deref() else {
            return Ok(CrossClientData::default());
        };
        if self.search.is_none() && shared.is_empty() {
            return Ok(CrossClientData::default());
        }
        let unit = &self.units[index];
        let (mut manifest, mut folders) = unit.read(self.world)?;
        if Sha256::of(&manifest.bytes) != basis.manifest {
            return Err(Error::Changed(unit.name.clone()));
        }
        basis.spell(&mut folders);
        if let (Some(inbox), Some(copy), Some(application)) =
            (self.settings.inbox, copy, &mut manifest.application)
        {
            inbox.name(copy, application, &mut folders);
        }
        let CrossClientData {
            found: mut findings,
            unread,
        } = match &self.search {
            Some(search) => search.of(client, &manifest, &folders, basis)?,
            None => CrossClientData::default(),
        };
        let other = |other: usize| {
            let key = self.keys[other].as_deref().unwrap_or_default();
            (self.units[other].name.as_str(), key)
        };
        if let Some(application) = &manifest.application {
            findings.extend(proofs::findings(application, shared, self.clients, other));
        }
        let problem = |finding| outcome::of_unit(finding, unit, &manifest);
        let found = findings.iter().filter_map(problem).collect();
        Ok(CrossClientData { found, unread })
    }
}
