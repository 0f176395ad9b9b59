-- Lists by a channel pass over other channels' operations in the index, where each was a row read from anywhere in the table;
-- what is no new order is found without passing over those that are. As migrations/sqlite/0009_channels.sql, but for how a
-- channel stands in the index.
--
-- Nobody reads or writes operations meanwhile, and their table is written anew: about a minute of 5 million. It takes the room
-- of operations once more until it ends.

-- PostgreSQL fills the pages of an index that grows in many places at once only where all of its entries are as long as each
-- other and no longer than 16 bytes (`_bt_afternewitemoff`); else half of each stays empty. So a channel is its hash, the same
-- that an index by hash has of a text, and an operation's number takes 4 bytes, as in `words`.
DROP INDEX operations_of_place;
ALTER TABLE operations ALTER COLUMN seq TYPE INTEGER;
CREATE INDEX operations_of_place ON operations (place_id, seq, hashtext(coalesce(channel, '')));
CREATE INDEX operations_but_orders ON operations (place_id, seq) WHERE kind <> 'order_created';

-- What is known of columns that were written anew is forgotten (0007 says why only of tables that hold something).
DO $$
BEGIN
    IF EXISTS (SELECT FROM operations) THEN
        ANALYZE operations;
    END IF;
END $$;
