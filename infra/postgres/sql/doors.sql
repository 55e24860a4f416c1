-- The ways into the log and what they stand on; laid anew when a format changes them.
DO $$
DECLARE
    old regprocedure;
BEGIN
    FOR old IN SELECT oid FROM pg_proc WHERE pronamespace = 'ledger'::regnamespace LOOP
        EXECUTE format('DROP FUNCTION %s', old);
    END LOOP;
END $$;

-- Passes the gate: refuses what was decided from a stale stream (each that was only read, with the
-- version it was read at), payments that were decided before somebody was stopped (they know of stops
-- up to a position; null if nothing is paid), and closed periods; returns the last position and the
-- new moment.
CREATE FUNCTION ledger.enter(
    first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[],
    stops_known_to bigint,
    OUT last_position bigint, OUT moment timestamptz
) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p ledger.periods%ROWTYPE;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'append in READ COMMITTED only' USING ERRCODE = 'MZ003';
    END IF;
    LOCK TABLE ledger.gate IN EXCLUSIVE MODE;
    IF EXISTS (
        SELECT FROM unnest(read_ids, read_versions) r(id, version)
        WHERE r.version IS DISTINCT FROM (
            SELECT coalesce(max(e.originator_version), 0)
            FROM ledger.events e WHERE e.originator_id = r.id COLLATE "C")
    ) THEN
        RAISE EXCEPTION 'a stream has moved on' USING ERRCODE = 'MZ004';
    END IF;
    SELECT * INTO p FROM ledger.periods;
    IF first_booked <= p.closed_through THEN
        RAISE EXCEPTION 'closed through %', p.closed_through USING ERRCODE = 'MZ001';
    END IF;
    IF first_booked_plain <= p.soft_through THEN
        RAISE EXCEPTION 'soft-closed through %', p.soft_through USING ERRCODE = 'MZ002';
    END IF;
    SELECT e.notification_id, greatest(clock_timestamp(), e.recorded_at)
    INTO last_position, moment
    FROM ledger.events e ORDER BY e.notification_id DESC LIMIT 1;
    IF NOT FOUND THEN
        last_position := 0;
        moment := clock_timestamp();
    END IF;
    -- Apart from the question itself, which would be planned anew each time where nothing is paid.
    IF stops_known_to IS NOT NULL THEN
        IF EXISTS (
            SELECT FROM ledger.events e
            WHERE e.notification_id > stops_known_to AND e.notification_id <= last_position
              AND e.topic IN (
                  'entitlement.stopped.v1', 'entitlement.suspended.v1', 'person.death-reported.v1')
        ) THEN
            RAISE EXCEPTION 'somebody was stopped meanwhile' USING ERRCODE = 'MZ004';
        END IF;
    END IF;
END $$;

-- Closes and opens periods as all their events say, so that none is closed without its event.
CREATE FUNCTION ledger.keep_periods() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    closed date;
    soft date;
BEGIN
    WITH said AS (
        SELECT e.originator_id AS period, e.topic, e.notification_id AS position,
               (convert_from(e.state, 'UTF8')::json ->> 'through')::date AS through
        FROM ledger.events e
        WHERE e.originator_id >= 'period:' COLLATE "C" AND e.originator_id < 'period;' COLLATE "C"
    ), last_said AS (
        SELECT DISTINCT ON (period) topic, through FROM said
        WHERE topic IN ('period.soft-closed.v1', 'period.reopened.v1')
        ORDER BY period, position DESC
    )
    SELECT (SELECT max(through) FROM said WHERE topic = 'period.closed.v1'),
           (SELECT max(through) FROM last_said WHERE topic = 'period.soft-closed.v1')
    INTO closed, soft;
    UPDATE ledger.periods
    SET closed_through = greatest(closed_through, closed),
        soft_through = greatest(closed_through, closed, soft);
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
    first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[],
    stops_known_to bigint, keys text[], hashes bytea[], offsets int[], answers bytea[],
    OUT first_position bigint, OUT moment timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last_position bigint;
