-- Format 1: the event log, the vault, and the schemas in which views grow.
CREATE SCHEMA ledger;

CREATE TABLE ledger.format (version int NOT NULL);
INSERT INTO ledger.format VALUES (1);

CREATE TABLE ledger.events (
    originator_id text COLLATE "C" NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    salt bytea NOT NULL CHECK (octet_length(salt) = 32),
    PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX events_by_position ON ledger.events (notification_id);

CREATE TABLE ledger.receipts (
    key text COLLATE "C" PRIMARY KEY,
    hash bytea NOT NULL,
    first_position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    answer bytea NOT NULL
);

CREATE TABLE ledger.periods (
    closed_through date NOT NULL DEFAULT '0001-01-01',
    soft_through date NOT NULL DEFAULT '0001-01-01'
);
INSERT INTO ledger.periods DEFAULT VALUES;

CREATE TABLE ledger.gate ();

ALTER SCHEMA ledger OWNER TO mingzhang_append;
ALTER TABLE ledger.format OWNER TO mingzhang_append;
ALTER TABLE ledger.events OWNER TO mingzhang_append;
ALTER TABLE ledger.receipts OWNER TO mingzhang_append;
ALTER TABLE ledger.periods OWNER TO mingzhang_append;
ALTER TABLE ledger.gate OWNER TO mingzhang_append;

GRANT USAGE ON SCHEMA ledger TO mingzhang_app;
GRANT SELECT ON ledger.format, ledger.events, ledger.receipts, ledger.periods TO mingzhang_app;

CREATE SCHEMA vault;

CREATE TABLE vault.sealed (
    subject text COLLATE "C" PRIMARY KEY,
    wrapped_key bytea,
    content bytea
);

ALTER SCHEMA vault OWNER TO mingzhang_vault;
ALTER TABLE vault.sealed OWNER TO mingzhang_vault;
GRANT USAGE ON SCHEMA vault TO mingzhang_app;

CREATE SCHEMA views AUTHORIZATION mingzhang_app;
CREATE SCHEMA views_next AUTHORIZATION mingzhang_app;
