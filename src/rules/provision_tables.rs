//! The instruments of provisions: the catalogue of what can be answered, and what each level asks for.

use serde::Deserialize;

use crate::domain::{Date, Level, ProvisionId};
use crate::rules::row::{body, row};
use crate::rules::words::{DeviceClass, LaterState, Status};

row! {
    /// A condition on which provisions depend.
    ConditionRow {
        /// Its number in Annex B.
        number: Option<u8>,
        /// What it says, completing "applies where …".
        text: String,
        /// Whether it is taken to hold unless a trait denies it.
        presumed: bool,
        /// The trait by which a manifest says that it holds.
        stated_by: String,
        /// The trait by which a manifest says that it does not hold.
        denied_by: String,
    }
}
/// What became of a provision in the later edition of the standard.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Later {
    /// Whether its number is still there.
    pub state: LaterState,
    /// The numbers that took its place.
    #[serde(default)]
    pub replaced_by: Vec<String>,
}
row! {
    /// A provision, or an item of the lifecycle.
    ProvisionRow {
        /// The clause that it belongs to.
        clause: String,
        /// What it is about, in our own words.
        title: String,
        status: Status,
        /// The conditions that must all hold for it to apply.
        conditions: Vec<String>,
        /// What became of it in the later edition.
        later: Later,
        /// Whether the later edition lets it be inapplicable.
        later_conditional: bool,
        /// What evidence is looked for.
        evidence: Option<String>,
    }
}
/// The provisions that can be answered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provisions {
    pub(crate) schema: u8,
    pub(crate) effective_from: Date,
    pub conditions: Vec<ConditionRow>,
    /// The provisions, in the order of the standard.
    pub rows: Vec<ProvisionRow>,
}

impl crate::rules::Body for Provisions {
    fn schema(&self) -> u8 {
        self.schema
    }
    fn effective_from(&self) -> Date {
        self.effective_from
    }
    fn rows(&self) -> Vec<&dyn crate::rules::row::Row> {
        let conditions = self
            .conditions
            .iter()
            .map(|row| row as &dyn crate::rules::row::Row);
        conditions
            .chain(
                self.rows
                    .iter()
                    .map(|row| row as &dyn crate::rules::row::Row),
            )
            .collect()
    }
}

row! {
    /// Provisions that a level adds to the one below.
    LevelRow {
        /// The lowest level that asks for them.
        level: Level,
        provisions: Vec<ProvisionId>,
        /// Conditions that stand in place of the catalogue's; left out, the catalogue's hold.
        conditions: Option<Vec<String>>,
    }
}
body! { /// Which provisions each level asks for, for one class of devices.
    LevelTable {
        class: DeviceClass,
        rows: Vec<LevelRow>,
    }
}
