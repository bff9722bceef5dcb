//! The words of XML in a PDF file, such as its properties: texts and values, without names.

/// Calls `each` with each text between tags, and each attribute value.
pub(super) fn words(bytes: &[u8], mut each: impl FnMut(&str)) {
    let text = match bytes {
        [0xfe | 0xff, ..] => super::encoding::decode(bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    let mut parts = text.split('<');
    each(&plain(parts.next().unwrap_or_default()));
    for part in parts {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        if !tag.starts_with(['?', '!', '/']) {
            values(tag, &mut each);
        }
        each(&plain(text));
    }
}

fn values(tag: &str, each: &mut impl FnMut(&str)) {
    let mut pieces = tag.split(['"', '\'']);
    while let (Some(name), Some(value)) = (pieces.next(), pieces.next()) {
        // Namespaces say nothing about this file.
        if !name.contains("xmlns") {
            each(&plain(value));
        }
    }
}

/// Resolves the entities of XML.
fn plain(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let entity = after.get(..after.len().min(10)).unwrap_or(after);
        let known = entity
            .split_once(';')
            .and_then(|(name, _)| Some((name.len(), character(name)?)));
        let (c, n_read) = known.map_or(('&', 0), |(length, c)| (c, length + 1));
        plain.push(c);
        rest = &after[n_read..];
    }
    plain + rest
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let code = name.strip_prefix('#')?;
            let code = match code.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => code.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn texts_and_values_are_words() {
        let mut found = Vec::new();
        let xml = b"<?x y='z'?><a xmlns:b=\"http://x/\" b:c=\"A &amp; B\"><d>M&#xFC;ller</d> &unknown; </a>";
        words(xml, |word| found.push(word.trim().to_owned()));
        found.retain(|word| !word.is_empty());
        assert_eq!(found, ["A & B", "Müller", "&unknown;"]);
    }
}
