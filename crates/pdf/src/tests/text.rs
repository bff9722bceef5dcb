//! Words: fonts, encodings, filters, visibility, and texts outside the pages.

use super::paper::{Paper, hex, pack};
use crate::{Unread, read};

fn text(paper: &Paper) -> String {
    let pdf = paper.read();
    assert_eq!(pdf.unread, [].into());
    pdf.pages[0].text.clone()
}

#[test]
fn words_have_no_white_space_and_small_letters() {
    assert_eq!(
        text(&Paper::saying("Office Lock \\374\\(5\\)")),
        "officelockü(5)"
    );
}

#[test]
fn every_way_to_show_a_text_shows_it() {
    let content =
        "BT /F1 9 Tf 12 TL 72 700 Td (a) Tj (b) ' 1 2 (c) \" [(d) -250 <65> 3 (f)] TJ T* (g) Tj ET";
    assert_eq!(text(&Paper::new(content)), "abcdefg");
}

#[test]
fn standard_filters_are_undone_in_any_chain_and_spelling() {
    let content = b"BT /F1 9 Tf 72 700 Td (lock) Tj ET";
    let hex = hex(&pack(content));
    let run_length = [&[33_u8][..], content, &[128]].concat();
    for (filter, data) in [
        ("/Filter/FlateDecode", pack(content)),
        ("/F#69lter[/Fl#61teDecode]", pack(content)),
        ("/Filter/Fl", pack(content)),
        (
            "/Filter[/ASCIIHexDecode/FlateDecode]",
            format!("{hex}>").into_bytes(),
        ),
        ("/Filter[/FlateDecode/FlateDecode]", pack(&pack(content))),
        ("/Filter/RunLengthDecode", run_length),
        ("/Filter[/Crypt]", content.to_vec()),
    ] {
        let pdf = Paper::new("").stream(4, filter, &data).read();
        assert_eq!(pdf.pages[0].text, "lock", "{filter}");
        assert_eq!(pdf.unread, [].into(), "{filter}");
    }
}

#[test]
fn what_reportlab_writes_is_read() {
    // `[/ASCII85Decode /FlateDecode]`, as in every file of that library.
    let packed = pack(b"BT /F1 9 Tf 72 700 Td (lock) Tj ET");
    let mut ascii = String::new();
    for chunk in packed.chunks(4) {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        let mut value = u32::from_be_bytes(word);
        let mut digits = [0_u8; 5];
        for digit in digits.iter_mut().rev() {
            *digit = u8::try_from(value % 85).unwrap() + b'!';
            value /= 85;
        }
        ascii.extend(
            digits[..=chunk.len()]
                .iter()
                .map(|digit| char::from(*digit)),
        );
    }
    ascii.push_str("~>");
    let paper = Paper::new("").stream(4, "/Filter[/ASCII85Decode/FlateDecode]", ascii.as_bytes());
    assert_eq!(text(&paper), "lock");
}

#[test]
fn a_filter_of_pictures_is_none_for_words() {
    let pdf = Paper::new("").stream(4, "/Filter/JPXDecode", b"x").read();
    assert_eq!(pdf.unread, [Unread::UnknownFilter].into());
}

#[test]
fn glyph_names_and_maps_make_characters() {
    let differences =
        "<</Type/Font/Subtype/Type1/Encoding<</Differences[1/M/uni00FC/f_i 65/Euro]>>>>";
    let paper = Paper::saying("\\001\\002\\003A").object(5, differences);
    assert_eq!(text(&paper), "müfi€");
    let map = b"1 begincodespacerange <0000><ffff> endcodespacerange \
        2 beginbfchar <0001><004D> <0002><FB01> endbfchar 1 beginbfrange <0010><0012><0041> endbfrange";
    let font = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R>>";
    let paper = Paper::new("BT /F1 9 Tf 72 700 Td <00010002001000110012> Tj ET")
        .object(5, font)
        .packed(6, "", map);
    assert_eq!(text(&paper), "mfiabc");
}

#[test]
fn utf16_codes_need_no_map() {
    let font = "<</Type/Font/Subtype/Type0/Encoding/UniJIS-UTF16-H>>";
    let paper = Paper::new("BT /F1 9 Tf 72 700 Td <65E5672C> Tj ET").object(5, font);
    assert_eq!(text(&paper), "日本");
}

#[test]
fn a_page_of_codes_without_characters_is_garbled() {
    let font = "<</Type/Font/Subtype/Type0/Encoding/Identity-H>>";
    let show =
        |codes: &str| Paper::new(format!("BT /F1 9 Tf 72 700 Td <{codes}> Tj ET")).object(5, font);
    let pdf = show(&"0001".repeat(8)).read();
    assert_eq!(pdf.unread, [Unread::Garbled].into());
    assert_eq!(pdf.pages[0].text, "\u{fffd}".repeat(8), "a gap is no word");
    assert_eq!(
        show("000100010001").read().unread,
        [].into(),
        "too few to say"
    );
}

#[test]
fn words_in_drawings_and_patterns_are_words_of_the_page() {
    let paper = Paper::new("/A Do /Pattern cs /P scn 0 0 9 9 re f")
        .resources("/Font<</F1 5 0 R>>/XObject<</A 6 0 R>>/Pattern<</P 7 0 R>>")
        .stream(6, "/Subtype/Form", b"BT /F1 9 Tf 72 700 Td (form) Tj ET")
        .stream(
            7,
            "/PatternType 1",
            b"BT /F1 9 Tf 72 700 Td (pattern) Tj ET",
        );
    assert_eq!(text(&paper), "formpattern");
}

