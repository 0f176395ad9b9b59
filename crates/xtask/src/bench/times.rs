//! Many times in one line: percentiles. Owns no clock.

use std::time::Duration;

/// Count, median, percentiles and the slowest of sorted times.
pub(crate) fn shown(sorted: &[Duration]) -> String {
    let at = |percent| ms(percentile(sorted, percent));
    format!("{} requests: p50 {}, p95 {}, p99 {}, slowest {}", sorted.len(), at(50), at(95), at(99), at(100))
}

/// The time that `percent` of the sorted times do not exceed.
pub(crate) fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

/// Milliseconds with one decimal.
pub(crate) fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_time_so_many_do_not_exceed() {
        let times: Vec<_> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 50), Duration::from_millis(100));
        assert_eq!(percentile(&times, 99), Duration::from_millis(198));
        assert_eq!(percentile(&times, 100), Duration::from_millis(200));
        assert_eq!(percentile(&[], 99), Duration::ZERO);
    }

    #[test]
    fn tells_them_in_one_line() {
        let times: Vec<_> = (1..=4).map(Duration::from_millis).collect();
        assert_eq!(shown(&times), "4 requests: p50 2.0 ms, p95 4.0 ms, p99 4.0 ms, slowest 4.0 ms");
    }
}
