//! Words of answers that only point to something: a document, another answer, the text above.
// One word a line would be a list of 500 lines, so these are not formatted.

/// Words that point.
#[rustfmt::skip]
pub(crate) const REFERS: &[&str] = &[
    "see", "refer", "refers", "referring", "reference", "cf", "vide", "same", "identical", "ditto", "idem",
    "likewise", "equal", "attached", "enclosed", "appended", "shown", "described", "stated", "explained",
    "documented", "mentioned", "covered", "demonstrated", "answered", "siehe", "vgl", "vergleiche", "gleich",
    "dasselbe", "selbe", "gleiche", "identisch", "beigefügt", "voir", "véase", "idéntico", "mismo", "même",
];

/// Words for documents.
#[rustfmt::skip]
pub(crate) const DOCUMENTS: &[&str] = &[
    "evidence", "evidences", "proof", "file", "files", "report", "reports", "document", "documents", "doc", "docs",
    "documentation", "datasheet", "brochure", "manual", "guide", "handbook", "attachment", "attachments", "annex",
    "appendix", "appendices", "enclosure", "enclosures", "exhibit", "screenshot", "screenshots", "photo", "photos",
    "picture", "pictures", "spreadsheet", "slides", "presentation", "website", "web", "site", "link", "folder", "pdf",
    "nachweis", "nachweise", "bericht", "prüfbericht", "dokument", "dokumente", "dokumentation", "anlage", "anlagen",
    "anhang", "datei", "handbuch", "bedienungsanleitung", "datenblatt", "annexe", "rapport", "anexo", "informe",
];

/// Words for the text before.
#[rustfmt::skip]
pub(crate) const ABOVE_WORDS: &[&str] = &[
    "above", "before", "previous", "preceding", "earlier", "former", "oben", "vorherige", "vorherigen",
];

/// Words for other answers.
#[rustfmt::skip]
pub(crate) const ANSWERS: &[&str] = &[
    "answer", "answers", "response", "provision", "provisions", "clause", "requirement", "requirements", "item",
    "question", "row", "line", "entry", "below", "next", "following", "unten", "antwort", "bestimmung", "anforderung",
];

/// Words that point where a clause begins with them, and say something elsewhere.
#[rustfmt::skip]
pub(crate) const REFERS_FIRST: &[&str] = &[
    "as", "per", "like", "wie", "laut", "gemäß",
];

/// Words that may be beside these and add nothing.
#[rustfmt::skip]
pub(crate) const BESIDE: &[&str] = &[
    "the", "this", "that", "these", "those", "our", "your", "its", "it", "a", "an", "please", "kindly", "to", "in",
    "of", "for", "at", "on", "under", "and", "or", "with", "from", "by", "there", "here", "also", "only", "is", "are",
    "was", "were", "be", "been", "page", "pages", "p", "pp", "section", "sections", "sec", "chapter", "chapters",
    "table", "figure", "fig", "number", "nr", "details", "detail", "more", "full", "further", "supporting",
    "supplementary", "relevant", "corresponding", "respective", "separate", "provided", "submitted", "supplied",
    "uploaded", "available", "information", "info", "test", "testing", "lab", "laboratory", "technical", "security",
    "request", "upon", "found", "evidenced", "folgende", "den", "dem", "der", "die", "das", "zu", "im", "in", "unter",
    "auf", "seite", "seiten", "abschnitt", "kapitel", "tabelle", "bitte", "beigefügte", "beigefügten", "beiliegend",
    "und", "que", "la", "le", "l", "el", "à",
];

/// Words that may be beside a word that points, and otherwise say something.
#[rustfmt::skip]
pub(crate) const QUALIFIES: &[&str] = &[
    "user", "users", "given", "product", "device", "customer",
];

/// The same in Chinese, Japanese and Korean. A text of nothing but these fragments, numbers and names of files points.
#[rustfmt::skip]
pub(crate) const FRAGMENTS: &[&str] = &[
    // Japanese
    "参照願います", "参照してください", "ご参照ください", "参照ください", "ご参照", "参照", "と同じです",
    "と同様です", "と同じ", "に同じ", "と同様", "同様", "同じ", "のとおり", "の通り", "とおり", "通り", "上記",
    "前記", "前述", "前項", "前の項", "前の回答", "下記", "添付資料", "添付", "別紙", "別添", "別途", "資料", "証拠",
    "証跡", "証憑", "エビデンス", "報告書", "試験報告書", "レポート", "文書", "ファイル", "書類", "取扱説明書",
    "マニュアル", "説明書", "仕様書", "を見てください", "ください", "です", "ページ", "頁", "項目", "項", "章", "節",
    "表", "図", "第", "回答", "詳細は", "詳細", "内容", "を", "の", "は", "に", "と", "も", "へ",
    // Korean
    "참조하시기 바랍니다", "참조 바랍니다", "참조바랍니다", "참조하십시오", "참조", "참고하시기 바랍니다",
    "참고 바랍니다", "참고", "동일합니다", "동일함", "동일", "같습니다", "같음", "같은", "위와", "위의", "위", "상기",
    "아래", "앞의", "이전", "첨부파일", "첨부된", "첨부", "별첨", "별지", "증빙자료", "증빙", "증거", "자료", "문서",
    "보고서", "시험성적서", "성적서", "매뉴얼", "설명서", "파일", "페이지", "쪽", "항목", "항", "답변", "내용",
    "바랍니다", "하시기", "과", "와", "을", "를", "의", "은", "는", "에",
    // Chinese
    "请参见", "請參見", "请参阅", "请参考", "请见", "請見", "参见", "參見", "参阅", "參閱", "参考", "參考", "详见",
    "詳見", "见", "見", "相同", "一样", "同", "与", "與", "如", "按", "上述", "上文", "上面", "前述", "前文", "下文",
    "所述", "所示", "证据", "證據", "证明材料", "证明", "附件", "附录", "文件", "文档", "资料", "報告", "报告",
    "检测报告", "测试报告", "说明书", "手册", "第", "页", "頁", "条", "条款", "项", "答复", "回答", "。",
];

/// The fragments that point; the others only name something.
#[rustfmt::skip]
pub(crate) const FRAGMENTS_REFER: &[&str] = &[
    "参照", "同じ", "同様", "とおり", "通り", "を見", "別途", "添付", "别紙", "別紙", "別添", "참조", "참고", "동일",
    "같", "첨부", "별첨", "见", "見", "参阅", "參閱", "参考", "參考", "相同", "一样", "同", "如", "按",
];

/// Endings of the names of files.
#[rustfmt::skip]
pub(crate) const ENDINGS: &[&str] = &[
    "pdf", "doc", "docx", "xls", "xlsx", "csv", "ppt", "pptx", "png", "jpg", "jpeg", "tif", "tiff", "gif", "txt",
    "md", "html", "htm", "json", "xml", "zip", "odt", "ods", "rtf", "eml", "msg",
];

/// Texts that say under `yes` that the provision does not apply.
#[rustfmt::skip]
pub(crate) const NOT_APPLICABLE: &[&str] = &[
    "not relevant", "irrelevant", "inapplicable", "out of scope", "not required", "not needed", "not necessary",
    "does not apply", "nicht zutreffend", "nicht anwendbar", "nicht relevant", "nicht erforderlich", "entfällt",
    "trifft nicht zu", "sans objet", "no aplica", "該当なし", "該当無し", "該当しません", "該当せず", "対象外",
    "適用外", "不要", "해당 없음", "해당없음", "해당사항 없음", "해당 사항 없음", "不适用", "不適用", "无关",
    "不涉及",
];
