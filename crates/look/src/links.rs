//! Where a link leads, judged by its address alone: whether a reader elsewhere can open it.

/// Shares whose files are open to those who were invited.
const SHARES: &[&str] = &[
    "sharepoint.com",
    "sharepoint.cn",
    "onedrive.live.com",
    "1drv.ms",
    "drive.google.com",
    "docs.google.com",
    "dropbox.com",
    "box.com",
    "wetransfer.com",
    "we.tl",
    "mega.nz",
    "icloud.com",
    "atlassian.net",
    "notion.so",
    "teams.microsoft.com",
    "slack.com",
    "figma.com",
    "pan.baidu.com",
    "feishu.cn",
    "larksuite.com",
];

/// Endings of names within a company.
const WITHIN: &[&str] = &[
    ".local",
    ".localdomain",
    ".internal",
    ".intranet",
    ".intra",
    ".corp",
    ".lan",
    ".private",
    ".home.arpa",
];

/// Parameters that let in everybody who has the address.
const KEYS: &[&str] = &[
    "token",
    "access_token",
    "id_token",
    "auth_token",
    "authtoken",
    "api_key",
    "apikey",
    "sessionid",
    "session_id",
    "session",
    "jsessionid",
    "phpsessid",
    "sid",
    "sig",
    "signature",
    "x-amz-signature",
    "x-goog-signature",
    "password",
    "pwd",
];

/// Endings of files that are no addresses of the web.
const FILES: &[&str] = &[
    "doc", "docx", "xls", "xlsx", "xlsm", "ppt", "pptx", "pdf", "rtf", "odt", "ods", "txt", "csv",
    "zip", "msg", "eml", "vsdx", "png", "jpg", "exe", "bat", "dotx", "dotm",
];

/// Returns the part of an address that may be shown, if a reader cannot open it: the rest may let somebody in.
pub(super) fn private(address: &str) -> Option<String> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    if is_file(&lower) {
        return Some(address.to_owned());
    }
    let (scheme, rest) = lower.split_once("://")?;
    if !matches!(scheme, "http" | "https" | "ftp" | "ftps") {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let (user, host) = host.rsplit_once('@').unwrap_or(("", host));
    let is_private =
        !user.is_empty() || is_inside(host, path) || is_share(host, path) || lets_in(host, path);
    is_private.then(|| shown(address, user))
}

/// Returns true for a file of a computer or of a network of Windows, or one beside the file that links to it.
fn is_file(lower: &str) -> bool {
    let schemes = ["file:", "smb:", "afp:", "nfs:", "cifs:"];
    let is_drive = matches!(lower.as_bytes(), [b'a'..=b'z', b':', b'\\' | b'/', ..]);
    schemes.iter().any(|scheme| lower.starts_with(scheme))
        || lower.starts_with("\\\\")
        || is_drive
        || is_beside(lower)
}

/// Returns true for the relative path of a file.
pub(super) fn is_beside(lower: &str) -> bool {
    let path = lower.split(['#', '?']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    !path.contains(':') && !path.starts_with("www.") && FILES.contains(&ending)
}

/// Returns true for what another computer serves: opening the file asks it.
pub(super) fn is_remote(address: &str) -> bool {
    let lower = address.trim().to_ascii_lowercase();
    let lower = lower.strip_prefix("mhtml:").unwrap_or(&lower);
    let schemes = ["http:", "https:", "ftp:", "smb:", "\\\\", "//"];
    let is_of_share = lower.strip_prefix("file:").is_some_and(|rest| {
        let rest = rest.replace('\\', "/");
        let n_slashes = rest.bytes().take_while(|byte| *byte == b'/').count();
        n_slashes == 2 || n_slashes > 3
    });
    schemes.iter().any(|scheme| lower.starts_with(scheme)) || is_of_share
}

/// Returns true for an address within a company. The pages of a device itself are none: manuals name them.
fn is_inside(host: &str, path: &str) -> bool {
    let name = host.split(':').next().unwrap_or(host);
    let is_home = matches!(path, "" | "/");
    let numbers: Vec<u8> = name
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect();
    if let [a, b, _, d] = numbers[..] {
        let is_device = matches!(d, 1 | 254) || is_home && a == 192;
        let is_private = a == 10 || a == 172 && (16..32).contains(&b) || (a, b) == (192, 168);
        return is_private && !is_device;
    }
    let is_name = !name.is_empty() && !name.starts_with('[');
    let is_short = is_name && !name.contains('.') && name != "localhost";
    let is_within = WITHIN.iter().any(|ending| name.ends_with(ending));
    is_short || is_within && !(is_home && matches!(name.rsplit_once('.'), Some((_, "local"))))
}

fn is_share(host: &str, path: &str) -> bool {
    let is_open = path.starts_with("/forms/") || path.contains("/pub?") || path.ends_with("/pub");
    let is_of = |share: &str| {
        let rest = host.strip_suffix(share);
        // The site of the firm itself is no share of it.
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.')) && path.len() > 1
    };
    !is_open && SHARES.iter().any(|share| is_of(share))
}

/// Returns true for an address behind a log-in, or one with a key in it.
fn lets_in(host: &str, path: &str) -> bool {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut parameters = query.split(['&', ';', '#']);
    let has_key = parameters.any(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or_default();
        value.len() >= 8 && KEYS.contains(&name)
    });
    let hosts = ["login.", "signin.", "sso.", "auth.", "accounts.google."];
    let is_door = hosts.iter().any(|door| host.starts_with(door));
    let comes_back = ["redirect", "return", "continue=", "next="];
    let is_login = ["login", "signin", "logon", "sign-in", "log-in"]
        .iter()
        .any(|word| path.contains(word));
    let is_detour = is_login && comes_back.iter().any(|word| query.contains(word));
    has_key || path.contains(";jsessionid=") || is_door || is_detour
}

