//! Types, told and judged by their structure; each fault with the near miss that is right.

use super::*;

fn content(bytes: &[u8]) -> Content {
    let mut content = Content::default();
    content.see(bytes);
    content
}

/// Returns what is said of a file, after its path.
fn says(name: &str, bytes: &[u8]) -> Option<String> {
    let judged = judge(&content(bytes), name.rsplit('.').next().unwrap());
    judged
        .err()
        .map(|fault| format!("{:?} {}", fault.kind, fault.says))
}

#[test]
fn two_letters_at_the_beginning_of_a_text_prove_nothing() {
    for text in [
        "BM is the brand.\n",
        "MZ: see appendix\n",
        "#!/bin/sh\necho ok\n",
        "ID3,name\n1,a\n",
        "BZh is a prefix\n",
        "%PDF is a format; so is %PDF-1.7, which begins thus\n",
        "\u{1b}[32mPASS\u{1b}[0m\n",
        "<p align=\"center\">A readme</p>\n",
    ] {
        for extension in ["txt", "csv", "md", "log"] {
            assert_eq!(
                says(&format!("a.{extension}"), text.as_bytes()),
                None,
                "{text}"
            );
        }
    }
    let utf16: Vec<u8> = "BM,1\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(says("a.csv", &utf16), None);
    assert_eq!(says("a.txt", b"caf\xe9 \x83e\x83X\x83g\n"), None);
}

#[test]
fn a_file_that_is_no_text_is_told_by_what_it_is() {
    let bitmap =
        b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0\0\0\0\0";
    let expected = "Differs is named `.txt`, but its content is a BMP file";
    assert_eq!(says("a.txt", bitmap).as_deref(), Some(expected));
    let page = b"\n<!DOCTYPE html><html><body>Please log in</body></html>";
    let expected = "Differs is named `.csv`, but its content is an HTML file";
    assert_eq!(says("a.csv", page).as_deref(), Some(expected));
    for markup in ["<html>x", "<?xml version='1.0'?><a/>", "#!/bin/sh\necho"] {
        assert_eq!(says("a.txt", markup.as_bytes()), None, "{markup}");
    }
    assert_eq!(
        says("a.txt", b" \r\n\t").as_deref(),
        Some("Blank holds nothing but blanks")
    );
    assert_eq!(
        says("a.txt", &[0; 100]).as_deref(),
        Some("Damaged holds nothing but zeros")
    );
}

#[test]
fn json_is_read_to_its_end() {
    for whole in [
        "{\"a\": [1, 2, {\"b\": null}]}",
        "[]",
        "{}\n{}\n",
        "\u{feff}{\"a\": -1.5e3}",
    ] {
        assert_eq!(says("a.json", whole.as_bytes()), None, "{whole}");
    }
    let cut = says("a.json", b"{\n\"a\": [1, 2").unwrap();
    assert_eq!(cut, "Cut breaks off in line 2: the JSON has no end");
    let wrong = says("a.json", b"{\n\"a\": x}").unwrap();
    assert_eq!(
        wrong,
        "Damaged cannot be read as JSON: line 2, column 6 is wrong"
    );
    let deep = "[".repeat(100_000);
    assert!(says("a.json", deep.as_bytes()).is_some());
}

