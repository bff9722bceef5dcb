//! Finds e-mail addresses, and passwords in server addresses, by their `@`.

use crate::judge::{after, before, has, has_word, is_placeholder, n_distinct, starts};
use crate::kind::Kind;
use crate::scan::Scan;

/// The most addresses of e-mail that are looked at closely.
const MOST_LOOKED: usize = 20_000;

/// Notes what is around the sign.
pub(crate) fn at_sign(scan: &mut Scan<'_>, at: usize) {
    let joins = |b: Option<&u8>| b.is_some_and(u8::is_ascii_graphic);
    let follows = at.checked_sub(1).and_then(|before| scan.bytes.get(before));
    let is_between = joins(follows) && follows != Some(&b'@');
    let leads = scan.bytes.get(at + 1);
    if !is_between || !leads.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'[') {
        return;
    }
    if !password(scan, at) {
        address(scan, at);
    }
}

/// Words for a password in manuals.
const WORDS: &[&str] = &[
    "pass", "password", "passwd", "pw", "pwd", "secret", "p", "xxx", "token", "pass123",
    "userpass", "passwort",
];

/// Notes the password before the name of a server; returns whether this is such an address.
fn password(scan: &mut Scan<'_>, at: usize) -> bool {
    let head = before(scan.bytes, at, 200);
    let Some(scheme) = head.windows(3).rposition(|window| window == b"://") else {
        return false;
    };
    let login = &head[scheme + 3..];
    let is_login = |b: &u8| b.is_ascii_graphic() && !b"/\"'`\\,;".contains(b);
    if !login.iter().all(is_login) {
        return false;
    }
    let Some(colon) = login.iter().position(|b| *b == b':') else {
        return true;
    };
    let password = &login[colon + 1..];
    if is_password(login, password) {
        scan.hit(Kind::Password, at - password.len()..at);
    }
    true
}

/// Returns true for a password of a login that is neither a word of manuals nor the name of a variable.
pub(crate) fn is_password(login: &[u8], password: &[u8]) -> bool {
    let is_word = WORDS
        .iter()
        .any(|word| password.eq_ignore_ascii_case(word.as_bytes()));
    let is_name =
        password.starts_with(b"$") || password.starts_with(b"%") || has(login, b"user:pass");
    password.len() >= 4 && !is_word && !is_name && !is_stand_in(password)
}

/// Returns true for a placeholder. Real passwords in addresses may be short and simple, so this is strict.
fn is_stand_in(password: &[u8]) -> bool {
    let is_one_letter = password.iter().all(|b| *b == password[0]);
    is_one_letter
        || password.len() >= 6 && n_distinct(password) >= 4 && is_placeholder(password)
        || password.iter().any(|b| b"<>{}[]*".contains(b))
}

/// Domains of free mail services, whose addresses belong to people.
const FREE: &[&str] = &[
    "gmail",
    "googlemail",
    "yahoo",
    "ymail",
    "hotmail",
    "outlook",
    "live",
    "icloud",
    "me",
    "msn",
    "aol",
    "gmx",
    "web",
    "t-online",
    "freenet",
    "qq",
    "163",
    "126",
    "foxmail",
    "sina",
    "naver",
    "daum",
    "hanmail",
    "nate",
    "protonmail",
    "proton",
    "pm",
    "yandex",
    "mail",
    "singnet",
    "starhub",
    "pacific",
    "docomo",
    "ezweb",
    "softbank",
    "rocketmail",
    "zoho",
    "fastmail",
    "tutanota",
    "posteo",
    "mailbox",
];
/// Names above that are also words or companies, with the endings of the mail service.
const ENDS: &[(&str, &[&str])] = &[
    ("me", &["com"]),
    ("live", &["com", "de", "co.uk", "com.sg"]),
    ("web", &["de"]),
    ("mail", &["ru", "com"]),
    ("pm", &["me"]),
    ("proton", &["me"]),
    ("pacific", &["net.sg"]),
    ("starhub", &["net.sg"]),
    ("nate", &["com"]),
    ("zoho", &["com"]),
    ("fastmail", &["com", "fm"]),
    ("mailbox", &["org"]),
    ("163", &["com"]),
    ("126", &["com"]),
    ("docomo", &["ne.jp"]),
    ("softbank", &["ne.jp"]),
    ("ezweb", &["ne.jp"]),
    ("daum", &["net"]),
    ("qq", &["com"]),
    ("singnet", &["com.sg"]),
    ("outlook", &["com", "de", "jp", "sg", "co.kr"]),
    ("freenet", &["de"]),
    ("sina", &["com", "cn"]),
];

