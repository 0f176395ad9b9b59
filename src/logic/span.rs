//! How long something took, in the unit an engineer would use. The browser's `Intl` writes the number.

/// A number, rounded, and its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// How many.
    pub count: f64,
    /// `µs`, `ms` or `s`.
    pub unit: &'static str,
}

/// Microseconds in the largest unit of which at least one has passed; seconds with one decimal.
pub fn span(microseconds: u64) -> Span {
    #[expect(clippy::cast_precision_loss, reason = "no call lasts 2^53 microseconds")]
    let exact = microseconds as f64;
    match microseconds {
        0..1_000 => Span { count: exact, unit: "µs" },
        1_000..1_000_000 => Span { count: (exact / 1_000.0).round(), unit: "ms" },
        _ => Span { count: (exact / 100_000.0).round() / 10.0, unit: "s" },
    }
}

/// Milliseconds that were waited, as a person speaks of them.
pub fn lapse(milliseconds: f64) -> Span {
    let seconds = (milliseconds / 1_000.0).round();
    let (size, unit) = match seconds {
        ..60.0 => (1.0, "s"),
        60.0..3_600.0 => (60.0, "min"),
        3_600.0..86_400.0 => (3_600.0, "h"),
        _ => (86_400.0, "d"),
    };
    Span { count: (seconds / size).floor(), unit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speaks_in_the_unit_an_engineer_would_use() {
        let check = |microseconds, count, unit| assert_eq!(span(microseconds), Span { count, unit });
        check(0, 0.0, "µs");
        check(850, 850.0, "µs");
        check(1_000, 1.0, "ms");
        check(412_400, 412.0, "ms");
        check(1_000_000, 1.0, "s");
        check(30_049_999, 30.0, "s");
        check(2_260_000, 2.3, "s");
    }

    #[test]
    fn a_wait_is_told_in_the_unit_a_person_would_use() {
        let check = |milliseconds, count, unit| assert_eq!(lapse(milliseconds), Span { count, unit });
        check(1_500.0, 2.0, "s");
        check(59_000.0, 59.0, "s");
        check(60_000.0, 1.0, "min");
        check(3_599_000.0, 59.0, "min");
        check(7_300_000.0, 2.0, "h");
        check(90_000_000.0, 1.0, "d");
    }
}
