//! The long texts of the manifest's codes on who, what and where: addresses, letters, numbers, days.

use crate::diag::Code;
use crate::diag::explain::Explanation;

pub(super) const TEXTS: &[Explanation] = &[
    Explanation {
        code: Code::AddressNotPublic,
        title: "The address opens only inside a private network",
        why: "Officers and owners must be able to open the pages that an application names, and to write to its contact. Names such as `localhost` and endings such as `.local`, `.internal`, `.lan` and `.home.arpa` exist only in the network of a company or a home; so do numbers such as 192.168.1.1. Such an address usually comes from the browser of the person who prepared the text.",
        example: "product:\n  url: https://wiki.hanbit.internal/hub2",
        fix: "Write the address of the public page, and open it once from outside of the company.",
    },
    Explanation {
        code: Code::AddressWithSecret,
        title: "The address contains a password or the key of a session",
        why: "The address is printed in the declaration. A user name with a password in it is a secret that every reader would have; a session or a token is valid for one person and for a short time, and the page is closed when the officer opens it.",
        example: "product:\n  support: { url: \"https://support.hanbit.example/page?token=…\" }",
        fix: "Write the address as it opens for anybody. If the page opens only with the token, publish it first.",
    },
    Explanation {
        code: Code::LookAlikeLetter,
        title: "A letter of another alphabet looks like a Latin one",
        why: "The Cyrillic `А` and the Latin `A` look the same and are different letters. A model with one of them is found in no certificate and in no search, and a host with one of them is another host. Such letters come from other keyboards, from programs that read pictures, and from attackers.",
        example: "product:\n  models: [HХ-200]     # the second letter is U+0425",
        fix: "Type the text again with Latin letters. If the type label or the register really has the letter, list the text under `confirmed`.",
    },
    Explanation {
        code: Code::LabelNumberRepeated,
        title: "Two labels have the same number",
        why: "A scheme gives each number once. The same number twice is a slip in one of them, or one label that is entered twice, and then two sets of days and models contradict each other.",
        example: "labels:\n  - { scheme: bsi, number: sik-00042, models: [HX-200] }\n  - { scheme: bsi, number: sik-00042, models: [HX-210] }",
        fix: "Copy each number from its certificate. A label for several models is one entry that lists them all.",
    },
    Explanation {
        code: Code::LaboratoryNotIndependent,
        title: "The applicant is also the laboratory",
        why: "The scheme has a third party test the product: an approved laboratory, not the maker. If applicant and laboratory have one name, one of the two fields was filled with the wrong one.",
        example: "applicant: { name: Hanbit Living Pte. Ltd. }\nlaboratory: { name: Hanbit Living Pte Ltd }",
        fix: "Write the name of the laboratory as its report has it.",
    },
    Explanation {
        code: Code::SignedTooEarly,
        title: "The declaration is dated before something that it cites",
        why: "The declaration prints the day of the laboratory’s report and of each label. A person cannot have signed it before they existed, so one of the days is wrong, or the declaration was signed for another state of things.",
        example: "laboratory: { date: 2026-11-06 }\nsignatory: { date: 2026-11-02 }",
        fix: "Correct the wrong day. If both are right, have the declaration signed again.",
    },
    Explanation {
        code: Code::SupportEndless,
        title: "Nobody can promise support for so long",
        why: "The last day of support bounds the label, is printed in the declaration, and must agree with a published page. A year such as 9999 is what programs write where no day is known.",
        example: "product:\n  support: { until: 9999-12-31 }",
        fix: "Write the last day on which security updates are promised, as the page publishes it.",
    },
    Explanation {
        code: Code::AddressOfExample,
        title: "Addresses that reach nobody, as examples have them",
        why: "Names that end in `.example`, the domains example.com, example.net and example.org, and telephone numbers that end in zeros are kept for examples. In a declaration they would be printed and signed, and nobody could be reached.",
        example: "applicant:\n  contact: { name: Alex Example, email: ra@hanbit.example, phone: \"+65 6000 0000\" }",
        fix: "Write the real addresses. A manifest that is an example says so: `example: true`.",
    },
    Explanation {
        code: Code::AddressUnencrypted,
        title: "The address begins with `http://`",
        why: "Everybody on the way can change what an unencrypted page says, and most browsers warn of it. A cybersecurity label is the wrong place to show one, and most sites have the same page with `https://`.",
        example: "product:\n  url: http://hanbit.example/hub2",
        fix: "Write `https://`, and open the address to see that the page is there.",
    },
    Explanation {
        code: Code::AddressDoubtful,
        title: "The address may not open for everybody",
        why: "Links of file services open for those who log in, short links hide where they lead, hosts such as `staging.` are switched off after a while, and pages behind a login show an officer nothing. An unusual port is closed in many offices.",
        example: "product:\n  vulnerability_disclosure: https://hanbit.sharepoint.com/policy",
        fix: "Open the address in a private window, without a login. If the public page is really there, list the address under `confirmed`.",
    },
    Explanation {
        code: Code::ContactDoubtful,
        title: "The contact may not be one of the company",
        why: "An officer writes to the contact and calls it during the review. A free mailbox does not show that a person speaks for the company, nobody reads `noreply@`, and a number such as +65 8888 8888 is usually a placeholder.",
        example: "applicant:\n  contact: { email: hanbit@gmail.com }",
        fix: "Write an address and a number of the company. If they are right as they are, list them under `confirmed`.",
    },
    Explanation {
        code: Code::ModelDoubtful,
        title: "A model may be misspelt",
        why: "A model is spelt exactly as on the type label. Two models that differ only by O and 0, or by I, l and 1, are usually one of which one is wrong, and characters of full width come from an East Asian keyboard.",
        example: "product:\n  models: [HX-200, HX-2O0]",
        fix: "Compare the models with the type labels. If they are right, list the one that the finding names under `confirmed`.",
    },
    Explanation {
        code: Code::FilerIsApplicant,
        title: "The applicant files for itself",
        why: "`filed_by` names a consultancy that logs in for the applicant, and the declaration then prints both. With one name or one number for both, the field was filled by mistake, or copied from the line above.",
        example: "applicant:\n  uen: 201912345R\n  filed_by: { name: Hanbit Living Pte. Ltd., uen: 201912345R }",
        fix: "Remove `filed_by`, or write the consultancy.",
    },
    Explanation {
        code: Code::SupportVeryLong,
        title: "Support is promised for more than thirty years",
        why: "Few makers promise that for a consumer product; more often a digit of the year is wrong. The day must agree with the published page.",
        example: "product:\n  support: { until: 2062-12-31 }",
        fix: "Compare the year with the published page.",
    },
];
