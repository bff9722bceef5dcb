//! The short name of a company: its name without the legal form and the place at its end.

use crate::batch::words::{Words, weight};

/// Legal forms at the end of a name, as words: `B.V.` is two.
const KINDS: &[&str] = &[
    "pte ltd", "pte", "ltd", "llc", "l l c", "llp", "plc", "inc", "corp", "co", "gmbh", "mbh",
    "ag", "kg", "se", "kk", "k k", "gk", "oy", "oyj", "ab", "as", "a s", "aps", "sa", "s a", "sas",
    "sarl", "srl", "s r l", "spa", "s p a", "bv", "b v", "nv", "n v", "bhd", "sdn", "pty", "pvt",
    "tbk", "jsc",
];

/// Legal forms at either end, in scripts without spaces.
const EASTERN_KINDS: &[&str] = &[
    "株式会社",
    "有限会社",
    "合同会社",
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "주식회사",
    "유한회사",
    "(주)",
];

/// Places, and words of groups, at the end of a name.
const PLACES: &str = "\
    singapore, asia, pacific, apac, europe, america, americas, japan, korea, china, taiwan, \
    malaysia, thailand, vietnam, indonesia, india, australia, germany, deutschland, france, uk, \
    usa, us, hong kong, shenzhen, international, global, worldwide, group, holding, holdings, s, \
    m, sg, south east, southeast, and, of";

/// Words that describe what a company does, or that any document of a product contains. They are no name, alone or
/// together.
const COMMON: &str = "\
    and, of, the, for, new, first, best, general, national, united, advanced, modern, smart, home, \
    house, living, life, digital, internet, things, iot, cloud, net, network, networks, \
    networking, wireless, mobile, connect, connected, secure, security, safe, safety, cyber, data, \
    device, devices, product, products, system, systems, solution, solutions, service, services, \
    support, tech, technology, technologies, electronic, electronics, electric, electrical, \
    appliance, appliances, software, hardware, semiconductor, lighting, light, energy, power, \
    water, air, camera, cameras, router, sensor, sensors, industry, industries, industrial, \
    manufacturing, engineering, trading, trade, consulting, consultancy, design, laboratory, \
    laboratories, lab, labs, innovation, innovations, communication, communications, telecom, \
    media, control, controls, automation, robotics, health, care, medical, consumer, brand, \
    brands, market, store, world, company, enterprise, enterprises, ventures, partners, test, \
    testing, quality, certification, orange, purple, yellow, silver, golden, bright, summit, \
    horizon, vision, future, nature, planet, galaxy, mercury, phoenix, falcon, dragon, diamond, \
    crystal, harbour, harbor, garden, bridge, element, elements, origin, access, gateway, \
    sensible, simple, direct, central, universal, standard, premium, original, creative, dynamic, \
    progress, success";

/// A lighter word is an abbreviation rather than a name.
const LIGHTEST: usize = 6;

/// Returns the short name of a company, if that identifies it.
pub(crate) fn short_name(name: &str) -> Option<Words> {
    let whole = Words::of(name);
    let mut rest = whole.as_str();
    while let Some(shorter) = cut(rest) {
        rest = shorter;
    }
    let is_name = |word: &str| COMMON.split(", ").all(|common| common != word);
    let mut words = rest.split(' ').filter(|word| !word.is_empty());
    let is_telling = if rest.contains(' ') {
        // At least one word has to be a name, and more than a letter or a number.
        words.any(|word| is_name(word) && weight(word) > 2) && weight(rest) > LIGHTEST
    } else {
        is_name(rest) && weight(rest) >= LIGHTEST
    };
    (is_telling && rest != whole.as_str()).then(|| Words::of(rest))
}

/// Removes one legal form or place from an end of a name.
fn cut(name: &str) -> Option<&str> {
    let endings = KINDS.iter().copied().chain(PLACES.split(", "));
    let western = endings.filter_map(|ending| name.strip_suffix(ending)?.strip_suffix(' '));
    let eastern = EASTERN_KINDS.iter().flat_map(|kind| {
        let kind = kind.trim_matches(['(', ')']);
        let is_part = weight(kind) <= 2;
        let back = name.strip_suffix(kind);
        let front = name.strip_prefix(kind);
        // A legal form of one character counts only as a separate word.
        let back = back.filter(|rest| !is_part || rest.ends_with(' '));
        let front = front.filter(|rest| !is_part || rest.starts_with(' '));
        [back, front]
    });
    let mut cut = western.chain(eastern.flatten().map(str::trim));
    cut.find(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_is_called_by_what_tells_of_it_alone() {
        for (name, short) in [
            (
                "Example Electronics Singapore Pte. Ltd.",
                Some("example electronics"),
            ),
            ("Hanbit Living Pte. Ltd.", Some("hanbit living")),
            ("Hanbit (Singapore) Private Limited", Some("hanbit")),
            ("Hanbit (S) Pte Ltd", Some("hanbit")),
            ("Müller & Söhne GmbH & Co. KG", Some("müller söhne")),
            ("Brightmoor Holdings B.V.", Some("brightmoor")),
            ("株式会社三星電子", Some("三星電子")),
            ("三星電子 株式会社", Some("三星電子")),
            ("주식회사 한빛리빙", Some("한빛리빙")),
            ("㈜한빛리빙", Some("한빛리빙")),
            ("(주) 한빛리빙", Some("한빛리빙")),
            // The rest identifies no company.
            ("Smart Home Pte. Ltd.", None),
            ("Electronics Singapore Pte. Ltd.", None),
            ("Asia Pacific Pte. Ltd.", None),
            ("Tan Co. Ltd.", None),
            ("AB Ltd", None),
            ("B 2 Systems Ltd", None),
            ("Hanbit", None),
            ("", None),
        ] {
            let found = short_name(name);
            assert_eq!(found.as_ref().map(Words::as_str), short, "{name}");
        }
    }
}
