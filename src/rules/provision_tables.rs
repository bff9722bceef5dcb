//! The instruments of provisions: the catalogue, and the requirements of each level.

use serde::Deserialize;

use crate::domain::{Date, Level, ProvisionId};
use crate::rules::row::{body, row};
use crate::rules::words::{DeviceClass, LaterState, Status};

row! {
    /// A condition of provisions.
    ConditionRow {
        /// Its number in Annex B.
        number: Option<u8>,
        /// Its text, completing "applies where …".
        text: String,
        /// Whether it is assumed unless a trait denies it.
        presumed: bool,
        /// The trait in a manifest that states the condition.
        stated_by: String,
        /// The trait in a manifest that denies the condition.
        denied_by: String,
    }
}
/// The fate of a provision in the later edition of the standard.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Later {
    /// Whether its number is still there.
    pub state: LaterState,
    /// The numbers that replace it.
    #[serde(default)]
    pub replaced_by: Vec<String>,
}
row! {
    /// A provision, or an item of the lifecycle.
    ProvisionRow {
        clause: String,
        /// Its subject, in our own words.
        title: String,
        status: Status,
        /// The conditions that must all be true for it to apply.
        conditions: Vec<String>,
        later: Later,
        /// Whether the later edition allows it to be inapplicable.
        later_conditional: bool,
        /// The expected evidence.
        evidence: Option<String>,
    }
}

impl ProvisionRow {
    /// Returns true for an item of the lifecycle, which has a section of its own in a manifest.
    pub fn is_of_lifecycle(&self) -> bool {
        self.id.starts_with("CK-")
    }
}

/// The catalogue of provisions.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provisions {
    pub(crate) schema: u8,
    pub(crate) effective_from: Date,
    pub conditions: Vec<ConditionRow>,
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
        /// The lowest level that requires them.
        level: Level,
        provisions: Vec<ProvisionId>,
        /// Conditions instead of the catalogue's; if left out, those of the catalogue apply.
        conditions: Option<Vec<String>>,
    }
}
body! { /// Which provisions each level asks for, for one class of devices.
    LevelTable {
        class: DeviceClass,
        rows: Vec<LevelRow>,
    }
}
