//! Layers of a file (optional content): which of them are switched off.

use std::collections::BTreeSet;

use super::file::File;
use super::object::Object;

/// Returns the numbers of the layers that are not shown when the file is opened.
pub(super) fn off(file: &File<'_>) -> BTreeSet<u32> {
    let catalog = file.look(&file.trailer, "Root");
    let layers = catalog
        .dict()
        .map(|catalog| file.look(catalog, "OCProperties"));
    let Some(layers) = layers.as_ref().and_then(Object::dict) else {
        return BTreeSet::new();
    };
    let usual = file.look(layers, "D");
    let Some(usual) = usual.dict() else {
        return BTreeSet::new();
    };
    let numbers = |object: Object| -> BTreeSet<u32> {
        let numbers = object.items().iter().filter_map(|item| match item {
            Object::Ref(number) => Some(*number),
            _ => None,
        });
        numbers.collect()
    };
    let mut off = numbers(file.look(usual, "OFF"));
    if file.look(usual, "BaseState").is_name("OFF") {
        off.extend(numbers(file.look(layers, "OCGs")));
        for on in numbers(file.look(usual, "ON")) {
            off.remove(&on);
        }
    }
    off
}
