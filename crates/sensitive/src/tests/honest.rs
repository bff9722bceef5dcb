//! Honest texts: policies, logs, lists and certificates, in which nothing is to be found.

use crate::search;

const SENTENCES: &[&str] = &[
    "Password: must have 8 characters, one of them a digit.",
    "Passwort: wird vom Nutzer gesetzt",
    "パスワードは 12 文字以上です",
    "パスワード：SHA-256 でハッシュ化",
    "Default password\nOG-AX3000",
    "Password\nWPA2-Enterprise",
    "Password\nThe user sets it at first use.",
    "key-\n3f9a",
    "password: 12-stellig, zufällig erzeugt",
    "The default password is unique per device and printed on the label.",
    "The password is set by the user during the first start.",
    "Passwords are stored as $argon2id$v=19$m=65536,t=3,p=4 with a salt of 16 bytes.",
    "password = \"\"",
    "db_password: !vault |",
    "wifi_password: !secret wifi_password",
    "password: ********",
    "password=<your password>",
    "PASSWORD=${DB_PASSWORD}",
    "password: {{ vault_password }}",
    "password = os.environ[\"DB_PASSWORD\"]",
    "password: changeme123",
    "api_key: YOUR_API_KEY_HERE_123",
    "api_key = xxxxxxxxxxxxxxxxxxxx",
    "secret: SHA-256 of the serial number",
    "password hashing: PBKDF2-HMAC-SHA256",
    "password: PBKDF2-HMAC-SHA256, 600000 iterations",
    "password: argon2id-v19",
    "Password policy: see CK-LP-02",
    "password_min_length = 12",
    "password_hash = 5f4dcc3b5aa765d61d8327deb882cf99",
    "\"password\": \"string\"",
    "\"password\": {\"type\": \"string\", \"minLength\": 12}",
    "password   required   pam_unix.so sha512",
    "psk = derived from the passphrase by PBKDF2",
    "psk=<unique per device>",
    "wpa_passphrase=${WIFI_KEY_1}",
    "token: 550e8400-e29b-41d4-a716-446655440000",
    "The session token is 128 bits long and expires after 15 minutes.",
    "secret scanning: 0 findings in 1204 files",
    "Secret: none; Token: none",
    "passphrase: at least 20 characters",
    "Bearer tokens are issued by the authorisation server and last 900 s.",
    "Authorization: Bearer <token>",
    "Authorization: Bearer ${ACCESS_TOKEN_FOR_42}",
    "Authorization: Basic <base64 of user:password>",
    "Basic security requirements are met.",
    "Cookie: theme=dark; language=en-SG",
    "Set-Cookie: session=<random>; HttpOnly; Secure; SameSite=Strict",
    "Cookies are only used for the session.",
    "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEq7Rk3Lm9Xw2Zt7Vb1Nc5YAZk3mQ8\n-----END PUBLIC KEY-----",
    "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUZk3mQ8vN1bR7tY5wL2xC9dHf4sJ6gP0aUeWiOoTzXcVq\n-----END CERTIFICATE-----",
    "We searched all images for `-----BEGIN RSA PRIVATE KEY-----` and found none.",
    "grep -r \"BEGIN PRIVATE KEY\" firmware/ returned 0 lines",
    "-----BEGIN PRIVATE KEY-----\n[REDACTED]\n-----END PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n-----END PRIVATE KEY-----",
    "AWS documents AKIAIOSFODNN7EXAMPLE as a sample.",
    "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "Tokens begin with ghp_, gho_ or github_pat_.",
    "npm_config_registry=https://registry.npmjs.org/",
    "sk_live_ is the prefix of keys in production",
    "sk-learn 1.4.2, sk-image 0.22",
    "AIza is the prefix of such keys",
    "SG.500.1 and SG.500.2",
    "mqtt://broker.maker.example:1883",
    "https://user:password@host/path is refused",
    "https://<user>:<password>@host/",
    "postgres://$USER:$PASSWORD@db/app",
    "https://maker.example/@support",
    "ssh root@192.168.1.1",
    "root:x:0:0:root:/root:/bin/sh",
    "root:*:19700:0:99999:7:::",
    "root:!:19700:0:99999:7:::",
    "PATH=$1$2$3",
    "echo $6 $5 $1",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  firmware.bin",
    "d41d8cd98f00b204e9800998ecf8427e *empty.txt",
    "{\"alg\":\"SHA-256\",\"content\":\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"}",
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "integrity=\"sha512-Zk3mQ8vN1bR7tY5wL2xC9dHf4sJ6gP0aUeWiOoTzXcVq7Rk3Lm9Xw2Zt7Vb1Nc5YA8sD6fG4hJ2kL0pO9iUQ==\"",
    "NRIC: S****567D",
    "NRIC S1234567A is refused, since the check letter is wrong",
    "FIN: G*****40N",
    "The app does not ask for NRIC or FIN.",
    "UEN 201912345A, T01FC6132D, 197401143C",
    "Serial number S6433012H",
    "Model M1234567K-SG",
    "Part no. G2579240N",
    "IMEI 490154203237518",
    "EAN 4006381333931",
    "GTIN 04006381333931",
    "S/N 4539412772429717",
    "serial: 4539412772429717",
    "order 4111111111111111",
    "timestamp 1764201600000000000",
    "4111 1111 1111 1112",
    "card **** **** **** 1111",
    "MAC 00:1A:2B:3C:4D:5E",
    "version 2026.11.28.1200",
    "0.4539412772429717",
    "4539412772429717.25",
    "4539412772429717 4539412772429718 4539412772429719 4539412772429721",
    "850312-1634719",
    "2026-11-28 12:00:00",
    "170312-1234567 is a lot number",
    "psirt@maker.example",
    "security@gmail.com",
    "maker.support@gmail.com",
    "info@maker.de, sales@maker.co.jp",
    "no-reply@accounts.maker.example",
    "product.security@maker.example",
    "vulnerability.reports@maker.example",
    "firstname.lastname@maker.example",
    "john.doe@example.com",
    "git@github.com:maker/firmware.git",
    "@angular/core@17.0.1",
    "logo@2x.png",
    "Copyright (c) 2012 Jane Roe <jane.roe@gmail.com>",
    "Signed-off-by: Jane Roe <jane.roe@kernel.org>",
    "systemd unit getty@tty1.service",
    "Tel: +65 6123 4567",
    "Hotline +65 1800 123 4567",
    "+65 0000 0000",
    "Fax +65 6123 4568",
    "Call us at 6123 4567",
    "Port 8883, 9001, 9443",
    "91234567 bytes written",
    "frame 81234567 of 99999999",
    "Passport is not needed.",
    "The passport control app runs on 443.",
    "The app does not store the date of birth.",
    "DOB is optional (YYYY-MM-DD)",
    "Home address: 192.168.1.0/24",
    "The private address is 10.0.0.1",
    "home address is never stored",
    "Registered address: 1 Example Road #01-01 Singapore 000001",
    "MAC address: 00:1A:2B:3C:4D:5E",
    "PermitRootLogin no\nPasswordAuthentication no\nPubkeyAuthentication yes",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIZk3mQ8vN1bR7tY5wL2xC9dHf4sJ6gP0aUeWiOoTzXcV device",
    "PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 (0xc02f)",
    "getPassword(user) returned in 3 ms",
    "setPassword: passwordField.getText()",
    "Password: ______________",
    "Secret key: stored in the secure element (ATECC608B)",
    "Access token: OAuth2, JWT (ES256), 15 min",
    "Client secret: provisioned per device, see 5.4-4",
    "pwd: /home/build/firmware",
    "pass: 42, fail: 0",
    "PASS: test_login_lockout_10_attempts",
    "Result: pass (12/12)",
    "bypass=0 compass=enabled1",
];

