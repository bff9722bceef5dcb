//! The long texts of the template codes.

use crate::diag::Code;
use crate::diag::explain::Explanation;

pub(super) const TEXTS: &[Explanation] = &[
    Explanation {
        code: Code::CharacterWithoutGlyph,
        title: "The document cannot show a character",
        why: "The documents are set in Noto Sans and Noto Sans CJK, with Noto fonts for Arabic, Hebrew and Thai. A character outside of them, such as an emoji or a rare Chinese character, would be an empty box in a document that somebody signs. A draft shows its number instead, `[U+1F3E0]`.",
        example: "product:\n  name: Home Hub 🏠",
        fix: "Write the name in the Latin alphabet, a company’s as its register has it, and leave emoji out.",
    },
    Explanation {
        code: Code::TemplateUnusable,
        title: "A template cannot be used",
        why: "A template is filled and uploaded as it is, so nothing in it may be left unfilled, run a program, fetch something from elsewhere or hold another file. This includes names that do not exist, tags that are not closed, merge fields and blanks of other programs (`{name}`, `${name}`, `<<name>>`, braces of full width), content controls that still show their hint, a mail-merge connection, embedded files and objects, and for any kind of part that is not known. Each finding names the paragraph.",
        example: "templates: { declaration: templates/declaration.docx }\n# in it: {{ product.nmae }}",
        fix: "Correct the template as the finding says. `clspack templates check FILE.docx` lists every fault.",
    },
    Explanation {
        code: Code::TemplateKindDiffers,
        title: "A template uses a value as something that it is not",
        why: "Each name is a text, a date, a number, yes or no, a list or a group of fields; `docs/templates.md` says which. A loop over a text prints its letters one by one, `length` counts them, a text is never greater than a number, and a list in an HTML template is printed with brackets and quotes. Such a document looks finished and is wrong.",
        example: "{% if plan.level > 2 %}          {# `plan.level` is a text: write > \"2\" #}\n{% for part in plan.fee %}       {# `plan.fee` is a text: print it #}",
        fix: "Use the value as what it is, or choose another name. `product.models` and the `models` of a label are texts that a `for` and the filters of lists take as lists.",
    },
    Explanation {
        code: Code::TemplateWithoutHash,
        title: "A declaration template does not print what it declares",
        why: "A signed declaration is recognised by the short hash of its content. A document without it cannot be distinguished from one with other content, so the manifest would have to state it.",
        example: "templates: { declaration: templates/declaration.docx }     # without {{ declares.short }}",
        fix: "Write `Content declared: {{ declares.short }}` into the template, near the signature or in the footer.",
    },
    Explanation {
        code: Code::TemplatePlaceholder,
        title: "A template holds words that look like a blank",
        why: "`[Company]`, “TBD”, “XXX” or “Click or tap here to enter text” usually wait for somebody to replace them, and would be signed and filed as they are. They may be meant, so they do not block.",
        example: "We, [Company], declare …",
        fix: "Write a tag such as `{{ applicant.name }}`, or the words that the document is to show. Keep them if they are meant.",
    },
    Explanation {
        code: Code::TemplateUnderReview,
        title: "A template holds comments or tracked changes",
        why: "They stay in the filled document: CSA would read the comments, the names of those who wrote them, and what was deleted.",
        example: "templates: { declaration: templates/declaration.docx }     # with 2 tracked changes",
        fix: "In Word, under Review, accept or reject all changes and delete all comments.",
    },
    Explanation {
        code: Code::TemplateWithoutVersion,
        title: "A template declares no version",
        why: "The version of a template is printed small on its document and recorded in the pack, so that two wordings can be distinguished later.",
        example: "<head><title>Declaration</title></head>",
        fix: "Write `<meta name=\"template\" content=\"NAME 1\"/>` into its head, and count up when the wording changes.",
    },
    Explanation {
        code: Code::TemplateWithoutPages,
        title: "A declaration template does not number its pages",
        why: "With “Page 1 of 3” in the header or footer, anyone can see that pages of a signed copy are missing. Without it, one page of the declaration looks like all of it.",
        example: "templates: { declaration: templates/declaration.docx }     # without the fields PAGE and NUMPAGES",
        fix: "In Word, put the fields PAGE and NUMPAGES into the footer: Insert, Page Number, Page X of Y.",
    },
];
