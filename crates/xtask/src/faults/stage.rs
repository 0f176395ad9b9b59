//! Where a fault is played: a rig with connected tills, orders poured in at a steady rate, the wait until all is at rest,
//! and the accounts afterwards.

use std::collections::HashMap;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{anyhow, ensure};
use serde_json::{Value, json};

use super::ledger::{self, Standing, Tally};
use crate::interrupt;
use crate::rig::person::Person;
use crate::rig::sandbox::Sandbox;
use crate::rig::tills::{self, Till};
use crate::rig::{Rig, hubrise};
use crate::say::Step;

/// Tills of a stage: their orders are sent in parallel, those of one in their order.
const TILLS: usize = 20;
/// Orders a second.
const RATE: u32 = 200;
/// Items of an order.
const ITEMS: usize = 4;
/// HubRise's minutes are seconds here.
const ACCELERATION: u32 = 60;
/// How long everything may take to come to rest: a till that was down is tried again after 5, 15, 45 and 120 s.
const REST_LIMIT: Duration = Duration::from_secs(240);

/// The stage.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) rig: Rig,
    pub(super) sandbox: Sandbox,
    pub(super) tills: Vec<Till>,
    person: Person,
    /// Label → HubRise's id.
    orders: Vec<(String, String)>,
}

impl Stage {
    /// Connects the tills of a rig.
    pub(super) fn on(rig: Rig) -> anyhow::Result<Self> {
        let mut sandbox = Sandbox::new(rig.at.sandbox_port);
        sandbox.manner(&json!({ "acceleration": ACCELERATION }))?;
        let (person, tills) = tills::connect(&rig, &mut sandbox, TILLS)?;
        Ok(Self { rig, sandbox, tills, person, orders: Vec::new() })
    }

    /// Pours orders in at a steady rate while `meanwhile` plays; answers what that answers.
    pub(super) fn pour<T>(
        &mut self,
        count: usize,
        meanwhile: impl FnOnce(&mut Rig, &mut Sandbox) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let (first, port) = (self.orders.len(), self.rig.at.sandbox_port);
        let tills = &self.tills;
        let (played, poured) = thread::scope(|scope| {
            let pouring = scope.spawn(move || {
                let mut sandbox = Sandbox::new(port);
                let mut made = Vec::with_capacity(count);
                let started = Instant::now();
                for number in first..first + count {
                    interrupt::check()?;
                    let due = started + Duration::from_secs(1) / RATE * u32::try_from(number - first)?;
                    thread::sleep(due.saturating_duration_since(Instant::now()));
                    let till = &tills[number % tills.len()];
                    made.push(order(&mut sandbox, till, number)?.0);
                }
                anyhow::Ok(made)
            });
            let played = meanwhile(&mut self.rig, &mut self.sandbox);
            (played, pouring.join())
        });
        self.orders.extend(poured.map_err(|_| anyhow!("the thread that makes orders panicked"))??);
        played
    }

    /// Makes an order; HubRise's whole order.
    pub(super) fn order(&mut self, till: usize) -> anyhow::Result<Value> {
        let (named, made) = order(&mut self.sandbox, &self.tills[till], self.orders.len())?;
        self.orders.push(named);
        Ok(made)
    }

    /// Waits until HubRise has no event left to send.
    pub(super) fn heard(&mut self) -> anyhow::Result<()> {
        let started = Instant::now();
        while self.sandbox.events_waiting()? > 0 {
            ensure!(started.elapsed() < REST_LIMIT, "HubRise still sends after {} s", REST_LIMIT.as_secs());
            interrupt::pause(Duration::from_millis(5))?;
        }
        Ok(())
    }

    /// Waits until HubRise has no event left and the console nothing under way, and sums up.
    pub(super) fn rest(&mut self) -> anyhow::Result<Tally> {
        let mut step = Step::start("Waiting until all is at rest");
        let started = Instant::now();
        loop {
            let events = self.sandbox.events_waiting()?;
            let under_way = self.under_way()?;
            let late = started.elapsed() > REST_LIMIT;
            step.progress(&format!("{events} events at HubRise, {under_way} orders under way"));
            if late || (events == 0 && under_way == 0) {
                let tally = self.tally()?;
                if late || (tally.unfinished == 0 && tally.untold == 0) {
                    step.done();
                    return Ok(tally);
                }
            }
            interrupt::pause(Duration::from_millis(500))?;
        }
    }

    fn under_way(&self) -> anyhow::Result<u64> {
        let mut sum = 0;
        for till in &self.tills {
            let page = self.person.get(&format!("/connections/{}/operations", till.connection))?;
            sum += page["day"]["under_way"].as_u64().unwrap_or_default();
        }
        Ok(sum)
    }

    fn tally(&mut self) -> anyhow::Result<Tally> {
        let mut printed: HashMap<String, u32> = HashMap::new();
        for line in self.sandbox.printed(0)? {
            let label = hubrise::label_of(line["customer"].as_str().unwrap_or_default());
            *printed.entry(label.to_owned()).or_default() += 1;
        }
        let mut standings = HashMap::new();
        for till in &self.tills {
            self.standings(till, &mut standings)?;
        }
        Ok(ledger::sum(&self.orders, &printed, &standings))
    }

    fn standings(&self, till: &Till, into: &mut HashMap<String, Standing>) -> anyhow::Result<()> {
        let mut cursor = String::new();
        loop {
            let page = self.person.get(&format!("/connections/{}/operations{cursor}", till.connection))?;
            for line in page["operations"].as_array().into_iter().flatten() {
                let word = |field: &str| line[field].as_str().unwrap_or_default().to_owned();
                // A second event about the same order is an operation of its own, and not the order's.
                if let Some(id) = line["order"]["order_id"].as_str()
                    && line["kind"] == "order_created"
                    && line["cause"] != "duplicate_order"
                {
                    into.insert(id.to_owned(), Standing { state: word("state"), telling: word("telling") });
                }
            }
            match page["next"].as_str() {
                Some(next) => cursor = format!("?cursor={next}"),
                None => return Ok(()),
            }
        }
    }
}

/// Makes an order at a till; its label with HubRise's id, and the whole of it.
fn order(sandbox: &mut Sandbox, till: &Till, number: usize) -> anyhow::Result<((String, String), Value)> {
    let label = format!("F{number:06}");
    let made = sandbox.order(&till.location, &hubrise::order(&label, ITEMS))?;
    let id = made["id"].as_str().unwrap_or_default().to_owned();
    Ok(((label, id), made))
}
