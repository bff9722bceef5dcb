//! The application: what the applicant submits, as a whole.

use crate::domain::record::{Answers, Line, Many, Part, Partial, Schema, record};
use crate::domain::{
    Answer, Applicant, Date, EvidenceKind, EvidencePath, Exhibit, Field, FieldPath, Label,
    Laboratory, Level, Product, ShortHash, Signatory, Waiver, field,
};

words! {
    /// Whether a manifest is an example.
    Example { True = "true", False = "false" }
}

record! {
    /// What a manifest says, every value parsed.
    ///
    /// Fields may be missing or faulty, since a plan and a draft are made of what can be read; the findings that come
    /// with it say what is wrong, and nothing without findings lacks a required field.
    Application "the manifest" {
        Required schema: Schema => "the number of this format: 1";
        Optional request as "application": Part<Request> => "what is applied for and when";
        Required applicant: Part<Applicant> => "the company that applies";
        Required product: Part<Product> => "the product that the label is for";
        Optional labels: Many<Label> => "labels held under other schemes";
        Sometimes laboratory: Laboratory => "the test laboratory and its report";
        Sometimes provisions: Answers => "answers to the provisions of EN 303 645, by number";
        Sometimes lifecycle: Answers => "answers to the lifecycle items CK-LP-01 to CK-LP-08";
        Sometimes evidence: Part<ProductFiles> => "files that belong to the whole product";
        Optional looked_through: Many<EvidencePath> => "files of evidence that clspack could not search for other clients' data, and that a person looked through";
        Required signatory: Part<Signatory> => "who signs the declaration";
        Optional declaration: Part<SignedDeclaration> => "the declaration once it is signed";
        Optional templates: Part<OwnTemplates> => "the applicant's own templates, in place of the built-in ones";
        Optional confirmed: Many<Line<500>> => "texts of this manifest that look like a placeholder or like several, and are right as they are";
        Optional waivers: Many<Waiver> => "warnings, and errors that clspack inferred, that somebody looked at and that do not count";
        Optional example: Example => "true for a manifest that is an example, so that its addresses need reach nobody";
        Optional extends: Line<500> => "the path of a manifest that this one extends: fields that are missing here come from there";
        Optional variants: Many<Partial> => "products that share what is written above; each with its name and what is different about it";
    }
}

record! {
    /// What is applied for.
    Request "`application`" {
        Sometimes level: Level => "the level applied for, 1 to 4; left out, the labels held decide";
        Optional submission: Date => "the intended day of submission, such as 2026-12-01";
    }
}

record! {
    /// The signed copy of the declaration.
    SignedDeclaration "`declaration`" {
        Required signed: EvidencePath => "the signed declaration";
        Optional signed_for: ShortHash => "the content that was signed, as the declaration shows it: for a scan or a print, once a person has compared it";
    }
}

record! {
    /// Templates that stand in for the built-in ones, by the paper that they make.
    OwnTemplates "`templates`" {
        Optional declaration: EvidencePath => "the applicant's own Word template of the declaration";
        Optional supporting_evidence as "supporting-evidence": EvidencePath => "the applicant's own Word or PowerPoint template of the supporting evidence";
    }
}

record! {
    /// Files that belong to the whole product, by what they are.
    ProductFiles "`evidence`" {
        Sometimes label_photo as "label-photo": Exhibit => "a photograph of the type label";
        Sometimes sbom: Exhibit => "the software bill of materials";
        Sometimes binary_scan as "binary-scan": Exhibit => "the report of the software binary analysis";
        Sometimes penetration_test as "penetration-test": Exhibit => "the report of the penetration test";
    }
}

impl ProductFiles {
    /// Returns the file of a kind.
    pub const fn of(&self, kind: EvidenceKind) -> &Field<Exhibit> {
        match kind {
            EvidenceKind::LabelPhoto => &self.label_photo,
            EvidenceKind::Sbom => &self.sbom,
            EvidenceKind::BinaryScan => &self.binary_scan,
            EvidenceKind::PenetrationTest => &self.penetration_test,
        }
    }

