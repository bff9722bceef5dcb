//! Clauses of answers that contradict the answer, or refer to something else.

/// Clauses that contradict an answer of `yes`.
pub(crate) const DENIAL: &[&str] = &[
    "^ not yet? supported/implemented/met/fulfilled/compliant/provided $",
    "^ not yet supported/implemented/available/in/done/ready/finished/complete/completed/developed/released/defined *",
    "^ currently/presently? not supported/implemented/available *",
    "^ the/this/our? we/product/device/feature/function/firmware/it do/does not yet *",
    "^ the/this/our? feature/function/requirement/provision/it/support/implementation/mechanism is/has/was not yet been? *",
    "^ the/this/our? requirement/provision/clause is/was not met/fulfilled/supported/implemented/satisfied *",
    "^ we/product/device/currently do/does not support/implement/have/offer/provide this/it/that *",
    "^ currently we? do not *",
    "^ this/it/that is not implemented *",
    "is/are not implemented/supported/available in the/this current/present/submitted firmware/version/release/product/model",
    "^ planned $",
    "^ planned for/in/with *",
    "^ currently? under development $",
    "^ currently? under development by/in/for/with/until/and *",
    "^ coming soon *",
    "^ work in progress *",
    "^ in progress $",
    "^ on the/our roadmap *",
    "is/are on the/our roadmap",
    "^ to be implemented/supported/developed *",
    "^ the/this/our/its? it/feature/function/support/implementation/functionality/mechanism is/are currently/still? planned *",
    "^ the/this/our/its? it/feature/function/support/implementation/functionality/mechanism is/are currently/still? under development *",
    "^ will be *",
    "will be implemented/supported/added/available/introduced/included/provided/delivered/fixed ~ next/future/upcoming/later/following/coming release/version/firmware/update/revision/year/quarter/month/generation",
    "^ this/it will be implemented/supported/added/available/introduced/included/provided/delivered/fixed *",
    "^ the/this/our? feature/function/support/implementation/mechanism will be *",
    "will follow/come/arrive in/with ~ next/future/upcoming/later release/version/firmware/update",
    // German
    "^ nicht unterstützt/umgesetzt/erfüllt/implementiert/vorhanden/verfügbar $",
    "^ noch nicht umgesetzt/unterstützt/implementiert/erfüllt/vorhanden/verfügbar/fertig/abgeschlossen *",
    "^ wird/ist derzeit/noch? nicht unterstützt/umgesetzt/erfüllt/implementiert $",
    "^ geplant *",
    "^ in planung/entwicklung *",
    "wird/werden ~ nächsten release/update/version/firmware ~ umgesetzt/unterstützt/ergänzt/implementiert/eingeführt",
];

/// The same in Chinese, Japanese and Korean: whole short texts, and parts of any text.
pub(crate) const DENIAL_CJK_SHORT: &[&str] = &[
    "未対応",
    "非対応",
    "対応していません",
    "対応しておりません",
    "未実装",
    "実装していません",
    "미지원",
    "지원하지 않",
    "지원 안",
    "미구현",
    "구현되지 않",
    "不支持",
    "暂不支持",
    "未实现",
    "尚未",
];

/// See [`DENIAL_CJK_SHORT`].
pub(crate) const DENIAL_CJK: &[&str] = &[
    "対応予定",
    "実装予定",
    "次期バージョンで",
    "지원 예정",
    "구현 예정",
    "개발 중입니다",
    "다음 버전에서",
    "计划支持",
    "计划在下",
    "下一版本",
];

/// Clauses that point to a file that should be attached.
pub(crate) const ATTACHED: &[&str] = &[
    "^ please? kindly? see/refer/cf/view/find to? the? attached/attachment/attachments/enclosed/enclosure/appended *",
    "see the? attached/attachment/attachments/enclosed/enclosure",
    "refer to the? attached/attachment/attachments/enclosed/enclosure",
    "^ as attached $",
    "^ attached $",
    "^ siehe beigefügte/beigefügten/anhang/anlage/anlagen *",
    "^ vgl anhang/anlage *",
];

/// The same in Chinese, Japanese and Korean.
pub(crate) const ATTACHED_CJK: &[&str] = &[
    "添付参照",
    "添付資料参照",
    "添付資料を参照",
    "別添参照",
    "별첨 참조",
    "첨부 참조",
    "첨부 파일 참조",
    "첨부파일 참조",
    "见附件",
    "見附件",
    "详见附件",
];

/// Texts that point to the answer before.
pub(crate) const ABOVE: &[&str] = &[
    "^ same/ditto/idem/identical as/to? above/before/previous $",
    "^ same $",
    "^ ditto $",
    "^ idem $",
    "^ please? see above $",
    "^ as above $",
    "^ as before $",
    "^ siehe oben $",
    "^ wie oben $",
    "^ 同上 $",
    "^ 상동 $",
    "^ 上記と同じ $",
    "^ 위와 동일 $",
    "^ 위와 같음 $",
];

/// Texts that point to a conversation in which no officer took part.
pub(crate) const DISCUSSED: &[&str] = &[
    "^ as discussed/agreed/mentioned/explained $",
    "^ as discussed/agreed/mentioned/explained with/in/by/on/during *",
    "^ see e-mail/email/mail *",
    "^ wie besprochen *",
    "^ wie abgesprochen *",
];
