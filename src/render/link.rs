//! The filter `link`: a path in the pack as a link to the file. A name may have characters that mean something else in
//! an address.

use tera::{Kwargs, State, Value};

use crate::domain::address::percent_encoded;

/// Writes a path below the folder of the document as a link.
pub(super) fn link(path: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::from(encoded(path))
}

fn encoded(path: &str) -> String {
    // Without `./`, a name with a colon would begin with a scheme.
    format!("./{}", percent_encoded(path, b"/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_an_address_is_encoded() {
        assert_eq!(encoded("upload/01-a.pdf"), "./upload/01-a.pdf");
        assert_eq!(
            encoded("evidence/50% #1?é.pdf"),
            "./evidence/50%25%20%231%3F%C3%A9.pdf"
        );
    }
}
