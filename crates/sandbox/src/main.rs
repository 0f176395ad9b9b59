//! `passerelle-sandbox`: the sandbox as a program. Reads its arguments, prints one line when it listens, stops on
//! Ctrl-C or SIGTERM.

use std::{net::SocketAddr, process::ExitCode};

use passerelle_sandbox::{Options, Sandbox};

const USAGE: &str = "\
A stand-in for HubRise and for PAR PixelPoint, for trying and testing. Nothing it holds outlives it.

Usage: passerelle-sandbox [OPTIONS]

Options:
  --listen ADDRESS   address and port to listen on [default: 127.0.0.1:8081]
  --console ORIGIN   a console whose /oauth/callback is registered; may be repeated, and the
                     first is where HubRise's back office opens and tells the apps
                     [default: http://127.0.0.1:8080 and http://localhost:8080]
  --pixelpoint ADDRESS
                     address and port of PixelPoint's EOI, or `none` [default: 127.0.0.1:8082]
  --offices ADDRESS  address and port of the vendors' back offices, or `none`; they go by the
                     name of localhost [default: 127.0.0.1:8083]
  --quiet            do not log requests
  --help             show this text
  --version          show the version
";

/// What the command line asked for.
#[derive(Debug)]
enum Command {
    Serve(Options),
    Print(String),
}

fn command(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut listen = SocketAddr::from(([127, 0, 0, 1], 8081));
    let mut pixelpoint = Some(SocketAddr::from(([127, 0, 0, 1], 8082)));
    let mut offices = Some(SocketAddr::from(([127, 0, 0, 1], 8083)));
    let (mut consoles, mut quiet) = (Vec::new(), false);
    while let Some(argument) = arguments.next() {
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let mut value =
            |what: &str| inline.clone().or_else(|| arguments.next()).ok_or_else(|| format!("`{name}` needs {what}"));
        match name.as_str() {
            "--listen" => {
                listen = address(&value("an address, such as 127.0.0.1:8081")?)?;
            }
            "--pixelpoint" => {
                pixelpoint = address_or_none(&value("an address, such as 127.0.0.1:8082, or `none`")?)?;
            }
            "--offices" => {
                offices = address_or_none(&value("an address, such as 127.0.0.1:8083, or `none`")?)?;
            }
            "--console" => consoles.push(value("an origin, such as http://127.0.0.1:8080")?),
            "--quiet" if inline.is_none() => quiet = true,
            "--help" | "-h" => return Ok(Command::Print(USAGE.to_owned())),
            "--version" | "-V" => {
                return Ok(Command::Print(format!("passerelle-sandbox {}\n", env!("CARGO_PKG_VERSION"))));
            }
            other => return Err(format!("`{other}` is not an option of passerelle-sandbox; see --help")),
        }
    }
    if consoles.is_empty() {
        consoles = vec!["http://127.0.0.1:8080".to_owned(), "http://localhost:8080".to_owned()];
    }
    Ok(Command::Serve(Options { listen, consoles, quiet, pixelpoint, offices }))
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("`{text}` is not an address with a port"))
}

fn address_or_none(text: &str) -> Result<Option<SocketAddr>, String> {
    if text == "none" { Ok(None) } else { address(text).map(Some) }
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = match command(std::env::args().skip(1)) {
        Ok(Command::Serve(options)) => options,
        Ok(Command::Print(text)) => {
            print!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            return ExitCode::from(2);
        }
    };
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false).init();
    match Sandbox::start(options).await {
        Ok(sandbox) => {
            println!("HubRise sandbox on {} (controls: {}/_sandbox)", sandbox.base_url, sandbox.base_url);
            if let Some(url) = &sandbox.pixelpoint_url {
                println!("PixelPoint sandbox on {url} (controls: {}/_sandbox/pixelpoint)", sandbox.base_url);
            }
            if let Some(url) = &sandbox.offices_url {
                println!("The vendors' back offices on {url}");
            }
            asked_to_stop().await;
            sandbox.stop().await;
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Resolves on Ctrl-C, and on SIGTERM where there is such a thing.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminated.recv() => return,
                _ = tokio::signal::ctrl_c() => return,
            }
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        // Without signals there is nothing to wait for but the end of the process itself.
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(arguments: &[&str]) -> Options {
        match command(arguments.iter().map(|argument| (*argument).to_owned())) {
            Ok(Command::Serve(options)) => options,
            other => panic!("{other:?}"),
        }
    }

    fn refused(arguments: &[&str]) -> String {
        match command(arguments.iter().map(|argument| (*argument).to_owned())) {
            Err(problem) => problem,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn reads_every_option_in_both_forms() {
        let spaced = [
            "--listen",
            "0.0.0.0:9000",
            "--console",
            "http://a:1",
            "--pixelpoint",
            "127.0.0.1:9001",
            "--console",
            "http://b:2",
            "--quiet",
            "--offices",
            "127.0.0.1:9002",
        ];
        let joined = [
            "--quiet",
            "--listen=0.0.0.0:9000",
            "--console=http://a:1",
            "--console=http://b:2",
            "--pixelpoint=127.0.0.1:9001",
            "--offices=127.0.0.1:9002",
        ];
        for arguments in [&spaced[..], &joined[..]] {
            let read = options(arguments);
            assert_eq!(read.consoles, ["http://a:1", "http://b:2"]);
            assert_eq!((read.listen, read.quiet), (([0, 0, 0, 0], 9000).into(), true));
            assert_eq!(read.pixelpoint, Some(([127, 0, 0, 1], 9001).into()));
            assert_eq!(read.offices, Some(([127, 0, 0, 1], 9002).into()));
        }
        let usual = options(&[]);
        assert_eq!((usual.consoles.len(), usual.offices), (2, Some(([127, 0, 0, 1], 8083).into())));
        let bare = options(&["--pixelpoint=none", "--offices=none"]);
        assert_eq!((bare.pixelpoint, bare.offices), (None, None));
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(refused(&["--listen"]), "`--listen` needs an address, such as 127.0.0.1:8081");
        assert_eq!(refused(&["--listen", "8081"]), "`8081` is not an address with a port");
        assert_eq!(refused(&["--offices", "no"]), "`no` is not an address with a port");
        assert!(refused(&["--port", "1"]).contains("`--port` is not an option"));
        assert!(!refused(&["--quiet=yes"]).is_empty());
    }
}
