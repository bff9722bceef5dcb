//! What is used as something it is not, and what is not.

use serde_json::{Value, json};

use super::*;

fn view() -> Value {
    json!({
        "draft": false,
        "plan": { "level": "3", "on": "2026-12-01", "fee": "SGD 1.00", "validity_until": "", "simplified": true },
        "product": { "title": "Hub", "models": "A, B", "model_list": ["A", "B"], "apps": ["x"] },
        "labels": [{ "number": "1", "models": "A", "model_list": ["A"] }],
        "laboratory": null,
        "empty": [],
        "totals": { "products": 3 },
    })
}

fn wrong(text: &str) -> Vec<String> {
    let found = wrong_at(text, &view(), Printing::Page);
    found
        .into_iter()
        .map(|(at, message)| format!("{at} {message}"))
        .collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of what is judged")]
fn what_is_used_as_something_else_is_found() {
    for (text, says) in [
        (
            "{% for m in plan.fee %}{{ m }}{% endfor %}",
            "12 `plan.fee` is a text, and `for` would print its letters",
        ),
        (
            "{% for m in product.title | upper %}{% endfor %}",
            "12 `product.title | upper` is a text",
        ),
        (
            "{% for m in product %}{% endfor %}",
            "12 `product` is a group of fields; name a list",
        ),
        (
            "{% for m in totals.products %}{% endfor %}",
            "12 `totals.products` is a number; name a list",
        ),
        (
            "{% for l in labels %}{% for c in l.number %}{% endfor %}{% endfor %}",
            "33 `l.number` is a text",
        ),
        (
            "{{ plan.fee | length }}",
            "3 `plan.fee` is a text, and `length` takes a list",
        ),
        (
            "{{ plan.fee | first }}",
            "3 `plan.fee` is a text, and `first` takes a list",
        ),
        (
            "{{ plan.fee[0] }}",
            "3 `plan.fee` is a text, and `[…]` takes an item",
        ),
        ("{{ plan.fee[0:2] }}", "3 `plan.fee` is a text"),
        (
            "{{ product.title | join(sep=\", \") }}",
            "3 `product.title` is a text, and `join` takes a list",
        ),
        (
            "{{ product.title | round }}",
            "3 `product.title` is a text, and `round` takes a number",
        ),
        (
            "{{ product.apps | upper }}",
            "3 `product.apps` is a list, and `upper` takes a text; write `| join",
        ),
        (
            "{{ labels | join(sep=\", \") }}",
            "3 `labels` is a list of groups",
        ),
        (
            "{{ product.apps }}",
            "3 `product.apps` is a list; write `| join",
        ),
        ("{{ labels }}", "3 `labels` is a list of groups"),
        ("{{ product }}", "3 `product` is a group of fields"),
        (
            "{% if plan.level > 2 %}{% endif %}",
            "6 `plan.level` is a text and `2` a number, so `>` cannot compare them; write the number in quotes, `\"2\"`",
        ),
        (
            "{% if plan.level == 3 %}{% endif %}",
            "6 `plan.level` is a text and `3` a number",
        ),
        (
            "{% if 3 != plan.level %}{% endif %}",
            "6 `3` is a number and `plan.level` a text",
        ),
        (
            "{% if draft == \"yes\" %}{% endif %}",
            "6 `draft` is yes or no and `\"yes\"` a text, so `==` cannot compare them; ask `draft` or `not draft`",
        ),
        (
            "{% if product.apps > 1 %}{% endif %}",
            "6 `product.apps` is a list and `1` a number, so `>` cannot compare them; compare its `| length`",
        ),
        (
            "{% if draft and not plan.level > 2 %}{% endif %}",
            "20 `plan.level` is a text",
        ),
        ("{% if 2 in product.apps %}{% endif %}", "6 `2` is a number"),
        (
            "{{ plan.level + 1 }}",
            "3 `plan.level` is a text, and `+` takes a number",
        ),
        (
            "{{ -plan.level }}",
            "3 `plan.level` is a text, and `-` takes a number",
        ),
        (
            "{% if plan.level is odd %}{% endif %}",
            "6 `plan.level` is a text, and `odd` takes a number",
        ),
        ("{{ product.title | date }}", "3 `product.title` is no date"),
        (
            "{{ plan.on | date(format=\"%H\") }}",
            "25 `%H` is no part of a date",
        ),
        (
            "{{ plan.on | date(style=\"x\") }}",
            "24 `date` has no `style`",
        ),
        (
            "{% for m in product.models if draft else empty %}{% endfor %}",
            "12 `product.models if draft else empty` is a text",
        ),
        ("{{ \"a\" ~ product.apps }}", "9 `product.apps` is a list"),
    ] {
        let found = wrong(text);
        assert!(
            found.len() == 1 && found[0].starts_with(says),
            "{text}: {found:#?}"
        );
    }
}

#[test]
fn what_is_used_as_it_is_passes() {
    for text in [
        "{% for m in product.models %}{{ loop.index }} {{ m | upper }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "{{ product.models }} {{ product.models | length }} {{ product.models | first }} {{ product.models[0] }}",
        "{{ product.models | upper }} {{ product.models | sort | join(sep=\" / \") }}",
        "{% for l in labels %}{% for m in l.models %}{{ m }}{% endfor %}{{ l.models }}{% endfor %}",
        "{% if product.models | length > 1 %}s{% endif %}",
        "{% for a in product.apps %}{{ a }}{% endfor %}{{ product.apps | join(sep=\", \") }}",
        "{% if plan.level == \"3\" or plan.level > \"2\" %}{% endif %}{% if plan.level | int > 2 %}{% endif %}",
        "{% if draft == false %}{% endif %}{% if laboratory.name == 3 %}{% endif %}{{ plan.validity_until | date }}",
        "{{ plan.on | date }} {{ plan.on | date(format=\"%d %b %Y\") }} {{ plan.on | replace(from=\"-\", to=\".\") }}",
        "{% for x in empty %}{{ x.any }}{% for y in x %}{% endfor %}{% endfor %}",
        "{{ plan.fee | default(value=\"none\") | split(pat=\" \") | last }}",
        "{% if \"x\" in product.apps and \"ub\" in product.title %}{% endif %}{{ totals.products + 1 - 2 * 3 }}",
        "{{ \"a\" ~ 3 ~ product.title }} {{ product.title if draft else \"x\" }} {{ draft }}",
        "{%- for m in [\"a\", \"b\"] -%}{{- m -}}{%- endfor -%}{% for i in range(end=3) %}{{ i }}{% endfor %}",
        "{# {% for m in plan.fee %} #}{% raw %}{% for m in plan.fee %}{% endraw %}",
        "{{ unknown.name | whatever }} {{ ) }}",
    ] {
        assert_eq!(wrong(text), [""; 0], "{text}");
    }
    let list = wrong_at("{{ product.apps }}", &view(), Printing::Office);
    assert_eq!(list, []);
}

#[test]
fn joined_texts_become_lists_where_they_are_used_as_such() {
    assert_eq!(
        listed(
            "{% for m in product.models %}{{ product.models }}{{ l.models | length }}{{ l.models[0] }}{% endfor %}"
        ),
        "{% for m in product.model_list %}{{ product.models }}{{ l.model_list | length }}{{ l.model_list[0] }}{% endfor %}"
    );
    for same in [
        "{{ product.models | upper }}",
        "{% if product.models %}",
        "models | length",
        "{# x.models | length #}",
    ] {
        assert!(matches!(listed(same), Cow::Borrowed(_)), "{same}");
    }
}

#[test]
fn hostile_expressions_end() {
    for text in [
        format!("{{{{ {}1{} }}}}", "(".repeat(100_000), ")".repeat(100_000)),
        format!("{{{{ a{} }}}}", " | upper".repeat(100_000)),
        format!("{{{{ {} }}}}", "a.".repeat(100_000)),
        format!("{{{{ {} }}}}", "[".repeat(100_000)),
        format!("{{{{ {}1 }}}}", "not ".repeat(100_000)),
        format!("{{{{ {}1 }}}}", "1 ** ".repeat(100_000)),
    ] {
        assert_eq!(wrong(&text), [""; 0]);
    }
}
