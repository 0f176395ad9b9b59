//! Everything an order passes, for measures and faults: the sandbox's HubRise and PixelPoint, consoles on a database, and
//! connected tills. Owns their starting, stopping and killing; what is done with them is `faults`' and `bench`'s.

pub(crate) mod arrival;
pub(crate) mod hubrise;
pub(crate) mod person;
pub(crate) mod sandbox;
pub(crate) mod tills;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::bench::KEY;
use crate::project;
use crate::service::{Service, tethered};
use crate::services::{self, Addresses};

/// A rig at work; gone when dropped.
#[derive(Debug)]
pub(crate) struct Rig {
    pub(crate) at: Addresses,
    /// Where logs are, and SQLite's data.
    pub(crate) data: PathBuf,
    database: Option<String>,
    /// Consoles, by place; the first is the one HubRise calls.
    consoles: Vec<Option<Service>>,
    ports: Vec<u16>,
    starts: u32,
    _sandbox: Service,
}

impl Rig {
    /// Starts the sandbox and one console: on this database, or on SQLite in a fresh folder under `target`.
    pub(crate) fn start(name: &str, database: Option<&str>) -> anyhow::Result<Self> {
        let data = fresh_folder(name)?;
        Self::start_in(data, database, None)
    }

    /// The same, the console's data in a file system of its own of so many megabytes: it can be filled.
    pub(crate) fn start_confined(name: &str, megabytes: u32) -> anyhow::Result<Self> {
        let data = fresh_folder(name)?;
        Self::start_in(data, None, Some(megabytes))
    }

    fn start_in(data: PathBuf, database: Option<&str>, confined: Option<u32>) -> anyhow::Result<Self> {
        let at = Addresses::free()?;
        let mut command = services::sandbox(&project::release_binary("passerelle-sandbox"), &at);
        command.arg("--quiet");
        let mut sandbox = Service::start("the sandbox", &mut command, data.join("sandbox.log"))?;
        sandbox.until_it_answers(at.sandbox_port, "/_sandbox/health")?;
        let ports = vec![at.console_port];
        let database = database.map(str::to_owned);
        let mut rig = Self { at, data, database, consoles: vec![None], ports, starts: 0, _sandbox: sandbox };
        match confined {
            Some(megabytes) => rig.begin_confined(megabytes)?,
            None => rig.begin(0)?,
        }
        Ok(rig)
    }

    /// Starts the console of a place, that is not there or was killed, and waits until it answers.
    pub(crate) fn begin(&mut self, place: usize) -> anyhow::Result<()> {
        while self.ports.len() <= place {
            self.ports.extend(services::free_ports(1)?);
            self.consoles.push(None);
        }
        let at = Addresses { console_port: self.ports[place], ..self.at.clone() };
        let command = self.console(&project::release_binary("passerelle"), &at);
        self.launch(place, command)
    }

    /// The console in a mount namespace, its data on a small file system in memory.
    fn begin_confined(&mut self, megabytes: u32) -> anyhow::Result<()> {
        let plain = self.console(&project::release_binary("passerelle"), &self.at);
        let mut command = tethered(Path::new("unshare"));
        let folder = self.data.display().to_string();
        let script = format!("mount -t tmpfs -o size={megabytes}m tmpfs \"$1\" && cd \"$1\" && shift && exec \"$@\"");
        command.args(["--map-root-user", "--mount", "sh", "-c", &script, "sh", &folder]);
        command.arg(project::release_binary("passerelle")).arg("serve");
        for (name, value) in plain.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        self.launch(0, command)
    }

    fn console(&self, binary: &Path, at: &Addresses) -> Command {
        let mut command = services::console(binary, at, &self.data);
        if let Some(url) = &self.database {
            command.env("PASSERELLE_DATABASE_URL", url).env("PASSERELLE_ENCRYPTION_KEY", KEY);
        }
        command
    }

    fn launch(&mut self, place: usize, mut command: Command) -> anyhow::Result<()> {
        self.starts += 1;
        let log = self.data.join(format!("console-{place}-{}.log", self.starts));
        let mut service = Service::start("the console", &mut command, log)?;
        service.until_it_answers(self.ports[place], "/readyz")?;
        self.consoles[place] = Some(service);
        Ok(())
    }

    /// Kills the console of a place, as a power cut would.
    pub(crate) fn kill(&mut self, place: usize) {
        if let Some(service) = self.consoles.get_mut(place).and_then(Option::take) {
            service.kill();
        }
    }

    /// Stops the consoles in order, so that what they keep is at rest.
    pub(crate) fn stop(&mut self) {
        self.consoles.iter_mut().for_each(|console| drop(console.take()));
    }

    /// The process of the first console.
    pub(crate) fn pid(&self) -> anyhow::Result<u32> {
        self.consoles.first().and_then(Option::as_ref).map(Service::pid).context("the console is not running")
    }

    /// The most memory the first console has had, in bytes; Linux only.
    pub(crate) fn peak_memory(&self) -> anyhow::Result<Option<u64>> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid()?)).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|text| text.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
        Ok(kilobytes.map(|kilobytes| kilobytes * 1024))
    }

    /// What SQLite's file takes, in bytes. Its log beside it is counted once it is merged: when the console has stopped.
    pub(crate) fn sqlite_size(&self) -> anyhow::Result<u64> {
        let file = self.data.join("passerelle.db");
        Ok(fs::metadata(&file).with_context(|| format!("cannot read {}", file.display()))?.len())
    }
}

fn fresh_folder(name: &str) -> anyhow::Result<PathBuf> {
    let data = project::target().join("rig").join(name);
    if data.exists() {
        fs::remove_dir_all(&data).with_context(|| format!("cannot empty {}", data.display()))?;
    }
    fs::create_dir_all(&data).with_context(|| format!("cannot create {}", data.display()))?;
    Ok(data)
}
