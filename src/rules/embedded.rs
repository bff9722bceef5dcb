//! The rule files that are part of the binary.

use include_dir::{Dir, include_dir};

use crate::rules::RuleFiles;

static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// Returns every rule file of the binary.
pub fn files() -> RuleFiles {
    let mut files = RuleFiles::new();
    collect(&RULES, &mut files);
    files
}

fn collect(dir: &Dir<'_>, files: &mut RuleFiles) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.insert(path, file.contents().to_vec());
    }
    dir.dirs().for_each(|dir| collect(dir, files));
}
