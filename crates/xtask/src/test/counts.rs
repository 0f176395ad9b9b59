//! Counting: what nextest, rustdoc's tests and Playwright report, and the line the whole command ends in. Only text: no I/O.

use std::ops::Add;

use serde_json::Value;

/// How many tests of a kind passed, failed and were skipped.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

/// nextest's summary: `Summary [ 1.2s] 12/20 tests run: 9 passed (1 slow), 2 failed, 1 timed out, 3 skipped`.
pub(crate) fn nextest(output: &str) -> Option<Counts> {
    let summary = output.lines().rev().find(|line| line.trim_start().starts_with("Summary ["))?;
    let (_, told) = summary.split_once("run: ")?;
    let failures = ["failed", "exec failed", "timed out"];
    Some(Counts {
        passed: number(told, "passed"),
        failed: failures.iter().map(|kind| number(told, kind)).sum(),
        skipped: number(told, "skipped"),
    })
}

/// rustdoc's results, one for each crate: `test result: ok. 2 passed; 0 failed; 1 ignored; …`.
pub(crate) fn doc_tests(output: &str) -> Counts {
    let results = output.lines().filter_map(|line| line.trim_start().strip_prefix("test result: ")?.split_once(". "));
    super::sum(results.map(|(_, told)| Counts {
        passed: number(told, "passed"),
        failed: number(told, "failed"),
        skipped: number(told, "ignored"),
    }))
}

/// Node's own summary: `# pass 9`, `# fail 1`, `# cancelled 0`, `# skipped 2`. Those that were cancelled failed.
pub(crate) fn tap(output: &str) -> Counts {
    let told = |word: &str| {
        let lines = output.lines().rev().filter_map(|line| line.strip_prefix("# ")?.split_once(' '));
        lines.filter(|(name, _)| *name == word).find_map(|(_, count)| count.parse::<u64>().ok()).unwrap_or(0)
    };
    Counts { passed: told("pass"), failed: told("fail") + told("cancelled"), skipped: told("skipped") }
}

/// Playwright's JSON report. A test that passed at the second try counts as failed: there are no second tries here.
pub(crate) fn playwright(report: &str) -> anyhow::Result<Counts> {
    let report: Value = serde_json::from_str(report)?;
    let stat = |name: &str| report["stats"][name].as_u64();
    let (Some(passed), Some(failed), Some(flaky), Some(skipped)) =
        (stat("expected"), stat("unexpected"), stat("flaky"), stat("skipped"))
    else {
        anyhow::bail!("Playwright's report has no counts");
    };
    // Failures outside any test: a file that does not load, a worker that does not start.
    let outside = report["errors"].as_array().map_or(0, |errors| errors.len() as u64);
    Ok(Counts { passed, failed: failed + flaky + outside, skipped })
}

/// The number before a word, among `, ` or `; ` separated parts; zero when it is not there.
fn number(told: &str, word: &str) -> u64 {
    told.split([',', ';'])
        .filter_map(|part| part.trim().split_once(' '))
        .find(|(_, rest)| rest.split(" (").next() == Some(word))
        .and_then(|(count, _)| count.parse().ok())
        .unwrap_or(0)
}

/// All parts of one run.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) rust: Counts,
    pub(crate) browser: Counts,
    pub(crate) script: Counts,
    /// Parts that could not run or are no tests, and failed.
    pub(crate) broken: Vec<&'static str>,
}

impl Tally {
    fn all(&self) -> Counts {
        let broken = Counts { failed: self.broken.len() as u64, ..Counts::default() };
        self.rust + self.browser + self.script + broken
    }

    pub(crate) fn passed(&self) -> bool {
        self.all().failed == 0
    }

    /// The line with everything.
    pub(crate) fn line(&self, time: &str) -> String {
        let Counts { passed, failed, skipped } = self.all();
        let broken =
            if self.broken.is_empty() { String::new() } else { format!("; broken: {}", self.broken.join(", ")) };
        let (rust, browser, script) = (self.rust.passed, self.browser.passed, self.script.passed);
        format!(
            "test: {passed} passed, {failed} failed, {skipped} skipped (rust {rust}, browser {browser}, script {script}{broken}) in {time}"
        )
    }

    /// The last line, for machines.
    pub(crate) fn plain(&self) -> String {
        let all = self.all();
        format!("{} passed, {} failed", all.passed, all.failed)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn counts(passed: u64, failed: u64, skipped: u64) -> Counts {
        Counts { passed, failed, skipped }
    }

    #[test]
    fn reads_nextest_s_summary() {
        let good = "     Summary [   0.012s] 2 tests run: 2 passed, 0 skipped\n";
        assert_eq!(nextest(good), Some(counts(2, 0, 0)));
        let bad = "        FAIL [   0.1s] a\n     Summary [  61.2s] 12/20 tests run: 9 passed (1 slow, 2 leaky), 2 failed, 1 timed out, 3 skipped\n        FAIL [   0.1s] a\n";
        assert_eq!(nextest(bad), Some(counts(9, 3, 3)));
        assert_eq!(nextest("error: could not compile"), None);
    }

    #[test]
    fn reads_nodes_summary() {
        let output = "ok 1 - a\n# tests 12\n# suites 0\n# pass 9\n# fail 1\n# cancelled 1\n# skipped 2\n# todo 0\n";
        assert_eq!(tap(output), counts(9, 2, 2));
        assert_eq!(tap("# pass many\n"), counts(0, 0, 0));
    }

    #[test]
    fn adds_up_doc_tests_of_several_crates() {
        let output = "test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s\n\
            test result: FAILED. 1 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s\n";
        assert_eq!(doc_tests(output), counts(3, 3, 1));
    }

    #[test]
    fn reads_playwright_s_report_and_counts_what_failed_outside_tests() {
        let report =
            r#"{"stats": {"expected": 30, "unexpected": 1, "flaky": 1, "skipped": 2}, "errors": [{"message": "no"}]}"#;
        assert_eq!(playwright(report).unwrap(), counts(30, 3, 2));
        assert!(playwright("{}").is_err());
    }

    #[test]
    fn the_last_line_is_plain_and_a_broken_part_counts_as_failed() {
        let mut tally =
            Tally { rust: counts(280, 0, 0), browser: counts(32, 0, 0), script: counts(0, 0, 0), broken: Vec::new() };
        assert_eq!(
            tally.line("11 min 00 s"),
            "test: 312 passed, 0 failed, 0 skipped (rust 280, browser 32, script 0) in 11 min 00 s"
        );
        assert_eq!(tally.plain(), "312 passed, 0 failed");
        assert!(tally.passed());
        tally.broken.push("size");
        assert_eq!(tally.plain(), "312 passed, 1 failed");
        assert!(!tally.passed() && tally.line("1 s").contains("broken: size"));
    }
}
