//! Where a field is in the text, and where a missing one belongs.

use crate::domain::Step;
use crate::manifest::edit::scalar;
use crate::manifest::tree::{Node, Scalar};

/// Returns the node at a path.
pub(super) fn find<'n>(node: &'n Node, steps: &[Step]) -> Option<&'n Node> {
    let Some((step, rest)) = steps.split_first() else {
        return Some(node);
    };
    find(child(node, step)?.1, rest)
}

/// Returns a part of a table or list, with its key.
fn child<'n>(node: &'n Node, step: &Step) -> Option<(Option<&'n Scalar>, &'n Node)> {
    match (node, step) {
        (Node::Map(entries, _), Step::Name(name)) => {
            let mut entries = entries.iter();
            let (key, value) = entries.find(|(key, _)| key.text == *name)?;
            Some((Some(key), value))
        }
        (Node::List(items, _), Step::Index(i)) => Some((None, items.get(*i)?)),
        _ => None,
    }
}

/// A text with its tree.
pub(super) struct Layout<'t> {
    pub(super) source: &'t str,
    pub(super) root: &'t Node,
}

impl Layout<'_> {
    /// Returns the text with a value in a field.
    pub(super) fn with(&self, steps: &[Step], value: &str) -> Option<String> {
        let mut node = self.root;
        let mut key = None;
        for (i, step) in steps.iter().enumerate() {
            match child(node, step) {
                Some((name, inner)) => (node, key) = (inner, name),
                None => return self.insert(node, key, &steps[i..], value),
            }
        }
        self.replace(node, key, value)
    }

    fn replace(&self, node: &Node, key: Option<&Scalar>, value: &str) -> Option<String> {
        let Node::Scalar(old) = node else { return None };
        if self.is_unwritten(old) {
            let at = self.after_colon(key?)?;
            let indent = self.column(key?.span.start) + 2;
            let value = scalar::block(value, None, indent, self.line_end());
            return Some(self.splice(at, at, &format!(" {value}")));
        }
        let start = self.start_of_value(key, old);
        let before = self.source[start..old.span.end].trim_end_matches(['\n', '\r', ' ']);
        let is_block = before.starts_with(['|', '>']);
        let end = start + before.len();
        let new = match key.filter(|_| !self.is_in_flow(old.span.start)) {
            Some(key) => {
                let indent = self.column(key.span.start) + 2;
                let style = Some(before).filter(|_| !is_block);
                scalar::block(value, style, indent, self.line_end())
            }
            None => scalar::inline(value, Some(before).filter(|_| !is_block)),
        };
        // A comment behind the sign of a block, or behind a text that becomes one, stays on its line.
        let line_end = self.end_of_line(end);
        let behind = self.source[end..line_end].trim();
        let (end, remark) = if is_block {
            let header = before.lines().next().unwrap_or_default();
            (end, header.find('#').map(|at| header[at..].trim_end()))
        } else if new.contains('\n') && behind.starts_with('#') {
            (line_end, Some(behind))
        } else {
            (end, None)
        };
        let new = remark.map_or_else(|| new.clone(), |remark| with_remark(&new, remark));
        Some(self.splice(start, end, &new))
    }

    /// Whether there is nothing, not even a word for it.
    fn is_unwritten(&self, value: &Scalar) -> bool {
        let written = &self.source[value.span.start..value.span.end];
        value.is_null() && written.trim().is_empty()
    }

    /// Adds what is missing of a path to the innermost part that is there; `key` is that part's own.
    fn insert(
        &self,
        node: &Node,
        key: Option<&Scalar>,
        steps: &[Step],
        value: &str,
    ) -> Option<String> {
        if let Node::Map(_, span) | Node::List(_, span) = node
            && span.end > span.start
        {
            return Some(self.insert_in_flow(span.end - 1, steps, value));
        }
        match (node, &steps[0]) {
            (Node::Map(entries, _), Step::Name(_)) => {
                let indent = self.column(entries.first()?.0.span.start);
                let (last_key, last) = entries.last()?;
                Some(self.insert_lines(self.end_of(Some(last_key), last), indent, steps, value))
            }
            (Node::List(items, _), Step::Index(_)) => {
                let indent = self.column(self.dash_of(items.first()?)?);
                let last = items.last()?;
                let steps = &[&[Step::Index(0)], &steps[1..]].concat();
                Some(self.insert_lines(self.end_of(None, last), indent, steps, value))
            }
            (Node::Scalar(nothing), _) if nothing.is_null() => {
                let key = key?;
                let indent = self.column(key.span.start) + 2;
                let text = self.insert_lines(self.after_colon(key)?, indent, steps, value);
                // A word for nothing goes, since something is there now; the lines came behind it.
                let word = nothing.span;
                Some([text.get(..word.start)?, text.get(word.end..)?].concat())
            }
            _ => None,
        }
    }

    fn insert_lines(&self, after: usize, indent: usize, steps: &[Step], value: &str) -> String {
        let at = self.end_of_line(after);
        let lines = self.lines(steps, indent, value);
        let blanks = " ".repeat(indent);
        self.splice(at, at, &format!("{}{blanks}{lines}", self.line_end()))
    }

    /// Writes a path that is not there, in lines of its own; the first is not indented.
    fn lines(&self, steps: &[Step], indent: usize, value: &str) -> String {
        let end = self.line_end();
        let inner = indent + 2;
        let Some((step, rest)) = steps.split_first() else {
            return scalar::block(value, None, indent, end);
        };
        let below = self.lines(rest, inner, value);
        match step {
            Step::Index(_) => format!("- {below}"),
            Step::Name(name) if rest.is_empty() => format!("{}: {below}", scalar::key(name)),
            Step::Name(name) => format!("{}:{end}{}{below}", scalar::key(name), " ".repeat(inner)),
        }
    }

    fn insert_in_flow(&self, close: usize, steps: &[Step], value: &str) -> String {
        let before = self.source[..close].trim_end();
        let is_table = self.source[close..].starts_with('}');
        let new = flow(steps, value, is_table);
        let (lead, trail) = match before.chars().next_back() {
            Some('{') => (" ", " "),
            Some('[') => ("", ""),
            Some(',') => (" ", ""),
            _ => (", ", ""),
        };
        self.splice(before.len(), before.len(), &format!("{lead}{new}{trail}"))
    }

    /// Returns the text without a field or an item.
    pub(super) fn without(&self, steps: &[Step]) -> Option<String> {
        let (last, parents) = steps.split_last()?;
        let parent = find(self.root, parents)?;
        let spans: Vec<(usize, usize)> = match parent {
            Node::Map(entries, _) => entries
                .iter()
                .map(|(key, value)| (key.span.start, self.end_of(Some(key), value)))
                .collect(),
            Node::List(items, _) => items
                .iter()
                .map(|item| Some((self.start_of(item)?, self.end_of(None, item))))
                .collect::<Option<_>>()?,
            Node::Scalar(_) => return None,
        };
        let i = match (parent, last) {
            (Node::Map(entries, _), Step::Name(name)) => {
                entries.iter().position(|(key, _)| key.text == *name)?
            }
            (_, Step::Index(i)) => *i,
            _ => return None,
        };
        if parent.span().end > parent.span().start {
            return Some(self.cut_in_flow(parent, &spans, i));
        }
        self.cut_lines(parent, &spans, i)
    }

    fn cut_in_flow(&self, parent: &Node, spans: &[(usize, usize)], i: usize) -> String {
        let (start, end) = match (i, spans) {
            (0, [_]) => (parent.span().start + 1, parent.span().end - 1),
            (0, [(start, _), (next, _), ..]) => (*start, *next),
            _ => (spans[i - 1].1, spans[i].1),
        };
        self.splice(start, end, "")
    }

    fn cut_lines(&self, parent: &Node, spans: &[(usize, usize)], i: usize) -> Option<String> {
        let (start, end) = *spans.get(i)?;
        let start = match parent {
            Node::List(items, _) => self.dash_of(items.get(i)?)?,
            _ => start,
        };
        let line = self.line_start(start);
        if self.source[line..start].trim().is_empty() {
            let end = self.end_of_line(end);
            let next = self.source[end..].find('\n').map_or(end, |n| end + n + 1);
            return Some(self.splice(line, next, ""));
        }
        // It follows the dash of its item, which remains.
        match spans.get(i + 1) {
            Some((next, _)) => Some(self.splice(start, *next, "")),
            None => Some(self.splice(start, end, "{}")),
        }
    }

    fn splice(&self, start: usize, end: usize, new: &str) -> String {
        [&self.source[..start], new, &self.source[end..]].concat()
    }

    fn line_end(&self) -> &'static str {
        if self.source.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }

    fn line_start(&self, at: usize) -> usize {
        self.source[..at].rfind('\n').map_or(0, |i| i + 1)
    }

    fn column(&self, at: usize) -> usize {
        self.source[self.line_start(at)..at].chars().count()
    }

    /// Returns where the line of a place ends, its line end not included.
    fn end_of_line(&self, at: usize) -> usize {
        let rest = &self.source[at..];
        let line = rest.split('\n').next().unwrap_or_default();
        at + line.trim_end_matches('\r').len()
    }

    /// Returns where a value begins; that of a text in lines of its own begins with its sign, not with its first line.
    fn start_of_value(&self, key: Option<&Scalar>, value: &Scalar) -> usize {
        let behind = key.and_then(|key| self.after_colon(key)).map(|at| {
            let rest = &self.source[at..];
            at + rest.len() - rest.trim_start_matches(' ').len()
        });
        let is_block =
            |at: &usize| *at < value.span.start && self.source[*at..].starts_with(['|', '>']);
        behind.filter(is_block).unwrap_or(value.span.start)
    }

    fn after_colon(&self, key: &Scalar) -> Option<usize> {
        let rest = &self.source[key.span.end..];
        let is_next = rest.trim_start_matches(' ').starts_with(':');
        is_next.then(|| key.span.end + rest.find(':').unwrap_or(0) + 1)
    }

    fn start_of(&self, node: &Node) -> Option<usize> {
        match node {
            Node::Map(entries, span) if span.end == span.start => {
                Some(entries.first()?.0.span.start)
            }
            Node::List(items, span) if span.end == span.start => self.dash_of(items.first()?),
            _ => Some(node.span().start),
        }
    }

    /// Returns where a node ends, blanks and line ends behind it not included.
    fn end_of(&self, key: Option<&Scalar>, node: &Node) -> usize {
        let end = match node {
            _ if node.span().end > node.span().start => node.span().end,
            Node::Map(entries, _) => {
                let last = entries.last();
                last.map_or(0, |(key, value)| self.end_of(Some(key), value))
            }
            Node::List(items, _) => items.last().map_or(0, |item| self.end_of(None, item)),
            Node::Scalar(_) => 0,
        };
        let own = key.map_or(0, |key| self.after_colon(key).unwrap_or(key.span.end));
        let end = end.max(own);
        self.source[..end].trim_end().len().max(own)
    }

    /// Returns where the dash of an item of a block list is.
    fn dash_of(&self, item: &Node) -> Option<usize> {
        let start = self.start_of(item)?;
        let line = self.line_start(start);
        let dash = line + self.source[line..start].rfind('-')?;
        let is_alone = self.source[dash + 1..start].trim().is_empty();
        is_alone.then_some(dash)
    }

    /// Whether a place is between brackets; a bracket within a text may make it seem so, which only costs quotes.
    fn is_in_flow(&self, at: usize) -> bool {
        fn inside(node: &Node, at: usize) -> bool {
            let span = node.span();
            let is_here = span.end > span.start && (span.start..span.end).contains(&at);
            match node {
                Node::Map(..) | Node::List(..) if is_here => true,
                Node::Map(entries, _) => entries.iter().any(|(_, value)| inside(value, at)),
                Node::List(items, _) => items.iter().any(|item| inside(item, at)),
                Node::Scalar(_) => false,
            }
        }
        inside(self.root, at)
    }
}

/// Puts a comment at the end of the first line.
fn with_remark(text: &str, remark: &str) -> String {
    let first = text.find(['\r', '\n']).unwrap_or(text.len());
    format!("{} {remark}{}", &text[..first], &text[first..])
}

/// Writes a path that is not there between brackets.
fn flow(steps: &[Step], value: &str, is_table: bool) -> String {
    let Some((step, rest)) = steps.split_first() else {
        return scalar::inline(value, None);
    };
    let below = flow(rest, value, false);
    match step {
        Step::Index(_) if is_table => format!("[{below}]"),
        Step::Index(_) => match rest.first() {
            Some(Step::Index(_)) => format!("[{below}]"),
            _ => below,
        },
        Step::Name(name) => {
            let below = match rest.first() {
                Some(Step::Index(_)) => format!("[{below}]"),
                _ => below,
            };
            let entry = format!("{}: {below}", scalar::key(name));
            if is_table {
                entry
            } else {
                format!("{{ {entry} }}")
            }
        }
    }
}
