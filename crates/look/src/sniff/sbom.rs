//! The software bill of materials: whether it lists components, as far as a light look can tell.

use memchr::memmem;

use crate::sniff::json::{self, Seen};
use crate::sniff::{Content, Fault, FaultKind, Judged, kind, text, xml};
use clspack_words::shown;

/// The fields in which a server says why it does not answer.
const ANSWERS: &[&str] = &["message", "error", "errors", "detail", "title"];
/// Types of pictures.
const PICTURES: &[&str] = &[
    "avif", "bmp", "gif", "heic", "heif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp",
];
/// How deep values are read; tools refuse deeper ones.
const MAX_DEPTH: usize = 120;
/// An answer has few fields.
const MAX_ANSWER: usize = 8;

/// Judges the bill of materials by what it begins with; prints and spreadsheets are for people to judge.
pub(super) fn check(content: &Content, extension: &str) -> Judged {
    let Some(bytes) = content.whole() else {
        return Ok(());
    };
    if PICTURES.contains(&extension) {
        return Err(unusable("a picture, in which no tool finds a component"));
    }
    let is_plain = !matches!(extension, "pdf" | "xlsx" | "csv" | "docx" | "html" | "htm");
    if !is_plain {
        return Ok(());
    }
    let text = text::decoded(bytes);
    match text.trim_ascii_start() {
        start if kind::is_page(start) => Err(unusable("an HTML page")),
        [b'{' | b'[', ..] => {
            let seen = json::read_one(bytes)?;
            if json::depth(bytes) > MAX_DEPTH {
                let says = "nests its values too deep for the tools that read it";
                return Err(Fault::new(FaultKind::BillTooDeep, says));
            }
            of_json(&seen)
        }
        [b'<', ..] => xml::read(bytes)?.map_or(Ok(()), |seen| of_xml(&seen)),
        _ if extension == "json" => Err(unusable("a single value")),
        start if memmem::find(start, b"SPDXVersion:").is_some() => {
            let n_packages = memmem::find_iter(start, b"PackageName:").count();
            let n_files = memmem::find_iter(start, b"FileName:").count();
            listed(n_packages + n_files)
        }
        _ => Ok(()),
    }
}

fn of_json(seen: &Seen) -> Judged {
    let is_empty = match seen {
        Seen::Map(fields) => fields.is_empty(),
        seen => *seen == Seen::List(0),
    };
    if is_empty {
        return Err(unusable("an empty value"));
    }
    let context = seen.text("@context").unwrap_or_default();
    if seen.text("bomFormat") == Some("CycloneDX") {
        if seen.count("components") == 0 && seen.count("vulnerabilities") > 0 {
            return Err(vex());
        }
        return listed(seen.count("components"));
    }
    if seen.text("spdxVersion").is_some() {
        return listed(seen.count("packages") + seen.count("files"));
    }
    if seen.get("@graph").is_some() {
        return listed(seen.count("@graph"));
    }
    if context.contains("openvex") || is_advisory(seen) {
        return Err(vex());
    }
    if let Some(says) = answer(seen) {
        return Err(unusable(&format!(
            "the answer of a server, `{}`",
            shown(says)
        )));
    }
    Err(of_other_format())
}

/// An advisory in the format of CSAF, which has a document and vulnerabilities.
fn is_advisory(seen: &Seen) -> bool {
    let document = seen.get("document");
    document.is_some_and(|document| document.text("csaf_version").is_some())
}

fn answer(seen: &Seen) -> Option<&str> {
    let Seen::Map(fields) = seen else {
        return None;
    };
    let mut says = ANSWERS.iter().filter_map(|name| match fields.get(*name)? {
        Seen::Text(says) => Some(says.as_str()),
        nested @ Seen::Map(_) => nested.text("message"),
        _ => None,
    });
    says.next().filter(|_| fields.len() <= MAX_ANSWER)
}

fn of_xml(seen: &xml::Markup) -> Judged {
    let root = &seen.root;
    if root.contains("cyclonedx") {
        if seen.count("component") == 0 && seen.count("vulnerability") > 0 {
            return Err(vex());
        }
        // The product that the list is of is a component, too.
        return listed(seen.count("components").min(seen.count("component")));
    }
    if root.contains("spdx") {
        return listed(seen.count("Package") + seen.count("File") + seen.count("packages"));
    }
    if root.contains("SoftwareIdentity") || root.contains("swid") {
        return Ok(());
    }
    Err(of_other_format())
}

fn listed(n_components: usize) -> Judged {
    if n_components > 0 {
        return Ok(());
    }
    Err(Fault::new(FaultKind::NoComponents, "lists no components"))
}

fn vex() -> Fault {
    let says = "lists vulnerabilities (VEX) and no components";
    Fault::new(FaultKind::Vulnerabilities, says)
}

fn of_other_format() -> Fault {
    Fault::new(
        FaultKind::BillOfOtherFormat,
        "is neither CycloneDX nor SPDX",
    )
}

fn unusable(is: &str) -> Fault {
    let says = format!("is not a bill of materials: it is {is}");
    Fault::new(FaultKind::NotABill, says)
}
