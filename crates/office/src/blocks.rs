//! Pairs tags to blocks: every `for` and `if` with the tags that divide and end it.

use crate::scan::{Scan, Tag};
use crate::tags::{Block, Kind};
use crate::{Advice, Fault};

const DEEPEST: usize = 40;

/// A block: its tags in order. The first begins it and the last ends it.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) block: Block,
    pub(super) tags: Vec<usize>,
}

/// Pairs the tags of a part. Blocks are in the order of their ends, inner ones first.
pub(super) fn pair(part: &str, scan: &Scan) -> (Vec<Pair>, Vec<Fault>) {
    let mut pairing = Pairing {
        part,
        scan,
        open: Vec::new(),
        pairs: Vec::new(),
        faults: Vec::new(),
    };
    for (i, tag) in scan.tags.iter().enumerate() {
        match tag.kind {
            Kind::Open(_) if pairing.open.len() >= DEEPEST => {
                let message = format!("more than {DEEPEST} blocks are nested in one another");
                return (Vec::new(), vec![scan.fault(part, i, message)]);
            }
            Kind::Open(block) => pairing.open.push(Pair {
                block,
                tags: vec![i],
            }),
            Kind::Middle => pairing.middle(i, tag),
            Kind::Close(block) => pairing.close(i, block),
            Kind::Print | Kind::Comment => {}
        }
    }
    while let Some(pair) = pairing.open.pop() {
        pairing.never_ends(&pair);
    }
    (pairing.pairs, pairing.faults)
}

struct Pairing<'s> {
    part: &'s str,
    scan: &'s Scan,
    open: Vec<Pair>,
    pairs: Vec<Pair>,
    faults: Vec<Fault>,
}

impl Pairing<'_> {
    fn middle(&mut self, i: usize, tag: &Tag) {
        let is_else = tag.inside == "else";
        match self.open.last_mut() {
            None => {
                let message = format!("`{}` is in no `if`", tag.inside);
                self.fault(i, message);
            }
            Some(pair) if pair.block == Block::For && !is_else => {
                self.fault(
                    i,
                    Advice::new(
                        "`elif` is in a `for`",
                        "put it into an `if`: only that has one",
                    ),
                );
            }
            Some(pair) => {
                let before = pair.tags.last().copied().unwrap_or_default();
                pair.tags.push(i);
                if self.scan.tags[before].inside == "else" {
                    let message = format!("`{}` comes after `else`", tag.inside);
                    self.fault(i, message);
                }
            }
        }
    }

    fn close(&mut self, i: usize, block: Block) {
        let Some(at) = self.open.iter().rposition(|pair| pair.block == block) else {
            let word = block.word();
            self.fault(i, format!("`end{word}` ends no `{word}`"));
            return;
        };
        while self.open.len() > at + 1 {
            if let Some(pair) = self.open.pop() {
                self.never_ends(&pair);
            }
        }
        if let Some(mut pair) = self.open.pop() {
            pair.tags.push(i);
            self.pairs.push(pair);
        }
    }

    fn never_ends(&mut self, pair: &Pair) {
        let word = pair.block.word();
        if let Some(first) = pair.tags.first() {
            let inside = &self.scan.tags[*first].inside;
            let advice = Advice::new(
                format!("`{inside}` does not end before the block around it ends"),
                format!("add `{{% end{word} %}}`"),
            );
            self.fault(*first, advice);
        }
    }

    fn fault(&mut self, tag: usize, advice: impl Into<Advice>) {
        self.faults.push(self.scan.fault(self.part, tag, advice));
    }
}
