//! The long texts of the pack codes.

use crate::diag::Code;
use crate::diag::explain::Explanation;

pub(super) const TEXTS: &[Explanation] = &[
    Explanation {
        code: Code::NotAPack,
        title: "The file is not a pack",
        why: "A pack is known by its inventory, `SHA256SUMS`, and the record of what made it. Without them nothing can be compared, so no verdict is given.",
        example: "$ clspack verify holiday-photos.zip\nerror[K001]: it holds no `SHA256SUMS`",
        fix: "Name the `.zip` or the folder that `clspack pack` wrote, with its `record` folder and `SHA256SUMS`.",
    },
    Explanation {
        code: Code::EntryChanged,
        title: "A file of the pack was changed",
        why: "The content no longer has the hash under which it was packed, so it is not what was checked and declared. Opening and saving a PDF file is enough to change it.",
        example: "$ clspack verify HX-200_iotmra_2026-12-01.zip\nerror[K002]: its content is not what the inventory says",
        fix: "Take the file from the original pack, or make the pack again from the manifest.",
    },
    Explanation {
        code: Code::EntryMissing,
        title: "A file of the pack is missing",
        why: "The inventory of the pack names a file that is no longer in it. Whoever receives the pack would upload less than was prepared.",
        example: "$ clspack verify HX-200_iotmra_2026-12-01\nerror[K003]: the inventory names it, and it is not there",
        fix: "Take the pack from its original place again, or make it again.",
    },
    Explanation {
        code: Code::EntryExtra,
        title: "The pack holds a file that its inventory does not name",
        why: "Nobody checked the file, and it may end up at the portal all the same. Systems and viewers sometimes leave such files behind.",
        example: "$ clspack verify HX-200_iotmra_2026-12-01\nerror[K004]: it is there, and the inventory does not name it",
        fix: "Remove the file. If it belongs to the application, name it in the manifest and make the pack again.",
    },
    Explanation {
        code: Code::EntryUnsafe,
        title: "An entry of the pack is unsafe to unpack",
        why: "Its path leads out of the folder or its name hides something, it is a link, it has the name of another entry, or it is outside of the pack's own folder. Unpacked, it could overwrite a file elsewhere or show another content than the one that was checked; `clspack pack` never writes such an entry.",
        example: "$ clspack verify parcel.zip\nerror[K005]: its path leads out of the pack",
        fix: "Do not unpack the file. Ask its sender how it was made, and ask for a pack made again.",
    },
    Explanation {
        code: Code::OtherPackFormat,
        title: "The pack was written in another format",
        why: "The record says how the rest of the pack is to be read. A format of another release is not guessed at.",
        example: "$ clspack verify HX-200_iotmra_2029-12-01.zip\nerror[K006]: the pack is of format 2, this release reads format 1",
        fix: "Use the release of clspack that the record names. `sha256sum -c SHA256SUMS` compares the hashes without it.",
    },
    Explanation {
        code: Code::EntryTooLarge,
        title: "An entry of the pack is larger than allowed when unpacked",
        why: "A small archive can unfold to a size that fills the disk. No entry is read beyond 1 GiB, and what was not read counts as not checked.",
        example: "$ clspack verify parcel.zip\nerror[K007]: it unpacks to more than 1 GiB",
        fix: "Do not unpack the file. Ask its sender for the pack as it was written.",
    },
    Explanation {
        code: Code::ArchiveAmbiguous,
        title: "Programs may see different files in the archive",
        why: "A zip archive says twice what it holds: in the header before each entry and in the list at its end. Where the two differ, or bytes belong to no entry, one program unpacks other files than the next, and the files that were compared may not be those that somebody opens. Nothing is unpacked.",
        example: "$ clspack verify parcel.zip\nerror[K008]: it has another name in its header than in the list",
        fix: "Do not unpack the file. Ask its sender for the pack as `clspack pack` wrote it.",
    },
    Explanation {
        code: Code::PackTooLarge,
        title: "The pack is larger than is read",
        why: "A pack has at most 100,000 files and 4 GiB, as a zip archive 65,534 entries, and does not unpack to more than 100 times its size once that is over 512 MiB. More would only serve to fill a disk, and what was not read counts as not checked.",
        example: "$ clspack verify parcel.zip\nerror[K009]: all its files together have more than 4 GiB",
        fix: "Do not unpack the file. Ask its sender for the pack as it was written, or split the evidence into smaller files.",
    },
    Explanation {
        code: Code::RecordUnusable,
        title: "A record of the pack is missing or unreadable",
        why: "The folder `record` says what was decided and what made the pack: `plan.json`, `provenance.json`, `manifest.yaml`. Without one of them, or with a member missing, the pack cannot be compared with what it claims to be.",
        example: "$ clspack verify HX-200_iotmra_2026-12-01\nerror[K010]: `declares` is missing or has another form than `clspack` writes",
        fix: "Ask for the pack again, or make it again from the manifest.",
    },
    Explanation {
        code: Code::RecomputedDiffers,
        title: "The pack is not what its manifest and evidence give",
        why: "The pack holds its manifest and evidence. From them this release computes plan, documents and records again, under the rules that the record names. A file that comes out different was changed after the pack was made, even if the inventory was changed with it.",
        example: "$ clspack verify HX-200_iotmra_2026-12-01.zip\nerror[K011]: the state is `ready` here, and manifest and evidence give `to-sign`",
        fix: "Do not file the pack. Make it again with `clspack pack` from the manifest and evidence that you trust.",
    },
    Explanation {
        code: Code::InventoryIrregular,
        title: "The inventory is not as it was written",
        why: "`clspack` writes `SHA256SUMS` with one line for each file, in the order of paths, with hashes in small letters and line ends of Unix. A line that differs was written by somebody else, and `sha256sum -c` may read it differently or not at all.",
        example: "$ clspack verify HX-200_iotmra_2026-12-01\nerror[K012]: line 3: the line is about the inventory itself",
        fix: "Ask for the pack again. Do not edit `SHA256SUMS`.",
    },
    Explanation {
        code: Code::RecordsContradict,
        title: "The pack contradicts itself",
        why: "Where a pack was made with other rules, templates or another release, plan and documents cannot be computed again here. What the pack says of itself must still agree: the upload sheet names the form, level, day and content of the plan, and the documents show the content that the record says is declared.",
        example: "$ clspack verify HX-200_iotmra_2026-12-01\nerror[K013]: its level is not the one that `record/plan.json` names",
        fix: "Do not file the pack. Make it again with `clspack pack` from the manifest and evidence that you trust.",
    },
    Explanation {
        code: Code::PackNotRecomputed,
        title: "A part of the pack could not be computed again",
        why: "The pack says that it was made by another release, under other rules or from other templates than this release has. Then only the inventory speaks for plan or documents, and whoever changed one of them could write the inventory again. The finding names the part and the reason; everything else was compared. The verdict is `intact as listed, not recomputed in full`.",
        example: "$ clspack verify HX-200_iotmra_2026-12-01\nwarning[K102]: not recomputed: documents: this release does not have the templates or fonts with which they were made",
        fix: "Verify the pack with the release of `clspack` that its provenance names. Otherwise compare the hash of the pack with one that you got in another way.",
    },
    Explanation {
        code: Code::PackRewrapped,
        title: "Another program changed the wrapping of the pack",
        why: "Somebody unpacked the pack and zipped it again, or a system added its own files. The files of the pack are compared as usual; only the bytes of the archive differ from those that `clspack pack` wrote. What systems add, such as `.DS_Store`, `__MACOSX`, `Thumbs.db` and `desktop.ini`, is named here and not looked into.",
        example: "$ clspack verify HX-200_iotmra_2026-12-01.zip\nwarning[K101]: the pack was zipped again by another program: with entries for folders",
        fix: "If you zipped it again yourself, do nothing. Where the bytes of the archive matter, send the file that `clspack pack` wrote.",
    },
];
