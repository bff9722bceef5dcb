//! Names of glyphs, and their characters.

/// Letters with an accent: its name, then pairs of the plain letter and the accented one.
const ACCENTED: &[(&str, &str)] = &[
    ("grave", "AÀEÈIÌOÒUÙaàeèiìoòuùNǸnǹWẀwẁYỲyỳ"),
    (
        "acute",
        "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźWẂwẃ",
    ),
    (
        "circumflex",
        "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷ",
    ),
    ("tilde", "AÃNÑOÕaãnñoõIĨiĩUŨuũEẼeẽ"),
    ("dieresis", "AÄEËIÏOÖUÜYŸaäeëiïoöuüyÿWẄwẅ"),
    ("ring", "AÅaåUŮuů"),
    ("cedilla", "CÇcçSŞsşTŢtţ"),
    ("caron", "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžGǦgǧ"),
    ("macron", "AĀaāEĒeēIĪiīOŌoōUŪuū"),
    ("breve", "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭ"),
    ("dotaccent", "CĊcċEĖeėGĠgġIİZŻzż"),
    ("ogonek", "AĄaąEĘeęIĮiįUŲuų"),
    ("hungarumlaut", "OŐoőUŰuű"),
    ("commaaccent", "GĢgģKĶkķLĻlļNŅnņRŖrŗSȘsșTȚtț"),
    ("slash", "OØoøLŁlł"),
    ("croat", "DĐdđ"),
];

/// Everything else, sorted by name.
const NAMED: &[(&str, char)] = &[
    ("AE", 'Æ'),
    ("Eth", 'Ð'),
    ("Euro", '€'),
    ("IJ", 'Ĳ'),
    ("Lslash", 'Ł'),
    ("OE", 'Œ'),
    ("Ohm", 'Ω'),
    ("Thorn", 'Þ'),
    ("acute", '´'),
    ("ae", 'æ'),
    ("ampersand", '&'),
    ("apple", '\u{2318}'),
    ("approxequal", '≈'),
    ("arrowdown", '↓'),
    ("arrowleft", '←'),
    ("arrowright", '→'),
    ("arrowup", '↑'),
    ("asciicircum", '^'),
    ("asciitilde", '~'),
    ("asterisk", '*'),
    ("at", '@'),
    ("backslash", '\\'),
    ("bar", '|'),
    ("braceleft", '{'),
    ("braceright", '}'),
    ("bracketleft", '['),
    ("bracketright", ']'),
    ("breve", '˘'),
    ("brokenbar", '¦'),
    ("bullet", '•'),
    ("caron", 'ˇ'),
    ("cedilla", '¸'),
    ("cent", '¢'),
    ("check", '✓'),
    ("circle", '○'),
    ("circumflex", 'ˆ'),
    ("colon", ':'),
    ("comma", ','),
    ("copyright", '©'),
    ("currency", '¤'),
    ("dagger", '†'),
    ("daggerdbl", '‡'),
    ("degree", '°'),
    ("diamond", '♦'),
    ("dieresis", '¨'),
    ("divide", '÷'),
    ("dollar", '$'),
    ("dotaccent", '˙'),
    ("dotlessi", 'ı'),
    ("dotlessj", 'ȷ'),
    ("eight", '8'),
    ("ellipsis", '…'),
    ("emdash", '—'),
    ("endash", '–'),
    ("equal", '='),
    ("estimated", '℮'),
    ("eth", 'ð'),
    ("exclam", '!'),
    ("exclamdown", '¡'),
    ("ff", 'ﬀ'),
    ("ffi", 'ﬃ'),
    ("ffl", 'ﬄ'),
    ("fi", 'ﬁ'),
    ("five", '5'),
    ("fl", 'ﬂ'),
    ("florin", 'ƒ'),
    ("four", '4'),
    ("fraction", '⁄'),
    ("germandbls", 'ß'),
    ("grave", '`'),
    ("greater", '>'),
    ("greaterequal", '≥'),
    ("guillemotleft", '«'),
    ("guillemotright", '»'),
    ("guilsinglleft", '‹'),
    ("guilsinglright", '›'),
    ("hungarumlaut", '˝'),
    ("hyphen", '-'),
    ("hyphentwo", '-'),
    ("ij", 'ĳ'),
    ("increment", '∆'),
    ("infinity", '∞'),
    ("integral", '∫'),
    ("kgreenlandic", 'ĸ'),
    ("less", '<'),
    ("lessequal", '≤'),
    ("logicalnot", '¬'),
    ("longs", 'ſ'),
    ("lozenge", '◊'),
    ("macron", '¯'),
    ("minus", '−'),
    ("minute", '′'),
    ("mu", 'µ'),
    ("multiply", '×'),
    ("nbspace", ' '),
    ("nine", '9'),
    ("nonbreakingspace", ' '),
    ("notequal", '≠'),
    ("numbersign", '#'),
    ("numero", '№'),
    ("oe", 'œ'),
    ("ogonek", '˛'),
    ("one", '1'),
    ("onehalf", '½'),
    ("onequarter", '¼'),
    ("onesuperior", '¹'),
    ("ordfeminine", 'ª'),
    ("ordmasculine", 'º'),
    ("paragraph", '¶'),
    ("parenleft", '('),
    ("parenright", ')'),
    ("partialdiff", '∂'),
    ("percent", '%'),
    ("period", '.'),
    ("periodcentered", '·'),
    ("perthousand", '‰'),
    ("plus", '+'),
    ("plusminus", '±'),
    ("product", '∏'),
    ("question", '?'),
    ("questiondown", '¿'),
    ("quotedbl", '"'),
    ("quotedblbase", '„'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotesinglbase", '‚'),
    ("quotesingle", '\''),
    ("radical", '√'),
    ("registered", '®'),
    ("ring", '˚'),
    ("second", '″'),
    ("section", '§'),
    ("semicolon", ';'),
    ("seven", '7'),
    ("sfthyphen", '-'),
    ("six", '6'),
    ("slash", '/'),
    ("softhyphen", '-'),
    ("space", ' '),
    ("square", '□'),
    ("st", 'ﬆ'),
    ("sterling", '£'),
    ("summation", '∑'),
    ("thorn", 'þ'),
    ("three", '3'),
    ("threequarters", '¾'),
    ("threesuperior", '³'),
    ("tilde", '˜'),
    ("trademark", '™'),
    ("triangle", '△'),
    ("two", '2'),
    ("twosuperior", '²'),
    ("underscore", '_'),
    ("visiblespace", ' '),
    ("yen", '¥'),
    ("zero", '0'),
];

/// The letters of Greek, in the order of the alphabet from α on.
const GREEK: [&str; 25] = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma1", "sigma", "tau", "upsilon", "phi",
    "chi", "psi", "omega",
];

