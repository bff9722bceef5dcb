//! The parts of an office file: whether they are there, and whether each is XML that can be read.

use clspack_archive::Archive;
use quick_xml::events::Event;

use crate::sniff::{Fault, Judged, archive, text, xml};

/// The largest list of relations that is read, in bytes.
const MAX_LIST: u64 = 4_000_000;

/// Judges the parts of an office file. `main` names its main parts, `names` all parts in lower case.
pub(super) fn check(archive: &mut Archive<'_>, main: &[String], names: &[String]) -> Judged {
    let is_there = |name: &str| names.iter().any(|one| one == name);
    if !is_there("_rels/.rels") {
        return Err(Fault::damaged(
            "is damaged: the part that says where its document is, `_rels/.rels`, is missing",
        ));
    }
    for main in main.iter().filter(|main| !main.starts_with('.')) {
        let missing = missing(archive, main.trim_start_matches('/'), is_there);
        if let Some(name) = missing {
            let name = clspack_words::shown(&name);
            return Err(Fault::damaged(format!(
                "is damaged: its part `{name}` is missing"
            )));
        }
    }
    archive::verify(archive, is_markup, |quoted, bytes| {
        let unreadable = |_| {
            Fault::damaged(format!(
                "is damaged: {quoted} in it cannot be read as XML, so its program refuses it"
            ))
        };
        xml::read(bytes).map(drop).map_err(unreadable)
    })
}

/// Returns true for a part that the programs of Office refuse to open a file with if it is no XML.
fn is_markup(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let folders = ["word/", "xl/", "ppt/", "_rels/"];
    let is_of_office = folders.iter().any(|folder| name.starts_with(folder));
    is_of_office && matches!(name.rsplit_once('.'), Some((_, "xml" | "rels")))
}

/// Returns the first sheet or slide that the main part relates to and that is not there.
fn missing(
    archive: &mut Archive<'_>,
    main: &str,
    is_there: impl Fn(&str) -> bool,
) -> Option<String> {
    let (folder, file) = main.rsplit_once('/')?;
    let list = archive::part(archive, &format!("{folder}/_rels/{file}.rels"), MAX_LIST)?;
    let list = text::decoded(&list);
    let mut reader = quick_xml::Reader::from_str(std::str::from_utf8(&list).ok()?);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let value = |name: &str| {
                    let mut all = tag.attributes().filter_map(Result::ok);
                    let found = all.find(|one| one.key.local_name().as_ref() == name)?;
                    Some(found.value.to_string())
                };
                let of = value("Type").unwrap_or_default();
                let is_page = of.ends_with("/worksheet") || of.ends_with("/slide");
                let is_within = value("TargetMode").is_none_or(|mode| mode == "Internal");
                let target = value("Target").filter(|_| is_page && is_within);
                let name = target.map(|target| resolved(folder, &target));
                if let Some(name) = name.filter(|name| !is_there(&name.to_lowercase())) {
                    return Some(name);
                }
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// Returns the name of a part that is written as seen from a folder, or from the root of the file.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(name) = target.strip_prefix('/') {
        return name.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_are_seen_from_the_folder_of_the_part() {
        assert_eq!(
            resolved("xl", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(
            resolved("xl", "/xl/worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(resolved("a/b", "../c.xml"), "a/c.xml");
    }
}
