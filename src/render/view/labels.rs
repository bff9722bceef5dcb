//! The labels held as a document shows them.

use crate::plan::{HeldLabel, Outcome, Plan};
use crate::render::view::{LabelView, optional, plain};

/// Returns the labels that documents state. One that decides in spite of errors is there too: only a draft can have it.
pub(super) fn stated(plan: &Plan) -> impl Iterator<Item = &HeldLabel> {
    plan.labels
        .iter()
        .filter(|held| held.stands || held.decides)
}

/// Returns a label as documents show it.
pub(super) fn label(held: &HeldLabel) -> LabelView {
    LabelView {
        name: held.name.clone(),
        number: optional(held.label.number.as_ref()),
        grade: optional(held.label.level.given()),
        issued: optional(held.label.issued.given()),
        expires: optional(held.label.expires.given()),
        models: held.label.models.join(", "),
        model_list: held.label.models.to_vec(),
        firmware_version: optional(held.label.firmware_version.as_ref()),
        outcome: plain(&held.why),
        note: note(held),
    }
}

/// Says of a label that is out of force, or for other models, that nothing rests on it.
fn note(held: &HeldLabel) -> String {
    match held.outcome {
        Outcome::Settled(_) => String::new(),
        Outcome::Expired | Outcome::OtherModels | Outcome::Faulty | Outcome::Unread => {
            format!("for information only: {}", plain(&held.why))
        }
    }
}
