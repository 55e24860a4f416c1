-- The log: one table, one door in. mingzhang_append owns both and nobody logs in as it.
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

-- What a command's sender was answered: `answer` is JSON, with event offsets from first_position.
CREATE TABLE ledger.receipts (
    key text COLLATE "C" PRIMARY KEY,
    hash bytea NOT NULL,
    first_position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    answer bytea NOT NULL
);

-- One row: the days through which the books are closed.
CREATE TABLE ledger.periods (
    closed_through date NOT NULL DEFAULT '0001-01-01',
    soft_through date NOT NULL DEFAULT '0001-01-01'
);
INSERT INTO ledger.periods DEFAULT VALUES;

-- Whoever appends holds this table's lock. Only the owner of append() can take it.
CREATE TABLE ledger.gate ();

ALTER SCHEMA ledger OWNER TO mingzhang_append;
ALTER TABLE ledger.format OWNER TO mingzhang_append;
ALTER TABLE ledger.events OWNER TO mingzhang_append;
ALTER TABLE ledger.receipts OWNER TO mingzhang_append;
ALTER TABLE ledger.periods OWNER TO mingzhang_append;
ALTER TABLE ledger.gate OWNER TO mingzhang_append;

GRANT USAGE ON SCHEMA ledger TO mingzhang_app;
GRANT SELECT ON ledger.format, ledger.events, ledger.receipts, ledger.periods TO mingzhang_app;
