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
        fix: "Take the file from the original pack, or make the pack anew from the manifest.",
    },
    Explanation {
        code: Code::EntryMissing,
        title: "A file of the pack is missing",
        why: "The inventory of the pack names a file that is no longer in it. Whoever receives the pack would upload less than was prepared.",
        example: "$ clspack verify HX-200_iotmra_2026-12-01\nerror[K003]: the inventory names it, and it is not there",
        fix: "Take the pack from its original place again, or make it anew.",
    },
    Explanation {
        code: Code::EntryExtra,
        title: "The pack holds a file that its inventory does not name",
        why: "Nobody checked the file, and it may end up at the portal all the same. Systems and viewers sometimes leave such files behind.",
        example: "$ clspack verify HX-200_iotmra_2026-12-01\nerror[K004]: it is there, and the inventory does not name it",
        fix: "Remove the file. If it belongs to the application, name it in the manifest and make the pack anew.",
    },
    Explanation {
        code: Code::EntryUnsafe,
        title: "An entry of the pack is unsafe to unpack",
        why: "Its path climbs out of the folder, it is a link, or its name occurs twice. Unpacked, it could overwrite a file elsewhere or show another content than the one that was checked; `clspack pack` never writes such an entry.",
        example: "$ clspack verify parcel.zip\nerror[K005]: the archive has two entries of this name",
        fix: "Do not unpack the file. Ask its sender how it was made, and have the pack made anew.",
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
];
