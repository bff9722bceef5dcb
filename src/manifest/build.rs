//! From parsed values to the application. Nothing can be wrong any more; it can only be missing.

use crate::domain::applicant::Filer;
use crate::domain::{
    Applicant, Application, CompanionApp, Contact, Example, Label, Laboratory, OwnTemplates,
    Product, ProductFiles, Registration, Signatory, SignedDeclaration, Waiver,
};
use crate::manifest::value::Table;

/// Builds the application.
pub(crate) fn application(root: &Table) -> Application {
    let application = root.table("application");
    Application {
        example: root.word::<Example>("example").given() == Some(Example::True),
        level: application.word("level"),
        submission: application.date("submission").given(),
        applicant: applicant(&root.table("applicant")),
        product: product(&root.table("product")),
        labels: root.tables("labels", label),
        laboratory: root
            .table_if_any("laboratory")
            .and_then(|table| Some(laboratory(&table))),
        provisions: root.answers("provisions"),
        lifecycle: root.answers("lifecycle"),
        evidence: evidence(&root.table("evidence")),
        looked_through: root.paths("looked_through").to_vec(),
        signatory: signatory(&root.table("signatory")),
        declaration: declaration(&root.table("declaration")),
        templates: templates(&root.table("templates")),
        waivers: root.tables("waivers", waiver).to_vec(),
    }
}

fn waiver(table: &Table) -> Waiver {
    Waiver {
        code: table.text("code").given(),
        place: table.text("place").given(),
        reason: table.text("reason").given(),
        by: table.text("by").given(),
        until: table.date("until").given(),
    }
}

fn declaration(table: &Table) -> SignedDeclaration {
    SignedDeclaration {
        signed: table.path("signed").given(),
        signed_for: table.hash("signed_for").given(),
    }
}

fn templates(table: &Table) -> OwnTemplates {
    OwnTemplates {
        declaration: table.path("declaration").given(),
        supporting_evidence: table.path("supporting-evidence").given(),
    }
}

fn applicant(table: &Table) -> Applicant {
    let contact = table.table("contact");
    Applicant {
        name: table.text("name").given(),
        registration: registration(table),
        address: table.text("address").given(),
        contact: Contact {
            name: contact.text("name").given(),
            email: contact.text("email").given(),
            phone: contact.text("phone").given(),
        },
        filed_by: table.table_if_any("filed_by").given().map(|filer| Filer {
            name: filer.text("name").given(),
            uen: filer.uen("uen").given(),
        }),
        shares_with: table.texts("shares_with").to_vec(),
    }
}

fn registration(table: &Table) -> Option<Registration> {
    let abroad = table.table("registration");
    let local = table.uen("uen").given().map(Registration::Singapore);
    local.or_else(|| {
        Some(Registration::Abroad {
            country: abroad.text("country").given()?,
            number: abroad.text("number").given()?,
        })
    })
}

fn product(table: &Table) -> Product {
    let support = table.table("support");
    Product {
        brand: table.text("brand").given(),
        name: table.text("name").given(),
        models: table.texts("models").to_vec(),
        category: table.word("category").given(),
        hardware_version: table.text("hardware_version").given(),
        firmware_version: table.text("firmware_version").given(),
        companion_apps: table.tables("companion_apps", companion_app).to_vec(),
        url: table.text("url").given(),
        support_until: support.date("until").given(),
        support_url: support.text("url"),
        vulnerability_disclosure: table.text("vulnerability_disclosure"),
        traits: table.texts("traits").to_vec(),
    }
}

fn companion_app(table: &Table) -> CompanionApp {
    CompanionApp {
        name: table.text("name").given(),
        platform: table.word("platform").given(),
        version: table.text("version").given(),
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
        name: table.text("name").given(),
        reference: table.text("reference").given(),
        date: table.date("date").given(),
        report: table.path("report").given(),
    }
}

fn evidence(table: &Table) -> ProductFiles {
    ProductFiles {
        label_photo: table.path("label-photo"),
        sbom: table.path("sbom"),
        binary_scan: table.path("binary-scan"),
        penetration_test: table.path("penetration-test"),
    }
}

fn signatory(table: &Table) -> Signatory {
    Signatory {
        name: table.text("name").given(),
        title: table.text("title").given(),
        place: table.text("place").given(),
        date: table.date("date").given(),
    }
}