/// Words in team addresses, which belong to nobody alone.
const ROLES: &[&str] = &[
    "psirt",
    "security",
    "support",
    "info",
    "contact",
    "sales",
    "admin",
    "noreply",
    "reply",
    "privacy",
    "dpo",
    "help",
    "helpdesk",
    "service",
    "legal",
    "press",
    "hr",
    "team",
    "vuln",
    "vulnerability",
    "cert",
    "csirt",
    "soc",
    "abuse",
    "postmaster",
    "webmaster",
    "hostmaster",
    "feedback",
    "enquiry",
    "enquiries",
    "inquiry",
    "office",
    "mail",
    "marketing",
    "careers",
    "compliance",
    "quality",
    "product",
    "report",
    "reports",
    "disclosure",
    "bug",
    "bugs",
    "bounty",
    "customer",
    "customercare",
    "care",
    "user",
    "test",
    "tester",
    "dev",
    "iot",
    "certification",
    "label",
    "lab",
    "labs",
    "example",
    "name",
    "someone",
    "anybody",
    "account",
    "accounts",
    "billing",
    "notify",
    "notifications",
    "alerts",
    "datenschutz",
    "kontakt",
    "git",
    "root",
    "system",
    "device",
    "devices",
    "home",
    "smart",
    "first",
    "last",
    "firstname",
    "lastname",
    "your",
    "regulatory",
    "engineering",
    "incident",
    "response",
    "pgp",
];

/// Notes the e-mail address of a person.
fn address(scan: &mut Scan<'_>, at: usize) {
    let is_local = |b: &&u8| b.is_ascii_alphanumeric() || b"._%+-".contains(b);
    let n_local = before(scan.bytes, at, 64)
        .iter()
        .rev()
        .take_while(is_local)
        .count();
    let is_domain = |b: &&u8| b.is_ascii_alphanumeric() || b".-".contains(b);
    let rest = after(scan.bytes, at + 1, 100);
    let domain = &rest[..rest.iter().take_while(is_domain).count()];
    let domain = domain.strip_suffix(b".").unwrap_or(domain);
    let (Some(first), Some(_)) = (
        domain.iter().position(|b| *b == b'.'),
        n_local.checked_sub(1),
    ) else {
        return;
    };
    let local = &scan.bytes[at - n_local..at];
    let (name, end) = (&domain[..first], &domain[first + 1..]);
    let is_domain = || {
        let is_of_end = |b: &u8| b.is_ascii_alphabetic() || b".-".contains(b);
        end.len() >= 2 && end.iter().all(is_of_end)
    };
    let is_private = is_free(name, end) || is_of_person(local) && is_domain();
    if !is_private {
        return;
    }
    // So many are a list of something, and the first of them are reported.
    scan.n_addresses += 1;
    if scan.n_addresses > MOST_LOOKED {
        scan.is_cut = true;
        return;
    }
    if !is_reserved(domain) && !has_role(local) && !is_of_authors(scan.bytes, at - n_local) {
        scan.hit(Kind::Email, at - n_local..at + 1 + domain.len());
    }
}

/// Returns true for reserved domains, and for file names with an `@`.
fn is_reserved(domain: &[u8]) -> bool {
    let ends = [
        ".test",
        ".invalid",
        ".local",
        ".localhost",
        ".png",
        ".jpg",
        ".svg",
        ".js",
        ".service",
    ];
    let ends = ends
        .iter()
        .any(|end| domain.to_ascii_lowercase().ends_with(end.as_bytes()));
    starts(domain, b"example.") || has(domain, b".example.com") || ends
}

fn has_role(local: &[u8]) -> bool {
    let words = local.split(|b| !b.is_ascii_alphabetic());
    let is_role = |word: &[u8]| {
        ROLES
            .iter()
            .any(|role| word.eq_ignore_ascii_case(role.as_bytes()))
    };
    words.into_iter().any(is_role)
        || [
            "support", "service", "security", "noreply", "official", "example",
        ]
        .iter()
        .any(|role| has(local, role.as_bytes()))
}

/// Returns true for the author of a licence or component, who published the address.
fn is_of_authors(bytes: &[u8], at: usize) -> bool {
    let line = before(bytes, at, 120);
    let line = line.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    let words = [
        "copyright",
        "(c)",
        "author",
        "authors",
        "maintainer",
        "maintainers",
        "signed-off-by",
        "originator",
        "supplier",
        "publisher",
        "committer",
    ];
    has_word(line, &words) || has(line, "©".as_bytes())
}

fn is_free(name: &[u8], end: &[u8]) -> bool {
    if !FREE
        .iter()
        .any(|free| name.eq_ignore_ascii_case(free.as_bytes()))
    {
        return false;
    }
    let special = ENDS
        .iter()
        .find(|(free, _)| name.eq_ignore_ascii_case(free.as_bytes()));
    special.is_none_or(|(_, ends)| {
        ends.iter()
            .any(|one| end.eq_ignore_ascii_case(one.as_bytes()))
    })
}

/// Returns whether the mailbox consists of a first and a last name.
fn is_of_person(local: &[u8]) -> bool {
    let parts: Vec<&[u8]> = local.split(|b| b"._".contains(b)).collect();
    let is_name = |part: &&[u8]| {
        part.len() >= 2 && part.iter().all(|b| b.is_ascii_alphabetic() || *b == b'-')
    };
    matches!(parts.len(), 2..=4)
        && parts.iter().all(|part| part.len() == 1 || is_name(part))
        && parts.last().is_some_and(is_name)
}
