-- Users whom a vendor's back office names, and which connections are a merchant's. The same tables, columns and checks as
-- migrations/sqlite/0008_embedding.sql.

-- A user whose name and rights are the back office's word: one for each set of claims, so that a right of one set never
-- serves another. Tills are one a line.
CREATE TABLE embedded_users (
    user_id  TEXT COLLATE "C" PRIMARY KEY REFERENCES users (id),
    vendor   TEXT COLLATE "C" NOT NULL,
    merchant TEXT COLLATE "C" NOT NULL,
    tills    TEXT NOT NULL,
    role     TEXT NOT NULL CHECK (role IN ('manager', 'viewer', 'support'))
);

CREATE INDEX embedded_users_of_merchant ON embedded_users (vendor, merchant);

-- Which connections are a merchant's: those its users made, or asked support for.
CREATE TABLE merchant_connections (
    vendor        TEXT COLLATE "C" NOT NULL,
    merchant      TEXT COLLATE "C" NOT NULL,
    connection_id TEXT COLLATE "C" NOT NULL REFERENCES connections (id),
    PRIMARY KEY (vendor, merchant, connection_id)
);

-- Tokens that were used, until they would be void in any case.
CREATE TABLE embed_tokens (
    vendor     TEXT COLLATE "C" NOT NULL,
    jti        TEXT COLLATE "C" NOT NULL,
    expires_at BIGINT  NOT NULL,
    PRIMARY KEY (vendor, jti)
);

CREATE INDEX embed_tokens_by_end ON embed_tokens (expires_at);

-- Windows of their own in which an embedded user's attempt goes on: a page that is framed cannot show HubRise. The user is
-- kept, for the session that began may end meanwhile; `session_id` is the window's, none until it is open.
CREATE TABLE popups (
    attempt_id TEXT COLLATE "C" PRIMARY KEY REFERENCES attempts (id) ON DELETE CASCADE,
    nonce_hash BYTEA NOT NULL UNIQUE CHECK (octet_length(nonce_hash) = 32),
    user_id    TEXT NOT NULL REFERENCES users (id),
    return_to  TEXT,
    session_id TEXT
);
