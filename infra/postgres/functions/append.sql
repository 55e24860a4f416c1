-- Appending events to the log: the lock, the rules, the receipts.

CREATE FUNCTION ledger.enter(
    first_booked date, read_ids text[], read_versions bigint[], stops_known_to bigint,
    OUT last_position bigint, OUT moment timestamptz, OUT soft_through date
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
    IF first_booked <= p.soft_through THEN
        soft_through := p.soft_through;
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
              AND (e.topic IN (
                  'entitlement.stopped.v1', 'entitlement.suspended.v1', 'person.death-reported.v1',
                  'person.merged.v1', 'facility.resized.v1',
                  'facility.closed.v1', 'organisation.deregistered.v1', 'organisation.revoked.v1')
                OR e.topic = 'entitlement.assessed.v1'
                  AND convert_from(e.state, 'UTF8')::json ->> 'eligible' = 'false')
        ) THEN
            RAISE EXCEPTION 'somebody was stopped meanwhile' USING ERRCODE = 'MZ004';
        END IF;
    END IF;
END $$;
COMMENT ON FUNCTION ledger.enter IS
'Takes the append lock, and refuses what may not be appended: what was decided by a stream that
has moved on since (`read_ids` at `read_versions`; MZ004), a payment decided before an entitlement
was stopped (`stops_known_to` is the position up to which stops were seen, null if nothing is paid;
MZ004), an event booked in a closed period (MZ001). Returns the last position of the log, the moment
at which the new events are recorded, and the soft-closed day if `first_booked` is not after it.';

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
COMMENT ON FUNCTION ledger.leave IS
'Writes the receipts of what was appended, and notifies the channel `ledger` of the new head.';

CREATE FUNCTION ledger.append(
    ids text[], versions bigint[], topics text[], states bytea[], salts bytea[],
    read_ids text[], read_versions bigint[], stops_known_to bigint,
    keys text[], hashes bytea[], offsets int[], answers bytea[],
    sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[],
    marks text[], masters text[],
    OUT first_position bigint, OUT moment timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    g record;
    first_booked date := ledger.first_booked(topics, states);
BEGIN
    SELECT * INTO g FROM ledger.enter(first_booked, read_ids, read_versions, stops_known_to);
    IF g.soft_through IS NOT NULL THEN
        PERFORM ledger.require_second_person(g.soft_through, topics, states);
    END IF;
    first_position := g.last_position + 1;
    moment := g.moment;
    INSERT INTO ledger.events
    SELECT e.id, e.version, e.topic, e.state, g.last_position + e.n, g.moment, e.salt
    FROM unnest(ids, versions, topics, states, salts)
        WITH ORDINALITY AS e(id, version, topic, state, salt, n);
    IF EXISTS (SELECT FROM unnest(topics) t(topic) WHERE t.topic LIKE 'period.%') THEN
        PERFORM ledger.keep_periods();
        PERFORM ledger.require_open_after(topics, states);
    END IF;
    IF sealed <> '{}' THEN
        PERFORM ledger.seal(
            ids, versions, topics, sealed, wrapped_keys, contents, fingerprints, marks, masters);
    END IF;
    PERFORM ledger.leave(
        g.last_position, moment, g.last_position + cardinality(ids),
        keys, hashes, offsets, answers);
END $$;
COMMENT ON FUNCTION ledger.append IS
'Appends few events, in arrays of equal length, with their receipts and what they seal. The booked
days are read from the events themselves.';

CREATE FUNCTION ledger.take_turn() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    LOCK TABLE ledger.gate IN EXCLUSIVE MODE;
END $$;
COMMENT ON FUNCTION ledger.take_turn IS
'Takes the append lock for the rest of the transaction, so that a command that has lost too many
races is decided while nothing is appended.';

ALTER FUNCTION ledger.enter OWNER TO mingzhang_append;
ALTER FUNCTION ledger.leave OWNER TO mingzhang_append;
ALTER FUNCTION ledger.append OWNER TO mingzhang_append;
ALTER FUNCTION ledger.take_turn OWNER TO mingzhang_append;
REVOKE ALL ON FUNCTION ledger.enter, ledger.leave, ledger.append, ledger.take_turn FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.append, ledger.take_turn TO mingzhang_app;
