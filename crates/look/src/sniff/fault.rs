//! What may be wrong with a file.

/// What is wrong, for a caller who says what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Its end is missing.
    Cut,
    /// It is there from beginning to end, and broken in between.
    Damaged,
    /// A password or rights keep it shut.
    Locked,
    /// It has macros.
    Macros,
    /// It was not looked into, so nothing is known of it.
    Unopened,
    /// Its content is of another type than its name says.
    Differs,
    /// It is a text of blanks.
    Blank,
    /// It is a pointer to the file.
    NotFetched,
    /// It is something else than a bill of materials.
    NotABill,
    /// It is a bill of materials without components.
    NoComponents,
    /// It lists vulnerabilities in place of components.
    Vulnerabilities,
    /// It is a bill of materials in a format that is not known here.
    BillOfOtherFormat,
    /// It is a bill of materials that is nested too deep for the tools that read them.
    BillTooDeep,
}

/// Something wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// It in words: a predicate whose subject is the file.
    pub says: String,
}

impl Fault {
    pub(super) fn new(kind: FaultKind, says: impl Into<String>) -> Self {
        let says = says.into();
        Self { kind, says }
    }

    pub(super) fn cut(says: impl Into<String>) -> Self {
        Self::new(FaultKind::Cut, says)
    }

    pub(super) fn damaged(says: impl Into<String>) -> Self {
        Self::new(FaultKind::Damaged, says)
    }

    pub(super) fn locked(says: impl Into<String>) -> Self {
        Self::new(FaultKind::Locked, says)
    }

    pub(super) fn macros() -> Self {
        Self::new(FaultKind::Macros, "holds macros")
    }

    pub(super) fn unopened(says: impl Into<String>) -> Self {
        Self::new(FaultKind::Unopened, says)
    }

    pub(super) fn differs(extension: &str, is: &str) -> Self {
        let says = format!("is named `.{extension}`, but its content is {is}");
        Self::new(FaultKind::Differs, says)
    }
}
