//! Secrets and personal data that are to be found. All of them are invented; `¦` cuts those that a scanner of
//! source code would take for real.

use std::collections::BTreeSet;

use crate::{Kind, search, search_file};

mod checks;
mod honest;

fn whole(text: &str) -> String {
    text.replace('¦', "")
}

/// The kinds in a text, each value once.
fn kinds(text: &str) -> Vec<Kind> {
    let text = whole(text);
    let mut seen = BTreeSet::new();
    let mut hits = search(&text);
    hits.retain(|hit| seen.insert((hit.kind, text.get(hit.span.clone()).map(str::to_owned))));
    hits.iter().map(|hit| hit.kind).collect()
}

fn all_have(kind: Kind, texts: &[&str]) {
    let missed: Vec<_> = texts.iter().filter(|text| kinds(text) != [kind]).collect();
    let found: Vec<_> = missed.iter().map(|text| (text, kinds(text))).collect();
    assert!(found.is_empty(), "{kind:?}: {found:#?}");
}

/// Base64 as keys have it.
const BODY: &str = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\nAAABAAAAMwAAAAtzc2gtZWQyNTUxOQ";

#[test]
fn finds_private_keys() {
    for label in ["RSA ", "EC ", "DSA ", "OPENSSH ", "", "ENCRYPTED ", "ANY "] {
        let key = format!(
            "-----BEGIN {label}PRIVATE KEY-----\n{BODY}\n-----END {label}PRIVATE KEY-----\n"
        );
        assert_eq!(kinds(&key), [Kind::PrivateKey], "{label}");
        let in_json = format!("{{\"private_key\": \"{}\"}}", key.replace('\n', "\\n"));
        assert_eq!(kinds(&in_json), [Kind::PrivateKey], "{label} in JSON");
    }
    let headed = format!(
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0011\n\n{BODY}"
    );
    let pgp = format!("-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n{BODY}");
    let putty = format!("PuTTY-User-Key-File-2: ssh-rsa\nPrivate-Lines: 8\n{BODY}");
    let ssh2 = format!("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: x\n{BODY}");
    all_have(Kind::PrivateKey, &[&headed, &pgp, &putty]);
    assert!(kinds(&ssh2).is_empty() || kinds(&ssh2) == [Kind::PrivateKey]);
    all_have(
        Kind::PrivateKey,
        &[
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\"}",
            "[Interface]\nPrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
        ],
    );
}

#[test]
fn finds_secrets_that_are_written_in_another_way() {
    let key = "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFb3dJQkFBS0NBUUVBMFozVlM1SkpjZHMzeGZuL3lnV3lGOFBibkd5MEFIQjdNaGdI";
    let key = format!("tls.key: {key}Y1R6NnNFMkkyeVBCCg==");
    all_have(Kind::PrivateKey, &[&key]);
    all_have(
        Kind::Setting,
        &[
            "<password>Tr0ub4dor&3x</password>",
            "<mqtt:dbPassword>Tr0ub4dor3x</mqtt:dbPassword>",
        ],
    );
    all_have(
        Kind::Password,
        &[
            "$ curl -s -u admin:Tr0ub4dor https://192.168.1.1/",
            "curl --user 'admin:Tr0ub4dor 3' -k https://192.168.1.1/",
            "curl https://192.168.1.1/ \\\n  -u admin:Tr0ub4dor",
            "sshpass -p Tr0ub4dor ssh root@192.168.1.1",
        ],
    );
    all_have(
        Kind::Identity,
        &["NRIC: S 1234567 D", "NRIC S123 4567D", "FIN F-2215279-M"],
    );
    for honest in [
        "<password>********</password>",
        "if password>Tr0ub4dor3x then",
        "<password></password> Tr0ub4dor3x",
        "curl -u user:password https://192.168.1.1/",
        "curl -u \"$USER:$PASSWORD\" https://192.168.1.1/",
        "curl -u admin:<password> https://192.168.1.1/",
        "curl https://192.168.1.1/\nthen -u admin:Tr0ub4dor",
        "Part S 1234567 D",
        "NRIC S 1234567 A",
        "tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUVvd0lCQUFLQ0FRRUEwWjNWUzVKSmNkczN4Zm4veWdXeUY4UGJuR3kwQUhCN01oZ0hjVHo2c0UySTJ5UEI",
    ] {
        assert_eq!(kinds(honest), [], "{honest}");
    }
}

