//! Active and hidden content of evidence: each kind is found, and what honest programs write is not.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use clspack::look::{HazardKind, look};

/// A PDF file of one page, with more in its catalog, on its page and among its objects (from 6 on).
fn pdf(catalog: &str, page: &str, content: &str, more: &[&str]) -> Vec<u8> {
    let content =
        format!("BT /F1 12 Tf 72 720 Td (Each unit has its own password) Tj ET\n{content}\n");
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> {page} >>"
        ),
        format!(
            "<< /Length {} >>\nstream\n{content}endstream",
            content.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    objects.extend(more.iter().map(|&object| object.to_owned()));
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (i, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        writeln!(file, "{} 0 obj\n{object}\nendobj", i + 1).unwrap();
    }
    let (at, size) = (file.len(), objects.len() + 1);
    writeln!(
        file,
        "xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF"
    )
    .unwrap();
    file.into_bytes()
}

fn catalog(catalog: &str) -> Vec<u8> {
    pdf(
        catalog,
        "",
        "",
        &["<< /S /JavaScript /JS (app.alert\\(1\\)) >>"],
    )
}

fn annotation(dict: &str) -> Vec<u8> {
    let annotations = format!("/Annots [<< /Type /Annot /Rect [100 600 300 650] {dict} >>]");
    pdf("", &annotations, "", &[])
}

fn link(address: &str) -> Vec<u8> {
    annotation(&format!("/Subtype /Link /A << /S /URI /URI ({address}) >>"))
}

fn drawn(content: &str) -> Vec<u8> {
    pdf("", "", content, &[])
}

/// An archive of parts.
fn parts(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn part(name: &str, content: &str) -> Vec<u8> {
    parts(&[("[Content_Types].xml", "<Types/>"), (name, content)])
}

fn word(body: &str) -> Vec<u8> {
    part(
        "word/document.xml",
        &format!("<w:document><w:body><w:p>{body}</w:p></w:body></w:document>"),
    )
}

fn relation(list: &str, of: &str, target: &str, mode: &str) -> Vec<u8> {
    let content = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{of}\" Target=\"{target}\" {mode}/></Relationships>"
    );
    part(list, &content)
}

fn outside(list: &str, of: &str, target: &str) -> Vec<u8> {
    relation(list, of, target, "TargetMode=\"External\"")
}

fn kinds(extension: &str, bytes: &[u8]) -> Vec<HazardKind> {
    let mut kinds: Vec<_> = look(extension, bytes)
        .hazards
        .iter()
        .map(|one| one.kind)
        .collect();
    kinds.dedup();
    kinds
}

const DOCUMENT: &str = "word/_rels/document.xml.rels";
const SETTINGS: &str = "word/_rels/settings.xml.rels";

