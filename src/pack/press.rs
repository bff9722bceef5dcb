//! Compresses the files of a pack piece by piece, on several threads. A piece is compressed alone, so that the bytes
//! are the same on any number of threads.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// How many bytes are compressed together. Half as many would cost a thousandth of the size; more would keep more of
/// a file in memory.
pub(crate) const PIECE: usize = 1 << 20;

/// More threads than these wait for the disk.
const MOST_THREADS: usize = 8;

/// A piece of a file, to be compressed.
pub(crate) struct Raw {
    pub(crate) bytes: Vec<u8>,
    /// The compression level; `None` to leave the bytes as they are.
    pub(crate) level: Option<u32>,
    /// Whether the file ends with it.
    pub(crate) is_last: bool,
}

/// A piece of a file in both forms: the first piece decides which form the file has.
pub(crate) struct Pressed {
    pub(crate) bytes: Vec<u8>,
    pub(crate) deflated: Option<Vec<u8>>,
    pub(crate) crc: Crc,
    pub(crate) is_last: bool,
}

/// Compresses pieces, and returns them in their order.
pub(crate) struct Press {
    own: Deflater,
    /// Where the threads take their work from; nothing if there are none.
    jobs: Option<Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
    pending: VecDeque<Receiver<io::Result<Pressed>>>,
}

struct Job {
    raw: Raw,
    done: Sender<io::Result<Pressed>>,
}

impl Press {
    /// Makes a press with so many threads. One thread is the caller's.
    pub(crate) fn new(threads: usize) -> Self {
        let mut press = Self {
            own: Deflater::default(),
            jobs: None,
            threads: Vec::new(),
            pending: VecDeque::new(),
        };
        if threads > 1 {
            let (jobs, queue) = channel();
            let queue = Arc::new(Mutex::new(queue));
            let start = |_| {
                let queue = Arc::clone(&queue);
                Builder::new().spawn(move || work(&queue)).ok()
            };
            press.threads = (0..threads.min(MOST_THREADS)).filter_map(start).collect();
            // A machine that starts no thread compresses here.
            press.jobs = (!press.threads.is_empty()).then_some(jobs);
        }
        press
    }

    /// Returns true if a piece should be taken out before the next is put in, which bounds the memory.
    pub(crate) fn is_full(&self) -> bool {
        self.pending.len() > 2 * self.threads.len()
    }

    pub(crate) fn put(&mut self, raw: Raw) {
        let (done, pressed) = channel();
        self.pending.push_back(pressed);
        match &self.jobs {
            // Threads end only with the press, and if one did, the piece would be missed when it is taken out.
            Some(jobs) => drop(jobs.send(Job { raw, done })),
            None => drop(done.send(self.own.press(raw))),
        }
    }

    /// Returns the oldest piece; nothing if there is none.
    ///
    /// # Errors
    /// It could not be compressed.
    pub(crate) fn take(&mut self) -> io::Result<Option<Pressed>> {
        let Some(oldest) = self.pending.pop_front() else {
            return Ok(None);
        };
        let lost = |_| io::Error::other("a thread that compresses ended early");
        oldest.recv().map_err(lost)?.map(Some)
    }
}

impl Drop for Press {
    fn drop(&mut self) {
        self.jobs = None;
        for thread in self.threads.drain(..) {
            // It has nothing to report: what it did not send is missed elsewhere.
            let _ = thread.join();
        }
    }
}

fn work(queue: &Mutex<Receiver<Job>>) {
    let mut deflater = Deflater::default();
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { raw, done }) = job else { return };
        // Nobody waits for it after a fault.
        let _ = done.send(deflater.press(raw));
    }
}

/// The compressors of a thread, by level. To begin again costs less than to make one.
#[derive(Default)]
struct Deflater(BTreeMap<u32, Compress>);

impl Deflater {
    fn press(&mut self, raw: Raw) -> io::Result<Pressed> {
        let Raw {
            bytes,
            level,
            is_last,
        } = raw;
        let mut crc = Crc::new();
        crc.update(&bytes);
        let deflated = level.map(|level| self.deflated(&bytes, level, is_last));
        Ok(Pressed {
            deflated: deflated.transpose()?,
            bytes,
            crc,
            is_last,
        })
    }

    /// Compresses a piece. All but the last end at a byte, so that they can be joined.
    fn deflated(&mut self, bytes: &[u8], level: u32, is_last: bool) -> io::Result<Vec<u8>> {
        let new = || Compress::new(Compression::new(level), false);
        let compress = self.0.entry(level).or_insert_with(new);
        compress.reset();
        let flush = if is_last {
            FlushCompress::Finish
        } else {
            FlushCompress::Full
        };
        let mut deflated = Vec::with_capacity(bytes.len() / 2 + 128);
        loop {
            let read = usize::try_from(compress.total_in()).unwrap_or(usize::MAX);
            let rest = bytes.get(read..).unwrap_or_default();
            let status = compress.compress_vec(rest, &mut deflated, flush)?;
            let has_room = deflated.len() < deflated.capacity();
            match status {
                Status::StreamEnd => return Ok(deflated),
                Status::Ok | Status::BufError if !is_last && has_room => return Ok(deflated),
                Status::Ok | Status::BufError => deflated.reserve(deflated.len() + 4096),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn pressed(threads: usize, files: &[Vec<u8>], level: u32) -> Vec<(u32, Vec<u8>)> {
        let mut press = Press::new(threads);
        let mut out = Vec::new();
        for file in files {
            let mut pieces = file.chunks(PIECE).peekable();
            while let Some(piece) = pieces.next() {
                while press.is_full() {
                    out.extend(press.take().unwrap());
                }
                press.put(Raw {
                    bytes: piece.to_vec(),
                    level: Some(level),
                    is_last: pieces.peek().is_none(),
                });
            }
        }
        while let Some(one) = press.take().unwrap() {
            out.push(one);
        }
        let ends = out.split_inclusive(|one| one.is_last);
        let joined = ends.map(|pieces| {
            let mut crc = Crc::new();
            for one in pieces {
                crc.combine(&one.crc);
            }
            let deflated = pieces.iter().flat_map(|one| one.deflated.clone().unwrap());
            (crc.sum(), deflated.collect())
        });
        joined.collect()
    }

    /// Text and noise, shorter and longer than a piece.
    fn files() -> Vec<Vec<u8>> {
        let mut state = 7_u32;
        let mut noise = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        let lengths = [1, 300, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 77];
        let mut files: Vec<Vec<u8>> = lengths
            .iter()
            .map(|n| (0..*n).map(|_| noise()).collect())
            .collect();
        files.extend(lengths.iter().map(|n| {
            let lines = (0..*n).map(|i| format!("line {i} {}\n", noise()));
            lines.flat_map(String::into_bytes).take(*n).collect()
        }));
        files
    }

    #[test]
    fn the_bytes_are_the_same_on_any_number_of_threads() {
        let files = files();
        for level in [2, 5] {
            let one = pressed(1, &files, level);
            for threads in [2, 8] {
                assert!(pressed(threads, &files, level) == one, "{threads} threads");
            }
            for ((crc, deflated), file) in one.iter().zip(&files) {
                let mut read = Vec::new();
                let mut decoder = flate2::read::DeflateDecoder::new(deflated.as_slice());
                decoder.read_to_end(&mut read).unwrap();
                let mut expected = Crc::new();
                expected.update(file);
                assert!(
                    read == *file && *crc == expected.sum(),
                    "{} bytes",
                    file.len()
                );
            }
        }
    }
}
