//! A PostgreSQL cluster for one run: on a free port, in a temporary folder, as user `postgres` when we are root (it refuses
//! to run as root), tuned to forget rather than to keep unless it is to be durable. Gone when dropped.

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

/// No socket file, as its folder may not be writable.
const SETTINGS: &[&str] = &["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"];
/// Speed over safety: the data is thrown away.
const FORGETFUL: &[&str] = &["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/// A running cluster with the superuser `postgres`, no password.
#[derive(Debug)]
pub(crate) struct Cluster {
    port: u16,
    bin: PathBuf,
    folder: PathBuf,
    settings: Vec<&'static str>,
    running: Option<(Child, Watched)>,
}

impl Cluster {
    /// Makes and starts a cluster for tests with the programs in `bin`.
    pub(crate) fn start(bin: &Path) -> anyhow::Result<Self> {
        Self::start_with(bin, [SETTINGS, FORGETFUL].concat())
    }

    /// One that keeps what it has committed, as an operator's does.
    pub(crate) fn durable(bin: &Path) -> anyhow::Result<Self> {
        Self::start_with(bin, SETTINGS.to_vec())
    }

    fn start_with(bin: &Path, settings: Vec<&'static str>) -> anyhow::Result<Self> {
        let step = Step::start("Starting a PostgreSQL of our own");
        let port = services::free_ports(1)?[0];
        // Made by the user who will own it; every user can reach the system's temporary folder.
        let made = process::captured(as_owner("mktemp").args(["-d", "-t", "passerelle-postgres-XXXXXX"]))?;
        let folder = PathBuf::from(made.trim());
        let mut cluster = Self { port, bin: bin.to_owned(), folder, settings, running: None };
        let data = cluster.folder.join("data");
        let mut initdb = as_owner(bin.join("initdb"));
        initdb.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"]);
        process::captured(initdb.arg(&data))?;
        cluster.begin()?;
        step.done();
        Ok(cluster)
    }

    /// Starts it on its data, once it has been made or stopped.
    pub(crate) fn begin(&mut self) -> anyhow::Result<()> {
        let data = self.folder.join("data");
        let log = fs::File::create(self.log()).context("cannot write PostgreSQL's log")?;
        let mut postgres = as_owner(self.bin.join("postgres"));
        postgres.arg("-D").arg(&data).args(["-p", &self.port.to_string()]);
        postgres.args(self.settings.iter().flat_map(|setting| ["-c", setting]));
        postgres.stdout(log.try_clone()?).stderr(log);
        self.running = Some(process::spawn(&mut postgres)?);
        self.until_ready(&data)
    }

    /// Stops it, cutting its clients off; `begin` starts it again.
    pub(crate) fn end(&mut self) {
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
    }

    /// A new, empty database; its address.
    pub(crate) fn database(&self, name: &str) -> anyhow::Result<String> {
        self.psql("postgres", &format!("CREATE DATABASE {name}"))?;
        Ok(format!("postgres://postgres@127.0.0.1:{}/{name}", self.port))
    }

    /// How many bytes a database takes.
    pub(crate) fn size(&self, name: &str) -> anyhow::Result<u64> {
        let told = self.psql(name, &format!("SELECT pg_database_size('{name}')"))?;
        told.trim().parse().context("PostgreSQL told no size")
    }

    fn psql(&self, database: &str, command: &str) -> anyhow::Result<String> {
        let here = self.bin.join("psql");
        // Where `initdb` is a link, its companions are elsewhere.
        let program = if here.is_file() { here } else { process::on_path("psql").context("`psql` is not on PATH")? };
        let mut psql = as_owner(program);
        psql.args(["--host", "127.0.0.1", "--port", &self.port.to_string(), "--username", "postgres", "--no-psqlrc"]);
        process::captured(psql.args(["--tuples-only", "--no-align", "--command", command, database]))
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
        self.end();
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
