//! A PostgreSQL cluster for one test run: on a free port, in a temporary folder, as user `postgres` when we are root (it
//! refuses to run as root), tuned to forget rather than to keep. Gone when dropped.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use nix::sys::signal::Signal;

use crate::interrupt::{self, Watched};
use crate::say::Step;
use crate::{process, services, tools::debian};

/// How long the cluster may take to accept connections.
const START_LIMIT: Duration = Duration::from_secs(60);
/// How long it may take to end, having told its clients to go.
const STOP_LIMIT: Duration = Duration::from_secs(10);

/// Speed over safety: the data is thrown away. No socket file, as its folder may not be writable.
const SETTINGS: &[&str] = &[
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
];

/// A running cluster with the superuser `postgres`, no password.
#[derive(Debug)]
pub(crate) struct Cluster {
    port: u16,
    folder: PathBuf,
    running: Option<(Child, Watched)>,
}

impl Cluster {
    /// Makes and starts a cluster with the programs in `bin`.
    pub(crate) fn start(bin: &Path) -> anyhow::Result<Self> {
        let step = Step::start("Starting a PostgreSQL of our own");
        let port = services::free_ports(1)?[0];
        // Made by the user who will own it; every user can reach the system's temporary folder.
        let made = process::captured(as_owner("mktemp").args(["-d", "-t", "passerelle-postgres-XXXXXX"]))?;
        let mut cluster = Self { port, folder: PathBuf::from(made.trim()), running: None };
        let data = cluster.folder.join("data");
        let mut initdb = as_owner(bin.join("initdb"));
        initdb.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"]);
        process::captured(initdb.arg(&data))?;

        let log = fs::File::create(cluster.log()).context("cannot write PostgreSQL's log")?;
        let mut postgres = as_owner(bin.join("postgres"));
        postgres.arg("-D").arg(&data).args(["-p", &port.to_string()]);
        postgres.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
        postgres.stdout(log.try_clone()?).stderr(log);
        cluster.running = Some(process::spawn(&mut postgres)?);
        cluster.until_ready(&data)?;
        step.done();
        Ok(cluster)
    }

    /// Where tests connect; each makes a database of its own.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// PostgreSQL writes its state into the last line of its pid file.
    fn until_ready(&mut self, data: &Path) -> anyhow::Result<()> {
        let started = Instant::now();
        loop {
            let told = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
            if is_ready(&told) {
                return Ok(());
            }
            let ended = match &mut self.running {
                Some((child, _)) => child.try_wait()?.is_some(),
                None => true,
            };
            if ended || started.elapsed() > START_LIMIT {
                bail!("PostgreSQL did not start. It said:\n{}", fs::read_to_string(self.log()).unwrap_or_default());
            }
            interrupt::pause(Duration::from_millis(30))?;
        }
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some((mut child, watched)) = self.running.take() {
            // SIGINT is PostgreSQL's "fast" shutdown: it does not wait for clients to leave.
            interrupt::send(watched.group(), Signal::SIGINT);
            let asked = Instant::now();
            while matches!(child.try_wait(), Ok(None)) && asked.elapsed() < STOP_LIMIT {
                std::thread::sleep(Duration::from_millis(20));
            }
            interrupt::send(watched.group(), Signal::SIGKILL);
            // It is gone now, one way or the other.
            let _ended = child.wait();
        }
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("cannot remove {}: {error}", self.folder.display());
        }
    }
}

fn is_ready(pid_file: &str) -> bool {
    pid_file.lines().nth(7).is_some_and(|state| state.trim() == "ready")
}

/// A command run as the user who may own a cluster, and that ends with us.
fn as_owner(program: impl AsRef<Path>) -> Command {
    let mut command = if debian::is_root() && process::on_path("setpriv").is_some() {
        let mut command = process::command("setpriv");
        command.args(["--reuid", "postgres", "--regid", "postgres", "--init-groups", "--pdeathsig", "INT", "--"]);
        command.arg(program.as_ref());
        command
    } else {
        process::command(program.as_ref())
    };
    // Its own home may be closed to that user.
    command.current_dir("/");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_ready_once_the_pid_file_says_so() {
        assert!(is_ready("1\n/data\n0\n5432\n\n127.0.0.1\n0 0\nready   \n"));
        assert!(!is_ready("1\n/data\n0\n5432\n\n127.0.0.1\n0 0\nstarting\n"));
        assert!(!is_ready(""));
    }
}
