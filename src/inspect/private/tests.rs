//! What is kept of secrets and personal data in files. All of them are invented; `¦` cuts those that a scanner of
//! source code would take for real.

use crate::look::look;
use crate::sensitive;

use super::kind::Kind;
use super::{Exposure, exposures};

fn of_file(extension: &str, text: &str) -> Vec<Exposure> {
    exposures(&look(extension, text.as_bytes()), extension).0
}

#[test]
fn says_the_line_once_and_never_the_secret() {
    let secret = "gh¦p_9aB3kLmN0pQrS7tUvW2xYzA4bC6dE8fG1hJ5".replace('¦', "");
    let found = of_file("log", &format!("one\ntwo {secret}\nthree {secret}\n"));
    let [exposure] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(exposure.at.to_string(), "line 2");
    assert_eq!(exposure.masked, "ghp_…J5");
    assert!(exposure.compared.is_empty());
    let found = of_file("json", &format!("{{\n\"a\": \"{secret}\"}}"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].at.to_string(), "line 2");
}

#[test]
fn finds_passwords_below_their_head() {
    for (extension, text) in [
        (
            "csv",
            "user,password,role\nadmin,Zk3mQ8vN1,root\nguest,none,user\n",
        ),
        ("csv", "Benutzer;Passwort\nadmin;\"Zk3mQ8vN1\"\n"),
        ("tsv", "user\tpwd\nadmin\tZk3mQ8vN1\n"),
    ] {
        let found = of_file(extension, text);
        let [exposure] = found.as_slice() else {
            panic!("{text}: {found:?}");
        };
        assert_eq!(
            (exposure.kind, exposure.at.to_string()),
            (Kind::InText(sensitive::Kind::Setting), "line 2".to_owned())
        );
    }
    let honest = "password,min_length,hash\nunique per unit,12,sha256\nHX-200,8,argon2\n";
    assert!(of_file("csv", honest).is_empty());
}

#[test]
fn settings_and_key_stores_are_searched() {
    let secret = "DB_PASSWORD=Zk3mQ8vN1\n";
    for extension in ["env", "conf", "ini", "toml", "sh"] {
        assert_eq!(of_file(extension, secret).len(), 1, "{extension}");
    }
    let key = "-----BEGIN PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\n";
    assert_eq!(
        of_file("pem", key)[0].kind,
        Kind::InText(sensitive::Kind::PrivateKey)
    );
    let (store, _) = exposures(&look("p12", b"\x30\x82\x09\xf1"), "p12");
    assert_eq!(store[0].kind, Kind::InText(sensitive::Kind::PrivateKey));
    assert!(store[0].masked.is_empty());
}

#[test]
fn many_are_bounded() {
    let lines: Vec<String> = (0..5_000)
        .map(|i| format!("password = Zk{i}mQ8vN\n"))
        .collect();
    assert_eq!(of_file("txt", &lines.concat()).len(), super::MOST);
}

/// Another name for each number, in letters alone.
fn person(i: usize) -> String {
    let letter = |n: usize| char::from(b"abcdefghijklmnopqrstuvwxyz"[n % 26]);
    format!(
        "kim.le{}{}{}{}",
        letter(i),
        letter(i / 26),
        letter(i / 676),
        letter(i / 17_576)
    )
}

#[test]
fn people_of_the_manifest_do_not_hide_others() {
    let own: String = (0..300).map(|i| person(i) + "@hanbit.sg\n").collect();
    let text = format!("{own}jane.doe@another.sg\n");
    let (found, is_cut) = exposures(&look("txt", text.as_bytes()), "txt");
    assert_eq!((found.len(), is_cut), (301, false));
    let many: String = (0..20_001).map(|i| person(i) + "@another.sg\n").collect();
    let (_, is_cut) = exposures(&look("txt", many.as_bytes()), "txt");
    assert!(is_cut);
}
