//! The long texts of the rules codes.

use crate::diag::Code;
use crate::diag::explain::Explanation;

pub(super) const TEXTS: &[Explanation] = &[
    Explanation {
        code: Code::RuleUnreadable,
        title: "A rule file cannot be read",
        why: "A rule that cannot be read cannot decide, and the plan would go on without it. Unknown fields are refused, so that a slip does not change the law in silence.",
        example: "$ clspack rules lint --rules rules\nerror[R001]: unknown field `amout`",
        fix: "Compare the row with the one above it. `rules/README.md` describes every field.",
    },
    Explanation {
        code: Code::RuleSourceUnknown,
        title: "A row cites a publication that is not listed",
        why: "Every fact of the scheme is printed with its source. A row without one is an opinion, and nobody could confirm it later.",
        example: "source: { publication: gobusiness-mrra, place: Fee }     # gobusiness-mra",
        fix: "Add the publication to `sources.yaml`, or correct its id.",
    },
    Explanation {
        code: Code::RuleGap,
        title: "A decision table has a gap",
        why: "Every category, level and label must meet exactly one row, or the plan would fall silent for some product.",
        example: "rows:\n  - id: scope-consumer\n    categories: [smart-camera]     # no row for `smart-tv`",
        fix: "Add a row. Where no source settles the case, add one that says so and names the question.",
    },
    Explanation {
        code: Code::RuleOverlap,
        title: "Two rows of a decision table fit at once",
        why: "The order of rows decides nothing, so two that fit would give two answers. The same holds for a provision that a level asks for twice.",
        example: "rows:\n  - id: scope-consumer\n    categories: [smart-camera, wifi-router]\n  - id: scope-router\n    categories: [wifi-router]",
        fix: "Narrow the rows until exactly one fits.",
    },
    Explanation {
        code: Code::RuleDatesDisordered,
        title: "Dates of a rule are out of order",
        why: "A page cannot be read before it is published, nor a row confirmed before its page was read. An edition is found by the day in its file name, so both must agree.",
        example: "# forms/2025-01-01.yaml\neffective_from: 2025-04-01",
        fix: "Correct the date that is wrong, and name the file after the day from which it is in force.",
    },
    Explanation {
        code: Code::RuleIdRepeated,
        title: "Two rows have one id",
        why: "Plans and findings cite a rule by its id. If two rows share it, a citation no longer leads to one source.",
        example: "rows:\n  - id: fee-csaiot1\n  - id: fee-csaiot1",
        fix: "Give each row an id of its own; never give an old id a new meaning.",
    },
    Explanation {
        code: Code::RuleHistoryChanged,
        title: "A past edition of the rules was changed",
        why: "A plan of last year must come out the same today. Editions are therefore kept as they were published, and their hashes stand in `HISTORY.sha256`.",
        example: "$ clspack rules lint --rules rules\nerror[R007]: a past edition was changed",
        fix: "Put the edition back as it was and write the correction as a new edition. Add the line of a new edition once it is final.",
    },
    Explanation {
        code: Code::RuleReferenceUnknown,
        title: "A row refers to something that is not there",
        why: "A fee for a form that does not exist, a level that asks for an unknown provision or a contact without address would surface only when a user needs it.",
        example: "rows:\n  - id: fee-csaiot5\n    form: csaiot5     # no such form was in force",
        fix: "Correct the id, or add what it refers to.",
    },
];
