//! The report of a batch: each case a folder with the value and what it looks like; all faces say the
//! same numbers.

use std::io::{Cursor, Write};
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use clspack::batch::report::{MAX_JSON_BYTES, Product, ReportWriter, State};
use clspack::error::Error;
use clspack::render::Templates;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::office::Parts;
use crate::support::{self, expect, repository};
use crate::whole::Whole;

fn cases() -> Vec<(std::path::PathBuf, Whole)> {
    let read = |folder: std::path::PathBuf| {
        let bytes = std::fs::read(folder.join("input.json")).unwrap();
        let report = Whole::read(&bytes).unwrap();
        (folder, report)
    };
    support::folders("tests/reports")
        .into_iter()
        .map(read)
        .collect()
}

fn case(name: &str) -> Whole {
    let path = repository("tests/reports").join(name).join("input.json");
    Whole::read(&std::fs::read(path).unwrap()).unwrap()
}

fn html(report: &Whole) -> String {
    report.html(&Templates::built_in().unwrap()).unwrap()
}

/// Returns the rows of a sheet as texts.
fn sheet(report: &Whole, name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(report.xlsx())).unwrap();
    let range = book.worksheet_range(name).unwrap();
    let text = |cell: &Data| match cell {
        Data::DateTime(day) => format!("day {}", day.as_f64()),
        other => other.to_string(),
    };
    range
        .rows()
        .map(|row| row.iter().map(text).collect())
        .collect()
}

fn csv_rows(report: &Whole) -> Vec<Vec<String>> {
    let bytes = report.csv();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap());
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        row.unwrap().iter().map(str::to_owned).collect()
    };
    reader.records().map(row).collect()
}

#[test]
fn each_case_looks_as_expected() {
    for (folder, report) in cases() {
        expect(&folder.join("expect.txt"), &report.text(100));
        let csv = String::from_utf8(report.csv()).unwrap();
        assert_eq!(
            csv.matches('\n').count(),
            csv.matches("\r\n").count(),
            "{}",
            folder.display()
        );
        expect(&folder.join("expect.csv"), &csv.replace("\r\n", "\n"));
    }
}

#[test]
fn the_sample_of_the_page_is_a_report() {
    let page = format!("{:#}\n", case("few").page());
    expect(&repository("templates/report-sample.json"), &page);
}

#[test]
fn lines_fit_and_nothing_writes_on_the_terminal() {
    for (folder, report) in cases() {
        for width in [60, 80, 100, 120, 200] {
            for line in report.text(width).lines() {
                assert!(
                    line.width() <= width,
                    "{} at {width}: {} wide\n{line}",
                    folder.display(),
                    line.width()
                );
                let hidden = clspack::domain::text::is_hidden;
                assert!(!line.chars().any(hidden), "{line:?}");
            }
        }
    }
}

