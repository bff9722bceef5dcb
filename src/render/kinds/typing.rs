//! What kind each expression of a template is, and what is wrong with its use.

use serde_json::Value;

use crate::diag::Advice;
use crate::render::date;
use crate::render::kinds::filters::{self, Gives, Takes};
use crate::render::kinds::kind::{Items, Kind};
use crate::render::kinds::parse::{Expr, Says, What};
use crate::render::kinds::{JOINED, Printing};

/// Goes through the tags of a template in their order.
pub(super) struct Typing<'v> {
    view: &'v Value,
    printing: Printing,
    /// The names that loops give to items.
    loops: Vec<(String, Kind<'v>)>,
    /// Where the inside of the present tag begins.
    start: usize,
    inside: String,
    pub(super) faults: Vec<(usize, Advice)>,
}

impl<'v> Typing<'v> {
    pub(super) fn new(view: &'v Value, printing: Printing) -> Self {
        Self {
            view,
            printing,
            loops: Vec::new(),
            start: 0,
            inside: String::new(),
            faults: Vec::new(),
        }
    }

    /// Takes a tag in.
    pub(super) fn says(&mut self, start: usize, inside: &str, says: &Says<'_>) {
        self.start = start;
        inside.clone_into(&mut self.inside);
        match says {
            Says::Prints(expr) => {
                let kind = self.kind(expr);
                self.printed(expr, kind, self.printing == Printing::Office);
            }
            Says::Asks(expr) => {
                self.kind(expr);
            }
            Says::GoesThrough(name, expr) => {
                let kind = self.kind(expr);
                let item = kind.item().unwrap_or_else(|| {
                    let advice = self.not_gone_through(expr, kind);
                    self.fault(expr, advice);
                    Kind::Unknown
                });
                self.loops.push(((*name).to_owned(), item));
            }
            Says::EndsLoop => drop(self.loops.pop()),
            Says::Else => {}
        }
    }

    /// Takes in a loop that could not be read.
    pub(super) fn unknown_loop(&mut self) {
        self.loops.push((String::new(), Kind::Unknown));
    }

    fn fault(&mut self, expr: &Expr<'_>, advice: impl Into<Advice>) {
        self.faults
            .push((self.start + expr.at.start, advice.into()));
    }

    /// An expression as it is written.
    fn written(&self, expr: &Expr<'_>) -> String {
        let text = &self.inside[expr.at.clone()];
        let mut short: String = text.chars().take(60).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        format!("`{short}`")
    }

    fn not_gone_through(&self, expr: &Expr<'_>, kind: Kind<'_>) -> Advice {
        let written = self.written(expr);
        match kind {
            Kind::Group(_) => Advice::new(
                format!("{written} is a group of fields"),
                "name a list in it",
            ),
            kind if kind.is_text() => Advice::new(
                format!("{written} is a text, and `for` would print its letters one by one"),
                format!("print it with `{{{{ {} }}}}`", written.trim_matches('`')),
            ),
            kind => Advice::new(format!("{written} is {}", kind.words()), "name a list"),
        }
    }

    /// Looks at a value that is printed, or joined with a text.
    fn printed(&mut self, expr: &Expr<'_>, kind: Kind<'v>, may_be_list: bool) {
        let written = self.written(expr);
        let message = match kind {
            Kind::Group(_) => Advice::new(
                format!("{written} is a group of fields"),
                "name one of them",
            ),
            Kind::List(Items::Like(Value::Object(_) | Value::Array(_))) => Advice::new(
                format!("{written} is a list of groups"),
                "go through it with `for` and print their fields",
            ),
            Kind::List(_) if !may_be_list => Advice::new(
                format!("{written} is a list"),
                "write `| join(sep=\", \")` after it, or go through it with `for`",
            ),
            _ => return,
        };
        self.fault(expr, message);
    }

