//! Counts the unpacked content of a workbook while it is read. Parsers keep a tag or a text in memory until it ends, so its
//! length is bounded here, before they see it.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// The longest tag, text or comment, in bytes.
const MAX_RUN: usize = 256 * 1024;

/// The bound that was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Past {
    Tags,
    Rows,
    Cells,
    /// Texts that cells share.
    Texts,
    /// The text of one cell.
    Cell,
}

/// The counts of all parts so far.
#[derive(Debug)]
pub(crate) struct Counts {
    tags_left: Cell<u64>,
    rows: Cell<u64>,
    cells: Cell<u64>,
    texts: Cell<u64>,
    past: Cell<Option<Past>>,
}

impl Counts {
    pub(crate) fn new(max_tags: u64) -> Self {
        Self {
            tags_left: Cell::new(max_tags),
            rows: Cell::new(0),
            cells: Cell::new(0),
            texts: Cell::new(0),
            past: Cell::new(None),
        }
    }

    /// Returns the bound that was passed, if one was.
    pub(crate) const fn past(&self) -> Option<Past> {
        self.past.get()
    }

    pub(crate) fn pass(&self, past: Past) {
        self.past.set(Some(self.past.get().unwrap_or(past)));
    }

    pub(crate) fn row(&self) -> u64 {
        one_more(&self.rows)
    }

    pub(crate) fn cell(&self) -> u64 {
        one_more(&self.cells)
    }

    pub(crate) fn text(&self) -> u64 {
        one_more(&self.texts)
    }
}

fn one_more(count: &Cell<u64>) -> u64 {
    count.set(count.get() + 1);
    count.get()
}

/// Where in XML a byte is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Text,
    Tag,
    /// After `<!`, before it is known what that begins.
    Bang,
    /// Within a value of a tag, in these quotation marks.
    Quoted(u8),
    /// In a comment or the like, with how much of its end was seen last.
    Comment(u8),
    Data(u8),
    /// In an instruction, `<?`, in which quotation marks mean nothing.
    Instruction(u8),
    /// In a declaration, such as of a document type.
    Declared,
}

/// Returns how many bytes come before one that may end or begin something.
fn n_plain(at: At, run: usize, rest: &[u8]) -> usize {
    let end = match at {
        At::Text => rest.iter().position(|byte| *byte == b'<'),
        At::Quoted(mark) => rest.iter().position(|byte| *byte == mark),
        At::Tag if run > 0 => rest
            .iter()
            .position(|byte| matches!(byte, b'>' | b'"' | b'\'')),
        At::Tag | At::Bang | At::Declared | At::Comment(_) | At::Data(_) | At::Instruction(_) => {
            Some(0)
        }
    };
    end.unwrap_or(rest.len())
}

/// Returns where the byte after this one is; `run` bytes came since the last tag, text or comment began.
fn next(at: At, byte: u8, run: usize) -> At {
    match (at, byte) {
        (At::Text, b'<') => At::Tag,
        (At::Tag | At::Declared | At::Comment(2) | At::Data(2) | At::Instruction(1), b'>') => {
            At::Text
        }
        (At::Tag, b'"' | b'\'') => At::Quoted(byte),
        // `<!--`, `<![CDATA[` and `<?` run to an end of their own.
        (At::Tag, b'!') if run == 1 => At::Bang,
        (At::Tag, b'?') if run == 1 => At::Instruction(0),
        (At::Bang, b'-') => At::Comment(0),
        (At::Bang, b'[') => At::Data(0),
        (At::Bang, b'>') => At::Text,
        (At::Bang, _) => At::Declared,
        (At::Quoted(mark), byte) if byte == mark => At::Tag,
        (At::Text | At::Tag | At::Declared | At::Quoted(_), _) => at,
        (At::Comment(n), b'-') => At::Comment((n + 1).min(2)),
        (At::Data(n), b']') => At::Data((n + 1).min(2)),
        (At::Instruction(_), b'?') => At::Instruction(1),
        (At::Comment(_), _) => At::Comment(0),
        (At::Data(_), _) => At::Data(0),
        (At::Instruction(_), _) => At::Instruction(0),
    }
}

/// A part that is counted while it is read.
#[derive(Debug)]
pub(crate) struct Metered<R> {
    inner: R,
    counts: Rc<Counts>,
    at: At,
    /// Bytes since the last tag, text or comment ended.
    run: usize,
    /// Bytes of text since the last tag. Parsers join texts around comments and the like.
    text: usize,
}

