//! Name trees: catalogs keep scripts, attachments and destinations in them.

use std::collections::BTreeSet;

use super::file::File;
use super::fuel::SETUP;
use super::object::Object;

/// Calls `each` with every name of a tree and its value. The walk ends for a tree that contains itself, or is too
/// large.
pub(super) fn each_name(file: &File<'_>, tree: &Object, mut each: impl FnMut(&Object, &Object)) {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![tree.clone()];
    while let Some(written) = waiting.pop() {
        let is_old = matches!(written, Object::Ref(number) if !seen.insert(number));
        if is_old || !file.fuel.spend(SETUP) {
            continue;
        }
        let node = file.get(&written);
        let Some(node) = node.dict() else { continue };
        for pair in file.lookup(node, "Names").items().chunks(2) {
            each(&pair[0], pair.get(1).unwrap_or(&Object::Null));
        }
        let kids = file.lookup(node, "Kids");
        waiting.extend(kids.items().iter().rev().cloned());
    }
}
