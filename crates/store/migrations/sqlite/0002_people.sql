-- People, support and the state of connections. The same tables, columns and checks as
-- migrations/postgres/0002_people.sql. A flag is 0 or 1.

CREATE TABLE users (
    id           TEXT    PRIMARY KEY NOT NULL,
    vendor       TEXT    NOT NULL,
    hub_user_id  TEXT    NOT NULL,
    email        TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    support      INTEGER NOT NULL CHECK (support IN (0, 1)),
    signed_in_at INTEGER NOT NULL,
    UNIQUE (vendor, hub_user_id)
) STRICT;

CREATE TABLE session_users (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    vendor     TEXT NOT NULL,
    user_id    TEXT NOT NULL REFERENCES users (id),
    PRIMARY KEY (session_id, vendor)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_users_by_user ON session_users (user_id);

-- A holder is `s:` and a session's id, or `u:` and a user's. A session's grant is forgotten when it runs out, a user's
-- 90 days later.
CREATE TABLE held_grants (
    holder        TEXT    NOT NULL CHECK (substr(holder, 1, 2) IN ('s:', 'u:')),
    connection_id TEXT    NOT NULL REFERENCES connections (id),
    role          TEXT    NOT NULL CHECK (role IN ('manage', 'view')),
    granted_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    forget_at     INTEGER NOT NULL,
    PRIMARY KEY (holder, connection_id)
) STRICT, WITHOUT ROWID;

INSERT INTO held_grants (holder, connection_id, role, granted_at, expires_at, forget_at)
SELECT 's:' || session_id, connection_id, 'manage', granted_at, expires_at, expires_at FROM grants;

DROP TABLE grants;
ALTER TABLE held_grants RENAME TO grants;
CREATE INDEX grants_by_connection ON grants (connection_id);
CREATE INDEX grants_by_end ON grants (forget_at);

ALTER TABLE connections ADD COLUMN health TEXT NOT NULL DEFAULT 'unknown' CHECK (health IN
    ('unknown', 'ok', 'unpaid', 'revoked', 'blocked', 'refused', 'rate_limited', 'hubrise_down'));
ALTER TABLE connections ADD COLUMN health_since INTEGER;
ALTER TABLE connections ADD COLUMN last_failed_at INTEGER;
ALTER TABLE connections ADD COLUMN last_ok_at INTEGER;
ALTER TABLE connections ADD COLUMN probed_until INTEGER;
ALTER TABLE connections ADD COLUMN support_verified_at INTEGER;
ALTER TABLE connections ADD COLUMN last_order_at INTEGER;
ALTER TABLE connections ADD COLUMN connected_by_name TEXT;
ALTER TABLE connections ADD COLUMN checks_asked_at INTEGER;
-- `changed_at` is the instant of its last change, `remade_at` that of being made, made again or closed.
ALTER TABLE connections ADD COLUMN remade_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE connections ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
-- Names and ids in lower case, for the support desk. The store lowers what it writes; what is here already is lowered by
-- the database, which knows ASCII alone, and by hand as far as French goes.
ALTER TABLE connections ADD COLUMN searched TEXT NOT NULL DEFAULT '';

UPDATE connections SET changed_at = coalesce(closed_at, reconnected_at, connected_at),
    searched = lower(substr(account_name, 1, 120) || char(10) || substr(coalesce(location_name, ''), 1, 120) || char(10)
        || substr(account_id, 1, 60) || char(10) || substr(coalesce(location_id, ''), 1, 60));
UPDATE connections SET searched = replace(replace(replace(replace(replace(replace(replace(replace(searched,
    'À', 'à'), 'Â', 'â'), 'Ç', 'ç'), 'È', 'è'), 'É', 'é'), 'Ê', 'ê'), 'Ë', 'ë'), 'Î', 'î');
UPDATE connections SET searched = replace(replace(replace(replace(replace(replace(replace(searched,
    'Ï', 'ï'), 'Ô', 'ô'), 'Ù', 'ù'), 'Û', 'û'), 'Ü', 'ü'), 'Œ', 'œ'), 'Æ', 'æ');

CREATE INDEX connections_of_vendor ON connections (vendor, connected_at, id, health, searched) WHERE closed_at IS NULL;
CREATE INDEX connections_failing ON connections (last_failed_at)
    WHERE closed_at IS NULL AND last_failed_at IS NOT NULL;
CREATE INDEX connections_of_installation ON connections (vendor, app_instance_id) WHERE closed_at IS NULL;
CREATE INDEX connections_by_change ON connections (changed_at);

-- One row: the instant of the last change. Whoever changes something takes it first, so that changes are committed in
-- the order of their instants.
CREATE TABLE last_change (
    one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
    at  INTEGER NOT NULL
) STRICT;

INSERT INTO last_change (one, at) SELECT 1, coalesce(max(changed_at), 0) FROM connections;

ALTER TABLE attempts ADD COLUMN arrival INTEGER NOT NULL DEFAULT 0 CHECK (arrival IN (0, 1));
ALTER TABLE attempts ADD COLUMN request_id TEXT;

CREATE TABLE identity_runs (
    id         TEXT    PRIMARY KEY NOT NULL,
    state_hash BLOB    NOT NULL UNIQUE CHECK (length(state_hash) = 32),
    session_id TEXT    NOT NULL,
    vendor     TEXT    NOT NULL,
    target     TEXT,
    return_to  TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    claimed_at INTEGER
) STRICT;

CREATE INDEX identity_runs_by_age ON identity_runs (created_at);

CREATE TABLE requests (
    id            TEXT    PRIMARY KEY NOT NULL,
    vendor        TEXT    NOT NULL,
    till          TEXT    NOT NULL,
    user_id       TEXT    NOT NULL REFERENCES users (id),
    hubrise_id    TEXT    NOT NULL,
    location_name TEXT    NOT NULL,
    language      TEXT    NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN ('waiting', 'connected', 'declined', 'withdrawn')),
    answer        TEXT,
    connection_id TEXT    REFERENCES connections (id),
    created_at    INTEGER NOT NULL,
    forget_at     INTEGER,
    changed_at    INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX requests_of_user ON requests (user_id, vendor, till) WHERE state <> 'withdrawn';
CREATE INDEX requests_waiting ON requests (vendor, created_at) WHERE state = 'waiting';
CREATE INDEX requests_of_connection ON requests (connection_id) WHERE connection_id IS NOT NULL;
CREATE INDEX requests_by_end ON requests (forget_at) WHERE forget_at IS NOT NULL;
CREATE INDEX requests_by_change ON requests (changed_at);

-- The id is that of the connection whose end locked the till.
CREATE TABLE locks (
    id            TEXT    PRIMARY KEY NOT NULL REFERENCES connections (id),
    vendor        TEXT    NOT NULL,
    till          TEXT    NOT NULL,
    account_id    TEXT    NOT NULL,
    account_name  TEXT    NOT NULL,
    location_id   TEXT,
    location_name TEXT,
    locked_at     INTEGER NOT NULL,
    released_at   INTEGER,
    changed_at    INTEGER NOT NULL,
    CHECK ((location_id IS NULL) = (location_name IS NULL))
) STRICT;

CREATE INDEX locks_in_force ON locks (vendor, till, account_id) WHERE released_at IS NULL;
CREATE INDEX locks_by_change ON locks (changed_at);

-- Who could see the connection, and may know of the lock.
CREATE TABLE lock_holders (
    holder  TEXT NOT NULL,
    lock_id TEXT NOT NULL REFERENCES locks (id) ON DELETE CASCADE,
    PRIMARY KEY (holder, lock_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX lock_holders_by_lock ON lock_holders (lock_id);

CREATE TABLE permission_checks (
    connection_id TEXT    NOT NULL REFERENCES connections (id),
    resource      TEXT    NOT NULL,
    verdict       TEXT    NOT NULL CHECK (verdict IN ('verified', 'missing', 'failed')),
    checked_at    INTEGER NOT NULL,
    PRIMARY KEY (connection_id, resource)
) STRICT, WITHOUT ROWID;

-- Vendor, till and hub key are the connection's: the history of a till at a place outlives each of its connections.
CREATE TABLE audit (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    connection_id TEXT    NOT NULL REFERENCES connections (id),
    vendor        TEXT    NOT NULL,
    till          TEXT    NOT NULL,
    hub_key       TEXT    NOT NULL,
    at            INTEGER NOT NULL,
    action        TEXT    NOT NULL CHECK (action IN ('connected', 'reconnected', 'chosen', 'disconnected',
        'disconnected_at_hubrise', 'released', 'viewed', 'configured')),
    name          TEXT,
    email         TEXT,
    browser       TEXT    NOT NULL,
    support       INTEGER NOT NULL CHECK (support IN (0, 1))
) STRICT;

CREATE INDEX audit_by_place ON audit (vendor, till, hub_key, seq);

CREATE TABLE till_settings (
    connection_id  TEXT    PRIMARY KEY NOT NULL REFERENCES connections (id),
    token_key_id   TEXT,
    token_sealed   BLOB,
    token_bound_to TEXT,
    token_tail     TEXT,
    debug          INTEGER NOT NULL CHECK (debug IN (0, 1)),
    CHECK ((token_key_id IS NULL) = (token_sealed IS NULL)),
    CHECK ((token_key_id IS NULL) = (token_bound_to IS NULL)),
    CHECK ((token_key_id IS NULL) = (token_tail IS NULL))
) STRICT;

-- Keys that are wrong, or not yet known to be right.
CREATE TABLE key_tries (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    vendor     TEXT    NOT NULL,
    till       TEXT    NOT NULL,
    session_id TEXT    NOT NULL,
    at         INTEGER NOT NULL
) STRICT;

CREATE INDEX key_tries_of_till ON key_tries (vendor, till, at);
CREATE INDEX key_tries_by_age ON key_tries (at);
