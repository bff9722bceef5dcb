//! Active and hidden content of evidence, and pictures that show nothing.

use crate::diag::{Code, Finding};
use crate::domain::text::shown;
use crate::domain::{EvidenceKind, Role};
use crate::inspect::Paper;
use crate::look::{Hazard, HazardKind, InFile, is_program_name};

/// The field that names the photograph of the label.
/// Types of files that cannot be a photograph.
const NO_PHOTO: &[&str] = &[
    "cdx", "csv", "eml", "html", "htm", "json", "log", "md", "msg", "ods", "spdx", "tsv", "txt",
    "xls", "xlsm", "xlsx", "xml", "yaml", "yml", "zip",
];
/// How many a message names of one kind. Files with hundreds of comments are common, and two show what they are.
const NAMED: usize = 2;

/// The words for each kind: code, message for one and for several, and help.
const WORDS: &[(HazardKind, Code, &str, &str, &str)] = &[
    (
        HazardKind::Script,
        Code::EvidenceRunsScript,
        "runs a script",
        "runs scripts",
        "print it to a new PDF, which contains no scripts",
    ),
    (
        HazardKind::Launch,
        Code::EvidenceStartsPrograms,
        "starts a program",
        "starts programs",
        "print it to a new PDF, which starts nothing",
    ),
    (
        HazardKind::Control,
        Code::EvidenceStartsPrograms,
        "contains a control or a link that runs a program",
        "contains controls or links that run programs",
        "remove the control or field, or save the file as PDF",
    ),
    (
        HazardKind::XmlForm,
        Code::EvidenceIsXmlForm,
        "is an XML form (XFA), which most programs show as \"Please wait\"",
        "is an XML form (XFA), which most programs show as \"Please wait\"",
        "open it in Acrobat and print it to a new PDF",
    ),
    (
        HazardKind::Template,
        Code::EvidenceLoadsTemplate,
        "loads a template from another computer",
        "loads templates from another computer",
        "detach the template under Developer, Document Template, or save the file as PDF",
    ),
    (
        HazardKind::ProgramInside,
        Code::EvidenceHoldsProgram,
        "contains a program",
        "contains programs",
        "remove the program from the file",
    ),
    (
        HazardKind::Program,
        Code::EvidenceIsProgram,
        "is a program, a script or a shortcut",
        "is a program, a script or a shortcut",
        "name the report about it instead, or the file that the shortcut leads to",
    ),
    (
        HazardKind::Redaction,
        Code::EvidenceRedactionOpen,
        "has a redaction that was not applied, so the words below it are still in the file",
        "has redactions that were not applied, so the words below them are still in the file",
        "apply the redactions and save the file again",
    ),
    (
        HazardKind::Comment,
        Code::EvidenceHasComments,
        "has a comment",
        "has comments",
        "read the comments, and delete those that an officer should not see",
    ),
    (
        HazardKind::Change,
        Code::EvidenceHasChanges,
        "has a tracked change",
        "has tracked changes",
        "accept or reject the changes and save the file again",
    ),
    (
        HazardKind::HiddenText,
        Code::EvidenceHidesText,
        "contains text that is not visible",
        "contains text that is not visible",
        "read the text, and delete it or make it visible",
    ),
    (
        HazardKind::HiddenPart,
        Code::EvidenceHidesParts,
        "has a hidden part",
        "has hidden parts",
        "unhide and read it, and delete what an officer should not see",
    ),
    (
        HazardKind::SpeakerNotes,
        Code::EvidenceHasSpeakerNotes,
        "has speaker notes",
        "has speaker notes",
        "read the notes, and delete those that an officer should not see",
    ),
    (
        HazardKind::PrivateLink,
        Code::EvidenceLinksPrivately,
        "has a link that an officer cannot open",
        "has links that an officer cannot open",
        "save the linked document as a file and name it as evidence, or remove the link",
    ),
    (
        HazardKind::LinkedContent,
        Code::EvidenceLinksContent,
        "shows content that is not in the file",
        "shows content that is not in the file",
        "break the link so that the content is saved in the file, or save the file as PDF",
    ),
    (
        HazardKind::Attachment,
        Code::EvidenceHoldsFiles,
        "contains another file",
        "contains other files",
        "name the other file as separate evidence, or remove it from this file",
    ),
    (
        HazardKind::SecondForm,
        Code::EvidenceHasMedia,
        "has an XML form (XFA) that Acrobat shows instead of the pages",
        "has an XML form (XFA) that Acrobat shows instead of the pages",
        "print it to a new PDF, which looks the same in every program",
    ),
    (
        HazardKind::Submit,
        Code::EvidenceHasMedia,
        "sends its form to a server, or fills it from one",
        "sends its form to a server, or fills it from one",
        "print it to a new PDF, which has no such buttons",
    ),
    (
        HazardKind::Media,
        Code::EvidenceHasMedia,
        "contains a film, a sound or a 3D model, which a printed copy lacks",
        "contains films, sounds or 3D models, which a printed copy lacks",
        "show the important pictures on the page, or name the film as separate evidence",
    ),
    (
        HazardKind::PageScript,
        Code::EvidenceFetches,
        "runs a script",
        "runs scripts",
        "print the page to a PDF, which shows what you see now",
    ),
    (
        HazardKind::Remote,
        Code::EvidenceFetches,
        "fetches content from the web",
        "fetches content from the web",
        "print the page to a PDF, which shows what you see now",
    ),
    (
        HazardKind::Blank,
        Code::PictureShowsNothing,
        "shows nothing",
        "shows nothing",
        "open the file, and replace it with the right one",
    ),
];

