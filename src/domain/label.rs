//! Labels held under the schemes of other countries.

use crate::domain::{Date, EvidencePath};

words! {
    /// A labelling scheme of another country.
    Scheme { Bsi = "bsi", KisaCic = "kisa-cic", Traficom = "traficom", JcStar = "jc-star", UkPsti = "uk-psti" }
}

words! {
    /// The grade that a scheme prints on its label.
    LabelLevel {
        Lite = "lite", Basic = "basic", Standard = "standard",
        Star1 = "star-1", Star2 = "star-2", Star3 = "star-3", Star4 = "star-4",
    }
}

words! {
    /// The product category that the German label names.
    LabelCategory {
        SmartConsumerDevice = "smart-consumer-device",
        Router = "router",
        EmailService = "email-service",
        VideoConferencing = "video-conferencing",
        MobileDevice = "mobile-device",
        SmartSecurity = "smart-security",
        Other = "other",
    }
}

/// One label held. A missing or faulty field is `None`.
#[derive(Clone, Debug, Default)]
pub struct Label {
    /// Whose label it is.
    pub scheme: Option<Scheme>,
    /// Its grade, where the scheme has grades.
    pub level: Option<LabelLevel>,
    /// The product category on the label, where the scheme has categories.
    pub category: Option<LabelCategory>,
    /// Its number.
    pub number: Option<String>,
    /// The day it was issued.
    pub issued: Option<Date>,
    /// The last day on which it is valid.
    pub expires: Option<Date>,
    /// The day of the last annual review, where the scheme reviews yearly.
    pub reviewed: Option<Date>,
    /// The models that it names.
    pub models: Vec<String>,
    /// The firmware that it was issued for.
    pub firmware_version: Option<String>,
    /// Copies of the certificate.
    pub evidence: Vec<EvidencePath>,
}
