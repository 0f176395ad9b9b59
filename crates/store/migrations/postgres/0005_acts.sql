-- What people do with operations, and what is forgotten of customers. The same tables, columns and checks as
-- migrations/sqlite/0005_acts.sql. Acts and shares go with their operation.

-- `holder` is who may read names: see `grants`.
CREATE TABLE acts (
    seq           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation_seq BIGINT NOT NULL,
    kind          TEXT   NOT NULL CHECK (kind IN ('resent', 'resent_modified', 'handled', 'reopened', 'names_shown',
        'case_taken', 'shared', 'share_ended')),
    name          TEXT,
    note          TEXT,
    at            BIGINT NOT NULL,
    holder        TEXT COLLATE "C",
    CHECK ((holder IS NOT NULL) = (kind = 'names_shown'))
);

CREATE INDEX acts_of_operation ON acts (operation_seq, seq);

-- The page is compressed, and gone once the link has been ended.
CREATE TABLE shares (
    seq           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id            TEXT COLLATE "C" NOT NULL UNIQUE,
    token_hash    BYTEA  NOT NULL UNIQUE,
    operation_seq BIGINT NOT NULL,
    name          TEXT,
    at            BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    ended_at      BIGINT,
    opened        BIGINT NOT NULL DEFAULT 0,
    page          BYTEA,
    CHECK ((page IS NULL) = (ended_at IS NOT NULL))
);

-- It is compressed already.
ALTER TABLE shares ALTER COLUMN page SET STORAGE EXTERNAL;

CREATE INDEX shares_of_operation ON shares (operation_seq, seq);
CREATE INDEX shares_by_end ON shares (expires_at);

-- A list's filter under a name. A holder is as in `grants`; a session's own views end with it.
CREATE TABLE views (
    id         TEXT COLLATE "C" PRIMARY KEY,
    holder     TEXT COLLATE "C" NOT NULL,
    session_id TEXT COLLATE "C" REFERENCES sessions (id) ON DELETE CASCADE,
    vendor     TEXT COLLATE "C" NOT NULL,
    name       TEXT COLLATE "C" NOT NULL,
    query      TEXT NOT NULL,
    UNIQUE (holder, vendor, name),
    CHECK (CASE WHEN session_id IS NULL THEN substr(holder, 1, 2) = 'u:' ELSE holder = 's:' || session_id END)
);

CREATE INDEX views_of_session ON views (session_id) WHERE session_id IS NOT NULL;

-- A customer HubRise has anonymised, until nothing is kept of them at that place.
CREATE TABLE erasures (
    id            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    place_id      BIGINT NOT NULL,
    connection_id TEXT COLLATE "C" NOT NULL,
    customer_id   TEXT COLLATE "C" NOT NULL,
    due_at        BIGINT NOT NULL,
    lease         BIGINT,
    lease_until   BIGINT,
    UNIQUE (place_id, customer_id),
    CHECK ((lease IS NULL) = (lease_until IS NULL))
);

CREATE INDEX erasures_by_due ON erasures (due_at);
