//! The long texts of the evidence codes.

use crate::diag::Code;
use crate::diag::explain::Explanation;

pub(super) const TEXTS: &[Explanation] = &[
    Explanation {
        code: Code::EvidenceMissing,
        title: "A file that the manifest names does not exist",
        why: "The pack would lack what the declaration refers to, and the assessor would ask for it. Names count with their capitals, since other systems than Windows tell them apart.",
        example: "evidence:\n  sbom: evidence/SBOM.pdf     # the file is called sbom.pdf",
        fix: "Put the file there, or correct the path. It counts from the folder of the manifest.",
    },
    Explanation {
        code: Code::EvidenceNotAFile,
        title: "The path leads to something that is not a file",
        why: "The portal takes files one by one and no folders. Which file of a folder was meant is not for the tool to guess.",
        example: "provisions:\n  5.1-1: { support: yes, detail: …, evidence: [evidence/5.1-1] }     # a folder",
        fix: "Name each file; several files make a list: `[a.pdf, b.pdf]`.",
    },
    Explanation {
        code: Code::EvidenceLinksOut,
        title: "The path leads out of the folder by a link",
        why: "Behind a link, the pack would take in a file from elsewhere on the computer, or one that is not there on the next computer. Links that stay in the folder are followed.",
        example: "$ ls -l evidence\nsbom.pdf -> ../../archive/sbom.pdf",
        fix: "Put the file itself into the folder of the manifest in place of the link.",
    },
    Explanation {
        code: Code::EvidenceUnreadable,
        title: "A file cannot be read",
        why: "A file that cannot be read cannot be checked, and a check that did not run counts as failed. Common causes are missing rights, a file held open by another program, or one that a cloud drive has not yet fetched.",
        example: "$ clspack check manifest.yaml\nerror[E004]: `evidence/sbom.pdf` cannot be read: you have no permission",
        fix: "Give yourself the right to read the file, close the program that holds it, or copy it anew.",
    },
    Explanation {
        code: Code::EvidenceEmpty,
        title: "A file is empty",
        why: "An empty file shows nothing, and often tells of a copy that broke off. An officer who opens it has to write back.",
        example: "$ ls -s evidence\n0 sbom.pdf",
        fix: "Put the file in again and look into it before you go on.",
    },
    Explanation {
        code: Code::EvidenceTypeDiffers,
        title: "The content is not of the type that the name says",
        why: "The portal and the officer go by the name, and their programs then fail on the content. Renaming a picture does not convert it, and a saved log-in page is often what a failed download leaves behind.",
        example: "evidence:\n  label-photo: evidence/label.jpg     # a PNG picture, only renamed",
        fix: "Export the file anew in the type that its name says, or give it the ending of its content and correct the manifest.",
    },
    Explanation {
        code: Code::EvidenceEncrypted,
        title: "A PDF file is locked",
        why: "An officer must be able to open, search, copy from and print the evidence. A password, or a lock on printing, hinders that even where the file still opens.",
        example: "laboratory: { name: Example Lab, …, report: evidence/locked-report.pdf }",
        fix: "Save the file without password and without restrictions, or ask its author for such a copy.",
    },
    Explanation {
        code: Code::EvidenceHasMacros,
        title: "An office file holds macros",
        why: "Programs in documents are a way of attack, so mail gateways and portals often refuse or strip them. Evidence has no need of them.",
        example: "evidence:\n  sbom: evidence/sbom.xlsm",
        fix: "Save the file without macros (`.xlsx`, `.docx`), or as PDF.",
    },
    Explanation {
        code: Code::EvidenceIncomplete,
        title: "A file breaks off before its end",
        why: "The mark that ends a PDF file or a picture is missing, which happens when a download or copy is cut short. Some viewers hide it and show only the pages that arrived.",
        example: "$ clspack check manifest.yaml\nerror[E009]: `evidence/scan.pdf` breaks off: its end is missing",
        fix: "Copy or export the file anew, and compare its size with that of the original.",
    },
    Explanation {
        code: Code::EvidenceTooLarge,
        title: "A file is too large to be taken in",
        why: "Files of more than 500 MB are not read. Evidence of an application is a matter of a few megabytes, so a larger file is most likely a recording, a disk image or the firmware itself.",
        example: "evidence:\n  binary-scan: evidence/firmware-image.img     # the report is meant",
        fix: "Name the report instead of what it is about, or make the file smaller.",
    },
    Explanation {
        code: Code::EvidenceNamesCollide,
        title: "Two files would get one name in the pack",
        why: "Names in the pack are made safe for every system and portal: spaces and signs become hyphens, and capitals do not tell names apart on Windows. Of two files with one name, only one would arrive.",
        example: "evidence:\n  sbom: evidence/sbom-2.pdf\n  binary-scan: \"evidence/SBOM 2.pdf\"",
        fix: "Rename one of the files and correct the manifest.",
    },
    Explanation {
        code: Code::EvidenceTypeUnusual,
        title: "The portal may not take files of this type",
        why: "The upload rules of the form stand behind the log-in and are not known. The types here are those that most other licence pages of GoBusiness print, so the finding only warns.",
        example: "evidence:\n  binary-scan: evidence/scan.json",
        fix: "Keep the file in the pack. If it has to be uploaded, turn it into PDF or ask CSA first.",
    },
    Explanation {
        code: Code::EvidenceOverLimit,
        title: "The evidence is larger than portals usually allow",
        why: "The limit of the form is not published. Most other licence pages of GoBusiness print 2 MB for an application, some 1.5, 5 or 10 MB, so the finding only warns.",
        example: "evidence:\n  label-photo: evidence/label.jpg     # 6.4 MB from a telephone",
        fix: "Make pictures smaller and scan in greyscale if the files have to be uploaded.",
    },
    Explanation {
        code: Code::EvidenceRepeated,
        title: "Two files have the same content",
        why: "One file may serve as evidence in several places. Two copies under different names are either needless or a sign that one of them should have been another file.",
        example: "evidence:\n  binary-scan: evidence/scan.pdf\n  penetration-test: evidence/pentest.pdf     # a copy of scan.pdf",
        fix: "Name one file in both places, or put in the one that was meant.",
    },
];
