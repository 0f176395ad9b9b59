//! What people ask of the log, over and over: half of the time of the largest connection, half of any other.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use passerelle_store::testing::traffic::Dice;
use passerelle_store::{
    ConnectionId, OperationFilter, OperationKind, OperationRow, OperationState, Result, Start, Store, Term, TermKind,
};

/// How often each thing is asked; texts in bodies, a tenth of that.
const TIMES: u64 = 400;
const PAGE: u32 = 60;

pub(super) async fn run(store: &dyn Store, connections: &[ConnectionId], end: Timestamp) -> Result<()> {
    let asker = Asker { store, connections, end };
    asker.lists().await?;
    asker.words().await?;
    asker.texts().await?;
    asker.opening().await?;
    asker.counts().await
}

/// Prints a measure.
pub(super) fn line(name: &str, mut taken: Vec<Duration>) {
    taken.sort_unstable();
    let at = |percent: usize| {
        let rank = (taken.len() * percent).div_ceil(100).max(1);
        taken.get(rank - 1).copied().unwrap_or_default().as_micros()
    };
    println!("{name}\t{}\t{}\t{}", taken.len(), at(50), at(99));
}

struct Asker<'a> {
    store: &'a dyn Store,
    connections: &'a [ConnectionId],
    end: Timestamp,
}

