//! One order as HubRise tells of it, and as PixelPoint is asked for it.

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};

use super::dice::Dice;
use super::till::{Product, Till, money};

pub(super) struct Line {
    pub(super) product: Product,
    pub(super) quantity: u64,
    pub(super) options: Vec<(String, Product)>,
    pub(super) id: String,
}

pub(super) struct Customer {
    pub(super) id: String,
    pub(super) list: String,
    pub(super) first: String,
    pub(super) last: String,
    pub(super) phone: String,
    pub(super) street: String,
    pub(super) floor: Option<String>,
}

/// An order, read.
pub(super) struct Order {
    pub(super) id: String,
    pub(super) event: String,
    pub(super) reference: String,
    pub(super) code: Option<String>,
    pub(super) channel: &'static str,
    pub(super) delivery: bool,
    pub(super) placed: Timestamp,
    pub(super) wanted: Option<Timestamp>,
    pub(super) lines: Vec<Line>,
    pub(super) fee: u64,
    pub(super) customer: Customer,
    pub(super) note: Option<String>,
}

impl Order {
    pub(super) fn new(till: &Till, dice: &mut Dice, placed: Timestamp) -> Self {
        let pick =
            |dice: &mut Dice, of: &[Product]| of[usize::try_from(dice.below(of.len() as u64)).unwrap_or(0)].clone();
        let lines = (0..1 + dice.below(4))
            .map(|_| Line {
                product: pick(dice, &till.products),
                quantity: if dice.percent(80) { 1 } else { 2 + dice.below(3) },
                options: (0..dice.below(3))
                    .map(|_| {
                        let list = till.lists[usize::try_from(dice.below(5)).unwrap_or(0)].clone();
                        (list, pick(dice, &till.options))
                    })
                    .collect(),
                id: dice.id(5),
            })
            .collect();
        // Two in five come again: their ids, names and numbers are those of before.
        let mut person =
            if dice.percent(40) { Dice::new(dice.below(200) ^ till.postal_code) } else { Dice::new(dice.number()) };
        let customer = Customer {
            id: person.id(7),
            list: till.account.clone(),
            first: person.word(),
            last: person.word(),
            phone: format!("+33{}{:08}", 6 + person.below(2), person.below(100_000_000)),
            street: format!("{} rue {} {}", 1 + person.below(200), person.word(), person.word()),
            floor: person.percent(40).then(|| format!("{} étage, {}", person.below(8), person.word())),
        };
        Self {
            id: dice.id(6),
            event: dice.id(9),
            reference: dice.hex(6).to_uppercase(),
            code: dice.percent(40).then(|| format!("{}{}", dice.pick(&["A", "B", "K"]), dice.below(100))),
            channel: till.channels[usize::try_from(dice.below(till.channels.len() as u64)).unwrap_or(0)],
            delivery: dice.percent(60),
            placed,
            wanted: dice
                .percent(50)
                .then(|| placed + SignedDuration::from_mins(20 + 5 * i64::try_from(dice.below(20)).unwrap_or(0))),
            lines,
            fee: if dice.percent(50) { 250 } else { 0 },
            customer,
            note: dice.percent(20).then(|| format!("{} {} {}", dice.word(), dice.word(), dice.word())),
        }
    }

    pub(super) fn cents(&self) -> u64 {
        let options = |line: &Line| line.options.iter().map(|(_, option)| option.cents).sum::<u64>();
        self.lines.iter().map(|line| line.quantity * (line.product.cents + options(line))).sum::<u64>() + self.fee
    }

