//! Compares the hash in the CMS data of a digital signature with the hash of the signed bytes.
//!
//! A signature contains a hash of the signed bytes, and is a signature over that hash. Only the hash is checked here.

use super::DigestCheck;

/// How deeply values without a length are followed.
const MAX_DEPTH: usize = 16;

/// This many zeros at the end of a signature belong to the space reserved for it: the signature was cut off.
const CUT: usize = 8;

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const OID: u8 = 0x06;
/// Fields with these numbers.
const FIELD_0: u8 = 0xa0;
const FIELD_1: u8 = 0xa1;

const SIGNED_DATA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
const MESSAGE_DIGEST: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04";
const TIME_STAMP_INFO: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04";
const SHA_256: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x01";
const SHA_384: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x02";
const SHA_512: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x03";

/// The CMS data of a signature.
#[derive(Debug)]
pub(super) struct Cms<'a> {
    /// The type of the signed content.
    kind: &'a [u8],
    /// The content is included, so the hash is of that content.
    has_content: bool,
    /// The signer, if there is exactly one.
    signer: Option<Signer<'a>>,
}

#[derive(Debug)]
struct Signer<'a> {
    /// The hash algorithm.
    algorithm: &'a [u8],
    /// The signed hash, if it is among the signed attributes.
    hash: Option<&'a [u8]>,
}

impl<'a> Cms<'a> {
    /// Reads the data; `None` if it is no CMS data with a signature. Zeros may follow.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut all = Reader(bytes);
        let mut outer = all.take(SEQUENCE)?;
        if all.0.iter().any(|byte| *byte != 0) || outer.take(OID)?.0 != SIGNED_DATA {
            return None;
        }
        let mut data = outer.take(FIELD_0)?.take(SEQUENCE)?;
        data.take(INTEGER)?;
        data.take(SET)?;
        let mut content = data.take(SEQUENCE)?;
        let kind = content.take(OID)?.0;
        // Certificates and revocation lists.
        data.skip(FIELD_0)?;
        data.skip(FIELD_1)?;
        let mut signers = data.take(SET)?;
        let signer = Signer::read(signers.take(SEQUENCE)?)?;
        Some(Self {
            kind,
            has_content: !content.is_at_end(),
            signer: signers.is_at_end().then_some(signer),
        })
    }

    /// Returns true for a time stamp.
    pub(super) fn is_time_stamp(&self) -> bool {
        self.kind == TIME_STAMP_INFO
    }

    /// Compares the signed hash with the hash of the bytes.
    pub(super) fn check(&self, parts: [&[u8]; 2]) -> DigestCheck {
        let signer = self.signer.as_ref().filter(|_| !self.has_content);
        let stated = signer.and_then(|signer| signer.hash);
        let own = signer.and_then(|signer| digest(signer.algorithm, parts));
        match stated.zip(own) {
            None => DigestCheck::Unknown,
            Some((stated, own)) if stated == own => DigestCheck::Fits,
            Some(_) => DigestCheck::Differs,
        }
    }
}

impl<'a> Signer<'a> {
    fn read(mut signer: Reader<'a>) -> Option<Self> {
        signer.take(INTEGER)?;
        let _name = signer.value()?;
        let algorithm = signer.take(SEQUENCE)?.take(OID)?.0;
        let hashes = match signer.tag() {
            Some(FIELD_0) => signed_hashes(signer.take(FIELD_0)?)?,
            _ => Vec::new(),
        };
        signer.take(SEQUENCE)?;
        let (_, end) = signer.take(OCTETS)?.0.split_last_chunk::<CUT>()?;
        (*end != [0; CUT]).then_some(Self {
            algorithm,
            hash: single(&hashes),
        })
    }
}

/// Returns each hash among the signed attributes.
fn signed_hashes(mut attributes: Reader<'_>) -> Option<Vec<&[u8]>> {
    let mut all = Vec::new();
    while !attributes.is_at_end() {
        let mut attribute = attributes.take(SEQUENCE)?;
        if attribute.take(OID)?.0 == MESSAGE_DIGEST {
            all.push(attribute.take(SET)?.take(OCTETS)?.0);
        }
    }
    Some(all)
}

/// With two hashes, nobody can tell which one another program would use.
fn single<'a>(all: &[&'a [u8]]) -> Option<&'a [u8]> {
    match all {
        [one] => Some(one),
        _ => None,
    }
}

fn digest(algorithm: &[u8], [first, second]: [&[u8]; 2]) -> Option<Vec<u8>> {
    fn of<D: sha2::Digest>(first: &[u8], second: &[u8]) -> Vec<u8> {
        let hasher = D::new().chain_update(first).chain_update(second);
        hasher.finalize().to_vec()
    }
    match algorithm {
        SHA_256 => Some(of::<sha2::Sha256>(first, second)),
        SHA_384 => Some(of::<sha2::Sha384>(first, second)),
        SHA_512 => Some(of::<sha2::Sha512>(first, second)),
        _ => None,
    }
}

/// Reads one value after the other: tag, length and content.
#[derive(Clone, Copy, Debug)]
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn tag(&self) -> Option<u8> {
        self.0.first().copied()
    }

    fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads a required value.
    fn take(&mut self, tag: u8) -> Option<Self> {
        let (found, content) = self.value()?;
        (found == tag).then_some(Self(content))
    }

    /// Skips an optional value.
    fn skip(&mut self, tag: u8) -> Option<()> {
        match self.tag() {
            Some(found) if found == tag => self.value().map(|_| ()),
            _ => Some(()),
        }
    }

    fn value(&mut self) -> Option<(u8, &'a [u8])> {
        self.value_within(MAX_DEPTH)
    }

    fn value_within(&mut self, depth: usize) -> Option<(u8, &'a [u8])> {
        let [tag, length, rest @ ..] = self.0 else {
            return None;
        };
        // No signature has tags of several bytes.
        if tag & 0x1f == 0x1f {
            return None;
        }
        if *length == 0x80 {
            let content = Self(rest).until_end(depth)?;
            self.0 = rest.get(content.len() + 2..)?;
            return Some((*tag, content));
        }
        let n_more = if *length < 0x80 { 0 } else { length & 0x7f };
        let (more, rest) = rest.split_at_checked(usize::from(n_more))?;
        let length = match n_more {
            0 => usize::from(*length),
            1..=4 => more
                .iter()
                .fold(0, |length, byte| length << 8 | usize::from(*byte)),
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((*tag, content))
    }

    /// Returns the values up to two zeros, which end a value of indefinite length.
    fn until_end(mut self, depth: usize) -> Option<&'a [u8]> {
        let depth = depth.checked_sub(1)?;
        let all = self.0;
        while !self.0.starts_with(&[0, 0]) {
            self.value_within(depth)?;
        }
        all.get(..all.len() - self.0.len())
    }
}
