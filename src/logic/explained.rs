//! Which words explain a node. The words themselves are data, `public/explained/{en,fr}.json`, fetched when an exchange is opened:
//! `{"xml": {"Item/ProdNum": {"says": "…", "values": {"13": "…"}}}, "json": {…}, "headers": {…}}`.

use super::layout::Layout;

/// How many levels a name is told apart by.
const LEVELS: usize = 3;

/// Under which names a line may be explained, the most exact first: `Items/Item/ProdNum`, `Item/ProdNum`, `ProdNum`. None for a line
/// without a name.
pub fn names(layout: &Layout, line: usize) -> Vec<String> {
    let name = |line: usize| layout.lines.get(line).map(|line| layout.at(line.name)).filter(|name| !name.is_empty());
    let Some(own) = name(line) else { return Vec::new() };
    let mut names = vec![own.to_owned()];
    for parent in layout.parents(line).filter_map(name).take(LEVELS - 1) {
        let longer = match names.last() {
            Some(last) => [parent, "/", last].concat(),
            None => parent.to_owned(),
        };
        names.push(longer);
    }
    names.reverse();
    names
}

/// What a node is called to a reader: its name, and its value where it is short enough to be read at a glance.
pub fn title(layout: &Layout, line: usize) -> String {
    let Some(found) = layout.lines.get(line) else { return String::new() };
    let (name, value) = (layout.at(found.name), layout.at(found.value));
    match value.chars().count() {
        0 => name.to_owned(),
        1..=40 => [name, " ", value].concat(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test may panic")]

    use std::collections::BTreeSet;

    use serde_json::{Map, Value};

    use super::*;
    use crate::logic::{json_lines, xml_lines};

    fn data(language: &str) -> Map<String, Value> {
        let path = format!("{}/public/explained/{language}.json", env!("CARGO_MANIFEST_DIR"));
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    /// Every name, and every value under its name.
    fn keys(all: &Map<String, Value>) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for (part, entries) in all {
            for (name, entry) in entries.as_object().unwrap() {
                keys.insert(format!("{part} {name}"));
                for value in entry["values"].as_object().into_iter().flat_map(Map::keys) {
                    keys.insert(format!("{part} {name} = {value}"));
                }
            }
        }
        keys
    }

    /// The explanation of the line that holds `part`.
    fn explained(part: &str, layout: &Layout, holding: &str) -> (String, Option<String>) {
        let all = data("en");
        let line = layout.lines.iter().position(|line| layout.at(line.span).contains(holding)).unwrap();
        let entry = names(layout, line).iter().find_map(|name| all[part].get(name).cloned()).unwrap();
        let value = entry["values"].get(layout.at(layout.lines[line].value));
        (entry["says"].as_str().unwrap().to_owned(), value.and_then(Value::as_str).map(ToOwned::to_owned))
    }

    #[test]
    fn a_node_is_told_apart_by_what_it_is_in() {
        let laid = xml_lines::lay_out(
            "<Request><Transaction><Items><Item><ProdNum>1</ProdNum></Item></Items></Transaction></Request>",
        );
        assert_eq!(names(&laid, 4), ["Items/Item/ProdNum", "Item/ProdNum", "ProdNum"]);
        assert_eq!(names(&laid, 0), ["Request"]);
        assert!(names(&laid, 5).is_empty());
        assert_eq!(title(&laid, 4), "ProdNum 1");
        let order = json_lines::lay_out(r#"{"items":[{"options":[{"ref":"7"}]}]}"#);
        assert_eq!(names(&order, 5), ["items/options/ref", "options/ref", "ref"]);
    }

    #[test]
    fn both_languages_explain_the_same() {
        let (en, fr) = (data("en"), data("fr"));
        assert_eq!(keys(&en), keys(&fr));
        for all in [&en, &fr] {
            for entry in all.values().flat_map(|part| part.as_object().unwrap().values()) {
                assert!(
                    entry["says"].as_str().is_some_and(|says| !says.is_empty() && says.ends_with(['.', '?'])),
                    "{entry}"
                );
                for value in entry["values"].as_object().into_iter().flat_map(Map::values) {
                    assert!(value.as_str().is_some_and(|words| !words.is_empty() && words.ends_with('.')), "{entry}");
                }
            }
        }
    }

    /// Every name and value the bridge writes, and those the interface answers with.
    #[test]
    fn every_node_of_the_interface_is_explained() {
        let request = "<Request><RequestType>10</RequestType><DebugMode>1</DebugMode><EOITransfer><EOIAuthenticationToken>•••\
            </EOIAuthenticationToken><Transaction><SaleTypeNum>1002</SaleTypeNum><ScheduleTime>2026</ScheduleTime><Items><Item>\
            <ProdNum>1</ProdNum><CouponNum>1</CouponNum><Description>x</Description><CostEach>1</CostEach><Quantity>1</Quantity>\
            <ItemId>1</ItemId><ParentId>1</ParentId><PriceApplied>13</PriceApplied><ComboItemId>1</ComboItemId>\
            <ForcedAnswer>1</ForcedAnswer></Item></Items><Payments><Payment><MethodNumber>1</MethodNumber><AuthType>114</AuthType>\
            <Tender>1</Tender><Tip>1</Tip><Status>3</Status></Payment></Payments><CustomRecFooter>x</CustomRecFooter>\
            <Status>3</Status></Transaction><Member><FirstName>x</FirstName><LastName>x</LastName><Company>x</Company>\
            <Email>x</Email><Phone>x</Phone><Address1>x</Address1><Address2>x</Address2><PostalCode>x</PostalCode><City>x</City>\
            <State>x</State><Country>x</Country><DeliveryNotes>x</DeliveryNotes></Member><EOIMessage>x</EOIMessage></EOITransfer>\
            <ErrorNum>-1</ErrorNum><SubErrorNum>401</SubErrorNum><Exception>x</Exception></Request>";
        let laid = xml_lines::lay_out(request);
        let all = data("en");
        for line in (0..laid.lines.len()).filter(|line| !names(&laid, *line).is_empty()) {
            let known = names(&laid, line).iter().any(|name| all["xml"].get(name).is_some());
            assert!(known, "{:?}", names(&laid, line));
        }
        for holding in [
            "RequestType>10",
            "DebugMode>1",
            "PriceApplied>13",
            "AuthType>114",
            "ErrorNum>-1",
            "SubErrorNum>401",
            "ForcedAnswer>1",
        ] {
            assert!(explained("xml", &laid, holding).1.is_some(), "{holding}");
        }
        // The same name says two things.
        let status = |holding: &str| {
            let laid = xml_lines::lay_out(&format!("<Response><Transaction>{holding}</Transaction></Response>"));
            explained("xml", &laid, "Status")
        };
        let (check, payment) = (status("<Status>3</Status>"), status("<Payment><Status>3</Status></Payment>"));
        assert!(check != payment && check.1.is_some() && payment.1.is_some());
    }

    #[test]
    fn every_status_of_hubrise_is_explained() {
        for status in [
            "new",
            "received",
            "accepted",
            "in_preparation",
            "awaiting_shipment",
            "awaiting_collection",
            "in_delivery",
            "completed",
            "rejected",
            "cancelled",
            "delivery_failed",
        ] {
            let laid = json_lines::lay_out(&format!(r#"{{"new_state":{{"status":"{status}"}}}}"#));
            assert!(explained("json", &laid, "status").1.is_some(), "{status}");
        }
    }
}
