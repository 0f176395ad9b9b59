//! The connection page's call at a steady rate: requests leave on schedule whether or not the ones before were answered, and
//! each is timed from the moment it was due, so that a stall counts for all it delayed.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{anyhow, ensure};

use super::keep_alive::Connection;
use super::{connect, times};
use crate::services::Addresses;
use crate::{interrupt, say};

/// Requests a second, as the project's measures ask.
const RATE: u32 = 200;
/// How long.
const TIME: Duration = Duration::from_secs(20);
/// Connections kept open: enough for a second of stall before the schedule itself waits.
const CONNECTIONS: usize = 64;
/// What the connection page asks for, on a till that is connected.
const PATH: &str = "/api/v1/vendors/pos-helper/tills/caisse/status";

pub(crate) fn run(at: &Addresses) -> anyhow::Result<()> {
    let cookie = connect::till(at)?.cookie;
    // Connecting and warming up is not what is measured.
    let connections = (0..CONNECTIONS)
        .map(|_| {
            let mut connection = Connection::open(at.console_port)?;
            ask(&mut connection, &cookie)?;
            Ok(connection)
        })
        .collect::<anyhow::Result<Vec<_>>>()?;

    say::heading(&format!(
        "GET {PATH}, connected, {RATE} a second for {} s, {CONNECTIONS} connections",
        TIME.as_secs()
    ));
    let mut times = measure(connections, &cookie)?;
    times.sort_unstable();
    println!("{}", times::shown(&times));
    Ok(())
}

/// Sends every request at its time over whichever connection is free; how long each took from then.
fn measure(connections: Vec<Connection>, cookie: &str) -> anyhow::Result<Vec<Duration>> {
    let every = Duration::from_secs(1) / RATE;
    let count = (TIME.as_secs() as usize) * (RATE as usize);
    let next = AtomicUsize::new(0);
    let started = Instant::now() + Duration::from_millis(100);
    let work = |mut connection: Connection| -> anyhow::Result<Vec<Duration>> {
        let mut times = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count || interrupt::requested() {
                return Ok(times);
            }
            let due = started + every * u32::try_from(number)?;
            thread::sleep(due.saturating_duration_since(Instant::now()));
            ask(&mut connection, cookie)?;
            times.push(due.elapsed());
        }
    };
    let times = thread::scope(|scope| {
        let workers: Vec<_> = connections.into_iter().map(|connection| scope.spawn(|| work(connection))).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().map_err(|_| anyhow!("a measuring thread panicked"))?)
            .collect::<anyhow::Result<Vec<_>>>()
    })?;
    interrupt::check()?;
    Ok(times.concat())
}

fn ask(connection: &mut Connection, cookie: &str) -> anyhow::Result<()> {
    let answer = connection.get(PATH, Some(cookie))?;
    ensure!(answer.status == 200, "GET {PATH} answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
    Ok(())
}
