//! HubRise as HubRise defines it: its scopes, its OAuth server, its API, and how each of them fails.
//!
//! Owns the words HubRise speaks and the one HTTP client they are spoken through. Knows nothing of vendors,
//! sessions, storage or retries: a call is made once, answered once, and told to the [`Observer`] once.
//! Facts come from HubRise's public developer documentation (<https://www.hubrise.com/developers>).

mod base;
pub mod catalog;
pub mod client;
pub mod error;
pub mod http;
mod identifier;
pub mod model;
pub mod oauth;
pub mod observer;
pub mod order;
pub mod scope;
pub mod secret;
pub mod signature;
pub mod tape;
mod verdict;

pub use base::{Base, BaseError};
pub use client::{Api, EventSummary, InventoryChange, InventoryKey, LocationPath, Page};
pub use error::{DeadCause, Error, FieldError};
pub use http::{BuildError, Http, Limits};
pub use model::{
    Account, Callback, CatalogSummary, CustomerListSummary, ErrorBody, InventoryEntry, Location, OrderSummary,
    TokenAnswer, User,
};
pub use oauth::{Authorize, Credentials, OAuth};
pub use observer::{Call, Observer, Outcome, TracingObserver};
pub use scope::{Choices, Level, Permission, Profile, Resource, Right, Scope, ScopeError};
pub use secret::{AccessToken, AuthorizationCode, ClientSecret};
pub use tape::Tape;
