-- Orders on their way to the till: operations, the queue they are, and all that was said. The same tables, columns and
-- checks as migrations/postgres/0003_orders.sql, but for `lease_numbers`, which is a sequence there.
--
-- What follows refers to connections and to each other without foreign keys: keeping an order must not wait for whoever
-- changes its connection, and connections are never deleted.

-- A till at a place of HubRise's (location or account), whichever connection it has: what happened is read by it.
CREATE TABLE places (
    id      INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    vendor  TEXT    NOT NULL,
    till    TEXT    NOT NULL,
    hub_key TEXT    NOT NULL,
    UNIQUE (vendor, till, hub_key)
) STRICT;

INSERT INTO places (vendor, till, hub_key) SELECT DISTINCT vendor, till, hub_key FROM connections;

ALTER TABLE connections ADD COLUMN place_id INTEGER REFERENCES places (id);
-- The IANA name of the location's time zone, as HubRise last told it.
ALTER TABLE connections ADD COLUMN timezone TEXT;

UPDATE connections SET place_id = (SELECT p.id FROM places p WHERE p.vendor = connections.vendor
    AND p.till = connections.till AND p.hub_key = connections.hub_key);

-- How orders are to reach the till is the server's own JSON from here on; all it knew before was `debug`.
ALTER TABLE till_settings ADD COLUMN choices TEXT NOT NULL DEFAULT '{}';
ALTER TABLE till_settings ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE till_settings ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE till_settings ADD COLUMN changed_by TEXT;

UPDATE till_settings SET choices = CASE debug WHEN 1 THEN '{"debug":true}' ELSE '{}' END,
    changed_at = (SELECT c.changed_at FROM connections c WHERE c.id = till_settings.connection_id);

ALTER TABLE till_settings DROP COLUMN debug;

-- `try_lease` is the lease under which the latest try began. `told_*` is about telling HubRise.
CREATE TABLE operations (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id            TEXT    NOT NULL UNIQUE,
    place_id      INTEGER NOT NULL,
    connection_id TEXT    NOT NULL,
    kind          TEXT    NOT NULL CHECK (kind IN ('order_created', 'order_updated', 'unhandled', 'system')),
    event_id      TEXT,
    order_id      TEXT,
    reference     TEXT,
    channel       TEXT,
    total         TEXT,
    status        TEXT,
    ordered_at    INTEGER,
    expected_at   INTEGER,
    state         TEXT    NOT NULL CHECK (state IN ('queued', 'sending', 'delivered', 'attention', 'unknown',
        'refused', 'failed', 'withdrawn', 'noted', 'not_handled')),
    cause         TEXT,
    detail        TEXT,
    flag          TEXT,
    tries         INTEGER NOT NULL DEFAULT 0,
    due_at        INTEGER,
    try_lease     INTEGER,
    telling       TEXT    NOT NULL DEFAULT 'none' CHECK (telling IN ('none', 'due', 'told', 'skipped', 'failed')),
    told_tries    INTEGER NOT NULL DEFAULT 0,
    told_due_at   INTEGER,
    told_lease    INTEGER,
    told_until    INTEGER,
    received_at   INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL,
    notes         TEXT,
    CHECK ((due_at IS NOT NULL) = (state = 'queued')),
    CHECK ((told_due_at IS NOT NULL) = (telling = 'due')),
    CHECK ((told_lease IS NULL) = (told_until IS NULL))
) STRICT;

CREATE UNIQUE INDEX operations_of_event ON operations (place_id, event_id) WHERE event_id IS NOT NULL;
CREATE INDEX operations_of_order ON operations (place_id, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX operations_of_place ON operations (place_id, seq);
CREATE INDEX operations_of_day ON operations (place_id, received_at);
CREATE INDEX operations_under_way ON operations (connection_id, seq) WHERE state IN ('queued', 'sending');
CREATE INDEX operations_to_tell ON operations (told_due_at) WHERE telling = 'due';
CREATE INDEX operations_by_age ON operations (received_at);

-- One row a connection that has something under way; due when its first operation is. Whoever writes to operations
-- under way holds their lane.
CREATE TABLE lanes (
    connection_id TEXT    PRIMARY KEY NOT NULL,
    due_at        INTEGER NOT NULL,
    lease         INTEGER,
    lease_until   INTEGER,
    CHECK ((lease IS NULL) = (lease_until IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX lanes_by_due ON lanes (due_at);

-- The last number a lease was given. A lease that is over never has the number of another.
CREATE TABLE lease_numbers (
    one  INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
    last INTEGER NOT NULL
) STRICT;

INSERT INTO lease_numbers (one, last) VALUES (1, 0);

CREATE TABLE exchanges (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id            TEXT    NOT NULL UNIQUE,
    place_id      INTEGER NOT NULL,
    connection_id TEXT    NOT NULL,
    operation_seq INTEGER,
    way           TEXT    NOT NULL CHECK (way IN ('hubrise_to_bridge', 'bridge_to_hubrise', 'bridge_to_till')),
    method        TEXT    NOT NULL,
    url           TEXT    NOT NULL,
    status        INTEGER,
    ended         TEXT    NOT NULL CHECK (ended IN ('answered', 'unsent', 'unanswered')),
    started_at    INTEGER NOT NULL,
    duration_us   INTEGER NOT NULL,
    error         TEXT,
    request_size  INTEGER NOT NULL,
    response_size INTEGER NOT NULL
) STRICT;

CREATE INDEX exchanges_of_operation ON exchanges (operation_seq, seq) WHERE operation_seq IS NOT NULL;
CREATE INDEX exchanges_by_age ON exchanges (started_at) WHERE operation_seq IS NULL;

-- Headers and bodies of an exchange, both ways, packed into one: see src/packing.rs. Apart, so that no list reads them.
CREATE TABLE bodies (
    exchange_seq INTEGER PRIMARY KEY NOT NULL,
    packed       BLOB    NOT NULL
) STRICT;

-- How each open connection's callback at HubRise stands. `due_at` is 0 until it is looked at for the first time.
CREATE TABLE registrations (
    connection_id TEXT    PRIMARY KEY NOT NULL REFERENCES connections (id),
    due_at        INTEGER NOT NULL DEFAULT 0,
    leased_until  INTEGER,
    verified_at   INTEGER,
    repaired_at   INTEGER,
    error         TEXT,
    refused       INTEGER NOT NULL DEFAULT 0,
    refused_at    INTEGER,
    heard_at      INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX registrations_by_due ON registrations (due_at);

INSERT INTO registrations (connection_id) SELECT id FROM connections WHERE closed_at IS NULL;
