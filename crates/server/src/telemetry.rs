//! The log: one line an event on standard output, as JSON or as text. What is said is for each module to decide.

use std::{io, panic};

use tracing::Subscriber;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter, layer::SubscriberExt, util::SubscriberInitExt};

use crate::{
    config::{LogFormat, LogSettings},
    middleware::RequestId,
};

/// Why logging cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter is not one; the settings' check lets none such through.
    #[error("`log.level` is not a filter: {0}")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// Something in this process logs already.
    #[error("logging has begun already: {0}")]
    Begun(#[from] tracing_subscriber::util::TryInitError),
}

/// Begins to log for the whole process, and has panics logged like everything else.
///
/// # Errors
/// When it was called before, or the level is not a filter.
pub fn init(settings: &LogSettings) -> Result<(), TelemetryError> {
    subscriber(settings, io::stdout)?.try_init()?;
    panic::set_hook(Box::new(|panic| {
        let request_id = RequestId::current();
        let origin = panic.location().map(ToString::to_string).unwrap_or_default();
        let said = panic.payload_as_str().unwrap_or("without a message");
        tracing::error!(request_id = request_id.as_str(), origin, cause = said, "panicked");
    }));
    Ok(())
}

/// What [`init`] installs, writing to `writer`.
fn subscriber<W>(settings: &LogSettings, writer: W) -> Result<Box<dyn Subscriber + Send + Sync>, TelemetryError>
where
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(&settings.level)?;
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    let registry = tracing_subscriber::registry().with(filter);
    Ok(match settings.format {
        LogFormat::Json => {
            Box::new(registry.with(lines.json().flatten_event(true).with_current_span(false).with_span_list(false)))
        }
        LogFormat::Text => Box::new(registry.with(lines.with_ansi(false))),
    })
}

#[cfg(test)]
pub(crate) mod capture {
    //! The log of one test, in memory.

    use std::sync::{Arc, LazyLock, Mutex, PoisonError};

    use tracing::Dispatch;
    use tracing_subscriber::Registry;

    use super::*;

    /// While a process has one subscriber alone, tracing asks only the thread that first meets an event whether it
    /// is of interest, and remembers a no for all. Tests that share a process therefore keep these two.
    static COMPANY: LazyLock<[Dispatch; 2]> = LazyLock::new(|| [(); 2].map(|()| Dispatch::new(Registry::default())));

    /// Everything written.
    #[derive(Clone, Default)]
    pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

    impl Log {
        /// Begins to capture on this thread, until the guard is dropped.
        pub(crate) fn start(level: &str, format: LogFormat) -> (Self, tracing::subscriber::DefaultGuard) {
            LazyLock::force(&COMPANY);
            let log = Self::default();
            let writer = log.clone();
            let settings = LogSettings { level: level.to_owned(), format };
            let Ok(subscriber) = subscriber(&settings, move || writer.clone()) else { panic!("a wrong level") };
            (log, tracing::subscriber::set_default(subscriber))
        }

        /// What was written so far.
        pub(crate) fn text(&self) -> String {
            String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
        }
    }

    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::{capture::Log, *};

    #[test]
    fn writes_one_json_object_a_line() {
        let (log, _guard) = Log::start("info", LogFormat::Json);
        tracing::info!(count = 2, "two things\nhappened");
        tracing::debug!("nothing of interest");
        let text = log.text();
        assert_eq!(text.lines().count(), 1, "{text}");
        let line: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(line["message"], "two things\nhappened");
        assert_eq!(line["count"], 2);
        assert_eq!(line["level"], "INFO");
        assert!(line["timestamp"].is_string());
    }

    #[test]
    fn writes_text_for_people_without_colour_codes() {
        let (log, _guard) = Log::start("warn,nothing=info", LogFormat::Text);
        tracing::warn!(count = 2, "careful");
        let text = log.text();
        assert!(text.contains("careful") && text.contains("count=2") && !text.contains('\u{1b}'), "{text}");
    }
}
