-- A till's stock: what the till says, what HubRise holds, and the lanes that send the one to the other. The same tables,
-- columns and checks as migrations/postgres/0006_stock.sql.

-- Sends of stock are operations too. SQLite changes no check in place, so the table is made anew.
CREATE TABLE operations_of_all (
    seq            INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id             TEXT    NOT NULL UNIQUE,
    place_id       INTEGER NOT NULL,
    connection_id  TEXT    NOT NULL,
    kind           TEXT    NOT NULL CHECK (kind IN ('order_created', 'order_updated', 'unhandled', 'system', 'stock')),
    event_id       TEXT,
    order_id       TEXT,
    reference      TEXT,
    channel        TEXT,
    total          TEXT,
    status         TEXT,
    ordered_at     INTEGER,
    expected_at    INTEGER,
    state          TEXT    NOT NULL CHECK (state IN ('queued', 'sending', 'delivered', 'attention', 'unknown',
        'refused', 'failed', 'withdrawn', 'noted', 'not_handled')),
    cause          TEXT,
    detail         TEXT,
    flag           TEXT,
    tries          INTEGER NOT NULL DEFAULT 0,
    due_at         INTEGER,
    try_lease      INTEGER,
    telling        TEXT    NOT NULL DEFAULT 'none' CHECK (telling IN ('none', 'due', 'told', 'skipped', 'failed')),
    told_tries     INTEGER NOT NULL DEFAULT 0,
    told_due_at    INTEGER,
    told_lease     INTEGER,
    told_until     INTEGER,
    received_at    INTEGER NOT NULL,
    changed_at     INTEGER NOT NULL,
    notes          TEXT,
    sent_with      BLOB,
    may_be_printed INTEGER NOT NULL DEFAULT 0,
    manual         INTEGER NOT NULL DEFAULT 0,
    resends        INTEGER NOT NULL DEFAULT 0,
    handled_at     INTEGER,
    words          TEXT,
    CHECK ((due_at IS NOT NULL) = (state = 'queued')),
    CHECK ((told_due_at IS NOT NULL) = (telling = 'due')),
    CHECK ((told_lease IS NULL) = (told_until IS NULL))
) STRICT;

INSERT INTO operations_of_all (seq, id, place_id, connection_id, kind, event_id, order_id, reference, channel, total, status,
    ordered_at, expected_at, state, cause, detail, flag, tries, due_at, try_lease, telling, told_tries, told_due_at,
    told_lease, told_until, received_at, changed_at, notes, sent_with, may_be_printed, manual, resends, handled_at, words)
    SELECT seq, id, place_id, connection_id, kind, event_id, order_id, reference, channel, total, status,
    ordered_at, expected_at, state, cause, detail, flag, tries, due_at, try_lease, telling, told_tries, told_due_at,
    told_lease, told_until, received_at, changed_at, notes, sent_with, may_be_printed, manual, resends, handled_at, words
    FROM operations ORDER BY seq;

-- A number is given once, also when the operation that had it is forgotten.
DELETE FROM sqlite_sequence WHERE name = 'operations_of_all';
INSERT INTO sqlite_sequence (name, seq) SELECT 'operations_of_all', seq FROM sqlite_sequence WHERE name = 'operations';

DROP TABLE operations;
ALTER TABLE operations_of_all RENAME TO operations;

CREATE UNIQUE INDEX operations_of_event ON operations (place_id, event_id) WHERE event_id IS NOT NULL;
CREATE INDEX operations_of_order ON operations (place_id, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX operations_of_place ON operations (place_id, seq);
-- Stock is in lanes of its own: an order never waits for it.
CREATE INDEX operations_under_way ON operations (connection_id, seq) WHERE state IN ('queued', 'sending')
    AND kind <> 'stock';
CREATE INDEX operations_to_tell ON operations (told_due_at) WHERE telling = 'due';
CREATE INDEX operations_by_age ON operations (received_at);
CREATE INDEX operations_to_look_at ON operations (place_id, seq) WHERE state NOT IN ('delivered', 'noted')
    OR cause IS NOT NULL OR detail IS NOT NULL;
CREATE INDEX orders_of_day ON operations (place_id, received_at, state) WHERE kind = 'order_created';

-- What a till at a place of HubRise's calls with (see `places`). The hash is the secret's SHA-256; `tail` its last characters.
CREATE TABLE pos_keys (
    id           TEXT    PRIMARY KEY NOT NULL,
    hash         BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),
    vendor       TEXT    NOT NULL,
    till         TEXT    NOT NULL,
    hub_key      TEXT    NOT NULL,
    label        TEXT    NOT NULL,
    tail         TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    created_by   TEXT,
    last_used_at INTEGER,
    revoked_at   INTEGER
) STRICT;

CREATE INDEX pos_keys_of_till ON pos_keys (vendor, till, hub_key);

