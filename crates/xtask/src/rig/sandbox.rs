//! The sandbox's control calls, as far as measures and faults want them.

use anyhow::Context;
use serde_json::{Value, json};

use crate::bench::connect::text;
use crate::bench::keep_alive::Connection;

/// A conversation with the sandbox.
#[derive(Debug)]
pub(crate) struct Sandbox {
    port: u16,
    line: Option<Connection>,
}

impl Sandbox {
    pub(crate) fn new(port: u16) -> Self {
        Self { port, line: None }
    }

    /// `POST /_sandbox/…`
    pub(crate) fn post(&mut self, name: &str, body: &Value) -> anyhow::Result<Value> {
        self.ask("POST", name, body.to_string().as_bytes())
    }

    /// `GET /_sandbox/…`
    pub(crate) fn get(&mut self, name: &str) -> anyhow::Result<Value> {
        self.ask("GET", name, b"")
    }

    fn ask(&mut self, method: &str, name: &str, body: &[u8]) -> anyhow::Result<Value> {
        let mut line = match self.line.take() {
            Some(line) => line,
            None => Connection::open(self.port)?,
        };
        let answer = line.send(method, &format!("/_sandbox/{name}"), &[], body)?;
        // Only a line whose answer was read to its end is used again.
        self.line = Some(line);
        answer.json().with_context(|| format!("{method} /_sandbox/{name}"))
    }

    /// Makes an order; HubRise's whole order.
    pub(crate) fn order(&mut self, location: &str, order: &Value) -> anyhow::Result<Value> {
        let made = self.post("orders", &json!({ "location": location, "order": order }))?;
        text(&made[0], "id")?;
        Ok(made[0].clone())
    }

    /// A store more at PixelPoint.
    pub(crate) fn store(&mut self, token: &str, name: &str) -> anyhow::Result<()> {
        self.post("pixelpoint/stores", &json!({ "token": token, "name": name })).map(drop)
    }

    /// How a store behaves, or all: for so many requests, or until told otherwise.
    pub(crate) fn mode(&mut self, change: &Value) -> anyhow::Result<()> {
        self.post("pixelpoint/mode", change).map(drop)
    }

    /// Takes PixelPoint down, or brings it back.
    pub(crate) fn door(&mut self, open: bool) -> anyhow::Result<()> {
        self.post("pixelpoint/door", &json!({ "open": open })).map(drop)
    }

    /// Every receipt of the kitchen's printer, one line each, above this number.
    pub(crate) fn printed(&mut self, after: u64) -> anyhow::Result<Vec<Value>> {
        let paper = self.get(&format!("pixelpoint/printed?brief=true&after={after}"))?;
        Ok(paper["orders"].as_array().cloned().unwrap_or_default())
    }

    /// How HubRise sends events from now on.
    pub(crate) fn manner(&mut self, change: &Value) -> anyhow::Result<()> {
        self.post("callbacks", change).map(drop)
    }

    /// Events HubRise still wants to send.
    pub(crate) fn events_waiting(&mut self) -> anyhow::Result<u64> {
        Ok(self.get("callbacks")?["waiting"].as_u64().unwrap_or_default())
    }
}