/// Returns the characters of the glyph with this name.
pub(super) fn characters(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    // `a.sc` is a variant of `a`; `f_i` is both letters.
    let stem = name.split('.').next().filter(|stem| !stem.is_empty())?;
    stem.split('_').map(part).collect()
}

fn part(name: &str) -> Option<String> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Some(letter.to_string());
    }
    if let Ok(at) = NAMED.binary_search_by_key(&name, |(name, _)| name) {
        return Some(NAMED[at].1.to_string());
    }
    accented(name)
        .or_else(|| greek(name))
        .map(String::from)
        .or_else(|| by_code(name))
}

fn accented(name: &str) -> Option<char> {
    let letter = name.chars().next()?;
    let accent = name.get(1..)?;
    let (_, pairs) = ACCENTED.iter().find(|(known, _)| *known == accent)?;
    let pairs: Vec<char> = pairs.chars().collect();
    let pair = pairs.chunks_exact(2).find(|pair| pair[0] == letter);
    pair.map(|pair| pair[1])
}

fn greek(name: &str) -> Option<char> {
    let small = name.to_ascii_lowercase();
    let at = GREEK.iter().position(|greek| *greek == small)?;
    let first = if name.starts_with(|c: char| c.is_ascii_uppercase()) {
        'Α'
    } else {
        'α'
    };
    char::from_u32(u32::from(first) + u32::try_from(at).ok()?)
}

/// Returns the characters of names that are codes: `uni20AC` (several in a row, too), `u1F600`.
fn by_code(name: &str) -> Option<String> {
    if let Some(digits) = name
        .strip_prefix("uni")
        .filter(|digits| digits.len() >= 4 && digits.is_ascii())
    {
        let codes = digits.as_bytes().chunks_exact(4);
        let units: Option<Vec<u16>> = codes
            .map(|code| u16::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok())
            .collect();
        return String::from_utf16(&units?).ok();
    }
    let digits = name
        .strip_prefix('u')
        .filter(|digits| (4..=6).contains(&digits.len()))?;
    let code = u32::from_str_radix(digits, 16).ok()?;
    char::from_u32(code).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::{NAMED, characters};

    #[test]
    fn names_are_sorted() {
        assert!(NAMED.is_sorted());
    }

    #[test]
    fn a_glyph_is_known_by_its_name() {
        let shows = |name: &str| characters(name.as_bytes());
        for (name, character) in [
            ("A", "A"),
            ("eacute", "é"),
            ("Scaron", "Š"),
            ("germandbls", "ß"),
            ("Omega", "Ω"),
            ("uni20AC", "€"),
            ("uni00660069", "fi"),
            ("u1F600", "😀"),
            ("f_i.alt", "fi"),
            ("lslash", "ł"),
        ] {
            assert_eq!(shows(name).as_deref(), Some(character), "{name}");
        }
        for name in ["g23", "cid", ".notdef", "", "C0001"] {
            assert_eq!(shows(name), None, "{name}");
        }
    }
}
