//! The embedded fonts, and which characters they can draw.
//!
//! It promises that only these four files are ever used, never a font of the
//! machine, so that a document looks the same everywhere; and that the large
//! Chinese, Japanese and Korean file is neither parsed nor read into memory
//! until a text holds a character that Noto Sans lacks.
//!
//! Not here: shaping (`text.rs`) and embedding in the PDF (`pdf.rs`).

use std::sync::{Arc, OnceLock};

use parley::FontContext;
use parley::fontique::{
    Blob, CharmapIndex, Collection, CollectionOptions, FontInfo, SourceCache, SourceId, SourceInfo,
    SourceKind,
};

// Statics, not constants: a constant of this size may end up in the program twice.
static REGULAR: &[u8] = include_bytes!("../../templates/fonts/NotoSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../templates/fonts/NotoSans-Bold.ttf");
static ITALIC: &[u8] = include_bytes!("../../templates/fonts/NotoSans-Italic.ttf");
static ASIAN: &[u8] = include_bytes!("../../templates/fonts/NotoSansCJK-Regular.ttc");

/// The index of the Chinese, Japanese and Korean collection in [`files`].
const ASIAN_FILE: usize = 3;

/// The family every text is set in first.
pub const LATIN_FAMILY: &str = "Noto Sans";

/// The embedded font files with their names.
pub fn files() -> [(&'static str, &'static [u8]); 4] {
    [
        ("NotoSans-Regular.ttf", REGULAR),
        ("NotoSans-Bold.ttf", BOLD),
        ("NotoSans-Italic.ttf", ITALIC),
        ("NotoSansCJK-Regular.ttc", ASIAN),
    ]
}

/// The hashes of the embedded font files as lines of name and SHA-256. They are written down rather
/// than computed, since reading 20 MB would cost more than all the rest of a run; a test compares them.
pub fn hashes() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../../templates/fonts/SHA256SUMS")
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
        ' '..='~' | '\n' => true,
        // Control characters have no shape; private use and byte order marks
        // may not stand in an archival PDF even where a font draws them.
        '\u{FEFF}' | '\u{FFFE}' | '\u{E000}'..='\u{F8FF}' => false,
        other if other.is_control() => false,
        other => latin_covers(other) || maps(&ASIAN_MAP, ASIAN, other),
    }
}

/// The first character of the text that no embedded font can draw.
pub fn first_missing(text: &str) -> Option<char> {
    text.chars().find(|&character| !covers(character))
}

/// Which writing a text needs beyond Noto Sans, the most telling last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Script {
    /// Noto Sans draws all of it.
    Latin,
    /// Han characters, or anything else only the large font draws.
    Chinese,
    /// Korean, told by hangul.
    Korean,
    /// Japanese, told by kana.
    Japanese,
}

impl Script {
    /// The script of a text taken alone. Kana outweigh hangul, and hangul Han.
    pub fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self::Latin;
        }
        text.chars()
            .map(Self::of_character)
            .max()
            .unwrap_or(Self::Latin)
    }

    /// The script a single character speaks for.
    pub fn of_character(character: char) -> Self {
        match character {
            '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => {
                Self::Japanese
            }
            '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7AF}' => {
                Self::Korean
            }
            other if other.is_control() || latin_covers(other) => Self::Latin,
            _ => Self::Chinese,
        }
    }

    /// The family that draws this script, none when Noto Sans does.
    pub fn family(self) -> Option<&'static str> {
        match self {
            Self::Latin => None,
            Self::Japanese => Some("Noto Sans CJK JP"),
            Self::Korean => Some("Noto Sans CJK KR"),
            Self::Chinese => Some("Noto Sans CJK SC"),
        }
    }
}

/// The fonts registered with the shaping library.
pub struct FontSet {
    /// What the shaping library asks for fonts.
    pub context: FontContext,
    /// The identifier the shaping library knows each file by.
    identifiers: [Option<u64>; 4],
}

impl FontSet {
    /// The three Latin fonts; the large font waits for [`FontSet::need_asian`].
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
            identifiers: [None; 4],
        };
        (0..ASIAN_FILE).for_each(|file| set.register(file));
        set
    }

    /// Makes the large font available; free after the first time.
    pub fn need_asian(&mut self) {
        if !self.has_asian() {
            self.register(ASIAN_FILE);
        }
    }

    /// Whether the large font is available.
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

fn latin_covers(character: char) -> bool {
    maps(&LATIN_MAP, REGULAR, character)
}

/// Looks a character up in the first face of a file. All faces of the large
/// file draw the same characters, so that its first face speaks for the rest.
fn maps(cell: &OnceLock<Option<CharmapIndex>>, file: &'static [u8], character: char) -> bool {
    let index = cell.get_or_init(|| {
        let kind = SourceKind::Memory(Blob::new(Arc::new(file)));
        FontInfo::from_source(SourceInfo::new(SourceId::new(), kind), 0)
            .map(|font| font.charmap_index())
    });
    index
        .and_then(|index| index.charmap(file))
        .and_then(|map| map.map(character))
        .is_some_and(|glyph| glyph != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covers_what_it_says() {
        for character in "aßđ€–ệ가日本あ中體、\u{a0}".chars() {
            assert!(covers(character), "{character}");
        }
        for character in "שع\u{7}\u{FEFF}\u{E000}😀".chars() {
            assert!(!covers(character), "{character}");
        }
        assert_eq!(first_missing("abc ש"), Some('ש'));
        assert_eq!(first_missing("line\nbreak"), None);
    }

    #[test]
    fn scripts_are_told_apart() {
        assert_eq!(Script::of("Straße, Việt Nam"), Script::Latin);
        assert_eq!(Script::of("東京のアプリ"), Script::Japanese);
        assert_eq!(Script::of("서울 中區"), Script::Korean);
        assert_eq!(Script::of("北京"), Script::Chinese);
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
