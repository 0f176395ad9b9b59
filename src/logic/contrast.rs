//! Measures the colours of `style/tokens.css`: 4.5:1 for text, 3:1 for what only has to be seen, in both themes and
//! for any colour a vendor may bring.

const TOKENS: &str = include_str!("../../style/tokens.css");

#[derive(Clone, Copy)]
enum Theme {
    Light,
    Dark,
}

/// Linear sRGB, clipped to what a screen can show, as browsers do.
fn linear(l: f64, c: f64, h: f64) -> [f64; 3] {
    let (a, b) = (c * h.to_radians().cos(), c * h.to_radians().sin());
    // Björn Ottosson's OKLab, https://bottosson.github.io/posts/oklab/
    let lms = [
        l + 0.396_337_777_4 * a + 0.215_803_757_3 * b,
        l - 0.105_561_345_8 * a - 0.063_854_172_8 * b,
        l - 0.089_484_177_5 * a - 1.291_485_548_0 * b,
    ]
    .map(|v| v.powi(3));
    [
        4.076_741_662_1 * lms[0] - 3.307_711_591_3 * lms[1] + 0.230_969_929_2 * lms[2],
        -1.268_438_004_6 * lms[0] + 2.609_757_401_1 * lms[1] - 0.341_319_396_5 * lms[2],
        -0.004_196_086_3 * lms[0] - 0.703_418_614_7 * lms[1] + 1.707_614_701_0 * lms[2],
    ]
    .map(|v| v.clamp(0.0, 1.0))
}

/// OKLCH of an sRGB colour, each channel 0 to 1.
fn oklch([r, g, b]: [f64; 3]) -> (f64, f64, f64) {
    let [r, g, b] = [r, g, b].map(|v| if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) });
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
    let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
    (0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s, a.hypot(b), b.atan2(a).to_degrees())
}

/// WCAG's contrast of two colours in linear sRGB.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |[r, g, b]: [f64; 3]| 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    let (one, other) = (luminance(one), luminance(other));
    one.max(other) / one.min(other)
}

/// The two halves of a `light-dark(…, …)`.
fn halves(name: &str) -> (&'static str, &'static str) {
    let start = format!("--{name}: light-dark(");
    let line = TOKENS.lines().find_map(|line| line.trim().strip_prefix(&start)).unwrap_or_else(|| panic!("--{name}?"));
    let line = line.strip_suffix(");").unwrap_or_else(|| panic!("--{name} is not one line"));
    let mut depth = 0;
    let comma = line.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0 && c == ','
    });
    let (light, dark) = line.split_at(comma.unwrap_or_else(|| panic!("--{name} has one half")));
    (light, dark[1..].trim())
}

fn half(name: &str, theme: Theme) -> &'static str {
    let (light, dark) = halves(name);
    match theme {
        Theme::Light => light,
        Theme::Dark => dark,
    }
}

/// A plain `oklch(l c h)` token.
fn token(name: &str, theme: Theme) -> [f64; 3] {
    let text = half(name, theme).trim_start_matches("oklch(").trim_end_matches(')');
    let parts: Vec<f64> =
        text.split(' ').map(|part| part.parse().unwrap_or_else(|_| panic!("--{name}: {text}"))).collect();
    linear(parts[0], parts[1], parts[2])
}

/// The brand token for a vendor's colour: `clamp(low, l, high)` and `min(c, most)` read from the sheet.
fn brand(name: &str, theme: Theme, vendor: (f64, f64, f64)) -> [f64; 3] {
    let text = half(name, theme);
    let number = |text: &str| -> f64 { text.trim().parse().unwrap_or_else(|_| panic!("{text}")) };
    let after = |mark: &str| text.split_once(mark).map(|(_, rest)| rest);
    let most = after("min(c, ").and_then(|rest| rest.split_once(')')).map(|(most, _)| number(most));
    let lightness = match after("clamp(") {
        Some(rest) => {
            let (low, rest) = rest.split_once(", ").unwrap_or_default();
            let (middle, rest) = rest.split_once(", ").unwrap_or_default();
            let (high, _) = rest.split_once(')').unwrap_or_default();
            let shift = match middle.strip_prefix("calc(l ").map(|shift| shift.trim_end_matches(')').replace(' ', "")) {
                Some(shift) => number(&shift),
                None => 0.0,
            };
            (vendor.0 + shift).clamp(number(low), number(high))
        }
        None => number(after("var(--vendor) ").and_then(|rest| rest.split(' ').next()).unwrap_or_default()),
    };
    linear(lightness, vendor.1.min(most.unwrap_or(f64::MAX)), vendor.2)
}

fn check(least: f64, pairs: &[(&str, &str)]) {
    for theme in [Theme::Light, Theme::Dark] {
        for (front, back) in pairs {
            let found = contrast(token(front, theme), token(back, theme));
            let name = if matches!(theme, Theme::Light) { "light" } else { "dark" };
            assert!(found >= least, "{name}: --{front} on --{back} is {found:.2}:1, not {least}:1");
        }
    }
}

#[test]
fn text_can_be_read() {
    check(4.5, &[("ink", "surface"), ("ink", "surface-2"), ("ink-2", "surface"), ("ink-2", "surface-2")]);
    for state in ["ok", "info", "busy", "warn", "fail"] {
        let (text, wash) = (format!("{state}-text"), format!("{state}-wash"));
        check(4.5, &[(&text, &wash), (&text, "surface"), ("ink", &wash), ("ink-2", &wash)]);
    }
}

#[test]
fn edges_that_matter_can_be_seen() {
    check(3.0, &[("line-2", "surface"), ("line-2", "surface-2")]);
    for state in ["ok", "info", "busy", "warn", "fail"] {
        check(3.0, &[(&format!("{state}-line"), &format!("{state}-wash")), (&format!("{state}-line"), "surface")]);
    }
}

#[test]
fn any_vendor_colour_can_be_read_and_seen() {
    let steps = (0..=8).map(|step| f64::from(step) / 8.0);
    for red in steps.clone() {
        for green in steps.clone() {
            for blue in steps.clone() {
                let vendor = oklch([red, green, blue]);
                for theme in [Theme::Light, Theme::Dark] {
                    for (front, back) in [
                        (token("on-brand", theme), brand("brand", theme, vendor)),
                        (token("on-brand", theme), brand("brand-press", theme, vendor)),
                        (brand("brand", theme, vendor), token("surface", theme)),
                        (brand("brand", theme, vendor), token("surface-2", theme)),
                        (brand("brand", theme, vendor), brand("brand-wash", theme, vendor)),
                        (token("ink", theme), brand("brand-wash", theme, vendor)),
                        (token("ink-2", theme), brand("brand-wash", theme, vendor)),
                    ] {
                        let found = contrast(front, back);
                        assert!(found >= 4.5, "vendor {red} {green} {blue}: {found:.2}:1");
                    }
                }
            }
        }
    }
}

#[test]
fn the_measure_itself_is_right() {
    let white = linear(1.0, 0.0, 0.0);
    let black = linear(0.0, 0.0, 0.0);
    assert!((contrast(white, black) - 21.0).abs() < 0.01);
    let (l, c, h) = oklch([1.0, 0.0, 0.0]);
    assert!((l - 0.628).abs() < 0.001 && (c - 0.2577).abs() < 0.001 && (h - 29.23).abs() < 0.1, "{l} {c} {h}");
}
