//! What a heading may say: the route of a field, or the words that people use for it.
//!
//! Case, blanks, points, hyphens and underscores do not matter. `label 2 scheme` is the scheme of the
//! second label, `5.1-1 detail` the detail of the answer to provision 5.1-1.

use crate::diag::nearest::{nearest, one_of};
use crate::domain::plain::{ascii_code, folded};
use crate::domain::record::Record as _;
use crate::domain::shape::Kind;
use crate::domain::{Application, FieldPath, ProvisionId, Step, field};
use crate::manifest::leaves::{Leaf, answer_leaves, leaves};
use crate::sheet::suggest::column_word;

/// The most tables in a list of tables that columns may fill.
const MAX_ITEMS: usize = 20;

/// The base manifest that a row completes; no field of a manifest.
static EXTENDS: Kind = Kind::Line(500);

/// Lists of tables: how a heading may call one table of them, and how it is written in a heading.
const ITEMS: &[(&str, &str)] = &[("labels", "label"), ("companion_apps", "companion app")];

/// The field that a column fills.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// Its route, without the number of an item.
    pub(super) route: FieldPath,
    /// What it or each of its items holds.
    pub(super) kind: &'static Kind,
    /// Whether the cell holds several items.
    pub(super) list: bool,
}

/// The fields of a manifest under every name that a heading may use.
pub(super) struct Headings {
    pub(super) leaves: Vec<Leaf>,
    answers: Vec<Leaf>,
    /// Plain name, leaf.
    names: Vec<(String, usize)>,
}

impl Headings {
    /// Collects the names.
    pub(super) fn new() -> Self {
        let leaves = leaves();
        let mut names = Vec::new();
        for (i, leaf) in leaves.iter().enumerate() {
            for n_last in 1..=leaf.depth {
                if n_last == leaf.depth || !leaf.of_file && is_free(leaf, n_last, &leaves) {
                    names.push((squeezed(&leaf.way()[leaf.depth - n_last..].join(".")), i));
                }
            }
        }
        Self {
            leaves,
            answers: answer_leaves(),
            names,
        }
    }

    /// Returns the field that a heading names.
    pub(super) fn find(&self, heading: &str) -> Option<Target> {
        if squeezed(heading) == "extends" {
            return Some(Target {
                route: field!(extends),
                kind: &EXTENDS,
                list: false,
            });
        }
        self.answer(heading).or_else(|| self.field(heading))
    }

    fn field(&self, heading: &str) -> Option<Target> {
        let named = |plain: &str| {
            let (_, i) = self.names.iter().find(|(name, _)| name == plain)?;
            self.leaves.get(*i)
        };
        let (words, item) = numbered(heading);
        // The whole heading first: a label photo is not a part of a label.
        let (leaf, item) = match named(&squeezed(heading)) {
            Some(leaf) => (leaf, 0),
            None => (named(&squeezed(&words))?, item),
        };
        // A number makes sense only where there can be several.
        if item > 0 && leaf.numbered.is_none() {
            return None;
        }
        Some(Target {
            route: leaf.route(item),
            kind: leaf.kind,
            list: leaf.list,
        })
    }

    /// Reads `5.1-1`, `CK-LP-01 evidence`, `provisions.5.1-1.detail`.
    pub(super) fn answer(&self, heading: &str) -> Option<Target> {
        let lower = ascii_code(heading.trim()).unwrap_or_else(|| heading.trim().to_owned());
        let lower = lower.to_lowercase();
        let bare = ["provisions.", "lifecycle."]
            .iter()
            .find_map(|section| lower.strip_prefix(section))
            .unwrap_or(&lower);
        let named = |leaf: &&Leaf| bare.ends_with(leaf.name());
        let leaf = self.answers.iter().find(named).or(self.answers.first())?;
        let id = bare.strip_suffix(leaf.name()).unwrap_or(bare);
        let id = id.trim_end_matches([' ', '.', '_', '-', ':']);
        let id = id.replace(['_', ' '], "-").to_uppercase();
        let lifecycle = id.starts_with("CK-LP");
        let clause = id.starts_with(|c: char| c.is_ascii_digit()) && id.contains(['.', '-']);
        let digits = |c: char| c.is_ascii_digit() || !c.is_ascii_alphanumeric();
        // A version such as `3.0.5` is no provision; of those with a point alone there are only 6.1, 6.2 and so on.
        let is_version = id == bare.to_uppercase()
            && !id.contains('-')
            && (!id.starts_with("6.") || id.matches('.').count() > 1);
        // A year is a part of a date, such as 2026-11-01.
        let mut numbers = id.split(|c: char| !c.is_ascii_digit());
        let has_year = numbers.any(|number| number.len() > 2);
        if !(lifecycle || clause && !has_year && id.chars().all(digits)) || is_version {
            return None;
        }
        let id = id.parse::<ProvisionId>().ok()?;
        let section = if lifecycle { "lifecycle" } else { "provisions" };
        Some(Target {
            route: FieldPath::of([
                section.into(),
                id.as_str().to_owned().into(),
                leaf.name().into(),
            ]),
            kind: leaf.kind,
            list: leaf.list,
        })
    }

