//! One client's data in another's application: in the manifest, in templates, in evidence.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io};

use clspack::batch::collect;
use clspack::batch::report::State;
use clspack::domain::{Date, Unsearched};
use clspack::sheet::Mapping;
use clspack::world::{Kind, Os, Walked, World};

use crate::batch::{PLAIN, add, batch, problems_of, products, worked, worked_in};
use crate::binary;
use crate::office::Parts;
use crate::pen::Pen;
use crate::support;
use crate::whole::Whole;

/// Another client than that of the base.
pub(crate) fn second(text: &str) -> String {
    text.replace("Hanbit Living Pte. Ltd.", "Second Client Pte. Ltd.")
        .replace("201912345R", "201454321N")
        .replace("1 Example Road, #01-01", "7 Second Street")
        .replace("EL-26-001", "EL-26-002")
        .replace("brand: Hanbit", "brand: Second")
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
        .map(|what| format!("this field contains the {what} {whose}"));
    let found = &problems_of(&report)[3];
    assert_eq!(found[..3], said);
    assert!(
        found[3].starts_with(
            "the report number `EL-26-001` is also in an application of another client"
        )
    );
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
        format!(
            "`evidence/sbom.pdf` contains the {what} of another client, `Hanbit Living Pte. Ltd.`"
        )
    });
    assert_eq!(*found, said);
    assert!(
        report.products[1].problems[0]
            .place
            .ends_with("manifest.yaml:40:9"),
        "{:?}",
        report.products[1].problems[0]
    );
    let near = "Hanbit makes Living rooms for us.\n";
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
    let said = "`evidence/own.docx` contains the name of another client, `Hanbit Living Pte. Ltd.`";
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
    let other = |text: String| second(&text).replace("7 Second Street", "1 Example Road, #01-01");
    // The address stayed behind when the manifest was copied.
    add(scratch.path(), "B-1", other);
    add(scratch.path(), "B-2", |text| second(&text));
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
    let at_one_address =
        |text: String| second(&text).replace("7 Second Street", "1 Example Road, #01-01");
    let manifest = add(scratch.path(), "B-2", at_one_address);
    let report = batch(scratch.path(), &PLAIN);
    let said = ["Second Client Pte. Ltd.", "Hanbit Living Pte. Ltd."];
    let said = said.map(|whose| {
        [format!(
            "this field contains the address that the client `{whose}` gives too"
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
                .replace("EL-26-002", model)
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

#[test]
fn a_leak_does_not_switch_off_the_search() {
    let scratch = products(&["A-1"]);
    let near = "address: \"c/o Hanbit Living Pte. Ltd., 7 Second Street";
    let manifest = add(scratch.path(), "B-2", |text| {
        second(&text).replace("address: \"7 Second Street", near)
    });
    let sbom = manifest.parent().unwrap().join("evidence/sbom.pdf");
    fs::write(sbom, support::pdf("by Hanbit Living Pte. Ltd.")).unwrap();
    let report = batch(scratch.path(), &PLAIN);
    let name = "contains the name of another client, `Hanbit Living Pte. Ltd.`";
    let said = [
        format!("this field {name}"),
        format!("`evidence/sbom.pdf` {name}"),
    ];
    assert_eq!(problems_of(&report)[1], said);
    assert!(report.products[1].problems[0].text.contains("c/o Hanbit"));
    // Where both may be named, neither is said.
    let text = fs::read_to_string(&manifest).unwrap();
    let share = "applicant:\n  shares_with: [Hanbit Living Pte Ltd]";
    fs::write(&manifest, text.replace("applicant:", share)).unwrap();
    assert_eq!(problems_of(&batch(scratch.path(), &PLAIN))[1], [""; 0]);
}

#[test]
fn a_name_within_a_name_of_ones_own_is_none() {
    let scratch = products(&[]);
    add(scratch.path(), "A-1", |text| {
        second(&text).replace("Second Client Pte. Ltd.", "Zarbon")
    });
    let manifest = add(scratch.path(), "B-2", |text| {
        text.replace("Hanbit Living Pte. Ltd.", "Zarbon Living Pte. Ltd.")
            .replace("evidence/sbom.pdf", "evidence/sbom.txt")
    });
    let sbom = manifest.parent().unwrap().join("evidence/sbom.txt");
    let say = |text: &str| {
        fs::write(&sbom, text).unwrap();
        let report = batch(scratch.path(), &PLAIN);
        problems_of(&report)[1].len()
    };
    assert_eq!(
        say("by Zarbon Living Pte. Ltd., Zarbon Living for short"),
        0
    );
    assert_eq!(say("by Zarbon Living Pte. Ltd. and Zarbon"), 1);
}

#[test]
fn a_company_is_found_by_its_short_name() {
    let scratch = products(&["A-1"]);
    let manifest = add(scratch.path(), "B-2", |text| {
        second(&text).replace("evidence/sbom.pdf", "evidence/sbom.txt")
    });
    let sbom = manifest.parent().unwrap().join("evidence/sbom.txt");
    let say = |text: &str| {
        fs::write(&sbom, text).unwrap();
        let report = batch(scratch.path(), &PLAIN);
        problems_of(&report)[1]
            .iter()
            .map(|&one| one.to_owned())
            .collect::<Vec<_>>()
    };
    let said = "`evidence/sbom.txt` contains the short name `hanbit living` of another client, `Hanbit Living Pte. Ltd.`";
    assert_eq!(say("made by HANBIT-Living for us"), [said]);
    // The whole name is said once.
    assert_eq!(say("Hanbit Living Pte Ltd").len(), 1);
    assert_eq!(
        say("Living with Hanbit; Hanbitliving; Living Pte. Ltd."),
        [""; 0]
    );
}

#[test]
fn the_name_of_a_file_tells_of_a_client() {
    let scratch = products(&["A-1"]);
    let name = |file: &str| {
        let scratch = products(&["A-1"]);
        let manifest = add(scratch.path(), "B-2", |text| {
            second(&text).replace("evidence/sbom.pdf", &format!("evidence/{file}"))
        });
        let evidence = manifest.parent().unwrap().join("evidence");
        fs::rename(evidence.join("sbom.pdf"), evidence.join(file)).unwrap();
        let report = batch(scratch.path(), &PLAIN);
        problems_of(&report)[1].len()
    };
    assert_eq!(name("Hanbit_Living_SBOM.pdf"), 1);
    assert_eq!(name("HanbitLivingSBOM.pdf"), 1);
    assert_eq!(name("Hanbit_SBOM_Living.pdf"), 0);
    drop(scratch);
}

/// Two products of one client, with what is changed in the second; returns the codes of each.
fn proofs(change: impl Fn(String) -> String) -> Vec<Vec<String>> {
    let scratch = products(&["A-1"]);
    add(scratch.path(), "A-2", change);
    let report = batch(scratch.path(), &PLAIN);
    let codes = |problems: &[clspack::batch::report::Problem]| {
        problems.iter().map(|one| one.code.clone()).collect()
    };
    report
        .products
        .iter()
        .map(|product| codes(&product.problems))
        .collect()
}

#[test]
fn one_proof_of_a_family_is_no_finding_and_one_described_in_two_ways_is() {
    assert_eq!(proofs(|text| text), [vec![""; 0], vec![]]);
    // The label number of the other product, with other models.
    let number = |text: String| text.replace("CIC-EXAMPLE-A-2", "cic example A-1");
    assert_eq!(proofs(number), [["B004"], ["B004"]]);
    // The report number with another date.
    let date = |text: String| text.replace("date: 2026-10-01", "date: 2026-10-02");
    assert_eq!(proofs(date), [["B004"], ["B004"]]);
    let other = |text: String| text.replace("EL-26-001", "EL-26-009");
    assert_eq!(proofs(other), [vec![""; 0], vec![]]);
}

#[test]
fn a_family_names_all_models_of_its_certificate() {
    let scratch = products(&[]);
    for model in ["A-1", "A-2"] {
        let manifest = add(scratch.path(), model, |text| {
            let own = format!("models: [\"{model}\"]\n    firmware");
            text.replace(&own, "models: [\"A-1\", \"A-2\"]\n    firmware")
                .replace(&format!("CIC-EXAMPLE-{model}"), "CIC-EXAMPLE-0001")
        });
        let certificate = manifest
            .parent()
            .unwrap()
            .join("evidence/kisa-certificate.pdf");
        fs::copy(
            support::repository("tests/bases/mra/evidence/kisa-certificate.pdf"),
            certificate,
        )
        .unwrap();
    }
    assert_eq!(problems_of(&batch(scratch.path(), &PLAIN)), [[""; 0]; 2]);
}

#[test]
fn one_proof_of_two_clients_is_found() {
    let scratch = products(&["A-1"]);
    let manifest = add(scratch.path(), "B-2", |text| {
        second(&text).replace("CIC-EXAMPLE-B-2", "CIC-EXAMPLE-A-1")
    });
    let report = batch(scratch.path(), &PLAIN);
    for product in &report.products {
        assert_eq!(product.state, State::Blocked);
        assert_eq!(product.problems[0].code, "B003");
        assert_eq!(product.problems.len(), 1);
    }
    // The same file under another number.
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        text.replace("CIC-EXAMPLE-A-1", "CIC-EXAMPLE-B-2"),
    )
    .unwrap();
    assert_eq!(problems_of(&batch(scratch.path(), &PLAIN)), [[""; 0]; 2]);
    let file = "evidence/kisa-certificate.pdf";
    let to = manifest.parent().unwrap().join(file);
    fs::copy(scratch.path().join("in/A-1").join(file), to).unwrap();
    // The client of most products is believed.
    add(scratch.path(), "A-3", |text| text);
    fs::copy(
        scratch.path().join("in/A-1").join(file),
        scratch.path().join("in/A-3").join(file),
    )
    .unwrap();
    let report = batch(scratch.path(), &PLAIN);
    let codes = |at: usize| {
        report.products[at]
            .problems
            .iter()
            .map(|one| one.code.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        [codes(0), codes(1), codes(2)],
        [vec!["B004"], vec!["B004"], vec!["B003"]]
    );
    // Companies of one group may.
    let text = fs::read_to_string(&manifest).unwrap();
    let share = "applicant:\n  shares_with: [Hanbit Living Pte Ltd]";
    fs::write(&manifest, text.replace("applicant:", share)).unwrap();
    let report = batch(scratch.path(), &PLAIN);
    assert_eq!(report.products[2].state, State::ToSign);
}

#[test]
fn evidence_that_the_disk_spells_in_another_form_is_searched() {
    let scratch = products(&["A-1"]);
    let manifest = add(scratch.path(), "B-2", |text| {
        second(&text).replace("evidence/sbom.pdf", "evidence/st\u{fc}ck.txt")
    });
    let file = manifest.parent().unwrap().join("evidence/stu\u{308}ck.txt");
    fs::write(&file, "For Hanbit Living Pte. Ltd.").unwrap();
    let report = batch(scratch.path(), &PLAIN);
    assert_eq!(
        problems_of(&report)[1],
        [
            "`evidence/st\u{fc}ck.txt` contains the name of another client, `Hanbit Living Pte. Ltd.`"
        ]
    );
    fs::write(&file, "For us").unwrap();
    assert_eq!(problems_of(&batch(scratch.path(), &PLAIN))[1], [""; 0]);
}

/// A world in which a file is another one after it was opened so many times.
struct Changing {
    file: &'static str,
    after: usize,
    n_opened: AtomicUsize,
}

impl World for Changing {
    fn today(&self) -> Date {
        Os.today()
    }

    fn variable(&self, name: &str) -> Option<String> {
        Os.variable(name)
    }

    fn kind(&self, path: &Path) -> io::Result<Kind> {
        Os.kind(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        Os.real_path(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn io::Read>> {
        let is_later = || self.n_opened.fetch_add(1, Ordering::SeqCst) >= self.after;
        if path.ends_with(self.file) && is_later() {
            return Os.open(&path.with_extension("later"));
        }
        Os.open(path)
    }

    fn walk(&self, folder: &Path, enter: &dyn Fn(&str) -> bool, visit: &mut dyn FnMut(Walked)) {
        Os.walk(folder, enter, visit);
    }
}

#[test]
fn what_changes_after_the_look_is_not_packed() {
    let file = "B-2/evidence/sbom.txt";
    let scratch = products(&["A-1"]);
    let manifest = add(scratch.path(), "B-2", |text| {
        second(&text).replace("evidence/sbom.pdf", "evidence/sbom.txt")
    });
    let path = manifest.parent().unwrap().join("evidence/sbom.txt");
    fs::write(&path, "nobody").unwrap();
    let run = |after, name: &str| {
        let out = scratch.path().join(name);
        let inputs = [scratch.path().join("in")];
        let inputs = collect(&inputs, &out, &Mapping::default(), &Os).unwrap();
        let world = Changing {
            file,
            after,
            n_opened: AtomicUsize::new(0),
        };
        let report = worked_in(&inputs, out, &PLAIN, &world);
        (report, world.n_opened.into_inner())
    };
    // The first look, the work and the pack read it once each; the search remembers what it says.
    for (after, later) in [(1, Some("other")), (2, Some("Hanbit Living")), (1, None)] {
        let other = path.with_extension("later");
        let _ = fs::remove_file(&other);
        if let Some(text) = later {
            fs::write(&other, text).unwrap();
        }
        let (report, _) = run(after, &format!("out-{after}-{}", later.is_some()));
        let product = &report.products[1];
        assert_eq!(
            product.state,
            State::Failed,
            "{after} {later:?}: {product:?}"
        );
        assert!(product.pack.is_none());
        let mut problems = product.problems.iter();
        assert!(problems.any(|problem| problem.message.ends_with("changed while it was read")));
        assert!(report.products[0].pack.is_some());
    }
    fs::write(path.with_extension("later"), "other").unwrap();
    let (report, n_opened) = run(9, "out-9");
    assert!(report.products[1].pack.is_some());
    assert_eq!(n_opened, 3);
}

#[test]
fn the_signed_declaration_is_searched() {
    let scratch = products(&["A-1"]);
    let plain = |text: String| second(&text);
    let manifest = add(scratch.path(), "B-2", plain);
    let folder = manifest.parent().unwrap();
    let (hash, pdf) = support::declaration(folder);
    let text = fs::read_to_string(&manifest).unwrap();
    let signed = support::as_signed(&pdf);
    let run = |copy: &[u8], rest: &str| {
        fs::write(folder.join("evidence/signed.pdf"), copy).unwrap();
        let declaration = format!("declaration: {{ signed: evidence/signed.pdf{rest} }}\n");
        fs::write(&manifest, text.clone() + &declaration).unwrap();
        batch(scratch.path(), &PLAIN)
    };
    let fine = run(&signed, "");
    assert_eq!(
        fine.products[1].state,
        State::Ready,
        "{:?}",
        problems_of(&fine)
    );
    assert_eq!(fine.products[1].not_searched, []);
    // A name beside the pages.
    let named = with_info(&signed, "/Title (Hanbit Living Pte. Ltd.)");
    let report = run(&named, "");
    assert_eq!(
        problems_of(&report)[1],
        ["`evidence/signed.pdf` contains the name of another client, `Hanbit Living Pte. Ltd.`"]
    );
    assert_eq!(report.products[1].state, State::Blocked);
    // A file in it cannot be searched, whatever a person compared.
    for stated in [String::new(), format!(", signed_for: {hash}")] {
        let mut pen = Pen::new(&signed);
        let note = "/Subtype/FileAttachment/Rect[0 0 1 1]/F 2/FS<</Type/Filespec/F(a.bin)/EF<</F 4 0 R>>>>";
        let with_file = pen.annotate(0, note).write();
        let report = run(&with_file, &stated);
        let files = &report.products[1].not_searched;
        let files: Vec<_> = files
            .iter()
            .map(|file| (file.reason, file.looked_through))
            .collect();
        assert_eq!(
            files,
            [(Unsearched::Attachment, false)],
            "{:?}",
            problems_of(&report)
        );
        assert_ne!(report.products[1].state, State::Ready);
    }
    // Alone it is not searched for anybody.
    fs::remove_dir_all(scratch.path().join("in/A-1")).unwrap();
    assert_eq!(run(&named, "").products[0].problems.len(), 0);
}

/// Gives a PDF file of ours other properties.
fn with_info(pdf: &[u8], info: &str) -> Vec<u8> {
    let mark = b"/Info ";
    let mut places = pdf.windows(mark.len());
    let at = places.rposition(|window| window == mark).unwrap();
    let length = pdf[at..].iter().position(|b| *b == b'R').unwrap() + 1;
    let mut pdf = pdf.to_vec();
    pdf.splice(at..at + length, format!("/Info<<{info}>>").bytes());
    pdf
}

#[test]
fn a_number_without_letters_is_no_proof() {
    for (number, n_problems) in [("\"-\"", 0), ("\"\u{2014}\"", 0), ("EL-9", 1)] {
        let scratch = products(&[]);
        let with = |text: String| {
            text.replace("EL-26-001", number)
                .replace("EL-26-002", number)
        };
        add(scratch.path(), "A-1", with);
        add(scratch.path(), "B-2", |text| with(second(&text)));
        let report = batch(scratch.path(), &PLAIN);
        let found = problems_of(&report)[1].clone();
        let shared = found.iter().filter(|one| one.contains("report number"));
        assert_eq!(shared.count(), n_problems, "{number}: {found:?}");
    }
}
