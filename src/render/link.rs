//! The filter `link`: a path in the pack as a link to the file. A name may have characters that mean something else in
//! an address.

use std::fmt::Write as _;

use tera::{Kwargs, State, Value};

/// Writes a path below the folder of the document as a link.
pub(super) fn link(path: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::from(encoded(path))
}

fn encoded(path: &str) -> String {
    // A name with a colon in it would be taken for a scheme.
    let mut link = String::from("./");
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            link.push(char::from(byte));
        } else {
            let _ = write!(link, "%{byte:02X}");
        }
    }
    link
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
