//! The bytes of a copied object, with gaps for the numbers of objects, which are known only in the new file.

/// What fills a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The number of another copied object.
    Object(usize),
    /// The number of the tree of pages.
    Pages,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Body {
    bytes: Vec<u8>,
    /// Where numbers go, in order.
    gaps: Vec<(usize, Part)>,
}

impl Body {
    pub(super) fn text(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn part(&mut self, part: Part) {
        self.gaps.push((self.bytes.len(), part));
    }

    pub(super) fn name(&mut self, name: &[u8]) {
        const HEX: &[u8; 16] = b"0123456789ABCDEF";
        self.bytes.push(b'/');
        for byte in name {
            let is_plain = byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte);
            if is_plain {
                self.bytes.push(*byte);
            } else {
                let (high, low) = (usize::from(byte >> 4), usize::from(byte & 15));
                self.bytes.extend_from_slice(&[b'#', HEX[high], HEX[low]]);
            }
        }
    }

    /// Writes a string: as it is if it is readable, otherwise in hexadecimal digits.
    pub(super) fn string(&mut self, text: &[u8]) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let is_plain = |byte: &u8| byte.is_ascii_graphic() && !b"()\\".contains(byte);
        if text.iter().all(|byte| is_plain(byte) || *byte == b' ') {
            self.bytes.push(b'(');
            self.bytes.extend_from_slice(text);
            self.bytes.push(b')');
            return;
        }
        self.bytes.push(b'<');
        for byte in text {
            let (high, low) = (usize::from(byte >> 4), usize::from(byte & 15));
            self.bytes.extend_from_slice(&[HEX[high], HEX[low]]);
        }
        self.bytes.push(b'>');
    }

    /// Returns its size in a file, about.
    pub(super) fn n_bytes(&self) -> usize {
        self.bytes.len() + 7 * self.gaps.len() + 40
    }

    /// Writes it, with `number` for each gap.
    pub(crate) fn write(&self, out: &mut Vec<u8>, number: impl Fn(Part) -> usize) {
        let mut done = 0;
        for (at, part) in &self.gaps {
            out.extend_from_slice(&self.bytes[done..*at]);
            out.extend_from_slice(format!(" {} 0 R", number(*part)).as_bytes());
            done = *at;
        }
        out.extend_from_slice(&self.bytes[done..]);
    }
}
