//! Calls made over real sockets, against a server of this test's own.
//!
//! Owns what goes over the wire and how each failure of the network comes out. Which status means what is tested
//! beside `verdict`.

mod api;
mod callbacks;
mod light;
mod network;
mod oauth;
mod observed;
mod stub;
mod taped;
