-- A till's stock: what the till says, what HubRise holds, and the lanes that send the one to the other. The same tables,
-- columns and checks as migrations/sqlite/0006_stock.sql.

-- Sends of stock are operations too.
ALTER TABLE operations DROP CONSTRAINT operations_kind_check;
ALTER TABLE operations ADD CONSTRAINT operations_kind_check
    CHECK (kind IN ('order_created', 'order_updated', 'unhandled', 'system', 'stock'));

-- Stock is in lanes of its own: an order never waits for it.
DROP INDEX operations_under_way;
CREATE INDEX operations_under_way ON operations (connection_id, seq) WHERE state IN ('queued', 'sending')
    AND kind <> 'stock';

-- What a till at a place of HubRise's calls with (see `places`). The hash is the secret's SHA-256; `tail` its last characters.
CREATE TABLE pos_keys (
    id           TEXT COLLATE "C" PRIMARY KEY,
    hash         BYTEA    NOT NULL UNIQUE CHECK (length(hash) = 32),
    vendor       TEXT COLLATE "C" NOT NULL,
    till         TEXT COLLATE "C" NOT NULL,
    hub_key      TEXT COLLATE "C" NOT NULL,
    label        TEXT    NOT NULL,
    tail         TEXT    NOT NULL,
    created_at   BIGINT NOT NULL,
    created_by   TEXT,
    last_used_at BIGINT,
    revoked_at   BIGINT
);

CREATE INDEX pos_keys_of_till ON pos_keys (vendor, till, hub_key);

-- A till at a place of HubRise's, as far as stock goes. `sequence` is the till's own number of its latest state; `changes` counts the states.
CREATE TABLE stock_tills (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    vendor      TEXT COLLATE "C" NOT NULL,
    till        TEXT COLLATE "C" NOT NULL,
    hub_key     TEXT COLLATE "C" NOT NULL,
    sequence    BIGINT,
    received_at BIGINT,
    sending     BIGINT NOT NULL DEFAULT 1,
    entries     BIGINT NOT NULL DEFAULT 0,
    changes     BIGINT NOT NULL DEFAULT 0,
    UNIQUE (vendor, till, hub_key)
);

-- `wanted` is what HubRise should hold, none for no entry: handed in with the entry, so that what differs is found here.
CREATE TABLE stock_entries (
    till_id    BIGINT NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('sku', 'option')),
    ref        TEXT COLLATE "C" NOT NULL,
    name       TEXT,
    managed    BIGINT NOT NULL,
    quantity   TEXT,
    available  BIGINT NOT NULL,
    expires_at BIGINT,
    wanted     TEXT,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (till_id, kind, ref)
);

-- The last value of each hour in which one changed; `named` is 0 once the till named it no more.
CREATE TABLE stock_history (
    till_id   BIGINT NOT NULL,
    kind      TEXT    NOT NULL,
    ref       TEXT COLLATE "C" NOT NULL,
    hour      BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    named     BIGINT NOT NULL,
    managed   BIGINT NOT NULL,
    available BIGINT NOT NULL,
    quantity  TEXT,
    PRIMARY KEY (till_id, kind, ref, hour)
);

CREATE INDEX stock_history_by_age ON stock_history (hour);

-- Calls with an idempotency key, and what they were answered, for a day.
CREATE TABLE stock_calls (
    till_id  BIGINT NOT NULL,
    key      TEXT COLLATE "C" NOT NULL,
    hash     BYTEA    NOT NULL,
    sequence BIGINT NOT NULL,
    entries  BIGINT NOT NULL,
    changed  BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (till_id, key)
);

CREATE INDEX stock_calls_by_age ON stock_calls (at);

-- What HubRise holds of a catalog at a connection's location, as far as is known. `doubt`: a send of it is under way, or
-- died. `others_at`: since when it is known that somebody else changed it.
CREATE TABLE stock_held (
    connection_id TEXT COLLATE "C" NOT NULL,
    catalog_id    TEXT COLLATE "C" NOT NULL,
    kind          TEXT    NOT NULL CHECK (kind IN ('sku', 'option')),
    ref           TEXT COLLATE "C" NOT NULL,
    stock         TEXT,
    expires_at    BIGINT,
    doubt         BIGINT NOT NULL DEFAULT 0,
    known_at      BIGINT,
    others_at     BIGINT,
    sent_at       BIGINT,
    operation_id  TEXT COLLATE "C",
    PRIMARY KEY (connection_id, catalog_id, kind, ref)
);

-- A connection's sending. Due when there is something to do. `done` is the till's `changes` up to which all was sent;
-- `looks` counts the reasons to read what HubRise holds, `looked` those that were done. `known_catalog` is the catalog of
-- which all that is held is known. Calls are counted in HubRise's windows, which begin on the round minute, hour and day.
CREATE TABLE stock_lanes (
    connection_id  TEXT COLLATE "C" PRIMARY KEY,
    due_at         BIGINT,
    lease          BIGINT,
    lease_until    BIGINT,
    failures       BIGINT NOT NULL DEFAULT 0,
    cause          TEXT,
    done           BIGINT NOT NULL DEFAULT 0,
    looks          BIGINT NOT NULL DEFAULT 0,
    looked         BIGINT NOT NULL DEFAULT 0,
    known_catalog  TEXT COLLATE "C",
    known_at       BIGINT,
    operation_id   TEXT COLLATE "C",
    last_operation TEXT COLLATE "C",
    sent_at        BIGINT,
    minute_at      BIGINT NOT NULL DEFAULT 0,
    minute_calls   BIGINT NOT NULL DEFAULT 0,
    hour_at        BIGINT NOT NULL DEFAULT 0,
    hour_calls     BIGINT NOT NULL DEFAULT 0,
    day_at         BIGINT NOT NULL DEFAULT 0,
    day_calls      BIGINT NOT NULL DEFAULT 0,
    sync_id        TEXT COLLATE "C",
    sync_catalog   TEXT COLLATE "C",
    sync_state     TEXT CHECK (sync_state IN ('waiting', 'reading', 'sending', 'comparing', 'done', 'failed')),
    sync_asked_at  BIGINT,
    sync_by        TEXT,
    sync_ended_at  BIGINT,
    sync_cause     TEXT,
    sync_result    TEXT,
    sync_operation TEXT COLLATE "C",
    CHECK ((lease IS NULL) = (lease_until IS NULL)),
    CHECK ((sync_id IS NULL) = (sync_state IS NULL))
);

CREATE INDEX stock_lanes_by_due ON stock_lanes (due_at) WHERE due_at IS NOT NULL;

-- A catalog as the board needs it, packed text: see src/packing.rs.
CREATE TABLE stock_catalogs (
    connection_id TEXT COLLATE "C" NOT NULL,
    catalog_id    TEXT COLLATE "C" NOT NULL,
    read_at       BIGINT NOT NULL,
    packed        BYTEA    NOT NULL,
    PRIMARY KEY (connection_id, catalog_id)
);

-- It is compressed already.
ALTER TABLE stock_catalogs ALTER COLUMN packed SET STORAGE EXTERNAL;
