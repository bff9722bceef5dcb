//! A request that has passed the gate.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use crate::head::Head;

/// What is asked: to see, or to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

/// A request.
#[derive(Debug)]
pub struct Request {
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    body: Body,
}

#[derive(Debug)]
struct Body {
    first: io::Cursor<Vec<u8>>,
    rest: Option<TcpStream>,
    /// How many bytes of it were not read yet, by its stated length.
    left: u64,
}

/// Why a body could not be read.
#[derive(Debug)]
pub enum Cut {
    /// It is larger than the bound.
    TooLarge,
    /// It ended before its length, or could not be kept.
    Broken(io::Error),
}

impl Request {
    pub(crate) fn new(head: Head, stream: Option<TcpStream>) -> Option<Self> {
        let (path, query) = head.target.split_once('?').unwrap_or((&head.target, ""));
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decoded(name)?, decoded(value)?))
        });
        Some(Self {
            method: head.method,
            path: decoded(path)?,
            query: pairs.collect::<Option<_>>()?,
            body: Body {
                first: io::Cursor::new(head.rest),
                rest: stream,
                left: head.body_length,
            },
        })
    }

    pub const fn method(&self) -> Method {
        self.method
    }

    /// Returns the path, decoded.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the first value of a name in the query, decoded.
    pub fn query(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Reads a body of at most `limit` bytes.
    ///
    /// # Errors
    /// It is larger, or ends before its length.
    pub fn read(&mut self, limit: u64) -> Result<Vec<u8>, Cut> {
        let mut bytes = Vec::new();
        self.save(&mut bytes, limit).map(|_| bytes)
    }

    /// Copies a body of at most `limit` bytes, and returns its length.
    ///
    /// # Errors
    /// It is larger, or ends before its length, or cannot be written.
    pub fn save(&mut self, to: &mut impl Write, limit: u64) -> Result<u64, Cut> {
        if self.body.left > limit {
            return Err(Cut::TooLarge);
        }
        let n = io::copy(&mut self.body, to).map_err(Cut::Broken)?;
        if self.body.left > 0 {
            return Err(Cut::Broken(io::ErrorKind::UnexpectedEof.into()));
        }
        Ok(n)
    }

    /// Reads what is left of a small body, so that the other side has sent all before it reads the answer.
    pub(crate) fn drain(&mut self) {
        // What cannot be read any more is not missed.
        let _ = io::copy(&mut (&mut self.body).take(1 << 20), &mut io::sink());
    }
}

impl Read for Body {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.left).unwrap_or(usize::MAX);
        let room = room.min(into.len());
        if room == 0 {
            // A read of nothing would wait for the other side.
            return Ok(0);
        }
        let into = &mut into[..room];
        let mut n = self.first.read(into)?;
        if let Some(rest) = self.rest.as_mut().filter(|_| n == 0) {
            n = rest.read(into)?;
        }
        self.left -= n as u64;
        Ok(n)
    }
}

/// Undoes percent-encoding; nothing if that gives no text, or a control character.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    let text = String::from_utf8(bytes).ok()?;
    (!text.chars().any(char::is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn names_are_decoded_once() {
        assert_eq!(decoded("a%20b%25").as_deref(), Some("a b%"));
        assert_eq!(decoded("%E8%A8%BC.pdf").as_deref(), Some("証.pdf"));
        assert_eq!(decoded("%252e").as_deref(), Some("%2e"));
        for no in ["%", "%4", "%zz", "%ff", "%00", "a%0Ab"] {
            assert_eq!(decoded(no), None, "{no}");
        }
    }
}
