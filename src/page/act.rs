//! What a person does: fields are written, files are added, packs are made.

use std::path::Path;

use clspack_serve::{Answer, Request, Status};
use serde::Deserialize;
use serde_json::json;

use crate::assemble::assemble;
use crate::case::Case;
use crate::domain::text::safe_name;
use crate::domain::{EvidencePath, FieldPath};
use crate::manifest::edit::{self, Refused};
use crate::pack::{
    Content, IfThere, Pack, Prepared, Target, hash_of, make_folder, new_file, write,
};
use crate::page::folder::{Application, PACKS};
use crate::page::{Answered, Page, Refusal};
use crate::parallel::cores;
use crate::plan::State;
use crate::render::Purpose;
use crate::typeset::Typesetter;

/// The most bytes of a request that changes a field.
const MAX_CHANGE: u64 = 256 * 1024;
/// The most bytes of a file of evidence.
const MAX_FILE: u64 = 200 * 1024 * 1024;

/// A change of one field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    app: String,
    /// The manifest that the browser saw.
    stamp: String,
    path: String,
    value: Value,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    List(Vec<String>),
    Nothing(()),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    name: String,
}

impl Page<'_> {
    /// Writes one field of a manifest.
    pub(super) fn set(&self, request: &mut Request) -> Answered {
        let change: Change = json_of(request)?;
        let mut kept = self.kept();
        let application = self.application_of(&change.app)?;
        let path = FieldPath::parse(&change.path).ok_or_else(no_field)?;
        let changed = edited(&application, |text| match &change.value {
            Value::Text(value) if value.trim().is_empty() => edit::remove(text, &path),
            Value::Text(value) => edit::set(text, &path, value.trim()),
            Value::List(items) => edit::set_list(text, &path, items),
            Value::Nothing(()) => edit::remove(text, &path),
        })?;
        kept.write(&application, &change.stamp, &changed, self.world)?;
        self.now(&application.id)
    }

    /// Takes the last change back.
    pub(super) fn undo(&self, request: &Request) -> Answered {
        let mut kept = self.kept();
        let application = self.application(request)?;
        kept.undo(&application, self.world)?;
        self.now(&application.id)
    }

    /// Says how the manifest is now, for the next change.
    fn now(&self, id: &str) -> Answered {
        let stamp = self.application_of(id)?.stamp();
        Ok(Answer::json(json!({ "stamp": stamp }).to_string()))
    }

    /// Says whether the manifest is still what the browser saw. Asked every few seconds, it keeps the program running.
    pub(super) fn alive(&self, request: &Request) -> Answered {
        let stamp = match request.query("app") {
            Some(_) => Some(self.application(request)?.stamp()),
            None => None,
        };
        Ok(Answer::json(json!({ "stamp": stamp }).to_string()))
    }

    /// Begins an application in a folder of its own.
    pub(super) fn new_application(&self, request: &mut Request) -> Answered {
        let new: New = json_of(request)?;
        let id = self.new_folder(&new.name)?;
        let folder = self.root.join(&id);
        make_folder(&folder.join("evidence"))?;
        let text = format!(
            "# Written by clspack; it can be edited by hand, too.\nschema: 1\nproduct:\n  name: {}\n",
            serde_json::Value::from(new.name.trim())
        );
        new_file(&folder.join(crate::case::MANIFEST), text.as_bytes())?;
        Ok(Answer::json(json!({ "app": id }).to_string()))
    }

    /// Keeps a file that was dropped, and names it in a field if one is given. The name is made safe, and a file that
    /// is there is never replaced.
    pub(super) fn file(&self, request: &mut Request) -> Answered {
        let query = |name: &str| request.query(name).unwrap_or_default().to_owned();
        let (field, stamp, name) = (query("field"), query("stamp"), query("name"));
        let mut kept = self.kept();
        let application = self.application(request)?;
        let name = self.put_file(&application, &name, request)?;
        if field.is_empty() {
            return self.now(&application.id);
        }
        let path = FieldPath::parse(&field).ok_or_else(no_field)?;
        let changed = edited(&application, |text| edit::set(text, &path, &name))?;
        kept.write(&application, &stamp, &changed, self.world)?;
        self.now(&application.id)
    }

    /// Returns the path under which the file is kept: that of a file with the same content if there is one.
    fn put_file(
        &self,
        application: &Application,
        name: &str,
        request: &mut Request,
    ) -> Result<String, Refusal> {
        let name = safe_name(name.rsplit(['/', '\\']).next().unwrap_or_default());
        let (stem, end) = name.rsplit_once('.').unwrap_or((&name, ""));
        let folder = application.folder();
        let first = self.evidence_folder(application)?.join(&name);
        let mut cut = None;
        let file = Prepared::new(&first, |to| {
            let saved = request.save(&mut &mut *to, MAX_FILE).map(drop);
            cut = saved.err();
            Ok(())
        })?;
        if let Some(cut) = cut {
            return Err(cut.into());
        }
        for number in 1..=999_u16 {
            let name = match number {
                1 => name.clone(),
                _ if end.is_empty() => format!("{stem}-{number}"),
                _ => format!("{stem}-{number}.{end}"),
            };
            let path = format!("evidence/{name}");
            let there = hash_of(&folder.join(&path), self.world);
            match there {
                Some(hash) if hash == file.sha256 => return Ok(path),
                Some(_) => {}
                None => {
                    file.persist_new(&folder.join(&path))?;
                    return Ok(path);
                }
            }
        }
        let why = format!("there are too many files called `{name}`");
        Err(Refusal(Status::Unprocessable, why))
    }

    /// Returns a document as it would be in the pack; of an application with errors, as a draft.
    pub(super) fn document(&self, request: &Request) -> Answered {
        let wanted = request.query("path").unwrap_or_default();
        let (_, pack) = self.packed(request)?;
        let found = pack
            .entries()
            .iter()
            .find(|entry| entry.path.as_str() == wanted);
        match found.map(|entry| &entry.content) {
            Some(Content::Made(bytes)) if is_pdf(wanted) => {
                Ok(Answer::new("application/pdf", bytes.clone()))
            }
            _ => Ok(Answer::missing()),
        }
    }

    /// Returns the upload sheet, without its head and script.
    pub(super) fn sheet(&self, request: &Request) -> Answered {
        let (_, pack) = self.packed(request)?;
        let is_sheet = |path: &str| path == "00-upload-sheet.html";
        let mut entries = pack.entries().iter();
        let sheet = entries.find(|entry| is_sheet(entry.path.as_str()));
        let Some(Content::Made(bytes)) = sheet.map(|entry| &entry.content) else {
            return Ok(Answer::missing());
        };
        let html = String::from_utf8_lossy(bytes);
        let inside = html.split_once("<main").and_then(|(_, rest)| {
            let (_, rest) = rest.split_once('>')?;
            Some(rest.split_once("</main>")?.0)
        });
        Ok(Answer::page(inside.unwrap_or_default()))
    }

    /// Writes the pack below the folder of the page and returns it.
    pub(super) fn zip(&self, request: &Request) -> Answered {
        let (case, pack) = self.packed(request)?;
        if state(&case) == State::Blocked {
            let why = "errors block it; the screen `Check` lists them".to_owned();
            return Err(Refusal(Status::Unprocessable, why));
        }
        // Packs of two applications may have one name; neither replaces the other.
        let application = self.application(request)?;
        let folder = self.root.join(PACKS).join(&application.id);
        make_folder(&folder)?;
        let path = folder.join(format!("{}.zip", pack.name));
        write(
            &pack,
            &Target::Zip(path.clone()),
            IfThere::Replace,
            cores(),
            self.world,
        )?;
        let bytes = crate::world::read(self.world, &path, MAX_FILE * 4)?;
        Ok(Answer::new("application/zip", bytes.unwrap_or_default()))
    }

    fn packed(&self, request: &Request) -> Result<(Case, Pack), Refusal> {
        let application = self.application(request)?;
        let case = self.case(&application)?;
        let pack = self.pack_of(&case)?;
        Ok((case, pack))
    }

    /// Assembles the pack as `pack` does; of an application with errors, a draft.
    pub(super) fn pack_of(&self, case: &Case) -> Result<Pack, Refusal> {
        let planned = case.plan.as_ref().zip(case.manifest.application.as_ref());
        let Some((plan, read)) = planned.filter(|(plan, _)| plan.form.is_some()) else {
            let why = "no form is known for this application yet".to_owned();
            return Err(Refusal(Status::Unprocessable, why));
        };
        let purpose = match plan.state {
            State::Blocked => Purpose::Draft,
            State::Confirm | State::ToSign | State::Ready => Purpose::Final,
        };
        let typesetter = &mut Typesetter::new();
        Ok(assemble(
            case,
            plan,
            read,
            purpose,
            &self.templates,
            typesetter,
            self.world,
        )?)
    }
}