#[test]
fn each_kind_in_a_pdf_is_found() {
    use HazardKind as H;
    let cases = [
        ("opening", catalog("/OpenAction 6 0 R"), H::Script),
        (
            "names",
            catalog("/Names << /JavaScript << /Kids [<< /Names [(a) 6 0 R] >>] >> >>"),
            H::Script,
        ),
        (
            "spelled",
            catalog("/Open#41ction << /S /Java#53cript /J#53 (x) >>"),
            H::Script,
        ),
        ("closing", catalog("/AA << /WC 6 0 R >>"), H::Script),
        (
            "next",
            catalog("/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [6 0 R] >>"),
            H::Script,
        ),
        (
            "field",
            catalog("/AcroForm << /Fields [<< /FT /Tx /T (a) /AA << /C 6 0 R >> >>] >>"),
            H::Script,
        ),
        (
            "bookmark",
            pdf(
                "/Outlines << /First 7 0 R >>",
                "",
                "",
                &["<< /S /JavaScript /JS (x) >>", "<< /Title (a) /A 6 0 R >>"],
            ),
            H::Script,
        ),
        (
            "page",
            pdf(
                "",
                "/AA << /O 6 0 R >>",
                "",
                &["<< /S /JavaScript /JS (x) >>"],
            ),
            H::Script,
        ),
        (
            "stream",
            pdf(
                "/OpenAction << /S /JavaScript /JS 6 0 R >>",
                "",
                "",
                &["<< /Length 1 >>\nstream\nx\nendstream"],
            ),
            H::Script,
        ),
        (
            "rendition",
            annotation("/Subtype /Link /A << /S /Named /JS (x) >>"),
            H::Script,
        ),
        (
            "launch",
            annotation("/Subtype /Link /A << /S /Launch /F (cmd.exe) >>"),
            H::Launch,
        ),
        (
            "launch of windows",
            catalog("/OpenAction << /S /Launch /Win << /F (calc.exe) >> >>"),
            H::Launch,
        ),
        (
            "submit",
            annotation(
                "/Subtype /Widget /A << /S /SubmitForm /F << /FS /URL /F (https://a.example) >> >>",
            ),
            H::Submit,
        ),
        (
            "import",
            annotation("/Subtype /Widget /A << /S /ImportData /F (a.fdf) >>"),
            H::Submit,
        ),
        (
            "form in xml",
            catalog("/AcroForm << /Fields [] /XFA [(a) 6 0 R] >>"),
            H::XmlForm,
        ),
        ("film", annotation("/Subtype /RichMedia"), H::Media),
        ("model", annotation("/Subtype /3D"), H::Media),
        (
            "other file",
            annotation("/Subtype /Link /A << /S /GoToR /F (a.pdf) /D [0 /Fit] >>"),
            H::PrivateLink,
        ),
        (
            "attachment",
            catalog(
                "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a.xlsx) >>] >> >>",
            ),
            H::Attachment,
        ),
        (
            "program",
            catalog(
                "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /UF (a.exe) >>] >> >>",
            ),
            H::ProgramInside,
        ),
        (
            "attached note",
            annotation("/Subtype /FileAttachment /FS << /F (a.txt) >>"),
            H::Attachment,
        ),
        (
            "comment",
            annotation("/Subtype /Text /Contents (TODO ask legal)"),
            H::Comment,
        ),
        (
            "marked words",
            annotation("/Subtype /Highlight /Contents (is this right)"),
            H::Comment,
        ),
        (
            "text box",
            annotation("/Subtype /FreeText /Contents (TODO ask legal)"),
            H::Comment,
        ),
        ("redaction", annotation("/Subtype /Redact"), H::Redaction),
        (
            "white",
            drawn("1 g BT /F1 12 Tf 72 500 Td (remark for nobody) Tj ET"),
            H::HiddenText,
        ),
        (
            "white on white",
            drawn("1 g 0 0 600 800 re f BT /F1 12 Tf 72 500 Td (remark for nobody) Tj ET"),
            H::HiddenText,
        ),
        (
            "no ink",
            drawn("BT 3 Tr /F1 12 Tf 72 500 Td (a remark that is for nobody) Tj ET"),
            H::HiddenText,
        ),
        ("black box", drawn("0 g 70 715 300 20 re f"), H::HiddenText),
        (
            "share",
            link("https://a.sharepoint.com/sites/x"),
            H::PrivateLink,
        ),
        ("disk", link("file:///C:/a.docx"), H::PrivateLink),
    ];
    for (name, file, kind) in &cases {
        assert_eq!(kinds("pdf", file), [*kind], "{name}");
    }
    assert!(cases.len() > 30);
}

