//! The fields of a manifest one by one. A column of a spreadsheet is a field, and has its name, kind and description
//! from here.

use crate::domain::record::Record as _;
use crate::domain::shape::{Kind, Named, Need, Shape};
use crate::domain::{Application, ExhibitTable, FieldPath, Reply, Step};

/// A field that holds a text or a list of texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leaf {
    /// The names of its path, `product`, `support`, `until`; at most three tables deep.
    pub(crate) way: [&'static str; 4],
    /// How many of them are used.
    pub(crate) depth: usize,
    /// Which of them, if any, is a list of tables: `labels`.
    pub(crate) numbered: Option<usize>,
    /// What it holds, or what each item of it holds.
    pub(crate) kind: &'static Kind,
    /// Whether it is a list.
    pub(crate) list: bool,
    pub(crate) doc: &'static str,
    /// Whether its table is incomplete without it.
    pub(crate) need: Need,
    /// Whether it describes the file that the field above it names. It is then known by its whole route only, since
    /// `date` and `expires` mean something else in most lists.
    pub(crate) of_file: bool,
}

impl Leaf {
    pub(crate) fn way(&self) -> &[&'static str] {
        &self.way[..self.depth]
    }

    pub(crate) fn name(&self) -> &'static str {
        self.way().last().copied().unwrap_or_default()
    }

    /// Returns its path; `item` is the number of the table in a list of tables, from 0.
    pub(crate) fn route(&self, item: usize) -> FieldPath {
        let steps = self.way().iter().enumerate().flat_map(|(i, name)| {
            let item = (self.numbered == Some(i)).then_some(Step::Index(item));
            std::iter::once(Step::from(*name)).chain(item)
        });
        FieldPath::of(steps)
    }
}

/// Returns every field of a manifest except the answers to provisions, in the order of the shape.
pub(crate) fn leaves() -> Vec<Leaf> {
    let mut found = Vec::new();
    let top = Leaf {
        way: [""; 4],
        depth: 0,
        numbered: None,
        kind: &Kind::Schema,
        list: false,
        doc: "",
        need: Need::Optional,
        of_file: false,
    };
    below(Application::SHAPE, top, &mut found);
    found
}

/// Returns the fields of an answer to a provision; their paths begin below its number.
pub(crate) fn answer_leaves() -> Vec<Leaf> {
    let mut found = Vec::new();
    let top = Leaf {
        way: [""; 4],
        depth: 0,
        numbered: None,
        kind: &Kind::Answers,
        list: false,
        doc: "",
        need: Need::Optional,
        of_file: false,
    };
    below(Reply::SHAPE, top, &mut found);
    found
}

fn below(shape: &'static Shape, above: Leaf, found: &mut Vec<Leaf>) {
    for field in shape.fields {
        // A decision on one finding is not a column of a list of products.
        if field.name == "waivers" {
            continue;
        }
        let here = step(field, above);
        match field.kind {
            Kind::Table(inner) => below(inner, here, found),
            Kind::List(Kind::Table(inner)) => {
                let numbered = Some(above.depth);
                below(inner, Leaf { numbered, ..here }, found);
            }
            Kind::List(item) => found.push(Leaf {
                kind: item,
                list: true,
                ..here
            }),
            Kind::Answers => {}
            Kind::Exhibit => {
                found.push(here);
                // The date of the laboratory's report is beside it.
                if field.name != "report" {
                    of_file(here, found);
                }
            }
            _ => found.push(here),
        }
    }
}

/// Adds the fields that describe the file that a field names.
fn of_file(above: Leaf, found: &mut Vec<Leaf>) {
    let parts = ExhibitTable::SHAPE.fields.iter();
    let parts = parts.filter(|part| part.need == Need::Optional);
    found.extend(parts.map(|part| Leaf {
        of_file: true,
        ..step(part, above)
    }));
}

fn step(field: &'static Named, above: Leaf) -> Leaf {
    let mut here = Leaf {
        depth: above.depth + 1,
        kind: field.kind,
        doc: field.doc,
        need: field.need,
        ..above
    };
    if let Some(slot) = here.way.get_mut(above.depth) {
        *slot = field.name;
    }
    here
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_knows_its_route() {
        let routes: Vec<_> = leaves().iter().map(|leaf| leaf.route(1)).collect();
        for route in [
            "application.level",
            "applicant.contact.email",
            "labels[1].scheme",
            "product.companion_apps[1].name",
            "evidence.label-photo",
            "evidence.sbom.expires",
        ] {
            assert!(routes.iter().any(|one| one.to_string() == route), "{route}");
        }
        assert!(leaves().iter().all(|leaf| leaf.depth <= leaf.way.len()));
        assert_eq!(answer_leaves().len(), 3);
    }
}