    /// Returns the known heading or route that was most likely meant.
    pub(super) fn near(&self, heading: &str) -> Option<String> {
        let (words, item) = numbered(heading);
        let said = self
            .leaves
            .iter()
            .map(|leaf| words_of(leaf, &self.leaves, item));
        // One word is like many a short route.
        let is_route = words.contains(['.', '_']);
        let routes = self.leaves.iter().filter(|_| is_route);
        let routes = routes.map(|leaf| leaf.way().join("."));
        let known: Vec<String> = said.chain(routes).chain(["extends".to_owned()]).collect();
        nearest(&words, known.iter().map(String::as_str)).map(str::to_owned)
    }

    /// Returns the field that a heading most likely means, by what people write over columns, or by its letters.
    pub(super) fn meant(&self, heading: &str) -> Option<FieldPath> {
        let plain = squeezed(heading);
        let same = self
            .leaves
            .iter()
            .filter(|leaf| squeezed(leaf.name()) == plain);
        if same.count() > 1 {
            return None;
        }
        let known = match column_word(heading) {
            Some(meaning) => meaning.to_owned(),
            None => self.near(heading)?,
        };
        Some(self.find(&known)?.route)
    }

    /// Returns the fields that a heading probably names: a similar one, or several with its name.
    pub(super) fn likely(&self, heading: &str) -> Option<String> {
        let by_letters = || {
            self.near(heading)
                .filter(|_| column_word(heading).is_none())
        };
        let by_words = self.meant(heading).and_then(|route| self.heading(&route));
        let known = by_words.map(|(words, _)| words);
        if let Some(near) = known.or_else(by_letters) {
            return Some(format!("`{near}`"));
        }
        let plain = squeezed(heading);
        let same = |leaf: &&Leaf| squeezed(leaf.name()) == plain;
        let several = self.leaves.iter().filter(same);
        let several: Vec<String> = several
            .map(|leaf| words_of(leaf, &self.leaves, 0))
            .collect();
        (!several.is_empty()).then(|| one_of(several.iter().map(String::as_str)))
    }

    /// Returns the heading by which people know a field, as the spreadsheet to start from has it.
    pub(super) fn heading(&self, route: &FieldPath) -> Option<(String, Leaf)> {
        let item = route.steps().iter().find_map(|step| match step {
            Step::Index(item) => Some(*item),
            Step::Name(_) => None,
        });
        let item = item.unwrap_or(0);
        let leaf = self.leaves.iter().find(|leaf| leaf.route(item) == *route)?;
        Some((words_of(leaf, &self.leaves, item), *leaf))
    }
}

/// Returns true if the last names of a field's route are enough to know it by.
fn is_free(leaf: &Leaf, n_last: usize, leaves: &[Leaf]) -> bool {
    fn tail(leaf: &Leaf, n: usize) -> &[&'static str] {
        &leaf.way()[leaf.depth.saturating_sub(n)..]
    }
    let same: Vec<_> = leaves
        .iter()
        .filter(|other| !other.of_file && tail(other, n_last) == tail(leaf, n_last))
        .collect();
    let table = n_last == 1
        && Application::SHAPE
            .fields
            .iter()
            .any(|field| field.name == leaf.name());
    let first = |leaf: &Leaf| {
        let of_product =
            ["application", "applicant", "product"].contains(leaf.way().first().unwrap_or(&""));
        of_product && leaf.depth == n_last + 1 && leaf.numbered.is_none()
    };
    let n_first = same.iter().filter(|other| first(other)).count();
    !table && (same.len() == 1 || (n_first == 1 && first(leaf)))
}

/// Returns the words for a field, `Support until`.
pub(super) fn words_of(leaf: &Leaf, leaves: &[Leaf], item: usize) -> String {
    let way = leaf.way();
    let own = ["application", "applicant", "product"].contains(way.first().unwrap_or(&""));
    let n_last = if leaf.of_file {
        leaf.depth
    } else if leaf.depth == 2 && own && is_free(leaf, 1, leaves) {
        1
    } else {
        2
    };
    let mut words = Vec::new();
    for name in &way[leaf.depth.saturating_sub(n_last)..] {
        match ITEMS.iter().find(|(list, _)| list == name) {
            Some((_, one)) => words.push(format!("{one} {}", item + 1)),
            None => words.push(name.replace(['_', '-'], " ")),
        }
    }
    let line = words.join(" ");
    let line = ["uen", "url", "sbom"].iter().fold(line, |line, short| {
        let word = |word: &str| {
            if word == *short {
                word.to_uppercase()
            } else {
                word.to_owned()
            }
        };
        line.split(' ').map(word).collect::<Vec<_>>().join(" ")
    });
    let mut chars = line.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Takes the number of an item out of a heading: `label 2 scheme` and `labels[1].scheme` are the
/// second, without a number the first.
fn numbered(heading: &str) -> (String, usize) {
    let lower = heading.trim().to_lowercase();
    for (list, one) in ITEMS {
        for name in [*list, *one, &one.replace(' ', "_"), &one.replace(' ', "")] {
            let Some(at) = lower.find(name) else { continue };
            let rest = &lower[at + name.len()..];
            let n_skipped = rest.len() - rest.trim_start_matches([' ', '_', '-', '[', '.']).len();
            let digits: String = rest[n_skipped..]
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            let from_zero = rest.trim_start().starts_with('[');
            let number = digits.parse::<usize>().unwrap_or(usize::from(!from_zero));
            let item = if from_zero {
                Some(number)
            } else {
                number.checked_sub(1)
            };
            let after = rest[n_skipped + digits.len()..].trim_start_matches(']');
            let words = format!("{}{list} {after}", &lower[..at]);
            return match item {
                Some(item) if item < MAX_ITEMS => (words, item),
                _ => (lower, 0),
            };
        }
    }
    (lower, 0)
}

/// Returns true if two headings differ in case, blanks and points at most.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let (plain, other_plain) = (squeezed(one), squeezed(other));
    // A heading of signs alone is known by its signs.
    plain == other_plain && (!plain.is_empty() || one.trim() == other.trim())
}

