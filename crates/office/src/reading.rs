//! Reads a part with the XML parser, strictly: broken XML, deep nesting and a DOCTYPE are refused.

use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use crate::tree::{Item, Node, Script, Space, Tree, is_xml, local};

/// No document of an office program nests deeper.
const DEEPEST: usize = 200;

/// No part of a document has more elements.
const MOST: usize = 2_000_000;

const SPACES: &[(&str, Space)] = &[
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        Space::Word,
    ),
    (
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
        Space::Word,
    ),
    (
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        Space::Drawing,
    ),
    ("http://purl.oclc.org/ooxml/drawingml/main", Space::Drawing),
];

pub(super) fn read(text: &str) -> Result<Tree<'_>, String> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shift = text.len() - body.len();
    if let Some(at) = body.find(|c: char| !is_xml(c)) {
        return Err(format!(
            "it has a character that XML does not allow, at byte {}",
            at + shift
        ));
    }
    let mut reading = Reading {
        tree: Tree {
            text,
            nodes: Vec::new(),
            items: Vec::new(),
        },
        open: Vec::new(),
    };
    let mut reader = NsReader::from_str(body);
    reader.config_mut().check_comments = true;
    let mut at = shift;
    loop {
        let (space, event) = match reader.read_resolved_event() {
            Ok((resolved, event)) => (space(&resolved), event),
            Err(error) => return Err(broken(&error, at)),
        };
        let end = reader_position(&reader) + shift;
        if matches!(event, Event::Eof) {
            break;
        }
        reading.event(event, space, at..end)?;
        at = end;
    }
    if reading.open.is_empty() && !reading.tree.nodes.is_empty() {
        Ok(reading.tree)
    } else {
        Err("it is broken XML: it ends too early".to_owned())
    }
}

fn reader_position(reader: &NsReader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn space(resolved: &ResolveResult<'_>) -> Option<Space> {
    match resolved {
        ResolveResult::Unbound => Some(Space::Other),
        ResolveResult::Bound(name) => Some(
            SPACES
                .iter()
                .find(|(known, _)| *known == name.0)
                .map_or(Space::Other, |(_, space)| *space),
        ),
        ResolveResult::Unknown(_) => None,
    }
}

fn broken(error: &quick_xml::Error, at: usize) -> String {
    format!("it is broken XML at byte {at}: {error}")
}

struct Reading<'t> {
    tree: Tree<'t>,
    open: Vec<usize>,
}

impl<'t> Reading<'t> {
    fn event(
        &mut self,
        event: Event<'t>,
        space: Option<Space>,
        range: Range<usize>,
    ) -> Result<(), String> {
        match event {
            Event::Start(start) => {
                self.begin(&start, space, range)?;
            }
            Event::Empty(start) => {
                let at = range.clone();
                self.begin(&start, space, range)?;
                self.end(at.end..at.end);
            }
            Event::End(_) => self.end(range),
            Event::Text(_) => {
                let inside = &self.tree.text[range.clone()];
                if self.open.is_empty() && !inside.trim().is_empty() {
                    return Err(format!(
                        "it is broken XML at byte {}: text outside of the document",
                        range.start
                    ));
                }
                self.text(range, Script::Plain);
            }
            Event::CData(_) => {
                // Without `<![CDATA[` and `]]>`.
                self.text(range.start + 9..range.end - 3, Script::Cdata);
            }
            Event::GeneralRef(_) => {
                let written = &self.tree.text[range.clone()];
                let c = reference(written)
                    .ok_or_else(|| format!("it names `{written}`, which XML does not define"))?;
                self.text(range, Script::Reference(c));
            }
            Event::DocType(_) => {
                return Err("it has a DOCTYPE, which no office document has".to_owned());
            }
            Event::Decl(declaration) => {
                if let Some(Ok(encoding)) = declaration.encoding()
                    && !encoding.eq_ignore_ascii_case("utf-8")
                    && !encoding.eq_ignore_ascii_case("us-ascii")
                {
                    return Err(format!(
                        "it is written in {encoding}, and only UTF-8 is read"
                    ));
                }
            }
            Event::Comment(_) | Event::PI(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn begin(
        &mut self,
        start: &BytesStart<'t>,
        space: Option<Space>,
        range: Range<usize>,
    ) -> Result<(), String> {
        let tag = &self.tree.text[range.clone()];
        let Some(space) = space else {
            return Err(format!(
                "it is broken XML at byte {}: the prefix of `{tag}` is not declared",
                range.start
            ));
        };
        for attribute in start.attributes() {
            let fault =
                |error: String| format!("it is broken XML at byte {}: {error}", range.start);
            let attribute = attribute.map_err(|error| fault(error.to_string()))?;
            unescape(&attribute.value).map_err(|error| fault(error.to_string()))?;
        }
        if self.open.len() >= DEEPEST {
            return Err(format!("its elements nest more than {DEEPEST} deep"));
        }
        if self.tree.nodes.len() >= MOST {
            return Err(format!("it has more than {MOST} elements"));
        }
        if self.open.is_empty() && !self.tree.nodes.is_empty() {
            return Err("it is broken XML: more than one outermost element".to_owned());
        }
        let full = &tag[1..=start.name().0.len()];
        let name = local(full);
        let node = self.tree.nodes.len();
        self.tree.nodes.push(Node {
            space,
            name,
            prefix: &full[..full.len() - name.len()],
            close: range.end,
            end: range.end,
            start: range,
            parent: self.open.last().copied(),
            depth: self.open.len(),
            next: node + 1,
        });
        self.tree.items.push(Item::Open(node));
        self.open.push(node);
        Ok(())
    }

    fn end(&mut self, range: Range<usize>) {
        if let Some(node) = self.open.pop() {
            let next = self.tree.nodes.len();
            let node = &mut self.tree.nodes[node];
            node.close = range.start;
            node.end = range.end;
            node.next = next;
        }
    }

    fn text(&mut self, range: Range<usize>, script: Script) {
        if let Some(node) = self.open.last().copied() {
            self.tree.items.push(Item::Text {
                node,
                range,
                script,
            });
        }
    }
}

fn reference(written: &str) -> Option<char> {
    let text = unescape(written).ok()?;
    let mut chars = text.chars();
    let c = chars.next().filter(|c| is_xml(*c))?;
    chars.next().is_none().then_some(c)
}
