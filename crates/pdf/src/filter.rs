//! Unpacks streams with the standard filters for text and structure, each up to a limit. Filters of pictures are not
//! needed: a picture is compared by its packed bytes.

use std::borrow::Cow;
use std::cell::RefCell;

use flate2::{Decompress, FlushDecompress, Status};

use super::Unread;
use super::fuel::Fuel;
use super::lex::{hex, is_white};
use super::predict::{self, Predictor};

/// The most bytes that a stream may unpack to.
pub(super) const MAX_UNPACKED: usize = 40_000_000;
/// How many filters a stream may have.
const MAX_CHAIN: usize = 16;

thread_local! {
    /// The state of the decompressor is larger than most streams, so it is reused.
    static ZLIB: RefCell<Decompress> = RefCell::new(Decompress::new(true));
}

/// A filter and its parameters.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    pub(super) name: Vec<u8>,
    pub(super) predictor: Predictor,
    /// For LZW: whether codes grow one code early, which is the default.
    pub(super) early: bool,
}

/// The unpacked bytes, and why they are incomplete.
#[derive(Clone, Debug, Default)]
pub(super) struct Unpacked {
    pub(super) bytes: Vec<u8>,
    pub(super) fault: Option<Unread>,
}

/// Unpacks `packed` through all filters.
pub(super) fn unpack(packed: &[u8], chain: &[Filter], fuel: &Fuel) -> Unpacked {
    if chain.len() > MAX_CHAIN {
        fuel.drain();
    }
    let mut bytes = Cow::Borrowed(packed);
    let mut fault = None;
    for filter in chain {
        let mut out = Sink::new(fuel);
        let whole = match filter.name.as_slice() {
            b"FlateDecode" | b"Fl" => flate(&bytes, &mut out),
            b"LZWDecode" | b"LZW" => lzw(&bytes, filter.early, &mut out),
            b"ASCII85Decode" | b"A85" => ascii85(&bytes, &mut out),
            b"ASCIIHexDecode" | b"AHx" => ascii_hex(&bytes, &mut out),
            b"RunLengthDecode" | b"RL" => run_length(&bytes, &mut out),
            _ => {
                fault = fault.or(Some(Unread::UnknownFilter));
                bytes = Cow::Owned(Vec::new());
                break;
            }
        };
        if out.is_full {
            fault = fault.or(Some(Unread::Bound));
        } else if whole.is_none() {
            fault = fault.or(Some(Unread::Damaged));
        }
        bytes = Cow::Owned(predict::undo(out.bytes, filter.predictor, fuel));
    }
    if let Cow::Borrowed(packed) = bytes {
        fuel.spend(size(packed.len()));
    }
    Unpacked {
        bytes: bytes.into_owned(),
        fault,
    }
}

fn size(len: usize) -> u64 {
    u64::try_from(len).unwrap_or(u64::MAX)
}

/// Receives unpacked bytes, up to the limit.
struct Sink<'a> {
    bytes: Vec<u8>,
    is_full: bool,
    fuel: &'a Fuel,
}

impl<'a> Sink<'a> {
    fn new(fuel: &'a Fuel) -> Self {
        Self {
            bytes: Vec::new(),
            is_full: false,
            fuel,
        }
    }

    /// Pays for bytes to come; returns nothing if they are too many.
    fn pay(&mut self, n_bytes: usize, each: u64) -> Option<()> {
        self.pay_for(self.bytes.len() + n_bytes, n_bytes, each)
    }

    /// Pays for bytes that came already.
    fn pay_within(&mut self, n_bytes: usize, each: u64) -> Option<()> {
        self.pay_for(self.bytes.len(), n_bytes, each)
    }

    fn pay_for(&mut self, n_all: usize, n_bytes: usize, each: u64) -> Option<()> {
        let fits = n_all <= MAX_UNPACKED;
        self.is_full = !fits || !self.fuel.spend(each * size(n_bytes));
        (!self.is_full).then_some(())
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        self.pay(1, 8)?;
        self.bytes.push(byte);
        Some(())
    }

    fn extend(&mut self, bytes: &[u8]) -> Option<()> {
        self.pay(bytes.len(), 4)?;
        self.bytes.extend_from_slice(bytes);
        Some(())
    }
}

