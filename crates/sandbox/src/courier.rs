//! Sends events to the callbacks' URLs, signed as HubRise signs them. Which are due, and what an answer means for them,
//! is in `state::deliveries`.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, header, redirect::Policy};
use sha2::Sha256;
use tokio::{sync::Semaphore, task::JoinSet};

use crate::state::{App, deliveries::Parcel, delivery_log::Outcome};

/// Events on their way at once.
const IN_FLIGHT: usize = 256;
/// Carries the signature ("Callbacks", Authentication).
const SIGNATURE: &str = "X-HubRise-Hmac-SHA256";

/// Sends what is due, and waits for more, for ever. Dropping it drops what is on its way.
///
/// # Errors
/// When no TLS can be had.
pub(crate) fn work(app: App) -> reqwest::Result<impl Future<Output = ()> + Send + 'static> {
    let client = Client::builder()
        .tls_backend_rustls()
        .no_proxy()
        // A redirection is an answer like any other.
        .redirect(Policy::none())
        .pool_idle_timeout(Duration::from_secs(5))
        .build()?;
    Ok(rounds(app, client))
}

async fn rounds(app: App, client: Client) {
    let bell = app.state().deliveries.bell();
    let room = Arc::new(Semaphore::new(IN_FLIGHT));
    let mut on_their_way = JoinSet::new();
    loop {
        while on_their_way.try_join_next().is_some() {}
        let (parcels, wait) = app.state().parcels(room.available_permits());
        for parcel in parcels {
            let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return };
            let (app, client, bell) = (Arc::clone(&app), client.clone(), Arc::clone(&bell));
            on_their_way.spawn(async move {
                let outcome = carry(&client, &parcel).await;
                if !app.quiet {
                    tracing::info!(
                        url = parcel.url,
                        status = outcome.status,
                        took_ms = outcome.took_ms,
                        "sent an event"
                    );
                }
                app.state().delivered(parcel, outcome);
                drop(permit);
                // There is room again, and perhaps a next time to wait for.
                bell.notify_one();
            });
        }
        match wait {
            Some(wait) => drop(tokio::time::timeout(wait, bell.notified()).await),
            None => bell.notified().await,
        }
    }
}

/// Sends a parcel, every copy at once; the first one's answer counts.
async fn carry(client: &Client, parcel: &Parcel) -> Outcome {
    let signature = signed(&parcel.client_secret, &parcel.body);
    let mut copies = JoinSet::new();
    for _ in 1..parcel.copies {
        let copy = request(client, parcel, &signature).send();
        copies.spawn(async move { drop(copy.await) });
    }
    let began = Instant::now();
    let (status, timed_out) = match request(client, parcel, &signature).send().await {
        Ok(answer) => (Some(answer.status().as_u16()), false),
        Err(error) => (None, error.is_timeout()),
    };
    let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    copies.join_all().await;
    Outcome { status, timed_out, took_ms }
}

fn request(client: &Client, parcel: &Parcel, signature: &str) -> reqwest::RequestBuilder {
    client
        .post(&parcel.url)
        .timeout(parcel.answer_limit)
        .header(header::CONTENT_TYPE, "application/json")
        .header(SIGNATURE, signature)
        .body(parcel.body.clone())
}

/// Lower-case hexadecimal HMAC-SHA256 of a body with the client's secret.
fn signed(secret: &str, body: &[u8]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        unreachable!("an HMAC takes a key of any length")
    };
    mac.update(body);
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::signed;

    /// RFC 4231, test case 2.
    #[test]
    fn signatures_are_lower_case_hexadecimal() {
        assert_eq!(
            signed("Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