impl<R: Read> Metered<R> {
    pub(crate) fn new(inner: R, counts: Rc<Counts>) -> Self {
        Self {
            inner,
            counts,
            at: At::Text,
            run: 0,
            text: 0,
        }
    }

    fn see(&mut self, bytes: &[u8]) -> Result<(), Past> {
        let (mut at, mut run) = (self.at, self.run);
        // Every `<` counts, wherever it is: parsers may differ on what is a value or a comment.
        let n_tags = memchr::memchr_iter(b'<', bytes).count() as u64;
        let mut rest = bytes;
        loop {
            // Most bytes end nothing, and are skipped together.
            let n_passed = n_plain(at, run, rest);
            run += n_passed;
            if at == At::Text {
                self.text += n_passed;
            }
            if run.max(self.text) > MAX_RUN {
                return Err(Past::Cell);
            }
            let Some((byte, after)) = rest.get(n_passed..).and_then(<[u8]>::split_first) else {
                break;
            };
            rest = after;
            run += 1;
            let before = at;
            at = next(at, *byte, run);
            match (before, at) {
                (At::Text, At::Tag) => run = 0,
                (At::Data(_), _) => self.text += 1,
                // A `<` that neither `!` nor `?` follows begins a tag.
                (At::Tag, At::Tag | At::Quoted(_)) => self.text = 0,
                _ => {}
            }
            if before != At::Text && at == At::Text {
                run = 0;
            }
            if run.max(self.text) > MAX_RUN {
                return Err(Past::Cell);
            }
        }
        (self.at, self.run) = (at, run);
        let left = self
            .counts
            .tags_left
            .get()
            .checked_sub(n_tags)
            .ok_or(Past::Tags)?;
        self.counts.tags_left.set(left);
        Ok(())
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        if let Err(past) = self.see(buffer.get(..n).unwrap_or_default()) {
            self.counts.pass(past);
            return Err(io::Error::other("it goes beyond what is read"));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, max_tags: u64) -> Option<Past> {
        let counts = Rc::new(Counts::new(max_tags));
        let mut part = Metered::new(text.as_bytes(), Rc::clone(&counts));
        let _ = io::copy(&mut part, &mut io::sink());
        counts.past()
    }

    #[test]
    fn what_never_ends_is_stopped() {
        let long = "x".repeat(MAX_RUN + 1);
        let many = "<a>".repeat(MAX_RUN / 3 + 1);
        for (text, expected) in [
            (format!("<a>{long}</a>"), Some(Past::Cell)),
            (format!("<a b=\"{long}\"/>"), Some(Past::Cell)),
            (format!("<a b='{many}'/>"), Some(Past::Cell)),
            (format!("<!--{many}-->"), Some(Past::Cell)),
            (format!("<a><![CDATA[{many}]]></a>"), Some(Past::Cell)),
            (format!("<a-b><a[>{many}<!-- - -- > -->{many}"), None),
            (format!("<a><![CDATA[ ]] > ]]></a>{many}"), None),
        ] {
            let start: String = text.chars().take(12).collect();
            assert_eq!(read(&text, u64::MAX), expected, "{start}");
        }
        // Quotation marks of an instruction or a comment begin nothing.
        let quoted = |before: &str| format!("{before}{}<c d='e'/>", "<b/>".repeat(9));
        for before in [
            "<?x '?>",
            "<!-- ' -->",
            "<?x \"? >'?>",
            "<a b='<?'/>",
            "<!DOCTYPE a '>",
        ] {
            let past = read(&quoted(before), 8);
            assert_eq!(past, Some(Past::Tags), "{before}");
        }
        let honest = format!("<?x don't?>{}", "<a>x</a>".repeat(MAX_RUN / 4));
        assert_eq!(read(&honest, u64::MAX), None);
        // The text of one cell continues after anything but a tag.
        let half = "x".repeat(MAX_RUN / 2 + 1);
        for between in ["<!-- -->", "<!x y>", "<?x?>", "<![CDATA[y]]>"] {
            let text = format!("<a>{half}{between}{half}</a>");
            let past = read(&text, u64::MAX);
            assert_eq!(past, Some(Past::Cell), "{between}");
        }
        let data = format!("<a><![CDATA[{half}]]><![CDATA[{half}]]></a>");
        assert_eq!(read(&data, u64::MAX), Some(Past::Cell));
        let two = format!("<a>{half}</a><!-- --><a>{half}</a>");
        assert_eq!(read(&two, u64::MAX), None);
        assert_eq!(read("<a><b/></a>", 3), None);
        assert_eq!(read("<a><b/></a>", 2), Some(Past::Tags));
    }
}
