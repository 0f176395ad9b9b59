//! What the user reads while we work: one line a step, with its time. What a step does is not known here.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Whether somebody watches a terminal that can redraw a line. CI logs keep what is written.
pub(crate) fn live() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("CI").is_none()
}

/// A duration in words: `420 ms`, `12 s`, `3 min 05 s`.
pub(crate) fn time(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0 => format!("{} ms", time.as_millis()),
        1..60 => format!("{:.0} s", time.as_secs_f64()),
        60.. => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// Announces a step, and tells how it ended.
#[derive(Debug)]
pub(crate) struct Step {
    what: String,
    started: Instant,
    reported: Instant,
}

/// How often a step that runs long says so where nothing can be redrawn.
const HEARTBEAT: Duration = Duration::from_secs(60);

impl Step {
    pub(crate) fn start(what: impl Into<String>) -> Self {
        let what = what.into();
        if live() {
            redraw(&format!("  … {what}"));
        } else {
            println!("  … {what}");
        }
        Self { what, started: Instant::now(), reported: Instant::now() }
    }

    /// Shows the last thing the step's command said, beside the time passed.
    pub(crate) fn progress(&mut self, last: &str) {
        let passed = time(self.started.elapsed());
        if live() {
            redraw(&format!("  … {} ({passed})  {}", self.what, last.trim()));
        } else if self.reported.elapsed() >= HEARTBEAT {
            self.reported = Instant::now();
            println!("    {passed}: {}", last.trim());
        }
    }

    pub(crate) fn done(self) {
        let passed = time(self.started.elapsed());
        finish(&format!("  ✓ {} ({passed})", self.what));
    }

    pub(crate) fn failed(self) {
        let passed = time(self.started.elapsed());
        finish(&format!("  ✗ {} ({passed})", self.what));
    }
}

/// A heading between groups of steps.
pub(crate) fn heading(words: &str) {
    println!("{words}");
}

/// A remark under a step.
pub(crate) fn note(words: &str) {
    println!("    {words}");
}

fn finish(line: &str) {
    if live() {
        redraw(line);
        println!();
    } else {
        println!("{line}");
    }
}

/// Redraws the current line, cut to a width any terminal has.
fn redraw(line: &str) {
    let cut: String = line.chars().take(78).collect();
    print!("\r\x1b[2K{cut}");
    // A closed terminal is not ours to mend.
    let _closed = std::io::stdout().flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_durations_in_words() {
        assert_eq!(time(Duration::from_millis(420)), "420 ms");
        assert_eq!(time(Duration::from_secs(12)), "12 s");
        assert_eq!(time(Duration::from_secs(185)), "3 min 05 s");
    }
}
