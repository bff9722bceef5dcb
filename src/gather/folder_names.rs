//! Which provision the name of a folder means that is not quite its number.

/// What the name of a folder means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant<'i> {
    Provision(&'i str),
    /// A number that the rules do not know.
    Unknown,
}

/// Returns what a name means; nothing for one that is no number of a provision at all.
pub(super) fn meant<'i>(name: &str, ids: &[&'i str]) -> Option<Meant<'i>> {
    if ids.contains(&name) {
        return None;
    }
    let wanted = parts(name);
    let same = |id: &&&str| parts(id) == wanted;
    if let Some(id) = ids.iter().find(same) {
        return Some(Meant::Provision(id));
    }
    if is_number(&wanted) {
        return Some(Meant::Unknown);
    }
    // `5.1-1 passwords`
    let begins = |id: &&&str| {
        let rest = name.strip_prefix(**id);
        rest.is_some_and(|rest| {
            let mut chars = rest.chars();
            chars.next().is_some_and(|c| !c.is_alphanumeric())
                && chars.next().is_some_and(char::is_alphabetic)
        })
    };
    ids.iter().find(begins).map(|id| Meant::Provision(id))
}

/// Returns the letters and the numbers of a name, without what is between them and without zeros before a number.
fn parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before = None;
    for c in name.chars() {
        let kind = c
            .is_ascii_digit()
            .then_some(true)
            .or(c.is_alphabetic().then_some(false));
        if let Some(is_digit) = kind {
            if before != Some(is_digit) {
                parts.push(String::new());
            }
            if let Some(part) = parts.last_mut() {
                part.extend(c.to_uppercase());
            }
        }
        before = kind;
    }
    let plain = |part: String| match part.trim_start_matches('0') {
        "" => part,
        rest => rest.to_owned(),
    };
    parts.into_iter().map(plain).collect()
}

/// Returns true for three short numbers of which the first is a clause of the standard, or for an item of the
/// lifecycle.
fn is_number(parts: &[String]) -> bool {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["5", clause, number] => clause.len() <= 2 && number.len() <= 2,
        ["CK", "LP", _] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_not_quite_numbers_are_understood() {
        let ids = ["5.1-1", "5.11-1", "5.3-10", "6-1", "CK-LP-01"];
        for (name, expected) in [
            ("5.1-1", None),
            ("5_1-1", Some(Meant::Provision("5.1-1"))),
            ("5.1.1", Some(Meant::Provision("5.1-1"))),
            ("5.1-01", Some(Meant::Provision("5.1-1"))),
            ("6.1", Some(Meant::Provision("6-1"))),
            ("ck-lp-1", Some(Meant::Provision("CK-LP-01"))),
            ("5.1-1 passwords", Some(Meant::Provision("5.1-1"))),
            ("5.1-1_policy", Some(Meant::Provision("5.1-1"))),
            ("5.9-9", Some(Meant::Unknown)),
            ("5.1-15", Some(Meant::Unknown)),
            ("CK-LP-99", Some(Meant::Unknown)),
            ("511", None),
            ("2026-01-05", None),
            ("photos", None),
            ("v5.1", None),
            ("1.10", None),
        ] {
            assert_eq!(meant(name, &ids), expected, "{name}");
        }
    }
}
