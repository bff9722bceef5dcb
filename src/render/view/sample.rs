//! A view in which nothing is missing and no list is empty, so that a template can be checked and looked
//! at without a manifest. Everything in it is invented.

use crate::render::Pictures;
use crate::render::view::{
    AlternativeView, ApplicantView, AskView, DeclaresView, EvidenceView, FindingView, LabelView,
    LaboratoryView, LimitView, NotSearchedView, OutlookView, PlanView, ProductView, ProvisionView,
    QuestionView, ReasonView, ShownView, SignatoryView, StepView, UploadView, View,
};

/// The picture of the invented view: one dot.
const DOT: &[u8] = include_bytes!("dot.png");

/// Returns the pictures of the invented view.
pub(crate) fn pictures() -> Pictures {
    Pictures::from([("E1".to_owned(), DOT.into())])
}

impl View {
    /// Returns the invented view.
    #[expect(clippy::too_many_lines, reason = "one value, spelt out")]
    pub fn sample() -> Self {
        Self {
            tool: concat!("clspack ", env!("CARGO_PKG_VERSION")),
            draft: false,
            plan: plan(),
            applicant: applicant(),
            product: product(),
            labels: vec![label()],
            basis: vec![label()],
            laboratory: Some(LaboratoryView {
                name: text("Example Lab"),
                reference: text("EL-26-001"),
                date: text("2026-10-01"),
            }),
            provisions: vec![provision("5.1-1", "No universal default passwords")],
            lifecycle: vec![provision("CK-LP-01", "Threat model")],
            beyond: vec![provision("5.4-1", "Secure storage")],
            evidence: vec![evidence()],
            others: vec![evidence()],
            signatory: SignatoryView {
                name: text("Alex Example"),
                name_latin: text("Alex Example"),
                title: text("Head of Regulatory Affairs"),
                title_latin: text("Head of Regulatory Affairs"),
                place: text("Singapore"),
                date: text("2026-11-20"),
            },
            questions: vec![QuestionView {
                text: text("Does the simplified application apply to this product?"),
                name: text("the scheme's office"),
                email: text("office@example.org"),
            }],
            not_searched: vec![NotSearchedView {
                path: text("evidence/scan.pdf"),
                reason: text("a page is a picture without text"),
                looked_through: false,
            }],
            steps: vec![StepView {
                id: text("pay"),
                text: text("Pay the fee."),
                url: text("https://portal.example/pay"),
            }],
            reasons: vec![ReasonView {
                about: text("route"),
                because: text("the label held counts as Level 3"),
                source: text("the arrangement"),
            }],
            alternatives: vec![AlternativeView {
                form: text("form-3"),
                form_name: text("the form of Level 3"),
                level: text("3"),
                fee: text("SGD 1.00"),
                remark: text("every provision is answered one by one"),
            }],
            outlook: vec![OutlookView {
                country: text("Finland"),
                gives: text("a label"),
            }],
            ask: AskView {
                name: text("the scheme's office"),
                email: text("office@example.org"),
            },
            uploads: vec![UploadView {
                title: text("Declaration of Conformity"),
                path: text("upload/01-declaration-of-conformity.pdf"),
                size: text("102 kB"),
                signed: false,
                over: false,
            }],
            limit: LimitView {
                size: text("2.0 MB"),
                per: text("application"),
                total: text("102 kB"),
                over: false,
            },
            errors: vec![finding()],
            warnings: vec![finding()],
            declares: DeclaresView {
                hash: "0123456789abcdef".repeat(4),
                short: text("0123456789abcdef"),
                parts: text("form 01234567 · applicant 89abcdef"),
            },
        }
    }
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn plan() -> PlanView {
    PlanView {
        state: "to-sign",
        state_text: "complete; the declaration must be signed",
        on: text("2026-12-01"),
        route: text("mra"),
        level: text("3"),
        simplified: false,
        form: text("form-1"),
        form_name: text("the form for labels of other schemes"),
        form_url: text("https://portal.example/form-1"),
        fee: text("SGD 1.00"),
        validity_from: text("2026-12-01"),
        validity_until: text("2029-12-01"),
        validity_note: text("the longest term"),
        contact: text("office@example.org"),
    }
}

fn applicant() -> ApplicantView {
    ApplicantView {
        name: text("Hanbit Living Pte. Ltd."),
        name_latin: text("Hanbit Living Pte. Ltd."),
        registration: text("UEN 201912345R"),
        number: text("201912345R"),
        address: vec![text("1 Example Road, #01-01"), text("Singapore 000001")],
        address_latin: vec![text("1 Example Road, #01-01"), text("Singapore 000001")],
        contact: text("Alex Example"),
        contact_latin: text("Alex Example"),
        email: text("ra@hanbit.example"),
        phone: text("+65 6000 0000"),
        abroad: false,
        filed_by: text("Example Consulting Pte. Ltd."),
        filed_by_latin: text("Example Consulting Pte. Ltd."),
        filed_by_uen: text("201812345M"),
    }
}

fn product() -> ProductView {
    ProductView {
        title: text("Hanbit Home Hub 2"),
        brand: text("Hanbit"),
        name: text("Home Hub 2"),
        models: text("HX-200, HX-200K"),
        model_list: models(),
        models_short: text("HX-200, HX-200K"),
        category: text("smart home hub"),
        hardware_version: text("2.1"),
        firmware_version: text("1.10"),
        apps: vec![text("Hanbit Home 5.2.0 (android)")],
        url: text("https://hanbit.example/hub2"),
        support_until: text("2030-06-30"),
        support_url: text("https://hanbit.example/support"),
        vulnerability_disclosure: text("https://hanbit.example/security"),
    }
}

fn models() -> Vec<String> {
    vec![text("HX-200"), text("HX-200K")]
}

fn label() -> LabelView {
    LabelView {
        name: text("an example label"),
        number: text("EXAMPLE-0001"),
        grade: text("basic"),
        issued: text("2025-07-01"),
        expires: text("2028-06-30"),
        models: text("HX-200, HX-200K"),
        model_list: models(),
        firmware_version: text("1.10"),
        outcome: text("the label counts as Level 3"),
        note: text("for information only: it expired on 2026-11-30"),
    }
}

fn evidence() -> EvidenceView {
    EvidenceView {
        number: text("E1"),
        path: text("evidence/5.1-1/passwords.pdf"),
        in_pack: text("evidence/5.1-1/passwords.pdf"),
        pages: text("2–4"),
        date: text("2026-10-05"),
        owner: text("Product security team"),
        expires: text("2027-10-04"),
        about: text("How passwords are made in the factory."),
        replaces: text("evidence/5.1-1/passwords-v1.pdf"),
        size: text("84 kB"),
        sha256: "fedcba9876543210".repeat(4),
        short: text("fedcba9876543210"),
        shown: ShownView {
            text: text("page 4 of 03-evidence-pages.pdf"),
            picture: text("E1"),
            width: text("40"),
            alt: text("Evidence E1 for 5.1-1"),
        },
        named: None,
    }
}

fn provision(id: &str, title: &str) -> ProvisionView {
    ProvisionView {
        id: text(id),
        clause: text("5.1"),
        title: text(title),
        status: text("M"),
        answer: text("Yes"),
        detail: vec![text("Each unit has its own password.")],
        evidence: vec![text("E1 (p. 2–4)")],
        files: vec![evidence()],
    }
}

fn finding() -> FindingView {
    FindingView {
        code: "E001",
        message: text("evidence/sbom.pdf does not exist"),
        help: text("put the file there"),
    }
}
