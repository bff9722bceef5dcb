//! The results of the reader for files that are made here, object by object.

mod cms;
mod copy;
mod covered;
mod damage;
mod hostile;
mod looks;
mod marks;
mod paper;
mod signed;
mod text;
mod words;
