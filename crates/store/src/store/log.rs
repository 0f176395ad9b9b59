//! The log as people read it: filtered, searched, counted. Nothing here asks for a grant: whoever calls has asked for it.
//! What is read is the connection's, and that of the former ones of the same till at the same place.
//!
//! **Every look is bounded.** A filter that matches little does not read a year: the look ends after some thousands of
//! rows (or bytes of bodies) and says how far it came.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{BodiesPage, ConnectionId, FailureGroup, FoundPage, LogPage, OperationFilter, Result, Start, Tally, Term};

/// What is read of the log.
#[async_trait]
pub trait Log {
    /// Operations, newest first, at most `limit` (≤ 100) of those wanted. Reads no body.
    async fn log(
        &self,
        connection: &ConnectionId,
        filter: &OperationFilter,
        start: Start,
        limit: u32,
    ) -> Result<LogPage>;

    /// Operations with a word that begins with one of `any` (same kind; an empty one is none), or whose `detail` holds `detail`
    /// (ASCII letters in any case). An order's own id is a word of kind `OrderId`, whether or not it was handed in as one.
    /// Newest first, `seq` below `older`, at most `limit` (≤ 100); a page may be shorter and not the last. Reads no body.
    async fn find(
        &self,
        connection: &ConnectionId,
        any: &[Term],
        detail: Option<&str>,
        filter: &OperationFilter,
        older: Option<i64>,
        limit: u32,
    ) -> Result<FoundPage>;

    /// Operations with an exchange whose body or url holds `needle` (ASCII letters in any case), newest first, `seq` below
    /// `older`; at most `limit` (≤ 100), and at most some 16 MiB of bodies a call, of one operation too.
    async fn search_bodies(
        &self,
        connection: &ConnectionId,
        needle: &str,
        filter: &OperationFilter,
        older: Option<i64>,
        limit: u32,
    ) -> Result<BodiesPage>;

    /// Orders (operations of kind `OrderCreated`) received since `from`, by quarters of an hour and how they stand.
    async fn tallies(&self, connection: &ConnectionId, from: Timestamp) -> Result<Vec<Tally>>;

    /// Orders received since `from` that a person must look at and nobody has marked as handled, by cause and words; the
    /// largest group first, at most 20.
    async fn failures(&self, connection: &ConnectionId, from: Timestamp) -> Result<Vec<FailureGroup>>;

    /// The channels its orders came by, ever, in the order of their bytes; at most 50.
    async fn channels(&self, connection: &ConnectionId) -> Result<Vec<String>>;
}