/// Acrobat Reader ends streams with a flush instead of the last block and the checksum; they are complete. Streams
/// that are cut off end differently.
pub(super) fn is_flushed(packed: &[u8]) -> bool {
    packed.trim_ascii_end().ends_with(&[0, 0, 0xff, 0xff])
}

/// Unpacks zlib data. The checksum is verified, so overwritten data does not pass as whole.
fn flate(packed: &[u8], out: &mut Sink<'_>) -> Option<()> {
    const STEP: usize = 64 * 1024;
    // Some producers write line ends between `stream` and the data.
    let n_blank = packed
        .iter()
        .take(4)
        .take_while(|byte| is_white(**byte))
        .count();
    let packed = &packed[n_blank..];
    // An empty page may have an empty stream.
    if packed.is_empty() {
        return Some(());
    }
    out.fuel.spend(super::fuel::SETUP);
    ZLIB.with_borrow_mut(|zlib| {
        zlib.reset(true);
        let mut room = STEP.min(packed.len().saturating_mul(4).max(512));
        loop {
            let read = usize::try_from(zlib.total_in()).ok()?;
            let before = out.bytes.len();
            out.bytes.reserve(room);
            let status = zlib
                .decompress_vec(packed.get(read..)?, &mut out.bytes, FlushDecompress::None)
                .ok()?;
            let n_written = out.bytes.len() - before;
            if out.pay_within(n_written, 2).is_none() {
                out.bytes.truncate(before);
                return None;
            }
            let stuck = n_written == 0 && usize::try_from(zlib.total_in()).ok()? == read;
            match status {
                Status::StreamEnd => return Some(()),
                _ if stuck => return is_flushed(packed).then_some(()),
                Status::Ok | Status::BufError => {}
            }
            room = STEP;
        }
    })
}

fn ascii_hex(packed: &[u8], out: &mut Sink<'_>) -> Option<()> {
    let mut high = None;
    let mut ends = false;
    for byte in packed {
        match (byte, hex(*byte)) {
            (b'>', _) => {
                ends = true;
                break;
            }
            (_, Some(digit)) => match high.take() {
                None => high = Some(digit),
                Some(high) => out.push(high << 4 | digit)?,
            },
            (byte, None) if is_white(*byte) => {}
            _ => return None,
        }
    }
    if let Some(high) = high {
        out.push(high << 4)?;
    }
    ends.then_some(())
}

fn ascii85(packed: &[u8], out: &mut Sink<'_>) -> Option<()> {
    let start = packed
        .iter()
        .take(8)
        .position(|byte| !is_white(*byte))
        .unwrap_or(0);
    let packed = packed[start..]
        .strip_prefix(b"<~")
        .unwrap_or(&packed[start..]);
    let mut group = [0_u8; 5];
    let mut n = 0;
    for byte in packed {
        match byte {
            b'z' if n == 0 => out.extend(&[0; 4])?,
            b'!'..=b'u' => {
                group[n] = byte - b'!';
                n += 1;
                if n == 5 {
                    out.extend(&word(group)?)?;
                    n = 0;
                }
            }
            b'~' => return last(group, n, out),
            byte if is_white(*byte) => {}
            _ => return None,
        }
    }
    // Some producers omit the end mark. If data is missing, the next filter notices.
    last(group, n, out)
}

fn word(group: [u8; 5]) -> Option<[u8; 4]> {
    let value = group
        .iter()
        .fold(0_u64, |value, digit| value * 85 + u64::from(*digit));
    u32::try_from(value).ok().map(u32::to_be_bytes)
}

fn last(mut group: [u8; 5], n: usize, out: &mut Sink<'_>) -> Option<()> {
    match n {
        0 => Some(()),
        1 => None,
        _ => {
            group[n..].fill(84);
            out.extend(&word(group)?[..n - 1])
        }
    }
}

fn run_length(packed: &[u8], out: &mut Sink<'_>) -> Option<()> {
    let mut rest = packed;
    while let Some((&length, after)) = rest.split_first() {
        match length {
            128 => return Some(()),
            0..128 => {
                let n = usize::from(length) + 1;
                let Some((bytes, left)) = after.split_at_checked(n) else {
                    out.extend(after)?;
                    return None;
                };
                out.extend(bytes)?;
                rest = left;
            }
            129.. => {
                let (&byte, left) = after.split_first()?;
                out.extend(&[byte; 128][..257 - usize::from(length)])?;
                rest = left;
            }
        }
    }
    Some(())
}

