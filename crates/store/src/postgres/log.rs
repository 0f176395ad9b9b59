//! `Log` on this database.

use async_trait::async_trait;

use super::PostgresStore;
use crate::Log;

#[async_trait]
impl Log for PostgresStore {}