#[test]
fn what_was_written_can_be_read_back() {
    for (_, report) in cases() {
        let json = report.json();
        assert_eq!(Whole::read(json.as_bytes()).unwrap().json(), json);
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = case("sixty");
    assert!(report.xlsx() == report.xlsx());
    assert_eq!(html(&report), html(&report));
}

/// The moment of writing would make two reports of one batch differ.
#[test]
fn a_workbook_does_not_say_when_it_was_made() {
    let properties = Parts::unzip(&case("one").xlsx()).part("docProps/core.xml");
    let count = |text: &str| properties.matches(text).count();
    assert_eq!(
        (count("W3CDTF"), count("2020-01-01T00:00:00Z")),
        (2, 2),
        "{properties}"
    );
}

#[test]
fn the_sixty_of_a_consultant_cost_what_he_expects() {
    let report = case("sixty");
    let totals = report.totals();
    let route = |i: usize| {
        let (route, n, sum) = &totals.routes[i];
        format!("{route} {n} {sum}")
    };
    assert_eq!(route(0), "mra 33 SGD 1,683.00");
    assert_eq!(route(1), "standard 16 SGD 1,422.00");
    assert_eq!(totals.settled.to_string(), "SGD 3,105.00");
    assert_eq!((totals.n_settled, totals.n_open), (49, 6));
    assert_eq!(totals.fees.to_string(), "SGD 3,447.00");
    let level_3 = totals.saved.iter().find(|way| way.level == 3).unwrap();
    assert_eq!(level_3.n, 23);
    assert_eq!(level_3.difference.to_string(), "SGD 13,386.00");
    let n_blocked = totals.in_state(State::Blocked);
    assert_eq!(n_blocked + totals.n_open, 11, "need a decision");
    assert_eq!(totals.questions.len(), 1);
    assert_eq!(totals.questions[0].products.len(), 6);
}

/// Reads `12,345.00` as cents.
fn cents(text: &str) -> u64 {
    text.replace([',', '.'], "").parse().unwrap()
}

/// Counts of each state and the sum of settled fees, as one face tells them.
type Told = (Vec<usize>, u64);

fn of_rows(rows: &[Vec<String>]) -> Told {
    let column = |name: &str| rows[0].iter().position(|head| head == name).unwrap();
    let (state, route, fee) = (column("State"), column("Route"), column("Fee"));
    let count = |one: State| {
        rows[1..]
            .iter()
            .filter(|row| row[state] == one.as_str())
            .count()
    };
    let is_settled =
        |row: &&Vec<String>| matches!(&*row[state], "ready" | "to-sign") && row[route] != "none";
    let money = |row: &Vec<String>| match row[fee].split_once('.') {
        None if row[fee].is_empty() => 0,
        None => cents(&format!("{}.00", row[fee])),
        Some(_) => cents(&row[fee]),
    };
    let sum = rows[1..].iter().filter(is_settled).map(money).sum();
    (State::NEAREST_FIRST.map(count).to_vec(), sum)
}

fn of_totals_sheet(rows: &[Vec<String>]) -> Told {
    let row = |name: &str| rows.iter().find(|row| row[0] == name).unwrap();
    let count = |state: State| row(state.title())[1].parse().unwrap();
    let sum = row("settled").get(3).map_or("", String::as_str);
    let sum = if sum.is_empty() {
        0
    } else {
        cents(&format!("{sum}.00"))
    };
    (State::NEAREST_FIRST.map(count).to_vec(), sum)
}

fn of_text(text: &str) -> Told {
    let line = text.lines().nth(1).unwrap();
    let count = |state: State| {
        let tail = format!(" {}", state.title());
        let part = line
            .split([':', ','])
            .find_map(|part| part.trim().strip_suffix(&tail)?.parse().ok());
        part.unwrap_or(0)
    };
    let sum = text.lines().find(|line| {
        line.trim_end_matches('s').ends_with("settled product") && line.starts_with("  ")
    });
    let sum = sum.and_then(|line| line.trim().strip_prefix("SGD "));
    (
        State::NEAREST_FIRST.map(count).to_vec(),
        sum.map_or(0, |line| cents(line.split(' ').next().unwrap())),
    )
}

fn of_json(text: &str) -> Told {
    let value: Value = serde_json::from_str(text).unwrap();
    let states = value["totals"]["states"].as_array().unwrap().iter();
    let count = |state: &Value| usize::try_from(state["number"].as_u64().unwrap()).unwrap();
    let sum = value["totals"]["fees_settled"][0]["amount"].as_str();
    (states.map(count).collect(), sum.map_or(0, cents))
}

fn of_html(html: &str) -> Told {
    let bars = html.split("<span class=\"bar ").skip(1).map(|rest| {
        let (_, number) = rest.split_once("</span>").unwrap();
        number.split("</dd>").next().unwrap().parse().unwrap()
    });
    let mut states: Vec<usize> = bars.collect();
    states.resize(5, 0);
    let (_, fees) = html.split_once("id=\"fees-settled\">").unwrap();
    let fees = fees.split('<').next().unwrap();
    (states, fees.strip_prefix("SGD ").map_or(0, cents))
}

#[test]
fn all_faces_say_the_same() {
    for (folder, report) in cases() {
        let json = of_json(&report.json());
        assert_eq!(json.0.iter().sum::<usize>(), report.products.len());
        for (face, told) in [
            ("csv", of_rows(&csv_rows(&report))),
            ("workbook", of_rows(&sheet(&report, "Products"))),
            ("totals", of_totals_sheet(&sheet(&report, "Totals"))),
            ("text", of_text(&report.text(120))),
            ("page", of_html(&html(&report))),
        ] {
            assert_eq!(told, json, "{} {face}", folder.display());
        }
    }
}

#[test]
fn texts_of_others_stay_texts() {
    let report = case("hostile");
    let page = html(&report);
    assert_eq!(page.matches("<script").count(), 1);
    for active in [
        "<img",
        "<b>bold",
        "href=\"./..",
        "href=\"javascript",
        "\"onmouseover=\"",
    ] {
        assert!(!page.contains(active), "the page holds `{active}`");
    }
    assert!(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"));
    assert!(page.contains("href=\"./日本-100_iotmra.zip\""));
    for row in csv_rows(&report) {
        for cell in row {
            assert!(!cell.starts_with(['=', '+', '-', '@', '＝']), "{cell}");
        }
    }
    let products = sheet(&report, "Products");
    assert_eq!(products[1][1], "=cmd|'/C calc'!A0");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(report.xlsx())).unwrap();
    for name in ["Products", "Problems", "Totals", "Questions"] {
        let formulas = book.worksheet_formula(name).unwrap();
        assert!(
            formulas.used_cells().next().is_none(),
            "{name} holds a formula"
        );
    }
}

#[test]
fn the_workbook_holds_dates_and_amounts_as_such() {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(case("sixty").xlsx())).unwrap();
    assert_eq!(
        book.sheet_names(),
        [
            "Products",
            "Causes",
            "Problems",
            "Changes",
            "Totals",
            "Questions",
            "Decisions",
            "Worklist",
            "Signed copies"
        ]
    );
    let range = book.worksheet_range("Products").unwrap();
    let rows: Vec<&[Data]> = range.rows().collect();
    let at = |name: &str| rows[0].iter().position(|cell| *cell == name).unwrap();
    assert_eq!(rows.len(), 61);
    assert_eq!(rows[1][at("Fee")], Data::Float(51.0));
    assert!(matches!(rows[1][at("Valid until")], Data::DateTime(_)));
    assert_eq!(
        rows[1][at("Models")],
        Data::String("CIC-100, CIC-100K".to_owned())
    );
    assert_eq!(sheet(&case("sixty"), "Problems").len(), 1 + 1 + 6);
}

