//! `clspack explain` for provisions, the guidance behind it, and the pages in `docs/provisions`.

use std::collections::BTreeSet;

use clspack::diag::Code;
use clspack::domain::ProvisionId;
use clspack::report::provision;
use clspack::rules::guidance::{GUIDANCE, Guidance};
use clspack::rules::page::{Named, Pages};
use clspack::rules::row::Row as _;
use clspack::rules::{RuleBook, Timeline, embedded_files, lint::lint, read_guidance};
use serde_json::Value;

use crate::binary::run;
use crate::support::{self, expect, repository};

fn guidance() -> Guidance {
    let (guidance, findings) = read_guidance(&embedded_files());
    assert_eq!(findings, []);
    guidance.unwrap()
}

fn pages<'b>(book: &'b RuleBook, guidance: &'b Guidance) -> Pages<'b> {
    Pages::on(book, Some(guidance), guidance.written).unwrap()
}

fn explained(what: &str) -> String {
    run(&repository(""), &["explain", what]).expect(0).stdout
}

fn refused(what: &str) -> String {
    run(&repository(""), &["explain", what]).expect(2).stderr
}

#[test]
fn the_pages_of_provisions_are_up_to_date() {
    let (book, guidance) = (support::book(), guidance());
    let pages = pages(&book, &guidance);
    let folder = repository("docs/provisions");
    expect(&folder.join("README.md"), &provision::index(pages));
    let mut names = BTreeSet::from(["README.md".to_owned()]);
    for (clause, ids) in pages.clauses() {
        let name = format!("{clause}.md");
        expect(&folder.join(&name), &provision::clause(pages, clause, &ids));
        names.insert(name);
    }
    let files = std::fs::read_dir(folder).unwrap();
    let files: BTreeSet<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(files, names);
}

#[test]
fn every_provision_has_guidance_and_every_asked_one_evidence() {
    let (book, guidance) = (support::book(), guidance());
    let pages = pages(&book, &guidance);
    let mut n_asked = 0;
    for id in pages.ids() {
        let page = pages.page(id).unwrap();
        assert!(page.guidance.is_some(), "{id}");
        assert!(pages.clause_title(&page.row.clause).is_some(), "{id}");
        assert!(!page.sources.is_empty(), "{id}");
        if page.asked_of.iter().any(|asked| asked.level.is_some()) {
            let assessment = page.assessment().unwrap();
            assert!(!assessment.evidence.is_empty(), "{id}");
            n_asked += 1;
        }
    }
    let tables = book.levels.values().flat_map(Timeline::editions);
    let rows = tables.flat_map(|edition| &edition.body.rows);
    let asked: BTreeSet<&str> = rows
        .flat_map(|row| row.provisions.iter().map(ProvisionId::as_str))
        .collect();
    assert_eq!(n_asked, asked.len());
    assert_eq!(guidance.rows.len(), pages.ids().count());
}

#[test]
fn sentences_of_the_guidance_are_short() {
    let guidance = guidance();
    for row in &guidance.rows {
        let assessment = row.assessment.iter();
        let texts = assessment.flat_map(|one| one.evidence.iter().chain([&one.looked_for]));
        for text in texts.chain([&row.asked]) {
            assert!(text.ends_with(['.', '!']), "{}: {text}", row.id);
            for sentence in text.split(". ") {
                let n = sentence.split_whitespace().count();
                assert!((3..=40).contains(&n), "{}: {n} words: {sentence}", row.id);
            }
        }
        let n = row.asked.split(". ").count();
        assert!(n <= 4, "{}: {n} sentences", row.id);
    }
}

#[test]
fn guidance_is_no_part_of_what_packs_record() {
    let book = support::book();
    let editions = book.timelines().into_iter().flatten();
    let mut paths = editions.map(|edition| edition.path.to_owned());
    assert!(paths.all(|path| path != GUIDANCE));
}

#[test]
fn provisions_are_known_by_every_spelling_of_their_number() {
    let (book, guidance) = (support::book(), guidance());
    let pages = pages(&book, &guidance);
    for (text, id) in [
        ("5.2-1", "5.2-1"),
        (" 5.2.1 ", "5.2-1"),
        ("5.2\u{2013}1", "5.2-1"),
        ("6.1", "6-1"),
        ("6-1", "6-1"),
        ("4.1", "4-1"),
        ("5.13.1", "5.13-1"),
        ("7.3.6", "7.3-6"),
        ("ck-lp-01", "CK-LP-01"),
    ] {
        assert_eq!(pages.named(text), Named::Provision(id), "{text}");
    }
    assert_eq!(pages.named("5.3-4A"), Named::Later("5.3-4"));
    assert_eq!(pages.named("5.3.4a"), Named::Later("5.3-4"));
    let clause = Named::Clause(vec!["5.2-1", "5.2-2", "5.2-3"]);
    assert_eq!(pages.named("5.2"), clause);
    for text in [
        "",
        "5",
        "5.2-9",
        "5.2-1-1",
        "6.99",
        "5.2\u{1b}-1",
        "provision",
    ] {
        assert_eq!(pages.named(text), Named::Nothing, "{text}");
    }
    for id in pages.ids() {
        assert_eq!(pages.named(id), Named::Provision(id));
        assert_eq!(
            pages.named(&id.replace('-', ".")) == Named::Provision(id),
            !id.starts_with("CK")
        );
    }
}

