//! Which column is which field, by the word of a mapping.

use crate::diag::Code;
use crate::manifest::tree::{Node, Scalar};
use crate::sheet::headings::{Target, alike};
use crate::sheet::mapping::{FAMILY, Reader, plain};

impl Reader {
    /// Reads `columns: { Heading: product.brand }`.
    pub(super) fn columns(&mut self, node: &Node) {
        for (heading, value) in self.entries(node, "`columns`") {
            let (fields, is_list): (Vec<Option<&Scalar>>, bool) = match &value {
                Node::List(items, _) => (items.iter().map(plain).collect(), true),
                other => (vec![plain(other)], false),
            };
            let Some(fields) = fields.into_iter().collect::<Option<Vec<_>>>() else {
                let message = format!(
                    "`{}` leads to {}, not to a field",
                    heading.text,
                    value.what()
                );
                self.fault(
                    Code::MappingUnusable,
                    heading.span,
                    message,
                    "write the route of one field, a list of several, or `ignore`",
                );
                continue;
            };
            if let [family] = fields.as_slice()
                && alike(&family.text, FAMILY)
            {
                self.mapping.family = Some(heading.text.clone());
                self.mapping.columns.push((heading.text, Vec::new()));
                continue;
            }
            let is_ignored =
                |to: &Scalar| !is_list && (to.is_null() || to.text.eq_ignore_ascii_case("ignore"));
            let fields = fields.into_iter().filter(|to| !is_ignored(to));
            let targets: Vec<_> = fields.map(|to| self.target(to)).collect();
            if let Some(targets) = targets.into_iter().collect() {
                self.column_of(&heading, targets, is_list);
            }
        }
    }

    /// Keeps what a column fills. A list names something, and nothing twice.
    fn column_of(&mut self, heading: &Scalar, targets: Vec<Target>, is_list: bool) {
        let mut routes: Vec<_> = targets.iter().map(|one| one.route.clone()).collect();
        routes.sort_unstable();
        let twice = routes.windows(2).find(|pair| pair[0] == pair[1]);
        if let Some([route, _]) = twice {
            let message = format!("`{}` leads to `{route}` twice", heading.text);
            let help = "keep one of them";
            self.fault(Code::MappingContradicts, heading.span, message, help);
        } else if targets.is_empty() && is_list {
            let message = format!("`{}` leads to an empty list", heading.text);
            let help = "write the routes of fields, or `ignore` to leave the column out";
            self.fault(Code::MappingUnusable, heading.span, message, help);
        } else {
            self.mapping.columns.push((heading.text.clone(), targets));
        }
    }

    pub(super) fn target(&mut self, field: &Scalar) -> Option<Target> {
        let found = self.headings.find(&field.text);
        if found.is_none() {
            let message = format!("`{}` is not a field of a manifest", field.text);
            let help = self.headings.near(&field.text).map_or_else(
                || {
                    "write the route of a field as in a manifest, such as `product.models`"
                        .to_owned()
                },
                |near| format!("write `{near}`"),
            );
            self.fault(Code::MappingUnknown, field.span, message, help);
        }
        found
    }
}
