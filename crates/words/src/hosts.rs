//! Lists of hosts, paths and mailboxes by purpose. What follows from them is the caller's decision.

use crate::{lookalike, punycode};

/// Endings that only a private network knows, or that nobody may use (RFC 2606, 6762, 8375, 9476).
pub(crate) const INSIDE: &[&str] = &[
    "local",
    "internal",
    "lan",
    "corp",
    "home",
    "home.arpa",
    "intranet",
    "intra",
    "private",
    "localdomain",
    "test",
    "invalid",
    "onion",
    "alt",
    "workgroup",
];

/// Placeholder names for a company in templates.
const OF_TEMPLATES: &[&str] = &[
    "yourcompany",
    "your-company",
    "yourdomain",
    "your-domain",
    "yoursite",
    "yourwebsite",
    "yourbrand",
    "mycompany",
    "my-company",
    "mydomain",
    "companyname",
    "company-name",
    "domainname",
    "domain",
    "company",
    "website",
    "placeholder",
    "manufacturer",
    "vendor",
    "xxx",
    "xxxx",
    "firma",
    "meinefirma",
    "unternehmen",
];

/// Names of test and development servers.
const STAGES: &[&str] = &[
    "dev", "devel", "test", "testing", "staging", "stage", "stg", "uat", "qa", "preprod",
    "pre-prod", "preview", "sandbox", "int",
];

/// File services, whose links open only with the link or a login.
const SHARES: &[&str] = &[
    "sharepoint.com",
    "drive.google.com",
    "docs.google.com",
    "dropbox.com",
    "onedrive.live.com",
    "1drv.ms",
    "box.com",
    "wetransfer.com",
    "we.tl",
    "mega.nz",
    "pan.baidu.com",
    "atlassian.net",
    "teams.microsoft.com",
    "icloud.com",
    "mybox.naver.com",
    "nextcloud.com",
    "sync.com",
    "pcloud.com",
    "feishu.cn",
    "larksuite.com",
];

/// Services that hide where an address leads, and tunnels to the computer of a developer.
const SHORTENED: &[&str] = &[
    "bit.ly",
    "tinyurl.com",
    "t.co",
    "goo.gl",
    "is.gd",
    "t.ly",
    "rebrand.ly",
    "ow.ly",
    "cutt.ly",
    "ngrok.app",
    "ngrok.io",
    "ngrok-free.app",
    "ngrok-free.dev",
    "trycloudflare.com",
    "loca.lt",
    "serveo.net",
];

/// Services that show how a page of somebody else once was.
const ARCHIVES: &[&str] = &[
    "web.archive.org",
    "archive.org",
    "archive.today",
    "archive.ph",
    "archive.is",
    "webcache.googleusercontent.com",
    "perma.cc",
];

/// Parts of a path to a login.
const LOG_IN: &[&str] = &[
    "login",
    "log-in",
    "login.html",
    "login.php",
    "login.aspx",
    "signin",
    "sign-in",
    "logon",
    "sso",
    "oauth",
    "oauth2",
    "wp-admin",
    "wp-login.php",
    "adfs",
    "saml",
];

/// Names of query values that are valid for one person or one visit.
const SESSIONS: &[&str] = &[
    "token",
    "access_token",
    "auth",
    "authtoken",
    "sessionid",
    "session_id",
    "session",
    "sid",
    "jsessionid",
    "phpsessid",
    "aspsessionid",
    "sig",
    "signature",
    "x-amz-signature",
    "api_key",
    "apikey",
    "password",
    "passwd",
    "pwd",
];

/// Free mail services for private persons.
const FREE_MAIL: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "msn.com",
    "yahoo.com",
    "yahoo.com.sg",
    "yahoo.co.jp",
    "yahoo.co.kr",
    "yahoo.de",
    "icloud.com",
    "me.com",
    "proton.me",
    "protonmail.com",
    "gmx.de",
    "gmx.net",
    "gmx.com",
    "web.de",
    "t-online.de",
    "freenet.de",
    "naver.com",
    "hanmail.net",
    "daum.net",
    "nate.com",
    "qq.com",
    "163.com",
    "126.com",
    "sina.com",
    "foxmail.com",
    "docomo.ne.jp",
    "ezweb.ne.jp",
    "mail.ru",
    "yandex.ru",
    "aol.com",
];

/// Mailboxes that nobody reads.
const NO_REPLY: &[&str] = &[
    "noreply",
    "no-reply",
    "no_reply",
    "donotreply",
    "do-not-reply",
    "mailer-daemon",
];

/// Placeholder names for a person in templates.
const NOBODY: &[&str] = &[
    "name",
    "your.name",
    "yourname",
    "your-name",
    "first.last",
    "firstname.lastname",
    "vorname.nachname",
    "someone",
    "somebody",
    "username",
    "user",
    "email",
    "asdf",
    "foo",
    "abc",
];

/// Returns true for a host that RFC 2606 reserves for examples.
pub fn is_reserved(host: &str) -> bool {
    is_below(
        host,
        &["example", "example.com", "example.net", "example.org"],
    )
    .is_some()
}

/// Returns true for a placeholder host.
pub fn is_of_template(host: &str) -> bool {
    let (own, top) = own_part(host);
    top == "tld" || OF_TEMPLATES.contains(&own)
}

