//! How much may be unpacked. Work is counted in bytes, so that the same archive has the same result everywhere.

/// What may still be unpacked; one budget may serve archives within archives.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Bytes of one member.
    pub member: u64,
    /// How a member may relate to the bytes that it is packed in.
    pub ratio: Option<Ratio>,
    /// What a member counts for beside its bytes, so that many empty ones are bounded, too.
    pub each: u64,
    left: u64,
    is_spent: bool,
}

impl Budget {
    /// Returns a budget of so many bytes for all members together, whatever each has.
    pub const fn new(all: u64) -> Self {
        Self {
            member: u64::MAX,
            ratio: None,
            each: 0,
            left: all,
            is_spent: false,
        }
    }

    /// Returns true once a member was not unpacked to its end, as it goes beyond a bound.
    pub const fn is_spent(&self) -> bool {
        self.is_spent
    }

    /// Takes what a member counts for; returns how many bytes it may unpack to, and whether `member` bounds it.
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

/// What packs better than honest data do is made to fill a disk.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    /// How many times its packed size something may unpack to.
    pub times: u64,
    /// What is allowed however well it is packed, in bytes.
    pub small: u64,
}

impl Ratio {
    /// Returns the most bytes that so many packed ones may unpack to.
    pub const fn most(self, packed: u64) -> u64 {
        let most = packed.saturating_mul(self.times);
        if most > self.small { most } else { self.small }
    }
}
