//! Recognises a page that a browser saved in place of the one that was wanted: an error, or a login.

use crate::diag::{Code, Finding};
use crate::domain::Application;
use crate::domain::text::shown;
use crate::inspect::identity::certificate::own_models;
use crate::inspect::identity::proof::Proof;

/// How many lines at the beginning are compared. The title of a page is the first.
const HEAD: usize = 3;
/// A longer line is a sentence about such a page.
const LONGEST: usize = 50;
/// More letters than these are a page with content of its own.
const FEW: usize = 1_200;

/// Types of files that a browser saves.
const PAGES: &[&str] = &["html", "htm", "xhtml", "mht", "mhtml"];

/// How pages of errors begin in any program.
const ERRORS: &[&str] = &[
    "404 not found",
    "404 - ",
    "404 error",
    "404 page",
    "404: ",
    "error 404",
    "http 404",
    "http error 404",
    "page not found",
    "403 forbidden",
    "error 403",
    "500 internal server error",
    "502 bad gateway",
    "503 service",
    "504 gateway",
    "this site can't be reached",
    "this page isn't working",
    "this page can't be displayed",
    "seite nicht gefunden",
    "ページが見つかりません",
    "페이지를 찾을 수 없습니다",
    "找不到页面",
    "页面不存在",
];

/// How saved pages of errors begin; in other files these may be what a test saw.
const ERRORS_OF_PAGES: &[&str] = &[
    "not found",
    "access denied",
    "forbidden",
    "internal server error",
    "server not found",
    "unable to connect",
    "problem loading page",
    "your connection is not private",
    "just a moment",
    "checking your browser",
    "verify you are human",
    "attention required",
];

/// How saved pages of a login begin.
const LOGINS: &[&str] = &[
    "sign in to",
    "log in to",
    "login to",
    "please log in",
    "please sign in",
    "please login",
    "sign in -",
    "sign in |",
    "log in -",
    "log in |",
    "login -",
    "login |",
    "session expired",
    "your session has expired",
    "you must log in",
    "you need to log in",
    "you must be logged in",
];

/// Returns a finding if a file has little more than the words of an error or a login, and no model.
pub(super) fn finding(application: &Application, proof: &Proof<'_>) -> Option<Finding> {
    let is_page = PAGES.contains(&proof.paper.path.extension().as_str());
    let letters = proof.text.passages.iter().flat_map(|one| one.text.chars());
    let n_letters = letters
        .filter(|c| c.is_alphanumeric())
        .take(FEW + 1)
        .count();
    if n_letters > FEW || !proof.text.is_read {
        return None;
    }
    let mut head = proof.text.head(HEAD).filter(|line| line.len() <= LONGEST);
    let (line, what) = head.find_map(|line| {
        let plain = line.to_lowercase().replace('\u{2019}', "'");
        let begins = |phrases: &[&str]| {
            let mut parts = plain.split(['|', '–', '·', '•']).map(str::trim);
            phrases.iter().any(|one| plain.starts_with(one))
                || parts.any(|part| phrases.iter().any(|one| part.starts_with(one)))
        };
        let what = match () {
            () if begins(ERRORS) || is_page && begins(ERRORS_OF_PAGES) => "an error",
            () if is_page && begins(LOGINS) => "a login",
            () => return None,
        };
        Some((line, what))
    })?;
    let names_own = own_models(application)
        .iter()
        .any(|model| proof.text.find(model).is_some());
    let message = format!(
        "`{}` looks like the page of {what}: it begins with `{}`",
        proof.paper.path,
        shown(line)
    );
    let help = "open the page in the browser again, and save it when it shows its content";
    (!names_own).then(|| proof.finding(Code::SavedPageIsError, message, help))
}
