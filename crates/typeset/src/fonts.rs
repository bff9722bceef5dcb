//! The embedded fonts, and which characters they can draw. Only these files are used, never a font of the machine, so
//! that a document looks the same everywhere. The large Chinese, Japanese and Korean file and the Arabic, Hebrew and
//! Thai files are read only when a text needs them.

use std::sync::{Arc, OnceLock};

use parley::FontContext;
use parley::fontique::{
    Blob, CharmapIndex, Collection, CollectionOptions, FontInfo, SourceCache, SourceId, SourceInfo,
    SourceKind,
};

use super::script::{FallbackScript, turns_direction};

// Statics, not constants: the compiler may copy a constant of this size into the program twice.
static REGULAR: &[u8] = include_bytes!("../fonts/NotoSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../fonts/NotoSans-Bold.ttf");
static ITALIC: &[u8] = include_bytes!("../fonts/NotoSans-Italic.ttf");
static ASIAN: &[u8] = include_bytes!("../fonts/NotoSansCJK-Regular.ttc");
static ARABIC: &[u8] = include_bytes!("../fonts/NotoSansArabic-Regular.ttf");
static HEBREW: &[u8] = include_bytes!("../fonts/NotoSansHebrew-Regular.ttf");
static THAI: &[u8] = include_bytes!("../fonts/NotoSansThai-Regular.ttf");

/// The index of the Chinese, Japanese and Korean collection in [`files`].
const ASIAN_FILE: usize = 3;
/// The index of the first of the fallback fonts, in the order of [`FallbackScript::ALL`].
const FIRST_FALLBACK: usize = 4;
const FILES: usize = FIRST_FALLBACK + FallbackScript::ALL.len();

/// The family every text is set in first.
pub const LATIN_FAMILY: &str = "Noto Sans";

/// The embedded font files with their names.
pub fn files() -> [(&'static str, &'static [u8]); FILES] {
    [
        ("NotoSans-Regular.ttf", REGULAR),
        ("NotoSans-Bold.ttf", BOLD),
        ("NotoSans-Italic.ttf", ITALIC),
        ("NotoSansCJK-Regular.ttc", ASIAN),
        ("NotoSansArabic-Regular.ttf", ARABIC),
        ("NotoSansHebrew-Regular.ttf", HEBREW),
        ("NotoSansThai-Regular.ttf", THAI),
    ]
}

/// The embedded font files as lines of name and SHA-256. The hashes are constants, since reading 20 MB would cost
/// more than the rest of a run; a test compares them.
pub fn hashes() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../fonts/SHA256SUMS")
        .lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(hash, name)| (name, hash))
}

/// One face: a file of [`files`] and the index of the face inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Face {
    /// Index into [`files`].
    pub file: usize,
    /// Index of the face in a collection, 0 for a single font.
    pub index: u32,
}

/// Whether the embedded fonts can draw this character. Line breaks count as covered.
pub fn covers(character: char) -> bool {
    match character {
        // Latin letters with accents and Han characters are frequent, and asking a font takes time.
        ' '..='~' | '\n' | '\u{C0}'..='\u{17F}' | '\u{4E00}'..='\u{9FD5}' => true,
        // Control characters have no shape. An archival PDF may not contain private use characters or byte order
        // marks, even where a font draws them.
        '\u{FEFF}' | '\u{FFFE}' | '\u{E000}'..='\u{F8FF}' => false,
        other if other.is_control() || turns_direction(other) => false,
        other => match FallbackScript::of(other) {
            Some(fallback) => fallback_covers(fallback, other),
            None => latin_covers(other) || maps(&ASIAN_MAP, ASIAN, other),
        },
    }
}

/// The first character of the text that no embedded font can draw.
pub fn first_missing(text: &str) -> Option<char> {
    text.chars().find(|&character| !covers(character))
}

/// The fonts registered with the shaping library.
pub struct FontSet {
    pub context: FontContext,
    /// The identifier of each file in the shaping library.
    identifiers: [Option<u64>; FILES],
}

impl FontSet {
    /// The three Latin fonts; the others wait until they are asked for.
    pub fn new() -> Self {
        let options = CollectionOptions {
            shared: false,
            system_fonts: false,
        };
        let context = FontContext {
            collection: Collection::new(options),
            source_cache: SourceCache::default(),
        };
        let mut set = Self {
            context,
            identifiers: [None; FILES],
        };
        (0..ASIAN_FILE).for_each(|file| set.register(file));
        set
    }

