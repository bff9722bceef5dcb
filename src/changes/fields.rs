//! Compares two manifests field by field, as they were written.

use super::{Change, Place, What};
use crate::domain::{FieldPath, Step};
use crate::inspect::hidden;
use crate::manifest::{self, Tree, TreeNode};

/// The fields by which an item of a list is known again: the number of a label, the file of an exhibit, the name of an
/// app, the finding of a waiver.
const KEYS: [&str; 4] = ["number", "file", "name", "code"];

/// Fields that only say where others come from.
const SOURCES: [&str; 2] = ["extends", "variants"];

/// Returns the fields that were added, removed or changed, in the order of the new manifest.
pub(super) fn compare(old: Option<&Tree>, new: Option<&Tree>) -> Vec<Change> {
    let mut found = Found(Vec::new());
    if let Some((old, new)) = old.zip(new) {
        found.value(Some(old.root()), Some(new.root()), &FieldPath::default());
    }
    found.0
}

struct Found(Vec<Change>);

impl Found {
    fn add(&mut self, at: &FieldPath, old: Option<String>, new: Option<String>) {
        let is_answer = matches!(at.section(), "provisions" | "lifecycle");
        let what = if is_answer { What::Answer } else { What::Field };
        let change = Change::between(what, Place::Field(at.clone()), old, new);
        // The pack of an earlier run may contain a secret that was taken out since.
        let masked = |text: Option<String>| text.map(|text| hidden(&text).unwrap_or(text));
        self.0.extend(change.map(|change| Change {
            old: masked(change.old),
            new: masked(change.new),
            ..change
        }));
    }

    fn value(&mut self, old: Option<TreeNode<'_>>, new: Option<TreeNode<'_>>, at: &FieldPath) {
        let (old, new) = (given(old), given(new));
        let is_table =
            |node: &Option<TreeNode<'_>>| node.is_none_or(|node| node.entries().is_some());
        let is_list = |node: &Option<TreeNode<'_>>| node.is_some_and(|node| node.items().is_some());
        if old.is_none() && new.is_none() {
        } else if is_list(&old) || is_list(&new) {
            self.list(&items(old), &items(new), at);
        } else if is_table(&old) && is_table(&new) && !is_reply(at, old, new) {
            self.table(old, new, at);
        } else {
            self.add(
                at,
                old.map(|node| shown(node, at)),
                new.map(|node| shown(node, at)),
            );
        }
    }

    fn table(&mut self, old: Option<TreeNode<'_>>, new: Option<TreeNode<'_>>, at: &FieldPath) {
        let (old, new) = (entries(old), entries(new));
        for (name, value) in &new {
            if !(at.is_root() && SOURCES.contains(name)) {
                self.value(field(&old, name), Some(*value), &at.key((*name).to_owned()));
            }
        }
        for (name, value) in old {
            if field(&new, name).is_none() && !(at.is_root() && SOURCES.contains(&name)) {
                self.value(Some(value), None, &at.key(name.to_owned()));
            }
        }
    }

    /// Compares lists as sets: what is the same is left out, tables are paired by what they are known by, and the rest
    /// in order. Only if nothing else differs, the order counts.
    fn list(&mut self, old: &[TreeNode<'_>], new: &[TreeNode<'_>], at: &FieldPath) {
        let mut pairs = Pairs::new(old.len(), new.len());
        let same = |i: usize, j: usize| shown(old[i], at) == shown(new[j], at);
        pairs.pair(same);
        let in_order = pairs.are_in_order();
        pairs.pair(|i, j| key(old[i]).is_some_and(|known| key(new[j]) == Some(known)));
        let is_table = |node: TreeNode<'_>| node.entries().is_some();
        let is_one = pairs.are_left_one_each();
        pairs.pair(|i, j| is_one || is_table(old[i]) && is_table(new[j]));
        let n_before = self.0.len();
        for (i, j) in pairs.all() {
            match (i.map(|i| old[i]), j.map(|j| new[j])) {
                (Some(before), Some(now)) if is_table(before) && is_table(now) => {
                    let item = at.index(j.unwrap_or_default());
                    self.table(Some(before), Some(now), &item);
                }
                (before, now) => {
                    let is_item = before.or(now).is_some_and(is_table);
                    let number = j.or(i).filter(|_| is_item);
                    let item = number.map_or_else(|| at.clone(), |number| at.index(number));
                    let words = |node: Option<TreeNode<'_>>| node.map(|node| shown(node, at));
                    self.add(&item, words(before), words(now));
                }
            }
        }
        if self.0.len() == n_before && !in_order {
            let all = |nodes: &[TreeNode<'_>]| {
                let all: Vec<_> = nodes.iter().map(|node| shown(*node, at)).collect();
                Some(all.join(", "))
            };
            self.add(at, all(old), all(new));
        }
    }
}