/// The old LZW method, with codes of 9 to 12 bits.
fn lzw(packed: &[u8], early: bool, out: &mut Sink<'_>) -> Option<()> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    // Each word after 258 is a part of the output: its start and its length.
    let mut words: Vec<(usize, usize)> = Vec::with_capacity(4096);
    let mut previous: Option<(usize, usize)> = None;
    let (mut bits, mut n_bits) = (0_u32, 0_u32);
    let mut bytes = packed.iter();
    loop {
        let next = 258 + words.len() + usize::from(early);
        let width = match next {
            ..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
        while n_bits < width {
            bits = bits << 8 | u32::from(*bytes.next()?);
            n_bits += 8;
        }
        n_bits -= width;
        let code = usize::try_from(bits >> n_bits).ok()? & ((1 << width) - 1);
        bits &= (1 << n_bits) - 1;
        let start = out.bytes.len();
        match code {
            CLEAR => {
                words.clear();
                previous = None;
                continue;
            }
            END => return Some(()),
            0..CLEAR => out.push(u8::try_from(code).ok()?)?,
            _ => {
                let last = previous.map(|(at, length)| (at, length + 1));
                let (at, length) = words
                    .get(code - 258)
                    .copied()
                    .or_else(|| last.filter(|_| code - 258 == words.len()))?;
                for i in at..at + length {
                    let byte = *out.bytes.get(i)?;
                    out.push(byte)?;
                }
            }
        }
        if let Some((at, length)) = previous
            && words.len() < 4096 - 258
        {
            words.push((at, length + 1));
        }
        previous = Some((start, out.bytes.len() - start));
    }
}

#[cfg(test)]
mod tests {
    use super::{Filter, unpack};
    use crate::Unread;
    use crate::fuel::Fuel;
    use crate::predict::Predictor;

    fn through(name: &str, packed: &[u8]) -> (Vec<u8>, Option<Unread>) {
        let filter = Filter {
            name: name.as_bytes().to_vec(),
            predictor: Predictor::default(),
            early: true,
        };
        let unpacked = unpack(packed, &[filter], &Fuel::of(1_000_000));
        (unpacked.bytes, unpacked.fault)
    }

    #[test]
    fn examples_of_the_standard_are_undone() {
        let lzw = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        assert_eq!(through("LZWDecode", &lzw), (b"-----A---B".to_vec(), None));
        let ascii = through("ASCII85Decode", b" <~87cURD]i,\"Ebo80~>");
        assert_eq!(ascii, (b"Hello World!".to_vec(), None));
        assert_eq!(through("AHx", b"6 C6f 63 6B7>"), (b"lockp".to_vec(), None));
        let run = through("RunLengthDecode", &[1, b'a', b'b', 254, b'c', 128]);
        assert_eq!(run, (b"abccc".to_vec(), None));
    }

    #[test]
    fn what_ends_in_a_flush_is_whole() {
        // Stored: four letters, then the empty block of a flush.
        let packed = [
            0x78, 0x01, 0, 4, 0, 0xfb, 0xff, b'l', b'o', b'c', b'k', 0, 0, 0, 0xff, 0xff,
        ];
        assert_eq!(through("Fl", &packed), (b"lock".to_vec(), None));
        assert_eq!(through("Fl", b""), (Vec::new(), None));
        let cut = &packed[..packed.len() - 2];
        assert_eq!(
            through("Fl", cut),
            (b"lock".to_vec(), Some(Unread::Damaged))
        );
    }

    #[test]
    fn what_is_cut_off_is_damaged_and_kept() {
        let lzw = [0x80, 0x0b, 0x60, 0x50, 0x22];
        assert_eq!(
            through("LZW", &lzw),
            (b"-----".to_vec(), Some(Unread::Damaged))
        );
        assert_eq!(
            through("RL", &[5, b'a']),
            (b"a".to_vec(), Some(Unread::Damaged))
        );
        assert_eq!(through("Fl", b"x").1, Some(Unread::Damaged));
    }
}
