//! The till's line to the console: makes the calls that are due, one at a time and in their order.

use std::time::{Duration, Instant as Began};

use reqwest::{Client, RequestBuilder, header, redirect::Policy};
use tokio::time::{Instant, sleep_until};

use super::calls::{Heard, Job, Kind};
use crate::state::App;

/// How long an answer is waited for (inferred).
const LIMIT: Duration = Duration::from_secs(10);
/// Names a call, so that the console knows it again.
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// Makes what calls are due, for ever.
///
/// # Errors
/// When no TLS can be had.
pub(crate) fn work(app: App) -> reqwest::Result<impl Future<Output = ()> + Send + 'static> {
    let client = Client::builder()
        .tls_backend_rustls()
        // The console is a neighbour, never behind a proxy.
        .no_proxy()
        .redirect(Policy::none())
        .timeout(LIMIT)
        .build()?;
    Ok(rounds(app, client))
}

async fn rounds(app: App, client: Client) {
    let bell = std::sync::Arc::clone(&app.carre_pos.bell);
    loop {
        let now = jiff::Timestamp::now();
        let clock_ms = u64::try_from(now.as_millisecond()).unwrap_or_default();
        let (job, next) = app.carre_pos.till().due(Instant::now(), clock_ms, app.first_console());
        match (job, next) {
            (Some(job), _) => make(&app, &client, job).await,
            (None, Some(at)) => {
                tokio::select! {
                    () = sleep_until(at) => {}
                    () = bell.notified() => {}
                }
            }
            (None, None) => bell.notified().await,
        }
    }
}

async fn make(app: &App, client: &Client, job: Job) {
    let heard = carry(client, &job).await;
    if !app.quiet {
        tracing::info!(url = job.url, status = heard.status, took_ms = heard.took_ms, "the till told its stock");
    }
    let at = jiff::Timestamp::now().to_string();
    app.carre_pos.till().answered(job, &heard, at, Instant::now());
}

fn request(client: &Client, job: &Job) -> RequestBuilder {
    let request = match job.kind {
        Kind::Put => client.put(&job.url),
        Kind::Patch => client.patch(&job.url),
        Kind::Get => return client.get(&job.url).bearer_auth(&job.key),
    };
    let request = request.bearer_auth(&job.key).header(header::CONTENT_TYPE, "application/json");
    match &job.idempotency_key {
        Some(key) => request.header(IDEMPOTENCY_KEY, key),
        None => request,
    }
    .body(job.body.clone())
}

async fn carry(client: &Client, job: &Job) -> Heard {
    let began = Began::now();
    let took = || u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    match request(client, job).send().await {
        Ok(answer) => {
            let status = Some(answer.status().as_u16());
            let told = answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
            let retry_after = told.and_then(|text| text.parse().ok());
            let text = answer.text().await.unwrap_or_default();
            Heard { status, retry_after, text, took_ms: took() }
        }
        Err(error) => {
            let text = if error.is_timeout() { "pas de réponse" } else { "console injoignable" };
            Heard { status: None, retry_after: None, text: text.to_owned(), took_ms: took() }
        }
    }
}
