//! Layers of a file (optional content): which of them are switched off.

use std::collections::BTreeSet;

use super::file::File;
use super::fuel::ENTRY;
use super::object::Object;

/// Returns the numbers of the layers that are not shown when the file is opened.
pub(super) fn off(file: &File<'_>) -> BTreeSet<u32> {
    let catalog = file.lookup(&file.trailer, "Root");
    let layers = catalog
        .dict()
        .map(|catalog| file.lookup(catalog, "OCProperties"));
    let Some(layers) = layers.as_ref().and_then(Object::dict) else {
        return BTreeSet::new();
    };
    let usual = file.lookup(layers, "D");
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
    let mut off = numbers(file.lookup(usual, "OFF"));
    if file.lookup(usual, "BaseState").is_name("OFF") {
        off.extend(numbers(file.lookup(layers, "OCGs")));
        for on in numbers(file.lookup(usual, "ON")) {
            off.remove(&on);
        }
    }
    // Some programs follow the usage entry of a layer only if it is listed for that event, others always.
    let all = numbers(file.lookup(layers, "OCGs"));
    off.extend(all.iter().filter(|number| is_off_on_screen(file, **number)));
    off
}

/// Returns true if a layer is hidden on screens.
fn is_off_on_screen(file: &File<'_>, number: u32) -> bool {
    let layer = file.get(&Object::Ref(number));
    let below = |object: &Object, key: &str| object.dict().map(|dict| file.lookup(dict, key));
    let view = below(&layer, "Usage").and_then(|usage| below(&usage, "View"));
    let state = view.and_then(|view| below(&view, "ViewState"));
    file.fuel.spend(ENTRY) && state.is_some_and(|state| state.is_name("OFF"))
}
