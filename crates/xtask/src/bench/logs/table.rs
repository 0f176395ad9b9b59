//! What was measured of logs, as a table; and what of it is more than the project wants. Owns the limits.

use anyhow::{Context, ensure};

/// A line the store's example printed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measured {
    name: String,
    /// A number of its own, or the median in microseconds.
    middle: u64,
    /// In microseconds; none of a number.
    p99: Option<u64>,
}

/// What p99 may not exceed, in milliseconds, by how the measure's name begins.
const LIMITS: [(&str, u64); 8] = [
    ("list", 15),
    ("search", 20),
    ("text in bodies", 300),
    ("opening", 15),
    ("forgetting", 50),
    ("chart", 300),
    ("failures", 20),
    ("", u64::MAX),
];
/// What an exchange may take, in bytes, with all that finds it.
const BYTES: u64 = 700;
/// What receiving must reach at least, by database.
const RECEIVED: [(&str, u64); 2] = [("SQLite", 3_000), ("PostgreSQL", 2_000)];
/// What may hardly take longer for there being more. A chart counts a month's orders, and forgetting ends with the day.
const STEADY: [&str; 4] = ["list", "search", "text in bodies", "opening"];
/// How much longer such a thing may take in the larger log, in hundredths; and what is too short to be compared, in
/// microseconds: there the machine's own moods are larger.
const GROWTH: u64 = 150;
const SHORT: u64 = 3_000;

/// Reads what the example printed.
pub(super) fn read(told: &str) -> anyhow::Result<Vec<Measured>> {
    let line = |line: &str| -> anyhow::Result<Measured> {
        let cells: Vec<_> = line.split('\t').collect();
        let [name, _count, middle, p99] = cells.as_slice() else { anyhow::bail!("`{line}` is no measure") };
        Ok(Measured {
            name: (*name).to_owned(),
            middle: middle.parse().with_context(|| format!("`{line}` has no number"))?,
            p99: p99.parse().ok(),
        })
    };
    let measured = told.lines().map(line).collect::<anyhow::Result<Vec<_>>>()?;
    ensure!(!measured.is_empty(), "nothing was measured");
    Ok(measured)
}

/// The table of databases, each with its smaller and its larger log, and what is more than wanted.
pub(super) fn of(columns: &[(&str, Vec<Measured>, Vec<Measured>)]) -> anyhow::Result<(String, Vec<String>)> {
    let mut head = "| measure |".to_owned();
    let mut rule = "| --- |".to_owned();
    for (database, ..) in columns {
        head.push_str(&format!(" {database}, a twentieth | {database} |"));
        rule.push_str(" ---: | ---: |");
    }
    head.push_str(" wanted |");
    rule.push_str(" --- |");
    let mut lines = vec![head, rule];
    let mut missed = Vec::new();
    let (_, _, first) = columns.first().context("nothing was measured")?;
    for one in first {
        let mut line = format!("| {} |", one.name);
        for (database, smaller, larger) in columns {
            let find = |of: &[Measured]| of.iter().find(|other| other.name == one.name).cloned();
            let (smaller, larger) = (find(smaller), find(larger).with_context(|| format!("no `{}`", one.name))?);
            let shown = |measured: &Measured| match measured.p99 {
                Some(p99) => format!("{}, {}", ms(measured.middle), ms(p99)),
                None => measured.middle.to_string(),
            };
            line.push_str(&format!(" {} | {} |", smaller.as_ref().map_or("".into(), &shown), shown(&larger)));
            if too_much(database, smaller.as_ref(), &larger) {
                missed.push(format!("{} on {database}", one.name));
            }
        }
        line.push_str(&format!(" {} |", wanted(one)));
        lines.push(line);
    }
    Ok((lines.join("\n"), missed))
}

fn limit(name: &str) -> u64 {
    LIMITS.iter().find(|(begins, _)| name.starts_with(begins)).map_or(u64::MAX, |(_, limit)| *limit)
}

fn is_steady(name: &str) -> bool {
    STEADY.iter().any(|begins| name.starts_with(begins))
}

fn wanted(measured: &Measured) -> String {
    match (measured.p99, measured.name.as_str()) {
        (Some(_), name) if is_steady(name) => format!("p99 ≤ {} ms, ≤ 1.5 × a twentieth's", limit(name)),
        (Some(_), name) => format!("p99 ≤ {} ms", limit(name)),
        (None, "bytes of an exchange") => format!("≤ {BYTES}"),
        (None, "received a second") => RECEIVED.map(|(name, least)| format!("≥ {least} ({name})")).join(", "),
        (None, _) => String::new(),
    }
}

fn too_much(database: &str, smaller: Option<&Measured>, larger: &Measured) -> bool {
    match (larger.p99, larger.name.as_str()) {
        (Some(p99), name) => {
            let grown = smaller.and_then(|smaller| smaller.p99).is_some_and(|before| p99 * 100 > before * GROWTH);
            p99 > limit(name).saturating_mul(1_000) || (grown && is_steady(name) && p99 > SHORT)
        }
        (None, "bytes of an exchange") => larger.middle > BYTES,
        (None, "received a second") => RECEIVED.iter().any(|(name, least)| *name == database && larger.middle < *least),
        (None, _) => false,
    }
}

fn ms(micros: u64) -> String {
    format!("{}.{} ms", micros / 1_000, micros % 1_000 / 100)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn shows_what_was_measured_and_names_what_is_too_much() {
        let smaller = read("list, newest\t400\t900\t4000\nbytes of an exchange\t-\t650\t-\n").unwrap();
        let larger = read("list, newest\t400\t1000\t6500\nbytes of an exchange\t-\t701\t-\n").unwrap();
        let (table, missed) = of(&[("SQLite", smaller.clone(), larger)]).unwrap();
        assert!(table.contains("| list, newest | 0.9 ms, 4.0 ms | 1.0 ms, 6.5 ms | p99 ≤ 15 ms"), "{table}");
        assert_eq!(missed, ["list, newest on SQLite", "bytes of an exchange on SQLite"]);
        assert_eq!(of(&[("SQLite", smaller.clone(), smaller)]).unwrap().1, Vec::<String>::new());
    }

    #[test]
    fn what_is_no_measure_is_said() {
        assert!(read("x").unwrap_err().to_string().contains("`x`"));
        assert!(read("").is_err());
    }
}
