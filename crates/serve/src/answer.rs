//! What is answered. The fields that keep a page to itself are part of every answer.

use std::io::{self, Write};

/// How a request came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Ok,
    BadRequest,
    Forbidden,
    Missing,
    MethodNotAllowed,
    /// What the request would change is not what it was any more.
    Conflict,
    LengthRequired,
    TooLarge,
    Misdirected,
    Unprocessable,
    HeadTooLarge,
    Failed,
    Busy,
}

impl Status {
    pub const fn number(self) -> u16 {
        match self {
            Self::Ok => 200,
            Self::BadRequest => 400,
            Self::Forbidden => 403,
            Self::Missing => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict => 409,
            Self::LengthRequired => 411,
            Self::TooLarge => 413,
            Self::Misdirected => 421,
            Self::Unprocessable => 422,
            Self::HeadTooLarge => 431,
            Self::Failed => 500,
            Self::Busy => 503,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::BadRequest => "Bad Request",
            Self::Forbidden => "Forbidden",
            Self::Missing => "Not Found",
            Self::MethodNotAllowed => "Method Not Allowed",
            Self::Conflict => "Conflict",
            Self::LengthRequired => "Length Required",
            Self::TooLarge => "Content Too Large",
            Self::Misdirected => "Misdirected Request",
            Self::Unprocessable => "Unprocessable Content",
            Self::HeadTooLarge => "Request Header Fields Too Large",
            Self::Failed => "Internal Server Error",
            Self::Busy => "Service Unavailable",
        }
    }
}

/// What may be loaded and done by a page: its own files, pictures and documents that its script made, nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
    connect-src 'self'; frame-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// An answer to a request.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: Status,
    /// Its type, such as `text/html; charset=utf-8`.
    pub kind: &'static str,
    pub body: Vec<u8>,
}

impl Answer {
    /// Answers with a body of a type.
    pub fn new(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let (status, body) = (Status::Ok, body.into());
        Self { status, kind, body }
    }

    /// Answers with HTML.
    pub fn page(html: impl Into<Vec<u8>>) -> Self {
        Self::new("text/html; charset=utf-8", html)
    }

    /// Answers with JSON.
    pub fn json(json: impl Into<Vec<u8>>) -> Self {
        Self::new("application/json", json)
    }

    /// Answers that nothing is there.
    pub fn missing() -> Self {
        Self::refusal(Status::Missing)
    }

    /// Answers by a status alone.
    pub fn refusal(status: Status) -> Self {
        Self::new("text/plain; charset=utf-8", status.words()).with(status)
    }

    /// Changes the status.
    #[must_use]
    pub const fn with(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let (number, words) = (self.status.number(), self.status.words());
        write!(
            to,
            "HTTP/1.1 {number} {words}\r\n\
             Content-Type: {}\r\n\
             Content-Length: {}\r\n\
             Connection: close\r\n\
             Cache-Control: no-store\r\n\
             Content-Security-Policy: {POLICY}\r\n\
             X-Content-Type-Options: nosniff\r\n\
             X-Frame-Options: DENY\r\n\
             Referrer-Policy: no-referrer\r\n\
             Cross-Origin-Opener-Policy: same-origin\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\n\
             Cross-Origin-Embedder-Policy: require-corp\r\n\
             Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n\r\n",
            self.kind,
            self.body.len(),
        )?;
        to.write_all(&self.body)?;
        to.flush()
    }
}
