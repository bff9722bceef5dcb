//! Bounds on unpacking. Work is counted in bytes, so that the same archive has the same result everywhere.

/// The bytes that may still be unpacked; one budget may serve archives within archives.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Bytes of one member.
    pub member: u64,
    /// The largest ratio of a member's size to its packed size.
    pub ratio: Option<Ratio>,
    /// The cost of a member besides its bytes, so that many empty ones are bounded too.
    pub each: u64,
    left: u64,
    is_spent: bool,
}

impl Budget {
    /// Returns a budget of this many bytes for all members together, without a bound for each.
    pub const fn new(all: u64) -> Self {
        Self {
            member: u64::MAX,
            ratio: None,
            each: 0,
            left: all,
            is_spent: false,
        }
    }

    /// Returns true once a member was not unpacked to its end, because it exceeded a bound.
    pub const fn is_spent(&self) -> bool {
        self.is_spent
    }

    /// Pays for a member; returns how many bytes it may unpack to, and whether `member` is the bound.
    pub(crate) fn begin(&mut self, packed: u64) -> Option<(u64, bool)> {
        let left = self.left.checked_sub(self.each);
        self.is_spent |= left.is_none();
        self.left = left?;
        let most = self.ratio.map_or(u64::MAX, |ratio| ratio.most(packed));
        let others = self.left.min(most);
        Some((self.member.min(others), self.member <= others))
    }

    pub(crate) fn take(&mut self, n_bytes: u64) {
        self.left = self.left.saturating_sub(n_bytes);
    }

    pub(crate) fn spend(&mut self) {
        self.is_spent = true;
    }
}

/// Content that compresses better than honest data was made to fill a disk.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    /// How many times its packed size it may unpack to.
    pub times: u64,
    /// The size that is allowed at any ratio, in bytes.
    pub small: u64,
}

impl Ratio {
    /// Returns the most bytes that this many packed ones may unpack to.
    pub const fn most(self, packed: u64) -> u64 {
        let most = packed.saturating_mul(self.times);
        if most > self.small { most } else { self.small }
    }
}
