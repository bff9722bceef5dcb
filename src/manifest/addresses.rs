//! Checks whether the addresses of a manifest reach anybody: pages that should be public, a mailbox and a telephone
//! that an officer may use.

use std::collections::BTreeSet;

use crate::diag::{Code, Finding, Told, told};
use crate::domain::address::{PhoneDoubt, WebAddress, inside, phone_doubt};
use crate::domain::text::shown;
use crate::domain::{Application, FieldPath, field, hosts};

/// What is found in one manifest.
pub(crate) struct Addresses<'a> {
    findings: Vec<Finding>,
    /// Texts that a person confirmed.
    confirmed: &'a BTreeSet<String>,
    /// The fields with addresses that are kept for examples.
    reserved: Vec<FieldPath>,
    /// The manifest calls itself an example.
    is_example: bool,
}

/// Checks every address.
pub(crate) fn check(application: &Application, confirmed: &BTreeSet<String>) -> Vec<Finding> {
    let mut addresses = Addresses {
        findings: Vec::new(),
        confirmed,
        reserved: Vec::new(),
        is_example: application.is_example(),
    };
    let (product, contact) = (&application.product, &application.applicant.contact);
    let pages = [
        (field!(product.url), product.url.as_ref()),
        (field!(product.support.url), product.support.url.as_ref()),
        (
            field!(product.vulnerability_disclosure),
            product.vulnerability_disclosure.as_ref(),
        ),
    ];
    for (field, text) in pages {
        if let Some(text) = text
            .as_ref()
            .filter(|text| !confirmed.contains(text.as_str()))
        {
            addresses.page(&field, text);
        }
    }
    if let Some(text) = contact.email.as_ref() {
        addresses.mailbox(&field!(applicant.contact.email), text);
    }
    if let Some(text) = contact.phone.as_ref() {
        addresses.phone(&field!(applicant.contact.phone), text);
    }
    addresses.say_what_is_reserved();
    addresses.findings
}

