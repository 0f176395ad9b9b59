//! `Erasing` on this database.

use async_trait::async_trait;

use super::SqliteStore;
use crate::Erasing;

#[async_trait]
impl Erasing for SqliteStore {}
