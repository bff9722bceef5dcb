//! From parsed values to the application. Nothing can be wrong any more; it can only be missing.

use crate::domain::applicant::Filer;
use crate::domain::{
    Applicant, Application, CompanionApp, Contact, EvidenceKind, Example, Label, Laboratory,
    OwnTemplates, Product, Registration, Signatory, SignedDeclaration, Waiver,
};
use crate::manifest::value::Table;

/// Builds the application.
pub(crate) fn application(root: &Table) -> Application {
    let application = root.table("application");
    Application {
        example: root.word::<Example>("example") == Some(Example::True),
        level: application.word("level"),
        submission: application.date("submission"),
        applicant: applicant(&root.table("applicant")),
        product: product(&root.table("product")),
        labels: root.tables("labels").iter().map(label).collect(),
        laboratory: root
            .table_if_any("laboratory")
            .map(|table| laboratory(&table)),
        provisions: root.answers("provisions").unwrap_or_default(),
        lifecycle: root.answers("lifecycle").unwrap_or_default(),
        evidence: evidence(&root.table("evidence")),
        looked_through: root.paths("looked_through"),
        signatory: signatory(&root.table("signatory")),
        declaration: declaration(&root.table("declaration")),
        templates: templates(&root.table("templates")),
        waivers: root.tables("waivers").iter().map(waiver).collect(),
    }
}

fn waiver(table: &Table) -> Waiver {
    Waiver {
        code: table.text("code"),
        place: table.text("place"),
        reason: table.text("reason"),
        by: table.text("by"),
        until: table.date("until"),
    }
}

fn declaration(table: &Table) -> SignedDeclaration {
    SignedDeclaration {
        signed: table.path("signed"),
        signed_for: table.hash("signed_for"),
    }
}

fn templates(table: &Table) -> OwnTemplates {
    OwnTemplates {
        declaration: table.path("declaration"),
        supporting_evidence: table.path("supporting-evidence"),
    }
}

fn applicant(table: &Table) -> Applicant {
    let contact = table.table("contact");
    Applicant {
        name: table.text("name"),
        registration: registration(table),
        address: table.text("address"),
        contact: Contact {
            name: contact.text("name"),
            email: contact.text("email"),
            phone: contact.text("phone"),
        },
        filed_by: table.table_if_any("filed_by").map(|filer| Filer {
            name: filer.text("name"),
            uen: filer.uen("uen"),
        }),
        shares_with: table.texts("shares_with"),
    }
}

fn registration(table: &Table) -> Option<Registration> {
    let abroad = table.table("registration");
    let local = table.uen("uen").map(Registration::Singapore);
    local.or_else(|| {
        Some(Registration::Abroad {
            country: abroad.text("country")?,
            number: abroad.text("number")?,
        })
    })
}

fn product(table: &Table) -> Product {
    let support = table.table("support");
    Product {
        brand: table.text("brand"),
        name: table.text("name"),
        models: table.texts("models"),
        category: table.word("category"),
        hardware_version: table.text("hardware_version"),
        firmware_version: table.text("firmware_version"),
        companion_apps: table
            .tables("companion_apps")
            .iter()
            .map(companion_app)
            .collect(),
        url: table.text("url"),
        support_until: support.date("until"),
        support_url: support.text("url"),
        vulnerability_disclosure: table.text("vulnerability_disclosure"),
        traits: table.texts("traits"),
    }
}

fn companion_app(table: &Table) -> CompanionApp {
    CompanionApp {
        name: table.text("name"),
        platform: table.word("platform"),
        version: table.text("version"),
    }
}

fn label(table: &Table) -> Label {
    Label {
        scheme: table.word("scheme"),
        level: table.word("level"),
        category: table.word("category"),
        number: table.text("number"),
        issued: table.date("issued"),
        expires: table.date("expires"),
        reviewed: table.date("reviewed"),
        models: table.texts("models"),
        firmware_version: table.text("firmware_version"),
        evidence: table.paths("evidence"),
    }
}

fn laboratory(table: &Table) -> Laboratory {
    Laboratory {
        name: table.text("name"),
        reference: table.text("reference"),
        date: table.date("date"),
        report: table.path("report"),
    }
}

fn evidence(table: &Table) -> Vec<(EvidenceKind, crate::domain::EvidencePath)> {
    EvidenceKind::ALL
        .iter()
        .filter_map(|kind| Some((*kind, table.path(kind.as_str())?)))
        .collect()
}

fn signatory(table: &Table) -> Signatory {
    Signatory {
        name: table.text("name"),
        title: table.text("title"),
        place: table.text("place"),
        date: table.date("date"),
    }
}
