//! `clspack init`: asks the few questions that decide the form, and writes a manifest to start from. Every answer has
//! a flag; without a terminal nothing is asked.

use std::io::IsTerminal as _;

use dialoguer::{Input, Select};

use crate::cli::args::{Init, Options};
use crate::cli::output::Output;
use crate::cli::{Exit, read};
use crate::domain::{Category, Date, FieldPath, LabelLevel, Scheme, field};
use crate::error::{Error, Result};
use crate::manifest::{self, draft};
use crate::pack::{make_folder, new_file, there};
use crate::rules::{RuleBook, Timeline};
use crate::world::World;

pub(crate) fn run(
    arguments: &Init,
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<Exit> {
    let path = arguments.dir.join("manifest.yaml");
    if there(&path)?.is_some() {
        return Err(Error::Usage(format!(
            "`{}` is there already; `init` never writes over a manifest",
            path.display()
        )));
    }
    let asks =
        !arguments.no_input && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let book = read::rule_book(options, world)?;
    let on = options.on.unwrap_or_else(|| world.today());
    let answers = if asks {
        interview(arguments.clone(), world, &book)?
    } else {
        arguments.clone()
    };
    let given = given(&answers, &book)?;
    let text = draft::text(&given, &book, on);
    let evidence = answers.dir.join("evidence");
    make_folder(&evidence)?;
    new_file(&path, text.as_bytes())?;
    output.data(&format!("{}\n", path.display()));
    output.message(&format!(
        "fill in the lines without a value, then run `clspack check {}`",
        path.display()
    ));
    Ok(Exit::Done)
}

/// Checks the values of all flags.
fn given(answers: &Init, book: &RuleBook) -> Result<draft::Given> {
    let mut faults = Vec::new();
    let mut take = |field: &FieldPath, value: &Option<String>| {
        if let Some(Err(fault)) = value
            .as_ref()
            .map(|text| manifest::check_value(field, text))
        {
            faults.push(fault);
        }
        value.clone()
    };
    let mut given = draft::Given {
        applicant: take(&field!(applicant.name), &answers.applicant),
        uen: take(&field!(applicant.uen), &answers.uen),
        brand: take(&field!(product.brand), &answers.brand),
        name: take(&field!(product.name), &answers.name),
        category: take(&field!(product.category), &answers.category),
        level: take(&field!(application.level), &answers.level),
        submission: take(&field!(application.submission), &answers.submission),
        support_until: take(&field!(product.support.until), &answers.support_until),
        models: answers.models.clone(),
        labels: Vec::new(),
    };
    for model in &answers.models {
        take(&field!(product.models), &Some(model.clone()));
    }
    for label in &answers.labels {
        let (scheme, level) = label
            .split_once(':')
            .map_or((label.as_str(), None), |(scheme, level)| {
                (scheme, Some(level.to_owned()))
            });
        take(&field!(labels[0].scheme), &Some(scheme.to_owned()));
        take(&field!(labels[0].level), &level);
        given.labels.push((scheme.to_owned(), level));
    }
    for (scheme, level) in &given.labels {
        let known = scheme
            .parse()
            .map(|scheme| grades(book, scheme))
            .unwrap_or_default();
        let wrong = |level: &&String| !known.iter().any(|grade| grade.as_str() == level.as_str());
        if let Some(level) = level
            .as_ref()
            .filter(wrong)
            .filter(|_| scheme.parse::<Scheme>().is_ok())
        {
            faults.push(format!("there is no {scheme} label of the level `{level}`"));
        }
    }
    if faults.is_empty() {
        Ok(given)
    } else {
        Err(Error::Usage(faults.join("\n")))
    }
}

/// Asks for the values that no flag gives.
fn interview(mut answers: Init, world: &dyn World, book: &RuleBook) -> Result<Init> {
    ask(
        &mut answers.applicant,
        &field!(applicant.name),
        "Company that applies",
    )?;
    ask(
        &mut answers.uen,
        &field!(applicant.uen),
        "Its UEN (empty if it is registered abroad)",
    )?;
    ask(
        &mut answers.brand,
        &field!(product.brand),
        "Brand of the product",
    )?;
    ask(
        &mut answers.name,
        &field!(product.name),
        "Name of the product",
    )?;
    if answers.models.is_empty() {
        answers.models = models()?;
    }
    if answers.category.is_none() {
        answers.category = Some(
            choose(
                "Category",
                Category::ALL.iter().map(|category| category.as_str()),
            )?
            .to_owned(),
        );
    }
    if answers.labels.is_empty() {
        answers.labels = labels(book)?;
    }
    ask(
        &mut answers.level,
        &field!(application.level),
        "Level applied for, 1 to 4 (empty: the level that the labels give)",
    )?;
    let today: Date = world.today();
    ask(
        &mut answers.submission,
        &field!(application.submission),
        &format!("Intended day of submission, such as {today}"),
    )?;
    ask(
        &mut answers.support_until,
        &field!(product.support.until),
        "Last day of security support, as published",
    )?;
    Ok(answers)
}

fn models() -> Result<Vec<String>> {
    let mut models = None;
    let question = "Model numbers, as on the type label, commas between";
    ask(&mut models, &field!(product.models), question)?;
    let models = models.iter().flat_map(|models: &String| models.split(','));
    let models = models.map(|model| model.trim().to_owned());
    Ok(models.filter(|model| !model.is_empty()).collect())
}

fn ask(answer: &mut Option<String>, field: &FieldPath, question: &str) -> Result<()> {
    if answer.is_some() {
        return Ok(());
    }
    let check = |text: &String| {
        if text.trim().is_empty() {
            Ok(())
        } else {
            manifest::check_value(field, text)
        }
    };
    let text: String = Input::new()
        .with_prompt(question)
        .allow_empty(true)
        .validate_with(check)
        .interact_text()
        .map_err(no_answer)?;
    *answer = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(())
}

fn labels(book: &RuleBook) -> Result<Vec<String>> {
    let mut labels = Vec::new();
    loop {
        let question = if labels.is_empty() {
            "Label held under another scheme"
        } else {
            "Another one"
        };
        let scheme = choose(
            question,
            std::iter::once("none").chain(Scheme::ALL.iter().map(|scheme| scheme.as_str())),
        )?;
        let Ok(scheme) = scheme.parse::<Scheme>() else {
            return Ok(labels);
        };
        let grades = grades(book, scheme);
        if grades.is_empty() {
            labels.push(scheme.to_string());
        } else {
            labels.push(format!(
                "{scheme}:{}",
                choose("Its level", grades.iter().map(|grade| grade.as_str()))?
            ));
        }
    }
}

/// Returns the grades of a scheme's labels.
fn grades(book: &RuleBook, scheme: Scheme) -> &[LabelLevel] {
    let editions = book
        .arrangements
        .get(&scheme)
        .map(Timeline::editions)
        .unwrap_or_default();
    editions
        .last()
        .map(|edition| edition.body.label.levels.as_slice())
        .unwrap_or_default()
}

fn choose<'a>(question: &str, words: impl Iterator<Item = &'a str>) -> Result<&'a str> {
    let words: Vec<_> = words.collect();
    let chosen = Select::new()
        .with_prompt(question)
        .items(&words)
        .default(0)
        .max_length(12)
        .interact()
        .map_err(no_answer)?;
    Ok(words.get(chosen).copied().unwrap_or_default())
}

fn no_answer(_: dialoguer::Error) -> Error {
    Error::Usage("the interview was broken off; nothing was written. Every answer also has a flag: `clspack init --help`".to_owned())
}
