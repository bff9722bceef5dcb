//! The labels before values in certificates and reports, in the languages of the schemes.

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Model,
    Number,
    Brand,
    Holder,
    Grade,
    Issued,
    Expires,
    /// First and last day of a term.
    Term,
    Firmware,
    Hardware,
    Reference,
    ReportDate,
    Verdict,
    Laboratory,
    /// The kind of product.
    Category,
    /// A label that is not compared, but ends the value before it.
    Other,
}

/// The labels of each kind in lower case. A label counts at the beginning of a line or cell.
#[rustfmt::skip] // One word a line would be a list of 700 lines.
pub(super) const LABELS: &[(Kind, &[&str])] = &[
    (
        Kind::Model,
        &[
            "model", "models", "model(s)", "model no", "model no.", "model number", "model numbers", "model name",
            "model names", "model code", "model id", "model identifier", "model designation", "product model",
            "certified model", "certified models", "tested model", "models covered", "covered models", "type",
            "type designation", "type/model", "model/type", "model reference", "sku", "device model", "product code",
            "modell", "modelle", "modellnummer", "modellname", "modellbezeichnung", "typ", "typbezeichnung", "typenbezeichnung",
            "gerätetyp", "produktmodell", "geprüftes modell",
            "malli", "mallit", "mallinumero", "tuotemalli", "mallimerkintä",
            "型番", "型式", "形式", "モデル", "モデル名", "モデル番号", "製品型番", "品番", "機種", "機種名", "対象型番",
            "모델", "모델명", "모델 명", "모델번호", "모델 번호", "형식", "형식명", "제품 모델명", "파생모델", "기본모델", "모델명(형식)",
            "型号", "产品型号", "型號", "產品型號", "规格型号", "modèle", "modelo", "modello",
        ],
    ),
    (
        Kind::Number,
        &[
            "certificate no", "certificate no.", "certificate number", "certificate nr.", "certificate id", "cert. no.",
            "cert no", "cert no.", "label no", "label no.", "label number", "label id", "registration no",
            "registration no.", "registration number", "registration id", "certification no", "certification no.",
            "certification number", "conformity label number", "number", "no.", "approval number", "licence number",
            "zertifikatsnummer", "zertifikatsnr.", "zertifikat-nr.", "zertifikat nr.", "kennzeichen", "kennzeichennummer",
            "kennzeichen-nr.", "registriernummer", "registrierungsnummer", "nummer", "kennzeichen nr.", "label-nummer",
            "sertifikaatin numero", "tunnus", "merkin numero", "tietoturvamerkin numero", "todistuksen numero",
            "登録番号", "認証番号", "証明書番号", "ラベル番号", "取得番号", "適合ラベル番号", "番号",
            "인증번호", "인증 번호", "인증서 번호", "인증서번호", "등록번호", "발급번호", "번호",
            "证书编号", "證書編號", "编号", "编號", "注册号", "註冊號",
        ],
    ),
    (
        Kind::Brand,
        &[
            "brand", "brand name", "brandname", "trade mark", "trademark", "trade name", "make", "marke", "markenname",
            "handelsmarke", "handelsname", "tuotemerkki", "merkki", "ブランド", "ブランド名", "商標", "상표", "상표명",
            "브랜드", "브랜드명", "品牌", "商标", "marque", "marca",
        ],
    ),
    (
        Kind::Holder,
        &[
            "holder", "certificate holder", "label holder", "holder of certificate", "holder of the certificate", "licensee",
            "licence holder", "license holder", "applicant", "applicant name", "name of applicant", "company", "company name",
            "client", "customer", "registrant", "issued to", "granted to", "awarded to", "certified company",
            "manufacturer", "manufacturer name", "manufacturer/applicant", "applicant/manufacturer", "name of manufacturer",
            "developer", "vendor", "maker", "producer", "name and address of applicant", "name and address of manufacturer",
            "hersteller", "inhaber", "zertifikatsinhaber", "antragsteller", "kennzeicheninhaber", "auftraggeber", "firma",
            "unternehmen", "kunde", "ausgestellt für", "valmistaja", "hakija", "haltija", "merkin haltija", "yritys",
            "asiakas", "申請者", "申請者名", "取得者", "事業者", "事業者名", "会社名", "製造者", "製造業者", "製造事業者", "ベンダー", "開発者",
            "登録者", "依頼者", "신청인", "신청기업", "신청기관", "업체명", "회사명", "제조사", "제조자", "제조업체", "인증기업", "상호",
            "상호(법인명)", "상호명", "기업명", "취득기업", "의뢰인", "申请人", "申請人", "持证人", "制造商", "製造商", "公司名称", "公司", "委托方", "titulaire",
        ],
    ),
    (
        Kind::Grade,
        &[
            "grade", "level", "label level", "certification level", "certification grade", "conformity level", "assurance level",
            "security level", "class", "type of certification", "certification type", "stufe", "klasse", "zertifizierungsstufe",
            "taso", "レベル", "ラベルレベル", "適合レベル", "適合基準レベル", "等級", "区分", "등급", "인증등급", "인증 등급",
            "인증유형", "인증 유형", "인증구분", "유형", "等级", "级别",
        ],
    ),
    (
        Kind::Issued,
        &[
            "issued", "issued on", "issue date", "date of issue", "date issued", "issuance date", "date of issuance",
            "granted", "granted on", "date of grant", "certified on", "certification date", "date of certification",
            "registration date", "date of registration", "registered on", "valid from", "effective date", "effective from",
            "start date", "start of validity", "date of first issue", "initial certification",
            "erteilt", "erteilt am", "ausgestellt", "ausgestellt am", "ausstellungsdatum", "erteilungsdatum", "datum der erteilung",
            "datum der ausstellung", "gültig ab", "gültig von", "beginn", "beginn der laufzeit", "laufzeitbeginn", "zertifizierungsdatum",
            "myönnetty", "myöntämispäivä", "voimassa alkaen", "päiväys", "annettu", "発行日", "登録日", "認証日", "取得日", "交付日",
            "発行年月日", "登録年月日", "付与日", "有効開始日", "발급일", "발급일자", "인증일", "인증일자", "발행일", "발행일자", "취득일",
            "등록일", "교부일", "최초인증일", "颁发日期", "发证日期", "發證日期", "签发日期", "发证日", "認證日期",
        ],
    ),
    (
        Kind::Expires,
        &[
            "expires", "expires on", "expiry", "expiry date", "expiration", "expiration date", "date of expiry", "valid until",
            "valid till", "valid to", "valid through", "validity until", "validity end", "end of validity", "end date", "valid up to",
            "expiring on", "expiry of certificate", "gültig bis", "gültig bis zum", "ablaufdatum", "läuft ab am", "ablauf", "ende der laufzeit",
            "laufzeitende", "gültigkeitsende", "ende", "gültigkeit bis", "voimassa asti", "viimeinen voimassaolopäivä", "päättyy",
            "有効期限", "有効期間満了日", "満了日", "有効終了日", "有効期限日", "失効日", "만료일", "만료일자", "유효기한", "유효기간 만료일",
            "유효기간만료일", "종료일", "有效期至", "有效期限至", "到期日", "失效日期", "有效截止日期",
        ],
    ),
    (
        Kind::Term,
        &[
            "valid", "validity", "validity period", "period of validity", "term", "term of validity", "certificate validity",
            "laufzeit", "gültigkeit", "gültigkeitsdauer", "gültigkeitszeitraum", "voimassa", "voimassaolo", "voimassaoloaika",
            "有効期間", "유효기간", "유효 기간", "인증기간", "인증유효기간", "인증 유효기간", "有效期", "有效期限", "有效期间", "有效期間",
        ],
    ),
    (
        Kind::Firmware,
        &[
            "firmware", "firmware version", "firmware-version", "firmware ver.", "firmware no.", "firmware release", "firmware revision",
            "f/w", "f/w version", "fw", "fw version", "software version", "software", "software release", "sw version", "s/w version",
            "firmwareversion", "firmware-stand", "firmwarestand", "softwareversion", "software-version", "softwarestand",
            "laiteohjelmisto", "laiteohjelmistoversio", "laiteohjelmiston versio", "ohjelmistoversio", "ohjelmiston versio",
            "ファームウェア", "ファームウェアバージョン", "ファームウェア版", "ファームウェアver.", "ファームウエア", "ソフトウェアバージョン",
            "펌웨어", "펌웨어 버전", "펌웨어버전", "펌웨어 ver.", "소프트웨어 버전", "s/w 버전", "f/w 버전", "固件", "固件版本", "固件版本号",
            "软件版本", "韌體", "韌體版本", "micrologiciel",
        ],
    ),
    (
        Kind::Hardware,
        &[
            "hardware", "hardware version", "hardware revision", "hardware rev.", "hw version", "h/w version", "hw", "h/w",
            "hw revision", "hardwareversion", "hardware-version", "hardwarestand", "laitteistoversio", "laiteversio",
            "ハードウェア", "ハードウェアバージョン", "하드웨어", "하드웨어 버전", "h/w 버전", "硬件版本", "硬體版本",
        ],
    ),
    (
        Kind::Reference,
        &[
            "report no", "report no.", "report number", "report ref", "report ref.", "report reference", "report id", "reference",
            "reference no.", "reference number", "our reference", "ref.", "ref. no.", "test report no.", "test report number",
            "document number", "document no.", "prüfberichtsnummer", "prüfbericht nr.", "prüfbericht-nr.", "berichtsnummer",
            "bericht nr.", "bericht-nr.", "aktenzeichen", "raportin numero", "raporttinumero", "報告書番号", "報告番号", "レポート番号",
            "試験報告書番号", "성적서번호", "성적서 번호", "보고서번호", "보고서 번호", "시험성적서 번호", "报告编号", "報告編號",
        ],
    ),
    (
        Kind::ReportDate,
        &[
            "date", "date of report", "report date", "date of this report", "dated", "report issued", "date of issue of report",
            "test report date", "datum", "berichtsdatum", "datum des berichts", "prüfberichtsdatum", "raportin päiväys", "päivämäärä",
            "報告日", "報告書作成日", "作成日", "日付", "보고일", "작성일", "성적서 발급일", "报告日期", "報告日期", "日期",
        ],
    ),
    (
        Kind::Verdict,
        &[
            "verdict", "overall verdict", "final verdict", "result", "overall result", "test result", "final result", "results", "conclusion",
            "overall conclusion", "assessment", "overall assessment", "status", "label status", "certificate status", "decision", "outcome",
            "ergebnis", "gesamtergebnis", "prüfergebnis", "gesamturteil", "urteil", "bewertung", "fazit", "tulos", "lopputulos", "päätelmä",
            "判定", "総合判定", "結果", "試験結果", "総合結果", "結論", "状態", "판정", "종합판정", "결과", "시험결과", "시험 결과", "종합 결과",
            "종합결과", "상태", "结论", "结果", "判定结果", "检测结论", "測試結果", "状态",
        ],
    ),
    (
        Kind::Laboratory,
        &[
            "laboratory", "testing laboratory", "test laboratory", "laboratory name", "name of laboratory", "test lab",
            "name of testing laboratory", "evaluation laboratory", "evaluation facility", "test house", "prüflabor",
            "prüfstelle", "prüflaboratorium", "testauslaboratorio", "試験機関", "試験所", "評価機関", "시험기관", "시험소", "평가기관",
            "检测机构", "检测实验室", "檢測機構", "檢測實驗室",
        ],
    ),
    (
        Kind::Category,
        &[
            "product category", "category", "category of product", "product type", "type of product", "device category",
            "device type", "type of device", "produktkategorie", "produktart", "geräteart", "tuoteryhmä", "tuoteluokka",
            "製品カテゴリ", "製品カテゴリー", "製品分類", "製品種別", "제품군", "제품유형", "제품 유형", "제품분류", "产品类别", "產品類別", "产品类型",
        ],
    ),
    (
        Kind::Other,
        &[
            "product", "product name", "address", "scheme", "basis", "standard", "standards",
            "serial number", "serial no.", "issuing body", "issued by", "page", "version", "produkt", "grundlage", "anschrift", "製品名", "제품명", "产品名称", "制度", "수신", "주소", "住所",
        ],
    ),
];

/// Words for a family of models.
pub(super) const FAMILY: &[&str] = &[
    "series",
    "family",
    "range",
    "serie",
    "baureihe",
    "reihe",
    "familie",
    "sarja",
    "perhe",
    "シリーズ",
    "시리즈",
    "계열",
    "系列",
];

/// Words between a label and its value that are not part of either.
pub(super) const BETWEEN: &[&str] = &[
    "version",
    "ver.",
    "ver",
    "v.",
    "release",
    "rev.",
    "revision",
    "no.",
    "nr.",
    "number",
    "is",
    "build",
    "stand",
    "versio",
    "バージョン",
    "버전",
    "版本",
    "版本号",
];
