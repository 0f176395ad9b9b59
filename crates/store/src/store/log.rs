//! The log as people read it: filtered, searched, counted. Nothing here asks for a grant: whoever calls has asked for it.
//! What is read is the connection's, and that of the former ones of the same till at the same place.
//!
//! **Every look is bounded.** A filter that matches little does not read a year: the look ends after some thousands of
//! rows (or bytes of bodies) and says how far it came.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{
    BodiesPage, ConnectionId, FailureGroup, FoundPage, LogPage, OperationFilter, Result, Start, StoreError, Tally, Term,
};

/// What is read of the log.
#[async_trait]
pub trait Log {
    /// Operations, newest first, at most `limit` (≤ 100) of those wanted. Reads no body.
    async fn log(
        &self,
        _connection: &ConnectionId,
        _filter: &OperationFilter,
        _start: Start,
        _limit: u32,
    ) -> Result<LogPage> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// Operations with a word that begins with one of `any` (same kind), or whose `detail` holds `detail` (ASCII letters in
    /// any case). Newest first, `seq` below `older`, at most `limit` (≤ 100). Reads no body.
    async fn find(
        &self,
        _connection: &ConnectionId,
        _any: &[Term],
        _detail: Option<&str>,
        _filter: &OperationFilter,
        _older: Option<i64>,
        _limit: u32,
    ) -> Result<FoundPage> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// Operations with an exchange whose body or url holds `needle` (ASCII letters in any case), newest first, `seq` below
    /// `older`; at most `limit`, and at most some 16 MiB of bodies a call.
    async fn search_bodies(
        &self,
        _connection: &ConnectionId,
        _needle: &str,
        _filter: &OperationFilter,
        _older: Option<i64>,
        _limit: u32,
    ) -> Result<BodiesPage> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// Orders (operations of kind `OrderCreated`) received since `from`, by quarters of an hour and how they stand.
    async fn tallies(&self, _connection: &ConnectionId, _from: Timestamp) -> Result<Vec<Tally>> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// Orders received since `from` that a person must look at and nobody has marked as handled, by cause and words; the
    /// largest group first, at most 20.
    async fn failures(&self, _connection: &ConnectionId, _from: Timestamp) -> Result<Vec<FailureGroup>> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// The channels of its orders, in alphabetical order; at most 50.
    async fn channels(&self, _connection: &ConnectionId) -> Result<Vec<String>> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }
}
