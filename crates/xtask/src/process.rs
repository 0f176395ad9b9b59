//! Running other programs: quietly under a progress line, streamed to the user, or captured. Each runs in a process group
//! of its own, so that Ctrl-C stops its descendants too. What an error means is `trouble`'s business.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, anyhow};

use crate::interrupt::{self, Watched};
use crate::say::Step;
use crate::{project, trouble};

/// How many lines of a failed command's output are shown.
const TAIL: usize = 40;

/// A program run in the project's folder, without the variables that `cargo run` set for us alone.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let ours = name.to_str().is_some_and(|name| {
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|start| name.starts_with(start))
        });
        if ours {
            command.env_remove(name);
        }
    }
    command.current_dir(project::root()).stdin(Stdio::null()).process_group(0);
    command
}

/// The cargo that runs us.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Starts a program and watches its group.
pub(crate) fn spawn(command: &mut Command) -> anyhow::Result<(Child, Watched)> {
    interrupt::check()?;
    let child = command.spawn().with_context(|| format!("cannot start `{}`", said(command)))?;
    let watched = Watched::new(child.id());
    Ok((child, watched))
}

/// Runs a program under one progress line, its output in a log; on failure shows the log's end and what would help.
pub(crate) fn quietly(what: &str, command: &mut Command) -> anyhow::Result<()> {
    let log = project::scratch()?.join(format!("{}.log", log_name(what)));
    let mut file = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    let mut step = Step::start(what);
    let mut tail = VecDeque::with_capacity(TAIL);
    let mut written = Ok(());
    let ran = each_line(command, |line| match line {
        Some(line) => {
            if written.is_ok() {
                written = writeln!(file, "{line}");
            }
            if tail.len() == TAIL {
                tail.pop_front();
            }
            tail.push_back(line.to_owned());
            step.progress(line);
        }
        None => step.progress(tail.back().map_or("", String::as_str)),
    });
    match ran {
        Ok(status) if status.success() => {
            step.done();
            written.with_context(|| format!("cannot write {}", log.display()))
        }
        Ok(_) => {
            step.failed();
            interrupt::check()?;
            Err(failure(command, &Vec::from(tail).join("\n"), &log))
        }
        Err(error) => {
            step.failed();
            Err(error)
        }
    }
}

/// Runs a program whose output the user reads as it comes; also returns it, with whether the program succeeded.
pub(crate) fn streamed(command: &mut Command) -> anyhow::Result<(bool, String)> {
    let mut text = String::new();
    let status = each_line(command, |line| {
        if let Some(line) = line {
            println!("{line}");
            text.push_str(line);
            text.push('\n');
        }
    })?;
    interrupt::check()?;
    Ok((status.success(), text))
}

/// Runs a program for its standard output; fails with its standard error.
pub(crate) fn captured(command: &mut Command) -> anyhow::Result<String> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let (child, _watched) = spawn(command)?;
    let output = child.wait_with_output().with_context(|| format!("cannot read from `{}`", said(command)))?;
    interrupt::check()?;
    if !output.status.success() {
        return Err(anyhow!("`{}` failed: {}", said(command), String::from_utf8_lossy(&output.stderr).trim()));
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` wrote no UTF-8", said(command)))
}

/// The first program of that name on `PATH`.
pub(crate) fn on_path(name: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file())
}

/// A command as one would type it in the project's folder.
pub(crate) fn said(command: &Command) -> String {
    let root = format!("{}/", project::root().display());
    let program = Path::new(command.get_program());
    std::iter::once(program.file_name().unwrap_or(command.get_program()))
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().replace(&root, ""))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs a program to its end, handing over each line it writes, and `None` every second it writes nothing.
fn each_line(command: &mut Command, mut on_line: impl FnMut(Option<&str>)) -> anyhow::Result<ExitStatus> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let (mut child, _watched) = spawn(command)?;
    let (sender, lines) = mpsc::channel();
    let readers =
        [child.stdout.take().map(|out| read(out, sender.clone())), child.stderr.take().map(|err| read(err, sender))];
    loop {
        match lines.recv_timeout(Duration::from_secs(1)) {
            Ok(line) => on_line(Some(&line)),
            Err(RecvTimeoutError::Timeout) => on_line(None),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    for reader in readers.into_iter().flatten() {
        // A reader only ends when its pipe does.
        let _ended = reader.join();
    }
    child.wait().with_context(|| format!("cannot wait for `{}`", said(command)))
}

fn read(from: impl Read + Send + 'static, to: mpsc::Sender<String>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut line = Vec::new();
        while from.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            line.clear();
            if to.send(text).is_err() {
                break;
            }
        }
    })
}

/// Where we know what is wrong, that and the log; otherwise the program's own last words.
fn failure(command: &Command, tail: &str, log: &Path) -> anyhow::Error {
    let (command, log) = (said(command), project::shown(log));
    if let Some(advice) = trouble::advice(tail) {
        return anyhow!("{advice}\n\n`{command}` failed; what it said is in {log}");
    }
    let indented = tail.lines().map(|line| format!("    {line}\n")).collect::<String>();
    anyhow!("`{command}` failed. Its last lines:\n\n{indented}\nThe whole log: {log}")
}

/// The words before any bracket, as a file name.
fn log_name(what: &str) -> String {
    let words = what.split(" (").next().unwrap_or(what);
    words
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || letter == '.' { letter.to_ascii_lowercase() } else { '-' })
        .take(40)
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn hands_over_what_a_program_writes_on_both_streams() {
        let mut lines = Vec::new();
        let status = each_line(command("sh").args(["-c", "echo out; echo err >&2; exit 3"]), |line| {
            lines.extend(line.map(str::to_owned));
        })
        .unwrap();
        lines.sort();
        assert_eq!(lines, ["err", "out"]);
        assert_eq!(status.code(), Some(3));
    }

    #[test]
    fn says_a_command_and_names_its_log() {
        let mut command = command("/usr/bin/cargo");
        command.arg("build").arg(project::root().join("dist"));
        assert_eq!(said(&command), "cargo build dist");
        assert_eq!(log_name("Compiling trunk 0.21.14 (once for this user)"), "compiling-trunk-0.21.14");
    }

    #[test]
    fn a_failed_capture_tells_what_the_program_said() {
        let error = captured(command("sh").args(["-c", "echo broken >&2; exit 1"])).unwrap_err();
        assert!(error.to_string().ends_with("failed: broken"), "{error}");
    }
}
