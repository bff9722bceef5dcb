//! What documents print of an application is among its texts, in which missing glyphs, secrets and other clients' data
//! are searched for.

use serde_json::Value as Json;

use crate::domain::record::{Record as _, Table, Value};
use crate::domain::shape::{Kind, Shape};
use crate::domain::{Answer, Application, Exhibit, Field, FieldPath, Support};
use crate::plan::plan;
use crate::render::{Purpose, View};
use crate::rules::{embedded_files, load};

/// Fields with texts that no document prints.
const UNPRINTED: [&str; 9] = [
    "applicant.shares_with[0]",
    "confirmed[0]",
    "declaration.signed",
    "extends",
    "looked_through[0]",
    "product.traits[0]",
    "templates.declaration",
    "templates.supporting-evidence",
    "waivers[0].code",
];

/// An application with a text of its own in every field that can have one.
#[derive(Default)]
struct Filled(Vec<(FieldPath, String)>);

impl Filled {
    fn mark(&mut self, at: &FieldPath, before: &str, after: &str) -> String {
        let text = format!("{before}q{}q{after}", self.0.len());
        self.0.push((at.clone(), text.clone()));
        text
    }

    fn table(&mut self, shape: &Shape, at: &FieldPath) -> Table {
        let fields = shape.fields.iter();
        let fields = fields.map(|field| {
            let at = at.key(field.name);
            (field.name, self.value(field.kind, &at))
        });
        Table {
            fields: fields.filter(|(_, value)| value.is_some()).collect(),
            is_faulty: false,
        }
    }

    fn value(&mut self, kind: &Kind, at: &FieldPath) -> Option<Value> {
        Some(match kind {
            Kind::Schema | Kind::Partial => return None,
            Kind::Line(_) | Kind::Lines(_) | Kind::Email | Kind::Phone => {
                Value::Text(self.mark(at, "", ""))
            }
            Kind::Url => Value::Text(self.mark(at, "https://", ".example")),
            Kind::Path | Kind::Exhibit => Value::Path(self.mark(at, "", ".pdf").parse().unwrap()),
            Kind::Country => Value::Text("KR".to_owned()),
            Kind::Word(words) => Value::Word(words()[0]),
            Kind::Date => Value::Date("2026-12-01".parse().unwrap()),
            Kind::Uen => Value::Uen("00192200M".parse().unwrap()),
            Kind::Pages => Value::Pages("1".parse().unwrap()),
            Kind::Hash => Value::Hash("0123456789abcdef".parse().unwrap()),
            Kind::Table(shape) => Value::Table(self.table(shape, at)),
            Kind::List(kind) => {
                let item = self.value(kind, &at.index(0));
                Value::List(std::iter::once(item).collect())
            }
            Kind::Answers => Value::Answers(vec![self.answer(at)]),
        })
    }

    fn answer(&mut self, at: &FieldPath) -> Answer {
        let (section, written) = match at.section() {
            "provisions" => ("provisions", "5.1-1"),
            _ => ("lifecycle", "CK-LP-01"),
        };
        let at = at.key(written);
        let exhibit = Exhibit {
            pages: None,
            ..Exhibit::from(
                self.mark(&at.key("evidence").index(0), "", ".pdf")
                    .parse::<crate::domain::EvidencePath>()
                    .unwrap(),
            )
        };
        Answer {
            id: written.parse().unwrap(),
            written: written.to_owned(),
            section,
            support: Field::Given(Support::Yes),
            detail: Field::Given(self.mark(&at.key("detail"), "", "")),
            evidence: vec![exhibit].into(),
        }
    }
}

fn filled() -> (Application, Vec<(FieldPath, String)>) {
    let mut filled = Filled::default();
    let table = filled.table(Application::SHAPE, &FieldPath::default());
    (Application::of(&table), filled.0)
}

#[test]
fn every_text_of_the_shape_is_among_the_texts_unless_it_is_listed_here() {
    let (application, marks) = filled();
    let mut expected: Vec<(String, &str)> = marks
        .iter()
        .map(|(field, text)| (field.to_string(), text.as_str()))
        .filter(|(field, _)| !UNPRINTED.contains(&field.as_str()))
        .collect();
    let texts = application.texts().into_iter();
    let mut found: Vec<_> = texts
        .map(|(field, text)| (field.to_string(), text))
        .collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    assert_eq!(expected.len() + UNPRINTED.len(), marks.len());
}

#[test]
fn what_a_document_prints_is_among_the_texts() {
    let (mut application, marks) = filled();
    // A number abroad is printed only of a company that has none here.
    application.applicant.uen = Field::Missing;
    let (book, _) = load(&embedded_files());
    let on = "2026-12-01".parse().unwrap();
    let mut plan = plan(&application, &[], &book.unwrap(), on, Vec::new());
    // Findings quote any text, and only drafts print them.
    plan.findings.clear();
    let view = View::new(&plan, &application, &[], Purpose::Final);
    let mut printed = Vec::new();
    strings(&view.values(), &mut printed);
    let is_printed = |text: &str| printed.iter().any(|printed| printed.contains(text));
    let texts = application.texts();
    let shown: Vec<_> = marks.iter().filter(|(_, text)| is_printed(text)).collect();
    assert!(shown.len() > 30, "{shown:?}");
    for (field, text) in shown {
        assert!(
            texts.iter().any(|(known, _)| known == field),
            "`{field}` is printed (`{text}`) and not among the texts"
        );
    }
}

fn strings(value: &Json, found: &mut Vec<String>) {
    match value {
        Json::String(text) => found.push(text.clone()),
        Json::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Json::Object(fields) => fields.values().for_each(|item| strings(item, found)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
