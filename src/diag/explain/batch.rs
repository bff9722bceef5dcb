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
        title: "An application holds another client's data",
        why: "Manifests, templates and policies are copied from client to client. A name, registration number or address that stays behind reveals one client to another, and makes the declaration wrong. A product belongs to the client whose folder it is in (`clients/<name>`), otherwise to the applicant with its registration. Name, number and address belong to the client most of whose applications give them; where two say the same equally often, both are to be looked at. Case, points, blanks, width and accents written apart make no difference, nor whether `Private Limited` is written out or cut short. A name counts without the kind of company and the place at its end, too, where what is left tells of one company: `Example Electronics` of `Example Electronics Singapore Pte. Ltd.`. Searched are the manifest with its remarks, the names of its files, the templates, and the evidence with its headers, notes, comments and properties; a file that cannot be searched is E104.",
        example: "clients/hanbit/hub/manifest.yaml\n  applicant: { address: 9 Other Road, … }     # that of another client of the batch",
        fix: "Write the applicant's own data in its place, or take the other's out of the file. Where it has to be there, as with two companies at one address or a parent company, name the other client in `applicant.shares_with`: its name, its registration number or its folder. Who files for the applicant, and the laboratory, may be named anyway.",
    },
    Explanation {
        code: Code::SharedProof,
        title: "Two clients show one proof",
        why: "A label, a certificate or a laboratory report belongs to one company. The same number or the same file in the applications of two clients of a batch is mostly left over from a copied manifest, and shows one client's paper to the other.",
        example: "clients/hanbit/hub/manifest.yaml\n  labels: [{ scheme: kisa-cic, number: CIC-EXAMPLE-0001, … }]\nclients/brightmoor/hub/manifest.yaml\n  labels: [{ scheme: kisa-cic, number: CIC-EXAMPLE-0001, … }]",
        fix: "Write the number, or name the file, of the applicant's own proof. If both may use it, as companies of one group, name the other client in `applicant.shares_with` in both applications.",
    },
    Explanation {
        code: Code::ProofsDiffer,
        title: "One proof is described in two ways",
        why: "Two products of one client give the same label number with other models, dates or grade, the same report number with another date or file, or the same certificate for two numbers. One of them is mostly left over from a copied row. A certificate for a family of models is described the same way in each of its products, so it is not reported.",
        example: "row 5: label number CIC-EXAMPLE-0001, label models HX-200\nrow 6: label number CIC-EXAMPLE-0001, label models HX-300",
        fix: "Correct the number or the file of one product; for a family, list every model that the certificate names in both.",
    },
];
