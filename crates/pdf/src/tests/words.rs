//! Words in readable form: spaces and lines follow from the places of letters.

use super::paper::Paper;

/// A composite font whose glyphs have the numbers of their characters.
const COMPOSITE: &str = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R\
    /DescendantFonts[<</Subtype/CIDFontType2/DW 1000/W[32[250] 65 122 500]>>]>>";
const MAP: &[u8] = b"1 begincodespacerange <0000><ffff> endcodespacerange \
    1 beginbfrange <0000><fff0><0000> endbfrange";

fn words(content: &str) -> String {
    Paper::new(content).read().pages[0].words.clone()
}

fn composite(content: &str) -> String {
    let paper = Paper::new(content).object(5, COMPOSITE).packed(6, "", MAP);
    paper.read().pages[0].words.clone()
}

fn codes(text: &str) -> String {
    let units = text.encode_utf16().map(|unit| format!("{unit:04x}"));
    units.collect::<Vec<_>>().concat()
}

#[test]
fn blanks_that_are_drawn_are_kept_once() {
    assert_eq!(
        words("BT /F1 12 Tf 72 700 Td (Hanbit  Living Pte. ) Tj ( Ltd.) Tj ET"),
        "Hanbit Living Pte. Ltd."
    );
}

#[test]
fn gaps_in_a_line_are_blanks_and_pairs_of_letters_are_none() {
    // As TeX sets it: words are apart by a third of the size, and pairs of letters nearer by less than a tenth.
    let line = "BT /F1 10 Tf 72 700 Td [(W)83(aec)28(h)27(ter)-333(&)-333(S\\366hne)]TJ ET";
    assert_eq!(words(line), "Waechter & Söhne");
    assert_eq!(words("BT /F1 10 Tf 72 700 Td [(T)-120(o)]TJ ET"), "To");
}

#[test]
fn a_word_in_several_pieces_is_one() {
    // As Word prints it: each piece starts at the end of the one before.
    let pieces = "BT /F1 10 Tf 1 0 0 1 72 700 Tm [(Han)]TJ 1 0 0 1 90.34 700 Tm [(bit)]TJ ET \
        BT /F1 10 Tf 1 0 0 1 103.68 700 Tm [( )]TJ ET BT /F1 10 Tf 1 0 0 1 106.46 700 Tm (Living) Tj ET";
    assert_eq!(words(pieces), "Hanbit Living");
    // The space may be no glyph.
    let apart = "BT /F1 10 Tf 1 0 0 1 72 700 Tm (Hanbit) Tj 1 0 0 1 106.5 700 Tm (Living) Tj ET";
    assert_eq!(words(apart), "Hanbit Living");
}

#[test]
fn spacing_that_a_page_sets_is_counted() {
    let spaced = "BT /F1 10 Tf 3 Tc 5 Tw 72 700 Td (A B) Tj (C) Tj ET";
    assert_eq!(words(spaced), "A BC");
    let narrow = "BT /F1 10 Tf 50 Tz 72 700 Td (MM) Tj 9.8 0 Td (MM) Tj ET";
    assert_eq!(words(narrow), "MM MM");
    let near = "BT /F1 10 Tf 50 Tz 72 700 Td (MM) Tj 8.4 0 Td (MM) Tj ET";
    assert_eq!(words(near), "MMMM");
}

#[test]
fn columns_and_lines_are_apart() {
    let table = "BT /F1 10 Tf 72 700 Td (Company) Tj 200 0 Td (Hanbit Living) Tj \
        -200 -12 Td (Number) Tj 200 0 Td (201912345R) Tj ET";
    assert_eq!(words(table), "Company Hanbit Living\nNumber 201912345R");
    let lines = "BT /F1 10 Tf 12 TL 72 700 Td (one ) Tj (two) ' T* (three) Tj ET";
    assert_eq!(words(lines), "one\ntwo\nthree");
    // Slightly raised letters belong to the line.
    let raised = "BT /F1 10 Tf 72 700 Td (Lock) Tj 21.7 2 Td (2) Tj ET";
    assert_eq!(words(raised), "Lock2");
}

