//! Where the name of a member leads if it is unpacked into a folder.

/// The target of a name that is no plain path below a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// Out of the folder.
    Out,
    /// Out of the folder on Windows: it has a backslash or a colon.
    OutOnWindows,
    /// Through a part that is empty or a point.
    Nowhere,
}

/// Returns where the name of a member leads; nothing for a plain path. A slash at its end marks a folder.
pub fn leads(name: &str) -> Option<Leads> {
    let path = name.strip_suffix('/').unwrap_or(name);
    if path.starts_with('/') || path.split('/').any(|part| part == "..") {
        Some(Leads::Out)
    } else if path.contains(['\\', ':']) {
        Some(Leads::OutOnWindows)
    } else if path.split('/').any(|part| matches!(part, "" | ".")) {
        Some(Leads::Nowhere)
    } else {
        None
    }
}
