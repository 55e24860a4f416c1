-- Format 8: the watchdog ends who takes the append lock again and again; the ledger knows the key
-- of its tokens; closed periods are opened again.
-- Rules that a ledger of an earlier format did not have count from its first new position.
CREATE TABLE ledger.rules (
    rule text COLLATE "C" PRIMARY KEY,
    since bigint NOT NULL
);
INSERT INTO ledger.rules
    SELECT 'two-persons', coalesce(max(notification_id), 0) + 1 FROM ledger.events;
ALTER TABLE ledger.rules OWNER TO mingzhang_append;
GRANT SELECT ON ledger.rules TO mingzhang_app;

-- The vault knows whose ID number it is, by a keyed hash.
CREATE TABLE vault.id_numbers (
    number text COLLATE "C" PRIMARY KEY,
    person text COLLATE "C" NOT NULL
);
CREATE INDEX id_numbers_by_person ON vault.id_numbers (person);

ALTER TABLE vault.id_numbers OWNER TO mingzhang_vault;
