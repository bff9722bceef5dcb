//! Checks a bill of materials: for this product and firmware, complete, consistent, recent.

use std::collections::BTreeSet;

use crate::diag::{Code, Finding, told};
use crate::domain::text::shown;
use crate::domain::{Application, Date, FieldPath};
use crate::inspect::Paper;
use crate::inspect::identity::fold::bare;
use crate::inspect::identity::spelling::{alike, difference};
use crate::inspect::identity::{certificate, company, version};
use crate::sbom::{Bill, Component, Format};

/// The versions of the formats that are known, the oldest that tools of today read first.
const KNOWN: &[(Format, &[&str])] = &[
    (
        Format::CycloneDx,
        &["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"],
    ),
    (
        Format::Spdx,
        &[
            "2.1", "2.2", "2.2.1", "2.3", "2.3.1", "3.0", "3.0.0", "3.0.1",
        ],
    ),
];

/// Names that build tools use if the product has no name.
const NAMELESS: &[&str] = &[
    "",
    "firmware",
    "image",
    "app",
    "application",
    "root",
    "rootfs",
    "product",
    "main",
    "project",
    "build",
    "package",
    "sbom",
    ".",
    "src",
    "fw",
    "device",
];
/// Words that tools write if there is no version.
const VERSIONLESS: &[&str] = &[
    "",
    "0.0.0",
    "0",
    "latest",
    "unspecified",
    "unknown",
    "dev",
    "main",
    "master",
    "head",
    "snapshot",
    "0.0.0-dev",
    "0.0.1-snapshot",
];

/// After so many years a bill of materials is reported as outdated.
const YEARS: u8 = 2;

/// Returns true for a name with letters and digits in one of its words, as models have.
fn is_code(name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| {
        let has = |is: fn(&u8) -> bool| word.bytes().any(|b| is(&b));
        has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
    })
}

/// A bill of materials, and where it is named.
struct Named<'a> {
    paper: &'a Paper<'a>,
    field: &'a FieldPath,
    bill: &'a Bill,
}

pub(super) fn findings(
    application: &Application,
    paper: &Paper<'_>,
    field: &FieldPath,
    bill: &Bill,
) -> Vec<Finding> {
    let named = Named { paper, field, bill };
    let mut findings = Vec::new();
    findings.extend(named.of_product(application));
    findings.extend(named.of_firmware(application));
    findings.extend(named.incomplete());
    findings.extend(named.inconsistent());
    findings.extend(named.unknown_format());
    findings.extend(named.outdated(application));
    findings
}

