//! Archives that were tampered with, and what is said of them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::*;

const BOUNDS: Bounds = Bounds {
    list: 1 << 20,
    name: 100,
    entry: 1 << 20,
};

/// Makes an archive; the content of names with `.bin` is stored as it is.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let is_stored = name.contains(".bin");
        let options = SimpleFileOptions::default().compression_method(if is_stored {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        });
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Returns where the nth header with this mark begins.
fn nth(bytes: &[u8], mark: &[u8], n: usize) -> usize {
    memchr::memmem::find_iter(bytes, mark).nth(n).unwrap()
}

fn listed(bytes: &[u8], n: usize) -> usize {
    nth(bytes, b"PK\x01\x02", n)
}

fn layout(bytes: &[u8]) -> Result<Vec<Entry>, Refused> {
    Layout::read(Cursor::new(bytes), &BOUNDS).map(|layout| layout.entries)
}

/// Returns the first oddity that a layout is refused for.
fn odd(bytes: &[u8]) -> Option<Oddity> {
    match layout(bytes) {
        Err(Refused::Odd(found)) => Some(found.named[0].oddity),
        _ => None,
    }
}

fn contents(bytes: &[u8], entries: &[Entry]) -> Option<Vec<Vec<u8>>> {
    let read = |entry: &Entry| {
        let mut content = Vec::new();
        let mut from = entry.unpacked(Cursor::new(bytes)).ok()?;
        from.read_to_end(&mut content).ok()?;
        Some(content)
    };
    entries.iter().map(read).collect()
}

#[test]
fn no_byte_of_an_archive_can_change_unseen() {
    let files: [(&str, &[u8]); 3] = [
        ("a/b.txt", b"to be, or not to be, to be"),
        ("c.bin", b"as it is"),
        ("empty.bin", b""),
    ];
    let whole = zip(&files);
    let entries = layout(&whole).unwrap();
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["a/b.txt", "c.bin", "empty.bin"]);
    let expected = Some(files.iter().map(|(_, content)| content.to_vec()).collect());
    assert_eq!(contents(&whole, &entries), expected);
    let mut n_unseen = 0;
    for at in 0..whole.len() {
        for bit in 0..8 {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << bit;
            // What is left are the fields that the list alone has; each of them shows.
            let Ok(found) = layout(&bytes) else { continue };
            let content = contents(&bytes, &found);
            if found == entries && content.is_some() {
                assert_eq!(content, expected, "bit {bit} of byte {at}");
                n_unseen += 1;
            }
        }
    }
    // The last byte of packed data is filled up with bits that mean nothing.
    assert!(n_unseen < 8, "{n_unseen}");
    for n_kept in 0..whole.len() {
        assert!(layout(&whole[..n_kept]).is_err(), "{n_kept}");
    }
}

#[test]
fn bytes_that_belong_to_nothing_are_odd() {
    let whole = zip(&[("a.bin", b"one"), ("b.bin", b"two")]);
    let with = |at: usize| [&whole[..at], b"!".as_slice(), &whole[at..]].concat();
    for at in [0, nth(&whole, b"PK\x05\x06", 0)] {
        assert_eq!(odd(&with(at)), Some(Oddity::BytesOutside), "{at}");
    }
    assert_eq!(odd(&with(whole.len())), Some(Oddity::Trailing));
    let archive = Archive::open(&whole, 9).unwrap();
    assert_eq!(archive.oddities(), []);
    let before = with(0);
    let archive = Archive::open(&before, 9).unwrap();
    assert_eq!(archive.oddities(), [Oddity::BytesOutside]);
}

