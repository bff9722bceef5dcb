//! Marks a filled template as a draft on every page: a paragraph before the text and in each header, a header in
//! sections without one, a text box on each slide. The marks are ordinary text, which every program shows.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::Fault;
use crate::edits::{Edit, apply};
use crate::package::{self, Package};
use crate::safety::{Format, main_part};
use crate::tree::{Node, Space, Tree};

const MARK: &str = "DRAFT – not for signature";

const TYPES: &str = "[Content_Types].xml";
/// The name of the added header, beside the main part.
const HEADER: &str = "draft-header.xml";
const HEADER_ID: &str = "rIdDraftHeader";
const HEADER_KIND: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// Above the numbers that office programs assign, and within the range that they can read.
const SHAPE: usize = 1_999_999_999;

/// The namespaces; the strict form of the standard has its own.
struct Spaces {
    word: &'static str,
    drawing: &'static str,
    slide: &'static str,
    relations: &'static str,
}

const USUAL: Spaces = Spaces {
    word: "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    drawing: "http://schemas.openxmlformats.org/drawingml/2006/main",
    slide: "http://schemas.openxmlformats.org/presentationml/2006/main",
    relations: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
};

const STRICT: Spaces = Spaces {
    word: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    drawing: "http://purl.oclc.org/ooxml/drawingml/main",
    slide: "http://purl.oclc.org/ooxml/presentationml/main",
    relations: "http://purl.oclc.org/ooxml/officeDocument/relationships",
};

pub(super) fn mark(name: &str, bytes: &[u8], format: Format) -> Result<Vec<u8>, Vec<Fault>> {
    let package = Package::read(name, bytes)?;
    let refuse = |message: String| vec![Fault::of_part(name, message)];
    let mut marking = Marking {
        spaces: &USUAL,
        changed: BTreeMap::new(),
        added: Vec::new(),
    };
    match format {
        Format::Word => marking.word(&package),
        Format::PowerPoint => marking.slides(&package),
    }
    .map_err(refuse)?;
    package::write(bytes, &marking.changed, &marking.added)
        .map_err(|error| refuse(format!("it cannot be written: {error}")))
}

struct Marking {
    spaces: &'static Spaces,
    changed: BTreeMap<String, String>,
    added: Vec<(String, String)>,
}

impl Marking {
    fn word(&mut self, package: &Package) -> Result<(), String> {
        let main = main_part(package).unwrap_or_default();
        for (name, text) in &package.parts {
            let tree = Tree::read(text)?;
            let Some(root) = tree.nodes.first() else {
                continue;
            };
            self.spaces = spaces(text);
            if name.eq_ignore_ascii_case(&main) {
                let edits = self.document(package, name, &tree);
                self.changed.insert(name.clone(), apply(text, edits).0);
            } else if root.is(Space::Word, "hdr") {
                let edits = vec![in_start(&tree, root, &self.paragraph())];
                self.changed.insert(name.clone(), apply(text, edits).0);
            }
        }
        Ok(())
    }

    fn document(&mut self, package: &Package, main: &str, tree: &Tree<'_>) -> Vec<Edit> {
        let Some(body) = tree.nodes.iter().find(|node| node.is(Space::Word, "body")) else {
            return Vec::new();
        };
        let is_of_now = |node: &usize| {
            let parent = tree.parent(*node);
            tree.node(*node).is(Space::Word, "sectPr")
                && parent.is_none_or(|parent| parent.name != "sectPrChange")
        };
        // Later sections inherit the headers of the first unless they have their own.
        let section = (0..tree.nodes.len()).find(is_of_now);
        let has = |kind: &str| {
            section.is_some_and(|section| {
                let mut children = tree.children(section);
                children.any(|child| {
                    tree.node(child).is(Space::Word, "headerReference")
                        && tree.attribute(child, "type").unwrap_or("default") == kind
                })
            })
        };
        let mut references = String::new();
        for kind in ["default", "first", "even"] {
            if !has(kind) {
                let Spaces {
                    word, relations, ..
                } = self.spaces;
                let _ = write!(
                    references,
                    "<w:headerReference xmlns:w=\"{word}\" xmlns:r=\"{relations}\" w:type=\"{kind}\" r:id=\"{HEADER_ID}\"/>"
                );
            }
        }
        let mut edits = vec![in_start(tree, body, &self.paragraph())];
        if references.is_empty() {
            return edits;
        }
        match section {
            Some(section) => edits.push(in_start(tree, tree.node(section), &references)),
            None => edits.push(Edit::replace(
                body.close..body.close,
                format!(
                    "<w:sectPr xmlns:w=\"{}\">{references}</w:sectPr>",
                    self.spaces.word
                ),
            )),
        }
        self.header(package, main);
        edits
    }

