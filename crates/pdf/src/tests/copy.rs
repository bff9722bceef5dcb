//! Pages that are copied show what they showed, and nothing acts.

use super::paper::{Paper, pack};
use crate::{About, Bookmark, Label, Numbering, Pdf, Source, Uncopied, Unreadable, Volume, read};

/// Copies these pages into a file of their own.
fn volume(bytes: &[u8], pages: &[usize]) -> Vec<u8> {
    let copied = Source::open(bytes).unwrap().copy(pages).unwrap();
    let mut volume = Volume::new();
    for page in volume.add(&copied) {
        volume.show(page);
    }
    volume.finish(&About {
        title: "Évidence (1)".to_owned(),
        producer: "tests".to_owned(),
        language: "en".to_owned(),
        date: (2026, 12, 1),
        bookmarks: vec![Bookmark {
            title: "5.1-1".to_owned(),
            page: 0,
            inside: vec![Bookmark::default()],
        }],
        labels: vec![Label {
            page: 0,
            prefix: "E1-".to_owned(),
            numbering: Numbering::From(3),
        }],
    })
}

fn copied(paper: &Paper) -> Pdf {
    read(volume(&paper.bytes(), &[0])).unwrap()
}

fn says(paper: &Paper) -> String {
    let pdf = copied(paper);
    assert!(pdf.unread.is_empty(), "{:?}", pdf.unread);
    assert!(!pdf.is_repaired);
    pdf.pages[0].text.clone()
}

