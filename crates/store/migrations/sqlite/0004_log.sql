-- The log: what people look for operations by, what was done about them, and exchanges in a third of the room. The same
-- tables, columns and checks as migrations/postgres/0004_log.sql.

-- `sent_with` is packed text (src/packing.rs). `words` are the words the operation is found by, a line each, as they
-- stand in the table `words`: whoever forgets the operation, or some of them, knows by it what to delete there.
ALTER TABLE operations ADD COLUMN sent_with BLOB;
ALTER TABLE operations ADD COLUMN may_be_printed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE operations ADD COLUMN manual INTEGER NOT NULL DEFAULT 0;
ALTER TABLE operations ADD COLUMN resends INTEGER NOT NULL DEFAULT 0;
ALTER TABLE operations ADD COLUMN handled_at INTEGER;
ALTER TABLE operations ADD COLUMN words TEXT;

UPDATE operations SET may_be_printed = 1 WHERE kind = 'order_created' AND (state IN ('delivered', 'unknown', 'sending')
    OR (state = 'queued' AND cause IN ('no_answer', 'nonsense', 'interrupted')));

-- The request a person wrote for an operation, packed text; sent in place of its translation. Apart, as it may be long and
-- the operation's row is written at every step.
CREATE TABLE manual_requests (
    operation_seq INTEGER PRIMARY KEY NOT NULL,
    packed        BLOB    NOT NULL
) STRICT;

-- What operations are found by: a letter for what it is (src/words.rs), then the word. An order's own id is not among
-- them: `operations_of_order` has it.
CREATE TABLE words (
    place_id INTEGER NOT NULL,
    word     TEXT    NOT NULL,
    seq      INTEGER NOT NULL,
    PRIMARY KEY (place_id, word, seq)
) STRICT, WITHOUT ROWID;

-- Exchanges, once more: what lists show of one in `facts`, its headers and bodies in `packed`, which no list reads. Both
-- are formats of src/packing.rs. `connection_id` stands only where it is not the operation's.
CREATE TABLE packed_exchanges (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id            TEXT    NOT NULL UNIQUE,
    place_id      INTEGER NOT NULL,
    operation_seq INTEGER,
    connection_id TEXT,
    started_at    INTEGER NOT NULL,
    facts         BLOB    NOT NULL,
    packed        BLOB    NOT NULL,
    CHECK (operation_seq IS NOT NULL OR connection_id IS NOT NULL)
) STRICT;

INSERT INTO packed_exchanges (seq, id, place_id, operation_seq, connection_id, started_at, facts, packed)
    SELECT e.seq, e.id, e.place_id, e.operation_seq,
        CASE WHEN e.connection_id = o.connection_id THEN NULL ELSE e.connection_id END, e.started_at,
        CAST(x'00' || CAST(e.way || char(31) || e.ended || char(31) || coalesce(e.status, '') || char(31)
            || e.duration_us || char(31) || e.request_size || char(31) || e.response_size || char(31)
            || replace(e.method, char(31), ' ') || char(31) || replace(e.url, char(31), ' ')
            || coalesce(char(31) || e.error, '') AS BLOB) AS BLOB),
        CAST(x'00' || b.packed AS BLOB)
    FROM exchanges e JOIN bodies b ON b.exchange_seq = e.seq LEFT JOIN operations o ON o.seq = e.operation_seq
    ORDER BY e.seq;

DROP TABLE bodies;
DROP TABLE exchanges;
ALTER TABLE packed_exchanges RENAME TO exchanges;

CREATE INDEX exchanges_of_operation ON exchanges (operation_seq) WHERE operation_seq IS NOT NULL;
CREATE INDEX exchanges_by_age ON exchanges (started_at) WHERE operation_seq IS NULL;

-- What a page of the log looks at: a filter that matches little reads few rows of what needs somebody, and some thousands
-- of the rest. Orders by day count a month, and tell where a time lies in the order of arrival.
CREATE INDEX operations_to_look_at ON operations (place_id, seq) WHERE state NOT IN ('delivered', 'noted')
    OR cause IS NOT NULL OR detail IS NOT NULL;
CREATE INDEX orders_of_day ON operations (place_id, received_at, state) WHERE kind = 'order_created';
DROP INDEX operations_of_day;

-- The channels a place's orders came by; never forgotten.
CREATE TABLE channels (
    place_id INTEGER NOT NULL,
    channel  TEXT    NOT NULL,
    PRIMARY KEY (place_id, channel)
) STRICT, WITHOUT ROWID;

INSERT INTO channels (place_id, channel)
    SELECT DISTINCT place_id, channel FROM operations WHERE channel IS NOT NULL AND kind = 'order_created';
