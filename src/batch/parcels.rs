//! What each client is handed: the report of its own products, in which no other client's data may occur. The report
//! names products by numbers and paths of their own; a finding about another client is replaced; and every text is
//! searched for the marks of all other clients before anything is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::batch::clients::{Clients, FOLDER};
use crate::batch::cross_client::friends;
use crate::batch::inputs::Unit;
use crate::batch::outcome;
use crate::batch::report::{Changed, Problem, Product, Report, SinceLastRun};
use crate::diag::{Code, Finding, Place};
use crate::domain::text::safe_name;
use crate::world::World;

/// The report of one client.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The name of its folder.
    pub name: String,
    pub report: Report,
}

/// Findings that name another client or another product of the batch.
const ABOUT_OTHERS: [Code; 3] = [Code::PackNamesCollide, Code::OtherClient, Code::SharedProof];

/// Returns the name of the folder of each client, by its key.
pub(crate) fn folder_names(clients: &Clients, keys: &[Option<String>]) -> BTreeMap<String, String> {
    let keys: BTreeSet<&String> = keys.iter().flatten().collect();
    let mut taken = BTreeSet::new();
    let mut names = BTreeMap::new();
    for key in keys {
        let base = key
            .strip_prefix(FOLDER)
            .and_then(|rest| rest.strip_prefix('/'))
            .unwrap_or_else(|| clients.name(key));
        let base = match safe_name(base) {
            name if name.is_empty() => "client".to_owned(),
            name => name,
        };
        let mut name = base.clone();
        let mut number = 2;
        while !taken.insert(name.to_lowercase()) {
            name = format!("{base}-{number}");
            number += 1;
        }
        names.insert(key.clone(), name);
    }
    names
}

/// Returns the client of each product. A product whose applicant cannot be read belongs to the client of all other
/// products of its file; elsewhere nobody can tell.
pub(crate) fn owners(units: &[Unit], keys: &[Option<String>]) -> Vec<Option<String>> {
    let mut of_file: BTreeMap<&Path, BTreeSet<&String>> = BTreeMap::new();
    for (unit, key) in units.iter().zip(keys) {
        of_file.entry(unit.path()).or_default().extend(key);
    }
    let owner = |(unit, key): (&Unit, &Option<String>)| {
        let mut others = of_file.get(unit.path())?.iter();
        let only = others.next().filter(|_| others.next().is_none());
        key.clone().or_else(|| only.map(|one| (*one).clone()))
    };
    units.iter().zip(keys).map(owner).collect()
}

/// What the parcels of a run are made from.
pub(crate) struct Parcels<'p> {
    pub(crate) clients: &'p Clients,
    pub(crate) units: &'p [Unit],
    /// The key of the client of each product.
    pub(crate) owners: &'p [Option<String>],
    pub(crate) world: &'p dyn World,
}

impl Parcels<'_> {
    /// Returns the parcel of each client, by name, and a finding for each that must not be written.
    pub(crate) fn of(&self, report: &Report) -> (Vec<Parcel>, Vec<Problem>) {
        let mut parcels = Vec::new();
        let mut findings = Vec::new();
        for (key, name) in folder_names(self.clients, self.owners) {
            let mine = |at: &usize| self.owners.get(*at) == Some(&Some(key.clone()));
            let mine: Vec<usize> = (0..self.units.len()).filter(mine).collect();
            let search = Leaks::new(self.clients, &key, &self.allowed(&mine));
            let mut part = Report::new(report.on);
            part.tool.clone_from(&report.tool);
            for (at, index) in mine.into_iter().zip(1..) {
                let product = report.products.get(at).cloned();
                part.products
                    .extend(product.map(|product| own(product, index, &self.units[at], &search)));
            }
            match search.in_report(&part) {
                None => parcels.push(Parcel { name, report: part }),
                Some(text) => {
                    let message = format!(
                        "the folder for the client `{name}` was not written: its report would contain the data of another client: `{text}`"
                    );
                    let help = "rename the file or correct the field with that text, or name the other client in `applicant.shares_with`";
                    let place = Place::File(name);
                    let finding = Finding::new(Code::HandOverWithheld, place, message, help);
                    findings.push(outcome::whole(&finding));
                }
            }
        }
        parcels.sort_by(|one, other| one.name.cmp(&other.name));
        (parcels, findings)
    }

    /// Returns the companies that the products of a client may name, and the names of these products.
    fn allowed(&self, products: &[usize]) -> Allowed {
        let mut allowed = Allowed::default();
        for at in products {
            let read = self.units[*at].read(self.world).ok();
            let application = read.and_then(|(manifest, _)| manifest.application);
            let Some(application) = application else {
                continue;
            };
            let friends = friends(&application).into_iter().map(str::to_owned);
            allowed.friends.extend(friends);
            let product = &application.product;
            let names = [&product.brand, &product.name].into_iter();
            allowed
                .names
                .extend(names.filter_map(|name| name.as_ref().cloned()));
        }
        allowed
    }
}

