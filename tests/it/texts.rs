//! Many texts that people leave in manifests, each found where it is; and as many honest ones, of which nothing
//! is said.

use std::path::Path;

use clspack::case::{self, Case};
use clspack::diag::Place;
use clspack::rules::RuleBook;
use clspack::world::Os;

use crate::support;

/// The fields of the base that a row replaces: their names here, the route, the line and what is put in.
const FIELDS: &[(&str, &str, &str, &str)] = &[
    (
        "yes",
        "provisions.5.1-1.detail",
        "  5.1-1: { support: yes, detail: The user sets the password at first use., evidence: [evidence/passwords.pdf] }",
        "  5.1-1: { support: yes, detail: {}, evidence: [evidence/passwords.pdf] }",
    ),
    (
        "bare",
        "provisions.5.1-1.detail",
        "  5.1-1: { support: yes, detail: The user sets the password at first use., evidence: [evidence/passwords.pdf] }",
        "  5.1-1: { support: yes, detail: {} }",
    ),
    (
        "n/a",
        "provisions.5.1-2.detail",
        "  5.1-2: { support: yes, detail: Preset passwords are random for each unit., evidence: [evidence/passwords.pdf] }",
        "  5.1-2: { support: n/a, detail: {} }",
    ),
    (
        "page",
        "product.vulnerability_disclosure",
        "  vulnerability_disclosure: https://devices.example/security",
        "  vulnerability_disclosure: {}",
    ),
    (
        "mail",
        "applicant.contact.email",
        "  contact: { name: Robin Example, email: ra@devices.example }",
        "  contact: { name: Robin Example, email: {} }",
    ),
    (
        "phone",
        "applicant.contact.phone",
        "  contact: { name: Robin Example, email: ra@devices.example }",
        "  contact: { name: Robin Example, email: ra@devices.example, phone: {} }",
    ),
    (
        "model",
        "product.models",
        "  models: [SC-100]",
        "  models: [{}]",
    ),
    ("brand", "product.brand", "  brand: Exampla", "  brand: {}"),
    (
        "maker",
        "applicant.name",
        "  name: Example Devices Pte. Ltd.",
        "  name: {}",
    ),
];

