//! The words by which drafts, templates and evasive answers are known, in the languages in which people write
//! them. They are data: what they mean is decided where they are used. Phrases are patterns of `phrases`.

/// Texts that mean nothing yet if they are all there is.
pub(crate) const WHOLE: &[&str] = &[
    "tbd", "tba", "tbc", "t.b.d", "t.b.a", "t.b.c", "todo", "to do", "fixme", "test", "testing", "dummy", "sample",
    "placeholder", "n.a.", "na", "n/a", "n.a", "none", "nil", "null", "unknown", "asdf", "abc", "lorem ipsum", "foo",
    "bar", "-", "--", "---", "?", "??", "???", "...", "…", ".", "to be determined", "to be confirmed", "to be advised",
    "fill in", "insert here", "not available", "pending", "platzhalter", "offen", "noch offen", "未定", "未填", "待定",
    "미정", "待补充", "待確認", "待确认", "要確認", "確認中", "追記予定", "작성 중", "확인 중",
];

/// Words that are left in drafts, in capitals.
pub(crate) const DRAFT_WORDS: &[&str] = &["TBD", "TBA", "TBC", "TODO", "XXX", "FIXME"];

/// The same in small letters; the others are words of other languages.
pub(crate) const SMALL_DRAFT_WORDS: &[&str] = &["tbd", "tbc", "fixme", "t.b.d", "t.b.c", "t.b.a"];

/// Words that are left between brackets where something is to be filled in.
pub(crate) const BLANKS: &[&str] = &[
    "component", "name", "product", "device", "company", "vendor", "manufacturer", "model", "version", "date", "number",
    "feature", "function", "mechanism", "algorithm", "link", "address", "email", "e-mail", "phone", "contact", "details",
    "detail", "description", "text", "tool", "document", "title", "role", "country", "city", "brand", "reference", "firma",
    "produkt", "gerät", "datum", "modell", "hersteller",
];

/// Words with which a blank between brackets begins.
pub(crate) const BLANKS_BEGIN: &[&str] = &[
    "insert", "your", "add", "enter", "describe", "specify", "fill", "name of", "please", "hier", "bitte", "tbd", "tbc",
];

/// Phrases that stand for something not yet written.
pub(crate) const UNWRITTEN: &[&str] = &[
    "^ to be added/confirmed/provided/completed/defined/determined/decided/advised/inserted/supplied/specified/clarified/finalised/finalized/written/done/announced/updated/filled $",
    "^ to be added/confirmed/provided/completed/defined/determined/decided/advised/inserted/supplied/specified/clarified/finalised/finalized/written/done/announced/updated/filled by/later/soon/separately/shortly/once/when/upon/in/before/after/with *",
    "still/yet to be added/confirmed/provided/completed/defined/determined/decided/written/supplied/clarified",
    "remain/remains to be added/confirmed/provided/completed/defined/determined/decided/written/supplied/clarified",
    "details/detail/evidence/report/reports/document/documents/documentation/description/reference/results/result/screenshot/screenshots/answer/information/info/certificate/justification/rationale/explanation to be added/confirmed/provided/completed/defined/determined/inserted/supplied/clarified/updated $",
    "details/detail/evidence/report/reports/document/documents/documentation/description/reference/results/result/screenshot/screenshots/answer/information/info/certificate/justification/rationale/explanation to be added/confirmed/provided/completed/defined/determined/inserted/supplied/clarified/updated by/later/soon/separately/shortly/once/when/upon/before *",
    "insert/paste here",
    "^ insert/add/put/write/paste ~ here $",
    "^ please insert/add/complete/fill/describe/specify/provide *",
    "^ insert/add text/details/description/evidence/screenshot/screenshots/answer/content/link/explanation/justification *",
    "^ describe/explain/state how/why/whether *",
    "text/answer/details/description/content goes/go here",
    "your text/answer/company/product/name/description here",
    "lorem ipsum",
    "dolor sit amet",
    "^ placeholder/dummy/sample/example text *",
    "^ placeholder for *",
    "^ copy/copied/paste/pasted/take/taken and? paste/pasted? from *",
    "^ copy/copied/paste/pasted ~ from the/a/an? previous/last/old/other/another/earlier *",
    "^ same as ~ application/project/submission *",
    // German
    "wird/werden nachgereicht/nachgetragen/nachgeliefert",
    "wird/werden noch ergänzt/geklärt/nachgereicht/nachgetragen/nachgeliefert/erstellt/geprüft/bestätigt",
    "^ folgt noch/später/demnächst? $",
    "^ folgt in kürze $",
    "noch zu ergänzen/klären/prüfen/bestätigen/definieren/erstellen $",
    "^ noch offen *",
    "^ punkt/frage/antwort/angabe/text/dies/das ist? noch offen *",
    "bitte ergänzen/ausfüllen/einfügen/eintragen",
    "hier einfügen/eintragen/ergänzen",
    "^ in klärung/bearbeitung *",
    "^ platzhalter *",
    // French and Spanish
    "^ à compléter/définir/confirmer/préciser *",
    "^ por definir/confirmar/completar *",
];

/// The same in Chinese, Japanese and Korean, anywhere in a text.
pub(crate) const UNWRITTEN_CJK: &[&str] = &[
    "後日記載", "後日追記", "後日提出", "追って記載", "追って提出", "記載予定", "追記予定", "ここに記入", "ここに入力",
    "추후 기재", "추후기재", "추후 제출", "추후 작성", "추후 보완", "추후 확인", "작성 예정", "기재 예정", "여기에 입력",
    "여기에 작성", "待补充", "待補充", "待确认", "待確認", "稍后提供", "稍後提供", "后续补充", "後續補充", "此处填写",
    "请填写", "○○", "◯◯", "●●", "××",
];