fn why_not(paper: &Paper) -> Option<Uncopied> {
    let bytes = paper.bytes();
    Source::open(&bytes).unwrap().copy(&[0]).err()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_page_takes_along_what_it_inherits() {
    let tree = "<</Type/Pages/Count 2/Kids[3 0 R 6 0 R]/Rotate 90/CropBox[10 10 300 400]\
                /MediaBox[0 0 310 410]/Resources<</Font<</F1 5 0 R>>>>>>";
    let second = "<</Type/Page/Parent 2 0 R/Contents 7 0 R>>";
    let paper = Paper::saying("first")
        .object(2, tree)
        .object(6, second)
        .packed(7, "", b"BT /F#31 12 Tf 72 100 Td (second) Tj ET");
    let bytes = paper.bytes();
    let both = read(&bytes).unwrap();
    let one = read(volume(&bytes, &[1])).unwrap();
    assert_eq!(one.pages, [both.pages[1].clone()]);
    assert_eq!(one.pages[0].text, "second");
    let turned = read(volume(&bytes, &[1, 0])).unwrap();
    assert_eq!(turned.pages, [both.pages[1].clone(), both.pages[0].clone()]);
}

#[test]
fn nothing_that_acts_is_copied() {
    let paper = Paper::saying("shown")
        .catalog(
            "/OpenAction 10 0 R/Names<</JavaScript<</Names[(a) 10 0 R]>>>>/AcroForm<</Fields[]>>",
        )
        .page("/AA<</O 10 0 R>>/Annots[11 0 R 12 0 R]/Metadata 13 0 R/Tabs/S")
        .object(10, "<</S/JavaScript/JS(app.alert)>>")
        .object(
            11,
            "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://a.example)>>>>",
        )
        .object(
            12,
            "<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 14 0 R>>",
        )
        .stream(13, "/Type/Metadata/Subtype/XML", b"<rdf/>")
        .object(14, "<</Type/Filespec/F(a.exe)/EF<</F 15 0 R>>>>")
        .stream(15, "/Type/EmbeddedFile", b"MZ")
        // Resources that lead back to the catalog take nothing of it along.
        .resources("/Font<</F1 5 0 R>>/Properties<</P1 1 0 R/P2<</Metadata 13 0 R>>>>")
        .object(
            5,
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/A 10 0 R/P 3 0 R/Metadata 13 0 R>>",
        )
        .stream(
            4,
            "",
            b"/P /P1 BDC /P /P2 BDC BT /F1 12 Tf 72 700 Td (shown) Tj ET EMC EMC",
        );
    assert_eq!(says(&paper), "shown");
    assert_eq!(copied(&paper).features, []);
    let bytes = text(&volume(&paper.bytes(), &[0]));
    for word in [
        "app.alert",
        "JavaScript",
        "a.example",
        "rdf",
        "MZ",
        "OpenAction",
        "/Annot",
        "AcroForm",
    ] {
        assert!(!bytes.contains(word), "{word} in {bytes}");
    }
}

#[test]
fn only_what_a_page_may_name_is_copied() {
    let used = "BT /F1 12 Tf 72 700 Td (words) Tj ET /Used Do";
    let all = "/Font<</F1 5 0 R>>/XObject<</Used 6 0 R/Unused 7 0 R>>";
    let form = |resources: &str| {
        Paper::new(used)
            .resources(all)
            .stream(
                6,
                &format!("/Subtype/Form/BBox[0 0 9 9]{resources}"),
                b"0 0 9 9 re f /Unused Do",
            )
            .stream(
                7,
                "/Subtype/Form/BBox[0 0 9 9]/Resources<<>>",
                b"% not named by the page\n",
            )
    };
    let has = |paper: &Paper| text(&volume(&paper.bytes(), &[0])).contains("not named");
    assert!(!has(&form("/Resources<<>>")));
    // A drawing without resources of its own has those of the page.
    assert!(has(&form("")));
}

#[test]
fn notes_become_part_of_the_page() {
    let stamp = "/Type/Annot/Subtype/Stamp/Rect[100 100 300 200]";
    let paper = |flags: &str, appearance: &str| {
        Paper::saying("page")
            .page("/Annots[10 0 R]")
            .object(10, format!("<<{stamp}{flags}{appearance}>>"))
            .stream(
                11,
                "/BBox[0 0 50 50]/Matrix[1 0 0 1 5 5]/Resources<</Font<</F1 5 0 R>>>>",
                b"BT /F1 9 Tf 5 5 Td (approved) Tj ET",
            )
    };
    let ap = "/AP<</N 11 0 R>>";
    assert_eq!(says(&paper("", ap)), "pageapproved");
    assert_eq!(copied(&paper("", ap)).pages[0].marks, []);
    assert_eq!(says(&paper("/F 2", ap)), "page");
    assert_eq!(
        says(&paper("/AS/On", "/AP<</N<</On 11 0 R/Off 4 0 R>>>>")),
        "pageapproved"
    );
    assert_eq!(says(&paper("/AS/Other", "/AP<</N<</On 11 0 R>>>>")), "page");
    let n_left = |paper: &Paper| {
        let bytes = paper.bytes();
        let copied = Source::open(&bytes).unwrap().copy(&[0]).unwrap();
        copied.n_notes_left
    };
    assert_eq!(n_left(&paper("", ap)), 0);
    assert_eq!(n_left(&paper("", "")), 1);
    assert_eq!(n_left(&paper("/F 2", "")), 0);
}

#[test]
fn a_layer_that_is_switched_off_stays_off() {
    let layers = |off: &str| {
        Paper::new("/OC /L BDC BT /F1 12 Tf 72 700 Td (draft) Tj ET EMC")
            .catalog(&format!("/OCProperties<</OCGs[9 0 R]/D<<{off}>>>>"))
            .resources("/Font<</F1 5 0 R>>/Properties<</L 9 0 R>>")
            .object(
                9,
                "<</Type/OCG/Name(Layer)/Usage<</PageElement<</Subtype/HF>>>>>>",
            )
    };
    assert_eq!(says(&layers("")), "draft");
    assert_eq!(says(&layers("/OFF[9 0 R]")), "");
    assert_eq!(copied(&layers("/OFF[9 0 R]")).pages[0].hidden, "draft");
}

#[test]
fn what_is_not_whole_is_not_copied_at_all() {
    assert_eq!(why_not(&Paper::saying("whole")), None);
    assert_eq!(why_not(&Paper::saying("a").contents("null")), None);
    assert_eq!(
        why_not(&Paper::saying("a").contents("99 0 R")),
        Some(Uncopied::Damaged)
    );
    assert_eq!(
        why_not(&Paper::saying("a").contents("[4 0 R 5 0 R]")),
        Some(Uncopied::Damaged)
    );
    let mut broken = pack(&[b'a'; 5000]);
    broken.truncate(20);
    let picture = |dict: &str, data: &[u8]| {
        Paper::new("/I Do")
            .resources("/XObject<</I 6 0 R>>")
            .stream(6, &format!("/Subtype/Image/Width 5/Height 1000/ColorSpace/DeviceGray/BitsPerComponent 8{dict}"), data)
    };
    let whole = pack(&[b'a'; 5000]);
    assert_eq!(why_not(&picture("/Filter/FlateDecode", &whole)), None);
    assert_eq!(why_not(&picture("/Filter/DCTDecode", b"\xff\xd8")), None);
    assert_eq!(
        why_not(&picture("/Filter/FlateDecode", &broken)),
        Some(Uncopied::Damaged)
    );
    assert_eq!(
        why_not(&picture("/F(other.raw)", b"")),
        Some(Uncopied::OtherFile)
    );
    let locked = Paper::saying("a")
        .object(9, "<</Filter/Standard>>")
        .trailer("/Encrypt 9 0 R");
    assert_eq!(
        Source::open(&locked.bytes()).err(),
        Some(Unreadable::Locked)
    );
}

#[test]
fn values_are_written_as_they_were() {
    let odd = "<</Type/ExtGState/CA .5/ca 1.0/AIS true/SA false/OP null/D[[2.50 -3]0]/N(a\\(b\\)\\\\ \\351)/M/A#20B/L<00ff>/S 0.0000125>>";
    let paper = Paper::new("/G gs")
        .resources("/ExtGState<</G 6 0 R>>")
        .object(6, odd);
    let bytes = text(&volume(&paper.bytes(), &[0]));
    let written = "<</AIS true/CA 0.5/D[[ 2.5 -3] 0]/L<00ff>/M/A#20B/N<612862295c20e9>/OP null/S 0.0000125/SA false/Type/ExtGState/ca 1>>";
    assert!(bytes.contains(written), "{bytes}");
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let paper = Paper::saying("same").bytes();
    let one = volume(&paper, &[0, 0]);
    assert_eq!(one, volume(&paper, &[0, 0]));
    assert_eq!(read(&one).unwrap().pages.len(), 2);
    let one = text(&one);
    assert!(one.contains("/Title<feff00c900760069"), "{one}");
    assert!(
        one.contains("/PageLabels<</Nums[0 <</P(E1-)/S/D/St 3>>]>>"),
        "{one}"
    );
}

#[test]
fn knows_how_many_pages_fit() {
    let kids = "<</Type/Pages/Count 3/Kids[3 0 R 3 0 R 3 0 R]>>";
    let bytes = Paper::saying("page").object(2, kids).bytes();
    let copied = Source::open(&bytes).unwrap().copy(&[0, 1, 2]).unwrap();
    assert_eq!(copied.n_fitting(copied.n_bytes()), 3);
    assert_eq!(copied.n_fitting(copied.n_bytes() - 1), 2);
    assert_eq!(copied.n_fitting(1), 0);
}

/// However a file is cut off or overwritten, copying returns, and what it gives can be read.
#[test]
fn no_piece_of_a_file_makes_it_panic() {
    let paper = Paper::saying("page")
        .page("/Annots[10 0 R]")
        .object(10, "<</Subtype/Stamp/Rect[0 0 9 9]/AP<</N 11 0 R>>>>")
        .stream(11, "/BBox[0 0 9 9]", b"0 0 9 9 re f")
        .bytes();
    for at in 0..paper.len() {
        for byte in [0, b'9', b'<', 0xff] {
            let mut scratched = paper.clone();
            scratched[at] = byte;
            let Ok(source) = Source::open(&scratched) else {
                continue;
            };
            let pages: Vec<usize> = (0..source.n_pages().min(5)).collect();
            if let Ok(copied) = source.copy(&pages) {
                let mut volume = Volume::new();
                for page in volume.add(&copied) {
                    volume.show(page);
                }
                assert!(
                    read(volume.finish(&About::default())).is_ok(),
                    "{at} {byte}"
                );
            }
        }
    }
}

#[test]
fn a_drawing_within_itself_ends() {
    let paper = Paper::new("/A Do")
        .resources("/XObject<</A 6 0 R>>")
        .stream(
            6,
            "/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 6 0 R>>>>",
            b"/A Do",
        );
    assert_eq!(why_not(&paper), None);
}
