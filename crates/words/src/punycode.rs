//! Names of hosts as they are shown: `xn--…` is what a name with other letters is on the wire (RFC 3492).

/// Returns a label of a host with the letters that a browser shows.
pub(crate) fn shown(label: &str) -> String {
    let coded = label
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("xn--"));
    coded
        .and_then(|start| decode(&label[start.len()..]))
        .unwrap_or_else(|| label.to_owned())
}

fn decode(coded: &str) -> Option<String> {
    let (plain, digits) = coded.rsplit_once('-').unwrap_or(("", coded));
    // A label has at most 63 characters.
    if coded.len() > 59 {
        return None;
    }
    let mut letters: Vec<char> = plain.chars().collect();
    let (mut code, mut at, mut bias) = (128_u32, 0_u32, 72_u32);
    let mut digits = digits.bytes();
    let mut first = true;
    while digits.len() > 0 {
        let (before, mut weight, mut k) = (at, 1_u32, 36_u32);
        loop {
            let digit = match digits.next()? {
                b @ b'a'..=b'z' => u32::from(b - b'a'),
                b @ b'A'..=b'Z' => u32::from(b - b'A'),
                b @ b'0'..=b'9' => u32::from(b - b'0') + 26,
                _ => return None,
            };
            at = at.checked_add(digit.checked_mul(weight)?)?;
            let least = k.saturating_sub(bias).clamp(1, 26);
            if digit < least {
                break;
            }
            weight = weight.checked_mul(36 - least)?;
            k += 36;
        }
        let n = u32::try_from(letters.len()).ok()? + 1;
        bias = adapt(at - before, n, std::mem::take(&mut first));
        code = code.checked_add(at / n)?;
        at %= n;
        letters.insert(usize::try_from(at).ok()?, char::from_u32(code)?);
        at += 1;
    }
    Some(letters.into_iter().collect())
}

fn adapt(delta: u32, n: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / n;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_shown_as_a_browser_shows_them() {
        for (label, letters) in [
            ("xn--bcher-kva", "bücher"),
            ("xn--80ak6aa92e", "аррӏе"),
            ("xn--wgv71a", "日本"),
            ("hanbit", "hanbit"),
            ("xn--", ""),
            ("xn--!!", "xn--!!"),
            ("XN--BCHER-KVA", "BüCHER"),
        ] {
            assert_eq!(shown(label), letters, "{label}");
        }
    }
}
