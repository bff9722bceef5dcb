//! Properties of a file that say who made it, with what, and where.

use memchr::memmem;

use crate::{Look, entities, within};

/// How many are kept of a file.
const MOST: usize = 50;

/// How much of one is kept, in bytes.
const LONGEST: usize = 200;

/// A property of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// What it says.
    pub kind: PropertyKind,
    /// Its value, cut.
    pub text: String,
}

/// What a property says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PropertyKind {
    /// Who wrote, changed or owns it; may be a company.
    Person,
    /// Where a picture was taken.
    Place,
    /// The serial number of a camera or lens.
    Camera,
}

impl Look {
    /// Keeps a property, if it says something.
    pub(super) fn property(&mut self, kind: PropertyKind, text: &str) {
        let text = within(text, LONGEST);
        let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        let is_said = !text.is_empty() || kind == PropertyKind::Place;
        if is_said && self.properties.len() < MOST {
            let text = text.to_owned();
            let property = Property { kind, text };
            if !self.properties.contains(&property) {
                self.properties.push(property);
            }
        }
    }
}

/// Elements of the properties of an office file, and attributes and elements of a picture's packet, by what they say.
const NAMES: &[(&str, PropertyKind)] = &[
    ("dc:creator", PropertyKind::Person),
    ("cp:lastModifiedBy", PropertyKind::Person),
    ("Manager", PropertyKind::Person),
    ("Company", PropertyKind::Person),
    ("aux:OwnerName", PropertyKind::Person),
    ("exifEX:CameraOwnerName", PropertyKind::Person),
    ("exif:GPSLatitude", PropertyKind::Place),
    ("aux:SerialNumber", PropertyKind::Camera),
    ("exifEX:BodySerialNumber", PropertyKind::Camera),
];

/// How far behind a name its value is looked for.
const NEAR: usize = 600;

/// Keeps what properties written in XML say: `<name>value</name>`, `<name><rdf:li>value…`, `name="value"`.
pub(super) fn read(xml: &str, look: &mut Look) {
    for (name, kind) in NAMES {
        let finder = memmem::Finder::new(name);
        for at in finder.find_iter(xml.as_bytes()).take(MOST) {
            let is_start = at > 0 && b"< \n\t".contains(&xml.as_bytes()[at - 1]);
            let rest = within(&xml[at + name.len()..], NEAR);
            if let Some(value) = value(rest, name).filter(|_| is_start) {
                look.property(*kind, &entities::read(value));
            }
        }
    }
}

fn value<'t>(rest: &'t str, name: &str) -> Option<&'t str> {
    if let Some(quoted) = rest.strip_prefix("=\"") {
        return quoted.split('"').next();
    }
    let inside = rest.strip_prefix('>').or_else(|| {
        let tag = rest.strip_prefix(' ')?;
        tag.split_once('>').map(|(_, inside)| inside)
    })?;
    let end = inside.find(&format!("</{name}")).unwrap_or(inside.len());
    let mut texts = inside[..end].split('<');
    let first = texts.next().unwrap_or_default();
    let texts = texts.map(|piece| piece.split_once('>').map_or("", |(_, text)| text));
    std::iter::once(first)
        .chain(texts)
        .find(|text| !text.trim().is_empty())
}
