//! Pages of cases: headings, below each what a case has, and in its last block all that is found.
//!
//! A page of a code has the code, its title, and cases whose headings begin with `Trigger` or `Near miss`.

use std::fmt::Write as _;

use clspack::diag::{Code, explanation};

use crate::support::{repository, text, updates};

/// One case of a page.
pub(crate) struct Case<'p> {
    pub(crate) heading: &'p str,
    /// All of it, the heading and what is before the last block.
    pub(crate) text: &'p str,
    expected: &'p str,
}

impl Case<'_> {
    fn triggers(&self) -> bool {
        let (kind, _) = self.heading.split_once(": ").unwrap_or((self.heading, ""));
        assert!(
            matches!(kind, "Trigger" | "Near miss"),
            "`{kind}` is neither"
        );
        kind == "Trigger"
    }
}

/// Takes a page apart: what is before the first heading, and the cases.
fn cases(page: &str) -> (&str, Vec<Case<'_>>) {
    let mut sections = page.split("\n## ");
    let head = sections.next().unwrap();
    let case = |section| {
        let (heading, _) = str::split_once(section, '\n').unwrap();
        let block = section.split_once("```console\n");
        let block =
            block.and_then(|(text, rest)| Some((text, rest.trim_end().strip_suffix("```")?)));
        let (text, expected) =
            block.unwrap_or_else(|| panic!("no block at the end of `{heading}`"));
        Case {
            heading,
            text,
            expected,
        }
    };
    (head, sections.map(case).collect())
}

/// Compares each case of a page with what is found, or writes it; returns what is wrong.
pub(crate) fn check(page: &str, head: Option<&str>, found: impl Fn(&Case<'_>) -> String) -> String {
    let path = repository(page);
    let before = text(&path);
    let (old_head, cases) = cases(&before);
    let mut after = head.unwrap_or(old_head).to_owned();
    let mut wrong = String::new();
    for case in cases {
        let found = found(&case);
        if found != case.expected && !updates() {
            let Case {
                heading, expected, ..
            } = case;
            write!(
                wrong,
                "{page}, {heading}\n--- expected\n{expected}--- actual\n{found}\n"
            )
            .unwrap();
        }
        write!(after, "\n## {}```console\n{found}```\n", case.text).unwrap();
    }
    if updates() {
        std::fs::write(path, after).unwrap();
    } else if wrong.is_empty() && before != after {
        write!(wrong, "{page} should be\n{after}\n").unwrap();
    }
    wrong
}

/// Checks every page of a folder that is named by a code; `found` returns what is seen, and the codes in it.
pub(crate) fn check_codes(folder: &str, found: impl Fn(&Case<'_>) -> (String, Vec<Code>)) {
    let mut wrong = String::new();
    for code in codes(folder) {
        let head = format!(
            "# {code} {}\n\n{}.\n",
            code.name(),
            explanation(code).unwrap().title
        );
        let missed = std::cell::RefCell::new(String::new());
        wrong += &check(&format!("{folder}/{code}.md"), Some(&head), |case| {
            let (text, codes) = found(case);
            if codes.contains(&code) != case.triggers() {
                writeln!(
                    missed.borrow_mut(),
                    "{code}.md: `{}` is no such case:\n{text}",
                    case.heading
                )
                .unwrap();
            }
            text
        });
        wrong += &missed.into_inner();
    }
    assert!(
        wrong.is_empty(),
        "{wrong}Run with UPDATE=1 to accept what is found, then review the change."
    );
}

/// Returns the codes that have a page in a folder.
pub(crate) fn codes(folder: &str) -> Vec<Code> {
    let names = std::fs::read_dir(repository(folder)).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let code = |name: String| {
        Code::ALL
            .iter()
            .find(|code| name == format!("{code}.md"))
            .copied()
    };
    let mut codes: Vec<Code> = names.filter_map(code).collect();
    codes.sort();
    codes
}

/// Returns what of a trigger and a near miss a code has no case of, in a folder.
pub(crate) fn missing(folder: &str, code: Code) -> Vec<&'static str> {
    let page = text(&repository(folder).join(format!("{code}.md")));
    let (_, cases) = cases(&page);
    let has = |triggers: bool| cases.iter().any(|case| case.triggers() == triggers);
    let kinds = [("trigger", true), ("near miss", false)];
    kinds
        .into_iter()
        .filter(|(_, triggers)| !has(*triggers))
        .map(|(kind, _)| kind)
        .collect()
}
