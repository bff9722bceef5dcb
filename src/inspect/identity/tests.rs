//! Tables of what labels announce, and of names that are one and names that are not.

use crate::inspect::identity::company::names_one;
use crate::inspect::identity::labels::Kind;
use crate::inspect::identity::model;
use crate::inspect::identity::spelling::{Alike, alike, difference, find, is_blurred};
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
fn a_name_is_found_as_a_word_of_its_own() {
    for (text, name, is_same) in [
        ("for the HX-200.", "HX-200", Some(true)),
        ("HX-200/HX-300", "HX-200", Some(true)),
        ("型番HX-200です", "HX-200", Some(true)),
        ("HX-200-based", "HX-200", Some(true)),
        ("the HX-\n200 is", "HX-200", Some(true)),
        ("hx200", "HX-200", Some(false)),
        ("HX 200", "HX-200", Some(false)),
        ("HX-200K", "HX-200", None),
        ("HX-200-EU", "HX-200", None),
        ("XHX-200", "HX-200", None),
        ("HX-2000", "HX-200", None),
        ("A-HX-200", "HX-200", None),
    ] {
        assert_eq!(
            find(text, name).map(|found| found.is_same),
            is_same,
            "{text}"
        );
    }
}

#[test]
fn a_name_is_found_without_letters_that_the_font_does_not_name() {
    for (text, name, is_there) in [
        ("for w\u{fffd}chterblick, k\u{fffd}ln", "wächterblick", true),
        ("no. sik\u{fffd}00042", "sik-00042", true),
        ("no. sik\u{fffd}00043", "sik-00042", false),
        (
            "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
            "HX-200",
            false,
        ),
        ("HX-200", "HX-200", false),
    ] {
        assert_eq!(is_blurred(text, name), is_there, "{text}");
    }
}

#[test]
fn a_company_is_known_without_umlauts() {
    for (text, name, is_there) in [
        ("holder: waechterblick gmbh", "Wächterblick GmbH", true),
        ("holder: wächterblick gmbh", "Waechterblick GmbH", true),
        ("holder: wachtelblick gmbh", "Wächterblick GmbH", false),
    ] {
        assert_eq!(names_one(text, &[name.to_owned()]), is_there, "{text}");
    }
}

#[test]
fn names_are_alike_or_not() {
    for (one, other, expected) in [
        ("HX-2OO", "HX-200", Some(Alike::Look)),
        ("HX-200K", "HX-200", Some(Alike::Ending)),
        ("HX-201", "HX-200", Some(Alike::Slip)),
        ("OG-AX1800", "OG-AX3000", Some(Alike::Slips)),
        ("KV-P2", "KV-D1", None),
        ("HX-375", "HX-200", Some(Alike::Made)),
        ("EN-303", "HX-200", None),
        ("HX-200", "hx200", None),
    ] {
        assert_eq!(alike(one, other), expected, "{one} {other}");
    }
    assert_eq!(
        difference("HX-2O0", "HX-200"),
        "character 5 is `O` (letter) in the file and `0` (zero) in the manifest"
    );
    assert_eq!(
        difference("HX-200K", "HX-200"),
        "the file has an extra `K` at the end"
    );
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
