//! Web addresses, e-mail addresses and telephone numbers: their form, and who can reach them.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::hosts;

/// A web address in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAddress<'a> {
    /// `http` or `https`, as it is written.
    pub scheme: &'a str,
    /// What comes before the `@`: a name, often with a password.
    pub user: Option<&'a str>,
    /// The host in lower case, without the brackets of an IP address.
    pub host: String,
    /// The text after the colon of the host.
    pub port: Option<&'a str>,
    /// The rest, from the first `/`, `?` or `#` on.
    pub rest: &'a str,
}

impl<'a> WebAddress<'a> {
    /// Splits an address; `None` if it is not one.
    pub fn of(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        // The scheme may be written in capitals.
        let is = |known: &str| scheme.eq_ignore_ascii_case(known);
        if !is("https") && !is("http") {
            return None;
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at_checked(end)?;
        let (user, place) = match authority.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, authority),
        };
        let (host, port) = match place.strip_prefix('[') {
            Some(place) => {
                let (host, port) = place.split_once(']')?;
                (host, port.strip_prefix(':'))
            }
            None => match place.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (place, None),
            },
        };
        let host = host.strip_suffix('.').unwrap_or(host).to_lowercase();
        Some(Self {
            scheme,
            user,
            host,
            port,
            rest,
        })
    }

    /// Returns the number of the port, if one is written that exists.
    pub fn port(&self) -> Option<u16> {
        self.port?.parse().ok().filter(|port| *port > 0)
    }

    /// Returns true for an address whose port does not exist.
    pub fn has_wrong_port(&self) -> bool {
        self.port.is_some() && self.port().is_none()
    }

    /// Returns the host as an IP address.
    pub fn ip(&self) -> Option<IpAddr> {
        self.host.parse().ok()
    }
}

/// Returns true for the form of a web address.
pub fn is_url(text: &str) -> bool {
    let Some(address) = WebAddress::of(text) else {
        return false;
    };
    let host = &address.host;
    let is_host = is_domain(host) || address.ip().is_some() || is_single(host);
    let signs = text.strip_prefix(address.scheme).unwrap_or(text);
    is_host
        && signs
            .chars()
            .all(|c| !c.is_whitespace() && !c.is_control() && !"\"<>\\^`{|}".contains(c))
}

/// Returns true for a name of one part, which only a private network knows.
fn is_single(host: &str) -> bool {
    is_label(host) && host.chars().any(char::is_alphabetic)
}

fn is_label(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= 63
        && !part.starts_with('-')
        && !part.ends_with('-')
        && part.chars().all(|c| c.is_alphanumeric() || c == '-')
}

fn is_domain(host: &str) -> bool {
    host.contains('.')
        && host.split('.').all(is_label)
        && host
            .rsplit('.')
            .next()
            .is_some_and(|top| top.chars().count() >= 2 && !top.chars().all(|c| c.is_ascii_digit()))
}

/// Returns true for the form of an e-mail address.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let local_char = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_{|}~-".contains(c);
    !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(local_char)
        && is_domain(domain)
}

/// Returns true for the form of a telephone number.
pub fn is_phone(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() >= 5
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || " +-()./ext".contains(c))
}

/// Returns why nobody outside the network reaches a host, as a sentence without its subject.
pub fn inside(host: &str) -> Option<&'static str> {
    if let Ok(ip) = host.parse::<IpAddr>() {
        return match ip {
            IpAddr::V4(ip) => inside_v4(ip),
            IpAddr::V6(ip) => inside_v6(ip),
        };
    }
    let ends = |top: &&&str| {
        let rest = host.strip_suffix(**top);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    if host == "localhost" || host.ends_with(".localhost") {
        return Some("is the reader’s own computer");
    }
    if hosts::INSIDE.iter().any(|top| ends(&top)) {
        return Some("has an ending that only a private network knows");
    }
    (!host.contains('.')).then_some("is a name of a private network, without a domain")
}

fn inside_v4(ip: Ipv4Addr) -> Option<&'static str> {
    // Addresses that a provider shares among its customers.
    let shared = matches!(ip.octets(), [100, 64..=127, ..]);
    if ip.is_loopback() || ip.is_unspecified() {
        return Some("is the reader’s own computer");
    }
    if ip.is_link_local() {
        return Some("is a link-local address");
    }
    (ip.is_private() || shared).then_some("is an address of a private network")
}

fn inside_v6(ip: Ipv6Addr) -> Option<&'static str> {
    if let Some(ip) = ip.to_ipv4_mapped() {
        return inside_v4(ip);
    }
    if ip.is_loopback() || ip.is_unspecified() {
        return Some("is the reader’s own computer");
    }
    match ip.segments()[0] {
        0xfe80..=0xfebf => Some("is a link-local address"),
        0xfc00..=0xfdff => Some("is an address of a private network"),
        _ => None,
    }
}

