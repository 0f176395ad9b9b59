//! The command line: what is asked, or the sentence that says how to ask.

use std::{ffi::OsString, path::PathBuf};

use passerelle_server::config::{DEFAULT_FILE, File};

/// What `--help` prints.
pub(crate) const HELP: &str = "\
passerelle: connects tills to HubRise

Usage: passerelle serve [--config FILE]   run the server
       passerelle check [--config FILE]   print the settings in force and where each comes from
       passerelle vendors check FOLDER    say what is wrong with a vendor's profile, or with a folder of them
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
    /// Look at the profiles in this folder.
    VendorsCheck(PathBuf),
    /// Explain.
    Help,
    /// Say which this is.
    Version,
}

/// Reads the arguments, without the program's name.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut arguments = arguments.into_iter();
    let Some(first) = arguments.next() else {
        return Err("say what to do: `serve`, `check` or `vendors check`".to_owned());
    };
    let command = match first.to_str() {
        Some("-h" | "--help" | "help") => return Ok(Command::Help),
        Some("-V" | "--version") => return Ok(Command::Version),
        Some("serve") => Command::Serve,
        Some("check") => Command::Check,
        Some("vendors") => return vendors(arguments),
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

/// What follows `vendors`.
fn vendors(mut arguments: impl Iterator<Item = OsString>) -> Result<Command, String> {
    let rest = [arguments.next(), arguments.next(), arguments.next()];
    if rest.iter().flatten().any(|argument| argument == "--help" || argument == "-h") {
        return Ok(Command::Help);
    }
    match rest {
        [Some(check), Some(folder), None] if check == "check" && !folder.is_empty() => {
            Ok(Command::VendorsCheck(PathBuf::from(folder)))
        }
        [Some(check), None, _] if check == "check" => Err("`vendors check` wants a folder".to_owned()),
        [Some(check), _, Some(more)] if check == "check" => {
            Err(format!("`vendors check` wants one folder, not `{}` too", more.display()))
        }
        [Some(other), ..] => Err(format!("there is no command `vendors {}`", other.display())),
        _ => Err("`vendors` can do one thing: `check`".to_owned()),
    }
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
        assert_eq!(parsed("vendors check profiles"), Ok(Command::VendorsCheck("profiles".into())));
        assert_eq!(parsed("vendors check --help"), Ok(Command::Help));
        assert_eq!(parsed("--version"), Ok(Command::Version));
    }

    #[test]
    fn says_what_it_does_not_understand() {
        assert_eq!(parsed(""), Err("say what to do: `serve`, `check` or `vendors check`".to_owned()));
        assert_eq!(parsed("vendors"), Err("`vendors` can do one thing: `check`".to_owned()));
        assert_eq!(parsed("vendors list"), Err("there is no command `vendors list`".to_owned()));
        assert_eq!(parsed("vendors check"), Err("`vendors check` wants a folder".to_owned()));
        assert_eq!(parsed("vendors check a b"), Err("`vendors check` wants one folder, not `b` too".to_owned()));
        assert_eq!(parsed("run"), Err("there is no command `run`".to_owned()));
        assert_eq!(parsed("serve --port 1"), Err("there is no option `--port`".to_owned()));
        assert_eq!(parsed("serve --config"), Err("`--config` wants a file".to_owned()));
    }
}
