//! What an answer names that the manifest names otherwise: a model, a version, a product, a number, an end of
//! support. Most such texts were copied from another application.

use crate::diag::{Code, Finding, Place, told};
use crate::domain::text::shown;
use crate::domain::{Answer, Application, FieldPath, field, support_end};
use crate::plan::answers::detail_of;
use crate::plan::{Notes, mentioned, mentioned_company};

/// Something named in a text, and what the manifest says instead.
pub(crate) struct Mention {
    /// What kind of thing, as a sentence begins with it: `the model`.
    pub(crate) what: &'static str,
    /// The name in the text.
    pub(crate) here: String,
    /// The name in the manifest.
    pub(crate) there: String,
    /// The field of the manifest.
    pub(crate) field: FieldPath,
}

/// Checks the texts of all answers.
pub(crate) fn check(application: &Application, notes: &mut Notes) {
    let known = mentioned::OwnNames::of(application);
    for answer in application.answers() {
        let Some(text) = answer.detail.as_ref() else {
            continue;
        };
        let mut found = known.others_in(text);
        found.extend(mentioned_company::other_company(application, text));
        found.extend(support_end(application, text));
        for mention in found {
            notes.findings.push(finding(answer, mention));
        }
    }
}

fn support_end(application: &Application, text: &str) -> Option<Mention> {
    let until = application.product.support.until.given()?;
    Some(Mention {
        what: "the end of support",
        here: support_end::other_end(until, text)?,
        there: until.to_string(),
        field: field!(product.support.until),
    })
}

fn finding(answer: &Answer, mention: Mention) -> Finding {
    let message = told(|m| {
        format!(
            "the answer names {} `{}`, but {m} says `{}`",
            mention.what,
            shown(&mention.here),
            shown(&mention.there)
        )
    });
    let help = "correct the text, or say in it why it names another one";
    Finding::at(Code::AnswerNamesOther, detail_of(answer), message, help)
        .and_at(Place::Field(mention.field), "named here")
}
