//! Bills in each format, and files that are none.

use crate::{Format, MAX_BYTES, MAX_COMPONENTS, read};

#[test]
fn a_bill_is_read_in_each_format() {
    let cyclonedx = r#"{"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"timestamp": "2026-09-04T02:10:00Z",
        "component": {"name": "hub", "version": "1.10"}}, "components": [{"name": "lwip", "version": "2.2.0",
        "licenses": [{"license": {"id": "MIT"}}], "components": [{"name": "inner", "version": "1"}]}]}"#;
    let xml = r#"<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata><timestamp>2026-09-04T02:10:00Z</timestamp>
        <tools><components><component><name>tool</name></component></components></tools>
        <component type="firmware"><name>hub</name><version>1.10</version></component></metadata>
        <components><component type="library"><name>lwip</name><version>2.2.0</version><licenses><license><id>MIT</id></license></licenses>
        <components><component type="library"><name>inner</name><version>1</version></component></components></component></components></bom>"#;
    let spdx = r#"{"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "creationInfo": {"created": "2026-09-04T02:10:00Z"},
        "packages": [{"SPDXID": "SPDXRef-hub", "name": "hub", "versionInfo": "1.10"},
        {"SPDXID": "SPDXRef-lwip", "name": "lwip", "versionInfo": "2.2.0", "licenseConcluded": "MIT"},
        {"SPDXID": "SPDXRef-inner", "name": "inner", "versionInfo": "1", "licenseDeclared": "NOASSERTION"}],
        "relationships": [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-hub"}]}"#;
    let graph = r#"{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
        {"type": "CreationInfo", "specVersion": "3.0.1", "created": "2026-09-04T02:10:00Z"},
        {"type": "SpdxDocument", "spdxId": "d", "rootElement": ["a"]},
        {"type": "software_Package", "spdxId": "a", "name": "hub", "software_packageVersion": "1.10"},
        {"type": "software_Package", "spdxId": "b", "name": "lwip", "software_packageVersion": "2.2.0"},
        {"type": "software_Package", "spdxId": "c", "name": "inner", "software_packageVersion": "1"},
        {"type": "Relationship", "spdxId": "r", "from": "b", "relationshipType": "hasConcludedLicense", "to": ["l"]}]}"#;
    let tags = "SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\nCreated: 2026-09-04T02:10:00Z\nRelationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-hub\n\
        PackageName: hub\nSPDXID: SPDXRef-hub\nPackageVersion: 1.10\nPackageName: lwip\nSPDXID: SPDXRef-lwip\nPackageVersion: 2.2.0\n\
        PackageLicenseConcluded: MIT\nPackageName: inner\nSPDXID: SPDXRef-inner\nPackageVersion: 1\n";
    for (name, text) in [
        ("json", cyclonedx),
        ("xml", xml),
        ("spdx", spdx),
        ("graph", graph),
        ("tags", tags),
    ] {
        let bill = read(text.as_bytes(), "json").unwrap_or_else(|| panic!("{name}"));
        let subject = bill
            .subject
            .as_ref()
            .map(|one| (one.name.as_str(), one.version.as_deref()));
        assert_eq!(subject, Some(("hub", Some("1.10"))), "{name}");
        assert_eq!(bill.made.as_deref(), Some("2026-09-04"), "{name}");
        let mut components: Vec<_> = bill
            .components
            .iter()
            .map(|one| (one.name.as_str(), one.version.as_deref(), one.has_licence))
            .collect();
        components.sort_unstable();
        let expected = [("inner", Some("1"), false), ("lwip", Some("2.2.0"), true)];
        assert_eq!(components, expected, "{name}");
        assert!(
            bill.unresolved.is_empty() && bill.repeated.is_empty(),
            "{name}"
        );
    }
}

#[test]
fn what_does_not_fit_together_is_listed() {
    let text = r#"{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"name": "a", "bom-ref": "a"},
        {"name": "b", "bom-ref": "a"}], "dependencies": [{"ref": "a", "dependsOn": ["c", "urn:cdx:other"]}]}"#;
    let bill = read(text.as_bytes(), "json").unwrap();
    assert!(bill.unresolved.iter().eq(["c"]));
    assert!(bill.repeated.iter().eq(["a"]));
}

#[test]
fn lists_of_scanners_are_read() {
    let table = "Component;Version;Path\n\"zlib; a library\";1.3.1;/lib\n# a remark\n;2;/none\n";
    let bill = read(table.as_bytes(), "csv").unwrap();
    assert_eq!(bill.format, Format::List);
    assert_eq!(bill.components.len(), 1);
    assert_eq!(bill.components[0].name, "zlib; a library");
    let objects =
        r#"{"found": [{"library": "zlib", "version": "1.3.1"}, {"library": "no version"}]}"#;
    assert_eq!(
        read(objects.as_bytes(), "json").unwrap().components.len(),
        1
    );
}

#[test]
fn other_files_are_none() {
    for (extension, text) in [
        ("json", "{\"bomFormat\": \"CycloneDX\""),
        ("json", "[1, 2]"),
        ("json", ""),
        ("xml", "<html><body/></html>"),
        (
            "xml",
            "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\"><components>",
        ),
        ("md", "name,version\nzlib,1.3.1\n"),
        ("csv", "one,two\n1,2\n"),
    ] {
        let bill = read(text.as_bytes(), extension);
        // A bill of markup that breaks off has what came before.
        assert!(bill.is_none_or(|bill| bill.components.is_empty()), "{text}");
    }
    assert!(read(b"\xff\xfe{", "json").is_none());
}

#[test]
fn hostile_bills_are_bounded() {
    let deep = "[".repeat(100_000);
    assert!(read(deep.as_bytes(), "json").is_none());
    let space = "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\">";
    let deep = format!("{space}{}", "<component>".repeat(100_000));
    assert!(read(deep.as_bytes(), "xml").is_none());
    assert!(read(&vec![b'['; MAX_BYTES + 1], "json").is_none());
    let rows = "zlib,1.3.1\n".repeat(MAX_COMPONENTS + 1);
    let bill = read(format!("name,version\n{rows}").as_bytes(), "csv").unwrap();
    assert!(bill.is_cut);
    assert_eq!(bill.components.len(), MAX_COMPONENTS);
}
