-- How far the webhooks' receivers have been told of the log: the deliverer's own notes. They may be
-- lost without losing more than that some are told again.
CREATE SCHEMA delivery AUTHORIZATION mingzhang_app;

CREATE TABLE delivery.webhooks (
    subject text COLLATE "C" PRIMARY KEY,
    -- The last event of the webhook that let it be called anew.
    version bigint NOT NULL,
    -- The receiver has answered for all up to here.
    position bigint NOT NULL,
    -- The position it is being told of since called_at; none while nobody calls.
    calling bigint,
    called_at timestamptz,
    -- Calls since the last one that was answered well, and when the next one is due.
    attempts int NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Why nobody is called any more: `dead`, or `gone` as the receiver said.
    ended text CHECK (ended IN ('dead', 'gone')),
    answer text NOT NULL DEFAULT '',
    calls bigint NOT NULL DEFAULT 0,
    failures bigint NOT NULL DEFAULT 0
);

CREATE TABLE delivery.dead_letters (
    subject text COLLATE "C" NOT NULL REFERENCES delivery.webhooks ON DELETE CASCADE,
    died_at timestamptz NOT NULL,
    position bigint NOT NULL,
    attempts int NOT NULL,
    answer text NOT NULL,
    PRIMARY KEY (subject, died_at)
);

ALTER TABLE delivery.webhooks OWNER TO mingzhang_app;
ALTER TABLE delivery.dead_letters OWNER TO mingzhang_app;
