//! What the declaration declares, as one hash: a signature stands for this content and no other.

use serde::Serialize;

use crate::domain::{Application, Sha256};
use crate::plan::Plan;

/// The content that a signature stands for, in a fixed order. A contact's telephone number or the day
/// of submission may change without a new signature; product, answers, level and labels may not.
#[derive(Serialize)]
struct Declares<'a> {
    format: u8,
    applicant: Option<&'a str>,
    registration: Option<String>,
    brand: Option<&'a str>,
    name: Option<&'a str>,
    models: &'a [String],
    category: Option<crate::domain::Category>,
    hardware_version: Option<&'a str>,
    firmware_version: Option<&'a str>,
    apps: Vec<[Option<String>; 3]>,
    support_until: Option<crate::domain::Date>,
    form: Option<&'a str>,
    level: Option<crate::domain::Level>,
    labels: Vec<[Option<String>; 3]>,
    answers: Vec<(&'a str, Option<crate::domain::Support>, Option<&'a str>)>,
}

/// Returns the hash of what a declaration by this plan declares.
pub fn hash(plan: &Plan, application: &Application) -> Sha256 {
    let product = &application.product;
    let declares = Declares {
        format: 1,
        applicant: application.applicant.name.as_deref(),
        registration: application
            .applicant
            .registration
            .as_ref()
            .map(ToString::to_string),
        brand: product.brand.as_deref(),
        name: product.name.as_deref(),
        models: &product.models,
        category: product.category,
        hardware_version: product.hardware_version.as_deref(),
        firmware_version: product.firmware_version.as_deref(),
        apps: product
            .companion_apps
            .iter()
            .map(|app| {
                [
                    app.name.clone(),
                    app.platform.map(|platform| platform.to_string()),
                    app.version.clone(),
                ]
            })
            .collect(),
        support_until: product.support_until,
        form: plan.form.as_ref().map(|form| form.id.as_str()),
        level: plan.level,
        labels: application
            .labels
            .iter()
            .map(|label| {
                [
                    label.scheme.map(|scheme| scheme.to_string()),
                    label.level.map(|level| level.to_string()),
                    label.number.clone(),
                ]
            })
            .collect(),
        answers: plan
            .provisions
            .iter()
            .map(|line| (line.id.as_str(), line.support, line.detail.as_deref()))
            .collect(),
    };
    // Plain strings, numbers and lists always serialise.
    Sha256::of(
        serde_json::to_string(&declares)
            .unwrap_or_default()
            .as_bytes(),
    )
}
