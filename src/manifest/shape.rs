//! What a manifest may hold: one description, from which the parser reads and the JSON Schema is written.

use std::borrow::Cow;

/// A table: its fields in the order in which people write them.
#[derive(Debug)]
pub(crate) struct Shape {
    /// What the table is called in a message.
    pub(crate) name: &'static str,
    /// The fields that it may have.
    pub(crate) fields: &'static [Field],
}

/// A field of a table.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it may hold.
    pub(crate) kind: Kind,
    /// Whether the table is incomplete without it.
    pub(crate) need: Need,
    /// What to write: used as help when it is missing, and in the JSON Schema.
    pub(crate) doc: &'static str,
    /// Whether YAML may take the text for a number.
    pub(crate) quoted: bool,
}

impl Field {
    /// Returns what to write in a manifest, where a text that looks like a number needs quotes.
    pub(crate) fn in_yaml(&self) -> Cow<'static, str> {
        if self.quoted {
            Cow::Owned(format!("{}, in quotes if it looks like a number", self.doc))
        } else {
            Cow::Borrowed(self.doc)
        }
    }
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// The table is incomplete without it.
    Required,
    /// It may be left out.
    Optional,
}

/// What a field may hold.
#[derive(Debug)]
pub(crate) enum Kind {
    /// The number of the manifest's format.
    Schema,
    /// A text of one line, at most so many characters.
    Line(usize),
    /// A text of several lines, at most so many characters.
    Lines(usize),
    /// One of a closed set of words.
    Word(fn() -> Vec<&'static str>),
    /// A day.
    Date,
    /// An address that begins with `https://` or `http://`.
    Url,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A Singapore Unique Entity Number.
    Uen,
    /// A country code of two letters.
    Country,
    /// A file below the manifest's folder.
    Path,
    /// A table.
    Table(&'static Shape),
    /// A list.
    List(&'static Kind),
    /// A file below the manifest's folder, or a table that names it and the pages to look at.
    Exhibit,
    /// Numbers of pages.
    Pages,
    /// The hash that a declaration bears.
    Hash,
    /// Answers by provision number.
    Answers,
    /// A part of a manifest that is laid over the rest.
    Partial,
}

macro_rules! shapes {
    ($($shape:ident $name:literal { $($need:ident $field:ident $(as $spelt:literal)? : $kind:expr => $doc:literal $($quoted:ident)?;)+ })+) => {
        $(pub(crate) static $shape: Shape = Shape {
            name: $name,
            fields: &[$(Field { name: shapes!(@name $field $($spelt)?), kind: $kind, need: Need::$need, doc: $doc, quoted: shapes!(@quoted $($quoted)?) }),+],
        };)+
    };
    (@quoted quoted) => { true };
    (@quoted) => { false };
    (@name $field:ident $spelt:literal) => { $spelt };
    (@name $field:ident) => { stringify!($field) };
}

macro_rules! word {
    ($set:ty) => {
        Kind::Word(|| <$set>::ALL.iter().map(|word| word.as_str()).collect())
    };
}

use crate::domain::{
    Category, Example, LabelCategory, LabelLevel, Level, Platform, Scheme, Support,
};
use Kind::{
    Answers, Country, Date, Email, Exhibit, Hash, Line, Lines, List, Pages, Path, Phone, Schema,
    Table, Uen, Url,
};

fn levels() -> Vec<&'static str> {
    Level::ALL.iter().map(|level| level.as_str()).collect()
}

shapes! {
    MANIFEST "the manifest" {
        Required schema: Schema => "the number of this format: 1";
        Optional application: Table(&APPLICATION) => "what is applied for and when";
        Required applicant: Table(&APPLICANT) => "the company that applies";
        Required product: Table(&PRODUCT) => "the product that the label is for";
        Optional labels: List(&Table(&LABEL)) => "labels held under other schemes";
        Optional laboratory: Table(&LABORATORY) => "the test laboratory and its report";
        Optional provisions: Answers => "answers to the provisions of EN 303 645, by number";
        Optional lifecycle: Answers => "answers to the lifecycle items CK-LP-01 to CK-LP-08";
        Optional evidence: Table(&EVIDENCE) => "files that belong to the whole product";
        Optional looked_through: List(&Path) => "files of evidence that clspack could not search for other clients' data, and that a person looked through";
        Required signatory: Table(&SIGNATORY) => "who signs the declaration";
        Optional declaration: Table(&DECLARATION) => "the declaration once it is signed";
        Optional templates: Table(&TEMPLATES) => "the applicant's own templates, in place of the built-in ones";
        Optional confirmed: List(&Line(500)) => "texts of this manifest that look like a placeholder or like several, and are right as they are";
        Optional waivers: List(&Table(&WAIVER)) => "warnings, and errors that clspack inferred, that somebody looked at and that do not count";
        Optional example: word!(Example) => "true for a manifest that is an example, so that its addresses need reach nobody";
        Optional extends: Line(500) => "the path of a manifest that this one extends: fields that are missing here come from there";
        Optional variants: List(&Kind::Partial) => "products that share what is written above; each with its name and what is different about it";
    }
    APPLICATION "`application`" {
        Optional level: Kind::Word(levels) => "the level applied for, 1 to 4; left out, the labels held decide";
        Optional submission: Date => "the intended day of submission, such as 2026-12-01";
    }
    APPLICANT "`applicant`" {
        Required name: Line(200) => "the registered name of the company";
        Optional uen: Uen => "the Unique Entity Number of a company registered in Singapore";
        Optional registration: Table(&REGISTRATION) => "country and number of a company registered abroad";
        Required address: Lines(500) => "the postal address";
        Required contact: Table(&CONTACT) => "the person whom an officer may ask";
        Optional filed_by: Table(&FILED_BY) => "the consultancy that files for the applicant";
        Optional shares_with: List(&Line(200)) => "other clients of a batch that this application may name, by name or registration number: one at the same address, a parent company";
    }
    REGISTRATION "`registration`" {
        Required country: Country => "the country as a code of two letters, such as KR";
        Required number: Line(60) => "the number in that country's register";
    }
    CONTACT "`contact`" {
        Required name: Line(120) => "the person's name";
        Required email: Email => "the e-mail address";
        Optional phone: Phone => "the telephone number with its country code, such as +65 6000 0000";
    }
    FILED_BY "`filed_by`" {
        Required name: Line(200) => "the registered name of the consultancy";
        Required uen: Uen => "the Unique Entity Number of the consultancy";
    }
    PRODUCT "`product`" {
        Required brand: Line(120) => "the brand on the box";
        Required name: Line(200) => "the name on the box";
        Required models: List(&Line(60)) => "the model numbers, spelt exactly as on the type label";
        Required category: word!(Category) => "what kind of product it is";
        Optional hardware_version: Line(60) => "the hardware version" quoted;
        Required firmware_version: Line(60) => "the firmware version" quoted;
        Optional companion_apps: List(&Table(&COMPANION_APP)) => "apps that belong to the product";
        Optional url: Url => "the product's page";
        Required support: Table(&SUPPORT) => "how long security updates are promised";
        Optional vulnerability_disclosure: Url => "the page of the vulnerability disclosure policy";
        Optional traits: List(&Line(60)) => "what conditional provisions depend on, such as telemetry";
    }
    COMPANION_APP "`companion_apps`" {
        Required name: Line(200) => "the app's name";
        Required platform: word!(Platform) => "where the app runs";
        Required version: Line(60) => "the app's version";
    }
    SUPPORT "`support`" {
        Required until: Date => "the last day on which security updates are promised, as published";
        Optional url: Url => "the page that publishes it";
    }
    LABEL "`labels`" {
        Required scheme: word!(Scheme) => "whose label it is";
        Optional level: word!(LabelLevel) => "the grade of a KISA CIC or JC-STAR label";
        Optional category: word!(LabelCategory) => "the product category that a BSI label names";
        Optional number: Line(80) => "the number on the label or certificate";
        Optional issued: Date => "the day on which the label was issued";
        Optional expires: Date => "the last day on which the label is valid";
        Optional reviewed: Date => "the day of the last annual review (Traficom)";
        Optional models: List(&Line(60)) => "the models that the label names, as it spells them";
        Optional firmware_version: Line(60) => "the firmware that the label was issued for";
        Optional evidence: List(&Path) => "copies of the certificate";
    }
    LABORATORY "`laboratory`" {
        Required name: Line(200) => "the laboratory's name";
        Required reference: Line(80) => "the number of its report";
        Required date: Date => "the date of its report";
        Optional report: Path => "the report";
    }
    ANSWER "an answer" {
        Required support: word!(Support) => "yes, no or n/a";
        Optional detail: Lines(4000) => "how the provision is met, or why it is not applicable";
        Optional evidence: List(&Exhibit) => "the files that show it, each as its path or as `{ file: …, pages: 3-5 }`";
    }
    EXHIBIT "an item of `evidence`" {
        Required file: Path => "the path of the file";
        Optional pages: Pages => "the pages to look at, such as 3-5 or 2, 7";
    }
    DECLARATION "`declaration`" {
        Required signed: Path => "the signed declaration";
        Optional signed_for: Hash => "the content that was signed, as the declaration shows it: for a scan or a print, once a person has compared it";
    }
    TEMPLATES "`templates`" {
        Optional declaration: Path => "the applicant's own Word template of the declaration";
        Optional supporting_evidence as "supporting-evidence": Path => "the applicant's own Word or PowerPoint template of the supporting evidence";
    }
    EVIDENCE "`evidence`" {
        Optional label_photo as "label-photo": Path => "a photograph of the type label";
        Optional sbom: Path => "the software bill of materials";
        Optional binary_scan as "binary-scan": Path => "the report of the software binary analysis";
        Optional penetration_test as "penetration-test": Path => "the report of the penetration test";
    }
    WAIVER "`waivers`" {
        Required code: Line(60) => "the code of the finding, such as E153";
        Required place: Line(500) => "the field or the file that the finding is about, such as `evidence/log.txt` or `evidence/report.pdf, page 3`";
        Required reason: Lines(1000) => "why the finding does not count";
        Required by: Line(120) => "who decided that";
        Required until: Date => "the last day on which the waiver counts";
    }
    SIGNATORY "`signatory`" {
        Required name: Line(120) => "the name of the person who signs";
        Required title: Line(120) => "the function of the person who signs";
        Optional place: Line(120) => "where the declaration is signed";
        Optional date: Date => "when the declaration is signed";
    }
}
