//! Who may pass: checked before anything is looked up.

use crate::answer::Status;
use crate::head::Head;

/// The field that carries the secret of the run. A page elsewhere cannot set it without asking first, and is refused.
pub const SECRET_FIELD: &str = "x-secret";

/// What a request must have to pass.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    pub(crate) port: u16,
    pub(crate) secret: String,
    /// Paths that need no secret, since they tell nothing: the empty page, its script and its style.
    pub(crate) open: Vec<String>,
}

impl Gate {
    /// Refuses what does not come from the person at this machine.
    ///
    /// # Errors
    /// The status to answer with.
    pub(crate) fn pass(&self, head: &Head) -> Result<(), Status> {
        // First of all: a page whose name was made to point to this machine has its own name here, and sends no
        // Origin with a GET.
        let hosts = [
            format!("127.0.0.1:{}", self.port),
            format!("localhost:{}", self.port),
        ];
        if !hosts.contains(&head.host) {
            return Err(Status::Misdirected);
        }
        let path = head.target.split('?').next().unwrap_or_default();
        let is_open = self.open.iter().any(|open| open == path);
        let own_origin = || format!("http://{}", head.host);
        let is_own = match (&head.fetch_site, &head.origin) {
            // Another port of this machine is the same site, and is somebody else.
            (Some(site), _) if site == "same-origin" => true,
            (Some(_), _) => false,
            (None, Some(origin)) => *origin == own_origin(),
            (None, None) => true,
        };
        let is_told = head.secret.as_deref().is_some_and(|secret| {
            // Every byte is compared, so that time tells nothing.
            let differs = |(a, b): (u8, u8)| u8::from(a != b);
            secret.len() == self.secret.len()
                && secret
                    .bytes()
                    .zip(self.secret.bytes())
                    .map(differs)
                    .sum::<u8>()
                    == 0
        });
        // What tells nothing may be asked for by anybody who knows the address: the browser is led to the first page
        // from the address bar, a bookmark, or a file.
        if is_open || (is_own && is_told) {
            Ok(())
        } else {
            Err(Status::Forbidden)
        }
    }
}