#[test]
fn each_kind_in_other_files_is_found() {
    use HazardKind as H;
    let note = "<p:notes><p:sp><p:ph type=\"body\"/><a:t>do not say this</a:t></p:sp></p:notes>";
    let row = "<row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>1</v></c></row>";
    let cases = [
        (
            "docx",
            word("<w:ins w:author=\"A\"><w:r><w:t>new</w:t></w:r></w:ins>"),
            H::Change,
        ),
        (
            "docx",
            word("<w:del w:author=\"A\"><w:r><w:delText>old</w:delText></w:r></w:del>"),
            H::Change,
        ),
        (
            "docx",
            word("<w:r><w:rPr><w:rPrChange w:author=\"A\"/></w:rPr><w:t>x</w:t></w:r>"),
            H::Change,
        ),
        (
            "docx",
            word("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"),
            H::HiddenText,
        ),
        (
            "docx",
            word(
                "<w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO cmd x</w:instrText></w:r>",
            ),
            H::Control,
        ),
        (
            "docx",
            word("<w:fldSimple w:instr=\"INCLUDEPICTURE &quot;https://a.example/x.png&quot;\"/>"),
            H::LinkedContent,
        ),
        (
            "docx",
            part(
                "word/comments.xml",
                "<w:comment w:id=\"0\"><w:p><w:t>ask legal</w:t></w:p></w:comment>",
            ),
            H::Comment,
        ),
        (
            "docx",
            part("word/activeX/activeX1.xml", "<ax:ocx/>"),
            H::Control,
        ),
        (
            "docx",
            outside(SETTINGS, "attachedTemplate", "https://a.example/t.dotm"),
            H::Template,
        ),
        (
            "docx",
            outside(DOCUMENT, "image", "https://a.example/x.png"),
            H::LinkedContent,
        ),
        (
            "docx",
            outside(DOCUMENT, "oleObject", "file:///C:/a.xlsx"),
            H::LinkedContent,
        ),
        (
            "docx",
            outside(DOCUMENT, "hyperlink", "https://a.sharepoint.com/x"),
            H::PrivateLink,
        ),
        (
            "docx",
            relation(DOCUMENT, "package", "embeddings/a.xlsx", ""),
            H::Attachment,
        ),
        (
            "docx",
            part("word/embeddings/setup.exe", "MZ"),
            H::ProgramInside,
        ),
        (
            "xlsx",
            part(
                "xl/workbook.xml",
                "<sheet name=\"Costs\" state=\"veryHidden\"/>",
            ),
            H::HiddenPart,
        ),
        ("xlsx", part("xl/worksheets/sheet1.xml", row), H::HiddenPart),
        (
            "xlsx",
            part("xl/connections.xml", "<connection name=\"ERP\"/>"),
            H::LinkedContent,
        ),
        (
            "xlsx",
            part(
                "xl/externalLinks/externalLink1.xml",
                "<ddeLink ddeService=\"cmd\"/>",
            ),
            H::Control,
        ),
        (
            "xlsx",
            part(
                "xl/comments1.xml",
                "<comment ref=\"A1\"><text><t>ask legal</t></text></comment>",
            ),
            H::Comment,
        ),
        (
            "pptx",
            part("ppt/notesSlides/notesSlide1.xml", note),
            H::SpeakerNotes,
        ),
        (
            "pptx",
            part("ppt/slides/slide1.xml", "<p:sld show=\"0\"/>"),
            H::HiddenPart,
        ),
        (
            "html",
            b"<html><script>x()</script></html>".to_vec(),
            H::PageScript,
        ),
        (
            "html",
            b"<html><body onload='x()'></body></html>".to_vec(),
            H::PageScript,
        ),
        (
            "html",
            b"<html><iframe src='https://a.example'></iframe></html>".to_vec(),
            H::Remote,
        ),
        (
            "svg",
            b"<svg><script>x()</script></svg>".to_vec(),
            H::PageScript,
        ),
        (
            "rtf",
            br"{\rtf1{\*\template https://a.example/t.dot}x}".to_vec(),
            H::Template,
        ),
        (
            "rtf",
            br"{\rtf1{\object{\*\objdata 0105}}x}".to_vec(),
            H::Attachment,
        ),
        (
            "eml",
            b"Content-Type: application/pdf; name=a.pdf\n\nx".to_vec(),
            H::Attachment,
        ),
        (
            "eml",
            b"Content-Type: application/octet-stream; name=\"a.js\"\n\nx".to_vec(),
            H::ProgramInside,
        ),
        ("exe", b"MZ".to_vec(), H::Program),
        ("lnk", b"L\0".to_vec(), H::Program),
        ("zip", part("tools/run.bat", "x"), H::ProgramInside),
    ];
    for (i, (extension, file, kind)) in cases.iter().enumerate() {
        assert_eq!(kinds(extension, file), [*kind], "case {i}, .{extension}");
    }
    assert!(cases.len() > 30);
}

