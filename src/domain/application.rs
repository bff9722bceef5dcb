//! The application: what the applicant submits, as a whole.

use crate::domain::record::{
    Answers, Line, Many, Part, Partial, Record as _, Schema, Texts, record,
};
use crate::domain::{
    Answer, Applicant, Date, EvidenceKind, EvidencePath, Exhibit, Field, FieldPath, Label,
    Laboratory, Level, Product, ShortHash, Signatory, Waiver, field,
};

words! {
    /// Whether a manifest is an example.
    Example { True = "true", False = "false" }
}

record! {
    /// The values of a manifest, parsed.
    ///
    /// Fields may be missing or faulty, since a plan and a draft are made from the rest. Each missing required field and
    /// each faulty one has a finding.
    Application "the manifest" {
        Required schema: Schema => "the number of this format: 1";
        Optional request as "application": Part<Request> => "what is applied for and when";
        Required applicant: Part<Applicant> => "the company that applies";
        Required product: Part<Product> => "the product that the label is for";
        Optional labels: Many<Label> => "labels of other schemes that the product has";
        Sometimes laboratory: Laboratory => "the test laboratory and its report";
        Sometimes provisions: Answers => "answers to the provisions of EN 303 645, by number";
        Sometimes lifecycle: Answers => "answers to the lifecycle items CK-LP-01 to CK-LP-08";
        Sometimes evidence: Part<ProductFiles> => "files that belong to the whole product";
        Optional looked_through: Many<EvidencePath> => "files of evidence that clspack could not search for other clients' data, and that a person looked through" unprinted;
        Required signatory: Part<Signatory> => "who signs the declaration";
        Optional declaration: Part<SignedDeclaration> => "the declaration once it is signed" unprinted;
        Optional templates: Part<OwnTemplates> => "the applicant's own templates, in place of the built-in ones" unprinted;
        Optional confirmed: Many<Line<500>> => "texts of this manifest that look like a placeholder or like several, and are right as they are" unprinted;
        Optional waivers: Many<Waiver> => "warnings, and errors that clspack inferred, that somebody looked at and that do not count";
        Optional example: Example => "true for a manifest that is an example, so that its addresses need reach nobody";
        Optional extends: Line<500> => "the path of a manifest that this one extends: fields that are missing here come from there" unprinted;
        Optional variants: Many<Partial> => "products that share what is written above; each with its name and what is different about it";
    }
}

record! {
    /// The level applied for, and when.
    Request "`application`" {
        Sometimes level: Level => "the level applied for, 1 to 4; if left out, the labels decide";
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
    /// Templates in place of the built-in ones, by document.
    OwnTemplates "`templates`" {
        Optional declaration: EvidencePath => "the applicant's own Word template of the declaration";
        Optional supporting_evidence as "supporting-evidence": EvidencePath => "the applicant's own Word or PowerPoint template of the supporting evidence";
    }
}

record! {
    /// Files about the whole product, by kind.
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

    /// Returns the files with their kinds.
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
    /// Returns the templates with the fields that name them.
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
    /// Returns true for an example, whose addresses need not reach anybody.
    pub fn is_example(&self) -> bool {
        self.example == Field::Given(Example::True)
    }

    /// Returns every evidence path with the field that names it, in a fixed order.
    pub fn evidence_paths(&self) -> Vec<(FieldPath, &EvidencePath)> {
        let exhibits = self.exhibits().into_iter();
        let paths = exhibits.map(|(field, exhibit)| (field, &exhibit.path));
        paths.collect()
    }

    /// Returns every place that names a file of evidence, with its field, in a fixed order.
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

    /// Returns every text that may reach a document, with its field.
    pub fn texts(&self) -> Texts<'_> {
        let mut texts = Texts::new();
        self.collect(&FieldPath::default(), &mut texts);
        texts
    }
}
