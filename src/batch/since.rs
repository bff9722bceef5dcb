//! What changed since the last run: the pack that a product had then is compared with the product of now.

use std::collections::{BTreeMap, BTreeSet};

use crate::batch::guarded::guarded;
use crate::batch::inputs::{Source, Unit};
use crate::batch::journal::{Journal, MadeFor};
use crate::batch::report::{Changed, RebuildReason, SinceLastRun, State, Work};
use crate::batch::scan::{Scanned, read};
use crate::batch::settings::Settings;
use crate::case::Case;
use crate::changes::{Recorded, between};
use crate::gather::Looks;
use crate::parallel::in_parallel;
use crate::typeset::Typesetter;
use crate::world::{World, unwatched};

/// Returns what the journal notes of the product of a pack.
pub(crate) fn made_for(unit: &Unit, models: &[String]) -> MadeFor {
    MadeFor {
        source: unit.name.clone(),
        model: models.first().cloned().unwrap_or_default(),
    }
}

/// Notes the pack that each product had after an earlier run. A pack has the name of the product's pack of now, or it
/// belongs to no product of now and was made from the same manifest or for the same model: the name of a pack changes
/// with its form and its day. Rows move, so the place of a row says nothing.
pub(crate) fn find_packs_before(
    units: &[Unit],
    looks: &mut [Scanned],
    settings: &Settings<'_>,
    journal: &Journal,
    world: &dyn World,
) {
    let planned: BTreeSet<&str> = looks
        .iter()
        .filter_map(|look| look.pack.as_deref())
        .collect();
    let mut others: BTreeMap<usize, (String, &MadeFor)> = BTreeMap::new();
    for pack in journal.others(&planned, &settings.out, world) {
        if let Some((line, made_for)) = journal.made_for(&pack) {
            others.insert(*line, (pack, made_for));
        }
    }
    let mut without: Vec<(&Unit, &mut Scanned, MadeFor)> = Vec::new();
    for (unit, look) in units.iter().zip(looks) {
        let own = look.pack.as_ref();
        look.before = own.filter(|pack| journal.made(pack).is_some()).cloned();
        if look.before.is_none() {
            let now = made_for(unit, &look.product.models);
            without.push((unit, look, now));
        }
    }
    // The nearest line is that of the last run.
    let mut take = |is_same: &dyn Fn(&MadeFor) -> bool| {
        let found = others.iter().rev().find(|(_, (_, before))| is_same(before));
        let line = found.map(|(line, _)| *line)?;
        others.remove(&line).map(|(pack, _)| pack)
    };
    // Two manifests may have one model, so each takes the pack of its own manifest before a model counts.
    for (unit, look, now) in &mut without {
        let is_row = matches!(unit.source, Source::Row(_));
        look.before =
            take(&|before| before.source == now.source && (!is_row || before.model == now.model));
    }
    without.retain(|(_, look, _)| look.before.is_none());
    let models: Vec<String> = without.iter().map(|(.., now)| now.model.clone()).collect();
    for (_, look, now) in &mut without {
        let alike = models.iter().filter(|model| **model == now.model);
        // Of two products with one model none is known by it.
        if !now.model.is_empty() && alike.count() == 1 {
            look.before = take(&|before| before.model == now.model);
        }
    }
}

/// Returns what changed since a pack was made. `why` is the reason for which it is made again.
pub(crate) fn since(
    case: &Case,
    before: &str,
    why: Option<RebuildReason>,
    settings: &Settings<'_>,
    world: &dyn World,
) -> Option<SinceLastRun> {
    let plan = case.plan.as_ref()?;
    let found = |changes, note: &str| {
        Some(SinceLastRun {
            pack: before.to_owned(),
            changes,
            note: note.to_owned(),
        })
    };
    let path = settings.out.join(before);
    // Its own pack is an output, and must not count as an input.
    let world = unwatched(world);
    if world.kind(&path).is_err() {
        return None;
    }
    let Some(old) = Recorded::of_pack(&path, world) else {
        return found(
            Vec::new(),
            "unknown, since the records of the pack cannot be read",
        );
    };
    let new = Recorded::of_case(case, plan, settings.templates);
    let changes: Vec<Changed> = between(&old, &new).iter().map(Changed::from).collect();
    match why {
        _ if !changes.is_empty() => found(changes, ""),
        Some(RebuildReason::Manifest) => found(
            Vec::new(),
            "only comments or the layout of the manifest changed",
        ),
        _ => None,
    }
}

/// Notes what changed in products that had a pack, and get none now.
pub(crate) fn of_blocked(
    units: &[Unit],
    looks: &mut [Scanned],
    settings: &Settings<'_>,
    known: &Looks,
    world: &dyn World,
) {
    let blocked = looks.iter().zip(units).enumerate();
    let blocked = blocked.filter(|(index, (look, _))| {
        look.product.state == State::Blocked
            && look.product.work == Work::None
            && settings.works_on(*index)
    });
    let blocked: Vec<_> = blocked
        .filter_map(|(index, (look, unit))| Some((index, unit, look.before.clone()?)))
        .collect();
    let compare = |_, (_, unit, before): &(usize, &Unit, String), typesetter: &mut Typesetter| {
        let compared = guarded(|| {
            let (case, _) = read(unit, settings, known, world, typesetter)?;
            Ok(since(&case, before, None, settings, world))
        });
        compared.unwrap_or_else(|_| {
            // After a panic its state is unknown. What keeps the product from being read is reported already.
            *typesetter = Typesetter::new();
            None
        })
    };
    let compared = in_parallel(&blocked, settings.jobs, &Typesetter::new, &compare);
    let indices: Vec<usize> = blocked.iter().map(|(index, ..)| *index).collect();
    for (index, since) in indices.into_iter().zip(compared) {
        looks[index].product.since_last_run = since;
    }
}
