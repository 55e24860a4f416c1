-- The topics that the relay has begun to fill, each by the id that no other topic ever has.
ALTER TABLE delivery.relay ADD COLUMN topics jsonb NOT NULL DEFAULT '{}';
