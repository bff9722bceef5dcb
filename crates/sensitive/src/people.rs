//! Decides whether a text, such as the author of a file, names a person, a company or a program.

/// Words in the names of companies, departments, programs and default accounts.
const NOT_OF_PEOPLE: &[&str] = &[
    "info",
    "contact",
    "psirt",
    "help",
    "noreply",
    "privacy",
    "legal",
    "dpo",
    "ltd",
    "limited",
    "inc",
    "llc",
    "gmbh",
    "ag",
    "kg",
    "corp",
    "corporation",
    "company",
    "co",
    "pte",
    "plc",
    "sa",
    "bv",
    "kk",
    "oy",
    "ab",
    "group",
    "holding",
    "holdings",
    "international",
    "global",
    "team",
    "department",
    "dept",
    "division",
    "office",
    "lab",
    "labs",
    "laboratory",
    "laboratories",
    "testing",
    "test",
    "security",
    "quality",
    "product",
    "products",
    "engineering",
    "development",
    "research",
    "technology",
    "technologies",
    "tech",
    "systems",
    "system",
    "solutions",
    "services",
    "service",
    "software",
    "hardware",
    "devices",
    "device",
    "electronics",
    "electric",
    "industries",
    "industrial",
    "manufacturing",
    "networks",
    "network",
    "networking",
    "home",
    "homes",
    "living",
    "smart",
    "robotics",
    "works",
    "design",
    "studio",
    "media",
    "digital",
    "cloud",
    "consulting",
    "consultancy",
    "consultants",
    "compliance",
    "regulatory",
    "certification",
    "agency",
    "authority",
    "ministry",
    "institute",
    "university",
    "association",
    "foundation",
    "project",
    "microsoft",
    "windows",
    "adobe",
    "acrobat",
    "word",
    "excel",
    "powerpoint",
    "office365",
    "google",
    "docs",
    "libreoffice",
    "openoffice",
    "writer",
    "apple",
    "macos",
    "mac",
    "linux",
    "ubuntu",
    "user",
    "users",
    "admin",
    "administrator",
    "owner",
    "unknown",
    "anonymous",
    "author",
    "default",
    "guest",
    "root",
    "scanner",
    "printer",
    "canon",
    "epson",
    "xerox",
    "ricoh",
    "konica",
    "minolta",
    "brother",
    "samsung",
    "nikon",
    "sony",
    "camera",
    "python",
    "docx",
    "report",
    "reportlab",
    "openpyxl",
    "latex",
    "pdf",
    "document",
    "documents",
    "manual",
    "policy",
    "template",
    "sample",
    "example",
    "the",
    "of",
    "and",
    "for",
    "support",
    "sales",
    "marketing",
    "management",
    "customer",
    "federal",
    "national",
    "china",
    "japan",
    "korea",
    "singapore",
    "germany",
    "asia",
    "pacific",
    "europe",
    "america",
    "energy",
    "power",
    "lighting",
    "lock",
    "locks",
    "door",
    "router",
    "gateway",
    "vacuum",
    "robot",
    "audio",
    "video",
    "vision",
    "sensor",
    "sensors",
    "control",
    "controls",
    "automation",
    "appliances",
    "appliance",
    "trading",
    "import",
    "export",
];

/// Returns whether a text is a person's name or login name at a company.
pub fn is_person(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 80 {
        return false;
    }
    if let Some((domain, user)) = text.split_once('\\') {
        return is_account(domain, user);
    }
    is_cjk(text) || is_western(text) || is_address(text)
}

fn is_account(domain: &str, user: &str) -> bool {
    let is_word = |text: &str| {
        let is_of = |c: char| c.is_alphanumeric() || "._-".contains(c);
        text.len() >= 2 && text.chars().all(is_of)
    };
    is_word(domain) && is_word(user) && !is_common(user)
}

fn is_common(word: &str) -> bool {
    let word = word.to_lowercase();
    // Of a department, as "cyber security" is.
    let word = word.strip_prefix("cyber").unwrap_or(&word);
    NOT_OF_PEOPLE.contains(&word)
}

/// Names in Chinese, Japanese and Korean letters are short, and those of companies and departments have other words.
fn is_cjk(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_hangul = letters.iter().all(|c| ('가'..='힣').contains(c));
    let is_han = letters
        .iter()
        .all(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    let is_company = letters
        .iter()
        .any(|c| "社部課室司局所会院厂店網電팀부과실".contains(*c));
    (is_hangul && letters.len() == 3 || is_han && (2..=4).contains(&letters.len())) && !is_company
}

/// Returns whether a text is two to four words: capitalised, an initial, or in capitals.
fn is_western(text: &str) -> bool {
    let words: Vec<&str> = text
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .collect();
    let is_particle = |word: &str| {
        matches!(
            word,
            "bin" | "binte" | "van" | "von" | "de" | "der" | "s/o" | "d/o" | "al" | "la"
        )
    };
    let is_name = |word: &str| {
        let word = word.trim_end_matches('.');
        let mut chars = word.chars();
        let begins = chars.next().is_some_and(char::is_uppercase);
        let rest = chars.as_str();
        let is_of = |c: char| c.is_alphabetic() || "-'’".contains(c);
        begins && rest.chars().all(is_of) && word.len() <= 20
    };
    // At least one full word: "A B" and "X1 LTD" are not names.
    let is_full =
        |word: &&&str| word.chars().count() >= 3 && word.chars().skip(1).any(char::is_lowercase);
    matches!(words.len(), 2..=4)
        && words.iter().all(|word| is_particle(word) || is_name(word))
        && words.iter().any(|word| is_full(&word))
        && !words
            .iter()
            .any(|word| is_common(word.trim_end_matches('.')))
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let is_of = |c: char| c.is_alphanumeric() || "._-".contains(c);
    let has_role = local.split(|c: char| !c.is_alphabetic()).any(is_common);
    !local.is_empty()
        && local.chars().all(is_of)
        && domain.contains('.')
        && domain.chars().all(is_of)
        && !has_role
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_people_from_companies_and_programs() {
        for name in [
            "Tan Wei Ming",
            "Müller, Anna",
            "J. Schmidt",
            "Siti binte Ahmad",
            "김민준",
            "田中太郎",
            "CORP\\jtan",
            "HANBIT\\m.lee",
            "wei.ming@gmail.com",
            "LEE Jun",
        ] {
            assert!(is_person(name), "{name}");
        }
        for name in [
            "",
            "python-docx",
            "openpyxl",
            "(anonymous)",
            "anonymous",
            "Microsoft Office User",
            "Hanbit Living Co., Ltd.",
            "Product Security",
            "CORP\\admin",
            "개발팀",
            "品質保証部",
            "株式会社山田",
            "ReportLab PDF Library",
            "Example Laboratory",
            "LibreOffice 7.4",
            "jsmith",
            "info@maker.example",
            "ENISA",
            "A B",
        ] {
            assert!(!is_person(name), "{name}");
        }
    }
}
