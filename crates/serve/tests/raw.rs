//! Raw requests against a running server: what is let in, and each way of being refused.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::OnceLock;
use std::thread;

use clspack_serve::{Answer, Cut, Method, Request, Server, Status};

/// Starts one server for all tests: `/` is open, `/echo` answers with the body, `/q` with a value of the query.
fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let server = Server::open(0, &["/"]).unwrap();
        thread::spawn(|| self::server().run(&answer));
        server
    })
}

fn answer(request: &mut Request) -> Answer {
    match (request.method(), request.path()) {
        (Method::Get, "/") => Answer::page("hello"),
        (Method::Get, "/q") => Answer::json(request.query("a").unwrap_or("none").to_owned()),
        (Method::Get, "/panic") => panic!("a fault of ours"),
        (Method::Post, "/echo") => match request.read(1_000) {
            Ok(body) => Answer::new("application/octet-stream", body),
            Err(Cut::TooLarge) => Answer::refusal(Status::TooLarge),
            Err(Cut::Broken(_)) => Answer::refusal(Status::BadRequest),
        },
        (Method::Post, "/unread") => Answer::page("done"),
        _ => Answer::missing(),
    }
}

fn ask(raw: &str) -> String {
    let port = server().address();
    let port = port.trim_end_matches('/').rsplit(':').next().unwrap();
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    let raw = raw
        .replace("PORT", port)
        .replace("SECRET", server().secret());
    stream.write_all(raw.as_bytes()).unwrap();
    // It may have been refused and closed by now.
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn status(raw: &str) -> String {
    let answer = ask(raw);
    answer.split(' ').nth(1).unwrap_or("none").to_owned()
}

const TOLD: &str = "Host: 127.0.0.1:PORT\r\nX-Secret: SECRET\r\nSec-Fetch-Site: same-origin\r\n";

#[test]
fn the_first_page_is_open_to_the_address_bar_and_everything_else_needs_the_secret() {
    let get = |path: &str, fields: &str| status(&format!("GET {path} HTTP/1.1\r\n{fields}\r\n"));
    assert_eq!(
        get("/", "Host: 127.0.0.1:PORT\r\nSec-Fetch-Site: none\r\n"),
        "200"
    );
    assert_eq!(get("/", "Host: localhost:PORT\r\n"), "200");
    assert_eq!(get("/q?a=1", TOLD), "200");
    assert_eq!(
        get("/q?a=1", "Host: 127.0.0.1:PORT\r\nX-Secret: SECRET\r\n"),
        "200"
    );
    for (fields, what) in [
        ("Host: 127.0.0.1:PORT\r\n", "no secret"),
        (
            "Host: 127.0.0.1:PORT\r\nX-Secret: 0123\r\n",
            "another secret",
        ),
        (
            "Host: 127.0.0.1:PORT\r\nCookie: x-secret=SECRET\r\n",
            "a cookie",
        ),
        (
            "Host: 127.0.0.1:PORT\r\nX-Secret: SECRET\r\nSec-Fetch-Site: same-site\r\n",
            "another port",
        ),
        (
            "Host: 127.0.0.1:PORT\r\nX-Secret: SECRET\r\nSec-Fetch-Site: cross-site\r\n",
            "another site",
        ),
        (
            "Host: 127.0.0.1:PORT\r\nX-Secret: SECRET\r\nSec-Fetch-Site: none\r\n",
            "the address bar",
        ),
        (
            "Host: 127.0.0.1:PORT\r\nX-Secret: SECRET\r\nOrigin: http://evil.example\r\n",
            "another origin",
        ),
        (
            "Host: 127.0.0.1:PORT\r\nX-Secret: SECRET\r\nOrigin: null\r\n",
            "no origin",
        ),
        (
            "Host: 127.0.0.1:PORT\r\nX-Secret: SECRET\r\nOrigin: http://localhost:PORT\r\n",
            "the other name",
        ),
    ] {
        assert_eq!(get("/q?a=1", fields), "403", "{what}");
    }
    // A file of the program leads the browser to the first page; that page tells nothing.
    let led = "Host: 127.0.0.1:PORT\r\nSec-Fetch-Site: cross-site\r\n";
    assert_eq!(get("/", led), "200");
}

#[test]
fn a_name_that_was_made_to_point_here_is_refused_first() {
    for host in [
        "evil.example",
        "evil.example:PORT",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.evil.example:PORT",
        "[::1]:PORT",
        "LOCALHOST:PORT",
        "",
    ] {
        let raw = format!("GET /q HTTP/1.1\r\nHost: {host}\r\nX-Secret: SECRET\r\n\r\n");
        assert_eq!(status(&raw), "421", "{host}");
        // Also where there would be nothing, so that a refusal tells nothing of what is there.
        let raw = format!("GET /nothing HTTP/1.1\r\nHost: {host}\r\n\r\n");
        assert_eq!(status(&raw), "421", "{host}");
    }
}

#[test]
fn a_head_with_two_meanings_is_refused() {
    let long = format!("X-Long: {}\r\n", "a".repeat(20_000));
    let many = "X-A: 1\r\n".repeat(70);
    for (line, fields, wanted) in [
        ("GET /q HTTP/1.1", "", "400"),
        (
            "GET /q HTTP/1.1",
            "Host: 127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT\r\n",
            "400",
        ),
        (
            "GET /q HTTP/1.1",
            "Host: 127.0.0.1:PORT\r\nX-Secret: SECRET\r\nX-Secret: SECRET\r\n",
            "400",
        ),
        ("GET /q HTTP/1.0", TOLD, "400"),
        ("GET http://127.0.0.1:PORT/q HTTP/1.1", TOLD, "400"),
        ("GET //evil.example/q HTTP/1.1", TOLD, "400"),
        ("GET q HTTP/1.1", TOLD, "400"),
        ("GET /%zz HTTP/1.1", TOLD, "400"),
        ("GET /q%00 HTTP/1.1", TOLD, "400"),
        ("GET /q HTTP/1.1", "Host : 127.0.0.1:PORT\r\n", "400"),
        ("GET /q HTTP/1.1", long.as_str(), "431"),
        ("GET /q HTTP/1.1", many.as_str(), "431"),
        ("PUT /q HTTP/1.1", TOLD, "405"),
        ("OPTIONS /q HTTP/1.1", TOLD, "405"),
        ("\u{16}\u{3}\u{1}", "", "400"),
    ] {
        assert_eq!(
            status(&format!("{line}\r\n{fields}\r\n")),
            wanted,
            "{line} {fields:.80}"
        );
    }
    assert_eq!(ask(""), "");
}

#[test]
fn a_body_has_one_length_and_a_bound() {
    let post = |path: &str, fields: &str, body: &str| {
        status(&format!("POST {path} HTTP/1.1\r\n{TOLD}{fields}\r\n{body}"))
    };
    assert_eq!(post("/echo", "Content-Length: 5\r\n", "hello"), "200");
    assert_eq!(post("/echo", "Content-Length: 0\r\n", ""), "200");
    assert_eq!(post("/unread", "Content-Length: 5\r\n", "hello"), "200");
    assert_eq!(post("/echo", "", "hello"), "411");
    assert_eq!(
        post("/echo", "Content-Length: 1001\r\n", &"a".repeat(1001)),
        "413"
    );
    for (fields, what) in [
        ("Content-Length: 9\r\n", "it ends early"),
        ("Content-Length: +5\r\n", "a sign"),
        ("Content-Length: 5, 5\r\n", "a list"),
        ("Content-Length: 5\r\nContent-Length: 5\r\n", "two lengths"),
        ("Content-Length: 99999999999999999999999\r\n", "no number"),
        ("Transfer-Encoding: chunked\r\n", "another form"),
        (
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "both",
        ),
    ] {
        assert_eq!(post("/echo", fields, "hello"), "400", "{what}");
    }
    let get = format!("GET /q HTTP/1.1\r\n{TOLD}Content-Length: 5\r\n\r\nhello");
    assert_eq!(status(&get), "400");
}

#[test]
fn what_follows_the_body_is_not_a_second_request() {
    let twice = format!(
        "POST /echo HTTP/1.1\r\n{TOLD}Content-Length: 5\r\n\r\nhelloGET /q HTTP/1.1\r\n{TOLD}\r\n"
    );
    let answer = ask(&twice);
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
    assert!(answer.ends_with("\r\n\r\nhello"));
}

#[test]
fn every_answer_keeps_the_page_to_itself() {
    let refused = "GET /q HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned();
    for raw in [format!("GET /q HTTP/1.1\r\n{TOLD}\r\n"), refused] {
        let answer = ask(&raw);
        for field in [
            "Content-Security-Policy: default-src 'none'; script-src 'self'",
            "frame-ancestors 'none'",
            "X-Content-Type-Options: nosniff",
            "Cache-Control: no-store",
            "Connection: close",
            "Cross-Origin-Resource-Policy: same-origin",
        ] {
            assert!(answer.contains(field), "{field}: {answer}");
        }
        assert!(!answer.contains("Access-Control-Allow"), "{answer}");
    }
}

#[test]
fn a_fault_of_ours_ends_one_answer_and_not_the_server() {
    assert_eq!(ask(&format!("GET /panic HTTP/1.1\r\n{TOLD}\r\n")), "");
    assert_eq!(status(&format!("GET /q HTTP/1.1\r\n{TOLD}\r\n")), "200");
}

#[test]
fn an_answer_does_not_wait_for_the_other_side_to_close() {
    let port = server().address();
    let port = port.trim_end_matches('/').rsplit(':').next().unwrap();
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    stream
        .set_read_timeout(Some(std::time::Duration::from_secs(5)))
        .unwrap();
    let raw = "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n".replace("PORT", port);
    stream.write_all(raw.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with("hello"), "{answer}");
}

#[test]
fn a_value_of_the_query_is_decoded() {
    let answer = ask(&format!(
        "GET /q?b=2&a=%E8%A8%BC%20x HTTP/1.1\r\n{TOLD}\r\n"
    ));
    assert!(answer.ends_with("証 x"), "{answer}");
}
