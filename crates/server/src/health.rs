//! Two questions for those who watch over the server: is it up (`/healthz`), and can it work (`/readyz`)?

use std::{future::Future, sync::Arc, time::Duration};

use axum::{
    Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

/// After this an unanswered check counts as failed.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the server cannot work without; implemented by any `Fn() -> Future<Output = Result<(), String>>`.
pub trait Readiness: Send + Sync + 'static {
    /// Looks.
    ///
    /// # Errors
    /// What is missing, for the log alone.
    fn check(&self) -> impl Future<Output = Result<(), String>> + Send;
}

impl<F, Fut> Readiness for F
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<(), String>> + Send,
{
    fn check(&self) -> impl Future<Output = Result<(), String>> + Send {
        self()
    }
}

/// `/healthz` and `/readyz`.
pub fn routes(readiness: impl Readiness) -> Router {
    let readiness = Arc::new(readiness);
    Router::new()
        .route("/healthz", get(|| async { answer(StatusCode::OK, r#"{"status":"up"}"#) }))
        .route("/readyz", get(move || ready(Arc::clone(&readiness))))
}

async fn ready(readiness: Arc<impl Readiness>) -> Response {
    let outcome = match tokio::time::timeout(PATIENCE, readiness.check()).await {
        Ok(outcome) => outcome,
        Err(_elapsed) => Err(format!("no answer within {} s", PATIENCE.as_secs())),
    };
    match outcome {
        Ok(()) => answer(StatusCode::OK, r#"{"status":"ready"}"#),
        Err(missing) => {
            tracing::warn!(missing, "not ready");
            answer(StatusCode::SERVICE_UNAVAILABLE, r#"{"status":"not_ready"}"#)
        }
    }
}

fn answer(status: StatusCode, body: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], body).into_response()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use axum::{body::Body, extract::Request};
    use tower::ServiceExt;

    use super::*;

    async fn asked(path: &str, readiness: impl Readiness) -> (StatusCode, String) {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let response = routes(readiness).oneshot(request).await.unwrap();
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn is_ready_when_everything_is_there() {
        let found = asked("/readyz", || async { Ok(()) }).await;
        assert_eq!(found, (StatusCode::OK, r#"{"status":"ready"}"#.to_owned()));
    }

    #[tokio::test]
    async fn is_not_ready_and_keeps_the_reason_to_itself() {
        let found = asked("/readyz", || async { Err("no database at db.internal".to_owned()) }).await;
        assert_eq!(found, (StatusCode::SERVICE_UNAVAILABLE, r#"{"status":"not_ready"}"#.to_owned()));
    }

    #[tokio::test(start_paused = true)]
    async fn is_not_ready_when_the_check_hangs() {
        let found = asked("/readyz", std::future::pending::<Result<(), String>>).await;
        assert_eq!(found.0, StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test]
    async fn is_up_even_when_not_ready() {
        let found = asked("/healthz", || async { Err("nothing works".to_owned()) }).await;
        assert_eq!(found, (StatusCode::OK, r#"{"status":"up"}"#.to_owned()));
    }
}
