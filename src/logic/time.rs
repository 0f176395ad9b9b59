//! How long ago, in the unit a person would use, and in which region's manner; the browser's `Intl` puts it into words.

/// A span and its unit as `Intl.RelativeTimeFormat` wants them: negative is the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ago {
    /// How many units.
    pub count: i64,
    /// `second`, `minute`, `hour`, `day`, `month` or `year`.
    pub unit: &'static str,
}

/// Rounds a span in milliseconds (then − now) to the largest unit of which at least one has passed.
/// What lies in the future by a clock a little off counts as now.
pub fn ago(milliseconds: f64) -> Ago {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    const MONTH: i64 = 30 * DAY;
    const YEAR: i64 = 365 * DAY;
    #[expect(clippy::cast_possible_truncation, reason = "a cast from float saturates, and no span is that long")]
    let seconds = ((-milliseconds / 1000.0) as i64).max(0);
    let (size, unit) = match seconds {
        0..MINUTE => (1, "second"),
        MINUTE..HOUR => (MINUTE, "minute"),
        HOUR..DAY => (HOUR, "hour"),
        DAY..MONTH => (DAY, "day"),
        MONTH..YEAR => (MONTH, "month"),
        _ => (YEAR, "year"),
    };
    // Below 45 seconds, "now" is truer than a count that is stale once read.
    if seconds < 45 { Ago { count: 0, unit: "second" } } else { Ago { count: -(seconds / size), unit } }
}

/// The first of the reader's `wanted` languages that is `language` in a region's manner (`en-GB` writes its dates otherwise
/// than `en-US`), or the language itself.
pub fn region<'a>(language: &'a str, wanted: &'a [String]) -> &'a str {
    let same = |tag: &&String| tag.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(language));
    wanted.iter().find(same).map_or(language, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(seconds: f64, count: i64, unit: &'static str) {
        assert_eq!(ago(-seconds * 1000.0), Ago { count, unit }, "{seconds} s");
    }

    #[test]
    fn speaks_in_the_unit_a_person_would_use() {
        check(0.0, 0, "second");
        check(44.0, 0, "second");
        check(45.0, -45, "second");
        check(60.0, -1, "minute");
        check(3_599.0, -59, "minute");
        check(3_600.0, -1, "hour");
        check(86_399.0, -23, "hour");
        check(86_400.0, -1, "day");
        check(2_591_999.0, -29, "day");
        check(2_592_000.0, -1, "month");
        check(31_536_000.0, -1, "year");
    }

    #[test]
    fn dates_are_written_as_in_the_reader_s_region() {
        let wanted = |tags: &[&str]| tags.iter().map(|&tag| tag.to_owned()).collect::<Vec<_>>();
        assert_eq!(region("en", &wanted(&["fr-FR", "en-GB", "en-US"])), "en-GB");
        assert_eq!(region("fr", &wanted(&["fr-CA"])), "fr-CA");
        assert_eq!(region("en", &wanted(&["de-DE", "enm"])), "en");
    }

    #[test]
    fn a_clock_that_is_off_never_shows_the_future() {
        check(-30.0, 0, "second");
        check(-3_600.0, 0, "second");
        assert_eq!(ago(f64::NAN), Ago { count: 0, unit: "second" });
    }
}
