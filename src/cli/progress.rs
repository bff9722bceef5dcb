//! The progress of a batch on the terminal.

use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::batch::Progress;
use crate::batch::report::Product;
use crate::domain::text::visible;

/// A bar on a terminal, lines elsewhere, nothing with `--quiet`.
pub(super) struct Shown {
    quiet: bool,
    bar: Option<ProgressBar>,
    count: AtomicUsize,
    total: AtomicUsize,
}

impl Shown {
    pub(super) fn new(quiet: bool) -> Self {
        let is_seen = !quiet && std::io::stderr().is_terminal();
        Self {
            quiet,
            bar: is_seen.then(ProgressBar::hidden),
            count: AtomicUsize::new(0),
            total: AtomicUsize::new(0),
        }
    }

    pub(super) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Shown {
    /// Restarts the bar for this many products.
    fn start(&self, n_products: usize, form: &str) {
        let Some(bar) = self.bar.as_ref().filter(|_| n_products > 0) else {
            return;
        };
        if let Ok(style) = ProgressStyle::with_template(form) {
            let rate = |state: &ProgressState, to: &mut dyn std::fmt::Write| {
                let _ = write!(to, "{:.1} a second", state.per_sec());
            };
            bar.set_style(style.with_key("rate", rate));
        }
        bar.reset();
        bar.set_length(n_products as u64);
        bar.set_draw_target(ProgressDrawTarget::stderr());
    }
}

impl Progress for Shown {
    fn look(&self, n_products: usize) {
        self.start(n_products, "{bar:16} {pos} of {len} looked at, {eta} left");
        if self.bar.is_none() && !self.quiet {
            print(&format!("products to look at: {n_products}"));
        }
    }

    fn looked(&self) {
        self.bar.iter().for_each(|bar| bar.inc(1));
    }

    fn begin(&self, n_products: usize) {
        self.total.store(n_products, Ordering::Relaxed);
        self.start(
            n_products,
            "{bar:16} {pos} of {len} packs, {rate}, {eta} left",
        );
    }

    fn done(&self, product: &Product) {
        let count = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        match &self.bar {
            Some(bar) => bar.inc(1),
            None if self.quiet => {}
            None => {
                let total = self.total.load(Ordering::Relaxed);
                print(&format!(
                    "{count} of {total}: {}: {}",
                    visible(&product.source),
                    product.state
                ));
            }
        }
    }
}

/// Prints a line of progress; write errors are ignored.
fn print(line: &str) {
    let line = format!("{line}\n");
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}
