//! The long texts of the batch codes.

use crate::diag::Code;
use crate::diag::explain::Explanation;

pub(super) const TEXTS: &[Explanation] = &[
    Explanation {
        code: Code::PackNamesCollide,
        title: "Two packs would get one name",
        why: "A pack is named after the first model, the form and the day. Two products with the same first model would overwrite each other, also where only capitals or signs differ that file names cannot hold. Neither of them is made, also while something else keeps one of them back; the others are.",
        example: "models.xlsx, row 5: HX-200\nmodels.xlsx, row 9: hx-200",
        fix: "Leave out the product that is there twice, or put another of its models first.",
    },
    Explanation {
        code: Code::OtherClient,
        title: "Another client's data stands in an application",
        why: "Manifests, templates and policies are copied from client to client. A name, registration number or address that stays behind tells one client of another, and makes the declaration wrong. The folder `clients/<name>` says whose a product is; elsewhere the applicant's registration does. Name, number and address belong to the client most of whose applications give them; where two say the same equally often, both are to be looked at. Case, points and blanks make no difference, nor whether `Private Limited` is written out or cut short. Searched are the manifest with its remarks, the templates, and evidence as PDF, Word, PowerPoint, Excel or text up to 20 MB; pictures and scans cannot be.",
        example: "clients/hanbit/hub/manifest.yaml\n  applicant: { address: 9 Other Road, … }     # that of another client of the batch",
        fix: "Write the applicant's own data in its place, or take the other's out of the file. Where it has to stand there, as with two companies at one address or a parent company, name the other client in `applicant.shares_with`: its name, its registration number or its folder. Who files for the applicant, and the laboratory, may be named anyway.",
    },
];