#[test]
fn text_may_run_in_any_direction() {
    for matrix in ["0 1 -1 0", "-1 0 0 -1", "0.8 0.6 -0.6 0.8"] {
        let line = format!(
            "BT /F1 10 Tf {matrix} 300 300 Tm [(Han)-20(bit)-300(Living)] TJ 0 -12 Td (Lock) Tj ET"
        );
        assert_eq!(words(&line), "Hanbit Living\nLock", "{matrix}");
    }
    let scaled = "q 0.1 0 0 0.1 0 0 cm BT /F1 100 Tf 720 7000 Td (Han) Tj 183.4 0 Td (bit) Tj ET Q";
    assert_eq!(words(scaled), "Hanbit");
}

#[test]
fn scripts_without_blanks_have_blanks_where_there_is_a_gap() {
    let one = codes("株式会");
    let other = codes("社三星");
    // Lines are filled by small gaps.
    let line = format!("BT /F1 10 Tf 72 700 Td [<{one}>-300<{other}>] TJ ET");
    assert_eq!(composite(&line), "株式会社三星");
    let line = format!("BT /F1 10 Tf 72 700 Td [<{one}>-1000<{other}>] TJ ET");
    assert_eq!(composite(&line), "株式会 社三星");
    // Korean is written with spaces.
    let (one, other) = (codes("한빛"), codes("리빙"));
    let line = format!("BT /F1 10 Tf 72 700 Td [<{one}>-300<{other}>] TJ ET");
    assert_eq!(composite(&line), "한빛 리빙");
    // Glyphs that are placed one by one, each at the end of the one before.
    let (one, other) = (codes("三"), codes("星"));
    let line =
        format!("BT /F1 10 Tf 72 700 Td <{one}> Tj 10 0 Td <{other}> Tj 10 0 Td <{one}> Tj ET");
    assert_eq!(composite(&line), "三星三");
    let latin = format!(
        "BT /F1 10 Tf 72 700 Td <{}> Tj 10 0 Td <{}> Tj ET",
        codes("ab"),
        codes("cd")
    );
    assert_eq!(composite(&latin), "abcd");
}

#[test]
fn upright_text_is_a_line() {
    let font = "<</Type/Font/Subtype/Type0/Encoding/UniJIS-UTF16-V>>";
    let content = "BT /F1 10 Tf 300 700 Td <65E5> Tj 0 -10 Td <672C> Tj 0 -30 Td <8A9E> Tj ET";
    let paper = Paper::new(content).object(5, font);
    assert_eq!(paper.read().pages[0].words, "日本 語");
}

#[test]
fn words_that_nobody_sees_have_blanks_too() {
    let content = "BT 3 Tr /F1 10 Tf 72 700 Td [(Hanbit)-300(Living)] TJ ET";
    let page = &Paper::new(content).read().pages[0];
    assert_eq!(
        (page.words.as_str(), page.hidden_words.as_str()),
        ("", "Hanbit Living")
    );
}

#[test]
fn places_without_a_size_are_no_panic() {
    for content in [
        "BT /F1 0 Tf 72 700 Td (a) Tj (b) Tj ET",
        "BT /F1 9 Tf 0 0 0 0 0 0 Tm (a) Tj (b) Tj ET",
        "BT /F1 1e400 Tf 72 700 Td [(a)99999999999999999999(b)] TJ ET",
    ] {
        let _ = words(content);
    }
}

#[test]
fn words_in_place_of_what_is_drawn_are_read() {
    let content = "/Span <</ActualText(Hanbit)>> BDC BT /F1 10 Tf 72 700 Td (x) Tj ET EMC \
        /Span /P BDC EMC /P <</MCID 0>> BDC EMC";
    let pdf = Paper::new(content)
        .resources("/Font<</F1 5 0 R>>/Properties<</P<</Alt(A picture)>>>>")
        .catalog("/StructTreeRoot 6 0 R")
        .object(6, "<</K[7 0 R 8 0 R]>>")
        .object(7, "<</S/Figure/Alt(A lock)/P 6 0 R/K 0>>")
        .object(8, "<</S/P/ActualText(Living)/P 6 0 R/K[1 7 0 R 6 0 R]>>")
        .read();
    let page = &pdf.pages[0];
    assert_eq!(
        (page.words.as_str(), page.hidden_words.as_str()),
        ("x", "Hanbit\nA picture\n")
    );
    assert_eq!(pdf.beside, ["A lock", "Living"]);
    assert_eq!(pdf.unread, [].into());
}
