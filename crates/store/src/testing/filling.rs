//! Many connections at once, for measuring. Written past the trait, in one transaction: settling ten thousand attempts
//! would take minutes.

use jiff::{SignedDuration, Timestamp};

use crate::postgres::PostgresStore;
use crate::sqlite::SqliteStore;
use crate::{
    ConnectionId, ConnectionRow, ConnectionState, Health, Level, NamedRef, OpenOptions, Result, Sealed, SessionId,
};

const WORDS: &[&str] =
    &["Bella", "Pizza", "Le Comptoir", "Sushi", "Café", "Étoile", "Burger", "La Table", "Wok", "Tacos"];
const PLACES: &[&str] = &["Paris", "Nice", "Lyon", "Nantes", "Évry", "Lille", "Brest", "Metz"];

/// Adds `count` open connections of a vendor's till `caisse` to the database at `url`: a minute apart, one in ten
/// failing, each at a location of its own. Calling it again for the same vendor fails with `Conflict`.
pub async fn fill(url: &str, vendor: &str, count: u32) -> Result<()> {
    let start = Timestamp::now() - SignedDuration::from_mins(i64::from(count));
    let rows: Vec<_> = (0..count).map(|n| row(vendor, n, start + SignedDuration::from_mins(i64::from(n)))).collect();
    let options = OpenOptions::default();
    match url.strip_prefix("sqlite:") {
        Some(path) => {
            let path = path.strip_prefix("//").unwrap_or(path);
            SqliteStore::open(path.as_ref(), &options).await?.fill(&rows).await
        }
        None => PostgresStore::open(url, &options).await?.fill(&rows).await,
    }
}

fn row(vendor: &str, n: u32, at: Timestamp) -> ConnectionRow {
    let pick = |words: &[&'static str], by: u32| {
        usize::try_from(by).ok().and_then(|by| words.get(by % words.len()).copied()).unwrap_or_default()
    };
    let account = format!("{} {} {n}", pick(WORDS, n), pick(WORDS, n / 10 + 3));
    let location = format!("{} {}", pick(PLACES, n), n / 8);
    let failing = match n % 40 {
        0 => Some(Health::Blocked),
        1 => Some(Health::Unpaid),
        2 => Some(Health::Revoked),
        3 => Some(Health::HubriseDown),
        _ => None,
    };
    let hub_key = format!("f{n:05}-0");
    let mut token_fingerprint = [0; 32];
    let digits = format!("{vendor:.20} {n}");
    token_fingerprint.iter_mut().zip(digits.bytes()).for_each(|(to, from)| *to = from);
    ConnectionRow {
        id: ConnectionId::new(format!("{vendor}-filled-{n:06}")),
        vendor: vendor.to_owned(),
        till: "caisse".to_owned(),
        state: ConnectionState::Connected,
        level: Level::Location,
        account: NamedRef { id: format!("f{n:05}"), name: account },
        location: Some(NamedRef { id: hub_key.clone(), name: location }),
        hub_key,
        catalog: Some(NamedRef { id: format!("c{n:05}"), name: "Carte 2026".to_owned() }),
        customer_list: Some(NamedRef { id: format!("l{n:05}"), name: "Web".to_owned() }),
        scope: "location[orders.write,customer_list.write,catalog.read]".to_owned(),
        device_id: None,
        app_instance_id: None,
        token: Sealed { key_id: "filled".to_owned(), bytes: vec![7; 96], bound_to: String::new() },
        token_fingerprint,
        connected_at: at,
        connected_by: SessionId::new("filled"),
        browser: "Firefox, Android".to_owned(),
        reconnected_at: None,
        version: 1,
        health: failing.unwrap_or(Health::Ok),
        health_since: Some(at),
        last_failed_at: failing.map(|_| at),
        last_ok_at: Some(at),
        support_verified_at: None,
        last_order_at: Some(at),
        connected_by_name: None,
        checks_asked_at: None,
        timezone: None,
        changed_at: at,
    }
}
