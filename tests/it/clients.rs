//! One client's data in another's application: in the manifest, in templates, in evidence.

use std::fs;

use clspack::batch::collect;
use clspack::batch::report::State;
use clspack::sheet::Mapping;
use clspack::world::Os;

use crate::batch::{PLAIN, add, batch, problems_of, products, worked};
use crate::binary;
use crate::office::Parts;
use crate::support;
use crate::whole::Whole;

/// Another client than that of the base.
fn second(text: &str) -> String {
    text.replace("Hanbit Living Pte. Ltd.", "Second Client Pte. Ltd.")
        .replace("201912345R", "201454321N")
        .replace("1 Example Road, #01-01", "7 Second Street")
}

#[test]
fn the_folder_of_a_client_says_whose_a_product_is() {
    let scratch = products(&[]);
    let own = |name: &str, change: &dyn Fn(String) -> String| {
        let from = add(scratch.path(), name, change);
        let (client, product) = name.split_once('-').unwrap();
        let to = scratch.path().join("in/clients").join(client).join(product);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(from.parent().unwrap(), to).unwrap();
    };
    own("first-A1", &|text| text);
    own("first-A2", &|text| text);
    own("second-B1", &|text| second(&text));
    let fine = batch(scratch.path(), &PLAIN);
    assert_eq!(problems_of(&fine), [[""; 0]; 3]);
    // The whole applicant stayed behind when the manifest was copied from the first client's.
    own("second-B2", &|text| text);
    let report = batch(scratch.path(), &PLAIN);
    let whose = "of another client, `clients/first`";
    let said = ["name", "registration number", "address"]
        .map(|what| format!("here stands the {what} {whose}"));
    assert_eq!(problems_of(&report)[3], said);
    assert!(
        report.products[..3]
            .iter()
            .all(|one| one.problems.is_empty())
    );
    // A row elsewhere with the number of a client that has a folder is of that client.
    fs::write(
        scratch.path().join("in/rows.csv"),
        "extends,Models,label models\nclients/first/A1,C-1,C-1\n",
    )
    .unwrap();
    let inputs = [
        scratch.path().join("in"),
        scratch.path().join("in/rows.csv"),
    ];
    let out = scratch.path().join("out");
    let inputs = collect(&inputs, &out, &Mapping::default(), &Os).unwrap();
    assert_eq!(inputs.units.len(), 5);
    let report = worked(&inputs, out, &PLAIN);
    assert_eq!(
        report.products[4].state,
        State::ToSign,
        "{:?}",
        problems_of(&report)
    );
}

#[test]
fn one_clients_name_in_anothers_evidence_is_found() {
    let scratch = products(&["A-1"]);
    let manifest = add(scratch.path(), "B-2", |text| second(&text));
    let folder = manifest.parent().unwrap();
    // A PDF in which the name is broken over two lines, a text, a workbook, and one that only comes close.
    let (_, pdf) = support::declaration(&scratch.path().join("in/A-1"));
    fs::write(folder.join("evidence/sbom.pdf"), &pdf).unwrap();
    let report = batch(scratch.path(), &PLAIN);
    let found = &problems_of(&report)[1];
    let said = ["name", "registration number", "address"].map(|what| {
        format!("`evidence/sbom.pdf` holds the {what} of another client, `Hanbit Living Pte. Ltd.`")
    });
    assert_eq!(*found, said);
    assert!(
        report.products[1].problems[0]
            .place
            .ends_with("manifest.yaml:40:9"),
        "{:?}",
        report.products[1].problems[0]
    );
    let near = "Hanbit  Living makes this for us.\n";
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        text.replace("evidence/sbom.pdf", "evidence/sbom.txt"),
    )
    .unwrap();
    fs::write(folder.join("evidence/sbom.txt"), near).unwrap();
    assert_eq!(problems_of(&batch(scratch.path(), &PLAIN))[1], [""; 0]);
    fs::write(
        folder.join("evidence/sbom.txt"),
        "For HANBIT\nLiving Pte.\nLtd. alone",
    )
    .unwrap();
    assert_eq!(problems_of(&batch(scratch.path(), &PLAIN))[1].len(), 1);
    // As Notepad saves it, and with the kind of company written out.
    let units = "\u{feff}For Hanbit Living (Private) Limited".encode_utf16();
    let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
    fs::write(folder.join("evidence/sbom.txt"), bytes).unwrap();
    assert_eq!(problems_of(&batch(scratch.path(), &PLAIN))[1].len(), 1);
}

