//! What a screen shows.

use clspack_serve::{Answer, Request, Status};
use serde_json::{Value, json};
use tera::Context;

use crate::case::Case;
use crate::diag::{Finding, Severity};
use crate::domain::{FieldPath, Money};
use crate::manifest::edit::{Held, Written};
use crate::pack::{Content, Pack};
use crate::page::act::state;
use crate::page::blocks::{Block, Maker, Said, said};
use crate::page::folder::Application;
use crate::page::screens::{SCREENS, Screen};
use crate::page::{Answered, Language, Page, Refusal};
use crate::report::json as report_json;
use crate::report::plan_text;
use crate::rules::RuleBook;

impl Page<'_> {
    /// Shows the applications of the folder.
    pub(super) fn start(&self, request: &Request) -> Answered {
        let language = Language::of(request.query("lang"));
        let cards: Vec<Value> = self
            .applications()?
            .into_iter()
            .map(|id| self.start_card(&id))
            .collect();
        let mut context = Context::new();
        context.insert("t", language.all());
        context.insert("cards", &cards);
        context.insert("folder", &self.root.display().to_string());
        let html = self.fill("start.html", &context)?;
        Ok(Answer::json(json!({ "html": html }).to_string()))
    }

    fn start_card(&self, id: &str) -> Value {
        let opened = self.application_of(id);
        match opened.and_then(|application| self.case(&application)) {
            Ok(case) => {
                let plan = case.plan.as_ref();
                json!({
                    "app": id,
                    "product": case.product(),
                    "state": state(&case).as_str(),
                    "explained": plan_text::state(state(&case)),
                    "form": plan.and_then(|plan| plan.form.as_ref()).map(|form| &form.id),
                    "level": plan.and_then(|plan| plan.level),
                })
            }
            Err(Refusal(_, why)) => {
                json!({ "app": id, "product": id, "state": "failed", "explained": why })
            }
        }
    }

    /// Shows one screen of an application, with the card and the steps that are beside every screen.
    pub(super) fn screen(&self, request: &Request) -> Answered {
        let language = Language::of(request.query("lang"));
        let wanted = request.query("name").unwrap_or_default();
        let screen = SCREENS.iter().find(|screen| screen.name == wanted);
        let screen =
            screen.ok_or_else(|| Refusal(Status::Missing, "there is no such screen".to_owned()))?;
        let application = self.application(request)?;
        let case = self.case(&application)?;
        let text = application.text.as_deref().unwrap_or_default();
        let written = Written::of(text.trim_start_matches('\u{feff}'));
        let mut context = Context::new();
        context.insert("t", language.all());
        context.insert("app", &application.id);
        context.insert("screen", screen.name);
        context.insert("plan", &plan_of(&case));
        context.insert("state", state(&case).as_str());
        context.insert("fee", &fee(case.plan.as_ref().and_then(|plan| plan.fee)));
        context.insert("others", &others(&case));
        context.insert("explained", &explained(&case));
        let findings: Vec<Said> = case.findings().iter().map(said).collect();
        let blocks = |one: &&Said| one.severity != "warning";
        context.insert(
            "blocking",
            &findings.iter().filter(blocks).collect::<Vec<_>>(),
        );
        context.insert("findings", &findings);
        context.insert("steps", &steps(&case, written.as_ref(), screen));
        let mut maker = Maker {
            written: written.as_ref(),
            findings: case.findings(),
            language: &language,
            blocks: Vec::new(),
            is_brief: screen.name == "route",
            book: &self.book,
        };
        for field in screen
            .fields
            .iter()
            .filter_map(|field| FieldPath::parse(field))
        {
            maker.add(&field);
        }
        context.insert("blocks", &maker.blocks);
        self.more(
            screen,
            &application,
            &case,
            &language,
            written.as_ref(),
            &mut context,
        );
        let answer = json!({
            "stamp": application.stamp(),
            "product": case.product(),
            "can_undo": self.kept().can_undo(&application),
            "html": self.fill("screen.html", &context)?,
            "card": self.fill("card.html", &context)?,
            "steps": self.fill("steps.html", &context)?,
        });
        Ok(Answer::json(answer.to_string()))
    }

    /// Adds what only some screens show.
    fn more(
        &self,
        screen: &Screen,
        application: &Application,
        case: &Case,
        language: &Language,
        written: Option<&Written>,
        context: &mut Context,
    ) {
        match screen.name {
            "answers" => {
                context.insert("answers", &answers(case, language, written, &self.book));
            }
            "evidence" => context.insert("files", &self.files(application, case)),
            "labels" => context.insert("covered", &covered(case)),
            "documents" | "hand-over" => context.insert("entries", &self.entries(case)),
            _ => {}
        }
    }

    /// Lists the files of the application's folder, and which of them a field names.
    fn files(&self, application: &Application, case: &Case) -> Vec<Value> {
        let found = self
            .world
            .files_below(&application.folder().join("evidence"));
        let found = found.unwrap_or_default().into_iter();
        let mut files: Vec<Value> = found
            .filter(|one| one.is_file && !one.path.split('/').any(|part| part.starts_with('.')))
            .map(|one| {
                let path = format!("evidence/{}", one.path);
                let mut read = case.evidence.files.iter();
                let used = read.find(|file| file.path.as_str() == path);
                json!({
                    "path": path,
                    "used": used.is_some(),
                    "size": used.map(|file| file.size),
                })
            })
            .collect();
        files.sort_by_key(|file| file["used"] == json!(true));
        files
    }

    /// Lists what the pack would have; nothing while no form is known.
    fn entries(&self, case: &Case) -> Vec<Value> {
        let pack = self.pack_of(case);
        let entries = pack.iter().flat_map(Pack::entries);
        entries
            .map(|entry| {
                let path = entry.path.as_str();
                let is_made = matches!(entry.content, Content::Made(_));
                json!({
                    "path": path,
                    "size": entry.content.size(),
                    "shown": is_made && path.to_lowercase().ends_with(".pdf"),
                })
            })
            .collect()
    }

    fn fill(&self, template: &str, context: &Context) -> Result<String, Refusal> {
        self.pages.render(template, context).map_err(|error| {
            let mut why = error.to_string();
            let mut cause = std::error::Error::source(&error);
            while let Some(inner) = cause {
                why = format!("{why}: {inner}");
                cause = inner.source();
            }
            Refusal(Status::Failed, why)
        })
    }
}