/// What is wrong with a telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneDoubt {
    /// No number of that country is like this.
    Impossible,
    /// It ends in zeros, or is reserved for films.
    Reserved,
    /// All of its digits are the same, or they count up or down.
    Pattern,
}

/// Returns what is doubtful about a telephone number.
pub fn phone_doubt(text: &str) -> Option<PhoneDoubt> {
    let first = text.split('/').next().unwrap_or(text).replace("(0)", "");
    let number = first.split(['e', 'x', 't']).next().unwrap_or(&first).trim();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let own = number
        .starts_with('+')
        .then(|| digits.strip_prefix("65"))
        .flatten();
    if own.is_some_and(|own| !is_singapore(own)) {
        return Some(PhoneDoubt::Impossible);
    }
    let rest = own.unwrap_or(&digits);
    let country = if own.is_some() { 0 } else { rest.len().min(2) };
    let subscriber = rest.get(country..).unwrap_or_default();
    let same = |digit: char| !subscriber.is_empty() && subscriber.chars().all(|c| c == digit);
    if same('0') {
        return Some(PhoneDoubt::Impossible);
    }
    let film = digits.len() == 11 && digits.starts_with('1') && digits.get(4..9) == Some("55501");
    if rest.ends_with("000000") || film {
        return Some(PhoneDoubt::Reserved);
    }
    let counts = ["1234567", "7654321", "0123456", "6543210"];
    let all_same = subscriber.chars().next().is_some_and(same);
    (all_same || counts.iter().any(|run| rest.contains(run))).then_some(PhoneDoubt::Pattern)
}

/// Numbers of Singapore have eight digits and begin with 3, 6, 8 or 9; toll-free and premium numbers have ten
/// or eleven.
fn is_singapore(own: &str) -> bool {
    match own.len() {
        8 => own.starts_with(['3', '6', '8', '9']),
        10 => own.starts_with("800"),
        11 => own.starts_with("1800") || own.starts_with("1900"),
        _ => false,
    }
}

/// Returns a text as a part of an address: every byte except letters, digits, `-._~` and `kept` becomes `%` and its
/// number.
pub fn percent_encoded(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_their_form() {
        for right in [
            "https://hanbit.example/security",
            "http://a.example:8080/x?y=1#z",
            "https://日本.example/",
            "HTTPS://hanbit.example/security",
            "Http://hanbit.example",
            "https://localhost/",
            "https://192.168.1.1/",
            "https://[fe80::1]:8443/",
            "https://user:word@hanbit.example/",
        ] {
            assert!(is_url(right), "{right}");
        }
        for wrong in [
            "hanbit.example",
            "https://",
            "ftp://a.example",
            "httpss://a.example",
            "https://a b.example",
            "https://1.2",
            "https://-a.example",
            "javascript://a.example",
        ] {
            assert!(!is_url(wrong), "{wrong}");
        }
        for right in ["ra@hanbit.example", "a.b+c@x-y.example"] {
            assert!(is_email(right), "{right}");
        }
        for wrong in [
            "ra",
            "@hanbit.example",
            "ra@hanbit",
            "a..b@x.example",
            "a b@x.example",
            "a@b@",
            ".a@x.example",
        ] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }

    #[test]
    fn hosts_of_private_networks_are_known() {
        for host in [
            "localhost",
            "intranet",
            "hub.local",
            "wiki.internal",
            "a.lan",
            "a.corp",
            "a.home.arpa",
            "a.test",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.0.1",
            "127.0.0.1",
            "169.254.1.1",
            "100.64.0.1",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
        ] {
            assert!(inside(host).is_some(), "{host}");
        }
        for host in [
            "hanbit.com",
            "local.com",
            "test.com",
            "8.8.8.8",
            "2001:db8::1",
            "localhost.com",
            "internal.sg",
        ] {
            assert_eq!(inside(host), None, "{host}");
        }
    }

    #[test]
    fn numbers_that_cannot_be_called_are_known() {
        use PhoneDoubt::{Impossible, Pattern, Reserved};
        for (text, doubt) in [
            ("+65 1234 5678", Some(Impossible)),
            ("+65 0000 0000", Some(Impossible)),
            ("+65 6123", Some(Impossible)),
            ("+82 00-0000-0000", Some(Impossible)),
            ("+65 6000 0000", Some(Reserved)),
            ("+81 3 0000 0000", Some(Reserved)),
            ("+1 415 555 0123", Some(Reserved)),
            ("+65 8888 8888", Some(Pattern)),
            ("+49 30 1234567", Some(Pattern)),
            ("+65 6321 7788", None),
            ("+65 6321 7788 ext 1234567", None),
            ("+65 1800 321 7788", None),
            ("+82 2-2113-4700", None),
            ("+49 (0)221 9987 654", None),
        ] {
            assert_eq!(phone_doubt(text), doubt, "{text}");
        }
    }
}
