//! What the rules and the guidance say of one provision on a day, and how people name a provision or a clause.

use crate::domain::{Citation, Date, Level, ProvisionId};
use crate::rules::guidance::{Assessment, GUIDANCE, Guidance, GuidanceRow, TableRow};
use crate::rules::row::Row;
use crate::rules::tables::{ConditionRow, DeviceClass, LevelTable, ProvisionRow, Provisions};
use crate::rules::{Edition, RuleBook};

/// The provisions on a day, each with its guidance.
#[derive(Clone, Copy)]
pub struct Pages<'b> {
    book: &'b RuleBook,
    catalogue: &'b Edition<Provisions>,
    guidance: Option<&'b Guidance>,
    on: Date,
}

/// What a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named<'b> {
    /// One provision.
    Provision(&'b str),
    /// The provisions of a clause.
    Clause(Vec<&'b str>),
    /// A number that only the later edition of the standard has, and the number that it replaces.
    Later(&'b str),
    Nothing,
}

/// One provision.
#[derive(Clone)]
pub struct Page<'b> {
    pub row: &'b ProvisionRow,
    /// The conditions that must all be true for it to apply.
    pub conditions: Vec<&'b ConditionRow>,
    /// Where each class of devices must meet it.
    pub asked_of: Vec<AskedOf<'b>>,
    pub guidance: Option<&'b GuidanceRow>,
    /// The tables that its test cases start from.
    pub tables: Vec<&'b TableRow>,
    /// The sources of the catalogue's row, of the assessment and of the tests, as far as there are any.
    pub sources: Vec<Citation>,
}

/// The level at which a class of devices must meet a provision.
#[derive(Clone, Debug)]
pub struct AskedOf<'b> {
    pub class: DeviceClass,
    /// The lowest level that asks for it; `None` if none does.
    pub level: Option<Level>,
    /// The conditions of this class, if they differ from those of the catalogue.
    pub conditions: Vec<&'b ConditionRow>,
    pub source: Option<Citation>,
}

impl Page<'_> {
    /// Returns how the provision is assessed, if a source says so.
    pub fn assessment(&self) -> Option<&Assessment> {
        self.guidance?.assessment.as_ref()
    }

    /// Returns the remark of the guidance, or else that of the catalogue.
    pub fn note(&self) -> Option<&str> {
        let of_guidance = self.guidance.and_then(Row::note);
        of_guidance.or_else(|| self.row.note())
    }
}

impl<'b> Pages<'b> {
    /// Returns the provisions in force on a day, or the first ones for a day before that.
    pub fn on(book: &'b RuleBook, guidance: Option<&'b Guidance>, on: Date) -> Option<Self> {
        let in_force = book.provisions.in_force_on(on);
        let catalogue = in_force.or_else(|| book.provisions.first())?;
        Some(Self {
            book,
            catalogue,
            guidance,
            on,
        })
    }

