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
    salt bytea NOT NULL,
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

-- Passes the gate: refuses closed periods, returns the last position and the new moment.
-- `closes` and `soft_closes` are the days through which the books are closed from now on, if they
-- change; who changes them holds the advisory lock of the periods.
CREATE FUNCTION ledger.enter(
    first_booked date, first_booked_plain date, closes date, soft_closes date,
    OUT last_position bigint, OUT moment timestamptz
) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p ledger.periods%ROWTYPE;
BEGIN
    LOCK TABLE ledger.gate IN EXCLUSIVE MODE;
    SELECT * INTO p FROM ledger.periods;
    IF first_booked <= p.closed_through THEN
        RAISE EXCEPTION 'closed through %', p.closed_through USING ERRCODE = 'MZ001';
    END IF;
    IF first_booked_plain <= p.soft_through THEN
        RAISE EXCEPTION 'soft-closed through %', p.soft_through USING ERRCODE = 'MZ002';
    END IF;
    IF closes IS NOT NULL OR soft_closes IS NOT NULL THEN
        UPDATE ledger.periods
        SET closed_through = greatest(closed_through, coalesce(closes, closed_through)),
            soft_through = coalesce(soft_closes, soft_through);
    END IF;
    SELECT e.notification_id, greatest(clock_timestamp(), e.recorded_at)
    INTO last_position, moment
    FROM ledger.events e ORDER BY e.notification_id DESC LIMIT 1;
    IF NOT FOUND THEN
        last_position := 0;
        moment := clock_timestamp();
    END IF;
END $$;

-- Writes the receipts of what was appended, and tells the listeners.
CREATE FUNCTION ledger.leave(
    last_position bigint, moment timestamptz, head bigint,
    keys text[], hashes bytea[], offsets int[], answers bytea[]
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO ledger.receipts
    SELECT r.key, r.hash, last_position + 1 + r.start, moment, r.answer
    FROM unnest(keys, hashes, offsets, answers) AS r(key, hash, start, answer);
    PERFORM pg_notify('ledger', head::text);
END $$;

-- The door for few events: arrays of equal length. `first_booked` is the earliest booked day among
-- them, `first_booked_plain` the earliest of those that may not enter a soft-closed period.
CREATE FUNCTION ledger.append(
    ids text[], versions bigint[], topics text[], states bytea[], salts bytea[],
    first_booked date, first_booked_plain date, closes date, soft_closes date,
    keys text[], hashes bytea[], offsets int[], answers bytea[],
    OUT first_position bigint, OUT moment timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last_position bigint;
BEGIN
    SELECT g.last_position, g.moment INTO last_position, moment
    FROM ledger.enter(first_booked, first_booked_plain, closes, soft_closes) g;
    first_position := last_position + 1;
    INSERT INTO ledger.events
    SELECT e.id, e.version, e.topic, e.state, last_position + e.n, moment, e.salt
    FROM unnest(ids, versions, topics, states, salts)
        WITH ORDINALITY AS e(id, version, topic, state, salt, n);
    PERFORM ledger.leave(
        last_position, moment, last_position + cardinality(ids), keys, hashes, offsets, answers);
END $$;

-- Makes the session's staging table. It belongs to mingzhang_append, so that nobody can put a view
-- or a policy with code of his own in its place; the application may only fill it.
CREATE FUNCTION ledger.stage() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    CREATE TEMPORARY TABLE staged (
        ordinal int NOT NULL, originator_id text COLLATE "C" NOT NULL,
        originator_version bigint NOT NULL, topic text NOT NULL, state bytea NOT NULL,
        salt bytea NOT NULL
    ) ON COMMIT DELETE ROWS;
    EXECUTE format('GRANT INSERT ON pg_temp.staged TO %I', session_user);
END $$;

-- The door for many events: those staged in this transaction, with ordinals 1 to n.
CREATE FUNCTION ledger.append_staged(
    first_booked date, first_booked_plain date, closes date, soft_closes date,
    keys text[], hashes bytea[], offsets int[], answers bytea[],
    OUT first_position bigint, OUT moment timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last_position bigint;
    written bigint;
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_class
        WHERE oid = to_regclass('pg_temp.staged') AND relowner = 'mingzhang_append'::regrole
    ) THEN
        RAISE EXCEPTION 'call ledger.stage() first' USING ERRCODE = 'MZ003';
    END IF;
    SELECT g.last_position, g.moment INTO last_position, moment
    FROM ledger.enter(first_booked, first_booked_plain, closes, soft_closes) g;
    first_position := last_position + 1;
    INSERT INTO ledger.events
    SELECT s.originator_id, s.originator_version, s.topic, s.state, last_position + s.ordinal,
           moment, s.salt
    FROM pg_temp.staged s;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written <> (SELECT coalesce(max(s.ordinal), 0) FROM pg_temp.staged s)
       OR 1 <> (SELECT coalesce(min(s.ordinal), 1) FROM pg_temp.staged s) THEN
        RAISE EXCEPTION 'staged ordinals are not 1 to %', written USING ERRCODE = 'MZ003';
    END IF;
    PERFORM ledger.leave(
        last_position, moment, last_position + written, keys, hashes, offsets, answers);
END $$;

-- Ends sessions that have kept the gate for longer than they should; `watched` names those that
-- held it when the watcher looked before (pid and transaction), and all that hold it are returned.
CREATE FUNCTION ledger.end_stalled(watched text[], OUT holders text[], OUT ended int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT coalesce(array_agg(l.pid || ' ' || l.virtualtransaction), '{}') INTO holders
    FROM pg_locks l
    WHERE l.relation = 'ledger.gate'::regclass AND l.granted
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database());
    SELECT count(*) FILTER (WHERE pg_terminate_backend(split_part(h, ' ', 1)::int)) INTO ended
    FROM unnest(holders) h WHERE h = ANY (watched);
END $$;

ALTER SCHEMA ledger OWNER TO mingzhang_append;
ALTER TABLE ledger.format OWNER TO mingzhang_append;
ALTER TABLE ledger.events OWNER TO mingzhang_append;
ALTER TABLE ledger.receipts OWNER TO mingzhang_append;
ALTER TABLE ledger.periods OWNER TO mingzhang_append;
ALTER TABLE ledger.gate OWNER TO mingzhang_append;
ALTER FUNCTION ledger.enter OWNER TO mingzhang_append;
ALTER FUNCTION ledger.leave OWNER TO mingzhang_append;
ALTER FUNCTION ledger.append OWNER TO mingzhang_append;
ALTER FUNCTION ledger.stage OWNER TO mingzhang_append;
ALTER FUNCTION ledger.append_staged OWNER TO mingzhang_append;
ALTER FUNCTION ledger.end_stalled OWNER TO mingzhang_append;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT USAGE ON SCHEMA ledger TO mingzhang_app;
GRANT SELECT ON ledger.format, ledger.events, ledger.receipts, ledger.periods TO mingzhang_app;
GRANT EXECUTE ON FUNCTION ledger.append, ledger.stage, ledger.append_staged, ledger.end_stalled
    TO mingzhang_app;
