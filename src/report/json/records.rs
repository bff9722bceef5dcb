//! What programs read, field by field. Names are published and keep their meaning; these types are copies on purpose,
//! so that the inner types may change.

use std::borrow::Cow;

use serde_json::Value;

use crate::diag::Severity;
use crate::domain::{
    Citation, Date, LabelLevel, Level, Money, Scheme, Sha256, Support, Unsearched,
};
use crate::plan::{DocumentState, LimitedBy, State};
use crate::report::json::schema::{
    Document, Written, document, document_schema, records, with_members_of, with_only_entry,
};
use crate::report::{CheckState, Counts, Wholeness};
use crate::rules::tables::{OutlookKind, Recognition, Route, Status};

/// The entry of a manifest in the document of `check`.
pub(crate) type Checked = Written<CheckedRecord<'static>>;
/// The entry of a pack in the document of `verify`.
pub(crate) type Verified = Written<VerifiedRecord<'static>>;

impl Document for CheckRecord {
    const NAME: &'static str = "check";
    const ABOUT: &'static str = "What is wrong with manifests and their evidence. If there is one entry, its members \
         are also at the top.";

    fn schema() -> Value {
        with_members_of::<CheckedRecord<'_>>(document_schema::<Self>())
    }

    fn written(&self) -> Value {
        with_only_entry(document::<Self>(self), "manifests")
    }
}

impl Document for PlanRecord<'_> {
    const NAME: &'static str = "plan";
    const ABOUT: &'static str =
        "What has to be filed, and why. A field, once published, keeps its name and meaning.";
}

impl Document for VerifyRecord {
    const NAME: &'static str = "verify";
    const ABOUT: &'static str = "Whether packs are whole, and whether they are made from what they have. If there is \
         one entry, its members are also at the top.";

    fn schema() -> Value {
        with_members_of::<VerifiedRecord<'_>>(document_schema::<Self>())
    }

    fn written(&self) -> Value {
        with_only_entry(document::<Self>(self), "packs")
    }
}

impl Document for OutlookDocument<'_> {
    const NAME: &'static str = "outlook";
    const ABOUT: &'static str =
        "How other countries recognise the resulting label and the labels that are there.";
}

impl Document for PackRecord<'_> {
    const NAME: &'static str = "pack";
    const ABOUT: &'static str = "The pack that was written, or why none was.";
}

impl Document for ListRecord<'_> {
    const NAME: &'static str = "list";
    const ABOUT: &'static str = "The files that a pack would have: what `pack --list` prints.";
}

impl Document for ReadRecord<'_> {
    const NAME: &'static str = "read";
    const ABOUT: &'static str = "What certificates say about labels: proposals for the fields of `labels` in a manifest, \
         each with the line that says it. Nothing is decided by them.";
}

impl Document for FailureRecord {
    const NAME: &'static str = "error";
    const ABOUT: &'static str =
        "Why a command could not do its work. Every command prints it, and exits with 2.";
}