#[test]
fn xml_is_read_to_its_end() {
    for whole in [
        "<a/>",
        "<?xml version=\"1.0\"?>\n<a><b c='1'>&amp;</b></a>\n",
    ] {
        assert_eq!(says("a.xml", whole.as_bytes()), None, "{whole}");
    }
    for cut in ["<a><b></b>", "<a><b", "<a><!-- "] {
        let says = says("a.xml", cut.as_bytes()).unwrap();
        assert_eq!(says, "Cut breaks off: the XML has no end", "{cut}");
    }
    let wrong = says("a.xml", b"<a>\n<b></c></a>").unwrap();
    assert_eq!(wrong, "Damaged cannot be read as XML: line 2 is wrong");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of what is judged")]
fn a_bill_of_materials_lists_components() {
    let judged = |text: &str| {
        let extension = if text.starts_with('{') {
            "json"
        } else {
            "spdx"
        };
        let judged = sbom::check(&content(text.as_bytes()), extension);
        judged
            .err()
            .map(|fault| format!("{:?} {}", fault.kind, fault.says))
    };
    for good in [
        r#"{"bomFormat": "CycloneDX", "components": [{"name": "a"}]}"#,
        r#"{"spdxVersion": "SPDX-2.3", "packages": [{}], "files": []}"#,
        r#"{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [{}]}"#,
        r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components><component/></components></bom>"#,
        "SPDXVersion: SPDX-2.3\nPackageName: a\n",
        "Components: a 1.0, b 2.0\n",
    ] {
        assert_eq!(judged(good), None, "{good}");
    }
    for (text, expected) in [
        (
            r#"{"message": "404 Not Found"}"#,
            "NotABill is not a bill of materials: it is the answer of a server, `404 Not Found`",
        ),
        (
            r#"{"error": {"code": 401, "message": "no token"}}"#,
            "NotABill is not a bill of materials: it is the answer of a server, `no token`",
        ),
        (
            "{}",
            "NotABill is not a bill of materials: it is an empty value",
        ),
        (
            "<!doctype html><p>Log in",
            "NotABill is not a bill of materials: it is an HTML page",
        ),
        (
            r#"{"bomFormat": "CycloneDX", "vulnerabilities": [{}]}"#,
            "Vulnerabilities lists vulnerabilities (VEX) and no components",
        ),
        (
            r#"{"@context": "https://openvex.dev/ns/v0.2.0", "statements": [{}]}"#,
            "Vulnerabilities lists vulnerabilities (VEX) and no components",
        ),
        (
            r#"{"document": {"csaf_version": "2.0"}, "vulnerabilities": []}"#,
            "Vulnerabilities lists vulnerabilities (VEX) and no components",
        ),
        (
            r#"{"bomFormat": "CycloneDX", "components": []}"#,
            "NoComponents lists no components",
        ),
        (
            r#"{"artifacts": [], "source": {}}"#,
            "BillOfOtherFormat is neither CycloneDX nor SPDX",
        ),
        (
            "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\n",
            "NoComponents lists no components",
        ),
    ] {
        assert_eq!(judged(text).as_deref(), Some(expected), "{text}");
    }
}

/// A picture of 1 x 1 with two bytes of packed data.
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x04JF\xff\xdb\x00\x03\x00\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x2a\x2a\xff\xd9";

#[test]
fn a_jpeg_is_walked_by_its_markers() {
    assert_eq!(says("a.jpg", JPEG), None);
    let film = [JPEG, &vec![7; 5_000_000]].concat();
    assert_eq!(says("a.jpg", &film), None, "what follows the end");
    let cut = Some("Cut breaks off: the picture has no end".to_owned());
    for length in 4..JPEG.len() - 1 {
        assert_eq!(says("a.jpg", &JPEG[..length]), cut, "{length}");
    }
    let empty = Some("Damaged is damaged: it holds no picture".to_owned());
    assert_eq!(says("a.jpg", b"\xff\xd8\xff\xe0\x00\x04JF\xff\xd9"), empty);
    let zeros = [&JPEG[..4], &[0; 3000], &JPEG[JPEG.len() - 2..]].concat();
    assert!(says("a.jpg", &zeros).is_some());
    let (start, end) = JPEG.split_at(JPEG.len() - 2);
    let filled = [start, &[0; 5000], end].concat();
    let expected = "Damaged is damaged: part of the picture is zeros";
    assert_eq!(says("a.jpg", &filled).as_deref(), Some(expected));
}

#[test]
fn a_file_that_is_a_pointer_is_told_so_whatever_its_type() {
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n";
    for name in ["a.pdf", "a.json", "a.jpg", "a.zip", "a"] {
        assert!(
            says(name, pointer).unwrap().starts_with("NotFetched"),
            "{name}"
        );
    }
}

#[test]
fn a_large_container_is_not_opened_rather_than_of_another_type() {
    let large = [old_document(0, 2048, |at| at + 1), vec![1; MAX_WHOLE]].concat();
    let unopened = "Unopened is larger than 50 MB and was not opened";
    for name in ["a.doc", "a.xls", "a.ppt", "a.docx"] {
        assert_eq!(says(name, &large).as_deref(), Some(unopened), "{name}");
    }
    let differs = "Differs is named `.pdf`, but its content is of an old office format";
    assert_eq!(says("a.pdf", &large).as_deref(), Some(differs));
}

/// A TIFF picture of two strips, whose next page is where `next` says.
fn tiff(ends: [u32; 2], next: u32) -> Vec<u8> {
    let mut bytes = b"II\x2a\0\x08\0\0\0\x02\0".to_vec();
    for (tag, at) in [(273_u16, 38_u32), (279, 46)] {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(4_u16.to_le_bytes());
        bytes.extend(2_u32.to_le_bytes());
        bytes.extend(at.to_le_bytes());
    }
    for number in [next, 54, 58, ends[0], ends[1]] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend([7; 8]);
    bytes
}

#[test]
fn a_tiff_picture_has_every_strip_and_ends() {
    assert_eq!(says("a.tif", &tiff([4, 4], 0)), None);
    let cut = "Cut breaks off: part of the picture is missing";
    for ends in [[4, 5], [9, 4], [u32::MAX, 1]] {
        assert_eq!(says("a.tif", &tiff(ends, 0)).as_deref(), Some(cut));
    }
    let circle = "Damaged is damaged: its pages are one behind the other in a circle";
    assert_eq!(says("a.tif", &tiff([4, 4], 8)).as_deref(), Some(circle));
}

/// A container with a document of 2,000 bytes in small sectors; `next` says which small sector follows each, and
/// `n_small` how many bytes of small sectors there are.
fn old_document(start: u32, n_small: u32, next: impl Fn(u32) -> u32) -> Vec<u8> {
    const END: u32 = 0xffff_fffe;
    let mut bytes = vec![0; 8 * 512];
    let mut set = |at: usize, number: u32| {
        bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
    };
    // The marks, sectors of 512 and 64 bytes; list in 1, small table in 2, small sectors from 3.
    for (at, number) in [
        (0, 0xe011_cfd0),
        (4, 0xe11a_b1a1),
        (30, 0x0006_0009),
        (48, 1),
        (56, 4096),
        (60, 2),
        (68, END),
        (76, 0),
    ] {
        set(at, number);
    }
    (1..109).for_each(|i| set(76 + 4 * i, u32::MAX));
    for (i, number) in [u32::MAX - 2, END, END, 4, 5, 6, END]
        .into_iter()
        .enumerate()
    {
        set(512 + 4 * i, number);
    }
    let list = 2 * 512;
    for (at, kind, from, size) in [(list, 5_u32, 3, n_small), (list + 128, 2, start, 2000)] {
        set(at + 64, if kind == 5 { 2 } else { 26 } | kind << 16);
        set(at + 116, from);
        set(at + 120, size);
    }
    (0..128).for_each(|i| set(3 * 512 + 4 * i as usize, next(i)));
    for (i, unit) in "WordDocument".encode_utf16().enumerate() {
        bytes[list + 128 + 2 * i..][..2].copy_from_slice(&unit.to_le_bytes());
    }
    bytes
}

#[test]
fn small_sectors_that_never_end_are_damage() {
    let whole = old_document(0, 2048, |at| at + 1);
    assert_eq!(says("a.doc", &whole), None);
    let damage = "Cut breaks off, or is damaged: its document cannot be found";
    for (what, file) in [
        ("one that follows itself", old_document(0, 1024, |at| at)),
        ("one of no bytes", old_document(16, 1024, |at| at)),
        ("two in a circle", old_document(0, 512, |at| 1 - at.min(1))),
        ("one beyond the end", old_document(99, 1024, |at| at + 1)),
    ] {
        assert_eq!(says("a.doc", &file).as_deref(), Some(damage), "{what}");
    }
}

#[test]
fn what_a_container_says_of_itself_is_not_believed() {
    let mut header = vec![0xff; 3 * 512];
    header[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    header[30..34].copy_from_slice(&[9, 0, 6, 0]);
    for (at, number) in [(48, 0_u32), (60, 0), (68, 0), (76, 0)] {
        header[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    // Its only table says of each sector that it follows itself.
    header[512..1024].fill(0);
    for name in ["a.doc", "a.docx", "a.msg"] {
        assert!(says(name, &header).is_some() || name == "a.msg", "{name}");
    }
}
