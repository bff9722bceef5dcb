//! Checks that a document is of the kind that its field asks for.

use crate::diag::{Code, Finding};
use crate::domain::text::shown;
use crate::domain::{EvidenceKind, Role};
use crate::inspect::identity::proof::Proof;

const SBOM: Role = Role::Evidence(EvidenceKind::Sbom);

/// Kinds of documents: the role that asks for one, its name, and words in its title.
const KINDS: &[(Role, &str, &[&str])] = &[
    (
        Role::Evidence(EvidenceKind::PenetrationTest),
        "a penetration test report",
        &[
            "penetration test",
            "pentest",
            "pen test",
            "pen-test",
            "penetrationstest",
            "penetrationtest",
            "tunkeutumistest",
            "penetration testing",
            "침투 테스트",
            "침투테스트",
            "모의해킹",
            "モペネトレーション",
            "ペネトレーションテスト",
            "侵入テスト",
            "渗透测试",
            "滲透測試",
            "red team",
            "ethical hack",
        ],
    ),
    (
        Role::Evidence(EvidenceKind::BinaryScan),
        "a binary analysis report",
        &[
            "binary analysis",
            "binary scan",
            "software binary",
            "composition analysis",
            "firmware analysis",
            "firmware scan",
            "binäranalyse",
            "binärscan",
            "바이너리",
            "バイナリ",
            "二进制",
            "sca report",
            "binary composition",
            "static analysis of the image",
            "vulnerability scan",
        ],
    ),
    (
        SBOM,
        "a bill of materials",
        &[
            "bill of materials",
            "sbom",
            "component list",
            "list of components",
            "stückliste",
            "software components",
            "구성요소",
            "명세서",
            "部品表",
            "物料清单",
            "komponentenliste",
            "cyclonedx",
            "spdx",
        ],
    ),
    (
        Role::Report,
        "a laboratory report",
        &[
            "evaluation report",
            "review report",
            "test report",
            "prüfbericht",
            "assessment report",
            "시험성적서",
            "試験報告書",
            "检测报告",
        ],
    ),
];

/// Documents that no field asks for.
const OTHERS: &[(&str, &[&str])] = &[
    (
        "a brochure",
        &[
            "brochure",
            "broschüre",
            "leaflet",
            "flyer",
            "product catalogue",
            "product catalog",
            "カタログ",
            "카탈로그",
            "브로슈어",
            "宣传册",
        ],
    ),
    (
        "a data sheet",
        &[
            "data sheet",
            "datasheet",
            "datenblatt",
            "product specification sheet",
            "데이터시트",
            "データシート",
            "规格书",
        ],
    ),
    (
        "a manual",
        &[
            "user manual",
            "user guide",
            "quick start guide",
            "quick start",
            "bedienungsanleitung",
            "benutzerhandbuch",
            "installation guide",
            "käyttöohje",
            "사용설명서",
            "사용자 설명서",
            "取扱説明書",
            "说明书",
        ],
    ),
    (
        "an invoice or offer",
        &[
            "invoice",
            "quotation",
            "rechnung",
            "angebot",
            "견적서",
            "請求書",
            "見積書",
            "发票",
        ],
    ),
];

/// How many lines at the beginning count as the title.
const TITLE: usize = 3;

pub(super) fn findings(proof: &Proof<'_>, role: Role) -> Option<Finding> {
    let of = |role: Role| KINDS.iter().find(|(own, _, _)| *own == role);
    let (_, what, own) = of(role)?;
    if proof.paper.facts.words.bill.is_some() {
        return None;
    }
    let mut fields = proof.paper.fields.iter();
    let same = fields.find(|field| **field != proof.field && of(Role::of(field)).is_some());
    if let Some(same) = same.filter(|same| **same < proof.field) {
        let message = format!(
            "`{}` is named for `{same}` and for `{}`",
            proof.paper.path, proof.field
        );
        let help = format!("name {what} as a separate file");
        return Some(proof.finding(Code::PaperOfOtherKind, message, help));
    }
    let title: Vec<&str> = proof.text.head(TITLE).collect();
    let title_lower = title.join("\n").to_lowercase();
    let in_title = |words: &[&str]| words.iter().any(|word| title_lower.contains(word));
    if in_title(own) || title.is_empty() {
        return None;
    }
    let kinds = KINDS
        .iter()
        .filter(|(other, _, _)| *other != role && (role != Role::Report || *other == SBOM));
    let kinds = kinds
        .map(|(_, name, words)| (*name, *words))
        .chain(OTHERS.iter().map(|(name, words)| (*name, *words)));
    // A laboratory calls each of its documents a report, so the word does not tell the kind.
    let mut kinds = kinds.filter(|(name, _)| *name != "a laboratory report");
    let (other, words) = kinds.find(|(_, words)| in_title(words))?;
    let is_kind = |line: &str| words.iter().any(|word| line.to_lowercase().contains(word));
    let says_own = own.iter().any(|word| proof.text.says(word));
    let code = if says_own || !proof.text.is_whole {
        Code::PaperKindDoubtful
    } else {
        Code::PaperOfOtherKind
    };
    let message = format!(
        "`{}` looks like {other}, not like {what}: its title is `{}`",
        proof.paper.path,
        shown(title.iter().find(|line| is_kind(line)).or(title.first())?)
    );
    let help = format!("name {what} here");
    Some(proof.finding(code, message, help))
}