/// Returns the part of a host that names a test or development server.
pub fn stage(host: &str) -> Option<&str> {
    let (own, top) = own_part(host);
    let rest = host
        .strip_suffix(top)?
        .strip_suffix('.')?
        .strip_suffix(own)?;
    let is_stage = |part: &&str| {
        let ends = |stage: &&str| {
            let around = [part.strip_prefix(*stage), part.strip_suffix(*stage)];
            part == stage
                || around
                    .into_iter()
                    .flatten()
                    .any(|rest| rest.starts_with('-') || rest.ends_with('-'))
        };
        STAGES.iter().any(ends)
    };
    rest.split('.').find(is_stage)
}

/// Returns the file service of a link.
pub fn share(host: &str) -> Option<&'static str> {
    is_below(host, SHARES)
}

/// Returns the short link service of a host.
pub fn shortened(host: &str) -> Option<&'static str> {
    is_below(host, SHORTENED)
}

/// Returns the service of a host that keeps old copies of pages.
pub fn archive(host: &str) -> Option<&'static str> {
    is_below(host, ARCHIVES)
}

/// Returns the part of a path that leads to a login.
pub fn log_in(rest: &str) -> Option<&str> {
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    path.split('/')
        .find(|part| LOG_IN.contains(&part.to_lowercase().as_str()))
}

/// Returns the name of a query value that is valid for one person or one visit.
pub fn session(rest: &str) -> Option<&str> {
    let names = rest.split([';', '?', '&', '#']).skip(1);
    let mut names = names.filter_map(|part| Some(part.split_once('=')?.0));
    names.find(|name| SESSIONS.contains(&name.to_lowercase().as_str()))
}

/// Returns true for the domain of a free mail service.
pub fn is_free_mail(domain: &str) -> bool {
    FREE_MAIL.contains(&domain)
}

/// Returns true for a mailbox that nobody reads.
pub fn is_no_reply(local: &str) -> bool {
    NO_REPLY.contains(&local)
}

/// Returns true for a placeholder mailbox.
pub fn is_nobody(local: &str) -> bool {
    NOBODY.contains(&local) || (local.len() >= 2 && local.chars().all(|c| c == 'x'))
}

/// Returns the part of a host that looks like another one, as a browser shows it, with the letter that differs.
pub fn looks_like_another(host: &str) -> Option<(String, lookalike::LookAlike)> {
    host.split('.').find_map(|label| {
        let label = punycode::shown(label);
        let found = lookalike::in_code(&label).or_else(|| lookalike::in_name(&label))?;
        Some((label, found))
    })
}

fn is_below(host: &str, services: &[&'static str]) -> Option<&'static str> {
    services.iter().copied().find(|service| {
        let rest = host.strip_suffix(service);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

/// Returns the part of a host that its owner chose, and the ending: `hanbit` and `com.sg`.
fn own_part(host: &str) -> (&str, &str) {
    let second = [
        "com", "co", "net", "org", "gov", "edu", "ac", "or", "ne", "go",
    ];
    let mut dots = host.rmatch_indices('.').map(|(i, _)| i);
    let Some(last) = dots.next() else {
        return (host, "");
    };
    let before = dots.next().map_or(0, |i| i + 1);
    let middle = host.get(before..last).unwrap_or_default();
    let (end, begin) = if second.contains(&middle) && before > 0 {
        (before - 1, dots.next().map_or(0, |i| i + 1))
    } else {
        (last, before)
    };
    (
        host.get(begin..end).unwrap_or_default(),
        host.get(end + 1..).unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_known_by_what_they_are_for() {
        assert_eq!(own_part("www.hanbit.com.sg"), ("hanbit", "com.sg"));
        assert_eq!(own_part("test.com.sg"), ("test", "com.sg"));
        assert_eq!(own_part("hanbit.kr"), ("hanbit", "kr"));
        assert_eq!(stage("staging.hanbit.com"), Some("staging"));
        assert_eq!(stage("www-dev.hanbit.co.kr"), Some("www-dev"));
        for host in [
            "test.com.sg",
            "dev.to",
            "developer.hanbit.com",
            "testrite.com.tw",
            "qa-labs.com",
        ] {
            assert_eq!(stage(host), None, "{host}");
        }
        assert!(is_of_template("www.yourcompany.com") && is_of_template("domain.tld"));
        assert!(!is_of_template("thecompany.com") && !is_of_template("company.hanbit.com"));
        assert!(is_reserved("hanbit.example") && is_reserved("www.example.com"));
        assert!(!is_reserved("example.com.sg") && !is_reserved("myexample.com"));
        assert_eq!(share("hanbit.sharepoint.com"), Some("sharepoint.com"));
        assert_eq!(session("/x;jsessionid=1"), Some("jsessionid"));
        assert_eq!(session("/x?a=1&Token=2"), Some("Token"));
        assert_eq!(session("/token?model=2"), None);
        assert_eq!(log_in("/en/login?x"), Some("login"));
        assert_eq!(log_in("/en/login-help"), None);
        assert!(looks_like_another("hаnbit.com").is_some());
        assert!(looks_like_another("xn--80ak6aa92e.com").is_some());
        assert!(looks_like_another("пример.рф").is_none());
        assert!(looks_like_another("日本.example").is_none());
    }
}