#[test]
fn what_honest_programs_write_is_no_concern() {
    let image = "<< /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream";
    let picture = |content: &str| {
        let page = "/Resources << /Font << /F1 5 0 R >> /XObject << /I 6 0 R >> >>";
        pdf("", page, content, &[image])
    };
    let cases = [
        ("pdf", drawn("")),
        ("pdf", catalog("/OpenAction [3 0 R /Fit] /ViewerPreferences << /DisplayDocTitle true >>")),
        ("pdf", catalog("/OpenAction << /S /GoTo /D [3 0 R /XYZ 0 0 1] >>")),
        ("pdf", catalog("/PageMode /UseOutlines /MarkInfo << /Marked true >> /Lang (en)")),
        ("pdf", catalog("/AcroForm << /Fields [<< /FT /Sig /T (s) /V << /Type /Sig /Contents <01> /ByteRange [0 1 2 3] >> >>] /SigFlags 3 >>")),
        ("pdf", catalog("/AcroForm << /Fields [<< /FT /Tx /T (a) /V (x) >>] /NeedAppearances true >>")),
        ("pdf", catalog("/Names << /Dests << /Names [(a) [3 0 R /Fit]] >> >>")),
        ("pdf", annotation("/Subtype /Link /A << /S /GoTo /D [3 0 R /Fit] >>")),
        ("pdf", annotation("/Subtype /Link /A << /S /Named /N /NextPage >>")),
        ("pdf", annotation("/Subtype /Link /Contents (Our site) /A << /S /URI /URI (https://www.csa.gov.sg/) >>")),
        ("pdf", annotation("/Subtype /Widget /FT /Btn /A << /S /ResetForm >>")),
        ("pdf", annotation("/Subtype /Highlight /QuadPoints [0 0 1 0 0 1 1 1]")),
        ("pdf", annotation("/Subtype /FreeText /Contents (Figure 1: the label)")),
        ("pdf", annotation("/Subtype /Stamp /Name /Approved /Contents (Approved)")),
        ("pdf", annotation("/Subtype /Popup /Contents (x)")),
        ("pdf", link("http://192.168.1.1/")),
        ("pdf", link("mailto:psirt@hanbit.example")),
        ("pdf", link("www.hanbit.example")),
        ("pdf", link("https://en.wikipedia.org/wiki/JavaScript")),
        ("pdf", drawn("0.1 0.2 0.4 rg 60 490 300 30 re f 1 g BT /F1 12 Tf 72 500 Td (white on blue) Tj ET")),
        ("pdf", drawn("0 g 60 490 300 30 re f 1 g BT /F1 12 Tf 72 500 Td (white on black) Tj ET")),
        ("pdf", drawn("0.3 g BT /F1 12 Tf 72 500 Td (gray words) Tj ET")),
        ("pdf", drawn("/Cs cs 1 scn BT /F1 12 Tf 72 500 Td (a color of its own) Tj ET")),
        ("pdf", drawn("1 0 0 rg 70 715 300 20 re S")),
        ("pdf", drawn("0 g 72 718 200 1 re f")),
        ("pdf", drawn("BT 3 Tr /F1 12 Tf 72 500 Td (a) Tj ET")),
        ("pdf", picture("q 595 0 0 842 0 0 cm /I Do Q BT 3 Tr /F1 12 Tf 72 500 Td (words of a scan found by a program) Tj ET")),
        ("pdf", picture("q 595 0 0 842 0 0 cm /I Do Q 1 g BT /F1 12 Tf 72 500 Td (white on a picture) Tj ET")),
        ("docx", word("<w:r w:rsidR=\"00AB\"><w:t>plain</w:t></w:r><w:bookmarkStart w:id=\"0\" w:name=\"_Hidden\"/>")),
        ("docx", word("<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>shown</w:t></w:r>")),
        ("docx", word("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>shown</w:t></w:r>")),
        ("docx", word("<w:r><w:rPr><w:webHidden/></w:rPr><w:t>12</w:t></w:r>")),
        ("docx", word("<w:r><w:rPr><w:vanish/></w:rPr><w:instrText>XE \"word\"</w:instrText></w:r>")),
        ("docx", word("<w:r><w:instrText>TOC \\o \"1-3\"</w:instrText></w:r><w:fldSimple w:instr=\"PAGE\"/>")),
        ("docx", word("<w:fldSimple w:instr=\"HYPERLINK &quot;https://www.csa.gov.sg&quot;\"/>")),
        ("docx", part("word/comments.xml", "<w:comments/>")),
        ("docx", outside(SETTINGS, "attachedTemplate", "file:///C:\\Users\\a\\Report.dotx")),
        ("docx", outside(DOCUMENT, "hyperlink", "https://www.csa.gov.sg/")),
        ("docx", relation("word/charts/_rels/chart1.xml.rels", "package", "../embeddings/a.xlsx", "")),
        ("docx", relation(DOCUMENT, "image", "media/image1.png", "")),
        ("xlsx", part("xl/workbook.xml", "<sheet name=\"A\"/><definedName name=\"_xlnm.Print_Area\" hidden=\"1\">A!$A$1</definedName>")),
        ("xlsx", part("xl/worksheets/sheet1.xml", "<row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>1</v></c></row><autoFilter><filterColumn colId=\"0\"/></autoFilter>")),
        ("xlsx", part("xl/worksheets/sheet1.xml", "<cols><col min=\"4\" max=\"16384\" hidden=\"1\"/></cols><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")),
        ("xlsx", part("xl/connections.xml", "<connection name=\"ThisWorkbookDataModel\"/>")),
        ("pptx", part("ppt/notesSlides/notesSlide1.xml", "<p:sp><p:ph type=\"sldNum\"/><a:t>12</a:t></p:sp>")),
        ("html", b"<html><p>x <a href='https://www.csa.gov.sg'>y</a><img src='a.png'><script type='application/ld+json'>{}</script></html>".to_vec()),
        ("svg", b"<svg><rect width='1'/></svg>".to_vec()),
        ("eml", b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nx\n--b\nContent-Type: image/png; name=\"a.png\"\n\nx\n--b--".to_vec()),
        ("rtf", br"{\rtf1 {\*\template C:\\a.dot}plain}".to_vec()),
        ("bin", b"MZ of firmware".to_vec()),
        ("zip", part("report.pdf", "x")),
    ];
    for (i, (extension, file)) in cases.iter().enumerate() {
        assert_eq!(kinds(extension, file), [], "case {i}, .{extension}");
    }
    assert!(cases.len() > 40);
}

#[test]
fn hostile_files_come_to_an_end() {
    let many = "<< /S /JavaScript /JS (x) /Next [6 0 R 6 0 R 3 0 R] >>";
    let circle = pdf(
        "/OpenAction 6 0 R /Names << /JavaScript 7 0 R >>",
        "",
        "",
        &[many, "<< /Kids [7 0 R 7 0 R] >>"],
    );
    assert_eq!(kinds("pdf", &circle), [HazardKind::Script]);
    let notes = "<< /Subtype /Text /Rect [0 0 9 9] /Contents (a) >>".repeat(5_000);
    let notes = pdf("", &format!("/Annots [{notes}]"), "", &[]);
    assert_eq!(kinds("pdf", &notes), [HazardKind::Comment]);
    let changes = "<w:ins w:author=\"A\">".repeat(100_000);
    assert_eq!(kinds("docx", &word(&changes)), [HazardKind::Change]);
}
