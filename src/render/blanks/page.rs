//! What an HTML template prints, apart from its tags and elements.

use crate::render::blanks::TAG;
use crate::render::names::tags;

/// Returns a page in which only what is printed is left, at the same bytes: tags are marked, elements blank.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut tags = tags(text).into_iter().peekable();
    let mut at = 0;
    while at < text.len() {
        if let Some(tag) = tags.next_if(|tag| tag.start <= at) {
            out.push(TAG);
            out.extend(std::iter::repeat_n(
                '\u{1}',
                tag.end - tag.start - TAG.len_utf8(),
            ));
            at = tag.end;
            continue;
        }
        let rest = &text[at..];
        let next = tags.peek().map_or(text.len(), |tag| tag.start);
        let end = hidden(rest).map_or(0, |length| at + length);
        if end > at {
            // A tag within an element goes with it.
            while tags.next_if(|tag| tag.start < end).is_some() {}
            out.extend(std::iter::repeat_n(' ', end - at));
            at = end;
        } else {
            let mut next_element = rest.match_indices('<').map(|(i, _)| i);
            let length = next_element.find(|i| *i > 0).unwrap_or(rest.len());
            let to = (at + length).min(next);
            out.push_str(&text[at..to]);
            at = to;
        }
    }
    out
}

/// The length of what a text begins with and does not print: an element's tag, a comment, a style, a script.
fn hidden(rest: &str) -> Option<usize> {
    let until = |end: &str| rest.find(end).map_or(rest.len(), |at| at + end.len());
    let is_element = |c: char| c.is_ascii_alphabetic() || c == '/' || c == '!' || c == '?';
    if rest.starts_with("<!--") {
        Some(until("-->"))
    } else if rest.starts_with("<style") {
        Some(until("</style>"))
    } else if rest.starts_with("<script") {
        Some(until("</script>"))
    } else if rest.starts_with('<') && rest[1..].starts_with(is_element) {
        Some(until(">"))
    } else {
        None
    }
}
