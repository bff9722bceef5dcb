//! Sets an HTML file as PDF: `cargo run -p clspack-typeset --example set -- sample.html sample.pdf`.
//! Pictures are read from the folder of the file.
#![expect(
    clippy::disallowed_methods,
    reason = "an example reads and writes files; the crate does not"
)]

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::{env, fs};

use clspack_typeset::{markup, pdf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(source), Some(target)) = (arguments.next(), arguments.next()) else {
        return Err("usage: set SOURCE.html TARGET.pdf".into());
    };
    let html = fs::read_to_string(&source)?;
    let mut document = markup::parse(&html).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        faults.join("\n")
    })?;
    let folder = Path::new(&source).parent().unwrap_or(Path::new(""));
    for entry in fs::read_dir(if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    })? {
        let path = entry?.path();
        let is_picture = path
            .extension()
            .is_some_and(|end| ["png", "jpg", "jpeg"].iter().any(|known| end == *known));
        if let Some(name) = path.file_name().filter(|_| is_picture) {
            let bytes: Arc<[u8]> = fs::read(&path)?.into();
            let name = name.to_string_lossy().into_owned();
            document.pictures.insert(name, bytes);
        }
    }
    fs::write(target, pdf(&document)?)?;
    Ok(())
}
