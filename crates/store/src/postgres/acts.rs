//! `Acts` on this database.

use async_trait::async_trait;

use super::PostgresStore;
use crate::Acts;

#[async_trait]
impl Acts for PostgresStore {}
