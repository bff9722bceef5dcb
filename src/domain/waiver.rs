//! Findings that a person overruled.

use crate::domain::Date;
use crate::domain::record::{Line, Lines, record};

record! {
    /// A finding that a person overruled.
    Waiver "`waivers`" {
        Required code: Line<60> => "the code of the finding, such as E153" unprinted;
        Required place: Line<500> => "the field or the file that the finding is about, such as `evidence/log.txt` or `evidence/report.pdf, page 3`";
        Required reason: Lines<1000> => "why the finding does not count";
        Required by: Line<120> => "who decided that";
        Required until: Date => "the last day on which the waiver counts";
    }
}

impl Waiver {
    /// Returns the field or file, and the place in the file if one is named: `evidence/a.pdf, page 3`.
    pub fn at(&self) -> (&str, Option<&str>) {
        let place = self.place.as_deref().unwrap_or_default().trim();
        let split = [" page ", " line "].into_iter().find_map(|word| {
            let at = place.rfind(word)?;
            let number = &place[at + word.len()..];
            let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            is_number.then_some((place[..at].trim_end_matches([',', ' ']), &place[at + 1..]))
        });
        split.map_or((place, None), |(file, within)| (file, Some(within)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Field;

    #[test]
    fn a_place_may_name_a_page_or_a_line() {
        let at = |place: &str| {
            let waiver = Waiver {
                place: Field::Given(place.to_owned()),
                ..Waiver::default()
            };
            let (file, within) = waiver.at();
            (file.to_owned(), within.map(str::to_owned))
        };
        assert_eq!(at("evidence/a.pdf"), ("evidence/a.pdf".to_owned(), None));
        assert_eq!(
            at("evidence/a.pdf, page 3"),
            ("evidence/a.pdf".to_owned(), Some("page 3".to_owned()))
        );
        assert_eq!(
            at("a.txt line 12"),
            ("a.txt".to_owned(), Some("line 12".to_owned()))
        );
        assert_eq!(
            at("the page map.pdf"),
            ("the page map.pdf".to_owned(), None)
        );
    }
}
