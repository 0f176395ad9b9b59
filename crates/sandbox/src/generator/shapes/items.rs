//! Items and their options: refs, quantities, removed ones, halves.

use serde_json::{Value, json};

use super::{Frame, Made, Shape, delivery, item, option, with};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "plain", what: "a delivery to a guest: two items, paid online", make: plain },
    Shape { name: "options", what: "items with options, one of them dearer", make: options },
    Shape {
        name: "option_quantity",
        what: "an option three times on an item of which there are two",
        make: option_quantity,
    },
    Shape { name: "removed_option", what: "an ingredient taken out, and one put in", make: removed_option },
    Shape {
        name: "forced_answers",
        what: "options of the lists a till may take for forced answers",
        make: forced_answers,
    },
    Shape { name: "half_and_half", what: "a pizza of two halves, each with toppings", make: half_and_half },
    Shape {
        name: "half_and_half_whole",
        what: "two halves, and a base that is the whole's",
        make: half_and_half_whole,
    },
    Shape { name: "no_refs", what: "nothing bears a ref: nothing can be sent", make: no_refs },
    Shape { name: "some_refs", what: "one item of two without ref, with its options", make: some_refs },
    Shape { name: "empty_refs", what: "refs that are empty, or nothing but spaces", make: empty_refs },
    Shape { name: "odd_refs", what: "refs that are not numbers", make: odd_refs },
    Shape { name: "unknown_product", what: "a ref no till knows", make: unknown_product },
    Shape { name: "fraction", what: "half of one item, an eighth over of another", make: fraction },
    Shape { name: "free", what: "an item for nothing, and one with a price below nothing", make: free },
    Shape { name: "same_twice", what: "the same item on two lines", make: same_twice },
    Shape { name: "deleted", what: "an item, a discount and a payment deleted again", make: deleted },
    Shape { name: "hundred_items", what: "a hundred lines", make: hundred_items },
    Shape { name: "item_notes", what: "notes on items, which the till cannot take", make: item_notes },
    Shape { name: "no_items", what: "no item at all", make: no_items },
];

fn plain(frame: &Frame<'_>) -> Made {
    let items = json!([item("Clam chowder", "2001", "8.50", "1"), item("Lobster roll", "2002", "24.00", "1")]);
    delivery(frame, items, "32.50").into()
}

fn burger(options: Value) -> Value {
    with(item("Harbor burger", "2003", "15.50", "1"), json!({ "options": options }))
}

fn options(frame: &Frame<'_>) -> Made {
    let burger = burger(json!([
        option("Cooking", "Medium rare", "3002", "0.00"),
        option("Side", "Sweet potato fries", "3012", "1.50"),
    ]));
    delivery(frame, json!([burger, item("Lemonade", "2031", "4.00", "2")]), "25.00").into()
}

fn option_quantity(frame: &Frame<'_>) -> Made {
    let egg = with(option("Extras", "Fried egg", "3021", "1.00"), json!({ "quantity": 3 }));
    let burgers = with(burger(json!([egg])), json!({ "quantity": "2" }));
    delivery(frame, json!([burgers]), "37.00").into()
}

fn removed_option(frame: &Frame<'_>) -> Made {
    let onion = with(option("Ingredient removed", "Onion", "3031", "0.00"), json!({ "removed": true }));
    delivery(frame, json!([burger(json!([onion, option("Ingredients", "Bacon", "3022", "2.00")]))]), "17.50").into()
}

fn forced_answers(frame: &Frame<'_>) -> Made {
    let of = |list: &str, name: &str, number: &str| option(list, name, number, "0.00");
    let burger = burger(json!([
        of("Topping", "Pickles", "3041"),
        of("Toppings", "Cheddar", "3042"),
        of("Ingredients", "Tomato", "3043"),
        of("Ingredient removed", "Onion", "3031"),
    ]));
    delivery(frame, json!([burger]), "15.50").into()
}

fn halves(more: Value) -> Value {
    let mut options = vec![
        option("Side 1", "Pepperoni", "2011", "9.00"),
        option("Toppings 1", "Olives", "3051", "1.00"),
        option("Side 2", "Four cheeses", "2012", "9.50"),
        option("Toppings 2", "Mushrooms", "3052", "1.00"),
        option("Toppings 2", "Basil", "3053", "0.50"),
    ];
    options.extend(more.as_array().into_iter().flatten().cloned());
    with(item("Half and half", "2010", "0.00", "1"), json!({ "sku_name": "Large", "options": options }))
}

