//! What a document shows, as text: the only input of a template. Every name is always there, so that
//! a misspelt name differs from an empty value.

mod exhibits;
mod labels;
mod lines;
mod parties;
mod sample;

pub(crate) use sample::pictures as sample_pictures;
use serde::Serialize;
use serde_json::Value;

use crate::diag::{Finding, Severity};
use crate::domain::{Application, EvidenceFile, Money, NotSearched, Pages};
use crate::plan::{Alternative, HeldLabel, LimitedBy, Plan, ProvisionLine, Question, Reason, Step};
use crate::render::Purpose;
use crate::render::declares::Declared;
use crate::report::{plan_text, waived};
use labels::{label, stated};
use lines::{evidence, provision, size};
use parties::{applicant, laboratory, product, signatory};

/// Everything that a template may name. `docs/templates.md` lists it.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    pub(crate) tool: &'static str,
    pub(crate) draft: bool,
    pub(crate) plan: PlanView,
    pub(crate) applicant: ApplicantView,
    pub(crate) product: ProductView,
    pub(crate) labels: Vec<LabelView>,
    pub(crate) basis: Vec<LabelView>,
    pub(crate) laboratory: Option<LaboratoryView>,
    pub(crate) provisions: Vec<ProvisionView>,
    pub(crate) lifecycle: Vec<ProvisionView>,
    pub(crate) beyond: Vec<ProvisionView>,
    pub(crate) evidence: Vec<EvidenceView>,
    /// The evidence that no provision of the level names.
    pub(crate) others: Vec<EvidenceView>,
    pub(crate) signatory: SignatoryView,
    pub(crate) questions: Vec<QuestionView>,
    pub(crate) not_searched: Vec<NotSearchedView>,
    pub(crate) steps: Vec<StepView>,
    pub(crate) reasons: Vec<ReasonView>,
    pub(crate) alternatives: Vec<AlternativeView>,
    pub(crate) outlook: Vec<OutlookView>,
    pub(crate) ask: AskView,
    pub(crate) uploads: Vec<UploadView>,
    pub(crate) limit: LimitView,
    pub(crate) errors: Vec<FindingView>,
    pub(crate) warnings: Vec<FindingView>,
    pub(crate) declares: DeclaresView,
}

