//! The identifiers of a bill, and whether what it refers to is there.

use std::collections::BTreeSet;

use crate::{Bill, short};

/// The identifiers of a bill, and the references to them.
#[derive(Debug, Default)]
pub(crate) struct References {
    known: BTreeSet<String>,
    named: BTreeSet<String>,
    repeated: BTreeSet<String>,
}

impl References {
    pub(crate) fn define(&mut self, id: &str) {
        if !self.known.insert(short(id)) && self.repeated.len() < 5 {
            self.repeated.insert(short(id));
        }
    }

    pub(crate) fn name(&mut self, id: &str) {
        self.named.insert(short(id));
    }

    pub(crate) fn settle(self, bill: &mut Bill) {
        let unresolved = self.named.difference(&self.known).take(5).cloned();
        bill.unresolved = unresolved.collect();
        bill.repeated = self.repeated;
    }
}
