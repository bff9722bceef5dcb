//! Applicant, product, laboratory and signatory as a document shows them.

use crate::domain::{Application, Laboratory, Registration};
use crate::render::view::{
    ApplicantView, LaboratoryView, MISSING, ProductView, SignatoryView, needed, optional,
};

pub(super) fn applicant(application: &Application) -> ApplicantView {
    let applicant = &application.applicant;
    let filer = applicant.filed_by.as_ref();
    let registration = applicant.registered();
    ApplicantView {
        name: needed(applicant.name.as_ref()),
        name_latin: optional(applicant.name_latin.as_ref()),
        registration: needed(registration.as_ref()),
        number: needed(registration.as_ref().map(Registration::number)),
        address: lines(&needed(applicant.address.as_ref())),
        address_latin: lines(&optional(applicant.address_latin.as_ref())),
        contact: needed(applicant.contact.name.as_ref()),
        contact_latin: optional(applicant.contact.name_latin.as_ref()),
        email: needed(applicant.contact.email.as_ref()),
        phone: optional(applicant.contact.phone.as_ref()),
        abroad: applicant.abroad().is_some(),
        filed_by: optional(filer.and_then(|filer| filer.name.as_ref())),
        filed_by_latin: optional(filer.and_then(|filer| filer.name_latin.as_ref())),
        filed_by_uen: optional(filer.and_then(|filer| filer.uen.as_ref())),
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

pub(super) fn product(application: &Application) -> ProductView {
    let product = &application.product;
    let models = product.models.join(", ");
    let models_short = match &*product.models {
        [first, _, _, rest @ ..] if !rest.is_empty() || models.chars().count() > 40 => {
            format!("{first} and {} more", product.models.len() - 1)
        }
        _ => models.clone(),
    };
    ProductView {
        title: application
            .product
            .title()
            .unwrap_or_else(|| MISSING.to_owned()),
        brand: needed(product.brand.as_ref()),
        name: needed(product.name.as_ref()),
        models: needed((!models.is_empty()).then_some(models)),
        model_list: match &*product.models {
            [] => vec![MISSING.to_owned()],
            models => models.to_vec(),
        },
        models_short,
        category: needed(
            product
                .category
                .given()
                .map(|category| category.as_str().replace('-', " ")),
        ),
        hardware_version: optional(product.hardware_version.as_ref()),
        firmware_version: needed(product.firmware_version.as_ref()),
        apps: product
            .companion_apps
            .iter()
            .map(|app| {
                format!(
                    "{} {} ({})",
                    needed(app.name.as_ref()),
                    needed(app.version.as_ref()),
                    needed(app.platform.given())
                )
            })
            .collect(),
        url: optional(product.url.as_ref()),
        support_until: needed(product.support.until.given()),
        support_url: optional(product.support.url.as_ref()),
        vulnerability_disclosure: optional(product.vulnerability_disclosure.as_ref()),
    }
}

pub(super) fn laboratory(laboratory: &Laboratory) -> LaboratoryView {
    LaboratoryView {
        name: needed(laboratory.name.as_ref()),
        reference: needed(laboratory.reference.as_ref()),
        date: needed(laboratory.date.given()),
    }
}

pub(super) fn signatory(application: &Application) -> SignatoryView {
    let signatory = &application.signatory;
    SignatoryView {
        name: needed(signatory.name.as_ref()),
        name_latin: optional(signatory.name_latin.as_ref()),
        title: needed(signatory.title.as_ref()),
        title_latin: optional(signatory.title_latin.as_ref()),
        place: optional(signatory.place.as_ref()),
        date: optional(signatory.date.given()),
    }
}
