//! The page of a batch, cut into its blocks. Two lists are as long as the batch; the block that bears the name of
//! one is filled again for each piece of it, so that it may only go through the list, item by item.

use serde_json::Value;

use crate::render::names::{Tag, named, tags, unknown_at};
use crate::render::template::REPORT;

/// A list that is as long as the batch.
pub(crate) struct Long {
    /// Its name, and that of the block in which alone it is known.
    pub(crate) name: &'static str,
    /// What is asked whether there are any.
    ask: &'static str,
}

/// The lists that are as long as the batch.
pub(crate) const LONG: [Long; 2] = [
    Long {
        name: "products",
        ask: "totals.products",
    },
    Long {
        name: "failures",
        ask: "totals.blocked",
    },
];

/// Returns the long list of a name.
pub(crate) fn long(name: &str) -> Option<&'static Long> {
    LONG.iter().find(|long| long.name == name)
}

/// A block of a template.
pub(crate) struct Block<'t> {
    pub(crate) name: &'t str,
    /// Where its text begins, in bytes.
    start: usize,
    pub(crate) text: &'t str,
    /// Its marks, and the blanks behind it.
    opened: &'t str,
    closed: &'t str,
    behind: String,
}

impl Block<'_> {
    /// Returns what the template of the block is called.
    pub(crate) fn part(&self) -> String {
        // The end tells the engine that it is HTML.
        format!("{REPORT}: {}.html", self.name)
    }

    /// Returns the block as a template of its own, with the lines that it has in the whole.
    fn template(&self, whole: &str) -> String {
        let lines = "\n".repeat(whole[..self.start].matches('\n').count());
        let trims = if self.opened.ends_with("-%}") {
            "-"
        } else {
            ""
        };
        let text = if self.closed.starts_with("{%-") {
            self.text.trim_end()
        } else {
            self.text
        };
        let behind = if self.closed.ends_with("-%}") {
            ""
        } else {
            &self.behind
        };
        format!("{{#{lines} {trims}#}}{text}{behind}")
    }
}

/// Returns the blocks of the page's template as templates of their own, by name.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = (String, String)> + '_ {
    let blocks = blocks(text).into_iter().flatten();
    blocks.map(|block| (block.part(), block.template(text)))
}

/// Returns the blocks into which a template is cut; nothing if something stands beside them, or if none is that of
/// a long list: the template is then filled at once.
pub(crate) fn blocks(text: &str) -> Option<Vec<Block<'_>>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut open: Vec<(&str, &Tag)> = Vec::new();
    let mut done = 0;
    let tags = tags(text);
    for tag in &tags {
        if open.is_empty() {
            beside(&text[done..tag.start], blocks.last_mut())?;
        }
        done = tag.end;
        let (word, name) = words(text, tag);
        match word {
            "block" => open.push((name, tag)),
            "endblock" => {
                let (name, opened) = open.pop()?;
                if open.is_empty() {
                    blocks.push(Block {
                        name,
                        start: opened.end,
                        text: &text[opened.end..tag.start],
                        opened: &text[opened.start..opened.end],
                        closed: &text[tag.start..tag.end],
                        behind: String::new(),
                    });
                }
            }
            _ if open.is_empty() && !tag.is_comment => return None,
            _ => {}
        }
    }
    beside(&text[done..], blocks.last_mut())?;
    let is_cut = open.is_empty() && blocks.iter().any(|block| long(block.name).is_some());
    is_cut.then_some(blocks)
}

/// Takes what stands between two blocks to the first of them; nothing if it is more than blanks.
fn beside(text: &str, before: Option<&mut Block<'_>>) -> Option<()> {
    if let Some(before) = before {
        before.behind.push_str(text);
    }
    text.trim().is_empty().then_some(())
}

/// Returns the first two words of a tag that is no value and no comment.
fn words<'t>(text: &'t str, tag: &Tag) -> (&'t str, &'t str) {
    if tag.is_value || tag.is_comment {
        return ("", "");
    }
    let inside = text[tag.start + 2..tag.end - 2].trim_matches(['-', ' ', '\n', '\t', '\r']);
    let mut words = inside.split_whitespace();
    let mut word = || words.next().unwrap_or_default();
    (word(), word())
}

fn last_word(inside: &str) -> &str {
    let inside = inside.trim_end_matches('-');
    inside.split_whitespace().next_back().unwrap_or_default()
}

/// Returns the values that a block knows: of the long lists its own alone.
pub(crate) fn known(block: &Block<'_>, values: &Value) -> Value {
    let mut known = values.clone();
    if let Some(known) = known.as_object_mut() {
        known.retain(|name, _| name == block.name || long(name).is_none());
    }
    known
}