    /// Returns the files that there are, each with its kind.
    pub fn given(&self) -> impl Iterator<Item = (EvidenceKind, &Exhibit)> {
        let kinds = EvidenceKind::ALL.iter();
        kinds.filter_map(|kind| Some((*kind, self.of(*kind).as_ref()?)))
    }
}

impl SignedDeclaration {
    /// Returns the field that names the file.
    pub fn field() -> FieldPath {
        field!(declaration.signed)
    }
}

impl OwnTemplates {
    /// Returns the templates that there are, with the routes of the fields that name them.
    pub fn paths(&self) -> impl Iterator<Item = (FieldPath, &EvidencePath)> {
        let named = [
            (field!(templates.declaration), &self.declaration),
            (
                field!(templates."supporting-evidence"),
                &self.supporting_evidence,
            ),
        ];
        let named = named.into_iter();
        named.filter_map(|(field, path)| Some((field, path.as_ref()?)))
    }
}

impl Application {
    /// Returns true for an example, whose addresses need reach nobody.
    pub fn is_example(&self) -> bool {
        self.example == Field::Given(Example::True)
    }

    /// Returns every evidence path with the route of the field that names it, in a fixed order.
    pub fn evidence_paths(&self) -> Vec<(FieldPath, &EvidencePath)> {
        let exhibits = self.exhibits().into_iter();
        let paths = exhibits.map(|(field, exhibit)| (field, &exhibit.path));
        paths.collect()
    }

    /// Returns every place that names a file of evidence, with the route of its field, in a fixed order.
    pub fn exhibits(&self) -> Vec<(FieldPath, &Exhibit)> {
        let mut exhibits = Vec::new();
        for (i, label) in self.labels.iter().enumerate() {
            for (j, exhibit) in label.evidence.iter().enumerate() {
                exhibits.push((field!(labels[i].evidence[j]), exhibit));
            }
        }
        let laboratory = self.laboratory.as_ref();
        let report = laboratory.and_then(|laboratory| laboratory.report.as_ref());
        exhibits.extend(report.map(|report| (field!(laboratory.report), report)));
        for answer in self.answers() {
            for (j, exhibit) in answer.evidence.iter().enumerate() {
                exhibits.push((answer.field().key("evidence").index(j), exhibit));
            }
        }
        let of_product = self.evidence.given();
        exhibits.extend(of_product.map(|(kind, exhibit)| (kind.field(), exhibit)));
        exhibits
    }

    /// Returns every answer, those to provisions first.
    pub fn answers(&self) -> impl Iterator<Item = &Answer> {
        self.provisions.iter().chain(&self.lifecycle)
    }

