-- What people do with operations, and what is forgotten of customers. The same tables, columns and checks as
-- migrations/postgres/0005_acts.sql. Acts and shares go with their operation.

-- `holder` is who may read names: see `grants`.
CREATE TABLE acts (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    operation_seq INTEGER NOT NULL,
    kind          TEXT    NOT NULL CHECK (kind IN ('resent', 'resent_modified', 'handled', 'reopened', 'names_shown',
        'case_taken', 'shared', 'share_ended')),
    name          TEXT,
    note          TEXT,
    at            INTEGER NOT NULL,
    holder        TEXT,
    CHECK ((holder IS NOT NULL) = (kind = 'names_shown'))
) STRICT;

CREATE INDEX acts_of_operation ON acts (operation_seq, seq);

-- The page is compressed, and gone once the link has been ended.
CREATE TABLE shares (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id            TEXT    NOT NULL UNIQUE,
    token_hash    BLOB    NOT NULL UNIQUE,
    operation_seq INTEGER NOT NULL,
    name          TEXT,
    at            INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    ended_at      INTEGER,
    opened        INTEGER NOT NULL DEFAULT 0,
    page          BLOB,
    CHECK ((page IS NULL) = (ended_at IS NOT NULL))
) STRICT;

CREATE INDEX shares_of_operation ON shares (operation_seq, seq);
CREATE INDEX shares_by_end ON shares (expires_at);

-- A list's filter under a name. A holder is as in `grants`; a session's own views end with it.
CREATE TABLE views (
    id         TEXT PRIMARY KEY NOT NULL,
    holder     TEXT NOT NULL,
    session_id TEXT REFERENCES sessions (id) ON DELETE CASCADE,
    vendor     TEXT NOT NULL,
    name       TEXT NOT NULL,
    query      TEXT NOT NULL,
    UNIQUE (holder, vendor, name),
    CHECK (CASE WHEN session_id IS NULL THEN substr(holder, 1, 2) = 'u:' ELSE holder = 's:' || session_id END)
) STRICT;

CREATE INDEX views_of_session ON views (session_id) WHERE session_id IS NOT NULL;

-- A customer HubRise has anonymised, until nothing is kept of them at that place.
CREATE TABLE erasures (
    id            INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    place_id      INTEGER NOT NULL,
    connection_id TEXT    NOT NULL,
    customer_id   TEXT    NOT NULL,
    due_at        INTEGER NOT NULL,
    lease         INTEGER,
    lease_until   INTEGER,
    UNIQUE (place_id, customer_id),
    CHECK ((lease IS NULL) = (lease_until IS NULL))
) STRICT;

CREATE INDEX erasures_by_due ON erasures (due_at);