#[test]
fn finds_keys_and_tokens() {
    all_have(
        Kind::Token,
        &[
            "aws_access_key_id = AK¦IAQ3EGSIZQ7XB2LMWT",
            "id AS¦IAZ9K2MD4PQ7RLX5CV used",
            "aws_secret_access_key = wJ4lrXUtnFEMI7K7MDENGbPxRfiCYq93bLmTe2Xa",
            "AWS_SECRET_ACCESS_KEY: \"wJ4lrXUtnFEMI7K7MDENGbPxRfiCYq93bLmTe2Xa\"",
            "token gh¦p_9aB3kLmN0pQrS7tUvW2xYzA4bC6dE8fG1hJ5 in the log",
            "token gh¦p_9aB3kLmN0pQrS7tU\nvW2xYzA4bC6dE8fG1hJ5 in the log",
            "id AK¦IAQ3EGSIZQ\r\n7XB2LMWT",
            "gh¦o_9aB3kLmN0pQrS7tUvW2xYzA4bC6dE8fG1hJ5",
            "gh¦s_9aB3kLmN0pQrS7tUvW2xYzA4bC6dE8fG1hJ5",
            "github¦_pat_11ABCDE0A0q7XkzP2mVwYs_T5nHcRb8JdLf3GiKoUeWtZy6Nx9Qv4Mr",
            "GITLAB=gl¦pat-x7Yk2Qp9mLw4Vt8Rz3Bn",
            "xo¦xb-2104857396-5830174629-Zk3mQ8vN1bR7tY5wL2xC9dHf",
            "xo¦xp-2104857396-5830174629-Zk3mQ8vN1bR7tY5wL2xC9dHf",
            "https://hooks.sl¦ack.com/services/T02AB3CD4/B05EF6GH7/q8Rk3Lm9Xw2Zt7Vb1Nc5Yp4D",
            "https://discord.c¦om/api/webhooks/104857396210485739/Zk3mQ8vN1bR7tY5wL2xC9dHf4sJ6gP0a",
            "STRIPE=sk_l¦ive_4eC39HqLyjWDarjtT1zdp7dc",
            "rk_l¦ive_4eC39HqLyjWDarjtT1zdp7dc",
            "//registry.npmjs.org/:_authToken=np¦m_7Yk2Qp9mLw4Vt8Rz3BnXc6Ds1Fg5Hj0KaEuW",
            "py¦pi-AgEIcHlwaS5vcmcCJDk4ZmE3YzQ1LTJiMWQtNGU4Zi05YTdjLTNkNWU2ZjhhMGIxYw",
            "key=AI¦zaSyB3kLm9pQ7rT2vX5zN8cF1hJ4dG6wY0uE_o",
            "SG¦.q7Rk3Lm9Xw2Zt7Vb1Nc5YA.Zk3mQ8vN1bR7tY5wL2xC9dHf4sJ6gP0aUeWiOoTzXcV",
            "gl¦sa_7Yk2Qp9mLw4Vt8Rz3BnXc6Ds1Fg5Hj0K_a1b2c3d4",
            "hf¦_7YkQpmLwVtRzBnXcDsFgHjKaEuWiOoTzPq2",
            "do¦p_v1_3f9a1c7be2d84065f1a9c3e7b5d20486e8f7a6b5c4d3e2f10a9b8c7d6e5f4a3b",
            "hvs¦.CAESIJ7Yk2Qp9mLw4Vt8Rz3BnXc6Ds1F",
            "GO¦CSPX-7Yk2Qp9mLw4Vt8Rz3BnXc6Ds1Fg5",
            "sh¦pat_3f9a1c7be2d84065f1a9c3e7b5d20486",
            "sk-a¦nt-api03-7Yk2Qp9mLw4Vt8Rz3BnXc6Ds1Fg5Hj0KaEuWiOoTzPq",
            "AccountName=maker;AccountKey=Zk3mQ8vN1bR7tY5wL2xC9dHf4sJ6gP0aUeWiOoTzXcVq7Rk3Lm9Xw2Zt7Vb1Nc5YA8sD6fG4hJ2kL0pO9iUQ+A==;",
            "https://maker.blob.core.windows.net/logs?sv=2024-05-04&se=2026-12-31&sp=r&sig=Zk3mQ8vN1bR7tY5wL2xC9dHf4sJ6gP0aUeWiOoTzXcV%3D",
            "Authorization: Bearer 7Yk2Qp9mLw4Vt8Rz3BnXc6Ds1F",
            "curl -H 'Authorization: bearer 3f9a1c7be2d84065f1a9c3e7b5d20486'",
            "cookie jar eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZXZpY2UtNDIiLCJleHAiOjE3OTg3NjE2MDB9.q7Rk3Lm9Xw2Zt7Vb1Nc5YAZk3mQ8vN1bR7tY5wL2xC9",
        ],
    );
}

