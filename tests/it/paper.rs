//! Writes PDF files that say something: lines of any script, a page after the other.

use std::fmt::Write as _;

/// Makes a PDF file of these pages; a line breaks where the text does.
pub(crate) fn pdf(pages: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Sans /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sans /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>".to_owned(),
        stream(&characters()),
    ];
    let mut kids = String::new();
    for page in pages {
        let first = objects.len() + 1;
        let _ = write!(kids, "{first} 0 R ");
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>", first + 1));
        objects.push(stream(&drawn(page)));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    file(&objects)
}

fn drawn(page: &str) -> String {
    let mut content = String::from("BT /F1 8 Tf 10 TL 40 800 Td\n");
    for line in page.lines() {
        let units = line.encode_utf16();
        let hex: Vec<String> = units.map(|unit| format!("{unit:04X}")).collect();
        let _ = writeln!(content, "<{}> Tj T*", hex.concat());
    }
    content + "ET"
}

/// Says that each code is the character of its number.
fn characters() -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
    );
    for high in (0..=255).step_by(64) {
        let _ = writeln!(map, "64 beginbfrange");
        for high in high..high + 64 {
            let _ = writeln!(map, "<{high:02X}00> <{high:02X}FF> <{high:02X}00>");
        }
        map.push_str("endbfrange\n");
    }
    map + "endcmap end"
}

fn stream(content: &str) -> String {
    format!(
        "<< /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    )
}

fn file(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = String::new();
    for (i, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = writeln!(file, "{} 0 obj\n{object}\nendobj", i + 1);
    }
    let (n, at) = (objects.len() + 1, file.len());
    let _ = write!(
        file,
        "xref\n0 {n}\n0000000000 65535 f \n{table}trailer\n<< /Size {n} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n"
    );
    file.into_bytes()
}
