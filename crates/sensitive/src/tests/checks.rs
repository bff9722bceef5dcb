//! Check letters and digits, of numbers that were computed by two programs in two ways.

use crate::checks::{
    digits, is_chinese, is_german, is_issued, is_japanese, is_korean, is_luhn, is_nric,
};

#[test]
fn a_check_letter_fits_one_number_alone() {
    for number in [
        "S6433012H",
        "S3530829F",
        "T7624039B",
        "T1810111J",
        "F2215279M",
        "F9990608K",
        "G2579240N",
        "G7135241U",
        "M1973060X",
        "M9513358K",
        "S1234567D",
        "M1234567K",
    ] {
        for letter in 'A'..='Z' {
            let other = format!("{}{letter}", &number[..8]);
            assert_eq!(is_nric(other.as_bytes()), other == number, "{other}");
        }
    }
    for other in [
        "",
        "S",
        "S1234567",
        "X1234567D",
        "S123456D",
        "S12345678D",
        "s1234567d",
    ] {
        assert!(!is_nric(other.as_bytes()), "{other}");
    }
}

#[test]
fn a_check_digit_fits_one_card_alone() {
    for number in [
        "4539412772429717",
        "5274241714193578",
        "2229392593246293",
        "378214897688652",
        "6011434259868524",
        "3530297363871299",
        "30566668822582",
        "6222215857618634",
        "6222281453477823871",
        "4295379576749",
    ] {
        assert!(is_issued(&digits(number.as_bytes())), "{number}");
        let (body, last) = number.split_at(number.len() - 1);
        for digit in 0..10 {
            let other = format!("{body}{digit}");
            assert_eq!(
                is_luhn(&digits(other.as_bytes())),
                last == digit.to_string(),
                "{other}"
            );
        }
    }
    // Of nobody: numbers of telephones and of goods.
    for other in [
        "490154203237518",
        "4006381333931",
        "8988303000000614123",
        "1234567890123452",
    ] {
        let number = digits(other.as_bytes());
        assert!(!is_issued(&number) || other.len() == 13, "{other}");
    }
}

#[test]
fn numbers_of_other_countries() {
    assert!(is_korean(&digits(b"8503121634718")));
    assert!(!is_korean(&digits(b"8503121634719")));
    assert!(!is_korean(&digits(b"8513121634718")));
    assert!(is_japanese(&digits(b"284671930582")));
    assert!(!is_japanese(&digits(b"284671930583")));
    assert!(is_german(&digits(b"86095742719")));
    assert!(!is_german(&digits(b"86095742718")));
    assert!(is_chinese(b"11010119850312347X"));
    assert!(!is_chinese(b"110101198503123471"));
}
