//! The worklist for filing: the products client by client, those nearest to being filed first, each with what is to
//! be uploaded or what is missing. `worklist.html` and a sheet of the workbook show it.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value, json};

use super::clean::{clean, link, list};
use super::text::things;
use super::{Product, Report, ReportWriter, State, unwritten};
use crate::diag::Severity;
use crate::error::Result;
use crate::render::{CONTENTS, Templates, WORKLIST};
use crate::rules::tables::Route;

/// The upload sheet of a pack.
pub(super) const SHEET: &str = "00-upload-sheet.html";

/// The products of one client.
pub(super) struct Client<'r> {
    pub(super) name: String,
    /// The products, each with its place in the order of filing.
    pub(super) tasks: Vec<(usize, &'r Product)>,
}

impl Report {
    /// Returns the products by client, since the profile in the portal is changed for each.
    pub(super) fn worklist(&self) -> Vec<Client<'_>> {
        let mut clients: Vec<Client<'_>> = Vec::new();
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for product in &self.products {
            let key = product.client.as_deref().unwrap_or(&product.applicant);
            let at = *known.entry(key).or_insert_with(|| {
                clients.push(Client {
                    name: clean(&product.applicant),
                    tasks: Vec::new(),
                });
                clients.len() - 1
            });
            clients[at].tasks.push((0, product));
        }
        let mut order = 0;
        for client in &mut clients {
            client
                .tasks
                .sort_by_key(|(_, product)| (nearness(product), product.index));
            for (place, product) in &mut client.tasks {
                if product.pack.is_some() {
                    order += 1;
                    *place = order;
                }
            }
        }
        clients
    }
}

fn nearness(product: &Product) -> usize {
    let mut states = State::NEAREST_FIRST.iter();
    states
        .position(|state| *state == product.state)
        .unwrap_or_default()
}

impl Product {
    /// Returns what is missing before the product can be filed; nothing if it is ready.
    pub(super) fn missing(&self) -> String {
        let n_errors = self.problems.iter();
        let n_errors = n_errors
            .filter(|one| one.severity == Severity::Error)
            .count();
        let open = self.not_searched.iter();
        let n_open = open.filter(|file| !file.looked_through).count();
        match self.state {
            _ if self.decision.is_some() => "decide the level".to_owned(),
            _ if self.route == Some(Route::None) => "no form of this scheme is for it".to_owned(),
            State::Failed => "clspack failed on it; see the report".to_owned(),
            State::Blocked => format!("correct {}", things(n_errors, "error")),
            State::Confirm if self.questions.is_empty() && n_open > 0 => {
                format!("look through {}", things(n_open, "file"))
            }
            State::Confirm => "ask CSA".to_owned(),
            State::ToSign => "sign".to_owned(),
            State::Ready => String::new(),
        }
    }

    /// Returns the path of the upload sheet, if the pack is a folder.
    pub(super) fn sheet(&self) -> Option<String> {
        let pack = self.pack.as_ref().filter(|pack| !is_zip(pack))?;
        Some(format!("{pack}/{SHEET}"))
    }
}

fn is_zip(pack: &str) -> bool {
    pack.rsplit_once('.').is_some_and(|(_, end)| end == "zip")
}

impl ReportWriter<'_> {
    /// Writes `worklist.html`, a page without other files.
    ///
    /// # Errors
    /// The template uses an unknown name, or the page cannot be written.
    pub fn worklist(&self, templates: &Templates, out: &mut dyn Write) -> Result<()> {
        let page = templates.fill_page(WORKLIST, self.page())?;
        out.write_all(page.as_bytes())
            .map_err(unwritten("worklist.html"))
    }
}

impl ReportWriter<'_> {
    /// Writes `contents.html`, the covering list of what a client is handed.
    ///
    /// # Errors
    /// The template uses an unknown name, or the page cannot be written.
    pub fn contents(&self, templates: &Templates, out: &mut dyn Write) -> Result<()> {
        let page = templates.fill_page(CONTENTS, self.page())?;
        out.write_all(page.as_bytes())
            .map_err(unwritten("contents.html"))
    }
}

/// Returns the values for the template.
pub(super) fn values(report: &Report) -> Value {
    let clients = report.worklist().into_iter().map(|client| {
        let tasks = client.tasks.iter();
        let tasks = tasks.map(|(order, product)| task(*order, product));
        json!({ "name": client.name, "tasks": tasks.collect::<Vec<_>>() })
    });
    json!(clients.collect::<Vec<_>>())
}

fn task(order: usize, product: &Product) -> Value {
    let pack = clean(product.pack.as_deref().unwrap_or_default());
    let is_folder = product.sheet().is_some();
    let below = |file: &str| {
        let path = format!("{pack}/{file}");
        link(&path)
            .filter(|_| is_folder)
            .unwrap_or_default()
            .to_owned()
    };
    let uploads = product.uploads.iter().map(|file| {
        let name = file.rsplit('/').next().unwrap_or(file);
        json!({ "name": clean(name), "link": below(file) })
    });
    let url = product.form_url.as_deref().unwrap_or_default();
    json!({
        "order": if order == 0 { String::new() } else { order.to_string() },
        "index": product.index,
        "product": clean(&product.product),
        "models": list(&product.models),
        "form": clean(product.form.as_deref().unwrap_or_default()),
        "form_name": clean(product.form_name.as_deref().unwrap_or_default()),
        "url": if url.starts_with("https://") { clean(url) } else { String::new() },
        "level": product.level.map_or_else(String::new, |level| level.to_string()),
        "fee": product.fee.as_ref().map_or_else(String::new, ToString::to_string),
        "state": product.state,
        "state_name": product.state.title(),
        "missing": product.missing(),
        "link": link(&pack).unwrap_or_default(),
        "pack": pack,
        "sheet": if pack.is_empty() { "" } else { SHEET },
        "sheet_link": below(SHEET),
        "uploads": uploads.collect::<Vec<_>>(),
        // By this the browser knows the product again when the packs are made again.
        "key": clean(&format!("{} {pack}", product.applicant)),
        "sha256": clean(product.sha256.as_deref().unwrap_or_default()),
    })
}