impl Named<'_> {
    fn finding(&self, code: Code, says: &str, help: &str) -> Finding {
        Finding::at(
            code,
            self.field,
            format!("`{}` {says}", self.paper.path),
            help,
        )
    }

    fn subject(&self) -> Option<&Component> {
        self.bill.subject.as_ref()
    }

    /// Compares the product of the bill of materials with the manifest.
    fn of_product(&self, application: &Application) -> Option<Finding> {
        let subject = self.subject()?;
        let name = bare(&subject.name);
        if NAMELESS.contains(&subject.name.to_lowercase().as_str()) || name.is_empty() {
            return None;
        }
        let own = certificate::own_models(application);
        let whole = format!("{} {}", subject.name, subject.id);
        let names = |text: &str| own.iter().any(|model| bare(text).contains(&bare(model)));
        if names(&subject.id) && !names(&subject.name) && is_code(&subject.name) {
            let says = format!(
                "calls the product `{}`, but its identifier is `{}`",
                shown(&subject.name),
                shown(&subject.id)
            );
            let help = "export the bill of materials of this product again";
            return Some(self.finding(Code::SbomInconsistent, &says, help));
        }
        let is_short =
            |model: &&str| bare(model).len() > 3 && name.len() >= 3 && bare(model).ends_with(&name);
        if names(&whole) || own.iter().any(is_short) {
            return None;
        }
        self.of_other_model(subject, &own)
            .or_else(|| self.of_nothing_known(subject, &whole, application))
    }

    /// A model that is like one of the manifest, and is none of them.
    fn of_other_model(&self, subject: &Component, own: &[&str]) -> Option<Finding> {
        let words: Vec<&str> = subject
            .name
            .split(['_', ' ', '/', '@', ':', '.', '-'])
            .collect();
        let (other, model) = own.iter().find_map(|model| {
            let n = model.split(['-', '_', ' ', '.', '/']).count();
            let mut windows = words.windows(n).map(|window| window.join("-"));
            let other = windows.find(|word| {
                word.bytes().any(|b| b.is_ascii_digit()) && alike(word, model).is_some()
            })?;
            Some((other, *model))
        })?;
        let says = format!(
            "is for `{}`, not for the model `{}`",
            shown(&subject.name),
            shown(model)
        );
        let help = "name the bill of materials of this product";
        Some(
            self.finding(Code::SbomOfOtherProduct, &says, help)
                .because(difference(&other.to_uppercase(), &model.to_uppercase())),
        )
    }

    /// A product of which the manifest names nothing.
    fn of_nothing_known(
        &self,
        subject: &Component,
        whole: &str,
        application: &Application,
    ) -> Option<Finding> {
        let mut names = company::names(application);
        names.extend(application.product.name.as_ref().cloned());
        names.extend(
            application
                .product
                .companion_apps
                .iter()
                .filter_map(|app| app.name.as_ref().cloned()),
        );
        let lower = whole.to_lowercase();
        if company::names_one(&lower, &names)
            || mentions_product(&lower, application)
            || !company::is_comparable(&subject.name, &names)
        {
            return None;
        }
        let says = format!(
            "is for `{}`, which is neither the model, the product nor the brand",
            shown(&subject.name)
        );
        Some(self.finding(
            Code::OtherProductMentioned,
            &says,
            "check that it is the bill of materials of this product",
        ))
    }

    /// Compares the firmware of the bill of materials with the manifest.
    fn of_firmware(&self, application: &Application) -> Option<Finding> {
        let firmware = application.product.firmware_version.as_deref()?;
        let subject = self.subject()?;
        let found = subject.version.as_deref()?;
        let lower = found.to_lowercase();
        let has_digit = found.bytes().any(|b| b.is_ascii_digit());
        // Tools that scan a file write its digest; Yocto calls every image 1.0.
        let is_digest = lower.starts_with("sha256:") || lower.starts_with("sha1:");
        let is_hash = found.len() >= 7 && found.bytes().all(|b| b.is_ascii_hexdigit());
        if VERSIONLESS.contains(&lower.as_str())
            || !has_digit
            || is_hash
            || is_digest
            || (matches!(lower.as_str(), "1.0" | "1.0-r0")
                && subject.name.to_lowercase().contains("image"))
            || version::is_named(found, firmware)
            || bare(found) == bare(firmware)
        {
            return None;
        }
        let message = told(|m| {
            format!(
                "`{}` is for version `{}`, but {m} has the firmware `{}`",
                self.paper.path,
                shown(found),
                shown(firmware)
            )
        });
        let help =
            "export the bill of materials of this firmware, or correct `product.firmware_version`";
        Some(
            Finding::at(Code::SbomOfOtherProduct, self.field, message, help)
                .because(difference(found, firmware)),
        )
    }

    fn incomplete(&self) -> Option<Finding> {
        let components = &self.bill.components;
        let nameless = components.iter().filter(|one| one.name.is_empty()).count();
        let without_version: Vec<&str> = components
            .iter()
            .filter(|one| one.version.is_none())
            .map(|one| one.name.as_str())
            .collect();
        let without_licence = components.iter().filter(|one| !one.has_licence).count();
        let n = components.len();
        let mut says = Vec::new();
        if nameless > 0 {
            says.push(format!("{nameless} without a name"));
        }
        if !without_version.is_empty() {
            says.push(format!(
                "{} without a version ({})",
                without_version.len(),
                some(&without_version)
            ));
        }
        // Tools know licences less often, so a few missing ones are not reported.
        if without_licence * 2 > n {
            says.push(format!("{without_licence} without a licence"));
        }
        if says.is_empty() || self.bill.format == Format::List {
            return None;
        }
        let says = format!(
            "lists {n} component{}: {}",
            if n == 1 { "" } else { "s" },
            says.join(", ")
        );
        Some(self.finding(
            Code::SbomIncomplete,
            &says,
            "export it again with the name, version and licence of each component",
        ))
    }

    fn inconsistent(&self) -> Option<Finding> {
        let bill = self.bill;
        let mut seen = BTreeSet::new();
        let twice = bill
            .components
            .iter()
            .filter(|one| !seen.insert((&one.name, &one.version, &one.id)));
        let twice: BTreeSet<&str> = twice
            .filter(|one| bill.format == Format::CycloneDx && !one.id.is_empty())
            .map(|one| one.name.as_str())
            .collect();
        let mut says = Vec::new();
        let list =
            |texts: &BTreeSet<String>| some(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        if !bill.repeated.is_empty() {
            says.push(format!(
                "gives the identifier {} twice",
                list(&bill.repeated)
            ));
        } else if !twice.is_empty() {
            says.push(format!(
                "lists {} twice",
                some(&twice.into_iter().collect::<Vec<_>>())
            ));
        }
        if !bill.unresolved.is_empty() && !bill.is_cut {
            says.push(format!(
                "refers to {}, which it does not list",
                list(&bill.unresolved)
            ));
        }
        (!says.is_empty()).then(|| {
            self.finding(
                Code::SbomInconsistent,
                &says.join(" and "),
                "export the bill of materials again",
            )
        })
    }

    fn unknown_format(&self) -> Option<Finding> {
        let (_, known) = KNOWN
            .iter()
            .find(|(format, _)| *format == self.bill.format)?;
        let spec = self.bill.spec.as_str();
        if known.contains(&spec) {
            return None;
        }
        let name = if self.bill.format == Format::Spdx {
            "SPDX"
        } else {
            "CycloneDX"
        };
        let says = match spec {
            "" => format!("does not say in which version of {name} it is written"),
            spec => format!(
                "is written in {name} `{}`, which clspack does not know",
                shown(spec)
            ),
        };
        let help = format!(
            "export it in {name} {}, or check that the tools of the laboratory can read it",
            known
                .get(known.len().saturating_sub(2))
                .copied()
                .unwrap_or_default()
        );
        Some(self.finding(Code::SbomFormatUnknown, &says, &help))
    }

    fn outdated(&self, application: &Application) -> Option<Finding> {
        let made: Date = self.bill.made.as_deref()?.parse().ok()?;
        let submission = application.request.submission.given()?;
        let says = if made > submission {
            format!("was made on `{made}`, after the day of submission {submission}")
        } else if made.plus_years(YEARS) < submission {
            format!(
                "was made on `{made}`, more than {YEARS} years before the day of submission {submission}"
            )
        } else {
            return None;
        };
        Some(self.finding(
            Code::SbomOutdated,
            &says,
            "export the bill of materials of the firmware that is submitted",
        ))
    }
}

/// Returns true if a text has a word of the product's name.
fn mentions_product(lower: &str, application: &Application) -> bool {
    let name = application
        .product
        .name
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.any(|word| word.chars().count() >= 4 && lower.contains(word))
}

/// Lists the first three names and the number of the others.
pub(super) fn some(names: &[&str]) -> String {
    let mut says: Vec<String> = names
        .iter()
        .take(3)
        .map(|name| format!("`{}`", shown(name)))
        .collect();
    if names.len() > 3 {
        says.push(format!("{} more", names.len() - 3));
    }
    match says.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => says.join(""),
    }
}
