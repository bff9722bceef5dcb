//! `clspack calc`: results, limits and exit codes.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::binary::run;
use crate::support::repository;

fn guessing(more: &[&str], exit: i32) -> Value {
    let arguments = ["calc", "brute-force", "--format", "json"];
    let ran = run(&repository("."), &[&arguments[..], more].concat()).expect(exit);
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn guessing_has_a_limit_in_days_or_percent() {
    let digits = ["--alphabet", "10", "--attempts", "5"];
    let with = |more: &[&'static str]| [&digits[..], more].concat();
    let six = guessing(&with(&["--length", "6", "--lockout", "15m"]), 0);
    assert_eq!(six["schema"], "clspack.calc-brute-force/1");
    assert_eq!(
        (&six["days"], &six["attempts_per_day"]),
        (&"1041".into(), &"480".into())
    );
    assert!(
        six["source"].as_str().unwrap().contains("SP-151-4A"),
        "{six}"
    );
    let four = guessing(&with(&["--length", "4", "--lockout", "15m"]), 1);
    assert_eq!((&four["days"], &four["met"]), (&"10".into(), &false.into()));
    let blocked = guessing(&with(&["--length", "6", "--addresses", "1000"]), 0);
    assert_eq!(
        (&blocked["percent"], &blocked["days"]),
        (&"0.5".into(), &Value::Null)
    );
    // The chance must be below one percent.
    guessing(&with(&["--length", "6", "--addresses", "2000"]), 1);
    let all = guessing(
        &[
            "--alphabet",
            "95",
            "--length",
            "64",
            "--attempts",
            "9",
            "--lockout",
            "1s",
        ],
        0,
    );
    assert_eq!(all["at_least"], true);
    for wrong in ["15", "m", "0s", "-1s"] {
        run(
            &repository("."),
            &[
                &["calc", "brute-force"],
                &with(&["--length", "6"])[..],
                &[&format!("--lockout={wrong}")],
            ]
            .concat(),
        )
        .expect(2);
    }
}

#[test]
fn support_bounds_the_label_or_does_not() {
    let of = |until: &str, exit: i32| {
        let arguments = [
            "calc",
            "support",
            "--until",
            until,
            "--on",
            "2026-12-01",
            "--format",
            "json",
        ];
        let ran = run(&repository("."), &arguments).expect(exit);
        serde_json::from_str::<Value>(&ran.stdout).unwrap()
    };
    let short = of("2028-12-01", 0);
    assert_eq!(
        (&short["label_until"], &short["limited_by"]),
        (&"2028-12-01".into(), &"support".into())
    );
    assert_eq!(short["gain_days"], 365);
    let long = of("2031-01-01", 0);
    assert_eq!(
        (&long["label_until"], &long["limited_by"]),
        (&"2029-12-01".into(), &"cap".into())
    );
    assert_eq!(of("2026-12-01", 1)["label_until"], Value::Null);
}

#[test]
fn passwords_are_judged_and_never_shown() {
    let judged = |password: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_clspack"))
            .args(["calc", "password", "--user", "admin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(password.as_bytes()).unwrap();
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.contains(password.trim()), "{text}");
        (output.status.code(), text)
    };
    assert_eq!(judged("kqwz7dhmtx\n").0, Some(0));
    let (code, text) = judged("kqwz77hmtx\r\n");
    assert_eq!(code, Some(1));
    assert!(
        text.contains("not met    no character twice in a row"),
        "{text}"
    );
}
