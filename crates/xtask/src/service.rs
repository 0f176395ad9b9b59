//! One program kept running: its start, the wait until it answers, its end with everything it started. Which programs and
//! with what settings is `services`' business.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, bail};
use nix::sys::signal::Signal;

use crate::interrupt::{self, Watched};
use crate::process;
use crate::services::url;

/// How long a service may take to answer for the first time.
const START_LIMIT: Duration = Duration::from_secs(30);
/// How long a service may take to end when asked, before it is killed: the server lets running requests finish.
const STOP_LIMIT: Duration = Duration::from_secs(12);

/// A running program, stopped when dropped.
#[derive(Debug)]
pub(crate) struct Service {
    name: &'static str,
    child: Child,
    watched: Watched,
    log: PathBuf,
}

impl Service {
    /// Starts a program whose output goes to `log`.
    pub(crate) fn start(name: &'static str, command: &mut Command, log: PathBuf) -> anyhow::Result<Self> {
        let file = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        command.stdout(file.try_clone()?).stderr(file);
        let (child, watched) = process::spawn(command)?;
        Ok(Self { name, child, watched, log })
    }

    /// Fails, with the end of its log, when the program has ended.
    pub(crate) fn check(&mut self) -> anyhow::Result<()> {
        interrupt::check()?;
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => Err(anyhow!("{} stopped ({status}). Its last lines:\n\n{}", self.name, self.tail())),
        }
    }

    /// Waits until the program answers 200 on a path.
    pub(crate) fn until_it_answers(&mut self, port: u16, path: &str) -> anyhow::Result<()> {
        let started = Instant::now();
        while !answers(port, path) {
            self.check()?;
            if started.elapsed() > START_LIMIT {
                let seconds = START_LIMIT.as_secs();
                bail!(
                    "{} did not answer {}{path} within {seconds} s. Its last lines:\n\n{}",
                    self.name,
                    url(port),
                    self.tail()
                );
            }
            interrupt::pause(Duration::from_millis(50))?;
        }
        Ok(())
    }

    /// The program's process id, which is also its group's.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Kills it as a power cut would, without a chance to tidy up.
    pub(crate) fn kill(mut self) {
        interrupt::send(self.watched.group(), Signal::SIGKILL);
        // It is gone now, one way or the other.
        let _ended = self.child.wait();
    }

    fn tail(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].iter().map(|line| format!("    {line}\n")).collect()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        interrupt::send(self.watched.group(), Signal::SIGTERM);
        let asked = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && asked.elapsed() < STOP_LIMIT {
            std::thread::sleep(Duration::from_millis(20));
        }
        // Also takes with it whatever the program started and left behind.
        interrupt::send(self.watched.group(), Signal::SIGKILL);
        // It is gone now, one way or the other.
        let _ended = self.child.wait();
    }
}

/// A command whose process ends with us even when we are killed without a chance to clean up; Linux only.
pub(crate) fn tethered(program: &Path) -> Command {
    match process::on_path("setpriv") {
        Some(setpriv) if cfg!(target_os = "linux") => {
            let mut command = process::command(setpriv);
            command.args(["--pdeathsig", "TERM", "--"]).arg(program);
            command
        }
        _ => process::command(program),
    }
}

/// Whether a GET is answered 200.
fn answers(port: u16, path: &str) -> bool {
    let limit = Duration::from_secs(2);
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), limit)?;
        stream.set_read_timeout(Some(limit))?;
        write!(stream, "GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n\r\n")?;
        let mut start = [0; 12];
        stream.read_exact(&mut start)?;
        Ok(start.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::services::free_ports;

    #[test]
    fn a_service_that_ends_is_reported_with_its_last_lines() {
        let log = std::env::temp_dir().join(format!("passerelle-xtask-service-{}.log", std::process::id()));
        let mut command = process::command("sh");
        let port = free_ports(1).unwrap()[0];
        let mut service =
            Service::start("the console", command.args(["-c", "echo no key; exit 2"]), log.clone()).unwrap();
        let error = service.until_it_answers(port, "/readyz").unwrap_err().to_string();
        drop(service);
        fs::remove_file(log).unwrap();
        assert!(error.contains("the console stopped (exit status: 2)") && error.contains("no key"), "{error}");
    }
}