#[test]
fn headers_say_what_the_list_says() {
    let whole = zip(&[("a.bin", b"one"), ("b.txt", b"two two two")]);
    let (list, header) = (listed(&whole, 0), nth(&whole, b"PK\x03\x04", 1));
    for (at, value, expected) in [
        (list + 8, 1, Oddity::Locked),
        (list + 8, 0x40, Oddity::RareFeatures),
        (list + 8, 8, Oddity::StoredWithoutEnd),
        (list + 10, 12, Oddity::Method(12)),
        (list + 20, 9, Oddity::StoredInTwoSizes),
        (list + 34, 1, Oddity::Comment),
        (list + 41, 0xa1, Oddity::Link),
        (list + 41, 0x41, Oddity::FolderAsFile),
        (list + 41, 0x21, Oddity::Device),
        (list + 42, 1, Oddity::BytesBefore),
        (header, 0, Oddity::NoHeader),
        (header + 6, 2, Oddity::OtherFlags),
        (header + 8, 0, Oddity::OtherMethod),
        (header + 10, 9, Oddity::OtherTime),
        (header + 22, 99, Oddity::OtherSizes),
        (header + 30, b'B', Oddity::OtherName),
    ] {
        let mut bytes = whole.clone();
        bytes[at] = value;
        assert_eq!(odd(&bytes), Some(expected), "{expected:?}");
    }
    let long = zip(&[("n".repeat(101).as_str(), b"")]);
    assert_eq!(odd(&long), Some(Oddity::LongName));
    let large = zip(&[("zeros.txt", &vec![0; (1 << 20) + 1])]);
    assert_eq!(odd(&large), Some(Oddity::Large));
    assert!(matches!(layout(b"no archive"), Err(Refused::NotZip)));
}

#[test]
fn members_are_counted_before_their_list_is_read() {
    let bytes = zip(&[("a", b""), ("b", b""), ("c", b"")]);
    let refused = Archive::open(&bytes, 2).map(drop);
    assert_eq!(refused, Err(Unopened::TooMany(3)));
    assert!(Archive::open(&bytes, 3).is_ok());
    let refused = Archive::open(b"no archive", 2).map(drop);
    assert!(matches!(refused, Err(Unopened::Damaged(_))));
}

#[test]
fn what_goes_beyond_a_budget_is_not_unpacked() {
    let zeros = vec![0; 100_000];
    let bytes = zip(&[("zeros", &zeros), ("also", &zeros), ("small", b"x")]);
    let mut archive = Archive::open(&bytes, 9).unwrap();
    let mut why = |i: usize, budget: &mut Budget| archive.read(i, budget).err().map(|it| it.why);

    let mut all = Budget::new(200_000);
    assert_eq!(why(0, &mut all), None);
    assert_eq!(why(1, &mut all), None);
    assert!(!all.is_spent());
    assert_eq!(why(2, &mut all), Some(Why::Spent));
    assert!(all.is_spent());

    let mut one = Budget::new(u64::MAX);
    one.member = 99_999;
    assert_eq!(why(0, &mut one), Some(Why::TooLarge));
    assert_eq!(why(2, &mut one), None);

    let mut packed = Budget::new(u64::MAX);
    packed.ratio = Some(Ratio {
        times: 10,
        small: 10,
    });
    assert_eq!(why(0, &mut packed), Some(Why::Spent));
    assert_eq!(why(2, &mut packed), None);

    let mut many = Budget::new(25);
    many.each = 10;
    assert_eq!(why(2, &mut many), None);
    assert_eq!(why(2, &mut many), None);
    assert_eq!(why(2, &mut many), Some(Why::Spent));
}

#[test]
fn a_size_or_a_checksum_that_is_wrong_is_damage() {
    let whole = zip(&[("a.bin", b"content"), ("b.txt", b"content content")]);
    // The checksum, a smaller and a larger size, in the list.
    for (n, at, value) in [(0, 16, 1), (1, 16, 1), (1, 24, 14), (1, 24, 16)] {
        let mut bytes = whole.clone();
        let at = listed(&bytes, n) + at;
        bytes[at] = value;
        let mut archive = Archive::open(&bytes, 9).unwrap();
        let read = archive.read(n, &mut Budget::new(1_000));
        assert_eq!(read.unwrap_err().why, Why::Damaged, "{n} {value}");
        let passed = archive
            .stream(n, &mut Budget::new(1_000))
            .unwrap()
            .pass_over();
        assert_eq!(passed.unwrap_err().why, Why::Damaged, "{n} {value}");
    }
    let mut bytes = whole.clone();
    let header = nth(&bytes, b"PK\x03\x04", 1);
    bytes[header] = 0;
    let mut archive = Archive::open(&bytes, 9).unwrap();
    let read = archive.read(1, &mut Budget::new(1_000));
    assert_eq!(read.unwrap_err().why, Why::NoHeader);
}

