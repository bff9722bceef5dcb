//! `clspack serve`: the page in the browser.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use clap::Args;
use clspack_serve::Server;

use crate::cli::args::Options;
use crate::cli::output::Output;
use crate::cli::{Exit, read};
use crate::error::{Error, Result};
use crate::pack::{make_folder, new_private_file};
use crate::page::{OPEN, Page};
use crate::world::World;

/// Work on applications in the browser, on this machine alone
#[derive(Clone, Debug, Default, Args)]
pub struct Serve {
    /// The folder with the applications [default: clspack in the documents of the user]
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Listen on this port of 127.0.0.1 [default: a free one]
    #[arg(
        long,
        value_name = "PORT",
        default_value_t = 0,
        hide_default_value = true
    )]
    pub port: u16,
    /// Do not open the browser
    #[arg(long)]
    pub no_open: bool,
}

/// Returns true if the program was started by a double click, on a system that then gives it no console: there is
/// nobody to read a help text, so the page is shown.
pub(crate) fn is_double_click() -> bool {
    #[cfg(windows)]
    {
        use std::os::windows::io::AsRawHandle as _;
        std::io::stdin().as_raw_handle().is_null() && std::io::stdout().as_raw_handle().is_null()
    }
    #[cfg(not(windows))]
    false
}

/// How often the server looks whether a page is still open, and after how many looks without one it ends.
const LOOK: Duration = Duration::from_secs(5);
const MAX_LOOKS: u32 = 60;

/// The folder in which applications are unless one is named.
const FOLDER: &str = "clspack";

pub(crate) fn run(
    arguments: &Serve,
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<Exit> {
    let root = match &arguments.dir {
        Some(dir) => dir.clone(),
        None => documents(world)?.join(FOLDER),
    };
    make_folder(&root)?;
    let book = read::rule_book(options, world)?;
    let templates = read::templates(options, world)?;
    let page = Page::new(root.clone(), book, templates, options.on, world)?;
    let server = Server::open(arguments.port, OPEN).map_err(|cause| Error::Write {
        path: format!("port {}", arguments.port),
        cause,
    })?;
    let url = format!("{}#{}", server.address(), server.secret());
    output.data(&format!("{url}\n"));
    output.message(&format!(
        "the page of `{}` is at this address, on this machine alone",
        root.display()
    ));
    output.message("to end it, click End in the page, press Ctrl+C, or close this window");
    // Where the file cannot be written, the address that was printed remains.
    let opener = (!arguments.no_open)
        .then(|| open(&url, &root).ok())
        .flatten();
    serve(&server, &page);
    drop(opener);
    Ok(Exit::Done)
}

/// Answers until the page is ended, or none is open for some minutes.
fn serve(server: &Server, page: &Page<'_>) {
    let looks = AtomicU32::new(0);
    let ender = server.ender();
    thread::scope(|scope| {
        let (of_time, looks) = (ender.clone(), &looks);
        scope.spawn(move || {
            while !of_time.has_ended() && looks.fetch_add(1, Ordering::Relaxed) < MAX_LOOKS {
                thread::sleep(LOOK);
            }
            of_time.end();
        });
        server.run(&|request| {
            looks.store(0, Ordering::Relaxed);
            page.answer(request, &|| ender.end())
        });
        ender.end();
    });
}

fn documents(world: &dyn World) -> Result<PathBuf> {
    let home = world
        .variable("HOME")
        .or_else(|| world.variable("USERPROFILE"));
    let home = home.filter(|home| !home.is_empty()).ok_or_else(|| {
        Error::Usage("no home folder is known; name the folder of the applications".to_owned())
    })?;
    let documents = Path::new(&home).join("Documents");
    Ok(if world.kind(&documents).is_ok() {
        documents
    } else {
        home.into()
    })
}

/// A file that leads the browser to the page; it is removed when the page ends.
struct Opener(PathBuf);

/// Opens the browser by a file that only this person can read: the command lines of programs are seen by everybody on
/// the machine, and the address has the secret of this run.
fn open(url: &str, root: &Path) -> Result<Opener> {
    let path = root.join(format!(".open-{}.html", std::process::id()));
    let html = format!(
        "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0; url={url}\"><a href=\"{url}\">clspack</a>\n"
    );
    // Left by a program that was killed, if anything.
    crate::pack::remove_own(&path);
    let opener = Opener(path);
    new_private_file(&opener.0, html.as_bytes())?;
    let mut command = if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else if cfg!(target_os = "macos") {
        Command::new("open")
    } else {
        Command::new("xdg-open")
    };
    command
        .arg(&opener.0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // Without a browser the address that was printed remains.
    let _ = command.spawn();
    Ok(opener)
}

impl Drop for Opener {
    fn drop(&mut self) {
        crate::pack::remove_own(&self.0);
    }
}
