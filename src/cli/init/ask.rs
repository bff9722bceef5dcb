//! One question in the terminal: a line to type, or a word to choose from a list that narrows as one types.

use dialoguer::Input;
use dialoguer::console::{Key, Term, measure_text_width, truncate_str};

use super::picker::{Event, Item, Picker};
use crate::domain::FieldPath;
use crate::error::{Error, Result};
use crate::manifest;

/// What was answered.
pub(super) enum Answer {
    /// A text; empty for nothing.
    Text(String),
    /// The question before is to be asked again.
    Back,
}

/// Whether a question may be left unanswered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Empty {
    Allowed,
    Refused,
}

const BACK: &str = "<";

/// Says something between questions.
pub(super) fn say(text: &str) -> Result<()> {
    Term::stderr().write_line(text).map_err(broken)
}

/// Asks for a line. A wrong one is refused with the reason, and asked for again.
pub(super) fn line(question: &str, field: &FieldPath, empty: Empty) -> Result<Answer> {
    let check = |text: &String| match text.trim() {
        BACK => Ok(()),
        "" if empty == Empty::Allowed => Ok(()),
        "" => Err("this is needed; type it, or `<` to go back".to_owned()),
        text => items(field, text).try_for_each(|one| manifest::check_value(field, one).map(drop)),
    };
    let text: String = Input::new()
        .with_prompt(question)
        .allow_empty(true)
        .validate_with(check)
        .interact_text()
        .map_err(no_answer)?;
    match text.trim() {
        BACK => Ok(Answer::Back),
        text => {
            for one in items(field, text).filter(|one| !one.is_empty()) {
                let checked = manifest::check_value(field, one);
                if let Some(remark) = checked.ok().and_then(|checked| checked.remark) {
                    say(&format!("  {remark}"))?;
                }
            }
            Ok(Answer::Text(text.to_owned()))
        }
    }
}

/// Returns what a line for a field says: several models, or one text.
pub(super) fn items<'t>(field: &FieldPath, text: &'t str) -> impl Iterator<Item = &'t str> {
    let is_list = field.name() == "models";
    let is_between = move |c: char| is_list && matches!(c, ',' | ';' | '、' | '，' | '；');
    text.split(is_between).map(str::trim)
}

/// Lets a person choose a word. Nothing is chosen beforehand.
pub(super) fn word(question: &str, items: Vec<Item>) -> Result<Answer> {
    let terminal = Term::stderr();
    let mut picker = Picker::new(items);
    terminal.hide_cursor().map_err(broken)?;
    let answer = turn(&terminal, question, &mut picker);
    terminal.show_cursor().map_err(broken)?;
    let answer = answer?;
    if let Answer::Text(word) = &answer {
        terminal
            .write_line(&format!("{question}: {word}"))
            .map_err(broken)?;
    }
    Ok(answer)
}

fn turn(terminal: &Term, question: &str, picker: &mut Picker) -> Result<Answer> {
    loop {
        let lines = screen(question, picker, terminal.size());
        for line in &lines {
            terminal.write_line(line).map_err(broken)?;
        }
        let key = terminal.read_key().map_err(broken)?;
        terminal.clear_last_lines(lines.len()).map_err(broken)?;
        let event = match key {
            Key::Char('<') | Key::Escape => return Ok(Answer::Back),
            Key::CtrlC => return Err(no_answer_at_all()),
            Key::Enter => Event::Enter,
            Key::ArrowDown | Key::Tab => Event::Down,
            Key::ArrowUp | Key::BackTab => Event::Up,
            Key::Backspace => Event::Erase,
            Key::Char(c) if !c.is_control() => Event::Type(c),
            _ => continue,
        };
        if let Some(word) = picker.take(event) {
            return Ok(Answer::Text(word));
        }
    }
}

/// Returns the lines that show a list as it is now.
fn screen(question: &str, picker: &Picker, (height, width): (u16, u16)) -> Vec<String> {
    let (height, width) = (usize::from(height), usize::from(width).max(20));
    let mut lines = vec![format!("{question}: {}", picker.typed())];
    let n_most = height.saturating_sub(4).clamp(3, 12);
    let (shown, n_more) = picker.shown(n_most);
    lines.extend(shown.into_iter().map(|(item, is_marked)| {
        let mark = if is_marked { ">" } else { " " };
        let names = item.names.join(", ");
        format!(
            "{mark} {}{}",
            item.word,
            if names.is_empty() {
                String::new()
            } else {
                format!("  ({names})")
            }
        )
    }));
    if lines.len() == 1 {
        lines.push("  nothing is called that; erase some letters".to_owned());
    }
    if n_more > 0 {
        lines.push(format!("  … and {n_more} more"));
    }
    lines.push(
        "  type to narrow the list, arrow keys to move, Enter to choose, Esc to go back".to_owned(),
    );
    let cut = |line: String| {
        if measure_text_width(&line) < width {
            return line;
        }
        truncate_str(&line, width - 1, "…").into_owned()
    };
    lines.into_iter().map(cut).collect()
}

fn no_answer(_: dialoguer::Error) -> Error {
    no_answer_at_all()
}

fn broken(_: std::io::Error) -> Error {
    no_answer_at_all()
}

fn no_answer_at_all() -> Error {
    Error::Usage("the interview was broken off; nothing was written. Every answer also has a flag: `clspack init --help`".to_owned())
}