/// Returns one finding for each kind of hazard in a file.
pub(super) fn findings(paper: &Paper<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let hazards = &paper.facts.hazards;
    let mut kinds: Vec<HazardKind> = hazards.iter().map(|hazard| hazard.kind).collect();
    // A file that is too large to open is still recognised by its name.
    if is_program_name(paper.path.file_name()) {
        kinds.push(HazardKind::Program);
    }
    kinds.sort_unstable();
    kinds.dedup();
    let photo = paper.field_of(Role::Evidence(EvidenceKind::LabelPhoto));
    for kind in kinds {
        let words = WORDS.iter().find(|(one, ..)| *one == kind);
        let Some((_, code, one, several, help)) = words else {
            continue;
        };
        let of_kind: Vec<&Hazard> = hazards.iter().filter(|one| one.kind == kind).collect();
        let says = if of_kind.len() > 1 { several } else { one };
        let message = format!("`{}` {says}{}", paper.path, listed(&of_kind));
        let (code, field) = match photo.filter(|_| kind == HazardKind::Blank) {
            Some(photo) => (Code::LabelPhotoUnusable, photo.clone()),
            None => (*code, paper.field()),
        };
        findings.push(Finding::at(code, field, message, *help));
    }
    let photo = photo.filter(|_| NO_PHOTO.contains(&paper.path.extension().as_str()));
    if let Some(photo) = photo {
        findings.push(Finding::at(
            Code::LabelPhotoUnusable,
            photo,
            format!("`{}` is not a picture of the label", paper.path),
            "name a photograph or a drawing of the label, as JPG, PNG or PDF",
        ));
    }
    findings
}

/// Returns the first of a kind, each with its place.
fn listed(hazards: &[&Hazard]) -> String {
    let mut items: Vec<String> = Vec::new();
    for item in hazards.iter().map(|hazard| item(hazard)) {
        if !item.is_empty() && !items.contains(&item) {
            items.push(item);
        }
    }
    let n_more = items.len().saturating_sub(NAMED);
    items.truncate(NAMED);
    if n_more > 0 {
        items.push(format!("and {n_more} more"));
    }
    match items.as_slice() {
        [] => String::new(),
        items => format!(": {}", items.join("; ")),
    }
}

fn item(hazard: &Hazard) -> String {
    let text = shown(&hazard.text.replace('`', "'"));
    let place = match &hazard.at {
        InFile::File => String::new(),
        at => at.to_string(),
    };
    match (text.is_empty(), place.is_empty()) {
        (true, _) => place,
        (false, true) => format!("`{text}`"),
        (false, false) => format!("`{text}`, {place}"),
    }
}
