//! Makes the dictionary exchanges are packed with (`src/packing/dictionary-1.bin`), always the same one from the same
//! sources: `dictionary OUT [GOLDEN-CASES]`. A new one belongs to a new format of `packing`, as what was packed with the old
//! one must still be read.
//!
//! What it learns: typical orders of tills no measurement uses, and, where the folder is given, the translations that the
//! bridge's tests hold (`crates/bridge/tests/golden`).

use std::io;
use std::path::Path;
use std::process::ExitCode;

use jiff::{SignedDuration, Timestamp};
use passerelle_store::testing::traffic::Traffic;
use passerelle_store::{ConnectionId, NewExchange};

/// Large enough for what is said every time; each kilobyte more is worth less than a hundredth of the room.
const SIZE: usize = 32 * 1024;
/// Tills, and orders of each. Their seeds are far from those of any measurement.
const TILLS: u64 = 400;
const SEEDS: u64 = 1 << 40;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(out) = arguments.first() else {
        eprintln!("dictionary OUT [GOLDEN-CASES]");
        return ExitCode::from(2);
    };
    match make(Path::new(out), arguments.get(1).map(Path::new)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn make(out: &Path, golden: Option<&Path>) -> io::Result<()> {
    let mut samples = Vec::new();
    let start = Timestamp::from_second(1_760_000_000).map_err(io::Error::other)?;
    for till in 0..TILLS {
        let mut traffic = Traffic::new(ConnectionId::new("c"), SEEDS + till);
        for order in 0..4_u64 {
            let at = start + SignedDuration::from_mins(i64::try_from(till * 1777 + order * 37).unwrap_or(0));
            let story = traffic.story(at);
            for exchange in story.operation.exchange.into_iter().chain(story.exchanges) {
                samples.push(format!("{}\u{1f}{}", exchange.method, exchange.url).into_bytes());
                samples.push(whole(&exchange));
            }
            samples.extend(story.sent_with.map(String::into_bytes));
        }
    }
    if let Some(golden) = golden {
        let mut cases: Vec<_> = std::fs::read_dir(golden)?.collect::<Result<Vec<_>, _>>()?;
        cases.sort_by_key(std::fs::DirEntry::file_name);
        for case in cases {
            for name in ["order.json", "request.xml"] {
                if let Ok(text) = std::fs::read_to_string(case.path().join(name)) {
                    // On the wire there are neither lines nor what they begin with.
                    let line: String = text.lines().map(str::trim_start).collect();
                    samples.push(line.into_bytes());
                }
            }
        }
    }
    let dictionary = zstd::dict::from_samples(&samples, SIZE)?;
    println!(
        "{} samples, {} bytes, {} of them in {}",
        samples.len(),
        samples.iter().map(Vec::len).sum::<usize>(),
        dictionary.len(),
        out.display()
    );
    std::fs::write(out, dictionary)
}

/// As `packing` puts an exchange together.
fn whole(exchange: &NewExchange) -> Vec<u8> {
    [
        exchange.request_headers.as_bytes(),
        &exchange.request_body,
        exchange.response_headers.as_bytes(),
        &exchange.response_body,
    ]
    .concat()
}