    fn kind(&mut self, expr: &Expr<'_>) -> Kind<'v> {
        match &expr.what {
            What::Text(_) => Kind::Text,
            What::Number => Kind::Number,
            What::YesNo => Kind::YesNo,
            What::Nothing | What::Call => Kind::Unknown,
            What::Name(name) => self.named(name),
            What::Field(of, name) => self.field(of, name),
            What::Item(of, index) => self.item(expr, of, index),
            What::Slice(of) => {
                let kind = self.kind(of);
                self.takes(expr, of, kind, "[…]", Takes::List);
                kind
            }
            What::List(items) => self.list(items),
            What::Filter(of, name, arguments) => self.filter(expr, of, name, arguments),
            What::Test(of, name) => {
                let kind = self.kind(of);
                self.takes(expr, of, kind, name, filters::test(name));
                Kind::YesNo
            }
            What::Not(of) => {
                self.kind(of);
                Kind::YesNo
            }
            What::Minus(of) => {
                let kind = self.kind(of);
                self.takes(expr, of, kind, "-", Takes::Number);
                Kind::Number
            }
            What::Both(operator, left, right) => self.both(expr, operator, left, right),
            What::Choice(asked, yes, no) => {
                self.kind(asked);
                let (yes, no) = (self.kind(yes), self.kind(no));
                // What may be a text is used as one.
                match (yes, no) {
                    (yes, no) if yes.is_text() || no.is_text() => Kind::Text,
                    (yes, no) if yes.may_equal(no) => yes,
                    _ => Kind::Unknown,
                }
            }
        }
    }

    fn named(&self, name: &str) -> Kind<'v> {
        let mut loops = self.loops.iter().rev();
        match loops.find(|(known, _)| known == name) {
            Some((_, kind)) => *kind,
            None => self.view.get(name).map_or(Kind::Unknown, Kind::of),
        }
    }

