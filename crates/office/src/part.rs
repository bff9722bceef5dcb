//! One part of a template: the faults of its tags, and the filled part.

use serde_json::Value;
use tera::{Context, Tera};

use crate::edits::{Compiled, Edit, apply, compile};
use crate::engine::{self, Checker, EngineFault};
use crate::mend::{mend, tables_side_by_side};
use crate::scan::{Scan, Texts, scan};
use crate::tags::{Block, Kind};
use crate::tree::{Node, Space, Tree};
use crate::{Advice, Fault};
use crate::{FaultKind, Language};
use crate::{blocks, places, repeats};

#[derive(Debug)]
pub(super) struct Part {
    name: String,
    texts: Texts,
    scan: Scan,
    compiled: Compiled,
    /// Its template; nothing if the engine refuses it.
    engine: Option<Tera>,
    /// Its faults that do not depend on the view.
    faults: Vec<Fault>,
    unreadable: Vec<usize>,
    has_tables_side_by_side: bool,
    /// Whether content controls show stored values, which must not override the filled part.
    is_bound: bool,
}

impl Part {
    /// Reads a part, if there are tags in it.
    pub(super) fn new(
        name: &str,
        tree: &Tree<'_>,
        texts: Texts,
        language: &dyn Language,
    ) -> Option<Self> {
        let mut scan = scan(name, tree, texts);
        let bindings = bindings(tree);
        if scan.tags.is_empty() && scan.faults.is_empty() && bindings.is_empty() {
            return None;
        }
        let mut faults = std::mem::take(&mut scan.faults);
        let (pairs, unpaired) = blocks::pair(name, &scan);
        faults.extend(unpaired);
        let (places, misplaced) = places::place(name, tree, &scan, &pairs);
        faults.extend(misplaced);
        let (mut edits, once) = repeats::repeats(name, tree, &scan, &pairs, &places);
        faults.extend(once);
        let is_bound = !bindings.is_empty();
        edits.extend(bindings);
        let (unreadable, misspelt) = syntax(name, &scan, language);
        faults.extend(misspelt);
        let compiled = compile(tree, &scan, &places, texts, edits, language);
        let mut part = Self {
            name: name.to_owned(),
            texts,
            scan,
            compiled,
            engine: None,
            faults,
            unreadable,
            is_bound,
            has_tables_side_by_side: !tables_side_by_side(tree).is_empty(),
        };
        if part.faults.is_empty() {
            match engine::load(&part.compiled.template, language) {
                Ok(engine) => part.engine = Some(engine),
                Err(fault) => part.faults.push(part.located(fault)),
            }
        }
        Some(part)
    }