#[test]
fn words_that_nobody_sees_are_hidden() {
    for content in [
        "BT 3 Tr /F1 9 Tf 72 700 Td (Lock) Tj ET",
        "BT 7 Tr /F1 9 Tf 72 700 Td (Lock) Tj ET",
        "BT /F1 9 Tf 72 9000 Td (Lock) Tj ET",
        "BT /F1 9 Tf -900 700 Td (Lock) Tj ET",
        "BT /F1 0 Tf 72 700 Td (Lock) Tj ET",
        "0 0 9 9 re W n BT /F1 9 Tf 72 700 Td (Lock) Tj ET",
        "/OC /Off BDC BT /F1 9 Tf 72 700 Td (Lock) Tj ET EMC",
    ] {
        let layers = "/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>";
        let pdf = Paper::new(content)
            .catalog(layers)
            .object(6, "<</Type/OCG/Name(Off)>>")
            .resources("/Font<</F1 5 0 R>>/Properties<</Off 6 0 R>>")
            .read();
        let page = &pdf.pages[0];
        assert_eq!(
            (page.text.as_str(), page.hidden.as_str()),
            ("", "lock"),
            "{content}"
        );
    }
}

#[test]
fn a_scan_is_a_picture_without_words() {
    let scan = |content: &str| {
        Paper::new(content)
            .resources("/Font<</F1 5 0 R>>/XObject<</I 6 0 R>>")
            .stream(6, "/Subtype/Image/Width 1/Height 1", b"x")
            .read()
            .unread
    };
    assert_eq!(scan("q 600 0 0 800 0 0 cm /I Do Q"), [Unread::Scan].into());
    let strips = "q 600 0 0 300 0 0 cm /I Do Q q 600 0 0 300 0 300 cm /I Do Q";
    assert_eq!(scan(strips), [Unread::Scan].into());
    let numbered = "q 600 0 0 800 0 0 cm /I Do Q BT /F1 9 Tf 72 700 Td (Page 1 of 2) Tj ET";
    assert_eq!(scan(numbered), [Unread::Scan].into());
    let read = "q 600 0 0 800 0 0 cm /I Do Q BT 3 Tr /F1 9 Tf 72 700 Td (read by a machine) Tj ET";
    assert_eq!(scan(read), [].into(), "its words can be searched");
    let words =
        "q 600 0 0 800 0 0 cm /I Do Q BT /F1 9 Tf 72 700 Td (a page with its own words) Tj ET";
    assert_eq!(scan(words), [].into());
    assert_eq!(
        scan("q 60 0 0 80 0 0 cm /I Do Q"),
        [].into(),
        "a small picture"
    );
    assert_eq!(scan(""), [].into(), "an empty page");
}

#[test]
fn properties_notes_and_bookmarks_are_beside() {
    let xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>R&amp;D</dc:creator></x:xmpmeta>";
    let pdf = Paper::saying("x")
        .trailer("/Info<</Title<FEFF004D00FC>/CreationDate(D:2026)>>")
        .catalog("/Metadata 6 0 R/Outlines 7 0 R/AcroForm<</Fields[9 0 R]>>")
        .page("/Annots[10 0 R]")
        .stream(6, "/Type/Metadata", xmp.as_bytes())
        .object(7, "<</First 8 0 R>>")
        .object(8, "<</Title(Chapter 1)/Next 8 0 R>>")
        .object(9, "<</FT/Tx/T(field)/V(Value of a field)>>")
        .object(
            10,
            "<</Subtype/Text/Rect[0 0 9 9]/T(Author)/Contents(A note)>>",
        )
        .read();
    let beside = [
        "Mü",
        "R&D",
        "Chapter 1",
        "A note",
        "Author",
        "Value of a field",
    ];
    for text in beside {
        assert!(
            pdf.beside.iter().any(|known| known == text),
            "{text}: {:?}",
            pdf.beside
        );
    }
    assert!(!pdf.beside.iter().any(|text| text.contains("2026")));
    assert_eq!(pdf.pages[0].text, "x");
    assert_eq!(pdf.unread, [].into());
}

#[test]
fn attachments_are_named_and_not_read() {
    let pdf = Paper::saying("x")
        .catalog("/Names<</EmbeddedFiles<</Names[(key)<</UF(list.xlsx)/Desc(Clients)>>]>>>>")
        .read();
    assert_eq!(pdf.beside, ["key", "list.xlsx", "Clients"]);
    assert_eq!(pdf.unread, [Unread::Attachment].into());
}

#[test]
fn pages_have_a_size_as_they_are_shown() {
    let size = |page: &str| Paper::saying("x").page(page).read().pages[0].size;
    assert_eq!(size(""), (60000, 80000));
    assert_eq!(size("/Rotate 90"), (80000, 60000));
    assert_eq!(size("/CropBox[100 0 600 700]"), (50000, 70000));
}

#[test]
fn the_last_revision_counts() {
    let bytes = Paper::saying("old").bytes();
    let new = "<</Length 38>>stream\nBT /F1 12 Tf 72 700 Td (new) Tj ET    \nendstream";
    let pdf = read(super::paper::revised(bytes, &[(4, new)], "")).unwrap();
    assert_eq!(pdf.pages[0].text, "new");
    assert_eq!(pdf.unread, [].into());
}
