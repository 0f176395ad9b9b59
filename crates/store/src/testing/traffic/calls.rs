//! The calls of one order's way, as the server records them.

use jiff::Timestamp;

use super::dice::Dice;
use super::order::Order;
use super::till::Till;
use crate::{Ended, ExchangeId, NewExchange, Way};

fn call(dice: &mut Dice, way: Way, method: &str, url: String, at: Timestamp) -> NewExchange {
    NewExchange {
        id: ExchangeId::new(dice.token()),
        way,
        method: method.to_owned(),
        url,
        status: Some(200),
        ended: Ended::Answered,
        started_at: at,
        duration_us: 3_000 + dice.below(400_000),
        error: None,
        request_headers: String::new(),
        request_body: Vec::new(),
        response_headers: String::new(),
        response_body: Vec::new(),
    }
}

/// HubRise tells of an order.
pub(super) fn told(
    order: &Order,
    till: &Till,
    dice: &mut Dice,
    kind: &str,
    status: &str,
    at: Timestamp,
) -> NewExchange {
    let body = format!(
        r#"{{"id":"{}","resource_type":"order","event_type":"{kind}","created_at":"{}","order_id":"{}","location_id":"{}","account_id":"{}","app_instance_id":"{}","new_state":{}}}"#,
        dice.id(7),
        at.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        order.id,
        till.location,
        till.account,
        till.app,
        order.json(till, status),
    );
    let url = "https://bridge.example.com/callbacks/hubrise/pixelpoint".to_owned();
    NewExchange {
        request_headers: format!(
            "host: bridge.example.com\nuser-agent: HubRise\ncontent-type: application/json\naccept: */*\naccept-encoding: gzip, deflate\ncontent-length: {}\nx-hubrise-hmac-sha256: {}\nx-forwarded-for: 52.19.{}.{}\nx-forwarded-proto: https\n",
            body.len(),
            dice.hex(64),
            dice.below(256),
            dice.below(256),
        ),
        request_body: body.into_bytes(),
        response_headers: "content-type: application/json\n".to_owned(),
        response_body: br#"{"operation":"order_created","status":"kept"}"#.to_vec(),
        duration_us: 900 + dice.below(30_000),
        ..call(dice, Way::HubriseToBridge, "POST", url, at)
    }
}

/// The till is asked to print it, and answers with `answer`; nothing where it does not.
pub(super) fn sent(order: &Order, till: &Till, dice: &mut Dice, answer: Option<&str>, at: Timestamp) -> NewExchange {
    let body = order.xml(till);
    let said = call(dice, Way::BridgeToTill, "POST", format!("http://{}{}", till.host, till.path), at);
    let said = NewExchange {
        request_headers: format!(
            "host: {}\ncontent-type: text/xml; charset=utf-8\naccept: text/xml; charset=utf-8\nuser-agent: passerelle/0.1.0\ncontent-length: {}\n",
            till.host,
            body.len(),
        ),
        request_body: body.into_bytes(),
        ..said
    };
    match answer {
        Some(answer) => {
            let body = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Response>{answer}</Response>");
            NewExchange {
                response_headers: format!(
                    "content-type: application/xml; charset=utf-8\nserver: Microsoft-IIS/10.0\ncontent-length: {}\ndate: {}\n",
                    body.len(),
                    at.strftime("%a, %d %b %Y %H:%M:%S GMT"),
                ),
                response_body: body.into_bytes(),
                ..said
            }
        }
        None => NewExchange {
            status: None,
            ended: Ended::Unsent,
            error: Some("error sending request: tcp connect error: Connection refused (os error 111)".to_owned()),
            ..said
        },
    }
}

/// HubRise hears what became of it.
pub(super) fn heard(order: &Order, till: &Till, dice: &mut Dice, status: &str, at: Timestamp) -> NewExchange {
    let body = format!(r#"{{"status":"{status}"}}"#);
    let answer = order.json(till, status);
    let url = format!("https://api.hubrise.com/v1/locations/{}/orders/{}", till.location, order.id);
    NewExchange {
        request_headers: format!(
            "accept: application/json\nx-access-token: •••\ncontent-type: application/json\ncontent-length: {}\n",
            body.len()
        ),
        request_body: body.into_bytes(),
        response_headers: format!(
            "date: {}\ncontent-type: application/json; charset=utf-8\nserver: nginx\nvary: Accept, Origin\netag: W/\"{}\"\ncache-control: max-age=0, private, must-revalidate\nx-request-id: {}-{}-{}-{}-{}\nx-runtime: 0.{:06}\nstrict-transport-security: max-age=63072000; includeSubDomains\nx-rate-limit-remaining: {}\n",
            at.strftime("%a, %d %b %Y %H:%M:%S GMT"),
            dice.hex(32),
            dice.hex(8),
            dice.hex(4),
            dice.hex(4),
            dice.hex(4),
            dice.hex(12),
            dice.below(300_000),
            dice.below(500),
        ),
        response_body: answer.into_bytes(),
        ..call(dice, Way::BridgeToHubrise, "PATCH", url, at)
    }
}
