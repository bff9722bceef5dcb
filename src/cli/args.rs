//! The command line; the comments are its help texts.

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

use clap_complete::Shell;

use crate::batch::Shard;
pub use crate::cli::schema::SchemaOf;
use crate::diag::Severity;
use crate::domain::Date;

/// Prepare an application for Singapore's cybersecurity label, CLS(IoT)
///
/// Reads a product manifest, decides which form applies and why, fills the declaration, computes fee and validity,
/// checks the evidence, and assembles a pack whose files are ready to upload. The tool attests nothing.
#[derive(Debug, Parser)]
#[command(name = "clspack", version, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Options of every command.
    #[command(flatten)]
    pub options: Options,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Options {
    /// Read the rules for this day, which is also the assumed day of issue [default: the manifest's submission, else today in Singapore]
    #[arg(long, global = true, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,
    /// Write for people, or in a format for programs
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Use the rules in this folder instead of the built-in ones
    #[arg(long, global = true, value_name = "DIR", hide_short_help = true)]
    pub rules: Option<PathBuf>,
    /// Use the templates in this folder instead of the built-in ones
    #[arg(long, global = true, value_name = "DIR", hide_short_help = true)]
    pub templates: Option<PathBuf>,
    /// Colour the text
    #[arg(long, global = true, value_enum, default_value_t = When::Auto, hide_short_help = true)]
    pub color: When,
    /// Print only what was asked for
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// Who reads the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for people
    Human,
    /// JSON for programs
    Json,
    /// SARIF 2.1.0, for code hosts and editors (`check` and `batch`)
    Sarif,
    /// Workflow commands of GitHub Actions (`check` and `batch`)
    Github,
    /// `JUnit` XML, for build servers (`check` and `batch`)
    Junit,
}

/// What makes the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors
    Error,
    /// Errors, and open points: the state `confirm`
    Confirm,
    /// Errors, open points and warnings
    Warning,
}

impl FailOn {
    /// Returns the least grave severity that fails the run.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Confirm => Severity::Confirm,
            Self::Warning => Severity::Warning,
        }
    }
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a manifest to start from
    Init(Box<Init>),
    /// Report every error and warning in one run
    Check(Check),
    /// Show form, level, fee, validity, documents and steps, each with its reason and source
    Plan(One),
    /// Write the submission pack
    Pack(Pack),
    /// Compare a pack with its inventory, and with what its manifest and evidence give
    Verify {
        /// Packs, each a zip file or a folder, or patterns such as `out/*.zip`
        #[arg(required = true, value_name = "PACK")]
        packs: Vec<PathBuf>,
    },
    /// Propose the fields of a label from its certificate, with page and line, as YAML for the manifest
    Read {
        /// Certificates: PDF, Word, HTML or text
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Work on many products: folders of manifests, or rows of a spreadsheet
    Batch(Batch),
    /// Work on applications in the browser, on this machine alone
    Serve(Serve),
    /// Show how other countries recognise the resulting label and the labels that you have
    Outlook(One),
    /// Explain a finding or a provision in detail; without a name, list the provisions
    Explain {
        /// A code or its name (M009, unknown-field), a provision (5.2-1, 6.1, CK-LP-01) or a clause (5.3)
        /// [default: list all codes and provisions]
        what: Option<String>,
    },
    /// Show or check the rules
    Rules {
        /// What to do with them.
        #[command(subcommand)]
        what: RulesCommand,
    },
    /// List, show, check or write out the templates
    Templates {
        /// What to do with them.
        #[command(subcommand)]
        what: TemplatesCommand,
    },
    /// Print the JSON Schema of the manifest, or of what a command prints with `--format json`
    Schema {
        /// Which one
        #[arg(value_enum, default_value_t = SchemaOf::Manifest)]
        of: SchemaOf,
    },
    /// Print the completions for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page, or write the pages of all commands
    Man {
        /// Write a page for each command into this folder
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
}

/// Report every error and warning in one run
#[derive(Clone, Debug, Args)]
pub struct Check {
    /// Manifests, folders with a `manifest.yaml`, or patterns such as `products/*/manifest.yaml`
    #[arg(required = true, value_name = "MANIFEST")]
    pub manifests: Vec<PathBuf>,
    /// What makes the exit code 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
}

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

/// One product
#[derive(Clone, Debug, Args)]
pub struct One {
    /// The manifest, a folder with a `manifest.yaml`, or a pattern that matches one of them
    pub manifest: PathBuf,
    /// The variant, if the manifest has several
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
}

/// What to do with the rules.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// List the editions, and which are in force on `--on`
    List,
    /// Show the rows of an instrument with their sources
    Show {
        /// The instrument, such as fees or arrangements/kisa-cic
        instrument: String,
    },
    /// Check rule data for gaps, overlaps, missing sources and rewritten history
    Lint,
}

/// What to do with the templates.
#[derive(Debug, Subcommand)]
pub enum TemplatesCommand {
    /// List the templates in use, with version and hash
    List,
    /// Print a template
    Show {
        /// Its name, such as declaration.html
        name: String,
        /// Fill it with sample values, to view it in a browser
        #[arg(long)]
        sample: bool,
    },
    /// Report every fault of templates, with line and column
    Check {
        /// Folders of templates, or single templates [default: those of `--templates`, else the built-in ones]
        paths: Vec<PathBuf>,
    },
    /// Write the built-in templates into a folder, to edit them
    Eject {
        /// The folder
        dir: PathBuf,
    },
}