#[test]
fn one_clients_name_in_anothers_own_template_is_found() {
    let scratch = products(&["A-1"]);
    let manifest = add(scratch.path(), "B-2", |text| {
        second(&text) + "templates: { declaration: evidence/own.docx }\n"
    });
    let template = fs::read(support::repository("examples/templates/declaration.docx")).unwrap();
    let own = manifest.parent().unwrap().join("evidence/own.docx");
    fs::write(&own, &template).unwrap();
    assert_eq!(problems_of(&batch(scratch.path(), &PLAIN))[1], [""; 0]);
    // Word cuts words into runs wherever it likes.
    let mut parts = Parts::unzip(&template);
    let cut = "<w:p><w:r><w:t>Hanbit Liv</w:t></w:r><w:r><w:t>ing Pte. Ltd.</w:t></w:r></w:p>";
    parts.replace("word/document.xml", "<w:body>", &format!("<w:body>{cut}"));
    fs::write(&own, parts.zip()).unwrap();
    let report = batch(scratch.path(), &PLAIN);
    let said = "`evidence/own.docx` holds the name of another client, `Hanbit Living Pte. Ltd.`";
    assert_eq!(problems_of(&report)[1], [said]);
    // Neighbours among the properties are no words of one text.
    let mut parts = Parts::unzip(&template);
    let end = "</cp:coreProperties>";
    let names = "<dc:creator>Hanbit Living Pte. Ltd.</dc:creator><cp:lastModifiedBy>Someone</cp:lastModifiedBy>";
    parts.replace("docProps/core.xml", end, &format!("{names}{end}"));
    fs::write(&own, parts.zip()).unwrap();
    assert_eq!(problems_of(&batch(scratch.path(), &PLAIN))[1], [said]);
}

#[test]
fn one_clients_address_in_anothers_manifest_is_found() {
    let scratch = products(&["A-1"]);
    add(scratch.path(), "B-2", |text| second(&text));
    let fine = batch(scratch.path(), &PLAIN);
    assert!(
        fine.products
            .iter()
            .all(|product| product.state == State::ToSign),
        "{fine:?}"
    );
    add(scratch.path(), "C-3", |text| {
        second(&text).replace(
            "Threat model v3.",
            "Threat model of Hanbit Living  Pte. Ltd., v3.",
        )
    });
    let report = batch(scratch.path(), &PLAIN);
    let product = &report.products[2];
    assert_eq!(product.state, State::Blocked);
    let problem = product.problems.last().unwrap();
    assert_eq!(problem.code, "B002");
    assert!(
        problem.place.contains("C-3/manifest.yaml"),
        "{}",
        problem.place
    );
    assert!(
        !scratch
            .path()
            .join("out/C-3_iotmra_2026-12-01.zip")
            .exists()
    );
}

#[test]
fn one_clients_address_as_anothers_own_is_found() {
    let scratch = products(&["A-1", "A-2"]);
    let other = |text: String| {
        text.replace("Hanbit Living Pte. Ltd.", "Second Client Pte. Ltd.")
            .replace("201912345R", "201454321N")
    };
    // The address stayed behind when the manifest was copied.
    add(scratch.path(), "B-1", other);
    add(scratch.path(), "B-2", |text| {
        other(text).replace("1 Example Road, #01-01", "7 Second Street")
    });
    let report = batch(scratch.path(), &PLAIN);
    let states: Vec<_> = report
        .products
        .iter()
        .map(|product| product.state)
        .collect();
    assert_eq!(
        states,
        [State::ToSign, State::ToSign, State::Blocked, State::ToSign]
    );
    let problem = &report.products[2].problems[0];
    assert_eq!(problem.code, "B002");
    assert!(
        problem.message.contains("address") && problem.text.contains("1 Example Road"),
        "{problem:?}"
    );
}

