-- Format 10: what daily work at the desk keeps beside the log.

-- By which keyed hashes persons are found; and how often somebody looked for them of late.
CREATE TABLE vault.marks (
    mark text COLLATE "C" NOT NULL,
    entry text COLLATE "C" NOT NULL,
    PRIMARY KEY (mark, entry)
);
CREATE INDEX marks_by_entry ON vault.marks (entry);
ALTER TABLE vault.marks OWNER TO mingzhang_vault;

CREATE TABLE office.looks (
    person text COLLATE "C" NOT NULL,
    minute timestamptz NOT NULL,
    looks integer NOT NULL DEFAULT 0,
    in_vain integer NOT NULL DEFAULT 0,
    PRIMARY KEY (person, minute)
);
ALTER TABLE office.looks OWNER TO mingzhang_app;

-- Rules that a ledger of an earlier format did not have count from its first new position.
INSERT INTO ledger.rules
    SELECT rule, (SELECT coalesce(max(notification_id), 0) + 1 FROM ledger.events)
    FROM (VALUES ('entrusted-bodies'), ('other-accounts')) AS new (rule);

-- What verify found.
CREATE TABLE office.check_runs (
    id uuid PRIMARY KEY,
    person text COLLATE "C" NOT NULL,
    checks text[],
    is_full boolean NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
    position bigint,
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz CHECK ((ended_at IS NULL) = (state = 'waiting'))
);
CREATE INDEX check_runs_by_time ON office.check_runs (asked_at);

CREATE TABLE office.check_results (
    run uuid NOT NULL REFERENCES office.check_runs ON DELETE CASCADE,
    "check" text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    since bigint NOT NULL,
    answer bytea NOT NULL,
    found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (run, "check")
);

-- Exports that were asked for; the files lie in the data folder and can be made again.
CREATE TABLE office.exports (
    id uuid PRIMARY KEY,
    person text COLLATE "C" NOT NULL,
    format text NOT NULL,
    as_of date,
    position bigint NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
    manifest bytea CHECK ((manifest IS NOT NULL) = (state = 'done')),
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX exports_by_person ON office.exports (person, asked_at);

ALTER TABLE office.check_runs OWNER TO mingzhang_app;
ALTER TABLE office.check_results OWNER TO mingzhang_app;
ALTER TABLE office.exports OWNER TO mingzhang_app;