    /// HubRise's order, with this status.
    pub(super) fn json(&self, till: &Till, status: &str) -> String {
        let text =
            |text: &Option<String>| text.as_ref().map_or_else(|| "null".to_owned(), |text| format!("\"{text}\""));
        let time = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string();
        let total = money(self.cents());
        let mut json = format!(
            r#"{{"id":"{}","location_id":"{}","ref":"{}","private_ref":null,"status":"{status}","service_type":"{}","service_type_ref":"{}","created_at":"{}","created_by":"{}","connection_name":"{}","expected_time":{},"confirmed_time":null,"customer_notes":{},"seller_notes":null,"collection_code":{},"coupon_codes":[],"total":"{total} EUR","total_discrepancy":null,"payment_discrepancy":"0.00 EUR","items":["#,
            self.id,
            till.location,
            self.reference,
            if self.delivery { "delivery" } else { "collection" },
            till.sale_type,
            time(self.placed),
            self.channel,
            self.channel,
            text(&self.wanted.map(time)),
            text(&self.note),
            text(&self.code),
        );
        for (at, line) in self.lines.iter().enumerate() {
            let product = &line.product;
            let options: Vec<_> = line.options.iter().map(|(list, option)| format!(
                r#"{{"option_list_name":"{list}","name":"{}","ref":"{}","price":"{} EUR","quantity":1,"removed":false}}"#,
                option.name, option.number, money(option.cents),
            )).collect();
            let _written = write!(
                json,
                r#"{}{{"id":"{}","private_ref":null,"product_name":"{}","sku_name":{},"sku_ref":"{}","price":"{} EUR","quantity":"{}.0","subtotal":"{} EUR","tax_rate":null,"customer_notes":null,"points_earned":null,"points_used":null,"options":[{}],"deleted":false}}"#,
                if at == 0 { "" } else { "," },
                line.id,
                product.name,
                text(&product.sku),
                product.number,
                money(product.cents),
                line.quantity,
                money(line.quantity * product.cents),
                options.join(","),
            );
        }
        let charges = if self.fee == 0 {
            String::new()
        } else {
            format!(
                r#"{{"id":"{}","name":"Delivery","ref":"{}","price":"{} EUR","type":"delivery","private_ref":null,"tax_rate":null,"deleted":false}}"#,
                self.lines[0].id,
                till.sale_type + 40,
                money(self.fee)
            )
        };
        let customer = &self.customer;
        let _written = write!(
            json,
            r#"],"deals":{{}},"discounts":[],"charges":[{charges}],"payments":[{{"id":"{}","type":"online","name":"{}","ref":"{}","amount":"{total} EUR","info":{{}},"deleted":false}}],"customer":{{"id":"{}","customer_list_id":"{}","private_ref":null,"email":"{}@example.com","first_name":"{}","last_name":"{}","gender":null,"birth_date":null,"company_name":null,"phone":"{}","phone_access_code":null,"address_1":"{}","address_2":{},"postal_code":"{}","city":"{}","state":null,"country":"FR","latitude":null,"longitude":null,"delivery_notes":null,"sms_marketing":false,"email_marketing":false,"nb_orders":1,"anonymised":false}},"delivery":null,"loyalty_operations":[],"custom_fields":{{}}}}"#,
            self.reference,
            self.channel,
            till.tender,
            customer.id,
            customer.list,
            customer.first.to_lowercase(),
            customer.first,
            customer.last,
            customer.phone,
            customer.street,
            text(&customer.floor),
            till.postal_code,
            till.city,
        );
        json
    }

    /// What the till is asked for.
    pub(super) fn xml(&self, till: &Till) -> String {
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Request><RequestType>10</RequestType><EOITransfer>\
             <EOIAuthenticationToken>•••{}</EOIAuthenticationToken><Transaction><SaleTypeNum>{}</SaleTypeNum>",
            &till.token[till.token.len() - 5..],
            till.sale_type,
        );
        if let Some(at) = self.wanted {
            let _written = write!(xml, "<ScheduleTime>{}</ScheduleTime>", at.strftime("%Y-%m-%dT%H:%M:%S"));
        }
        xml.push_str("<Items>");
        let mut number = 0;
        let mut item = |xml: &mut String, product: &Product, quantity: u64, parent: Option<u64>| {
            number += 1;
            let parent = parent.unwrap_or(number);
            let name: String = product.name.chars().take(20).collect();
            let _written = write!(
                xml,
                "<Item><ProdNum>{}</ProdNum><Description>{name}</Description><CostEach>{}</CostEach><Quantity>{quantity}</Quantity><ItemId>{number}</ItemId><ParentId>{parent}</ParentId><PriceApplied>13</PriceApplied>{}</Item>",
                product.number,
                money(product.cents),
                if parent == number { "" } else { "<ForcedAnswer>1</ForcedAnswer>" },
            );
            number
        };
        for line in &self.lines {
            let parent = item(&mut xml, &line.product, line.quantity, None);
            for (_, option) in &line.options {
                item(&mut xml, option, line.quantity, Some(parent));
            }
        }
        if self.fee > 0 {
            let fee = Product { name: "Delivery".to_owned(), sku: None, number: till.sale_type + 40, cents: self.fee };
            item(&mut xml, &fee, 1, None);
        }
        let customer = &self.customer;
        let _written = write!(
            xml,
            "</Items><Payment><MethodNumber>{}</MethodNumber><AuthType>114</AuthType><Tender>{}</Tender></Payment></Transaction><Member><FirstName>{}</FirstName><LastName>{}</LastName><Email>{}@example.com</Email><Phone>{}</Phone><Address1>{}</Address1>{}<PostalCode>{}</PostalCode><City>{}</City><Country>FR</Country></Member></EOITransfer></Request>",
            till.tender,
            money(self.cents()),
            customer.first,
            customer.last,
            customer.first.to_lowercase(),
            customer.phone,
            customer.street,
            customer.floor.as_ref().map(|floor| format!("<Address2>{floor}</Address2>")).unwrap_or_default(),
            till.postal_code,
            till.city,
        );
        xml
    }
}
