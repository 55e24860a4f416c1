--
-- PostgreSQL database dump
--


-- Dumped from database version 18.4
-- Dumped by pg_dump version 18.4

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: delivery; Type: SCHEMA; Schema: -; Owner: mingzhang_app
--

CREATE SCHEMA delivery;


ALTER SCHEMA delivery OWNER TO mingzhang_app;

--
-- Name: SCHEMA delivery; Type: COMMENT; Schema: -; Owner: mingzhang_app
--

COMMENT ON SCHEMA delivery IS 'How far receivers outside have been told of the log. What is lost here is only told again.';


--
-- Name: ledger; Type: SCHEMA; Schema: -; Owner: mingzhang_append
--

CREATE SCHEMA ledger;


ALTER SCHEMA ledger OWNER TO mingzhang_append;

--
-- Name: SCHEMA ledger; Type: COMMENT; Schema: -; Owner: mingzhang_append
--

COMMENT ON SCHEMA ledger IS 'The event log and what guards it. Only the functions of this schema write in it.';


--
-- Name: office; Type: SCHEMA; Schema: -; Owner: mingzhang_app
--

CREATE SCHEMA office;


ALTER SCHEMA office OWNER TO mingzhang_app;

--
-- Name: SCHEMA office; Type: COMMENT; Schema: -; Owner: mingzhang_app
--

COMMENT ON SCHEMA office IS 'What the office works with in a browser, and no fact: what is lost here is signed in or typed
again.';


--
-- Name: vault; Type: SCHEMA; Schema: -; Owner: mingzhang_vault
--

CREATE SCHEMA vault;


ALTER SCHEMA vault OWNER TO mingzhang_vault;

--
-- Name: SCHEMA vault; Type: COMMENT; Schema: -; Owner: mingzhang_vault
--

COMMENT ON SCHEMA vault IS 'Names, ID numbers, accounts and keys, sealed with AES-256-GCM. The application reads them by
vault.read(), one subject at a time; the master key lies outside the database.';


--
-- Name: views; Type: SCHEMA; Schema: -; Owner: mingzhang_app
--

CREATE SCHEMA views;


ALTER SCHEMA views OWNER TO mingzhang_app;

--
-- Name: SCHEMA views; Type: COMMENT; Schema: -; Owner: mingzhang_app
--

COMMENT ON SCHEMA views IS 'Tables grown from the log and from nothing else; dropped, they grow again.';


--
-- Name: views_next; Type: SCHEMA; Schema: -; Owner: mingzhang_app
--

CREATE SCHEMA views_next;


ALTER SCHEMA views_next OWNER TO mingzhang_app;

--
-- Name: SCHEMA views_next; Type: COMMENT; Schema: -; Owner: mingzhang_app
--

COMMENT ON SCHEMA views_next IS 'Where a rebuild grows views anew, before they take the place of those in views.';


--
-- Name: append(text[], bigint[], text[], bytea[], bytea[], text[], bigint[], bigint, text[], bytea[], integer[], bytea[], text[], bytea[], bytea[], text[]); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.append(ids text[], versions bigint[], topics text[], states bytea[], salts bytea[], read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], OUT first_position bigint, OUT moment timestamp with time zone) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
            ids, versions, topics, sealed, wrapped_keys, contents, fingerprints);
    END IF;
    PERFORM ledger.leave(
        g.last_position, moment, g.last_position + cardinality(ids),
        keys, hashes, offsets, answers);
END $$;


ALTER FUNCTION ledger.append(ids text[], versions bigint[], topics text[], states bytea[], salts bytea[], read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], OUT first_position bigint, OUT moment timestamp with time zone) OWNER TO mingzhang_append;

--
-- Name: FUNCTION append(ids text[], versions bigint[], topics text[], states bytea[], salts bytea[], read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], OUT first_position bigint, OUT moment timestamp with time zone); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.append(ids text[], versions bigint[], topics text[], states bytea[], salts bytea[], read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], OUT first_position bigint, OUT moment timestamp with time zone) IS 'Appends few events, in arrays of equal length, with their receipts and what they seal. The booked
days are read from the events themselves.';


--
-- Name: append_staged(text[], bigint[], bigint, text[], bytea[], integer[], bytea[], text[], bytea[], bytea[], text[]); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.append_staged(read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], OUT first_position bigint, OUT moment timestamp with time zone) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    g record;
    written bigint;
    in_order boolean;
    first_booked date;
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_class
        WHERE oid = to_regclass('pg_temp.staged') AND relowner = 'mingzhang_append'::regrole
    ) THEN
        RAISE EXCEPTION 'call ledger.stage() first' USING ERRCODE = 'MZ003';
    END IF;
    SELECT count(*), min(s.ordinal) = 1 AND max(s.ordinal) = count(*)
           AND NOT coalesce(bool_or(s.topic LIKE 'period.%'), false)
    INTO written, in_order FROM pg_temp.staged s;
    IF NOT in_order THEN
        RAISE EXCEPTION 'staged are not 1 to % events that may come in bulk', written
            USING ERRCODE = 'MZ003';
    END IF;
    first_booked := ledger.first_booked_staged();
    SELECT * INTO g FROM ledger.enter(first_booked, read_ids, read_versions, stops_known_to);
    first_position := g.last_position + 1;
    moment := g.moment;
    INSERT INTO ledger.events
    WITH repeated AS (
        SELECT s.ordinal, s.topic,
               substring(s.state FROM 19 + octet_length(s.originator_id)) AS behind_subject
        FROM pg_temp.staged s
        WHERE s.ordinal IN (SELECT DISTINCT a.alike FROM pg_temp.staged a)
          AND substring(s.state FOR 18 + octet_length(s.originator_id))
              = '{"originator_id":"'::bytea || convert_to(s.originator_id, 'UTF8')
    )
    SELECT s.originator_id, s.originator_version, coalesce(s.topic, r.topic),
           CASE
               WHEN s.state IS NOT NULL THEN s.state
               -- A subject that JSON writes otherwise could hide what stands behind it.
               WHEN strpos(s.originator_id, '"') = 0 AND strpos(s.originator_id, '\') = 0
               THEN '{"originator_id":"'::bytea || convert_to(s.originator_id, 'UTF8')
                    || r.behind_subject
           END,
           g.last_position + s.ordinal, g.moment, s.salt
    FROM pg_temp.staged s LEFT JOIN repeated r ON r.ordinal = s.alike;
    IF g.soft_through IS NOT NULL THEN
        PERFORM ledger.require_second_person(
            g.soft_through, array_agg(e.topic), array_agg(e.state))
        FROM ledger.events e WHERE e.notification_id > g.last_position;
    END IF;
    IF sealed <> '{}' THEN
        PERFORM ledger.seal(
            array_agg(e.originator_id), array_agg(e.originator_version), array_agg(e.topic),
            sealed, wrapped_keys, contents, fingerprints)
        FROM ledger.events e WHERE e.notification_id > g.last_position;
    END IF;
    PERFORM ledger.leave(
        g.last_position, moment, g.last_position + written, keys, hashes, offsets, answers);
END $$;


ALTER FUNCTION ledger.append_staged(read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], OUT first_position bigint, OUT moment timestamp with time zone) OWNER TO mingzhang_append;

--
-- Name: FUNCTION append_staged(read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], OUT first_position bigint, OUT moment timestamp with time zone); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.append_staged(read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], OUT first_position bigint, OUT moment timestamp with time zone) IS 'Appends many events: those staged in this transaction, with ordinals 1 to n, with their receipts
and what they seal. Events of periods are refused here (MZ003), and what is alike no other (23502).';


--
-- Name: end_stalled(text, integer[], bigint, text[]); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.end_stalled(watched text, repeated integer[], since bigint, xids text[], OUT holder text, OUT holder_xids text[], OUT inserting boolean, OUT head bigint, OUT appended boolean, OUT ended integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    WITH locks AS MATERIALIZED (SELECT * FROM pg_locks WHERE granted)
    SELECT g.pid || ' ' || g.virtualtransaction,
           array_agg(o.transactionid::text) FILTER (
               WHERE o.locktype = 'transactionid' AND o.mode = 'ExclusiveLock'),
           bool_or(coalesce(o.mode = 'RowExclusiveLock' AND o.relation = g.events, false))
    INTO holder, holder_xids, inserting
    FROM (
        SELECT l.pid, l.virtualtransaction, 'ledger.events'::regclass AS events
        FROM locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.relation = 'ledger.gate'::regclass AND l.mode = 'ExclusiveLock'
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND pg_has_role(a.usesysid, 'USAGE')
    ) g JOIN locks o ON o.pid = g.pid
    GROUP BY g.pid, g.virtualtransaction;
    SELECT coalesce(max(e.notification_id), 0) INTO head FROM ledger.events e;
    appended := EXISTS (
        SELECT FROM ledger.events e
        WHERE e.notification_id = since + 1 AND e.xmin::text = ANY (xids));
    SELECT count(*) FILTER (WHERE pg_terminate_backend(a.pid)) INTO ended
    FROM pg_stat_activity a
    WHERE a.datname = current_database() AND pg_has_role(a.usesysid, 'USAGE')
      AND a.pid <> pg_backend_pid()
      AND (a.pid = ANY (repeated) OR holder = watched AND a.pid = split_part(holder, ' ', 1)::int);
END $$;


ALTER FUNCTION ledger.end_stalled(watched text, repeated integer[], since bigint, xids text[], OUT holder text, OUT holder_xids text[], OUT inserting boolean, OUT head bigint, OUT appended boolean, OUT ended integer) OWNER TO mingzhang_append;

--
-- Name: FUNCTION end_stalled(watched text, repeated integer[], since bigint, xids text[], OUT holder text, OUT holder_xids text[], OUT inserting boolean, OUT head bigint, OUT appended boolean, OUT ended integer); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.end_stalled(watched text, repeated integer[], since bigint, xids text[], OUT holder text, OUT holder_xids text[], OUT inserting boolean, OUT head bigint, OUT appended boolean, OUT ended integer) IS 'Ends the session that holds the append lock, if it is the watched one (its pid and its virtual
transaction), and the sessions of the application that held it again and again (`repeated`, by pid).
Returns who holds it, by which transactions (`holder_xids`), whether events are being inserted, and
the head; `appended` tells whether the event behind `since` is one of the transactions `xids`.';


--
-- Name: enter(date, text[], bigint[], bigint); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.enter(first_booked date, read_ids text[], read_versions bigint[], stops_known_to bigint, OUT last_position bigint, OUT moment timestamp with time zone, OUT soft_through date) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
              AND e.topic IN (
                  'entitlement.stopped.v1', 'entitlement.suspended.v1', 'person.death-reported.v1',
                  'person.merged.v1',
                  'facility.closed.v1', 'organisation.deregistered.v1', 'organisation.revoked.v1')
        ) THEN
            RAISE EXCEPTION 'somebody was stopped meanwhile' USING ERRCODE = 'MZ004';
        END IF;
    END IF;
END $$;


ALTER FUNCTION ledger.enter(first_booked date, read_ids text[], read_versions bigint[], stops_known_to bigint, OUT last_position bigint, OUT moment timestamp with time zone, OUT soft_through date) OWNER TO mingzhang_append;

--
-- Name: FUNCTION enter(first_booked date, read_ids text[], read_versions bigint[], stops_known_to bigint, OUT last_position bigint, OUT moment timestamp with time zone, OUT soft_through date); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.enter(first_booked date, read_ids text[], read_versions bigint[], stops_known_to bigint, OUT last_position bigint, OUT moment timestamp with time zone, OUT soft_through date) IS 'Takes the append lock, and refuses what may not be appended: what was decided by a stream that
has moved on since (`read_ids` at `read_versions`; MZ004), a payment decided before an entitlement
was stopped (`stops_known_to` is the position up to which stops were seen, null if nothing is paid;
MZ004), an event booked in a closed period (MZ001). Returns the last position of the log, the moment
at which the new events are recorded, and the soft-closed day if `first_booked` is not after it.';


--
-- Name: first_booked(text[], bytea[]); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.first_booked(topics text[], states bytea[]) RETURNS date
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    first_day date;
    dated boolean;
