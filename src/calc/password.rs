//! Whether a password has the form that a rule asks for. The password itself is kept nowhere.

use crate::rules::guidance::PasswordForm;

/// A rule on passwords, and the user whom they are for.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'r> {
    pub form: &'r PasswordForm,
    pub user: Option<&'r str>,
}

/// A point of the rule, and whether a password meets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub asks: String,
    pub is_met: bool,
}

/// A password that is checked.
pub struct Password<'p>(pub &'p str);

impl Password<'_> {
    /// Returns each point of the rule.
    pub fn against(&self, rule: &Rule<'_>) -> Vec<Checked> {
        let form = rule.form;
        let mut points = vec![
            checked(
                format!("at least {} characters", form.least_length),
                self.0.chars().count() >= form.least_length,
            ),
            checked(
                format!(
                    "{} of four kinds: lower case, upper case, digits, other characters",
                    form.least_kinds
                ),
                self.n_kinds() >= form.least_kinds,
            ),
        ];
        if form.no_repeats {
            let asks = "no character twice in a row".to_owned();
            points.push(checked(asks, !self.repeats()));
        }
        if let Some(user) = rule.user.filter(|_| form.not_user_name) {
            let is_user = self.0.to_lowercase() == user.to_lowercase();
            points.push(checked("not the user name".to_owned(), !is_user));
        }
        points
    }

    fn n_kinds(&self) -> usize {
        let is_other = |c: char| !c.is_lowercase() && !c.is_uppercase() && !c.is_numeric();
        let kinds: [&dyn Fn(char) -> bool; 4] = [
            &char::is_lowercase,
            &char::is_uppercase,
            &char::is_numeric,
            &is_other,
        ];
        let has = |kind: &&&dyn Fn(char) -> bool| self.0.chars().any(kind);
        kinds.iter().filter(has).count()
    }

    fn repeats(&self) -> bool {
        let next = self.0.chars().skip(1);
        self.0.chars().zip(next).any(|(one, other)| one == other)
    }
}

const fn checked(asks: String, is_met: bool) -> Checked {
    Checked { asks, is_met }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_point_is_judged_alone() {
        let form = PasswordForm {
            least_length: 10,
            least_kinds: 2,
            no_repeats: true,
            not_user_name: true,
        };
        let rule = Rule {
            form: &form,
            user: Some("Administrator1"),
        };
        for (password, met) in [
            ("kqwz7dhmtx", [true, true, true, true]),
            ("kqwz7dhmt", [false, true, true, true]),
            ("kqwzsdhmtx", [true, false, true, true]),
            ("kqwz77hmtx", [true, true, false, true]),
            ("administrator1", [true, true, true, false]),
        ] {
            let found: Vec<bool> = Password(password)
                .against(&rule)
                .iter()
                .map(|one| one.is_met)
                .collect();
            assert_eq!(found, met, "{password}");
        }
    }
}
