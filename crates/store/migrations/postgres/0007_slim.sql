-- The same in a tenth less room; SQLite's tables need none of it (migrations/sqlite/0007_slim.sql).
--
-- Nobody reads or writes exchanges, operations and words meanwhile: 40 seconds of 3 million exchanges, on two processors that
-- everything shared, so about five minutes of 20 million. It waits for whoever uses them, and takes the room of operations
-- and words once more until it ends.

-- An exchange's id is chance, and looked up whole: a hash takes two thirds of what a tree takes. The constraint keeps an id
-- from being there twice as the tree did, whoever writes it at the same time, but `ON CONFLICT` must not name its column.
-- (Operations are changed too often for that: a hash keeps what their former rows had until it is vacuumed.)
-- By its number, an exchange is only ever looked up by who knows its operation or its id as well.
ALTER TABLE exchanges DROP CONSTRAINT exchanges_pkey, DROP CONSTRAINT exchanges_id_key,
    ADD CONSTRAINT exchanges_id_key EXCLUDE USING hash (id WITH =) WITH (fillfactor = 100);
-- Whoever publishes the database to another would be refused changes to a table without a primary key.
ALTER TABLE exchanges REPLICA IDENTITY FULL;

-- Tries and what people do are counted in thousands, places in millions.
ALTER TABLE operations ALTER COLUMN place_id TYPE INTEGER, ALTER COLUMN tries TYPE INTEGER,
    ALTER COLUMN told_tries TYPE INTEGER, ALTER COLUMN resends TYPE INTEGER,
    ALTER COLUMN may_be_printed TYPE SMALLINT, ALTER COLUMN manual TYPE SMALLINT;

-- The number of an operation: at five million a year they last four hundred years.
ALTER TABLE words ALTER COLUMN seq TYPE INTEGER;

-- What is known of columns that were written anew is forgotten, and nobody would look again before a tenth has changed.
-- Tables that are empty are better left unknown than known as empty.
DO $$
BEGIN
    IF EXISTS (SELECT FROM operations) THEN
        ANALYZE operations, words, exchanges;
    END IF;
END $$;