macro_rules! views {
    ($($(#[$meta:meta])* $name:ident { $($(#[$about:meta])* $field:ident: $type:ty,)+ })+) => {
        $($(#[$meta])* #[derive(Clone, Debug, Serialize)] pub(crate) struct $name { $($(#[$about])* pub(crate) $field: $type,)+ })+
    };
}

views! {
    #[derive(Default)]
    PlanView { state: &'static str, state_text: &'static str, on: String, route: String, level: String, simplified: bool, form: String, form_name: String, form_url: String, fee: String, validity_from: String, validity_until: String, validity_note: String, contact: String, }
    ApplicantView { name: String, name_latin: String, registration: String, number: String, address: Vec<String>, address_latin: Vec<String>, contact: String, contact_latin: String, email: String, phone: String, abroad: bool, filed_by: String, filed_by_latin: String, filed_by_uen: String, }
    ProductView { title: String, brand: String, name: String, models: String, model_list: Vec<String>, models_short: String, category: String, hardware_version: String, firmware_version: String, apps: Vec<String>, url: String, support_until: String, support_url: String, vulnerability_disclosure: String, }
    LabelView { name: String, number: String, grade: String, issued: String, expires: String, models: String, model_list: Vec<String>, firmware_version: String, outcome: String, note: String, }
    LaboratoryView { name: String, reference: String, date: String, }
    /// How Supporting Evidence shows a file.
    #[derive(Default)]
    ShownView { text: String, picture: String, width: String, alt: String, }
    ProvisionView { id: String, clause: String, title: String, status: String, answer: String, detail: Vec<String>, evidence: Vec<String>, files: Vec<EvidenceView>, }
    UploadView { title: String, path: String, size: String, signed: bool, over: bool, }
    LimitView { size: String, per: String, total: String, over: bool, }
    ReasonView { about: String, because: String, source: String, }
    AlternativeView { form: String, form_name: String, level: String, fee: String, remark: String, }
    OutlookView { country: String, gives: String, }
    AskView { name: String, email: String, }
    EvidenceView { number: String, path: String, in_pack: String, pages: String, date: String, owner: String, expires: String, about: String, replaces: String, size: String, sha256: String, short: String, shown: ShownView, /** The pages that an answer names; not for templates. */ #[serde(skip)] named: Option<Pages>, }
    SignatoryView { name: String, name_latin: String, title: String, title_latin: String, place: String, date: String, }
    QuestionView { text: String, name: String, email: String, }
    NotSearchedView { path: String, reason: String, looked_through: bool, }
    StepView { id: String, text: String, url: String, }
    FindingView { code: &'static str, message: String, help: String, }
    #[derive(Default)]
    DeclaresView { hash: String, short: String, parts: String, }
}

impl View {
    /// Returns the view as JSON, which shows every name and its kind.
    pub(crate) fn values(&self) -> Value {
        // Texts, numbers and lists always serialise.
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// What a draft shows for a missing value.
const MISSING: &str = "(missing)";

impl View {
    /// Makes the view of a plan. Who needs another hash than that of the built-in declaration asks for it with
    /// `declare`.
    pub fn new(
        plan: &Plan,
        application: &Application,
        files: &[EvidenceFile],
        purpose: Purpose,
    ) -> Self {
        let mut view = Self::undeclared(plan, application, files);
        view.settle(plan, purpose);
        view.declare(&Declared::of(&view));
        view
    }

    /// Makes the view of a plan without the hash of what is declared, which takes longer than all the rest, and without
    /// what a signature changes.
    pub(crate) fn undeclared(
        plan: &Plan,
        application: &Application,
        files: &[EvidenceFile],
    ) -> Self {
        let evidence = evidence(application, files);
        let counts = |held: &&HeldLabel| plan.counts(held);
        let basis: Vec<&HeldLabel> = plan.labels.iter().filter(counts).collect();
        let lines = |pick: fn(&ProvisionLine) -> bool| {
            let picked = plan.provisions.iter().filter(|line| pick(line));
            picked
                .map(|line| provision(line, plan, &basis, &evidence))
                .collect()
        };
        Self {
            tool: concat!("clspack ", env!("CARGO_PKG_VERSION")),
            draft: false,
            plan: PlanView::default(),
            applicant: applicant(application),
            product: product(application),
            labels: stated(plan).map(label).collect(),
            basis: basis.iter().map(|held| label(held)).collect(),
            laboratory: application.laboratory.as_ref().map(laboratory),
            provisions: lines(|line| line.level.is_some() && !line.lifecycle),
            lifecycle: lines(|line| line.level.is_some() && line.lifecycle),
            beyond: lines(|line| line.level.is_none()),
            evidence,
            others: Vec::new(),
            signatory: signatory(application),
            questions: plan.questions.iter().map(question).collect(),
            not_searched: plan.not_searched.iter().map(not_searched).collect(),
            steps: Vec::new(),
            reasons: plan.reasons.iter().map(reason).collect(),
            alternatives: plan.alternatives.iter().map(alternative).collect(),
            outlook: outlook(plan),
            ask: ask(plan),
            uploads: Vec::new(),
            limit: limit(plan),
            errors: Vec::new(),
            warnings: Vec::new(),
            declares: DeclaresView::default(),
        }
    }
}

impl View {
    /// Says what became of the plan: its state, its findings and what is still to do. Nothing of it is declared.
    pub(crate) fn settle(&mut self, plan: &Plan, purpose: Purpose) {
        self.draft = purpose == Purpose::Draft;
        self.plan = plan_view(plan);
        self.steps = plan.to_do().map(step).collect();
        self.errors = of_severity(plan, Severity::Error);
        let warnings = of_severity(plan, Severity::Warning);
        self.warnings = waived(plan).into_iter().chain(warnings).collect();
    }

    /// Says what the declaration declares.
    pub(crate) fn declare(&mut self, declared: &Declared) {
        self.declares = DeclaresView {
            hash: declared.hash.to_string(),
            // A draft is nothing to be signed, so it shows no hash that could be signed for.
            short: if self.draft {
                "none, since this is a draft".to_owned()
            } else {
                declared.hash.short()
            },
            parts: if self.draft {
                "none".to_owned()
            } else {
                declared.printed()
            },
        };
    }

    /// Says which files are to be uploaded, each with its size in bytes.
    pub(crate) fn upload(&mut self, files: &[Upload], limit: Option<u64>) {
        let is_over = |bytes: u64| limit.is_some_and(|limit| bytes > limit);
        let view = |file: &Upload| UploadView {
            title: file.title.to_owned(),
            path: file.path.clone(),
            size: size(file.bytes),
            signed: file.signed,
            over: is_over(file.bytes),
        };
        self.uploads = files.iter().map(view).collect();
        let total = files.iter().map(|file| file.bytes).sum();
        self.limit.total = size(total);
        self.limit.over = is_over(total);
    }
}

/// A file to be uploaded.
pub(crate) struct Upload {
    pub(crate) title: &'static str,
    pub(crate) path: String,
    pub(crate) bytes: u64,
    pub(crate) signed: bool,
}

fn limit(plan: &Plan) -> LimitView {
    let limit = plan.limit.as_ref();
    LimitView {
        size: optional(limit.map(|limit| size(limit.bytes))),
        per: optional(limit.map(|limit| &limit.per)),
        total: String::new(),
        over: false,
    }
}

/// Returns all waivers as the first of what is worth a look, so that no list is too short for one of them.
fn waived(plan: &Plan) -> Option<FindingView> {
    let lines: Vec<String> = plan.waived.iter().map(waived::line).collect();
    let first = plan.waived.first()?;
    Some(FindingView {
        code: first.finding.code.number(),
        message: plain(&format!("waived findings: {}", lines.join("; "))),
        help: "look at each of them before the application is sent".to_owned(),
    })
}

fn of_severity(plan: &Plan, severity: Severity) -> Vec<FindingView> {
    let chosen = plan
        .findings
        .iter()
        .filter(|one| one.severity() == severity);
    chosen.map(finding).collect()
}

fn reason(reason: &Reason) -> ReasonView {
    ReasonView {
        about: reason.about.to_owned(),
        because: plain(&reason.because),
        source: optional(reason.source.as_ref()),
    }
}

fn alternative(other: &Alternative) -> AlternativeView {
    AlternativeView {
        form: other.form.id.clone(),
        form_name: other.form.name.clone(),
        level: other.level.to_string(),
        fee: fee(other.fee),
        remark: plain(&other.remark),
    }
}

/// Returns each country once, with all that opens there. Two labels may open the same.
fn outlook(plan: &Plan) -> Vec<OutlookView> {
    let mut countries: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in plan.outlook.iter().filter(|line| line.open) {
        let known = countries.iter_mut().find(|(name, _)| *name == line.country);
        match known {
            Some((_, gives)) if gives.contains(&line.gives.as_str()) => {}
            Some((_, gives)) => gives.push(&line.gives),
            None => countries.push((&line.country, vec![&line.gives])),
        }
    }
    let view = |(country, gives): (&str, Vec<&str>)| OutlookView {
        country: country.to_owned(),
        gives: gives.join("; "),
    };
    countries.into_iter().map(view).collect()
}

/// Whom to ask: the contact of the first question that has one, else of the form.
fn ask(plan: &Plan) -> AskView {
    let mut of_questions = plan
        .questions
        .iter()
        .filter_map(|question| question.contact.as_ref());
    let of_form = plan.form.as_ref().and_then(|form| form.contact.as_ref());
    let contact = of_questions.next().or(of_form);
    AskView {
        name: optional(contact.map(|contact| &contact.name)),
        email: optional(contact.map(|contact| &contact.email)),
    }
}

fn fee(fee: Option<Money>) -> String {
    fee.map_or_else(
        || "not published; ask CSA".to_owned(),
        |fee| fee.to_string(),
    )
}

fn question(question: &Question) -> QuestionView {
    let contact = question.contact.as_ref();
    QuestionView {
        text: plain(&question.text),
        name: optional(contact.map(|contact| &contact.name)),
        email: optional(contact.map(|contact| &contact.email)),
    }
}

fn not_searched(file: &NotSearched) -> NotSearchedView {
    NotSearchedView {
        path: file.path.to_string(),
        reason: file.reason.says().to_owned(),
        looked_through: file.looked_through,
    }
}

fn step(step: &Step) -> StepView {
    StepView {
        id: step.id.clone(),
        text: plain(&step.text),
        url: optional(step.url.as_ref()),
    }
}

fn finding(finding: &Finding) -> FindingView {
    FindingView {
        code: finding.code.number(),
        message: plain(&finding.message),
        help: plain(&finding.help),
    }
}

fn needed<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| MISSING.to_owned(), |value| value.to_string())
}

fn optional<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn plan_view(plan: &Plan) -> PlanView {
    let form = plan.form.as_ref();
    let validity = plan.validity.as_ref();
    PlanView {
        state: plan.state.as_str(),
        state_text: plan_text::explain(plan),
        on: plan.on.to_string(),
        route: optional(plan.route),
        level: needed(plan.level),
        simplified: plan.simplified,
        form: needed(form.map(|form| &form.id)),
        form_name: needed(form.map(|form| &form.name)),
        form_url: optional(form.and_then(|form| form.url.as_ref())),
        fee: fee(plan.fee),
        validity_from: optional(validity.map(|validity| validity.from)),
        validity_until: optional(validity.map(|validity| validity.until)),
        validity_note: validity.map_or_else(String::new, |validity| match validity.limited_by {
            LimitedBy::Cap => "the longest term".to_owned(),
            LimitedBy::Support => format!(
                "ends with the published support; support until {} would gain {} days",
                validity.cap, validity.gain_days
            ),
        }),
        contact: optional(
            form.and_then(|form| form.contact.as_ref())
                .map(|contact| &contact.email),
        ),
    }
}

/// A sentence without the backticks that mark the user's words on a screen.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

#[cfg(test)]
mod tests;
