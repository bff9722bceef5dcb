//! Whether a file of evidence is what its name says and an officer can open it: the faults that `look` tells, as
//! findings.

use crate::diag::{Code, Finding, Severity};
use crate::domain::{EvidenceKind, EvidencePath, FieldPath, Role};
use crate::look::sniff::{self, FaultKind};

pub use crate::look::sniff::{Content, MAX_WHOLE};

/// The role of the bill of materials, of which more is asked than to open.
pub const SBOM: Role = Role::Evidence(EvidenceKind::Sbom);

/// Something wrong with a file: a finding that lacks its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(sniff::Fault);

impl Fault {
    /// Returns true if the file cannot be used as it is.
    pub fn is_error(&self) -> bool {
        code(self.0.kind).severity() == Severity::Error
    }

    /// Returns it as a finding about a file that a field names.
    pub fn about(&self, path: &EvidencePath, field: &FieldPath) -> Finding {
        let message = format!("`{path}` {}", self.0.says);
        Finding::at(code(self.0.kind), field, message, help(self.0.kind))
    }
}

/// Returns what is wrong with a file that is not empty; it is judged as what its role asks for, too.
pub fn fault(content: &Content, extension: &str, role: Role) -> Option<Fault> {
    let of_bill = || {
        let is_bill = role == SBOM;
        is_bill.then(|| sniff::fault_of_bill(content, extension))?
    };
    let fault = sniff::fault(content, extension).or_else(of_bill);
    fault.map(Fault)
}

const fn code(kind: FaultKind) -> Code {
    match kind {
        FaultKind::Cut | FaultKind::Damaged => Code::EvidenceIncomplete,
        FaultKind::Locked => Code::EvidenceEncrypted,
        FaultKind::Macros => Code::EvidenceHasMacros,
        FaultKind::Unopened => Code::EvidenceNotOpened,
        FaultKind::Differs => Code::EvidenceTypeDiffers,
        FaultKind::Blank => Code::EvidenceEmpty,
        FaultKind::NotFetched => Code::EvidenceNotFetched,
        FaultKind::NotABill => Code::SbomUnusable,
        FaultKind::NoComponents
        | FaultKind::Vulnerabilities
        | FaultKind::BillOfOtherFormat
        | FaultKind::BillTooDeep => Code::SbomUnusual,
    }
}

const fn help(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Cut => "copy or export the file again, and compare its size with the original",
        FaultKind::Damaged => {
            "open the original, and copy or export the file again; a transfer as text damages files"
        }
        FaultKind::Locked => {
            "save it without protection; an officer must be able to open, search and print it"
        }
        FaultKind::Macros => "save it without macros, or as PDF",
        FaultKind::Unopened => {
            "open it in its program to see that it is whole and not locked, or make it smaller"
        }
        FaultKind::Differs => {
            "export the file again in the type that its name says; renaming a file does not convert it"
        }
        FaultKind::Blank => "put the file in again; an empty one is often a copy that broke off",
        FaultKind::NotFetched => "run `git lfs pull` in the folder, and look into the file",
        FaultKind::NotABill => "export the bill of materials again, and look into the file",
        FaultKind::NoComponents => {
            "run the tool that makes it on the firmware or its build; an empty list says that there is no software"
        }
        FaultKind::Vulnerabilities => {
            "name the bill of materials here; the VEX file may be evidence of an answer"
        }
        FaultKind::BillOfOtherFormat => {
            "export the bill of materials as CycloneDX or SPDX, which the tools of assessors read"
        }
        FaultKind::BillTooDeep => {
            "export the bill of materials again, without copies of components in each other"
        }
    }
}