#[test]
fn finds_passwords_that_are_certain() {
    all_have(
        Kind::Password,
        &[
            "mqtt://device:Zk3mQ8vN@broker.maker.example:1883",
            "rtsp://admin:12345@192.168.1.64:554/stream1",
            "postgres://app:s3cr3t-Zk9@db/app",
            "mongodb+srv://app:Zk3mQ8vN1bR7@cluster0.maker.example/test",
            "redis://:Zk3mQ8vN1bR7@cache:6379",
            "https://tan:Hunter.22x@intranet.maker.example/",
            "root:$6$Qk3mZ8vN$7Yk2Qp9mLw4Vt8Rz3BnXc6Ds1Fg5Hj0KaEuWiOoTzPqRsTuVwXyZaBcDeFgHiJkLmNoPqRsTuVwXyZ12:19700:0:99999:7:::",
            "admin:$1$Zk3mQ8vN$7Yk2Qp9mLw4Vt8Rz3BnXc6:0:0::/root:/bin/sh",
            "admin:$apr1$Zk3mQ8vN$7Yk2Qp9mLw4Vt8Rz3BnXc6",
            "web:{SHA}fEqNCco3Yq9h5ZUglD3CZJT4lBs=",
            "pi:$y$j9T$Zk3mQ8vN1bR7tY5wL2xC9d$7Yk2Qp9mLw4Vt8Rz3BnXc6Ds1Fg5Hj0KaEuWiOoTzPq:19700::::::",
            "Authorization: Basic YWRtaW46Wms3bVE4dk4=",
            "Server=db;Database=iot;User Id=sa;Password=Zk3mQ8vN!;",
        ],
    );
}

#[test]
fn finds_passwords_in_settings() {
    all_have(
        Kind::Setting,
        &[
            "password = Hx200-admin7",
            "admin_password: Zk3mQ8vN",
            "{\"wifi\": {\"ssid\": \"lab\", \"password\": \"correct7horse\"}}",
            "pwd=Tr0ub4dor&3",
            "  passphrase: \"Zk3m Q8vN\"\n  passphrase: \"Zk3mQ8vN\"",
            "psk=\"homesweethome42\"",
            "psk=homesweethome",
            "wpa_passphrase=Orchid Road\nwpa_passphrase=OrchidRoad21",
            "api_key: 3f9a1c7be2d84065f1a9c3e7b5d20486",
            "X-Api-Key: 7Yk2Qp9mLw4Vt8Rz3BnXc6",
            "client_secret='7Yk2Qp9mLw4Vt8Rz3BnXc6'",
            "\"mqttPassword\": \"Zk3mQ8vN1\"",
            "DB_PASSWORD=Zk3mQ8vN1",
            "export ROOT_PASSWORD='Zk3mQ8vN1'",
            "the default password is Hx200-admin7, printed on the label",
            "Passwort: Sommer2024!",
            "WIFI:S:Lab;T:WPA;P:Zk3mQ8vN1;;",
            "ftp_pass: Zk3mQ8vN1",
            "user login --password Zk3mQ8vN1",
            "\"hash\": \"$2b$12$Zk3mQ8vN1bR7tY5wL2xC9d7Yk2Qp9mLw4Vt8Rz3BnXc6Ds1F\"",
            "auth_token: Zk3mQ8vN1bR7tY5wL2xC",
            "パスワード：Zk3mQ8vN1",
            "パスワードは Zk3mQ8vN1 です",
            "비밀번호: Zk3mQ8vN1",
            "密码 = Zk3mQ8vN1",
            "Salasana: Zk3mQ8vN1",
            "Administrator password\nZk3mQ8vN1\nnext",
        ],
    );
    all_have(
        Kind::Session,
        &[
            "Cookie: lang=en; session=Zk3mQ8vN1bR7tY5w",
            "Set-Cookie: JSESSIONID=3F9A1C7BE2D84065F1A9C3E7B5D20486; Path=/",
        ],
    );
}