#[test]
fn nothing_is_found_in_honest_texts() {
    assert!(SENTENCES.len() >= 120);
    let mut wrong = Vec::new();
    for text in SENTENCES {
        let found = search(text);
        if !found.is_empty() {
            wrong.push((text, found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_is_found_in_lists_of_components() {
    let components: Vec<String> = (0..300_u64)
        .map(|i| {
            let hash = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            format!("{{\"name\": \"lib{i}\", \"version\": \"{i}.2.0\", \"purl\": \"pkg:npm/%40maker/lib{i}@{i}.1.0\", \"hashes\": [{{\"alg\": \"SHA-256\", \"content\": \"{hash:064x}\"}}], \"bom-ref\": \"{hash:08x}-e29b-41d4-a716-{hash:012x}\"}}")
        })
        .collect();
    let text = format!(
        "{{\"bomFormat\": \"CycloneDX\", \"components\": [{}]}}",
        components.join(",\n")
    );
    assert_eq!(search(&text), []);
}

#[test]
fn nothing_is_found_in_logs_of_numbers() {
    let lines: Vec<String> = (0..2_000_u64)
        .map(|i| {
            let n = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            format!(
                "2026-11-28T12:00:{:02}Z id={n:019} len={} seq {} from 10.0.{}.{} {:016x}",
                i % 60,
                n % 100_000_000,
                n % 10_000_000_000_000_000,
                i % 256,
                n % 256,
                n
            )
        })
        .collect();
    assert_eq!(search(&lines.join("\n")), []);
}
