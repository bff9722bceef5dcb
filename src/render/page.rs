//! The page of a batch, which may be longer than memory should hold. Its template is cut into blocks; one that
//! bears the name of a long list is filled again for each piece of the list. A template that is not cut is filled
//! at once.

use serde_json::Value;

use crate::error::Result;
use crate::render::names::{Unknown, placed, tags, unknown_at};
use crate::render::template::{REPORT, Templates};

/// The lists that are as long as the batch, and the blocks in which alone they can be named.
const LONG: [&str; 2] = ["products", "failures"];

/// How many items of a long list are filled at a time.
const PIECE: usize = 50;

/// The items of a long list.
pub type Items<'a> = Box<dyn Iterator<Item = Result<Value>> + 'a>;

impl Templates {
    /// Fills the page of a batch and writes it piece by piece. `values` are what the template may name beside the
    /// long lists, and `items` gives those, by their names.
    ///
    /// # Errors
    /// The template names what is not there; a list cannot be read, or the page not written.
    pub fn write_page<'a>(
        &self,
        mut values: Value,
        items: &dyn Fn(&str) -> Items<'a>,
        write: &mut dyn FnMut(&str) -> Result<()>,
    ) -> Result<()> {
        let Some(blocks) = blocks(self.text(REPORT).unwrap_or_default()) else {
            for name in LONG {
                values[name] = items(name).collect::<Result<_>>()?;
            }
            return write(&self.fill_page(REPORT, values)?);
        };
        let sample = Self::sample(REPORT);
        let mut page = self.in_parts(values, |values| {
            for name in LONG {
                values[name] = sample[name].clone();
            }
        })?;
        for block in blocks {
            let part = part(block.name);
            if !LONG.contains(&block.name) {
                write(&page.fill(&part)?)?;
                continue;
            }
            let mut items = items(block.name).peekable();
            loop {
                let piece = items.by_ref().take(PIECE);
                page.put(block.name, &piece.collect::<Result<Vec<_>>>()?)?;
                write(&page.fill(&part)?)?;
                if items.peek().is_none() {
                    break;
                }
            }
            page.take(block.name);
        }
        Ok(())
    }
}

/// Returns what the template of a block is called.
fn part(block: &str) -> String {
    // The end tells the engine that it is HTML.
    format!("{REPORT}: {block}.html")
}

/// Returns the blocks of the page's template as templates of their own, each with the lines that it has there.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = (String, String)> + '_ {
    blocks(text).into_iter().flatten().map(|block| {
        let lines = text[..block.start].matches('\n').count();
        let lines = "\n".repeat(lines);
        (part(block.name), format!("{{#{lines}-#}}{}", block.text))
    })
}

/// A block of a template.
struct Block<'t> {
    name: &'t str,
    /// Where its text begins, in bytes.
    start: usize,
    text: &'t str,
}

/// Returns the blocks into which a template is cut; nothing if something stands beside them.
fn blocks(text: &str) -> Option<Vec<Block<'_>>> {
    let mut blocks = Vec::new();
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut done = 0;
    for tag in tags(text) {
        let words = text[tag.start + 2..tag.end - 2].trim_matches(['-', ' ', '\n']);
        let mut words = words.split_whitespace();
        let word = words.next().filter(|_| !tag.is_value && !tag.is_comment);
        let is_between = open.is_empty();
        match word {
            Some("block") => open.push((words.next()?, tag.end)),
            Some("endblock") => {
                let (name, start) = open.pop()?;
                if open.is_empty() {
                    blocks.push(Block {
                        name,
                        start,
                        text: &text[start..tag.start],
                    });
                }
            }
            _ if is_between && !tag.is_comment => return None,
            _ => {}
        }
        if is_between && !text[done..tag.start].trim().is_empty() {
            return None;
        }
        done = tag.end;
    }
    let is_cut = open.is_empty() && !blocks.is_empty() && text[done..].trim().is_empty();
    is_cut.then_some(blocks)
}

/// Returns every name of the page's template that the values do not have, or not there.
pub(crate) fn unknown(text: &str, values: &Value) -> Vec<Unknown> {
    let Some(blocks) = blocks(text) else {
        return placed(text, unknown_at(text, values));
    };
    let mut found = Vec::new();
    for block in blocks {
        let mut here = values.clone();
        if let Some(here) = here.as_object_mut() {
            here.retain(|name, _| name == block.name || !LONG.contains(&name.as_str()));
        }
        let unknown = unknown_at(block.text, &here).into_iter();
        found.extend(unknown.map(|(at, message)| (block.start + at, elsewhere(message))));
    }
    placed(text, found)
}

/// Says where a long list can be named.
fn elsewhere(message: String) -> String {
    let long = LONG
        .iter()
        .find(|name| message.starts_with(&format!("unknown name `{name}`")));
    long.map_or(message, |name| {
        format!("`{name}` is filled piece by piece, in the block `{name}` alone; ask `totals` whether there are any")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Option<Vec<&str>> {
        blocks(text).map(|blocks| blocks.iter().map(|block| block.name).collect())
    }

    #[test]
    fn a_template_is_cut_where_nothing_stands_beside_its_blocks() {
        let cut = "{# ours #}\n{% block head %}<p>{{ x }}</p>{% block inner %}{% endblock %}{% endblock %}\n{%- block products -%}{% endblock products %}\n";
        assert_eq!(names(cut), Some(vec!["head", "products"]));
        for whole in [
            "",
            "<p>{{ x }}</p>",
            "<p>{% block a %}{% endblock %}",
            "{% block a %}{% endblock %}</p>",
            "{% block a %}{% endblock %}{{ x }}{% block b %}{% endblock %}",
            "{% if x %}{% block a %}{% endblock %}{% endif %}",
            "{% block a %}",
        ] {
            assert_eq!(names(whole), None, "{whole}");
        }
    }
}
