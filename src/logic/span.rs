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
}
