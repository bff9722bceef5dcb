//! Check letters and check digits of numbers that belong to people.

/// Returns the digits of a number if all other characters are blanks and hyphens.
pub(crate) fn digits(text: &[u8]) -> Vec<u32> {
    let digits = text.iter().filter(|b| b.is_ascii_digit());
    digits.map(|b| u32::from(b - b'0')).collect()
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum()
}

/// Returns whether a text is the number of a Singapore identity card or pass: NRIC or FIN.
pub(crate) fn is_nric(text: &[u8]) -> bool {
    let [series, number @ .., letter] = text else {
        return false;
    };
    if number.len() != 7 || !number.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum = weighted(&digits(number), &[2, 7, 6, 5, 4, 3, 2]);
    let (offset, letters) = match series {
        b'S' => (0, b"JZIHGFEDCBA"),
        b'T' => (4, b"JZIHGFEDCBA"),
        b'F' => (0, b"XWUTRQPNMLK"),
        b'G' => (4, b"XWUTRQPNMLK"),
        b'M' => (3, b"XWUTRQPNJLK"),
        _ => return false,
    };
    letters[((sum + offset) % 11) as usize] == *letter
}

/// Returns whether the last digit of a number is the one that Luhn's formula asks for.
pub(crate) fn is_luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, digit)| match (i % 2, digit * 2) {
            (0, _) => *digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Returns whether a number has the beginning and the length of a payment card's.
pub(crate) fn is_issued(digits: &[u32]) -> bool {
    let head = |n: usize| {
        digits
            .iter()
            .take(n)
            .fold(0, |head, digit| head * 10 + digit)
    };
    match digits.len() {
        13 | 19 if head(1) == 4 => true,
        14 => matches!(head(3), 300..=305) || matches!(head(2), 36 | 38 | 39),
        15 => matches!(head(2), 34 | 37),
        16 => {
            head(1) == 4
                || matches!(head(2), 51..=55 | 62 | 65)
                || matches!(head(4), 2221..=2720 | 3528..=3589 | 6011)
                || matches!(head(3), 644..=649)
        }
        17..=19 => head(2) == 62,
        _ => false,
    }
}

/// Returns whether two digits are a month and two a day.
fn is_day(digits: &[u32]) -> bool {
    let [m1, m2, d1, d2] = digits else {
        return false;
    };
    matches!(m1 * 10 + m2, 1..=12) && matches!(d1 * 10 + d2, 1..=31)
}

/// Returns whether 13 digits are a Korean resident registration number.
pub(crate) fn is_korean(digits: &[u32]) -> bool {
    if digits.len() != 13 || !is_day(&digits[2..6]) || !matches!(digits[6], 1..=8) {
        return false;
    }
    let sum = weighted(digits, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
    let check = (11 - sum % 11) % 10;
    // Foreigners have another check digit.
    let check = if digits[6] >= 5 {
        (13 - sum % 11) % 10
    } else {
        check
    };
    check == digits[12]
}

/// Returns whether 12 digits are a Japanese individual number ("My Number").
pub(crate) fn is_japanese(digits: &[u32]) -> bool {
    if digits.len() != 12 {
        return false;
    }
    let rest = weighted(digits, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    let check = if rest <= 1 { 0 } else { 11 - rest };
    check == digits[11]
}

/// Returns whether 11 digits are a German tax number of a person.
pub(crate) fn is_german(digits: &[u32]) -> bool {
    if digits.len() != 11 || digits[0] == 0 {
        return false;
    }
    let mut product = 10;
    for digit in &digits[..10] {
        let sum = match (digit + product) % 10 {
            0 => 10,
            sum => sum,
        };
        product = sum * 2 % 11;
    }
    (11 - product) % 10 == digits[10]
}

/// Returns whether a text is a Chinese identity number: 17 digits with a date, and a check digit or `X`.
pub(crate) fn is_chinese(text: &[u8]) -> bool {
    let [number @ .., last] = text else {
        return false;
    };
    if number.len() != 17 || !number.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let digits = digits(number);
    let is_year = matches!(digits[6] * 10 + digits[7], 19 | 20);
    let sum = weighted(
        &digits,
        &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2],
    );
    is_year
        && is_day(&digits[10..14])
        && b"10X98765432"[(sum % 11) as usize] == last.to_ascii_uppercase()
}
