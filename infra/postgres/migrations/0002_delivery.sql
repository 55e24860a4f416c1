-- Format 2: the delivery state of webhooks.
CREATE SCHEMA delivery AUTHORIZATION mingzhang_app;

CREATE TABLE delivery.webhooks (
    subject text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL,
    position bigint NOT NULL,
    calling bigint,
    called_at timestamptz,
    attempts int NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
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
