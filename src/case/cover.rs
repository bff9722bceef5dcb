//! Masks secrets in the quoted lines of findings.

use crate::diag::{Code, SourceFile};
use crate::inspect;
use crate::plan::Plan;

/// Masks the secrets that findings are about, in quotations of the manifest and in drafts: a finding must not print
/// what it warns of. The bytes of the manifest itself do not change.
pub(super) fn secrets(source: &mut SourceFile, plan: &mut Plan) {
    let is_about = |codes: &[Code]| plan.findings.iter().any(|one| codes.contains(&one.code));
    let blocks = [Code::SecretInText, Code::IdentityNumberInText];
    let asks = [Code::LikelyPasswordInText, Code::LikelyIdentityNumberInText];
    let is_blocked = is_about(&blocks);
    if !is_blocked && !is_about(&asks) {
        return;
    }
    if let Some(text) = inspect::hidden(&source.text) {
        source.text = text;
    }
    let lines = plan.provisions.iter_mut().filter(|_| is_blocked);
    for detail in lines.filter_map(|line| line.detail.as_mut()) {
        if let Some(text) = inspect::hidden(detail) {
            *detail = text;
        }
    }
}