#[test]
fn one_clients_name_in_a_template_is_found_for_the_others() {
    let scratch = products(&["A-1"]);
    add(scratch.path(), "B-2", |text| second(&text));
    let folder = scratch.path().join("templates");
    binary::run(scratch.path(), &["templates", "eject", "templates"]).expect(0);
    let letter = folder.join("letter.html");
    let text = fs::read_to_string(&letter).unwrap();
    fs::write(
        &letter,
        text.replace("<p>Dear Sir", "<p>Hanbit Living Pte. Ltd.</p><p>Dear Sir"),
    )
    .unwrap();
    let arguments = [
        "batch",
        "in",
        "-o",
        "out",
        "--templates",
        "templates",
        "--format",
        "json",
    ];
    let ran = binary::run(scratch.path(), &arguments).expect(1);
    let report = Whole::read(ran.stdout.as_bytes()).unwrap();
    let states: Vec<_> = report
        .products
        .iter()
        .map(|product| product.state)
        .collect();
    assert_eq!(states, [State::ToSign, State::Blocked]);
    assert_eq!(report.products[1].problems[0].place, "letter.html");
}

#[test]
fn an_application_may_name_whom_it_says_that_it_shares_with() {
    let scratch = products(&["A-1"]);
    let at_one_address = |text: String| {
        text.replace("Hanbit Living Pte. Ltd.", "Second Client Pte. Ltd.")
            .replace("201912345R", "201454321N")
    };
    let manifest = add(scratch.path(), "B-2", at_one_address);
    let report = batch(scratch.path(), &PLAIN);
    let said = ["Second Client Pte. Ltd.", "Hanbit Living Pte. Ltd."];
    let said = said.map(|whose| {
        [format!(
            "here stands the address that the client `{whose}` gives too"
        )]
    });
    assert_eq!(problems_of(&report), said);
    let share = |manifest: &std::path::Path, with: &str| {
        let text = fs::read_to_string(manifest).unwrap();
        let field = format!("applicant:\n  shares_with: [{with}]");
        fs::write(manifest, text.replace("applicant:", &field)).unwrap();
    };
    share(&manifest, "\"Hanbit Living Pte Ltd\"");
    share(&scratch.path().join("in/A-1/manifest.yaml"), "201454321N");
    assert_eq!(problems_of(&batch(scratch.path(), &PLAIN)), [[""; 0]; 2]);
}

#[test]
fn a_remark_that_names_another_client_is_found_and_numbers_of_other_countries_are_not() {
    let scratch = products(&["A-1"]);
    add(scratch.path(), "B-2", |text| {
        format!("# as for Hanbit Living Pte Ltd\n{}", second(&text))
    });
    let report = batch(scratch.path(), &PLAIN);
    let problem = &report.products[1].problems[0];
    assert!(
        problem.place.ends_with("B-2/manifest.yaml:1:1"),
        "{problem:?}"
    );
    assert_eq!(problem.text, "# as for Hanbit Living Pte Ltd");
    let scratch = products(&[]);
    for (model, country) in [("A-1", "DE"), ("B-2", "FR")] {
        let abroad = format!("registration: {{ country: {country}, number: HRB 123456 }}");
        add(scratch.path(), model, |text| {
            second(&text)
                .replace("Second Client", model)
                .replace("uen: 201454321N", &abroad)
                .replace("7 Second Street", model)
        });
    }
    assert_eq!(problems_of(&batch(scratch.path(), &PLAIN)), [[""; 0]; 2]);
}

#[test]
fn a_folder_of_several_companies_is_named() {
    let scratch = products(&[]);
    for (model, change) in [("A-1", None), ("B-2", Some(second))] {
        let manifest = add(scratch.path(), model, |text| match change {
            Some(change) => change(&text),
            None => text,
        });
        let to = scratch.path().join("in/clients/2026").join(model);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(manifest.parent().unwrap(), to).unwrap();
    }
    let report = batch(scratch.path(), &PLAIN);
    let said: Vec<_> = report
        .findings
        .iter()
        .map(|one| one.message.as_str())
        .collect();
    assert_eq!(
        said,
        ["in the folder `clients/2026` several companies apply: UEN 201454321N, UEN 201912345R"]
    );
}