#[test]
fn what_is_odd_about_members_is_reported() {
    let whole = zip(&[("a.bin", b"one"), ("b.bin", b"two"), ("c.bin", b"six")]);
    let mut bytes = whole.clone();
    for (n, at, value) in [(0, 8, 1), (1, 41, 0xa1), (2, 10, 12)] {
        let at = listed(&bytes, n) + at;
        bytes[at] = value;
    }
    let mut archive = Archive::open(&bytes, 9).unwrap();
    let found: Vec<_> = archive
        .members()
        .iter()
        .map(|one| one.oddities.clone())
        .collect();
    let [locked, link, method] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(locked, &[Oddity::Locked]);
    assert_eq!(link, &[Oddity::Link]);
    assert_eq!(method, &[Oddity::Method(12)]);
    assert!(!archive.members()[2].has_common_method());
    let read = archive.read(0, &mut Budget::new(1_000));
    assert_eq!(read.unwrap_err().why, Why::Locked);

    // The third entry of the list has the name of the second, which leads to the first member.
    assert_eq!(Archive::open(&whole, 9).unwrap().overlaps(), Ok(false));
    let mut bytes = whole.clone();
    let (first, second) = (listed(&whole, 0), listed(&whole, 1));
    bytes.copy_within(first + 42..first + 46, second + 42);
    let mut archive = Archive::open(&bytes, 9).unwrap();
    assert_eq!(archive.overlaps(), Ok(true));
    assert_eq!(archive.find("A.BIN"), Some(0));
    assert_eq!(archive.oddities(), []);
    bytes[listed(&whole, 2) + 46] = b'b';
    let archive = Archive::open(&bytes, 9).unwrap();
    assert_eq!(archive.oddities(), [Oddity::Twins]);
}

#[test]
fn names_that_lead_elsewhere_are_known() {
    for (name, expected) in [
        ("a/b.txt", None),
        ("a/b/", None),
        ("a..b", None),
        ("../a", Some(Leads::Out)),
        ("a/../../b", Some(Leads::Out)),
        ("/etc/a", Some(Leads::Out)),
        ("C:/a", Some(Leads::OutOnWindows)),
        ("..\\a", Some(Leads::OutOnWindows)),
        ("a//b", Some(Leads::Nowhere)),
        ("./a", Some(Leads::Nowhere)),
        ("", Some(Leads::Nowhere)),
    ] {
        assert_eq!(leads(name), expected, "{name:?}");
    }
}

#[test]
fn what_is_not_changed_keeps_its_bytes() {
    let whole = zip(&[("a.txt", b"one one one"), ("b.txt", b"two")]);
    let mut archive = Archive::open(&whole, 9).unwrap();
    let changed = BTreeMap::from([("b.txt".to_owned(), "three".to_owned())]);
    let added = [("c.txt".to_owned(), "four".to_owned())];
    let bytes = archive.rewritten(&changed, &added).unwrap();
    assert_eq!(archive.rewritten(&changed, &added).unwrap(), bytes);
    let second = nth(&whole, b"PK\x03\x04", 1);
    assert_eq!(bytes[..second], whole[..second]);
    let entries = layout(&bytes).unwrap();
    let expected = ["one one one", "three", "four"].map(|text| text.as_bytes().to_vec());
    assert_eq!(contents(&bytes, &entries), Some(expected.to_vec()));
}
