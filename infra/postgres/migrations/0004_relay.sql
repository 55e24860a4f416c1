-- Format 4: the state of the relay to Kafka, one row.
CREATE TABLE delivery.relay (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    position bigint NOT NULL DEFAULT 0,
    instance text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'off' CHECK (state IN ('off', 'relaying', 'waiting', 'stopped')),
    reason text NOT NULL DEFAULT '',
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    events bigint NOT NULL DEFAULT 0,
    transactions bigint NOT NULL DEFAULT 0,
    rate float8 NOT NULL DEFAULT 0,
    failures bigint NOT NULL DEFAULT 0
);
INSERT INTO delivery.relay DEFAULT VALUES;
ALTER TABLE delivery.relay OWNER TO mingzhang_app;
