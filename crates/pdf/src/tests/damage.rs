//! Files that are broken, locked, damaged, or only unusual.

use super::paper::{Paper, hex, pack, revised};
use crate::{Unread, Unreadable, n_pages, read};

#[test]
fn files_without_pages_are_broken() {
    let whole = Paper::saying("x").bytes();
    let mut zeros = whole.clone();
    let end = zeros.len() - 60;
    zeros[20..end].fill(0);
    let empty = Paper::saying("x")
        .object(2, "<</Type/Pages/Count 0/Kids[]>>")
        .bytes();
    for (name, bytes) in [
        ("no PDF", b"hello".to_vec()),
        ("nothing", Vec::new()),
        ("head and end", b"%PDF-1.7\n%%EOF".to_vec()),
        ("zeros", zeros),
        ("no pages", empty),
        ("cut early", whole[..60].to_vec()),
    ] {
        assert_eq!(read(&bytes), Err(Unreadable::Broken), "{name}");
        assert_eq!(n_pages(&bytes), Err(Unreadable::Broken), "{name}");
    }
}

#[test]
fn locked_is_what_the_trailer_says() {
    for entry in [
        "/Encrypt 6 0 R",
        "/Encr#79pt 6 0 R",
        "/Encrypt<</Filter/Standard>>",
    ] {
        let paper = Paper::saying("x")
            .object(6, "<</Filter/Standard>>")
            .trailer(entry);
        assert_eq!(read(paper.bytes()), Err(Unreadable::Locked), "{entry}");
    }
    let link =
        "<</Subtype/Link/Rect[0 0 9 9]/A<</URI(https://en.wikipedia.org/wiki/Encryption)>>>>";
    let paper = Paper::saying("/Encrypt")
        .page("/Annots[6 0 R]")
        .object(6, link);
    let pdf = paper.read();
    assert_eq!(pdf.unread, [].into());
    assert!(
        Paper::saying("x")
            .trailer("/Encrypt null")
            .read()
            .unread
            .is_empty()
    );
}

#[test]
fn content_that_is_not_whole_is_damaged() {
    let content = b"BT /F1 9 Tf 72 700 Td (lock) Tj ET";
    let mut overwritten = pack(content);
    let middle = overwritten.len() / 2;
    overwritten[middle] ^= 0x40;
    let mut sum = pack(content);
    *sum.last_mut().unwrap() ^= 1;
    let cut = pack(content)[..20].to_vec();
    for (name, data) in [("overwritten", overwritten), ("sum", sum), ("cut", cut)] {
        let pdf = Paper::new("")
            .stream(4, "/Filter/FlateDecode", &data)
            .read();
        assert_eq!(pdf.unread, [Unread::Damaged].into(), "{name}");
    }
    let without = Paper::new("").contents("null");
    assert_eq!(without.read().unread, [].into(), "a page may be empty");
    let missing = Paper::new("").contents("99 0 R");
    assert_eq!(missing.read().unread, [Unread::Damaged].into(), "missing");
    let mut bytes = Paper::saying("x").bytes();
    let at = bytes
        .windows(7)
        .position(|part| part == b"4 0 obj")
        .unwrap();
    bytes[at..at + 7].copy_from_slice(b"\0\0\0\0\0\0\0");
    assert_eq!(
        read(bytes).unwrap().unread,
        [Unread::Damaged].into(),
        "object gone"
    );
}

#[test]
fn zeros_and_noise_in_plain_content_are_damage() {
    let zeros = [b"BT ET".as_slice(), &[0; 50], b"q Q"].concat();
    assert_eq!(Paper::new(zeros).read().unread, [Unread::Damaged].into());
    assert_eq!(
        Paper::new("q \u{1}\u{2}x Q").read().unread,
        [Unread::Damaged].into()
    );
    assert_eq!(Paper::new("BX unknown EX q Q").read().unread, [].into());
}

#[test]
fn a_missing_page_is_damage() {
    let paper = Paper::saying("x").object(2, "<</Type/Pages/Count 2/Kids[3 0 R 99 0 R]>>");
    let pdf = paper.read();
    assert_eq!((pdf.pages.len(), pdf.unread), (1, [Unread::Damaged].into()));
}

#[test]
fn a_later_revision_that_was_cut_off_is_damage() {
    let bytes = Paper::saying("old").bytes();
    let revised = revised(
        bytes.clone(),
        &[(4, "<</Length 0>>stream\n\nendstream")],
        "",
    );
    let cut = &revised[..bytes.len() + 30];
    let pdf = read(cut).unwrap();
    assert_eq!(pdf.pages[0].text, "old");
    assert_eq!(pdf.unread, [Unread::Damaged].into());
}

#[test]
fn a_table_that_is_wrong_hides_nothing() {
    let whole = Paper::saying("lock").bytes();
    let text = String::from_utf8(whole).unwrap();
    let start = text.find("xref\n").unwrap();
    let behind_mail = format!("From: a\n\n{text}");
    for (name, bytes) in [
        ("text before", behind_mail),
        ("wrong start", text.replace("startxref\n", "startxref\n1")),
        ("no table", text.replace(&text[start..start + 40], "")),
        (
            "shifted",
            text.replacen("%PDF-1.7\n", "%PDF-1.7\n% a remark\n", 1),
        ),
    ] {
        let pdf = read(bytes).unwrap();
        assert_eq!(pdf.pages[0].text, "lock", "{name}");
        assert_eq!(pdf.unread, [].into(), "{name}");
    }
}

