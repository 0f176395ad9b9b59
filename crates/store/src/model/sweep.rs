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
    /// Grants that ran out: a session's at once, a user's after 90 days.
    pub grants: u64,
    /// Identity runs older than a day.
    pub identities: u64,
    /// Requests declined 90 days ago, or withdrawn yesterday.
    pub requests: u64,
    /// Wrong keys of yesterday.
    pub key_tries: u64,
    /// Used tokens that are void.
    pub embed_tokens: u64,
    /// Links to cases that ran out a week ago.
    pub shares: u64,
}

impl Swept {
    /// Whether any kind reached `limit`, so that another step is worth taking at once.
    pub fn is_full(&self, limit: u32) -> bool {
        let limit = u64::from(limit);
        let Self { sessions, unanswered, attempts, grants, identities, requests, key_tries, embed_tokens, shares } =
            *self;
        [sessions, unanswered, attempts, grants, identities, requests, key_tries, embed_tokens, shares]
            .iter()
            .any(|&count| count >= limit)
    }

    /// Whether there was anything to do.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
