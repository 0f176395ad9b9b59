//! What both databases are asked in the same words. Each driver compiles these files for itself: what its database is called, how
//! it begins a transaction and the few words it has of its own come from the driver, by the names below and by the macros
//! that stand before the driver's modules. A statement that is worth another wording in one of them stands in the drivers.

pub(crate) mod acts;
pub(crate) mod attempts;
pub(crate) mod audits;
pub(crate) mod cancelling;
pub(crate) mod changes;
pub(crate) mod checks;
pub(crate) mod connection_rows;
pub(crate) mod connections;
pub(crate) mod desks;
pub(crate) mod embedding;
pub(crate) mod erasing;
pub(crate) mod grants;
pub(crate) mod identities;
pub(crate) mod key_tries;
pub(crate) mod locks;
pub(crate) mod log;
pub(crate) mod marking;
pub(crate) mod operations;
pub(crate) mod pos_keys;
pub(crate) mod requests;
pub(crate) mod revocations;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod settling;
pub(crate) mod shares;
pub(crate) mod stock;
pub(crate) mod stock_reports;
pub(crate) mod stock_turns;
pub(crate) mod store;
pub(crate) mod sweeping;
pub(crate) mod tokens;
pub(crate) mod users;
pub(crate) mod views;
pub(crate) mod watching;

use super::{SqlConnection, SqlStore, SqlTransaction, alone, exchanges, lanes, stock_batches, stock_lanes};
