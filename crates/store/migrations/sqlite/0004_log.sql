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