/// Returns a value unless it says nothing.
fn given(node: Option<TreeNode<'_>>) -> Option<TreeNode<'_>> {
    node.filter(|node| !node.is_nothing())
}

/// Returns true for an answer that is only in one of two manifests: it is one change, however much it says.
fn is_reply(at: &FieldPath, old: Option<TreeNode<'_>>, new: Option<TreeNode<'_>>) -> bool {
    let is_answer = matches!(at.steps(), [Step::Name(section), Step::Name(_)]
        if section == "provisions" || section == "lifecycle");
    is_answer && (old.is_none() || new.is_none())
}

fn entries(node: Option<TreeNode<'_>>) -> Vec<(&str, TreeNode<'_>)> {
    node.and_then(TreeNode::entries).unwrap_or_default()
}

/// Returns the items of a list; a single value is a list of one.
fn items(node: Option<TreeNode<'_>>) -> Vec<TreeNode<'_>> {
    let Some(node) = node else {
        return Vec::new();
    };
    node.items().unwrap_or_else(|| vec![node])
}

fn field<'n>(entries: &[(&str, TreeNode<'n>)], name: &str) -> Option<TreeNode<'n>> {
    let mut entries = entries.iter();
    entries
        .find(|(other, _)| *other == name)
        .map(|(_, value)| *value)
}

/// Returns what an item of a list is known by.
fn key(node: TreeNode<'_>) -> Option<String> {
    let entries = node.entries()?;
    let mut keys = KEYS.iter().filter_map(|key| field(&entries, key)?.text());
    keys.next().map(str::to_owned)
}

/// Returns a value in the manifest's own form. An answer is shown by what it says first.
fn shown(node: TreeNode<'_>, at: &FieldPath) -> String {
    if let Some(text) = node.text() {
        let checked = manifest::check_value(at, text);
        return checked.map_or_else(|_| text.trim().to_owned(), |checked| checked.text);
    }
    if matches!(at.section(), "provisions" | "lifecycle")
        && let Some(entries) = node.entries()
        && let Some(support) = field(&entries, "support")
    {
        return support.text().unwrap_or_default().to_owned();
    }
    node.in_one_line()
}

/// Which item of an old list is which of a new one.
struct Pairs {
    found: Vec<(usize, usize)>,
    old: Vec<usize>,
    new: Vec<usize>,
}

impl Pairs {
    fn new(n_old: usize, n_new: usize) -> Self {
        Self {
            found: Vec::new(),
            old: (0..n_old).collect(),
            new: (0..n_new).collect(),
        }
    }

    /// Pairs what is left by a rule, each item with the first that fits.
    fn pair(&mut self, fits: impl Fn(usize, usize) -> bool) {
        let old = std::mem::take(&mut self.old);
        for i in old {
            match self.new.iter().position(|j| fits(i, *j)) {
                Some(at) => self.found.push((i, self.new.remove(at))),
                None => self.old.push(i),
            }
        }
    }

    fn are_in_order(&self) -> bool {
        self.found.is_sorted_by_key(|(_, j)| *j)
    }

    fn are_left_one_each(&self) -> bool {
        self.old.len() == 1 && self.new.len() == 1
    }