/// Leaves out what lets somebody in: names, passwords and parameters.
fn shown(address: &str, user: &str) -> String {
    let end = address.find(['?', ';']).unwrap_or(address.len());
    let mut shown = address[..end].to_owned();
    let person = shown.find("://").zip(shown.rfind('@'));
    if let Some((from, to)) = person.filter(|_| !user.is_empty()) {
        shown.replace_range(from + 3..to, "…");
    }
    if end < address.len() {
        shown.push_str("?…");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{is_remote, private};

    #[test]
    fn a_reader_elsewhere_cannot_open_them() {
        for address in [
            "file:///C:/Users/tan/report.docx",
            "file://server/share/a.pdf",
            r"\\server\share\a.xlsx",
            r"C:\Users\tan\a.doc",
            "smb://nas/share",
            "../internal/notes.docx",
            "https://contoso.sharepoint.com/sites/x/a.docx",
            "https://contoso-my.sharepoint.com/:w:/g/personal/x",
            "https://onedrive.live.com/edit.aspx?resid=1",
            "https://drive.google.com/file/d/1a/view",
            "https://docs.google.com/document/d/1a/edit",
            "https://www.dropbox.com/s/abc/a.pdf",
            "http://intranet/wiki/page",
            "http://10.0.0.12/reports",
            "https://192.168.20.30/share/a.pdf",
            "https://wiki.corp/x",
            "https://jira.example.internal/browse/A-1",
            "https://example.com/report?token=abcdef123456",
            "https://example.com/login?returnUrl=%2Freport",
            "https://tan:secret@example.com/report",
            "https://example.atlassian.net/browse/A-1",
        ] {
            assert!(private(address).is_some(), "{address}");
        }
    }

    #[test]
    fn plain_links_are_no_concern() {
        for address in [
            "https://www.csa.gov.sg/our-programmes/certification",
            "http://192.168.1.1/",
            "http://192.168.0.1/login.html",
            "http://192.168.4.20",
            "http://example-camera.local/",
            "mailto:psirt@example.com",
            "tel:+6561234567",
            "#page-3",
            "www.example.com",
            "https://example.com/en/login",
            "https://example.com/a?id=12345678&lang=en",
            "https://docs.google.com/forms/d/e/1a/viewform",
            "https://www.box.com/",
            "https://doi.org/10.1000/182",
            "https://example.com/session?page=session-timeout",
            "https://en.wikipedia.org/wiki/Token",
            "http://localhost:8080/",
            "urn:uuid:1",
        ] {
            assert_eq!(private(address), None, "{address}");
        }
    }

    #[test]
    fn what_lets_somebody_in_is_not_shown() {
        let shown = |address| private(address).unwrap_or_default();
        assert_eq!(
            shown("https://example.com/r?token=abcdef123456"),
            "https://example.com/r?…"
        );
        assert_eq!(
            shown("https://tan:secret@example.com/r"),
            "https://…@example.com/r"
        );
    }

    #[test]
    fn a_template_of_this_computer_is_not_remote() {
        for (address, remote) in [
            ("https://example.com/a.dotm", true),
            (r"file:///\\server\templates\a.dotx", true),
            ("file://server/a.dotx", true),
            (r"\\server\a.dotx", true),
            (r"file:///C:\Users\tan\Templates\a.dotx", false),
            ("file:///C:/Templates/a.dotx", false),
            ("a.dotx", false),
        ] {
            assert_eq!(is_remote(address), remote, "{address}");
        }
    }
}