/// Returns what is wrong with the names of a block, each with its byte in the whole template.
pub(crate) fn faults(block: &Block<'_>, values: &Value) -> Vec<(usize, String)> {
    let unknown = unknown_at(block.text, &known(block, values)).into_iter();
    let mut faults: Vec<_> = unknown
        .map(|(at, message)| (at, elsewhere(&block.text[at..]).unwrap_or(message)))
        .collect();
    if let Some(long) = long(block.name) {
        faults.extend(not_item_by_item(block.text, long));
    }
    let at_whole = |(at, message)| (block.start + at, message);
    faults.into_iter().map(at_whole).collect()
}

/// Says where a long list is known, if that is what a text begins with.
fn elsewhere(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let Long { name, ask } = long(&text[..end.unwrap_or(text.len())])?;
    Some(format!(
        "`{name}` is filled piece by piece, and known in the block `{name}` alone, which stands in no other; ask `{ask}` whether there are any"
    ))
}

/// Returns every place at which the block of a long list does something else than go through it.
fn not_item_by_item(text: &str, long: &Long) -> Vec<(usize, String)> {
    let Long { name, ask } = long;
    let mut faults = Vec::new();
    let mut loops: Vec<bool> = Vec::new();
    for tag in tags(text).iter().filter(|tag| !tag.is_comment) {
        let inside = &text[tag.start + 2..tag.end - 2];
        let names = named(inside);
        let (word, _) = words(text, tag);
        let is_through = word == "for" && last_word(inside) == *name;
        let root = |path: &&str| path.split('.').next() == Some(name);
        if names.iter().any(root) && !is_through {
            faults.push((
                tag.start,
                format!("`{name}` is filled piece by piece, so it can only be gone through with `for`; ask `{ask}` how many there are"),
            ));
        }
        match word {
            "for" => loops.push(is_through),
            "endfor" => drop(loops.pop()),
            _ => {}
        }
        let counts = names.iter().any(|path| path.starts_with("loop."));
        if counts && loops.last() == Some(&true) {
            faults.push((
                tag.start,
                format!("`loop` begins anew with each piece of `{name}`; take a value of the item"),
            ));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn names(text: &str) -> Option<Vec<&str>> {
        blocks(text).map(|blocks| blocks.iter().map(|block| block.name).collect())
    }

    #[test]
    fn a_template_is_cut_where_nothing_stands_beside_its_blocks() {
        let cut = "{# ours #}\n{% block head %}<p>{{ x }}</p>{% block inner %}{% endblock %}{% endblock %}\n{%- block products -%}{% endblock products %}\n";
        assert_eq!(names(cut), Some(vec!["head", "products"]));
        let long = "{% block products %}{% endblock %}";
        for whole in [
            String::new(),
            "<p>{{ x }}</p>".to_owned(),
            "{% block page %}<p>all at once</p>{% endblock %}".to_owned(),
            "{% block page %}{% block products %}{% endblock %}{% endblock %}".to_owned(),
            format!("<p>{long}"),
            format!("{long}</p>"),
            format!("{long}{{{{ x }}}}{long}"),
            format!("{{% if x %}}{long}{{% endif %}}"),
            "{% block products %}".to_owned(),
        ] {
            assert_eq!(names(&whole), None, "{whole}");
        }
    }

    #[test]
    fn blanks_and_marks_of_blocks_are_kept() {
        let text =
            "{% block head -%}\nHello{% endblock %} {% block products %}\n x {%- endblock -%} \n";
        let parts: Vec<_> = parts(text).map(|(_, part)| part).collect();
        assert_eq!(parts, ["{# -#}\nHello ", "{#\n #}\n x"]);
    }

    #[test]
    fn a_long_list_can_only_be_gone_through() {
        let values = json!({ "products": [{ "name": "Hub", "failures": [] }], "failures": [], "totals": { "failures": 1 } });
        let said = |text: &str| -> Vec<String> {
            let blocks = blocks(text).unwrap();
            let faults = blocks.iter().flat_map(|block| faults(block, &values));
            faults
                .map(|(at, message)| format!("{} {message}", &text[at..at + 8]))
                .collect()
        };
        let fine = "{% block head %}{{ totals.failures }}{% endblock %}{% block products %}{% for one in products -%}{{ one.name }}{% for two in one.failures %}{{ loop.index }}{% endfor %}{% endfor %}{% endblock %}";
        assert_eq!(said(fine), [""; 0]);
        let wrong = "{% block head %}{% if failures %}{% endif %}{% endblock %}{% block products %}{% if products %}{% endif %}{% for one in products %}{{ loop.index }}{% endfor %}{{ products | length }}{% endblock %}";
        let wrong = said(wrong);
        assert_eq!(wrong.len(), 4, "{wrong:#?}");
        assert!(wrong[0].starts_with("failures `failures` is filled piece by piece, and known"));
        assert!(wrong[1].starts_with("{% if pr `products` is filled piece by piece, so"));
        assert!(wrong[2].starts_with("{{ loop. `loop` begins anew"));
        assert!(wrong[3].starts_with("{{ produ `products`"));
    }
}
