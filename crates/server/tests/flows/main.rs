//! The server against the sandbox, over real sockets, on both databases. Files mirror the API's resources.
//!
//! PostgreSQL comes from `cargo xtask test`, which sets `PASSERELLE_TEST_POSTGRES`.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

/// One test on SQLite and one on PostgreSQL from one body, with a world of its own each.
macro_rules! flow {
    ($name:ident, |$world:ident| $body:block) => {
        mod $name {
            #[allow(unused_imports, reason = "some bodies need nothing but their world")]
            use super::*;

            async fn flow($world: crate::world::World) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                flow(crate::world::World::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                flow(crate::world::World::postgres().await).await;
            }
        }
    };
}

mod acting;
mod arrivals;
mod attempts;
mod audit;
mod authorizing;
mod browser;
mod callbacks;
mod choices;
mod connections;
mod delivery;
mod desk;
mod embedding;
mod fifth_vendor;
mod health;
mod hearing;
mod hubrise;
mod journeys;
mod keys;
mod live;
mod locks;
mod log;
mod menu_check;
mod operations;
mod permissions;
mod receiving;
mod reconnecting;
mod registering;
mod requests;
mod sessions;
mod signing;
mod signing_in;
mod stock;
mod strangers;
mod targets;
mod till_settings;
mod till_test;
mod vendors;
mod world;
