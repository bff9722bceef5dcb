//! Which conditions hold for the product, as far as its traits say.

use std::collections::BTreeMap;

use crate::diag::nearest::one_of;
use crate::diag::{Code, Finding, Place};
use crate::domain::vocabulary::synonyms::{Meaning, meaning};
use crate::domain::{FieldPath, field};
use crate::plan::{Context, Notes};
use crate::rules::tables::{ConditionRow, Provisions};

/// Whether a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A trait says so.
    Stated,
    /// A trait says that it does not.
    Denied,
    /// No trait speaks of it; it is taken to hold.
    Presumed,
    /// No trait speaks of it; it is taken not to hold.
    Unlikely,
}

/// The conditions of an edition with what the traits say of them.
pub(crate) struct Conditions<'a>(BTreeMap<&'a str, (&'a ConditionRow, Holds)>);

impl<'a> Conditions<'a> {
    /// Reads the traits; unknown and contradictory ones are findings.
    pub(crate) fn read(
        context: Context<'a>,
        provisions: &'a Provisions,
        notes: &mut Notes,
    ) -> Self {
        let traits = &context.application.product.traits;
        let known: Vec<&str> = provisions
            .conditions
            .iter()
            .flat_map(|row| [row.stated_by.as_str(), row.denied_by.as_str()])
            .collect();
        // A slip of the hand is taken for the trait that it was meant to be, so that it is reported once.
        let mut stated: Vec<Option<&str>> = Vec::new();
        for (i, written) in traits.iter().enumerate() {
            if let Some(known) = known.iter().find(|name| *name == written) {
                stated.push(Some(known));
                continue;
            }
            let meant = meaning(written, &known);
            let help = match &meant {
                Meaning::Certain(certain) => format!("write `{}`", certain.word()),
                // A word of another language may be a slip by its letters alone.
                Meaning::Slip(name) => format!("did you mean `{name}`?"),
                Meaning::Perhaps(names) => {
                    format!("did you mean {}?", one_of(names.iter().copied()))
                }
                Meaning::Unknown => {
                    "remove it; `clspack rules show traits` lists the traits that the rules know"
                        .to_owned()
                }
            };
            let near = meant.only();
            notes.findings.push(Finding::at(
                Code::UnknownTrait,
                field!(product.traits[i]),
                format!("no rule depends on the trait `{written}`"),
                help,
            ));
            stated.push(near);
        }
        let first = |name: &str| stated.iter().position(|stated| *stated == Some(name));
        let has = |name: &str| first(name).is_some();
        let mut conditions = BTreeMap::new();
        for row in &provisions.conditions {
            let holds = match (has(&row.stated_by), has(&row.denied_by), row.presumed) {
                (true, _, _) => Holds::Stated,
                (false, true, _) => Holds::Denied,
                (false, false, true) => Holds::Presumed,
                (false, false, false) => Holds::Unlikely,
            };
            conditions.insert(row.id.as_str(), (row, holds));
        }
        let place = |name: &str| {
            first(name).map_or_else(|| field!(product.traits), |i| field!(product.traits[i]))
        };
        contradictions(provisions, &has, &place, notes);
        Self(conditions)
    }

    /// Returns the condition and whether it holds.
    pub(crate) fn of(&self, id: &str) -> Option<(&'a ConditionRow, Holds)> {
        self.0.get(id).copied()
    }
}

/// One finding for each pair of traits that deny each other, however many conditions use the pair.
fn contradictions(
    provisions: &Provisions,
    has: &impl Fn(&str) -> bool,
    place: &impl Fn(&str) -> FieldPath,
    notes: &mut Notes,
) {
    let mut pairs: Vec<[&str; 2]> = provisions
        .conditions
        .iter()
        .map(|row| {
            let mut pair = [row.stated_by.as_str(), row.denied_by.as_str()];
            pair.sort_unstable();
            pair
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    for [one, other] in pairs
        .into_iter()
        .filter(|[one, other]| has(one) && has(other))
    {
        let finding = Finding::at(
            Code::TraitsContradict,
            place(one),
            format!("`{one}` and `{other}` contradict each other"),
            "keep the one that is true of the product",
        );
        notes
            .findings
            .push(finding.and_at(Place::Field(place(other)), "the contrary"));
    }
}
