//! The names of companies that a document may use.

use crate::domain::Application;
use crate::inspect::identity::fold::folded;

pub(super) use clspack_words::company::{is_company, is_comparable, name_in, names_one};

/// Returns the names of the applicant and the maker that a document may use, in folded form.
pub(super) fn names(application: &Application) -> Vec<String> {
    let applicant = &application.applicant;
    let names = [
        applicant.name.as_ref(),
        applicant.name_latin.as_ref(),
        application.product.brand.as_ref(),
    ];
    let names = names.into_iter().flatten().chain(&applicant.shares_with);
    names.map(|name| folded(name)).collect()
}

/// Returns these names with those of the filer and the laboratory, which a document may also name.
pub(super) fn parties(application: &Application) -> Vec<String> {
    let filer = application.applicant.filed_by.as_ref();
    let latin = filer.and_then(|filer| filer.name_latin.as_deref());
    let filer = filer.and_then(|filer| filer.name.as_deref());
    let laboratory = application.laboratory.as_ref();
    let laboratory = laboratory.and_then(|laboratory| laboratory.name.as_deref());
    let mut names = names(application);
    names.extend([filer, latin, laboratory].into_iter().flatten().map(folded));
    names
}
