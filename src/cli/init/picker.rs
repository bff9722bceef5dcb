//! A list of words that narrows as one types: what is shown, what is marked, what is chosen. It knows no terminal.

use crate::domain::vocabulary::synonyms::{Certain, certain};

/// A word to choose, and what people call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) word: String,
    pub(super) names: Vec<&'static str>,
}

/// What a person did.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    Type(char),
    Erase,
    Up,
    Down,
    Enter,
}

/// The list as it is now.
pub(super) struct Picker {
    items: Vec<Item>,
    typed: String,
    /// Which of the items that are left is marked. At first none is, so that Enter alone chooses nothing.
    marked: Option<usize>,
}

impl Picker {
    pub(super) const fn new(items: Vec<Item>) -> Self {
        Self {
            items,
            typed: String::new(),
            marked: None,
        }
    }

    pub(super) fn typed(&self) -> &str {
        &self.typed
    }

    /// Takes what a person did; returns the word that is chosen by it.
    pub(super) fn take(&mut self, event: Event) -> Option<String> {
        match event {
            Event::Enter => {
                let left = self.left();
                let i = self.marked.or_else(|| (left.len() == 1).then_some(0))?;
                return left.get(i).map(|item| item.word.clone());
            }
            Event::Up => self.step(|i, n| i.map_or(n - 1, |i| (i + n - 1) % n)),
            Event::Down => self.step(|i, n| i.map_or(0, |i| (i + 1) % n)),
            Event::Erase => {
                self.typed.pop();
                self.mark();
            }
            Event::Type(c) => {
                self.typed.push(c);
                self.mark();
            }
        }
        None
    }

    /// Returns some of the items that are left, the marked one among them, and how many more there are.
    pub(super) fn shown(&self, n_most: usize) -> (Vec<(&Item, bool)>, usize) {
        let left = self.left();
        let first = self.marked.map_or(0, |i| (i + 1).saturating_sub(n_most));
        let n_more = left.len().saturating_sub(n_most);
        let marked = |(i, item)| (item, self.marked == Some(i));
        let shown = left.into_iter().enumerate().map(marked);
        (shown.skip(first).take(n_most).collect(), n_more)
    }

    fn step(&mut self, to: impl Fn(Option<usize>, usize) -> usize) {
        let n_left = self.left().len();
        if n_left > 0 {
            self.marked = Some(to(self.marked, n_left));
        }
    }

    /// Marks the item that the typed text certainly means.
    fn mark(&mut self) {
        let words: Vec<&str> = self.items.iter().map(|item| item.word.as_str()).collect();
        let meant = certain(&self.typed, &words).map(Certain::word);
        let left = self.left();
        self.marked = meant.and_then(|word| left.iter().position(|item| item.word == word));
    }

    /// Returns the items that the typed text leaves, those first of which a name begins with it.
    fn left(&self) -> Vec<&Item> {
        let typed = plain(&self.typed);
        let contains = |name: &str| plain(name).contains(&typed);
        let begins = |name: &str| plain(name).starts_with(&typed);
        let any = |item: &Item, test: &dyn Fn(&str) -> bool| {
            test(&item.word) || item.names.iter().any(|name| test(name))
        };
        let mut left: Vec<&Item> = self
            .items
            .iter()
            .filter(|item| any(item, &contains))
            .collect();
        if left.is_empty() {
            let words: Vec<&str> = self.items.iter().map(|item| item.word.as_str()).collect();
            let meant = certain(&self.typed, &words).map(Certain::word);
            left = self
                .items
                .iter()
                .filter(|item| Some(item.word.as_str()) == meant)
                .collect();
        }
        left.sort_by_key(|item| !any(item, &begins));
        left
    }
}

fn plain(text: &str) -> String {
    let letters = crate::domain::plain::half_width(text);
    letters
        .chars()
        .filter(|c| !" -_".contains(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Category;
    use crate::domain::vocabulary::synonyms::names;

    fn picker(typed: &str) -> Picker {
        let words: Vec<&str> = Category::ALL.iter().map(|word| word.as_str()).collect();
        let item = |word: &&str| Item {
            word: (*word).to_owned(),
            names: names(word, &words).collect(),
        };
        let mut picker = Picker::new(words.iter().map(item).collect());
        for c in typed.chars() {
            assert_eq!(picker.take(Event::Type(c)), None);
        }
        picker
    }

    #[test]
    fn enter_alone_chooses_nothing() {
        assert_eq!(picker("").take(Event::Enter), None);
        assert_eq!(picker("smart").take(Event::Enter), None);
        assert_eq!(picker("gateway").take(Event::Enter), None);
        assert_eq!(picker("xyz").take(Event::Enter), None);
    }

    #[test]
    fn letters_narrow_the_list() {
        for (typed, word) in [
            ("hub", "smart-home-hub"),
            ("jk", ""),
            ("smart lock", "door-lock"),
            ("Türschl", "door-lock"),
            ("도어락", "door-lock"),
            ("ｒｏｕｔｅｒ", "wifi-router"),
            ("ネットワークカメラ", "smart-camera"),
        ] {
            let chosen = picker(typed).take(Event::Enter).unwrap_or_default();
            assert_eq!(chosen, word, "{typed}");
        }
    }

    #[test]
    fn arrows_mark_and_letters_unmark() {
        let mut list = picker("gateway");
        list.take(Event::Down);
        let first = list.take(Event::Enter);
        assert!(first.is_some());
        list.take(Event::Down);
        assert_ne!(list.take(Event::Enter), first);
        list.take(Event::Erase);
        assert_eq!(list.take(Event::Enter), None);
        let mut list = picker("");
        list.take(Event::Up);
        assert_eq!(list.take(Event::Enter).as_deref(), Some("app-or-service"));
        assert!(list.shown(5).0.iter().any(|(_, is_marked)| *is_marked));
    }
}
