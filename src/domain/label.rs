//! Labels held under the schemes of other countries.

use crate::domain::{Date, EvidencePath, Field, List};

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

/// One label held.
#[derive(Clone, Debug, Default)]
pub struct Label {
    /// Whose label it is.
    pub scheme: Field<Scheme>,
    /// Its grade, where the scheme has grades.
    pub level: Field<LabelLevel>,
    /// The product category on the label, where the scheme has categories.
    pub category: Field<LabelCategory>,
    /// Its number.
    pub number: Field<String>,
    /// The day it was issued.
    pub issued: Field<Date>,
    /// The last day on which it is valid.
    pub expires: Field<Date>,
    /// The day of the last annual review, where the scheme reviews yearly.
    pub reviewed: Field<Date>,
    /// The models that it names.
    pub models: List<String>,
    /// The firmware that it was issued for.
    pub firmware_version: Field<String>,
    /// Copies of the certificate.
    pub evidence: List<EvidencePath>,
}

impl Label {
    /// Returns false if the label ended before a day. One that does not say when it ends has not ended.
    pub fn in_force_on(&self, day: Date) -> bool {
        let expires = self.expires.given();
        expires.is_none_or(|expires| expires >= day)
    }

    /// Returns the days of issue and expiry.
    pub fn term(&self) -> Option<(Date, Date)> {
        self.issued.given().zip(self.expires.given())
    }

    /// Returns the days of issue and expiry of a label that ends before it begins, which cannot be.
    pub fn reversed_term(&self) -> Option<(Date, Date)> {
        self.term().filter(|(issued, expires)| expires <= issued)
    }
}