    /// Makes the large font available; costs nothing after the first time.
    pub fn need_asian(&mut self) {
        if !self.has_asian() {
            self.register(ASIAN_FILE);
        }
    }

    /// Makes the font of a fallback script available; costs nothing after the first time.
    pub(super) fn need(&mut self, fallback: FallbackScript) {
        let file = file_of(fallback);
        if self.identifiers[file].is_none() {
            self.register(file);
        }
    }

    pub fn has_asian(&self) -> bool {
        self.identifiers[ASIAN_FILE].is_some()
    }

    /// The face behind an identifier of the shaping library.
    pub fn face(&self, identifier: u64, index: u32) -> Option<Face> {
        let file = self
            .identifiers
            .iter()
            .position(|known| *known == Some(identifier))?;
        Some(Face { file, index })
    }

    fn register(&mut self, file: usize) {
        let blob = Blob::new(Arc::new(files()[file].1));
        self.identifiers[file] = Some(blob.id());
        self.context.collection.register_fonts(blob, None);
    }
}

impl Default for FontSet {
    fn default() -> Self {
        Self::new()
    }
}

static LATIN_MAP: OnceLock<Option<CharmapIndex>> = OnceLock::new();
static ASIAN_MAP: OnceLock<Option<CharmapIndex>> = OnceLock::new();
static FALLBACK_MAPS: [OnceLock<Option<CharmapIndex>>; FallbackScript::ALL.len()] =
    [const { OnceLock::new() }; FallbackScript::ALL.len()];

fn file_of(fallback: FallbackScript) -> usize {
    FIRST_FALLBACK + fallback as usize
}

fn fallback_covers(fallback: FallbackScript, character: char) -> bool {
    let file = files()[file_of(fallback)].1;
    maps(&FALLBACK_MAPS[fallback as usize], file, character)
}

/// Whether Noto Sans draws this character.
pub(super) fn latin_covers(character: char) -> bool {
    maps(&LATIN_MAP, REGULAR, character)
}

/// A glyph without shape and width, in the fonts that have one: the space without width.
pub(super) fn blank(face: Face) -> Option<u32> {
    let fallback = face.file.checked_sub(FIRST_FALLBACK)?;
    glyph(
        FALLBACK_MAPS.get(fallback)?,
        files()[face.file].1,
        '\u{200B}',
    )
}

fn maps(cell: &OnceLock<Option<CharmapIndex>>, file: &'static [u8], character: char) -> bool {
    glyph(cell, file, character).is_some()
}

/// Looks a character up in the first face of a file. All faces of the large file draw the same characters, so the
/// first one is enough.
fn glyph(
    cell: &OnceLock<Option<CharmapIndex>>,
    file: &'static [u8],
    character: char,
) -> Option<u32> {
    let index = cell.get_or_init(|| {
        let kind = SourceKind::Memory(Blob::new(Arc::new(file)));
        FontInfo::from_source(SourceInfo::new(SourceId::new(), kind), 0)
            .map(|font| font.charmap_index())
    });
    index
        .and_then(|index| index.charmap(file))
        .and_then(|map| map.map(character))
        .filter(|glyph| *glyph != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covers_what_it_says() {
        for character in "aßđ€–ệ가日本あ中體、שعيไ่پ\u{a0}".chars() {
            assert!(covers(character), "{character}");
        }
        assert!(
            ('\u{C0}'..='\u{17F}').all(latin_covers),
            "taken for granted"
        );
        let han = |character| maps(&ASIAN_MAP, ASIAN, character);
        assert!(('\u{4E00}'..='\u{9FD5}').all(han), "taken for granted");
        for character in "अஅ\u{7}\u{FEFF}\u{E000}\u{202E}\u{2067}😀".chars() {
            assert!(!covers(character), "{character}");
        }
        assert_eq!(first_missing("abc अ"), Some('अ'));
        assert_eq!(first_missing("line\nbreak"), None);
    }

    #[test]
    fn the_large_font_is_registered_on_demand() {
        let mut fonts = FontSet::new();
        assert!(
            fonts
                .context
                .collection
                .family_by_name("Noto Sans CJK JP")
                .is_none()
        );
        fonts.need_asian();
        assert!(
            fonts
                .context
                .collection
                .family_by_name("Noto Sans CJK KR")
                .is_some()
        );
    }
}
