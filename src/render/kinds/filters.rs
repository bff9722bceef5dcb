//! What the engine's filters and tests take and give. A filter that is not here is unknown to the engine, too.

/// What kind of value a filter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    Anything,
    Text,
    Date,
    Number,
    NumberOrText,
    List,
    Group,
}

/// What kind of value a filter gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    Same,
    Text,
    Number,
    Item,
    Texts,
    Unknown,
}

/// Returns what a filter takes and gives.
pub(super) fn filter(name: &str) -> Option<(Takes, Gives)> {
    Some(match name {
        "default" => (Takes::Anything, Gives::Same),
        "str" => (Takes::NumberOrText, Gives::Text),
        "safe" | "upper" | "lower" | "trim" | "trim_start" | "trim_end" | "replace"
        | "capitalize" | "title" | "truncate" | "indent" | "escape" | "escape_html"
        | "escape_xml" | "newlines_to_br" | "link" => (Takes::Text, Gives::Text),
        "wordcount" => (Takes::Text, Gives::Number),
        "split" => (Takes::Text, Gives::Texts),
        "date" => (Takes::Date, Gives::Text),
        "int" | "float" => (Takes::NumberOrText, Gives::Number),
        "abs" | "round" => (Takes::Number, Gives::Number),
        "pluralize" => (Takes::Number, Gives::Text),
        "length" => (Takes::List, Gives::Number),
        "reverse" | "sort" | "unique" => (Takes::List, Gives::Same),
        "first" | "last" | "nth" => (Takes::List, Gives::Item),
        "join" => (Takes::List, Gives::Text),
        "group_by" => (Takes::List, Gives::Unknown),
        "get" | "keys" | "values" | "pairs" => (Takes::Group, Gives::Unknown),
        _ => return None,
    })
}

/// Returns what a test takes; anything where it does not matter.
pub(super) fn test(name: &str) -> Takes {
    match name {
        "odd" | "even" | "divisible_by" => Takes::Number,
        "starting_with" | "ending_with" => Takes::Text,
        _ => Takes::Anything,
    }
}