    /// Returns all pairs in the order of the new list, then what was removed.
    fn all(mut self) -> Vec<(Option<usize>, Option<usize>)> {
        self.found.sort_unstable_by_key(|(_, j)| *j);
        let mut all: Vec<_> = self
            .found
            .iter()
            .map(|(i, j)| (Some(*i), Some(*j)))
            .collect();
        all.extend(self.new.iter().map(|j| (None, Some(*j))));
        all.extend(self.old.iter().map(|i| (Some(*i), None)));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(old: &str, new: &str) -> Vec<String> {
        let tree = |text: &str| manifest::tree_of(text.as_bytes());
        let (old, new) = (tree(old), tree(new));
        assert!(old.is_some() && new.is_some());
        let changes = compare(old.as_ref(), new.as_ref());
        changes.iter().map(Change::words).collect()
    }

    #[test]
    fn fields_are_compared_by_what_they_say() {
        let none: [&str; 0] = [];
        for (old, new, words) in [
            ("product: { name: A }", "product: { name: A }", &none[..]),
            // The same in another form: layout, comments, notation, a list of one.
            (
                "product: { name: A, models: [M] } # new",
                "product:\n  models: M\n  name: \"A\"\n  brand: null",
                &none,
            ),
            (
                "application: { submission: 2026-12-01 }",
                "application: { submission: 2026/12/01 }",
                &none,
            ),
            (
                "product: { name: A }",
                "product: { name: B, brand: C }",
                &[
                    "`product.name` changed from `A` to `B`",
                    "`product.brand` added: `C`",
                ],
            ),
            (
                "laboratory: { name: L }",
                "signatory: {}",
                &["`laboratory.name` removed: `L`"],
            ),
        ] {
            assert_eq!(of(old, new), words, "{old} {new}");
        }
    }

    #[test]
    fn items_of_lists_are_known_again() {
        for (old, new, words) in [
            (
                "product: { models: [A, B] }",
                "product: { models: [A, B, C] }",
                "`product.models` added: `C`",
            ),
            (
                "product: { models: [A, B] }",
                "product: { models: [B, A] }",
                "`product.models` changed from `A, B` to `B, A`",
            ),
            (
                "product: { models: [A, B] }",
                "product: { models: [A, C] }",
                "`product.models` changed from `B` to `C`",
            ),
            // The second label is the first now, and is the same label.
            (
                "labels: [{ number: N-1 }, { number: N-2, expires: 2028-01-01 }]",
                "labels: [{ number: N-2, expires: 2029-01-01 }]",
                "`labels[0].expires` changed from `2028-01-01` to `2029-01-01`; `labels[0]` removed: `{ number: N-1 }`",
            ),
            (
                "labels: [{ number: N-1 }]",
                "labels: [{ number: N-2 }]",
                "`labels[0].number` changed from `N-1` to `N-2`",
            ),
        ] {
            assert_eq!(of(old, new).join("; "), words, "{old} {new}");
        }
    }

    #[test]
    fn an_answer_is_one_change() {
        let reply = |id: &str, words: &str| format!("  {id}: {{ {words} }}\n");
        let first = reply("5.1-1", "support: yes, detail: Each unit has its own.");
        let old = format!("provisions:\n{first}");
        let changed = first.replace("yes", "no").replace("Each", "No");
        let new = format!("provisions:\n{changed}{}", reply("5.1-2", "support: n/a"));
        assert_eq!(
            of(&old, &new),
            [
                "answer 5.1-1 changed from `yes` to `no`",
                "answer 5.1-1, detail changed from `Each unit has its own.` to `No unit has its own.`",
                "answer 5.1-2 added: `n/a`"
            ]
        );
        let removed = format!("provisions:\n{}", reply("5.1-2", "support: n/a"));
        assert_eq!(of(&new, &removed), ["answer 5.1-1 removed: `no`"]);
    }

    #[test]
    fn long_texts_are_quoted_where_they_differ() {
        let text =
            "The user sets the password at first use and the device keeps it in its own store";
        let answer = |end: &str| format!("lifecycle: {{ CK-LP-01: {{ detail: {text} {end} }} }}");
        assert_eq!(
            of(&answer("for good"), &answer("until it is reset")),
            [
                "answer CK-LP-01, detail changed from `…its own store for good` to `…its own store until it is reset`"
            ]
        );
    }

    /// It was in the pack of an earlier run, and was taken out for a reason.
    #[test]
    fn a_secret_is_not_repeated() {
        let token = ["ghp_", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"].concat();
        let answer = |detail: &str| format!("lifecycle: {{ CK-LP-01: {{ detail: {detail} }} }}");
        let words = of(&answer(&format!("with {token}")), &answer("none")).join("");
        assert!(
            words.contains("***") && !words.contains("A1b2C3"),
            "{words}"
        );
    }
}
