//! From the call that shows that a connection's state has changed to the event at a page that listens: at the server that
//! made the call, and at another server on the same database.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::json;

use super::keep_alive::Connection;
use super::stream::Stream;
use super::{Running, connect, times};
use crate::service::Service;
use crate::services::{self, Addresses};
use crate::{interrupt, project, say};

/// Changes made.
const CHANGES: usize = 20;
/// What the slowest may not exceed.
const LIMIT: Duration = Duration::from_secs(2);

pub(crate) fn run(running: &Running) -> anyhow::Result<()> {
    let at = &running.at;
    let visitor = connect::till(at)?;
    let connection = format!("/api/v1/connections/{}", visitor.connection);
    let other = Addresses { console_port: services::free_ports(1)?[0], ..at.clone() };
    let mut command = services::console(&project::release_binary("passerelle"), &other, &running.data);
    let mut second = Service::start("the second console", &mut command, running.data.join("second.log"))?;
    second.until_it_answers(other.console_port, "/readyz")?;

    let events = format!("{connection}/events");
    let here = Stream::open(at.console_port, &events, &visitor.cookie)?;
    let there = Stream::open(other.console_port, &events, &visitor.cookie)?;
    let mut console = Connection::open(at.console_port)?;
    let mut sandbox = Connection::open(at.sandbox_port)?;
    let list = sandbox.get("/_sandbox/connections", None)?.json().context("GET /_sandbox/connections")?;
    let known = list[0]["id"].as_str().context("the sandbox has no connection")?.to_owned();

    // Any call for the connection shows how it stands; this one first, so that only what follows is a change.
    let call = format!("{connection}/catalogs?location_id={}", visitor.location);
    ensure!(console.get(&call, Some(&visitor.cookie))?.status == 200, "GET {call} failed");
    here.changed()?;
    there.changed()?;

    let (mut near, mut far) = (Vec::new(), Vec::new());
    for change in 0..CHANGES {
        interrupt::check()?;
        let (action, status) = if change % 2 == 0 { ("block", 409) } else { ("unblock", 200) };
        sandbox.post(&format!("/_sandbox/connections/{known}/{action}"), &[], &json!({}))?.json()?;
        let started = Instant::now();
        let answer = console.get(&call, Some(&visitor.cookie))?;
        ensure!(answer.status == status, "GET {call} answered {} after `{action}`", answer.status);
        near.push(here.changed()?.saturating_duration_since(started));
        far.push(there.changed()?.saturating_duration_since(started));
    }
    say::heading(&format!("From the call that shows a change to the event at a page, {CHANGES} changes"));
    for (place, taken) in [("the same server", &mut near), ("another server", &mut far)] {
        taken.sort_unstable();
        let (median, slowest) = (times::percentile(taken, 50), times::percentile(taken, 100));
        println!("{place:<16} median {}, slowest {}", times::ms(median), times::ms(slowest));
        ensure!(slowest < LIMIT, "a change took {} to reach a page", times::ms(slowest));
    }
    Ok(())
}
