//! Faults played on request: which part of the sandbox misbehaves, how, and how many times. The gate applies them.

use serde::{Deserialize, Serialize};

/// The part of HubRise that misbehaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Target {
    Token,
    Revoke,
    Api,
    Authorize,
    All,
}

impl Target {
    /// Every target, in the order the control page shows them.
    pub(crate) const ALL: [Self; 5] = [Self::Token, Self::Revoke, Self::Api, Self::Authorize, Self::All];

    /// Which part of HubRise a path belongs to; `None` for the sandbox's own pages, which never fail.
    pub(crate) fn of_path(path: &str) -> Option<Self> {
        if path == "/oauth2/v1/token" {
            Some(Self::Token)
        } else if path == "/oauth2/v1/revoke" {
            Some(Self::Revoke)
        } else if path.starts_with("/oauth2/v1/") {
            Some(Self::Authorize)
        } else if path == "/v1" || path.starts_with("/v1/") {
            Some(Self::Api)
        } else {
            None
        }
    }
}

/// How it misbehaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mode {
    /// Not at all: takes a fault back.
    None,
    /// Answers rightly, after `delay_ms`.
    Slow,
    /// Answers 500.
    Fail,
    /// Answers 200 with something else altogether.
    Nonsense,
    /// Closes the connection without an answer.
    Drop,
    /// Answers 429 with `Retry-After`.
    RateLimit,
}

impl Mode {
    /// Every mode, in the order the control page shows them.
    pub(crate) const ALL: [Self; 6] = [Self::None, Self::Slow, Self::Fail, Self::Nonsense, Self::Drop, Self::RateLimit];
}

/// One fault as asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    pub(crate) target: Target,
    pub(crate) mode: Mode,
    /// Milliseconds a slow answer waits.
    #[serde(default = "default_delay")]
    pub(crate) delay_ms: u64,
    /// How many more requests suffer it; `None` until reset.
    #[serde(default)]
    pub(crate) times: Option<u32>,
}

/// Longest delay that can be asked for, in milliseconds.
pub(crate) const MAX_DELAY_MS: u64 = 120_000;

fn default_delay() -> u64 {
    3_000
}

/// The faults in force, one a target at most.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// Puts a fault in force in place of the target's former one. `none` on `all` clears everything.
    pub(crate) fn set(&mut self, mut fault: Fault) {
        fault.delay_ms = fault.delay_ms.min(MAX_DELAY_MS);
        if fault.mode == Mode::None && fault.target == Target::All {
            self.0.clear();
        }
        self.0.retain(|other| other.target != fault.target);
        if fault.mode != Mode::None && fault.times != Some(0) {
            self.0.push(fault);
        }
    }

    /// The fault the next request to this target suffers, counted down.
    pub(crate) fn take(&mut self, target: Target) -> Option<Fault> {
        let position = self
            .0
            .iter()
            .position(|fault| fault.target == target)
            .or_else(|| self.0.iter().position(|fault| fault.target == Target::All))?;
        let fault = self.0[position].clone();
        if let Some(times) = &mut self.0[position].times {
            *times -= 1;
            if *times == 0 {
                self.0.remove(position);
            }
        }
        Some(fault)
    }

    /// The faults in force.
    pub(crate) fn list(&self) -> &[Fault] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(target: Target, mode: Mode, times: Option<u32>) -> Fault {
        Fault { target, mode, delay_ms: 1, times }
    }

    #[test]
    fn a_counted_fault_wears_off_and_the_exact_target_comes_first() {
        let mut faults = Faults::default();
        faults.set(fault(Target::All, Mode::Slow, None));
        faults.set(fault(Target::Token, Mode::Fail, Some(2)));
        let modes: Vec<_> = (0..3).filter_map(|_| faults.take(Target::Token)).map(|fault| fault.mode).collect();
        assert_eq!(modes, [Mode::Fail, Mode::Fail, Mode::Slow]);
        faults.set(fault(Target::All, Mode::None, None));
        assert_eq!(faults.take(Target::Api), None);
    }

    #[test]
    fn the_control_calls_are_nobodys_target() {
        assert_eq!(Target::of_path("/_sandbox/reset"), None);
        assert_eq!(Target::of_path("/oauth2/v1/authorize/abc"), Some(Target::Authorize));
        assert_eq!(Target::of_path("/v1/location"), Some(Target::Api));
        assert_eq!(Target::of_path("/v10"), None);
    }
}
