//! Listens, and answers one request a connection.

use std::fmt::Write as _;
use std::io::{self, Read as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::answer::{Answer, Status};
use crate::gate::Gate;
use crate::head;
use crate::request::Request;

/// How many connections are answered at a time; browsers open six, and spare ones.
const MAX_CONNECTIONS: usize = 64;
/// How long the other side may take over the next bytes.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a connection is kept after its answer, for what the other side has sent already.
const LINGER: Duration = Duration::from_millis(500);

/// A server that has its port.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    gate: Gate,
    ended: Arc<AtomicBool>,
}

/// Ends a server, from a request or from another thread.
#[derive(Clone, Debug)]
pub struct Ender {
    ended: Arc<AtomicBool>,
    port: u16,
}

impl Ender {
    pub fn has_ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }

    pub fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the server, which waits for the next connection.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

impl Server {
    /// Takes a port of 127.0.0.1, a free one if it is 0, and makes the secret of this run. `open` are the paths that
    /// need no secret; they must tell nothing.
    ///
    /// # Errors
    /// The port is taken, or the system has no randomness.
    pub fn open(port: u16, open: &[&str]) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = listener.local_addr()?.port();
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let mut secret = String::new();
        for byte in random {
            write!(secret, "{byte:02x}").map_err(io::Error::other)?;
        }
        let open = open.iter().map(|&path| path.to_owned()).collect();
        let gate = Gate { port, secret, open };
        let ended = Arc::new(AtomicBool::new(false));
        Ok(Self {
            listener,
            gate,
            ended,
        })
    }

    /// Returns the address of the first page, without the secret.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.gate.port)
    }

    /// Returns the secret that requests must carry, 32 hexadecimal digits.
    pub fn secret(&self) -> &str {
        &self.gate.secret
    }

    pub fn ender(&self) -> Ender {
        let (ended, port) = (Arc::clone(&self.ended), self.gate.port);
        Ender { ended, port }
    }

    /// Answers requests until somebody ends the server; a request that is being answered is finished.
    pub fn run(&self, answer: &(dyn Fn(&mut Request) -> Answer + Sync)) {
        let n_open = AtomicUsize::new(0);
        thread::scope(|scope| {
            for stream in self.listener.incoming() {
                if self.ended.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                if n_open.fetch_add(1, Ordering::SeqCst) >= MAX_CONNECTIONS {
                    let _ = Answer::refusal(Status::Busy).write(&mut &stream);
                    n_open.fetch_sub(1, Ordering::SeqCst);
                    continue;
                }
                let n_open = &n_open;
                scope.spawn(move || {
                    // A fault of ours in one answer does not take the others along; it has been printed.
                    let work = || serve(&stream, &self.gate, answer);
                    let _ = catch_unwind(AssertUnwindSafe(work));
                    n_open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
    }
}

/// Answers the request of a connection, and closes it.
fn serve(stream: &TcpStream, gate: &Gate, answer: &(dyn Fn(&mut Request) -> Answer + Sync)) {
    let is_local = |address: SocketAddr| address.ip().is_loopback();
    if !stream.peer_addr().is_ok_and(is_local) {
        return;
    }
    let patience = Some(PATIENCE);
    if stream.set_read_timeout(patience).is_err() || stream.set_write_timeout(patience).is_err() {
        return;
    }
    let answered = match head::read(&mut &*stream) {
        Err(None) => return,
        Err(Some(status)) => Answer::refusal(status),
        Ok(head) => match gate.pass(&head) {
            Err(status) => Answer::refusal(status),
            Ok(()) => match Request::new(head, stream.try_clone().ok()) {
                None => Answer::refusal(Status::BadRequest),
                Some(mut request) => {
                    let answered = answer(&mut request);
                    request.drain();
                    answered
                }
            },
        },
    };
    // The other side may be gone, which is its business.
    let _ = answered.write(&mut &*stream);
    let _ = stream.shutdown(Shutdown::Write);
    linger(stream);
}

/// Takes what is still on its way for a moment: closing before would take the answer away from the other side.
fn linger(mut stream: &TcpStream) {
    if stream.set_read_timeout(Some(LINGER)).is_ok() {
        let _ = io::copy(&mut stream.by_ref().take(1 << 20), &mut io::sink());
    }
}
