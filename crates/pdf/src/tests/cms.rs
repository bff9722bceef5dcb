//! Digital signatures and the bytes they cover. The one-page file was signed with OpenSSL and a certificate made for
//! it, in several ways.

use crate::cms::Cms;
use crate::{DigestCheck, Signature, SignatureKind, read, read_closely};

const PAPER: &[u8] = include_bytes!("../../tests/cms/paper.pdf");
const DETACHED: &[u8] = include_bytes!("../../tests/cms/detached.der");
const INDEFINITE: &[u8] = include_bytes!("../../tests/cms/indefinite.der");
const SHA_384: &[u8] = include_bytes!("../../tests/cms/sha384.der");
const SHA_512: &[u8] = include_bytes!("../../tests/cms/sha512.der");
const SHA_1: &[u8] = include_bytes!("../../tests/cms/sha1.der");
const OF_ANOTHER: &[u8] = include_bytes!("../../tests/cms/of-another.der");
const NO_ATTRIBUTES: &[u8] = include_bytes!("../../tests/cms/no-attributes.der");
const WITH_CONTENT: &[u8] = include_bytes!("../../tests/cms/with-content.der");
const TIME_STAMP: &[u8] = include_bytes!("../../tests/cms/time-stamp.der");

fn find(bytes: &[u8], what: &[u8]) -> usize {
    let mut windows = bytes.windows(what.len());
    windows.position(|window| window == what).unwrap()
}

/// The file with this signature in it.
fn signed(cms: &[u8]) -> Vec<u8> {
    let mut bytes = PAPER.to_vec();
    let at = find(&bytes, b"/Contents <") + b"/Contents <".len();
    for (i, byte) in cms.iter().enumerate() {
        let place = at + 2 * i;
        bytes[place..place + 2].copy_from_slice(format!("{byte:02x}").as_bytes());
    }
    bytes
}

fn changed(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let at = find(bytes, from);
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

fn seen(bytes: &[u8]) -> Signature {
    let [signature] = &read_closely(bytes).unwrap().signatures[..] else {
        panic!("not one signature");
    };
    signature.clone()
}

fn digest(bytes: &[u8]) -> DigestCheck {
    let signature = seen(bytes);
    assert_eq!(signature.kind, SignatureKind::Person);
    signature.digest
}

#[test]
fn a_signature_of_the_file_fits() {
    for (what, cms) in [
        ("with a certificate", DETACHED),
        ("without lengths", INDEFINITE),
        ("SHA-384", SHA_384),
        ("SHA-512", SHA_512),
    ] {
        assert_eq!(digest(&signed(cms)), DigestCheck::Fits, "{what}");
    }
    let bytes = signed(DETACHED);
    let later = [&bytes[..], b"% added later\n"].concat();
    assert_eq!(digest(&later), DigestCheck::Fits);
    assert_eq!(
        read(&bytes).unwrap().signatures[0].digest,
        DigestCheck::Unknown
    );
}

#[test]
fn a_signature_of_something_else_differs() {
    assert_eq!(digest(&signed(OF_ANOTHER)), DigestCheck::Differs);
    for cms in [DETACHED, INDEFINITE, SHA_384, SHA_512] {
        let bytes = changed(&signed(cms), b"(one) Tj", b"(two) Tj");
        assert_eq!(digest(&bytes), DigestCheck::Differs);
        let bytes = changed(&signed(cms), b"%%EOF\n", b"%%EOF ");
        assert_eq!(digest(&bytes), DigestCheck::Differs);
    }
    let at = find(DETACHED, b"\x09\x04\x31\x22\x04\x20") + 6;
    let mut cms = DETACHED.to_vec();
    cms[at] ^= 1;
    assert_eq!(digest(&signed(&cms)), DigestCheck::Differs);
}

#[test]
fn what_cannot_be_told_fits_nothing() {
    let half = &DETACHED[..DETACHED.len() / 2];
    let no_end = &DETACHED[..DETACHED.len() - 70];
    let followed = [DETACHED, b"\0\0\x01"].concat();
    let deep = [0x30, 0x80].repeat(400);
    for (what, cms) in [
        ("SHA-1", SHA_1),
        ("no signed attributes", NO_ATTRIBUTES),
        ("the content within", WITH_CONTENT),
        ("nothing", b"\x30\0\0\0\x01"),
        ("a part", half),
        ("no signature at its end", no_end),
        ("something after it", &followed),
        ("values in values", &deep),
        ("a length beyond", b"\x30\x84\xff\xff\xff\xff\x06"),
        ("a length of many bytes", b"\x30\xff\x01"),
    ] {
        assert_eq!(digest(&signed(cms)), DigestCheck::Unknown, "{what}");
    }
    let bytes = signed(DETACHED);
    for form in ["adbe.pkcs7.sha1    ", "adbe.x509.rsa_sha1 "] {
        let bytes = changed(&bytes, b"adbe.pkcs7.detached", form.as_bytes());
        assert_eq!(digest(&bytes), DigestCheck::Unknown, "{form}");
    }
    let wrong = changed(&bytes, b"/ByteRange[0", b"/ByteRange[1");
    assert_eq!(digest(&wrong), DigestCheck::Unknown);
    assert_eq!(digest(&signed(DETACHED)), DigestCheck::Fits);
}

#[test]
fn a_part_of_a_signature_does_not_fit_and_no_byte_stops_the_reader() {
    for n_bytes in (1..DETACHED.len() - 8).step_by(11) {
        let bytes = signed(&DETACHED[..n_bytes]);
        assert_eq!(digest(&bytes), DigestCheck::Unknown, "{n_bytes}");
    }
    for cms in [DETACHED, INDEFINITE] {
        for at in 0..cms.len() {
            for byte in [0, 0x1f, 0x7f, 0x80, 0x84, 0xff] {
                let mut cms = cms.to_vec();
                cms[at] = byte;
                let _ = Cms::read(&cms).map(|cms| cms.check([PAPER, b""]));
            }
        }
    }
}

#[test]
fn by_a_time_stamp_nobody_signs() {
    let stamp = SignatureKind::TimeStamp;
    assert_eq!(seen(&signed(TIME_STAMP)).kind, stamp);
    let bytes = signed(DETACHED);
    let form = changed(&bytes, b"adbe.pkcs7.detached", b"ETSI.RFC3161       ");
    assert_eq!(seen(&form).kind, stamp);
    let named = changed(
        &bytes,
        b"/Sig/Filter/Adobe.PPKLite",
        b"/DocTimeStamp/Filter/A   ",
    );
    assert_eq!(seen(&named).kind, stamp);
}