    /// Adds the header, its relationship and its content type.
    fn header(&mut self, package: &Package, main: &str) {
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
        let within = |name: &str| {
            if folder.is_empty() {
                name.to_owned()
            } else {
                format!("{folder}/{name}")
            }
        };
        let word = self.spaces.word;
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:hdr xmlns:w=\"{word}\">{}</w:hdr>",
            self.paragraph()
        );
        self.added.push((within(HEADER), text));
        let part = format!(
            "Override PartName=\"/{}\" ContentType=\"{HEADER_KIND}\"/>",
            within(HEADER)
        );
        self.extend(package, TYPES, &part);
        let relation = format!(
            "Relationship Id=\"{HEADER_ID}\" Type=\"{}/header\" Target=\"{HEADER}\"/>",
            self.spaces.relations
        );
        let relations = within(&format!("_rels/{file}.rels"));
        if !self.extend(package, &relations, &relation) {
            let text = format!("<Relationships xmlns=\"{RELATIONS}\"><{relation}</Relationships>");
            self.added.push((relations, text));
        }
    }

    /// Adds an element at the end of a part, if the part exists.
    fn extend(&mut self, package: &Package, part: &str, element: &str) -> bool {
        let mut names = package.parts.iter();
        let Some((name, text)) = names.find(|(name, _)| name.eq_ignore_ascii_case(part)) else {
            return false;
        };
        let Ok(tree) = Tree::read(text) else {
            return false;
        };
        if let Some(root) = tree.nodes.first() {
            let element = format!("<{}{element}", root.prefix);
            let edits = vec![in_start(&tree, root, &element)];
            self.changed.insert(name.clone(), apply(text, edits).0);
        }
        true
    }

    fn paragraph(&self) -> String {
        format!(
            "<w:p xmlns:w=\"{}\"><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:b/><w:color w:val=\"C00000\"/></w:rPr><w:t>{MARK}</w:t></w:r></w:p>",
            self.spaces.word
        )
    }

    fn slides(&mut self, package: &Package) -> Result<(), String> {
        for (name, text) in &package.parts {
            let tree = Tree::read(text)?;
            self.spaces = spaces(text);
            if tree.nodes.first().is_none_or(|root| root.name != "sld") {
                continue;
            }
            let Some(shapes) = (0..tree.nodes.len()).find(|node| tree.node(*node).name == "spTree")
            else {
                continue;
            };
            let mut children = tree.children(shapes);
            let last = children.find(|child| tree.node(*child).name == "extLst");
            let at = last.map_or(tree.node(shapes).close, |last| tree.node(last).start.start);
            let edits = vec![Edit::replace(at..at, self.text_box())];
            self.changed.insert(name.clone(), apply(text, edits).0);
        }
        Ok(())
    }

    fn text_box(&self) -> String {
        let Spaces { drawing, slide, .. } = self.spaces;
        format!(
            "<p:sp xmlns:p=\"{slide}\" xmlns:a=\"{drawing}\"><p:nvSpPr><p:cNvPr id=\"{SHAPE}\" name=\"Draft\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"4572000\" cy=\"369332\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr wrap=\"none\"/><a:p><a:r><a:rPr lang=\"en-US\" b=\"1\"><a:solidFill><a:srgbClr val=\"C00000\"/></a:solidFill></a:rPr><a:t>{MARK}</a:t></a:r></a:p></p:txBody></p:sp>"
        )
    }
}

fn spaces(text: &str) -> &'static Spaces {
    if text.contains(STRICT.word) || text.contains(STRICT.slide) {
        &STRICT
    } else {
        &USUAL
    }
}

/// Inserts text at the start of an element.
fn in_start(tree: &Tree<'_>, node: &Node<'_>, what: &str) -> Edit {
    if node.close < node.end {
        return Edit::replace(node.start.end..node.start.end, what.to_owned());
    }
    let start = tree.text[node.start.clone()].trim_end_matches("/>");
    let whole = format!("{start}>{what}</{}{}>", node.prefix, node.name);
    Edit::replace(node.range(), whole)
}
