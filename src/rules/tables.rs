//! The instruments: the content of each kind of rule file. An edition is complete; nothing is inherited.

use serde::Deserialize;

use crate::domain::{Category, Currency, Date, LabelCategory, LabelLevel, Level, Scheme};
pub use crate::rules::provision_tables::{
    ConditionRow, Later, LevelRow, LevelTable, ProvisionRow, Provisions,
};
use crate::rules::row::{SourceRef, Stated, body, row};
pub use crate::rules::words::{
    DeviceClass, DocumentKind, LabelField, LaterState, Needed, OutlookKind, OverMax, Recognition,
    Route, ScopeOutcome, Status, ValidityBound,
};

row! {
    FormRow {
        route: Route,
        /// The levels of the label.
        levels: Vec<Level>,
        name: String,
        /// The page of the form.
        url: Stated<String>,
        /// The documents to upload.
        documents: Vec<DocumentKind>,
        /// The contact, an id in `sources.yaml`.
        contact: String,
    }
}
body! { /// The forms. Exactly one row fits a route and a level.
Forms { /// The forms.
    rows: Vec<FormRow>, } }

row! {
    FeeRow {
        form: String,
        /// The amount as the page prints it.
        amount: Stated<String>,
        currency: Currency,
    }
}
body! { /// The fees.
Fees { /// One row for each form.
    rows: Vec<FeeRow>, } }

row! {
    /// A bound of the label's validity: a number of years, or the end of support.
    ValidityRow {
        /// Years from the day of issue.
        years: Option<u8>,
        /// Another date that bounds it.
        limited_by: Option<ValidityBound>,
    }
}
body! { /// How long a label lasts.
Validity { /// The bounds.
    rows: Vec<ValidityRow>, } }

row! {
    /// Whether the scheme accepts products of some categories.
    ScopeRow {
        /// The categories; each is in exactly one row.
        categories: Vec<Category>,
        outcome: ScopeOutcome,
        /// The class of provisions for these products, if the scheme accepts them.
        class: Option<DeviceClass>,
        /// The scheme for them instead.
        scheme: Option<String>,
        /// Why it does not accept them.
        reason: Option<String>,
        /// The question for CSA, if no official text answers it.
        question: Option<String>,
        contact: Option<String>,
    }
}
body! { /// Which products the scheme takes.
Scope { /// The categories.
    rows: Vec<ScopeRow>, } }

row! {
    /// Something that a form needs at some levels.
    RequirementRow {
        routes: Vec<Route>,
        levels: Vec<Level>,
        needs: Needed,
        what: String,
        /// The reason, or the consequence without it.
        otherwise: Option<String>,
    }
}
body! { /// What forms need beyond their documents.
Requirements { /// The needs.
    rows: Vec<RequirementRow>, } }

/// Who has to take a step; a condition that is left out is always true.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StepWhen {
    pub routes: Option<Vec<Route>>,
    pub levels: Option<Vec<Level>>,
    pub classes: Option<Vec<DeviceClass>>,
    pub simplified: Option<bool>,
    /// The applicant is registered abroad.
    pub abroad: Option<bool>,
    pub filed_by: Option<bool>,
    pub open_question: Option<bool>,
}
row! {
    StepRow {
        #[serde(default)] when: StepWhen,
        text: String,
        url: Option<String>,
        contact: Option<String>,
        /// Whether it is done at the form's own page.
        #[serde(default)] at_form: bool,
        /// The warning of `check` about it.
        finding: Option<String>,
    }
}
body! { /// The way through the portal, in order.
Steps { /// The steps.
    rows: Vec<StepRow>, } }

row! {
    /// A limit of the portal.
    UploadRow {
        /// The largest size in bytes.
        limit_bytes: u64,
        per: String,
        /// The accepted extensions, in lower case.
        extensions: Vec<String>,
        /// Whether an upload field takes more than one file; nothing if no source says so.
        #[serde(default)]
        many_files: Option<bool>,
    }
}
body! { /// What the portal takes.
Uploads { /// The limits.
    rows: Vec<UploadRow>, } }

/// The form of a scheme's label.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelForm {
    /// Its grades; empty if the scheme has none.
    pub levels: Vec<LabelLevel>,
    /// The fields that every label of the scheme has.
    pub needs: Vec<LabelField>,
    /// The longest term in years.
    pub max_years: Option<u8>,
    /// What a longer term means.
    pub over_max: Option<OverMax>,
    /// The form of its number.
    pub number_form: Option<NumberForm>,
    /// The label's own product categories that the arrangement covers.
    #[serde(default)]
    pub categories: Vec<LabelCategory>,
    /// How often such a label is reviewed, in days.
    pub reviewed_every_days: Option<i64>,
    /// Why the last review matters.
    pub review_note: Option<String>,
    /// Where that is published; by default the source of the rows.
    pub source: Option<SourceRef>,
    /// How reliable it is.
    pub confidence: Option<crate::domain::Confidence>,
    /// When it was last compared.
    pub confirmed: Option<Date>,
}

/// The form of a label number: a prefix and a number of digits.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberForm {
    pub prefix: String,
    pub digits: usize,
}

/// The labels that a row of an arrangement is about; a condition that is left out is always true.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LabelWhen {
    /// The label's grade is one of these.
    pub levels: Option<Vec<LabelLevel>>,
    /// The product's category is one of these.
    pub categories: Option<Vec<Category>>,
    /// The product's category is none of these.
    pub categories_not: Option<Vec<Category>>,
    /// The label's own category is one of these.
    pub label_categories: Option<Vec<LabelCategory>>,
    /// The label's own category is none of these.
    pub label_categories_not: Option<Vec<LabelCategory>>,
}
row! {
    /// The result of one kind of label.
    ArrangementRow {
        when: LabelWhen,
        outcome: Recognition,
        /// The resulting level.
        level: Option<Level>,
        /// The baseline that every grade is reduced to.
        counts_as: Option<String>,
        reason: Option<String>,
        /// The question for CSA.
        question: Option<String>,
    }
}
body! { /// The arrangement with one scheme of another country.
    Arrangement {
        scheme: Scheme,
        name: String,
        /// Its name in a sentence.
        short: String,
        country: String,
        arrangement: String,
        /// The form of its label.
        label: LabelForm,
        /// The results. Exactly one row fits a label.
        rows: Vec<ArrangementRow>,
    }
}

/// The labels that another country's rule is about.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutlookWhen {
    /// A CLS label of one of these levels.
    pub cls_levels: Vec<Level>,
    /// A label of one of these schemes.
    pub labels: Vec<Scheme>,
}
row! {
    /// The result of a label in another country.
    OutlookRow {
        when: OutlookWhen,
        gives: String,
        kind: OutlookKind,
        /// Categories of products that it does not cover.
        #[serde(default)] categories_not: Vec<Category>,
        /// The edition of the scheme that the country's law refers to.
        pinned: Option<String>,
        remark: Option<String>,
    }
}
body! { /// What labels open in another country.
    Outlook {
        country: String,
        scheme: String,
        arrangement: String,
        rows: Vec<OutlookRow>,
    }
}