/// Returns the plan as `plan --format json` prints it.
fn plan_of(case: &Case) -> Value {
    match &case.plan {
        Some(plan) => report_json::plan(plan, &case.manifest),
        None => report_json::unplanned(&case.manifest),
    }
}

fn fee(fee: Option<Money>) -> String {
    fee.map(|fee| fee.to_string()).unwrap_or_default()
}

/// Returns the other ways to a label.
fn others(case: &Case) -> Vec<Value> {
    let others = case.plan.iter().flat_map(|plan| &plan.alternatives);
    others
        .map(|other| {
            json!({
                "form": other.form.id, "level": other.level, "fee": fee(other.fee),
                "remark": other.remark,
            })
        })
        .collect()
}

fn explained(case: &Case) -> &'static str {
    let plan = case.plan.as_ref();
    plan.map_or(plan_text::state(state(case)), plan_text::explain)
}

/// Returns the screens with their marks: what has a problem, and what has something in it.
fn steps(case: &Case, written: Option<&Written>, shown: &Screen) -> Vec<Value> {
    let is_error = |finding: &&Finding| finding.severity() == Severity::Error;
    let wrong: Vec<&str> = case
        .findings()
        .iter()
        .filter(is_error)
        .map(|finding| said(finding).screen)
        .collect();
    let has = |screen: &Screen| {
        let fields = screen
            .fields
            .iter()
            .filter_map(|field| FieldPath::parse(field));
        let mut held =
            fields.map(|field| written.map_or(Held::Nothing, |written| written.at(&field)));
        held.any(|held| held != Held::Nothing)
    };
    SCREENS
        .iter()
        .map(|screen| {
            let n_wrong = wrong.iter().filter(|&&name| name == screen.name).count();
            let mark = match n_wrong {
                0 if has(screen) => "filled",
                0 => "empty",
                _ => "wrong",
            };
            json!({ "name": screen.name, "mark": mark, "errors": n_wrong, "shown": screen.name == shown.name })
        })
        .collect()
}

/// Returns the provisions of the level, each with the fields of its answer.
fn answers(
    case: &Case,
    language: &Language,
    written: Option<&Written>,
    book: &RuleBook,
) -> Vec<Value> {
    let Some(plan) = &case.plan else {
        return Vec::new();
    };
    let lines = plan.provisions.iter().filter(|line| line.level.is_some());
    lines
        .map(|line| {
            let section = if line.lifecycle {
                "lifecycle"
            } else {
                "provisions"
            };
            let base = FieldPath::parse(section)
                .unwrap_or_default()
                .key(line.id.clone());
            let mut maker = Maker {
                written,
                findings: case.findings(),
                language,
                blocks: Vec::new(),
                is_brief: false,
                book,
            };
            maker.answer(&base);
            let is_wrong = maker.blocks.iter().any(|block| match block {
                Block::Field(field) => !field.findings.is_empty(),
                _ => false,
            });
            let support = written.map_or(Held::Nothing, |written| written.at(&base.key("support")));
            json!({
                "id": line.id, "title": line.title, "blocks": maker.blocks, "wrong": is_wrong,
                "path": base.to_string(),
                "findings": maker.findings_at(&base),
                "given": match support { Held::Text(text) => text, _ => String::new() },
            })
        })
        .collect()
}

/// Returns which label covers which model.
fn covered(case: &Case) -> Value {
    let Some(application) = &case.manifest.application else {
        return json!(null);
    };
    let names: Vec<&str> = case
        .plan
        .iter()
        .flat_map(|plan| &plan.labels)
        .map(|held| held.name.as_str())
        .collect();
    let models: Vec<Value> = application
        .product
        .models
        .iter()
        .map(|model| {
            let labels = application.labels.iter();
            let covers: Vec<bool> = labels.map(|label| label.models.contains(model)).collect();
            json!({ "model": model, "covers": covers })
        })
        .collect();
    json!({ "labels": names, "models": models })
}

#[cfg(test)]
mod tests {
    use crate::domain::FieldPath;
    use crate::page::screens::of;

    #[test]
    fn every_field_of_a_finding_leads_to_a_screen() {
        for (path, screen) in [
            ("product.category", "route"),
            ("product.models[0]", "product"),
            ("labels[0].expires", "labels"),
            ("application.level", "route"),
            ("signatory.title", "company"),
            ("product.support.until", "support"),
            ("provisions.5.1-1.detail", "answers"),
            ("declaration.signed", "sign"),
            ("schema", "check"),
        ] {
            assert_eq!(of(FieldPath::parse(path).as_ref()), screen, "{path}");
        }
    }
}