const FAULTY: &[(&str, &str)] = &[
    ("yes", "See attached."),
    (
        "yes",
        "Kestrel Home Pte. Ltd. publishes the policy on passwords.",
    ),
    (
        "yes",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
    ),
    ("yes", "The [component] checks each password."),
    ("yes", "Passwords are kept by [product name]."),
    ("yes", "Passwords are kept by <vendor>."),
    ("yes", "Passwords are kept by {{component}} in flash."),
    ("yes", "Passwords are kept by ____ in flash."),
    ("yes", "t.b.d."),
    ("yes", "The hash is t.b.c. by the vendor of the chip."),
    ("yes", "TBC by lab"),
    (
        "yes",
        "Each unit has its own password, tbd for the guest account.",
    ),
    ("yes", "To be confirmed by R&D."),
    ("yes", "Passwords are hashed. Screenshot to be added later."),
    ("yes", "Evidence to be provided."),
    ("yes", "The algorithm is still to be defined."),
    ("yes", "Insert here how passwords are set."),
    ("yes", "Insert text here."),
    ("yes", "Please describe the mechanism."),
    ("yes", "The password has xxx characters."),
    ("yes", "Copy from the SC-90 application."),
    ("yes", "Copied from previous submission"),
    ("yes", "TODO: ask the firmware team."),
    ("yes", "Set at first use. FIXME check with Jun."),
    ("yes", "N/A"),
    ("yes", "Not applicable."),
    ("yes", "Yes."),
    ("yes", "OK"),
    ("yes", "Done."),
    ("yes", "Supported"),
    ("yes", "Compliant."),
    ("yes", "Yes, fully supported."),
    ("yes", "The device complies with this provision."),
    ("yes", "-"),
    ("yes", "Same as above."),
    ("yes", "As discussed."),
    ("yes", "As discussed with CSA in May."),
    ("bare", "See attached."),
    ("bare", "Please refer to the attached document for details."),
    ("yes", "Not supported."),
    ("yes", "Not implemented yet."),
    ("yes", "We do not yet ask for a new password."),
    ("yes", "Planned for Q2 2027."),
    (
        "yes",
        "Unique passwords will be introduced in the next firmware release.",
    ),
    ("yes", "This feature is under development."),
    ("yes", "The requirement is not met."),
    ("yes", "Coming soon"),
    ("yes", "未定"),
    ("yes", "要確認"),
    ("yes", "詳細は追って記載します。"),
    ("yes", "未対応"),
    ("yes", "次期バージョンで対応予定です。"),
    ("yes", "対応済み"),
    ("yes", "추후 기재"),
    ("yes", "미지원"),
    ("yes", "검토 중"),
    ("yes", "待补充"),
    ("yes", "暂不支持"),
    ("yes", "Der Nachweis wird nachgereicht."),
    ("yes", "Noch offen"),
    ("yes", "Noch nicht umgesetzt."),
    ("bare", "Siehe Anlage."),
    ("yes", "Firmware 3.3 asks for a new password."),
    ("yes", "Tested with firmware version 2.9.1."),
    ("yes", "The SC-200 asks for a new password."),
    ("yes", "The SC-1OO asks for a new password."),
    (
        "yes",
        "Security updates for it are provided until 30 June 2029.",
    ),
    ("yes", "Support ends on 2031-06-30."),
    (
        "yes",
        "Each Kestrel Smart Camera 1 asks for a new password.",
    ),
    ("yes", "The maker (UEN 201912345R) sets none."),
    ("n/a", "not applicable."),
    ("n/a", "N.A."),
    ("n/a", "Irrelevant"),
    ("n/a", "This is not relevant."),
    ("n/a", "Supported."),
    ("n/a", "Implemented in full"),
    ("n/a", "該当なし"),
    ("n/a", "entfällt"),
    ("page", "http://www.kestrelhome.com/security"),
    ("page", "https://localhost/security"),
    ("page", "https://192.168.0.10/security"),
    ("page", "https://[fd12::1]/security"),
    ("page", "https://intranet/security"),
    ("page", "https://kestrel.local/security"),
    ("page", "https://wiki.kestrel.internal/security"),
    ("page", "https://security.kestrel.home.arpa/"),
    ("page", "https://staging.kestrelhome.com/security"),
    ("page", "https://www-uat.kestrelhome.co.kr/security"),
    ("page", "https://kestrel.sharepoint.com/sites/security"),
    ("page", "https://drive.google.com/file/d/1/view"),
    ("page", "https://www.dropbox.com/s/1/policy.pdf"),
    ("page", "https://www.kestrelhome.com/login?next=/security"),
    ("page", "https://www.kestrelhome.com/security?token=abc"),
    ("page", "https://www.kestrelhome.com/security;jsessionid=12"),
    ("page", "https://guest:guest@www.kestrelhome.com/security"),
    ("page", "https://www.kestrelhome.com:99999/security"),
    ("page", "https://www.kestrelhome.com:8443/security"),
    ("page", "https://www.yourcompany.com/security"),
    ("page", "https://www.domain.tld/security"),
    ("page", "https://www.kеstrelhome.com/security"),
    ("page", "https://xn--80ak6aa92e.com/security"),
    ("mail", "xxx@kestrelhome.com"),
    ("mail", "test@test.com"),
    ("mail", "name@yourcompany.com"),
    ("mail", "your.name@kestrelhome.com"),
    ("mail", "noreply@kestrelhome.com"),
    ("mail", "kestrel.home@gmail.com"),
    ("mail", "ra@kestrel.local"),
    ("phone", "+65 1234 5678"),
    ("phone", "+65 0000 0000"),
    ("phone", "+65 9999 9999"),
    ("phone", "+49 30 1234567"),
    ("phone", "+65 612"),
    ("model", "SС-100"),
    ("model", "ЅС-100"),
    ("model", "𝐒C-100"),
    ("model", "ＳＣ－１００"),
    ("model", "SC-100, SC-1O0"),
    ("brand", "Exаmpla"),
    ("brand", "TBD"),
    ("maker", "To be confirmed"),
];