    /// Returns every text that may reach a document, with the route of its field.
    pub fn texts<'a>(&'a self) -> Vec<(FieldPath, &'a str)> {
        let single = self
            .applicant_texts()
            .into_iter()
            .chain(self.product_texts());
        let single = single.filter_map(|(field, text)| Some((field, text?.as_str())));
        let mut texts: Vec<(FieldPath, &'a str)> = single.collect();
        let mut many = |field: FieldPath, text: Option<&'a String>| {
            texts.extend(text.map(|text| (field, text.as_str())));
        };
        for (i, model) in self.product.models.iter().enumerate() {
            many(field!(product.models[i]), Some(model));
        }
        for (i, app) in self.product.companion_apps.iter().enumerate() {
            many(field!(product.companion_apps[i].name), app.name.as_ref());
            many(
                field!(product.companion_apps[i].version),
                app.version.as_ref(),
            );
        }
        for (i, label) in self.labels.iter().enumerate() {
            many(field!(labels[i].number), label.number.as_ref());
            many(
                field!(labels[i].firmware_version),
                label.firmware_version.as_ref(),
            );
            for (j, model) in label.models.iter().enumerate() {
                many(field!(labels[i].models[j]), Some(model));
            }
        }
        for answer in self.answers() {
            many(answer.field().key("detail"), answer.detail.as_ref());
        }
        texts.extend(self.waiver_texts());
        texts.extend(self.exhibit_texts());
        texts
    }

    fn exhibit_texts(&self) -> impl Iterator<Item = (FieldPath, &str)> {
        let exhibits = self.exhibits().into_iter();
        exhibits.flat_map(|(field, exhibit)| {
            let mut texts = vec![(field.clone(), exhibit.path.as_str())];
            let named = [("owner", &exhibit.owner), ("about", &exhibit.about)];
            texts.extend(
                named
                    .into_iter()
                    .filter_map(|(name, text)| Some((field.key(name), text.as_deref()?))),
            );
            let replaced = exhibit.replaces.iter().enumerate();
            texts.extend(replaced.map(|(i, path)| (field.key("replaces").index(i), path.as_str())));
            texts
        })
    }

    fn waiver_texts(&self) -> impl Iterator<Item = (FieldPath, &str)> {
        let waivers = self.waivers.iter().enumerate();
        waivers.flat_map(|(i, waiver)| {
            let named = [
                ("place", &waiver.place),
                ("reason", &waiver.reason),
                ("by", &waiver.by),
            ];
            let named = named.into_iter();
            named.filter_map(move |(name, text)| {
                Some((field!(waivers[i]).key(name), text.as_deref()?))
            })
        })
    }

    fn applicant_texts(&self) -> Vec<(FieldPath, Option<&String>)> {
        let applicant = &self.applicant;
        let filer = applicant.filed_by.as_ref();
        let number = applicant.abroad().and_then(|abroad| abroad.number.as_ref());
        vec![
            (field!(applicant.name), applicant.name.as_ref()),
            (field!(applicant.name_latin), applicant.name_latin.as_ref()),
            (field!(applicant.registration.number), number),
            (field!(applicant.address), applicant.address.as_ref()),
            (
                field!(applicant.address_latin),
                applicant.address_latin.as_ref(),
            ),
            (
                field!(applicant.contact.name),
                applicant.contact.name.as_ref(),
            ),
            (
                field!(applicant.contact.name_latin),
                applicant.contact.name_latin.as_ref(),
            ),
            (
                field!(applicant.contact.email),
                applicant.contact.email.as_ref(),
            ),
            (
                field!(applicant.filed_by.name),
                filer.and_then(|filer| filer.name.as_ref()),
            ),
            (
                field!(applicant.filed_by.name_latin),
                filer.and_then(|filer| filer.name_latin.as_ref()),
            ),
            (field!(signatory.name), self.signatory.name.as_ref()),
            (
                field!(signatory.name_latin),
                self.signatory.name_latin.as_ref(),
            ),
            (field!(signatory.title), self.signatory.title.as_ref()),
            (
                field!(signatory.title_latin),
                self.signatory.title_latin.as_ref(),
            ),
            (field!(signatory.place), self.signatory.place.as_ref()),
        ]
    }

    fn product_texts(&self) -> Vec<(FieldPath, Option<&String>)> {
        let (product, laboratory) = (&self.product, self.laboratory.as_ref());
        vec![
            (field!(product.brand), product.brand.as_ref()),
            (field!(product.name), product.name.as_ref()),
            (
                field!(product.hardware_version),
                product.hardware_version.as_ref(),
            ),
            (
                field!(product.firmware_version),
                product.firmware_version.as_ref(),
            ),
            (field!(product.url), product.url.as_ref()),
            (field!(product.support.url), product.support.url.as_ref()),
            (
                field!(product.vulnerability_disclosure),
                product.vulnerability_disclosure.as_ref(),
            ),
            (
                field!(laboratory.name),
                laboratory.and_then(|laboratory| laboratory.name.as_ref()),
            ),
            (
                field!(laboratory.reference),
                laboratory.and_then(|laboratory| laboratory.reference.as_ref()),
            ),
        ]
    }
}
