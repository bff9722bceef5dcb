//! The program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(clspack::cli::run(std::env::args_os(), &clspack::world::Os) as u8)
}