/// Changes the text of a manifest; a byte order mark stays.
fn edited(
    application: &Application,
    edit: impl Fn(&str) -> Result<String, Refused>,
) -> Result<String, Refusal> {
    let by_hand = |Refused| {
        let why =
            "the page cannot change a manifest that is written like this; edit this field by hand";
        Refusal(Status::Unprocessable, why.to_owned())
    };
    let text = application
        .text
        .as_deref()
        .ok_or_else(|| by_hand(Refused))?;
    let (mark, text) = match text.strip_prefix('\u{feff}') {
        Some(text) => ("\u{feff}", text),
        None => ("", text),
    };
    Ok(format!("{mark}{}", edit(text).map_err(by_hand)?))
}

pub(super) fn state(case: &Case) -> State {
    case.plan.as_ref().map_or(State::Blocked, |plan| plan.state)
}

fn is_pdf(path: &str) -> bool {
    let extension = Path::new(path).extension();
    extension.is_some_and(|extension| extension == "pdf") && path.parse::<EvidencePath>().is_ok()
}

fn json_of<T: for<'de> Deserialize<'de>>(request: &mut Request) -> Result<T, Refusal> {
    let bytes = request.read(MAX_CHANGE)?;
    serde_json::from_slice(&bytes)
        .map_err(|_| Refusal(Status::BadRequest, "the request cannot be read".to_owned()))
}

fn no_field() -> Refusal {
    Refusal(Status::BadRequest, "there is no such field".to_owned())
}