#[test]
fn streams_with_a_wrong_length_are_read_to_their_end() {
    for length in ["1", "9999", "99 0 R", "4 0 R", "/x"] {
        let object =
            format!("<</Length {length}>>stream\nBT /F1 9 Tf 72 700 Td (lock) Tj ET\nendstream");
        let pdf = Paper::new("").object(4, object).read();
        assert_eq!(pdf.pages[0].text, "lock", "{length}");
    }
}

#[test]
fn objects_within_streams_are_read() {
    // A table and objects in streams, as most programs write them today.
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>> ",
        "<</Type/Pages/Count 1/Kids[3 0 R]>> ",
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1<</Subtype/Type1>>>>>>>>",
    ];
    let second = objects[0].len();
    let third = second + objects[1].len();
    let head = format!("1 0 2 {second} 3 {third} ");
    let within = format!("/Type/ObjStm/N 3/First {}", head.len());
    let objects = head + &objects.concat();
    let content = b"BT /F1 9 Tf 72 700 Td (lock) Tj ET";
    for (number, dict, data) in [
        (4, "", content.to_vec()),
        (5, within.as_str(), objects.into_bytes()),
    ] {
        places.push(bytes.len());
        let data = pack(&data);
        let head = format!(
            "{number} 0 obj <<{dict}/Filter/FlateDecode/Length {}>>stream\n",
            data.len()
        );
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(&data);
        bytes.extend_from_slice(b"\nendstream endobj\n");
    }
    let at = bytes.len();
    places.push(at);
    let place = |i: usize| u16::try_from(places[i]).unwrap().to_be_bytes();
    let mut rows = vec![0, 0, 0, 0, 2, 0, 5, 0, 2, 0, 5, 1, 2, 0, 5, 2];
    for i in 0..3 {
        rows.extend([1, place(i)[0], place(i)[1], 0]);
    }
    let rows = pack(&rows);
    let head = format!(
        "6 0 obj <</Type/XRef/W[1 2 1]/Size 7/Root 1 0 R/Filter/FlateDecode/Length {}>>stream\n",
        rows.len()
    );
    bytes.extend_from_slice(head.as_bytes());
    bytes.extend_from_slice(&rows);
    bytes.extend_from_slice(format!("\nendstream endobj\nstartxref\n{at}\n%%EOF").as_bytes());
    let pdf = read(&bytes).unwrap();
    assert_eq!(pdf.pages[0].text, "lock");
    assert_eq!(pdf.unread, [].into());
    let lost = String::from_utf8_lossy(&bytes[at..]).replace("startxref", "startxfer");
    let lost = [&bytes[..at], lost.as_bytes()].concat();
    assert_eq!(
        read(lost).unwrap().pages[0].text,
        "lock",
        "found without the table"
    );
}

#[test]
fn objects_that_a_table_hides_are_in_the_stream_beside_it() {
    // Hybrid files: old readers read the table, others also the stream.
    let bytes = Paper::saying("lock").object(6, "6").bytes();
    let place = |bytes: &[u8], what: &str| {
        bytes
            .windows(what.len())
            .position(|part| part == what.as_bytes())
            .unwrap()
    };
    let content = place(&bytes, "4 0 obj");
    let beside = place(&bytes, "6 0 obj");
    let [high, low] = u16::try_from(content).unwrap().to_be_bytes();
    let row = hex(&[1, high, low]);
    let stream = format!(
        "6 0 obj<</Type/XRef/W[1 2 0]/Index[4 1]/Size 7/Filter/AHx/Length 7>>stream\n{row}>\nendstream endobj\n"
    );
    let text = String::from_utf8(bytes).unwrap();
    let text = text.replace("6 0 obj\n6\nendobj\n", &stream);
    let hidden = text
        .replace(&format!("{content:010} 00000 n"), "0000000000 65535 f")
        .replace("/Root", &format!("/XRefStm {beside}/Root"));
    let start = place(hidden.as_bytes(), "xref\n");
    let hidden = hidden.split("startxref").next().unwrap().to_owned()
        + &format!("startxref\n{start}\n%%EOF");
    let pdf = read(hidden).unwrap();
    assert_eq!(pdf.pages[0].text, "lock");
    assert_eq!(pdf.unread, [].into());
}

#[test]
fn a_font_that_is_not_whole_is_damage() {
    let font = "<</Type/Font/Subtype/TrueType/Encoding/WinAnsiEncoding/FontDescriptor<</FontFile2 6 0 R>>>>";
    let paper = Paper::saying("x").object(5, font);
    assert_eq!(
        paper.clone().packed(6, "", b"font").read().unread,
        [].into()
    );
    let mut data = pack(b"font");
    data[4] ^= 1;
    let damaged = paper.stream(6, "/Filter/FlateDecode", &data).read();
    assert_eq!(damaged.unread, [Unread::Damaged].into());
}

#[test]
fn random_damage_ends_and_is_seldom_silent() {
    let whole = Paper::new("")
        .packed(4, "", b"BT /F1 9 Tf 72 700 Td (lock) Tj ET")
        .bytes();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % u64::try_from(below).unwrap()).unwrap()
    };
    let mut silent = 0;
    for _ in 0..1500 {
        let mut bytes = whole.clone();
        let at = next(bytes.len());
        let end = (at + 1 + next(30)).min(bytes.len());
        match next(3) {
            0 => bytes[at..end].fill(0),
            1 => bytes[at..end].iter_mut().for_each(|byte| *byte ^= 0x55),
            _ => drop(bytes.drain(at..end)),
        }
        let text = read(&bytes).map(|pdf| (pdf.unread.is_empty(), pdf.pages[0].text != "lock"));
        silent += usize::from(text == Ok((true, true)));
    }
    assert!(
        silent <= 45,
        "{silent} of 1500 are read as something else, in silence"
    );
}
