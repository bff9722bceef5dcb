//! The application as a page in the browser: what `check`, `plan` and `pack` say, and the fields of the manifest to
//! fill in. Nothing is decided here, and nothing is kept but the files that the commands read.

mod act;
mod blocks;
mod folder;
mod kept;
mod screens;
mod show;
mod words;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde_json::json;
use tera::Tera;

use crate::domain::Date;
use crate::error::{Error, Result};
use crate::render::Templates;
use crate::rules::RuleBook;
use crate::world::World;
use clspack_serve::{Answer, Cut, Method, Request, Status};

pub use words::Language;

/// The paths that tell nothing of any application, so that they need no secret.
pub const OPEN: &[&str] = &["/", "/page.js", "/page.css", "/icon.svg"];

const SHELL: &str = include_str!("assets/shell.html");
const SCRIPT: &str = include_str!("assets/page.js");
const ICON: &str = include_str!("assets/icon.svg");
const STYLE: &str = include_str!("assets/page.css");

/// What all requests have in common.
pub struct Page<'w> {
    /// The folder below which all applications are.
    root: PathBuf,
    book: RuleBook,
    templates: Templates,
    on: Option<Date>,
    world: &'w dyn World,
    pages: Tera,
    /// One change at a time.
    kept: Mutex<kept::Kept>,
}

/// Why a request cannot be fulfilled, in words for the person.
#[derive(Debug)]
struct Refusal(Status, String);

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let help = error.help().map(|help| format!("; {help}"));
        Self(
            Status::Unprocessable,
            format!("{error}{}", help.unwrap_or_default()),
        )
    }
}

impl From<Cut> for Refusal {
    fn from(cut: Cut) -> Self {
        match cut {
            Cut::TooLarge => Self(Status::TooLarge, "it is too large".to_owned()),
            Cut::Broken(_) => Self(Status::BadRequest, "it did not arrive whole".to_owned()),
        }
    }
}

type Answered = std::result::Result<Answer, Refusal>;

impl<'w> Page<'w> {
    /// Makes the page of a folder.
    ///
    /// # Errors
    /// A template of the page cannot be used, which is a defect.
    pub fn new(
        root: PathBuf,
        book: RuleBook,
        templates: Templates,
        on: Option<Date>,
        world: &'w dyn World,
    ) -> Result<Self> {
        let mut pages = Tera::new();
        let found = pages.add_raw_templates(screens::TEMPLATES.iter().copied());
        found.map_err(|error| Error::Template(error.to_string()))?;
        Ok(Self {
            root,
            book,
            templates,
            on,
            world,
            pages,
            kept: Mutex::default(),
        })
    }

    /// Answers a request that has passed the gate. `end` ends the program.
    pub fn answer(&self, request: &mut Request, end: &dyn Fn()) -> Answer {
        match self.route(request, end) {
            Ok(answer) => answer,
            Err(Refusal(status, why)) => {
                Answer::json(json!({ "error": why }).to_string()).with(status)
            }
        }
    }

    fn route(&self, request: &mut Request, end: &dyn Fn()) -> Answered {
        let path = request.path().to_owned();
        match (request.method(), path.as_str()) {
            (Method::Get, "/") => Ok(Answer::page(SHELL)),
            (Method::Get, "/page.js") => Ok(Answer::new("text/javascript; charset=utf-8", SCRIPT)),
            (Method::Get, "/page.css") => Ok(Answer::new("text/css; charset=utf-8", STYLE)),
            (Method::Get, "/icon.svg") => Ok(Answer::new("image/svg+xml", ICON)),
            (Method::Get, "/start") => self.start(request),
            (Method::Get, "/screen") => self.screen(request),
            (Method::Get, "/words") => {
                let language = Language::of(request.query("lang"));
                Ok(Answer::json(json!(language.all()).to_string()))
            }
            (Method::Get, "/alive") => self.alive(request),
            (Method::Get, "/document") => self.document(request),
            (Method::Get, "/sheet") => self.sheet(request),
            (Method::Get, "/pack") => self.zip(request),
            (Method::Post, "/new") => self.new_application(request),
            (Method::Post, "/set") => self.set(request),
            (Method::Post, "/undo") => self.undo(request),
            (Method::Post, "/file") => self.file(request),
            (Method::Post, "/end") => {
                end();
                Ok(Answer::json("{}"))
            }
            _ => Ok(Answer::missing()),
        }
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, kept::Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