/// The same where they are nearly all that a text says.
pub(crate) const UNWRITTEN_CJK_SHORT: &[&str] = &[
    "未定", "要確認", "確認要", "確認中", "作成中", "検討中", "미정", "확인 필요", "검토 중", "협의 중", "작성 중", "待定",
    "暂无", "待填",
];

/// How many characters a text has at most of which the words before are nearly all.
pub(crate) const MAX_SHORT_CJK: usize = 14;

/// Words that repeat the answer.
pub(crate) const SAYS_YES: &[&str] = &[
    "yes", "y", "ok", "okay", "done", "true", "supported", "support", "supports", "compliant", "complied", "complies",
    "comply", "implemented", "implement", "implements", "met", "meets", "meet", "fulfilled", "fulfils", "fulfills",
    "satisfied", "satisfies", "passed", "pass", "confirmed", "applicable", "available", "conform", "conforms",
    "conformant", "provided", "ja", "erfüllt", "umgesetzt", "unterstützt", "vorhanden", "konform", "gegeben", "oui", "sí",
    "conforme", "はい", "対応", "対応済", "対応済み", "対応しています", "実装済み", "実装済", "準拠", "準拠しています",
    "適合", "예", "네", "지원", "지원함", "지원합니다", "지원됨", "준수", "준수함", "적합", "완료", "적용", "是", "是的", "有",
    "支持", "已支持", "已实现", "符合", "符合要求", "满足", "已满足",
];

/// Words that add nothing to those.
pub(crate) const FILLERS: &[&str] = &[
    "the", "this", "that", "these", "our", "its", "it", "we", "a", "an", "product", "products", "device", "devices",
    "requirement", "requirements", "provision", "provisions", "feature", "function", "functionality", "control", "clause",
    "criterion", "item", "is", "are", "was", "has", "have", "been", "do", "does", "be", "fully", "already", "also", "all",
    "with", "and", "to", "as", "of", "for", "by", "required", "in", "full", "completely", "wird", "ist", "vollständig",
    "die", "der", "das", "dieses", "produkt", "gerät", "anforderung",
];

/// Words that deny.
pub(crate) const DENIES: &[&str] = &[
    "not", "no", "none", "isn't", "aren't", "doesn't", "don't", "cannot", "never", "unsupported", "unavailable",
    "unimplemented", "non-compliant", "noncompliant", "nicht", "nein", "kein", "keine", "non",
];

/// Words that put a denial in time or place.
pub(crate) const HEDGES: &[&str] = &[
    "yet", "currently", "at", "present", "moment", "time", "now", "still", "version", "release", "model", "here", "so",
    "far", "noch", "derzeit", "aktuell", "momentan", "on", "today", "available", "applicable", "ready", "possible",
];

/// Reasons that are none, next to the words above.
pub(crate) const NO_REASON: &[&str] = &[
    "applicable", "n/a", "n.a", "na", "n", "irrelevant", "inapplicable", "relevant", "needed", "necessary", "required",
    "scope", "out", "outside", "zutreffend", "entfällt", "relevanz", "該当なし", "該当しません", "該当せず", "対象外",
    "해당 없음", "해당없음", "없음", "해당", "不适用", "不適用", "无",
];

/// Clauses by which an answer of `yes` says that it is not so.
pub(crate) const DENIAL: &[&str] = &[
    "^ not yet? supported/implemented/met/fulfilled/compliant/provided $",
    "^ not yet supported/implemented/available/in/done/ready/finished/complete/completed/developed/released/defined *",
    "^ currently/presently? not supported/implemented/available *",
    "^ the/this/our? we/product/device/feature/function/firmware/it do/does not yet *",
    "^ the/this/our? feature/function/requirement/provision/it/support/implementation/mechanism is/has/was not yet been? *",
    "^ the/this/our? requirement/provision/clause is/was not met/fulfilled/supported/implemented/satisfied *",
    "^ we/product/device/currently do/does not support/implement/have/offer/provide this/it/that *",
    "^ currently we? do not *",
    "^ planned $",
    "^ planned for/in/with *",
    "^ currently? under development *",
    "^ coming soon *",
    "^ work in progress *",
    "^ in progress *",
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
    "^ noch nicht *",
    "^ wird/ist derzeit/noch? nicht unterstützt/umgesetzt/erfüllt/implementiert $",
    "^ geplant *",
    "^ in planung/entwicklung *",
    "wird/werden ~ nächsten release/update/version/firmware ~ umgesetzt/unterstützt/ergänzt/implementiert/eingeführt",
];

/// The same in Chinese, Japanese and Korean: what is all of a short text, and what may be anywhere.
pub(crate) const DENIAL_CJK_SHORT: &[&str] = &[
    "未対応", "非対応", "対応していません", "対応しておりません", "未実装", "実装していません", "미지원", "지원하지 않",
    "지원 안", "미구현", "구현되지 않", "不支持", "暂不支持", "未实现", "尚未",
];

/// See [`DENIAL_CJK_SHORT`].
pub(crate) const DENIAL_CJK: &[&str] = &[
    "対応予定", "実装予定", "次期バージョンで", "지원 예정", "구현 예정", "개발 중입니다", "다음 버전에서", "计划支持",
    "计划在下", "下一版本",
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
    "添付参照", "添付資料参照", "添付資料を参照", "別添参照", "별첨 참조", "첨부 참조", "첨부 파일 참조", "첨부파일 참조",
    "见附件", "見附件", "详见附件",
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
