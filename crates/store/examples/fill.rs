//! Fills a database with many connections, for measuring: `fill URL VENDOR COUNT`.

use std::process::ExitCode;

use passerelle_store::{OpenOptions, open, testing};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, vendor, count] = arguments.as_slice() else {
        eprintln!("fill URL VENDOR COUNT");
        return ExitCode::from(2);
    };
    let Ok(count) = count.parse() else {
        eprintln!("`{count}` is no number of connections");
        return ExitCode::from(2);
    };
    // Opening brings the schema up to date.
    let filled = match open(url, OpenOptions::default()).await {
        Ok(store) => {
            store.close().await;
            testing::fill(url, vendor, count).await
        }
        Err(error) => Err(error),
    };
    match filled {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