#[test]
fn shards_come_together_again() {
    let whole = case("sixty");
    let shard = |number: u64| {
        let products = whole.products.iter().cloned();
        let mut part = whole.with(products.filter(|one| one.index % 3 == number % 3));
        part.report.shard = Some(format!("{number}/3"));
        part
    };
    let merged = |parts: Vec<Whole>| Whole::merge(parts).unwrap().json();
    assert_eq!(merged(vec![shard(3), shard(1), shard(2)]), whole.json());
    let twice = vec![shard(1), shard(1), shard(2), shard(3)];
    assert_eq!(merged(twice), whole.json());
    let partial = Whole::merge([shard(1), shard(3)]).unwrap();
    assert_eq!(partial.report.shard.as_deref(), Some("1/3, 3/3"));
    let notes: Vec<_> = partial
        .findings
        .iter()
        .map(|note| note.message.clone())
        .collect();
    assert_eq!(notes[1], "only parts 1, 3 of 3 are here");
    assert!(
        notes[2].starts_with("products are missing: 2, 5, 8"),
        "{notes:?}"
    );
    assert_eq!(merged(vec![partial, shard(2)]), whole.json());

    let mut products = shard(2).products;
    products[0].product.push('x');
    let other = shard(2).with(products);
    let fault = Whole::merge([shard(2), other]).unwrap_err();
    assert!(
        fault.starts_with(
            "`report-1.json` and `report-2.json` contradict each other about product 2"
        ),
        "{fault}"
    );
    let mut other = shard(2);
    other.report.on = None;
    assert!(Whole::merge([shard(1), other]).is_err());
    let mut other = shard(2);
    other.report.shard = Some("2/4".to_owned());
    assert!(Whole::merge([shard(1), other]).is_err());
    assert!(Whole::merge([]).is_err());
}

