//! Whether packed data is whole, however large it is when unpacked.

use flate2::{Decompress, FlushDecompress, Status};

use crate::filter::is_flushed;
use crate::fuel::Fuel;

/// Returns true if zlib data unpacks to its end. Nothing is kept of it, so that it may be larger than memory.
pub(super) fn unpacks(packed: &[u8], fuel: &Fuel) -> bool {
    let mut buffer = vec![0_u8; 64 * 1024];
    let mut zlib = Decompress::new(true);
    let mut rest = packed.trim_ascii_start();
    if rest.is_empty() {
        return true;
    }
    loop {
        let (before_in, before_out) = (zlib.total_in(), zlib.total_out());
        let Ok(status) = zlib.decompress(rest, &mut buffer, FlushDecompress::None) else {
            return false;
        };
        let n_read = zlib.total_in() - before_in;
        let n_written = zlib.total_out() - before_out;
        rest = usize::try_from(n_read)
            .ok()
            .and_then(|n_read| rest.get(n_read..))
            .unwrap_or_default();
        if !fuel.spend(1 + n_written) {
            return false;
        }
        match status {
            Status::StreamEnd => return true,
            _ if n_read == 0 && n_written == 0 => return is_flushed(packed),
            Status::Ok | Status::BufError => {}
        }
    }
}
