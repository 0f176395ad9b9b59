-- Lists by a channel pass over other channels' operations in the index, where each was a row read from anywhere in the file;
-- what is no new order is found without passing over those that are.
--
-- Nobody writes meanwhile: some seconds of a million operations.
DROP INDEX operations_of_place;
CREATE INDEX operations_of_place ON operations (place_id, seq, channel);
CREATE INDEX operations_but_orders ON operations (place_id, seq) WHERE kind <> 'order_created';
