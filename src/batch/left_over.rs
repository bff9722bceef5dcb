//! The packs of earlier runs that are still in the output folder, and what became of their products.

use std::collections::BTreeMap;

use crate::batch::journal::Journal;
use crate::batch::outcome;
use crate::batch::report::{Problem, Product};
use crate::batch::scan::Scanned;
use crate::batch::settings::Settings;
use crate::world::World;

/// Reports the packs of earlier runs, so that nobody uploads one by mistake.
pub(crate) fn left_over(
    looks: &[Scanned],
    settings: &Settings<'_>,
    journal: &Journal,
    world: &dyn World,
) -> Vec<Problem> {
    let packs = || {
        let looks = looks.iter();
        looks.filter_map(|look| Some((look.pack.as_deref()?, &look.product)))
    };
    let there = packs().filter(|(_, product)| product.pack.is_some());
    let there = there.map(|(pack, _)| pack).collect();
    let others = journal.others(&there, &settings.out, world);
    // The products whose packs have, or would have, these names.
    let planned: BTreeMap<&str, &Product> = packs().collect();
    // The products that had these packs, under other names.
    let before = looks.iter();
    let before: BTreeMap<&str, &Product> = before
        .filter_map(|look| Some((look.before.as_deref()?, &look.product)))
        .collect();
    let note = |pack: &String| {
        let text = format!("`{pack}` is left over from an earlier run");
        let product = planned.get(pack.as_str()).or(before.get(pack.as_str()));
        let Some(product) = product else {
            let text = format!("{text}; this run did not make it");
            return outcome::note(&text, "remove it, unless it is still to be sent");
        };
        let text = format!(
            "{text}; its product, {}. {},",
            product.index, product.product
        );
        match &product.pack {
            Some(now) => {
                let help = "send the new pack, and remove this one";
                outcome::note(&format!("{text} has `{now}` now"), help)
            }
            None => outcome::note(
                &format!("{text} is {} now", product.state),
                "do not send it; clspack makes it again when the product has no errors",
            ),
        }
    };
    others.iter().map(note).collect()
}
