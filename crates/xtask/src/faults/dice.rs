//! Moments chosen at random, and the same again for the same seed. Good enough for dice, not for secrets.

use std::time::Duration;

/// A generator of the xorshift family.
#[derive(Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// The same seed, the same throws.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn throw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A time within a span.
    pub(super) fn within(&mut self, from: Duration, to: Duration) -> Duration {
        let span = u64::try_from(to.saturating_sub(from).as_millis()).unwrap_or(u64::MAX).max(1);
        from + Duration::from_millis(self.throw() % span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_moments_within_the_span() {
        let (from, to) = (Duration::from_millis(100), Duration::from_millis(900));
        let of = |seed| {
            (0..50).map(|_| ()).scan(Dice::new(seed), |dice, ()| Some(dice.within(from, to))).collect::<Vec<_>>()
        };
        assert_eq!(of(7), of(7));
        assert_ne!(of(7), of(8));
        assert!(of(7).iter().all(|time| (from..to).contains(time)));
    }
}