/// Write the submission pack
#[derive(Clone, Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub struct Pack {
    /// Which product.
    #[command(flatten)]
    pub one: One,
    /// The folder to write into, or the name of the zip file
    #[arg(short, long, value_name = "OUT", default_value = ".")]
    pub out: PathBuf,
    /// Fill this Word or PowerPoint file for a document, such as declaration=FILE.docx, instead of the manifest's or
    /// the built-in template
    #[arg(long = "template", value_name = "DOCUMENT=FILE")]
    pub own: Vec<String>,
    /// Write a folder instead of a zip file
    #[arg(long)]
    pub dir: bool,
    /// Print what the pack would contain, and write nothing
    #[arg(long, conflicts_with_all = ["dir", "force"])]
    pub list: bool,
    /// Write a marked draft even if there are errors
    #[arg(long)]
    pub draft: bool,
    /// Replace an existing output
    #[arg(long)]
    pub force: bool,
}

/// Work on many products
#[derive(Clone, Debug, Args)]
pub struct Batch {
    /// Folders, manifests, patterns, spreadsheets (.xlsx, .csv), or @FILE with a list of them
    pub inputs: Vec<PathBuf>,
    /// The folder for packs and report [default: out]; with `--suggest-map` the file to write
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The map of every spreadsheet: columns, words, constants [default: `NAME.map.yaml` or `map.yaml` beside each]
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// Propose a map for this spreadsheet, from its headings and cells, and do nothing else
    #[arg(long, value_name = "FILE", conflicts_with_all = ["inputs", "map", "merge", "template", "dir", "fresh", "jobs", "shard"])]
    pub suggest_map: Option<PathBuf>,
    /// Write an empty spreadsheet to start from, and nothing else
    #[arg(long, value_name = "FILE", conflicts_with_all = ["inputs", "map", "merge", "signed", "by_client", "dir", "fresh", "jobs", "shard"])]
    pub template: Option<PathBuf>,
    /// A folder with signed declarations: each finds its product by the hash that it shows
    #[arg(long, value_name = "DIR")]
    pub signed: Option<PathBuf>,
    /// Write a folder to hand over for each client, with its packs and its own report
    #[arg(long, conflicts_with_all = ["dir", "shard"])]
    pub by_client: bool,
    /// Write folders instead of zip files
    #[arg(long)]
    pub dir: bool,
    /// Make every pack again, even if nothing changed
    #[arg(long)]
    pub fresh: bool,
    /// How many products to work on in parallel [default: the number of cores]
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub jobs: Option<usize>,
    /// Work on one part of the batch, such as 2/8
    #[arg(long, value_name = "PART/PARTS")]
    pub shard: Option<Shard>,
    /// What makes the exit code 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
    /// Merge the reports in these folders into one, and do nothing else
    #[arg(long, value_name = "DIR", num_args = 1.., conflicts_with_all = ["inputs", "map", "signed", "by_client", "dir", "fresh", "jobs", "shard"])]
    pub merge: Vec<PathBuf>,
}

impl Batch {
    /// Returns the folder for packs and report.
    pub fn folder(&self) -> &Path {
        self.out.as_deref().unwrap_or_else(|| Path::new("out"))
    }
}

/// Write a manifest to start from
#[derive(Clone, Debug, Default, Args)]
pub struct Init {
    /// The folder to write into
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// The company that applies
    #[arg(long)]
    pub applicant: Option<String>,
    /// Its Unique Entity Number
    #[arg(long)]
    pub uen: Option<String>,
    /// The country in which a company abroad is registered, such as JP
    #[arg(long)]
    pub country: Option<String>,
    /// Its number in that country's register
    #[arg(long, value_name = "NUMBER")]
    pub registration: Option<String>,
    /// The brand of the product
    #[arg(long)]
    pub brand: Option<String>,
    /// The name of the product
    #[arg(long)]
    pub name: Option<String>,
    /// A model number; may be given several times
    #[arg(long = "model", value_name = "MODEL")]
    pub models: Vec<String>,
    /// The category of the product, as a manifest or a person says it, such as door-lock or "smart lock"
    #[arg(long)]
    pub category: Option<String>,
    /// The level applied for, 1 to 4; if left out, the labels decide
    #[arg(long)]
    pub level: Option<String>,
    /// The scheme of a label that you have, such as kisa-cic or kisa-cic:basic, or none; may be given several times
    #[arg(long = "label", value_name = "SCHEME[:LEVEL]")]
    pub labels: Vec<String>,
    /// The intended day of submission
    #[arg(long, value_name = "DATE")]
    pub submission: Option<String>,
    /// The last day of security support
    #[arg(long, value_name = "DATE")]
    pub support_until: Option<String>,
    /// Write a sheet with one row, for `batch`, instead of a manifest: a new file .xlsx or .csv
    #[arg(long, value_name = "FILE", conflicts_with = "dir")]
    pub sheet: Option<PathBuf>,
    /// Ask nothing: leave out everything that no flag gives
    #[arg(long)]
    pub no_input: bool,
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| {
        format!("`{text}` is not a date; write year, month and day, such as 2026-12-01")
    })
}

fn jobs(text: &str) -> Result<usize, String> {
    let number = text
        .parse()
        .ok()
        .filter(|number| (1..=1024).contains(number));
    number.ok_or_else(|| format!("`{text}` is no number of jobs; write 1 to 1024"))
}
