//! Fills a database with orders of the connections it has, over the year that ends now: `orders URL COUNT`. The connection
//! made first gets a fifth of them, or all where there is no other.

use std::process::ExitCode;

use jiff::Timestamp;
use passerelle_store::testing::Loader;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, count] = arguments.as_slice() else {
        eprintln!("orders URL COUNT");
        return ExitCode::from(2);
    };
    let Ok(count) = count.parse() else {
        eprintln!("`{count}` is no number of orders");
        return ExitCode::from(2);
    };
    let loaded = match Loader::open(url).await {
        Ok(loader) => loader.load(count, Timestamp::now(), |_| ()).await,
        Err(error) => Err(error),
    };
    match loaded {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