impl Addresses<'_> {
    fn say(&mut self, code: Code, field: &FieldPath, message: String, help: impl Into<Told>) {
        self.findings.push(Finding::at(code, field, message, help));
    }

    /// Notes a field whose address reaches nobody. An example may use addresses that are reserved for examples.
    fn reserve(&mut self, field: &FieldPath, is_made_for_it: bool) {
        if !(self.is_example && is_made_for_it) {
            self.reserved.push(field.clone());
        }
    }

    fn page(&mut self, field: &FieldPath, text: &str) {
        let Some(address) = WebAddress::of(text) else {
            return;
        };
        // One address has one finding, the gravest.
        let _ = self.leads_nowhere(field, text, &address)
            || self.opens_for_one(field, text, &address)
            || self.may_be_closed(field, text, &address)
            || self.is_plain(field, text, &address);
    }

    fn leads_nowhere(&mut self, field: &FieldPath, text: &str, address: &WebAddress<'_>) -> bool {
        let (host, text) = (&address.host, shown(text));
        if let Some(why) = inside(host) {
            let message = format!("nobody outside can open `{text}`: `{host}` {why}");
            let help = "write the address of the public page";
            self.say(Code::AddressNotPublic, field, message, help);
        } else if let Some((part, other)) = hosts::looks_like_another(host) {
            let message = format!("`{}` in `{text}` {}", shown(&part), other.says());
            let help = told(|m| {
                format!(
                    "type the address again, or list it {} if it is the company’s address",
                    m.confirmed()
                )
            });
            self.say(Code::LookAlikeLetter, field, message, help);
        } else if hosts::is_of_template(host) {
            let message = format!("`{host}` is a placeholder");
            let help = told(|m| {
                format!(
                    "write the company’s address; if this is it, list it {}",
                    m.confirmed()
                )
            });
            self.say(Code::Placeholder, field, message, help);
        } else if hosts::is_reserved(host) {
            self.reserve(field, host.ends_with(".example"));
            // An example may still be wrong in another way.
            return false;
        } else {
            return false;
        }
        true
    }

    fn opens_for_one(&mut self, field: &FieldPath, text: &str, address: &WebAddress<'_>) -> bool {
        // The value itself is private.
        let message = match (address.user, hosts::session(address.rest)) {
            (Some(_), _) => {
                let shown = shown(&format!("{}://…@{}", address.scheme, address.host));
                format!("`{shown}` contains a user name or a password")
            }
            (None, Some(name)) => {
                let before = text.split(['?', ';', '#']).next().unwrap_or_default();
                let (before, name) = (shown(before), shown(name));
                format!("`{before}…` contains `{name}`, which is valid for one person or one visit")
            }
            (None, None) => return false,
        };
        let help = "write the address without it, as it opens for everybody";
        self.say(Code::AddressWithSecret, field, message, help);
        true
    }

    fn may_be_closed(&mut self, field: &FieldPath, text: &str, address: &WebAddress<'_>) -> bool {
        let host = &address.host;
        let why = if let Some(service) = hosts::share(host) {
            format!("is on `{service}`, where a link opens for those who have it or log in")
        } else if let Some(service) = hosts::shortened(host) {
            format!("is on `{service}`, which hides where the link leads and may stop working")
        } else if let Some(service) = hosts::archive(host) {
            format!("is a copy on `{service}`, which shows how the page once was")
        } else if let Some(part) = hosts::stage(host) {
            format!("has the host part `{part}`, which is usual for test servers")
        } else if let Some(part) = hosts::log_in(address.rest) {
            format!(
                "has the part `{}`, which usually asks for a login",
                shown(part)
            )
        } else if address.ip().is_some() {
            "has a number instead of a name, which does not show who owns it".to_owned()
        } else if let Some(port) = address.port().filter(|port| !matches!(port, 80 | 443)) {
            format!("has the port {port}, which many networks do not let through")
        } else {
            return false;
        };
        let message = format!("`{}` {why}", shown(text));
        let help = told(|m| {
            format!(
                "open it in a private window without a login; write the public address if it does not open, or list it {}",
                m.confirmed()
            )
        });
        self.say(Code::AddressDoubtful, field, message, help);
        true
    }

    fn is_plain(&mut self, field: &FieldPath, text: &str, address: &WebAddress<'_>) -> bool {
        let is_plain = address.scheme.eq_ignore_ascii_case("http");
        if is_plain {
            let message = format!("`{}` is not encrypted", shown(text));
            let help = "write it with `https://`, and check that it opens";
            self.say(Code::AddressUnencrypted, field, message, help);
        }
        is_plain
    }

    fn mailbox(&mut self, field: &FieldPath, text: &str) {
        let lower = text.to_lowercase();
        let Some((local, domain)) = lower.rsplit_once('@') else {
            return;
        };
        if self.confirmed.contains(text) {
            return;
        }
        let is_test = local == "test" && domain.starts_with("test.");
        if let Some(why) = inside(domain) {
            let message = format!(
                "`{}` cannot receive mail from outside: `{domain}` {why}",
                shown(text)
            );
            let help = "write an address that an officer can reach";
            self.say(Code::AddressNotPublic, field, message, help);
        } else if hosts::is_reserved(domain) {
            self.reserve(field, domain.ends_with(".example"));
        } else if hosts::is_of_template(domain) || hosts::is_nobody(local) || is_test {
            let message = format!("`{}` is a placeholder", shown(text));
            let help = told(|m| {
                format!(
                    "write the real address; if this is it, list it {}",
                    m.confirmed()
                )
            });
            self.say(Code::Placeholder, field, message, help);
        } else if let Some((part, other)) = hosts::looks_like_another(domain) {
            let message = format!("`{}` in `{}` {}", shown(&part), shown(text), other.says());
            let help = told(|m| {
                format!(
                    "type the address again, or list it {} if it is the company’s address",
                    m.confirmed()
                )
            });
            self.say(Code::LookAlikeLetter, field, message, help);
        } else if hosts::is_no_reply(local) {
            let message = format!("nobody reads what is sent to `{}`", shown(text));
            let help = "write the address of a person or a team";
            self.say(Code::ContactDoubtful, field, message, help);
        } else if hosts::is_free_mail(domain) {
            let message = format!(
                "`{}` is a private mailbox, not one of the company",
                shown(text)
            );
            let help = told(|m| {
                format!(
                    "write an address of the company, or list this one {}",
                    m.confirmed()
                )
            });
            self.say(Code::ContactDoubtful, field, message, help);
        }
    }

    fn phone(&mut self, field: &FieldPath, text: &str) {
        if self.confirmed.contains(text) {
            return;
        }
        let text = shown(text);
        match phone_doubt(&text) {
            Some(PhoneDoubt::Impossible) => {
                let message = format!("`{text}` is not a number that can be called");
                let help = "write the number with its country code; in Singapore it has eight digits and begins with 3, 6, 8 or 9";
                self.say(Code::MalformedPhone, field, message, help);
            }
            Some(PhoneDoubt::Reserved) => self.reserve(field, true),
            Some(PhoneDoubt::Pattern) => {
                let message =
                    format!("`{text}` looks like a placeholder: its digits repeat or count");
                let help = told(|m| {
                    format!(
                        "compare it with the company’s number, and list it {} if it is right",
                        m.confirmed()
                    )
                });
                self.say(Code::ContactDoubtful, field, message, help);
            }
            None => {}
        }
    }

    /// Reports all example addresses in one finding instead of one each.
    fn say_what_is_reserved(&mut self) {
        let Some(first) = self.reserved.first().cloned() else {
            return;
        };
        let fields: Vec<String> = self
            .reserved
            .iter()
            .map(|field| format!("`{field}`"))
            .collect();
        let (has, are) = match fields.len() {
            1 => ("has", "an address that reaches"),
            _ => ("have", "addresses that reach"),
        };
        let message = format!("{} {has} {are} nobody, as in an example", fields.join(", "));
        let help = "write the real ones; in a manifest that is an example, write `example: true`";
        let finding = Finding::at(Code::AddressOfExample, &first, message, help);
        self.findings.push(finding.in_cell("write the real ones"));
    }
}
