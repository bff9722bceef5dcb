//! `CycloneDX` in XML.

use quick_xml::events::{BytesStart, Event};

use crate::references::References;
use crate::{Bill, Component, Format, day, short};

/// How deep elements may be in each other.
const MAX_DEPTH: usize = 100;

/// What was read so far.
struct Reading {
    bill: Bill,
    references: References,
    /// The names of the elements around the present place.
    open: Vec<String>,
    /// The components around it, the outermost first.
    components: Vec<Component>,
    text: String,
}

/// Reads a bill of materials; `None` for other markup.
pub(crate) fn read(text: &str) -> Option<Bill> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut reading: Option<Reading> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match &mut reading {
                Some(reading) => reading.start(&tag),
                None => reading = Some(begin(&tag)?),
            },
            Ok(Event::Empty(tag)) => {
                if let Some(reading) = &mut reading {
                    reading.start(&tag);
                    reading.end();
                }
            }
            Ok(Event::End(_)) => reading.as_mut()?.end(),
            Ok(Event::Text(text)) => {
                if let Some(reading) = reading.as_mut().filter(|one| one.text.len() < 10_000) {
                    reading.text.push_str(&text);
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => return None,
        }
        if reading
            .as_ref()
            .is_some_and(|one| one.open.len() > MAX_DEPTH)
        {
            return None;
        }
    }
    let mut reading = reading?;
    let references = std::mem::take(&mut reading.references);
    references.settle(&mut reading.bill);
    reading
        .bill
        .unresolved
        .retain(|id| !id.starts_with("urn:cdx:"));
    Some(reading.bill)
}

/// The name of the space says which version it is: `http://cyclonedx.org/schema/bom/1.6`.
fn begin(tag: &BytesStart<'_>) -> Option<Reading> {
    let mut spaces = tag.attributes().filter_map(Result::ok);
    let space = spaces.find(|one| one.value.contains("cyclonedx.org/schema/bom"))?;
    let spec = space
        .value
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    Some(Reading {
        bill: Bill::new(Format::CycloneDx, &spec),
        references: References::default(),
        open: vec!["bom".to_owned()],
        components: Vec::new(),
        text: String::new(),
    })
}

impl Reading {
    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name().as_ref().to_owned();
        let attribute = |name: &str| {
            let mut all = tag.attributes().filter_map(Result::ok);
            let found = all.find(|one| one.key.local_name().as_ref() == name)?;
            Some(found.value.to_string())
        };
        self.text.clear();
        match name.as_str() {
            "component" if !self.is_in("tools") => {
                self.define(attribute("bom-ref"));
                let kind = attribute("type").unwrap_or_default();
                self.components.push(Component {
                    id: kind,
                    ..Component::default()
                });
            }
            "service" if !self.is_in("tools") => self.define(attribute("bom-ref")),
            "dependency" => {
                if let Some(id) = attribute("ref") {
                    self.references.name(&id);
                }
            }
            _ => {}
        }
        self.open.push(name);
    }

    fn define(&mut self, id: Option<String>) {
        if let Some(id) = id {
            self.references.define(&id);
        }
    }

    fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|open| open == name)
    }

    fn end(&mut self) {
        let Some(name) = self.open.pop() else {
            return;
        };
        let parent = self.open.last().map_or("", String::as_str);
        let is_own = parent == "component" && !self.is_in("tools");
        let says = short(&self.text);
        match name.as_str() {
            "timestamp" if parent == "metadata" => self.bill.made = day(&says),
            "component" if !self.is_in("tools") => self.close(),
            "name" if is_own => self.set(|one| one.name = says),
            "version" if is_own && !says.is_empty() => self.set(|one| one.version = Some(says)),
            "group" | "purl" if is_own => self.set(|one| one.id = format!("{} {says}", one.id)),
            "id" | "name" | "expression"
                if matches!(parent, "license" | "licenses") && !says.is_empty() =>
            {
                self.set(|one| one.has_licence = true);
            }
            _ => {}
        }
        self.text.clear();
    }

    fn set(&mut self, change: impl FnOnce(&mut Component)) {
        if let Some(last) = self.components.last_mut() {
            change(last);
        }
    }

    /// A component ends; that of the metadata is the product.
    fn close(&mut self) {
        let Some(mut component) = self.components.pop() else {
            return;
        };
        let (kind, id) = component
            .id
            .split_once(' ')
            .unwrap_or((component.id.as_str(), ""));
        let is_software = !matches!(
            kind,
            "file" | "data" | "device" | "cryptographic-asset" | "machine-learning-model"
        );
        component.id = short(id);
        let is_subject = self.open.last().is_some_and(|open| open == "metadata");
        if is_subject {
            self.bill.subject = Some(component);
        } else if is_software {
            self.bill.add(component);
        }
    }
}