BEGIN
    SELECT g.last_position, g.moment INTO last_position, moment
    FROM ledger.enter(
        first_booked, first_booked_plain, read_ids, read_versions, stops_known_to) g;
    first_position := last_position + 1;
    INSERT INTO ledger.events
    SELECT e.id, e.version, e.topic, e.state, last_position + e.n, moment, e.salt
    FROM unnest(ids, versions, topics, states, salts)
        WITH ORDINALITY AS e(id, version, topic, state, salt, n);
    IF topics && ARRAY['period.soft-closed.v1', 'period.closed.v1', 'period.reopened.v1'] THEN
        PERFORM ledger.keep_periods();
    END IF;
    PERFORM ledger.leave(
        last_position, moment, last_position + cardinality(ids), keys, hashes, offsets, answers);
END $$;

-- Takes the gate for the rest of a transaction: who has lost too many races decides behind it.
CREATE FUNCTION ledger.take_turn() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    LOCK TABLE ledger.gate IN EXCLUSIVE MODE;
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

-- The door for many events: those staged in this transaction, with ordinals 1 to n. Periods are not
-- closed in bulk.
CREATE FUNCTION ledger.append_staged(
    first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[],
    stops_known_to bigint, keys text[], hashes bytea[], offsets int[], answers bytea[],
    OUT first_position bigint, OUT moment timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last_position bigint;
    written bigint;
    in_order boolean;
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_class
        WHERE oid = to_regclass('pg_temp.staged') AND relowner = 'mingzhang_append'::regrole
    ) THEN
        RAISE EXCEPTION 'call ledger.stage() first' USING ERRCODE = 'MZ003';
    END IF;
    SELECT count(*), min(s.ordinal) = 1 AND max(s.ordinal) = count(*)
           AND NOT bool_or(s.topic LIKE 'period.%')
    INTO written, in_order FROM pg_temp.staged s;
    IF NOT in_order THEN
        RAISE EXCEPTION 'staged are not 1 to % events that may come in bulk', written
            USING ERRCODE = 'MZ003';
    END IF;
    SELECT g.last_position, g.moment INTO last_position, moment
    FROM ledger.enter(
        first_booked, first_booked_plain, read_ids, read_versions, stops_known_to) g;
    first_position := last_position + 1;
    INSERT INTO ledger.events
    SELECT s.originator_id, s.originator_version, s.topic, s.state, last_position + s.ordinal,
           moment, s.salt
    FROM pg_temp.staged s;
    PERFORM ledger.leave(
        last_position, moment, last_position + written, keys, hashes, offsets, answers);
END $$;

-- Ends sessions of the application that hold the gate and are among the watched; returns all that
-- hold it (pid and transaction).
CREATE FUNCTION ledger.end_stalled(watched text[], OUT holders text[], OUT ended int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT coalesce(array_agg(l.pid || ' ' || l.virtualtransaction), '{}') INTO holders
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.relation = 'ledger.gate'::regclass AND l.mode = 'ExclusiveLock' AND l.granted
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND pg_has_role(a.usesysid, 'USAGE');
    SELECT count(*) FILTER (WHERE pg_terminate_backend(split_part(h, ' ', 1)::int)) INTO ended
    FROM unnest(holders) h WHERE h = ANY (watched);
END $$;

ALTER FUNCTION ledger.enter OWNER TO mingzhang_append;
ALTER FUNCTION ledger.keep_periods OWNER TO mingzhang_append;
ALTER FUNCTION ledger.leave OWNER TO mingzhang_append;
ALTER FUNCTION ledger.append OWNER TO mingzhang_append;
ALTER FUNCTION ledger.take_turn OWNER TO mingzhang_append;
ALTER FUNCTION ledger.stage OWNER TO mingzhang_append;
ALTER FUNCTION ledger.append_staged OWNER TO mingzhang_append;
ALTER FUNCTION ledger.end_stalled OWNER TO mingzhang_append;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.append, ledger.take_turn, ledger.stage, ledger.append_staged,
    ledger.end_stalled TO mingzhang_app;