BEGIN
    SELECT min(booked), bool_and(booked IS NOT NULL) INTO first_day, dated
    FROM (
        SELECT (convert_from(e.state, 'UTF8')::json #>> '{act,booked}')::date AS booked
        FROM unnest(topics, states) e(topic, state)
        WHERE e.topic IN (SELECT t.topic FROM ledger.topics t WHERE t.books)
    ) days;
    IF NOT dated THEN
        RAISE EXCEPTION 'an event that is booked says no day' USING ERRCODE = 'MZ003';
    END IF;
    RETURN first_day;
END $$;


ALTER FUNCTION ledger.first_booked(topics text[], states bytea[]) OWNER TO mingzhang_append;

--
-- Name: FUNCTION first_booked(topics text[], states bytea[]); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.first_booked(topics text[], states bytea[]) IS 'Returns the earliest booked day of events that move money or goods, null if none does.';


--
-- Name: first_booked_staged(); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.first_booked_staged() RETURNS date
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    first_day date;
    dated boolean;
BEGIN
    SELECT min(booked), bool_and(booked IS NOT NULL) INTO first_day, dated
    FROM (
        SELECT (convert_from(s.state, 'UTF8')::json #>> '{act,booked}')::date AS booked
        FROM pg_temp.staged s
        WHERE s.topic IN (SELECT t.topic FROM ledger.topics t WHERE t.books)
    ) days;
    IF NOT dated THEN
        RAISE EXCEPTION 'an event that is booked says no day' USING ERRCODE = 'MZ003';
    END IF;
    RETURN first_day;
END $$;


ALTER FUNCTION ledger.first_booked_staged() OWNER TO mingzhang_append;

--
-- Name: FUNCTION first_booked_staged(); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.first_booked_staged() IS 'Returns the earliest booked day of the staged events. What is alike has the day of the one that is
written out.';


--
-- Name: keep_periods(); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.keep_periods() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    closed date;
    soft date;
BEGIN
    WITH said AS (
        SELECT e.originator_id AS period, e.topic, e.notification_id AS position,
               (said ->> 'through')::date AS through,
               coalesce(said ->> 'soft_through', said ->> 'through')::date AS soft_through
        FROM ledger.events e, LATERAL (SELECT convert_from(e.state, 'UTF8')::json AS said) s
        WHERE e.originator_id >= 'period:' COLLATE "C" AND e.originator_id < 'period;' COLLATE "C"
    ), last_said AS (
        SELECT DISTINCT ON (period) topic, soft_through FROM said
        WHERE topic <> 'period.closed.v1'
        ORDER BY period, position DESC
    ), standing AS (
        SELECT through FROM said c
        WHERE topic = 'period.closed.v1' AND NOT EXISTS (
            SELECT FROM said r
            WHERE r.topic = 'period.books-reopened.v1' AND r.period = c.period
              AND r.position > c.position AND r.through <= c.through)
    )
    SELECT coalesce((SELECT max(through) FROM standing), '0001-01-01'),
           (SELECT max(soft_through) FROM last_said WHERE topic <> 'period.reopened.v1')
    INTO closed, soft;
    UPDATE ledger.periods SET closed_through = closed, soft_through = greatest(closed, soft);
END $$;


ALTER FUNCTION ledger.keep_periods() OWNER TO mingzhang_append;

--
-- Name: FUNCTION keep_periods(); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.keep_periods() IS 'Sets the row of ledger.periods as all events of periods say, so that none is closed without
its event. A closing stands until its period is opened again through its day or an earlier one.';


--
-- Name: leave(bigint, timestamp with time zone, bigint, text[], bytea[], integer[], bytea[]); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.leave(last_position bigint, moment timestamp with time zone, head bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO ledger.receipts
    SELECT r.key, r.hash, last_position + 1 + r.start, moment, r.answer
    FROM unnest(keys, hashes, offsets, answers) AS r(key, hash, start, answer);
    PERFORM pg_notify('ledger', head::text);
END $$;


ALTER FUNCTION ledger.leave(last_position bigint, moment timestamp with time zone, head bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[]) OWNER TO mingzhang_append;

--
-- Name: FUNCTION leave(last_position bigint, moment timestamp with time zone, head bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[]); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.leave(last_position bigint, moment timestamp with time zone, head bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[]) IS 'Writes the receipts of what was appended, and notifies the channel `ledger` of the new head.';


--
-- Name: older_readers(xid); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.older_readers(than xid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND wait_event_type IS DISTINCT FROM 'Lock' AND age(backend_xmin) > age(than);
$$;


ALTER FUNCTION ledger.older_readers(than xid) OWNER TO mingzhang_append;

--
-- Name: FUNCTION older_readers(than xid); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.older_readers(than xid) IS 'Counts sessions that read what was before a transaction; those that wait for a lock do not count.';


--
-- Name: require_open_after(text[], bytea[]); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.require_open_after(topics text[], states bytea[]) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    closed date;
BEGIN
    WITH said AS (
        SELECT e.topic, convert_from(e.state, 'UTF8')::json AS state, e.n
        FROM unnest(topics, states) WITH ORDINALITY e(topic, state, n)
    )
    SELECT max((c.state ->> 'through')::date) INTO closed
    FROM said c JOIN said b ON b.n > c.n JOIN ledger.topics t ON t.topic = b.topic AND t.books
    WHERE c.topic = 'period.closed.v1'
      AND (b.state #>> '{act,booked}')::date <= (c.state ->> 'through')::date;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'closed through %', closed USING ERRCODE = 'MZ001';
    END IF;
END $$;


ALTER FUNCTION ledger.require_open_after(topics text[], states bytea[]) OWNER TO mingzhang_append;

--
-- Name: FUNCTION require_open_after(topics text[], states bytea[]); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.require_open_after(topics text[], states bytea[]) IS 'Refuses (MZ001) what is booked on a day that an earlier event of the same append has closed.';


--
-- Name: require_second_person(date, text[], bytea[]); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.require_second_person(through date, topics text[], states bytea[]) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    closer text := ledger.soft_closer();
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT convert_from(e.state, 'UTF8')::json -> 'act' AS act
            FROM unnest(topics, states) e(topic, state)
            WHERE e.topic IN (SELECT t.topic FROM ledger.topics t WHERE t.books)
        ) booked
        WHERE (act ->> 'booked')::date <= through
          AND (coalesce(act ->> 'reason', '') = '' OR act ->> 'by' = closer)
    ) THEN
        RAISE EXCEPTION 'soft-closed through %', through USING ERRCODE = 'MZ002';
    END IF;
END $$;


ALTER FUNCTION ledger.require_second_person(through date, topics text[], states bytea[]) OWNER TO mingzhang_append;

--
-- Name: FUNCTION require_second_person(through date, topics text[], states bytea[]); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.require_second_person(through date, topics text[], states bytea[]) IS 'Refuses (MZ002) what is booked on a soft-closed day without a reason, or by who closed it.';


--
-- Name: seal(text[], bigint[], text[], text[], bytea[], bytea[], text[]); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.seal(ids text[], versions bigint[], topics text[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    begun text[];
    emptied text[];
BEGIN
    SELECT coalesce(array_agg(e.id) FILTER (WHERE e.version = 1), '{}'),
           coalesce(array_agg(e.id) FILTER (WHERE t.empties), '{}')
    INTO begun, emptied
    FROM unnest(ids, versions, topics) e(id, version, topic) LEFT JOIN ledger.topics t USING (topic);
    PERFORM vault.seal(sealed, wrapped_keys, contents, fingerprints, ids, begun, emptied);
    INSERT INTO ledger.keys
    SELECT k.name, k.fingerprint FROM unnest(sealed, fingerprints) k(name, fingerprint)
    WHERE k.fingerprint IS NOT NULL AND k.name NOT LIKE 'person:%';
END $$;


ALTER FUNCTION ledger.seal(ids text[], versions bigint[], topics text[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[]) OWNER TO mingzhang_append;

--
-- Name: FUNCTION seal(ids text[], versions bigint[], topics text[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[]); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.seal(ids text[], versions bigint[], topics text[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[]) IS 'Gives the vault what the events of an append seal, and keeps the fingerprints of new keys.';


--
-- Name: soft_closer(); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.soft_closer() RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT said #>> '{act,by}' FROM (
        SELECT DISTINCT ON (e.originator_id) e.topic, convert_from(e.state, 'UTF8')::json AS said
        FROM ledger.events e
        WHERE e.originator_id >= 'period:' COLLATE "C" AND e.originator_id < 'period;' COLLATE "C"
          AND e.topic <> 'period.closed.v1'
        ORDER BY e.originator_id, e.notification_id DESC
    ) last_said
    WHERE topic <> 'period.reopened.v1'
    ORDER BY coalesce(said ->> 'soft_through', said ->> 'through')::date DESC, said #>> '{act,by}' COLLATE "C" DESC LIMIT 1;
$$;


ALTER FUNCTION ledger.soft_closer() OWNER TO mingzhang_append;

--
-- Name: FUNCTION soft_closer(); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.soft_closer() IS 'Returns who soft-closed the last soft-closed days.';


--
-- Name: stage(); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.stage() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    CREATE TEMPORARY TABLE staged (
        ordinal int NOT NULL, originator_id text COLLATE "C" NOT NULL,
        originator_version bigint NOT NULL, topic text, state bytea, salt bytea NOT NULL,
        alike int, CHECK (num_nulls(topic, state) IN (0, 2)),
        CHECK (num_nonnulls(topic, alike) = 1)
    ) ON COMMIT DELETE ROWS;
    GRANT INSERT ON pg_temp.staged TO mingzhang_app;
END $$;


ALTER FUNCTION ledger.stage() OWNER TO mingzhang_append;

--
-- Name: FUNCTION stage(); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.stage() IS 'Makes the session''s temporary table `staged`. It belongs to mingzhang_append, so that no view or
policy with code of the session''s own takes its place; the application may only fill it. A row has
topic and state, or says by its ordinal which row it is alike but for the subject (`alike`).';


--
-- Name: take_turn(); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.take_turn() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    LOCK TABLE ledger.gate IN EXCLUSIVE MODE;
END $$;


ALTER FUNCTION ledger.take_turn() OWNER TO mingzhang_append;

--
-- Name: FUNCTION take_turn(); Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON FUNCTION ledger.take_turn() IS 'Takes the append lock for the rest of the transaction, so that a command that has lost too many
races is decided while nothing is appended.';


--
-- Name: number(text[], bytea[], text[]); Type: FUNCTION; Schema: vault; Owner: mingzhang_vault
--

CREATE FUNCTION vault.number(subjects text[], contents bytea[], fingerprints text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM unnest(subjects, contents, fingerprints) s(subject, content, fingerprint)
        WHERE s.subject LIKE 'person:%' AND (s.content IS NULL OR s.fingerprint IS NOT NULL)
    ) THEN
        RETURN;
    END IF;
    DELETE FROM vault.id_numbers n
    USING unnest(subjects, contents, fingerprints) s(subject, content, fingerprint)
    WHERE s.subject LIKE 'person:%' AND (s.content IS NULL OR s.fingerprint IS NOT NULL)
      AND n.person = split_part(s.subject, '#', 1) COLLATE "C";
    INSERT INTO vault.id_numbers (number, person)
    SELECT last.fingerprint, last.person FROM (
        SELECT DISTINCT ON (split_part(s.subject, '#', 1))
               split_part(s.subject, '#', 1) AS person, s.content, s.fingerprint
        FROM unnest(subjects, contents, fingerprints)
            WITH ORDINALITY s(subject, content, fingerprint, n)
        WHERE s.subject LIKE 'person:%' AND (s.content IS NULL OR s.fingerprint IS NOT NULL)
        ORDER BY split_part(s.subject, '#', 1), s.n DESC
    ) last WHERE last.content IS NOT NULL AND last.fingerprint <> '';
END $$;


ALTER FUNCTION vault.number(subjects text[], contents bytea[], fingerprints text[]) OWNER TO mingzhang_vault;

--
-- Name: FUNCTION number(subjects text[], contents bytea[], fingerprints text[]); Type: COMMENT; Schema: vault; Owner: mingzhang_vault
--

COMMENT ON FUNCTION vault.number(subjects text[], contents bytea[], fingerprints text[]) IS 'Keeps whose ID number it is that was sealed, by its keyed hash (`fingerprints`; empty: the person
has none any more). A number that another person has is a unique violation.';


--
-- Name: numbered(text); Type: FUNCTION; Schema: vault; Owner: mingzhang_vault
--

CREATE FUNCTION vault.numbered(number text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
    SELECT n.person FROM vault.id_numbers n WHERE n.number = $1 COLLATE "C";
$_$;


ALTER FUNCTION vault.numbered(number text) OWNER TO mingzhang_vault;

--
-- Name: FUNCTION numbered(number text); Type: COMMENT; Schema: vault; Owner: mingzhang_vault
--

COMMENT ON FUNCTION vault.numbered(number text) IS 'Returns whose ID number it is, by its keyed hash.';


--
-- Name: numbers(); Type: FUNCTION; Schema: vault; Owner: mingzhang_vault
--

CREATE FUNCTION vault.numbers(OUT number text, OUT person text) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT n.number, n.person FROM vault.id_numbers n;
$$;


ALTER FUNCTION vault.numbers(OUT number text, OUT person text) OWNER TO mingzhang_vault;

--
-- Name: FUNCTION numbers(OUT number text, OUT person text); Type: COMMENT; Schema: vault; Owner: mingzhang_vault
--

COMMENT ON FUNCTION vault.numbers(OUT number text, OUT person text) IS 'Returns the keyed hashes of all ID numbers, and whose they are.';


--
-- Name: read(text); Type: FUNCTION; Schema: vault; Owner: mingzhang_vault
--

CREATE FUNCTION vault.read(subject text, OUT wrapped_key bytea, OUT content bytea) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
    SELECT s.wrapped_key, s.content FROM vault.sealed s WHERE s.subject = $1;
$_$;


ALTER FUNCTION vault.read(subject text, OUT wrapped_key bytea, OUT content bytea) OWNER TO mingzhang_vault;

--
-- Name: FUNCTION read(subject text, OUT wrapped_key bytea, OUT content bytea); Type: COMMENT; Schema: vault; Owner: mingzhang_vault
--

COMMENT ON FUNCTION vault.read(subject text, OUT wrapped_key bytea, OUT content bytea) IS 'Returns the wrapped key and the sealed content of one subject.';


--
-- Name: seal(text[], bytea[], bytea[], text[], text[], text[], text[]); Type: FUNCTION; Schema: vault; Owner: mingzhang_vault
--

CREATE FUNCTION vault.seal(subjects text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], told text[], begun text[], emptied text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    refused text;
BEGIN
    SELECT s.subject INTO refused
    FROM unnest(subjects, wrapped_keys, contents) s(subject, wrapped_key, content)
    LEFT JOIN vault.sealed v ON v.subject = s.subject COLLATE "C"
    WHERE NOT CASE
        WHEN s.content IS NULL OR s.wrapped_key IS NULL
            THEN s.content IS NULL AND s.wrapped_key IS NULL
                AND split_part(s.subject, '#', 1) = ANY (emptied)
        WHEN s.subject LIKE 'scheme:%' THEN v.subject IS NULL AND s.subject = ANY (begun)
        ELSE v.subject IS NULL OR split_part(s.subject, '#', 1) = ANY (told)
    END
    LIMIT 1;
    IF refused IS NOT NULL THEN
        RAISE EXCEPTION 'no event lets % be sealed or emptied', refused USING ERRCODE = 'MZ003';
    END IF;
    INSERT INTO vault.sealed
    SELECT * FROM unnest(subjects, wrapped_keys, contents)
    ON CONFLICT (subject)
    DO UPDATE SET wrapped_key = excluded.wrapped_key, content = excluded.content;
    PERFORM vault.number(subjects, contents, fingerprints);
END $$;


ALTER FUNCTION vault.seal(subjects text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], told text[], begun text[], emptied text[]) OWNER TO mingzhang_vault;

--
-- Name: FUNCTION seal(subjects text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], told text[], begun text[], emptied text[]); Type: COMMENT; Schema: vault; Owner: mingzhang_vault
--

COMMENT ON FUNCTION vault.seal(subjects text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], told text[], begun text[], emptied text[]) IS 'Keeps what was sealed for subjects, each named once; where key and content are null, those of the
subject are destroyed, and its ID number is free. Only the append calls it: an entry is replaced with an event of its subject
(`told`), a scheme''s only made with its first one (`begun`), and emptied with the event that says
so (`emptied`); else MZ003. What follows # in a subject is a part of it.';


--
-- Name: subjects(); Type: FUNCTION; Schema: vault; Owner: mingzhang_vault
--

CREATE FUNCTION vault.subjects(OUT subject text, OUT emptied boolean) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT s.subject, s.wrapped_key IS NULL OR s.content IS NULL FROM vault.sealed s;
$$;


ALTER FUNCTION vault.subjects(OUT subject text, OUT emptied boolean) OWNER TO mingzhang_vault;

--
-- Name: FUNCTION subjects(OUT subject text, OUT emptied boolean); Type: COMMENT; Schema: vault; Owner: mingzhang_vault
--

COMMENT ON FUNCTION vault.subjects(OUT subject text, OUT emptied boolean) IS 'Returns of whom the vault has an entry, and whether it is emptied; nothing of what is sealed.';


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: dead_letters; Type: TABLE; Schema: delivery; Owner: mingzhang_app
--

CREATE TABLE delivery.dead_letters (
    subject text NOT NULL COLLATE pg_catalog."C",
    died_at timestamp with time zone NOT NULL,
    "position" bigint NOT NULL,
    attempts integer NOT NULL,
    answer text NOT NULL
);


ALTER TABLE delivery.dead_letters OWNER TO mingzhang_app;

--
-- Name: TABLE dead_letters; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON TABLE delivery.dead_letters IS 'The last calls of webhooks that ended: at most 20 a webhook are kept.';


--
-- Name: COLUMN dead_letters.subject; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.dead_letters.subject IS 'The webhook.';


--
-- Name: COLUMN dead_letters.died_at; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.dead_letters.died_at IS 'When the last attempt failed.';


--
-- Name: COLUMN dead_letters."position"; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.dead_letters."position" IS 'The position that was to be told.';


--
-- Name: COLUMN dead_letters.attempts; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.dead_letters.attempts IS 'How often it was tried.';


--
-- Name: COLUMN dead_letters.answer; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.dead_letters.answer IS 'What the last attempt was answered.';


--
-- Name: relay; Type: TABLE; Schema: delivery; Owner: mingzhang_app
--

CREATE TABLE delivery.relay (
    one boolean DEFAULT true NOT NULL,
    "position" bigint DEFAULT 0 NOT NULL,
    instance text DEFAULT ''::text NOT NULL,
    state text DEFAULT 'off'::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    seen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    events bigint DEFAULT 0 NOT NULL,
    transactions bigint DEFAULT 0 NOT NULL,
    rate double precision DEFAULT 0 NOT NULL,
    failures bigint DEFAULT 0 NOT NULL,
    topics jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT relay_one_check CHECK (one),
    CONSTRAINT relay_state_check CHECK ((state = ANY (ARRAY['off'::text, 'relaying'::text, 'waiting'::text, 'stopped'::text])))
);


ALTER TABLE delivery.relay OWNER TO mingzhang_app;

--
-- Name: TABLE relay; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON TABLE delivery.relay IS 'One row: the state of the relay to Kafka.';


--
-- Name: COLUMN relay.one; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.relay.one IS 'Always true, so that there is one row.';


--
-- Name: COLUMN relay."position"; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.relay."position" IS 'Both topics held all events up to this position; topics that hold less have lost some.';


--
-- Name: COLUMN relay.instance; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.relay.instance IS 'The relay that started last, by a random name.';


--
-- Name: COLUMN relay.state; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.relay.state IS 'off, relaying, waiting or stopped, as it said last.';


--
-- Name: COLUMN relay.reason; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.relay.reason IS 'Why it waits or stopped.';


--
-- Name: COLUMN relay.seen_at; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.relay.seen_at IS 'When it said so; after 10 seconds of silence it counts as gone.';


--
-- Name: COLUMN relay.events; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.relay.events IS 'Events relayed in all.';


--
-- Name: COLUMN relay.transactions; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.relay.transactions IS 'Kafka transactions in all.';


--
-- Name: COLUMN relay.rate; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.relay.rate IS 'Events a second of the last transaction.';


--
-- Name: COLUMN relay.failures; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.relay.failures IS 'How often it failed.';


--
-- Name: COLUMN relay.topics; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.relay.topics IS 'The id that Kafka gave each topic when it was first filled; no other topic ever has it.';


--
-- Name: webhooks; Type: TABLE; Schema: delivery; Owner: mingzhang_app
--

CREATE TABLE delivery.webhooks (
    subject text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    "position" bigint NOT NULL,
    calling bigint,
    called_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended text,
    answer text DEFAULT ''::text NOT NULL,
    calls bigint DEFAULT 0 NOT NULL,
    failures bigint DEFAULT 0 NOT NULL,
    CONSTRAINT webhooks_ended_check CHECK ((ended = ANY (ARRAY['dead'::text, 'gone'::text])))
);


ALTER TABLE delivery.webhooks OWNER TO mingzhang_app;

--
-- Name: TABLE webhooks; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON TABLE delivery.webhooks IS 'The delivery state of each webhook.';


--
-- Name: COLUMN webhooks.subject; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.webhooks.subject IS 'The webhook, such as webhook:finance.';


--
-- Name: COLUMN webhooks.version; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.webhooks.version IS 'The last event of the webhook that let it be called anew.';


--
-- Name: COLUMN webhooks."position"; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.webhooks."position" IS 'The receiver has answered for all events up to this position.';


--
-- Name: COLUMN webhooks.calling; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.webhooks.calling IS 'The position of the call under way since called_at; null while there is none.';


--
-- Name: COLUMN webhooks.called_at; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.webhooks.called_at IS 'When the last call began.';


--
-- Name: COLUMN webhooks.attempts; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.webhooks.attempts IS 'Calls since the last that was answered well.';


--
-- Name: COLUMN webhooks.due_at; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.webhooks.due_at IS 'When the next call is due.';


--
-- Name: COLUMN webhooks.ended; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.webhooks.ended IS 'Why it is called no more: dead after too many failures, or gone as the receiver said.';


--
-- Name: COLUMN webhooks.answer; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.webhooks.answer IS 'What the last call was answered.';


--
-- Name: COLUMN webhooks.calls; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.webhooks.calls IS 'How many calls there were.';


--
-- Name: COLUMN webhooks.failures; Type: COMMENT; Schema: delivery; Owner: mingzhang_app
--

COMMENT ON COLUMN delivery.webhooks.failures IS 'How many of them failed.';


--
-- Name: events; Type: TABLE; Schema: ledger; Owner: mingzhang_append
--

CREATE TABLE ledger.events (
    originator_id text NOT NULL COLLATE pg_catalog."C",
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    salt bytea NOT NULL,
    CONSTRAINT events_salt_check CHECK ((octet_length(salt) = 32))
);


ALTER TABLE ledger.events OWNER TO mingzhang_append;

--
-- Name: TABLE events; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON TABLE ledger.events IS 'The event log: one row an event, never changed or removed.';


--
-- Name: COLUMN events.originator_id; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.events.originator_id IS 'The subject, such as fund:lottery.';


--
-- Name: COLUMN events.originator_version; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.events.originator_version IS 'The number of the event in the stream of its subject: 1, 2, 3 ...';


--
-- Name: COLUMN events.topic; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.events.topic IS 'The kind of event with its version: fund.received.v1.';


--
-- Name: COLUMN events.state; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.events.state IS 'The fact itself: JSON in UTF-8, money in fen.';


--
-- Name: COLUMN events.notification_id; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.events.notification_id IS 'The position in the log: 1, 2, 3 ... without gaps, in the order of commits.';


--
-- Name: COLUMN events.recorded_at; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.events.recorded_at IS 'When the log took it; never earlier than that of the position before.';


--
-- Name: COLUMN events.salt; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.events.salt IS '32 random bytes: with them a hash of the event gives nothing of its content away.';


--
-- Name: format; Type: TABLE; Schema: ledger; Owner: mingzhang_append
--

CREATE TABLE ledger.format (
    version integer NOT NULL
);


ALTER TABLE ledger.format OWNER TO mingzhang_append;

--
-- Name: TABLE format; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON TABLE ledger.format IS 'One row: the format of the ledger.';


--
-- Name: COLUMN format.version; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.format.version IS 'The number of the last migration; a program works on ledgers of its own format only.';


--
-- Name: gate; Type: TABLE; Schema: ledger; Owner: mingzhang_append
--

CREATE TABLE ledger.gate (
);


ALTER TABLE ledger.gate OWNER TO mingzhang_append;

--
-- Name: TABLE gate; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON TABLE ledger.gate IS 'Never holds a row: its exclusive lock is the append lock, held by one append at a time.';


--
-- Name: identity; Type: TABLE; Schema: ledger; Owner: mingzhang_append
--

CREATE TABLE ledger.identity (
    one boolean DEFAULT true NOT NULL,
    ledger uuid NOT NULL,
    jurisdiction text NOT NULL,
    zone text NOT NULL,
    CONSTRAINT identity_one_check CHECK (one)
);


ALTER TABLE ledger.identity OWNER TO mingzhang_append;

--
-- Name: TABLE identity; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON TABLE ledger.identity IS 'One row: whose ledger it is; compared at every start.';


--
-- Name: COLUMN identity.one; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.identity.one IS 'Always true, so that there is one row.';


--
-- Name: COLUMN identity.ledger; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.identity.ledger IS 'The id of the ledger, made with it; it stands in every ETag and in every event of the feed.';


--
-- Name: COLUMN identity.jurisdiction; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.identity.jurisdiction IS 'The division code (GB/T 2260) in the names of its events and topics.';


--
-- Name: COLUMN identity.zone; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.identity.zone IS 'The time zone whose days count, such as Asia/Shanghai.';


--
-- Name: keys; Type: TABLE; Schema: ledger; Owner: mingzhang_append
--

CREATE TABLE ledger.keys (
    name text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL
);


ALTER TABLE ledger.keys OWNER TO mingzhang_append;

--
-- Name: TABLE keys; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON TABLE ledger.keys IS 'What the keys look like that the ledger is sealed with: another key is refused by name.';


--
-- Name: COLUMN keys.name; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.keys.name IS 'A key of the data folder (master-key, content-key, token-key), or the scheme whose payments a key
names.';


--
-- Name: COLUMN keys.fingerprint; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.keys.fingerprint IS 'A hash made with the key: it tells it from others, and gives nothing of it away.';


--
-- Name: periods; Type: TABLE; Schema: ledger; Owner: mingzhang_append
--

CREATE TABLE ledger.periods (
    closed_through date DEFAULT '0001-01-01'::date NOT NULL,
    soft_through date DEFAULT '0001-01-01'::date NOT NULL
);


ALTER TABLE ledger.periods OWNER TO mingzhang_append;

--
-- Name: TABLE periods; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON TABLE ledger.periods IS 'One row: the days through which the books are closed.';


--
-- Name: COLUMN periods.closed_through; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.periods.closed_through IS 'No event is booked on this day or before it.';


--
-- Name: COLUMN periods.soft_through; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.periods.soft_through IS 'Only corrections with a reason are booked on this day or before it.';


--
-- Name: receipts; Type: TABLE; Schema: ledger; Owner: mingzhang_append
--

CREATE TABLE ledger.receipts (
    key text NOT NULL COLLATE pg_catalog."C",
    hash bytea NOT NULL,
    first_position bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    answer bytea NOT NULL
);


ALTER TABLE ledger.receipts OWNER TO mingzhang_append;

--
-- Name: TABLE receipts; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON TABLE ledger.receipts IS 'What the sender of a command was answered; the same key never has a second effect.';


--
-- Name: COLUMN receipts.key; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.receipts.key IS 'The Idempotency-Key that the command came with.';


--
-- Name: COLUMN receipts.hash; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.receipts.hash IS 'A keyed hash of what was sent under the key.';


--
-- Name: COLUMN receipts.first_position; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.receipts.first_position IS 'The position of the first event of the command.';


--
-- Name: COLUMN receipts.recorded_at; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.receipts.recorded_at IS 'When the log took the command.';


--
-- Name: COLUMN receipts.answer; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.receipts.answer IS 'The answer as JSON in UTF-8; its events are offsets from first_position.';


--
-- Name: rules; Type: TABLE; Schema: ledger; Owner: mingzhang_append
--

CREATE TABLE ledger.rules (
    rule text NOT NULL COLLATE pg_catalog."C",
    since bigint NOT NULL
);


ALTER TABLE ledger.rules OWNER TO mingzhang_append;

--
-- Name: TABLE rules; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON TABLE ledger.rules IS 'Rules that mingzhang verify holds events to from a position on: earlier formats had them not.';


--
-- Name: COLUMN rules.rule; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.rules.rule IS 'Its name: two-persons.';


--
-- Name: COLUMN rules.since; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.rules.since IS 'The first position that it counts for.';


--
-- Name: topics; Type: TABLE; Schema: ledger; Owner: mingzhang_append
--

CREATE TABLE ledger.topics (
    topic text NOT NULL COLLATE pg_catalog."C",
    books boolean NOT NULL,
    empties boolean NOT NULL
);


ALTER TABLE ledger.topics OWNER TO mingzhang_append;

--
-- Name: TABLE topics; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON TABLE ledger.topics IS 'What the append must know of each kind of event.';


--
-- Name: COLUMN topics.topic; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.topics.topic IS 'The stored name, such as payment.made.v1.';


--
-- Name: COLUMN topics.books; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.topics.books IS 'It moves money or goods: its booked day lies in no closed period.';


--
-- Name: COLUMN topics.empties; Type: COMMENT; Schema: ledger; Owner: mingzhang_append
--

COMMENT ON COLUMN ledger.topics.empties IS 'It destroys what the vault holds of its subject; nothing else does.';


--
-- Name: drafts; Type: TABLE; Schema: office; Owner: mingzhang_app
--

CREATE TABLE office.drafts (
    key text NOT NULL COLLATE pg_catalog."C",
    person text NOT NULL COLLATE pg_catalog."C",
    command text NOT NULL COLLATE pg_catalog."C",
    wrapped_key bytea NOT NULL,
    content bytea NOT NULL,
    kept_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


ALTER TABLE office.drafts OWNER TO mingzhang_app;

--
-- Name: TABLE drafts; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON TABLE office.drafts IS 'Forms that could not be sent, or were refused: kept sealed, for whoever filled them in.';


--
-- Name: COLUMN drafts.key; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.drafts.key IS 'The Idempotency-Key of the form.';


--
-- Name: COLUMN drafts.person; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.drafts.person IS 'Who filled it in.';


--
-- Name: COLUMN drafts.command; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.drafts.command IS 'The command of the form, such as fund.commit.';


--
-- Name: COLUMN drafts.wrapped_key; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.drafts.wrapped_key IS 'The draft''s own key, sealed under the master key: nonce, ciphertext, tag.';


--
-- Name: COLUMN drafts.content; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.drafts.content IS 'The fields as JSON, sealed under the draft''s own key; what goes to the vault is left out.';


--
-- Name: COLUMN drafts.kept_at; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.drafts.kept_at IS 'When it was kept; after 30 days it goes.';


--
-- Name: imports; Type: TABLE; Schema: office; Owner: mingzhang_app
--

CREATE TABLE office.imports (
    id uuid NOT NULL,
    person text NOT NULL COLLATE pg_catalog."C",
    roles text[],
    kind text NOT NULL,
    form text NOT NULL,
    dry_run boolean NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    rows integer NOT NULL,
    rows_done integer DEFAULT 0 NOT NULL,
    wrapped_key bytea NOT NULL,
    content bytea NOT NULL,
    result_key bytea,
    result bytea,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT imports_check CHECK (((result IS NULL) = (state = 'waiting'::text))),
    CONSTRAINT imports_form_check CHECK ((form = ANY (ARRAY['xlsx'::text, 'csv'::text]))),
    CONSTRAINT imports_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text])))
);


ALTER TABLE office.imports OWNER TO mingzhang_app;

--
-- Name: TABLE imports; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON TABLE office.imports IS 'Tables that were sent, sealed, and what became of their rows; they go after a week.';


--
-- Name: COLUMN imports.id; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.imports.id IS 'What the import is called.';


--
-- Name: COLUMN imports.person; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.imports.person IS 'Who sent it.';


--
-- Name: COLUMN imports.roles; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.imports.roles IS 'The roles of the token that sent it; null: all that the ledger grants.';


--
-- Name: COLUMN imports.kind; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.imports.kind IS 'The kind of table, such as donations.';


--
-- Name: COLUMN imports.form; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.imports.form IS 'XLSX or CSV.';


--
-- Name: COLUMN imports.dry_run; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.imports.dry_run IS 'It is tried only: nothing is stored of its rows.';


--
-- Name: COLUMN imports.state; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.imports.state IS 'Waiting or under way, or done.';


--
-- Name: COLUMN imports.rows; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.imports.rows IS 'How many rows there are below the head.';


--
-- Name: COLUMN imports.rows_done; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.imports.rows_done IS 'How many of them were looked at.';


--
-- Name: COLUMN imports.wrapped_key; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.imports.wrapped_key IS 'The file''s own key, sealed under the master key: nonce, ciphertext, tag.';


--
-- Name: COLUMN imports.content; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.imports.content IS 'The file, sealed under its own key.';


--
-- Name: COLUMN imports.result_key; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.imports.result_key IS 'The result''s own key, sealed under the master key: nonce, ciphertext, tag.';


--
-- Name: COLUMN imports.result; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.imports.result IS 'What became of each row as JSON, sealed under its own key; null until it is done.';


--
-- Name: COLUMN imports.made_at; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.imports.made_at IS 'When it was sent; after a week it goes.';


--
-- Name: sessions; Type: TABLE; Schema: office; Owner: mingzhang_app
--

CREATE TABLE office.sessions (
    hash bytea NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    person text NOT NULL COLLATE pg_catalog."C",
    roles text[],
    way text NOT NULL,
    browser text DEFAULT ''::text NOT NULL,
    begun_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    seen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    CONSTRAINT sessions_check CHECK (((roles IS NOT NULL) OR (way <> 'token'::text))),
    CONSTRAINT sessions_hash_check CHECK ((octet_length(hash) = 32)),
    CONSTRAINT sessions_way_check CHECK ((way = ANY (ARRAY['token'::text, 'provider'::text, 'demonstration'::text])))
);


ALTER TABLE office.sessions OWNER TO mingzhang_app;

--
-- Name: TABLE sessions; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON TABLE office.sessions IS 'Who is signed in at the desk: one row a browser.';


--
-- Name: COLUMN sessions.hash; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.sessions.hash IS 'SHA-256 of the value of the cookie; the value itself is kept by the browser only.';


--
-- Name: COLUMN sessions.id; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.sessions.id IS 'What the session is called on the page that ends it.';


--
-- Name: COLUMN sessions.person; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.sessions.person IS 'Who signed in, such as clerk-1.';


--
-- Name: COLUMN sessions.roles; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.sessions.roles IS 'The roles of the token that signed in, of which those count that the ledger still grants; null:
all that it grants.';


--
-- Name: COLUMN sessions.way; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.sessions.way IS 'How: by a token of ours, a provider of OpenID Connect, or one click in a demonstration.';


--
-- Name: COLUMN sessions.browser; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.sessions.browser IS 'What the browser calls itself, shortened.';


--
-- Name: COLUMN sessions.begun_at; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.sessions.begun_at IS 'When the session began.';


--
-- Name: COLUMN sessions.seen_at; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.sessions.seen_at IS 'When it was used last, to the minute; 30 minutes later it has ended.';


--
-- Name: COLUMN sessions.ends_at; Type: COMMENT; Schema: office; Owner: mingzhang_app
--

COMMENT ON COLUMN office.sessions.ends_at IS 'When it ends at the latest: after 12 hours, or with the token that signed in.';


--
-- Name: id_numbers; Type: TABLE; Schema: vault; Owner: mingzhang_vault
--

CREATE TABLE vault.id_numbers (
    number text NOT NULL COLLATE pg_catalog."C",
    person text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE vault.id_numbers OWNER TO mingzhang_vault;

--
-- Name: TABLE id_numbers; Type: COMMENT; Schema: vault; Owner: mingzhang_vault
--

COMMENT ON TABLE vault.id_numbers IS 'Whose ID number it is: no two persons have one.';


--
-- Name: COLUMN id_numbers.number; Type: COMMENT; Schema: vault; Owner: mingzhang_vault
--

COMMENT ON COLUMN vault.id_numbers.number IS 'The keyed hash (HMAC-SHA-256, hex) of the number; its key comes from the master key.';


--
-- Name: COLUMN id_numbers.person; Type: COMMENT; Schema: vault; Owner: mingzhang_vault
--

COMMENT ON COLUMN vault.id_numbers.person IS 'The person.';


--
-- Name: sealed; Type: TABLE; Schema: vault; Owner: mingzhang_vault
--

CREATE TABLE vault.sealed (
    subject text NOT NULL COLLATE pg_catalog."C",
    wrapped_key bytea,
    content bytea
);


ALTER TABLE vault.sealed OWNER TO mingzhang_vault;

--
-- Name: TABLE sealed; Type: COMMENT; Schema: vault; Owner: mingzhang_vault
--

COMMENT ON TABLE vault.sealed IS 'One row a subject; an erased one has neither key nor content.';


--
-- Name: COLUMN sealed.subject; Type: COMMENT; Schema: vault; Owner: mingzhang_vault
--

COMMENT ON COLUMN vault.sealed.subject IS 'The subject: a person, a scheme, a webhook''s secret.';


--
-- Name: COLUMN sealed.wrapped_key; Type: COMMENT; Schema: vault; Owner: mingzhang_vault
--

COMMENT ON COLUMN vault.sealed.wrapped_key IS 'The subject''s own key, sealed under the master key: nonce, ciphertext, tag.';


--
-- Name: COLUMN sealed.content; Type: COMMENT; Schema: vault; Owner: mingzhang_vault
--

COMMENT ON COLUMN vault.sealed.content IS 'JSON sealed under the subject''s own key: nonce, ciphertext, tag.';


--
-- Name: balance_cells; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.balance_cells (
    series integer NOT NULL,
    block integer NOT NULL,
    booked date NOT NULL,
    value bigint NOT NULL,
    n integer NOT NULL,
    last smallint NOT NULL,
    at integer[] NOT NULL,
    sums bigint[] NOT NULL,
    counts integer[] NOT NULL,
    offsets smallint[] NOT NULL,
    amounts bigint[] NOT NULL,
    places integer[] NOT NULL
);
ALTER TABLE ONLY views.balance_cells ALTER COLUMN offsets SET STATISTICS 0;
ALTER TABLE ONLY views.balance_cells ALTER COLUMN offsets SET STORAGE EXTERNAL;
ALTER TABLE ONLY views.balance_cells ALTER COLUMN amounts SET STATISTICS 0;
ALTER TABLE ONLY views.balance_cells ALTER COLUMN amounts SET STORAGE EXTERNAL;
ALTER TABLE ONLY views.balance_cells ALTER COLUMN places SET STATISTICS 0;
ALTER TABLE ONLY views.balance_cells ALTER COLUMN places SET STORAGE EXTERNAL;


ALTER TABLE views.balance_cells OWNER TO mingzhang_app;

--
-- Name: balance_personal; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.balance_personal (
    id integer NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.balance_personal OWNER TO mingzhang_app;

--
-- Name: balance_personal_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.balance_personal ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.balance_personal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: balance_places; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.balance_places (
    id integer NOT NULL,
    area text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.balance_places OWNER TO mingzhang_app;

--
-- Name: balance_places_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.balance_places ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.balance_places_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: balance_series; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.balance_series (
    id integer NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    class text NOT NULL COLLATE pg_catalog."C",
    fund text NOT NULL COLLATE pg_catalog."C",
    earmark text NOT NULL COLLATE pg_catalog."C",
    detail text NOT NULL COLLATE pg_catalog."C",
    programme text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.balance_series OWNER TO mingzhang_app;

--
-- Name: balance_series_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.balance_series ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.balance_series_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: balance_steps; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.balance_steps (
    "position" bigint NOT NULL,
    month date NOT NULL
);


ALTER TABLE views.balance_steps OWNER TO mingzhang_app;

--
-- Name: balance_tail; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.balance_tail (
    "position" bigint NOT NULL,
    series integer NOT NULL,
    place integer NOT NULL,
    booked date NOT NULL,
    value bigint NOT NULL
);


ALTER TABLE views.balance_tail OWNER TO mingzhang_app;

--
-- Name: bank_movements; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.bank_movements (
    "position" bigint NOT NULL,
    fund text NOT NULL COLLATE pg_catalog."C",
    booked date NOT NULL,
    amount bigint NOT NULL,
    other text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    topic text NOT NULL COLLATE pg_catalog."C",
    reference text NOT NULL,
    reverses bigint NOT NULL
);


ALTER TABLE views.bank_movements OWNER TO mingzhang_app;

--
-- Name: bank_runs; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.bank_runs (
    run text NOT NULL COLLATE pg_catalog."C",
    fund text NOT NULL COLLATE pg_catalog."C",
    reference text NOT NULL
);


ALTER TABLE views.bank_runs OWNER TO mingzhang_app;

--
-- Name: fact_cells; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.fact_cells (
    series integer NOT NULL,
    block integer NOT NULL,
    booked date NOT NULL,
    value bigint NOT NULL,
    n integer NOT NULL,
    last smallint NOT NULL,
    at integer[] NOT NULL,
    sums bigint[] NOT NULL,
    counts integer[] NOT NULL,
    offsets smallint[] NOT NULL,
    amounts bigint[] NOT NULL,
    places integer[] NOT NULL
);
ALTER TABLE ONLY views.fact_cells ALTER COLUMN offsets SET STATISTICS 0;
ALTER TABLE ONLY views.fact_cells ALTER COLUMN offsets SET STORAGE EXTERNAL;
ALTER TABLE ONLY views.fact_cells ALTER COLUMN amounts SET STATISTICS 0;
ALTER TABLE ONLY views.fact_cells ALTER COLUMN amounts SET STORAGE EXTERNAL;
ALTER TABLE ONLY views.fact_cells ALTER COLUMN places SET STATISTICS 0;
ALTER TABLE ONLY views.fact_cells ALTER COLUMN places SET STORAGE EXTERNAL;


ALTER TABLE views.fact_cells OWNER TO mingzhang_app;

--
-- Name: fact_names; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.fact_names (
    id integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.fact_names OWNER TO mingzhang_app;

--
-- Name: fact_names_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.fact_names ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.fact_names_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: fact_places; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.fact_places (
    id integer NOT NULL,
    area text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.fact_places OWNER TO mingzhang_app;

--
-- Name: fact_places_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.fact_places ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.fact_places_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: fact_series; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.fact_series (
    id integer NOT NULL,
    measure text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    programme text NOT NULL COLLATE pg_catalog."C",
    fund text NOT NULL COLLATE pg_catalog."C",
    detail text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.fact_series OWNER TO mingzhang_app;

--
-- Name: fact_series_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.fact_series ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.fact_series_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: fact_tail; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.fact_tail (
    "position" bigint NOT NULL,
    series integer NOT NULL,
    place integer NOT NULL,
    booked date NOT NULL,
    value bigint NOT NULL
);


ALTER TABLE views.fact_tail OWNER TO mingzhang_app;

--
-- Name: fact_whos; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.fact_whos (
    "position" bigint NOT NULL,
    series integer NOT NULL,
    place integer NOT NULL,
    booked date NOT NULL,
    value bigint NOT NULL,
    of_ integer NOT NULL,
    who integer NOT NULL
);


ALTER TABLE views.fact_whos OWNER TO mingzhang_app;

--
-- Name: great_acts; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.great_acts (
    "position" bigint NOT NULL,
    weight numeric NOT NULL,
    stands boolean NOT NULL
);


ALTER TABLE views.great_acts OWNER TO mingzhang_app;

--
-- Name: journal; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.journal (
    "position" bigint NOT NULL,
    line smallint NOT NULL,
    account integer NOT NULL,
    said integer NOT NULL,
    value bigint NOT NULL,
    booked date NOT NULL,
    on_ date NOT NULL,
    summary integer
);


ALTER TABLE views.journal OWNER TO mingzhang_app;

--
-- Name: journal_accounts; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.journal_accounts (
    id integer NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    class text NOT NULL COLLATE pg_catalog."C",
    fund text NOT NULL COLLATE pg_catalog."C",
    programme text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.journal_accounts OWNER TO mingzhang_app;

--
-- Name: journal_accounts_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.journal_accounts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.journal_accounts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: journal_sayings; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.journal_sayings (
    id integer NOT NULL,
    area text NOT NULL COLLATE pg_catalog."C",
    class text NOT NULL COLLATE pg_catalog."C",
    topic text NOT NULL COLLATE pg_catalog."C",
    by_ text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.journal_sayings OWNER TO mingzhang_app;

--
-- Name: journal_sayings_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.journal_sayings ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.journal_sayings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: journal_summaries; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.journal_summaries (
    id integer NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    topic text NOT NULL COLLATE pg_catalog."C",
    period text NOT NULL COLLATE pg_catalog."C",
    class text NOT NULL COLLATE pg_catalog."C",
    fund text NOT NULL COLLATE pg_catalog."C",
    programme text NOT NULL COLLATE pg_catalog."C",
    "position" text NOT NULL COLLATE pg_catalog."C",
    line text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.journal_summaries OWNER TO mingzhang_app;

--
-- Name: journal_summaries_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.journal_summaries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.journal_summaries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: payment_heads; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.payment_heads (
    subject text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    opened_position bigint NOT NULL,
    last_position bigint NOT NULL,
    opened_on date NOT NULL,
    latest_on date NOT NULL,
    "row" jsonb NOT NULL
);


ALTER TABLE views.payment_heads OWNER TO mingzhang_app;

--
-- Name: payment_patches; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.payment_patches (
    subject text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    on_ date NOT NULL,
    version bigint NOT NULL,
    "row" jsonb NOT NULL
);


ALTER TABLE views.payment_patches OWNER TO mingzhang_app;

--
-- Name: payment_words; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.payment_words (
    id integer NOT NULL,
    run text NOT NULL COLLATE pg_catalog."C",
    scheme text NOT NULL COLLATE pg_catalog."C",
    programme text NOT NULL COLLATE pg_catalog."C",
    fund text NOT NULL COLLATE pg_catalog."C",
    earmark text NOT NULL COLLATE pg_catalog."C",
    area text NOT NULL COLLATE pg_catalog."C",
    tier text NOT NULL COLLATE pg_catalog."C",
    month text NOT NULL COLLATE pg_catalog."C",
    rate_from text NOT NULL COLLATE pg_catalog."C",
    payee text NOT NULL COLLATE pg_catalog."C",
    completes text NOT NULL COLLATE pg_catalog."C",
    redirects text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.payment_words OWNER TO mingzhang_app;

--
-- Name: payment_words_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.payment_words ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.payment_words_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: payments; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.payments (
    "position" bigint NOT NULL,
    on_ date NOT NULL,
    words integer NOT NULL,
    persons bigint NOT NULL,
    households bigint NOT NULL,
    amount bigint NOT NULL
);


ALTER TABLE views.payments OWNER TO mingzhang_app;

--
-- Name: positions; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.positions (
    view text NOT NULL,
    "position" bigint DEFAULT 0 NOT NULL,
    stopped text,
    built integer DEFAULT 0 NOT NULL,
    shape text DEFAULT ''::text NOT NULL
);


ALTER TABLE views.positions OWNER TO mingzhang_app;

--
-- Name: received_days; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.received_days (
    fund text NOT NULL,
    earmark text NOT NULL,
    booked date NOT NULL,
    donated bigint NOT NULL
);


ALTER TABLE views.received_days OWNER TO mingzhang_app;

--
-- Name: register_heads; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.register_heads (
    subject text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    opened_position bigint NOT NULL,
    last_position bigint NOT NULL,
    opened_on date NOT NULL,
    latest_on date NOT NULL,
    "row" jsonb NOT NULL
);


ALTER TABLE views.register_heads OWNER TO mingzhang_app;

--
-- Name: register_patches; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.register_patches (
    subject text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    on_ date NOT NULL,
    version bigint NOT NULL,
    "row" jsonb NOT NULL
);


ALTER TABLE views.register_patches OWNER TO mingzhang_app;

--
-- Name: roll_accounts; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_accounts (
    person text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL
);


ALTER TABLE views.roll_accounts OWNER TO mingzhang_app;

--
-- Name: roll_areas; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_areas (
    area text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    on_ date NOT NULL,
    parent text NOT NULL
);


ALTER TABLE views.roll_areas OWNER TO mingzhang_app;

--
-- Name: roll_beds; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_beds (
    facility text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    month text NOT NULL,
    beds bigint NOT NULL,
    body text NOT NULL
);


ALTER TABLE views.roll_beds OWNER TO mingzhang_app;

--
-- Name: roll_changes; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_changes (
    "position" bigint NOT NULL,
    entitlement text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL,
    day date NOT NULL,
    month text NOT NULL,
    tier text NOT NULL,
    amount bigint NOT NULL,
    units bigint NOT NULL,
    income bigint NOT NULL,
    withdrawn_at bigint
);


ALTER TABLE views.roll_changes OWNER TO mingzhang_app;

--
-- Name: roll_deaths; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_deaths (
    person text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    month text NOT NULL,
    day date NOT NULL,
    withdrawn_at bigint DEFAULT '9223372036854775807'::bigint NOT NULL
);


ALTER TABLE views.roll_deaths OWNER TO mingzhang_app;

--
-- Name: roll_ends; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_ends (
    body text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    month text NOT NULL
);


ALTER TABLE views.roll_ends OWNER TO mingzhang_app;

--
-- Name: roll_entitlements; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_entitlements (
    entitlement text NOT NULL COLLATE pg_catalog."C",
    scheme text NOT NULL COLLATE pg_catalog."C",
    holder text NOT NULL COLLATE pg_catalog."C",
    payee text NOT NULL,
    area text NOT NULL,
    state text NOT NULL,
    granted_at bigint,
    tier text DEFAULT ''::text NOT NULL,
    amount bigint DEFAULT 0 NOT NULL,
    units bigint DEFAULT 1 NOT NULL,
    income bigint DEFAULT 0 NOT NULL,
    income_from text DEFAULT ''::text NOT NULL,
    starts text DEFAULT ''::text NOT NULL,
    ends text DEFAULT ''::text NOT NULL,
    stop text DEFAULT ''::text NOT NULL,
    until text DEFAULT ''::text NOT NULL,
    since date,
    programme text NOT NULL COLLATE pg_catalog."C",
    granted_on date
);


ALTER TABLE views.roll_entitlements OWNER TO mingzhang_app;

--
-- Name: roll_members; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_members (
    household text NOT NULL COLLATE pg_catalog."C",
    person text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    first text NOT NULL,
    since date NOT NULL,
    left_at bigint,
    last text DEFAULT ''::text NOT NULL,
    until date,
    withdrawn_at bigint DEFAULT '9223372036854775807'::bigint NOT NULL
);


ALTER TABLE views.roll_members OWNER TO mingzhang_app;

--
-- Name: roll_merges; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_merges (
    person text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    into_ text NOT NULL COLLATE pg_catalog."C",
    whose text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.roll_merges OWNER TO mingzhang_app;

--
-- Name: roll_rates; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_rates (
    scheme text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    line integer NOT NULL,
    area text NOT NULL,
    tier text NOT NULL,
    from_ text NOT NULL,
    amount bigint NOT NULL
);


ALTER TABLE views.roll_rates OWNER TO mingzhang_app;

--
-- Name: roll_runs; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_runs (
    run text NOT NULL COLLATE pg_catalog."C",
    scheme text NOT NULL COLLATE pg_catalog."C",
    month text NOT NULL,
    "position" bigint NOT NULL
);


ALTER TABLE views.roll_runs OWNER TO mingzhang_app;

--
-- Name: roll_schemes; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_schemes (
    scheme text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    pays text NOT NULL,
    formula text NOT NULL,
    after_death_months integer NOT NULL,
    follows text
);


ALTER TABLE views.roll_schemes OWNER TO mingzhang_app;

--
-- Name: stock_held; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.stock_held (
    fund text NOT NULL,
    earmark text NOT NULL,
    kind text NOT NULL,
    pieces bigint NOT NULL
);


ALTER TABLE views.stock_held OWNER TO mingzhang_app;

--
-- Name: told; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.told (
    "position" bigint NOT NULL,
    words text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.told OWNER TO mingzhang_app;

--
-- Data for Name: dead_letters; Type: TABLE DATA; Schema: delivery; Owner: mingzhang_app
--

INSERT INTO delivery.dead_letters VALUES
	('webhook:receiver', '2026-11-27 21:22:01.968344+00', 104, 1, '410');


--
-- Data for Name: relay; Type: TABLE DATA; Schema: delivery; Owner: mingzhang_app
--

INSERT INTO delivery.relay VALUES
	(true, 40, '', 'off', '', '2026-11-27 21:22:01.975017+00', 40, 1, 0, 0, '{}');


--
-- Data for Name: webhooks; Type: TABLE DATA; Schema: delivery; Owner: mingzhang_app
--

INSERT INTO delivery.webhooks VALUES
	('webhook:receiver', 1, 103, NULL, '2026-11-27 21:22:01.96646+00', 1, '2026-11-27 21:22:01.9683+00', 'gone', '410', 1, 1);


--
-- Data for Name: events; Type: TABLE DATA; Schema: ledger; Owner: mingzhang_append
--

INSERT INTO ledger.events VALUES
	('role:clerk-1', 1, 'role.granted.v1', '\x7b226f726967696e61746f725f6964223a22726f6c653a636c65726b2d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d31227d2c2277686f223a22636c65726b2d31222c22726f6c65223a22636c65726b222c22726f6c6573223a5b22636c65726b225d7d', 1, '2026-11-27 21:21:59.641297+00', '\x0fac19990050f2874879cfb274204d6b6e5e4c84461c7700bed6558411631af4'),
	('role:reviewer-1', 1, 'role.granted.v1', '\x7b226f726967696e61746f725f6964223a22726f6c653a72657669657765722d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d32227d2c2277686f223a2272657669657765722d31222c22726f6c65223a227265766965776572222c22726f6c6573223a5b227265766965776572225d7d', 2, '2026-11-27 21:21:59.676005+00', '\x8686d0147dfbdf6569dadcd5107d0f420db796bb1caaa2ccedc761c3b395fb60'),
	('role:approver-1', 1, 'role.granted.v1', '\x7b226f726967696e61746f725f6964223a22726f6c653a617070726f7665722d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d33227d2c2277686f223a22617070726f7665722d31222c22726f6c65223a22617070726f766572222c22726f6c6573223a5b22617070726f766572225d7d', 3, '2026-11-27 21:21:59.691135+00', '\xced3d6875ca5216bf7e3f9555e76c5ea85d4241bfc5265e86356586d9f0049bc'),
	('role:treasurer-1', 1, 'role.granted.v1', '\x7b226f726967696e61746f725f6964223a22726f6c653a7472656173757265722d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d34227d2c2277686f223a227472656173757265722d31222c22726f6c65223a22747265617375726572222c22726f6c6573223a5b22747265617375726572225d7d', 4, '2026-11-27 21:21:59.702754+00', '\xe6a4a1e929d991231161e5bad6191015eb2ad00a97ef687af6393bf8c068c044'),
	('role:treasurer-2', 1, 'role.granted.v1', '\x7b226f726967696e61746f725f6964223a22726f6c653a7472656173757265722d32222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d35227d2c2277686f223a227472656173757265722d32222c22726f6c65223a22747265617375726572222c22726f6c6573223a5b22747265617375726572225d7d', 5, '2026-11-27 21:21:59.714012+00', '\x67419b574aaf3e3d946dc9cd9e89d7596ec14d1444e2d56c145c8be0b5aec99a'),
	('fund:x', 1, 'fund.opened.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d36227d2c227469746c65223a22e69591e58aa9e8b584e98791222c226b696e64223a2266697363616c222c226261736973223a2263617368222c226b6565706572223a226f7267616e69736174696f6e3a636976696c2d616666616972732d627572656175222c22707572706f736573223a5b226169642d706f6f72225d7d', 6, '2026-11-27 21:21:59.722534+00', '\x7e50f8c8fd94e901016be910c63a1e3bd4add1090b6705ec7edf77aa1f6e7039'),
	('fund:x', 2, 'fund.received.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d37227d2c22616d6f756e74223a31303030302c226561726d61726b223a2267656e6572616c222c22736f75726365223a2266697363616c222c22646f63756d656e74223a22e68ba8e6acbee58d95227d', 7, '2026-11-27 21:21:59.737158+00', '\x24b8b1906b9c631b5d604e6eba38e4eb527d58ece87c4d1bcc56870aa7fd21c1'),
	('area:city', 1, 'area.opened.v1', '\x7b226f726967696e61746f725f6964223a22617265613a63697479222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d38227d2c227469746c65223a22e585a8e5b882222c226c6576656c223a2263697479227d', 8, '2026-11-27 21:21:59.758757+00', '\x1299e694a2809bb3290b99afc83303bd26eab6592c79b0d1b96d9c68d9d5237f'),
	('scheme:aid', 1, 'scheme.adopted.v1', '\x7b226f726967696e61746f725f6964223a22736368656d653a616964222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d39227d2c227469746c65223a22e8a1a5e58aa9222c2270726f6772616d6d65223a22616964222c22707572706f7365223a226169642d706f6f72222c22706572223a22706572736f6e222c2270617973223a226d6f6e74686c79222c22666f726d756c61223a22666c6174222c227261746573223a5b7b2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22616d6f756e74223a31302c22617574686f72697479223a22e5b882e694bfe5ba9ce4bba4e7acac31e58fb7227d5d7d', 9, '2026-11-27 21:21:59.768819+00', '\x0c6e2fab879c26d93123436057857eaea6ebadde788fbb02535764b7b7b0e8b4'),
	('period:2005', 1, 'period.soft-closed.v1', '\x7b226f726967696e61746f725f6964223a22706572696f643a32303035222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3130227d2c227468726f756768223a22323030352d31322d3331227d', 10, '2026-11-27 21:21:59.794117+00', '\x90ecd3e49f20e34a60bbb40e5b03700885195d4ebf97bf5cb6a755f3972e9069'),
	('period:2005', 2, 'period.closed.v1', '\x7b226f726967696e61746f725f6964223a22706572696f643a32303035222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a227472656173757265722d32222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3131227d2c227468726f756768223a22323030352d31322d3331227d', 11, '2026-11-27 21:21:59.811042+00', '\x6c524266fb743171525863d8061cf894cf685b94dd83b1bac6f53dad252994ae'),
	('person:aid-000000', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6169642d303030303030222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d7d', 12, '2026-11-27 21:22:00.190947+00', '\xfc81f8c7b072ce8cf82d8c4776fbf41a0e8f2d68661eb4133256821663627e5d'),
	('entitlement:aid-000000', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303030222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d2c22686f6c646572223a22706572736f6e3a6169642d303030303030222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a616964227d', 13, '2026-11-27 21:22:00.190947+00', '\xd759add334469937ad8d75d433d2f3493509f5866d20e954367a862003cad4ea'),
	('person:aid-000001', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6169642d303030303031222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d7d', 14, '2026-11-27 21:22:00.190947+00', '\xe8f79d7db2f4c3f22dca5fd1f8a2adc487a7f0169fc41c1a1bfcf0374f7f2795'),
	('entitlement:aid-000001', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303031222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d2c22686f6c646572223a22706572736f6e3a6169642d303030303031222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a616964227d', 15, '2026-11-27 21:22:00.190947+00', '\x26de76538e04db0268e1f1c77e66436f467563256fa1f03cde9ff01800ec8601'),
	('person:aid-000002', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6169642d303030303032222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d7d', 16, '2026-11-27 21:22:00.190947+00', '\x7b8b3246a7348969357b13f8ae41c2907db48ef3a6e5d4156b37a01d18a45314'),
	('entitlement:aid-000002', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303032222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d2c22686f6c646572223a22706572736f6e3a6169642d303030303032222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a616964227d', 17, '2026-11-27 21:22:00.190947+00', '\x47679d2fb044f5cd3a903b1419942daabe2fca7c37bc491b39c78765904f1ee1'),
	('person:aid-000003', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6169642d303030303033222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d7d', 18, '2026-11-27 21:22:00.190947+00', '\xeeaf67cca5acee1fa789f2dbd74215175bdd3cacdcf575bff4477d4a2e536bea'),
	('entitlement:aid-000003', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303033222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d2c22686f6c646572223a22706572736f6e3a6169642d303030303033222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a616964227d', 19, '2026-11-27 21:22:00.190947+00', '\x7417559a66b1c6d8e4ec1b4c18fa60382a7c42cf5c367ed944e75eb8bc3fad29'),
	('person:aid-000004', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6169642d303030303034222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d7d', 20, '2026-11-27 21:22:00.190947+00', '\x1ffcc7a8ae507f0fcba43154cf99a0f74c6f68a5ca1ab83336845ece663f9fa8'),
	('entitlement:aid-000004', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303034222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d2c22686f6c646572223a22706572736f6e3a6169642d303030303034222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a616964227d', 21, '2026-11-27 21:22:00.190947+00', '\xadd80cc5c0e9ef797c028636a99e814c874e71d4e1853939e959ccdf4f4b3062'),
	('person:aid-000005', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6169642d303030303035222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d7d', 22, '2026-11-27 21:22:00.190947+00', '\x7a9ddff3cfb1b710b11ceac59753a81a65a9727f1661c11adff7311037862f5b'),
	('entitlement:aid-000005', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303035222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d2c22686f6c646572223a22706572736f6e3a6169642d303030303035222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a616964227d', 23, '2026-11-27 21:22:00.190947+00', '\xd6d7cea8114503455de3de9794ad6b29ed314aab0ee99292319602ab802a2a09'),
	('person:aid-000006', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6169642d303030303036222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d7d', 24, '2026-11-27 21:22:00.190947+00', '\x84c893211d01eed7b594212a71765e5b1a3e62a68229cb8c2eb45026e2fddcab'),
	('entitlement:aid-000006', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303036222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d2c22686f6c646572223a22706572736f6e3a6169642d303030303036222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a616964227d', 25, '2026-11-27 21:22:00.190947+00', '\xacad7a71ea39da13bd62df04c6fc8bbe778fedb94d575f4c14664d2dee0854a9'),
	('pay-run:aid:2007-03', 2, 'pay-run.reviewed.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6169643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a2272657669657765722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3134227d2c22646967657374223a2231636263336466323832396638396530356530313864366366663162646639386264383133666233356236333736366234356163333336316461643065323232227d', 27, '2026-11-27 21:22:00.344765+00', '\xc75f7d5e270d2ea3834f7d4d864e2f7a0d6ba2da89623fbf830f5a7ac39c3254'),
	('entitlement:aid-000003', 2, 'entitlement.stopped.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303033222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3136227d2c22686f6c646572223a22706572736f6e3a6169642d303030303033222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c22726561736f6e223a22e8bf81e587ba222c2266726f6d5f223a22323030372d30332d3031227d', 30, '2026-11-27 21:22:00.373896+00', '\xacd4193b1130c2a84e39160de90737d2219a53a7e83b5ff6db470434405672a5'),
	('payment:aid:2007-03:03c5f34ec388b5170b11', 2, 'payment.returned.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3033633566333465633338386235313730623131222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3138227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2270726f6772616d6d65223a22616964222c22616d6f756e74223a31302c22726561736f6e223a22e8b4a6e688b7e5b7b2e6b3a8e99480222c2262616e6b5f726566223a22e59b9ee79b982d31227d', 39, '2026-11-27 21:22:00.620428+00', '\x7135027d00c16efabce7f771ccc0f2b0af8491e6c43e7fe21323114d7f284242'),
	('payment:aid:2007-03:1867379356404f314e2a', 2, 'payment.returned.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3138363733373933353634303466333134653261222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3138227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2270726f6772616d6d65223a22616964222c22616d6f756e74223a31302c22726561736f6e223a22e8b4a6e688b7e5b7b2e6b3a8e99480222c2262616e6b5f726566223a22e59b9ee79b982d31227d', 40, '2026-11-27 21:22:00.620428+00', '\x024e4b7d5649c61d6d256c62e268b210ecff722fa5ea55621d3d41a60e85f64b'),
	('fund:x', 4, 'fund.uncommitted.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a342c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3138227d2c22616d6f756e74223a31302c226561726d61726b223a2267656e6572616c222c226f66223a227061792d72756e3a6169643a323030372d3033222c226361757365223a227061792d72756e3a6169643a323030372d3033227d', 41, '2026-11-27 21:22:00.620428+00', '\x72a39451d7d7222a8b66c482a937056e59b849d02252625b0acb37aa066c82bc'),
	('pay-run:aid:2007-03', 6, 'pay-run.settled.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6169643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a362c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3138227d2c2262616e6b5f726566223a22e59b9ee79b982d31222c2272657475726e65645f6c696e6573223a322c2272657475726e65645f616d6f756e74223a32307d', 42, '2026-11-27 21:22:00.620428+00', '\x37d2f7a442586c60561489fa9ee337445f9ca2badd05559e6190a2f14f5947b8'),
	('fund:x', 6, 'fund.committed.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a362c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3231227d2c22616d6f756e74223a332c226561726d61726b223a2267656e6572616c222c22746f223a227061792d72756e3a6169643a323030372d3033222c22707572706f7365223a226169642d706f6f72222c226361757365223a227061796d656e743a6169643a323030372d30333a6133626335663234653461633962336338353739227d', 46, '2026-11-27 21:22:00.828757+00', '\x075080abeecec3704abebf452a868aaf6f2c92e1faa368cab415a8d67f83f7a3'),
	('payment:aid:2007-03:5925fc8c47ea6bf3c6d4', 2, 'payment.supplemented.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3539323566633863343765613662663363366434222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3231227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c227061796d656e74223a227061796d656e743a6169643a323030372d30333a6133626335663234653461633962336338353739222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c22616d6f756e74223a332c22726561736f6e223a22e5b091e58f91227d', 47, '2026-11-27 21:22:00.828757+00', '\x93be0ced53ca4eb35f4c601c41189f7d4b5e8e9bcbeb50fd1d6430bd7383b47c'),
	('payment:aid:2007-03:a3bc5f24e4ac9b3c8579', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a6133626335663234653461633962336338353739222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3231227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a302c22686f757365686f6c6473223a302c22616d6f756e74223a332c22726174655f66726f6d223a22323030362d30312d3031222c22636f6d706c65746573223a227061796d656e743a6169643a323030372d30333a3539323566633863343765613662663363366434227d', 48, '2026-11-27 21:22:00.828757+00', '\xaecc68db6064fcc0497eee167dca9cb4396e48d13000c8ebc7c7bfefee9940df'),
	('recovery:v-1', 3, 'recovery.written-off.v1', '\x7b226f726967696e61746f725f6964223a227265636f766572793a762d31222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3234227d2c22616d6f756e74223a362c227061727473223a5b7b2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2270726f6772616d6d65223a22616964222c22616d6f756e74223a367d5d7d', 53, '2026-11-27 21:22:00.871888+00', '\xc840438422bb0a03514503a82f2091c00cb703384b271686e9dfa89f6c00c26e'),
	('pay-run:low:2007-03', 1, 'pay-run.drawn-up.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3033222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3238227d2c22736368656d65223a22736368656d653a6c6f77222c2270726f6772616d6d65223a226c6f77222c22707572706f7365223a226169642d706f6f72222c226d6f6e7468223a22323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c22726f6c6c5f6174223a35392c22636f756e74223a312c22706572736f6e73223a322c22746f74616c223a36302c22646967657374223a2232363639623631386633306561386135663864663531356238663664653262363636393034326439396235333430653130643561383236633732653234643466222c2268656c645f6261636b223a307d', 60, '2026-11-27 21:22:01.014924+00', '\xb62d8a1e5a5a86064a93f1080c390d243f05bc940014f0233a9f451083ad2bb9'),
	('payment:low:2007-03:d88b46c734bb99cabac4', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6c6f773a323030372d30333a6438386234366337333462623939636162616334222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3331227d2c2272756e223a227061792d72756e3a6c6f773a323030372d3033222c22736368656d65223a22736368656d653a6c6f77222c2270726f6772616d6d65223a226c6f77222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a322c22686f757365686f6c6473223a312c22616d6f756e74223a36302c22726174655f66726f6d223a22323030362d30312d3031227d', 64, '2026-11-27 21:22:01.069765+00', '\x48bc4fb83dbc2a7abad34a45f8500fbb162b5d066190ca849bc95b52ffc13b27'),
	('pay-run:low:2007-03', 4, 'pay-run.chunk-released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3033222c226f726967696e61746f725f76657273696f6e223a342c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3331227d2c22736368656d65223a22736368656d653a6c6f77222c226d6f6e7468223a22323030372d3033222c2266726f6d5f6c696e65223a302c22746f5f6c696e65223a312c2270616964223a312c22706572736f6e73223a322c22616d6f756e74223a36302c22677561726473223a5b223035613834306531326565613166353834376561222c223161383733363938363631333239613661393133225d7d', 65, '2026-11-27 21:22:01.069765+00', '\xdb923ada8b5719762618e30a1aa13cd3824d7d51c62ea6ea7075231212a6f69e'),
	('pay-run:low:2007-03', 5, 'pay-run.released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3033222c226f726967696e61746f725f76657273696f6e223a352c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3331227d2c2270616964223a312c22706169645f706572736f6e73223a322c22706169645f616d6f756e74223a36307d', 66, '2026-11-27 21:22:01.069765+00', '\x30d631d379f3a287a70d4aa230aea355582a72eb31a54101902f6b0989d70692'),
	('pay-run:price:2007-03', 2, 'pay-run.reviewed.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3033222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a2272657669657765722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3334227d2c22646967657374223a2230643534336337396536323735393638646666376263343038313239313665643032636539383036653537643530666638643531363531346662316139636435227d', 69, '2026-11-27 21:22:01.098489+00', '\xf07a1de602a64354cd23246e33bef2ab75493c975b1ee772655cb5d252d1d1b9'),
	('pay-run:low:2007-04', 1, 'pay-run.drawn-up.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3034222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3338227d2c22736368656d65223a22736368656d653a6c6f77222c2270726f6772616d6d65223a226c6f77222c22707572706f7365223a226169642d706f6f72222c226d6f6e7468223a22323030372d3034222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c22726f6c6c5f6174223a37362c22636f756e74223a312c22706572736f6e73223a322c22746f74616c223a36302c22646967657374223a2235303437343831363530306163396234643164373862653530656636613064623739323433626238616261323835633565633037306366336565373332363230222c2268656c645f6261636b223a307d', 77, '2026-11-27 21:22:01.176854+00', '\xa6ebbf45a3f6fddbe143d739b2dc319126e15c3d993aa13222f2f59218757aa0'),
	('pay-run:keyed:2007-03', 5, 'pay-run.released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6b657965643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a352c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3537227d2c2270616964223a312c22706169645f706572736f6e73223a312c22706169645f616d6f756e74223a31327d', 101, '2026-11-27 21:22:01.409949+00', '\x63898c6b73deafc2e7af3b97a7ec69764f3eebfdacf70cea944631396e90db35'),
	('pay-run:aid:2007-03', 1, 'pay-run.drawn-up.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6169643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3133227d2c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c22707572706f7365223a226169642d706f6f72222c226d6f6e7468223a22323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c22726f6c6c5f6174223a32352c22636f756e74223a372c22706572736f6e73223a372c22746f74616c223a37302c22646967657374223a2231636263336466323832396638396530356530313864366366663162646639386264383133666233356236333736366234356163333336316461643065323232222c2268656c645f6261636b223a307d', 26, '2026-11-27 21:22:00.334451+00', '\x96e85ac30585e85099b56d7be7c7998631afe2b87a50e6520af371b7ae2d6fd0'),
	('fund:x', 3, 'fund.committed.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3135227d2c22616d6f756e74223a37302c226561726d61726b223a2267656e6572616c222c22746f223a227061792d72756e3a6169643a323030372d3033222c22707572706f7365223a226169642d706f6f72222c226361757365223a227061792d72756e3a6169643a323030372d3033227d', 28, '2026-11-27 21:22:00.348218+00', '\x83f740160e902370c050c2d3b37bae2e0b3fd9483be69d58a332ff5c0c7e7097'),
	('pay-run:aid:2007-03', 3, 'pay-run.approved.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6169643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3135227d2c22646967657374223a2231636263336466323832396638396530356530313864366366663162646639386264383133666233356236333736366234356163333336316461643065323232227d', 29, '2026-11-27 21:22:00.348218+00', '\x5ab52b4fdae7c79364d62026ca08869fbf6544d0b06cd3d520a40ba2aaf4eb5a'),
	('payment:aid:2007-03:03c5f34ec388b5170b11', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3033633566333465633338386235313730623131222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a31302c22726174655f66726f6d223a22323030362d30312d3031227d', 31, '2026-11-27 21:22:00.610189+00', '\xe6515778db7ce8e5945f856f674b69e1bb5de4c54597095ae147c11498acce9c'),
	('payment:aid:2007-03:1867379356404f314e2a', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3138363733373933353634303466333134653261222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a31302c22726174655f66726f6d223a22323030362d30312d3031227d', 32, '2026-11-27 21:22:00.610189+00', '\x6fef46efc2deba3bb79e45ba1dbe3d4d2ee1cca59fc63aa75ed9547b1bdc7de8'),
	('payment:aid:2007-03:5925fc8c47ea6bf3c6d4', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3539323566633863343765613662663363366434222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a31302c22726174655f66726f6d223a22323030362d30312d3031227d', 33, '2026-11-27 21:22:00.610189+00', '\x8219b04df49dc22f0c0cb4b44e435e3988bc77a2ba006a9f9d6e14852dbcd930'),
	('payment:aid:2007-03:61ed758f4017e4ef1773', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3631656437353866343031376534656631373733222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a31302c22726174655f66726f6d223a22323030362d30312d3031227d', 34, '2026-11-27 21:22:00.610189+00', '\x578ac4527f82e3ef1344d48efce0a4146d73b4c265bb52c41c612645ba84967e'),
	('payment:aid:2007-03:9d90becb28c977176b37', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3964393062656362323863393737313736623337222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a31302c22726174655f66726f6d223a22323030362d30312d3031227d', 35, '2026-11-27 21:22:00.610189+00', '\xa6ee16afc3e49462b53ab8f2a369e0111ff80364bb3401b23a26336acf5bccc9');
INSERT INTO ledger.events VALUES
	('payment:aid:2007-03:c8fd1fd5c7c43dd83eb5', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a6338666431666435633763343364643833656235222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a31302c22726174655f66726f6d223a22323030362d30312d3031227d', 36, '2026-11-27 21:22:00.610189+00', '\x41e93f9d8d08c91b5a528ab89d99870156157b1dfcbe42b2aa7ac7635429cf9d'),
	('pay-run:aid:2007-03', 4, 'pay-run.chunk-released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6169643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a342c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c22736368656d65223a22736368656d653a616964222c226d6f6e7468223a22323030372d3033222c2266726f6d5f6c696e65223a302c22746f5f6c696e65223a372c2270616964223a362c22706572736f6e73223a362c22616d6f756e74223a36302c2268656c645f6261636b223a5b7b227061796d656e74223a227061796d656e743a6169643a323030372d30333a6435643037613536396564653164383331613161222c22616d6f756e74223a31302c22726561736f6e223a2273746f70706564227d5d7d', 37, '2026-11-27 21:22:00.610189+00', '\x9780e213b2be2c647d1f7651bd9b72f8f29c0e951148bfde102f398657cdbcd4'),
	('pay-run:aid:2007-03', 5, 'pay-run.released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6169643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a352c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c2270616964223a362c22706169645f706572736f6e73223a362c22706169645f616d6f756e74223a36302c2268656c645f6c696e6573223a312c2268656c645f616d6f756e74223a31307d', 38, '2026-11-27 21:22:00.610189+00', '\x67dc5151f32d6238c51078c371ad135c9e91058f6aa1a96931df0f5bd5917a9e'),
	('payment:aid:2007-03:03c5f34ec388b5170b11', 3, 'payment.reissued.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3033633566333465633338386235313730623131222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3139227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2270726f6772616d6d65223a22616964222c22616d6f756e74223a31307d', 43, '2026-11-27 21:22:00.688904+00', '\xc6fcb43f1b66a217df31a9d2914f05282c0a4d0790facfeec2025008cc1533ee'),
	('fund:x', 5, 'fund.recovered.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a352c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3230227d2c22616d6f756e74223a31302c226561726d61726b223a2267656e6572616c222c22736f75726365223a2272657475726e65643a783a67656e6572616c3a7061792d72756e3a6169643a323030372d3033222c226361757365223a227061796d656e743a6169643a323030372d30333a3138363733373933353634303466333134653261227d', 44, '2026-11-27 21:22:00.759097+00', '\x7c0459d599fa70149fad503bc35e6976a6cb2fe04b85fe13e2c2a8e920971279'),
	('payment:aid:2007-03:1867379356404f314e2a', 3, 'payment.written-back.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3138363733373933353634303466333134653261222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3230227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c22616d6f756e74223a31302c22706572736f6e73223a317d', 45, '2026-11-27 21:22:00.759097+00', '\x7f4687bc668175beed2239fb617028a85f205aa2349b7b9122eaf5f655509961'),
	('payment:aid:2007-03:9d90becb28c977176b37', 2, 'payment.overpaid.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3964393062656362323863393737313736623337222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3232227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c227265636f76657279223a227265636f766572793a762d31222c22616d6f756e74223a31307d', 49, '2026-11-27 21:22:00.831361+00', '\x7b99c39c406f84208a9b424690952308e95d05b19c1e405cb97c1e361e4bc2f4'),
	('recovery:v-1', 1, 'recovery.established.v1', '\x7b226f726967696e61746f725f6964223a227265636f766572793a762d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3232227d2c227061796d656e7473223a5b227061796d656e743a6169643a323030372d30333a3964393062656362323863393737313736623337225d2c22616d6f756e74223a31302c22726561736f6e223a22e5a49ae58f91222c227061727473223a5b7b2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2270726f6772616d6d65223a22616964222c22616d6f756e74223a31307d5d7d', 50, '2026-11-27 21:22:00.831361+00', '\x6a35830bfcada5404680f75ee99ba105a587b7fb02e1524eae5c36f75833647e'),
	('fund:x', 7, 'fund.recovered.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a372c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3233227d2c22616d6f756e74223a342c226561726d61726b223a2267656e6572616c222c22736f75726365223a226f7765643a783a67656e6572616c3a7265636f766572793a762d31222c226361757365223a227265636f766572793a762d31227d', 51, '2026-11-27 21:22:00.857348+00', '\x76161aaee4d5e40de2e92b26b59b855281a5ba0b90666c70701f675e7cef2dd6'),
	('recovery:v-1', 2, 'recovery.received.v1', '\x7b226f726967696e61746f725f6964223a227265636f766572793a762d31222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3233227d2c22616d6f756e74223a342c227061727473223a5b7b2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2270726f6772616d6d65223a22616964222c22616d6f756e74223a347d5d7d', 52, '2026-11-27 21:22:00.857348+00', '\x394d1e1cdfc2a6feed3f4e6592ee13ae82c8c0c4b3df9103c4ac90fae1c7a585'),
	('scheme:low', 1, 'scheme.adopted.v1', '\x7b226f726967696e61746f725f6964223a22736368656d653a6c6f77222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3235227d2c227469746c65223a22e8a1a5e58aa9222c2270726f6772616d6d65223a226c6f77222c22707572706f7365223a226169642d706f6f72222c22706572223a22686f757365686f6c64222c2270617973223a226d6f6e74686c79222c22666f726d756c61223a22746f702d7570222c227261746573223a5b7b2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22616d6f756e74223a33302c22617574686f72697479223a22e5b882e694bfe5ba9ce4bba4e7acac31e58fb7227d5d7d', 54, '2026-11-27 21:22:00.873736+00', '\xdd45e83199cfc907add9e1a9a5dbc0208dce20581bf55c47b1760a5bfd9b6b94'),
	('person:low-1', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6c6f772d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3237227d7d', 56, '2026-11-27 21:22:00.94246+00', '\x816d2483b1c2e156a18c2bf1483d3239996b9ea3af8a5adefbdfb1444959de87'),
	('person:low-2', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6c6f772d32222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3237227d7d', 57, '2026-11-27 21:22:00.94246+00', '\xbc85e1116be054e9bd69867b53295a8c3e87b18deea7a9f93cf070eed67a1a23'),
	('household:h-1', 1, 'household.formed.v1', '\x7b226f726967696e61746f725f6964223a22686f757365686f6c643a682d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3237227d2c226d656d62657273223a5b22706572736f6e3a6c6f772d31222c22706572736f6e3a6c6f772d32225d2c2261726561223a22617265613a63697479222c226669727374223a22323030362d3031227d', 58, '2026-11-27 21:22:00.94246+00', '\xbe78e3befed688d87bea156797357c9c3c8b3ced1c362aab5dae643ea7629177'),
	('entitlement:low', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6c6f77222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3237227d2c22686f6c646572223a22686f757365686f6c643a682d31222c2270726f6772616d6d65223a226c6f77222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a6c6f77227d', 59, '2026-11-27 21:22:00.94246+00', '\x892fae50f7ae48e2f51ebbcd564b0cec77257c6f96ccd0cacda26aca9edd2180'),
	('fund:x', 8, 'fund.committed.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a382c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3330227d2c22616d6f756e74223a36302c226561726d61726b223a2267656e6572616c222c22746f223a227061792d72756e3a6c6f773a323030372d3033222c22707572706f7365223a226169642d706f6f72222c226361757365223a227061792d72756e3a6c6f773a323030372d3033227d', 62, '2026-11-27 21:22:01.030253+00', '\xfded21fcbe0aa85ab0bf2972462e4305927db70d7a1c5b70cd6c84e69244f466'),
	('pay-run:low:2007-03', 3, 'pay-run.approved.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3033222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3330227d2c22646967657374223a2232363639623631386633306561386135663864663531356238663664653262363636393034326439396235333430653130643561383236633732653234643466227d', 63, '2026-11-27 21:22:01.030253+00', '\x80ce6dd52d7a1ac6738fb7411b1df04e0404924e7bfca8a25061e89bde17c6cd'),
	('pay-run:low:2007-03', 6, 'pay-run.settled.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3033222c226f726967696e61746f725f76657273696f6e223a362c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3332227d2c2262616e6b5f726566223a22e59b9ee79b982d31227d', 67, '2026-11-27 21:22:01.077825+00', '\x50c8a83ba439d04a37d038700426405456146e093a61d7e96b2fc364481d66f7'),
	('fund:x', 9, 'fund.committed.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a392c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3335227d2c22616d6f756e74223a342c226561726d61726b223a2267656e6572616c222c22746f223a227061792d72756e3a70726963653a323030372d3033222c22707572706f7365223a226169642d706f6f72222c226361757365223a227061792d72756e3a70726963653a323030372d3033227d', 70, '2026-11-27 21:22:01.107198+00', '\xfa23b0fc6f5d0104951a309bc9eb4c15c04501f5138b975ed6dbaf6aed9fa720'),
	('pay-run:price:2007-03', 3, 'pay-run.approved.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3033222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3335227d2c22646967657374223a2230643534336337396536323735393638646666376263343038313239313665643032636539383036653537643530666638643531363531346662316139636435227d', 71, '2026-11-27 21:22:01.107198+00', '\xc01116bb0a02756e7be5843a216fa43e6e709e7f6067b07e181ffbe2334dcb67'),
	('pay-run:price:2007-03', 6, 'pay-run.settled.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3033222c226f726967696e61746f725f76657273696f6e223a362c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3337227d2c2262616e6b5f726566223a22e59b9ee79b982d31227d', 76, '2026-11-27 21:22:01.140142+00', '\xf60c649c89ac85b418daad308fa3406c1e3394dc83a80aeee179b24e1db21075'),
	('fund:x', 10, 'fund.committed.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a31302c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3430227d2c22616d6f756e74223a36302c226561726d61726b223a2267656e6572616c222c22746f223a227061792d72756e3a6c6f773a323030372d3034222c22707572706f7365223a226169642d706f6f72222c226361757365223a227061792d72756e3a6c6f773a323030372d3034227d', 79, '2026-11-27 21:22:01.18737+00', '\x508f9e1662bcdd0b44a08fa9c6ca8924eacffee0035d322e79fd0aa4bc02ea2f'),
	('pay-run:low:2007-04', 3, 'pay-run.approved.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3034222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3430227d2c22646967657374223a2235303437343831363530306163396234643164373862653530656636613064623739323433626238616261323835633565633037306366336565373332363230227d', 80, '2026-11-27 21:22:01.18737+00', '\x3c258cea902de22233d8c40b54982e53a5400c1d1111e500fa0b00b3419dad8a'),
	('fund:x', 11, 'fund.committed.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a31312c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3433227d2c22616d6f756e74223a342c226561726d61726b223a2267656e6572616c222c22746f223a227061792d72756e3a70726963653a323030372d3034222c22707572706f7365223a226169642d706f6f72222c226361757365223a227061792d72756e3a70726963653a323030372d3034227d', 83, '2026-11-27 21:22:01.227336+00', '\xc746499f8bde9e93901323d75229c819457aee236761abc0d80c11e4a9801335'),
	('pay-run:price:2007-04', 3, 'pay-run.approved.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3034222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3433227d2c22646967657374223a2237653837633564666639313337393235316661333631393731303466373836666231383762656136393836656661346666626264366139656531623962333665227d', 84, '2026-11-27 21:22:01.227336+00', '\x04978372d0d9b4d7847a9c81910cc10789c0959cc95b76c52eda4c6dd795b208'),
	('donation:d-1', 1, 'donation.received.v1', '\x7b226f726967696e61746f725f6964223a22646f6e6174696f6e3a642d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a2266756e647261697365722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3436227d2c2266756e64223a2266756e643a6769667473222c226561726d61726b223a2267656e6572616c222c22616d6f756e74223a3530302c226e616d655f73686f776e223a66616c73652c226b6565706572223a226f7267616e69736174696f6e3a636976696c2d616666616972732d627572656175227d', 87, '2026-11-27 21:22:01.254052+00', '\x22433c78d8b5b2eccd830ea857dc0d901ae0849a02ea0c77eaeb9955b99f4da5'),
	('person:sealed-2', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a7365616c65642d32222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3531227d7d', 92, '2026-11-27 21:22:01.323337+00', '\x84814fd3a2063e04a61f9c89c3185518b825e1a4c9610c181070e4c2d0c99b8e'),
	('pay-run:keyed:2007-03', 1, 'pay-run.drawn-up.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6b657965643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3534227d2c22736368656d65223a22736368656d653a6b65796564222c2270726f6772616d6d65223a226b65796564222c22707572706f7365223a226169642d706f6f72222c226d6f6e7468223a22323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c22726f6c6c5f6174223a39342c22636f756e74223a312c22706572736f6e73223a312c22746f74616c223a31322c22646967657374223a2261373163366461656234376464663662613036396535303935313166313963393337353632616566373562343233323563386239633633376461396263643763222c2268656c645f6261636b223a307d', 95, '2026-11-27 21:22:01.37553+00', '\xcfca97bdaebd1f46cce4cc4b515d46efdc784248d2a8694c6746b030d3c6fe44'),
	('payment:keyed:2007-03:a4b15f2a5ad04ea26485', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6b657965643a323030372d30333a6134623135663261356164303465613236343835222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3537227d2c2272756e223a227061792d72756e3a6b657965643a323030372d3033222c22736368656d65223a22736368656d653a6b65796564222c2270726f6772616d6d65223a226b65796564222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a31322c22726174655f66726f6d223a22323030362d30312d3031227d', 99, '2026-11-27 21:22:01.409949+00', '\x8ea12721208f2d9e2358087ff5b4680c6550eb5a6f264383bb23efb4b0b0b00d'),
	('pay-run:keyed:2007-03', 4, 'pay-run.chunk-released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6b657965643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a342c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3537227d2c22736368656d65223a22736368656d653a6b65796564222c226d6f6e7468223a22323030372d3033222c2266726f6d5f6c696e65223a302c22746f5f6c696e65223a312c2270616964223a312c22706572736f6e73223a312c22616d6f756e74223a31327d', 100, '2026-11-27 21:22:01.409949+00', '\x13aef2d1b0d0f4e3d95302b4e430963209c6d2c392993a3e121c3d11c15fee99'),
	('scheme:price', 1, 'scheme.adopted.v1', '\x7b226f726967696e61746f725f6964223a22736368656d653a7072696365222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3236227d2c227469746c65223a22e8a1a5e58aa9222c2270726f6772616d6d65223a227072696365222c22707572706f7365223a226169642d706f6f72222c22706572223a22706572736f6e222c2270617973223a226d6f6e74686c79222c22666f726d756c61223a22666c6174222c22666f6c6c6f7773223a22736368656d653a6c6f77222c227261746573223a5b7b2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22616d6f756e74223a322c22617574686f72697479223a22e5b882e694bfe5ba9ce4bba4e7acac31e58fb7227d5d7d', 55, '2026-11-27 21:22:00.912011+00', '\x70bd2dbfbadaf625577f423ef80ef8d29b08e6cc2e87e682dd7b4d71b700d87d'),
	('pay-run:low:2007-03', 2, 'pay-run.reviewed.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3033222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a2272657669657765722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3239227d2c22646967657374223a2232363639623631386633306561386135663864663531356238663664653262363636393034326439396235333430653130643561383236633732653234643466227d', 61, '2026-11-27 21:22:01.028465+00', '\x588b426997030e90487f44f391e831a7c3d521d369bb6e3a59707f3025cc85da'),
	('pay-run:price:2007-03', 1, 'pay-run.drawn-up.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3033222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3333227d2c22736368656d65223a22736368656d653a7072696365222c2270726f6772616d6d65223a227072696365222c22707572706f7365223a226169642d706f6f72222c226d6f6e7468223a22323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c22726f6c6c5f6174223a36372c22636f756e74223a322c22706572736f6e73223a322c22746f74616c223a342c22646967657374223a2230643534336337396536323735393638646666376263343038313239313665643032636539383036653537643530666638643531363531346662316139636435222c2268656c645f6261636b223a307d', 68, '2026-11-27 21:22:01.091935+00', '\x1970a430ea72dfebb025d7096e5d40cd9dc32dda7880d153f1a24a38333796e2'),
	('payment:price:2007-03:b8b82e2fb4d872c89e0a', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a70726963653a323030372d30333a6238623832653266623464383732633839653061222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3336227d2c2272756e223a227061792d72756e3a70726963653a323030372d3033222c22736368656d65223a22736368656d653a7072696365222c2270726f6772616d6d65223a227072696365222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a322c22726174655f66726f6d223a22323030362d30312d3031227d', 72, '2026-11-27 21:22:01.136907+00', '\xf6580b14e10a9f504c0a69e34d16ff8e55dc5c1a14fa025d8d6950f3dc2235a3'),
	('payment:price:2007-03:c115f44f37f58a50b8ba', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a70726963653a323030372d30333a6331313566343466333766353861353062386261222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3336227d2c2272756e223a227061792d72756e3a70726963653a323030372d3033222c22736368656d65223a22736368656d653a7072696365222c2270726f6772616d6d65223a227072696365222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a322c22726174655f66726f6d223a22323030362d30312d3031227d', 73, '2026-11-27 21:22:01.136907+00', '\x0ef674d2bd43b2b110993a8cfe765db27bb6c943a6388277f899a064367559f4'),
	('pay-run:price:2007-03', 4, 'pay-run.chunk-released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3033222c226f726967696e61746f725f76657273696f6e223a342c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3336227d2c22736368656d65223a22736368656d653a7072696365222c226d6f6e7468223a22323030372d3033222c2266726f6d5f6c696e65223a302c22746f5f6c696e65223a322c2270616964223a322c22706572736f6e73223a322c22616d6f756e74223a347d', 74, '2026-11-27 21:22:01.136907+00', '\xad5f0a7009218e3b6118f1830c9e287dc615397c07cc0d3603553c766399f20a'),
	('pay-run:price:2007-03', 5, 'pay-run.released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3033222c226f726967696e61746f725f76657273696f6e223a352c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3336227d2c2270616964223a322c22706169645f706572736f6e73223a322c22706169645f616d6f756e74223a347d', 75, '2026-11-27 21:22:01.136907+00', '\x0864a977e4c5149b16f4d26d307a72b12016f620c02105162c712b9e040f2371'),
	('pay-run:low:2007-04', 2, 'pay-run.reviewed.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3034222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a2272657669657765722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3339227d2c22646967657374223a2235303437343831363530306163396234643164373862653530656636613064623739323433626238616261323835633565633037306366336565373332363230227d', 78, '2026-11-27 21:22:01.18321+00', '\x72e7afe51403024dde59585d87e50fc87c867892604815ad374dc08f10cdab15'),
	('pay-run:price:2007-04', 2, 'pay-run.reviewed.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3034222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a2272657669657765722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3432227d2c22646967657374223a2237653837633564666639313337393235316661333631393731303466373836666231383762656136393836656661346666626264366139656531623962333665227d', 82, '2026-11-27 21:22:01.217008+00', '\x47e57e24a8c94cba842a90bea3e738fa1e5224dc2c42302150befabe3d661bb4'),
	('fund:gifts', 1, 'fund.opened.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a6769667473222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3435227d2c227469746c65223a22e69591e58aa9e8b584e98791222c226b696e64223a2266697363616c222c226261736973223a2263617368222c226b6565706572223a226f7267616e69736174696f6e3a636976696c2d616666616972732d627572656175222c22707572706f736573223a5b226169642d706f6f72225d7d', 86, '2026-11-27 21:22:01.250648+00', '\x0a04e94b1b7a19137c4ea52cc26c9e852035f17dc6e8e175f23a9b321b70f8e5'),
	('fund:gifts', 2, 'fund.gathered.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a6769667473222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3136222c22626f6f6b6564223a22323030372d30332d3136222c226b6579223a2273746f72792d3438227d2c226561726d61726b223a2267656e6572616c222c227468726f756768223a22323030372d30332d3135222c22616d6f756e74223a3830307d', 89, '2026-11-27 21:22:01.281519+00', '\xd19e47063e08cb7745fb03141e944dfeb50360881e42a0518d6b14a6402db101'),
	('person:sealed-1', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a7365616c65642d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3530227d7d', 91, '2026-11-27 21:22:01.313644+00', '\x1694ea5ddfa6ff9eafb9b8998145cd9ddbb5bdae53bd51f3dd4e6e2326b1eae9'),
	('entitlement:keyed-1', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6b657965642d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3533227d2c22686f6c646572223a22706572736f6e3a7365616c65642d31222c2270726f6772616d6d65223a226b65796564222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a6b65796564227d', 94, '2026-11-27 21:22:01.349703+00', '\x8236de5616d60f5e77081570727ab3ce8e385488ebe481078b3e61d755fee53e'),
	('fund:x', 12, 'fund.committed.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a31322c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3536227d2c22616d6f756e74223a31322c226561726d61726b223a2267656e6572616c222c22746f223a227061792d72756e3a6b657965643a323030372d3033222c22707572706f7365223a226169642d706f6f72222c226361757365223a227061792d72756e3a6b657965643a323030372d3033227d', 97, '2026-11-27 21:22:01.393989+00', '\x16b607ab4976bfcf0428ceca83854a7abdb08b4140609205c5ad70ec3efbdea4'),
	('pay-run:keyed:2007-03', 3, 'pay-run.approved.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6b657965643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3536227d2c22646967657374223a2261373163366461656234376464663662613036396535303935313166313963393337353632616566373562343233323563386239633633376461396263643763227d', 98, '2026-11-27 21:22:01.393989+00', '\xfcd39f02c810fdbe6ff29ae7e9f2d853d42a2d65ff25cba3627e0b644d6a82ac'),
	('pay-run:keyed:2007-03', 6, 'pay-run.settled.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6b657965643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a362c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3538227d2c2262616e6b5f726566223a22e59b9ee79b982d31227d', 102, '2026-11-27 21:22:01.417162+00', '\x36a0dd0c1d09e1e96146a5ded440c1ec2535762c42878a85ab769e84c221d08d'),
	('webhook:receiver', 1, 'webhook.added.v1', '\x7b226f726967696e61746f725f6964223a22776562686f6f6b3a7265636569766572222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3630227d2c2275726c223a2268747470733a2f2f72656365697665722e6578616d706c652e6f72672f6e657773222c227a6f6e65223a227075626c6963222c22746f706963223a222a227d', 104, '2026-11-27 21:22:01.908342+00', '\xa1e8cec445edfc5e594eb717f3b0788f4545295c164e2b49c85bfb731cc66159'),
	('pay-run:price:2007-04', 1, 'pay-run.drawn-up.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3034222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3431227d2c22736368656d65223a22736368656d653a7072696365222c2270726f6772616d6d65223a227072696365222c22707572706f7365223a226169642d706f6f72222c226d6f6e7468223a22323030372d3034222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c22726f6c6c5f6174223a38302c22636f756e74223a322c22706572736f6e73223a322c22746f74616c223a342c22646967657374223a2237653837633564666639313337393235316661333631393731303466373836666231383762656136393836656661346666626264366139656531623962333665222c2268656c645f6261636b223a307d', 81, '2026-11-27 21:22:01.204646+00', '\x19591ffab42857b0ba561064d540507833e433f73b3de76ae80fac730db2055a'),
	('role:fundraiser-1', 1, 'role.granted.v1', '\x7b226f726967696e61746f725f6964223a22726f6c653a66756e647261697365722d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3434227d2c2277686f223a2266756e647261697365722d31222c22726f6c65223a2266756e64726169736572222c22726f6c6573223a5b2266756e64726169736572225d7d', 85, '2026-11-27 21:22:01.235638+00', '\x711a29773e1fcff65c0a3da127ba4b2e219f338b440dfe2cce2287a32ec54e95'),
	('donation:d-2', 1, 'donation.received.v1', '\x7b226f726967696e61746f725f6964223a22646f6e6174696f6e3a642d32222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a2266756e647261697365722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3437227d2c2266756e64223a2266756e643a6769667473222c226561726d61726b223a2267656e6572616c222c22616d6f756e74223a3330302c226e616d655f73686f776e223a66616c73652c226b6565706572223a226f7267616e69736174696f6e3a636976696c2d616666616972732d627572656175227d', 88, '2026-11-27 21:22:01.260555+00', '\xcb8237e02c93707ab025bc40467efb50bc11e52d634d0b52d186300d623e1805');
INSERT INTO ledger.events VALUES
	('scheme:keyed', 1, 'scheme.adopted.v1', '\x7b226f726967696e61746f725f6964223a22736368656d653a6b65796564222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3439227d2c227469746c65223a22e8a1a5e58aa9222c2270726f6772616d6d65223a226b65796564222c22707572706f7365223a226169642d706f6f72222c22706572223a22706572736f6e222c2270617973223a226d6f6e74686c79222c22666f726d756c61223a22666c6174222c227261746573223a5b7b2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22616d6f756e74223a31322c22617574686f72697479223a22e5b882e694bfe5ba9ce4bba4e7acac31e58fb7227d5d7d', 90, '2026-11-27 21:22:01.286424+00', '\xe1c79af2c64b190c51190084d896e27731be73c834646efd0379e690558487eb'),
	('person:sealed-2', 2, 'person.erased.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a7365616c65642d32222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3532227d7d', 93, '2026-11-27 21:22:01.330911+00', '\x24e1cbdd2ec49b17aece4550a6fcf9e44e1dfc6e18f894d6e66c97c6b07951fa'),
	('pay-run:keyed:2007-03', 2, 'pay-run.reviewed.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6b657965643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a2272657669657765722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3535227d2c22646967657374223a2261373163366461656234376464663662613036396535303935313166313963393337353632616566373562343233323563386239633633376461396263643763227d', 96, '2026-11-27 21:22:01.387375+00', '\xe6bfdb4e44739ef271d7beb268690e1ca20be8778e4043fcc26963a06a1aeace'),
	('role:auditor-1', 1, 'role.granted.v1', '\x7b226f726967696e61746f725f6964223a22726f6c653a61756469746f722d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3539227d2c2277686f223a2261756469746f722d31222c22726f6c65223a2261756469746f72222c22726f6c6573223a5b2261756469746f72225d7d', 103, '2026-11-27 21:22:01.835664+00', '\x70196738267d79453e497de4e810dfc37ef91230e07f0ea1500ac5490a4dd412');


--
-- Data for Name: format; Type: TABLE DATA; Schema: ledger; Owner: mingzhang_append
--

INSERT INTO ledger.format VALUES
	(9);


--
-- Data for Name: gate; Type: TABLE DATA; Schema: ledger; Owner: mingzhang_append
--



--
-- Data for Name: identity; Type: TABLE DATA; Schema: ledger; Owner: mingzhang_append
--

INSERT INTO ledger.identity VALUES
	(true, 'fb08d60c-2733-4dc6-b27b-b71c3ce72d82', '440300', 'Asia/Shanghai');


--
-- Data for Name: keys; Type: TABLE DATA; Schema: ledger; Owner: mingzhang_append
--

INSERT INTO ledger.keys VALUES
	('master-key', 'bdf978a2d76429bec909d32eaa9316e7'),
	('content-key', '2963305f6b5105026e0a36f124a62a71'),
	('scheme:keyed', '7cd767213beb1fe635d7bba0e51804de'),
	('token-key', '4a4b26b51fcca8bf2ef62eca57bb17ca');


--
-- Data for Name: periods; Type: TABLE DATA; Schema: ledger; Owner: mingzhang_append
--

INSERT INTO ledger.periods VALUES
	('2005-12-31', '2005-12-31');


--
-- Data for Name: receipts; Type: TABLE DATA; Schema: ledger; Owner: mingzhang_append
--

INSERT INTO ledger.receipts VALUES
	('story-1', '\x7de20613d570d668dd28394817b10d6849d4cc44af7be57d44d0644eb1a71871', 1, '2026-11-27 21:21:59.641297+00', '\x7b226f7264657273223a5b7b227375626a656374223a22726f6c653a636c65726b2d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22726f6c652e6772616e746564222c22726f6c653a636c65726b2d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-2', '\x9b0a9b958dde65f79fe6c933741b4a705cac1236d5ff3a72d4866ae660f9419f', 2, '2026-11-27 21:21:59.676005+00', '\x7b226f7264657273223a5b7b227375626a656374223a22726f6c653a72657669657765722d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22726f6c652e6772616e746564222c22726f6c653a72657669657765722d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-3', '\xd68b901c462cb7057363dc58d770623203e3e33e5fd94d68deb5798b3866d0a5', 3, '2026-11-27 21:21:59.691135+00', '\x7b226f7264657273223a5b7b227375626a656374223a22726f6c653a617070726f7665722d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22726f6c652e6772616e746564222c22726f6c653a617070726f7665722d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-4', '\x149c099ff5fa50f757d4236021ef886ed371bd04ca37f73afc3fd4f6eed9323c', 4, '2026-11-27 21:21:59.702754+00', '\x7b226f7264657273223a5b7b227375626a656374223a22726f6c653a7472656173757265722d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22726f6c652e6772616e746564222c22726f6c653a7472656173757265722d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-5', '\x06bd4f78514029620e83b79b0a26ddb2c6876ecff560d235c8987efe60fdeb2d', 5, '2026-11-27 21:21:59.714012+00', '\x7b226f7264657273223a5b7b227375626a656374223a22726f6c653a7472656173757265722d32222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22726f6c652e6772616e746564222c22726f6c653a7472656173757265722d32222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-6', '\xdc5c8b80f6b48c2684f0e305723ae1e5dd71604727f0ee10eb653f836dcccb89', 6, '2026-11-27 21:21:59.722534+00', '\x7b226f7264657273223a5b7b227375626a656374223a2266756e643a78222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b2266756e642e6f70656e6564222c2266756e643a78222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-7', '\x7042fe68b48a61c04d0ed647d70609e6167a473e88bb98e681d36f8ca7110f2f', 7, '2026-11-27 21:21:59.737158+00', '\x7b226f7264657273223a5b7b227375626a656374223a2266756e643a78222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b2266756e642e7265636569766564222c2266756e643a78222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-8', '\x04738aaf71857e5430de378db0f463f244d71e3875294263b1716fbf3a1e04e8', 8, '2026-11-27 21:21:59.758757+00', '\x7b226f7264657273223a5b7b227375626a656374223a22617265613a63697479222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22617265612e6f70656e6564222c22617265613a63697479222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-9', '\x659061e1c0ad7c2f220fa3820a19028fe9d9e665f04ff3eb18576ec2409f2133', 9, '2026-11-27 21:21:59.768819+00', '\x7b226f7264657273223a5b7b227375626a656374223a22736368656d653a616964222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22736368656d652e61646f70746564222c22736368656d653a616964222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-10', '\x4c17b842cd5686eeb0e3ee4d3b07afb75e2ea682aa8844c4777e21818f6629ff', 10, '2026-11-27 21:21:59.794117+00', '\x7b226f7264657273223a5b7b227375626a656374223a22706572696f643a32303035222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22706572696f642e736f66742d636c6f736564222c22706572696f643a32303035222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-11', '\xbe2214e8d68f018620e1c9147ccf3611bcf28a0427f6d739f11ba2de322b91fa', 11, '2026-11-27 21:21:59.811042+00', '\x7b226f7264657273223a5b7b227375626a656374223a22706572696f643a32303035222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b22706572696f642e636c6f736564222c22706572696f643a32303035222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-12', '\xef0ee0109ef1a4eb4c38952a5b8b97e6e88663ccbcdfed6a2325bee4d20eb175', 12, '2026-11-27 21:22:00.190947+00', '\x7b226f7264657273223a5b7b227375626a656374223a22706572736f6e3a6169642d303030303030222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6169642d303030303030222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303030222c2276657273696f6e223a312c227374617274223a312c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6169642d303030303030222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22706572736f6e3a6169642d303030303031222c2276657273696f6e223a312c227374617274223a322c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6169642d303030303031222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303031222c2276657273696f6e223a312c227374617274223a332c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6169642d303030303031222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22706572736f6e3a6169642d303030303032222c2276657273696f6e223a312c227374617274223a342c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6169642d303030303032222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303032222c2276657273696f6e223a312c227374617274223a352c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6169642d303030303032222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22706572736f6e3a6169642d303030303033222c2276657273696f6e223a312c227374617274223a362c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6169642d303030303033222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303033222c2276657273696f6e223a312c227374617274223a372c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6169642d303030303033222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22706572736f6e3a6169642d303030303034222c2276657273696f6e223a312c227374617274223a382c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6169642d303030303034222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303034222c2276657273696f6e223a312c227374617274223a392c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6169642d303030303034222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22706572736f6e3a6169642d303030303035222c2276657273696f6e223a312c227374617274223a31302c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6169642d303030303035222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303035222c2276657273696f6e223a312c227374617274223a31312c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6169642d303030303035222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22706572736f6e3a6169642d303030303036222c2276657273696f6e223a312c227374617274223a31322c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6169642d303030303036222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303036222c2276657273696f6e223a312c227374617274223a31332c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6169642d303030303036222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a747275657d'),
	('story-13', '\x546480cda09f0bd6876f96a55b72ff808be594151ed179d3be2af51c59d79e4f', 26, '2026-11-27 21:22:00.334451+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6169643a323030372d3033222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e647261776e2d7570222c227061792d72756e3a6169643a323030372d3033222c315d5d2c226578747261223a7b22726f6c6c5f6174223a32352c22636f756e74223a372c22706572736f6e73223a7b2276616c7565223a372c22756e6974223a22706572736f6e227d2c22746f74616c223a7b2276616c7565223a37302c22756e6974223a2266656e227d2c22646967657374223a2231636263336466323832396638396530356530313864366366663162646639386264383133666233356236333736366234356163333336316461643065323232222c2268656c645f6261636b223a307d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-14', '\x7b2b060d48a9dd7c9c18ed7467008c2f7ba2bbb1ae906845377a2e68e5f8ffe6', 27, '2026-11-27 21:22:00.344765+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6169643a323030372d3033222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e7265766965776564222c227061792d72756e3a6169643a323030372d3033222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-15', '\xeb0a93a16c8357ddf0d4250516be6f18f4b3a1cfb699d3389c9d94f30eedbb1e', 28, '2026-11-27 21:22:00.348218+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6169643a323030372d3033222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b2266756e642e636f6d6d6974746564222c2266756e643a78222c335d2c5b227061792d72756e2e617070726f766564222c227061792d72756e3a6169643a323030372d3033222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-16', '\xe909d3c1b9633034197fc2def9cb79793325c0377725e285afb3b49daa40e485', 30, '2026-11-27 21:22:00.373896+00', '\x7b226f7264657273223a5b7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303033222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b22656e7469746c656d656e742e73746f70706564222c22656e7469746c656d656e743a6169642d303030303033222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-17', '\x9cddc6158d4e28843a67f68d76baab5399090446f4ceda8b9c7b0567bade1836', 31, '2026-11-27 21:22:00.610189+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6169643a323030372d3033222c2276657273696f6e223a352c227374617274223a362c226576656e7473223a5b5b227061792d72756e2e6368756e6b2d72656c6561736564222c227061792d72756e3a6169643a323030372d3033222c345d2c5b227061792d72756e2e72656c6561736564222c227061792d72756e3a6169643a323030372d3033222c355d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-18', '\x3404cf5395b24f36150dfba291e846ebacc7744cfb9dac5cb5ee3ac08a7ae1bd', 39, '2026-11-27 21:22:00.620428+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6169643a323030372d3033222c2276657273696f6e223a362c227374617274223a302c226576656e7473223a5b5b227061796d656e742e72657475726e6564222c227061796d656e743a6169643a323030372d30333a3033633566333465633338386235313730623131222c325d2c5b227061796d656e742e72657475726e6564222c227061796d656e743a6169643a323030372d30333a3138363733373933353634303466333134653261222c325d2c5b2266756e642e756e636f6d6d6974746564222c2266756e643a78222c345d2c5b227061792d72756e2e736574746c6564222c227061792d72756e3a6169643a323030372d3033222c365d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-19', '\x52166ae8076e245a6a42a450f3a96815e8617d9aec14f820a93841ae72f07410', 43, '2026-11-27 21:22:00.688904+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061796d656e743a6169643a323030372d30333a3033633566333465633338386235313730623131222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b227061796d656e742e7265697373756564222c227061796d656e743a6169643a323030372d30333a3033633566333465633338386235313730623131222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-20', '\xc562ac6e98fdd3c651b553f682d5f08da2d2c9842f92c617618a18eeda14d8b0', 44, '2026-11-27 21:22:00.759097+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061796d656e743a6169643a323030372d30333a3138363733373933353634303466333134653261222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b2266756e642e7265636f7665726564222c2266756e643a78222c355d2c5b227061796d656e742e7772697474656e2d6261636b222c227061796d656e743a6169643a323030372d30333a3138363733373933353634303466333134653261222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-21', '\xaa40a3e559217cd66e7f6a32256241dd06e617848056a701578411135e71cc93', 46, '2026-11-27 21:22:00.828757+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061796d656e743a6169643a323030372d30333a3539323566633863343765613662663363366434222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b2266756e642e636f6d6d6974746564222c2266756e643a78222c365d2c5b227061796d656e742e737570706c656d656e746564222c227061796d656e743a6169643a323030372d30333a3539323566633863343765613662663363366434222c325d2c5b227061796d656e742e6d616465222c227061796d656e743a6169643a323030372d30333a6133626335663234653461633962336338353739222c315d5d2c226578747261223a7b227061796d656e74223a227061796d656e743a6169643a323030372d30333a6133626335663234653461633962336338353739227d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-22', '\xd2df4fdf47b6d2944170ee626e40a41413da56a9c04b70a739e6ab51dc1f7488', 49, '2026-11-27 21:22:00.831361+00', '\x7b226f7264657273223a5b7b227375626a656374223a227265636f766572793a762d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b227061796d656e742e6f76657270616964222c227061796d656e743a6169643a323030372d30333a3964393062656362323863393737313736623337222c325d2c5b227265636f766572792e65737461626c6973686564222c227265636f766572793a762d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-23', '\xbca7b44e0088a40e712523cac9405473e4370b64d320ef2a6c7d62ad726df4b5', 51, '2026-11-27 21:22:00.857348+00', '\x7b226f7264657273223a5b7b227375626a656374223a227265636f766572793a762d31222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b2266756e642e7265636f7665726564222c2266756e643a78222c375d2c5b227265636f766572792e7265636569766564222c227265636f766572793a762d31222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-24', '\xea62daf15b3974a6a5c971833ab305514fdb3f7ca952dbefeb500f9dbae578aa', 53, '2026-11-27 21:22:00.871888+00', '\x7b226f7264657273223a5b7b227375626a656374223a227265636f766572793a762d31222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b227265636f766572792e7772697474656e2d6f6666222c227265636f766572793a762d31222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-25', '\x97621ce8e2f530b260e4b763c21d76a283f5d88c12c9853c603d4425225d6de5', 54, '2026-11-27 21:22:00.873736+00', '\x7b226f7264657273223a5b7b227375626a656374223a22736368656d653a6c6f77222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22736368656d652e61646f70746564222c22736368656d653a6c6f77222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-26', '\x98b82bd67f8a8666582fa873772263a0a78c67539dbe88073ff1bec5ce1ea981', 55, '2026-11-27 21:22:00.912011+00', '\x7b226f7264657273223a5b7b227375626a656374223a22736368656d653a7072696365222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22736368656d652e61646f70746564222c22736368656d653a7072696365222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-28', '\x739b56dbc7edc2c959a1a19057ffa06a861c38b01b6b1381f227cdac03aec157', 60, '2026-11-27 21:22:01.014924+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3033222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e647261776e2d7570222c227061792d72756e3a6c6f773a323030372d3033222c315d5d2c226578747261223a7b22726f6c6c5f6174223a35392c22636f756e74223a312c22706572736f6e73223a7b2276616c7565223a322c22756e6974223a22706572736f6e227d2c22746f74616c223a7b2276616c7565223a36302c22756e6974223a2266656e227d2c22646967657374223a2232363639623631386633306561386135663864663531356238663664653262363636393034326439396235333430653130643561383236633732653234643466222c2268656c645f6261636b223a307d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-27', '\x4a28d33f918de56d8ca84dc7e466ca429d9506ed0025683b3582bb381d47bdba', 56, '2026-11-27 21:22:00.94246+00', '\x7b226f7264657273223a5b7b227375626a656374223a22706572736f6e3a6c6f772d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6c6f772d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22706572736f6e3a6c6f772d32222c2276657273696f6e223a312c227374617274223a312c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6c6f772d32222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22686f757365686f6c643a682d31222c2276657273696f6e223a312c227374617274223a322c226576656e7473223a5b5b22686f757365686f6c642e666f726d6564222c22686f757365686f6c643a682d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6c6f77222c2276657273696f6e223a312c227374617274223a332c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6c6f77222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a747275657d'),
	('story-30', '\x72c1f48134d07db9594168f4782ff587725721cd9f9e54de39dbe0290599ce32', 62, '2026-11-27 21:22:01.030253+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3033222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b2266756e642e636f6d6d6974746564222c2266756e643a78222c385d2c5b227061792d72756e2e617070726f766564222c227061792d72756e3a6c6f773a323030372d3033222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-32', '\x2c1670f9d608d0506957b598c34c1cb973f0d9cc1e61773463c4de9d5ca758c7', 67, '2026-11-27 21:22:01.077825+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3033222c2276657273696f6e223a362c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e736574746c6564222c227061792d72756e3a6c6f773a323030372d3033222c365d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-35', '\xd7f44bcad19bd1a848a6099dba8c0e66d55c2c1498e922883cd05b820099eade', 70, '2026-11-27 21:22:01.107198+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3033222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b2266756e642e636f6d6d6974746564222c2266756e643a78222c395d2c5b227061792d72756e2e617070726f766564222c227061792d72756e3a70726963653a323030372d3033222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-37', '\xbf38f0c6e8885952a4cd34a1ca76b0c3363d109922a0defe2addd2249a109fcc', 76, '2026-11-27 21:22:01.140142+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3033222c2276657273696f6e223a362c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e736574746c6564222c227061792d72756e3a70726963653a323030372d3033222c365d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-40', '\xcd6e8ce5359fef22f84e75e624da9a0073fc72c1e3e16aaa8411fc14f1580f54', 79, '2026-11-27 21:22:01.18737+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3034222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b2266756e642e636f6d6d6974746564222c2266756e643a78222c31305d2c5b227061792d72756e2e617070726f766564222c227061792d72756e3a6c6f773a323030372d3034222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-43', '\x2dae885ee79a1f575d1fab73aaf6776bb0a981a659e963532324ba1dd7a63eaa', 83, '2026-11-27 21:22:01.227336+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3034222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b2266756e642e636f6d6d6974746564222c2266756e643a78222c31315d2c5b227061792d72756e2e617070726f766564222c227061792d72756e3a70726963653a323030372d3034222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-46', '\xba1705253c09c938ff8beefa28211d5e467ab06e9e9b7ee74be6d40d9f272c7b', 87, '2026-11-27 21:22:01.254052+00', '\x7b226f7264657273223a5b7b227375626a656374223a22646f6e6174696f6e3a642d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22646f6e6174696f6e2e7265636569766564222c22646f6e6174696f6e3a642d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-51', '\xe19b130ce11714154ca041b79086b7383c98880fba6ebc1427462a08c9ecc7a2', 92, '2026-11-27 21:22:01.323337+00', '\x7b226f7264657273223a5b7b227375626a656374223a22706572736f6e3a7365616c65642d32222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a7365616c65642d32222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-54', '\x9cfa51e42092beeadaf02169d92558ad6676c2365e77f5f7ce0172b9a10c1268', 95, '2026-11-27 21:22:01.37553+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6b657965643a323030372d3033222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e647261776e2d7570222c227061792d72756e3a6b657965643a323030372d3033222c315d5d2c226578747261223a7b22726f6c6c5f6174223a39342c22636f756e74223a312c22706572736f6e73223a7b2276616c7565223a312c22756e6974223a22706572736f6e227d2c22746f74616c223a7b2276616c7565223a31322c22756e6974223a2266656e227d2c22646967657374223a2261373163366461656234376464663662613036396535303935313166313963393337353632616566373562343233323563386239633633376461396263643763222c2268656c645f6261636b223a307d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-57', '\x5874bcb1d0c2f970a1abb25c897d7c0462d8e63286db06c26f24bc71c2a6cdd2', 99, '2026-11-27 21:22:01.409949+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6b657965643a323030372d3033222c2276657273696f6e223a352c227374617274223a312c226576656e7473223a5b5b227061792d72756e2e6368756e6b2d72656c6561736564222c227061792d72756e3a6b657965643a323030372d3033222c345d2c5b227061792d72756e2e72656c6561736564222c227061792d72756e3a6b657965643a323030372d3033222c355d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-29', '\x1c5542279588e5142b8adf9b803078c845c06d1cb0ee3533529eb40b3935c4b8', 61, '2026-11-27 21:22:01.028465+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3033222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e7265766965776564222c227061792d72756e3a6c6f773a323030372d3033222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-33', '\x3716e97d2e16fb23d919fea8e567fc838dcf9c983e82fa40fac80ddd7a991fec', 68, '2026-11-27 21:22:01.091935+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3033222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e647261776e2d7570222c227061792d72756e3a70726963653a323030372d3033222c315d5d2c226578747261223a7b22726f6c6c5f6174223a36372c22636f756e74223a322c22706572736f6e73223a7b2276616c7565223a322c22756e6974223a22706572736f6e227d2c22746f74616c223a7b2276616c7565223a342c22756e6974223a2266656e227d2c22646967657374223a2230643534336337396536323735393638646666376263343038313239313665643032636539383036653537643530666638643531363531346662316139636435222c2268656c645f6261636b223a307d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-36', '\x84e0e8f7cafadcd520237a28d5cb7be555eae49037bf5874a4b0d9695f83b792', 72, '2026-11-27 21:22:01.136907+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3033222c2276657273696f6e223a352c227374617274223a322c226576656e7473223a5b5b227061792d72756e2e6368756e6b2d72656c6561736564222c227061792d72756e3a70726963653a323030372d3033222c345d2c5b227061792d72756e2e72656c6561736564222c227061792d72756e3a70726963653a323030372d3033222c355d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-39', '\x35edacac0cbbc82b865d512af63990bfd7a7ef927d7cbef208a19155c7b59854', 78, '2026-11-27 21:22:01.18321+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3034222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e7265766965776564222c227061792d72756e3a6c6f773a323030372d3034222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-42', '\x6c0ee2d2d3690582afe71cbd9475d97b6c7260e5e1701c0d2b5479b74ef33b85', 82, '2026-11-27 21:22:01.217008+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3034222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e7265766965776564222c227061792d72756e3a70726963653a323030372d3034222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-45', '\x9d6dee80b9db3cd9a7f33e157fdb56e370f2c4532b45d83441b10ac86f0e2b5e', 86, '2026-11-27 21:22:01.250648+00', '\x7b226f7264657273223a5b7b227375626a656374223a2266756e643a6769667473222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b2266756e642e6f70656e6564222c2266756e643a6769667473222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-48', '\xb5b4bebc695711fa6bc377a7aa941b0abde9286faba208e1fdc973d7358d17f1', 89, '2026-11-27 21:22:01.281519+00', '\x7b226f7264657273223a5b7b227375626a656374223a2266756e643a6769667473222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b2266756e642e6761746865726564222c2266756e643a6769667473222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-50', '\x1409370322c9cd1da0c97e71b9a9157b6222f7f07c6a6d71613a45c965c31936', 91, '2026-11-27 21:22:01.313644+00', '\x7b226f7264657273223a5b7b227375626a656374223a22706572736f6e3a7365616c65642d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a7365616c65642d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-53', '\x0e573ca098f0f7475de52939694935159117ef405681acd97f6938f17f3f41fb', 94, '2026-11-27 21:22:01.349703+00', '\x7b226f7264657273223a5b7b227375626a656374223a22656e7469746c656d656e743a6b657965642d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6b657965642d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-56', '\x3a9d7538ca8309a3f360d6e7b6e055c5d5565fd6828b9febb2b5a577b9f7c72f', 97, '2026-11-27 21:22:01.393989+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6b657965643a323030372d3033222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b2266756e642e636f6d6d6974746564222c2266756e643a78222c31325d2c5b227061792d72756e2e617070726f766564222c227061792d72756e3a6b657965643a323030372d3033222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-58', '\x8a42e04f0df2e758fc817f66ffda15f57d1518956745ecdebd991703e3b088af', 102, '2026-11-27 21:22:01.417162+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6b657965643a323030372d3033222c2276657273696f6e223a362c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e736574746c6564222c227061792d72756e3a6b657965643a323030372d3033222c365d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-60', '\x792932bd791cbb466c9ca35b03e3e50a97afdedd9befe4537f3fa7117be6d95d', 104, '2026-11-27 21:22:01.908342+00', '\x7b226f7264657273223a5b7b227375626a656374223a22776562686f6f6b3a7265636569766572222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22776562686f6f6b2e6164646564222c22776562686f6f6b3a7265636569766572222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d');
INSERT INTO ledger.receipts VALUES
	('story-31', '\x81b18f7a1153f8ead25eeb755a46a61c794766e87c332f878c1774f609b7a682', 64, '2026-11-27 21:22:01.069765+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3033222c2276657273696f6e223a352c227374617274223a312c226576656e7473223a5b5b227061792d72756e2e6368756e6b2d72656c6561736564222c227061792d72756e3a6c6f773a323030372d3033222c345d2c5b227061792d72756e2e72656c6561736564222c227061792d72756e3a6c6f773a323030372d3033222c355d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-34', '\x0b9bdc3f74970c8c396bba41bdc20c9b6b3d0d24ecc16b38c81fca05399f419d', 69, '2026-11-27 21:22:01.098489+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3033222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e7265766965776564222c227061792d72756e3a70726963653a323030372d3033222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-38', '\xf4b73bf55ede02dec4cf2d970752aaf0006c93e7a69807f7946a53efcbf78b33', 77, '2026-11-27 21:22:01.176854+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3034222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e647261776e2d7570222c227061792d72756e3a6c6f773a323030372d3034222c315d5d2c226578747261223a7b22726f6c6c5f6174223a37362c22636f756e74223a312c22706572736f6e73223a7b2276616c7565223a322c22756e6974223a22706572736f6e227d2c22746f74616c223a7b2276616c7565223a36302c22756e6974223a2266656e227d2c22646967657374223a2235303437343831363530306163396234643164373862653530656636613064623739323433626238616261323835633565633037306366336565373332363230222c2268656c645f6261636b223a307d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-41', '\xb32beefdbee179f4a07911ed51b2f5a30e0b43ed30e9244171378a5cb8646dba', 81, '2026-11-27 21:22:01.204646+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3034222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e647261776e2d7570222c227061792d72756e3a70726963653a323030372d3034222c315d5d2c226578747261223a7b22726f6c6c5f6174223a38302c22636f756e74223a322c22706572736f6e73223a7b2276616c7565223a322c22756e6974223a22706572736f6e227d2c22746f74616c223a7b2276616c7565223a342c22756e6974223a2266656e227d2c22646967657374223a2237653837633564666639313337393235316661333631393731303466373836666231383762656136393836656661346666626264366139656531623962333665222c2268656c645f6261636b223a307d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-44', '\xfbcb746732162d59d54c03338dacda5da52c740f7882c01c7577ce2b4f4af7f4', 85, '2026-11-27 21:22:01.235638+00', '\x7b226f7264657273223a5b7b227375626a656374223a22726f6c653a66756e647261697365722d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22726f6c652e6772616e746564222c22726f6c653a66756e647261697365722d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-47', '\x13ff1c826d195a078cc35332bb821d0268b1e9a2b8d8268f644711748ecd2920', 88, '2026-11-27 21:22:01.260555+00', '\x7b226f7264657273223a5b7b227375626a656374223a22646f6e6174696f6e3a642d32222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22646f6e6174696f6e2e7265636569766564222c22646f6e6174696f6e3a642d32222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-49', '\xc822d9dd7e4aeb6f2bfc39cd5f215c517adfde25548445a0ee13355ed1e708f1', 90, '2026-11-27 21:22:01.286424+00', '\x7b226f7264657273223a5b7b227375626a656374223a22736368656d653a6b65796564222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22736368656d652e61646f70746564222c22736368656d653a6b65796564222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-52', '\xddb785d0a9bdffa94771515bc988acb7721b24e8831f7faa3b6027ad5ece01c9', 93, '2026-11-27 21:22:01.330911+00', '\x7b226f7264657273223a5b7b227375626a656374223a22706572736f6e3a7365616c65642d32222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b22706572736f6e2e657261736564222c22706572736f6e3a7365616c65642d32222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-55', '\xff94bb7a9e31d1aa55ce4cc8bf01167fea77e6c3a6c1cdfaa762e6054a8e408a', 96, '2026-11-27 21:22:01.387375+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6b657965643a323030372d3033222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e7265766965776564222c227061792d72756e3a6b657965643a323030372d3033222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-59', '\xaa590aaf23472d6452913ec0accce1fbafe257a5dc60eb8d12cfff037a7dd6b1', 103, '2026-11-27 21:22:01.835664+00', '\x7b226f7264657273223a5b7b227375626a656374223a22726f6c653a61756469746f722d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22726f6c652e6772616e746564222c22726f6c653a61756469746f722d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d');


--
-- Data for Name: rules; Type: TABLE DATA; Schema: ledger; Owner: mingzhang_append
--

INSERT INTO ledger.rules VALUES
	('two-persons', 105);


--
-- Data for Name: topics; Type: TABLE DATA; Schema: ledger; Owner: mingzhang_append
--

INSERT INTO ledger.topics VALUES
	('goods.sold.v1', true, false),
	('fund.gift-corrected.v1', true, false),
	('fund.opened.v1', false, false),
	('fund.brought-in.v1', true, false),
	('fund.received.v1', true, false),
	('fund.allotted.v1', true, false),
	('fund.gathered.v1', true, false),
	('fund.committed.v1', true, false),
	('fund.uncommitted.v1', true, false),
	('fund.recovered.v1', true, false),
	('fund.refunded.v1', true, false),
	('fund.carried-over.v1', true, false),
	('fund.surrendered.v1', true, false),
	('fund.transferred.v1', true, false),
	('fund.transfer-received.v1', true, false),
	('fund.purpose-changed.v1', false, false),
	('fund.reversed.v1', true, false),
	('fund.sale-received.v1', true, false),
	('fund.sale-returned.v1', true, false),
	('scheme.adopted.v1', false, false),
	('scheme.rate-set.v1', false, false),
	('household.formed.v1', false, false),
	('household.joined.v1', false, false),
	('household.left.v1', false, false),
	('household.relocated.v1', false, false),
	('household.join-withdrawn.v1', false, false),
	('household.leave-withdrawn.v1', false, false),
	('person.registered.v1', false, false),
	('person.changed.v1', false, false),
	('person.death-reported.v1', false, false),
	('person.death-withdrawn.v1', false, false),
	('person.erased.v1', false, true),
	('person.admitted.v1', false, false),
	('person.merged.v1', false, false),
	('person.merged-in.v1', false, false),
	('person.proposed.v1', false, false),
	('entitlement.applied.v1', false, false),
	('entitlement.assessed.v1', false, false),
	('entitlement.publicised.v1', false, false),
	('entitlement.granted.v1', false, false),
	('entitlement.brought-in.v1', false, false),
	('entitlement.adjusted.v1', false, false),
	('entitlement.suspended.v1', false, false),
	('entitlement.resumed.v1', false, false),
	('entitlement.stopped.v1', false, false),
	('entitlement.withdrawn.v1', false, false),
	('entitlement.proposed.v1', false, false),
	('pay-run.drawn-up.v1', false, false),
	('pay-run.reviewed.v1', false, false),
	('pay-run.approved.v1', false, false);
INSERT INTO ledger.topics VALUES
	('pay-run.rejected.v1', false, false),
	('pay-run.cancelled.v1', false, false),
	('pay-run.chunk-released.v1', false, false),
	('pay-run.released.v1', false, false),
	('pay-run.settled.v1', false, false),
	('payment.made.v1', true, false),
	('payment.returned.v1', true, false),
	('payment.reissued.v1', true, false),
	('payment.written-back.v1', false, false),
	('payment.supplemented.v1', false, false),
	('payment.redirected.v1', false, false),
	('payment.overpaid.v1', false, false),
	('payment.proposed.v1', false, false),
	('relief.applied.v1', false, false),
	('relief.decided.v1', false, false),
	('relief.rejected.v1', false, false),
	('relief.withdrawn.v1', false, false),
	('relief.paid.v1', true, false),
	('relief.returned.v1', true, false),
	('relief.reissued.v1', true, false),
	('relief.written-back.v1', false, false),
	('relief.overpaid.v1', false, false),
	('relief.proposed.v1', false, false),
	('recovery.established.v1', true, false),
	('recovery.received.v1', false, false),
	('recovery.written-off.v1', true, false),
	('campaign.filed.v1', false, false),
	('campaign.started.v1', false, false),
	('campaign.ended.v1', false, false),
	('donation.pledged.v1', false, false),
	('donation.received.v1', true, false),
	('donation.receipted.v1', false, false),
	('donation.refunded.v1', true, false),
	('donation.corrected.v1', true, false),
	('donation.reversed.v1', true, false),
	('donation.proposed.v1', false, false),
	('goods.issued.v1', true, false),
	('goods.valued.v1', false, false),
	('goods.reversed.v1', true, false),
	('project.opened.v1', false, false),
	('grant.applied.v1', false, false),
	('grant.awarded.v1', true, false),
	('grant.paid.v1', true, false),
	('grant.accounted.v1', true, false),
	('grant.given-back.v1', true, false),
	('grant.closed.v1', true, false),
	('grant.reversed.v1', true, false),
	('lottery.reversed.v1', true, false),
	('lottery.sales-reported.v1', false, false),
	('lottery.extracted.v1', false, false);
INSERT INTO ledger.topics VALUES
	('lottery.remitted.v1', false, false),
	('organisation.registered.v1', false, false),
	('organisation.recorded.v1', false, false),
	('organisation.brought-in.v1', false, false),
	('organisation.changed.v1', false, false),
	('organisation.report-filed.v1', false, false),
	('organisation.deregistered.v1', false, false),
	('organisation.revoked.v1', false, false),
	('worker.registered.v1', false, false),
	('worker.graded.v1', false, false),
	('worker.appointed.v1', false, false),
	('facility.planned.v1', false, false),
	('facility.opened.v1', false, false),
	('facility.brought-in.v1', false, false),
	('facility.resized.v1', false, false),
	('facility.closed.v1', false, false),
	('facility.occupied.v1', false, false),
	('facility.vacated.v1', false, false),
	('contract.signed.v1', true, false),
	('contract.month-confirmed.v1', false, false),
	('contract.paid.v1', true, false),
	('contract.evaluated.v1', false, false),
	('contract.ended.v1', true, false),
	('contract.reversed.v1', true, false),
	('placement.admitted.v1', false, false),
	('placement.brought-in.v1', false, false),
	('placement.assisted.v1', false, false),
	('placement.transferred.v1', false, false),
	('placement.discharged.v1', false, false),
	('veteran.received.v1', false, false),
	('veteran.placed.v1', false, false),
	('veteran.self-employment-chosen.v1', false, false),
	('veteran.trained.v1', false, false),
	('registration.entered.v1', false, false),
	('registration.annulled.v1', false, false),
	('registration.inspected.v1', false, false),
	('entry.opened.v1', false, false),
	('entry.brought-in.v1', false, false),
	('entry.changed.v1', false, false),
	('entry.ended.v1', false, false),
	('honour.conferred.v1', false, false),
	('honour.withdrawn.v1', false, false),
	('tally.reversed.v1', true, false),
	('tally.reported.v1', false, false),
	('statement.reversed.v1', true, false),
	('statement.recorded.v1', false, false),
	('rule.reversed.v1', true, false),
	('rule.enacted.v1', false, false),
	('area.opened.v1', false, false),
	('area.moved.v1', false, false);
INSERT INTO ledger.topics VALUES
	('area.closed.v1', false, false),
	('role.proposed.v1', false, false),
	('role.granted.v1', false, false),
	('role.withdrawn.v1', false, false),
	('period.soft-closed.v1', false, false),
	('period.closed.v1', false, false),
	('period.reopened.v1', false, false),
	('period.books-reopened.v1', false, false),
	('period.proposed.v1', false, false),
	('webhook.added.v1', false, false),
	('webhook.rotated.v1', false, true),
	('webhook.resumed.v1', false, false),
	('webhook.removed.v1', false, true),
	('proposal.confirmed.v1', false, false),
	('proposal.rejected.v1', false, false),
	('vault.read.v1', false, false),
	('bank-account.opened.v1', false, false),
	('bank-account.tied.v1', false, false),
	('bank-account.stated.v1', false, false),
	('bank-statement.recorded.v1', false, false),
	('bank-statement.matched.v1', false, false),
	('bank-statement.unmatched.v1', false, false),
	('publication.published.v1', false, false),
	('budget.adopted.v1', false, false),
	('budget.adjusted.v1', false, false),
	('budget.proposed.v1', false, false);


--
-- Data for Name: drafts; Type: TABLE DATA; Schema: office; Owner: mingzhang_app
--



--
-- Data for Name: imports; Type: TABLE DATA; Schema: office; Owner: mingzhang_app
--



--
-- Data for Name: sessions; Type: TABLE DATA; Schema: office; Owner: mingzhang_app
--



--
-- Data for Name: id_numbers; Type: TABLE DATA; Schema: vault; Owner: mingzhang_vault
--



--
-- Data for Name: sealed; Type: TABLE DATA; Schema: vault; Owner: mingzhang_vault
--

INSERT INTO vault.sealed VALUES
	('scheme:keyed', '\xb7f31e8b59753701ae9fe0fe0e9ec2de9eb8278bcfb5d5fdbf105fd483bef09c798e5857f919aaeef18a9e8bfef7774cfe8ce083bd17c6fb5e8290d8', '\xe8f6b041c10e3971610afa6d51fe9653c91a0791e0b5fe165c14fe411d76aedd3dcd2788319f1fefddb0493a10cc40bc6ece03ae3c7297125de75faaf6908b81206a29c125be41f8eb777485942466e89957d7cec30fded75a4756da718f29f07dc9b2cf56437669534e'),
	('person:sealed-1', '\x16fe7062f909a93d34bbc85fa0726d79f1cf456e1f07662a248750bd7b79150ca328a19b723b87ac80290ac6c19e9c340b76bc3c6f57cf94a4678991', '\x2d6177c8fd0179d5493e3afff3de880b89ec5e6a2c3a1dc34e10a486ce2e229434424bab0e183df864fd3ef13168a7e770aff741e75cfc39f4bceb7ff923f8d4fc8a41fae5ae1a0518f9720c6b6cfc2f36a93a660228a4e2c82d15b5bb45ea7501faceaf44aea9d02fb7fbc1c88b'),
	('person:sealed-2', NULL, NULL),
	('webhook:receiver#1', '\xae4a47158f30081011dd66707d3fe7c1d6f6728d7f98bd7b4913a65694ba1552df24d5cf0ef7adf3b4ac707aff95f52f3033e52c6742330c2350c77d', '\xb149313cf002dc62c7a181ae2535513356834024e81957ba22437bcf864161548f9b44603bc893771c59a9b7dca6b8da5c10e79667b0653df74b86b9b698c9c57a9114ae4df90bf5a68e37ee66b84a0aae450142c062ee5c4b196c');


--
-- Data for Name: balance_cells; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--



--
-- Data for Name: balance_personal; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.balance_personal OVERRIDING SYSTEM VALUE VALUES
	(1, 'spent:x:general:aid'),
	(2, 'spent:x:general:keyed'),
	(3, 'spent:x:general:low'),
	(4, 'spent:x:general:price');


--
-- Data for Name: balance_places; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.balance_places OVERRIDING SYSTEM VALUE VALUES
	(1, ''),
	(2, 'area:city');


--
-- Data for Name: balance_series; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.balance_series OVERRIDING SYSTEM VALUE VALUES
	(1, 'available:gifts:general', 'fen', 'available', 'gifts', 'general', '', ''),
	(2, 'available:x:general', 'fen', 'available', 'x', 'general', '', ''),
	(3, 'committed:x:general:pay-run:aid:2007-03', 'fen', 'committed', 'x', 'general', 'pay-run:aid:2007-03', ''),
	(4, 'committed:x:general:pay-run:keyed:2007-03', 'fen', 'committed', 'x', 'general', 'pay-run:keyed:2007-03', ''),
	(5, 'committed:x:general:pay-run:low:2007-03', 'fen', 'committed', 'x', 'general', 'pay-run:low:2007-03', ''),
	(6, 'committed:x:general:pay-run:low:2007-04', 'fen', 'committed', 'x', 'general', 'pay-run:low:2007-04', ''),
	(7, 'committed:x:general:pay-run:price:2007-03', 'fen', 'committed', 'x', 'general', 'pay-run:price:2007-03', ''),
	(8, 'committed:x:general:pay-run:price:2007-04', 'fen', 'committed', 'x', 'general', 'pay-run:price:2007-04', ''),
	(9, 'lost:x:general:aid', 'fen', 'lost', 'x', 'general', 'aid', 'aid'),
	(10, 'out:gifts:general:donors', 'fen', 'out', 'gifts', 'general', 'donors', ''),
	(11, 'out:x:general:fiscal', 'fen', 'out', 'x', 'general', 'fiscal', ''),
	(12, 'owed:x:general:recovery:v-1', 'fen', 'owed', 'x', 'general', 'recovery:v-1', ''),
	(13, 'received:gifts:general', 'fen', 'received', 'gifts', 'general', '', ''),
	(14, 'returned:x:general:pay-run:aid:2007-03', 'fen', 'returned', 'x', 'general', 'pay-run:aid:2007-03', ''),
	(15, 'spent:x:general:aid', 'fen', 'spent', 'x', 'general', 'aid', 'aid'),
	(16, 'spent:x:general:keyed', 'fen', 'spent', 'x', 'general', 'keyed', 'keyed'),
	(17, 'spent:x:general:low', 'fen', 'spent', 'x', 'general', 'low', 'low'),
	(18, 'spent:x:general:price', 'fen', 'spent', 'x', 'general', 'price', 'price');


--
-- Data for Name: balance_steps; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.balance_steps VALUES
	(30, '2007-03-01');


--
-- Data for Name: balance_tail; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.balance_tail VALUES
	(7, 11, 1, '2006-01-01', -10000),
	(7, 2, 1, '2006-01-01', 10000),
	(28, 2, 1, '2007-03-15', -70),
	(28, 3, 1, '2007-03-15', 70),
	(31, 3, 2, '2007-03-15', -10),
	(31, 15, 2, '2007-03-15', 10),
	(32, 3, 2, '2007-03-15', -10),
	(32, 15, 2, '2007-03-15', 10),
	(33, 3, 2, '2007-03-15', -10),
	(33, 15, 2, '2007-03-15', 10),
	(34, 3, 2, '2007-03-15', -10),
	(34, 15, 2, '2007-03-15', 10),
	(35, 3, 2, '2007-03-15', -10),
	(35, 15, 2, '2007-03-15', 10),
	(36, 3, 2, '2007-03-15', -10),
	(36, 15, 2, '2007-03-15', 10),
	(39, 15, 2, '2007-03-15', -10),
	(39, 14, 2, '2007-03-15', 10),
	(40, 15, 2, '2007-03-15', -10),
	(40, 14, 2, '2007-03-15', 10),
	(41, 3, 1, '2007-03-15', -10),
	(41, 2, 1, '2007-03-15', 10),
	(43, 14, 2, '2007-03-15', -10),
	(43, 15, 2, '2007-03-15', 10),
	(44, 14, 2, '2007-03-15', -10),
	(44, 2, 2, '2007-03-15', 10),
	(46, 2, 2, '2007-03-15', -3),
	(46, 3, 2, '2007-03-15', 3),
	(48, 3, 2, '2007-03-15', -3),
	(48, 15, 2, '2007-03-15', 3),
	(50, 15, 2, '2007-03-15', -10),
	(50, 12, 2, '2007-03-15', 10),
	(51, 12, 2, '2007-03-15', -4),
	(51, 2, 2, '2007-03-15', 4),
	(53, 12, 2, '2007-03-15', -6),
	(53, 9, 2, '2007-03-15', 6),
	(62, 2, 1, '2007-03-15', -60),
	(62, 5, 1, '2007-03-15', 60),
	(64, 5, 2, '2007-03-15', -60),
	(64, 17, 2, '2007-03-15', 60),
	(70, 2, 1, '2007-03-15', -4),
	(70, 7, 1, '2007-03-15', 4),
	(72, 7, 2, '2007-03-15', -2),
	(72, 18, 2, '2007-03-15', 2),
	(73, 7, 2, '2007-03-15', -2),
	(73, 18, 2, '2007-03-15', 2),
	(79, 2, 1, '2007-03-15', -60),
	(79, 6, 1, '2007-03-15', 60),
	(83, 2, 1, '2007-03-15', -4),
	(83, 8, 1, '2007-03-15', 4);
INSERT INTO views.balance_tail VALUES
	(87, 10, 1, '2007-03-15', -500),
	(87, 13, 1, '2007-03-15', 500),
	(88, 10, 1, '2007-03-15', -300),
	(88, 13, 1, '2007-03-15', 300),
	(89, 13, 1, '2007-03-16', -800),
	(89, 1, 1, '2007-03-16', 800),
	(97, 2, 1, '2007-03-15', -12),
	(97, 4, 1, '2007-03-15', 12),
	(99, 4, 2, '2007-03-15', -12),
	(99, 16, 2, '2007-03-15', 12);


--
-- Data for Name: bank_movements; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.bank_movements VALUES
	(7, 'fund:x', '2006-01-01', 10000, 'fiscal', 'fund:x', 'fund.received', '拨款单', 0),
	(37, 'fund:x', '2007-03-15', -60, '', 'pay-run:aid:2007-03', 'pay-run.chunk-released', '1cbc3df2829f89e05e018d6cff1bdf98', 0),
	(39, 'fund:x', '2007-03-15', 10, '', 'payment:aid:2007-03:03c5f34ec388b5170b11', 'payment.returned', '回盘-1', 0),
	(40, 'fund:x', '2007-03-15', 10, '', 'payment:aid:2007-03:1867379356404f314e2a', 'payment.returned', '回盘-1', 0),
	(43, 'fund:x', '2007-03-15', -10, '', 'payment:aid:2007-03:03c5f34ec388b5170b11', 'payment.reissued', '', 0),
	(48, 'fund:x', '2007-03-15', -3, '', 'payment:aid:2007-03:a3bc5f24e4ac9b3c8579', 'payment.made', '', 0),
	(51, 'fund:x', '2007-03-15', 4, '', 'fund:x', 'fund.recovered', '', 0),
	(65, 'fund:x', '2007-03-15', -60, '', 'pay-run:low:2007-03', 'pay-run.chunk-released', '2669b618f30ea8a5f8df515b8f6de2b6', 0),
	(74, 'fund:x', '2007-03-15', -4, '', 'pay-run:price:2007-03', 'pay-run.chunk-released', '0d543c79e6275968dff7bc40812916ed', 0),
	(87, 'fund:gifts', '2007-03-15', 500, 'donors', 'donation:d-1', 'donation.received', '', 0),
	(88, 'fund:gifts', '2007-03-15', 300, 'donors', 'donation:d-2', 'donation.received', '', 0),
	(100, 'fund:x', '2007-03-15', -12, '', 'pay-run:keyed:2007-03', 'pay-run.chunk-released', 'a71c6daeb47ddf6ba069e509511f19c9', 0);


--
-- Data for Name: bank_runs; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.bank_runs VALUES
	('pay-run:aid:2007-03', 'fund:x', '1cbc3df2829f89e05e018d6cff1bdf98'),
	('pay-run:low:2007-03', 'fund:x', '2669b618f30ea8a5f8df515b8f6de2b6'),
	('pay-run:price:2007-03', 'fund:x', '0d543c79e6275968dff7bc40812916ed'),
	('pay-run:low:2007-04', 'fund:x', '50474816500ac9b4d1d78be50ef6a0db'),
	('pay-run:price:2007-04', 'fund:x', '7e87c5dff91379251fa36197104f786f'),
	('pay-run:keyed:2007-03', 'fund:x', 'a71c6daeb47ddf6ba069e509511f19c9');


--
-- Data for Name: fact_cells; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--



--
-- Data for Name: fact_names; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.fact_names OVERRIDING SYSTEM VALUE VALUES
	(1, ''),
	(2, 'household:h-1'),
	(3, 'person:aid-000000'),
	(4, 'person:aid-000001'),
	(5, 'person:aid-000002'),
	(6, 'person:aid-000003'),
	(7, 'person:aid-000004'),
	(8, 'person:aid-000005'),
	(9, 'person:aid-000006'),
	(10, 'person:low-1'),
	(11, 'person:low-2'),
	(12, 'person:sealed-1');


--
-- Data for Name: fact_places; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.fact_places OVERRIDING SYSTEM VALUE VALUES
	(1, ''),
	(2, 'area:city');


--
-- Data for Name: fact_series; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.fact_series OVERRIDING SYSTEM VALUE VALUES
	(1, 'committed', 'fen', '', 'fund:x', ''),
	(2, 'donated', 'fen', '', 'fund:gifts', 'organisation:civil-affairs-bureau'),
	(3, 'entitlements', 'household', 'low', '', 'brought-in'),
	(4, 'entitlements', 'person', 'aid', '', 'brought-in'),
	(5, 'entitlements', 'person', 'keyed', '', 'brought-in'),
	(6, 'household-members', 'person', '', '', ''),
	(7, 'payment-persons', 'person-month', 'aid', 'fund:x', ''),
	(8, 'payment-persons', 'person-month', 'keyed', 'fund:x', ''),
	(9, 'payment-persons', 'person-month', 'low', 'fund:x', ''),
	(10, 'payment-persons', 'person-month', 'price', 'fund:x', ''),
	(11, 'rate', 'fen', 'aid', '', '2006-01-01:a'),
	(12, 'rate', 'fen', 'keyed', '', '2006-01-01:a'),
	(13, 'rate', 'fen', 'low', '', '2006-01-01:a'),
	(14, 'rate', 'fen', 'price', '', '2006-01-01:a');


--
-- Data for Name: fact_tail; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.fact_tail VALUES
	(9, 11, 1, '2006-01-01', 10),
	(13, 4, 2, '2006-01-01', 1),
	(15, 4, 2, '2006-01-01', 1),
	(17, 4, 2, '2006-01-01', 1),
	(19, 4, 2, '2006-01-01', 1),
	(21, 4, 2, '2006-01-01', 1),
	(23, 4, 2, '2006-01-01', 1),
	(25, 4, 2, '2006-01-01', 1),
	(28, 1, 1, '2007-03-15', 70),
	(30, 4, 2, '2007-03-15', -1),
	(31, 7, 2, '2007-03-15', 1),
	(32, 7, 2, '2007-03-15', 1),
	(33, 7, 2, '2007-03-15', 1),
	(34, 7, 2, '2007-03-15', 1),
	(35, 7, 2, '2007-03-15', 1),
	(36, 7, 2, '2007-03-15', 1),
	(41, 1, 1, '2007-03-15', -10),
	(45, 7, 2, '2007-03-15', -1),
	(46, 1, 1, '2007-03-15', 3),
	(54, 13, 1, '2006-01-01', 30),
	(55, 14, 1, '2006-01-01', 2),
	(58, 6, 2, '2006-01-01', 1),
	(58, 6, 2, '2006-01-01', 1),
	(59, 3, 2, '2006-01-01', 1),
	(62, 1, 1, '2007-03-15', 60),
	(64, 9, 2, '2007-03-15', 2),
	(70, 1, 1, '2007-03-15', 4),
	(72, 10, 2, '2007-03-15', 1),
	(73, 10, 2, '2007-03-15', 1),
	(79, 1, 1, '2007-03-15', 60),
	(83, 1, 1, '2007-03-15', 4),
	(87, 2, 1, '2007-03-15', 500),
	(88, 2, 1, '2007-03-15', 300),
	(90, 12, 1, '2006-01-01', 12),
	(94, 5, 2, '2006-01-01', 1),
	(97, 1, 1, '2007-03-15', 12),
	(99, 8, 2, '2007-03-15', 1);


--
-- Data for Name: fact_whos; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.fact_whos VALUES
	(13, 4, 2, '2006-01-01', 1, 1, 3),
	(15, 4, 2, '2006-01-01', 1, 1, 4),
	(17, 4, 2, '2006-01-01', 1, 1, 5),
	(19, 4, 2, '2006-01-01', 1, 1, 6),
	(21, 4, 2, '2006-01-01', 1, 1, 7),
	(23, 4, 2, '2006-01-01', 1, 1, 8),
	(25, 4, 2, '2006-01-01', 1, 1, 9),
	(30, 4, 2, '2007-03-15', -1, 1, 6),
	(58, 6, 2, '2006-01-01', 1, 2, 10),
	(58, 6, 2, '2006-01-01', 1, 2, 11),
	(59, 3, 2, '2006-01-01', 1, 1, 2),
	(94, 5, 2, '2006-01-01', 1, 1, 12);


--
-- Data for Name: great_acts; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--



--
-- Data for Name: journal; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.journal VALUES
	(7, 1, 11, 4, -10000, '2006-01-01', '2006-01-01', NULL),
	(7, 2, 2, 4, 10000, '2006-01-01', '2006-01-01', NULL),
	(28, 1, 2, 2, -70, '2007-03-15', '2007-03-15', NULL),
	(28, 2, 3, 2, 70, '2007-03-15', '2007-03-15', NULL),
	(31, 1, 3, 8, -10, '2007-03-15', '2007-03-15', 7),
	(31, 2, 15, 8, 10, '2007-03-15', '2007-03-15', 22),
	(32, 1, 3, 8, -10, '2007-03-15', '2007-03-15', 7),
	(32, 2, 15, 8, 10, '2007-03-15', '2007-03-15', 22),
	(33, 1, 3, 8, -10, '2007-03-15', '2007-03-15', 7),
	(33, 2, 15, 8, 10, '2007-03-15', '2007-03-15', 22),
	(34, 1, 3, 8, -10, '2007-03-15', '2007-03-15', 7),
	(34, 2, 15, 8, 10, '2007-03-15', '2007-03-15', 22),
	(35, 1, 3, 8, -10, '2007-03-15', '2007-03-15', 7),
	(35, 2, 15, 8, 10, '2007-03-15', '2007-03-15', 22),
	(36, 1, 3, 8, -10, '2007-03-15', '2007-03-15', 7),
	(36, 2, 15, 8, 10, '2007-03-15', '2007-03-15', 22),
	(39, 1, 15, 10, -10, '2007-03-15', '2007-03-15', 20),
	(39, 2, 14, 10, 10, '2007-03-15', '2007-03-15', 17),
	(40, 1, 15, 10, -10, '2007-03-15', '2007-03-15', 20),
	(40, 2, 14, 10, 10, '2007-03-15', '2007-03-15', 17),
	(41, 1, 3, 5, -10, '2007-03-15', '2007-03-15', 5),
	(41, 2, 2, 5, 10, '2007-03-15', '2007-03-15', 3),
	(43, 1, 14, 9, -10, '2007-03-15', '2007-03-15', 16),
	(43, 2, 15, 9, 10, '2007-03-15', '2007-03-15', 19),
	(44, 1, 14, 7, -10, '2007-03-15', '2007-03-15', 15),
	(44, 2, 2, 7, 10, '2007-03-15', '2007-03-15', 2),
	(46, 1, 2, 6, -3, '2007-03-15', '2007-03-15', 1),
	(46, 2, 3, 6, 3, '2007-03-15', '2007-03-15', 4),
	(48, 1, 3, 8, -3, '2007-03-15', '2007-03-15', 6),
	(48, 2, 15, 8, 3, '2007-03-15', '2007-03-15', 18),
	(50, 1, 15, 11, -10, '2007-03-15', '2007-03-15', 21),
	(50, 2, 12, 11, 10, '2007-03-15', '2007-03-15', 13),
	(51, 1, 12, 7, -4, '2007-03-15', '2007-03-15', 12),
	(51, 2, 2, 7, 4, '2007-03-15', '2007-03-15', 2),
	(53, 1, 12, 12, -6, '2007-03-15', '2007-03-15', 14),
	(53, 2, 9, 12, 6, '2007-03-15', '2007-03-15', 11),
	(62, 1, 2, 2, -60, '2007-03-15', '2007-03-15', NULL),
	(62, 2, 5, 2, 60, '2007-03-15', '2007-03-15', NULL),
	(64, 1, 5, 8, -60, '2007-03-15', '2007-03-15', 9),
	(64, 2, 17, 8, 60, '2007-03-15', '2007-03-15', 24),
	(70, 1, 2, 2, -4, '2007-03-15', '2007-03-15', NULL),
	(70, 2, 7, 2, 4, '2007-03-15', '2007-03-15', NULL),
	(72, 1, 7, 8, -2, '2007-03-15', '2007-03-15', 10),
	(72, 2, 18, 8, 2, '2007-03-15', '2007-03-15', 25),
	(73, 1, 7, 8, -2, '2007-03-15', '2007-03-15', 10),
	(73, 2, 18, 8, 2, '2007-03-15', '2007-03-15', 25),
	(79, 1, 2, 2, -60, '2007-03-15', '2007-03-15', NULL),
	(79, 2, 6, 2, 60, '2007-03-15', '2007-03-15', NULL),
	(83, 1, 2, 2, -4, '2007-03-15', '2007-03-15', NULL),
	(83, 2, 8, 2, 4, '2007-03-15', '2007-03-15', NULL);
INSERT INTO views.journal VALUES
	(87, 1, 10, 1, -500, '2007-03-15', '2007-03-15', NULL),
	(87, 2, 13, 1, 500, '2007-03-15', '2007-03-15', NULL),
	(88, 1, 10, 1, -300, '2007-03-15', '2007-03-15', NULL),
	(88, 2, 13, 1, 300, '2007-03-15', '2007-03-15', NULL),
	(89, 1, 13, 3, -800, '2007-03-16', '2007-03-16', NULL),
	(89, 2, 1, 3, 800, '2007-03-16', '2007-03-16', NULL),
	(97, 1, 2, 2, -12, '2007-03-15', '2007-03-15', NULL),
	(97, 2, 4, 2, 12, '2007-03-15', '2007-03-15', NULL),
	(99, 1, 4, 8, -12, '2007-03-15', '2007-03-15', 8),
	(99, 2, 16, 8, 12, '2007-03-15', '2007-03-15', 23);


--
-- Data for Name: journal_accounts; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.journal_accounts OVERRIDING SYSTEM VALUE VALUES
	(1, 'available:gifts:general', 'fen', 'available', 'gifts', ''),
	(2, 'available:x:general', 'fen', 'available', 'x', ''),
	(3, 'committed:x:general:pay-run:aid:2007-03', 'fen', 'committed', 'x', ''),
	(4, 'committed:x:general:pay-run:keyed:2007-03', 'fen', 'committed', 'x', ''),
	(5, 'committed:x:general:pay-run:low:2007-03', 'fen', 'committed', 'x', ''),
	(6, 'committed:x:general:pay-run:low:2007-04', 'fen', 'committed', 'x', ''),
	(7, 'committed:x:general:pay-run:price:2007-03', 'fen', 'committed', 'x', ''),
	(8, 'committed:x:general:pay-run:price:2007-04', 'fen', 'committed', 'x', ''),
	(9, 'lost:x:general:aid', 'fen', 'lost', 'x', 'aid'),
	(10, 'out:gifts:general:donors', 'fen', 'out', 'gifts', ''),
	(11, 'out:x:general:fiscal', 'fen', 'out', 'x', ''),
	(12, 'owed:x:general:recovery:v-1', 'fen', 'owed', 'x', ''),
	(13, 'received:gifts:general', 'fen', 'received', 'gifts', ''),
	(14, 'returned:x:general:pay-run:aid:2007-03', 'fen', 'returned', 'x', ''),
	(15, 'spent:x:general:aid', 'fen', 'spent', 'x', 'aid'),
	(16, 'spent:x:general:keyed', 'fen', 'spent', 'x', 'keyed'),
	(17, 'spent:x:general:low', 'fen', 'spent', 'x', 'low'),
	(18, 'spent:x:general:price', 'fen', 'spent', 'x', 'price');


--
-- Data for Name: journal_sayings; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.journal_sayings OVERRIDING SYSTEM VALUE VALUES
	(1, '', '', 'donation.received', 'fundraiser-1'),
	(2, '', '', 'fund.committed', 'approver-1'),
	(3, '', '', 'fund.gathered', 'treasurer-1'),
	(4, '', '', 'fund.received', 'treasurer-1'),
	(5, '', '', 'fund.uncommitted', 'treasurer-1'),
	(6, 'area:city', '', 'fund.committed', 'treasurer-1'),
	(7, 'area:city', '', 'fund.recovered', 'treasurer-1'),
	(8, 'area:city', '', 'payment.made', 'treasurer-1'),
	(9, 'area:city', '', 'payment.reissued', 'treasurer-1'),
	(10, 'area:city', '', 'payment.returned', 'treasurer-1'),
	(11, 'area:city', '', 'recovery.established', 'clerk-1'),
	(12, 'area:city', '', 'recovery.written-off', 'approver-1');


--
-- Data for Name: journal_summaries; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.journal_summaries OVERRIDING SYSTEM VALUE VALUES
	(1, 'available:x:general', 'fen', '', 'fund.committed', '2007-03', 'available', 'x', '', '46', '1'),
	(2, 'available:x:general', 'fen', '', 'fund.recovered', '2007-03', 'available', 'x', '', '44', '2'),
	(3, 'available:x:general', 'fen', '', 'fund.uncommitted', '2007-03', 'available', 'x', '', '41', '2'),
	(4, 'committed:x:general:pay-run:aid:2007-03', 'fen', '', 'fund.committed', '2007-03', 'committed', 'x', '', '46', '2'),
	(5, 'committed:x:general:pay-run:aid:2007-03', 'fen', '', 'fund.uncommitted', '2007-03', 'committed', 'x', '', '41', '1'),
	(6, 'committed:x:general:pay-run:aid:2007-03', 'fen', '', 'payment.made', '2007-03', 'committed', 'x', '', '48', '1'),
	(7, 'committed:x:general:pay-run:aid:2007-03', 'fen', 'pay-run:aid:2007-03', 'payment.made', '2007-03-15', 'committed', 'x', '', '31', '1'),
	(8, 'committed:x:general:pay-run:keyed:2007-03', 'fen', 'pay-run:keyed:2007-03', 'payment.made', '2007-03-15', 'committed', 'x', '', '99', '1'),
	(9, 'committed:x:general:pay-run:low:2007-03', 'fen', 'pay-run:low:2007-03', 'payment.made', '2007-03-15', 'committed', 'x', '', '64', '1'),
	(10, 'committed:x:general:pay-run:price:2007-03', 'fen', 'pay-run:price:2007-03', 'payment.made', '2007-03-15', 'committed', 'x', '', '72', '1'),
	(11, 'lost:x:general:aid', 'fen', '', 'recovery.written-off', '2007-03', 'lost', 'x', 'aid', '53', '2'),
	(12, 'owed:x:general:recovery', 'fen', '', 'fund.recovered', '2007-03', 'owed', 'x', '', '51', '1'),
	(13, 'owed:x:general:recovery', 'fen', '', 'recovery.established', '2007-03', 'owed', 'x', '', '50', '2'),
	(14, 'owed:x:general:recovery', 'fen', '', 'recovery.written-off', '2007-03', 'owed', 'x', '', '53', '1'),
	(15, 'returned:x:general:pay-run:aid:2007-03', 'fen', '', 'fund.recovered', '2007-03', 'returned', 'x', '', '44', '1'),
	(16, 'returned:x:general:pay-run:aid:2007-03', 'fen', '', 'payment.reissued', '2007-03', 'returned', 'x', '', '43', '1'),
	(17, 'returned:x:general:pay-run:aid:2007-03', 'fen', '', 'payment.returned', '2007-03', 'returned', 'x', '', '39', '2'),
	(18, 'spent:x:general:aid', 'fen', '', 'payment.made', '2007-03', 'spent', 'x', 'aid', '48', '2'),
	(19, 'spent:x:general:aid', 'fen', '', 'payment.reissued', '2007-03', 'spent', 'x', 'aid', '43', '2'),
	(20, 'spent:x:general:aid', 'fen', '', 'payment.returned', '2007-03', 'spent', 'x', 'aid', '39', '1'),
	(21, 'spent:x:general:aid', 'fen', '', 'recovery.established', '2007-03', 'spent', 'x', 'aid', '50', '1'),
	(22, 'spent:x:general:aid', 'fen', 'pay-run:aid:2007-03', 'payment.made', '2007-03-15', 'spent', 'x', 'aid', '31', '2'),
	(23, 'spent:x:general:keyed', 'fen', 'pay-run:keyed:2007-03', 'payment.made', '2007-03-15', 'spent', 'x', 'keyed', '99', '2'),
	(24, 'spent:x:general:low', 'fen', 'pay-run:low:2007-03', 'payment.made', '2007-03-15', 'spent', 'x', 'low', '64', '2'),
	(25, 'spent:x:general:price', 'fen', 'pay-run:price:2007-03', 'payment.made', '2007-03-15', 'spent', 'x', 'price', '72', '2');


--
-- Data for Name: payment_heads; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.payment_heads VALUES
	('payment:aid:2007-03:03c5f34ec388b5170b11', 3, 31, 43, '2007-03-15', '2007-03-15', '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "reissued", "amount": {"unit": "fen", "value": 10}, "reason": "账户已注销", "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "bank_ref": "回盘-1", "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:1867379356404f314e2a', 3, 32, 45, '2007-03-15', '2007-03-15', '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "written-back", "amount": {"unit": "fen", "value": 10}, "reason": "账户已注销", "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "bank_ref": "回盘-1", "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:5925fc8c47ea6bf3c6d4', 2, 33, 47, '2007-03-15', '2007-03-15', '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 10}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:9d90becb28c977176b37', 2, 35, 49, '2007-03-15', '2007-03-15', '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 10}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}');


--
-- Data for Name: payment_patches; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.payment_patches VALUES
	('payment:aid:2007-03:03c5f34ec388b5170b11', 31, '2007-03-15', 1, '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 10}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:03c5f34ec388b5170b11', 39, '2007-03-15', 2, '{"state": "returned", "reason": "账户已注销", "bank_ref": "回盘-1"}'),
	('payment:aid:2007-03:03c5f34ec388b5170b11', 43, '2007-03-15', 3, '{"state": "reissued"}'),
	('payment:aid:2007-03:1867379356404f314e2a', 32, '2007-03-15', 1, '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 10}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:1867379356404f314e2a', 40, '2007-03-15', 2, '{"state": "returned", "reason": "账户已注销", "bank_ref": "回盘-1"}'),
	('payment:aid:2007-03:1867379356404f314e2a', 45, '2007-03-15', 3, '{"state": "written-back"}'),
	('payment:aid:2007-03:5925fc8c47ea6bf3c6d4', 33, '2007-03-15', 1, '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 10}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:5925fc8c47ea6bf3c6d4', 47, '2007-03-15', 2, '{}'),
	('payment:aid:2007-03:9d90becb28c977176b37', 35, '2007-03-15', 1, '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 10}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:9d90becb28c977176b37', 49, '2007-03-15', 2, '{}');


--
-- Data for Name: payment_words; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.payment_words OVERRIDING SYSTEM VALUE VALUES
	(1, 'pay-run:aid:2007-03', 'scheme:aid', 'aid', 'fund:x', 'general', 'area:city', 'a', '2007-03', '2006-01-01', '', '', ''),
	(2, 'pay-run:aid:2007-03', 'scheme:aid', 'aid', 'fund:x', 'general', 'area:city', 'a', '2007-03', '2006-01-01', '', 'payment:aid:2007-03:5925fc8c47ea6bf3c6d4', ''),
	(3, 'pay-run:keyed:2007-03', 'scheme:keyed', 'keyed', 'fund:x', 'general', 'area:city', 'a', '2007-03', '2006-01-01', '', '', ''),
	(4, 'pay-run:low:2007-03', 'scheme:low', 'low', 'fund:x', 'general', 'area:city', 'a', '2007-03', '2006-01-01', '', '', ''),
	(5, 'pay-run:price:2007-03', 'scheme:price', 'price', 'fund:x', 'general', 'area:city', 'a', '2007-03', '2006-01-01', '', '', '');


--
-- Data for Name: payments; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.payments VALUES
	(34, '2007-03-15', 1, 1, 0, 10),
	(36, '2007-03-15', 1, 1, 0, 10),
	(48, '2007-03-15', 2, 0, 0, 3),
	(64, '2007-03-15', 4, 2, 1, 60),
	(72, '2007-03-15', 5, 1, 0, 2),
	(73, '2007-03-15', 5, 1, 0, 2),
	(99, '2007-03-15', 3, 1, 0, 12);


--
-- Data for Name: positions; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.positions VALUES
	('received', 104, NULL, 0, 'e01bfd38496b617d'),
	('stock', 104, NULL, 0, 'e7f52b52ccff93ac'),
	('told', 104, NULL, 0, '58c1b257d4d5f1a4'),
	('journal', 104, NULL, 2, '6b9d66856be165dc'),
	('balances', 104, NULL, 2, '38b4a49b18d66fc5'),
	('registers', 104, NULL, 2, '52c1d51db1c541cd'),
	('payments', 104, NULL, 1, '358bc19801bf6ac3'),
	('facts', 104, NULL, 1, 'c0e1c784f626bd41'),
	('bank', 104, NULL, 0, '6844c51e0aef36c6'),
	('roll', 104, NULL, 3, 'e71a2f3e8581ac83'),
	('great', 104, NULL, 0, 'b51feaede4edc878');


--
-- Data for Name: received_days; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.received_days VALUES
	('gifts', 'general', '2007-03-15', 800),
	('gifts', 'general', '0001-01-01', -800);


--
-- Data for Name: register_heads; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.register_heads VALUES
	('role:clerk-1', 1, 1, 1, '2006-01-01', '2006-01-01', '{"who": "clerk-1", "role": "clerk", "roles": ["clerk"], "state": "granted"}'),
	('role:reviewer-1', 1, 2, 2, '2006-01-01', '2006-01-01', '{"who": "reviewer-1", "role": "reviewer", "roles": ["reviewer"], "state": "granted"}'),
	('role:approver-1', 1, 3, 3, '2006-01-01', '2006-01-01', '{"who": "approver-1", "role": "approver", "roles": ["approver"], "state": "granted"}'),
	('role:treasurer-1', 1, 4, 4, '2006-01-01', '2006-01-01', '{"who": "treasurer-1", "role": "treasurer", "roles": ["treasurer"], "state": "granted"}'),
	('role:treasurer-2', 1, 5, 5, '2006-01-01', '2006-01-01', '{"who": "treasurer-2", "role": "treasurer", "roles": ["treasurer"], "state": "granted"}'),
	('fund:x', 12, 6, 97, '2006-01-01', '2007-03-15', '{"kind": "fiscal", "basis": "cash", "state": "open", "title": "救助资金", "keeper": "organisation:civil-affairs-bureau", "purposes": ["aid-poor"]}'),
	('area:city', 1, 8, 8, '2006-01-01', '2006-01-01', '{"level": "city", "state": "open", "title": "全市"}'),
	('scheme:aid', 1, 9, 9, '2006-01-01', '2006-01-01', '{"per": "person", "pays": "monthly", "rates": [{"from": "2006-01-01", "tier": "a", "amount": {"unit": "fen", "value": 10}, "authority": "市政府令第1号"}], "state": "adopted", "title": "补助", "formula": "flat", "purpose": "aid-poor", "programme": "aid"}'),
	('period:2005', 2, 10, 11, '2006-01-01', '2006-01-01', '{"state": "closed", "through": "2005-12-31"}'),
	('person:aid-000000', 1, 12, 12, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('entitlement:aid-000000', 1, 13, 13, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:aid-000000", "origin": "brought-in", "scheme": "scheme:aid", "programme": "aid"}'),
	('person:aid-000001', 1, 14, 14, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('entitlement:aid-000001', 1, 15, 15, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:aid-000001", "origin": "brought-in", "scheme": "scheme:aid", "programme": "aid"}'),
	('person:aid-000002', 1, 16, 16, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('entitlement:aid-000002', 1, 17, 17, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:aid-000002", "origin": "brought-in", "scheme": "scheme:aid", "programme": "aid"}'),
	('person:aid-000003', 1, 18, 18, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('entitlement:aid-000003', 2, 19, 30, '2006-01-01', '2007-03-15', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "stopped", "holder": "person:aid-000003", "origin": "brought-in", "reason": "迁出", "scheme": "scheme:aid", "programme": "aid", "counts_from": "2007-03-01"}'),
	('person:aid-000004', 1, 20, 20, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('entitlement:aid-000004', 1, 21, 21, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:aid-000004", "origin": "brought-in", "scheme": "scheme:aid", "programme": "aid"}'),
	('person:aid-000005', 1, 22, 22, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('entitlement:aid-000005', 1, 23, 23, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:aid-000005", "origin": "brought-in", "scheme": "scheme:aid", "programme": "aid"}'),
	('person:aid-000006', 1, 24, 24, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('entitlement:aid-000006', 1, 25, 25, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:aid-000006", "origin": "brought-in", "scheme": "scheme:aid", "programme": "aid"}'),
	('pay-run:aid:2007-03', 6, 26, 42, '2007-03-15', '2007-03-15', '{"fund": "fund:x", "paid": 6, "count": 7, "month": "2007-03", "state": "settled", "total": {"unit": "fen", "value": 70}, "digest": "1cbc3df2829f89e05e018d6cff1bdf98bd813fb35b63766b45ac3361dad0e222", "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 7}, "purpose": "aid-poor", "roll_at": 25, "bank_ref": "回盘-1", "held_back": 0, "programme": "aid", "held_lines": 1, "held_amount": {"unit": "fen", "value": 10}, "paid_amount": {"unit": "fen", "value": 60}, "paid_persons": {"unit": "person", "value": 6}, "returned_lines": 2, "returned_amount": {"unit": "fen", "value": 20}}'),
	('recovery:v-1', 3, 50, 53, '2007-03-15', '2007-03-15', '{"parts": [{"fund": "fund:x", "amount": {"unit": "fen", "value": 10}, "earmark": "general", "programme": "aid"}], "state": "written-off", "amount": {"unit": "fen", "value": 10}, "reason": "多发", "payments": ["payment:aid:2007-03:9d90becb28c977176b37"]}'),
	('scheme:low', 1, 54, 54, '2006-01-01', '2006-01-01', '{"per": "household", "pays": "monthly", "rates": [{"from": "2006-01-01", "tier": "a", "amount": {"unit": "fen", "value": 30}, "authority": "市政府令第1号"}], "state": "adopted", "title": "补助", "formula": "top-up", "purpose": "aid-poor", "programme": "low"}'),
	('scheme:price', 1, 55, 55, '2006-01-01', '2006-01-01', '{"per": "person", "pays": "monthly", "rates": [{"from": "2006-01-01", "tier": "a", "amount": {"unit": "fen", "value": 2}, "authority": "市政府令第1号"}], "state": "adopted", "title": "补助", "follows": "scheme:low", "formula": "flat", "purpose": "aid-poor", "programme": "price"}'),
	('person:low-1', 1, 56, 56, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('person:low-2', 1, 57, 57, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('household:h-1', 1, 58, 58, '2006-01-01', '2006-01-01', '{"area": "area:city", "first": "2006-01", "state": "formed", "members": ["person:low-1", "person:low-2"]}'),
	('entitlement:low', 1, 59, 59, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "household:h-1", "origin": "brought-in", "scheme": "scheme:low", "programme": "low"}'),
	('pay-run:low:2007-03', 6, 60, 67, '2007-03-15', '2007-03-15', '{"fund": "fund:x", "paid": 1, "count": 1, "month": "2007-03", "state": "settled", "total": {"unit": "fen", "value": 60}, "digest": "2669b618f30ea8a5f8df515b8f6de2b6669042d99b5340e10d5a826c72e24d4f", "scheme": "scheme:low", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 59, "bank_ref": "回盘-1", "held_back": 0, "programme": "low", "paid_amount": {"unit": "fen", "value": 60}, "paid_persons": {"unit": "person", "value": 2}}'),
	('pay-run:price:2007-03', 6, 68, 76, '2007-03-15', '2007-03-15', '{"fund": "fund:x", "paid": 2, "count": 2, "month": "2007-03", "state": "settled", "total": {"unit": "fen", "value": 4}, "digest": "0d543c79e6275968dff7bc40812916ed02ce9806e57d50ff8d516514fb1a9cd5", "scheme": "scheme:price", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 67, "bank_ref": "回盘-1", "held_back": 0, "programme": "price", "paid_amount": {"unit": "fen", "value": 4}, "paid_persons": {"unit": "person", "value": 2}}'),
	('pay-run:low:2007-04', 3, 77, 80, '2007-03-15', '2007-03-15', '{"fund": "fund:x", "count": 1, "month": "2007-04", "state": "approved", "total": {"unit": "fen", "value": 60}, "digest": "50474816500ac9b4d1d78be50ef6a0db79243bb8aba285c5ec070cf3ee732620", "scheme": "scheme:low", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 76, "held_back": 0, "programme": "low"}'),
	('pay-run:price:2007-04', 3, 81, 84, '2007-03-15', '2007-03-15', '{"fund": "fund:x", "count": 2, "month": "2007-04", "state": "approved", "total": {"unit": "fen", "value": 4}, "digest": "7e87c5dff91379251fa36197104f786fb187bea6986efa4ffbbd6a9ee1b9b36e", "scheme": "scheme:price", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 80, "held_back": 0, "programme": "price"}'),
	('role:fundraiser-1', 1, 85, 85, '2006-01-01', '2006-01-01', '{"who": "fundraiser-1", "role": "fundraiser", "roles": ["fundraiser"], "state": "granted"}'),
	('fund:gifts', 2, 86, 89, '2006-01-01', '2007-03-16', '{"kind": "fiscal", "basis": "cash", "state": "open", "title": "救助资金", "keeper": "organisation:civil-affairs-bureau", "purposes": ["aid-poor"]}'),
	('donation:d-1', 1, 87, 87, '2007-03-15', '2007-03-15', '{"fund": "fund:gifts", "state": "received", "amount": {"unit": "fen", "value": 500}, "keeper": "organisation:civil-affairs-bureau", "earmark": "general", "name_shown": false}'),
	('donation:d-2', 1, 88, 88, '2007-03-15', '2007-03-15', '{"fund": "fund:gifts", "state": "received", "amount": {"unit": "fen", "value": 300}, "keeper": "organisation:civil-affairs-bureau", "earmark": "general", "name_shown": false}'),
	('scheme:keyed', 1, 90, 90, '2006-01-01', '2006-01-01', '{"per": "person", "pays": "monthly", "rates": [{"from": "2006-01-01", "tier": "a", "amount": {"unit": "fen", "value": 12}, "authority": "市政府令第1号"}], "state": "adopted", "title": "补助", "formula": "flat", "purpose": "aid-poor", "programme": "keyed"}'),
	('person:sealed-1', 1, 91, 91, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('person:sealed-2', 2, 92, 93, '2006-01-01', '2007-03-15', '{"state": "erased"}'),
	('entitlement:keyed-1', 1, 94, 94, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:sealed-1", "origin": "brought-in", "scheme": "scheme:keyed", "programme": "keyed"}'),
	('pay-run:keyed:2007-03', 6, 95, 102, '2007-03-15', '2007-03-15', '{"fund": "fund:x", "paid": 1, "count": 1, "month": "2007-03", "state": "settled", "total": {"unit": "fen", "value": 12}, "digest": "a71c6daeb47ddf6ba069e509511f19c937562aef75b42325c8b9c637da9bcd7c", "scheme": "scheme:keyed", "earmark": "general", "persons": {"unit": "person", "value": 1}, "purpose": "aid-poor", "roll_at": 94, "bank_ref": "回盘-1", "held_back": 0, "programme": "keyed", "paid_amount": {"unit": "fen", "value": 12}, "paid_persons": {"unit": "person", "value": 1}}'),
	('role:auditor-1', 1, 103, 103, '2006-01-01', '2006-01-01', '{"who": "auditor-1", "role": "auditor", "roles": ["auditor"], "state": "granted"}'),
	('webhook:receiver', 1, 104, 104, '2006-01-01', '2006-01-01', '{"url": "https://receiver.example.org/news", "zone": "public", "state": "active", "topic": "*"}');


--
-- Data for Name: register_patches; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.register_patches VALUES
	('fund:x', 6, '2006-01-01', 1, '{"kind": "fiscal", "basis": "cash", "state": "open", "title": "救助资金", "keeper": "organisation:civil-affairs-bureau", "purposes": ["aid-poor"]}'),
	('fund:x', 7, '2006-01-01', 2, '{}'),
	('fund:x', 28, '2007-03-15', 3, '{}'),
	('fund:x', 41, '2007-03-15', 4, '{}'),
	('fund:x', 44, '2007-03-15', 5, '{}'),
	('fund:x', 46, '2007-03-15', 6, '{}'),
	('fund:x', 51, '2007-03-15', 7, '{}'),
	('fund:x', 62, '2007-03-15', 8, '{}'),
	('fund:x', 70, '2007-03-15', 9, '{}'),
	('fund:x', 79, '2007-03-15', 10, '{}'),
	('fund:x', 83, '2007-03-15', 11, '{}'),
	('fund:x', 97, '2007-03-15', 12, '{}'),
	('period:2005', 10, '2006-01-01', 1, '{"state": "soft-closed", "through": "2005-12-31"}'),
	('period:2005', 11, '2006-01-01', 2, '{"state": "closed", "through": "2005-12-31"}'),
	('entitlement:aid-000003', 19, '2006-01-01', 1, '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:aid-000003", "origin": "brought-in", "scheme": "scheme:aid", "programme": "aid"}'),
	('entitlement:aid-000003', 30, '2007-03-15', 2, '{"state": "stopped", "reason": "迁出", "counts_from": "2007-03-01"}'),
	('pay-run:aid:2007-03', 26, '2007-03-15', 1, '{"fund": "fund:x", "count": 7, "month": "2007-03", "state": "drawn-up", "total": {"unit": "fen", "value": 70}, "digest": "1cbc3df2829f89e05e018d6cff1bdf98bd813fb35b63766b45ac3361dad0e222", "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 7}, "purpose": "aid-poor", "roll_at": 25, "held_back": 0, "programme": "aid"}'),
	('pay-run:aid:2007-03', 27, '2007-03-15', 2, '{"state": "reviewed"}'),
	('pay-run:aid:2007-03', 29, '2007-03-15', 3, '{"state": "approved"}'),
	('pay-run:aid:2007-03', 37, '2007-03-15', 4, '{"state": "releasing"}'),
	('pay-run:aid:2007-03', 38, '2007-03-15', 5, '{"paid": 6, "state": "released", "held_lines": 1, "held_amount": {"unit": "fen", "value": 10}, "paid_amount": {"unit": "fen", "value": 60}, "paid_persons": {"unit": "person", "value": 6}}'),
	('pay-run:aid:2007-03', 42, '2007-03-15', 6, '{"state": "settled", "bank_ref": "回盘-1", "returned_lines": 2, "returned_amount": {"unit": "fen", "value": 20}}'),
	('recovery:v-1', 50, '2007-03-15', 1, '{"parts": [{"fund": "fund:x", "amount": {"unit": "fen", "value": 10}, "earmark": "general", "programme": "aid"}], "state": "established", "amount": {"unit": "fen", "value": 10}, "reason": "多发", "payments": ["payment:aid:2007-03:9d90becb28c977176b37"]}'),
	('recovery:v-1', 52, '2007-03-15', 2, '{"state": "received"}'),
	('recovery:v-1', 53, '2007-03-15', 3, '{"state": "written-off"}'),
	('pay-run:low:2007-03', 60, '2007-03-15', 1, '{"fund": "fund:x", "count": 1, "month": "2007-03", "state": "drawn-up", "total": {"unit": "fen", "value": 60}, "digest": "2669b618f30ea8a5f8df515b8f6de2b6669042d99b5340e10d5a826c72e24d4f", "scheme": "scheme:low", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 59, "held_back": 0, "programme": "low"}'),
	('pay-run:low:2007-03', 61, '2007-03-15', 2, '{"state": "reviewed"}'),
	('pay-run:low:2007-03', 63, '2007-03-15', 3, '{"state": "approved"}'),
	('pay-run:low:2007-03', 65, '2007-03-15', 4, '{"state": "releasing"}'),
	('pay-run:low:2007-03', 66, '2007-03-15', 5, '{"paid": 1, "state": "released", "paid_amount": {"unit": "fen", "value": 60}, "paid_persons": {"unit": "person", "value": 2}}'),
	('pay-run:low:2007-03', 67, '2007-03-15', 6, '{"state": "settled", "bank_ref": "回盘-1"}'),
	('pay-run:price:2007-03', 68, '2007-03-15', 1, '{"fund": "fund:x", "count": 2, "month": "2007-03", "state": "drawn-up", "total": {"unit": "fen", "value": 4}, "digest": "0d543c79e6275968dff7bc40812916ed02ce9806e57d50ff8d516514fb1a9cd5", "scheme": "scheme:price", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 67, "held_back": 0, "programme": "price"}'),
	('pay-run:price:2007-03', 69, '2007-03-15', 2, '{"state": "reviewed"}'),
	('pay-run:price:2007-03', 71, '2007-03-15', 3, '{"state": "approved"}'),
	('pay-run:price:2007-03', 74, '2007-03-15', 4, '{"state": "releasing"}'),
	('pay-run:price:2007-03', 75, '2007-03-15', 5, '{"paid": 2, "state": "released", "paid_amount": {"unit": "fen", "value": 4}, "paid_persons": {"unit": "person", "value": 2}}'),
	('pay-run:price:2007-03', 76, '2007-03-15', 6, '{"state": "settled", "bank_ref": "回盘-1"}'),
	('pay-run:low:2007-04', 77, '2007-03-15', 1, '{"fund": "fund:x", "count": 1, "month": "2007-04", "state": "drawn-up", "total": {"unit": "fen", "value": 60}, "digest": "50474816500ac9b4d1d78be50ef6a0db79243bb8aba285c5ec070cf3ee732620", "scheme": "scheme:low", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 76, "held_back": 0, "programme": "low"}'),
	('pay-run:low:2007-04', 78, '2007-03-15', 2, '{"state": "reviewed"}'),
	('pay-run:low:2007-04', 80, '2007-03-15', 3, '{"state": "approved"}'),
	('pay-run:price:2007-04', 81, '2007-03-15', 1, '{"fund": "fund:x", "count": 2, "month": "2007-04", "state": "drawn-up", "total": {"unit": "fen", "value": 4}, "digest": "7e87c5dff91379251fa36197104f786fb187bea6986efa4ffbbd6a9ee1b9b36e", "scheme": "scheme:price", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 80, "held_back": 0, "programme": "price"}'),
	('pay-run:price:2007-04', 82, '2007-03-15', 2, '{"state": "reviewed"}'),
	('pay-run:price:2007-04', 84, '2007-03-15', 3, '{"state": "approved"}'),
	('fund:gifts', 86, '2006-01-01', 1, '{"kind": "fiscal", "basis": "cash", "state": "open", "title": "救助资金", "keeper": "organisation:civil-affairs-bureau", "purposes": ["aid-poor"]}'),
	('fund:gifts', 89, '2007-03-16', 2, '{}'),
	('person:sealed-2', 92, '2006-01-01', 1, '{"state": "registered"}'),
	('person:sealed-2', 93, '2007-03-15', 2, '{"state": "erased"}'),
	('pay-run:keyed:2007-03', 95, '2007-03-15', 1, '{"fund": "fund:x", "count": 1, "month": "2007-03", "state": "drawn-up", "total": {"unit": "fen", "value": 12}, "digest": "a71c6daeb47ddf6ba069e509511f19c937562aef75b42325c8b9c637da9bcd7c", "scheme": "scheme:keyed", "earmark": "general", "persons": {"unit": "person", "value": 1}, "purpose": "aid-poor", "roll_at": 94, "held_back": 0, "programme": "keyed"}'),
	('pay-run:keyed:2007-03', 96, '2007-03-15', 2, '{"state": "reviewed"}'),
	('pay-run:keyed:2007-03', 98, '2007-03-15', 3, '{"state": "approved"}');
INSERT INTO views.register_patches VALUES
	('pay-run:keyed:2007-03', 100, '2007-03-15', 4, '{"state": "releasing"}'),
	('pay-run:keyed:2007-03', 101, '2007-03-15', 5, '{"paid": 1, "state": "released", "paid_amount": {"unit": "fen", "value": 12}, "paid_persons": {"unit": "person", "value": 1}}'),
	('pay-run:keyed:2007-03', 102, '2007-03-15', 6, '{"state": "settled", "bank_ref": "回盘-1"}');


--
-- Data for Name: roll_accounts; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--



--
-- Data for Name: roll_areas; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.roll_areas VALUES
	('area:city', 8, '2006-01-01', '');


--
-- Data for Name: roll_beds; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--



--
-- Data for Name: roll_changes; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.roll_changes VALUES
	(30, 'entitlement:aid-000003', 'stopped', '2007-03-01', '2007-03', '', 0, 0, 0, NULL);


--
-- Data for Name: roll_deaths; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--



--
-- Data for Name: roll_ends; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--



--
-- Data for Name: roll_entitlements; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.roll_entitlements VALUES
	('entitlement:aid-000000', 'scheme:aid', 'person:aid-000000', '', 'area:city', 'granted', 13, 'a', 0, 1, 0, '', '2006-01', '', '', '', '2006-01-01', 'aid', '2006-01-01'),
	('entitlement:aid-000001', 'scheme:aid', 'person:aid-000001', '', 'area:city', 'granted', 15, 'a', 0, 1, 0, '', '2006-01', '', '', '', '2006-01-01', 'aid', '2006-01-01'),
	('entitlement:aid-000002', 'scheme:aid', 'person:aid-000002', '', 'area:city', 'granted', 17, 'a', 0, 1, 0, '', '2006-01', '', '', '', '2006-01-01', 'aid', '2006-01-01'),
	('entitlement:aid-000004', 'scheme:aid', 'person:aid-000004', '', 'area:city', 'granted', 21, 'a', 0, 1, 0, '', '2006-01', '', '', '', '2006-01-01', 'aid', '2006-01-01'),
	('entitlement:aid-000005', 'scheme:aid', 'person:aid-000005', '', 'area:city', 'granted', 23, 'a', 0, 1, 0, '', '2006-01', '', '', '', '2006-01-01', 'aid', '2006-01-01'),
	('entitlement:aid-000006', 'scheme:aid', 'person:aid-000006', '', 'area:city', 'granted', 25, 'a', 0, 1, 0, '', '2006-01', '', '', '', '2006-01-01', 'aid', '2006-01-01'),
	('entitlement:low', 'scheme:low', 'household:h-1', '', 'area:city', 'granted', 59, 'a', 0, 1, 0, '', '2006-01', '', '', '', '2006-01-01', 'low', '2006-01-01'),
	('entitlement:keyed-1', 'scheme:keyed', 'person:sealed-1', '', 'area:city', 'granted', 94, 'a', 0, 1, 0, '', '2006-01', '', '', '', '2006-01-01', 'keyed', '2006-01-01'),
	('entitlement:aid-000003', 'scheme:aid', 'person:aid-000003', '', 'area:city', 'stopped', 19, 'a', 0, 1, 0, '', '2006-01', '', '2007-03', '', '2006-01-01', 'aid', '2006-01-01');


--
-- Data for Name: roll_members; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.roll_members VALUES
	('household:h-1', 'person:low-1', 58, '2006-01', '2006-01-01', NULL, '', NULL, 9223372036854775807),
	('household:h-1', 'person:low-2', 58, '2006-01', '2006-01-01', NULL, '', NULL, 9223372036854775807);


--
-- Data for Name: roll_merges; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--



--
-- Data for Name: roll_rates; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.roll_rates VALUES
	('scheme:aid', 9, 0, '', 'a', '2006-01-01', 10),
	('scheme:low', 54, 0, '', 'a', '2006-01-01', 30),
	('scheme:price', 55, 0, '', 'a', '2006-01-01', 2),
	('scheme:keyed', 90, 0, '', 'a', '2006-01-01', 12);


--
-- Data for Name: roll_runs; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.roll_runs VALUES
	('pay-run:aid:2007-03', 'scheme:aid', '2007-03', 26),
	('pay-run:low:2007-03', 'scheme:low', '2007-03', 60),
	('pay-run:price:2007-03', 'scheme:price', '2007-03', 68),
	('pay-run:low:2007-04', 'scheme:low', '2007-04', 77),
	('pay-run:price:2007-04', 'scheme:price', '2007-04', 81),
	('pay-run:keyed:2007-03', 'scheme:keyed', '2007-03', 95);


--
-- Data for Name: roll_schemes; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.roll_schemes VALUES
	('scheme:aid', 9, 'monthly', 'flat', 0, NULL),
	('scheme:low', 54, 'monthly', 'top-up', 0, NULL),
	('scheme:price', 55, 'monthly', 'flat', 0, 'scheme:low'),
	('scheme:keyed', 90, 'monthly', 'flat', 0, NULL);


--
-- Data for Name: stock_held; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--



--
-- Data for Name: told; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--



--
-- Name: balance_personal_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.balance_personal_id_seq', 4, true);


--
-- Name: balance_places_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.balance_places_id_seq', 2, true);


--
-- Name: balance_series_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.balance_series_id_seq', 18, true);


--
-- Name: fact_names_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.fact_names_id_seq', 12, true);


--
-- Name: fact_places_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.fact_places_id_seq', 2, true);


--
-- Name: fact_series_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.fact_series_id_seq', 14, true);


--
-- Name: journal_accounts_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.journal_accounts_id_seq', 18, true);


--
-- Name: journal_sayings_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.journal_sayings_id_seq', 12, true);


--
-- Name: journal_summaries_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.journal_summaries_id_seq', 25, true);


--
-- Name: payment_words_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.payment_words_id_seq', 5, true);


--
-- Name: dead_letters dead_letters_pkey; Type: CONSTRAINT; Schema: delivery; Owner: mingzhang_app
--

ALTER TABLE ONLY delivery.dead_letters
    ADD CONSTRAINT dead_letters_pkey PRIMARY KEY (subject, died_at);


--
-- Name: relay relay_pkey; Type: CONSTRAINT; Schema: delivery; Owner: mingzhang_app
--

ALTER TABLE ONLY delivery.relay
    ADD CONSTRAINT relay_pkey PRIMARY KEY (one);


--
-- Name: webhooks webhooks_pkey; Type: CONSTRAINT; Schema: delivery; Owner: mingzhang_app
--

ALTER TABLE ONLY delivery.webhooks
    ADD CONSTRAINT webhooks_pkey PRIMARY KEY (subject);


--
-- Name: events events_pkey; Type: CONSTRAINT; Schema: ledger; Owner: mingzhang_append
--

ALTER TABLE ONLY ledger.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (originator_id, originator_version);


--
-- Name: identity identity_pkey; Type: CONSTRAINT; Schema: ledger; Owner: mingzhang_append
--

ALTER TABLE ONLY ledger.identity
    ADD CONSTRAINT identity_pkey PRIMARY KEY (one);


--
-- Name: keys keys_pkey; Type: CONSTRAINT; Schema: ledger; Owner: mingzhang_append
--

ALTER TABLE ONLY ledger.keys
    ADD CONSTRAINT keys_pkey PRIMARY KEY (name);


--
-- Name: receipts receipts_pkey; Type: CONSTRAINT; Schema: ledger; Owner: mingzhang_append
--

ALTER TABLE ONLY ledger.receipts
    ADD CONSTRAINT receipts_pkey PRIMARY KEY (key);


--
-- Name: rules rules_pkey; Type: CONSTRAINT; Schema: ledger; Owner: mingzhang_append
--

ALTER TABLE ONLY ledger.rules
    ADD CONSTRAINT rules_pkey PRIMARY KEY (rule);


--
-- Name: topics topics_pkey; Type: CONSTRAINT; Schema: ledger; Owner: mingzhang_append
--

ALTER TABLE ONLY ledger.topics
    ADD CONSTRAINT topics_pkey PRIMARY KEY (topic);


--
-- Name: drafts drafts_pkey; Type: CONSTRAINT; Schema: office; Owner: mingzhang_app
--

ALTER TABLE ONLY office.drafts
    ADD CONSTRAINT drafts_pkey PRIMARY KEY (key);


--
-- Name: imports imports_pkey; Type: CONSTRAINT; Schema: office; Owner: mingzhang_app
--

ALTER TABLE ONLY office.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (id);


--
-- Name: sessions sessions_id_key; Type: CONSTRAINT; Schema: office; Owner: mingzhang_app
--

ALTER TABLE ONLY office.sessions
    ADD CONSTRAINT sessions_id_key UNIQUE (id);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: office; Owner: mingzhang_app
--

ALTER TABLE ONLY office.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (hash);


--
-- Name: id_numbers id_numbers_pkey; Type: CONSTRAINT; Schema: vault; Owner: mingzhang_vault
--

ALTER TABLE ONLY vault.id_numbers
    ADD CONSTRAINT id_numbers_pkey PRIMARY KEY (number);


--
-- Name: sealed sealed_pkey; Type: CONSTRAINT; Schema: vault; Owner: mingzhang_vault
--

ALTER TABLE ONLY vault.sealed
    ADD CONSTRAINT sealed_pkey PRIMARY KEY (subject);


--
-- Name: balance_cells balance_cells_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.balance_cells
    ADD CONSTRAINT balance_cells_pkey PRIMARY KEY (series, block, booked);


--
-- Name: balance_personal balance_personal_account_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.balance_personal
    ADD CONSTRAINT balance_personal_account_key UNIQUE (account);


--
-- Name: balance_personal balance_personal_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.balance_personal
    ADD CONSTRAINT balance_personal_pkey PRIMARY KEY (id);


--
-- Name: balance_places balance_places_area_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.balance_places
    ADD CONSTRAINT balance_places_area_key UNIQUE (area);


--
-- Name: balance_places balance_places_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.balance_places
    ADD CONSTRAINT balance_places_pkey PRIMARY KEY (id);


--
-- Name: balance_series balance_series_account_unit_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.balance_series
    ADD CONSTRAINT balance_series_account_unit_key UNIQUE (account, unit);


--
-- Name: balance_series balance_series_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.balance_series
    ADD CONSTRAINT balance_series_pkey PRIMARY KEY (id);


--
-- Name: balance_steps balance_steps_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.balance_steps
    ADD CONSTRAINT balance_steps_pkey PRIMARY KEY ("position");


--
-- Name: bank_movements bank_movements_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.bank_movements
    ADD CONSTRAINT bank_movements_pkey PRIMARY KEY ("position", fund);


--
-- Name: bank_runs bank_runs_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.bank_runs
    ADD CONSTRAINT bank_runs_pkey PRIMARY KEY (run);


--
-- Name: fact_cells fact_cells_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.fact_cells
    ADD CONSTRAINT fact_cells_pkey PRIMARY KEY (series, block, booked);


--
-- Name: fact_names fact_names_name_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.fact_names
    ADD CONSTRAINT fact_names_name_key UNIQUE (name);


--
-- Name: fact_names fact_names_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.fact_names
    ADD CONSTRAINT fact_names_pkey PRIMARY KEY (id);


--
-- Name: fact_places fact_places_area_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.fact_places
    ADD CONSTRAINT fact_places_area_key UNIQUE (area);


--
-- Name: fact_places fact_places_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.fact_places
    ADD CONSTRAINT fact_places_pkey PRIMARY KEY (id);


--
-- Name: fact_series fact_series_measure_unit_programme_fund_detail_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.fact_series
    ADD CONSTRAINT fact_series_measure_unit_programme_fund_detail_key UNIQUE (measure, unit, programme, fund, detail);


--
-- Name: fact_series fact_series_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.fact_series
    ADD CONSTRAINT fact_series_pkey PRIMARY KEY (id);


--
-- Name: great_acts great_acts_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.great_acts
    ADD CONSTRAINT great_acts_pkey PRIMARY KEY ("position");


--
-- Name: journal_accounts journal_accounts_account_unit_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.journal_accounts
    ADD CONSTRAINT journal_accounts_account_unit_key UNIQUE (account, unit);


--
-- Name: journal_accounts journal_accounts_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.journal_accounts
    ADD CONSTRAINT journal_accounts_pkey PRIMARY KEY (id);


--
-- Name: journal journal_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.journal
    ADD CONSTRAINT journal_pkey PRIMARY KEY ("position", line);


--
-- Name: journal_sayings journal_sayings_area_class_topic_by__key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.journal_sayings
    ADD CONSTRAINT journal_sayings_area_class_topic_by__key UNIQUE (area, class, topic, by_);


--
-- Name: journal_sayings journal_sayings_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.journal_sayings
    ADD CONSTRAINT journal_sayings_pkey PRIMARY KEY (id);


--
-- Name: journal_summaries journal_summaries_account_unit_subject_topic_period_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.journal_summaries
    ADD CONSTRAINT journal_summaries_account_unit_subject_topic_period_key UNIQUE (account, unit, subject, topic, period);


--
-- Name: journal_summaries journal_summaries_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.journal_summaries
    ADD CONSTRAINT journal_summaries_pkey PRIMARY KEY (id);


--
-- Name: payment_heads payment_heads_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.payment_heads
    ADD CONSTRAINT payment_heads_pkey PRIMARY KEY (subject);


--
-- Name: payment_patches payment_patches_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.payment_patches
    ADD CONSTRAINT payment_patches_pkey PRIMARY KEY (subject, "position");


--
-- Name: payment_words payment_words_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.payment_words
    ADD CONSTRAINT payment_words_pkey PRIMARY KEY (id);


--
-- Name: payment_words payment_words_run_scheme_programme_fund_earmark_area_tier_m_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.payment_words
    ADD CONSTRAINT payment_words_run_scheme_programme_fund_earmark_area_tier_m_key UNIQUE (run, scheme, programme, fund, earmark, area, tier, month, rate_from, payee, completes, redirects);


--
-- Name: payments payments_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.payments
    ADD CONSTRAINT payments_pkey PRIMARY KEY ("position");


--
-- Name: positions positions_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.positions
    ADD CONSTRAINT positions_pkey PRIMARY KEY (view);


--
-- Name: received_days received_days_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.received_days
    ADD CONSTRAINT received_days_pkey PRIMARY KEY (fund, earmark, booked);


--
-- Name: register_heads register_heads_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.register_heads
    ADD CONSTRAINT register_heads_pkey PRIMARY KEY (subject);


--
-- Name: register_patches register_patches_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.register_patches
    ADD CONSTRAINT register_patches_pkey PRIMARY KEY (subject, "position");


--
-- Name: roll_accounts roll_accounts_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.roll_accounts
    ADD CONSTRAINT roll_accounts_pkey PRIMARY KEY (person, "position");


--
-- Name: roll_deaths roll_deaths_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.roll_deaths
    ADD CONSTRAINT roll_deaths_pkey PRIMARY KEY (person, "position");


--
-- Name: roll_ends roll_ends_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.roll_ends
    ADD CONSTRAINT roll_ends_pkey PRIMARY KEY (body);


--
-- Name: roll_entitlements roll_entitlements_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.roll_entitlements
    ADD CONSTRAINT roll_entitlements_pkey PRIMARY KEY (entitlement);


--
-- Name: roll_merges roll_merges_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.roll_merges
    ADD CONSTRAINT roll_merges_pkey PRIMARY KEY (person);


--
-- Name: roll_runs roll_runs_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.roll_runs
    ADD CONSTRAINT roll_runs_pkey PRIMARY KEY (run);


--
-- Name: roll_schemes roll_schemes_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.roll_schemes
    ADD CONSTRAINT roll_schemes_pkey PRIMARY KEY (scheme);


--
-- Name: stock_held stock_held_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.stock_held
    ADD CONSTRAINT stock_held_pkey PRIMARY KEY (fund, earmark, kind);


--
-- Name: told told_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.told
    ADD CONSTRAINT told_pkey PRIMARY KEY ("position");


--
-- Name: events_by_position; Type: INDEX; Schema: ledger; Owner: mingzhang_append
--

CREATE UNIQUE INDEX events_by_position ON ledger.events USING btree (notification_id);


--
-- Name: drafts_by_person; Type: INDEX; Schema: office; Owner: mingzhang_app
--

CREATE INDEX drafts_by_person ON office.drafts USING btree (person);


--
-- Name: imports_by_person; Type: INDEX; Schema: office; Owner: mingzhang_app
--

CREATE INDEX imports_by_person ON office.imports USING btree (person, made_at);


--
-- Name: sessions_by_person; Type: INDEX; Schema: office; Owner: mingzhang_app
--

CREATE INDEX sessions_by_person ON office.sessions USING btree (person);


--
-- Name: id_numbers_by_person; Type: INDEX; Schema: vault; Owner: mingzhang_vault
--

CREATE INDEX id_numbers_by_person ON vault.id_numbers USING btree (person);


--
-- Name: bank_movements_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX bank_movements_by_0 ON views.bank_movements USING btree (fund, booked);


--
-- Name: fact_whos_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX fact_whos_by_0 ON views.fact_whos USING btree (series, "position");


--
-- Name: journal_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX journal_by_0 ON views.journal USING btree (account, "position");


--
-- Name: journal_by_1; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX journal_by_1 ON views.journal USING brin (summary int4_minmax_multi_ops) WITH (pages_per_range='8');


--
-- Name: roll_beds_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_beds_by_0 ON views.roll_beds USING btree (facility);


--
-- Name: roll_beds_by_1; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_beds_by_1 ON views.roll_beds USING btree ("position");


--
-- Name: roll_changes_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_changes_by_0 ON views.roll_changes USING btree (entitlement);


--
-- Name: roll_changes_by_1; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_changes_by_1 ON views.roll_changes USING btree ("position");


--
-- Name: roll_deaths_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_deaths_by_0 ON views.roll_deaths USING btree ("position");


--
-- Name: roll_ends_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_ends_by_0 ON views.roll_ends USING btree ("position");


--
-- Name: roll_entitlements_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_entitlements_by_0 ON views.roll_entitlements USING btree (scheme);


--
-- Name: roll_entitlements_by_1; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_entitlements_by_1 ON views.roll_entitlements USING btree (holder);


--
-- Name: roll_entitlements_by_2; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_entitlements_by_2 ON views.roll_entitlements USING btree (programme);


--
-- Name: roll_members_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_members_by_0 ON views.roll_members USING btree (household);


--
-- Name: roll_members_by_1; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_members_by_1 ON views.roll_members USING btree (person);


--
-- Name: roll_merges_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_merges_by_0 ON views.roll_merges USING btree (whose);


--
-- Name: roll_merges_by_1; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_merges_by_1 ON views.roll_merges USING btree ("position");


--
-- Name: roll_rates_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_rates_by_0 ON views.roll_rates USING btree (scheme);


--
-- Name: roll_runs_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_runs_by_0 ON views.roll_runs USING btree (scheme, month);


--
-- Name: told_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX told_by_0 ON views.told USING btree (words);


--
-- Name: told_by_1; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX told_by_1 ON views.told USING btree (subject);


--
-- Name: dead_letters dead_letters_subject_fkey; Type: FK CONSTRAINT; Schema: delivery; Owner: mingzhang_app
--

ALTER TABLE ONLY delivery.dead_letters
    ADD CONSTRAINT dead_letters_subject_fkey FOREIGN KEY (subject) REFERENCES delivery.webhooks(subject) ON DELETE CASCADE;


--
-- Name: SCHEMA ledger; Type: ACL; Schema: -; Owner: mingzhang_append
--

GRANT USAGE ON SCHEMA ledger TO mingzhang_app;


--
-- Name: SCHEMA vault; Type: ACL; Schema: -; Owner: mingzhang_vault
--

GRANT USAGE ON SCHEMA vault TO mingzhang_app;
GRANT USAGE ON SCHEMA vault TO mingzhang_append;


--
-- Name: FUNCTION append(ids text[], versions bigint[], topics text[], states bytea[], salts bytea[], read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], OUT first_position bigint, OUT moment timestamp with time zone); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.append(ids text[], versions bigint[], topics text[], states bytea[], salts bytea[], read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], OUT first_position bigint, OUT moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.append(ids text[], versions bigint[], topics text[], states bytea[], salts bytea[], read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], OUT first_position bigint, OUT moment timestamp with time zone) TO mingzhang_app;


--
-- Name: FUNCTION append_staged(read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], OUT first_position bigint, OUT moment timestamp with time zone); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.append_staged(read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], OUT first_position bigint, OUT moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.append_staged(read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], OUT first_position bigint, OUT moment timestamp with time zone) TO mingzhang_app;


--
-- Name: FUNCTION end_stalled(watched text, repeated integer[], since bigint, xids text[], OUT holder text, OUT holder_xids text[], OUT inserting boolean, OUT head bigint, OUT appended boolean, OUT ended integer); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.end_stalled(watched text, repeated integer[], since bigint, xids text[], OUT holder text, OUT holder_xids text[], OUT inserting boolean, OUT head bigint, OUT appended boolean, OUT ended integer) FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.end_stalled(watched text, repeated integer[], since bigint, xids text[], OUT holder text, OUT holder_xids text[], OUT inserting boolean, OUT head bigint, OUT appended boolean, OUT ended integer) TO mingzhang_app;


--
-- Name: FUNCTION enter(first_booked date, read_ids text[], read_versions bigint[], stops_known_to bigint, OUT last_position bigint, OUT moment timestamp with time zone, OUT soft_through date); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.enter(first_booked date, read_ids text[], read_versions bigint[], stops_known_to bigint, OUT last_position bigint, OUT moment timestamp with time zone, OUT soft_through date) FROM PUBLIC;


--
-- Name: FUNCTION first_booked(topics text[], states bytea[]); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.first_booked(topics text[], states bytea[]) FROM PUBLIC;


--
-- Name: FUNCTION first_booked_staged(); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.first_booked_staged() FROM PUBLIC;


--
-- Name: FUNCTION keep_periods(); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.keep_periods() FROM PUBLIC;


--
-- Name: FUNCTION leave(last_position bigint, moment timestamp with time zone, head bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[]); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.leave(last_position bigint, moment timestamp with time zone, head bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[]) FROM PUBLIC;


--
-- Name: FUNCTION older_readers(than xid); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.older_readers(than xid) FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.older_readers(than xid) TO mingzhang_app;


--
-- Name: FUNCTION require_open_after(topics text[], states bytea[]); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.require_open_after(topics text[], states bytea[]) FROM PUBLIC;


--
-- Name: FUNCTION require_second_person(through date, topics text[], states bytea[]); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.require_second_person(through date, topics text[], states bytea[]) FROM PUBLIC;


--
-- Name: FUNCTION seal(ids text[], versions bigint[], topics text[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[]); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.seal(ids text[], versions bigint[], topics text[], sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[]) FROM PUBLIC;


--
-- Name: FUNCTION soft_closer(); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.soft_closer() FROM PUBLIC;


--
-- Name: FUNCTION stage(); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.stage() FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.stage() TO mingzhang_app;


--
-- Name: FUNCTION take_turn(); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.take_turn() FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.take_turn() TO mingzhang_app;


--
-- Name: FUNCTION number(subjects text[], contents bytea[], fingerprints text[]); Type: ACL; Schema: vault; Owner: mingzhang_vault
--

REVOKE ALL ON FUNCTION vault.number(subjects text[], contents bytea[], fingerprints text[]) FROM PUBLIC;


--
-- Name: FUNCTION numbered(number text); Type: ACL; Schema: vault; Owner: mingzhang_vault
--

REVOKE ALL ON FUNCTION vault.numbered(number text) FROM PUBLIC;
GRANT ALL ON FUNCTION vault.numbered(number text) TO mingzhang_app;


--
-- Name: FUNCTION numbers(OUT number text, OUT person text); Type: ACL; Schema: vault; Owner: mingzhang_vault
--

REVOKE ALL ON FUNCTION vault.numbers(OUT number text, OUT person text) FROM PUBLIC;
GRANT ALL ON FUNCTION vault.numbers(OUT number text, OUT person text) TO mingzhang_app;


--
-- Name: FUNCTION read(subject text, OUT wrapped_key bytea, OUT content bytea); Type: ACL; Schema: vault; Owner: mingzhang_vault
--

REVOKE ALL ON FUNCTION vault.read(subject text, OUT wrapped_key bytea, OUT content bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION vault.read(subject text, OUT wrapped_key bytea, OUT content bytea) TO mingzhang_app;


--
-- Name: FUNCTION seal(subjects text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], told text[], begun text[], emptied text[]); Type: ACL; Schema: vault; Owner: mingzhang_vault
--

REVOKE ALL ON FUNCTION vault.seal(subjects text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], told text[], begun text[], emptied text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION vault.seal(subjects text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], told text[], begun text[], emptied text[]) TO mingzhang_append;


--
-- Name: FUNCTION subjects(OUT subject text, OUT emptied boolean); Type: ACL; Schema: vault; Owner: mingzhang_vault
--

REVOKE ALL ON FUNCTION vault.subjects(OUT subject text, OUT emptied boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION vault.subjects(OUT subject text, OUT emptied boolean) TO mingzhang_app;


--
-- Name: TABLE events; Type: ACL; Schema: ledger; Owner: mingzhang_append
--

GRANT SELECT ON TABLE ledger.events TO mingzhang_app;


--
-- Name: TABLE format; Type: ACL; Schema: ledger; Owner: mingzhang_append
--

GRANT SELECT ON TABLE ledger.format TO mingzhang_app;


--
-- Name: TABLE identity; Type: ACL; Schema: ledger; Owner: mingzhang_append
--

GRANT SELECT ON TABLE ledger.identity TO mingzhang_app;


--
-- Name: TABLE keys; Type: ACL; Schema: ledger; Owner: mingzhang_append
--

GRANT SELECT ON TABLE ledger.keys TO mingzhang_app;


--
-- Name: TABLE periods; Type: ACL; Schema: ledger; Owner: mingzhang_append
--

GRANT SELECT ON TABLE ledger.periods TO mingzhang_app;


--
-- Name: TABLE receipts; Type: ACL; Schema: ledger; Owner: mingzhang_append
--

GRANT SELECT ON TABLE ledger.receipts TO mingzhang_app;


--
-- Name: TABLE rules; Type: ACL; Schema: ledger; Owner: mingzhang_append
--

GRANT SELECT ON TABLE ledger.rules TO mingzhang_app;


--
-- Name: TABLE topics; Type: ACL; Schema: ledger; Owner: mingzhang_append
--

GRANT SELECT ON TABLE ledger.topics TO mingzhang_app;


--
-- PostgreSQL database dump complete
--


