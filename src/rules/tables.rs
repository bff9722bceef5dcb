//! The instruments: what each kind of rule file holds. An edition is whole; nothing is inherited.

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
    /// A form of the portal.
    FormRow {
        /// The way that the form is for.
        route: Route,
        /// The levels that it gives.
        levels: Vec<Level>,
        name: String,
        /// Where it is filled in.
        url: Stated<String>,
        /// The papers that it asks for.
        documents: Vec<DocumentKind>,
        /// Whom to ask, an id of `sources.yaml`.
        contact: String,
    }
}
body! { /// The forms. Exactly one row fits a route and a level.
Forms { /// The forms.
    rows: Vec<FormRow>, } }

row! {
    /// The fee of one form.
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
    /// A bound of the label's validity: so many years, or the end of support.
    ValidityRow {
        /// Years from the day of issue.
        years: Option<u8>,
        /// Another day that bounds it.
        limited_by: Option<ValidityBound>,
    }
}
body! { /// How long a label lasts.
Validity { /// The bounds.
    rows: Vec<ValidityRow>, } }

row! {
    /// Whether the scheme takes products of some categories.
    ScopeRow {
        /// The categories; every one stands in exactly one row.
        categories: Vec<Category>,
        outcome: ScopeOutcome,
        /// Which provisions they answer, where it takes them.
        class: Option<DeviceClass>,
        /// The scheme that takes them instead.
        scheme: Option<String>,
        /// Why it does not take them.
        reason: Option<String>,
        /// What to ask, where no official text settles it.
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
        /// The ways for which it is needed.
        routes: Vec<Route>,
        /// The levels for which it is needed.
        levels: Vec<Level>,
        needs: Needed,
        what: String,
        /// Why, or what happens without it.
        otherwise: Option<String>,
    }
}
body! { /// What forms need beyond their papers.
Requirements { /// The needs.
    rows: Vec<RequirementRow>, } }

/// For whom a step is; what is left out does not matter.
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
    /// A step on the way through the portal.
    StepRow {
        #[serde(default)] when: StepWhen,
        text: String,
        url: Option<String>,
        contact: Option<String>,
        /// Whether it is done at the form's own page.
        #[serde(default)] at_form: bool,
        /// What `check` says of it, as a warning.
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
        /// The extensions that are taken, in lower case.
        extensions: Vec<String>,
    }
}
body! { /// What the portal takes.
Uploads { /// The limits.
    rows: Vec<UploadRow>, } }

/// What a scheme's label looks like.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelForm {
    /// Its grades; none where the scheme has no grades.
    pub levels: Vec<LabelLevel>,
    /// The fields that every label of the scheme has.
    pub needs: Vec<LabelField>,
    /// The longest term in years.
    pub max_years: Option<u8>,
    /// What a longer term says.
    pub over_max: Option<OverMax>,
    /// What its number looks like.
    pub number_form: Option<NumberForm>,
    /// The label's own product categories that the arrangement covers.
    #[serde(default)]
    pub categories: Vec<LabelCategory>,
    /// How often a label held is reviewed, in days.
    pub reviewed_every_days: Option<i64>,
    /// Why the last review matters.
    pub review_note: Option<String>,
    /// Where that stands; the arrangement's own rows otherwise.
    pub source: Option<SourceRef>,
    /// How far it can be trusted.
    pub confidence: Option<crate::domain::Confidence>,
    /// When it was last compared.
    pub confirmed: Option<Date>,
}

/// What the number of a label looks like: a prefix and so many digits.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberForm {
    pub prefix: String,
    pub digits: usize,
}

/// Which labels a row of an arrangement is about; what is left out does not matter.
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
    /// What the labels of one kind give.
    ArrangementRow {
        when: LabelWhen,
        outcome: Recognition,
        /// The level that they give.
        level: Option<Level>,
        /// The baseline that every grade is brought down to.
        counts_as: Option<String>,
        reason: Option<String>,
        /// What to put to CSA.
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
        /// What its label looks like.
        label: LabelForm,
        /// What it gives. Exactly one row fits a label.
        rows: Vec<ArrangementRow>,
    }
}

/// What another country's rule starts from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutlookWhen {
    /// A CLS label of one of these levels.
    pub cls_levels: Vec<Level>,
    /// A label of one of these schemes.
    pub labels: Vec<Scheme>,
}
row! {
    /// What a label opens in another country.
    OutlookRow {
        when: OutlookWhen,
        gives: String,
        kind: OutlookKind,
        /// Categories of products that it does not cover.
        #[serde(default)] categories_not: Vec<Category>,
        /// The edition of the scheme to which that country's law is pinned.
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
