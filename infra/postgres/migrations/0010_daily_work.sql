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
