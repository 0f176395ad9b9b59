//! Index calls ("Pagination"): up to 100 at a time, `X-Cursor-Next` while there is more. The cursor is the last id
//! given, so that pages stay whole when something is added meanwhile.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::HeaderValue;
use serde_json::Value;

use super::problem::{Answer, Problem};
use crate::params::Params;

/// Most a page holds, and what it holds when nothing is asked.
const MAX_COUNT: usize = 100;

/// Answers one page of `items`. `id` names an item and `show` writes it; only what is on the page is written.
///
/// # Errors
/// 422 for a `count` or a `cursor` that makes no sense.
pub(crate) fn page<T>(query: &Params, items: &[T], id: impl Fn(&T) -> &str, show: impl Fn(&T) -> Value) -> Answer {
    let count = match query.filled("count").map(str::parse::<usize>) {
        None => MAX_COUNT,
        Some(Ok(count)) if count > 0 => count.min(MAX_COUNT),
        Some(_) => return Err(Problem::field("count", "must be a whole number from 1 to 100")),
    };
    let start = match query.filled("cursor") {
        None => 0,
        Some(cursor) => match items.iter().position(|item| id(item) == cursor) {
            Some(at) => at + 1,
            None => return Err(Problem::field("cursor", "is not a cursor of this list")),
        },
    };
    let rest = &items[start..];
    let shown = &rest[..count.min(rest.len())];
    let mut response: Response = Json(shown.iter().map(show).collect::<Vec<_>>()).into_response();
    if let (true, Some(last)) = (rest.len() > count, shown.last())
        && let Ok(cursor) = HeaderValue::from_str(id(last))
    {
        response.headers_mut().insert("x-cursor-next", cursor);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(query: &str, items: &[&'static str]) -> Option<(usize, Option<String>)> {
        let response = page(&Params::parse(query.as_bytes()), items, |item| item, |item| json!(item)).ok()?;
        let cursor = response.headers().get("x-cursor-next").and_then(|value| value.to_str().ok()).map(str::to_owned);
        Some((response.status().as_u16().into(), cursor))
    }

    #[test]
    fn the_last_page_has_no_cursor() {
        let items = ["a", "b", "c"];
        assert_eq!(of("count=2", &items), Some((200, Some("b".into()))));
        assert_eq!(of("count=2&cursor=b", &items), Some((200, None)));
        assert_eq!(of("count=3", &items), Some((200, None)));
        assert_eq!(of("count=0", &items), None);
        assert_eq!(of("cursor=zz", &items), None);
    }
}
