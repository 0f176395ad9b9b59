//! Who may tell of orders: whoever signs with the vendor's client secret, and nobody else, however often they try.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::hearing::{BRIDGE, SECRET, event, installation, order, signed};

flow!(a_bad_signature_is_refused_counted_and_shown_on_the_connection_it_names, |world| {
    let (_, row) = world.connect_bridge().await;
    let body = event("e1", "create", &installation(&row), &order("5dpm9", "new")).to_string().into_bytes();
    let right = signed(SECRET, &body);
    let wrong = [
        None,
        Some(String::new()),
        Some("a".repeat(64)),
        Some(right.to_uppercase()),
        Some(signed("another secret", &body)),
        Some(signed(SECRET, b"another body")),
        // Base64, as integrations have waited for in vain.
        Some("W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=".to_owned()),
    ];
    for signature in &wrong {
        assert_eq!(world.tell(BRIDGE, body.clone(), signature.as_deref()).await, 401, "{signature:?}");
    }
    assert!(world.operations(&row).await.is_empty());
    let counted = world.state.store().registration(&row.id).await.unwrap();
    assert_eq!((counted.refused, counted.refused_at.is_some()), (wrong.len() as u64, true));
    // Forgeries that name nobody are refused alike, and put down to nobody.
    for stranger in
        [b"{}".to_vec(), b"\xff".to_vec(), event("e2", "create", "zzzzz", &order("x", "new")).to_string().into()]
    {
        assert_eq!(world.tell(BRIDGE, stranger, Some("a")).await, 401);
    }
    assert_eq!(world.state.store().registration(&row.id).await.unwrap().refused, wrong.len() as u64);

    assert_eq!(world.tell(BRIDGE, body, Some(&right)).await, 200);
    assert_eq!(world.state.store().registration(&row.id).await.unwrap().refused, 0, "a good one says that all is well");
});

flow!(forgeries_do_not_fill_the_database, |world| {
    let (_, row) = world.connect_bridge().await;
    let body = event("e1", "create", &installation(&row), &order("5dpm9", "new")).to_string().into_bytes();
    for _ in 0..40 {
        assert_eq!(world.tell(BRIDGE, body.clone(), None).await, 401);
    }
    assert_eq!(world.state.store().registration(&row.id).await.unwrap().refused, 30, "so many a minute are put down");
});

flow!(the_headers_name_is_written_in_any_case, |world| {
    let (_, row) = world.connect_bridge().await;
    let address = world.origin.trim_start_matches("http://").to_owned();
    for (id, name) in [("1", "X-HubRise-Hmac-SHA256"), ("2", "x-hubrise-hmac-sha256"), ("3", "X-HUBRISE-HMAC-SHA256")] {
        let body = event(id, "create", &installation(&row), &order(id, "new")).to_string();
        let signature = signed(SECRET, body.as_bytes());
        let call = format!(
            "POST /callbacks/hubrise/{BRIDGE} HTTP/1.1\r\nhost: {address}\r\n{name}: {signature}\r\nconnection: close\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
        stream.write_all(call.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 "), "{name}: {answer}");
        assert!(answer.contains("cache-control: no-store\r\n"), "{answer}");
    }
    assert_eq!(world.operations(&row).await.len(), 3);
});
