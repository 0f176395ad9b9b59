//! The command line: what is asked, or the sentence that says how to ask.

use std::{ffi::OsString, path::PathBuf};

use passerelle_server::config::{DEFAULT_FILE, File};

/// What `--help` prints.
pub(crate) const HELP: &str = "\
passerelle: connects tills to HubRise

Usage: passerelle serve [--config FILE]   run the server
       passerelle check [--config FILE]   print the settings in force and where each comes from
       passerelle --help | --version

Without --config, passerelle.toml in the working directory is read if it is there.
Settings are also taken from the environment: PASSERELLE_<SECTION>_<KEY>.
";

/// What is asked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Run.
    Serve(File),
    /// Show the settings.
    Check(File),
    /// Explain.
    Help,
    /// Say which this is.
    Version,
}

/// Reads the arguments, without the program's name.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut arguments = arguments.into_iter();
    let Some(first) = arguments.next() else { return Err("say what to do: `serve` or `check`".to_owned()) };
    let command = match first.to_str() {
        Some("-h" | "--help" | "help") => return Ok(Command::Help),
        Some("-V" | "--version") => return Ok(Command::Version),
        Some("serve") => Command::Serve,
        Some("check") => Command::Check,
        _ => return Err(format!("there is no command `{}`", first.display())),
    };
    let mut file = File::IfPresent(PathBuf::from(DEFAULT_FILE));
    while let Some(argument) = arguments.next() {
        file = match argument.to_str() {
            Some("-h" | "--help") => return Ok(Command::Help),
            Some("--config") => match arguments.next() {
                Some(path) if !path.is_empty() => File::Named(PathBuf::from(path)),
                _ => return Err("`--config` wants a file".to_owned()),
            },
            Some(joined) if joined.len() > "--config=".len() && joined.starts_with("--config=") => {
                File::Named(PathBuf::from(&joined["--config=".len()..]))
            }
            _ => return Err(format!("there is no option `{}`", argument.display())),
        };
    }
    Ok(command(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn reads_commands_and_the_file() {
        assert_eq!(parsed("serve"), Ok(Command::Serve(File::IfPresent("passerelle.toml".into()))));
        assert_eq!(parsed("check --config a.toml"), Ok(Command::Check(File::Named("a.toml".into()))));
        assert_eq!(parsed("serve --config=a.toml"), Ok(Command::Serve(File::Named("a.toml".into()))));
        assert_eq!(parsed("serve --help"), Ok(Command::Help));
        assert_eq!(parsed("--version"), Ok(Command::Version));
    }

    #[test]
    fn says_what_it_does_not_understand() {
        assert_eq!(parsed(""), Err("say what to do: `serve` or `check`".to_owned()));
        assert_eq!(parsed("run"), Err("there is no command `run`".to_owned()));
        assert_eq!(parsed("serve --port 1"), Err("there is no option `--port`".to_owned()));
        assert_eq!(parsed("serve --config"), Err("`--config` wants a file".to_owned()));
    }
}