#[test]
fn finds_numbers_of_people() {
    all_have(
        Kind::Identity,
        &[
            "NRIC: S6433012H",
            "FIN No. G2579240N",
            "IC S3530829F",
            "Name,NRIC,Phone\nTan,T7624039B,-",
            "NRIC no. T1810111J",
            "Holder FIN F2215279M",
            "fin: F9990608K",
            "ID G7135241U",
            "FIN M1973060X",
            "Identity no: M9513358K",
            "NRIC S1234567D",
            "850312-1634718",
            "id 11010119850312347X",
            "My Number: 2846 7193 0582",
            "個人番号 284671930582",
            "Steuer-ID: 86095742719",
        ],
    );
    all_have(
        Kind::LikelyIdentity,
        &["S6433012H", "signed by Tan (G2579240N)"],
    );
    all_have(
        Kind::Card,
        &[
            "4539 4127 7242 9717",
            "5274-2417-1419-3578",
            "card 2229392593246293",
            "amex: 3782 148976 88652",
            "PAN=6011434259868524",
            "Visa 4111 1111 1111 1111",
            "credit card 3530297363871299",
            "3056 666882 2582",
            "UnionPay 6222281453477823871",
        ],
    );
    all_have(
        Kind::LikelyCard,
        &["4539412772429717", "paid with 6222215857618634"],
    );
}

#[test]
fn finds_how_to_reach_people() {
    all_have(
        Kind::Email,
        &[
            "weiming.tan@gmail.com",
            "From: Mei Lin <meilin88@yahoo.com.sg>",
            "tan.wei.ming@maker.example",
            "kim_minjun@naver.com",
            "anna.mueller@maker.de",
            "a1b2c3@qq.com",
            "hans@web.de",
        ],
    );
    all_have(
        Kind::Phone,
        &[
            "Mobile: +65 9123 4567",
            "+6591234567",
            "HP 8765 4321",
            "Tel 91234567",
            "+82 10-1234-5678",
            "+81 90-1234-5678",
            "WhatsApp: 9876-5432",
            "+49 171 2345678",
        ],
    );
    all_have(
        Kind::Detail,
        &[
            "Passport No: E1234567K",
            "Passport: K12345678",
            "Date of birth: 1985-03-12",
            "DOB 12/03/1985",
            "Geburtsdatum: 12.03.1985",
            "Home address: 8 Orchid Lane #02-11",
            "Residential address: Blk 123 Example Street 4",
            "\"dateOfBirth\": \"1985-03-12\"",
        ],
    );
}

#[test]
fn finds_passwords_below_their_head() {
    for text in [
        "user,password,role\nadmin,Zk3mQ8vN1,root\nguest,none,user\n",
        "Benutzer;Passwort\nadmin;\"Zk3mQ8vN1\"\n",
        "user\tpwd\nadmin\tZk3mQ8vN1\n",
    ] {
        let found = search_file(text, true).hits;
        let [hit] = found.as_slice() else {
            panic!("{text}: {found:?}");
        };
        assert_eq!(hit.kind, Kind::Setting);
        assert!(text[hit.span.clone()].contains("Zk3mQ8vN1"), "{hit:?}");
    }
    let honest = "password,min_length,hash\nunique per unit,12,sha256\nHX-200,8,argon2\n";
    assert!(search_file(honest, true).hits.is_empty());
}

#[test]
fn many_are_bounded_and_in_order() {
    let lines: Vec<String> = (0..5_000)
        .map(|i| format!("password = Zk{i}mQ8vN\n"))
        .collect();
    let lines = lines.concat();
    let hits = search(&lines);
    assert_eq!(hits.len(), 200);
    assert!(hits.is_sorted_by(|one, next| one.span.end <= next.span.start));
}
