//! Proofs that two products of a batch share: the same label number, the same report, the same certificate. For a
//! family of models that is normal. For two clients, or with two descriptions, it is mostly a copying slip.

use std::collections::BTreeMap;

use crate::batch::clients::Clients;
use crate::batch::cross_client::friends;
use crate::batch::words::Words;
use crate::diag::{Code, Finding};
use crate::domain::{Application, EvidenceFile, EvidencePath, Field, Sha256, field};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// The number of a label.
    Label,
    /// The number of a laboratory's report.
    Report,
    /// A copy of a certificate.
    Certificate,
    /// The file of a report.
    ReportFile,
}

/// A proof of a product, small enough to keep for every product of a batch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Proof {
    kind: Kind,
    /// The label, and which of its files.
    at: (usize, usize),
    /// Two proofs with the same key are the same: a number, or the content of a file.
    key: Sha256,
    /// The other facts that the manifest gives about it.
    facts: Sha256,
}

/// A proof that another product has, too.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shared {
    kind: Kind,
    at: (usize, usize),
    other: usize,
    /// Whether the other product belongs to another client.
    is_foreign: bool,
}

/// Returns the proofs of an application, numbers before their files.
pub(crate) fn proofs(application: &Application, files: &[EvidenceFile]) -> Vec<Proof> {
    let mut proofs = Vec::new();
    let content = |path: &EvidencePath| {
        let at = files.binary_search_by_key(&path, |file| &file.path).ok()?;
        Some(files[at].sha256)
    };
    for (i, label) in application.labels.iter().enumerate() {
        let number = label.number.as_deref().map(Words::of).unwrap_or_default();
        let scheme = label.scheme.given().map_or("", |scheme| scheme.as_str());
        let name = format!("{scheme}\n{}", number.as_str());
        // A number without letters or digits, such as a dash, means that there is none.
        if !number.as_str().is_empty() {
            let models = label.models.iter().map(|model| Words::of(model));
            let mut models: Vec<Words> = models.collect();
            models.sort();
            let dates = (label.issued.given(), label.expires.given());
            let kind = (label.level.given(), label.category.given());
            let facts = format!("{:?}", (kind, dates, models));
            proofs.push(proof(
                Kind::Label,
                (i, 0),
                Sha256::of(name.as_bytes()),
                &facts,
            ));
        }
        for (j, exhibit) in label.evidence.iter().enumerate() {
            let sha256 = content(&exhibit.path);
            proofs.extend(sha256.map(|sha256| proof(Kind::Certificate, (i, j), sha256, &name)));
        }
    }
    if let Some(laboratory) = application.laboratory.as_ref() {
        let file = laboratory.report.path().and_then(content);
        let words = |text: &Field<String>| text.as_deref().map(Words::of).unwrap_or_default();
        let (lab, reference) = (words(&laboratory.name), words(&laboratory.reference));
        let name = format!("{}\n{}", lab.as_str(), reference.as_str());
        if !reference.as_str().is_empty() {
            let facts = format!("{:?}", (laboratory.date.given(), file));
            proofs.push(proof(
                Kind::Report,
                (0, 0),
                Sha256::of(name.as_bytes()),
                &facts,
            ));
        }
        proofs.extend(file.map(|file| proof(Kind::ReportFile, (0, 0), file, &name)));
    }
    proofs
}

fn proof(kind: Kind, at: (usize, usize), key: Sha256, facts: &str) -> Proof {
    Proof {
        kind,
        at,
        key,
        facts: Sha256::of(facts.as_bytes()),
    }
}

#[derive(Default)]
struct Seen<'c> {
    /// How many products of each client have it.
    counts: BTreeMap<&'c str, usize>,
    /// The first two clients, each with its first product.
    clients: Vec<(&'c str, usize)>,
    /// The client it belongs to, once all are counted.
    owner: Option<&'c str>,
    /// The first two descriptions of each client, each with its first product.
    facts: BTreeMap<&'c str, Vec<(Sha256, usize)>>,
}

impl<'c> Seen<'c> {
    fn record(&mut self, client: &'c str, facts: Sha256, product: usize) {
        *self.counts.entry(client).or_default() += 1;
        if self.clients.len() < 2 && self.clients.iter().all(|(known, _)| *known != client) {
            self.clients.push((client, product));
        }
        let seen = self.facts.entry(client).or_default();
        if seen.len() < 2 && seen.iter().all(|(known, _)| *known != facts) {
            seen.push((facts, product));
        }
    }

