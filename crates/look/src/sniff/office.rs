//! Office files of the newer formats: an archive, and in it a main part of the right type.

use clspack_archive::Archive;
use memchr::memmem;
use quick_xml::events::Event;

use crate::sniff::{Fault, FaultKind, Judged, archive, kind, parts, text};

const LIST: &str = "[Content_Types].xml";
/// The largest list of types that is read, in bytes.
const MAX_LIST: u64 = 4_000_000;

/// Types of main parts, by the words in them, and the type of file that has them.
const MAIN: &[(&str, &str)] = &[
    ("wordprocessingml.document.main+xml", "docx"),
    ("wordprocessingml.template.main+xml", "dotx"),
    ("ms-word.document.macroenabled.main+xml", "docm"),
    ("ms-word.template.macroenabledtemplate.main+xml", "dotm"),
    ("spreadsheetml.sheet.main+xml", "xlsx"),
    ("spreadsheetml.template.main+xml", "xltx"),
    ("ms-excel.sheet.macroenabled.main+xml", "xlsm"),
    ("ms-excel.sheet.binary.macroenabled.main", "xlsb"),
    ("presentationml.presentation.main+xml", "pptx"),
    ("presentationml.slideshow.main+xml", "ppsx"),
    ("presentationml.template.main+xml", "potx"),
    ("ms-powerpoint.presentation.macroenabled.main+xml", "pptm"),
];

/// The types that an office file gives its parts.
#[derive(Default)]
struct Types {
    /// The type of file, by its main part.
    kind: Option<&'static str>,
    /// The names of main parts.
    main: Vec<String>,
    has_macros: bool,
}

/// Returns the type of an archive that is an office file.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let mut archive = match archive::open(bytes) {
        Ok(archive) => archive,
        // Its list is there, and too long to be read.
        Err(fault) if fault.kind == FaultKind::Unopened => return Some("zip"),
        Err(_) => return None,
    };
    if let Some(mimetype) = archive::part(&mut archive, "mimetype", 200) {
        return match mimetype.trim_ascii() {
            b"application/vnd.oasis.opendocument.text" => Some("odt"),
            b"application/vnd.oasis.opendocument.spreadsheet" => Some("ods"),
            b"application/vnd.oasis.opendocument.presentation" => Some("odp"),
            b"application/epub+zip" => Some("epub"),
            _ => Some("zip"),
        };
    }
    let list = archive::part(&mut archive, LIST, MAX_LIST);
    list.and_then(|list| types(&list).kind).or(Some("zip"))
}

/// Judges a file that is named as an office file.
pub(super) fn check(bytes: &[u8], extension: &str) -> Judged {
    let mut archive = archive::open(bytes)?;
    let Some(list) = archive::part(&mut archive, LIST, MAX_LIST) else {
        let has_list = archive.find(LIST).is_some();
        return Err(if has_list {
            Fault::damaged("is damaged: the list of its parts cannot be read")
        } else {
            Fault::differs(extension, &kind::in_words("zip"))
        });
    };
    let types = types(&list);
    if types.has_macros || has_macros(&archive) {
        return Err(Fault::macros());
    }
    let names: Vec<String> = archive
        .members()
        .iter()
        .map(|part| part.name.to_lowercase())
        .collect();
    let is_there = |main: &String| {
        let name = main.trim_start_matches('/').to_lowercase();
        // A main part that is given by the ending of its name alone is any part with that ending.
        names
            .iter()
            .any(|one| *one == name || (name.starts_with('.') && one.ends_with(&name)))
    };
    if !types.main.iter().any(is_there) {
        return Err(Fault::damaged("is damaged: it holds no document"));
    }
    parts::check(&mut archive, &types.main, &names)
}

/// Returns true for an archive with a part that Office, or an `OpenDocument` program, keeps programs in.
pub(super) fn has_macros(archive: &Archive<'_>) -> bool {
    archive.members().iter().any(|part| {
        let name = &part.name;
        let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
        // Lists of modules are there even where no module is.
        let is_module = name.starts_with("Basic/") && !file.starts_with("script-l");
        file.eq_ignore_ascii_case("vbaProject.bin") || (is_module && !file.is_empty())
    })
}

/// An `OpenDocument` file says of each part how it is locked.
pub(super) fn is_locked_open_document(archive: &mut Archive<'_>) -> bool {
    let list = archive::part(archive, "META-INF/manifest.xml", MAX_LIST);
    list.is_some_and(|list| memmem::find(&list, b":encryption-data").is_some())
}

fn types(list: &[u8]) -> Types {
    let mut types = Types::default();
    let list = text::decoded(list);
    let Ok(list) = std::str::from_utf8(&list) else {
        return types;
    };
    let mut reader = quick_xml::Reader::from_str(list);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let value = |name: &str| {
                    let mut all = tag.attributes().filter_map(Result::ok);
                    let found = all.find(|one| one.key.local_name().as_ref() == name)?;
                    Some(found.value.to_string())
                };
                let name = value("PartName");
                let name = name.or_else(|| Some(format!(".{}", value("Extension")?)));
                types.take(
                    &name.unwrap_or_default(),
                    &value("ContentType").unwrap_or_default(),
                );
            }
            Ok(Event::Eof) | Err(_) => return types,
            Ok(_) => {}
        }
    }
}

impl Types {
    fn take(&mut self, name: &str, of: &str) {
        let of = of.to_ascii_lowercase();
        let found = MAIN.iter().find(|(words, _)| of.contains(words));
        if let Some((_, kind)) = found {
            self.kind = self.kind.or(Some(kind));
            self.main.push(name.to_owned());
        }
        // A default says of a type only that it may be there.
        let is_part = !name.starts_with('.');
        self.has_macros |= of.contains("macroenabled");
        self.has_macros |=
            is_part && (of.contains("vbaproject") || of.contains("ms-excel.macrosheet"));
    }
}