#[derive(Default)]
struct Allowed {
    friends: BTreeSet<String>,
    names: BTreeSet<String>,
}

/// Searches texts for the data of all clients but one.
struct Leaks<'c> {
    foreign: crate::batch::clients::Foreign<'c>,
    search: crate::batch::search::Search,
    /// The folders of the other clients.
    folders: Vec<String>,
}

impl<'c> Leaks<'c> {
    fn new(clients: &'c Clients, key: &str, allowed: &Allowed) -> Self {
        let friends: Vec<&str> = allowed.friends.iter().map(String::as_str).collect();
        let names: Vec<&str> = allowed.names.iter().map(String::as_str).collect();
        let others = clients.keys().filter(|other| *other != key);
        let folders = others.filter(|other| other.starts_with(FOLDER));
        Self {
            foreign: clients.foreign(key, &friends, &names),
            search: clients.search(),
            folders: folders.map(|folder| format!("{folder}/")).collect(),
        }
    }

    fn has(&self, text: &str) -> bool {
        let found = self.search.path(text);
        let mut marks = self.foreign.marks.iter();
        let mut folders = self.folders.iter();
        marks.any(|mark| self.foreign.shown(mark, &found))
            || folders.any(|folder| text.contains(folder.as_str()))
    }

    fn in_problem(&self, problem: &Problem) -> bool {
        let texts = problem.cause().into_iter();
        let mut texts = texts.chain([&problem.place]);
        texts.any(|text| self.has(text))
    }

    fn in_change(&self, change: &Changed) -> bool {
        let values = change.old.iter().chain(&change.new);
        let mut texts = values.chain([&change.place, &change.in_words]);
        texts.any(|text| self.has(text))
    }

    /// Returns a text of a report with the data of another client.
    fn in_report(&self, report: &Report) -> Option<String> {
        let products = report.products.iter();
        let mut texts = Vec::new();
        for product in products {
            let value = serde_json::to_value(product).unwrap_or_default();
            strings(&value, &mut texts);
        }
        texts.into_iter().find(|text| self.has(text))
    }
}

fn strings(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| strings(value, into)),
        Value::Object(members) => members.values().for_each(|value| strings(value, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Returns the entry of a product as its client sees it.
fn own(mut product: Product, index: u64, unit: &Unit, search: &Leaks<'_>) -> Product {
    let before = folder_before(unit);
    let local = |text: &mut String| *text = text.replace(&before, "");
    product.index = index;
    if !before.is_empty() {
        local(&mut product.source);
        product.changes.iter_mut().for_each(local);
        for problem in &mut product.problems {
            [
                &mut problem.place,
                &mut problem.message,
                &mut problem.help,
                &mut problem.note,
            ]
            .into_iter()
            .for_each(local);
        }
        if product.product.starts_with(&before) {
            local(&mut product.product);
        }
    }
    // A pack is known again by its model, so it may have been made for another client, who need not be in this run.
    if product
        .since_last_run
        .as_ref()
        .is_some_and(is_of_another_applicant)
    {
        product.since_last_run = None;
    }
    // What was taken out since the last run may have been another client's.
    if let Some(since) = &mut product.since_last_run {
        since.changes.retain(|change| !search.in_change(change));
    }
    let since = &mut product.since_last_run;
    if since.as_ref().is_some_and(SinceLastRun::is_empty) {
        *since = None;
    }
    for problem in &mut product.problems {
        let is_about_others = ABOUT_OTHERS
            .iter()
            .any(|code| code.number() == problem.code);
        if is_about_others || search.in_problem(problem) {
            let text = "the consultant who prepared this application has to settle something first";
            let help = "ask the consultant who prepared it";
            *problem = Problem::without_code(problem.severity, "", text, help);
        }
    }
    product
}

/// Returns true if the application had another applicant, or the same under another name.
fn is_of_another_applicant(since: &SinceLastRun) -> bool {
    let fields = ["applicant.name", "applicant.uen", "applicant.registration"];
    let is_of = |place: &str| fields.iter().any(|field| place.starts_with(field));
    let mut changes = since.changes.iter();
    changes.any(|change| is_of(&change.place) && change.old.is_some())
}

/// Returns the part of the path of a product that the client does not need: up to its folder below `clients`, else
/// the folder of the file.
fn folder_before(unit: &Unit) -> String {
    let path = unit.path();
    let parts: Vec<_> = path.iter().collect();
    let folder = parts.len().saturating_sub(1);
    let clients = parts[..folder]
        .iter()
        .rposition(|part| part.eq_ignore_ascii_case(FOLDER));
    let n_before = clients.map_or(folder, |at| (at + 2).min(folder));
    let rest: std::path::PathBuf = parts[n_before..].iter().collect();
    let (whole, rest) = (path.display().to_string(), rest.display().to_string());
    whole.strip_suffix(&rest).unwrap_or_default().to_owned()
}
