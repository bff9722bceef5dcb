//! The head of a request: read to a bound, and refused unless it has exactly one meaning.

use std::io::Read;

use crate::answer::Status;
use crate::request::Method;

/// How many bytes a head may have; browsers send about one thousand.
const MAX_HEAD: usize = 16 * 1024;
const MAX_FIELDS: usize = 64;
/// In how many pieces a head may come, so that nobody is waited for byte by byte.
const MAX_PIECES: usize = 64;

/// What a head says.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) method: Method,
    /// What was asked for: a path that begins with a slash, then perhaps a query.
    pub(crate) target: String,
    pub(crate) host: String,
    pub(crate) origin: Option<String>,
    pub(crate) fetch_site: Option<String>,
    pub(crate) secret: Option<String>,
    pub(crate) body_length: u64,
    /// What was read beyond the head: the body's first bytes.
    pub(crate) rest: Vec<u8>,
}

/// Reads a head.
///
/// # Errors
/// The status to answer with; `None` if the other side sent nothing, as browsers do with spare connections.
pub(crate) fn read(from: &mut impl Read) -> Result<Head, Option<Status>> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 2048];
    for _ in 0..MAX_PIECES {
        let n = from.read(&mut chunk).map_err(|_| None)?;
        if n == 0 {
            return Err((!bytes.is_empty()).then_some(Status::BadRequest));
        }
        bytes.extend_from_slice(&chunk[..n]);
        if let Some(head) = parse(&bytes).map_err(Some)? {
            return Ok(head);
        }
        if bytes.len() > MAX_HEAD {
            break;
        }
    }
    Err(Some(Status::HeadTooLarge))
}

/// Parses a head; nothing while it is not whole.
fn parse(bytes: &[u8]) -> Result<Option<Head>, Status> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut parsed = httparse::Request::new(&mut fields);
    let end = match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(end)) => end,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(Status::HeadTooLarge),
        Err(_) => return Err(Status::BadRequest),
    };
    if end > MAX_HEAD {
        return Err(Status::HeadTooLarge);
    }
    if parsed.version != Some(1) {
        return Err(Status::BadRequest);
    }
    let method = match parsed.method {
        Some("GET") => Method::Get,
        Some("POST") => Method::Post,
        _ => return Err(Status::MethodNotAllowed),
    };
    let target = parsed.path.unwrap_or_default();
    if !target.starts_with('/') || target.starts_with("//") {
        return Err(Status::BadRequest);
    }
    let fields = Fields(parsed.headers);
    if fields.one("transfer-encoding")?.is_some() || fields.one("expect")?.is_some() {
        return Err(Status::BadRequest);
    }
    let body_length = length(method, fields.one("content-length")?)?;
    Ok(Some(Head {
        method,
        target: target.to_owned(),
        host: fields.one("host")?.ok_or(Status::BadRequest)?,
        origin: fields.one("origin")?,
        fetch_site: fields.one("sec-fetch-site")?,
        secret: fields.one(crate::gate::SECRET_FIELD)?,
        body_length,
        rest: bytes[end..].to_vec(),
    }))
}

/// Returns the length of the body, which is stated in plain digits; none for a GET.
fn length(method: Method, stated: Option<String>) -> Result<u64, Status> {
    let Some(stated) = stated else {
        return match method {
            Method::Get => Ok(0),
            Method::Post => Err(Status::LengthRequired),
        };
    };
    let is_plain = !stated.is_empty() && stated.bytes().all(|byte| byte.is_ascii_digit());
    let length: u64 = stated.parse().map_err(|_| Status::BadRequest)?;
    match method {
        _ if !is_plain => Err(Status::BadRequest),
        Method::Get if length > 0 => Err(Status::BadRequest),
        _ => Ok(length),
    }
}

struct Fields<'h>(&'h [httparse::Header<'h>]);

impl Fields<'_> {
    /// Returns the value of a field that may be there once.
    fn one(&self, name: &str) -> Result<Option<String>, Status> {
        let named = |field: &&httparse::Header<'_>| field.name.eq_ignore_ascii_case(name);
        let mut found = self.0.iter().filter(named);
        let first = found.next();
        if found.next().is_some() {
            return Err(Status::BadRequest);
        }
        let text = first.map(|field| std::str::from_utf8(field.value));
        text.transpose()
            .map(|text| text.map(|text| text.trim().to_owned()))
            .map_err(|_| Status::BadRequest)
    }
}