    /// Returns the client with most products that have the proof. If two have equally many, it belongs to nobody, and
    /// each product with it is to be looked at.
    fn owner(&self) -> Option<&'c str> {
        let most = self.counts.values().max()?;
        let mut owners = self.counts.iter().filter(|(_, count)| *count == most);
        let (owner, _) = owners.next()?;
        owners.next().is_none().then_some(*owner)
    }

    /// Returns the first product of another client, or else the first of the same client with another description.
    fn elsewhere(&self, client: &str, facts: Sha256) -> Option<(usize, bool)> {
        let mut clients = self.clients.iter();
        if let Some((_, other)) = clients.find(|(other, _)| *other != client)
            && self.owner != Some(client)
        {
            return Some((*other, true));
        }
        let mut same = self.facts.get(client)?.iter();
        let (_, other) = same.find(|(other, _)| *other != facts)?;
        Some((*other, false))
    }
}

/// Returns, for each product, which of its proofs another product has too: one of another client, or one of the same
/// client with another description.
pub(crate) fn shared(products: &[(Option<&str>, &[Proof])]) -> Vec<Vec<Shared>> {
    let mut seen: BTreeMap<(Kind, Sha256), Seen<'_>> = BTreeMap::new();
    for (i, (client, proofs)) in products.iter().enumerate() {
        for (client, proof) in client
            .iter()
            .flat_map(|one| proofs.iter().map(move |proof| (one, proof)))
        {
            let seen = seen.entry((proof.kind, proof.key)).or_default();
            seen.record(client, proof.facts, i);
        }
    }
    for seen in seen.values_mut() {
        seen.owner = seen.owner();
    }
    let of_product = |(client, proofs): &(Option<&str>, &[Proof])| {
        let client = (*client)?;
        let found = proofs.iter().filter_map(|proof| {
            let seen = seen.get(&(proof.kind, proof.key))?;
            let (other, is_foreign) = seen.elsewhere(client, proof.facts)?;
            Some(Shared {
                kind: proof.kind,
                at: proof.at,
                other,
                is_foreign,
            })
        });
        Some(found.collect())
    };
    products
        .iter()
        .map(|one| of_product(one).unwrap_or_default())
        .collect()
}

/// Returns the findings about shared proofs of one application. `other` gives name and client of a product.
pub(crate) fn findings<'o>(
    application: &Application,
    shared: &[Shared],
    clients: &Clients,
    other: impl Fn(usize) -> (&'o str, &'o str),
) -> Vec<Finding> {
    let friends = friends(application);
    let mut reported: Vec<&Shared> = Vec::new();
    let mut findings = Vec::new();
    for one in shared {
        // A file beside a number that is reported already is the same slip.
        let number = match one.kind {
            Kind::Certificate => Some(Kind::Label),
            Kind::ReportFile => Some(Kind::Report),
            Kind::Label | Kind::Report => None,
        };
        let is_reported = reported
            .iter()
            .any(|other| Some(other.kind) == number && other.at.0 == one.at.0);
        let (name, client) = other(one.other);
        if is_reported || one.is_foreign && clients.may_name(client, &friends) {
            continue;
        }
        reported.push(one);
        findings.extend(finding(application, one, name, clients.name(client)));
    }
    findings
}

fn finding(application: &Application, shared: &Shared, name: &str, whose: &str) -> Option<Finding> {
    let (i, j) = shared.at;
    let (what, text, field, facts) = match shared.kind {
        Kind::Label => (
            "label number",
            application.labels.get(i)?.number.as_ref()?.clone(),
            field!(labels[i].number),
            "with other models, dates or grade",
        ),
        Kind::Certificate => (
            "certificate",
            application.labels.get(i)?.evidence.get(j)?.path.to_string(),
            field!(labels[i].evidence[j]),
            "for another label number",
        ),
        Kind::Report => (
            "report number",
            application.laboratory.as_ref()?.reference.clone().given()?,
            field!(laboratory.reference),
            "with another date or file",
        ),
        Kind::ReportFile => (
            "laboratory report",
            application.laboratory.as_ref()?.report.path()?.to_string(),
            field!(laboratory.report),
            "for another report number",
        ),
    };
    Some(if shared.is_foreign {
        let message = format!(
            "the {what} `{text}` is also in an application of another client, `{whose}`: {name}"
        );
        let help = format!(
            "give the applicant's own; if both may use it, name `{whose}` in `applicant.shares_with`"
        );
        Finding::at(Code::SharedProof, field, message, help)
    } else {
        let message =
            format!("the {what} `{text}` is also in another application, {facts}: {name}");
        let help = "correct one of the two, or describe it the same way in both";
        Finding::at(Code::ProofsDiffer, field, message, help)
    })
}