#[test]
fn explain_shows_a_provision() {
    let policy = explained("5.2-1");
    for part in [
        "5.2-1 A public policy",
        "\nStatus\n  Mandatory.\n",
        "  - devices in general: from Level 1\n",
        "\nWhat is asked\n",
        "Gateway guidance only",
        "\nEvidence that helps\n  - The address of the policy",
        "5.2-1-1 examines documents, 5.2-1-2 the device. For",
        "  - 2-UserInfo: ",
        "Answer `5.2-1` under `provisions`",
        "SP-151-4A",
    ] {
        assert!(policy.contains(part), "{part}\n{policy}");
    }
    assert!(
        policy.lines().all(|line| line.chars().count() <= 100),
        "{policy}"
    );
    assert_eq!(explained("6.1"), explained("6-1"));
    let open = explained("5.7-1");
    assert!(open.contains("No source that clspack knows"), "{open}");
    assert!(!open.contains("Evidence that helps"), "{open}");
    assert!(open.contains("You may answer `5.7-1`"), "{open}");
    let of_lifecycle = explained("CK-LP-01");
    assert!(of_lifecycle.contains("under `lifecycle`"), "{of_lifecycle}");
    assert!(
        !of_lifecycle.contains("Gateway guidance only"),
        "{of_lifecycle}"
    );
    let remote = explained("5.5-7");
    assert!(
        remote.contains("home gateways: from Level 2, if "),
        "{remote}"
    );
    assert!(explained("5.3-4").contains("`5.3-4A`, `5.3-4B`"));
}

#[test]
fn explain_lists_a_clause_and_all_clauses() {
    let clause = explained("5.2");
    assert_eq!(clause.matches("\n5.2-").count(), 3, "{clause}");
    assert!(!clause.contains("5.3-1"), "{clause}");
    let all = run(&repository(""), &["explain"]).expect(0).stdout;
    let guidance = guidance();
    for row in &guidance.rows {
        assert!(all.contains(&format!("\n{} ", row.id)), "{}", row.id());
    }
}

#[test]
fn explain_gives_programs_one_shape() {
    let read = |what: &[&str]| -> Value {
        let arguments = [&["explain"], what, &["--format", "json"]].concat();
        let ran = run(&repository(""), &arguments).expect(0);
        serde_json::from_str(&ran.stdout).unwrap()
    };
    let one = read(&["5.1-5"]);
    assert_eq!(one["schema"], "clspack.explain/1");
    assert_eq!(one["findings"], serde_json::json!([]));
    let provision = &one["provisions"][0];
    assert_eq!(provision["id"], "5.1-5");
    assert_eq!(provision["status"], "M C");
    assert_eq!(provision["conditions"][0]["denied_by"], "constrained");
    assert_eq!(provision["assessment"]["for_other_devices"], "inferred");
    assert_eq!(provision["tests"]["tables"][0]["id"], "1-AuthMech");
    assert_eq!(read(&["5.7-1"])["provisions"][0]["assessment"], Value::Null);
    assert_eq!(read(&["5.2"])["provisions"].as_array().unwrap().len(), 3);
    let finding = read(&["M009"]);
    assert_eq!(finding["findings"][0]["name"], "unknown-field");
    assert_eq!(finding["provisions"], serde_json::json!([]));
    let n = read(&[])["provisions"].as_array().unwrap().len();
    assert_eq!(n, guidance().rows.len());
}

#[test]
fn a_number_that_does_not_exist_is_answered_with_what_does() {
    let wrong = refused("5.2-9");
    assert!(
        wrong.contains("clause 5.2 has no provision `5.2-9`; `clspack explain 5.2`"),
        "{wrong}"
    );
    let slip = refused("CK-LP-1");
    assert!(slip.contains("clause CK-LP has no provision"), "{slip}");
    let code = refused("unknwon-field");
    assert!(code.contains("did you mean `unknown-field`?"), "{code}");
    let later = refused("5.6-4A");
    assert!(later.contains("see `5.6-4`"), "{later}");
    assert!(refused("nothing-like-it").contains("there is no finding, provision or clause"));
}

#[test]
fn faults_in_the_guidance_are_found() {
    let gives = |old: &str, new: &str, expected: Code| {
        let mut files = embedded_files();
        let text = String::from_utf8(files[GUIDANCE].clone()).unwrap();
        assert!(text.contains(old), "no `{old}`");
        files.insert(GUIDANCE.to_owned(), text.replacen(old, new, 1).into_bytes());
        let codes: Vec<Code> = lint(&files).iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [expected], "{old}");
    };
    gives("schema: 1", "schema: 2", Code::RuleUnreadable);
    gives("asked: >-", "colour: >-", Code::RuleUnreadable);
    gives(
        "tables: [1-AuthMech]",
        "tables: [1-AuthMehc]",
        Code::RuleReferenceUnknown,
    );
    gives(
        "- id: \"5.1-2\"",
        "- id: \"5.1-9\"",
        Code::RuleReferenceUnknown,
    );
    gives(
        "- id: \"5.10\"",
        "- id: \"5.99\"",
        Code::RuleReferenceUnknown,
    );
    gives("- id: \"5.1-2\"", "- id: \"5.1-1\"", Code::RuleIdRepeated);
    gives(
        "publication: ts-103-701",
        "publication: hearsay",
        Code::RuleSourceUnknown,
    );
    gives(
        "publication: sp-151-4a, place: \"item 5.1-1\"",
        "publication: hearsay",
        Code::RuleSourceUnknown,
    );
    let mut files = embedded_files();
    files.remove(GUIDANCE);
    assert_eq!(lint(&files), []);
}