impl Asker<'_> {
    fn connection(&self, dice: &mut Dice) -> &ConnectionId {
        let at = if dice.percent(50) { 0 } else { dice.below(self.connections.len() as u64) };
        &self.connections[usize::try_from(at).unwrap_or(0)]
    }

    /// A time of the year.
    fn time(&self, dice: &mut Dice) -> Timestamp {
        self.end - SignedDuration::from_mins(i64::try_from(dice.below(365 * 24 * 60)).unwrap_or(0))
    }

    async fn lists(&self) -> Result<()> {
        let all = OperationFilter::default();
        let odd = OperationFilter {
            states: vec![
                OperationState::Attention,
                OperationState::Unknown,
                OperationState::Refused,
                OperationState::Failed,
            ],
            not_handled_yet: true,
            ..all.clone()
        };
        let cause = OperationFilter { causes: vec!["no_answer".to_owned()], ..all.clone() };
        let channel = OperationFilter { channel: Some("Kiosk".to_owned()), ..all.clone() };
        let kind = OperationFilter { kinds: vec![OperationKind::OrderUpdated], ..all.clone() };
        let filters = [("", &all), (", in need of somebody", &odd), (", by cause", &cause), (", by channel", &channel)];
        for (name, filter) in filters.into_iter().chain([(", by a kind there is none of", &kind)]) {
            for (what, jump) in [("newest", false), ("from a time", true)] {
                let mut dice = Dice::new(7);
                let mut taken = Vec::new();
                for _ in 0..TIMES {
                    let connection = self.connection(&mut dice);
                    let start = if jump { Start::At(self.time(&mut dice)) } else { Start::Newest };
                    let began = Instant::now();
                    self.store.log(connection, filter, start, PAGE).await?;
                    taken.push(began.elapsed());
                }
                line(&format!("list, {what}{name}"), taken);
            }
        }
        let mut dice = Dice::new(8);
        let (mut week, mut pages) = (Vec::new(), Vec::new());
        for _ in 0..TIMES {
            let (connection, from) = (self.connection(&mut dice), self.time(&mut dice));
            let until = from + SignedDuration::from_hours(24 * 7);
            let filter = OperationFilter { from: Some(from), until: Some(until), ..channel.clone() };
            let began = Instant::now();
            self.store.log(connection, &filter, Start::Newest, PAGE).await?;
            week.push(began.elapsed());
            // A week of a till is seldom more than a page; what it ever had is.
            let page = self.store.log(connection, &channel, Start::Newest, PAGE).await?;
            if let Some(older) = page.older {
                let began = Instant::now();
                self.store.log(connection, &channel, Start::Older(older), PAGE).await?;
                pages.push(began.elapsed());
            }
        }
        line("list, a week of a channel", week);
        line("list, the page after it", pages);
        Ok(())
    }

    /// Some order of the connection.
    async fn order(&self, connection: &ConnectionId, dice: &mut Dice) -> Result<Option<OperationRow>> {
        let start = Start::At(self.time(dice));
        Ok(self.store.log(connection, &OperationFilter::default(), start, 1).await?.rows.pop())
    }

    async fn words(&self) -> Result<()> {
        let mut taken: Vec<(&str, Vec<Duration>)> =
            ["id", "ref", "phone's last six digits", "name", "a single digit", "words of a failure"]
                .map(|name| (name, Vec::new()))
                .into();
        let mut dice = Dice::new(9);
        for _ in 0..TIMES {
            let connection = self.connection(&mut dice);
            let Some(row) = self.order(connection, &mut dice).await? else { continue };
            let Some(order) = &row.order else { continue };
            let said = self.store.exchanges(connection, &row.id).await?;
            let Some(first) = said.first() else { continue };
            let Some(whole) = self.store.exchange(connection, &first.id).await? else { continue };
            let body = String::from_utf8_lossy(&whole.request_body).into_owned();
            let field = |name: &str| {
                let rest = body.split(&format!("\"{name}\":\"")).nth(1).unwrap_or_default();
                rest.split('"').next().unwrap_or_default().to_lowercase()
            };
            let phone: String = field("phone").chars().rev().take(6).collect();
            let sought = [
                order.order_id.clone(),
                order.reference.clone().unwrap_or_default().to_lowercase(),
                phone,
                field("last_name"),
                dice.below(10).to_string(),
            ];
            // As the server asks: for whatever it may be.
            let kinds = |text: &str| {
                let kinds = [
                    TermKind::OrderId,
                    TermKind::Reference,
                    TermKind::CollectionCode,
                    TermKind::Phone,
                    TermKind::Customer,
                ];
                kinds.map(|kind| Term { kind, text: text.to_owned() })
            };
            let all = OperationFilter::default();
            for (text, (name, taken)) in sought.iter().zip(&mut taken) {
                let began = Instant::now();
                let page = self.store.find(connection, &kinds(text), Some(text), &all, None, PAGE).await?;
                taken.push(began.elapsed());
                if page.found.is_empty() && page.older.is_none() {
                    eprintln!("nothing found by {name} `{text}`");
                }
            }
            let began = Instant::now();
            self.store.find(connection, &[], Some("does not exist"), &all, None, PAGE).await?;
            if let Some((_, taken)) = taken.last_mut() {
                taken.push(began.elapsed());
            }
        }
        for (name, taken) in taken {
            line(&format!("search, {name}"), taken);
        }
        Ok(())
    }

    /// Texts that are nowhere, over seven days: all is looked through.
    async fn texts(&self) -> Result<()> {
        let (mut week, mut call) = (Vec::new(), Vec::new());
        let mut dice = Dice::new(10);
        for nth in 0..TIMES / 10 {
            let largest = nth % 4 == 0;
            let at = if largest { 0 } else { 1 + dice.below(self.connections.len() as u64 - 1) };
            let connection = &self.connections[usize::try_from(at).unwrap_or(0)];
            let until = self.time(&mut dice);
            let from = until - SignedDuration::from_hours(24 * 7);
            let filter = OperationFilter { from: Some(from), until: Some(until), ..OperationFilter::default() };
            let (mut older, all) = (None, Instant::now());
            loop {
                let began = Instant::now();
                let page = self.store.search_bodies(connection, "nowhere to be found", &filter, older, PAGE).await?;
                call.push(began.elapsed());
                older = page.older;
                if older.is_none() {
                    break;
                }
            }
            if !largest {
                week.push(all.elapsed());
            }
        }
        line("text in bodies, seven days of a connection", week);
        line("text in bodies, one call of any", call);
        Ok(())
    }

    async fn opening(&self) -> Result<()> {
        let (mut operation, mut exchange) = (Vec::new(), Vec::new());
        let mut dice = Dice::new(11);
        for _ in 0..TIMES {
            let connection = self.connection(&mut dice);
            let Some(row) = self.order(connection, &mut dice).await? else { continue };
            let began = Instant::now();
            self.store.operation(connection, &row.id).await?;
            let said = self.store.exchanges(connection, &row.id).await?;
            operation.push(began.elapsed());
            let Some(last) = said.last() else { continue };
            let began = Instant::now();
            self.store.exchange(connection, &last.id).await?;
            exchange.push(began.elapsed());
        }
        line("opening an operation", operation);
        line("opening an exchange", exchange);
        Ok(())
    }

    async fn counts(&self) -> Result<()> {
        let (mut chart, mut groups) = (Vec::new(), Vec::new());
        let mut dice = Dice::new(12);
        for _ in 0..TIMES / 4 {
            let connection = self.connection(&mut dice);
            let began = Instant::now();
            self.store.tallies(connection, self.end - SignedDuration::from_hours(24 * 30)).await?;
            chart.push(began.elapsed());
            let began = Instant::now();
            self.store.failures(connection, self.end - SignedDuration::from_hours(24)).await?;
            groups.push(began.elapsed());
        }
        line("chart of thirty days", chart);
        line("failures of a day", groups);
        Ok(())
    }
}