    /// Returns the ids of all provisions, in the order of the catalogue.
    pub fn ids(self) -> impl Iterator<Item = &'b str> {
        self.catalogue.body.rows.iter().map(|row| row.id.as_str())
    }

    /// Returns each clause with the ids of its provisions.
    pub fn clauses(self) -> Vec<(&'b str, Vec<&'b str>)> {
        let mut clauses: Vec<(&str, Vec<&str>)> = Vec::new();
        for row in &self.catalogue.body.rows {
            match clauses.iter_mut().find(|(clause, _)| *clause == row.clause) {
                Some((_, ids)) => ids.push(&row.id),
                None => clauses.push((&row.clause, vec![&row.id])),
            }
        }
        clauses
    }

    /// Returns the subject of a clause.
    pub fn clause_title(self, clause: &str) -> Option<&'b str> {
        Some(self.guidance?.clause(clause)?.title.as_str())
    }

    /// Returns what people mean by a number: `5.2-1`, `5.2.1`, `6.1` or `6-1`, `ck-lp-01`, `5.3`.
    pub fn named(self, text: &str) -> Named<'b> {
        let text = text.trim().to_ascii_uppercase();
        let spellings = [Some(text.clone()), with_last_hyphen(&text)];
        for spelling in spellings.into_iter().flatten() {
            let found = self.spelt(&spelling);
            if found != Named::Nothing {
                return found;
            }
        }
        Named::Nothing
    }

    fn spelt(self, text: &str) -> Named<'b> {
        let Ok(number) = text.parse::<ProvisionId>() else {
            return Named::Nothing;
        };
        if let Some(id) = self.ids().find(|id| *id == number.as_str()) {
            return Named::Provision(id);
        }
        if let Some((_, ids)) = self.clauses().into_iter().find(|(one, _)| *one == text) {
            return Named::Clause(ids);
        }
        let mut rows = self.catalogue.body.rows.iter();
        let replaced = rows.find(|row| row.later.replaced_by.iter().any(|new| new == text));
        replaced.map_or(Named::Nothing, |row| Named::Later(&row.id))
    }

    pub fn page(self, id: &str) -> Option<Page<'b>> {
        let row = self.catalogue.body.rows.iter().find(|row| row.id == id)?;
        let guidance = self.guidance.and_then(|guidance| guidance.row(id));
        let tests = guidance.and_then(|row| row.tests.as_ref());
        let tables = tests.into_iter().flat_map(|tests| &tests.tables);
        let mut page = Page {
            row,
            conditions: self.conditions(&row.conditions),
            asked_of: self.asked_of(id),
            guidance,
            tables: tables.filter_map(|id| self.guidance?.table(id)).collect(),
            sources: Vec::new(),
        };
        page.sources = self.sources(&page);
        Some(page)
    }

    fn conditions(self, ids: &[String]) -> Vec<&'b ConditionRow> {
        let known = &self.catalogue.body.conditions;
        ids.iter()
            .filter_map(|id| known.iter().find(|row| row.id == *id))
            .collect()
    }

    fn asked_of(self, id: &str) -> Vec<AskedOf<'b>> {
        let editions = self.book.levels.iter().filter_map(|(class, timeline)| {
            let in_force = timeline.in_force_on(self.on);
            Some((*class, in_force.or_else(|| timeline.first())?))
        });
        editions
            .map(|(class, edition)| self.asked_of_class(class, edition, id))
            .collect()
    }

    fn asked_of_class(
        self,
        class: DeviceClass,
        edition: &'b Edition<LevelTable>,
        id: &str,
    ) -> AskedOf<'b> {
        let mut rows = edition.body.rows.iter();
        let row = rows.find(|row| row.provisions.iter().any(|one| one.as_str() == id));
        let own = row.and_then(|row| row.conditions.as_deref());
        AskedOf {
            class,
            level: row.map(|row| row.level),
            conditions: own.map_or_else(Vec::new, |own| self.conditions(own)),
            source: row.map(|row| self.book.cite(edition, row)),
        }
    }

    fn sources(self, page: &Page<'b>) -> Vec<Citation> {
        let mut rows: Vec<&dyn Row> = Vec::new();
        let assessed = page.guidance.and_then(GuidanceRow::assessed);
        rows.extend(assessed.iter().map(|row| row as &dyn Row));
        rows.extend(page.tables.iter().map(|row| *row as &dyn Row));
        let cited = std::iter::once(self.book.cite(self.catalogue, page.row));
        cited
            .chain(rows.into_iter().map(|row| self.cite(row)))
            .collect()
    }

    fn cite(self, row: &dyn Row) -> Citation {
        let written = self.guidance.map_or(self.on, |guidance| guidance.written);
        self.book
            .cite_at(GUIDANCE, written, row.id(), row.source(), row)
    }
}

/// Returns a number with a hyphen in the place of its last point: `5.2.1` is `5.2-1`.
fn with_last_hyphen(text: &str) -> Option<String> {
    let (clause, number) = text.rsplit_once('.')?;
    Some(format!("{clause}-{number}"))
}