/// Returns the letters and digits of a name, in plain width and small letters.
pub(super) fn squeezed(name: &str) -> String {
    let folded = folded(name);
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(heading: &str) -> String {
        Headings::new()
            .find(heading)
            .map_or_else(String::new, |target| target.route.to_string())
    }

    #[test]
    fn a_heading_is_known_by_its_route_and_by_its_words() {
        for (heading, expected) in [
            ("product.firmware_version", "product.firmware_version"),
            (" Firmware  Version ", "product.firmware_version"),
            ("UEN", "applicant.uen"),
            ("Models", "product.models"),
            ("Support until", "product.support.until"),
            ("Contact e-mail", "applicant.contact.email"),
            ("labels.scheme", "labels[0].scheme"),
            ("label scheme", "labels[0].scheme"),
            ("Label 2 Scheme", "labels[1].scheme"),
            ("labels[1].scheme", "labels[1].scheme"),
            ("Label-2_Firmware version", "labels[1].firmware_version"),
            (
                "Companion app 2 platform",
                "product.companion_apps[1].platform",
            ),
            (
                "product.companion_apps.name",
                "product.companion_apps[0].name",
            ),
            ("Label photo", "evidence.label-photo"),
            ("Evidence SBOM date", "evidence.sbom.date"),
            ("SBOM date", ""),
            ("Expires", "labels[0].expires"),
            ("5.1-1", "provisions.5.1-1.support"),
            ("5.1-1 Detail", "provisions.5.1-1.detail"),
            ("provisions.6.1.evidence", "provisions.6-1.evidence"),
            ("CK LP 01 evidence", "lifecycle.CK-LP-01.evidence"),
            ("Extends", "extends"),
            ("Name", ""),
            ("Number", ""),
            ("Evidence", ""),
            ("Label 99 scheme", ""),
            ("5", ""),
            ("3.0.5", ""),
            ("5.1", ""),
            ("6.1", "provisions.6-1.support"),
            ("2026-01-06 x", ""),
            ("2026-11-01", ""),
            ("01-11-2026", ""),
            ("５．１－２", "provisions.5.1-2.support"),
            ("５．１ー２　ｄｅｔａｉｌ", "provisions.5.1-2.detail"),
            ("Ｂｒａｎｄ", "product.brand"),
        ] {
            assert_eq!(route(heading), expected, "{heading}");
        }
    }

    #[test]
    fn every_field_is_found_by_its_words_and_by_its_route() {
        let headings = Headings::new();
        for leaf in &headings.leaves {
            for item in [0, 1]
                .into_iter()
                .take(1 + usize::from(leaf.numbered.is_some()))
            {
                let words = words_of(leaf, &headings.leaves, item);
                let field = leaf.route(item).to_string();
                assert_eq!(route(&words), field, "{words}");
                assert_eq!(route(&field), field);
            }
        }
    }

    #[test]
    fn an_unclear_heading_is_helped() {
        let headings = Headings::new();
        let likely = |heading| headings.likely(heading).unwrap_or_default();
        assert_eq!(likely("Fimware version"), "`Firmware version`");
        assert!(likely("Name").contains("`Product name`"));
        assert_eq!(likely("Colour"), "");
        assert_eq!(likely("MODEL NUMBER"), "`Models`");
        assert_eq!(likely("Company"), "`Applicant name`");
        assert_eq!(likely("Product"), "`Product name`");
        let meant = |heading| headings.meant(heading).map(|route| route.to_string());
        assert_eq!(meant("Model").as_deref(), Some("product.models"));
        assert_eq!(meant("Model No.").as_deref(), Some("product.models"));
        assert_eq!(
            meant("FW version").as_deref(),
            Some("product.firmware_version")
        );
        assert_eq!(meant("Name"), None);
        assert_eq!(meant("Remarks"), None);
    }
}
