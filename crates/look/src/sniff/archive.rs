//! ZIP archives: whether they open, and whether each part unpacks to what its checksum says.

use clspack_archive::{Archive, Budget, Unopened, Why};

use crate::sniff::{Fault, Judged, office};

/// How much is unpacked of an archive, in bytes; each part counts for a little more than it has, so that many
/// empty ones are bounded, too.
const MAX_UNPACKED: u64 = 200_000_000;
const EACH: u64 = 512;
/// An archive with more parts cannot be unpacked within the bound.
const MAX_PARTS: usize = 390_625;
/// The largest part whose content is judged, unpacked.
const MAX_JUDGED: u64 = 100_000_000;

pub(super) fn open(bytes: &[u8]) -> Result<Archive<'_>, Fault> {
    Archive::open(bytes, MAX_PARTS).map_err(|why| match why {
        Unopened::TooMany(_) => too_large(),
        // The list of parts is at the end, so it is missing when the end is.
        Unopened::Damaged(_) => {
            Fault::cut("breaks off: the list of what it holds, at its end, is missing")
        }
    })
}

/// Returns a part, found in any case of its name, if it has at most so many bytes.
pub(super) fn part(archive: &mut Archive<'_>, name: &str, limit: u64) -> Option<Vec<u8>> {
    let found = archive.find(name)?;
    archive.read(found, &mut Budget::new(limit)).ok()
}

/// Unpacks every part once, and judges the content of those that are wanted.
pub(super) fn verify(
    archive: &mut Archive<'_>,
    wants: impl Fn(&str) -> bool,
    judge: impl Fn(&str, &[u8]) -> Judged,
) -> Judged {
    let mut budget = Budget::new(MAX_UNPACKED);
    budget.each = EACH;
    for i in 0..archive.members().len() {
        let member = archive.members()[i].clone();
        let is_wanted = wants(&member.name);
        budget.member = if is_wanted { MAX_JUDGED } else { u64::MAX };
        let quoted = format!("`{}`", clspack_words::shown(&member.name));
        let fault = |why| match why {
            Why::NoHeader => lost("a part"),
            Why::Locked => Fault::locked("is locked by a password"),
            Why::TooLarge => Fault::unopened(format!(
                "holds a part {quoted} of more than {} MB, which was not checked",
                MAX_JUDGED / 1_000_000
            )),
            Why::Spent => too_large(),
            Why::Unsupported | Why::Damaged => lost(&quoted),
        };
        let part = archive.stream(i, &mut budget);
        let part = part.map_err(|unread| fault(unread.why))?;
        // Other methods are rare, and another program may know them.
        if !member.has_common_method() {
            continue;
        }
        if is_wanted {
            let content = part.content().map_err(|unread| fault(unread.why))?;
            judge(&quoted, &content)?;
        } else {
            part.pass_over().map_err(|unread| fault(unread.why))?;
        }
    }
    Ok(())
}

fn too_large() -> Fault {
    Fault::unopened(format!(
        "unpacks to more than {} MB and was not checked to its end",
        MAX_UNPACKED / 1_000_000
    ))
}

fn lost(part: &str) -> Fault {
    Fault::damaged(format!("is damaged: {part} in it cannot be unpacked"))
}

/// Judges an archive that is no office file of a newer format.
pub(super) fn check(bytes: &[u8]) -> Judged {
    let mut archive = open(bytes)?;
    if office::is_locked_open_document(&mut archive) {
        return Err(Fault::locked("is locked by a password"));
    }
    if office::has_macros(&archive) {
        return Err(Fault::macros());
    }
    verify(&mut archive, |_| false, |_, _| Ok(()))
}
