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
