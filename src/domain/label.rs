//! Labels held under the schemes of other countries.

use crate::domain::record::{Line, Many, record};
use crate::domain::{Date, Exhibit};

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

record! {
    /// One label held.
    Label "`labels`" {
        Required scheme: Scheme => "the scheme that issued the label";
        Sometimes level: LabelLevel => "the grade of a KISA CIC or JC-STAR label";
        Sometimes category: LabelCategory => "the product category that a BSI label names";
        Sometimes number: Line<80> => "the number on the label or certificate";
        Sometimes issued: Date => "the day on which the label was issued";
        Sometimes expires: Date => "the last day on which the label is valid";
        Sometimes reviewed: Date => "the day of the last annual review (Traficom)";
        Sometimes models: Many<Line<60>> => "the models that the label names, as it spells them";
        Optional firmware_version: Line<60> => "the firmware that the label was issued for";
        Sometimes evidence: Many<Exhibit> => "copies of the certificate";
    }
}

impl Label {
    /// Returns false if the label expired before a day. One without an expiry date has not expired.
    pub fn in_force_on(&self, day: Date) -> bool {
        let expires = self.expires.given();
        expires.is_none_or(|expires| expires >= day)
    }

    /// Returns the days of issue and expiry.
    pub fn term(&self) -> Option<(Date, Date)> {
        self.issued.given().zip(self.expires.given())
    }

    /// Returns the days of issue and expiry if they are in the wrong order.
    pub fn reversed_term(&self) -> Option<(Date, Date)> {
        self.term().filter(|(issued, expires)| expires <= issued)
    }
}
