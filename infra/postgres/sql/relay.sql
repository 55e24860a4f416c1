-- How far the log was relayed to Kafka and how the relay stands: its own notes, one row.
CREATE TABLE delivery.relay (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    -- Both topics held all events up to here. Topics that hold less have lost some.
    position bigint NOT NULL DEFAULT 0,
    -- The relay that came last, how it stands, and when it said so.
    instance text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'off' CHECK (state IN ('off', 'relaying', 'waiting', 'stopped')),
    reason text NOT NULL DEFAULT '',
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Relayed in all, in so many transactions; how many the last one brought a second.
    events bigint NOT NULL DEFAULT 0,
    transactions bigint NOT NULL DEFAULT 0,
    rate float8 NOT NULL DEFAULT 0,
    failures bigint NOT NULL DEFAULT 0
);
INSERT INTO delivery.relay DEFAULT VALUES;
ALTER TABLE delivery.relay OWNER TO mingzhang_app;