records! {
    CheckRecord {
        manifests: Vec<Checked> = "an entry for each manifest and variant, in the order of the arguments",
    }

    CheckedRecord<'a> {
        manifest: String = "the manifest as it was named",
        state: CheckState = "the lowest that applies; `failed` if the manifest could not be checked",
        failure [skip_serializing_if]: Option<FailureRecord> = "why the manifest could not be checked",
        counts: Counts = "a manifest that could not be checked counts as one error",
        not_searched: Vec<NotSearchedRecord<'a>> = "evidence that could not be searched for other clients' data",
        findings: Vec<FindingRecord<'a>>,
        waived [skip_serializing_if]: Option<Vec<WaivedRecord<'a>>> = "findings that a waiver of the manifest overrules; not there if there are none",
    }

    PlanRecord<'a> {
        manifest: String = "the manifest as it was named",
        state: State = "the lowest that applies",
        on: Date = "the day for which the rules were read, and the assumed day of issue",
        route: Option<Route> = "null when it cannot be decided",
        form: Option<&'a str> = "the form's id on the portal; null when there is none or it cannot be decided",
        form_name: Option<&'a str>,
        form_url: Option<&'a str>,
        level: Option<Level> = "the level that the label will show",
        simplified: bool = "the simplified application for Japanese or British products may apply",
        fee: Option<Money> = "null when no source gives one",
        validity: Option<ValidityRecord> = "an estimate",
        recognised: Vec<LabelRecord<'a>> = "the labels that are there: what each gives, or why it gives nothing",
        alternatives: Vec<AlternativeRecord<'a>> = "other routes to a label",
        documents: Vec<DocumentRecord<'a>> = "what the form asks for",
        steps: Vec<StepRecord<'a>> = "the steps to the label in order, those that are done too",
        provisions: Vec<ProvisionRecord<'a>> = "the provisions of the level with their answers",
        outlook: Vec<OutlookRecord<'a>> = "what the labels open in other countries",
        questions: Vec<QuestionRecord<'a>> = "what no published source settles, and whom to ask",
        not_searched: Vec<NotSearchedRecord<'a>> = "evidence that could not be searched for other clients' data",
        reasons: Vec<ReasonRecord<'a>> = "why each outcome is what it is",
        findings: Vec<FindingRecord<'a>>,
        rules: Vec<EditionRecord<'a>> = "the editions in force, with their hashes",
        waived [skip_serializing_if]: Option<Vec<WaivedRecord<'a>>> = "findings that a waiver of the manifest overrules; not there if there are none",
    }

    ReadRecord<'a> {
        files: Vec<ReadFileRecord<'a>> = "an entry for each file, in the order of the arguments",
    }

    ReadFileRecord<'a> {
        file: &'a str = "the file as it was named",
        proposed: Vec<ClaimRecord<'a>> = "by field; several values of one field other than `models` are readings of which one is right",
        not_found: Vec<&'static str> = "the fields that a label should have and that were not found",
        unsearched: Option<Unsearched> = "why the file was not read to its end; null if it was",
        why: Option<&'static str> = "the same in words, or why nothing was found",
    }

    ClaimRecord<'a> {
        field: &'static str = "the field of `labels`; `holder` is no field of a manifest",
        value: &'a str = "the value as the manifest writes it",
        page: Option<usize> = "the page, counted from 1; null if the file has no pages",
        place: String = "where in the file it is, in words",
        excerpt: &'a str = "the line that says it",
    }

    VerifyRecord {
        packs: Vec<Verified> = "an entry for each pack, in the order of the arguments",
    }

    VerifiedRecord<'a> {
        pack: String = "the pack as it was named",
        verdict: Wholeness = "`failed` if the pack could not be read",
        failure [skip_serializing_if]: Option<FailureRecord> = "why the pack could not be read",
        rewrapped: bool = "another program changed the wrapping, not the content",
        entries: usize = "how many entries were compared with the inventory",
        recomputed: usize = "how many entries were made again and are the same",
        recomputed_in_full: bool,
        not_recomputed: &'a [String] = "what could not be made again, and why",
        findings: Vec<FindingRecord<'a>>,
        provenance: Option<&'a Value> = "what made the pack; null if that cannot be read",
    }

    OutlookDocument<'a> {
        manifest: String = "the manifest as it was named",
        on: Date = "the day for which the rules were read",
        level: Option<Level> = "the level that the label will show",
        outlook: Vec<OutlookRecord<'a>> = "a line for each country and label",
    }

    PackRecord<'a> {
        path: Option<String> = "the zip or folder; null if no pack was written",
        state: State,
        draft: bool,
        manifest [skip_serializing_if]: Option<String> = "the manifest as it was named, if no pack was written",
        why [skip_serializing_if]: Option<&'a str> = "why no pack was written",
        findings [skip_serializing_if]: Option<Vec<FindingRecord<'a>>> = "what is wrong, if no pack was written",
    }

    ListRecord<'a> {
        state: State,
        entries: Vec<EntryRecord<'a>> = "the files in the order of the pack",
    }

    EntryRecord<'a> {
        path: &'a str = "the path within the pack",
        size: u64 = "in bytes",
        sha256: Sha256,
    }

    FindingRecord<'a> {
        code: &'static str,
        name: String,
        severity: Severity,
        message: &'a str,
        place: PlaceRecord<'a>,
        help: &'a str,
        note [skip_serializing_if]: Option<&'a str>,
        source: Option<&'a Citation> = "the rule behind it",
    }

    /// Always the file; the rest where it is in the manifest.
    PlaceRecord<'a> {
        file: Cow<'a, str>,
        line: Option<usize> = "the first line, from 1; the row, where it is a cell",
        column: Option<usize> = "the first column, from 1, in characters",
        end_line: Option<usize> = "the last line",
        end_column: Option<usize> = "the column after the last character",
        cell [skip_serializing_if]: Option<String>,
        part [skip_serializing_if]: Option<&'a str> = "the part of a Word or PowerPoint file",
        paragraph [skip_serializing_if]: Option<usize> = "the paragraph of that part, from 1",
        field: Option<String>,
        text: Option<&'a str> = "the first 200 characters",
    }

    /// What the machine could not do.
    FailureRecord {
        message: String,
        help: Option<String> = "what to do about it",
    }

    WaivedRecord<'a> {
        code: &'static str,
        name: String,
        message: &'a str,
        place: String = "the field or file, as the waiver names it",
        reason: &'a str,
        by: &'a str,
        until: Date,
    }

    NotSearchedRecord<'a> {
        file: &'a str,
        reason: Unsearched,
        why: &'static str = "the reason in words",
        looked_through: bool = "whether the manifest says that a person looked through the file",
    }

    ValidityRecord {
        from: Date,
        until: Date,
        limited_by: LimitedBy,
        estimate: bool,
        cap: Date,
        gain_days: i64 = "days that a longer support period would gain",
    }

    LabelRecord<'a> {
        label: String = "the field of the manifest",
        scheme: Option<Scheme>,
        name: &'a str,
        number: Option<&'a str>,
        label_level: Option<LabelLevel>,
        outcome: Recognition,
        decides: bool = "form and level rest on it",
        level: Option<Level>,
        counts_as: Option<&'a str>,
        why: &'a str,
        source: Option<&'a Citation>,
    }

    AlternativeRecord<'a> {
        route: Route,
        form: &'a str,
        form_url: Option<&'a str>,
        level: Level,
        fee: Option<Money>,
        remark: &'a str,
    }

    DocumentRecord<'a> {
        kind: &'a str,
        title: &'a str,
        state: DocumentState,
        source: Option<&'a Citation>,
    }

    StepRecord<'a> {
        text: &'a str,
        done: bool = "whether it is done; documents list only the steps that are still to do",
        url: Option<&'a str>,
        contact: Option<&'a str>,
        source: &'a Citation,
    }

    ProvisionRecord<'a> {
        id: &'a str,
        title: &'a str,
        status: Status,
        level: Option<Level>,
        support: Option<Support>,
        detail: Option<&'a str>,
        evidence: Vec<&'a str>,
    }

    OutlookRecord<'a> {
        country: &'a str,
        scheme: &'a str,
        basis: &'a str,
        open: bool,
        held: bool = "a label of that scheme is there already; then it is not open, since nothing needs to be opened",
        gives: &'a str,
        kind: OutlookKind,
        since: Date,
        arrangement: &'a str,
        pinned: Option<&'a str>,
        remark: Option<&'a str>,
        source: &'a Citation,
    }

    QuestionRecord<'a> {
        about: &'a str,
        question: &'a str,
        ask: Option<&'a str>,
    }

    ReasonRecord<'a> {
        about: &'a str,
        because: &'a str,
        field: Option<String>,
        source: Option<&'a Citation>,
    }

    EditionRecord<'a> {
        edition: &'a str,
        effective_from: Date,
        sha256: Sha256,
    }
}
