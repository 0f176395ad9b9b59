//! Texts that are hard to write into anything.

use serde_json::{Value, json};

use super::{Frame, Made, Shape, delivery, guest, item, with};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "emoji", what: "emoji, joined and flagged", make: emoji },
    Shape {
        name: "control_characters",
        what: "bells, nulls, line breaks, half a surrogate's neighbours",
        make: control,
    },
    Shape { name: "markup", what: "tags, entities, a CDATA's end, quotes", make: markup },
    Shape { name: "scripts", what: "Arabic, Chinese, Hebrew, combining accents", make: scripts },
    Shape { name: "long_texts", what: "10,000 characters in each text", make: long_texts },
    Shape { name: "empty_texts", what: "texts that are empty or blank", make: empty_texts },
    Shape { name: "formulas", what: "texts a spreadsheet would run", make: formulas },
];

fn order(frame: &Frame<'_>, text: &str) -> Made {
    let option = super::option("Side", text, "3011", "0.00");
    let chowder = with(item(text, "2001", "8.50", "1"), json!({ "customer_notes": text, "options": [option] }));
    let named =
        json!({ "first_name": text, "last_name": text, "address_1": text, "city": text, "delivery_notes": text });
    let fields = json!({
        "customer": with(guest(frame.number), named),
        "customer_notes": text,
        "payments": [with(super::online("8.50"), json!({ "name": text }))],
    });
    with(delivery(frame, json!([chowder]), "8.50"), fields).into()
}

fn emoji(frame: &Frame<'_>) -> Made {
    order(frame, "Pizza 🍕 for the 👩‍👩‍👧‍👦 in 🇫🇷, ❤️‍🔥")
}

fn control(frame: &Frame<'_>) -> Made {
    order(frame, "A\u{0}B\u{7}C\u{b}D\u{1b}[31mE\r\nF\tG\u{7f}H\u{85}I\u{2028}J\u{fffe}K\u{ffff}L\u{d7ff}\u{e000}")
}

fn markup(frame: &Frame<'_>) -> Made {
    order(frame, r#"<b>Fish & "chips"</b> ]]> &amp; &#0; <!-- x --> <?xml ?> 'quoted'"#)
}

fn scripts(frame: &Frame<'_>) -> Made {
    order(frame, "مطعم البحر 海鲜饭 דג מלוח e\u{301}te\u{301} \u{202e}reversed\u{202c} ﬁsh")
}

fn long_texts(frame: &Frame<'_>) -> Made {
    order(frame, &"Clam chowder, é, 🍲. ".repeat(500))
}

fn empty_texts(frame: &Frame<'_>) -> Made {
    let mut made = order(frame, " ");
    made.fields.insert("customer_notes".to_owned(), Value::String(String::new()));
    made
}

fn formulas(frame: &Frame<'_>) -> Made {
    order(frame, "=HYPERLINK(\"http://evil.example\",\"Click\")")
}
