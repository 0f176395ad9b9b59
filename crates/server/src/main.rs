//! The program: reads the command line and the settings, then serves, or shows what the settings are.

mod cli;
mod vendors_check;

use std::process::ExitCode;

use anyhow::Context as _;
use passerelle_server::{
    assemble,
    config::{self, DatabaseUrl, Faults, File, Settings},
    delivery::GRACE,
    inventory as stock_engine, router, serve, telemetry,
};

/// The command line or the settings are wrong (BSD's `EX_USAGE` and `EX_CONFIG` in one).
const WRONG: u8 = 2;

fn main() -> ExitCode {
    let command = match cli::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(wrong) => {
            eprintln!("passerelle: {wrong}\n\n{}", cli::HELP);
            return ExitCode::from(WRONG);
        }
    };
    let outcome = match command {
        cli::Command::Help => {
            print!("{}", cli::HELP);
            Ok(())
        }
        cli::Command::Version => {
            println!("passerelle {}", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
        cli::Command::Check(file) => check(&file),
        cli::Command::VendorsCheck(folder) => {
            return match vendors_check::check(&folder) {
                Ok(found) => {
                    print!("{found}");
                    ExitCode::SUCCESS
                }
                Err(faults) => {
                    eprint!("{faults}");
                    ExitCode::from(WRONG)
                }
            };
        }
        cli::Command::Serve(file) => run(&file),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("passerelle: {error:#}");
            if error.is::<Faults>() { ExitCode::from(WRONG) } else { ExitCode::FAILURE }
        }
    }
}

fn load(file: &File) -> Result<config::Loaded, Faults> {
    config::load(file, std::env::vars_os())
}

/// Prints the settings in force; then whatever about them only the vendors' profiles can tell.
fn check(file: &File) -> anyhow::Result<()> {
    let loaded = load(file)?;
    print!("{}", loaded.report());
    assemble::vendors(&loaded.settings)?;
    Ok(())
}

fn run(file: &File) -> anyhow::Result<()> {
    let settings = load(file)?.settings;
    telemetry::init(&settings.log)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run_with(settings))
}

async fn run_with(settings: Settings) -> anyhow::Result<()> {
    // The port first: a second server must not touch the first one's data.
    let stop = serve::stop_signal()?;
    let listener = serve::bind(&settings.server).await?;
    if matches!(settings.database.url, DatabaseUrl::Sqlite(_)) {
        let folder = settings.server.data_dir.display();
        settings.create_data_dir().with_context(|| format!("the data folder `{folder}` cannot be created"))?;
    }
    let state = assemble::state(&settings).await?;
    let background = assemble::background(&state);
    let delivery = assemble::delivery(&state);
    tokio::spawn(delivery.clone().run());
    let inventory = assemble::inventory(&state);
    tokio::spawn(inventory.clone().run());
    // Streams to open pages never end by themselves: the server would wait for them.
    let (live, sending, stock) = (state.live().clone(), delivery.clone(), inventory.clone());
    let stop = async move {
        stop.await;
        live.close();
        sending.stop();
        stock.stop();
    };
    let router = router(&settings, state);
    let address = listener.local_addr()?;
    tracing::info!(%address, public_url = settings.server.public_url.origin(), "listening");
    let served = serve::serve(listener, router, stop).await;
    // An order under way is delivered or not, and nobody will know unless its answer is waited for.
    delivery.stop();
    inventory.stop();
    tokio::join!(delivery.ended(GRACE), inventory.ended(stock_engine::GRACE));
    drop(background);
    served?;
    tracing::info!("stopped");
    Ok(())
}
