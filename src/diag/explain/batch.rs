//! The long texts of the batch codes.

use crate::diag::Code;
use crate::diag::explain::Explanation;

pub(super) const TEXTS: &[Explanation] = &[
    Explanation {
        code: Code::PackNamesCollide,
        title: "Two packs would get one name",
        why: "A pack is named after the first model, the form and the day. Two products with the same first model would overwrite each other, also where only capitals or signs differ that file names cannot hold. Neither of them is made; the others are.",
        example: "models.xlsx, row 5: HX-200\nmodels.xlsx, row 9: hx-200",
        fix: "Leave out the product that is there twice, or put another of its models first.",
    },
    Explanation {
        code: Code::OtherClient,
        title: "Another client's data stands in an application",
        why: "Manifests are copied from client to client. A name, number or address that stays behind tells one client of another, and makes the declaration wrong. Name, number and address belong to the registration that most applications of the batch give them; where two say the same equally often, both are to be looked at.",
        example: "clients/hanbit/hub/manifest.yaml\n  applicant: { address: 9 Other Road, … }     # that of another client of the batch",
        fix: "Write the applicant's own data in its place.",
    },
];
