//! What a document shows, as text: the only input of a template. Every name is always there, so that
//! a template's misspelling can be told from an empty value.

use serde::Serialize;

use crate::diag::{Finding, Severity};
use crate::domain::{Application, EvidenceFile, EvidencePath, Laboratory, Registration, Support};
use crate::plan::{Applies, HeldLabel, LimitedBy, Plan, ProvisionLine, Question, Step};
use crate::render::Purpose;
use crate::render::declares::Declared;
use crate::report::plan_text;
use crate::rules::tables::Route;

/// Everything that a template may name. `docs/templates.md` lists it.
#[derive(Debug, Serialize)]
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
    pub(crate) signatory: SignatoryView,
    pub(crate) questions: Vec<QuestionView>,
    pub(crate) steps: Vec<StepView>,
    pub(crate) uploads: Vec<UploadView>,
    pub(crate) errors: Vec<FindingView>,
    pub(crate) declares: DeclaresView,
}

macro_rules! views {
    ($($(#[$meta:meta])* $name:ident { $($field:ident: $type:ty,)+ })+) => {
        $($(#[$meta])* #[derive(Debug, Serialize)] pub(crate) struct $name { $(pub(crate) $field: $type,)+ })+
    };
}

views! {
    PlanView { state: &'static str, state_text: &'static str, on: String, route: String, level: String, simplified: bool, form: String, form_name: String, form_url: String, fee: String, validity_from: String, validity_until: String, validity_note: String, contact: String, }
    ApplicantView { name: String, registration: String, number: String, address: Vec<String>, contact: String, email: String, phone: String, abroad: bool, filed_by: String, filed_by_uen: String, }
    ProductView { title: String, brand: String, name: String, models: String, models_short: String, category: String, hardware_version: String, firmware_version: String, apps: Vec<String>, url: String, support_until: String, support_url: String, vulnerability_disclosure: String, }
    LabelView { name: String, number: String, grade: String, issued: String, expires: String, models: String, firmware_version: String, outcome: String, }
    LaboratoryView { name: String, reference: String, date: String, }
    ProvisionView { id: String, clause: String, title: String, status: String, answer: String, detail: Vec<String>, evidence: Vec<String>, files: Vec<EvidenceView>, }
    UploadView { title: String, path: String, }
    #[derive(Clone)]
    EvidenceView { number: String, path: String, size: String, sha256: String, short: String, }
    SignatoryView { name: String, title: String, place: String, date: String, }
    QuestionView { text: String, name: String, email: String, }
    StepView { text: String, url: String, }
    FindingView { code: &'static str, message: String, help: String, }
    DeclaresView { hash: String, short: String, }
}

/// What stands where a draft lacks a value.
const MISSING: &str = "(missing)";

impl View {
    /// Makes the view of a plan.
    pub fn new(
        plan: &Plan,
        application: &Application,
        files: &[EvidenceFile],
        purpose: Purpose,
    ) -> Self {
        let evidence = evidence(files);
        let counts = |held: &&HeldLabel| plan.counts(held);
        let basis: Vec<&HeldLabel> = plan.labels.iter().filter(counts).collect();
        let lines = |pick: fn(&ProvisionLine) -> bool| {
            let picked = plan.provisions.iter().filter(|line| pick(line));
            picked
                .map(|line| provision(line, plan, &basis, &evidence))
                .collect()
        };
        let mut view = Self {
            tool: concat!("clspack ", env!("CARGO_PKG_VERSION")),
            draft: purpose == Purpose::Draft,
            plan: plan_view(plan),
            applicant: applicant(application),
            product: product(application),
            labels: plan.labels.iter().map(label).collect(),
            basis: basis.iter().map(|held| label(held)).collect(),
            laboratory: application.laboratory.as_ref().map(laboratory),
            provisions: lines(|line| line.level.is_some() && !line.lifecycle),
            lifecycle: lines(|line| line.level.is_some() && line.lifecycle),
            beyond: lines(|line| line.level.is_none()),
            evidence,
            signatory: signatory(application),
            questions: plan.questions.iter().map(question).collect(),
            steps: plan.steps.iter().map(step).collect(),
            uploads: Vec::new(),
            errors: plan
                .findings
                .iter()
                .filter(|one| one.severity() == Severity::Error)
                .map(finding)
                .collect(),
            declares: DeclaresView {
                hash: String::new(),
                short: String::new(),
            },
        };
        let hash = view.declared().hash();
        view.declares = DeclaresView {
            hash: hash.to_string(),
            short: hash.short(),
        };
        view
    }

    /// Returns what the declaration declares.
    fn declared(&self) -> Declared<'_> {
        Declared {
            format: 1,
            form: &self.plan.form,
            level: &self.plan.level,
            applicant: &self.applicant,
            product: &self.product,
            labels: &self.labels,
            laboratory: self.laboratory.as_ref(),
            provisions: [&self.provisions, &self.lifecycle, &self.beyond],
            evidence: &self.evidence,
            signatory: &self.signatory,
        }
    }
}

fn laboratory(laboratory: &Laboratory) -> LaboratoryView {
    LaboratoryView {
        name: needed(laboratory.name.as_ref()),
        reference: needed(laboratory.reference.as_ref()),
        date: needed(laboratory.date),
    }
}

fn question(question: &Question) -> QuestionView {
    let contact = question.contact.as_ref();
    QuestionView {
        text: plain(&question.text),
        name: optional(contact.map(|contact| &contact.name)),
        email: optional(contact.map(|contact| &contact.email)),
    }
}

fn step(step: &Step) -> StepView {
    StepView {
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
        state_text: plan_text::state(plan.state),
        on: plan.on.to_string(),
        route: optional(plan.route),
        level: needed(plan.level),
        simplified: plan.simplified,
        form: needed(form.map(|form| &form.id)),
        form_name: needed(form.map(|form| &form.name)),
        form_url: optional(form.and_then(|form| form.url.as_ref())),
        fee: plan.fee.map_or_else(
            || "not published; ask CSA".to_owned(),
            |fee| fee.to_string(),
        ),
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

fn applicant(application: &Application) -> ApplicantView {
    let applicant = &application.applicant;
    let filer = applicant.filed_by.as_ref();
    ApplicantView {
        name: needed(applicant.name.as_ref()),
        registration: needed(applicant.registration.as_ref()),
        number: needed(applicant.registration.as_ref().map(Registration::number)),
        address: needed(applicant.address.as_ref())
            .lines()
            .map(str::to_owned)
            .collect(),
        contact: needed(applicant.contact.name.as_ref()),
        email: needed(applicant.contact.email.as_ref()),
        phone: optional(applicant.contact.phone.as_ref()),
        abroad: matches!(applicant.registration, Some(Registration::Abroad { .. })),
        filed_by: optional(filer.and_then(|filer| filer.name.as_ref())),
        filed_by_uen: optional(filer.and_then(|filer| filer.uen.as_ref())),
    }
}

fn product(application: &Application) -> ProductView {
    let product = &application.product;
    let models = product.models.join(", ");
    let models_short = match product.models.as_slice() {
        [first, _, _, rest @ ..] if !rest.is_empty() || models.chars().count() > 40 => {
            format!("{first} and {} more", product.models.len() - 1)
        }
        _ => models.clone(),
    };
    ProductView {
        title: application
            .product
            .title()
            .unwrap_or_else(|| MISSING.to_owned()),
        brand: needed(product.brand.as_ref()),
        name: needed(product.name.as_ref()),
        models: needed((!models.is_empty()).then_some(models)),
        models_short,
        category: needed(
            product
                .category
                .map(|category| category.as_str().replace('-', " ")),
        ),
        hardware_version: optional(product.hardware_version.as_ref()),
        firmware_version: needed(product.firmware_version.as_ref()),
        apps: product
            .companion_apps
            .iter()
            .map(|app| {
                format!(
                    "{} {} ({})",
                    needed(app.name.as_ref()),
                    needed(app.version.as_ref()),
                    needed(app.platform)
                )
            })
            .collect(),
        url: optional(product.url.as_ref()),
        support_until: needed(product.support_until),
        support_url: optional(product.support_url.as_ref()),
        vulnerability_disclosure: optional(product.vulnerability_disclosure.as_ref()),
    }
}

fn label(held: &HeldLabel) -> LabelView {
    LabelView {
        name: held.name.clone(),
        number: optional(held.label.number.as_ref()),
        grade: optional(held.label.level),
        issued: optional(held.label.issued),
        expires: optional(held.label.expires),
        models: held.label.models.join(", "),
        firmware_version: optional(held.label.firmware_version.as_ref()),
        outcome: plain(&held.why),
    }
}

fn evidence(files: &[EvidenceFile]) -> Vec<EvidenceView> {
    let view = |(i, file): (usize, &EvidenceFile)| EvidenceView {
        number: format!("E{}", i + 1),
        path: file.path.to_string(),
        size: size(file.size),
        sha256: file.sha256.to_string(),
        short: file.sha256.short(),
    };
    files.iter().enumerate().map(view).collect()
}

/// A sentence without the backticks that mark the user's words on a screen.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// A size for people, in the units of the portal (1 kB is 1,000 bytes).
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

fn provision(
    line: &ProvisionLine,
    plan: &Plan,
    basis: &[&HeldLabel],
    evidence: &[EvidenceView],
) -> ProvisionView {
    let of = |path: &EvidencePath| {
        evidence
            .iter()
            .find(|file| file.path == path.as_str())
            .cloned()
    };
    let files: Vec<_> = line.evidence.iter().filter_map(of).collect();
    let (answer, given) = answer(line, plan, basis);
    let detail = line.detail.clone().unwrap_or(given);
    ProvisionView {
        id: line.id.clone(),
        clause: line.clause.clone(),
        title: line.title.clone(),
        status: line.status.to_string(),
        answer,
        detail: detail.lines().map(str::to_owned).collect(),
        evidence: files.iter().map(|file| file.number.clone()).collect(),
        files,
    }
}

/// Returns the answer, and the detail that goes with it where the manifest gives none.
fn answer(line: &ProvisionLine, plan: &Plan, basis: &[&HeldLabel]) -> (String, String) {
    let labels: Vec<_> = basis
        .iter()
        .map(|held| {
            held.label.number.as_ref().map_or_else(
                || held.short.clone(),
                |number| format!("{} {number}", held.short),
            )
        })
        .collect();
    let by_label = labels.join("; ");
    match (line.support, &line.applies) {
        (Some(Support::Yes), _) => ("Yes".to_owned(), String::new()),
        (Some(Support::No), _) => ("No".to_owned(), String::new()),
        (Some(Support::NotApplicable), Applies::Never { condition }) => (
            "N/A".to_owned(),
            format!("The product is declared not to meet the condition: {condition}."),
        ),
        (Some(Support::NotApplicable), _) => ("N/A".to_owned(), String::new()),
        (None, _) if !basis.is_empty() && plan.simplified => (
            "To be confirmed".to_owned(),
            format!("Label held: {by_label}"),
        ),
        (None, _) if !basis.is_empty() && plan.route == Some(Route::Mra) => {
            ("By label".to_owned(), format!("Basis: {by_label}"))
        }
        (None, Applies::Never { condition }) => (
            "N/A".to_owned(),
            format!("The product is declared not to meet the condition: {condition}."),
        ),
        (None, Applies::Unlikely { conditions }) => (
            "N/A".to_owned(),
            format!("The product is not declared to meet the condition: {conditions}."),
        ),
        (None, Applies::Always | Applies::While { .. }) => (MISSING.to_owned(), String::new()),
    }
}

fn signatory(application: &Application) -> SignatoryView {
    let signatory = &application.signatory;
    SignatoryView {
        name: needed(signatory.name.as_ref()),
        title: needed(signatory.title.as_ref()),
        place: optional(signatory.place.as_ref()),
        date: optional(signatory.date),
    }
}
