//! Tables of what labels announce, and of models and versions that are one and that are not.

use crate::inspect::identity::labels::Kind;
use crate::inspect::identity::model;
use crate::inspect::identity::spelling::difference;
use crate::inspect::identity::text::Text;
use crate::inspect::identity::version;
use crate::inspect::identity::words::Words;
use crate::look::InFile;

fn words(text: &str) -> Words {
    Words {
        passages: vec![(InFile::Page(1), text.to_owned())],
        is_whole: true,
        is_cut: false,
        bill: None,
    }
}

#[test]
fn a_label_announces_its_value() {
    for (line, kind, value) in [
        ("Model: HX-200", Kind::Model, "HX-200"),
        ("Modell WB-K300", Kind::Model, "WB-K300"),
        ("型番 / Model  RC-110", Kind::Model, "RC-110"),
        ("モデル名：RC-110", Kind::Model, "RC-110"),
        ("모델명: VR7MD97716G", Kind::Model, "VR7MD97716G"),
        ("产品型号：HX-200", Kind::Model, "HX-200"),
        ("1. Model No.: HX-200", Kind::Model, "HX-200"),
        ("Model No.\nHX-200", Kind::Model, "HX-200"),
        ("Certificate No. CIC-1", Kind::Number, "CIC-1"),
        ("登録番号 / Number JCSTAR-7", Kind::Number, "JCSTAR-7"),
        ("인증번호 CIC-1", Kind::Number, "CIC-1"),
        ("Gültig bis: 30.06.2030", Kind::Expires, "30.06.2030"),
        (
            "有効期限：令和10年6月14日",
            Kind::Expires,
            "令和10年6月14日",
        ),
        (
            "유효기간: 2025년 7월 1일 ~ 2028년 6월 30일",
            Kind::Term,
            "2025년 7월 1일 ~ 2028년 6월 30일",
        ),
        (
            "Laufzeit 3. November 2025 bis 2. November 2027",
            Kind::Term,
            "3. November 2025 bis 2. November 2027",
        ),
        ("Firmware version 3.4.2", Kind::Firmware, "3.4.2"),
        ("ファームウェア / Firmware 2.3.1", Kind::Firmware, "2.3.1"),
        ("등급: 스탠다드", Kind::Grade, "스탠다드"),
        ("Overall verdict: FAIL", Kind::Verdict, "FAIL"),
    ] {
        let words = words(line);
        let text = Text::of(&words);
        let found = text.labelled();
        let has = found
            .iter()
            .any(|one| one.kind == kind && one.value == value);
        assert!(has, "{line}: {found:?}");
    }
    for line in [
        "Modelle werden geprüft.",
        "Hersteller, Modell und Nummer sind erfunden.",
        "Modellierung der Bedrohungen",
        "Numbers are invented",
        "the model HX-200",
    ] {
        let words = words(line);
        let text = Text::of(&words);
        let found = text.labelled();
        let has = found
            .iter()
            .any(|one| one.kind == Kind::Model && one.value.starts_with("HX"));
        assert!(!has, "{line}: {found:?}");
    }
}

#[test]
fn a_family_has_its_models() {
    for (line, model, is_member) in [
        ("HX-200 series", "HX-200K", true),
        ("HX-20x", "HX-200", true),
        ("HX-2**", "HX-200K", true),
        ("WB-K300/K310", "WB-K310", true),
        ("HX-200(K)", "HX-200K", true),
        ("HX-シリーズ", "HX-200", true),
        ("HX-200", "HX-200K", false),
        ("HX-300 series", "HX-200", false),
        ("max", "MAX-1", false),
    ] {
        let words = words(line);
        assert_eq!(
            model::is_of_family(&Text::of(&words), model),
            is_member,
            "{line}"
        );
    }
}

#[test]
fn a_version_is_named_whole() {
    for (text, version, is_named) in [
        ("firmware 3.4.2.", "3.4.2", true),
        ("V3.4.2", "3.4.2", true),
        ("Ver.3.4.2", "3.4.2", true),
        ("v3.4.2 (build 7)", "V3.4.2", true),
        ("3.4.20", "3.4.2", false),
        ("13.4.2", "3.4.2", false),
        ("1.3.4.2", "3.4.2", false),
        ("3.4.2.1", "3.4.2", false),
        ("1.1", "1.10", false),
    ] {
        assert_eq!(version::is_named(text, version), is_named, "{text}");
    }
}

#[test]
fn a_difference_names_the_character() {
    assert_eq!(
        difference("HX-2O0", "HX-200").manifest,
        "character 5 is `O` (letter) in the file and `0` (zero) in the manifest"
    );
    assert_eq!(
        difference("HX-200K", "HX-200").manifest,
        "the file has an extra `K` at the end"
    );
}
