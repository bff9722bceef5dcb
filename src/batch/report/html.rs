//! `report.html`: the values that the template `report.html` uses. Widths of bars are whole percents.

use std::io::Write;

use serde_json::{Value, json};

use super::causes::rows;
use super::clean::{clean, list, literal, pack_link};
use super::text::{OTHER_ROUTES, counts, other_route, packs, route_name, things};
use super::timeline::timeline;
use super::{
    Cause, Problem, Product, Question, ReportWriter, SignedFile, Totals, UnreadFile, Way, Work,
    causes, decision, product_names, unwritten, worklist,
};
use crate::domain::{Date, Money};
use crate::error::Result;
use crate::render::{REPORT, Templates};

impl ReportWriter<'_> {
    /// Writes `report.html`, a page without other files.
    ///
    /// # Errors
    /// The template uses an unknown name, or the page cannot be written.
    pub fn html(&self, templates: &Templates, out: &mut dyn Write) -> Result<()> {
        let page = templates.fill_page(REPORT, self.page())?;
        out.write_all(page.as_bytes())
            .map_err(unwritten("report.html"))
    }

    /// Returns the values for the template. Every name always exists; a missing value is an empty text.
    pub fn page(&self) -> Value {
        let Self { report, totals } = self;
        let products = report.products.iter();
        let routes = totals.routes.iter().map(|(route, n, sum)| json!({ "name": route_name(*route), "number": n, "sum": sum.to_string() }));
        let questions = totals.questions.iter().map(|one| self.question(one));
        let warnings = totals.warnings().map(|one| self.cause(one));
        let causes = totals.failures().map(|one| self.cause(one));
        let unread = totals.not_searched.iter().map(|one| self.unread(one));
        json!({
            "title": report.title(),
            "tool": clean(&report.tool),
            "on": report.on.map_or_else(String::new, |on| on.to_string()),
            "shard": clean(report.shard.as_deref().unwrap_or_default()),
            "counts": counts(totals),
            "totals": cards(totals),
            "states": states(totals),
            "timeline": self.timeline(),
            "forms": forms(totals),
            "routes": routes.collect::<Vec<_>>(),
            "ways": other_routes(totals),
            "notes": report.findings.iter().map(problem).collect::<Vec<_>>(),
            "questions": questions.collect::<Vec<_>>(),
            "warnings": warnings.collect::<Vec<_>>(),
            "not_searched": unread.collect::<Vec<_>>(),
            "products": products.clone().map(product).collect::<Vec<_>>(),
            "causes": causes.collect::<Vec<_>>(),
            "failures": products.filter_map(failed).collect::<Vec<_>>(),
            "decisions": self.decisions(),
            "worklist": worklist::values(report),
            "signed_counts": report.signed_in_words().unwrap_or_default(),
            "signed": report.signed.iter().map(|one| self.signed(one)).collect::<Vec<_>>(),
        })
    }

    fn question(&self, question: &Question) -> Value {
        json!({
            "text": clean(&question.text), "number": question.products.len(),
            "products": product_names::names(self.report, &question.products, product_names::MOST_NAMED),
        })
    }

    /// Returns a cause, with the places of the products that are named.
    fn cause(&self, cause: &Cause) -> Value {
        let named = cause.products.iter().take(product_names::MOST_NAMED);
        let named = named.filter_map(|at| self.report.products.get(*at));
        let place = |product: &Product| {
            json!({
                "name": product_names::name(product), "state": product.state,
                "source": clean(&product.source), "places": causes::places(cause, product),
            })
        };
        let mut value = problem(&cause.first);
        value["similar"] = cause.similar().into();
        value["number"] = cause.products.len().into();
        value["rows"] = rows(self.report, &cause.products, &cause.products).into();
        value["places"] = named.map(place).collect();
        value["products"] = json!(product_names::names(
            self.report,
            &cause.products,
            product_names::MOST_NAMED
        ));
        value
    }

    fn decisions(&self) -> Value {
        let way = |way: &Way| {
            json!({
                "level": way.level, "form": clean(&way.form), "form_name": clean(&way.form_name),
                "fee": way.price(), "remark": clean(&way.remark),
            })
        };
        let decisions = self.report.decisions().into_iter().map(|one| {
            json!({
                "why": one.decision.why.iter().map(|why| clean(why)).collect::<Vec<_>>(),
                "ways": one.decision.ways.iter().map(way).collect::<Vec<_>>(),
                "number": one.products.len(),
                "products": decision::names(self.report, &one.products),
            })
        });
        json!(decisions.collect::<Vec<_>>())
    }

    fn signed(&self, file: &SignedFile) -> Value {
        json!({
            "file": clean(&file.file), "state": file.state, "state_name": file.state.says(),
            "signed_for": clean(file.signed_for.as_deref().unwrap_or_default()),
            "product": self.report.product_of(file),
        })
    }

    fn unread(&self, file: &UnreadFile) -> Value {
        json!({
            "file": clean(&file.unread.file), "reason": file.unread.reason.says(),
            "looked_through": file.unread.looked_through, "number": file.products.len(),
            "products": product_names::names(self.report, &file.products, product_names::MOST_NAMED),
        })
    }

    fn timeline(&self) -> Value {
        let bars = timeline(&self.totals.ends);
        let most = bars.iter().map(|bar| bar.n).max().unwrap_or(0);
        // About six names fit under the bars of a narrow page.
        let every = bars.len().div_ceil(6).max(1);
        let bar = |(i, bar): (usize, &super::timeline::Bar)| {
            let label = if i % every == 0 { &*bar.name } else { "" };
            json!({ "name": bar.name, "label": label, "number": bar.n, "percent": percent(bar.n, most) })
        };
        json!(bars.iter().enumerate().map(bar).collect::<Vec<_>>())
    }
}

