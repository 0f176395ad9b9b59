//! Drawings that are logos, and drawings that want to be more.

use super::*;
use crate::Rgb;
use crate::logo::{LARGEST, Logo};

fn drawing(inside: &str) -> String {
    format!("<svg xmlns=\"{SVG}\" viewBox=\"0 0 64 64\">\n{inside}\n</svg>")
}

/// The faults, a line each.
fn told(text: &str) -> Vec<String> {
    match Logo::read(text.as_bytes()) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.into_iter().map(|fault| format!("{}: {}", fault.line, fault.message)).collect(),
    }
}

#[test]
fn a_plain_drawing_is_a_logo() {
    let plain = [
        "",
        "<path d='M1 1h2'/><!-- a stroke --><g style=\"fill:#fff\"><text x='1'>A &amp; B &#233;</text></g>",
        "<defs><linearGradient id='g'><stop offset='0' stop-color='red'/></linearGradient></defs>\
         <rect width='9' height='9' fill='url(#g)'/>",
        "<defs><radialGradient id='h' href='#g'/></defs><title>Bella</title>",
    ];
    for inside in plain {
        let text = drawing(inside);
        assert_eq!(told(&text), [""; 0], "{text}");
        assert_eq!(told(&format!("\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n")), [""; 0], "{text}");
    }
}

#[test]
fn a_drawing_that_does_more_than_show_is_refused() {
    for (inside, word) in [
        ("<script>alert(1)</script>", "`script`"),
        ("<SCRIPT/>", "`SCRIPT`"),
        ("<s:script xmlns:s='http://www.w3.org/2000/svg'/>", "`s:script`"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>", "`foreignObject`"),
        ("<path onload='alert(1)'/>", "event attribute"),
        ("<path ONCLICK='alert(1)'/>", "event attribute"),
        ("<image href='https://evil.example/a.png'/>", "`image`"),
        ("<a href='#x'/>", "`a`"),
        ("<use href='#x'/>", "`use`"),
        ("<animate attributeName='href' to='javascript:alert(1)'/>", "`animate`"),
        ("<style>@import 'https://evil.example'</style>", "`style`"),
        ("<linearGradient xlink:href='https://evil.example/a.svg#g'/>", "outside the drawing"),
        ("<linearGradient href='other.svg#g'/>", "outside the drawing"),
        ("<path fill='url(https://evil.example/a.svg#g)'/>", "outside the drawing"),
        ("<path fill=\"URL( 'a.svg#g')\"/>", "outside the drawing"),
        ("<path fill='&#117;rl(a.svg#g)'/>", "outside the drawing"),
        ("<path style='fill:u\\72l(a.svg)'/>", "backslash"),
        ("<path xmlns='http://www.w3.org/1999/xhtml'/>", "`xmlns` must be"),
        ("<path inkscape:label='x'/>", "another vocabulary"),
        ("<text>&nbsp;</text>", "`&nbsp;`"),
        ("<?xml-stylesheet href='a.css'?>", "processing instruction"),
        ("<path d='M1 1' d='M2 2'/>", "well-formed"),
        ("<path d=M1/>", "well-formed"),
        ("<g><path></g>", "well-formed"),
        ("<g>", "well-formed"),
        ("a & b", "well-formed"),
        ("\u{1}", "control character"),
    ] {
        let faults = told(&drawing(inside));
        assert!(faults.iter().any(|fault| fault.contains(word)), "{inside}: {faults:?}");
    }
}

#[test]
fn what_is_no_drawing_at_all_is_refused() {
    for (text, word) in [
        ("", "no `svg` element"),
        ("just words", "outside the `svg` element"),
        ("<html></html>", "its root is `html`"),
        ("<svg/>", "without xmlns"),
        (&*format!("<!DOCTYPE svg [<!ENTITY a 'b'>]>{}", drawing("")), "document type"),
        (&*format!("{}{}", drawing(""), drawing("")), "a second `svg`"),
        (&*format!("<?xml version='1.0' encoding='ISO-8859-1'?>{}", drawing("")), "another encoding"),
        (&*drawing(&format!("{}{}", "<g>".repeat(32), "</g>".repeat(32))), "deeper than 32"),
    ] {
        let faults = told(text);
        assert!(faults.iter().any(|fault| fault.contains(word)), "{text}: {faults:?}");
    }
    assert_eq!(Logo::read(b"\xff\xd8\xff\xe0").map_err(|faults| faults.len()), Err(1));
    let large = drawing(&" ".repeat(LARGEST));
    assert_eq!(told(&large), ["1: is larger than 32 KiB: simplify the drawing"]);
}

#[test]
fn tells_every_fault_with_its_line() {
    let faults = told(&drawing("<script/>\n<path onclick='a'\n fill='url(b)'/>\n<g>"));
    assert_eq!(faults.len(), 4, "{faults:?}");
    assert!(faults[0].starts_with("2: ") && faults[1].starts_with("3: ") && faults[2].starts_with("3: "), "{faults:?}");
}

#[test]
fn a_monogram_is_a_logo_whatever_the_name() {
    for (name, initials) in [
        ("POS HELPER", ">PH<"),
        ("SOMM'IT", ">SI<"),
        ("<b>&\"</b>", ">BB<"),
        ("élan", ">É<"),
        ("123", ">1<"),
        ("-", "><"),
    ] {
        for brand in [Rgb { red: 194, green: 65, blue: 12 }, Rgb { red: 255, green: 212, blue: 0 }] {
            let logo = Logo::monogram(name, brand);
            assert!(logo.as_str().contains(initials), "{name}: {}", logo.as_str());
            assert_eq!(told(logo.as_str()), [""; 0], "{name}");
        }
    }
}
