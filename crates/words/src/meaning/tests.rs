//! Tests of meanings.

use super::*;

const NAMES: &[(&str, &str)] = &[
    ("smart-toy", "smart-toy"),
    ("smart-plug", "smart-plug"),
    ("smart-plug", "Steckdose"),
    ("door-lock", "door-lock"),
    ("door-lock", "smart lock"),
    ("door-lock", "도어락"),
    ("fire-detector", "fire-detector"),
    ("gas-detector", "gas-detector"),
    ("smart-home-hub", "gateway"),
    ("smart-home-hub", "hub"),
    ("home-gateway", "gateway"),
    ("home-gateway", "home-gateway"),
    ("thermostat", "thermostat"),
    ("appliance", "refrigerator"),
    ("star-1", "★1"),
];

fn same(word: &'static str) -> Meaning<'static> {
    Meaning::Certain(Certain::Same(word))
}

fn called(word: &'static str) -> Meaning<'static> {
    Meaning::Certain(Certain::Called(word))
}

fn meaning(text: &str) -> Meaning<'static> {
    Names::of(NAMES.iter().copied()).meaning(text)
}

#[test]
fn words_decide_before_letters() {
    assert_eq!(meaning("Smart_Toy"), same("smart-toy"));
    assert_eq!(meaning("ｓｍａｒｔ　ｔｏｙ"), same("smart-toy"));
    assert_eq!(meaning("smart lock"), called("door-lock"));
    assert_eq!(meaning("Smart Locks"), called("door-lock"));
    assert_eq!(meaning("★１"), called("star-1"));
    let both = Meaning::Perhaps(vec!["smart-home-hub", "home-gateway"]);
    assert_eq!(meaning("Gateway"), both);
    let detectors = Meaning::Perhaps(vec!["fire-detector", "gas-detector"]);
    assert_eq!(meaning("detector"), detectors);
}

#[test]
fn longer_texts_are_questions() {
    let asks = |word| Meaning::Perhaps(vec![word]);
    assert_eq!(meaning("Funksteckdose"), asks("smart-plug"));
    assert_eq!(meaning("디지털 도어락"), asks("door-lock"));
    assert_eq!(meaning("smart lock with app"), asks("door-lock"));
}

#[test]
fn what_is_denied_or_reserved_is_not_proposed() {
    let answers = [
        ("yes", "yes"),
        ("yes", "supported"),
        ("yes", "compliant"),
        ("yes", "implemented"),
        ("yes", "対応"),
        ("no", "no"),
        ("no", "not supported"),
        ("no", "not implemented"),
        ("n/a", "n/a"),
    ];
    let answers = Names::of(answers);
    for text in [
        "unsupported",
        "non-compliant",
        "noncompliant",
        "not yet implemented",
        "yes/no",
        "yes, but",
        "partially supported",
        "supported soon",
        "対応予定",
        "一部対応",
        "対応していない",
    ] {
        let found = answers.meaning(text);
        let no = Meaning::Perhaps(vec!["no"]);
        assert!(
            found == Meaning::Unknown || found == no,
            "{text}: {found:?}"
        );
    }
    let no = Meaning::Perhaps(vec!["no"]);
    assert_eq!(answers.meaning("not supported by design"), no);
    assert_eq!(answers.meaning("supportet").only(), Some("yes"));
    let traits = [
        ("passwords", "passwords"),
        ("passwords", "Passwörter"),
        ("network-updates", "OTA"),
        ("updatable", "updatable"),
        ("no-telemetry", "no-telemetry"),
        ("no-telemetry", "テレメトリなし"),
    ];
    let traits = Names::of(traits);
    for text in [
        "no OTA",
        "keine Passwörter",
        "なし",
        "nonupdatable",
        "no password",
    ] {
        assert_eq!(traits.meaning(text), Meaning::Unknown, "{text}");
    }
    assert_eq!(traits.meaning("OTA only").only(), Some("network-updates"));
    assert_eq!(traits.meaning("no telemetri").only(), Some("no-telemetry"));
}

#[test]
fn a_sign_before_a_number_is_part_of_it() {
    let levels = Names::of([("3", "3"), ("3", "level 3")]);
    for text in ["-3", "(3)", "3+", "－3", "−3", ".3", "+3"] {
        assert_eq!(levels.meaning(text), Meaning::Unknown, "{text}");
        assert_eq!(levels.certain(text), None, "{text}");
    }
    assert_eq!(
        levels.meaning("Level-3"),
        Meaning::Certain(Certain::Called("3"))
    );
    assert_eq!(levels.meaning(" 3."), Meaning::Certain(Certain::Same("3")));
}

#[test]
fn letters_decide_last_and_seldom() {
    assert_eq!(meaning("thermostad"), Meaning::Slip("thermostat"));
    assert_eq!(meaning("home-gatewax"), Meaning::Slip("home-gateway"));
    assert_eq!(meaning("fire-detektor"), Meaning::Slip("fire-detector"));
    assert_eq!(
        meaning("home-gateway1"),
        Meaning::Perhaps(vec!["home-gateway"])
    );
    assert_eq!(meaning("smart-plugg"), Meaning::Perhaps(vec!["smart-plug"]));
    assert_eq!(meaning("smart clock"), Meaning::Perhaps(vec!["door-lock"]));
    assert_eq!(meaning("refrigeratro"), Meaning::Perhaps(vec!["appliance"]));
    for text in ["smart egg", "partial", "x", "", "・", "smart"] {
        let found = meaning(text);
        let is_asked =
            matches!(&found, Meaning::Perhaps(words) if text == "smart" && words.len() == 3);
        assert!(found == Meaning::Unknown || is_asked, "{text}: {found:?}");
    }
}