    fn field(&mut self, of: &Expr<'_>, name: &str) -> Kind<'v> {
        if matches!(of.what, What::Name("loop")) {
            return match name {
                "first" | "last" => Kind::YesNo,
                _ => Kind::Number,
            };
        }
        let Kind::Group(group) = self.kind(of) else {
            return Kind::Unknown;
        };
        let kind = group.get(name).map_or(Kind::Unknown, Kind::of);
        let is_joined = name == JOINED.0 && group.get(JOINED.1).is_some_and(Value::is_array);
        if is_joined { Kind::Joined } else { kind }
    }

    fn item(&mut self, expr: &Expr<'_>, of: &Expr<'_>, index: &Expr<'_>) -> Kind<'v> {
        let kind = self.kind(of);
        let by = self.kind(index);
        if let Kind::Group(group) = kind {
            return match &index.what {
                What::Text(name) => group.get(*name).map_or(Kind::Unknown, Kind::of),
                _ => Kind::Unknown,
            };
        }
        self.takes(expr, of, kind, "[…]", Takes::List);
        if !matches!(by, Kind::Number | Kind::Unknown) {
            let advice = Advice::new(
                format!("{} is {}", self.written(index), by.words()),
                "write the number of an item, from 0",
            );
            self.fault(index, advice);
        }
        kind.item().unwrap_or(Kind::Unknown)
    }

    fn list(&mut self, items: &[Expr<'_>]) -> Kind<'v> {
        let kinds: Vec<Kind<'v>> = items.iter().map(|item| self.kind(item)).collect();
        let all = |is: fn(&Kind<'v>) -> bool| !kinds.is_empty() && kinds.iter().all(is);
        Kind::List(if all(|kind| kind.is_text()) {
            Items::Text
        } else if all(|kind| matches!(kind, Kind::Number)) {
            Items::Number
        } else {
            Items::Unknown
        })
    }

    fn filter(
        &mut self,
        expr: &Expr<'_>,
        of: &Expr<'_>,
        name: &str,
        arguments: &[(&str, Expr<'_>)],
    ) -> Kind<'v> {
        let kind = self.kind(of);
        for (_, argument) in arguments {
            self.kind(argument);
        }
        let Some((takes, gives)) = filters::filter(name) else {
            return Kind::Unknown;
        };
        self.takes(expr, of, kind, name, takes);
        if name == "join" && matches!(kind, Kind::List(Items::Like(Value::Object(_)))) {
            self.printed(of, kind, false);
        }
        if name == "date" {
            self.format_of_a_date(arguments);
        }
        match gives {
            Gives::Same if takes == Takes::List => match kind {
                Kind::Joined => Kind::List(Items::Text),
                kind => kind,
            },
            // A replacement for a text is a text.
            Gives::Same if kind.is_text() => Kind::Text,
            Gives::Same => kind,
            Gives::Text => Kind::Text,
            Gives::Number => Kind::Number,
            Gives::Item => kind.item().unwrap_or(Kind::Unknown),
            Gives::Texts => Kind::List(Items::Text),
            Gives::Unknown => Kind::Unknown,
        }
    }

    fn format_of_a_date(&mut self, arguments: &[(&str, Expr<'_>)]) {
        for (name, argument) in arguments {
            let message = match &argument.what {
                _ if *name != "format" => Some(Advice::new(
                    format!("`date` has no `{name}`"),
                    "write `format`",
                )),
                What::Text(format) => date::fault(format),
                _ => None,
            };
            if let Some(message) = message {
                self.fault(argument, message);
            }
        }
    }

    /// Says so if a value is not what is needed of it.
    fn takes(&mut self, expr: &Expr<'_>, of: &Expr<'_>, kind: Kind<'v>, by: &str, takes: Takes) {
        let fits = match takes {
            Takes::Anything => true,
            Takes::Text => kind.is_text(),
            Takes::Date => matches!(kind, Kind::Date),
            Takes::Number => matches!(kind, Kind::Number),
            Takes::NumberOrText => kind.is_text() || matches!(kind, Kind::Number),
            Takes::List => kind.item().is_some(),
            Takes::Group => matches!(kind, Kind::Group(_)),
        };
        if fits || matches!(kind, Kind::Unknown) {
            return;
        }
        let written = self.written(of);
        let is = kind.words();
        let what = match takes {
            Takes::List if by == "[…]" => "an item of a list",
            Takes::List => "a list",
            Takes::Date => "a date",
            Takes::Text => "a text",
            Takes::Number => "a number",
            Takes::NumberOrText => "a number or a text",
            Takes::Group | Takes::Anything => "a group of fields",
        };
        let advice = match takes {
            Takes::Date if kind.is_text() => Advice::new(
                format!("{written} is no date, and `date` takes one"),
                "print it as it is",
            ),
            Takes::Text if matches!(kind, Kind::List(_)) => Advice::new(
                format!("{written} is a list, and `{by}` takes a text"),
                "write `| join(sep=\", \")` before it",
            ),
            _ => format!("{written} is {is}, and `{by}` takes {what}").into(),
        };
        self.fault(expr, advice);
    }

    fn both(
        &mut self,
        expr: &Expr<'_>,
        operator: &str,
        left: &Expr<'_>,
        right: &Expr<'_>,
    ) -> Kind<'v> {
        let (of, by) = (self.kind(left), self.kind(right));
        match operator {
            "==" | "!=" | "<" | "<=" | ">" | ">=" => {
                self.compared(expr, operator, (left, of), (right, by));
                Kind::YesNo
            }
            "in" => {
                self.among(expr, (left, of), (right, by));
                Kind::YesNo
            }
            "~" => {
                self.printed(left, of, false);
                self.printed(right, by, false);
                Kind::Text
            }
            "and" | "or" => Kind::Unknown,
            _ => {
                self.takes(expr, left, of, operator, Takes::Number);
                self.takes(expr, right, by, operator, Takes::Number);
                Kind::Number
            }
        }
    }

    fn compared(
        &mut self,
        expr: &Expr<'_>,
        operator: &str,
        (left, of): (&Expr<'_>, Kind<'v>),
        (right, by): (&Expr<'_>, Kind<'v>),
    ) {
        let orders = !matches!(operator, "==" | "!=");
        let has_order =
            |kind: Kind<'_>| !matches!(kind, Kind::YesNo | Kind::List(_) | Kind::Group(_));
        if of.may_equal(by) && (!orders || (has_order(of) && has_order(by))) {
            return;
        }
        let help = match (of, by, &right.what) {
            (of, Kind::Number, What::Number) if of.is_text() => format!(
                "write the number in quotes, `\"{}\"`",
                self.written(right).trim_matches('`')
            ),
            (Kind::YesNo, ..) => {
                let name = self.written(left);
                format!("ask `{0}` or `not {0}`", name.trim_matches('`'))
            }
            (Kind::List(_), Kind::Number, _) => "compare its `| length`".to_owned(),
            _ => String::new(),
        };
        let message = format!(
            "{} is {} and {} {}, so `{operator}` cannot compare them",
            self.written(left),
            of.words(),
            self.written(right),
            by.words()
        );
        self.fault(expr, Advice::new(message, help));
    }

    fn among(
        &mut self,
        expr: &Expr<'_>,
        (left, of): (&Expr<'_>, Kind<'v>),
        (right, by): (&Expr<'_>, Kind<'v>),
    ) {
        let fits = match by {
            by if by.is_text() => of.is_text() || matches!(of, Kind::Unknown),
            Kind::Group(_) => true,
            by => by.item().is_some_and(|item| item.may_equal(of)),
        };
        if !fits {
            let message = format!(
                "{} is {} and {} {}, so the one is never `in` the other",
                self.written(left),
                of.words(),
                self.written(right),
                by.words()
            );
            self.fault(expr, message);
        }
    }
}