/// A share in whole percents; at least one if there is anything, so that its bar is visible.
fn percent(part: usize, whole: usize) -> usize {
    if part == 0 || whole == 0 {
        return 0;
    }
    (part.saturating_mul(100) / whole).max(2)
}

fn cards(totals: &Totals) -> Value {
    json!({
        "products": totals.n_products,
        "settled": totals.n_settled,
        "settled_fees": totals.settled.to_string(),
        "open": totals.n_open,
        "open_fees": totals.open.to_string(),
        "fees": totals.fees.to_string(),
        "fee_unknown": totals.n_fee_unknown,
        "saved": if totals.saved.is_empty() { String::new() } else { totals.saved_sum().to_string() },
        "saved_products": things(totals.saved.iter().map(|route| route.n).sum(), "product"),
        "packs": totals.n_made() + totals.n_kept,
        "packs_text": packs(totals),
        "ending": totals.n_ending,
        "warnings": totals.n_warnings,
        "blocked": totals.in_state(super::State::Blocked) + totals.in_state(super::State::Failed),
        "questions": totals.questions.len(),
    })
}

fn states(totals: &Totals) -> Value {
    let most = totals.states.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let state = |(state, n): &(super::State, usize)| json!({ "id": state, "name": state.title(), "number": n, "percent": percent(*n, most) });
    json!(totals.states.iter().map(state).collect::<Vec<_>>())
}

fn forms(totals: &Totals) -> Value {
    let form = |form: &super::FormTotal| {
        json!({
            "form": clean(form.form.as_deref().unwrap_or("unknown")),
            "name": clean(form.name.as_deref().unwrap_or_default()),
            "open": form.is_open,
            "number": form.n,
            "each": form.fee.as_ref().map_or_else(|| "unknown".to_owned(), ToString::to_string),
            "sum": form.sum.to_string(),
        })
    };
    json!(totals.forms.iter().map(form).collect::<Vec<_>>())
}

fn other_routes(totals: &Totals) -> Value {
    let both = [(&totals.saved, "saved"), (&totals.dearer, "more")];
    let mut shown = Vec::new();
    for ((routes, word), title) in both.into_iter().zip(OTHER_ROUTES) {
        let lines: Vec<_> = routes.iter().map(|one| other_route(one, word)).collect();
        if !lines.is_empty() {
            shown.push(json!({ "title": title, "lines": lines }));
        }
    }
    json!(shown)
}

fn product(product: &Product) -> Value {
    let text = |text: &Option<String>| clean(text.as_deref().unwrap_or_default());
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let saved = product.compared().filter(|(own, other)| own < other);
    let pack = text(&product.pack);
    let work = match product.work {
        Work::None => String::new(),
        Work::Made(_) | Work::Kept => product.work.words(),
    };
    json!({
        "index": product.index,
        "source": clean(&product.source),
        "product": clean(&product.product),
        "models": list(&product.models),
        "applicant": clean(&product.applicant),
        "filed_by": text(&product.filed_by),
        "on": product.on,
        "state": product.state,
        "state_name": product.state.title(),
        "route": product.route.map_or("", |route| route.as_str()),
        "route_name": product.route.map_or("", route_name),
        "questions": product.questions.len(),
        "not_searched": product.not_searched.len(),
        "form": text(&product.form),
        "form_name": text(&product.form_name),
        "level": product.level.map_or_else(String::new, |level| level.to_string()),
        "simplified": product.simplified,
        "fee": product.fee.as_ref().map_or_else(String::new, ToString::to_string),
        "fee_cents": product.fee.map_or(0, Money::cents),
        "saved": saved.map_or_else(String::new, |(own, other)| own.less_than(other).to_string()),
        "saved_cents": saved.map_or(0, |(own, other)| own.less_than(other).cents()),
        "other": product.other.as_ref().map_or_else(String::new, |other| {
            let fee = other.fee.as_ref().map_or_else(|| "fee unknown".to_owned(), ToString::to_string);
            if Some(other.level) == product.level {
                format!("{}: {fee}", clean(&other.form))
            } else {
                format!("{}, Level {}: {fee}", clean(&other.form), other.level)
            }
        }),
        "valid_from": day(product.valid_from),
        "valid_until": day(product.valid_until),
        "ends_soon": product.ends_soon(),
        "warnings": product.n_warnings,
        "link": pack_link(&pack).unwrap_or_default(),
        "pack": pack,
        "sha256": text(&product.sha256),
        "work": work,
        "since": product.since_in_words(),
        "changes": product.changes.iter().map(|change| clean(change)).collect::<Vec<_>>(),
    })
}

fn problem(problem: &Problem) -> Value {
    json!({
        "code": clean(&problem.code), "severity": problem.severity, "place": clean(&problem.place),
        "text": literal(&problem.text), "message": clean(&problem.message), "help": clean(&problem.help),
        "note": clean(&problem.note), "source": clean(&problem.source),
    })
}

/// The problems that block a product, if there are any.
fn failed(product: &Product) -> Option<Value> {
    let problems: Vec<_> = product.failures().map(|one| problem(&one)).collect();
    let name = product_names::name(product);
    (!problems.is_empty()).then(|| {
        json!({
            "name": name, "state": product.state, "source": clean(&product.source),
            "problems": problems,
        })
    })
}
