//! Ctrl-C and SIGTERM: every process started here is in a group of its own and is told to stop, with its descendants.
//! Cleaning up is the owners' business: they see their child end, return an error, and their guards run.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

/// What a shell expects of a command that Ctrl-C ended: 128 + SIGINT.
pub(crate) const EXIT_CODE: u8 = 130;

static REQUESTED: AtomicBool = AtomicBool::new(false);
static GROUPS: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// Listens for SIGINT, SIGTERM and SIGHUP. The first asks every group to stop, the second kills.
pub(crate) fn install() -> anyhow::Result<()> {
    ctrlc::set_handler(|| {
        let signal = if REQUESTED.swap(true, Ordering::SeqCst) { Signal::SIGKILL } else { Signal::SIGTERM };
        for group in groups().iter() {
            send(*group, signal);
        }
    })
    .context("cannot listen for Ctrl-C")
}

/// Whether the user asked to stop.
pub(crate) fn requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}

/// Fails once the user asked to stop.
pub(crate) fn check() -> anyhow::Result<()> {
    if requested() { bail!("stopped") } else { Ok(()) }
}

/// Pauses, but not beyond a request to stop.
pub(crate) fn pause(time: Duration) -> anyhow::Result<()> {
    std::thread::sleep(time);
    check()
}

/// Signals a process group; one that is gone already is no error.
pub(crate) fn send(group: u32, signal: Signal) {
    if let Ok(group) = i32::try_from(group) {
        // The only failure is "no such group", which is what we want in the end.
        let _gone = killpg(Pid::from_raw(group), signal);
    }
}

/// A process group that is told to stop when the user asks to; forgotten when this is dropped.
#[derive(Debug)]
pub(crate) struct Watched(u32);

impl Watched {
    /// Watches the group led by process `pid`. If the user asked to stop meanwhile, it is told at once.
    pub(crate) fn new(pid: u32) -> Self {
        groups().push(pid);
        if requested() {
            send(pid, Signal::SIGTERM);
        }
        Self(pid)
    }

    pub(crate) fn group(&self) -> u32 {
        self.0
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        groups().retain(|group| *group != self.0);
    }
}

fn groups() -> MutexGuard<'static, Vec<u32>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}
