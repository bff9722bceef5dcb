//! The questions of `init`, in their order. A person may go back to the question before.

use super::answers::grades;
use super::ask::{Answer, Empty, items, line, say, word};
use super::picker::Item;
use crate::cli::args::Init;
use crate::domain::vocabulary::synonyms::names;
use crate::domain::{Category, FieldPath, LabelLevel, Level, Scheme, field};
use crate::error::Result;
use crate::rules::RuleBook;
use crate::world::World;

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Question {
    Applicant,
    Uen,
    Country,
    Registration,
    Brand,
    Name,
    Models,
    Category,
    Labels,
    Level,
    Submission,
    SupportUntil,
}

const ALL: [Question; 12] = [
    Question::Applicant,
    Question::Uen,
    Question::Country,
    Question::Registration,
    Question::Brand,
    Question::Name,
    Question::Models,
    Question::Category,
    Question::Labels,
    Question::Level,
    Question::Submission,
    Question::SupportUntil,
];

/// The answer that ends the list of labels, and the one that leaves the level to them.
const NONE: &str = "none";

/// Asks for what no flag gives.
///
/// # Errors
/// The interview was broken off.
pub(super) fn ask(flags: &Init, world: &dyn World, book: &RuleBook) -> Result<Init> {
    say(
        "`<` goes back to the question before, and so does Esc in a list. Nothing is written until the end.",
    )?;
    let today = world.today().to_string();
    let mut answers = flags.clone();
    let mut at = 0;
    let mut is_back = false;
    while let Some(question) = ALL.get(at) {
        let answer = if is_asked(*question, flags, &answers) {
            put(*question, &mut answers, &today, book)?
        } else if is_back {
            Went::Back
        } else {
            Went::On
        };
        is_back = answer == Went::Back;
        at = match answer {
            Went::On => at + 1,
            // Before the first question there is none.
            Went::Back if at == 0 => {
                is_back = false;
                0
            }
            Went::Back => at - 1,
        };
    }
    Ok(answers)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Went {
    On,
    Back,
}

fn is_asked(question: Question, flags: &Init, answers: &Init) -> bool {
    let is_abroad = flags.uen.is_none() && answers.uen.is_none();
    match question {
        Question::Applicant => flags.applicant.is_none(),
        Question::Uen => {
            flags.uen.is_none() && flags.country.is_none() && flags.registration.is_none()
        }
        Question::Country => is_abroad && flags.country.is_none(),
        Question::Registration => is_abroad && flags.registration.is_none(),
        Question::Brand => flags.brand.is_none(),
        Question::Name => flags.name.is_none(),
        Question::Models => flags.models.is_empty(),
        Question::Category => flags.category.is_none(),
        Question::Labels => flags.labels.is_empty(),
        Question::Level => flags.level.is_none(),
        Question::Submission => flags.submission.is_none(),
        Question::SupportUntil => flags.support_until.is_none(),
    }
}

fn put(question: Question, answers: &mut Init, today: &str, book: &RuleBook) -> Result<Went> {
    use Empty::{Allowed, Refused};
    let submission = format!("Intended day of submission, such as {today} (empty: today)");
    match question {
        Question::Applicant => text(
            &mut answers.applicant,
            "Company that applies",
            &field!(applicant.name),
            Refused,
        ),
        Question::Uen => text(
            &mut answers.uen,
            "Its UEN (empty if it is registered abroad)",
            &field!(applicant.uen),
            Allowed,
        ),
        Question::Country => text(
            &mut answers.country,
            "Country of its registration, such as JP or Korea (empty: fill in later)",
            &field!(applicant.registration.country),
            Allowed,
        ),
        Question::Registration => text(
            &mut answers.registration,
            "Its number in that country's register (empty: fill in later)",
            &field!(applicant.registration.number),
            Allowed,
        ),
        Question::Brand => text(
            &mut answers.brand,
            "Brand of the product",
            &field!(product.brand),
            Refused,
        ),
        Question::Name => text(
            &mut answers.name,
            "Name of the product",
            &field!(product.name),
            Refused,
        ),
        Question::Models => models(answers),
        Question::Category => {
            let all = Category::ALL.iter().map(|word| word.as_str());
            choice(&mut answers.category, "Category", chosen_from(all, None))
        }
        Question::Labels => labels(&mut answers.labels, book),
        Question::Level => level(answers),
        Question::Submission => text(
            &mut answers.submission,
            &submission,
            &field!(application.submission),
            Allowed,
        ),
        Question::SupportUntil => text(
            &mut answers.support_until,
            "Last day of security support, as published (empty: fill in later)",
            &field!(product.support.until),
            Allowed,
        ),
    }
}

fn text(
    answer: &mut Option<String>,
    question: &str,
    field: &FieldPath,
    empty: Empty,
) -> Result<Went> {
    match line(question, field, empty)? {
        Answer::Back => Ok(Went::Back),
        Answer::Text(text) => {
            *answer = Some(text).filter(|text| !text.is_empty());
            Ok(Went::On)
        }
    }
}

fn models(answers: &mut Init) -> Result<Went> {
    let field = field!(product.models);
    let question = "Model numbers, as on the type label, commas between";
    match line(question, &field, Empty::Refused)? {
        Answer::Back => Ok(Went::Back),
        Answer::Text(text) => {
            let models = items(&field, &text).filter(|model| !model.is_empty());
            answers.models = models.map(str::to_owned).collect();
            Ok(Went::On)
        }
    }
}

fn choice(answer: &mut Option<String>, question: &str, items: Vec<Item>) -> Result<Went> {
    match word(question, items)? {
        Answer::Back => Ok(Went::Back),
        Answer::Text(word) => {
            *answer = Some(word).filter(|word| word != NONE);
            Ok(Went::On)
        }
    }
}

fn level(answers: &mut Init) -> Result<Went> {
    let all = Level::ALL.iter().map(|level| level.as_str());
    let none = if answers.labels.is_empty() {
        "decide later"
    } else {
        "the level that the labels give"
    };
    choice(
        &mut answers.level,
        "Level applied for",
        chosen_from(all, Some(none)),
    )
}

/// Asks for labels until there are no more. Going back removes the last one.
fn labels(labels: &mut Vec<String>, book: &RuleBook) -> Result<Went> {
    labels.clear();
    loop {
        let (question, none) = if labels.is_empty() {
            ("Label of another scheme", "no label")
        } else {
            ("Another label", "no other label")
        };
        let all = Scheme::ALL.iter().map(|word| word.as_str());
        match word(question, chosen_from(all, Some(none)))? {
            Answer::Back if labels.pop().is_none() => return Ok(Went::Back),
            Answer::Back => {}
            Answer::Text(scheme) if scheme == NONE => return Ok(Went::On),
            Answer::Text(scheme) => labels.extend(graded(scheme, book)?),
        }
    }
}

/// Asks for the grade of a label, if its scheme has grades; nothing if the scheme is to be asked again.
fn graded(scheme: String, book: &RuleBook) -> Result<Option<String>> {
    let grades = scheme
        .parse()
        .map_or(&[][..], |scheme| grades(book, scheme));
    if grades.is_empty() {
        return Ok(Some(scheme));
    }
    // A name is shown in full only beside all grades.
    let all: Vec<&str> = LabelLevel::ALL.iter().map(|word| word.as_str()).collect();
    let item = |grade: &LabelLevel| Item {
        word: grade.to_string(),
        names: names(grade.as_str(), &all).collect(),
    };
    match word("Its level", grades.iter().map(item).collect())? {
        Answer::Back => Ok(None),
        Answer::Text(grade) => Ok(Some(format!("{scheme}:{grade}"))),
    }
}

/// Returns words to choose from, with what people call them; `none` is what choosing none of them means.
fn chosen_from(words: impl Iterator<Item = &'static str>, none: Option<&'static str>) -> Vec<Item> {
    let words: Vec<&str> = words.collect();
    let none = none.map(|names| Item {
        word: NONE.to_owned(),
        names: vec![names],
    });
    let item = |word: &&str| Item {
        word: (*word).to_owned(),
        names: names(word, &words).collect(),
    };
    none.into_iter().chain(words.iter().map(item)).collect()
}