const HONEST: &[(&str, &str)] = &[
    (
        "yes",
        "Noch nicht installierte Updates zeigt die App auf der Startseite.",
    ),
    (
        "yes",
        "In progress bars the app shows how far the set-up is.",
    ),
    ("yes", "Under development keys no retail unit starts."),
    (
        "yes",
        "To be supported by the app, a phone needs Android 12, and the owner sets a password.",
    ),
    (
        "yes",
        "Test Rite Pte. Ltd. hosts the service that checks passwords.",
    ),
    (
        "yes",
        "Default passwords are not supported; the owner sets one at first use.",
    ),
    (
        "yes",
        "Telnet was removed. It is not supported in any build.",
    ),
    (
        "yes",
        "No password is set at the factory, and none is shared.",
    ),
    ("yes", "Not one of 400 units had the password of another."),
    (
        "yes",
        "The next penetration test is planned for March 2027; that of May 2026 found no preset password.",
    ),
    (
        "yes",
        "Key rotation is planned for each January and announced a month before.",
    ),
    (
        "yes",
        "A rule that is to be added is shown to the owner first.",
    ),
    (
        "yes",
        "Changes have to be confirmed by the owner with the password.",
    ),
    (
        "yes",
        "Receipt is to be confirmed within three working days.",
    ),
    (
        "yes",
        "A camera that has not yet been paired accepts no login.",
    ),
    (
        "yes",
        "The owner enters the code of the label here and chooses a password.",
    ),
    ("yes", "Users copy the code from the label into the app."),
    (
        "yes",
        "Supported by a secure element that holds the verifier of each password.",
    ),
    (
        "yes",
        "Yes: the set-up does not go on before the owner has chosen a password.",
    ),
    (
        "yes",
        "Done by the owner in the app under Profile, Security, Password.",
    ),
    (
        "yes",
        "See page 3 of the attached overview for the three screens of the set-up.",
    ),
    (
        "yes",
        "The password is asked for as described in RFC 8265 [1].",
    ),
    ("yes", "The mask 192.168.xxx.xxx is refused as a password."),
    (
        "yes",
        "The pattern <serial>-<check> is never used for a password.",
    ),
    ("yes", "The loader calls __init__ once the password is set."),
    (
        "yes",
        "Units with firmware older than 3.3 were not sold; 3.4 asks at first use.",
    ),
    ("yes", "Firmware 3.4 asks for a password at first use."),
    ("yes", "Since firmware 2.9 the app refuses a weak password."),
    (
        "yes",
        "An update from firmware 3.3 to 3.4 keeps the password.",
    ),
    (
        "yes",
        "Firmware 3.4 replaces firmware 3.3, which was never sold.",
    ),
    (
        "yes",
        "The SC-100 and the SC 100 of the manual are one model.",
    ),
    (
        "yes",
        "AES-256, SHA-256, WPA3 and TLS 1.3 protect the password.",
    ),
    ("yes", "The certificate of the service is valid until 2029."),
    ("yes", "The camera is supported until 30 June 2030."),
    ("yes", "Security updates are provided at least until 2028."),
    (
        "yes",
        "Every Smart Camera 1 asks for a password, and Exampla keeps none.",
    ),
    (
        "yes",
        "The test sample of TBC Corporation was reset and asked for a password again.",
    ),
    (
        "yes",
        "The set-up was watched by Test Rite and by Sample Foods Pte. Ltd.",
    ),
    (
        "yes",
        "A placeholder in the input field names the least length.",
    ),
    (
        "yes",
        "The dummy account of the factory is deleted before packing.",
    ),
    (
        "yes",
        "初回設定で利用者が十文字以上のパスワードを決めます。",
    ),
    (
        "yes",
        "工場出荷時のパスワードはなく、共通のパスワードにも対応していません。",
    ),
    (
        "yes",
        "最初の設定では、要確認の項目がすべて表示され、利用者が承認します。",
    ),
    (
        "yes",
        "공장 출하 시 비밀번호는 없으며, 공통 비밀번호를 지원하지 않습니다.",
    ),
    ("yes", "用户在首次使用时设置密码，设备不支持通用密码。"),
    (
        "yes",
        "Ein gemeinsames Passwort wird nicht unterstützt; jeder Nutzer wählt ein eigenes.",
    ),
    ("yes", "Bleibt ein Port noch offen, so meldet das die App."),
    ("yes", "Die Anlage im Werk vergibt kein Passwort."),
    (
        "yes",
        "Todo el tráfico va cifrado y cada usuario elige su contraseña.",
    ),
    (
        "yes",
        "Le mot de passe est choisi par le propriétaire à la première mise en service.",
    ),
    (
        "yes",
        "The same as in the shop: the owner chooses a password before the first picture.",
    ),
    (
        "yes",
        "As discussed in section 4 of the overview, no password is preset.",
    ),
    (
        "yes",
        "The page names who will be informed when a password is reset.",
    ),
    (
        "yes",
        "Passwords in progress of being changed stay valid for one minute.",
    ),
    ("yes", "Version 2.0 of the policy asks for ten characters."),
    (
        "n/a",
        "No password is preset, so there is no way of generating one.",
    ),
    ("n/a", "The camera has no password."),
    (
        "n/a",
        "Passwords are not used; pairing takes a press of the button.",
    ),
    (
        "n/a",
        "出荷時に設定済みのパスワードが存在しないため該当しません。",
    ),
    ("n/a", "Passwörter gibt es nicht."),
    ("n/a", "비밀번호가 없습니다."),
    ("page", "https://www.kestrelhome.com/security"),
    ("page", "https://test-rite.com/security"),
    ("page", "https://test.com.sg/security"),
    ("page", "https://developers.kestrelhome.com/psirt"),
    ("page", "https://www.kestrelhome.com/login-security"),
    (
        "page",
        "https://www.kestrelhome.com:443/security?model=SC-100&lang=en",
    ),
    ("page", "https://sicherheit.müller-kamera.de/"),
    ("page", "https://안전.한국/보안"),
    ("page", "https://пример.рф/security"),
    ("page", "https://localhero.com/internal/policy"),
    ("page", "https://box.kestrelhome.com/sharepoint.com"),
    ("page", "HTTPS://www.kestrelhome.com/security"),
    ("mail", "test.lab@kestrelhome.com"),
    ("mail", "name.services@kestrelhome.com"),
    ("mail", "psirt@gmail.kestrelhome.com"),
    ("mail", "reply@kestrelhome.com"),
    ("mail", "käthe@kestrel-kamera.de"),
    ("phone", "+65 6321 7788"),
    ("phone", "+65 8123 9988"),
    ("phone", "+65 1800 321 7788"),
    ("phone", "+82 2-2113-4700"),
    ("phone", "+49 (0)221 9987 654 ext 12"),
    ("phone", "+81 3-5577-3300"),
    ("model", "МЖ-100"),
    ("model", "型番-100"),
    ("model", "SC-100, SC-100I"),
    ("model", "SC-100, SC-101, SC-110"),
    ("brand", "Ωmega"),
    ("brand", "Москва"),
    ("brand", "Test Rite"),
    ("brand", "Dummy Bear"),
    ("maker", "Sample Foods Pte. Ltd."),
    ("maker", "Pending Systems GmbH"),
    ("maker", "株式会社見本 (Mihon K.K.)"),
];

