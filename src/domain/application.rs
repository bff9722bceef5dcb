//! The application: what the applicant submits, as a whole.

use crate::domain::{
    Answer, Applicant, Date, EvidenceKind, EvidencePath, Exhibit, Field, FieldPath, Label,
    Laboratory, Level, List, Product, Registration, ShortHash, Signatory, Waiver, field,
};

words! {
    /// Whether a manifest is an example.
    Example { True = "true", False = "false" }
}

/// What a manifest says, every value parsed.
///
/// Fields may be missing or faulty, since a plan and a draft are made of what can be read; the findings that come
/// with it say what is wrong, and nothing without findings lacks a required field.
#[derive(Clone, Debug, Default)]
pub struct Application {
    /// Whether the manifest is an example, whose addresses need reach nobody.
    pub example: bool,
    /// The level applied for; left out, the labels decide.
    pub level: Field<Level>,
    /// The intended day of submission.
    pub submission: Option<Date>,
    /// Who applies.
    pub applicant: Applicant,
    /// What the label is for.
    pub product: Product,
    /// Labels held under other schemes, in the manifest's order.
    pub labels: List<Label>,
    /// The laboratory, where there is one.
    pub laboratory: Field<Laboratory>,
    /// Answers to provisions, in the manifest's order.
    pub provisions: List<Answer>,
    /// Answers to lifecycle items, in the manifest's order.
    pub lifecycle: List<Answer>,
    /// Files that belong to the whole product.
    pub evidence: ProductFiles,
    /// Files that could not be searched, and that a person looked through.
    pub looked_through: Vec<EvidencePath>,
    /// Who signs the declaration.
    pub signatory: Signatory,
    /// The declaration once it is signed.
    pub declaration: SignedDeclaration,
    /// The applicant's own templates.
    pub templates: OwnTemplates,
    /// Findings that a person overruled.
    pub waivers: Vec<Waiver>,
}

/// Files that belong to the whole product, by what they are.
#[derive(Clone, Debug, Default)]
pub struct ProductFiles {
    /// A photograph of the type label.
    pub label_photo: Field<EvidencePath>,
    /// The software bill of materials.
    pub sbom: Field<EvidencePath>,
    /// The report of the software binary analysis.
    pub binary_scan: Field<EvidencePath>,
    /// The report of the penetration test.
    pub penetration_test: Field<EvidencePath>,
}

impl ProductFiles {
    /// Returns the file of a kind.
    pub const fn of(&self, kind: EvidenceKind) -> &Field<EvidencePath> {
        match kind {
            EvidenceKind::LabelPhoto => &self.label_photo,
            EvidenceKind::Sbom => &self.sbom,
            EvidenceKind::BinaryScan => &self.binary_scan,
            EvidenceKind::PenetrationTest => &self.penetration_test,
        }
    }

    /// Returns the files that there are, each with its kind.
    pub fn given(&self) -> impl Iterator<Item = (EvidenceKind, &EvidencePath)> {
        let kinds = EvidenceKind::ALL.iter();
        kinds.filter_map(|kind| Some((*kind, self.of(*kind).as_ref()?)))
    }
}

/// The signed copy of the declaration.
#[derive(Clone, Debug, Default)]
pub struct SignedDeclaration {
    /// The file.
    pub signed: Option<EvidencePath>,
    /// The content that it was signed for, where the file holds no text that says so.
    pub signed_for: Option<ShortHash>,
}

impl SignedDeclaration {
    /// Returns the field that names the file.
    pub fn field() -> FieldPath {
        field!(declaration.signed)
    }
}

/// Templates that stand in for the built-in ones, by the paper that they make.
#[derive(Clone, Debug, Default)]
pub struct OwnTemplates {
    /// Of the declaration.
    pub declaration: Option<EvidencePath>,
    /// Of the supporting evidence.
    pub supporting_evidence: Option<EvidencePath>,
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
    /// Returns every evidence path with the route of the field that names it, in a fixed order.
    pub fn evidence_paths(&self) -> Vec<(FieldPath, &EvidencePath)> {
        let mut paths = Vec::new();
        for (i, label) in self.labels.iter().enumerate() {
            for (j, path) in label.evidence.iter().enumerate() {
                paths.push((field!(labels[i].evidence[j]), path));
            }
        }
        let report = self
            .laboratory
            .as_ref()
            .and_then(|laboratory| laboratory.report.as_ref());
        paths.extend(report.map(|path| (field!(laboratory.report), path)));
        let exhibits = self.exhibits().into_iter();
        paths.extend(exhibits.map(|(field, exhibit)| (field, &exhibit.path)));
        for (kind, path) in self.evidence.given() {
            paths.push((kind.field(), path));
        }
        paths
    }

    /// Returns every answer, those to provisions first.
    pub fn answers(&self) -> impl Iterator<Item = &Answer> {
        self.provisions.iter().chain(&self.lifecycle)
    }

    /// Returns every file that an answer names, with the route of the field that names it.
    pub fn exhibits(&self) -> Vec<(FieldPath, &Exhibit)> {
        let mut exhibits = Vec::new();
        for answer in self.answers() {
            for (j, exhibit) in answer.evidence.iter().enumerate() {
                exhibits.push((answer.field().key("evidence").index(j), exhibit));
            }
        }
        exhibits
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
        texts.extend(
            self.evidence_paths()
                .into_iter()
                .map(|(field, path)| (field, path.as_str())),
        );
        texts
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
        let number = match &applicant.registration {
            Some(Registration::Abroad { number, .. }) => Some(number),
            Some(Registration::Singapore(_)) | None => None,
        };
        vec![
            (field!(applicant.name), applicant.name.as_ref()),
            (field!(applicant.registration.number), number),
            (field!(applicant.address), applicant.address.as_ref()),
            (
                field!(applicant.contact.name),
                applicant.contact.name.as_ref(),
            ),
            (
                field!(applicant.contact.email),
                applicant.contact.email.as_ref(),
            ),
            (
                field!(applicant.filed_by.name),
                filer.and_then(|filer| filer.name.as_ref()),
            ),
            (field!(signatory.name), self.signatory.name.as_ref()),
            (field!(signatory.title), self.signatory.title.as_ref()),
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
            (field!(product.support.url), product.support_url.as_ref()),
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