#[test]
fn what_is_no_report_is_refused() {
    let good = case("one").json();
    for (bad, said) in [
        (String::new(), "this is no report"),
        ("[]".to_owned(), "the format is `none`"),
        ("null".to_owned(), "expected a report"),
        ("{\"schema\": 1}".to_owned(), "the format is `none`"),
        (
            good.replacen('{', "{ \"tool\": \"x\",", 1),
            "duplicate field `tool`",
        ),
        (
            good.replacen("\"tool\"", "\"tol\"", 1),
            "unknown field `tol`",
        ),
        (
            "{\"schema\": \"clspack.batch/1\", \"tool\": \"\"}".to_owned(),
            "missing field `findings`",
        ),
        (
            good.replace("clspack.batch/1", "clspack.batch/2"),
            "the format is `clspack.batch/2`",
        ),
        (
            good.replace("\"models\"", "\"modles\""),
            "unknown field `modles`",
        ),
        (good.replace("\"51.00\"", "51.00"), "expected a string"),
        (good.replace("\"51.00\"", "\"51.0\""), "is not an amount"),
        (good.replace("\"ready\"", "\"certified\""), "is not one of"),
        (good.replace("2029-12-01", "2029-02-30"), "is not a date"),
    ] {
        let fault = Whole::read(bad.as_bytes()).unwrap_err();
        assert!(fault.contains(said), "{fault}");
    }
    let large = vec![b' '; usize::try_from(MAX_JSON_BYTES).unwrap() + 1];
    assert!(Whole::read(&large).unwrap_err().contains("larger"));
}

#[test]
fn ten_thousand_products_are_shown_in_time() {
    let sixty = case("sixty");
    let report = sixty.with((0..10_000).map(|i| Product {
        index: i + 1,
        ..sixty.products[usize::try_from(i % 60).unwrap()].clone()
    }));
    let lines = report.text(100);
    assert!(lines.lines().count() > 10_000);
    assert!(html(&report).len() > 1_000_000);
    assert_eq!(sheet(&report, "Products").len(), 10_001);
    assert_eq!(csv_rows(&report).len(), 10_001);
    assert_eq!(
        Whole::read(report.json().as_bytes()).unwrap().products,
        report.products
    );
    // Many ask the question: some are named, the others are numbers.
    let question = &report.page()["questions"][0];
    assert_eq!(question["number"], 998);
    let named = question["products"].as_array().unwrap();
    assert_eq!(named.len(), 201);
    assert!(
        named[200].as_str().unwrap().starts_with("and numbers "),
        "{named:?}"
    );
}

/// A disk without room.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_face_that_cannot_be_written_is_said_to_be_that() {
    let templates = Templates::built_in().unwrap();
    let sixty = case("sixty");
    let faces = ReportWriter::of(&sixty.report);
    for (written, name) in [
        (faces.text(100, &mut Full), "report"),
        (faces.json(&mut Full), "report.json"),
        (faces.csv(&mut Full), "report.csv"),
        (faces.xlsx(&mut Full), "report.xlsx"),
        (faces.html(&templates, &mut Full), "report.html"),
    ] {
        let fault = written.unwrap_err();
        assert!(
            matches!(&fault, Error::Write { path, .. } if path == name),
            "{name}: {fault}"
        );
    }
}

#[test]
fn a_page_of_ones_own_may_ask_for_its_lists_anywhere() {
    let page = |text: &str| Templates::with([("report.html".to_owned(), text.to_owned())].into());
    let own = "{% if failures %}held{% endif %} {{ products | length }}{% block products %}\
               {% for one in products %} {{ loop.index }}. {{ one.models }}{% endfor %}{% endblock %}";
    let report = case("one");
    let html = report.html(&page(own).unwrap()).unwrap();
    assert!(html.contains("1 1. "), "{html}");
    let wrong = own.replace("one.models", "one.modles");
    let fault = page(&wrong).err().map(|error| error.to_string()).unwrap();
    assert!(
        fault.contains("unknown name `modles`; write `models`"),
        "{fault}"
    );
}

/// Writes every face of every case into a folder, to be looked at: `LOOK=DIR cargo test look_at`.
#[test]
fn look_at_the_faces() {
    let Some(folder) = std::env::var_os("LOOK") else {
        return;
    };
    for (path, report) in cases() {
        let to = Path::new(&folder).join(path.file_name().unwrap());
        std::fs::create_dir_all(&to).unwrap();
        std::fs::write(to.join("report.html"), html(&report)).unwrap();
        let templates = Templates::built_in().unwrap();
        for (name, page) in report.pages(&templates) {
            std::fs::write(to.join(name), page).unwrap();
        }
        std::fs::write(to.join("report.xlsx"), report.xlsx()).unwrap();
        std::fs::write(to.join("report.csv"), report.csv()).unwrap();
        std::fs::write(to.join("report.json"), report.json()).unwrap();
    }
}