    /// An error of the engine as a fault, at its tag.
    fn located(&self, EngineFault { at, message }: EngineFault) -> Fault {
        let order = &self.compiled.order;
        let after = order.partition_point(|(begins, _)| *begins <= at);
        let tag = after.checked_sub(1).map_or(0, |i| order[i].1);
        self.scan.fault(&self.name, tag, message)
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether the filled part differs from the template's.
    pub(super) fn is_changed(&self) -> bool {
        self.is_bound || !self.scan.tags.is_empty()
    }

    pub(super) fn check(&self, view: &Value, language: &dyn Language) -> Vec<Fault> {
        let mut faults = self.faults.clone();
        let (lines, begin) = self.lines();
        let at_tag = |kind: FaultKind, (at, advice): (usize, Advice)| {
            let line = begin
                .partition_point(|begins| *begins <= at)
                .checked_sub(1)?;
            let (_, tag) = self.compiled.order.get(line)?;
            let fault = self.scan.fault(&self.name, *tag, advice);
            let is_readable = self.unreadable.binary_search(tag).is_err();
            is_readable.then_some(Fault { kind, ..fault })
        };
        let unknown = language.unknown_names(&lines, view).into_iter();
        faults.extend(unknown.filter_map(|found| at_tag(FaultKind::Unusable, found)));
        let wrong = language.wrong_kinds(&lines, view).into_iter();
        faults.extend(wrong.filter_map(|found| at_tag(FaultKind::WrongKind, found)));
        faults.sort_by_key(|fault| fault.paragraph);
        faults
    }

    /// The tags in the order of the template, one a line, and the start of each line.
    fn lines(&self) -> (String, Vec<usize>) {
        let mut lines = String::new();
        let mut begin = Vec::new();
        for (_, tag) in &self.compiled.order {
            let tag = &self.scan.tags[*tag];
            begin.push(lines.len());
            let line = match tag.kind {
                Kind::Print => format!("{{{{ {} }}}}\n", tag.inside),
                Kind::Comment => "\n".to_owned(),
                Kind::Open(_) | Kind::Middle | Kind::Close(_) => {
                    format!("{{% {} %}}\n", tag.inside)
                }
            };
            lines.push_str(&line);
        }
        (lines, begin)
    }

    /// Returns whether a field of this path is printed here.
    pub(super) fn names(&self, path: &str, language: &dyn Language) -> bool {
        let mut tags = self.scan.tags.iter();
        tags.any(|tag| tag.kind == Kind::Print && language.names_in(&tag.inside).contains(&path))
    }

    /// Fills the part.
    pub(super) fn fill(&self, values: &Context) -> Result<String, Vec<Fault>> {
        let engine = self.engine.as_ref().ok_or_else(|| self.faults.clone())?;
        let filled = engine::fill(engine, values);
        let filled = filled.map_err(|fault| vec![self.located(fault)])?;
        let mut filled = engine::finish(&filled, &self.compiled.breaks);
        // The braces of values are still marked, so any brace here belongs to a tag that is left over.
        let plain = engine::without_marks(&filled);
        let tree = Tree::read(&plain).map_err(|message| {
            vec![Fault::of_part(
                &self.name,
                format!("once filled, {message}"),
            )]
        })?;
        let left = scan(&self.name, &tree, self.texts);
        if let Some((paragraph, text)) = left.texts.first() {
            return Err(vec![Fault {
                kind: FaultKind::Unusable,
                part: self.name.clone(),
                paragraph: Some(paragraph + 1),
                text: text.clone(),
                advice: "a tag is left once the template is filled".into(),
            }]);
        }
        filled = apply(&filled, mend(&tree, self.has_tables_side_by_side)).0;
        Ok(engine::with_braces(&filled))
    }
}

/// Cuts the link between content controls and stored values. Word shows the stored value instead of the text, other
/// programs show the text; without the link all show the filled text. A filled hint is no longer a hint.
fn bindings(tree: &Tree<'_>) -> Vec<Edit> {
    let is_tie =
        |node: &&Node<'_>| node.name == "dataBinding" || node.is(Space::Word, "showingPlcHdr");
    let ties = tree.nodes.iter().filter(is_tie);
    ties.map(|node| Edit::cut(node.range())).collect()
}

/// Checks each tag alone. Returns the faults, and the tags that cannot be read.
fn syntax(name: &str, scan: &Scan, language: &dyn Language) -> (Vec<usize>, Vec<Fault>) {
    let mut checker = Checker::new(language);
    let mut unreadable = Vec::new();
    let mut faults = Vec::new();
    for (i, tag) in scan.tags.iter().enumerate() {
        let write = |inside: &str| engine::block(inside, (false, false));
        let template = match tag.kind {
            Kind::Print => engine::print_as_is(&tag.inside),
            Kind::Open(Block::If) => write(&tag.inside) + &write("endif"),
            Kind::Open(Block::For) => write(&tag.inside) + &write("endfor"),
            Kind::Middle => write("if true") + &write(&tag.inside) + &write("endif"),
            Kind::Close(Block::If) => write("if true") + &write(&tag.inside),
            Kind::Close(Block::For) => write("for x in []") + &write(&tag.inside),
            Kind::Comment => continue,
        };
        if let Some(message) = checker.check(template) {
            let message = format!("`{}` cannot be read: {message}", tag.inside);
            faults.push(scan.fault(name, i, message));
            unreadable.push(i);
        }
    }
    (unreadable, faults)
}
