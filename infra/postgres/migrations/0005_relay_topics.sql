-- Format 5: the Kafka topics that the relay has begun to fill, with their ids.
ALTER TABLE delivery.relay ADD COLUMN topics jsonb NOT NULL DEFAULT '{}';
