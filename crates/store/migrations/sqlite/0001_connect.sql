-- Connecting a till to HubRise. The same tables, columns and checks as migrations/postgres/0001_connect.sql.
-- Instants are microseconds since 1970. Texts compare byte by byte (BINARY, the default).

CREATE TABLE sessions (
    id           TEXT    PRIMARY KEY NOT NULL,
    token_hash   BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    browser      TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_by_end ON sessions (expires_at);

-- A closed connection stays as a trace; its token does not.
CREATE TABLE connections (
    id                 TEXT    PRIMARY KEY NOT NULL,
    vendor             TEXT    NOT NULL,
    till               TEXT    NOT NULL,
    state              TEXT    NOT NULL CHECK (state IN ('choosing', 'connected')),
    level              TEXT    NOT NULL CHECK (level IN ('location', 'account')),
    hub_key            TEXT    NOT NULL,
    account_id         TEXT    NOT NULL,
    account_name       TEXT    NOT NULL,
    location_id        TEXT,
    location_name      TEXT,
    catalog_id         TEXT,
    catalog_name       TEXT,
    customer_list_id   TEXT,
    customer_list_name TEXT,
    scope              TEXT    NOT NULL,
    device_id          TEXT,
    app_instance_id    TEXT,
    token_key_id       TEXT,
    token_sealed       BLOB,
    token_bound_to     TEXT,
    token_fingerprint  BLOB    CHECK (length(token_fingerprint) = 32),
    connected_at       INTEGER NOT NULL,
    connected_by       TEXT    NOT NULL,
    browser            TEXT    NOT NULL,
    reconnected_at     INTEGER,
    closed_at          INTEGER,
    version            INTEGER NOT NULL,
    CHECK ((location_id IS NULL) = (location_name IS NULL)),
    CHECK ((catalog_id IS NULL) = (catalog_name IS NULL)),
    CHECK ((customer_list_id IS NULL) = (customer_list_name IS NULL)),
    CHECK ((token_key_id IS NULL) = (closed_at IS NOT NULL)),
    CHECK ((token_sealed IS NULL) = (closed_at IS NOT NULL)),
    CHECK ((token_bound_to IS NULL) = (closed_at IS NOT NULL)),
    CHECK ((token_fingerprint IS NULL) = (closed_at IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX connections_open ON connections (vendor, till, hub_key) WHERE closed_at IS NULL;
CREATE INDEX connections_by_token ON connections (token_fingerprint) WHERE closed_at IS NULL;

-- The session is not a foreign key: a grant may outlive it, and then serves nobody.
CREATE TABLE grants (
    session_id    TEXT    NOT NULL,
    connection_id TEXT    NOT NULL REFERENCES connections (id),
    granted_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    PRIMARY KEY (session_id, connection_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX grants_by_connection ON grants (connection_id);
CREATE INDEX grants_by_end ON grants (expires_at);

CREATE TABLE attempts (
    id            TEXT    PRIMARY KEY NOT NULL,
    state_hash    BLOB    NOT NULL UNIQUE CHECK (length(state_hash) = 32),
    session_id    TEXT    NOT NULL,
    vendor        TEXT    NOT NULL,
    till          TEXT    NOT NULL,
    scope         TEXT    NOT NULL,
    replaces      TEXT,
    phase         TEXT    NOT NULL CHECK (phase IN ('waiting', 'exchanging', 'confirming', 'done', 'failed')),
    problem       TEXT,
    connection_id TEXT    REFERENCES connections (id),
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    CHECK ((phase = 'failed') = (problem IS NOT NULL)),
    CHECK ((phase = 'done') = (connection_id IS NOT NULL))
) STRICT;

CREATE INDEX attempts_by_session ON attempts (session_id, created_at);
CREATE INDEX attempts_by_age ON attempts (created_at);
CREATE INDEX attempts_unanswered ON attempts (expires_at) WHERE phase = 'confirming';

-- What attempts in phase 'confirming' hold. No cascade: an attempt cannot be deleted while it holds a token.
CREATE TABLE held_tokens (
    attempt_id         TEXT PRIMARY KEY NOT NULL REFERENCES attempts (id),
    token_key_id       TEXT NOT NULL,
    token_sealed       BLOB NOT NULL,
    token_bound_to     TEXT NOT NULL,
    token_fingerprint  BLOB NOT NULL CHECK (length(token_fingerprint) = 32),
    account_id         TEXT NOT NULL,
    account_name       TEXT NOT NULL,
    location_id        TEXT,
    location_name      TEXT,
    catalog_id         TEXT,
    catalog_name       TEXT,
    customer_list_id   TEXT,
    customer_list_name TEXT,
    app_instance_id    TEXT,
    CHECK ((location_id IS NULL) = (location_name IS NULL)),
    CHECK ((catalog_id IS NULL) = (catalog_name IS NULL)),
    CHECK ((customer_list_id IS NULL) = (customer_list_name IS NULL))
) STRICT;

CREATE INDEX held_tokens_by_token ON held_tokens (token_fingerprint);

-- The id is the token's fingerprint in hexadecimal.
CREATE TABLE revocations (
    id             TEXT    PRIMARY KEY NOT NULL CHECK (length(id) = 64),
    vendor         TEXT    NOT NULL,
    till           TEXT    NOT NULL,
    token_key_id   TEXT    NOT NULL,
    token_sealed   BLOB    NOT NULL,
    token_bound_to TEXT    NOT NULL,
    caused_by      TEXT    NOT NULL,
    created_at     INTEGER NOT NULL,
    due_at         INTEGER NOT NULL,
    leased_until   INTEGER,
    failures       INTEGER NOT NULL DEFAULT 0,
    last_error     TEXT
) STRICT;

CREATE INDEX revocations_by_due ON revocations (due_at);
CREATE INDEX revocations_by_cause ON revocations (caused_by, vendor, till);