fn case(base: &Path, book: &RuleBook, field: &str, text: &str) -> (Case, &'static str) {
    let (_, route, old, new) = FIELDS.iter().find(|(name, ..)| *name == field).unwrap();
    let manifest =
        std::fs::read_to_string(support::repository("tests/bases/level-1/manifest.yaml")).unwrap();
    assert_eq!(manifest.matches(old).count(), 1, "{old}");
    let items: Vec<String> = text
        .split(", ")
        .map(|item| serde_json::to_string(item).unwrap())
        .collect();
    let value = match field {
        "model" => items.join(", "),
        _ => serde_json::to_string(text).unwrap(),
    };
    let path = base.join("manifest.yaml");
    std::fs::write(&path, manifest.replace(old, &new.replacen("{}", &value, 1))).unwrap();
    (case::read(&path, book, None, &Os).unwrap(), route)
}

fn base() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    support::copy(&support::repository("tests/bases/level-1"), scratch.path());
    scratch
}

#[test]
fn every_faulty_text_is_found_where_it_is() {
    assert!(FAULTY.len() >= 60);
    let (base, book) = (base(), support::book());
    let mut missed = Vec::new();
    for (field, text) in FAULTY {
        let (case, route) = case(base.path(), &book, field, text);
        let is_there = |place: &Place| match place {
            Place::Field(at) => {
                let at = at.to_string();
                at.starts_with(route) || (route.starts_with(&at) && at.contains('.'))
            }
            _ => false,
        };
        if !case
            .findings()
            .iter()
            .any(|finding| is_there(&finding.place))
        {
            missed.push(format!("{field}: {text}"));
        }
    }
    assert!(
        missed.is_empty(),
        "{} missed:\n{}",
        missed.len(),
        missed.join("\n")
    );
}

#[test]
fn nothing_is_said_of_an_honest_text() {
    assert!(HONEST.len() >= 60);
    let (base, book) = (base(), support::book());
    let mut alarms = Vec::new();
    for (field, text) in HONEST {
        let (case, _) = case(base.path(), &book, field, text);
        let found = case.findings();
        let said = found
            .iter()
            .map(|finding| format!("\n    {} {}", finding.code, finding.message));
        if !found.is_empty() {
            alarms.push(format!("{field}: {text}{}", said.collect::<String>()));
        }
    }
    assert!(
        alarms.is_empty(),
        "{} alarms:\n{}",
        alarms.len(),
        alarms.join("\n")
    );
}