-- A till at a place of HubRise's, as far as stock goes. `sequence` is the till's own number of its latest state; `changes` counts the states.
CREATE TABLE stock_tills (
    id          INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    vendor      TEXT    NOT NULL,
    till        TEXT    NOT NULL,
    hub_key     TEXT    NOT NULL,
    sequence    INTEGER,
    received_at INTEGER,
    sending     INTEGER NOT NULL DEFAULT 1,
    entries     INTEGER NOT NULL DEFAULT 0,
    changes     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (vendor, till, hub_key)
) STRICT;

-- `wanted` is what HubRise should hold, none for no entry: handed in with the entry, so that what differs is found here.
CREATE TABLE stock_entries (
    till_id    INTEGER NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('sku', 'option')),
    ref        TEXT    NOT NULL,
    name       TEXT,
    managed    INTEGER NOT NULL,
    quantity   TEXT,
    available  INTEGER NOT NULL,
    expires_at INTEGER,
    wanted     TEXT,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (till_id, kind, ref)
) STRICT, WITHOUT ROWID;

-- The last value of each hour in which one changed; `named` is 0 once the till named it no more.
CREATE TABLE stock_history (
    till_id   INTEGER NOT NULL,
    kind      TEXT    NOT NULL,
    ref       TEXT    NOT NULL,
    hour      INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    named     INTEGER NOT NULL,
    managed   INTEGER NOT NULL,
    available INTEGER NOT NULL,
    quantity  TEXT,
    PRIMARY KEY (till_id, kind, ref, hour)
) STRICT, WITHOUT ROWID;

CREATE INDEX stock_history_by_age ON stock_history (hour);

-- Calls with an idempotency key, and what they were answered, for a day.
CREATE TABLE stock_calls (
    till_id  INTEGER NOT NULL,
    key      TEXT    NOT NULL,
    hash     BLOB    NOT NULL,
    sequence INTEGER NOT NULL,
    entries  INTEGER NOT NULL,
    changed  INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (till_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX stock_calls_by_age ON stock_calls (at);

-- What HubRise holds of a catalog at a connection's location, as far as is known. `doubt`: a send of it is under way, or
-- died. `others_at`: since when it is known that somebody else changed it.
CREATE TABLE stock_held (
    connection_id TEXT    NOT NULL,
    catalog_id    TEXT    NOT NULL,
    kind          TEXT    NOT NULL CHECK (kind IN ('sku', 'option')),
    ref           TEXT    NOT NULL,
    stock         TEXT,
    expires_at    INTEGER,
    doubt         INTEGER NOT NULL DEFAULT 0,
    known_at      INTEGER,
    others_at     INTEGER,
    sent_at       INTEGER,
    operation_id  TEXT,
    PRIMARY KEY (connection_id, catalog_id, kind, ref)
) STRICT, WITHOUT ROWID;

-- A connection's sending. Due when there is something to do. `done` is the till's `changes` up to which all was sent;
-- `looks` counts the reasons to read what HubRise holds, `looked` those that were done. `known_catalog` is the catalog of
-- which all that is held is known. Calls are counted in HubRise's windows, which begin on the round minute, hour and day.
CREATE TABLE stock_lanes (
    connection_id  TEXT    PRIMARY KEY NOT NULL,
    due_at         INTEGER,
    lease          INTEGER,
    lease_until    INTEGER,
    failures       INTEGER NOT NULL DEFAULT 0,
    cause          TEXT,
    done           INTEGER NOT NULL DEFAULT 0,
    looks          INTEGER NOT NULL DEFAULT 0,
    looked         INTEGER NOT NULL DEFAULT 0,
    known_catalog  TEXT,
    known_at       INTEGER,
    operation_id   TEXT,
    last_operation TEXT,
    sent_at        INTEGER,
    minute_at      INTEGER NOT NULL DEFAULT 0,
    minute_calls   INTEGER NOT NULL DEFAULT 0,
    hour_at        INTEGER NOT NULL DEFAULT 0,
    hour_calls     INTEGER NOT NULL DEFAULT 0,
    day_at         INTEGER NOT NULL DEFAULT 0,
    day_calls      INTEGER NOT NULL DEFAULT 0,
    sync_id        TEXT,
    sync_catalog   TEXT,
    sync_state     TEXT CHECK (sync_state IN ('waiting', 'reading', 'sending', 'comparing', 'done', 'failed')),
    sync_asked_at  INTEGER,
    sync_by        TEXT,
    sync_ended_at  INTEGER,
    sync_cause     TEXT,
    sync_result    TEXT,
    sync_operation TEXT,
    CHECK ((lease IS NULL) = (lease_until IS NULL)),
    CHECK ((sync_id IS NULL) = (sync_state IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX stock_lanes_by_due ON stock_lanes (due_at) WHERE due_at IS NOT NULL;

-- A catalog as the board needs it, packed text: see src/packing.rs.
CREATE TABLE stock_catalogs (
    connection_id TEXT    NOT NULL,
    catalog_id    TEXT    NOT NULL,
    read_at       INTEGER NOT NULL,
    packed        BLOB    NOT NULL,
    PRIMARY KEY (connection_id, catalog_id)
) STRICT;
