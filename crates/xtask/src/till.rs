//! `cargo xtask till`: the demo's Carré POS till by hand, as its page does it: sell, run out, deactivate, tick its settings, cut
//! its network. Owns the words; what they do at the till is the sandbox's.

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::args::Args;
use crate::demo;
use crate::rig::sandbox::Sandbox;
use crate::services::Addresses;

/// Between two things that happen at a till that works by itself, in milliseconds.
const EVERY_MS: u64 = 4_000;

const HELP: &str = "\
cargo xtask till [--port-base N] [act]     the Carré POS till of a running demo

  show                      its settings and its products (the usual)
  sell PRODUCT [COUNT]      PRODUCT as `show` names it: sku:MAR-M, option:OEUF
  count PRODUCT QUANTITY    counts it again; below zero too
  off PRODUCT | on PRODUCT  deactivates it, puts it back
  set SETTING yes|no        web_post, enabled or order_events; counts after the next restart
  admin yes|no              whether who stands before it has administration rights
  restart                   the till's program
  network yes|no            cuts it off, or brings it back
  whole                     tells all it has
  work [MILLISECONDS]       sells by itself, something each so often
  rest                      does so no more
";

/// A call to the till, and its body; none to look at it alone.
type Act = Option<(&'static str, Value)>;

pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    if args.flag("--help") {
        print!("{HELP}");
        return Ok(());
    }
    let at = Addresses::from_base(args.option("--port-base")?.unwrap_or(demo::PORT_BASE))?;
    let mut words = Vec::new();
    while let Some(word) = args.command() {
        words.push(word);
    }
    let act = act(&words)?;
    let mut sandbox = Sandbox::new(at.sandbox_port);
    let till = match act {
        Some((call, body)) => sandbox.post(&format!("carre-pos/{call}"), &body),
        None => sandbox.get("carre-pos/till"),
    };
    let till =
        till.with_context(|| format!("the till at {} does not do that; is `cargo xtask demo` running?", at.sandbox()))?;
    print!("{}", told(&till));
    Ok(())
}

/// What the words ask for.
fn act(words: &[String]) -> anyhow::Result<Act> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Ok(Some(match words.as_slice() {
        [] | ["show"] => return Ok(None),
        ["sell", product] => ("sell", json!({ "product": product })),
        ["sell", product, count] => ("sell", json!({ "product": product, "count": number(count)? })),
        ["count", product, quantity] => ("product", json!({ "product": product, "quantity": quantity })),
        ["off", product] => ("product", json!({ "product": product, "available": false })),
        ["on", product] => ("product", json!({ "product": product, "available": true })),
        ["set", setting @ ("web_post" | "enabled" | "order_events"), yes] => {
            ("settings", json!({ *setting: is_yes(yes)? }))
        }
        ["admin", yes] => ("user", json!({ "admin": is_yes(yes)? })),
        ["restart"] => ("restart", json!({})),
        ["network", yes] => ("network", json!({ "online": is_yes(yes)? })),
        ["whole"] => ("call", json!({ "what": "whole" })),
        ["work"] => ("shift", json!({ "every_ms": EVERY_MS })),
        ["work", every] => ("shift", json!({ "every_ms": number(every)? })),
        ["rest"] => ("shift", json!({})),
        other => bail!("`{}` is nothing a till does\n\n{HELP}", other.join(" ")),
    }))
}

fn is_yes(word: &str) -> anyhow::Result<bool> {
    match word {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => bail!("`{other}` is neither `yes` nor `no`"),
    }
}

fn number(word: &str) -> anyhow::Result<u64> {
    word.parse().with_context(|| format!("`{word}` is no whole number"))
}

/// The till in lines.
fn told(till: &Value) -> String {
    let yes = |part: &Value| if part.as_bool().unwrap_or_default() { "yes" } else { "no" };
    let text = |part: &Value| part.as_str().map_or_else(|| part.to_string(), str::to_owned);
    let mut lines = vec![
        format!(
            "key {}, administrator {}, network {}",
            yes(&till["has_key"]),
            yes(&till["admin"]),
            yes(&till["online"])
        ),
        format!("settings {}; running with {}; sends {}", till["settings"], till["running"], yes(&till["sends"])),
        format!("told up to {}, waiting {}", text(&till["sequence"]), text(&till["waiting"])),
        String::new(),
    ];
    for product in till["products"].as_array().into_iter().flatten() {
        let entry = &product["entry"];
        let stock = match (entry["available"].as_bool(), entry["stock_managed"].as_bool()) {
            (Some(false), _) => "INACTIF".to_owned(),
            (_, Some(true)) => text(&entry["quantity"]),
            _ => "not managed".to_owned(),
        };
        lines.push(format!("{:<24} {:<32} {stock}", text(&product["id"]), text(&entry["name"])));
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn of(words: &str) -> anyhow::Result<Act> {
        act(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn words_become_calls() {
        let check = |words: &str, call: &'static str, body: Value| {
            assert_eq!(of(words).unwrap(), Some((call, body)), "{words}");
        };
        assert_eq!(of("").unwrap(), None);
        check("sell sku:MAR-M", "sell", json!({"product": "sku:MAR-M"}));
        check("sell sku:MAR-M 3", "sell", json!({"product": "sku:MAR-M", "count": 3}));
        check("count sku:MAR-M -2.5", "product", json!({"product": "sku:MAR-M", "quantity": "-2.5"}));
        check("off option:OEUF", "product", json!({"product": "option:OEUF", "available": false}));
        check("set order_events yes", "settings", json!({"order_events": true}));
        check("network no", "network", json!({"online": false}));
        check("work 500", "shift", json!({"every_ms": 500}));
        check("rest", "shift", json!({}));
    }

    #[test]
    fn what_no_till_does_is_refused_with_what_it_does() {
        for words in ["fly", "sell", "sell a b", "set colour yes", "network maybe", "work soon"] {
            assert!(of(words).is_err(), "{words}");
        }
        assert!(of("fly").unwrap_err().to_string().contains("sell PRODUCT"));
    }

    #[test]
    fn a_till_is_told_in_lines() {
        let till = json!({
            "has_key": true, "admin": true, "online": false, "settings": {}, "running": {}, "sends": true, "sequence": 4,
            "waiting": 2, "products": [
                {"id": "sku:A", "entry": {"name": "Aïoli", "available": true, "stock_managed": true, "quantity": "3"}},
                {"id": "sku:B", "entry": {"name": "Bière", "available": false, "stock_managed": true, "quantity": "9"}},
                {"id": "sku:C", "entry": {"name": "Café", "available": true, "stock_managed": false}},
            ],
        });
        let told = told(&till);
        assert!(told.contains("network no") && told.contains("told up to 4, waiting 2"), "{told}");
        let last = |name: &str| {
            told.lines().find(|line| line.contains(name)).unwrap().split_whitespace().last().unwrap().to_owned()
        };
        assert_eq!(["Aïoli", "Bière", "Café"].map(last), ["3", "INACTIF", "managed"]);
    }
}