fn half_and_half(frame: &Frame<'_>) -> Made {
    delivery(frame, json!([halves(json!([]))]), "21.00").into()
}

fn half_and_half_whole(frame: &Frame<'_>) -> Made {
    let base = option("Base", "Gluten free", "3061", "2.00");
    delivery(frame, json!([halves(json!([base])), item("Lemonade", "2031", "4.00", "1")]), "27.00").into()
}

fn without_ref(mut item: Value) -> Value {
    item["sku_ref"] = Value::Null;
    item["options"].as_array_mut().into_iter().flatten().for_each(|option| option["ref"] = Value::Null);
    item
}

fn no_refs(frame: &Frame<'_>) -> Made {
    let burger = burger(json!([option("Cooking", "Rare", "3001", "0.00")]));
    delivery(frame, json!([without_ref(burger)]), "15.50").into()
}

fn some_refs(frame: &Frame<'_>) -> Made {
    let side = option("Side", "Fries", "3011", "0.00");
    let special = with(item("Catch of the day", "", "22.00", "1"), json!({ "sku_ref": null, "options": [side] }));
    delivery(frame, json!([special, item("Clam chowder", "2001", "8.50", "1")]), "30.50").into()
}

fn empty_refs(frame: &Frame<'_>) -> Made {
    let items = json!([
        item("Catch of the day", "", "22.00", "1"),
        item("Clam chowder", "   ", "8.50", "1"),
        item("Lobster roll", "2002", "24.00", "1"),
    ]);
    delivery(frame, items, "54.50").into()
}

fn odd_refs(frame: &Frame<'_>) -> Made {
    let items = json!([item("Clam chowder", "SOUP-1", "8.50", "1"), item("Lobster roll", " 2002 ", "24.00", "1")]);
    delivery(frame, items, "32.50").into()
}

fn unknown_product(frame: &Frame<'_>) -> Made {
    let items = json!([item("Clam chowder", "2001", "8.50", "1"), item("Swordfish", "999999", "27.00", "1")]);
    delivery(frame, items, "35.50").into()
}

fn fraction(frame: &Frame<'_>) -> Made {
    let items =
        json!([item("Roast chicken", "2004", "18.00", "0.5"), item("Oysters, the pound", "2005", "16.00", "1.125")]);
    delivery(frame, items, "27.00").into()
}

fn free(frame: &Frame<'_>) -> Made {
    let items = json!([
        item("Lobster roll", "2002", "24.00", "1"),
        item("Bread basket", "2006", "0.00", "1"),
        item("Voucher", "2007", "-5.00", "1"),
    ]);
    delivery(frame, items, "19.00").into()
}

fn same_twice(frame: &Frame<'_>) -> Made {
    let lemonade = || item("Lemonade", "2031", "4.00", "1");
    delivery(frame, json!([lemonade(), lemonade()]), "8.00").into()
}

fn deleted(frame: &Frame<'_>) -> Made {
    let gone = json!({ "deleted": true });
    let items = json!([
        item("Clam chowder", "2001", "8.50", "1"),
        with(item("Lobster roll", "2002", "24.00", "1"), gone.clone()),
    ]);
    let welcome = json!({ "name": "Welcome", "ref": "51", "price_off": "2.00" });
    let order = delivery(frame, items, "8.50");
    let wrong = with(super::online("32.50"), gone.clone());
    let payments = json!([wrong, super::online("8.50")]);
    with(order, json!({ "discounts": [with(welcome, gone)], "payments": payments })).into()
}

fn hundred_items(frame: &Frame<'_>) -> Made {
    let items = (0..100).map(|_| item("Oyster", "2008", "3.00", "1")).collect();
    delivery(frame, items, "300.00").into()
}

fn item_notes(frame: &Frame<'_>) -> Made {
    let chowder = with(item("Clam chowder", "2001", "8.50", "1"), json!({ "customer_notes": "No salt, please" }));
    with(delivery(frame, json!([chowder]), "8.50"), json!({ "customer_notes": "Ring twice" })).into()
}

fn no_items(frame: &Frame<'_>) -> Made {
    with(delivery(frame, json!([]), "0.00"), json!({ "payments": [] })).into()
}
