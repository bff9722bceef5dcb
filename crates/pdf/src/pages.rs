//! The tree of pages.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Unread;
use super::file::File;
use super::fuel::SETUP;
use super::object::{Dict, Object};

/// How many pages a file may have.
const MAX_PAGES: usize = 100_000;
const MAX_DEPTH: usize = 64;
/// Values that a page inherits from the nodes above it.
const INHERITED: [&str; 4] = ["Resources", "MediaBox", "CropBox", "Rotate"];

#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) page: Object,
    /// Resources, boxes and rotation, its own or inherited.
    inherited: BTreeMap<&'static str, Object>,
}

impl Leaf {
    /// Returns a value of the page, its own or inherited.
    pub(super) fn inherited(&self, file: &File<'_>, key: &str) -> Object {
        self.inherited
            .get(key)
            .map(|value| file.get(value))
            .unwrap_or_default()
    }
}

struct Walk<'f, 'a> {
    file: &'f File<'a>,
    leaves: Vec<Leaf>,
    above: Vec<u32>,
    /// How many pages to find.
    most: usize,
}

fn root(file: &File<'_>) -> Option<Object> {
    let catalog = file.lookup(&file.trailer, "Root");
    let pages = catalog.dict()?.raw("Pages").clone();
    (!pages.is_null()).then_some(pages)
}

/// Returns true if there is a page.
pub(super) fn has_some(file: &File<'_>) -> bool {
    !walk(file, 1).is_empty()
}

/// Returns the pages in order, and notes missing ones.
pub(super) fn leaves(file: &File<'_>) -> Vec<Leaf> {
    let leaves = walk(file, MAX_PAGES + 1);
    if leaves.len() > MAX_PAGES {
        file.fuel.drain();
    }
    let root = root(file).map(|root| file.get(&root));
    let stated = root
        .as_ref()
        .and_then(Object::dict)
        .map(|root| file.lookup(root, "Count"));
    if stated
        .and_then(|stated| stated.size())
        .is_some_and(|stated| stated != leaves.len())
    {
        file.note(Unread::Damaged);
    }
    leaves
}

fn walk(file: &File<'_>, most: usize) -> Vec<Leaf> {
    let mut walk = Walk {
        file,
        leaves: Vec::new(),
        above: Vec::new(),
        most,
    };
    if let Some(root) = root(file) {
        walk.node(&root, &BTreeMap::new());
    }
    walk.leaves
}

impl Walk<'_, '_> {
    fn node(&mut self, written: &Object, above: &BTreeMap<&'static str, Object>) {
        if self.leaves.len() >= self.most || !self.file.fuel.spend(SETUP / 4) {
            return;
        }
        if self.above.len() > MAX_DEPTH {
            self.file.fuel.drain();
            return;
        }
        let object = self.file.get(written);
        let Object::Dict(dict) = &object else {
            self.file.note(Unread::Damaged);
            return;
        };
        let inherited = inherit(dict, above);
        let kids = self.file.lookup(dict, "Kids");
        let is_node = !kids.is_null() && !self.file.lookup(dict, "Type").is_name("Page");
        if is_node {
            self.kids(written, kids.items(), &inherited);
        } else if self.file.lookup(dict, "Type").is_name("Pages") {
            // A node without kids has no page.
        } else {
            self.leaves.push(Leaf {
                page: match written {
                    Object::Ref(_) => written.clone(),
                    _ => Object::Dict(Rc::clone(dict)),
                },
                inherited,
            });
        }
    }

    fn kids(
        &mut self,
        written: &Object,
        kids: &[Object],
        inherited: &BTreeMap<&'static str, Object>,
    ) {
        let number = match written {
            Object::Ref(number) => *number,
            _ => 0,
        };
        if number != 0 && self.above.contains(&number) {
            // A circle has no pages.
            self.file.note(Unread::Damaged);
            return;
        }
        self.above.push(number);
        for kid in kids {
            self.node(kid, inherited);
            if self.leaves.len() >= self.most || self.file.fuel.is_out() {
                break;
            }
        }
        self.above.pop();
    }
}

fn inherit(dict: &Dict, above: &BTreeMap<&'static str, Object>) -> BTreeMap<&'static str, Object> {
    let mut inherited = above.clone();
    for key in INHERITED {
        let own = dict.raw(key);
        if !own.is_null() {
            inherited.insert(key, own.clone());
        }
    }
    inherited
}
