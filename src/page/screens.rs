//! The screens of an application, in the order of the work, and what each of them asks for.

use crate::domain::FieldPath;

/// A screen: its name, and the fields that it shows.
pub(super) struct Screen {
    pub(super) name: &'static str,
    pub(super) fields: &'static [&'static str],
}

pub(super) const SCREENS: &[Screen] = &[
    Screen {
        name: "route",
        fields: &[
            "product.category",
            "labels",
            "application.level",
            "application.submission",
        ],
    },
    Screen {
        name: "company",
        fields: &["applicant", "signatory"],
    },
    Screen {
        name: "product",
        fields: &[
            "product.brand",
            "product.name",
            "product.models",
            "product.firmware_version",
            "product.hardware_version",
            "product.companion_apps",
            "product.url",
            "product.traits",
        ],
    },
    Screen {
        name: "labels",
        fields: &["labels", "laboratory"],
    },
    Screen {
        name: "support",
        fields: &["product.support", "product.vulnerability_disclosure"],
    },
    Screen {
        name: "answers",
        fields: &["provisions", "lifecycle"],
    },
    Screen {
        name: "evidence",
        fields: &["evidence", "looked_through"],
    },
    Screen {
        name: "check",
        fields: &["confirmed", "waivers", "example"],
    },
    Screen {
        name: "documents",
        fields: &["templates"],
    },
    Screen {
        name: "sign",
        fields: &["declaration"],
    },
    Screen {
        name: "file",
        fields: &[],
    },
    Screen {
        name: "hand-over",
        fields: &[],
    },
];

/// Returns the screen on which a field is; what is on none is on that of the checks.
pub(super) fn of(path: Option<&FieldPath>) -> &'static str {
    let Some(path) = path else { return "check" };
    let is_on = |screen: &&Screen| {
        let mut fields = screen.fields.iter();
        fields.any(|field| FieldPath::parse(field).is_some_and(|field| path.is_within(&field)))
    };
    // Labels are asked for on the first screen, and shown in full on their own.
    let found = SCREENS.iter().rfind(is_on);
    found.map_or("check", |screen| screen.name)
}

pub(super) const TEMPLATES: &[(&str, &str)] = &[
    ("start.html", include_str!("assets/start.html")),
    ("screen.html", include_str!("assets/screen.html")),
    ("blocks.html", include_str!("assets/blocks.html")),
    ("findings.html", include_str!("assets/findings.html")),
    ("card.html", include_str!("assets/card.html")),
    ("steps.html", include_str!("assets/steps.html")),
];
