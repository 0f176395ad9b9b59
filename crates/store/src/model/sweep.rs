//! What a sweep did.

/// How many rows one step of sweeping moved or deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Sessions past their end.
    pub sessions: u64,
    /// Questions nobody answered in time, whose token was put away.
    pub unanswered: u64,
    /// Attempts older than a day.
    pub attempts: u64,
    /// Grants that ran out.
    pub grants: u64,
}

impl Swept {
    /// Whether any kind reached `limit`, so that another step is worth taking at once.
    pub fn is_full(&self, limit: u32) -> bool {
        let limit = u64::from(limit);
        [self.sessions, self.unanswered, self.attempts, self.grants].iter().any(|&count| count >= limit)
    }

    /// Whether there was anything to do.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
